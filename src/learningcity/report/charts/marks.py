"""Marks at places that are known, as SVG: what Vega would draw of them, number for number, without its engine.

A canvas says where everything stands, so that nothing is left to be laid out or measured: a picture takes a
hundredth of the time. The tests draw the same marks with Vega and compare.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

Row = Mapping[str, Any]
_HALF_ROOT = math.sqrt(3) / 2
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def svg_of(layers: Mapping[tuple[Any, ...], list[dict[str, Any]]], width: float, height: float) -> str:
    """Write layers, each a look and the marks that have it, on a sheet of this size.

    Parameters
    ----------
    layers
        As :class:`~learningcity.report.charts.canvas.Canvas` collects them; a mark with a place that is
        no number is left out.
    width, height
        Pixels.
    """
    drawn = "".join(f"<g>{_layer(look, rows, width, height)}</g>" for look, rows in layers.items())
    wide, high = number(width), number(height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        f'<g fill="none" transform="translate(0,0)"><g><g transform="translate(0,0)"><g>{drawn}</g></g></g></g></svg>'
    )


def _layer(look: tuple[Any, ...], rows: list[dict[str, Any]], width: float, height: float) -> str:
    def placed(row: Row) -> dict[str, Any]:
        """A mark in pixels, by way of the scales of the sheet as Vega has them: the last digit is theirs."""
        found = dict(row)
        for name in ("x", "y", "x2", "y2"):
            if name in row:
                side = width if name[0] == "x" else height
                found[name] = side * (float(row[name]) / side)
        return found

    kind, *style = look
    there = [placed(row) for row in rows if _is_placed(row)]
    if kind == "area":
        return _area(there, style[0]) if there else ""
    return "".join(_WRITERS[kind](row, *style) for row in there)


def _is_placed(row: Row) -> bool:
    return all(math.isfinite(float(row[name])) for name in ("x", "y", "x2", "y2", "size") if name in row)


def _line(row: Row, colour: str, wide: float, dash: tuple[int, ...]) -> str:
    x, y = row["x"], row["y"]
    return _element(
        "line", transform=_at(x, y), x2=row["x2"] - x, y2=row["y2"] - y, stroke=colour, stroke_width=wide,
        stroke_dasharray=_dashes(dash),
    )  # fmt: skip


def _box(row: Row, fill: str | None, stroke: str | None, dash: tuple[int, ...]) -> str:
    (x, x2), (y, y2) = sorted((row["x"], row["x2"])), sorted((row["y"], row["y2"]))
    wide, high = x2 - x, y2 - y
    path = f"M{number(x)},{number(y)}h{number(wide)}v{number(high)}h{number(-wide)}Z"
    return _element("path", d=path, fill=fill, stroke=stroke, stroke_dasharray=_dashes(dash))


def _area(rows: list[dict[str, Any]], fill: str) -> str:
    there = sorted(rows, key=lambda row: row["x"])
    points = [(row["x"], row["y"]) for row in there] + [(row["x"], row["y2"]) for row in reversed(there)]
    return _element("path", d=_polygon(points), fill=fill, opacity=1)


def _dot(row: Row, fill: str | None, stroke: str | None, shape: str, wide: float) -> str:
    drawn = SHAPES[shape](math.sqrt(row["size"]) / 2)
    return _element(
        "path", transform=_at(row["x"], row["y"]), d=drawn, fill=fill, stroke=stroke, stroke_width=wide, opacity=1
    )  # fmt: skip


def _text(row: Row, colour: str, size: float, align: str, weight: str, angle: float | None = None) -> str:
    # The middle of a line of text is three tenths of its size above its foot, in whole pixels.
    x, y, down = row["x"], row["y"], math.floor(0.3 * size + 0.5)
    where = (
        _at(x, y + down)
        if angle is None
        else f"{_at(x, y)} rotate({number(angle)}) translate(0,{number(down)})"
    )
    return _element(
        "text", escape(str(row["text"]).strip()), text_anchor=_ANCHORS[align], transform=where,
        font_size=size, font_weight=weight, fill=colour,
    )  # fmt: skip


_WRITERS: dict[str, Callable[..., str]] = {"line": _line, "box": _box, "dot": _dot, "text": _text}


def _circle(r: float) -> str:
    most, least = rounded(r), rounded(-r)
    return f"M{most},0A{most},{most},0,1,1,{least},0A{most},{most},0,1,1,{most},0"


def _square(r: float) -> str:
    least, side = rounded(-r), rounded(2 * r)
    return f"M{least},{least}h{side}v{side}h{rounded(-2 * r)}Z"


#: Shapes of dots, by half their width.
SHAPES: dict[str, Callable[[float], str]] = {
    "circle": _circle,
    "square": _square,
    "diamond": lambda r: _polygon([(-r, 0), (0, -r), (r, 0), (0, r)]),
    "triangle-up": lambda r: _polygon([(0, -r * _HALF_ROOT), (-r, r * _HALF_ROOT), (r, r * _HALF_ROOT)]),
    "triangle-down": lambda r: _polygon([(0, r * _HALF_ROOT), (-r, -r * _HALF_ROOT), (r, -r * _HALF_ROOT)]),
}


def _polygon(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{rounded(x)},{rounded(y)}" for x, y in points) + "Z"


def _at(x: float, y: float) -> str:
    return f"translate({number(x)},{number(y)})"


def _dashes(dash: tuple[int, ...]) -> str | None:
    return ",".join(map(number, dash)) if dash else None


def _element(name: str, inside: str = "", **attributes: Any) -> str:
    given = "".join(
        f" {key.replace('_', '-')}={quoteattr(value if isinstance(value, str) else number(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{inside}</{name}>"


def rounded(value: float) -> str:
    """Write a number of a path, to a thousandth.

    Examples
    --------
    >>> rounded(3.54491), rounded(-0.0001)
    ('3.545', '0')
    """
    return number(math.floor(value * 1000 + 0.5) / 1000)


def number(value: float) -> str:
    """Write a number in as few digits as tell it from all others, whole ones without a point.

    Examples
    --------
    >>> number(760.0), number(92.73000000000003), number(0.00001), number(-0.0)
    ('760', '92.73000000000003', '0.00001', '0')
    """
    value = float(value)
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return f"{Decimal(repr(value)):f}" if abs(value) >= 1e-6 else repr(value).replace("e-0", "e-")
