"""Who may apply in a round: counts over the network and the cities behind them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import learningcity as lc
from learningcity.web import content, paging
from learningcity.web.content.members import members, total
from learningcity.web.screens.eligibility import finding, judged
from learningcity.web.screens.eligibility.query import EligibilityQuery, WhoQuery

Row = dict[str, Any]

#: Cities on one page of the list.
SHOWN = 40

_FILTERS = {
    "answer": lc.Text("answer", "判断结果"),
    "region": lc.Text("region", "地区"),
    "country": lc.Text("country", "国家"),
}


def matches(city_id: str, query: WhoQuery) -> bool:
    """Say whether a city fits every choice."""
    found = judged.result(city_id, query.year)
    return (
        (not query.answer or judged.code(found) == query.answer)
        and (not query.region or found.candidate.unesco_region == query.region)
        and (not query.country or found.candidate.country_iso3 == query.country)
    )


def chosen(query: WhoQuery, language: str) -> list[str]:
    """The cities that fit, by name."""
    fitting = [i for i in judged.of_round(query.year).results if matches(i, query)]
    return sorted(fitting, key=lambda i: content.sort_key(finding.places()[i].name(language), language))


def build(query: WhoQuery, language: str) -> Row:
    """The counts and the list for one query, and what to relax where it is empty."""
    of_round = judged.of_round(query.year)
    found = chosen(query, language)
    pages = paging.cut(found, found, query, SHOWN, language, "#list")
    query = query.from_the_start
    looser = query.without("answer")
    pool = [judged.result(i, query.year) for i in of_round.results if matches(i, looser)]
    counted = Counter(judged.code(r) for r in pool)
    return {
        "query": query,
        "choices": _choices(query, language),
        "year": query.year,
        "assumed": query.year not in content.rounds(),
        "rules_of": judged.rules_of(query.year),
        "seen": of_round.members_seen,
        "missing": total() - of_round.members_seen,
        "total": total(),
        "beside": len(of_round.results) - of_round.members_seen,
        "no_year": sum(not m.joined for m in members().values()),
        "pool": len(pool),
        "counts": [_count(code, counted, query, language) for code in judged.ANSWERS],
        "behind": _behind(pool, language),
        "cities": [_row(i, query.year, language) for i in pages.rows],
        "pages": pages,
        "active": [_active(query, name, language) for name in query.filters],
        "relax": [] if found else _relax(query, language),
    }


def _count(code: str, counted: Counter[str], query: WhoQuery, language: str) -> Row:
    return {
        "code": code,
        "word": judged.ANSWER_WORDS[code].in_(language),
        "count": counted[code],
        "width": 100 * counted[code] / max([*counted.values(), 1]),
        "href": query.with_(answer=code).address(language),
        "here": query.answer == code,
    }


def _behind(pool: list[lc.EligibilityResult], language: str) -> list[Row]:
    """What stands behind each no and each open answer; a city counts under every rule that applies."""
    counted = Counter((judged.code(r), c.rule_id) for r in pool for c in judged.deciding(r))
    silent = sum(r.answer == "cannot tell" and not judged.deciding(r) for r in pool)
    rows = [
        {
            "answer": judged.ANSWER_WORDS[code].in_(language),
            "rule": judged.RULE_WORDS[rule].in_(language) if rule in judged.RULE_WORDS else rule,
            "count": count,
        }
        for (code, rule), count in sorted(counted.items(), key=lambda item: (item[0][0], -item[1]))
    ]
    if silent:
        word = judged.ANSWER_WORDS["unknown"].in_(language)
        rows.append({"answer": word, "rule": judged.NO_RULE.in_(language), "count": silent})
    return rows


def _row(city_id: str, year: int, language: str) -> Row:
    place, found = finding.places()[city_id], judged.result(city_id, year)
    return {
        "id": city_id,
        "href": EligibilityQuery(city=city_id, round=str(year)).address(language),
        "name": place.name(language),
        "lang": place.lang(language),
        "country": content.country(place.country, language),
        "region": lc.label("unesco_region", found.candidate.unesco_region, language),
        "answer": judged.code(found),
        "word": judged.ANSWER_WORDS[judged.code(found)].in_(language),
        "awarded": found.award is not None,
        "short": judged.short(found, language),
        "member": found.candidate.member == "yes",
    }


# --- choices ---------------------------------------------------------------------------------------


def _word(name: str, value: str, language: str) -> str:
    if name == "answer":
        return judged.ANSWER_WORDS[value].in_(language)
    if name == "region":
        return lc.label("unesco_region", value, language)
    return content.country(value, language)


def _choices(query: WhoQuery, language: str) -> list[Row]:
    codes = {p.country for p in finding.places().values()}
    values: dict[str, list[str]] = {
        "answer": list(judged.ANSWERS),
        "region": list(content.REGIONS),
        "country": sorted(codes, key=lambda c: content.sort_key(content.country(c, language), language)),
    }
    rounds = [
        {
            "value": str(y),
            "label": judged.round_label(y, language),
            "chosen": y == query.year,
        }
        for y in reversed(judged.years())
    ]
    first = {
        "name": "round",
        "label": lc.Text("round", "届次").in_(language),
        "required": True,
        "options": rounds,
    }
    return [first] + [
        {
            "name": name,
            "label": _FILTERS[name].in_(language),
            "required": False,
            "options": [
                {"value": v, "label": _word(name, v, language), "chosen": getattr(query, name) == v}
                for v in values[name]
            ],
        }
        for name in _FILTERS
    ]


def _active(query: WhoQuery, name: str, language: str) -> Row:
    return {
        "label": _FILTERS[name].in_(language),
        "value": _word(name, getattr(query, name), language),
        "without": query.without(name).address(language),
    }


def _relax(query: WhoQuery, language: str) -> list[Row]:
    every = judged.of_round(query.year).results
    ways = [
        {**_active(query, name, language), "count": sum(matches(i, query.without(name)) for i in every)}
        for name in query.filters
    ]
    return sorted(ways, key=lambda way: -way["count"])
