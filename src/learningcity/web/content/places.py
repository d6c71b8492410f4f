"""Cities, their rows in every table, and their countries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import learningcity as lc
from learningcity.web.content import base
from learningcity.web.content.base import Row

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class City:
    """What every screen says of a city."""

    city_id: str
    names: lc.Text
    local: str | None
    country: str
    region: str
    latitude: float | None
    longitude: float | None
    profile_source_id: str | None
    rounds: tuple[int, ...]

    @property
    def first_award(self) -> int | None:
        """Year of the first award, None without one."""
        return self.rounds[0] if self.rounds else None

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.names.in_(language)


@cache
def cities() -> dict[str, City]:
    """All cities by id."""
    won: dict[str, list[int]] = defaultdict(list)
    for row in base.rows(base.atlas().awards):
        won[row["city_id"]].append(int(row["round"]))
    return {
        r["city_id"]: City(
            city_id=r["city_id"],
            names=lc.Text(r["name_en"], r["name_zh"]),
            local=r["name_local"],
            country=r["country_iso3"],
            region=r["unesco_region"],
            latitude=r["latitude"],
            longitude=r["longitude"],
            profile_source_id=r["profile_source_id"],
            rounds=tuple(sorted(won[r["city_id"]])),
        )
        for r in base.rows(base.atlas().cities)
    }


@cache
def award_years() -> tuple[int, ...]:
    """All years of awards, oldest first; a user's own may be of a round whose rules nobody has seen."""
    return tuple(sorted({int(y) for y in base.atlas().awards["round"]}))


@cache
def rounds() -> tuple[int, ...]:
    """The award rounds whose rules are known, oldest first."""
    return tuple(year for year in award_years() if year in lc.award_rounds())


def country(code: str, language: str) -> str:
    """The name of a country; the code itself where nobody knows a name for it."""
    try:
        return lc.country_name(code, language)
    except lc.UnknownNameError:
        return code


@cache
def indicators() -> dict[str, Row]:
    """The catalogue of indicators by id."""
    return {r["indicator_id"]: r for r in base.rows(base.atlas().indicators)}


def _by(frame: pd.DataFrame, column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in base.rows(frame):
        found[row[column]].append(row)
    return dict(found)


@cache
def awards_by_city() -> dict[str, list[Row]]:
    """Awards by city."""
    return _by(base.atlas().awards, "city_id")


@cache
def facts_by_city() -> dict[str, list[Row]]:
    """Facts by city."""
    return _by(base.atlas().facts, "city_id")


@cache
def practices_by_city() -> dict[str, list[Row]]:
    """Practices by city."""
    return _by(base.atlas().practices, "city_id")


@cache
def codes_by_practice() -> dict[str, list[Row]]:
    """Codes of all coders by practice."""
    return _by(base.atlas().codes, "practice_id")


@cache
def context_by_country() -> dict[str, list[Row]]:
    """Country figures by country."""
    return _by(base.atlas().context, "country_iso3")


@cache
def conflicts_by_city() -> dict[str, list[Row]]:
    """Contradicting facts by city."""
    return _by(base.atlas().conflicts(), "city_id")


@cache
def population() -> dict[str, Row]:
    """The population that the default policy takes, by city, with where it comes from."""
    table = base.atlas().table(["population"], lc.FactPolicy(scopes=("city", "metro")))
    found = {}
    for city_id, value in table.values["population"].items():
        origin = table.origin.at[city_id, "population"]
        found[str(city_id)] = {
            "value": None if value != value else float(value),
            "kind": str(origin.kind),
            "year": origin.year,
            "facts": origin.facts,
            "disagree": bool(origin.disagree),
        }
    return found
