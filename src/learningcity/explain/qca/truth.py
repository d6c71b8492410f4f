"""The truth table: every combination of conditions that occurs, its cases, and how far it goes with the outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Result, Text, UnknownNameError, whole_number
from learningcity.explain.qca.fitting import CLOSE, NOTHING
from learningcity.explain.qca.frames import (
    outcome_literal,
    read_cases,
    read_conditions,
    read_names,
    read_outcome,
    refuse,
)
from learningcity.explain.qca.terms import Conditions, Term, literal_membership
from learningcity.explain.qca.truth_halves import AT_HALF, AT_HALF_WORDS, AtHalf, treat_halves

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class TruthTable(Result):
    """Combinations that occur, with their cases.

    Parameters
    ----------
    data
        Frame, index case: conditions and outcome as they were used (after the rule for 0.5).
    outcome
        As asked: ``Y``, ``~Y`` or ``Y{2}``.
    conditions
        The conditions and how many values each takes.
    membership
        Membership of each case in the outcome.
    values
        Rows x conditions, one row a combination that some case has.
    out
        One code a row: ``1`` positive, ``0`` negative, ``C`` contradictory (between two cuts), ``?``
        remainder (fewer cases than the frequency cut).
    inclusion, pri
        One number a row: consistency of sufficiency, and its proportional reduction; NaN never.
    cases
        Names of the cases of each row.
    deviant
        Among them those on the other side of the outcome: not in it in a positive row, in it otherwise.
    inclusion_cut, contradiction_cut, pri_cut, frequency_cut, at_half
        The choices. Rows between ``contradiction_cut`` and ``inclusion_cut`` are contradictory; None = no such rows.
    halves
        Conditions and cases at 0.5, which the rule was applied to.
    """

    data: pd.DataFrame
    outcome: str
    conditions: Conditions
    membership: Any
    values: Any
    out: tuple[str, ...]
    inclusion: Any
    pri: Any
    cases: tuple[tuple[str, ...], ...]
    deviant: tuple[tuple[str, ...], ...]
    inclusion_cut: float
    contradiction_cut: float | None
    pri_cut: float
    frequency_cut: int
    at_half: str
    halves: tuple[tuple[str, str], ...]

    def rows(self, code: str) -> Any:
        """Rows x conditions of one code of ``out``."""
        return self.values[[k for k, one in enumerate(self.out) if one == code]]

    @property
    def positive(self) -> Any:
        """Rows x conditions that are to be explained."""
        return self.rows("1")

    @property
    def negative(self) -> Any:
        """Rows x conditions that no term may cover: negative and contradictory ones."""
        return self.values[[k for k, one in enumerate(self.out) if one in "0C"]]

    @property
    def possible(self) -> int:
        """How many combinations there could be."""
        found = 1
        for levels in self.conditions.levels:
            found *= levels
        return found

    @property
    def contradictory(self) -> tuple[int, ...]:
        """Numbers of the rows (from 0) whose cases lie on both sides of the outcome."""
        return tuple(
            k
            for k, (all_, odd) in enumerate(zip(self.cases, self.deviant, strict=True))
            if odd and len(odd) < len(all_)
        )

    def table(self) -> pd.DataFrame:
        """One row a combination that occurs.

        Returns
        -------
        frame
            A column a condition; out (see ``out``), n (cases), inclusion, pri, cases and deviant (names,
            separated by semicolons). Positive rows first, then by inclusion.
        """
        import pandas as pd

        frame = pd.DataFrame(self.values, columns=list(self.conditions.names))
        frame["out"] = self.out
        frame["n"] = [len(c) for c in self.cases]
        frame["inclusion"], frame["pri"] = self.inclusion, self.pri
        frame["cases"] = ["; ".join(c) for c in self.cases]
        frame["deviant"] = ["; ".join(c) for c in self.deviant]
        order = sorted(
            range(len(frame)),
            key=lambda k: ("1C0?".index(self.out[k]), -self.inclusion[k], -len(self.cases[k])),
        )
        return frame.iloc[order].reset_index(drop=True)

    def summary(self, language: str = "en") -> str:
        """Say how many rows of each kind there are, and what did not fit."""
        count = {code: self.out.count(code) for code in "1C0?"}
        unseen = self.possible - len(self.out)
        used = sum(len(c) for c in self.cases)
        en = [
            f"{_some(used, 'case')} in {len(self.out)} of {self.possible:,} possible combinations: "
            f"{count['1']} positive, {count['0']} negative"
            + (f", {count['C']} contradictory" if self.contradiction_cut is not None else "")
            + (f", {count['?']} with fewer than {self.frequency_cut} cases" if self.frequency_cut > 1 else "")
            + f"; {unseen:,} not observed."
        ]
        zh = [
            f"{used}个案例分布于{self.possible:,}种可能组合中的{len(self.out)}种："
            f"结果为1的{count['1']}种，结果为0的{count['0']}种"
            + (f"，矛盾组态{count['C']}种" if self.contradiction_cut is not None else "")
            + (f"，案例数低于频数阈值{self.frequency_cut}的{count['?']}种" if self.frequency_cut > 1 else "")
            + f"；未观察到的{unseen:,}种。"
        ]
        if self.contradictory:
            rows = len(self.contradictory)
            en.append(f"{_some(rows, 'row')} with cases on both sides of the outcome.")
            zh.append(f"有{rows}种组合同时包含结果出现与未出现的案例。")
        if self.halves:
            rule = AT_HALF_WORDS[self.at_half]
            en.append(f"{_some(len(self.halves), 'membership')} of exactly 0.5: {rule.en}.")
            zh.append(f"恰为0.5的隶属度有{len(self.halves)}个：{rule.zh}。")
        return Text(" ".join(en), "".join(zh)).in_(language)

    def to_dict(self) -> dict[str, Any]:
        """The table, the choices and the cases at 0.5 as plain values."""
        return {
            "outcome": self.outcome,
            "conditions": dict(zip(self.conditions.names, self.conditions.levels, strict=True)),
            "choices": {
                "inclusion_cut": self.inclusion_cut,
                "contradiction_cut": self.contradiction_cut,
                "pri_cut": self.pri_cut,
                "frequency_cut": self.frequency_cut,
                "at_half": self.at_half,
            },
            "halves": [{"condition": c, "case": one} for c, one in self.halves],
            **super().to_dict(),
        }

    def term(self, row: int) -> Term:
        """The combination of one row as a term."""
        return self.conditions.term(int(v) for v in self.values[row])


def truth_table(
    data: Any,
    outcome: str,
    conditions: Sequence[str],
    inclusion_cut: float | tuple[float, float] = 1.0,
    pri_cut: float = 0.0,
    frequency_cut: int = 1,
    *,
    at_half: AtHalf = "refuse",
    levels: Mapping[str, int] | None = None,
) -> TruthTable:
    """Put cases into the combinations of conditions that they have, and judge each combination.

    Parameters
    ----------
    data
        Frame, index case: memberships from 0 to 1 (crisp or fuzzy), or 0, 1, 2 ... (multi-value).
    outcome
        Column of the outcome; ``~Y`` for its absence, ``Y{2}`` for a value of a multi-value outcome.
    conditions
        Columns of the conditions.
    inclusion_cut
        Least inclusion (consistency of sufficiency) of a positive row. A pair (upper, lower) makes rows between
        the two contradictory.
    pri_cut
        Least proportional reduction in inconsistency of a positive row.
    frequency_cut
        Least number of cases; rows with fewer are remainders.
    at_half
        What happens to cases with a membership of exactly 0.5 in a condition, which belong to no row:
        "refuse" names them, "leave_out" keeps them in the sums but in no row, "up" and "down" move the
        membership by 0.001.
    levels
        Condition -> number of values it could take. Not named = as many as the data show, so that a value that
        no case has does not exist: the conservative solution then merges without it.

    Returns
    -------
    TruthTable
        Rows that occur, judged.

    Raises
    ------
    InputError
        Missing or infinite values, values outside of 0 to 1, a condition or outcome with one value, doubled
        names, memberships of 0.5 under "refuse", cuts that are none, levels that the data go beyond.
    UnknownNameError
        A column or rule that is not there.

    References
    ----------
    Ragin (2008), Redesigning social inquiry, doi 10.7208/chicago/9780226702797.001.0001.
    Schneider & Wagemann (2012), doi 10.1017/CBO9781139004244.

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 1, 0]}, index=list("wxyz"))
    >>> truth_table(data, "Y", ["A", "B"]).table()[["A", "B", "out", "n", "cases"]].head(2)
       A  B out  n cases
    0  0  1   1  1     y
    1  1  0   1  1     x
    """
    import numpy as np

    literal = outcome_literal(outcome)
    names = read_names(conditions, literal.condition)
    upper, lower = _cuts(inclusion_cut)
    pri_cut = _portion(pri_cut, "pri_cut")
    frequency_cut = whole_number(frequency_cut, "frequency_cut", 1)
    if at_half not in AT_HALF:
        raise UnknownNameError("option", at_half, AT_HALF)
    frame = read_cases(data, (*names, literal.condition))
    found = read_conditions(frame, names, levels)
    _, y = read_outcome(frame, outcome)
    if literal.multi and (y == y[0]).all():
        raise InputError(
            Text(
                f"{'Every' if y[0] else 'No'} case has {literal}, so that nothing can go with it; take another value.",
                f"{'所有' if y[0] else '没有'}案例取{literal}，无法与任何条件相联系，请更换取值。",
            )
        )
    refuse(
        [n for n in (*names, literal.condition) if (frame[n] == frame[n].iloc[0]).all()],
        "Columns in which all cases are alike, so that nothing can go with them; leave them out",
        "所有案例取值相同的列（无法与任何结果相联系，请剔除）",
    )
    frame, halves = treat_halves(frame, found, at_half)
    x = frame[list(names)].to_numpy()
    crisp = np.where(np.array(found.levels) > 2, x, x > 0.5).astype(np.int64)
    at = [k for k in range(len(frame)) if not ((x[k] == 0.5) & (np.array(found.levels) == 2)).any()]
    if not at:
        raise InputError(
            Text(
                "Every case has a membership of 0.5; none falls in a row.",
                "所有案例均有0.5隶属度，无法归入任何组合。",
            )
        )
    values, inverse = np.unique(crisp[at], axis=0, return_inverse=True)
    members: list[list[int]] = [[] for _ in values]
    for case, row in zip(at, inverse.ravel(), strict=True):
        members[row].append(case)
    inclusion, pri = _judged(x, y, values, found)
    out = tuple(
        "?" if len(m) < frequency_cut
        else "1" if i >= upper - CLOSE and p >= pri_cut - CLOSE
        else "C" if lower is not None and i >= lower - CLOSE
        else "0"
        for m, i, p in zip(members, inclusion, pri, strict=True)
    )  # fmt: skip
    label = [str(c) for c in frame.index]
    odd = [[c for c in m if (y[c] <= 0.5) == (code == "1")] for m, code in zip(members, out, strict=True)]
    return TruthTable(
        data=frame, outcome=outcome.strip(), conditions=found, membership=y, values=values, out=out,
        inclusion=inclusion, pri=pri,
        cases=tuple(tuple(label[c] for c in m) for m in members),
        deviant=tuple(tuple(label[c] for c in m) for m in odd),
        inclusion_cut=upper, contradiction_cut=lower, pri_cut=pri_cut, frequency_cut=frequency_cut,
        at_half=at_half, halves=halves,
    )  # fmt: skip


def _judged(x: Any, y: Any, values: Any, conditions: Conditions) -> tuple[Any, Any]:
    """Inclusion and PRI of every row, over all cases; rows in the order of their values."""
    import numpy as np

    inclusion, pri = np.zeros(len(values)), np.zeros(len(values))
    literals = [
        {v: literal_membership(conditions.literal(k, v), x[:, k]) for v in np.unique(values[:, k]).tolist()}
        for k in range(len(conditions))
    ]
    inside_and_out = np.minimum(y, 1.0 - y)
    # In order, a row shares its first values with the one before it, and so the least memberships in them.
    least = np.ones((len(conditions) + 1, len(x)))
    before: Any = np.full(len(conditions), -1)
    for k, row in enumerate(values):
        for c in range(int((row != before).argmax()), len(conditions)):
            np.minimum(least[c], literals[c][int(row[c])], out=least[c + 1])
        before = row
        m = least[-1]
        both = np.minimum(m, y).sum()
        total = m.sum()
        neither = np.minimum(m, inside_and_out).sum()
        # A row has a case of more than 0.5, so its total is never zero; nothing is left for PRI where
        # every case lies as much outside of the outcome as in it.
        inclusion[k] = both / total
        pri[k] = (both - neither) / (total - neither) if total - neither > NOTHING else 0.0
    return inclusion, pri


def _some(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _cuts(given: Any) -> tuple[float, float | None]:
    pair = tuple(given) if isinstance(given, tuple | list) else (given,)
    if len(pair) not in (1, 2):
        raise InputError(
            Text(
                "inclusion_cut takes one number, or two: (upper, lower).",
                "inclusion_cut须为一个数，或（上限，下限）两个数。",
            )
        )
    cuts = [_portion(one, "inclusion_cut") for one in pair]
    if len(cuts) == 2 and cuts[1] >= cuts[0]:
        raise InputError(
            Text(
                "inclusion_cut: the lower cut must lie below the upper one.",
                "inclusion_cut：下限须小于上限。",
            )
        )
    return cuts[0], cuts[1] if len(cuts) == 2 else None


def _portion(given: Any, what: str) -> float:
    if isinstance(given, bool) or not isinstance(given, Real) or not 0 <= given <= 1:  # type: ignore[operator]
        raise InputError(
            Text(f"{what} is {given!r}; give a number from 0 to 1.", f"{what}为{given!r}，须为0到1之间的数。")
        )
    return float(given)
