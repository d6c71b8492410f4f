"""Necessary condition analysis: ceilings, effect sizes, necessary levels."""

from learningcity.explain.nca.bottleneck import BottleneckResult, bottleneck
from learningcity.explain.nca.ceiling import CeilingResult, ceiling
from learningcity.explain.nca.interval import CeilingInterval, ceiling_interval

__all__ = [
    "BottleneckResult",
    "CeilingInterval",
    "CeilingResult",
    "bottleneck",
    "ceiling",
    "ceiling_interval",
]
