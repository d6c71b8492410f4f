"""The atlas: who was awarded, against what background, and what the cities did."""

from typing import TYPE_CHECKING

from learningcity.core import late

if TYPE_CHECKING:
    from learningcity.atlas.agreement import (
        TENTATIVE_ALPHA,
        AgreementResult,
        coded_variables,
        is_low_though_alike,
        variable_label,
    )
    from learningcity.atlas.applicants import RoundEligibility, who_may_apply
    from learningcity.atlas.build import BuildReport, build_tables, check_tables
    from learningcity.atlas.conditions import (
        CONDITIONS,
        MECHANISMS,
        THEMES,
        CodingPolicy,
        ConditionEvidence,
        coded_practices,
        condition_label,
        conditions_of,
        why_not_counted,
    )
    from learningcity.atlas.eligibility import MEMBERS_TOTAL, check_eligibility
    from learningcity.atlas.facts import FactPolicy, FactTable, Origin
    from learningcity.atlas.influence import CodingInfluence
    from learningcity.atlas.load import atlas_schemas, load_atlas
    from learningcity.atlas.matrix import PracticeMatrix
    from learningcity.atlas.model import Atlas
    from learningcity.atlas.portraits import NOT_REVIEWED, Piece, Portrait
    from learningcity.atlas.rules import check_atlas_rules
    from learningcity.atlas.search import SearchResult
    from learningcity.atlas.trace import Trace
    from learningcity.atlas.versions import AtlasResult, data_version, package_version

_HOME = {
    "AgreementResult": "agreement",
    "Atlas": "model",
    "AtlasResult": "versions",
    "BuildReport": "build",
    "CONDITIONS": "conditions",
    "CodingInfluence": "influence",
    "CodingPolicy": "conditions",
    "ConditionEvidence": "conditions",
    "FactPolicy": "facts",
    "FactTable": "facts",
    "MECHANISMS": "conditions",
    "MEMBERS_TOTAL": "eligibility",
    "NOT_REVIEWED": "portraits",
    "Origin": "facts",
    "Piece": "portraits",
    "Portrait": "portraits",
    "PracticeMatrix": "matrix",
    "RoundEligibility": "applicants",
    "SearchResult": "search",
    "TENTATIVE_ALPHA": "agreement",
    "THEMES": "conditions",
    "Trace": "trace",
    "atlas_schemas": "load",
    "build_tables": "build",
    "check_atlas_rules": "rules",
    "check_eligibility": "eligibility",
    "check_tables": "build",
    "coded_practices": "conditions",
    "coded_variables": "agreement",
    "condition_label": "conditions",
    "conditions_of": "conditions",
    "data_version": "versions",
    "host_name": "reference",
    "is_doubtful_host": "reference",
    "is_low_though_alike": "agreement",
    "load_atlas": "load",
    "package_version": "versions",
    "who_may_apply": "applicants",
    "variable_label": "agreement",
    "why_not_counted": "conditions",
}

__all__ = sorted(_HOME)


__getattr__ = late(__name__, _HOME)
