"""A sheet of a fixed size in pixels: marks are put where a kind wants them, so that no label meets another."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.marks import svg_of
from learningcity.report.charts.palette import HAIR, INK, MUTED

Row = dict[str, Any]


class Canvas:
    """Collects marks and writes them as one picture; groups of one look become one layer.

    Parameters
    ----------
    width
        Pixels.
    language
        "en" or "zh".
    """

    def __init__(self, width: int, language: str) -> None:
        self.width, self.language = width, language
        self.layers: dict[tuple[Any, ...], list[Row]] = {}

    def _put(self, look: tuple[Any, ...], row: Row) -> None:
        self.layers.setdefault(look, []).append(row)

    def line(
        self,
        x: float,
        y: float,
        x2: float,
        y2: float,
        colour: str = HAIR,
        wide: float = 1,
        dash: tuple[int, ...] = (),
    ) -> None:
        """Draw a line."""
        self._put(("line", colour, wide, dash), {"x": x, "y": y, "x2": x2, "y2": y2})

    def box(
        self,
        x: float,
        y: float,
        x2: float,
        y2: float,
        fill: str | None,
        stroke: str | None = None,
        dash: tuple[int, ...] = (),
    ) -> None:
        """Draw a rectangle between two corners."""
        self._put(("box", fill, stroke, dash), {"x": x, "y": y, "x2": x2, "y2": y2})

    def area(self, points: Sequence[tuple[float, float, float]], fill: str) -> None:
        """Fill between two edges, given from left to right as (x, y of the one, y of the other)."""
        look = ("area", fill, sum(one[0] == "area" for one in self.layers))
        for x, y, y2 in points:
            self._put(look, {"x": x, "y": y, "y2": y2})

    def dot(
        self,
        x: float,
        y: float,
        radius: float,
        fill: str | None,
        stroke: str | None = None,
        shape: str = "circle",
        wide: float = 1.2,
    ) -> None:
        """Draw a dot; shapes are those of Vega ("circle", "square", "diamond", "triangle-up" ...)."""
        self._put(("dot", fill, stroke, shape, wide), {"x": x, "y": y, "size": math.pi * radius * radius})

    def text(
        self,
        x: float,
        y: float,
        text: Any,
        colour: str = INK,
        size: float = 12,
        align: str = "left",
        weight: str = "normal",
        upright: bool = False,
    ) -> None:
        """Write a text, its middle at ``y``; line breaks are kept. Upright texts run from ``y`` upwards."""
        if upright:
            self._put(("text", colour, size, "left", weight, 270), {"x": x, "y": y, "text": shown(text)})
            return
        parts = shown(text).split("\n")
        top = y - (len(parts) - 1) * size * 0.6
        for number, part in enumerate(parts):
            if part.strip():
                row = {"x": x, "y": top + number * size * 1.2, "text": part}
                self._put(("text", colour, size, align, weight), row)

    def spec(self, height: float) -> Late:
        """Give what was collected; it is written as SVG when it is to be drawn."""
        held = [self.width, height, self.language, list(self.layers.items())]
        return Late(
            json.dumps(held, ensure_ascii=False, default=str),
            lambda: svg_of(self.layers, self.width, height),
        )


class Scale:
    """A straight scale from values to pixels, with the ticks that people would choose.

    Examples
    --------
    >>> scale = Scale(0, 10, 100, 300)
    >>> scale(5), scale.ticks(5)
    (200.0, [0, 2, 4, 6, 8, 10])
    """

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high, self.start, self.end = low, high, start, end

    def __call__(self, value: float) -> float:
        """Give the pixel of a value."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return self.start + share * (self.end - self.start)

    def ticks(self, about: int) -> list[float]:
        """Give about as many round values between the ends."""
        return ticks(self.low, self.high, about)


def ticks(low: float, high: float, about: int) -> list[float]:
    """Give round values from ``low`` to ``high``, about as many as asked for.

    Examples
    --------
    >>> ticks(0, 69, 4), ticks(-0.1, 1, 5)
    ([0, 20, 40, 60], [0, 0.2, 0.4, 0.6, 0.8, 1])
    """
    span = high - low
    if span <= 0 or not math.isfinite(span):
        return [low]
    rough = span / max(about, 1)
    power = 10 ** math.floor(math.log10(rough))
    step = min((m * power for m in (1, 2, 5, 10)), key=lambda s: abs(s - rough))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    values = [round(n * step, 10) for n in range(first, last + 1)]
    return [int(v) if float(v).is_integer() else v for v in values]


def legend(canvas: Canvas, x: float, y: float, entries: Sequence[tuple[Any, str]], size: float = 12) -> float:
    """Write a key in lines from ``x`` on, each entry a mark (drawn by a function of x and y) and its words.

    Returns
    -------
    float
        The y below the last line.
    """
    from learningcity.report.charts.texts import width_of

    here = x
    for mark, words in entries:
        needed = 20 + width_of(words, size) + 18
        if here > x and here + needed - 18 > canvas.width:
            here, y = x, y + 20
        mark(here + 6, y)
        canvas.text(here + 18, y, words, MUTED, size)
        here += needed
    return y + 14
