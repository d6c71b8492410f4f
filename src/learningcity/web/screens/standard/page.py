"""What the standard screen shows, put together once a language."""

from __future__ import annotations

from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content

Row = dict[str, Any]


@cache
def build(language: str) -> Row:
    """Everything on the standard screen."""
    standard = lc.load_standard()
    related = _criteria_by_area(language)
    pillars = [
        {
            **_item(pillar, language),
            "areas": [_area(standard, a, related, language) for a in standard.children(pillar.code)],
        }
        for pillar in standard.pillars
    ]
    return {
        "pillars": pillars,
        "note": standard.note.in_(language),
        "counts": [
            len(standard.pillars),
            len(standard.areas),
            len(standard.features),
            len(standard.measurements),
        ],
        "years": content.rounds(),
        "grid": [
            {"code": a.code, "name": a.name.in_(language), "cells": related_cells(related.get(a.code, []))}
            for a in standard.areas
        ],
    }


def _item(item: Any, language: str) -> Row:
    return {
        "code": item.code,
        "name": item.name.in_(language),
        "text": item.text.in_(language),
        "confirmed": item.confirmed,
        "refs": content.references(";".join(item.source_ids), language),
    }


def _area(standard: lc.Standard, area: Any, related: dict[str, list[Row]], language: str) -> Row:
    features = []
    for feature in standard.children(area.code):
        measures = [
            {
                "code": m.code,
                "name": m.name.in_(language),
                "definition": m.definition.in_(language),
                "unit": lc.label("unit", m.unit, language),
                "direction": lc.label("direction", str(m.direction), language),
                "kind": lc.label("data_source_kind", m.data_source_kind, language),
                "confirmed": m.confirmed,
            }
            for m in standard.measurements
            if m.feature == feature.code
        ]
        features.append({**_item(feature, language), "measurements": measures})
    return {
        **_item(area, language),
        "features": features,
        "measurements": sum(len(f["measurements"]) for f in features),
        "criteria": related.get(area.code, []),
    }


def _criteria_by_area(language: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for year in content.rounds():
        for criterion in lc.award_rules(year).criteria:
            for area in criterion.areas:
                found.setdefault(area, []).append(
                    {
                        "year": year,
                        "code": criterion.code,
                        "number": criterion.code.split("-", 1)[1],
                        "name": criterion.name.in_(language),
                        "href": f"/{language}/award#criterion-{criterion.code}",
                    }
                )
    return found


def related_cells(criteria: list[Row]) -> list[Row]:
    """Sort the criteria of an area into one cell a round."""
    return [
        {"year": year, "criteria": [c for c in criteria if c["year"] == year]} for year in content.rounds()
    ]
