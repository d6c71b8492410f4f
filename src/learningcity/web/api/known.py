"""Closed values of the parameters: what each may be, asked of the atlas as it lies there (own tables included)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import learningcity as lc
from learningcity.web import content
from learningcity.web.api.columns import contract
from learningcity.web.screens.cities import query as cities
from learningcity.web.screens.network import query as network

LEVELS = ("pillar", "area", "feature", "measurement")


def _column(table: str, name: str) -> Callable[[], list[str]]:
    """The closed values of a column by its contract; without any, those that occur."""

    def names() -> list[str]:
        field = contract(table)[name]
        if field.enum:
            return [str(v) for v in field.enum]
        frames = content.atlas().frames
        frame = frames[table] if table in frames else lc.standard_tables()[table]
        return sorted({part for cell in frame[name].dropna() for part in str(cell).split(";")})

    return names


def _years(table: str, name: str) -> Callable[[], list[str]]:
    return lambda: sorted({str(int(y)) for y in content.atlas().frames[table][name].dropna()})


#: Name of the list: kind of name for the message, and the values.
KNOWN: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "areas": ("area", lambda: [a.code for a in lc.load_standard().areas]),
    "award": ("option", lambda: ["yes", "no"]),
    "cities": ("city", lambda: sorted(content.cities())),
    "coders": ("coder", lambda: list(content.coders())),
    "coders-or-mean": ("coder", lambda: [*content.coders(), "mean"]),
    "comparable": ("option", _column("indicators", "comparable")),
    "conditions": ("condition", lambda: [*content.MECHANISMS, *content.THEMES]),
    "countries-context": ("country", _column("country-context", "country_iso3")),
    "countries-cities": ("country", lambda: sorted({c.country for c in content.cities().values()})),
    "countries-members": ("country", _column("members", "country_iso3")),
    "currencies": ("unit", _column("exchange-rates", "currency")),
    "dimensions": ("option", _column("indicators", "dimension")),
    "frameworks": ("framework", _column("other-frameworks", "framework_id")),
    "groups": ("option", _column("practice-codes", "groups")),
    "indicator-groups": ("option", _column("indicators", "group")),
    "indicators": ("indicator", lambda: list(content.indicators())),
    "join-years": ("option", lambda: [*map(str, network.join_years()), network.NOT_SEEN, network.DISAGREE]),
    "kinds-agreement": ("option", lambda: ["code", "mechanism", "theme", "area", "group", "seen", "score"]),
    "levels": ("level", _column("practice-codes", "level")),
    "literature-languages": ("language", _column("literature", "language")),
    "literature-themes": ("option", _column("literature", "theme")),
    "mechanisms": ("mechanism", lambda: list(content.MECHANISMS)),
    "members": ("city", _column("members", "city_id")),
    "membership-years": ("option", _years("memberships", "join_year")),
    "only-yes": ("option", lambda: ["yes"]),
    "pillar-levels": ("level", _column("key-features", "level")),
    "practices": ("practice", _column("practices", "practice_id")),
    "prefer": ("option", lambda: ["year", "tier"]),
    "problems": ("option", _column("practice-codes", "problem")),
    "regions": ("option", lambda: list(content.REGIONS)),
    "rounds": ("round", lambda: [str(y) for y in content.award_years()]),
    "rounds-rules": ("round", lambda: [str(y) for y in lc.award_rounds()]),
    "scopes": ("scope", _column("facts", "scope")),
    "search-kinds": ("option", lambda: list(dict.fromkeys(_search_kinds()))),
    "seen": ("option", lambda: list(cities.SEEN)),
    "sizes": ("option", lambda: [*cities.BANDS, cities.NOT_SEEN]),
    "sorts-cities": ("option", lambda: list(cities.SORTS)),
    "sorts-members": ("option", lambda: list(network.SORTS)),
    "stances": ("option", _column("practice-codes", "stance")),
    "standard-levels": ("level", lambda: list(LEVELS)),
    "statuses": ("option", _column("facts", "status")),
    "strengths": ("option", _column("practice-codes", "strength")),
    "subjects": ("option", _column("practice-codes", "subject")),
    "themes": ("option", lambda: list(content.THEMES)),
    "theories": ("option", _column("concepts", "theory")),
    "tiers": ("tier", lambda: list(content.TIERS)),
    "timings": ("option", lambda: ["before", "after", "undated", "not applicable"]),
    "timings-policy": ("option", lambda: ["all", "before"]),
    "topics": ("option", _column("national-framework", "topic")),
    "yes-no": ("option", lambda: ["yes", "no"]),
}  # fmt: skip


def _search_kinds() -> list[str]:
    return [str(d.kind) for d in content.atlas().search_index.documents]


@cache
def names(of: str) -> tuple[str, ...]:
    """The values of a list; the atlas is loaded once a process, and so are they."""
    return tuple(KNOWN[of][1]())


def check(of: str, value: str) -> None:
    """Refuse a value that the list does not have.

    Raises
    ------
    UnknownNameError
        With the nearest that it has.
    """
    if value not in names(of):
        near = content.near_years(value, list(names(of)))
        raise lc.UnknownNameError(KNOWN[of][0], value, names(of), near=near)
