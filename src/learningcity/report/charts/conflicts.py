"""Kind "conflicts": figures on which sources disagree, as ranges above the lowest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import Text
from learningcity.report.charts.canvas import Canvas, Scale
from learningcity.report.charts.common import NARROW
from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.palette import INK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.texts import width_of, wrapped

if TYPE_CHECKING:
    from learningcity.atlas import Atlas


def conflicts(atlas: Atlas, language: str, *, city: str | None = None) -> Sketch:
    """Draw how far apart sources are: for each disagreement the highest value in per cent above the lowest.

    Parameters
    ----------
    atlas
        Whose disagreements (``atlas.conflicts()``) are drawn.
    language
        "en" or "zh".
    city
        Only those of this city, by id or name.

    Raises
    ------
    UnknownNameError
        No such city.
    """
    import pandas as pd

    from learningcity.standards import format_number

    frame = atlas.conflicts()
    if city is not None:
        frame = frame[frame["city_id"] == atlas.require_city(city)]
    names = atlas.cities.set_index("city_id")[f"name_{language}"]
    said = atlas.indicators.set_index("indicator_id")[f"name_{language}"]
    found: list[dict[str, Any]] = []
    for row in frame.to_dict("records"):
        low, high = float(row["lowest"]), float(row["highest"])
        found.append(
            {
                "city": shown(names.get(row["city_id"], row["city_id"])),
                "indicator": shown(said.get(row["indicator_id"], row["indicator_id"])),
                "year": None if pd.isna(row["year"]) else int(row["year"]),
                "lowest": low,
                "highest": high,
                "above": 100 * (high - low) / abs(low) if low else None,
                "low_said": format_number(low, language, "words"),
                "high_said": format_number(high, language, "words"),
            }
        )
    found.sort(key=lambda r: -(r["above"] if r["above"] is not None else float("inf")))
    columns = ["city", "indicator", "year", "lowest", "highest", "above"]
    table = (
        pd.DataFrame(found, columns=columns).astype({"year": "Int64", "above": "float64"}).round({"above": 1})
    )
    return Sketch(
        title=Text("How far apart the sources are", "来源之间相差多少").in_(language),
        alt=_alt(found, language),
        table=table,
        heads={
            "city": Text("City", "城市").in_(language),
            "indicator": Text("Indicator", "指标").in_(language),
            "year": Text("Year", "年份").in_(language),
            "lowest": Text("Lowest", "最低").in_(language),
            "highest": Text("Highest", "最高").in_(language),
            "above": Text("Per cent above the lowest", "高出最低值（%）").in_(language),
        },
        caption=Text(
            "Both values are kept with their sources; which one is right is not decided here.",
            "两个数值均连同来源保留，此处不判断孰是孰非。",
        ).in_(language),
        draw=lambda width: _draw(found, width, language),
    )


def _alt(found: list[dict[str, Any]], language: str) -> str:
    if not found:
        return Text("No two figures contradict each other.", "没有相互矛盾的数据。").in_(language)
    known = [r for r in found if r["above"] is not None]
    if not known:
        return Text(f"{len(found)} disagreements.", f"{len(found)}处不一致。").in_(language)
    first, last = known[0], known[-1]
    text = Text(
        f"{len(found)} disagreements as ranges. The widest: {first['city']}, {first['indicator']}, from "
        f"{first['low_said']} to {first['high_said']} ({first['above']:.0f} % apart); the narrowest: {last['city']}, "
        f"{last['indicator']} ({last['above']:.1f} %).",
        f"{len(found)}处不一致的区间图。相差最大：{first['city']}，{first['indicator']}，{first['low_said']}至"
        f"{first['high_said']}（相差{first['above']:.0f}%）；相差最小：{last['city']}，{last['indicator']}（{last['above']:.1f}%）。",
    )
    return text.in_(language)


def _draw(found: list[dict[str, Any]], width: int, language: str) -> Late:
    canvas = Canvas(width, language)
    if not found:
        canvas.text(4, 14, _alt(found, language), MUTED)
        return canvas.spec(28)
    narrow = width < NARROW
    comma, gap = Text(", ", "，").in_(language), Text(" ", "").in_(language)
    labels = [
        f"{r['city']}{comma}{r['indicator']}{gap}{Text('', '（').in_(language)}{r['year'] or ''}{Text('', '）').in_(language)}"
        if r["year"]
        else f"{r['city']}{comma}{r['indicator']}"
        for r in found
    ]
    left = 4.0 if narrow else min(330.0, max(width_of(t, 12) for t in labels)) + 70
    end = width - 90.0
    most = max((r["above"] for r in found if r["above"] is not None), default=1.0) or 1.0
    across = Scale(0, most, left + (62 if narrow else 0), end)
    y, each = 40.0, 46.0 if narrow else 28.0
    floor = y + each * len(found) - 8
    for value in across.ticks(3 if narrow else 6):
        canvas.line(across(value), 20, across(value), floor)
        canvas.text(across(value), 9, f"+{value:g}%" if value else "0", MUTED, align="center")
    for row, label in zip(found, labels, strict=True):
        at = y + (10 if narrow else 0)
        canvas.text(
            left if narrow else 0,
            y - 8 if narrow else y,
            wrapped(label, 12, width - 8 if narrow else left - 70, 1),
        )
        above = row["above"] if row["above"] is not None else most
        canvas.text(across(0) - 9, at, row["low_said"], MUTED, 11.5, align="right")
        canvas.line(across(0), at, across(above), at, TONES[3], 3)
        canvas.dot(across(0), at, 4.5, PAPER, INK, wide=1.6)
        canvas.dot(across(above), at, 4.5, TONES[3], TONES[3])
        canvas.text(across(above) + 9, at, row["high_said"], INK, 11.5)
        y += each
    return canvas.spec(floor + 4)
