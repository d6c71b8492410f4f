"""Kind "ideas": concepts and key works on a time line, by line of thought, no label over another."""

from __future__ import annotations

import re
from typing import Any

from learningcity.core import InputError, Text
from learningcity.report.charts.canvas import Canvas, Scale
from learningcity.report.charts.common import NARROW, listed, words
from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.palette import INK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.texts import width_of, wrapped

_YEAR = re.compile(r"\d{4}")
#: Years before it stand together at the edge: half a century with one idea would leave no room.
FIRST = 1965
_ROW = 18.0


def ideas(frame: Any, language: str) -> Sketch:
    """Draw concepts and key works where their year places them.

    Parameters
    ----------
    frame
        The table of concepts: name_en, name_zh, theory, year ("1996", "1919-1920", "1970s" or empty).
    language
        "en" or "zh".

    Raises
    ------
    InputError
        A column is missing.
    """
    import pandas as pd

    needed = {f"name_{language}", "theory", "year"}
    if not isinstance(frame, pd.DataFrame) or not needed <= set(frame.columns):
        raise InputError(
            Text(
                f"The time line is drawn of the table of concepts, with {', '.join(sorted(needed))}.",
                f"时间线须用概念表绘制，含列{'、'.join(sorted(needed))}。",
            )
        )
    found: list[dict[str, Any]] = []
    for row in frame.to_dict("records"):
        year = _YEAR.match(str(row["year"])) if isinstance(row["year"], str) else None
        found.append(
            {
                "theory": words("theory", row["theory"], language),
                "name": shown(row[f"name_{language}"]),
                "year": when(row["year"], language) if year else None,
                "start": int(year[0]) if year else None,
            }
        )
    dated = sorted((r for r in found if r["start"]), key=lambda r: r["start"])
    lanes = list(dict.fromkeys(r["theory"] for r in found))
    undated = len(found) - len(dated)
    return Sketch(
        title=Text("Concepts and key works on a time line", "概念与重要著作时间线").in_(language),
        alt=_alt(dated, lanes, undated, language),
        table=pd.DataFrame(found, columns=["theory", "name", "year", "start"], dtype=object),
        heads={
            "name": Text("Concept or work", "概念或著作").in_(language),
            "theory": Text("Line of thought", "理论脉络").in_(language),
            "year": Text("Year", "年份").in_(language),
        },
        caption=Text(
            f"The year is the one that our source gives; the idea may be older. {undated} concepts without a year "
            "stand in the table alone.",
            f"年份依来源所载，观念本身可能更早。另有{undated}个概念未见年份，仅列于表中。",
        ).in_(language),
        draw=lambda width: _draw(dated, lanes, width, language),
    )


def _alt(dated: list[dict[str, Any]], lanes: list[str], undated: int, language: str) -> str:
    if not dated:
        return Text("No concept with a year.", "没有注明年份的概念。").in_(language)
    by = [f"{lane} {sum(r['theory'] == lane for r in dated)}" for lane in lanes]
    recent = sum(r["start"] >= 2010 for r in dated)
    text = Text(
        f"{len(dated)} concepts and works from {dated[0]['start']} to {dated[-1]['start']}: {listed(by, 'en')}. "
        f"{recent} of them date from 2010 or later; {undated} more have no year.",
        f"{dated[0]['start']}至{dated[-1]['start']}年的{len(dated)}个概念与著作：{listed(by, 'zh')}。"
        f"其中{recent}个在2010年及以后；另有{undated}个未见年份。",
    )
    return text.in_(language)


def _draw(dated: list[dict[str, Any]], lanes: list[str], width: int, language: str) -> Late:
    canvas = Canvas(width, language)
    if not dated:
        canvas.text(4, 14, Text("No concept with a year.", "没有注明年份的概念。").in_(language), MUTED)
        return canvas.spec(28)
    early = dated[0]["start"] < FIRST
    start = max(FIRST, dated[0]["start"] // 10 * 10) if not early else FIRST
    end = max(dated[-1]["start"], start + 10)
    across = Scale(start, end, 44 if early else 8, width - 8)
    y = 30.0
    grid = []
    for lane in lanes:
        items = [r for r in dated if r["theory"] == lane]
        if not items:
            continue
        canvas.text(0, y, lane, INK, 12, weight="bold")
        y += _ROW
        rows = _packed(items, across, width)
        for label, x, at, row, left in rows:
            grid.append((x, y + _ROW * row))
            canvas.dot(x, y + _ROW * row, 4, TONES[3], PAPER, wide=1)
            canvas.text(at, y + _ROW * row, label, INK, 11.5, "right" if left else "left")
        y += _ROW * (max(r[3] for r in rows) + 1) + 10
    below = Canvas(width, language)
    for value in across.ticks(4 if width < NARROW else 7):
        below.line(across(value), 20, across(value), y - 8)
        below.text(
            across(value), 9, int(value), MUTED, align="center" if across(value) < width - 20 else "right"
        )
    if early:
        below.text(
            2,
            9,
            Text(f"before {FIRST}", f"{FIRST}年前").in_(language) if width >= NARROW else f"<{FIRST}",
            MUTED,
        )
    # The grid lies beneath the marks, and is known only when these are placed.
    below.layers.update(canvas.layers)
    return below.spec(y)


def when(year: str, language: str) -> str:
    """Write a year, a period or a decade as the language writes it.

    Examples
    --------
    >>> when("1919-1920", "en"), when("1970s", "en"), when("1970s", "zh")
    ('1919–1920', '1970s', '20世纪70年代')
    """
    if language == "zh" and year.endswith("s"):
        return f"{int(year[:2]) + 1}世纪{year[2:4]}年代" if year[2] != "0" else f"{year[:4]}年代"
    return year.replace("-", "—" if language == "zh" else "–")


def _packed(
    items: list[dict[str, Any]], across: Scale, width: int
) -> list[tuple[str, float, float, int, bool]]:
    """Give each item its row: the first in which neither its dot nor its label meets another."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for item in items:
        x = across(item["start"]) if item["start"] >= FIRST else 8.0
        # The years stand even where the name must be cut to the room beside the dot.
        room = max(x - 10, width - x - 10) - width_of(f" {item['year']}", 11.5)
        label = f"{wrapped(item['name'], 11.5, room, 1)} {item['year']}"
        wide = width_of(label, 11.5)
        left = x + 8 + wide > width
        at = x - 8 if left else x + 8
        low, high = (at - wide, x + 6) if left else (x - 6, at + wide)
        row = next(
            (n for n, held in enumerate(taken) if all(high + 6 < a or low - 6 > b for a, b in held)),
            len(taken),
        )
        if row == len(taken):
            taken.append([])
        taken[row].append((low, high))
        placed.append((label, x, at, row, left))
    return placed
