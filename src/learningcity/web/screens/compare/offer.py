"""What the comparison gives away: figures, practices by mechanism, scores, and the countries' figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content, exports, pictures
from learningcity.web.screens.compare import background, evidence
from learningcity.web.screens.compare.query import read

Row = dict[str, Any]

TITLE = lc.Text("Cities side by side", "城市并列")
TABLES = {
    "figures": lc.Text("Figures", "数据"),
    "practices": lc.Text("Practices by mechanism", "各类实践举措"),
    "scores": lc.Text("Condition scores", "条件得分"),
    "countries": lc.Text("Figures of the countries", "国家数据"),
}
#: The same picture laid out for a phone.
NARROW = "indicators-narrow"
CAVEAT = lc.Text(
    "Nothing here is a ranking: effort differs from city to city, and what was not seen is empty.",
    "此处数据不构成排名：各城市的资料阅读量不同，未见公开资料的留空。",
)
_CITY = (
    lc.Column("city_id", lc.Text("city id", "城市编号")),
    lc.Column("name_en", lc.Text("city in English", "城市（英文）")),
    lc.Column("name_zh", lc.Text("city in Chinese", "城市（中文）")),
)
_FIGURE = (
    lc.Column("indicator_en", lc.Text("indicator in English", "指标（英文）")),
    lc.Column("indicator_zh", lc.Text("indicator in Chinese", "指标（中文）")),
    lc.Column("comparable", lc.Text("comparable", "可比性"), "comparable"),
    lc.Column("value", lc.Text("value", "数值")),
    lc.Column("unit", lc.Text("unit", "单位"), "unit"),
    lc.Column("year", lc.Text("year", "年份")),
    lc.Column("kind", lc.Text("whose figure", "数据归属"), "origin"),
    lc.Column("disagree", lc.Text("sources disagree", "来源不一致"), "yes_no"),
    lc.Column("fact_ids", lc.Text("facts behind it", "数据编号")),
    lc.Column("source_ids", lc.Text("sources", "来源")),
)
_MECHANISM = lc.Column("mechanism", lc.Text("mechanism", "举措类别"), "mechanism")
_CODER = lc.Column("coder", lc.Text("whose codes", "采用的编码"), "coder")
_NUMBER = lc.Column("practices", lc.Text("practices", "实践举措数"))
_IDS = lc.Column("practice_ids", lc.Text("ids of the practices", "实践举措编号"))
_READ = (
    lc.Column("practices_read", lc.Text("practices read of the city", "该城市所读实践举措数")),
    lc.Column("sources_read", lc.Text("sources read of the city", "该城市所读来源数")),
)


def offer(query: QueryDict, language: str) -> exports.Offer:
    """The cities that the address asks for."""
    comparison, _ = read(query)
    if comparison.problem:
        raise lc.InputError(comparison.problem)
    cities = comparison.cities
    sheets = (_figures(cities), _practices(cities), _scores(cities), _countries(cities))
    made = exports.Offer(TITLE.in_(language), sheets)
    drawn = picture(cities, language)
    if drawn is None:
        return made
    whole = drawn.added(made)
    # The page shows a narrow one on a phone, where the wide one could not be read.
    return replace(whole, charts={**whole.charts, NARROW: lambda: drawn.chart(pictures.NARROW)})


def picture(cities: tuple[str, ...], language: str) -> pictures.Picture | None:
    """The figures that may be compared, a line each; None where no figure of these cities was seen.

    Figures that may not be compared are left out: to put them on one line would be to compare them.
    """
    ids = [name for name, row in content.indicators().items() if row["comparable"] != "no"]
    values = content.atlas().table(ids).values
    values = values.loc[:, values.loc[list(cities)].notna().any()]
    if values.empty or not 2 <= len(cities) <= 6:
        return None
    names = {c: content.cities()[c].name(language) for c in cities}
    options = {"cities": tuple(cities), "names": names}
    return pictures.Picture("indicators", values, "compare", language, options)


def _named(city_id: str) -> Row:
    names = content.cities()[city_id].names
    return {"city_id": city_id, "name_en": names.en, "name_zh": names.zh}


def _read_of(city_id: str) -> Row:
    effort = content.effort()[city_id]
    return {"practices_read": int(effort["practices"]), "sources_read": int(effort["sources"])}


def _figures(cities: tuple[str, ...]) -> lc.Sheet:
    rows = []
    told = background.table()
    for indicator_id in told.values.columns:
        indicator = content.indicators()[indicator_id]
        for city_id in cities:
            origin = told.origin.at[city_id, indicator_id]
            if origin.kind == "empty":
                continue
            rows.append(
                {
                    **_named(city_id),
                    "indicator_en": indicator["name_en"],
                    "indicator_zh": indicator["name_zh"],
                    "comparable": indicator["comparable"],
                    "value": float(told.values.at[city_id, indicator_id]),
                    "unit": origin.unit,
                    "year": origin.year,
                    "kind": origin.kind,
                    "disagree": "yes" if origin.disagree else "no",
                    "fact_ids": ";".join(origin.facts),
                    "source_ids": ";".join(origin.sources),
                }
            )
    columns = (*_CITY, *_FIGURE)
    return exports.sheet("figures", TABLES["figures"], exports.frame(rows, columns), columns, CAVEAT)


def _practices(cities: tuple[str, ...]) -> lc.Sheet:
    rows = []
    for city_id in cities:
        for coder in content.coders():
            for name in content.MECHANISMS:
                ids = evidence.ids(city_id, coder, name)
                told = {"coder": coder, "mechanism": name, "practices": len(ids) or None}
                rows.append(
                    {**_named(city_id), **told, "practice_ids": ";".join(ids) or None, **_read_of(city_id)}
                )
    columns = (*_CITY, _CODER, _MECHANISM, _NUMBER, _IDS, *_READ)
    return exports.sheet("practices", TABLES["practices"], exports.frame(rows, columns), columns, CAVEAT)


def _scores(cities: tuple[str, ...]) -> lc.Sheet:
    rows = []
    conditions = (*content.MECHANISMS, *content.THEMES)
    for city_id in cities:
        for coder in content.coders():
            scores = {name: content.evidence(city_id, name, coder).score for name in conditions}
            rows.append({**_named(city_id), "coder": coder, **scores, **_read_of(city_id)})
    columns = (*_CITY, _CODER, *exports.condition_columns(), *_READ)
    return exports.sheet("scores", TABLES["scores"], exports.frame(rows, columns), columns, CAVEAT)


def _countries(cities: tuple[str, ...]) -> lc.Sheet:
    columns = exports.columns("country-context")
    countries = dict.fromkeys(content.cities()[c].country for c in cities)
    rows = [row for country in countries for row in content.context_by_country().get(country, [])]
    note = lc.Text("Figures of countries, never a city's own.", "国家数据，不是城市自身数据。")
    return exports.sheet("countries", TABLES["countries"], exports.frame(rows, columns), columns, note)
