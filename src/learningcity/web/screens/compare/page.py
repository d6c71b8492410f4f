"""What the comparison shows."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content, squares
from learningcity.web.screens.compare import alike, background, evidence
from learningcity.web.screens.compare.query import MOST, Comparison

Row = dict[str, Any]


def start(comparison: Comparison, language: str) -> Row:
    """What stands there while there are no cities to lay side by side: why, examples, a form."""
    problem = comparison.problem
    once = tuple(dict.fromkeys(comparison.cities))
    return {
        "comparison": comparison,
        "cities": [_head(c, Comparison(once), language) for c in once],
        "problem": problem.in_(language) if problem else "",
        "mended": Comparison(once[:MOST]).address(language) if problem else "",
        "mended_n": len(once[:MOST]),
        "joined": "~".join(once),
        "choice": choice(Comparison(once), language),
        "near": [] if problem else alike.near(comparison, language),
        "examples": alike.examples(language),
        "most": MOST,
    }


def build(comparison: Comparison, language: str) -> Row:
    """The cities side by side."""
    cities = comparison.cities
    return {
        "comparison": comparison,
        "joined": "~".join(cities),
        "cities": [_head(c, comparison, language) for c in cities],
        "choice": choice(comparison, language) if len(cities) < MOST else [],
        "near": alike.near(comparison, language),
        "most": MOST,
        "parts": background.parts(cities, language),
        "context": background.context(cities, language),
        "mechanisms": evidence.mechanisms(cities, language),
        "conditions": evidence.conditions(cities, language),
        "uncoded": evidence.uncoded(cities),
        "key": squares.key(language),
        "effort": _effort(cities, language),
    }


def _head(city_id: str, comparison: Comparison, language: str) -> Row:
    city, effort = content.cities()[city_id], content.effort()[city_id]
    place, last = comparison.cities.index(city_id), len(comparison.cities) - 1
    return {
        "id": city_id,
        "name": city.name(language),
        "href": f"/{language}/cities/{city_id}",
        "country": content.country(city.country, language),
        "region": lc.label("unesco_region", city.region, language),
        "rounds": city.rounds,
        "practices": int(effort["practices"]),
        "sources": int(effort["sources"]),
        "facts": int(content.coverage()[city_id]["facts"]),
        "disagreements": len(content.conflicts_by_city().get(city_id, [])),
        "own": content.is_own("cities", city_id),
        "without": comparison.without(city_id).address(language),
        "left": comparison.moved(city_id, -1).address(language) if place else "",
        "right": comparison.moved(city_id, 1).address(language) if place < last else "",
    }


def _effort(cities: tuple[str, ...], language: str) -> Row:
    """The widest difference of effort among the cities."""
    read = {c: int(content.effort()[c]["practices"]) for c in cities}
    most, least = max(read, key=lambda c: read[c]), min(read, key=lambda c: read[c])
    return {
        "differs": read[most] != read[least],
        "most": content.cities()[most].name(language),
        "most_n": read[most],
        "least": content.cities()[least].name(language),
        "least_n": read[least],
    }


def choice(comparison: Comparison, language: str) -> list[Row]:
    """The cities that can be added, by region."""
    found: dict[str, list[Row]] = {region: [] for region in content.REGIONS}
    for city in content.cities().values():
        if city.city_id not in comparison.cities:
            row = {"id": city.city_id, "name": city.name(language)}
            found.setdefault(city.region, []).append(row)
    return [
        {
            "label": lc.label("unesco_region", region, language),
            "cities": sorted(cities, key=lambda c: content.sort_key(c["name"], language)),
        }
        for region, cities in found.items()
        if cities
    ]
