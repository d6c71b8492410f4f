"""What the matrix of practices shows: mechanisms by areas or another code, each number opening its list."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.practices import words
from learningcity.web.screens.practices.query import NONE, PracticeQuery, closed
from learningcity.web.screens.practices.records import Practice, choose, values

Row = dict[str, Any]

DIMENSIONS = {"either": "mechanism", "first": "first_mechanism", "second": "second_mechanism"}
_CHART = lc.Text("Practices by mechanism and area", "按举措类别与领域统计的实践举措")
#: Shares of the highest count from which a cell is drawn in the next tone.
STEPS = (0.1, 0.3, 0.6)


def laid_out(query: PracticeQuery) -> tuple[Practice, ...]:
    """The practices that the matrix counts: all choices but those that it lays out itself."""
    return choose(query.without("mechanism", query.columns)).practices


@lru_cache(maxsize=64)
def result(ids: tuple[str, ...], columns: str, coder: str, rank: str) -> lc.PracticeMatrix:
    """The matrix of some practices."""
    return content.atlas().practice_matrix(DIMENSIONS[rank], columns, None, coder, ids)


@lru_cache(maxsize=64)
def influence(ids: tuple[str, ...], columns: str, coder: str, rank: str) -> lc.CodingInfluence:
    """How far the coding shapes that matrix."""
    return content.atlas().coding_influence(DIMENSIONS[rank], columns, None, coder, ids)


def of_query(query: PracticeQuery) -> lc.PracticeMatrix:
    """The matrix that an address asks for."""
    ids = tuple(p.practice_id for p in laid_out(query))
    return result(ids, query.columns, query.coder, query.rank)


def chart_title(query: PracticeQuery, language: str) -> str:
    """What the picture shows, with the filters in force: a file goes about without its page."""
    kept = query.without("mechanism", query.columns)
    told = [words.told(n, v, language) for n, v in kept.filters.items()]
    text = _CHART.in_(language)
    if not told:
        return text
    pairs = [
        lc.Text(f"{t['label']}: {t['value']}", f"{t['label']}：{t['value']}").in_(language) for t in told
    ]
    return lc.Text(f"{text} ({'; '.join(pairs)})", f"{text}（{'；'.join(pairs)}）").in_(language)


def build(query: PracticeQuery, language: str) -> Row:
    """The matrix with its links, and the words beside it."""
    every = laid_out(query)
    ids = tuple(p.practice_id for p in every)
    matrix = result(ids, query.columns, query.coder, query.rank)
    shaped = influence(ids, query.columns, query.coder, query.rank)
    columns = [c for c in matrix.counts.columns if c != NONE or query.columns == "problem"]
    most = int(matrix.counts.to_numpy().max()) if matrix.counts.size else 0
    at_row, at_column = _members(every, query, "mechanism"), _members(every, query, query.columns)
    opened = query.anew(view="list", columns="area")
    return {
        "column_choice": words.choices(query, choose(query), ("columns",), language),
        "what": words.NAMES[query.columns].in_(language),
        "numbered": query.columns == "area",
        "columns": [
            {
                "code": c,
                "label": c if query.columns == "area" else words.word(query.columns, c, language),
                "title": words.word(query.columns, c, language),
                **_total(at_column.get(c, ()), opened.with_(**_set(query, "", c)), language),
            }
            for c in columns
        ],
        "rows": [
            {
                "code": m,
                "label": words.word("mechanism", m, language),
                **_total(at_row.get(m, ()), opened.with_(**_set(query, m, "")), language),
                "cells": [_cell(query, opened, matrix, m, c, most, language) for c in columns],
            }
            for m in matrix.counts.index
        ],
        "all": _total(every, opened.without("mechanism", query.columns), language),
        "left_out": len(every) - matrix.practices,
        "entries": matrix.entries,
        "influence": shaped.summary(language),
        "agreement": _agreement(shaped, query.columns, language),
        "coders": shaped.coders,
        "by_pass": _by_pass(shaped, query, language),
        "pictures": [query.address(language).replace("?", f".{suffix}?", 1) for suffix in ("svg", "png")]
        if query.columns == "area"
        else [],
    }


def _set(query: PracticeQuery, mechanism: str, column: str) -> dict[str, str]:
    return {"mechanism": mechanism, query.columns: column}


def _members(every: Iterable[Practice], query: PracticeQuery, name: str) -> dict[str, list[Practice]]:
    told = values(query.coder, query.rank)
    found: dict[str, list[Practice]] = {}
    for practice in every:
        for value in told[practice.practice_id][name]:
            found.setdefault(value, []).append(practice)
    return found


def _total(members: Iterable[Practice], query: PracticeQuery, language: str) -> Row:
    """Different practices and cities, and the list that shows them."""
    found = list(members)
    return {
        "n": len(found),
        "cities": len({p.city.city_id for p in found}),
        "href": query.address(language, "#list"),
    }


def _cell(
    query: PracticeQuery,
    opened: PracticeQuery,
    matrix: lc.PracticeMatrix,
    row: str,
    column: str,
    most: int,
    language: str,
) -> Row:
    n = len(matrix.where.get((row, column), ()))
    return {
        "n": n,
        "cities": int(matrix.cities.at[row, column]),
        "tone": 0 if not n else 1 + sum(n > share * most for share in STEPS),
        "href": opened.with_(**_set(query, row, column)).address(language, "#list"),
        "here": (row, column) == (query.mechanism, getattr(query, query.columns)),
        "column": words.word(query.columns, column, language),
    }


def _agreement(shaped: lc.CodingInfluence, columns: str, language: str) -> list[Row]:
    """How many practices each pass gave each code, and how far they mean the same ones."""
    lines = []
    for row in content.rows(shaped.agreement):
        name = "mechanism" if row["kind"].endswith("mechanism") else columns
        lines.append(
            {
                "label": words.word(name, row["code"], language),
                "first": row["code"] == closed()[columns][1][0] and name == columns,
                "passes": [{"coder": c, "n": row[c]} for c in shaped.coders],
                "both": row["both"],
                "alike": None if row["alike"] is None else f"{row['alike']:.0%}",
                "kappa": None if row["kappa"] is None else f"{row['kappa']:.2f}",
            }
        )
    return lines


def _by_pass(shaped: lc.CodingInfluence, query: PracticeQuery, language: str) -> list[Row]:
    """The same matrix by each pass and by what both say alike: how much stands in it."""
    return [
        {
            "label": words.word("coder", coder, language),
            "href": query.anew(coder=coder).address(language, "#matrix"),
            "current": query.coder == coder,
            "practices": matrix.practices,
            "entries": matrix.entries,
        }
        for coder, matrix in shaped.matrices.items()
    ]
