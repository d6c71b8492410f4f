"""Styles: mixed distances, k-medoids, and whether there is structure at all."""

from learningcity.explain.typology.analysis import typology
from learningcity.explain.typology.gower import GowerDistances, gower
from learningcity.explain.typology.result import TypologyResult
from learningcity.explain.typology.scaling import ScalingResult, classical_scaling
from learningcity.explain.typology.styles import Style

__all__ = [
    "GowerDistances",
    "ScalingResult",
    "Style",
    "TypologyResult",
    "classical_scaling",
    "gower",
    "typology",
]
