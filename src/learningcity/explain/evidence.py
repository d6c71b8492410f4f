"""Evidence behind condition scores: which practices speak of what, what two sides share, and apart from that.

Knows no atlas: it works on records of practices, and on any rule that turns strengths into a score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from learningcity.core import Text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Practice:
    """A coded practice that counts.

    Parameters
    ----------
    practice, case, source
        Its id, the case that it is of, and where it was read.
    strength
        Strength of the evidence.
    codes
        The conditions that it speaks of.
    """

    practice: str
    case: str
    source: str
    strength: int
    codes: frozenset[str]


#: Who keeps a practice that speaks of a condition and of the outcome alike.
VARIANTS = {
    "outcome_keeps": Text(
        "practices that speak of both count for the outcome alone",
        "同时涉及条件和结果的实践举措仅计入结果",
    ),
    "conditions_keep": Text(
        "practices that speak of both count for the conditions alone",
        "同时涉及条件和结果的实践举措仅计入条件",
    ),
    "neither_keeps": Text(
        "practices that speak of both count for neither", "同时涉及条件和结果的实践举措均不计入"
    ),
}


def scores_of(
    practices: Iterable[Practice],
    cases: Sequence[str],
    codes: Sequence[str],
    score: Callable[[list[int]], float],
) -> pd.DataFrame:
    """Score every case on every code; NaN where nothing was seen.

    Parameters
    ----------
    practices
        Those that count.
    cases, codes
        Rows and columns.
    score
        Strengths -> score.

    Returns
    -------
    frame
        Cases x codes.

    Examples
    --------
    >>> one = Practice("p", "x", "s", 3, frozenset({"law", "green"}))
    >>> scores_of([one], ["x"], ["law", "green", "funding"], lambda strengths: max(strengths) / 3).to_dict("list")
    {'law': [1.0], 'green': [1.0], 'funding': [nan]}
    """
    import pandas as pd

    strengths: dict[tuple[str, str], list[int]] = {}
    for one in practices:
        for code in one.codes:
            strengths.setdefault((one.case, code), []).append(one.strength)
    found = {
        code: [score(strengths[case, code]) if (case, code) in strengths else float("nan") for case in cases]
        for code in codes
    }
    return pd.DataFrame(found, index=pd.Index(list(cases)), dtype=float)


def apart(
    practices: Iterable[Practice], outcome: str, conditions: Sequence[str], variant: str
) -> list[Practice]:
    """Take from practices that speak of both sides what a variant does not leave them.

    Examples
    --------
    >>> both = Practice("p", "x", "s", 3, frozenset({"law", "green"}))
    >>> [sorted(p.codes) for v in VARIANTS for p in apart([both], "green", ["law"], v)]
    [['green'], ['law'], []]
    """
    asked = frozenset(conditions)
    found = []
    for one in practices:
        codes = one.codes
        if outcome in codes and codes & asked:
            if variant != "conditions_keep":
                codes = codes - asked
            if variant != "outcome_keeps":
                codes = codes - {outcome}
        found.append(Practice(one.practice, one.case, one.source, one.strength, codes))
    return found


@dataclass(frozen=True)
class Shared:
    """What two sides share of their evidence.

    Parameters
    ----------
    conditions, outcome, both
        Practices that speak of the conditions, of the outcome, and of both.
    sources_conditions, sources_outcome, sources_both
        The same of the sources that they were read in.
    """

    conditions: int
    outcome: int
    both: int
    sources_conditions: int
    sources_outcome: int
    sources_both: int

    @property
    def of_outcome(self) -> float:
        """Share of the outcome's practices that speak of the conditions, too; NaN without practices."""
        return self.both / self.outcome if self.outcome else float("nan")

    @property
    def of_conditions(self) -> float:
        """Share of the conditions' practices that speak of the outcome, too; NaN without practices."""
        return self.both / self.conditions if self.conditions else float("nan")


def shared_evidence(
    practices: Iterable[Practice], outcome: str, conditions: Iterable[str], cases: Iterable[str]
) -> Shared:
    """Count what the practices of some cases say of both sides.

    Examples
    --------
    >>> rows = [Practice("p", "x", "s", 3, frozenset({"law", "green"})), Practice("q", "x", "s", 2, frozenset({"green"}))]
    >>> found = shared_evidence(rows, "green", ["law"], ["x"])
    >>> found.both, found.of_outcome, found.of_conditions
    (1, 0.5, 1.0)
    """
    asked, wanted = frozenset(conditions), frozenset(cases)
    sides: tuple[set[str], set[str]] = (set(), set())
    sources: tuple[set[str], set[str]] = (set(), set())
    for one in practices:
        if one.case not in wanted:
            continue
        for k, speaks in enumerate((one.codes & asked, outcome in one.codes)):
            if speaks:
                sides[k].add(one.practice)
                sources[k].add(one.source)
    return Shared(
        len(sides[0]), len(sides[1]), len(sides[0] & sides[1]),
        len(sources[0]), len(sources[1]), len(sources[0] & sources[1]),
    )  # fmt: skip
