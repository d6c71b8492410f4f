"""The figures of some cities side by side: comparable ones first, those of the countries apart."""

from __future__ import annotations

from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.city import figures

Row = dict[str, Any]

#: The parts of the section, by how far the figures may be compared.
KINDS = ("yes", "with care", "no")
_HEADS = {
    "yes": lc.Text("Comparable", "可比"),
    "with care": lc.Text("Comparable with care", "谨慎可比"),
    "no": lc.Text("Not comparable", "不可比"),
}
_NOTES = {
    "yes": lc.Text(
        "One definition; still read year and scope beside each figure.", "定义一致，仍须注意各数据的年份与范围。"
    ),
    "with care": lc.Text(
        "Definitions differ from city to city: a difference may be one of counting.",
        "各城市定义不同，差异可能只是统计口径所致。",
    ),
    "no": lc.Text(
        "Each figure stands for its city alone and is in no order with the others.",
        "各数据只说明本市情况，相互之间不作高低比较。",
    ),
}  # fmt: skip


@cache
def table() -> lc.FactTable:
    """One figure a city and indicator: the latest of the city, else of its metropolitan area."""
    ids = [i for i, row in content.indicators().items() if row["group"] != "context"]
    return content.atlas().table(ids, lc.FactPolicy(scopes=("city", "metro")))


def parts(cities: tuple[str, ...], language: str) -> list[Row]:
    """The indicators for which some of the cities have a figure, those of several cities first."""
    found: dict[str, dict[str, list[Row]]] = {kind: {"several": [], "single": []} for kind in KINDS}
    for indicator_id in table().values.columns:
        row = content.indicators()[indicator_id]
        cells = [_cell(city_id, indicator_id, language) for city_id in cities]
        seen = sum(cell["value"] is not None for cell in cells)
        if seen:
            shelf = found[row["comparable"]]["several" if seen > 1 else "single"]
            shelf.append(_indicator(row, cells, language))
    order = {g: n for n, g in enumerate(figures.GROUPS)}
    for shelves in found.values():
        for rows in shelves.values():
            rows.sort(key=lambda r: order.get(r["group"], len(order)))
    return [
        {
            "kind": kind,
            "slug": kind.replace(" ", "-"),
            "head": _HEADS[kind].in_(language),
            "note": _NOTES[kind].in_(language),
            "several": shelves["several"],
            "single": shelves["single"],
        }
        for kind, shelves in found.items()
        if shelves["several"] or shelves["single"]
    ]


def _indicator(row: Row, cells: list[Row], language: str) -> Row:
    name = row[f"name_{language}"]
    units = {cell["unit"] for cell in cells if cell["value"] is not None}
    return {
        "id": row["indicator_id"],
        "group": row["group"],
        "name": name,
        "definition": figures.definition(name, row[f"definition_{language}"]),
        "units_differ": len(units) > 1,
        "cells": cells,
    }


def _cell(city_id: str, indicator_id: str, language: str) -> Row:
    origin = table().origin.at[city_id, indicator_id]
    value = table().values.at[city_id, indicator_id]
    if origin.kind == "empty" or value != value:
        return {"city": content.cities()[city_id].name(language), "value": None, "unit": None}
    read = figures.round_for_reading(value)
    if origin.kind == "derived":
        # A conversion makes more digits than anybody measured.
        read = figures.round_for_reading(float(f"{value:.4g}"))
    shown = {f["fact_id"] for f in content.facts_by_city().get(city_id, [])}
    fact = next((f for f in origin.facts if f in shown), "")
    return {
        "city": content.cities()[city_id].name(language),
        "value": lc.format_value(read, origin.unit, language),
        "unit": origin.unit,
        "href": f"/{language}/cities/{city_id}#{fact}" if fact else "",
        "year": origin.year,
        "scope": lc.label("scope", origin.scope, language) if origin.scope not in (None, "city") else "",
        "derived": origin.formula.in_(language) if origin.kind == "derived" and origin.formula else "",
        "disagree": origin.disagree or _disputed(city_id, indicator_id),
        "disputes": f"/{language}/cities/{city_id}#disagreements",
        "refs": content.references(";".join(dict.fromkeys(origin.sources)), language),
    }


def _disputed(city_id: str, indicator_id: str) -> bool:
    """Whether sources contradict each other on the indicator, in this year or another."""
    return any(c["indicator_id"] == indicator_id for c in content.conflicts_by_city().get(city_id, []))


def context(cities: tuple[str, ...], language: str) -> list[Row]:
    """The latest figures of the countries; context, never a city's own."""
    by_city = [
        {row["id"]: row for row in figures.context(content.cities()[c].country, language)} for c in cities
    ]
    every = {i: row["name"] for told in by_city for i, row in told.items()}
    return [
        {
            "id": i,
            "name": name,
            "cells": [_context_cell(c, told.get(i), language) for c, told in zip(cities, by_city, strict=True)],
        }
        for i, name in sorted(every.items(), key=lambda item: content.sort_key(item[1], language))
    ]  # fmt: skip


def _context_cell(city_id: str, row: Row | None, language: str) -> Row:
    country = content.country(content.cities()[city_id].country, language)
    if row is None:
        return {"city": country, "value": None}
    return {
        "city": country,
        "value": row["last"]["value"],
        "year": row["last"]["year"],
        "own": row["last"]["own"],
        "refs": row["refs"],
    }
