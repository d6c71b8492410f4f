"""What was asked of a solution beside: whether it stands when choices change, and whether chance does as well."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web.content import analyses
from learningcity.web.screens.paths import words
from learningcity.web.screens.paths.answer import Answer
from learningcity.web.screens.paths.rows import cities

Row = dict[str, Any]

_TO = lc.Text(" to ", "至")


def robust(found: Answer, result: lc.RobustnessResult, language: str) -> Row:
    """Summary, ranges without change, survival of the paths, cities by how firmly they stand."""
    labels = found.cases.labels
    alternatives = result.table()
    kinds = []
    for kind, word in words.ALTERNATIVES.items():
        mine = alternatives[alternatives["kind"] == kind]
        if len(mine):
            kinds.append({"word": word.in_(language), "same": int(mine["same"].sum()), "n": len(mine)})
    where = result.cases()
    return {
        "alternatives": len(alternatives),
        "same": int(alternatives["same"].sum()),
        "failed": len(result.failures),
        "kinds": kinds,
        "ranges": [
            {
                "what": words.ALTERNATIVES[row.kind].in_(language),
                "base": f"{row.base:.4g}",
                "range": _range(row, language),
                "tried": f"{row.tried_low:g}{_TO.in_(language)}{row.tried_high:g}",
            }
            for row in result.ranges().itertuples()
            if row.kind in words.ALTERNATIVES
        ],
        "terms": [
            {
                "path": analyses.named(row.term, labels, language),
                "here": row.in_solution,
                "any": words.percent(row.any_model),
                "every": words.percent(row.every_model),
            }
            for row in result.terms().itertuples()
        ],
        "cases": [
            {
                "word": words.ROBUST[kind].in_(language),
                "n": len(mine),
                "cities": cities(mine["case"], language),
            }
            for kind, mine in ((k, where[where["kind"] == k]) for k in ("robust", "shaky", "possible"))
            if len(mine)
        ],
        "core": analyses.named(result.core().text.in_(language), labels, language)
        if result.core().used
        else "",
    }


def _range(row: Any, language: str) -> str:
    if not row.low < row.high:
        return lc.Text(f"only {row.base:.4g}", f"仅{row.base:.4g}").in_(language)
    over = lc.Text("above ", "大于").in_(language) if row.low_open else ""
    return f"{over}{row.low:.4g}{_TO.in_(language)}{row.high:.4g}"


def chance(found: Answer, result: lc.PermutationResult, language: str) -> Row:
    """How often shuffled outcomes are fitted as well."""
    labels = found.cases.labels
    low, high = result.interval
    return {
        "permutations": result.permutations,
        "as_good": result.as_good,
        "nothing": result.nothing,
        "seed": result.seed,
        "p": _p(result.p),
        "interval": f"{_p(low)}{_TO.in_(language)}{_p(high)}",
        "strong": result.strong,
        "level": f"{result.level:g}",
        "terms": [
            {
                "path": analyses.named(str(one.term), labels, language),
                "inclusion": words.three(one.inclusion),
                "coverage": words.three(one.coverage),
                "p": _p(one.p),
                "q": _p(one.q),
            }
            for one in result.terms
        ],
    }


def _p(value: float) -> str:
    return f"{value:.3f}" if value >= 0.0005 else "< 0.001"
