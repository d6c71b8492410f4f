"""Fit of any expression: how far it is sufficient or necessary for an outcome, and which cases say so."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.explain.qca.expressions import Expression, names_in, read_expression
from learningcity.explain.qca.fit_result import FitResult
from learningcity.explain.qca.fitting import CLOSE, NOTHING, necessity_of, sufficiency
from learningcity.explain.qca.frames import outcome_literal, read_cases, read_conditions, read_outcome, refuse
from learningcity.explain.qca.terms import Term

if TYPE_CHECKING:
    import pandas as pd

RELATIONS = ("sufficiency", "necessity")
#: From this inclusion on a set counts as sufficient, or necessary, when nothing else is asked.
CUTS = {"sufficiency": 0.8, "necessity": 0.9}
#: A lower PRI says that the set lies nearly as much in the absence of the outcome.
LOW_PRI = 0.5
#: A lower relevance says that the set is nearly everywhere.
LOW_RELEVANCE = 0.5
#: What the row of the whole expression is called beside those of its parts.
WHOLE = "whole"


def fit(
    expression: str | Expression | Term | Sequence[Term],
    data: Any,
    outcome: str,
    relation: Literal["sufficiency", "necessity"] = "sufficiency",
    *,
    inclusion_cut: float | None = None,
) -> FitResult:
    """Say how far a set is sufficient for, or necessary for, an outcome.

    Parameters
    ----------
    expression
        Such as ``A*~B + C{2}`` or ``~(A + B)``; a term; or a model as a sequence of terms.
    data
        Frame, index case: memberships from 0 to 1, or 0, 1, 2 ... of a multi-value condition; nothing missing.
    outcome
        Column of the outcome; ``~Y`` for its absence, ``Y{2}`` for a value of a multi-value outcome.
    relation
        "sufficiency" (the set lies in the outcome) or "necessity" (the outcome lies in the set).
    inclusion_cut
        From which inclusion on the relation counts as given; 0.8 for sufficiency, 0.9 for necessity.

    Returns
    -------
    FitResult
        Measures of the whole and of each part, cases by kind, and a note where the relation holds for the outcome
        and for its absence alike.

    Raises
    ------
    InputError
        What cannot be read; missing values or values outside of 0 to 1; an outcome in which all cases are alike,
        or that is in the expression; a set without any member.
    UnknownNameError
        A column or relation that is not there.

    References
    ----------
    Ragin (2006), doi 10.1093/pan/mpj019. Schneider & Wagemann (2012), doi 10.1017/CBO9781139004244.

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 0, 1, 0]}, index=list("wxyz"))
    >>> found = fit("A + B", data, "Y")
    >>> round(found.inclusion, 3), found.of_kind("deviant_consistency")
    (0.667, ('x',))
    """
    import numpy as np

    if relation not in RELATIONS:
        raise UnknownNameError("option", relation, RELATIONS)
    cut = CUTS[relation] if inclusion_cut is None else portion(inclusion_cut, "inclusion_cut")
    text = as_text(expression)
    target = outcome_literal(outcome)
    names = names_in(text)
    refuse(
        [n for n in names if n == target.condition],
        "The outcome is in the expression",
        "表达式中含有结果变量",
    )
    frame = read_cases(data, (*names, target.condition))
    tree = read_expression(text, read_conditions(frame, names))
    y = varying_outcome(frame, outcome)
    x = np.asarray(tree.membership(frame), dtype=float)
    if float(x.sum()) <= NOTHING:
        raise InputError(
            Text(
                f"No case has any membership in {tree}: its fit is not defined.",
                f"没有案例隶属于{tree}，无法计算拟合指标。",
            )
        )
    signs = "+" if relation == "sufficiency" else "+*"
    pieces = tree.parts if len(tree.parts) > 1 and tree.sign in signs else ()
    each = np.array([p.membership(frame) for p in pieces]).reshape(len(pieces), len(y))
    labels = [str(p) for p in pieces]
    parts = _parts(each, labels, x, y, relation)
    whole = parts.loc[WHOLE]
    return FitResult(
        expression=str(tree), outcome=outcome.strip(), relation=relation,
        inclusion=float(whole["inclusion"]),
        pri=float(whole["pri"]) if relation == "sufficiency" else float("nan"),
        relevance=float(whole["relevance"]) if relation == "necessity" else float("nan"),
        coverage=float(whole["coverage"]), inclusion_absence=float(whole["inclusion_absence"]),
        inclusion_cut=cut, parts=parts, cases=_cases(frame, x, y, each, labels, relation),
        notes=tuple(_notes(str(tree), outcome.strip(), relation, whole, cut, parts, y)),
    )  # fmt: skip


def as_text(given: Any) -> str:
    """Take a text, an expression, a term or a model as the text of an expression.

    Examples
    --------
    >>> as_text(read_expression("A + B*C").terms())
    'A + B*C'
    """
    if isinstance(given, Expression | Term):
        return str(given)
    if isinstance(given, tuple | list) and given and all(isinstance(t, Term) for t in given):
        return " + ".join(str(t) for t in given)
    return given if isinstance(given, str) else str(read_expression(given))


def varying_outcome(frame: pd.DataFrame, outcome: str) -> Any:
    """Membership in the outcome, which must differ between cases."""
    _, y = read_outcome(frame, outcome)
    if float(y.max() - y.min()) <= NOTHING:
        raise InputError(
            Text(
                f"All cases are alike in the outcome {outcome.strip()}; nothing can go with it.",
                f"所有案例在结果{outcome.strip()}上取值相同，无从分析。",
            )
        )
    return y


def portion(given: Any, what: str) -> float:
    """A number from 0 to 1.

    Examples
    --------
    >>> portion(0.8, "inclusion_cut")
    0.8
    """
    if isinstance(given, bool) or not isinstance(given, Real) or not 0 <= float(given) <= 1:
        raise InputError(
            Text(f"{what} is {given!r}; give a number from 0 to 1.", f"{what}为{given!r}，须为0到1之间的数。")
        )
    return float(given)


def kind_of(x: float, y: float, relation: str) -> str:
    """The kind of a case by its memberships in set and outcome.

    Examples
    --------
    >>> kind_of(0.8, 0.3, "sufficiency"), kind_of(0.8, 0.3, "necessity"), kind_of(0.5, 0.9, "necessity")
    ('deviant_consistency', 'deviant_coverage', 'undecided')
    """
    if x == 0.5 or y == 0.5:
        return "undecided"
    if (x > 0.5) == (y > 0.5):
        return "typical" if x > 0.5 else "irrelevant"
    return "deviant_consistency" if (x > 0.5) == (relation == "sufficiency") else "deviant_coverage"


def _parts(each: Any, names: list[str], x: Any, y: Any, relation: str) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    total = float(np.minimum(x, y).sum())
    rows: list[tuple[float, ...]] = []
    for k, one in enumerate([*each, x]):
        last = k == len(each)
        if relation == "sufficiency":
            others = (
                np.delete(each, k, axis=0).max(axis=0) if not last and len(each) > 1 else np.zeros(len(y))
            )
            unique = float("nan") if last else (total - float(np.minimum(others, y).sum())) / float(y.sum())
            rows.append((*sufficiency(one, y), unique, sufficiency(one, 1.0 - y)[0]))
        else:
            rows.append((*necessity_of(one, y), necessity_of(one, 1.0 - y)[0]))
    columns = {
        "sufficiency": ["inclusion", "pri", "coverage", "unique_coverage", "inclusion_absence"],
        "necessity": ["inclusion", "relevance", "coverage", "inclusion_absence"],
    }
    return pd.DataFrame(rows, columns=columns[relation], index=pd.Index([*names, WHOLE], name="part"))


def _cases(frame: Any, x: Any, y: Any, each: Any, names: list[str], relation: str) -> pd.DataFrame:
    import pandas as pd

    inside = x <= y + CLOSE if relation == "sufficiency" else x >= y - CLOSE
    return pd.DataFrame(
        {
            "membership": x,
            "outcome": y,
            "kind": [kind_of(float(a), float(b), relation) for a, b in zip(x, y, strict=True)],
            "consistent": inside,
            "parts": ["; ".join(n for n, m in zip(names, each[:, k], strict=True) if m > 0.5) for k in range(len(x))],
        },
        index=pd.Index(frame.index, name="case"),
    )  # fmt: skip


def _notes(name: str, outcome: str, relation: str, whole: Any, cut: float, parts: Any, y: Any) -> list[Text]:
    notes = []
    words = {"sufficiency": Text("sufficient", "充分"), "necessity": Text("necessary", "必要")}[relation]
    if min(whole["inclusion"], whole["inclusion_absence"]) >= cut - CLOSE:
        notes.append(
            Text(
                f"It is {words.en} for the outcome and for its absence at once (inclusion {whole['inclusion']:.3f} "
                f"and {whole['inclusion_absence']:.3f}), so it says nothing about either.",
                f"该集合对结果及其否定同时呈{words.zh}关系（一致性{whole['inclusion']:.3f}与"
                f"{whole['inclusion_absence']:.3f}），因而对二者均无说明力。",
            )
        )
    if relation == "sufficiency":
        notes += _pri_note(float(whole["pri"]))
    elif whole["inclusion"] >= cut - CLOSE and whole["relevance"] < LOW_RELEVANCE:
        notes.append(
            Text(
                f"Relevance {whole['relevance']:.3f} is low: the set is nearly everywhere, and necessity is trivial.",
                f"必要性相关度（RoN）{whole['relevance']:.3f}偏低：几乎所有案例都隶属该集合，必要性属平凡情形。",
            )
        )
    column = parts["inclusion" if relation == "sufficiency" else "coverage"]
    empty = [str(p) for p in parts.index[column.isna()]]
    if empty:
        notes.append(
            Text(
                f"No case has any membership in {', '.join(empty)}: not defined there.",
                f"没有案例隶属于{'、'.join(empty)}，相应指标无定义。",
            )
        )
    if not (y > 0.5).any():
        notes.append(
            Text(f"No case is in {outcome} (above 0.5).", f"没有案例隶属于{outcome}（隶属度大于0.5）。")
        )
    return notes


def _pri_note(pri: float) -> list[Text]:
    if pri != pri:
        return [
            Text(
                "PRI is not defined: all of the set lies in the outcome and in its absence alike.",
                "PRI无定义：该集合同时完全落在结果及其否定之中。",
            )
        ]
    if pri >= LOW_PRI - CLOSE:
        return []
    return [
        Text(
            f"PRI {pri:.3f} is low: much of the set lies in the absence of the outcome as well.",
            f"PRI {pri:.3f}偏低：该集合有相当部分同时落在结果的否定之中。",
        )
    ]
