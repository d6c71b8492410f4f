"""Kind "members": members of the network by join year, with those whose year is not seen or disagrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import Text
from learningcity.report.charts.canvas import Canvas, Scale, legend
from learningcity.report.charts.drawing import Late
from learningcity.report.charts.palette import INK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.texts import width_of

if TYPE_CHECKING:
    from learningcity.atlas import Atlas

_NOT_SEEN = Text("Not seen", "未见")


def members(atlas: Atlas, language: str) -> Sketch:
    """Draw how many of the members that were seen joined in each year.

    A member whose sources give different years stands in each of them, in a lighter tone; those
    without a join year stand apart.

    Parameters
    ----------
    atlas
        Whose members are drawn.
    language
        "en" or "zh".
    """
    import pandas as pd

    from learningcity.atlas import MEMBERS_TOTAL

    known = set(atlas.members["city_id"])
    joined = atlas.memberships[atlas.memberships["city_id"].isin(known)]
    years = joined.groupby("city_id")["join_year"].agg(lambda s: tuple(sorted({int(y) for y in s.dropna()})))
    years = years[years.map(len) > 0]
    span = [y for given in years for y in given]
    rows: list[dict[str, Any]] = [
        {
            "year": str(year),
            "agreed": sum(given == (year,) for given in years),
            "disagree": sum(len(given) > 1 and year in given for given in years),
        }
        for year in (range(min(span), max(span) + 1) if span else ())
    ]
    not_seen = len(known) - len(years)
    rows.append({"year": _NOT_SEEN.in_(language), "agreed": not_seen, "disagree": 0})
    table = pd.DataFrame(rows)
    disagreeing = sum(len(given) > 1 for given in years)
    total = max(MEMBERS_TOTAL, len(known))
    return Sketch(
        title=Text("Members by join year", "按入网年份统计的成员").in_(language),
        alt=_alt(rows, not_seen, disagreeing, len(known), language),
        table=table,
        heads={
            "year": Text("Join year", "入网年份").in_(language),
            "agreed": Text("Members", "成员").in_(language),
            "disagree": Text("Members whose sources disagree", "来源不一致的成员").in_(language),
        },
        caption=Text(
            f"{len(known)} of {total} members were seen. For {not_seen} of them no source gives a join year; "
            f"{disagreeing} whose sources disagree stand in each year that is given. A year without a bar: no "
            "member of that year was seen.",
            f"{total}个成员中见到{len(known)}个，其中{not_seen}个未见入网年份；{disagreeing}个成员的来源不一致，"
            "分别计入各自所载年份。无柱的年份表示未见该年入网的成员。",
        ).in_(language),
        draw=lambda width: _draw(rows, disagreeing, width, language),
    )


def _alt(rows: list[dict[str, Any]], not_seen: int, disagreeing: int, seen: int, language: str) -> str:
    dated = [r for r in rows[:-1] if r["agreed"] + r["disagree"]]
    if not dated:
        return Text(f"{seen} members, no join year seen.", f"{seen}个成员，均未见入网年份。").in_(language)
    most = max(dated, key=lambda r: r["agreed"] + r["disagree"])
    number = most["agreed"] + most["disagree"]
    text = Text(
        f"Bars for {len(dated)} join years from {dated[0]['year']} to {dated[-1]['year']}; the highest is "
        f"{most['year']} with {number} members. {not_seen} of {seen} members have no join year that was seen, and "
        f"for {disagreeing} the sources disagree.",
        f"{dated[0]['year']}至{dated[-1]['year']}年间{len(dated)}个入网年份的柱形图，最高为{most['year']}年，{number}个成员。"
        f"{seen}个成员中{not_seen}个未见入网年份，{disagreeing}个来源不一致。",
    )
    return text.in_(language)


def _draw(rows: list[dict[str, Any]], disagreeing: int, width: int, language: str) -> Late:
    canvas = Canvas(width, language)
    top, floor = 22.0, 222.0
    most = max((r["agreed"] + r["disagree"] for r in rows), default=1) or 1
    rise = Scale(0, most, floor, top)
    gap = 18.0
    step = (width - gap) / len(rows)
    bar = min(44.0, step * 0.72)
    for number, row in enumerate(rows):
        last = number == len(rows) - 1
        x = number * step + step / 2 + (gap if last else 0)
        agreed, both = row["agreed"], row["agreed"] + row["disagree"]
        if agreed:
            # An open bar: to have no year is no year of its own.
            look = (PAPER, INK, (4, 3)) if last else (TONES[3], None, ())
            canvas.box(x - bar / 2, rise(agreed), x + bar / 2, floor, *look)
        if row["disagree"]:
            canvas.box(x - bar / 2, rise(both), x + bar / 2, rise(agreed) - 1, TONES[1], INK)
        if both:
            canvas.text(x, rise(both) - 9, both, align="center")
        size = 12 if step > 34 else 10.5
        canvas.text(
            min(x, width - width_of(row["year"], size) / 2), floor + 13, row["year"], MUTED, size, "center"
        )
    canvas.line(0, floor, (len(rows) - 1) * step, floor, MUTED)
    entries = [
        (
            lambda x, y: canvas.box(x - 6, y - 5, x + 6, y + 5, TONES[3]),
            Text("sources give this year", "来源载明该年").in_(language),
        )
    ]
    if disagreeing:
        entries.append(
            (
                lambda x, y: canvas.box(x - 6, y - 5, x + 6, y + 5, TONES[1], INK),
                Text("sources disagree", "来源不一致").in_(language),
            )
        )
    entries.append(
        (
            lambda x, y: canvas.box(x - 6, y - 5, x + 6, y + 5, PAPER, INK, (4, 3)),
            Text("no join year seen", "未见入网年份").in_(language),
        )
    )
    return canvas.spec(legend(canvas, 4, floor + 42, entries))
