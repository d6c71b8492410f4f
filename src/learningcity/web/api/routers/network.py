"""The network: members that were seen, join years, populations."""

from __future__ import annotations

from functools import cache
from typing import Any

from ninja import Router

import learningcity as lc
from learningcity.web.api import asked as ask
from learningcity.web.api import tables
from learningcity.web.api.answers import Listing
from learningcity.web.api.asked import Year
from learningcity.web.api.columns import INTEGERS, column, table_columns
from learningcity.web.api.resources import resource
from learningcity.web.content.members import members as seen
from learningcity.web.content.members import total
from learningcity.web.screens.network import query as queries
from learningcity.web.screens.network.query import NetworkQuery

router = Router(tags=["network"])
Row = dict[str, Any]
MEMBERS = table_columns("members", more=(
    column("join_years", INTEGERS, "Every join year that some source gives.", "各来源所给的全部加入年份。"),
    column("disagree", "boolean", "Whether sources give different years.", "来源所给年份是否不一。"),
    column("rounds", INTEGERS, "Years of its awards.", "获奖年份。"),
    column("in_atlas", "boolean", "Whether the atlas has a page of the city.", "图谱是否设有该城市页面。"),
))  # fmt: skip


def _gap() -> lc.Text:
    return lc.Text(
        f"{len(seen())} of {total()} members were seen; the list cannot say that a city is no member.",
        f"{total()}个成员中见到{len(seen())}个；本表不能说明某城市不是成员。",
    )


class MemberFilters(ask.Listed):
    """The filters of the page of the network."""

    q: str | None = ask.text("Part of a name.", "名称的一部分。", 100)
    region: str | None = ask.one("regions", "UNESCO region.", "教科文组织地区。")
    country: str | None = ask.one(
        "countries-members", "Country (ISO 3166-1 alpha-3).", "国家代码（ISO 3166-1三位字母）。"
    )
    year: str | None = ask.one("join-years", "Join year that some source gives; not-seen; disagree.",
                               "某来源所给的加入年份；not-seen为未见；disagree为不一致。")  # fmt: skip
    award: str | None = ask.one("award", "Awarded, or not.", "是否获奖。")
    sort: str = ask.one("sorts-members", "Order.", "排序。", "name")


@cache
def _members(language: str) -> dict[str, Row]:
    found = {}
    for row in tables.plain_rows("members"):
        member = seen()[row["city_id"]]
        found[row["city_id"]] = tables.finished("members", row, language, {
            "join_years": list(member.years), "disagree": member.disagree,
            "rounds": list(member.rounds), "in_atlas": member.in_atlas,
        })  # fmt: skip
    return found


@resource(
    router, "/members",
    title=lc.Text("Members of the network", "网络成员"),
    note=lc.Text("Members of the UNESCO Global Network of Learning Cities that were seen, with every join year that some "
                 "source gives.",
                 "所见的教科文组织全球学习型城市网络成员，附各来源所给的全部加入年份。"),
    asks=MemberFilters, columns=MEMBERS, examples=("?year=disagree", "?country=CHN&format=csv"),
)  # fmt: skip
def members(asked: MemberFilters, language: str) -> Listing:
    """Members that fit every filter."""
    names = ("q", "region", "country", "year", "award", "sort")
    query = NetworkQuery(**{n: getattr(asked, n) for n in names if getattr(asked, n) is not None})
    found = [m for m in seen().values() if queries.matches(m, query)]
    rows = _members(language)
    return Listing([rows[m.city_id] for m in queries.ordered(found, query.sort, language)], (_gap(),))


class MembershipFilters(ask.Listed):
    """The filters of join years."""

    city: list[str] = ask.many("members", "Members.", "成员。")
    year: list[Year] = ask.years("Join years.", "加入年份。")


@resource(
    router, "/memberships",
    title=lc.Text("Join years", "加入年份"),
    note=lc.Text("Every join year that some source gives; some disagree, many are not known.",
                 "各来源所给的全部加入年份，有的不一致，许多未见。"),
    asks=MembershipFilters, columns=table_columns("memberships"), examples=("?city=ibadan", "?year=2015&format=csv"),
)  # fmt: skip
def memberships(asked: MembershipFilters, language: str) -> Listing:
    """Join years that fit every filter."""
    rows = tables.fitting("memberships", language, {"city_id": asked.city, "join_year": asked.year})
    return Listing(rows, (_gap(),))


@resource(
    router, "/populations",
    title=lc.Text("Populations of urban agglomerations", "城市集聚区人口"),
    note=lc.Text("Of members, from World Urbanization Prospects; an agglomeration is not the city.",
                 "网络成员所在城市集聚区的人口，取自《世界城市化展望》；城市集聚区不等于城市本身。"),
    asks=MembershipFilters, columns=table_columns("city-population"), examples=("?city=abuja",),
)  # fmt: skip
def populations(asked: MembershipFilters, language: str) -> Listing:
    """Populations that fit every filter."""
    return Listing(tables.fitting("city-population", language, {"city_id": asked.city, "year": asked.year}))
