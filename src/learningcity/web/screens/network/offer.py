"""What the network screen gives away: the members of the choice, and every join year that was seen."""

from __future__ import annotations

from django.http import QueryDict

import learningcity as lc
from learningcity.web import exports
from learningcity.web.content.members import Member, members, total
from learningcity.web.screens.network import query as queries
from learningcity.web.screens.network.page import picture
from learningcity.web.screens.network.query import NetworkQuery

TITLE = lc.Text("Members of the network", "网络成员")
TABLES = {"members": lc.Text("members", "成员"), "memberships": lc.Text("join years", "入网年份")}
_MORE = (
    lc.Column("join_years", lc.Text("join years seen", "所见入网年份")),
    lc.Column("join_years_disagree", lc.Text("sources disagree", "来源不一致"), "yes_no"),
    lc.Column("in_atlas", lc.Text("has a page in the atlas", "图谱设有页面"), "yes_no"),
    lc.Column("awarded", lc.Text("awarded in", "获奖年份")),
    lc.Column("population", lc.Text("population of the agglomeration", "城市集聚区人口")),
    lc.Column("population_year", lc.Text("year of the population", "人口年份")),
    lc.Column("population_source", lc.Text("source of the population", "人口来源")),
    lc.Column("projection", lc.Text("population, projected", "人口（预测）")),
    lc.Column("projection_year", lc.Text("year of the projection", "预测年份")),
)
_KNOWN = lc.Text(
    "{seen} of {total} members were seen; the others are missing here, which does not say that they are no members. "
    "A member with several join years has sources that disagree.",
    "{total}个成员中所见{seen}个，其余未列入，不表示其不是成员。一个成员有多个入网年份，即来源不一致。",
)


def offer(query: QueryDict, language: str) -> exports.Offer:
    """The members that the address asks for, in its order."""
    asked = NetworkQuery.read(query)
    found = [m for m in members().values() if queries.matches(m, asked)]
    listed = queries.ordered(found, asked.sort, language)
    note = _KNOWN.format(seen=len(members()), total=total())
    columns = (
        *exports.columns("members", "city_id", "name_en"),
        lc.Column("name_zh", lc.Text("name (Chinese)", "名称（中文）")),
        *exports.columns("members", "name_local", "country_iso3", "unesco_region"),
        *_MORE,
        *exports.columns("members", "source_id"),
    )
    frame = exports.frame((_row(m) for m in listed), columns)
    sheets = (
        exports.sheet("members", TITLE, frame, columns, note, rows_of="members"),
        exports.of_table("memberships", _years(listed), note),
    )
    made = exports.Offer(TITLE.in_(language), sheets)
    return made if asked.filters else picture(language).added(made)


def _row(member: Member) -> dict[str, object]:
    estimate, projection = member.estimate, member.projection
    return {
        "city_id": member.city_id,
        "name_en": member.english,
        "name_zh": member.chinese,
        "name_local": member.local,
        "country_iso3": member.country,
        "unesco_region": member.region,
        "join_years": ";".join(map(str, member.years)) or None,
        "join_years_disagree": "yes" if member.disagree else "no",
        "in_atlas": "yes" if member.in_atlas else "no",
        "awarded": ";".join(map(str, member.rounds)) or None,
        "population": estimate and estimate.value,
        "population_year": estimate and estimate.year,
        "population_source": estimate and estimate.source_id,
        "projection": projection and projection.value,
        "projection_year": projection and projection.year,
        "source_id": member.source_id,
    }


def _years(listed: list[Member]) -> list[dict[str, object]]:
    return [
        {"city_id": member.city_id, "join_year": joined.year, "source_id": source_id}
        for member in listed
        for joined in member.joined
        for source_id in joined.source_ids or (None,)
    ]
