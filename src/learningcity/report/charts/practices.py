"""Kind "practices": what a city did, by mechanism and year, against its awards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import Text
from learningcity.report.charts.canvas import Canvas, Scale, legend
from learningcity.report.charts.common import NARROW, listed, words
from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.palette import INK, MARK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.texts import width_of

if TYPE_CHECKING:
    from learningcity.atlas import Atlas

MECHANISMS = ("policy", "law", "organization", "funding", "resources", "participation", "monitoring")
_TIMING = {
    "before": Text("before the first award", "首次获奖前"),
    "after": Text("after the first award", "首次获奖后"),
    "undated": Text("no year seen", "未见年份"),
}


def practices(atlas: Atlas, language: str, *, city: str) -> Sketch:
    """Draw the practices of a city by the mechanism they were filed under and the year they began.

    Each dot bears a number, which leads to the title in the table. Practices without a year stand apart.

    Parameters
    ----------
    atlas
        Its practices, awards and the timing of each practice.
    language
        "en" or "zh".
    city
        Id or name.

    Raises
    ------
    UnknownNameError
        No such city.
    """
    import pandas as pd

    city_id = atlas.require_city(city)
    timing = atlas.timing()
    own = atlas.practices[atlas.practices["city_id"] == city_id]
    awarded = sorted(int(r) for r in atlas.awards.loc[atlas.awards["city_id"] == city_id, "round"])
    order = {m: n for n, m in enumerate(MECHANISMS)}
    found = [
        {
            "mechanism": words("mechanism", row["mechanism"], language),
            "code": row["mechanism"],
            "title": shown(
                row[f"title_{language}"] if isinstance(row[f"title_{language}"], str) else row["practice_id"]
            ),
            "year": None if pd.isna(row["start_year"]) else int(row["start_year"]),
            "when": str(timing.get(row["practice_id"], "undated")),
        }
        for row in own.to_dict("records")
    ]
    found.sort(key=lambda r: (order.get(r["code"], len(order)), r["year"] is None, r["year"] or 0))
    for number, item in enumerate(found, start=1):
        item["number"] = number
        said = _TIMING.get(item["when"])
        item["timing"] = said.in_(language) if said and (awarded or item["when"] == "undated") else ""
    name = shown(atlas.cities.set_index("city_id").at[city_id, f"name_{language}"] or city_id)
    columns = ["number", "mechanism", "title", "year", "timing", "code"]
    return Sketch(
        title=Text(f"What {name} did, and when", f"{name}的实践举措与时间").in_(language),
        alt=_alt(name, found, awarded, language),
        table=pd.DataFrame(found, columns=columns).astype({"year": "Int64"}),
        heads={
            "number": Text("Number", "序号").in_(language),
            "mechanism": Text("Mechanism", "举措类别").in_(language),
            "title": Text("Practice", "实践举措").in_(language),
            "year": Text("Began in", "起始年份").in_(language),
            **({"timing": Text("Against the award", "与获奖的先后").in_(language)} if awarded else {}),
        },
        caption=Text(
            "The numbers are those of the table. A row without a dot: none seen. How the practices were filed is "
            "a machine-assisted reading.",
            "数字对应表中序号。无点的行表示未见公开资料。举措类别由机器辅助阅读归类。",
        ).in_(language),
        draw=lambda width: _draw(found, awarded, width, language),
    )


def _alt(name: str, found: list[dict[str, Any]], awarded: list[int], language: str) -> str:
    dated = [r for r in found if r["year"]]
    kinds = dict.fromkeys(r["mechanism"] for r in found)
    by = listed((f"{k} {sum(r['mechanism'] == k for r in found)}" for k in kinds), language)
    first = f"{min(r['year'] for r in dated)}" if dated else ""
    when = Text(
        f"{len(dated)} have a year{', the earliest ' + first if dated else ''}. ",
        f"{len(dated)}项有起始年份{'，最早为' + first + '年' if dated else ''}。",
    )
    years = listed(map(str, awarded), language)
    award = Text(f"Awarded in {years}.", f"{years}年获奖。") if awarded else Text("No award.", "未获奖。")
    text = Text(
        f"{len(found)} practices of {name} ({by}). {when.en}{award.en}",
        f"{name}的{len(found)}项实践举措（{by}）。{when.zh}{award.zh}",
    )
    return text.in_(language)


def _draw(found: list[dict[str, Any]], awarded: list[int], width: int, language: str) -> Late:
    canvas = Canvas(width, language)
    codes = [*MECHANISMS, *dict.fromkeys(r["code"] for r in found if r["code"] not in MECHANISMS)]
    names = {c: words("mechanism", c, language) for c in codes}
    left = max(width_of(n, 12) for n in names.values()) + 12
    apart = 58.0 if width < NARROW else 90.0
    years = [r["year"] for r in found if r["year"]] + awarded
    low, high = (min(years), max(years)) if years else (2010, 2024)
    across = Scale(low, max(high, low + 4), left + 14, width - apart - 14)
    y, marks = 34.0, []
    for code in codes:
        rows: list[list[float]] = []
        for item in (r for r in found if r["code"] == code):
            x = across(item["year"]) if item["year"] else width - apart + 24
            row = next(
                (n for n, held in enumerate(rows) if all(abs(x - other) > 19 for other in held)), len(rows)
            )
            if row == len(rows):
                rows.append([])
            rows[row].append(x)
            marks.append((x, y + 14 + 20 * row, item))
        canvas.line(0, y, width, y)
        canvas.text(0, y + 14, names[code])
        y += max(28, 8 + 20 * len(rows))
    canvas.line(0, y, width, y)
    for value in across.ticks(3 if width < NARROW else 6):
        if float(value).is_integer() and across(value) < width - apart - 22:
            canvas.text(across(value), 10, int(value), MUTED, align="center")
    canvas.text(width - apart + 8, 10, Text("no year", "未见年份").in_(language), MUTED)
    canvas.line(width - apart, 2, width - apart, y, MUTED, 1, (2, 3))
    for year in awarded:
        canvas.line(across(year), 22, across(year), y, MARK, 1.6)
    for x, at, item in marks:
        dated = item["year"] is not None
        canvas.dot(x, at, 8.5, TONES[3] if dated else PAPER, PAPER if dated else INK)
        canvas.text(x, at, item["number"], PAPER if dated else INK, 10.5, align="center")
    if not awarded:
        return canvas.spec(y + 4)
    years_said = listed(map(str, awarded), language)
    entries = [
        (
            lambda x, at: canvas.line(x, at - 7, x, at + 7, MARK, 1.6),
            Text(f"award {years_said}", f"获奖（{years_said}年）").in_(language),
        )
    ]
    return canvas.spec(legend(canvas, left, y + 18, entries))
