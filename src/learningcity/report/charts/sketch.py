"""What a kind of chart gives: words, table, and how to draw it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from learningcity.report.charts.drawing import Late

if TYPE_CHECKING:
    import pandas as pd


class Place(NamedTuple):
    """Where something of a picture stands, in pixels of the picture: a page may lead on from there."""

    key: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Sketch:
    """A chart before it is drawn.

    Parameters
    ----------
    title, alt, caption
        In the language asked for.
    table
        The figures behind the picture; what it shows can be counted from it.
    heads
        Column of the table -> its head in the language asked for; what is not in it is for machines.
    draw
        Given a width in pixels, gives the specification (Vega-Lite), or what writes it.
    places
        Given a width in pixels, gives where the things of ``table`` stand, named by its column ``key``.
    """

    title: str
    alt: str
    table: pd.DataFrame
    draw: Callable[[int], dict[str, Any] | Late]
    heads: Mapping[str, str] = field(default_factory=dict)
    caption: str = ""
    places: Callable[[int], Sequence[Place]] | None = None
