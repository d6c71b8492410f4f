"""Tables of the screen: combinations, paths, cases by kind, shared evidence, conditions."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.content import analyses
from learningcity.web.screens.paths import words
from learningcity.web.screens.paths.answer import Answer, configurations

Row = dict[str, Any]


def cities(ids: Any, language: str) -> list[Row]:
    """Cities with their pages, in the order of the language."""
    found = [
        {"name": content.cities()[c].name(language), "href": f"/{language}/cities/{c}"}
        for c in map(str, ids)
        if c in content.cities()
    ]
    return sorted(found, key=lambda row: content.sort_key(row["name"], language))


def literals(found: Answer, values: Any, language: str) -> list[Row]:
    """What a combination or path asks of each condition: name, presence, words."""
    labels, not_seen = found.cases.labels, found.question.not_seen
    return [
        {
            "name": labels[name].in_(language),
            "on": bool(value),
            "words": words.sign(labels[name], int(value), not_seen, language),
        }
        for name, value in values
    ]


def truth(found: Answer, language: str) -> list[Row]:
    """One row a combination that occurs: its fit, and its cities on either side of the outcome."""
    table = found.truth
    inside = dict(zip(map(str, table.data.index), table.membership > 0.5, strict=True))
    frame = table.table()
    rows = []
    for row in frame.to_dict("records"):
        ids = row["cases"].split("; ")
        rows.append(
            {
                "literals": literals(found, [(c, row[c]) for c in table.conditions.names], language),
                "out": row["out"],
                "word": words.OUT[row["out"]].in_(language),
                "n": row["n"],
                "inclusion": words.three(row["inclusion"]),
                "pri": words.three(row["pri"]),
                "inside": cities([c for c in ids if inside[c]], language),
                "outside": cities([c for c in ids if not inside[c]], language),
            }
        )
    return rows


def paths(found: Answer, language: str) -> list[Row]:
    """The paths of the model in plain words, in the order of the configuration table."""
    (panel,) = configurations(found).panels
    return [
        {
            "name": one.name,
            "literals": literals(found, [(x.condition, x.value) for x in one.term], language),
            "words": words.path(one.term, found.cases.labels, found.question.not_seen, language),
            "members": one.members,
            "inclusion": words.three(one.inclusion),
            "coverage": words.three(one.coverage),
            "unique": words.three(one.unique_coverage),
        }
        for one in panel.configurations
    ]


def printed(found: Answer, language: str) -> Row:
    """The configuration table: circles with what they say, figures, legend, and its own notes."""
    table = configurations(found)
    grid = table.grid(language)
    said = dict(grid.legend)
    aside = {text.in_(language) for text in table.wording.remarks} | set(found.cases.limits(language))
    return {
        "caption": grid.caption,
        "corner": grid.corner,
        "names": grid.names,
        "marks": [
            {
                "label": label,
                "cells": [None if m is None else {"kind": _kind(m), "words": said[m]} for m in marks],
            }
            for label, marks in grid.marks
        ],
        "figures": [
            {"label": words.PRI.in_(language) if label == "PRI" else label, "cells": cells}
            for label, cells in grid.figures
        ],
        "wholes": [{"label": label, "cell": cells[0]} for label, cells in grid.wholes],
        "columns": grid.columns,
        "legend": [{"kind": _kind(m) if m else "", "words": text} for m, text in grid.legend],
        "notes": [text for text in grid.notes if text not in aside],
    }


def _kind(mark: Any) -> str:
    """Which circle a mark is drawn as."""
    return f"{'small' if mark.core is False else 'large'}-{'full' if mark.value else 'open'}"


def models(found: Answer, language: str) -> list[Row]:
    """Every model with its fit; the data do not decide between them."""
    rows = []
    for number, terms in enumerate(found.solved.models):
        inclusion, pri, coverage = found.solved.whole(number)
        address = found.question.with_(model=number + 1).address(language, "#result")
        rows.append(
            {
                "number": number + 1,
                "expression": analyses.named(" + ".join(map(str, terms)), found.cases.labels, language),
                "inclusion": words.three(inclusion),
                "pri": words.three(pri),
                "coverage": words.three(coverage),
                "current": number == found.model,
                "href": address,
            }
        )
    return rows


def cases(found: Answer, language: str) -> list[Row]:
    """The cities of each path by kind, and those of the outcome that no path holds."""
    frame = found.solved.cases
    frame = frame[frame["model"] == found.model]
    (panel,) = configurations(found).panels
    given = [(str(one.term), words.path(one.term, found.cases.labels, found.question.not_seen, language), one.name) for one in panel.configurations]  # fmt: skip
    rows = []
    for term, told, name in given:
        mine = frame[frame["term"] == term]
        kinds = _kinds(mine, ("typical", "deviant_consistency"), language)
        rows.append({"name": name, "path": told, "kinds": kinds})
    rest = _kinds(frame[frame["term"] == ""], ("deviant_coverage",), language)
    return [*rows, *([{"name": "", "path": "", "kinds": rest}] if rest else [])]


def _kinds(frame: Any, kinds: tuple[str, ...], language: str) -> list[Row]:
    found = []
    for kind in kinds:
        ids = frame.loc[frame["kind"] == kind, "case"]
        if len(ids):
            found.append(
                {"word": words.KINDS[kind].in_(language), "n": len(ids), "cities": cities(ids, language)}
            )
    return found


def shared(found: Answer, language: str) -> list[Row]:
    """Beside each path the evidence that it shares with the outcome, and its fit on disjoint evidence."""
    frame = found.cases.paths(found.solved, found.model).set_index("term")
    (panel,) = configurations(found).panels
    rows = []
    for one in panel.configurations:
        row = frame.loc[str(one.term)]
        rows.append(
            {
                "name": one.name,
                "words": words.path(one.term, found.cases.labels, found.question.not_seen, language),
                "outcome": int(row["outcome"]),
                "both": int(row["both"]),
                "share": words.percent(row["of_outcome"]),
                "inclusion": words.three(row["inclusion"]),
                "variants": [
                    {
                        "head": lc.Text(f"Consistency if {word.en}", f"一致性：{word.zh}").in_(language),
                        "value": words.three(row[f"{name}_inclusion"]),
                    }
                    for name, word in words.FRAMES.items()
                ],
            }
        )
    return rows


def conditions(found: Answer, language: str) -> list[Row]:
    """How often each condition and the outcome were seen, and which hardly tell cities apart."""
    cases = found.cases
    rows = []
    for code, row in cases.spread.iterrows():
        rows.append(
            {
                "label": cases.labels[str(code)].in_(language),
                "outcome": code == cases.outcome_column,
                "seen": int(row["seen"]),
                "inside": int(row["inside"]),
                "share": words.percent(row["share"]),
                "near_constant": bool(row["near_constant"]),
            }
        )
    return rows


def left_out(found: Answer, language: str) -> list[Row]:
    """Cities that are no cases, with the reason."""
    frame = found.cases.left_out
    return [
        {
            "name": row[f"name_{language}"],
            "href": f"/{language}/cities/{row['city_id']}",
            "reason": row[f"reason_{language}"],
        }
        for row in frame.to_dict("records")
    ]


def highest(found: Answer, language: str) -> Row:
    """The combination that goes furthest with the outcome."""
    table = found.truth
    best = max(range(len(table.out)), key=lambda k: (table.inclusion[k], len(table.cases[k])))
    values = zip(table.conditions.names, table.values[best], strict=True)
    return {
        "inclusion": words.three(table.inclusion[best]),
        "words": lc.Text(", ", "，")
        .in_(language)
        .join(x["words"] for x in literals(found, values, language)),
        "n": len(table.cases[best]),
    }
