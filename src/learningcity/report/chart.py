"""A chart is a function of a result: a picture, its text alternative and its table together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import LANGUAGES, UnknownNameError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Chart:
    """One picture with what a reader needs who cannot see it.

    Parameters
    ----------
    kind
        Name of the kind of chart ("map").
    title
        What it shows, in the language asked for.
    alt
        The text alternative: what is to be seen, in a sentence or two.
    svg
        The picture, without scripts and without inline styles; classes let a page's style sheet
        follow its own colours, literal fills make the file look right alone.
    table
        The same data as a frame.
    caption
        What must stand beside the picture wherever it is shown ("Sketch map, no boundaries").
    """

    kind: str
    title: str
    alt: str
    svg: str
    table: pd.DataFrame
    caption: str = ""


def _map(result: Any, language: str, **options: Any) -> Chart:
    from learningcity.report.maps import draw_map

    return draw_map(result, language, **options)


KINDS: dict[str, Callable[..., Chart]] = {"map": _map}


def chart(result: Any, kind: str, language: str = "en", **options: Any) -> Chart:
    """Draw a chart of a result.

    Parameters
    ----------
    result
        What is drawn; an :class:`~learningcity.Atlas` for kind "map".
    kind
        "map"; more kinds come with the results that they draw.
    language
        "en" or "zh".
    **options
        What the kind takes; for "map" see :func:`learningcity.report.maps.draw_map`.

    Returns
    -------
    Chart
        The picture (SVG), its title, its text alternative and its table.

    Raises
    ------
    UnknownNameError
        No such kind or language.

    Examples
    --------
    >>> import learningcity as lc
    >>> drawn = lc.chart(lc.load_atlas(), "map", "en")
    >>> drawn.kind, len(drawn.table)
    ('map', 64)
    """
    if kind not in KINDS:
        raise UnknownNameError("chart", kind, KINDS)
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    return KINDS[kind](result, language, **options)
