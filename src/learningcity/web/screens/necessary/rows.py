"""Tables of the screen: measures of lines, cities at the points, disjoint evidence, necessary levels, pairs that cannot tell."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.necessary import words
from learningcity.web.screens.necessary.answer import Answer, Pair
from learningcity.web.screens.necessary.query import EFFORT

Row = dict[str, Any]


def cities(ids: Any, condition: str, language: str) -> list[Row]:
    """Cities that lead to what was seen of the condition there, in the order of the language."""
    anchor = "#practices" if condition in EFFORT else f"#condition-{condition}"
    found = [
        {"name": content.cities()[c].name(language), "href": f"/{language}/cities/{c}{anchor}"}
        for c in map(str, ids)
        if c in content.cities()
    ]
    return sorted(found, key=lambda row: content.sort_key(row["name"], language))


def points(found: Answer, pair: Pair, language: str) -> list[Row]:
    """The cities at each point, keyed as the picture has them."""
    peers = set(pair.ceiling.peers)
    return [
        {
            "key": f"p{k}",
            "x": words.number(row["x"]),
            "y": words.number(row["y"]),
            "n": row["n"],
            "peer": bool(peers & set(row["cities"])),
            "cities": cities(row["cities"], found.question.condition, language),
        }
        for k, row in enumerate(pair.points.to_dict("records"), 1)
    ]


def lines(pair: Pair, language: str) -> list[Row]:
    """The measures of each line, the tested one first."""
    return [
        {
            "name": words.METHODS[one.method].in_(language),
            "tested": one is pair.ceiling,
            "effect": words.three(one.effect_size),
            "p": words.three(one.p_value) if one is pair.ceiling else "",
            "accuracy": f"{one.accuracy:.1f}%",
            "fit": "–" if one.fit != one.fit else f"{one.fit:.0f}%",
            "above": len(one.above),
        }
        for one in (pair.ceiling, *pair.lines)
    ]


def above(found: Answer, pair: Pair, language: str) -> list[Row]:
    """Cities inside the corner, above a line that lets some through."""
    return [
        {"name": words.METHODS[one.method].in_(language), "cities": cities(one.above, found.question.condition, language)}
        for one in (pair.ceiling, *pair.lines)
        if one.above and one.method != "ols"
    ]  # fmt: skip


def single(found: Answer, pair: Pair, language: str) -> list[Row]:
    """The effect without each city at a corner of the ceiling."""
    frame = pair.interval.without
    alike = {c: row["n"] for row in pair.points.to_dict("records") for c in row["cities"]}
    return [
        {
            **cities([case], found.question.condition, language)[0],
            "effect": words.three(row["effect_size"]),
            "change": f"{row['change']:+.3f}" if abs(row["change"]) >= 0.0005 else "0",
            "alike": _alike(alike[case]).in_(language) if alike[case] > 1 else "",
        }
        for case, row in frame.to_dict("index").items()
    ]


def _alike(n: int) -> lc.Text:
    return lc.Text(f"one of {n} on this point", f"该点{n}个城市之一")


def again(found: Answer, language: str) -> list[Row]:
    """The pair as found, without the evidence that both sides share, and by the other coders."""
    row = found.row
    if row["kind"] == "effort":
        return []
    told = {name: words.REPEATS[name] for name in words.REPEATS}
    for coder in found.pairs.coded.other_coders:
        told[f"coder_{coder}"] = lc.Text(f"by the codes of pass {coder}", f"采用第{coder}遍编码")
    first = {
        "name": lc.Text("as found", "原结果").in_(language),
        "effect": words.three(row["effect_size"]),
        "p": words.three(row["p_value"]),
        "held": _as_found(row, found).in_(language),
    }
    return [
        first,
        *(
            {
                "name": text.in_(language),
                "effect": words.three(row[f"{name}_effect"]),
                "p": words.three(row[f"{name}_p"]),
                "held": _HELD[row[f"{name}_held"]].in_(language),
            }
            for name, text in told.items()
        ),
    ]


def _as_found(row: Row, found: Answer) -> lc.Text:
    """Whether the pair was found at first, for which the number of pairs counts."""
    if row["reason_en"] or row["p_value"] != row["p_value"]:
        return _HELD[None]
    small = row["p_value"] <= found.pairs.level and row["effect_size"] >= found.pairs.least_effect
    if small and not row["found"]:
        return lc.Text(
            f"not once the pairs are counted (q = {row['q']:.2f})", f"计入配对数后否（q = {row['q']:.2f}）"
        )
    return _HELD[bool(row["found"])]


_HELD = {
    True: lc.Text("yes", "是"),
    False: lc.Text("no", "否"),
    None: lc.Text("cannot be told", "无法判断"),
}


def levels(found: Answer, language: str) -> Row | None:
    """The table of necessary levels: a row a level of the theme, the one that asks most first."""
    table = found.levels
    if table is None:
        return None
    constant = set(found.pairs.near_constant)
    columns = list(table.levels.columns)
    down = table.corner in (3, 4) and table.scale_y in ("actual", "percentage_max")
    order = table.levels.index.argsort()
    order = order if down else order[::-1]
    return {
        "heads": [
            {"label": words.label(x).in_(language), "near_constant": x in constant, "here": x == found.question.condition}
            for x in columns
        ],
        "rows": [
            {
                "level": words.number(table.levels.index[k]),
                "cells": [_level(table, x, int(k), language) for x in columns],
            }
            for k in order
        ],
        "left_out": [
            {"label": words.label(x).in_(language), "why": _named(why, found, language)}
            for x, why in table.left_out.items()
        ],
        "scale_x": words.SCALES[table.scale_x].in_(language),
        "scale_y": words.SCALES[table.scale_y].in_(language),
    }  # fmt: skip


def _level(table: lc.BottleneckResult, x: str, k: int, language: str) -> Row:
    mark, head = table.marks[x].iloc[k], words.label(x).in_(language)
    if table.ceilings[x].note is not None:
        return {"text": words.NO_LINE.in_(language), "mark": mark, "head": head}
    if mark:
        return {"text": words.MARKS[mark].in_(language), "mark": mark, "head": head}
    return {"text": words.number(table.levels[x].iloc[k]), "mark": "", "head": head}


def _named(why: lc.Text, found: Answer, language: str) -> str:
    return named(why.in_(language), found, language)


def named(text: str, found: Answer, language: str) -> str:
    """Put the names that people know for codes in a sentence of the library."""
    for code, name in found.pairs.labels.items():
        for written in (f"'{code}'", f"“{code}”"):
            text = text.replace(written, lc.Text("“{}”", "“{}”").in_(language).format(name.in_(language)))
    return text


def cannot(found: Answer, language: str) -> list[Row]:
    """Pairs in which nothing could have been found, with the reason."""
    frame = found.pairs.degenerate
    return [
        {
            "label": words.pair(row["condition"], row["theme"]).in_(language),
            "href": found.question.with_(condition=row["condition"], theme=row["theme"]).address(language, "#pair"),
            "reason": row[f"reason_{language}"],
        }
        for row in frame[frame["kind"] == "condition"].to_dict("records")
    ]  # fmt: skip
