"""What the list of practices shows."""

from __future__ import annotations

from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.city.practices import compare
from learningcity.web.screens.practices import matrix, words
from learningcity.web.screens.practices.query import FRONT, FURTHER, PracticeQuery
from learningcity.web.screens.practices.records import (
    Found,
    Practice,
    choose,
    heard,
    ordered,
    practices,
)

Row = dict[str, Any]

SHOWN = 25
_NO_YEAR = lc.Text("no start year seen", "未见起始年份")


def build(query: PracticeQuery, language: str) -> Row:
    """The list or the matrix for one query.

    Raises
    ------
    InputError
        A page beyond the last.
    """
    found = choose(query)
    told = frame(query, found, language)
    if query.view == "matrix":
        return {**told, **matrix.build(query, language)}
    every = ordered(found.practices, query, language)
    last = max(1, -(-len(every) // SHOWN))
    if query.number > last:
        raise lc.InputError(
            lc.Text(
                f"There is no page {query.number}: this list has {last}.",
                f"没有第{query.number}页，该列表共{last}页。",
            )
        )
    start = (query.number - 1) * SHOWN
    shown = every[start : start + SHOWN]
    return {
        **told,
        "practices": [line(p.practice_id, query.coder, language) for p in shown],
        "first": start + 1 if shown else 0,
        "until": start + len(shown),
        "last": last,
        "before": query.with_(page=str(query.number - 1)).address(language, "#list")
        if query.number > 1
        else "",
        "after": query.with_(page=str(query.number + 1)).address(language, "#list")
        if query.number < last
        else "",
        "here": query.address(language),
    }


def frame(query: PracticeQuery, found: Found, language: str) -> Row:
    """What list and matrix have in common: the choices, the counts, the filters in force."""
    sound = heard(query.q) if query.q else None
    further = words.choices(query, found, FURTHER, language) + words.years(query, found, language)
    names = {*FURTHER, "since", "until"}
    return {
        "query": query,
        "finder_text": "",
        "choices": words.choices(query, found, _front(query), language),
        "further": further,
        "further_open": any(n in names for n in query.filters),
        "found": len(found.practices),
        "cities": len({p.city.city_id for p in found.practices}),
        "total": len(practices()),
        "total_cities": len({p.city.city_id for p in practices().values()}),
        "active": words.active(query, language),
        "relax": [] if found.practices else words.relax(query, found, language),
        "relaxed": bool(sound and sound.relaxed),
        "near": [
            {"text": text, "href": query.anew(q=text).address(language)}
            for text in (sound.near if sound else ())
        ],
        "dated": bool(query.since or query.until),
        "reset": PracticeQuery(view=query.view).address(language),
        "as_list": query.anew(view="list", columns="area").address(language),
        "as_matrix": query.anew(view="matrix", sort="match").address(language),
    }


def _front(query: PracticeQuery) -> tuple[str, ...]:
    return tuple(n for n in FRONT if query.view == "list" or n != "sort")


@cache
def line(practice_id: str, coder: str, language: str) -> Row:
    """One practice as pages print it, with its codes by every pass."""
    practice = practices()[practice_id]
    row = practice.row
    leading = practice.codes.get(coder) or next(iter(practice.codes.values()), None)
    return {
        "id": practice_id,
        "href": f"/{language}/practices/{practice_id}",
        "title": row[f"title_{language}"],
        "summary": row[f"summary_{language}"],
        "city": practice.city.name(language),
        "city_href": f"/{language}/cities/{practice.city.city_id}#{practice_id}",
        "country": content.country(practice.city.country, language),
        "year": practice.year,
        "timing": practice.timing,
        "timing_label": _timing(practice, language),
        "mechanisms": _links(practice, leading, "mechanism", language),
        "themes": _links(practice, leading, "theme", language),
        "areas": _links(practice, leading, "area", language),
        "aside": [
            lc.label(n, leading[n], language)
            for n, usual in (("level", "own"), ("stance", "done"))
            if leading and leading[n] and leading[n] != usual
        ],
        "refs": content.references(row["source_id"], language),
        "codes": compare(list(practice.codes.values()), language),
        "own": content.is_own("practices", practice_id),
    }


def _timing(practice: Practice, language: str) -> str:
    if practice.timing == "undated" or practice.year is None:
        return _NO_YEAR.in_(language)
    return lc.label("timing", practice.timing, language) if practice.timing in ("before", "after") else ""


def _links(practice: Practice, code: Row | None, name: str, language: str) -> list[Row]:
    """The mechanisms, themes or areas of a practice, each leading to all practices that share it."""
    if code is None:
        # Only the collector's filing says where an uncoded practice belongs.
        given = [practice.row["mechanism"]] if name == "mechanism" else []
        return [{"label": words.word(name, v, language), "href": ""} for v in given if v]
    if name == "mechanism":
        given = list(dict.fromkeys(v for v in (code["mechanism"], code["mechanism_2"]) if v))
    else:
        given = content.ids(code[f"{name}s"])
    return [
        {
            "label": value if name == "area" else words.word(name, value, language),
            "title": words.word(name, value, language),
            "href": PracticeQuery(**{name: value}).address(language),
        }
        for value in given
    ]
