"""learningcity: from evidence to plan in one traceable chain.

What a learning city is, who received the UNESCO Learning City Award against what background, how
they did it, and what a city can learn from it. Every number leads to a source.

>>> import learningcity as lc
>>> atlas = lc.load_atlas()
>>> len(atlas.awards)
58

The import is lazy (PEP 562): nothing heavy is loaded until a name is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learningcity.atlas import (
        MEMBERS_TOTAL,
        TENTATIVE_ALPHA,
        Atlas,
        BuildReport,
        CodingInfluence,
        CodingPolicy,
        FactPolicy,
        FactTable,
        RoundEligibility,
        atlas_schemas,
        build_tables,
        check_eligibility,
        check_tables,
        data_version,
        host_name,
        is_doubtful_host,
        load_atlas,
        who_may_apply,
    )
    from learningcity.atlas.conditions import conditions_of, why_not_counted
    from learningcity.atlas.overlay import (
        OverlayReport,
        add_to_overlay,
        overlay_contents,
        recover_overlay,
        undo_overlay,
    )
    from learningcity.core import (
        Emptiness,
        InputError,
        LearningCityError,
        SetupError,
        TableError,
        Text,
        UnknownNameError,
        escaped,
        guard_text,
        home,
        os_reason,
        people_csv,
        people_xlsx,
        plain,
        write_whole,
    )
    from learningcity.explain import (
        Calibration,
        ConfigurationTable,
        Expression,
        FitResult,
        Literal,
        NecessityResult,
        PrimeImplicants,
        QcaSolution,
        Term,
        TruthTable,
        calibrate,
        configuration_table,
        count_prime_implicants,
        fit,
        minimise,
        necessity,
        negate,
        read_expression,
        truth_table,
    )
    from learningcity.index import (
        AuditResult,
        CoinTables,
        ComparisonResult,
        Contributions,
        IndexResult,
        IndexSpec,
        ScoreTrace,
        SensitivityResult,
        Structure,
        TrendResult,
        UncertaintyResult,
        build_index,
        build_panel,
        compare_indices,
        read_coin_tables,
        sensitivity,
        trend,
        uncertainty,
        write_coin_tables,
    )
    from learningcity.index.catalogue import index_methods
    from learningcity.index.choice_files import read_index_choices, write_index_choices
    from learningcity.index.files import index_spec_from_table, read_index_spec, write_index_spec
    from learningcity.index.from_atlas import AtlasReading, atlas_reading
    from learningcity.index.source_files import Sources, read_index_sources
    from learningcity.index.template import write_index_template
    from learningcity.index.value_files import read_index_panel, read_index_values, read_unit_names
    from learningcity.report import BaseMap, Chart, chart, check_fonts, keep_charts
    from learningcity.report.configuration import render_configurations
    from learningcity.report.package import (
        CITATION_YEAR,
        CODE_HEADS,
        DICTIONARY_HEADS,
        Column,
        Sheet,
        atlas_workbook,
        code_list,
        code_words,
        data_dictionary,
        data_licences,
        data_package,
        provenance,
        schema_columns,
        sheet_csv,
        sheets_json,
        sheets_xlsx,
        source_links,
        table_schemas,
    )
    from learningcity.standards import (
        AwardRules,
        Crosswalk,
        EligibilityResult,
        Standard,
        award_criteria,
        award_rounds,
        award_rules,
        country_name,
        crosswalk,
        format_number,
        format_value,
        label,
        load_standard,
        region_name,
        standard_schemas,
        standard_tables,
    )

__version__ = "0.1.0"

_HOME = {
    "Atlas": "atlas",
    "AtlasReading": "index.from_atlas",
    "AuditResult": "index",
    "AwardRules": "standards",
    "BaseMap": "report",
    "BuildReport": "atlas",
    "CITATION_YEAR": "report.package",
    "CODE_HEADS": "report.package",
    "Calibration": "explain",
    "Chart": "report",
    "CodingInfluence": "atlas",
    "CodingPolicy": "atlas",
    "CoinTables": "index",
    "Column": "report.package",
    "ComparisonResult": "index",
    "ConfigurationTable": "explain",
    "Contributions": "index",
    "Crosswalk": "standards",
    "DICTIONARY_HEADS": "report.package",
    "EligibilityResult": "standards",
    "Emptiness": "core",
    "Expression": "explain",
    "FactPolicy": "atlas",
    "FactTable": "atlas",
    "FitResult": "explain",
    "IndexResult": "index",
    "IndexSpec": "index",
    "InputError": "core",
    "LearningCityError": "core",
    "Literal": "explain",
    "MEMBERS_TOTAL": "atlas",
    "NecessityResult": "explain",
    "OverlayReport": "atlas.overlay",
    "PracticeMatrix": "atlas",
    "PrimeImplicants": "explain",
    "QcaSolution": "explain",
    "RoundEligibility": "atlas",
    "ScoreTrace": "index",
    "SensitivityResult": "index",
    "SetupError": "core",
    "Sheet": "report.package",
    "Sources": "index.source_files",
    "Standard": "standards",
    "Structure": "index",
    "TENTATIVE_ALPHA": "atlas",
    "TableError": "core",
    "Term": "explain",
    "Text": "core",
    "TrendResult": "index",
    "TruthTable": "explain",
    "UncertaintyResult": "index",
    "UnknownNameError": "core",
    "add_to_overlay": "atlas.overlay",
    "atlas_reading": "index.from_atlas",
    "atlas_schemas": "atlas",
    "atlas_workbook": "report.package",
    "award_criteria": "standards",
    "award_rounds": "standards",
    "award_rules": "standards",
    "build_index": "index",
    "build_panel": "index",
    "build_tables": "atlas",
    "calibrate": "explain",
    "chart": "report",
    "check_eligibility": "atlas",
    "check_fonts": "report",
    "check_tables": "atlas",
    "code_list": "report.package",
    "code_words": "report.package",
    "compare_indices": "index",
    "conditions_of": "atlas.conditions",
    "configuration_table": "explain",
    "count_prime_implicants": "explain",
    "country_name": "standards",
    "crosswalk": "standards",
    "data_dictionary": "report.package",
    "data_licences": "report.package",
    "data_package": "report.package",
    "data_version": "atlas",
    "escaped": "core",
    "fit": "explain",
    "format_number": "standards",
    "format_value": "standards",
    "guard_text": "core",
    "home": "core",
    "host_name": "atlas",
    "index_methods": "index.catalogue",
    "index_spec_from_table": "index.files",
    "is_doubtful_host": "atlas",
    "keep_charts": "report",
    "label": "standards",
    "load_atlas": "atlas",
    "load_standard": "standards",
    "minimise": "explain",
    "necessity": "explain",
    "negate": "explain",
    "os_reason": "core",
    "overlay_contents": "atlas.overlay",
    "people_csv": "core",
    "people_xlsx": "core",
    "plain": "core",
    "provenance": "report.package",
    "read_coin_tables": "index",
    "read_expression": "explain",
    "read_index_choices": "index.choice_files",
    "read_index_panel": "index.value_files",
    "read_index_sources": "index.source_files",
    "read_index_spec": "index.files",
    "read_index_values": "index.value_files",
    "read_unit_names": "index.value_files",
    "recover_overlay": "atlas.overlay",
    "region_name": "standards",
    "render_configurations": "report.configuration",
    "schema_columns": "report.package",
    "sensitivity": "index",
    "sheet_csv": "report.package",
    "sheets_json": "report.package",
    "sheets_xlsx": "report.package",
    "source_links": "report.package",
    "standard_schemas": "standards",
    "standard_tables": "standards",
    "table_schemas": "report.package",
    "trend": "index",
    "truth_table": "explain",
    "uncertainty": "index",
    "undo_overlay": "atlas.overlay",
    "who_may_apply": "atlas",
    "why_not_counted": "atlas.conditions",
    "write_coin_tables": "index",
    "write_index_choices": "index.choice_files",
    "write_index_spec": "index.files",
    "write_index_template": "index.template",
    "write_whole": "core",
}

__all__ = sorted([*_HOME, "__version__"])


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(f"learningcity.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'learningcity' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
