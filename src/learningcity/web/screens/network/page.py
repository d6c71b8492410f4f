"""What the network screen shows."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content, paging, pictures
from learningcity.web.content.members import Member, People, members, total
from learningcity.web.screens.network import query as queries
from learningcity.web.screens.network.query import NetworkQuery

Row = dict[str, Any]

#: Members on one page of the list.
SHOWN = 40
#: Countries that stand open in the table of counts; the others are one click away.
SHOWN_COUNTRIES = 10

_SORTS = {
    "name": lc.Text("name", "名称"),
    "country": lc.Text("country", "国家"),
    "year": lc.Text("join year", "入网年份"),
    "population": lc.Text("population", "人口"),
}
_AWARD = {"yes": lc.Text("awarded", "获奖城市"), "no": lc.Text("not awarded", "未获奖城市")}
_YEARS = {
    queries.NOT_SEEN: lc.Text("not seen", "未见公开资料"),
    queries.DISAGREE: lc.Text("sources disagree", "来源不一致"),
}
_FILTERS = {
    "q": lc.Text("name", "名称"),
    "region": lc.Text("region", "地区"),
    "country": lc.Text("country", "国家"),
    "year": lc.Text("join year", "入网年份"),
    "award": lc.Text("award", "获奖与否"),
}


def build(query: NetworkQuery, language: str) -> Row:
    """The members for one query: choices, counts, rows, and what to relax when there are none."""
    every = list(members().values())
    found = queries.ordered((m for m in every if queries.matches(m, query)), query.sort, language)
    pages = paging.cut(found, [m.city_id for m in found], query, SHOWN, language, "#list")
    query = query.from_the_start
    return {
        "query": query,
        "choices": _choices(query, language),
        "seen": len(every),
        "total": total(),
        "missing": total() - len(every),
        "no_year": sum(not m.joined for m in every),
        "disagreeing": sum(m.disagree for m in every),
        "with_people": sum(bool(m.people) for m in every),
        "people_refs": _people_references(language),
        "members": [_rows(language)[m.city_id] for m in pages.rows],
        "pages": pages,
        "counts": _counts(query, language) if found else [],
        "active": [_active(query, name, value, language) for name, value in query.filters.items()],
        # The picture is of all members: beside a choice it would speak of others.
        "figure": None if query.filters else _figure(language),
        "relax": [] if found else _relax(query, every, language),
    }


def picture(language: str) -> pictures.Picture:
    """All members that were seen, by join year."""
    return pictures.Picture("years", content.atlas(), "members", language)


@cache
def _figure(language: str) -> Row:
    return picture(language).figure()


# --- choices ---------------------------------------------------------------------------------------


def _word(name: str, value: str, language: str) -> str:
    if name == "region":
        return lc.label("unesco_region", value, language)
    if name == "country":
        return lc.country_name(value, language)
    words = {"award": _AWARD, "year": _YEARS, "sort": _SORTS}.get(name, {})
    return words[value].in_(language) if value in words else value


def _options(name: str, language: str) -> list[str]:
    if name == "country":
        codes = {m.country for m in members().values()}
        return sorted(codes, key=lambda c: content.sort_key(lc.country_name(c, language), language))
    return {
        "region": list(content.REGIONS),
        "year": [*map(str, queries.join_years()), *_YEARS],
        "award": list(queries.AWARD),
        "sort": list(queries.SORTS),
    }[name]


def _choices(query: NetworkQuery, language: str) -> list[Row]:
    labels = {**_FILTERS, "sort": lc.Text("sort by", "排序")}
    return [
        {
            "name": name,
            "label": labels[name].in_(language),
            "required": name == "sort",
            "options": [
                {
                    "value": value,
                    "label": _word(name, value, language),
                    "chosen": getattr(query, name) == value,
                }
                for value in _options(name, language)
            ],
        }
        for name in ("region", "country", "year", "award", "sort")
    ]


def _active(query: NetworkQuery, name: str, value: str, language: str) -> Row:
    return {
        "label": _FILTERS[name].in_(language),
        "value": _word(name, value, language),
        "without": query.without(name).address(language),
    }


def _relax(query: NetworkQuery, every: list[Member], language: str) -> list[Row]:
    """For each choice: how many members there would be without it."""
    ways = []
    for name, value in query.filters.items():
        looser = query.without(name)
        count = sum(queries.matches(m, looser) for m in every)
        ways.append({**_active(query, name, value, language), "count": count})
    return sorted(ways, key=lambda w: -w["count"])


# --- counts ----------------------------------------------------------------------------------------


def _counts(query: NetworkQuery, language: str) -> list[Row]:
    """Members by year, region and country, each with the other choices kept: what its links open."""
    titles = {
        "year": lc.Text("By join year", "按入网年份"),
        "region": lc.Text("By region", "按地区"),
        "country": lc.Text("By country", "按国家"),
    }
    columns = []
    for name, title in titles.items():
        looser = query.without(name)
        found = [m for m in members().values() if queries.matches(m, looser)]
        counted = Counter(value for m in found for value in _values(m, name))
        values = [v for v in _options(name, language) if counted[v]]
        if name == "country":
            values.sort(key=lambda v: -counted[v])
        rows = [_count(query, name, v, counted, language) for v in values]
        columns.append(
            {
                "name": name,
                "title": title.in_(language),
                "what": _FILTERS[name].in_(language),
                "twice": name == "year" and any(m.disagree for m in found),
                "rows": rows[:SHOWN_COUNTRIES],
                "more": rows[SHOWN_COUNTRIES:],
            }
        )
    return columns


def _values(member: Member, name: str) -> list[str]:
    if name == "year":
        return [str(year) for year in member.years] or [queries.NOT_SEEN]
    return [getattr(member, name)]


def _count(query: NetworkQuery, name: str, value: str, counted: Counter[str], language: str) -> Row:
    return {
        "label": _word(name, value, language),
        "count": counted[value],
        "width": 100 * counted[value] / max(counted.values()),
        "href": query.with_(**{name: value}).address(language),
        "here": getattr(query, name) == value,
        "void": value == queries.NOT_SEEN,
    }


# --- rows ------------------------------------------------------------------------------------------


@cache
def _rows(language: str) -> dict[str, Row]:
    return {member.city_id: _row(member, language) for member in members().values()}


def _row(member: Member, language: str) -> Row:
    name = member.name(language)
    return {
        "id": member.city_id,
        "href": f"/{language}/cities/{member.city_id}" if member.in_atlas else None,
        "name": name,
        "name_lang": "en" if language == "zh" and member.chinese is None else None,
        "local": member.local if member.local and member.local != name else None,
        "local_lang": content.language_of(member.local, member.country),
        "country": lc.country_name(member.country, language),
        "region": lc.label("unesco_region", member.region, language),
        "joined": [_join_year(member, year, ids, language) for year, ids in _years(member)],
        "disagree": member.disagree,
        "rounds": member.rounds,
        "estimate": _people(member.estimate, language),
        "projection": _people(member.projection, language),
        "refs": content.references(member.source_id, language),
        "own": content.is_own("members", member.city_id),
    }


def _years(member: Member) -> list[tuple[int, tuple[str, ...]]]:
    return [(j.year, j.source_ids) for j in member.joined]


def _join_year(member: Member, year: int, ids: tuple[str, ...], language: str) -> Row:
    return {
        "year": year,
        "refs": content.references(";".join(ids), language),
        "own": any(content.is_own("memberships", member.city_id, year, i) for i in ids),
    }


def _people(figure: People | None, language: str) -> Row | None:
    if figure is None:
        return None
    return {"value": lc.format_number(figure.value, language), "year": figure.year}


@cache
def _people_references(language: str) -> list[Row]:
    ids = {p.source_id: None for m in members().values() for p in m.people}
    return content.references(";".join(ids), language)
