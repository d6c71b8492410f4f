"""What the list of cities shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import learningcity as lc
from learningcity.web import content, squares
from learningcity.web.screens.cities import query as queries
from learningcity.web.screens.cities.query import CityQuery

Row = dict[str, Any]

_BANDS = {
    "under-100k": lc.Text("under 100,000", "10万以下"),
    "100k-500k": lc.Text("100,000 to 500,000", "10万—50万"),
    "500k-1m": lc.Text("500,000 to 1 million", "50万—100万"),
    "1m-5m": lc.Text("1 to 5 million", "100万—500万"),
    "5m-10m": lc.Text("5 to 10 million", "500万—1000万"),
    "over-10m": lc.Text("10 million and more", "1000万及以上"),
    queries.NOT_SEEN: lc.Text("not seen", "未见公开资料"),
}
_SORTS = {
    "name": lc.Text("name", "名称"),
    "population": lc.Text("population", "人口"),
    "award": lc.Text("first award", "首次获奖年份"),
    "practices": lc.Text("number of practices", "实践举措数"),
}
_AWARD = {"yes": lc.Text("awarded", "获奖城市"), "no": lc.Text("without award", "对照城市")}
_SEEN = {
    "counted": lc.Text("counted", "计分"),
    "not-counted": lc.Text("seen, not counted", "见到但未计分"),
    "either": lc.Text("counted or not", "计分或未计分"),
}
_DISAGREE = {"yes": lc.Text("disagree", "不一致")}
_FILTERS = {
    "q": lc.Text("name", "名称"),
    "region": lc.Text("region", "地区"),
    "country": lc.Text("country", "国家"),
    "round": lc.Text("round", "届次"),
    "award": lc.Text("award", "获奖与否"),
    "size": lc.Text("population", "人口规模"),
    "mechanism": lc.Text("what was seen", "见到的机制与特征"),
    "seen": lc.Text("seen how", "是否计分"),
    "disagree": lc.Text("sources", "来源之间"),
}


def build(query: CityQuery, language: str) -> Row:
    """The list for one query: choices, cities, and what to relax when there are none."""
    every = list(content.cities().values())
    found = queries.ordered([c for c in every if queries.matches(c, query)], query.sort, language)
    return {
        "query": query,
        "choices": _choices(query, language),
        "conditions": [_condition(name, language) for name in (*content.MECHANISMS, *content.THEMES)],
        "cities": [_city(c, language) for c in found],
        "key": squares.key(language),
        "asked": _condition(query.mechanism, language)["label"] if query.mechanism else "",
        "total": len(every),
        "active": [_active(query, name, value, language) for name, value in query.filters.items()],
        "relax": [] if found else _relax(query, every, language),
    }


def _condition(name: str, language: str) -> Row:
    vocabulary = "mechanism" if name in content.MECHANISMS else "theme"
    return {"code": name, "label": lc.label(vocabulary, name, language)}


def _choices(query: CityQuery, language: str) -> list[Row]:
    countries = {c.country: content.country(c.country, language) for c in content.cities().values()}
    by_name = sorted(countries.items(), key=lambda item: content.sort_key(item[1], language))
    every: list[tuple[str, list[tuple[str, str]]]] = [
        ("region", [(r, lc.label("unesco_region", r, language)) for r in content.REGIONS]),
        ("country", by_name),
        ("award", [(a, t.in_(language)) for a, t in _AWARD.items()]),
        ("round", [(str(y), str(y)) for y in content.award_years()]),
        ("size", [(b, t.in_(language)) for b, t in _BANDS.items()]),
        (
            "mechanism",
            [(c, _condition(c, language)["label"]) for c in (*content.MECHANISMS, *content.THEMES)],
        ),
        ("seen", [(s, t.in_(language)) for s, t in _SEEN.items()]),
        ("disagree", [(d, t.in_(language)) for d, t in _DISAGREE.items()]),
    ]
    return [
        {
            "name": name,
            "label": _FILTERS[name].in_(language),
            "required": name == "seen",
            "options": [{"value": v, "label": t, "chosen": getattr(query, name) == v} for v, t in options],
        }
        for name, options in every
    ] + [
        {
            "name": "sort",
            "label": lc.Text("sort by", "排序").in_(language),
            "required": True,
            "options": [
                {"value": v, "label": t.in_(language), "chosen": query.sort == v} for v, t in _SORTS.items()
            ],
        }
    ]


def _word(name: str, value: str, language: str) -> str:
    if name == "region":
        return lc.label("unesco_region", value, language)
    if name == "country":
        return content.country(value, language)
    if name == "size":
        return _BANDS[value].in_(language)
    if name == "seen":
        return _SEEN[value].in_(language)
    if name == "disagree":
        return _DISAGREE[value].in_(language)
    if name == "award":
        return _AWARD[value].in_(language)
    if name == "mechanism":
        return str(_condition(value, language)["label"])
    return value


def _active(query: CityQuery, name: str, value: str, language: str) -> Row:
    return {
        "label": _FILTERS[name].in_(language),
        "value": _word(name, value, language),
        "without": query.without(name).address(language),
    }


def _relax(query: CityQuery, every: list[content.City], language: str) -> list[Row]:
    """For each choice: how many cities there would be without it."""
    ways = []
    for name, value in query.filters.items():
        looser = query.without(name)
        count = sum(queries.matches(c, looser) for c in every)
        ways.append({**_active(query, name, value, language), "count": count})
    return sorted(ways, key=lambda w: -w["count"])


def _city(city: content.City, language: str) -> Row:
    people = content.population()[city.city_id]
    effort = content.effort()[city.city_id]
    return {
        "id": city.city_id,
        "href": f"/{language}/cities/{city.city_id}",
        "name": city.name(language),
        "local": city.local if city.local != city.name(language) else None,
        "local_lang": content.language_of(city.local, city.country),
        "country": content.country(city.country, language),
        "region": lc.label("unesco_region", city.region, language),
        "rounds": city.rounds,
        "population": lc.format_number(people["value"], language) if people["value"] is not None else None,
        "population_href": _fact_address(city.city_id, people["facts"], language),
        "population_year": people["year"],
        "population_kind": lc.label("origin", people["kind"], language)
        if people["kind"] == "metro"
        else None,
        "disagree": people["disagree"],
        "practices": int(effort["practices"]),
        "sources": int(effort["sources"]),
        "disagreements": len(content.conflicts_by_city().get(city.city_id, [])),
        "own": content.is_own("cities", city.city_id),
        "scores": squares.of_city(city.city_id, language),
    }


def _fact_address(city_id: str, facts: Iterable[str], language: str) -> str | None:
    """Where the city's page shows a fact; None where the figure is none of its facts."""
    shown = {f["fact_id"] for f in content.facts_by_city().get(city_id, [])}
    found = next((f for f in facts if f in shown), None)
    return f"/{language}/cities/{city_id}#{found}" if found else None
