"""Cities: the list with the filters of the page, and one city with all that is known of it."""

from __future__ import annotations

from functools import cache
from typing import Any

from ninja import Router

import learningcity as lc
from learningcity.web import content
from learningcity.web.api import asked, tables
from learningcity.web.api.answers import Listing, Record
from learningcity.web.api.columns import INTEGERS, array, column, shape, table_columns
from learningcity.web.api.resources import resource
from learningcity.web.api.routers.evidence import SCORES, score_rows
from learningcity.web.api.routers.figures import FACTS
from learningcity.web.api.routers.practices import PRACTICES, practice_rows
from learningcity.web.screens.cities import query as queries
from learningcity.web.screens.cities.query import CityQuery

router = Router(tags=["cities"])
Row = dict[str, Any]

_MORE = (
    column("rounds", INTEGERS, "Years of its awards; empty without one.", "获奖年份；未获奖则为空。"),
    column("population", "number", "Population of city or metropolitan area; null = not seen.",
           "城市或都市区人口；null为未见公开资料。", nullable=True),
    column("population_kind", "string", "Of what: own, metro, derived, or empty.", "数据所指：own、metro、derived或empty。"),
    column("population_year", "integer", "Year of the figure.", "数据年份。", nullable=True),
    column("population_disagree", "boolean", "Whether sources disagree on it.", "来源是否不一致。"),
    column("practices", "integer", "Practices read.", "读取的实践举措数。"),
    column("sources", "integer", "Sources read.", "读取的来源数。"),
    column("facts", "integer", "Figures read.", "读取的数据数。"),
    column("conflicts", "integer", "Contradictions between sources.", "来源之间的矛盾数。"),
)  # fmt: skip
CITIES = table_columns("cities", more=_MORE)
AWARDS = table_columns("awards")


@cache
def city_rows(language: str) -> dict[str, Row]:
    """All cities by id."""
    found = {}
    for row in tables.plain_rows("cities"):
        city_id = row["city_id"]
        people, effort = content.population()[city_id], content.effort()[city_id]
        more = {
            "rounds": list(content.cities()[city_id].rounds),
            "population": people["value"],
            "population_kind": people["kind"],
            "population_year": people["year"],
            "population_disagree": people["disagree"],
            **{name: int(effort[name]) for name in ("practices", "sources", "facts")},
            "conflicts": len(content.conflicts_by_city().get(city_id, [])),
        }
        found[city_id] = tables.finished("cities", row, language, more)
    return found


class CityFilters(asked.Listed):
    """The filters of the page of cities."""

    q: str | None = asked.text("Part of a name, in any language.", "名称的一部分，语言不限。", 100)
    region: str | None = asked.one("regions", "UNESCO region.", "教科文组织地区。")
    country: str | None = asked.one(
        "countries-cities", "Country (ISO 3166-1 alpha-3).", "国家代码（ISO 3166-1三位字母）。"
    )
    round: str | None = asked.one("rounds", "Awarded in this year.", "在此年获奖。")
    award: str | None = asked.one("award", "Awarded at all, or not.", "是否获奖。")
    size: str | None = asked.one("sizes", "Band of population.", "人口规模。")
    mechanism: str | None = asked.one(
        "conditions",
        "Mechanism or visible theme that was seen (pass A).",
        "见到的举措类别或特征（编码员A）。",
    )
    seen: str = asked.one(
        "seen", "With mechanism: whether the practices count.", "与mechanism同用：是否计分。", "counted"
    )
    disagree: str | None = asked.one("only-yes", "yes: only where sources disagree.", "yes：仅来源不一致者。")
    sort: str = asked.one("sorts-cities", "Order.", "排序。", "name")


@resource(
    router, "/cities",
    title=lc.Text("Cities", "城市"),
    note=lc.Text("Awarded and comparison cities, with population and how much was read of each.",
                 "获奖城市与对照城市，附人口及各市读取的资料量。"),
    asks=CityFilters, columns=CITIES,
    examples=("", "?region=AFR", "?mechanism=law&sort=population", "?round=2019&format=csv"),
)  # fmt: skip
def cities(asked: CityFilters, language: str) -> Listing:
    """Cities that fit every filter."""
    names = ("q", "region", "country", "round", "award", "size", "mechanism", "seen", "disagree", "sort")
    query = CityQuery(**{n: str(getattr(asked, n)) for n in names if getattr(asked, n) is not None})
    found = [c for c in content.cities().values() if queries.matches(c, query)]
    rows = city_rows(language)
    return Listing([rows[c.city_id] for c in queries.ordered(found, query.sort, language)])


def _record() -> Row:
    return shape(CITIES, {
        "effort": shape((column("practices", "integer", "Practices read.", "读取的实践举措数。"),
                         column("sources", "integer", "Sources read.", "读取的来源数。"),
                         column("facts", "integer", "Figures read.", "读取的数据数。"))),
        "awards": array(shape(AWARDS), "Its awards.", "所获奖项。"),
        "facts_read": array(shape(FACTS), "All its figures.", "全部数据。"),
        "practices_read": array(shape(PRACTICES), "All its practices, with the codes of every coder.",
                                "全部实践举措及各编码员的编码。"),
        "conditions": array(shape(SCORES), "Condition scores by every coder with the default policy.",
                            "各编码员按默认规则的条件得分。"),
    })  # fmt: skip


@resource(
    router, "/cities/{city_id}",
    title=lc.Text("One city", "单个城市"),
    note=lc.Text("A city with its awards, figures, practices, condition scores with the practices behind them, "
                 "and how much was read of it.",
                 "一个城市的奖项、数据、实践举措、条件得分及其依据，以及读取的资料量。"),
    asks=asked.Asked, record=_record, examples=("/cities/wuhan", "/cities/taiyuan?language=zh"),
)  # fmt: skip
def city(asked: asked.Asked, language: str, city_id: str) -> Record:
    """All that is known of a city."""
    rows = city_rows(language)
    if city_id not in rows:
        from learningcity.web.api.problems import of_error

        raise of_error(lc.UnknownNameError("city", city_id[:100], rows), "unknown-name")

    def own(table: str) -> list[Row]:
        return [r for r in tables.table_rows(table, language) if r["city_id"] == city_id]

    row = rows[city_id]
    return Record({
        **row,
        "effort": {name: row[name] for name in ("practices", "sources", "facts")},
        "awards": own("awards"),
        "facts_read": own("facts"),
        "practices_read": [r for r in practice_rows(language).values() if r["city_id"] == city_id],
        "conditions": [r for coder in content.coders() for r in score_rows(lc.CodingPolicy(), coder, language)
                       if r["city_id"] == city_id],
    }, (lc.Text("Codes come from two machine-assisted passes; no human expert has coded yet.",
                "编码由机器辅助完成两遍，尚无人类专家编码。"),))  # fmt: skip
