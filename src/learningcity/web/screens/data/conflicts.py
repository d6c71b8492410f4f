"""Every place where sources disagree, with the facts on each side."""

from __future__ import annotations

from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content, pictures
from learningcity.web.screens.city import figures

Row = dict[str, Any]


@cache
def build(language: str) -> Row:
    """All disagreements, the widest first, each with its facts and their sources."""
    told: dict[str, Row] = {}
    facts: dict[str, Row] = {}
    for city_id in content.conflicts_by_city():
        for said in figures.conflicts(city_id, language):
            told[";".join(said["facts"])] = said
        facts.update(facts_of(city_id, language))
    found = [_conflict(row, told[row["fact_ids"]], facts, language) for row in _rows()]
    return {
        "conflicts": found,
        "cities": len(content.conflicts_by_city()),
        "facts": len(content.atlas().facts),
        "at_odds": sum(len(c["facts"]) for c in found),
        "figure": picture(language).figure() if found else None,
    }


def picture(language: str) -> pictures.Picture:
    """How far apart the sources are."""
    return pictures.Picture("ranges", content.atlas(), "conflicts", language)


def _rows() -> list[Row]:
    return content.rows(content.atlas().conflicts())


def facts_of(city_id: str, language: str) -> dict[str, Row]:
    """The facts of a city as its own page prints them, by id."""
    shown = [
        f for g in figures.groups(city_id, language) for i in g["indicators"] for f in i["facts"]
    ] + figures.wider(city_id, language)
    return {f["id"]: f for f in shown}


def _conflict(row: Row, said: Row, facts: dict[str, Row], language: str) -> Row:
    city = content.cities()[row["city_id"]]
    href = f"/{language}/cities/{city.city_id}"
    return {
        "id": f"conflict-{content.ids(row['fact_ids'])[0]}",
        "city": city.name(language),
        "country": lc.country_name(city.country, language),
        "href": f"{href}#disagreements",
        "indicator": content.indicators()[row["indicator_id"]][f"name_{language}"],
        "indicator_href": f"/{language}/data/coverage#{row['indicator_id']}",
        "text": said["text"],
        "facts": [{**facts[f], "href": f"{href}#{f}"} for f in said["facts"]],
    }
