"""Kind "coverage": how much was read of each city, practices against sources."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from learningcity.core import Text
from learningcity.report.charts.canvas import Canvas, Scale
from learningcity.report.charts.common import NARROW
from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.palette import INK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.texts import width_of

if TYPE_CHECKING:
    from learningcity.atlas import Atlas


def coverage(atlas: Atlas, language: str) -> Sketch:
    """Draw for every city how many practices and how many sources were read of it.

    Cities with the same two numbers share a dot, which says how many they are; a dot of one city
    bears its name where there is room.

    Parameters
    ----------
    atlas
        Whose cities are drawn.
    language
        "en" or "zh".
    """
    frame = atlas.coverage()[["practices", "sources", "facts"]]
    names = atlas.cities.set_index("city_id")[f"name_{language}"].fillna("")
    table = frame.assign(name=[shown(names[i] or i) for i in frame.index]).reset_index()
    cities = table.to_dict("records")
    return Sketch(
        title=Text("How much was read of each city", "各城市的阅读量").in_(language),
        alt=_alt(cities, language),
        table=table,
        heads={
            "name": Text("City", "城市").in_(language),
            "practices": Text("Practices", "实践举措").in_(language),
            "sources": Text("Sources", "来源").in_(language),
            "facts": Text("Facts", "事实数据").in_(language),
        },
        caption=Text(
            "Much or little says how far the reading went, never how much a city has. A number says how many "
            "cities share the place.",
            "多少只说明阅读的深入程度，不说明城市本身做得多少。数字为同一位置的城市数。",
        ).in_(language),
        draw=lambda width: _draw(cities, width, language),
    )


def _alt(cities: list[dict[str, Any]], language: str) -> str:
    if not cities:
        return Text("No cities.", "没有城市。").in_(language)
    spans = {}
    for column in ("practices", "sources"):
        held = sorted(c[column] for c in cities)
        spans[column] = (held[0], held[-1], held[len(held) // 2])
    least = min(cities, key=lambda c: (c["sources"], c["practices"]))
    p, s = spans["practices"], spans["sources"]
    text = Text(
        f"{len(cities)} cities by practices ({p[0]} to {p[1]}, half of them {p[2]} or fewer) and sources read "
        f"({s[0]} to {s[1]}, half of them {s[2]} or fewer). Fewest sources: {least['name']}, {least['sources']}.",
        f"{len(cities)}个城市的实践举措数（{p[0]}至{p[1]}，中位数{p[2]}）与来源数（{s[0]}至{s[1]}，中位数{s[2]}）。"
        f"来源最少：{least['name']}，{least['sources']}个。",
    )
    return text.in_(language)


def _draw(cities: list[dict[str, Any]], width: int, language: str) -> Late:
    canvas = Canvas(width, language)
    at = Counter((c["sources"], c["practices"]) for c in cities)
    named = {(c["sources"], c["practices"]): c["name"] for c in cities}
    xs, ys = [s for s, _ in at] or [0, 1], [p for _, p in at] or [0, 1]
    levels = max(ys) - min(ys) + 1
    tall = max(26.0, min(44.0, 320 / levels))
    floor = 30 + tall * levels
    across = Scale(min(xs), max(xs), 46, width - 18)
    rise = Scale(min(ys), max(ys), floor - tall / 2, 30 + tall / 2)
    canvas.text(0, 10, Text("Practices read", "实践举措数").in_(language), MUTED)
    for level in range(min(ys), max(ys) + 1):
        if level in rise.ticks(8) or levels <= 12:
            canvas.line(30, rise(level), width, rise(level))
            canvas.text(22, rise(level), level, MUTED, align="right")
    for value in across.ticks(6 if width < NARROW else 10):
        if float(value).is_integer():
            canvas.text(across(value), floor + 10, int(value), MUTED, align="center")
    canvas.text(width, floor + 30, Text("Sources read", "来源数").in_(language), MUTED, align="right")
    unit = min(15.0, (width - 64) / max(max(xs) - min(xs), 1) / 2 + 3)
    most = max(at.values(), default=1)
    taken = [(across(x) - unit, across(x) + unit, rise(y)) for x, y in at]
    for (x, y), number in sorted(at.items()):
        radius = 4.2 if number == 1 else 7 + (unit - 7) * (number - 1) / max(most - 1, 1)
        canvas.dot(across(x), rise(y), radius, TONES[1 if number == 1 else 3], INK if number == 1 else PAPER)
        if number > 1:
            canvas.text(across(x), rise(y), number, PAPER, 10.5 if radius < 10 else 12, align="center")
        else:
            _name(canvas, named[x, y], across(x), rise(y), radius, taken)
    return canvas.spec(floor + 40)


def _name(
    canvas: Canvas, name: str, x: float, y: float, radius: float, taken: list[tuple[float, float, float]]
) -> None:
    """Write a name beside or above its dot where it meets nothing; else leave it to the table."""
    wide = width_of(name, 10.5)
    for low, at in (
        (x + radius + 4, y),
        (x - radius - 4 - wide, y),
        (x - wide / 2, y - radius - 8),
        (x - wide / 2, y + radius + 8),
    ):
        high = low + wide
        free = all(
            high < a or low > b or abs(at - other) > 10 or (a < x < b and other == y) for a, b, other in taken
        )
        if free and low > 30 and high < canvas.width:
            canvas.text(low, at, name, INK, 10.5)
            taken.append((low - 3, high + 3, at))
            return
