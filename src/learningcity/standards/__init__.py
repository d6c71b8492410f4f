"""The award's standard, its rules by round, our vocabulary and the crosswalk to other frameworks."""

from typing import TYPE_CHECKING

from learningcity.core import late

if TYPE_CHECKING:
    from learningcity.standards.eligibility import (
        AwardedCity,
        Candidate,
        Check,
        EligibilityResult,
        JoinYear,
        judge,
    )
    from learningcity.standards.mapping import Crosswalk, crosswalk
    from learningcity.standards.numbers import format_number, format_value
    from learningcity.standards.places import country_name, region_name
    from learningcity.standards.rules import (
        AwardRules,
        Conference,
        Criterion,
        Rule,
        award_criteria,
        award_rounds,
        award_rules,
    )
    from learningcity.standards.shipped import (
        concepts,
        frameworks,
        literature,
        rounds,
        standard_schemas,
        standard_table,
        standard_tables,
        terms,
    )
    from learningcity.standards.standard import (
        Item,
        Measurement,
        Standard,
        load_standard,
    )
    from learningcity.standards.vocabulary import label, labels

_HOME = {
    "AwardRules": "rules",
    "AwardedCity": "eligibility",
    "Candidate": "eligibility",
    "Check": "eligibility",
    "Conference": "rules",
    "Criterion": "rules",
    "Crosswalk": "mapping",
    "EligibilityResult": "eligibility",
    "Item": "standard",
    "JoinYear": "eligibility",
    "Measurement": "standard",
    "Rule": "rules",
    "Standard": "standard",
    "award_criteria": "rules",
    "award_rounds": "rules",
    "award_rules": "rules",
    "concepts": "shipped",
    "country_name": "places",
    "crosswalk": "mapping",
    "format_number": "numbers",
    "format_value": "numbers",
    "frameworks": "shipped",
    "judge": "eligibility",
    "label": "vocabulary",
    "labels": "vocabulary",
    "literature": "shipped",
    "load_standard": "standard",
    "region_name": "places",
    "rounds": "shipped",
    "standard_schemas": "shipped",
    "standard_table": "shipped",
    "standard_tables": "shipped",
    "terms": "shipped",
}

__all__ = [
    "AwardRules",
    "AwardedCity",
    "Candidate",
    "Check",
    "Conference",
    "Criterion",
    "Crosswalk",
    "EligibilityResult",
    "Item",
    "JoinYear",
    "Measurement",
    "Rule",
    "Standard",
    "award_criteria",
    "award_rounds",
    "award_rules",
    "concepts",
    "country_name",
    "crosswalk",
    "format_number",
    "format_value",
    "frameworks",
    "judge",
    "label",
    "labels",
    "literature",
    "load_standard",
    "region_name",
    "rounds",
    "standard_schemas",
    "standard_table",
    "standard_tables",
    "terms",
]


__getattr__ = late(__name__, _HOME)


def __dir__() -> list[str]:
    return list(__all__)
