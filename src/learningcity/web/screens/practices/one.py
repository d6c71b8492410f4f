"""What the page of one practice shows."""

from __future__ import annotations

from typing import Any

from learningcity.web import content
from learningcity.web.screens.practices.page import line
from learningcity.web.screens.practices.query import PracticeQuery
from learningcity.web.screens.practices.records import practices

Row = dict[str, Any]
#: How many other practices of its kind a page names.
SHOWN = 8


def build(practice_id: str, language: str) -> Row:
    """One practice, the others of its city, and some of its kind elsewhere."""
    practice = practices()[practice_id]
    told = line(practice_id, "A", language)
    code = practice.codes.get("A") or next(iter(practice.codes.values()), None)
    mine = [p for p in practices().values() if p.city is practice.city and p is not practice]
    alike = _alike(practice_id)
    shared = (
        PracticeQuery(mechanism=code["mechanism"], area=(content.ids(code["areas"]) or [""])[0])
        if code
        else None
    )
    return {
        "p": told,
        "same_city": [_named(p.practice_id, language) for p in mine],
        "alike": [_named(i, language) for i in alike[:SHOWN]],
        "more": {"href": shared.address(language), "n": len(alike)} if shared and alike else None,
    }


def _named(practice_id: str, language: str) -> Row:
    practice = practices()[practice_id]
    return {
        "href": f"/{language}/practices/{practice_id}",
        "title": practice.row[f"title_{language}"],
        "city": practice.city.name(language),
        "year": practice.year,
    }


def _alike(practice_id: str) -> list[str]:
    """Practices elsewhere with the same first mechanism and an area in common by pass A, the closest first."""
    code = practices()[practice_id].codes.get("A")
    if code is None:
        return []
    areas, themes = set(content.ids(code["areas"])), set(content.ids(code["themes"]))
    found = []
    for other_id, other in practices().items():
        theirs = other.codes.get("A")
        if other.city is practices()[practice_id].city or theirs is None:
            continue
        shared = len(areas & set(content.ids(theirs["areas"])))
        if theirs["mechanism"] == code["mechanism"] and shared:
            worth = shared + 0.5 * len(themes & set(content.ids(theirs["themes"])))
            found.append((-worth, -int(theirs["strength"]), other_id))
    return [other_id for *_, other_id in sorted(found)]
