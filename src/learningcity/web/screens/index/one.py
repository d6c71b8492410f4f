"""One unit of the index: its profile against a group, what adds to its score, and what the score rests on."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.index import work
from learningcity.web.screens.index.own import OWN, OwnReading, group_of
from learningcity.web.screens.index.query import IndexQuery, reading_of
from learningcity.web.screens.index.words import WORDS

Row = dict[str, Any]
SAFE = 0.95


def build(query: IndexQuery, language: str) -> Row:
    """Everything on the chosen unit."""
    asked, result = reading_of(query), work.built(query)
    unit = query.city
    name = asked.names[unit].in_(language)
    group = _group(query)
    score = result.scores.at[unit, result.structure.top] if unit in result.scores.index else float("nan")
    return {
        "id": unit,
        "name": name,
        "href": "" if asked.kind in ("context", OWN) else f"/{language}/cities/{unit}",
        "score": _number(score, language),
        "group": _group_name(query, len(group), language),
        "profile": _profile(result, unit, group, language),
        "contributions": _contributions(query, language),
        "contributions_how": work.contributed(query).summary(language),
        "acceptability": _acceptability(query, language),
        "sides": _sides(query, language),
        "trace": trace(query, language),
    }


def _number(value: Any, language: str) -> str:
    return "" if value != value else lc.format_number(float(f"{value:.3g}"), language)


def _group(query: IndexQuery) -> list[str]:
    asked = reading_of(query)
    every = [str(u) for u in asked.values.index]
    if isinstance(asked, OwnReading):
        return every if query.group == "all" else group_of(asked.table, query.city)[2]
    if query.group == "all" or asked.kind == "context":
        return every
    region = content.cities()[query.city].region
    return [u for u in every if content.cities()[u].region == region]


def _group_name(query: IndexQuery, number: int, language: str) -> str:
    asked = reading_of(query)
    if isinstance(asked, OwnReading) and asked.table.groups and query.group != "all":
        column, name, _ = group_of(asked.table, query.city)
        return lc.Text(
            f"{column} {name}: {number} with a score", f"{column}为“{name}”的{number}个有得分者"
        ).in_(language)
    if query.group == "all" or query.reading in ("context", OWN):
        return lc.Text(f"all {number} with a score", f"全部{number}个有得分者").in_(language)
    region = lc.label("unesco_region", content.cities()[query.city].region, language)
    return lc.Text(f"the {number} of {region} with a score", f"{region}的{number}个有得分者").in_(language)


def _profile(result: lc.IndexResult, unit: str, group: list[str], language: str) -> list[Row]:
    structure, rows = result.structure, []
    scores = result.scores.loc[[u for u in group if u in result.scores.index]]
    for code in _down(structure):
        held = scores[code].dropna()
        mine = result.scores.at[unit, code]
        row: Row = {
            "name": structure.by_code[code].name.in_(language),
            "level": structure.height - structure.by_code[code].level,
            "value": _number(mine, language),
            "median": _number(held.median(), language) if len(held) else "",
            "n": len(held),
            "of": len(group),
            "drawn": None,
        }
        everyone = result.scores[code].dropna()
        low, high = float(everyone.min()), float(everyone.max())
        if len(held) and high > low:

            def at(value: float, low: float = low, high: float = high) -> float:
                return 2 + 96 * (value - low) / (high - low)

            row["drawn"] = {
                "x": f"{at(held.min()):.1f}",
                "width": f"{at(held.max()) - at(held.min()):.1f}",
                "median": f"{at(held.median()):.1f}",
                "mine": "" if mine != mine else f"{at(mine) - 1:.1f}",
            }
        rows.append(row)
    return rows


def _down(structure: lc.Structure) -> list[str]:
    """Every code from the top down, each part before its own."""
    found: list[str] = []

    def walk(code: str) -> None:
        found.append(code)
        for child in structure.children(code):
            walk(child)

    walk(structure.top)
    return found


def _contributions(query: IndexQuery, language: str) -> list[Row]:
    found, unit = work.contributed(query), query.city
    values = found.values.loc[unit].dropna()
    most = max((abs(float(v)) for v in values), default=0.0) or 1.0
    rows = []
    for code in values.index:
        value, width = float(values[code]), 48 * abs(float(values[code])) / most
        rows.append(
            {
                "name": found.structure.by_code[str(code)].name.in_(language),
                "value": lc.format_number(float(f"{value:.2g}"), language).replace("-", "−"),
                "x": f"{50 - width if value < 0 else 50:.1f}",
                "width": f"{width:.1f}",
                "low": value < 0,
            }
        )
    return rows


def _acceptability(query: IndexQuery, language: str) -> list[Row]:
    shares = work.drawn(query).acceptability().loc[query.city]
    shares = shares[shares >= 0.005]
    most = float(shares.max()) if len(shares) else 1.0
    return [
        {"rank": rank, "share": f"{share:.0%}", "width": f"{100 * share / most:.1f}"}
        for rank, share in shares.items()
    ]


def _sides(query: IndexQuery, language: str) -> list[Row]:
    order, asked = work.drawn(query).order(SAFE), reading_of(query)

    def told(units: Any) -> list[Row]:
        found = [
            {
                "name": asked.names[str(u)].in_(language),
                "href": query.with_(city=str(u)).address(language, "#one") if u in asked.values.index else "",
            }
            for u in units
        ]
        return sorted(found, key=lambda r: content.sort_key(r["name"], language))

    return [
        {
            "title": WORDS["before"].in_(language),
            "units": told(order.loc[order["better"] == query.city, "worse"]),
        },
        {
            "title": WORDS["after"].in_(language),
            "units": told(order.loc[order["worse"] == query.city, "better"]),
        },
    ]


def trace(query: IndexQuery, language: str) -> list[Row]:
    """Every value that the score rests on, down to practices, facts and sources."""
    rows = work.built(query).trace(query.city).rows
    titles = {
        p["practice_id"]: p[f"title_{language}"] for p in content.practices_by_city().get(query.city, [])
    }
    top = int(rows["level"].iloc[0])
    return [
        {
            "name": row[f"name_{language}"],
            "level": top - int(row["level"]),
            "share": f"{row['share']:.0%}" if row["share"] == row["share"] else "",
            "score": _number(row["score"], language),
            "value": _number(row["value"], language) if row["level"] == 1 else "",
            "leaf": row["level"] == 1,
            "year": "" if row["year"] != row["year"] or row["year"] is None else str(int(row["year"])),
            "practices": [
                {"id": p, "href": f"/{language}/practices/{p}", "title": titles.get(p, p)}
                for p in row["practice_ids"]
            ],
            "facts": [{"id": f, "href": f"/{language}/cities/{query.city}#{f}"} for f in row["fact_ids"]],
            "refs": content.references(";".join(row["source_ids"]), language),
        }
        for row in rows.to_dict("records")
    ]
