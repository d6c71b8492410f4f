"""The words of the choices: names of filters, their values, and the options with their counts."""

from __future__ import annotations

from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.practices import query as queries
from learningcity.web.screens.practices.query import BOTH, NONE, PracticeQuery
from learningcity.web.screens.practices.records import Found, number_of

Row = dict[str, Any]

NAMES = {
    "q": lc.Text("text", "文字"),
    "mechanism": lc.Text("mechanism", "举措类别"),
    "rank": lc.Text("first or second mechanism", "第一或第二类别"),
    "area": lc.Text("area", "领域"),
    "theme": lc.Text("visible theme", "呈现的特征"),
    "problem": lc.Text("problem met", "针对的问题"),
    "group": lc.Text("group", "人群"),
    "region": lc.Text("region", "地区"),
    "country": lc.Text("country", "国家"),
    "city": lc.Text("city", "城市"),
    "timing": lc.Text("against the first award", "与首次获奖的先后"),
    "level": lc.Text("whose practice", "实施层级"),
    "subject": lc.Text("subject", "主题"),
    "stance": lc.Text("done or planned", "实施状态"),
    "strength": lc.Text("strength of the evidence", "证据强度"),
    "passes": lc.Text("the two passes", "两遍编码"),
    "coder": lc.Text("whose codes", "采用的编码"),
    "since": lc.Text("started from", "起始年份不早于"),
    "until": lc.Text("started up to", "起始年份不晚于"),
    "sort": lc.Text("sort by", "排序"),
    "columns": lc.Text("across", "列"),
}
_RANKS = {
    "either": lc.Text("either", "不限"),
    "first": lc.Text("first", "第一类别"),
    "second": lc.Text("second", "第二类别"),
}
_SORTS = {
    "match": lc.Text("best match, else city", "相关度（无检索词时按城市）"),
    "city": lc.Text("city", "城市"),
    "newest": lc.Text("latest start", "起始年份由近到远"),
    "oldest": lc.Text("earliest start", "起始年份由远到近"),
    "strength": lc.Text("strength of the evidence", "证据强度"),
}
_PASSES = {
    "agree": lc.Text("agree in every code", "完全一致"),
    "differ": lc.Text("differ in some code", "有不一致"),
    "not-coded": lc.Text("not coded yet", "尚未编码"),
}
_BOTH = lc.Text("both passes alike", "两遍一致")
_NONE = {"theme": lc.Text("no theme seen", "未见特征"), "group": lc.Text("no group named", "未指明人群")}
_VOCABULARY = {"region": "unesco_region"}


@cache
def areas() -> dict[str, lc.Text]:
    """The names of the areas by code."""
    rows = content.standard_rows("key-features")
    return {r["code"]: lc.Text(r["name_en"], r["name_zh"]) for r in rows if r["level"] == "area"}


def word(name: str, value: str, language: str) -> str:
    """The words for one value of a filter."""
    fixed = {"rank": _RANKS, "sort": _SORTS, "passes": _PASSES}.get(name, {})
    if value in fixed:
        return fixed[value].in_(language)
    if name == "coder":
        return _BOTH.in_(language) if value == BOTH else lc.label("coder", value, language)
    if name == "area":
        return f"{value} {areas()[value].in_(language)}" if value in areas() else value
    if name == "country":
        return content.country(value, language)
    if name == "city":
        return content.cities()[value].name(language) if value in content.cities() else value
    if value == NONE and name in _NONE:
        return _NONE[name].in_(language)
    if name == "columns":
        return NAMES[value].in_(language)
    if name in ("q", "since", "until"):
        return value
    text = lc.label(_VOCABULARY.get(name, name), value, language)
    return f"{value} · {text}" if name == "strength" else text


def told(name: str, value: str, language: str) -> Row:
    """A filter and its value in words."""
    return {
        "name": name,
        "label": NAMES[name].in_(language),
        "value": word(name, value, language),
        "own_words": name == "q",
    }


def choices(query: PracticeQuery, found: Found, names: tuple[str, ...], language: str) -> list[Row]:
    """The selects of the form, each option with the number that it would find."""
    return [_choice(query, found, name, language) for name in names]


def _choice(query: PracticeQuery, found: Found, name: str, language: str) -> Row:
    chosen = getattr(query, name)
    options = queries.closed()[name][1]
    if name in ("country", "city"):
        options = sorted(options, key=lambda v: content.sort_key(word(name, v, language), language))
    counts = _counts(query, found, name)
    return {
        "name": name,
        "label": NAMES[name].in_(language),
        "required": name in ("rank", "sort", "coder", "columns"),
        "options": [
            {
                "value": value,
                "label": _counted(word(name, value, language), counts, value, language),
                "chosen": chosen == value,
            }
            for value in options
            if name not in ("country", "city", "timing", "passes") or counts[value] or chosen == value
        ],
    }


def _counted(text: str, counts: dict[str, int] | None, value: str, language: str) -> str:
    if counts is None:
        return text
    return lc.Text(f"{text} ({counts[value]})", f"{text}（{counts[value]}）").in_(language)


def _counts(query: PracticeQuery, found: Found, name: str) -> Any:
    if name in ("sort", "columns"):
        return None
    if name in ("rank", "coder"):
        if name == "rank" and not query.mechanism:
            return None
        return {v: number_of(query.with_(**{name: v})) for v in queries.closed()[name][1]}
    return found.counts[name]


def years(query: PracticeQuery, found: Found, language: str) -> list[Row]:
    """The two selects of start years; each year with the number that it would find."""
    rows = []
    for name in ("since", "until"):
        known, chosen = found.years[name], getattr(query, name)
        offered = sorted({*map(str, known), *([chosen] if chosen else [])})
        counts = {y: sum((k >= int(y)) if name == "since" else (k <= int(y)) for k in known) for y in offered}
        rows.append(
            {
                "name": name,
                "label": NAMES[name].in_(language),
                "required": False,
                "options": [
                    {"value": y, "label": _counted(y, counts, y, language), "chosen": y == chosen}
                    for y in offered
                ],
            }
        )
    return rows


def active(query: PracticeQuery, language: str) -> list[Row]:
    """The filters in force, each with the address without it."""
    return [
        {**told(n, v, language), "without": query.without(n, "page").address(language)}
        for n, v in query.filters.items()
    ]


def relax(query: PracticeQuery, found: Found, language: str) -> list[Row]:
    """For each choice: how many practices there would be without it, most first."""
    ways = []
    for line in active(query, language):
        name = line["name"]
        looser = query.without(name)
        count = found.without[name] if name in found.without else number_of(looser)
        ways.append({**line, "count": count})
    return sorted(ways, key=lambda w: -w["count"])
