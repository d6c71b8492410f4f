"""What some cities did, side by side: practices by mechanism, condition scores, and what lies behind."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content, squares
from learningcity.web.screens.city import practices as of_city
from learningcity.web.screens.practices.query import PracticeQuery
from learningcity.web.screens.practices.records import Practice, practices

Row = dict[str, Any]
#: Whose codes say under which mechanism a practice stands.
CODER = "A"


def mechanisms(cities: tuple[str, ...], language: str) -> list[Row]:
    """Practices by mechanism, first or second, with the counts of every pass."""
    read = {c: [p for p in practices().values() if p.city.city_id == c] for c in cities}
    rows: list[Row] = []
    for name in content.MECHANISMS:
        cells = [_cell(c, read[c], name, language) for c in cities]
        rows.append({"id": name, "label": lc.label("mechanism", name, language), "cells": cells})
    most = max((cell["n"] for row in rows for cell in row["cells"]), default=0)
    for row in rows:
        for cell in row["cells"]:
            cell["width"] = round(100 * cell["n"] / most, 1) if most else 0
    return rows


def _speaks_of(practice: Practice, coder: str, mechanism: str) -> bool:
    code = practice.codes.get(coder)
    return code is not None and mechanism in (code["mechanism"], code["mechanism_2"])


def ids(city_id: str, coder: str, mechanism: str) -> list[str]:
    """The practices of a city that a pass gave a mechanism, first or second."""
    return [
        i for i, p in practices().items() if p.city.city_id == city_id and _speaks_of(p, coder, mechanism)
    ]


def _cell(city_id: str, read: list[Practice], mechanism: str, language: str) -> Row:
    found = [p for p in read if _speaks_of(p, CODER, mechanism)]
    return {
        "city": content.cities()[city_id].name(language),
        "n": len(found),
        "href": PracticeQuery(city=city_id, mechanism=mechanism).address(language),
        "others": [
            {"coder": coder, "n": sum(_speaks_of(p, coder, mechanism) for p in read)}
            for coder in content.coders()
            if coder != CODER
        ],
        "practices": [_practice(p, mechanism, language) for p in found],
        "uncoded": squares.uncoded()[city_id, mechanism],
    }


def _practice(practice: Practice, mechanism: str, language: str) -> Row:
    code = practice.codes[CODER]
    return {
        "href": f"/{language}/practices/{practice.practice_id}",
        "title": practice.row[f"title_{language}"],
        "year": practice.year,
        "second": code["mechanism"] != mechanism,
        "aside": [
            lc.label(n, code[n], language)
            for n, usual in (("level", "own"), ("stance", "done"))
            if code[n] and code[n] != usual
        ],
    }


def uncoded(cities: tuple[str, ...]) -> int:
    """How many practices of these cities nobody has coded."""
    return sum(not p.codes for p in practices().values() if p.city.city_id in cities)


def conditions(cities: tuple[str, ...], language: str) -> list[Row]:
    """The score of each condition by every pass, opened to the practices behind it."""
    by_city = {c: {row["id"]: row for row in of_city.conditions(c, language)} for c in cities}
    return [
        {
            "id": name,
            "label": by_city[cities[0]][name]["label"],
            "first_theme": by_city[cities[0]][name]["first_theme"],
            "cells": [
                {
                    **by_city[c][name],
                    "city": content.cities()[c].name(language),
                    "practices": [
                        {**p, "href": f"/{language}/practices/{p['id']}"} for p in by_city[c][name]["practices"]
                    ],
                }
                for c in cities
            ],
        }
        for name in (*content.MECHANISMS, *content.THEMES)
    ]  # fmt: skip
