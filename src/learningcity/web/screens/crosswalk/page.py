"""What the crosswalk screen shows."""

from __future__ import annotations

from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.crosswalk import query as queries
from learningcity.web.screens.crosswalk.query import NO_AREA, CrosswalkQuery, column_of, whole

Row = dict[str, Any]

_LABELS = {
    "area": lc.Text("area", "领域"),
    "round": lc.Text("award criteria of", "评审标准届次"),
    "framework": lc.Text("framework", "框架"),
}
_NONE = lc.Text("mapped to no area", "未对应任何领域")
_PUBLISHER = lc.Text("UNESCO Learning City Award", "联合国教科文组织学习型城市奖")


def build(query: CrosswalkQuery, language: str) -> Row:
    """The matrix, the items asked for, and what each round and framework leaves out."""
    groups = _groups(query, language) if query.chosen else []
    return {
        "query": query,
        "choices": _choices(query, language),
        "areas": _areas(language),
        "matrix": _matrix(query, language),
        "frameworks": sum(not name.isdigit() for name, _ in whole().columns),
        "rounds": len(content.rounds()),
        "left_out": _left_out(language),
        "unmapped": _unmapped(language),
        "groups": groups,
        "found": sum(len(g["entries"]) for g in groups),
        "active": [
            {
                "label": _LABELS[name].in_(language),
                "value": _word(name, value, language),
                "without": query.without(name).at_items(language),
            }
            for name, value in query.chosen.items()
        ],
    }


# --- words -----------------------------------------------------------------------------------------


@cache
def _areas(language: str) -> list[Row]:
    return [
        {"code": code, "name": name.in_(language), "href": f"/{language}/standard#area-{code}"}
        for code, name in whole().areas
    ]


def _column_name(column: str, language: str) -> str:
    return dict(whole().columns)[column].in_(language)


def _word(name: str, value: str, language: str) -> str:
    if name == "area":
        if value == NO_AREA:
            return _NONE.in_(language)
        return f"{value} {dict(whole().areas)[value].in_(language)}"
    return value if name == "round" else _column_name(value, language)


def _choices(query: CrosswalkQuery, language: str) -> list[Row]:
    values = {
        "area": [*dict(whole().areas), NO_AREA],
        "round": [str(year) for year in content.rounds()],
        "framework": [name for name, _ in whole().columns if not name.isdigit()],
    }
    return [
        {
            "name": name,
            "label": _LABELS[name].in_(language),
            "options": [
                {"value": v, "label": _word(name, v, language), "chosen": getattr(query, name) == v}
                for v in options
            ],
        }
        for name, options in values.items()
    ]


# --- matrix ----------------------------------------------------------------------------------------


def _asking(column: str, area: str = "") -> CrosswalkQuery:
    """The choice that opens one cell, or a whole column."""
    return CrosswalkQuery(area=area, **{"round" if column.isdigit() else "framework": column})


@cache
def _counts() -> dict[str, dict[str, int]]:
    """How many items touch each area, by area, then by round or framework."""
    counts: dict[str, dict[str, int]] = whole().matrix().astype(int).to_dict("index")
    return counts


def _matrix(query: CrosswalkQuery, language: str) -> Row:
    counts = _counts()
    areas = list(counts)
    names = {a["code"]: f"{a['code']} {a['name']}" for a in _areas(language)}
    names[NO_AREA] = _NONE.in_(language)
    return {
        "heads": [
            {
                "code": code,
                "none": code == NO_AREA,
                "name": names[code],
                "href": CrosswalkQuery(area=code).at_items(language),
            }
            for code in areas
        ],
        "rows": [
            {
                "name": text.in_(language),
                "round": column.isdigit(),
                "first_framework": index == len(content.rounds()),
                "href": _asking(column).at_items(language),
                "cells": [
                    {
                        "count": counts[code][column],
                        "area": names[code],
                        "href": _asking(column, code).at_items(language),
                        "here": query == _asking(column, code),
                    }
                    for code in areas
                ],
            }
            for index, (column, text) in enumerate(whole().columns)
        ],
    }


# --- items -----------------------------------------------------------------------------------------


def _groups(query: CrosswalkQuery, language: str) -> list[Row]:
    """The items asked for, by round and framework; an item of several areas stands once."""
    wanted = {item_key(row) for row in queries.rows() if queries.matches(row, query)}
    groups: dict[str, dict[tuple[Any, ...], list[Row]]] = {}
    for row in queries.rows():
        if item_key(row) in wanted:
            groups.setdefault(column_of(row), {}).setdefault(item_key(row), []).append(row)
    return [
        {
            **_about(column, language),
            "entries": [_entry(same, language) for same in items.values()],
        }
        for column, items in groups.items()
    ]


def item_key(row: Row) -> tuple[Any, ...]:
    return column_of(row), row["code"], row["name_en"]


def _entry(same: list[Row], language: str) -> Row:
    row = same[0]
    names = dict(whole().areas)
    return {
        "name": row[f"name_{language}"],
        "href": f"/{language}/award#criterion-{row['code']}" if row["code"] else None,
        "unit": lc.label("unit", row["unit"], language) if row["unit"] else None,
        "areas": [
            {
                "code": r["area"],
                "name": names[r["area"]].in_(language),
                "href": f"/{language}/standard#area-{r['area']}",
            }
            for r in same
            if r["area"]
        ],
        "refs": content.references(row["source_ids"], language),
    }


@cache
def _about(column: str, language: str) -> Row:
    """What a round or framework is: name, publisher, year."""
    row = next(r for r in queries.rows() if column_of(r) == column)
    award = row["kind"] == "criterion"
    return {
        "id": column,
        "name": _column_name(column, language),
        "publisher": _PUBLISHER.in_(language) if award else row["publisher"],
        "publisher_original": not award and language == "zh",
        "year": None if award else row["year"],
        "units": not award,
    }


@cache
def _unmapped(language: str) -> list[Row]:
    return _groups(CrosswalkQuery(area=NO_AREA), language)


# --- what is left out ------------------------------------------------------------------------------


@cache
def _left_out(language: str) -> list[Row]:
    areas = {a["code"]: a for a in _areas(language)}
    found = []
    for column, _ in whole().columns:
        missing = set(whole().left_out(column))
        found.append(
            {
                **_about(column, language),
                "href": _asking(column).at_items(language),
                "missing": [area for code, area in areas.items() if code in missing],
                "touched": [area for code, area in areas.items() if code not in missing],
                # The shorter list in words; the longer one in numbers.
                "few": len(missing) <= len(areas) - len(missing),
            }
        )
    return found
