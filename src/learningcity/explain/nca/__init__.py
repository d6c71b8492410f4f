"""Necessary condition analysis: ceilings, effect sizes, necessary levels."""

from learningcity.explain.nca.bottleneck import BottleneckResult, bottleneck
from learningcity.explain.nca.ceiling import ceiling
from learningcity.explain.nca.interval import CeilingInterval, ceiling_interval
from learningcity.explain.nca.result import CeilingResult

__all__ = [
    "BottleneckResult",
    "CeilingInterval",
    "CeilingResult",
    "bottleneck",
    "ceiling",
    "ceiling_interval",
]
