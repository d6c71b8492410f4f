"""What fit gives: measures of a set and its parts, and the cases by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, Text, UnknownNameError, join_texts, plain
from learningcity.explain.qca.fitting import CLOSE
from learningcity.explain.qca.solution import KINDS as SOLUTION_KINDS

if TYPE_CHECKING:
    import pandas as pd

#: Words for the kinds of cases; an expression as it stands also has cases that are neither.
KINDS = {
    **SOLUTION_KINDS,
    "irrelevant": Text("in neither", "二者皆不隶属"),
    "undecided": Text("at 0.5, undecided", "隶属度为0.5，无法判定"),
}


@dataclass(frozen=True, eq=False)
class FitResult(Result):
    """How far an expression goes with an outcome.

    Parameters
    ----------
    expression, outcome
        As they were read.
    relation
        sufficiency or necessity.
    inclusion
        Of sufficiency ``sum min(x, y) / sum x``, of necessity ``sum min(x, y) / sum y``.
    pri
        Of sufficiency: inclusion without what lies in outcome and absence alike; NaN where nothing else is there,
        and for necessity.
    relevance
        Of necessity: RoN, low where the set is nearly everywhere; NaN for sufficiency.
    coverage
        The other inclusion.
    inclusion_absence
        The same inclusion for the absence of the outcome.
    inclusion_cut
        From which inclusion on the relation counts as given.
    parts
        Frame, index part of the expression, then ``whole``: inclusion, pri or relevance, coverage,
        unique_coverage (sufficiency), inclusion_absence.
    cases
        Frame, one row a case: membership, outcome, kind (see ``KINDS``), consistent (membership not above the
        outcome for sufficiency, not below it for necessity), parts (those that the case is in).
    notes
        What a reader should look at.
    """

    expression: str
    outcome: str
    relation: str
    inclusion: float
    pri: float
    relevance: float
    coverage: float
    inclusion_absence: float
    inclusion_cut: float
    parts: pd.DataFrame
    cases: pd.DataFrame
    notes: tuple[Text, ...]

    @property
    def holds(self) -> bool:
        """Whether inclusion reaches the cut."""
        return self.inclusion >= self.inclusion_cut - CLOSE

    @property
    def both_sides(self) -> bool:
        """Whether the relation holds for the outcome and for its absence (simultaneous subset relation)."""
        return self.holds and self.inclusion_absence >= self.inclusion_cut - CLOSE

    def table(self) -> pd.DataFrame:
        """Fit of every part and of the whole.

        Returns
        -------
        frame
            part (``whole`` last), inclusion, pri or relevance, coverage, unique_coverage (sufficiency; NaN for the
            whole), inclusion_absence.
        """
        return self.parts.reset_index()

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """Names of the cases of a kind.

        Raises
        ------
        UnknownNameError
            No such kind.
        """
        if kind not in KINDS:
            raise UnknownNameError("option", kind, KINDS)
        return tuple(self.cases.index[self.cases["kind"] == kind])

    def summary(self, language: str = "en") -> str:
        """Say the measures, the cases by kind, and what to look at."""
        second = (
            Text(f"PRI {_said(self.pri)}", f"PRI {_said(self.pri)}")
            if self.relation == "sufficiency"
            else Text(f"RoN {_said(self.relevance)}", f"必要性相关度（RoN）{_said(self.relevance)}")
        )
        word = Text(
            *{"sufficiency": ("sufficient", "充分"), "necessity": ("necessary", "必要")}[self.relation]
        )
        counts = [(KINDS[k], len(self.of_kind(k))) for k in KINDS]
        first = Text(
            f"{self.expression} as {word.en} for {self.outcome}: consistency {self.inclusion:.3f}, {second.en}, "
            f"coverage {self.coverage:.3f}. Cases: " + ", ".join(f"{n} {k.en}" for k, n in counts if n) + ".",
            f"{self.expression}作为{self.outcome}的{word.zh}条件：一致性{self.inclusion:.3f}，{second.zh}，"
            f"覆盖度{self.coverage:.3f}。案例：" + "，".join(f"{k.zh}{n}个" for k, n in counts if n) + "。",
        )
        return join_texts([first, *self.notes], " ", "").in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Measures, parts, cases and notes as plain values."""
        return {
            "expression": self.expression,
            "outcome": self.outcome,
            "relation": self.relation,
            "inclusion_cut": self.inclusion_cut,
            "holds": self.holds,
            "both_sides": self.both_sides,
            "cases": plain(self.cases),
            "notes": plain(self.notes),
            "versions": self.versions,
            **super().to_dict(),
        }


def _said(value: float) -> str:
    return f"{value:.3f}" if value == value else "–"
