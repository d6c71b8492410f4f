"""How much was seen: cities by groups of facts and kinds of practices, and every indicator by scope."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content, pictures, squares
from learningcity.web.screens.city.figures import GROUPS, definition
from learningcity.web.screens.data.query import SORTS, CoverageQuery

Row = dict[str, Any]

SCOPES = ("city", "metro", "province", "country")
_SORTS = {
    "name": lc.Text("name", "名称"),
    "facts": lc.Text("facts", "事实数据数"),
    "practices": lc.Text("practices read", "实践举措数"),
    "sources": lc.Text("sources", "来源数"),
}
_REGION = lc.Text("region", "地区")
_SORT = lc.Text("sort by", "排序")


def fact_groups() -> tuple[str, ...]:
    """The groups of indicators that a city has figures of its own in; country context is none of them."""
    return tuple(g for g in GROUPS if g != "context")


@cache
def counts() -> dict[str, Counter[tuple[str, str]]]:
    """How many facts of each group and practices of each mechanism were seen, by city.

    A practice stands under each mechanism that pass A gave it, the second too: else a cell would say
    "not seen" of what was seen. One that nobody coded stands where it was filed. Figures of the country
    are not counted. Two groups and two mechanisms bear the same name, so each key says which it counts.
    """
    found: dict[str, Counter[tuple[str, str]]] = {city_id: Counter() for city_id in content.cities()}
    for city_id, facts in content.facts_by_city().items():
        for fact in facts:
            if city_id in found and fact["scope"] != "country":
                found[city_id]["facts", content.indicators()[fact["indicator_id"]]["group"]] += 1
    for city_id, practices in content.practices_by_city().items():
        for practice in practices if city_id in found else ():
            for mechanism in _mechanisms(practice):
                found[city_id]["practices", mechanism] += 1
    return found


def _mechanisms(practice: Row) -> set[str]:
    codes = content.codes_by_practice().get(practice["practice_id"], [])
    leading = next((c for c in codes if c["coder"] == squares.CODER), None)
    if leading is None:
        return {practice["mechanism"]}
    return {m for m in (leading["mechanism"], leading["mechanism_2"]) if m}


def build(query: CoverageQuery, language: str) -> Row:
    """Everything on the page of coverage."""
    return {
        "query": query,
        "choices": _choices(query, language),
        "groups": [lc.label("indicator_group", g, language) for g in fact_groups()],
        "mechanisms": [lc.label("mechanism", m, language) for m in content.MECHANISMS],
        "cities": _cities(query, language),
        "total": len(content.cities()),
        "indicators": indicators(language),
        "catalogue": len(content.indicators()),
        "scopes": [lc.label("scope", s, language) for s in SCOPES],
        "figure": _figure(language),
    }


def picture(language: str) -> pictures.Picture:
    """Practices against sources, all cities."""
    return pictures.Picture("reading", content.atlas(), "coverage", language)


@cache
def _figure(language: str) -> Row:
    return picture(language).figure()


def _choices(query: CoverageQuery, language: str) -> list[Row]:
    regions = [(r, lc.label("unesco_region", r, language)) for r in content.REGIONS]
    sorts = [(s, _SORTS[s].in_(language)) for s in SORTS]
    every = (("region", _REGION, regions, query.region), ("sort", _SORT, sorts, query.sort))
    return [
        {
            "name": name,
            "label": label.in_(language),
            "required": name == "sort",
            "options": [{"value": v, "label": t, "chosen": v == chosen} for v, t in options],
        }
        for name, label, options, chosen in every
    ]


def chosen(query: CoverageQuery, language: str) -> list[content.City]:
    """The cities that a query asks for, in its order."""
    found = [c for c in content.cities().values() if not query.region or c.region == query.region]
    found.sort(key=lambda c: content.sort_key(c.name(language), language))
    if query.sort != "name":
        found.sort(key=lambda c: -int(content.coverage()[c.city_id][query.sort]))
    return found


def _cities(query: CoverageQuery, language: str) -> list[Row]:
    return [_city(c, language) for c in chosen(query, language)]


def _city(city: content.City, language: str) -> Row:
    href = f"/{language}/cities/{city.city_id}"
    seen, read = counts()[city.city_id], content.coverage()[city.city_id]
    facts = [
        (lc.label("indicator_group", g, language), seen["facts", g], f"{href}#facts-{g}")
        for g in fact_groups()
    ]
    practices = [
        (lc.label("mechanism", m, language), seen["practices", m], f"{href}#{m}") for m in content.MECHANISMS
    ]
    return {
        "href": href,
        "name": city.name(language),
        "country": lc.country_name(city.country, language),
        "own": content.is_own("cities", city.city_id),
        "cells": [{"label": t, "n": n, "href": to} for t, n, to in (*facts, *practices)],
        "practices": int(read["practices"]),
        "sources": int(read["sources"]),
        "doubtful": int(read["doubtful_sources"]),
        "facts": int(read["facts"]),
    }


def _direction(code: str, language: str) -> str:
    """Say which way is better, in words that stand without the others beside them."""
    neither = lc.Text("neither more nor less is better", "不分优劣")
    return neither.in_(language) if code == "0" else lc.label("direction", code, language)


@cache
def indicators(language: str) -> list[Row]:
    """The catalogue by group: what each indicator means and for how many cities it was seen."""
    seen = content.atlas().indicator_coverage().to_dict("index")
    found: dict[str, list[Row]] = {group: [] for group in GROUPS}
    for indicator_id, row in content.indicators().items():
        read = seen[indicator_id]
        found.setdefault(row["group"], []).append(
            {
                "id": indicator_id,
                "name": row[f"name_{language}"],
                "definition": definition(row[f"name_{language}"], row[f"definition_{language}"]),
                "note": row["note_zh"] if language == "zh" else row["note"],
                "unit": lc.label("unit", row["unit"], language),
                "direction": _direction(str(row["direction"]), language),
                "comparable": lc.label("comparable", row["comparable"], language),
                "comparable_code": row["comparable"],
                "dimension": lc.label("dimension", row["dimension"], language) if row["dimension"] else "",
                "cells": [{"label": lc.label("scope", s, language), "n": int(read[s])} for s in SCOPES],
                "countries": int(read["countries"]),
                "own": content.is_own("indicators", indicator_id),
            }
        )
    return [
        {"id": group, "label": lc.label("indicator_group", group, language), "indicators": rows}
        for group, rows in found.items()
        if rows
    ]
