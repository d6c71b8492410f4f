"""Enhanced standard analysis: what no solution should assume, as terms for ``minimise(..., exclude=)``.

References
----------
Schneider & Wagemann (2012), Set-theoretic methods for the social sciences, chapter 8,
doi 10.1017/CBO9781139004244.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Result, Text, of_kind
from learningcity.explain.qca.expressions import read_expression
from learningcity.explain.qca.intermediate import cubes_of
from learningcity.explain.qca.minimise import read_exclusions
from learningcity.explain.qca.primes import OPEN, all_but, covering
from learningcity.explain.qca.solution import QcaSolution
from learningcity.explain.qca.terms import Conditions, Term
from learningcity.explain.qca.truth import TruthTable

if TYPE_CHECKING:
    import pandas as pd

REASONS = {
    "necessity": Text("contradicts a necessary condition", "与必要条件相矛盾"),
    "impossible": Text("impossible", "不可能出现"),
    "contradictory": Text("assumed for the outcome and for its absence", "同时被假定导致结果存在与不存在"),
    "simultaneous": Text(
        "sufficient for the outcome and for its absence", "同时是结果存在与不存在的充分组合"
    ),
}


@dataclass(frozen=True)
class UntenableAssumptions(Result):
    """Combinations that no solution should take for positive; give it to ``minimise`` as ``exclude``.

    Parameters
    ----------
    conditions
        The conditions.
    found
        One term and its reason (a key of ``REASONS``) each.
    """

    conditions: Conditions
    found: tuple[tuple[Term, str], ...]

    def __iter__(self) -> Iterator[Term]:
        return iter(dict.fromkeys(term for term, _ in self.found))

    def __len__(self) -> int:
        return len(set(self))

    def table(self) -> pd.DataFrame:
        """One row a term and reason.

        Returns
        -------
        frame
            term, reason (a key), combinations (how many rows of the full table the term holds).
        """
        import pandas as pd

        rows = []
        for term, reason in self.found:
            size = 1
            for value, levels in zip(self.conditions.values(term), self.conditions.levels, strict=True):
                size *= levels if value is None else 1
            rows.append((str(term), reason, size))
        return pd.DataFrame(rows, columns=["term", "reason", "combinations"])

    def summary(self, language: str = "en") -> str:
        """Say what is shut out and why."""
        if not self.found:
            return Text("No untenable assumption was found.", "未发现不合理的假设。").in_(language)
        en, zh = [], []
        for reason, words in REASONS.items():
            terms = [str(term) for term, why in self.found if why == reason]
            if terms:
                shown = ", ".join(terms[:10]) + (" ..." if len(terms) > 10 else "")
                en.append(f"{words.en.capitalize()}: {shown}.")
                zh.append(f"{words.zh}：{shown}。")
        return Text(" ".join(en), "".join(zh)).in_(language)


def against_necessity(necessary: Any, table: TruthTable) -> tuple[Term, ...]:
    """Combinations that lack a necessary condition: to assume the outcome there denies the necessity.

    Parameters
    ----------
    necessary
        An expression held to be necessary, such as ``"A + ~C"``, or several.
    table
        The truth table, for the conditions.

    Returns
    -------
    tuple of Term
        The negation of each expression, multiplied out.

    Raises
    ------
    InputError
        An expression that cannot be read.
    UnknownNameError
        A condition that is not there.

    References
    ----------
    Schneider & Wagemann (2012), doi 10.1017/CBO9781139004244.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.explain.qca.truth import truth_table
    >>> data = pd.DataFrame({"A": [1, 1, 0], "B": [1, 0, 0], "Y": [1, 0, 0]}, index=list("xyz"))
    >>> [str(term) for term in against_necessity("A + ~B", truth_table(data, "Y", ["A", "B"]))]
    ['~A*B']
    """
    of_kind(table, TruthTable, "table")
    found: dict[Term, None] = {}
    for one in _texts(necessary, "necessary"):
        expression = read_expression(one, table.conditions)
        found.update(dict.fromkeys(expression.negated(table.conditions).terms()))
    return tuple(found)


def contradictory_assumptions(solution: QcaSolution, other: QcaSolution) -> tuple[Term, ...]:
    """Remainders that a solution takes for the outcome and another for its absence.

    Parameters
    ----------
    solution, other
        Solutions for the outcome and for its absence (``~Y``), of the same conditions. All their models count.

    Returns
    -------
    tuple of Term
        Together exactly the combinations without enough cases in both tables that some model of each covers.

    Raises
    ------
    InputError
        Not two solutions, other conditions, or the same outcome twice.

    Notes
    -----
    After these are excluded a solution may make other assumptions: compute both again until none is found.

    References
    ----------
    Schneider & Wagemann (2012), doi 10.1017/CBO9781139004244.
    """
    import numpy as np

    of_kind(solution, QcaSolution, "solution")
    of_kind(other, QcaSolution, "other")
    _refuse_unlike(solution.truth, other.truth)
    conditions = solution.truth.conditions
    observed = np.concatenate(
        [one.values[[code != "?" for code in one.out]] for one in (solution.truth, other.truth)]
    )
    mine, theirs = (cubes_of(conditions, _terms(one)) for one in (solution, other))
    found: list[Any] = []
    for cube in mine:
        for second in theirs:
            if ((cube == OPEN) | (second == OPEN) | (cube == second)).all():
                both = np.where(cube == OPEN, second, cube).astype(np.int64)
                inside = observed[covering(both[None], observed)[0]]
                found.extend(all_but(conditions, inside, within=both))
    terms = [conditions.term(None if v == OPEN else int(v) for v in cube) for cube in found]
    kept: list[Term] = []
    for term in sorted(dict.fromkeys(terms), key=len):
        if not any(term.implies(one) for one in kept):
            kept.append(term)
    return tuple(kept)


def simultaneous_subsets(table: TruthTable, other: TruthTable) -> tuple[Term, ...]:
    """Combinations that are positive for the outcome and for its absence as well.

    Parameters
    ----------
    table, other
        Truth tables of the outcome and of its absence, of the same conditions.

    Returns
    -------
    tuple of Term
        One a combination, with every condition.

    Raises
    ------
    InputError
        Not two truth tables, other conditions, or the same outcome twice.

    References
    ----------
    Schneider & Wagemann (2012), doi 10.1017/CBO9781139004244.
    """
    of_kind(table, TruthTable, "table")
    of_kind(other, TruthTable, "other")
    _refuse_unlike(table, other)
    theirs = {tuple(int(v) for v in row) for row in other.positive}
    mine = [tuple(int(v) for v in row) for row in table.positive]
    return tuple(table.conditions.term(row) for row in mine if row in theirs)


def untenable_assumptions(
    table: TruthTable,
    *,
    necessary: Any = (),
    impossible: Any = (),
    other: TruthTable | None = None,
    solutions: tuple[QcaSolution, QcaSolution] | None = None,
) -> UntenableAssumptions:
    """Gather what no solution should assume, with the reason.

    Parameters
    ----------
    table
        The truth table of the outcome.
    necessary
        Expressions held to be necessary for the outcome.
    impossible
        Terms or expressions that cannot occur.
    other
        The truth table of the absence of the outcome, for combinations that go with both.
    solutions
        Solutions of the outcome and of its absence, for remainders that both assume.

    Returns
    -------
    UntenableAssumptions
        Give it to ``minimise(..., exclude=)``.

    Raises
    ------
    InputError
        An expression that cannot be read; tables or solutions that do not go together.
    UnknownNameError
        A condition that is not there.

    References
    ----------
    Schneider & Wagemann (2012), doi 10.1017/CBO9781139004244.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.explain.qca.truth import truth_table
    >>> data = pd.DataFrame({"A": [1, 1, 0], "B": [1, 0, 0], "Y": [1, 0, 0]}, index=list("xyz"))
    >>> found = untenable_assumptions(truth_table(data, "Y", ["A", "B"]), necessary=["A"], impossible=["~A*B"])
    >>> print(found.summary())
    Contradicts a necessary condition: ~A. Impossible: ~A*B.
    """
    of_kind(table, TruthTable, "table")
    found = [(term, "necessity") for term in against_necessity(necessary, table)]
    found += [(term, "impossible") for term in read_exclusions(impossible, table.conditions)]
    if other is not None:
        found += [(term, "simultaneous") for term in simultaneous_subsets(table, other)]
    if solutions is not None:
        pair = tuple(solutions) if isinstance(solutions, Iterable) else (solutions,)
        if len(pair) != 2:
            raise InputError(
                Text(
                    "solutions takes two solutions: of the outcome, and of its absence.",
                    "solutions须为两个解：结果存在的解与结果不存在的解。",
                )
            )
        found += [(term, "contradictory") for term in contradictory_assumptions(*pair)]
    return UntenableAssumptions(table.conditions, tuple(dict.fromkeys(found)))


def _terms(solution: QcaSolution) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(term for model in solution.models for term in model))


def _texts(given: Any, what: str) -> tuple[Any, ...]:
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, Iterable):
        raise InputError(
            Text(
                f"{what} takes expressions such as 'A + ~B', not {type(given).__name__}.",
                f"{what}须为表达式，例如'A + ~B'，而不是{type(given).__name__}。",
            )
        )
    return tuple(given)


def _refuse_unlike(table: TruthTable, other: TruthTable) -> None:
    if table.conditions != other.conditions:
        raise InputError(
            Text(
                f"The two have other conditions ({', '.join(table.conditions.names)}; "
                f"{', '.join(other.conditions.names)}) or other levels; compare tables of the same ones.",
                f"两者的条件（{'、'.join(table.conditions.names)}；{'、'.join(other.conditions.names)}）"
                "或取值个数不同，须使用相同的条件。",
            )
        )
    if table.outcome == other.outcome:
        raise InputError(
            Text(
                f"Both are about {table.outcome}; the second must be about its absence, such as ~{table.outcome}.",
                f"两者的结果均为{table.outcome}，第二个须为其不存在，例如~{table.outcome}。",
            )
        )
