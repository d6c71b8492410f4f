"""Rows of the screen: divisions tried, styles with their cities, what the division goes with, what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.content import analyses
from learningcity.web.screens.styles import words
from learningcity.web.screens.styles.answer import Answer
from learningcity.web.screens.styles.query import MOST

Row = dict[str, Any]


def city(city_id: str, language: str) -> Row:
    """Name and page of a city."""
    return {"name": content.cities()[city_id].name(language), "href": f"/{language}/cities/{city_id}"}


def divisions(found: Answer, language: str) -> list[Row]:
    """The numbers tried, each with its page."""
    rows = []
    for row in found.tried.typology.choices.itertuples():
        rows.append(
            {
                "k": row.k,
                "silhouette": words.two(row.silhouette),
                "best": bool(row.chosen),
                "current": row.k == found.question.k,
                "href": found.question.with_(k=int(row.k), repeats=False).address(language, "#styles")
                if row.k <= MOST
                else "",
            }
        )
    return rows


def styles(found: Answer, language: str) -> list[Row]:
    """The styles, each with its cities from the middle outwards."""
    result = found.styles
    one = result.typology
    rows = []
    for style in one.styles:
        cases = one.cases.loc[list(style.cases)].sort_values("silhouette", ascending=False, kind="stable")
        rows.append(
            {
                "number": style.number,
                "name": result.name_of(style.number).in_(language),
                "medoid": city(style.medoid, language),
                "size": style.size,
                "silhouette": words.two(style.silhouette),
                "stability": words.two(style.stability),
                "stable": style.stability >= one.spec["least_stability"],
                "cities": [
                    {
                        **city(str(case), language),
                        "silhouette": words.two(row["silhouette"]),
                        "medoid": bool(row["medoid"]),
                        "between": bool(row["between"]),
                    }
                    for case, row in cases.iterrows()
                ],
            }
        )
    return rows


def between(found: Answer, language: str) -> list[Row]:
    """Cities that lie between two styles, by these two, those nearest to the border first."""
    cases = found.styles.typology.cases
    mine = cases[cases["between"]]
    mine = mine.loc[mine["silhouette"].abs().sort_values(kind="stable").index]
    pairs: dict[tuple[int, int], list[Row]] = {}
    for case, row in mine.iterrows():
        one, other = sorted((int(row["style"]), int(row["neighbour"])))
        pairs.setdefault((one, other), []).append(
            {**city(str(case), language), "silhouette": words.two(row["silhouette"])}
        )
    return [
        {
            "pair": lc.Text(f"Styles {a} and {b}", f"类型{a}与类型{b}").in_(language),
            "cities": pairs[a, b],
        }
        for a, b in sorted(pairs)
    ]


def follows(found: Answer, language: str) -> list[Row]:
    """What the styles, or the best division, go with although it did not make them."""
    rows, labels = [], found.styles.beside_labels
    for row in found.styles.division.beside.itertuples():
        rows.append(
            {
                "label": labels[row.column].in_(language),
                "n": int(row.n),
                "effect": f"{words.MEASURES[row.measure].in_(language)} {words.two(row.effect)}"
                if row.measure in words.MEASURES
                else "–",
                "p": words.small(row.p),
                "q": words.small(row.q),
                "follows": bool(row.follows),
            }
        )
    return rows


def repeats(found: Answer, again: lc.AtlasStyles, language: str) -> list[Row]:
    """What the same gives over other columns and by other coders."""
    rows, labels = [], found.styles.coded.labels
    for row in again.repeats.to_dict("records"):
        told = (
            lc.Text(f"{row['k']} styles", f"{row['k']}种类型")
            if row["found"]
            else lc.Text("no styles", "无类型")
        )
        if row["reason_en"]:
            told = lc.Text(f"not possible: {row['reason_en']}", f"无法进行：{row['reason_zh']}")
        rows.append(
            {
                "title": row[f"title_{language}"],
                "told": analyses.named(told.in_(language), labels, language)
                if row["reason_en"]
                else told.in_(language),
                "cases": row["cases"],
                "silhouette": words.two(row["silhouette"]),
                "p": words.small(row["p"]),
                "rand": words.two(row["rand"]),
            }
        )
    return rows


def left_out(found: Answer, language: str) -> Row:
    """Cities and columns that were not used, each with the reason."""
    one, coded = found.styles.typology, found.styles.coded
    return {
        "number": len(one.left_out_cases),
        "reasons": [
            {
                "reason": why,
                "cities": [
                    city(c, language) for c, w in one.left_out_cases.items() if w.in_(language) == why
                ],
            }
            for why in dict.fromkeys(w.in_(language) for w in one.left_out_cases.values())
        ],
        "columns": [
            {"name": coded.labels[name].in_(language), "reason": why.in_(language)}
            for name, why in one.left_out.items()
        ],
        "no_cases": [
            {**city(row["city_id"], language), "reason": row[f"reason_{language}"]}
            for row in coded.left_out.to_dict("records")
        ],
        "near_constant": named(found, coded.near_constant, language),
    }


def named(found: Answer, codes: Iterable[str], language: str) -> list[str]:
    """What columns are called."""
    return [found.styles.coded.labels[c].in_(language) for c in codes]
