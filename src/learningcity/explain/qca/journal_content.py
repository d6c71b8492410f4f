"""What the study log keeps of a result, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from learningcity.core import Result, Text, plain
from learningcity.explain.qca.calibrate_result import Calibration
from learningcity.explain.qca.expressions import names_in
from learningcity.explain.qca.fit_result import FitResult
from learningcity.explain.qca.frames import outcome_literal
from learningcity.explain.qca.necessity import NecessityResult
from learningcity.explain.qca.solution import QcaSolution
from learningcity.explain.qca.truth import TruthTable

KINDS = {
    "calibration": Text("calibration", "校准"),
    "truth_table": Text("truth table", "真值表"),
    "solution": Text("solution", "解"),
    "necessity": Text("necessity", "必要条件分析"),
    "fit": Text("fit", "拟合"),
    "other": Text("other result", "其他结果"),
}
TYPES: tuple[tuple[type[Result], str], ...] = (
    (Calibration, "calibration"),
    (TruthTable, "truth_table"),
    (QcaSolution, "solution"),
    (NecessityResult, "necessity"),
    (FitResult, "fit"),
)
#: Options of a calibration that follow from the data and are no choices.
FOLLOWS = ("coefficients", "shift", "scale", "deviance", "groups")


def canonical(value: Any) -> str:
    """Plain values as one line of JSON that is the same for the same values.

    Examples
    --------
    >>> canonical({"b": 1, "a": float("nan")})
    '{"a":null,"b":1}'
    """
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint(value: Any) -> str:
    """SHA-256 of plain values.

    Examples
    --------
    >>> fingerprint({"a": 1.0, "b": 2}) == fingerprint({"b": 2, "a": 1.0})
    True
    """
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


def lasting(value: Any) -> Any:
    """Plain values without versions and sentences, so that the next version gives the same fingerprint.

    Tables, which are lists of rows, are left whole: a column may have any name.

    Examples
    --------
    >>> lasting({"a": {"versions": {"learningcity": "1"}, "b": 2}, "summary": {"en": "x", "zh": "y"}})
    {'a': {'b': 2}}
    """
    if not isinstance(value, dict):
        return value
    return {k: lasting(v) for k, v in value.items() if k not in ("versions", "summary", "notes")}


def kind_of_result(result: Result) -> str:
    """The kind of a line."""
    return next((kind for one, kind in TYPES if isinstance(result, one)), "other")


def content_of(result: Result) -> tuple[str, dict[str, Any]]:
    """Subject and decisions of a result, as plain values.

    Returns
    -------
    subject, content
        ``content["uses"]`` names the columns that a result rests on (None where it is not known),
        ``content["values"]`` the memberships by column and case.
    """
    if isinstance(result, Calibration):
        return result.name, plain(_calibrated(result))
    if isinstance(result, TruthTable):
        return result.outcome, plain({**_truth(result), "positive": list(result.out).count("1")})
    if isinstance(result, QcaSolution):
        found = {
            **_truth(result.truth),
            "solution": result.solution,
            "covers": result.covers,
            "expectations": {k: sorted(v) for k, v in result.expectations.items()},
            "excluded": [str(t) for t in result.excluded],
            "models": [" + ".join(str(t) for t in m) for m in result.models],
        }
        return result.truth.outcome, plain(found)
    if isinstance(result, NecessityResult):
        cuts = {k: getattr(result, f"{k}_cut") for k in ("inclusion", "relevance", "coverage")}
        found = {"uses": _uses(result.conditions.names, result.outcome), "cuts": cuts, "depth": result.depth}
        return result.outcome, plain(found)
    if isinstance(result, FitResult):
        found = {
            "uses": _uses(names_in(result.expression), result.outcome),
            "expression": result.expression,
            "relation": result.relation,
            "cuts": {"inclusion": result.inclusion_cut},
        }
        return result.outcome, plain(found)
    return str(getattr(result, "outcome", "")), {"type": type(result).__name__, "uses": None}


def _uses(names: Any, outcome: str) -> list[str]:
    return [*names, outcome_literal(outcome).condition]


def _calibrated(result: Calibration) -> dict[str, Any]:
    return {
        "kind": result.kind,
        "anchors": [[k, v] for k, v in result.anchors.items()],
        "options": {k: v for k, v in result.options.items() if k not in FOLLOWS},
        "values": {result.name: {str(c): v for c, v in result.values.items()}},
        "raw": fingerprint(result.raw),
    }


def _truth(table: TruthTable) -> dict[str, Any]:
    return {
        "uses": _uses(table.conditions.names, table.outcome),
        "cuts": {
            "inclusion": table.inclusion_cut,
            "contradiction": table.contradiction_cut,
            "pri": table.pri_cut,
            "frequency": table.frequency_cut,
            "at_half": table.at_half,
        },
        "values": {str(n): {str(c): v for c, v in table.data[n].items()} for n in table.data.columns},
    }
