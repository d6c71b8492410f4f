"""Necessary condition analysis: ceilings, effect sizes, necessary levels."""

from learningcity.explain.nca.bottleneck import BottleneckResult, bottleneck
from learningcity.explain.nca.ceiling import CeilingResult, ceiling

__all__ = ["BottleneckResult", "CeilingResult", "bottleneck", "ceiling"]
