"""Composite indicators: a recipe as a value, a result as a function of it."""

from typing import TYPE_CHECKING

from learningcity.core import late
from learningcity.index.audit import AuditResult
from learningcity.index.build import build_index
from learningcity.index.compare import ComparisonResult, compare_indices
from learningcity.index.contributions import Contributions
from learningcity.index.panel import build_panel
from learningcity.index.result import IndexResult
from learningcity.index.sensitivity import SensitivityResult, sensitivity
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import Node, Structure
from learningcity.index.tables import CoinTables, read_coin_tables, write_coin_tables
from learningcity.index.trace import ScoreTrace
from learningcity.index.trends import TrendResult, trend
from learningcity.index.uncertainty import UncertaintyResult, uncertainty

if TYPE_CHECKING:
    from learningcity.index.from_atlas import AtlasReading, atlas_reading

__all__ = [
    "AtlasReading",
    "AuditResult",
    "CoinTables",
    "ComparisonResult",
    "Contributions",
    "IndexResult",
    "IndexSpec",
    "Node",
    "ScoreTrace",
    "SensitivityResult",
    "Structure",
    "TrendResult",
    "UncertaintyResult",
    "atlas_reading",
    "build_index",
    "build_panel",
    "compare_indices",
    "read_coin_tables",
    "sensitivity",
    "trend",
    "uncertainty",
    "write_coin_tables",
]

__getattr__ = late(__name__, {"AtlasReading": "from_atlas", "atlas_reading": "from_atlas"})
