"""Necessity: which conditions, and which disjunctions of them, every case of the outcome has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, Text, join_texts, plain, whole_number
from learningcity.explain.qca.fit import portion, varying_outcome
from learningcity.explain.qca.fitting import CLOSE, necessity_of
from learningcity.explain.qca.frames import outcome_literal, read_cases, read_conditions, read_names
from learningcity.explain.qca.necessity_search import STEPS, minimal_disjunctions
from learningcity.explain.qca.terms import Conditions, literal_membership

if TYPE_CHECKING:
    import pandas as pd

VERDICTS = {
    "necessary": Text("necessary", "必要"),
    "trivial": Text("trivially necessary", "平凡必要"),
    "not_necessary": Text("not necessary", "不必要"),
}


@dataclass(frozen=True, eq=False)
class NecessityResult(Result):
    """Conditions and disjunctions judged as necessary for an outcome.

    Parameters
    ----------
    outcome, conditions
        As asked.
    inclusion_cut, relevance_cut, coverage_cut, depth
        The choices.
    singles
        Frame, index expression, one row a value of a condition (present and absent, or every value): inclusion,
        relevance, coverage, inclusion_absence, verdict (necessary: all cuts reached; trivial: inclusion reached,
        relevance or coverage not; not_necessary), deviant (cases with the outcome and without the condition).
    disjunctions
        The same for every disjunction of two to ``depth`` values that reaches all cuts and holds no smaller one
        that does.
    notes
        What a reader should look at.
    """

    outcome: str
    conditions: Conditions
    inclusion_cut: float
    relevance_cut: float
    coverage_cut: float
    depth: int
    singles: pd.DataFrame
    disjunctions: pd.DataFrame
    notes: tuple[Text, ...]

    def table(self) -> pd.DataFrame:
        """Single conditions, then disjunctions.

        Returns
        -------
        frame
            expression, literals (how many), inclusion, relevance, coverage, inclusion_absence, verdict, deviant.
        """
        import pandas as pd

        frames = [f.reset_index() for f in (self.singles, self.disjunctions) if len(f)]
        return pd.concat(frames, ignore_index=True)

    def summary(self, language: str = "en") -> str:
        """Say what is necessary, what only trivially, and what to look at."""
        by = {v: list(self.singles.index[self.singles["verdict"] == v]) for v in VERDICTS}
        few = list(self.disjunctions.index[:5])
        more = len(self.disjunctions) - len(few)
        texts = [
            Text(
                f"Necessary for {self.outcome} (cut-offs: consistency {self.inclusion_cut:g}, RoN {self.relevance_cut:g}, coverage {self.coverage_cut:g}): "
                f"{', '.join(by['necessary']) or 'no single condition'}.",
                f"{self.outcome}的必要条件（阈值：一致性{self.inclusion_cut:g}，RoN {self.relevance_cut:g}，覆盖度{self.coverage_cut:g}）："
                f"{'、'.join(by['necessary']) or '没有单一条件达到'}。",
            )
        ]
        if by["trivial"]:
            texts.append(
                Text(
                    f"Trivially so, being nearly everywhere: {', '.join(by['trivial'])}.",
                    f"仅属平凡必要（几乎所有案例都具备）：{'、'.join(by['trivial'])}。",
                )
            )
        if few:
            texts.append(
                Text(
                    f"Minimal disjunctions: {'; '.join(few)}" + (f"; and {more} more" if more else "") + ". "
                    "A disjunction needs a reason why its parts stand in for each other.",
                    f"最小析取式：{'；'.join(few)}" + (f"；另有{more}个" if more else "") + "。"
                    "析取式须有理由说明各部分何以互相替代。",
                )
            )
        return join_texts([*texts, *self.notes], " ", "").in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Choices, table and notes as plain values."""
        return {
            "outcome": self.outcome,
            "conditions": list(self.conditions.names),
            "cuts": {
                "inclusion": self.inclusion_cut,
                "relevance": self.relevance_cut,
                "coverage": self.coverage_cut,
            },
            "depth": self.depth,
            "notes": plain(self.notes),
            "versions": self.versions,
            **super().to_dict(),
        }


