"""What the list of cities gives away: the cities of the choice, in its order."""

from __future__ import annotations

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content, exports
from learningcity.web.screens.cities import query as queries
from learningcity.web.screens.cities.query import CityQuery

TITLE = lc.Text("Cities", "城市")
_ORIGIN = (
    lc.Column("population", lc.Text("population", "人口")),
    lc.Column("population_year", lc.Text("year of the population", "人口年份")),
    lc.Column("population_scope", lc.Text("scope of the population", "人口统计范围"), "origin"),
    lc.Column("population_facts", lc.Text("facts behind the population", "人口数据编号")),
    lc.Column(
        "population_disputed", lc.Text("sources disagree on the population", "人口来源不一致"), "yes_no"
    ),
)
_READ = (
    lc.Column("practices", lc.Text("practices read", "实践举措数")),
    lc.Column("sources", lc.Text("sources", "来源数")),
    lc.Column("disagreements", lc.Text("disagreements between sources", "来源不一致数")),
)
_NOTE = lc.Text(
    "The scores of mechanisms and themes show how strong the public evidence of pass A is (at most 1, empty = not seen), "
    "not how good a city is; read them beside the number of practices and sources.",
    "各类举措与特征的得分表示第一遍编码所见公开证据的强弱（最高为1，空白为未见），不表示城市优劣；请结合实践举措数和来源数阅读。",
)


def offer(query: QueryDict, language: str) -> exports.Offer:
    """The cities that the address asks for."""
    asked = CityQuery.read(query)
    found = [c for c in content.cities().values() if queries.matches(c, asked)]
    rows = [_row(city) for city in queries.ordered(found, asked.sort, language)]
    columns = (
        *exports.columns("cities", "city_id", "name_en", "name_zh", "name_local", "country_iso3"),
        *exports.columns("cities", "unesco_region", "latitude", "longitude"),
        lc.Column("awarded", lc.Text("awarded in", "获奖年份")),
        *_ORIGIN,
        *exports.condition_columns(),
        *_READ,
    )
    sheet = exports.sheet("cities", TITLE, exports.frame(rows, columns), columns, _NOTE, rows_of="cities")
    return exports.Offer(TITLE.in_(language), (sheet,))


def _row(city: content.City) -> content.Row:
    people, effort = content.population()[city.city_id], content.effort()[city.city_id]
    return {
        "city_id": city.city_id,
        "name_en": city.names.en,
        "name_zh": city.names.zh,
        "name_local": city.local,
        "country_iso3": city.country,
        "unesco_region": city.region,
        "latitude": city.latitude,
        "longitude": city.longitude,
        "awarded": ";".join(map(str, city.rounds)) or None,
        "population": people["value"],
        "population_year": people["year"],
        "population_scope": people["kind"] if people["value"] is not None else None,
        "population_facts": ";".join(people["facts"]) or None,
        "population_disputed": "yes" if people["disagree"] else "no",
        **content.condition_scores()[city.city_id],
        "practices": int(effort["practices"]),
        "sources": int(effort["sources"]),
        "disagreements": len(content.conflicts_by_city().get(city.city_id, [])),
    }
