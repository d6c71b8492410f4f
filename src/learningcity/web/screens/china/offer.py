"""What the screen of China gives away: the statements of the national framework, and the Chinese cities."""

from __future__ import annotations

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content, exports
from learningcity.web.content import framework
from learningcity.web.screens.china.page import TOPICS, chinese_cities

TITLE = lc.Text("China", "中国")
TABLES = {
    "national-framework": lc.Text("national framework", "国家政策框架"),
    "cities": lc.Text("cities", "城市"),
}
_NAMES = (lc.Column("cities", lc.Text("cities named", "提及城市")),)
_MORE = (
    lc.Column("awarded", lc.Text("awarded in", "获奖年份")),
    lc.Column("practices", lc.Text("practices read", "实践举措数")),
    lc.Column("sources", lc.Text("sources", "来源数")),
    lc.Column("items", lc.Text("named in", "见于条目")),
)
_DISPUTED = lc.Text(
    "Where a statement is marked as disputed, pages contradict each other; it says what its own page gives.",
    "标为有争议的条目，各页面说法相互矛盾；所列为其来源页面的说法。",
)


def offer(query: QueryDict, language: str) -> exports.Offer:
    """Everything on the screen of China."""
    items = [
        {**row, "cities": ";".join(framework.named_in()[row["item_id"]]) or None}
        for topic in TOPICS
        for row in framework.items()
        if row["topic"] == topic
    ]
    columns = (*exports.columns("national-framework"), *_NAMES)
    told = exports.sheet(
        "national-framework",
        TABLES["national-framework"],
        exports.frame(items, columns),
        columns,
        _DISPUTED,
        rows_of="national-framework",
    )
    return exports.Offer(TITLE.in_(language), (told, _cities(language)))


def _cities(language: str) -> lc.Sheet:
    columns = (*exports.columns("cities", "city_id", "name_en", "name_zh"), *_MORE)
    found = sorted(
        chinese_cities(),
        key=lambda c: (c.first_award or 9999, content.sort_key(c.name(language), language)),
    )
    rows = [
        {
            "city_id": city.city_id,
            "name_en": city.names.en,
            "name_zh": city.names.zh,
            "awarded": ";".join(map(str, city.rounds)) or None,
            "practices": int(content.effort()[city.city_id]["practices"]),
            "sources": int(content.effort()[city.city_id]["sources"]),
            "items": ";".join(framework.items_naming().get(city.city_id, ())) or None,
        }
        for city in found
    ]
    frame = exports.frame(rows, columns)
    return exports.sheet("cities", TABLES["cities"], frame, columns, rows_of="cities")