def necessity(
    data: Any,
    outcome: str,
    conditions: Sequence[str],
    *,
    inclusion_cut: float = 0.9,
    relevance_cut: float = 0.5,
    coverage_cut: float = 0.5,
    depth: int | None = 3,
    steps: int = STEPS,
) -> NecessityResult:
    """Judge every condition, its absence, and minimal disjunctions as necessary for an outcome.

    Parameters
    ----------
    data
        Frame, index case: memberships from 0 to 1, or 0, 1, 2 ... of a multi-value condition; nothing missing.
    outcome
        Column of the outcome; ``~Y`` for its absence, ``Y{2}`` for a value of a multi-value outcome.
    conditions
        Columns of the conditions.
    inclusion_cut
        Least inclusion (consistency of necessity).
    relevance_cut
        Least relevance (RoN); below it the condition is nearly everywhere, and its necessity trivial.
    coverage_cut
        Least coverage.
    depth
        Most values in a disjunction; 1 for none, None for any number.
    steps
        Most disjunctions that are looked at.

    Returns
    -------
    NecessityResult
        All single conditions with a verdict, and the minimal disjunctions above the cuts.

    Raises
    ------
    InputError
        Missing values, values outside of 0 to 1, an outcome in which all cases are alike, doubled names, cuts that
        are none, more disjunctions than ``steps``.
    UnknownNameError
        A column that is not there.

    Notes
    -----
    Relevance never grows when a value is added, so a disjunction below its cut is not taken further; inclusion
    never falls, so one above all cuts is not either. Nothing else is left out: the list is complete to ``depth``.

    References
    ----------
    Ragin (2006), doi 10.1093/pan/mpj019. Schneider & Wagemann (2012), doi 10.1017/CBO9781139004244.

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"A": [1, 1, 0, 0, 0], "B": [0, 1, 1, 0, 0], "Y": [1, 1, 1, 0, 0]}, index=list("vwxyz"))
    >>> list(necessity(data, "Y", ["A", "B"]).disjunctions.index)
    ['A + B']
    """
    import numpy as np
    import pandas as pd

    target = outcome_literal(outcome)
    names = read_names(conditions, target.condition)
    cuts = (
        portion(inclusion_cut, "inclusion_cut"),
        portion(relevance_cut, "relevance_cut"),
        portion(coverage_cut, "coverage_cut"),
    )
    frame = read_cases(data, (*names, target.condition))
    found = read_conditions(frame, names)
    y = varying_outcome(frame, outcome)
    most = sum(n - 1 for n in found.levels)
    depth = most if depth is None else min(whole_number(depth, "depth", 1), most)
    steps = whole_number(steps, "steps", 1)
    literals, groups = [], []
    for k, levels in enumerate(found.levels):
        for value in (1, 0) if levels == 2 else range(levels):
            literals.append(found.literal(k, value))
            groups.append(k)
    each = np.array([literal_membership(one, frame[one.condition].to_numpy()) for one in literals])
    label = [str(c) for c in frame.index]
    rows = [_row(str(one), 1, x, y, cuts, label) for one, x in zip(literals, each, strict=True)]
    sets = minimal_disjunctions(each, y, groups, [n - 1 for n in found.levels], cuts, depth, steps)
    joined = [
        _row(" + ".join(str(literals[k]) for k in s), len(s), each[list(s)].max(axis=0), y, cuts, label)
        for s in sets
        if len(s) > 1
    ]
    columns = [
        "expression", "literals", "inclusion", "relevance", "coverage", "inclusion_absence", "verdict", "deviant",
    ]  # fmt: skip
    singles = pd.DataFrame(rows, columns=columns).set_index("expression")
    more = pd.DataFrame(joined, columns=columns).set_index("expression")
    return NecessityResult(
        outcome=outcome.strip(), conditions=found, inclusion_cut=cuts[0], relevance_cut=cuts[1],
        coverage_cut=cuts[2], depth=depth, singles=singles, disjunctions=more,
        notes=tuple(_notes(singles, cuts[0], y, outcome.strip())),
    )  # fmt: skip


def _row(name: str, size: int, x: Any, y: Any, cuts: tuple[float, float, float], label: list[str]) -> tuple:
    inclusion, relevance, coverage = necessity_of(x, y)
    absence = necessity_of(x, 1.0 - y)[0]
    if not inclusion >= cuts[0] - CLOSE:
        verdict = "not_necessary"
    elif relevance >= cuts[1] - CLOSE and coverage >= cuts[2] - CLOSE:
        verdict = "necessary"
    else:
        verdict = "trivial"
    deviant = "; ".join(label[k] for k in range(len(y)) if y[k] > 0.5 and x[k] < 0.5)
    return name, size, inclusion, relevance, coverage, absence, verdict, deviant


def _notes(singles: pd.DataFrame, cut: float, y: Any, outcome: str) -> list[Text]:
    notes = []
    sided = singles.index[
        (singles["inclusion"] >= cut - CLOSE) & (singles["inclusion_absence"] >= cut - CLOSE)
    ]
    if len(sided):
        notes.append(
            Text(
                f"Necessary for the outcome and for its absence at once: {', '.join(sided)}.",
                f"对结果及其否定同时呈必要关系：{'、'.join(sided)}。",
            )
        )
    nobody = singles.index[singles["coverage"].isna()]
    if len(nobody):
        notes.append(
            Text(
                f"No case has any membership in {', '.join(nobody)}; coverage is not defined there.",
                f"没有案例隶属于{'、'.join(nobody)}，其覆盖度无定义。",
            )
        )
    if not (y > 0.5).any():
        notes.append(
            Text(f"No case is in {outcome} (above 0.5).", f"没有案例隶属于{outcome}（隶属度大于0.5）。")
        )
    return notes
