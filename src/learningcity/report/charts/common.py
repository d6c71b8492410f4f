"""What all kinds share: the plain frame of a chart, words of codes, numbers in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from learningcity.core import Text, UnknownNameError
from learningcity.report.charts.drawing import shown
from learningcity.report.charts.fonts import font_for
from learningcity.report.charts.palette import HAIR, INK, MUTED

#: Below this many pixels a chart is drawn for a phone.
NARROW = 520
#: For the labels of an axis: a line break in the text is one in the picture.
LINES = "split(datum.label, '\\n')"
#: Labels of two and three lines are raised, so that their middle stands at the mark.
RAISED: dict[str, Any] = {
    "condition": [
        {"test": "length(split(datum.value, '\\n')) == 3", "value": -14},
        {"test": "length(split(datum.value, '\\n')) == 2", "value": -7},
    ],
    "value": 0,
}


def config(language: str) -> dict[str, Any]:
    """The look of every chart: the page's ink, no frame, hairlines."""
    font = font_for(language)
    axis = {
        "labelFont": font, "titleFont": font, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "labelColor": INK, "titleColor": MUTED, "domainColor": MUTED, "tickColor": MUTED, "gridColor": HAIR,
        "titlePadding": 8, "labelPadding": 5,
    }  # fmt: skip
    legend = {
        "labelFont": font,
        "titleFont": font,
        "labelFontSize": 12,
        "labelColor": INK,
        "titleColor": MUTED,
    }
    return {
        "font": font,
        "view": {"stroke": None, "fill": None},
        "axis": axis,
        "legend": legend,
        "text": {"font": font, "fontSize": 12, "fill": INK},
        "padding": 4,
    }


def finished(layers: Any, language: str, width: int, height: float) -> dict[str, Any]:
    """Give the specification of a chart whose outer width is fixed, labels and all."""
    chart = layers.properties(width=width, height=height, autosize={"type": "fit", "contains": "padding"})
    spec: dict[str, Any] = chart.to_dict(validate=False)
    # Written after the check of the schema: its own defaults would only be repeated.
    spec["config"] = config(language)
    return spec


def words(vocabulary: str, code: Any, language: str) -> str:
    """The word for a code with a capital; a code that has none speaks for itself.

    Examples
    --------
    >>> words("mechanism", "law", "en"), words("mechanism", "odd", "en")
    ('Law', 'Odd')
    """
    from learningcity.standards import label

    try:
        said = label(vocabulary, str(code), language)
    except UnknownNameError:
        return shown(code)
    return shown(said[:1].upper() + said[1:])


def listed(parts: Iterable[str], language: str) -> str:
    """Join parts of a sentence as the language does."""
    return Text(", ", "、").in_(language).join(parts)


def require(name: str, value: Any, known: Iterable[Any]) -> None:
    """Refuse an option that is none of those known, with the nearest.

    Raises
    ------
    UnknownNameError
        It is none of them.
    """
    names = list(known)
    if value not in names:
        raise UnknownNameError(name, value, names)
