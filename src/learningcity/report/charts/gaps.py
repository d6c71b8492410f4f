"""Kind "gaps": what is seen in a city beside its peers and all awarded cities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, names_of
from learningcity.plan import KIND_WORDS, KINDS, OPEN, GapsResult, LessonsResult
from learningcity.report.charts.canvas import Canvas, Scale, legend
from learningcity.report.charts.common import NARROW, listed
from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.palette import HAIR, MARK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.texts import width_of, wrapped

if TYPE_CHECKING:
    import pandas as pd


def gaps(
    result: GapsResult | LessonsResult, language: str, *, kinds: Sequence[str] = ("mechanism", "theme")
) -> Sketch:
    """Draw for each code the share of peers and of awarded cities that show it, and how it stands in the target.

    Parameters
    ----------
    result
        Gaps of a city, or lessons for a country or city.
    language
        "en" or "zh".
    kinds
        Kinds of codes, see ``plan.KINDS``.

    Raises
    ------
    InputError
        Another result.
    """
    wanted = names_of(kinds, "kinds", tuple(KINDS))
    table = _of_lessons(result) if isinstance(result, LessonsResult) else _of_gaps(result)
    table = table[table["kind"].isin(wanted)].reset_index(drop=True)
    table["label"] = [shown(v) for v in table[f"label_{language}"]]
    table["kind_label"] = [KIND_WORDS[k].in_(language) for k in table["kind"]]
    name = shown(result.name.in_(language))
    heads = {
        "label": Text("What", "项目").in_(language),
        "kind_label": Text("Kind", "类别").in_(language),
        "here": Text(f"Share of the cities of {name}", f"{name}各城市中的比例").in_(language)
        if isinstance(result, LessonsResult) and result.kind == "country"
        else Text(f"Seen in {name} (1 = yes)", f"{name}是否已见（1=是）").in_(language),
        "peers": Text("Share of the peers", "可比城市中的比例").in_(language),
        "awarded": Text("Share of the awarded cities", "获奖城市中的比例").in_(language),
    }
    return Sketch(
        title=Text(f"What was seen: {name} beside comparable cities", f"{name}与可比城市所见对照").in_(
            language
        ),
        alt=_alt(table, name, language),
        table=table[["label", "kind_label", "here", "peers", "awarded", "kind", "code"]],
        heads=heads,
        caption=Text(
            "Not seen says that no public evidence was read, never that there is none. Peers are alike in background.",
            "“未见”指未读到公开资料，不表示不存在。可比城市指背景相近的获奖城市。",
        ).in_(language),
        draw=lambda width: _draw(table.to_dict("records"), name, width, language),
    )


def _of_gaps(result: Any) -> pd.DataFrame:
    if not isinstance(result, GapsResult):
        raise InputError(
            Text(
                "The chart takes the result of lc.gaps or lc.lessons.",
                "该图表须传入lc.gaps或lc.lessons的结果。",
            )
        )
    frame = result.profile[["kind", "code", "label_en", "label_zh"]].copy()
    status = result.profile["status"]
    frame["here"] = (~status.isin(OPEN)).astype(float).where(status != "not asked")
    for side in ("peers", "awarded"):
        of = result.profile[f"{side}_of"]
        frame[side] = result.profile[f"{side}_{result.coder}"] / of.where(of > 0)
    return frame


def _of_lessons(result: LessonsResult) -> pd.DataFrame:
    rows = result.profile
    frame = rows[["kind", "code", "label_en", "label_zh"]].copy()
    frame["here"] = (rows["of"] - rows["open"]) / rows["of"].where(rows["of"] > 0)
    for side in ("peers", "awarded"):
        of = rows[f"{side}_of"]
        frame[side] = rows[side] / of.where(of > 0)
    return frame


def _alt(table: Any, name: str, language: str) -> str:
    rows = [r for r in table.to_dict("records") if r["here"] == r["here"] and r["peers"] == r["peers"]]
    below = sorted((r for r in rows if r["here"] < r["peers"]), key=lambda r: r["here"] - r["peers"])[:3]
    told = listed([r["label"] for r in below], language) if below else ""
    text = Text(
        f"{len(table)} rows; for each the share of comparable and of all awarded cities that show it, and {name}. "
        + (f"Farthest behind its peers: {told}." if told else ""),
        f"共{len(table)}行，各行为可比城市与全部获奖城市中已见的比例，以及{name}的情况。"
        + (f"与可比城市相差最大的：{told}。" if told else ""),
    )
    return text.in_(language).strip()


def _draw(rows: list[dict[str, Any]], name: str, width: int, language: str) -> Late:
    canvas = Canvas(width, language)
    narrow = width < NARROW
    room = 108 if narrow else 260
    labels = [wrapped(r["label"], 12, room) for r in rows]
    left = max((width_of(p, 12) for t in labels for p in t.split("\n")), default=60) + 16
    across = Scale(0, 1, left, width - 26)
    y: float = 24
    tops = y
    heights = [max(26.0, 8 + 15 * (1 + t.count("\n"))) for t in labels]
    floor = tops + sum(heights)
    for value in (0, 0.25, 0.5, 0.75, 1.0):
        canvas.line(across(value), tops, across(value), floor, HAIR)
        canvas.text(across(value), 10, f"{100 * value:.0f}%", MUTED, 11, align="center")
    for row, label, tall in zip(rows, labels, heights, strict=True):
        at = y + tall / 2
        canvas.text(0, at, label)
        known = [row[k] for k in ("peers", "awarded", "here") if row[k] == row[k]]
        if len(known) > 1:
            canvas.line(across(min(known)), at, across(max(known)), at, TONES[1], 2)
        if row["awarded"] == row["awarded"]:
            canvas.dot(across(row["awarded"]), at, 5, PAPER, TONES[3], wide=1.8)
        if row["peers"] == row["peers"]:
            canvas.dot(across(row["peers"]), at, 5, TONES[3], TONES[3])
        if row["here"] == row["here"]:
            canvas.dot(across(row["here"]), at, 5, MARK, PAPER, "diamond")
        y += tall
    canvas.line(0, floor, width, floor, HAIR)
    entries = [
        (lambda x, at: canvas.dot(x, at, 5, MARK, PAPER, "diamond"), name),
        (lambda x, at: canvas.dot(x, at, 5, TONES[3], TONES[3]), Text("its peers", "可比城市").in_(language)),
        (
            lambda x, at: canvas.dot(x, at, 5, PAPER, TONES[3], wide=1.8),
            Text("all awarded cities", "全部获奖城市").in_(language),
        ),
    ]
    return canvas.spec(legend(canvas, 6, floor + 18, entries))
