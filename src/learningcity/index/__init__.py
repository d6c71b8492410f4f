"""Composite indicators: a recipe as a value, a result as a function of it."""

from learningcity.index.build import build_index
from learningcity.index.result import IndexResult
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import Node, Structure

__all__ = ["IndexResult", "IndexSpec", "Node", "Structure", "build_index"]
