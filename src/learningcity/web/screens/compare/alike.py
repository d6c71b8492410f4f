"""Cities that are worth laying side by side: of like size, or of one country."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.cities.query import BANDS, band_of
from learningcity.web.screens.compare.query import MOST, Comparison

Row = dict[str, Any]

#: How many cities an example lays side by side, and how many countries give one.
COLUMNS, COUNTRIES = 3, 2
_BAND = {
    "under-100k": lc.Text("Under 100,000 people", "人口10万以下"),
    "100k-500k": lc.Text("100,000 to 500,000 people", "人口10万—50万"),
    "500k-1m": lc.Text("500,000 to 1 million people", "人口50万—100万"),
    "1m-5m": lc.Text("1 to 5 million people", "人口100万—500万"),
    "5m-10m": lc.Text("5 to 10 million people", "人口500万—1000万"),
    "over-10m": lc.Text("10 million people and more", "人口1000万及以上"),
}


def people(city_id: str) -> float | None:
    """The population that was seen, None where there is none above zero."""
    value = content.population()[city_id]["value"]
    return value if value and value > 0 else None


@cache
def of_like_size(city_id: str, number: int = 4) -> tuple[str, ...]:
    """The cities nearest in population, as a ratio; none where no population was seen."""
    mine = people(city_id)
    if mine is None:
        return ()
    far = {
        other: abs(math.log(theirs / mine))
        for other in content.cities()
        if other != city_id and (theirs := people(other)) is not None
    }
    return tuple(sorted(far, key=lambda c: (far[c], c))[:number])


def _read(city_id: str) -> int:
    return int(content.effort()[city_id]["practices"])


def by_size() -> dict[str, tuple[str, ...]]:
    """By size band: cities of different regions, those of which most was read."""
    bands: dict[str, list[str]] = defaultdict(list)
    for city_id in sorted(content.cities(), key=lambda c: (-_read(c), c)):
        bands[band_of(city_id)].append(city_id)
    found = {}
    for band in BANDS:
        one_each: dict[str, str] = {}
        for city_id in bands[band]:
            one_each.setdefault(content.cities()[city_id].region, city_id)
        if len(one_each) > 1:
            found[band] = tuple(list(one_each.values())[:COLUMNS])
    return found


def by_country() -> dict[str, tuple[str, ...]]:
    """The countries with most cities, each with some that were awarded and some that were not."""
    found: dict[str, list[str]] = defaultdict(list)
    for city_id in sorted(content.cities(), key=lambda c: (-_read(c), c)):
        found[content.cities()[city_id].country].append(city_id)
    several = sorted((c for c in found if len(found[c]) > 1), key=lambda c: (-len(found[c]), c))
    return {country: _mixed(found[country]) for country in several[:COUNTRIES]}


def _mixed(cities: list[str]) -> tuple[str, ...]:
    awarded = [c for c in cities if content.cities()[c].rounds]
    others = [c for c in cities if not content.cities()[c].rounds]
    return tuple((awarded[: COLUMNS - 1] + others[:1] + awarded[COLUMNS - 1 :])[:COLUMNS])


@cache
def examples(language: str) -> list[Row]:
    """What to begin with."""
    found = [(_BAND[band].in_(language), ids) for band, ids in by_size().items()]
    found += [(content.country(country, language), ids) for country, ids in by_country().items()]
    return [
        {
            "title": title,
            "names": [content.cities()[c].name(language) for c in ids],
            "href": Comparison(ids).address(language),
        }
        for title, ids in found
    ]


def near(comparison: Comparison, language: str) -> list[Row]:
    """Cities of like size to the first one, each with the address that adds it."""
    if not comparison.cities or len(comparison.cities) >= MOST:
        return []
    return [
        {
            "id": c,
            "name": content.cities()[c].name(language),
            "people": lc.format_number(people(c) or 0, language),
            "href": comparison.with_(c).address(language),
        }
        for c in of_like_size(comparison.cities[0], 4 + len(comparison.cities))
        if c not in comparison.cities
    ][:4]
