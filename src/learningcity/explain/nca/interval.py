"""How far an effect size hangs on single cases, and how far the true empty zone may be smaller.

The naive bootstrap is wrong at a boundary: its resamples hold the same corners again and again. Here each
corner case is left out in turn. Where the ceiling is drawn through the cases themselves (``ce_fdh``), the empty
zone can only be too large: more cases could only fill it. How much too large is of the order of what single
corners take away from it, and the interval rests on that.

It is a rule of thumb with simulated coverage (:data:`COVERAGE`), and it fails where cases are few near the ceiling
(:data:`COVERAGE_THIN`) and on scores of few levels: a corner that several cases hold loses nothing when one of them is
left out, so that the interval shrinks to a point, and held the truth in as few as 37 of 100 tables of four levels. With
ties there is none.

References
----------
Park, Simar & Weiner (2000), The FDH estimator for productivity efficiency scores, Econometric Theory (rates at a
boundary). The factor of the interval is our own, from simulation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import Progress, Result, Steps, Text, plain
from learningcity.explain.nca.cases import read_pairs
from learningcity.explain.nca.ceiling import ceiling
from learningcity.explain.nca.geometry import Scope, peers, turned
from learningcity.explain.nca.lines import line
from learningcity.explain.nca.result import NOTES, CeilingResult

if TYPE_CHECKING:
    import pandas as pd

#: Lower end of the interval: the effect less so many times what the corners take away one by one.
FACTOR = 4.0
#: Least share of intervals that held the true effect over six ceilings (``0.3 + 0.7 x``, ``min(1, 2 x)``, a step at 0.5,
#: the root of x, x, and x squared), by number of cases. 1,000 tables each (300 from 200 cases on), cases spread evenly below
#: the ceiling, the scope given. The last two ceilings have the least.
COVERAGE = {10: 0.777, 15: 0.815, 25: 0.895, 50: 0.945, 100: 0.979, 200: 0.993, 500: 1.0}
#: The same where the density falls in a straight line to nothing at the ceiling (height of a case over the ceiling: beta 1,
#: 2). With beta 1, 3 it is 0.195 to 0.383.
COVERAGE_THIN = {10: 0.422, 15: 0.449, 25: 0.548, 50: 0.62, 100: 0.702, 200: 0.73, 500: 0.77}
#: Share of values that must differ, in the condition and in the outcome: more ties hide how sure the corners are.
DIFFERENT = 0.5
#: Why there is no interval.
NO_INTERVAL = {
    "method": Text("only ce_fdh has an interval", "仅ce_fdh给出区间"),
    "few": Text(
        f"fewer than {min(COVERAGE)} cases tell nothing of what others could fill",
        f"案例少于{min(COVERAGE)}个，无从判断更多案例会如何填补空白区",
    ),
    "ties": Text(
        "many cases have the same values, and leaving out one of several alike changes nothing",
        "许多案例取值相同，剔除其中一个不会改变结果",
    ),
}


@dataclass(frozen=True)
class CeilingInterval(Result):
    """An effect size without each case in turn.

    Parameters
    ----------
    result
        The ceiling over all cases.
    without
        Frame, index case at a corner: effect_size without it, and change.
    low, high
        Smallest and largest of these effects, that over all cases included.
    lower, upper
        Interval of the true effect for cases spread evenly below the ceiling; None where ``why`` says so.
    why
        Key of ``NO_INTERVAL``, or None.
    """

    result: CeilingResult
    without: pd.DataFrame
    low: float
    high: float
    lower: float | None
    upper: float | None
    why: str | None

    @property
    def reason(self) -> Text | None:
        """Why there is no interval of the true effect; None where there is one."""
        return None if self.why is None else NO_INTERVAL[self.why]

    @property
    def coverage(self) -> tuple[int, float, float] | None:
        """How often such intervals held the true effect in simulations; None where there is no interval.

        Returns
        -------
        tuple or None
            Cases of the simulated tables, share where cases lie evenly below the ceiling, share where hardly any case
            comes near it.
        """
        if self.why is not None:
            return None
        cases = max(n for n in COVERAGE if n <= self.result.n)
        return cases, COVERAGE[cases], COVERAGE_THIN[cases]

    def table(self) -> pd.DataFrame:
        """One row a case at a corner: effect_size without it, change."""
        return self.without.reset_index()

    def to_dict(self) -> dict[str, Any]:
        """The range, the interval and the ceiling over all cases as plain values."""
        return {
            "low": plain(self.low), "high": plain(self.high), "lower": plain(self.lower), "upper": plain(self.upper),
            "why": self.why,
            "versions": self.versions,
            "ceiling": self.result.to_dict(),
            **super().to_dict(),
        }  # fmt: skip

    def summary(self, language: str = "en") -> str:
        """Say the range and the interval."""
        one = self.result
        if one.note is not None:
            why = NOTES[one.note]
            en = [f"Effect size of {one.x} for {one.y}: {why.en}."]
            zh = [f"{one.x}对{one.y}的效应量：{why.zh}。"]
        else:
            en = [
                f"Effect size of {one.x} for {one.y}: {one.effect_size:.3f}; without one case, {self.low:.3f} to "
                f"{self.high:.3f}."
            ]
            zh = [
                f"{one.x}对{one.y}的效应量为{one.effect_size:.3f}；逐一剔除案例后为{self.low:.3f}至{self.high:.3f}。"
            ]
        if self.coverage is not None:
            cases, *shares = self.coverage
            held, thin = (int(100 * share) for share in shares)
            en.append(
                f"More cases could only fill the empty zone. If cases lie evenly below the ceiling, the true effect "
                f"lies between {self.lower:.3f} and {self.upper:.3f}: so it was in at least {held} of 100 simulated "
                f"tables of {cases} cases, but in as few as {thin} where hardly any case came near the ceiling."
            )
            zh.append(
                f"更多案例只会缩小空白区。若案例在上限线下方均匀分布，真实效应量介于{self.lower:.3f}与{self.upper:.3f}之间："
                f"{cases}个案例的模拟中，至少{held}%的区间包含真值；若上限线附近案例稀少，则可低至{thin}%。"
            )
        elif one.note is None and self.reason is not None:
            why = self.reason
            en.append(f"No interval of the true effect: {why.en}.")
            zh.append(f"未给出真实效应量的区间：{why.zh}。")
        return Text(" ".join(en), "".join(zh)).in_(language)


def ceiling_interval(
    data: Any,
    x: str,
    y: str,
    method: str = "ce_fdh",
    corner: int = 1,
    scope: tuple[float, float, float, float] | None = None,
    progress: Progress | None = None,
) -> CeilingInterval:
    """Leave out each case at a corner of the empty zone in turn; bound the true effect.

    Parameters
    ----------
    data, x, y, method, corner, scope
        As for ``ceiling``. The scope stays that of all cases.
    progress
        Called after each case that was left out, with their number; may raise
        :class:`~learningcity.core.Stopped`, see :class:`~learningcity.core.Progress`.

    Returns
    -------
    CeilingInterval
        The range of every method; for ``ce_fdh`` an interval, if there are ten cases and at least half of the values of
        the condition and of the outcome differ.

    Raises
    ------
    InputError
        As for ``ceiling``.
    Stopped
        If ``progress`` raises it.

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"x": [0.0, 1.0, 2.0, 3.0], "y": [0.0, 1.0, 2.0, 3.0]}, index=list("abcd"))
    >>> found = ceiling_interval(data, "x", "y")
    >>> round(found.low, 3), round(found.high, 3)
    (0.667, 0.778)
    """
    import numpy as np
    import pandas as pd

    Steps(progress, 1)  # refuses what cannot be called before anything is done
    result = ceiling(data, x, y, method, corner, scope)  # type: ignore[arg-type]
    names, xs, ys, _ = read_pairs(data, x, y)
    tx, ty = turned(xs, ys, corner)
    at = {int(k) for k in peers(tx, ty)} if method != "ols" else set(range(len(tx)))
    if method in ("cols", "qr"):
        at = set(range(len(tx)))
    steps = Steps(progress, len(at))
    effects = {}
    for k in sorted(at):
        effects[names[k]] = _effect(method, np.delete(tx, k), np.delete(ty, k), result.turned_scope)
        steps()
    steps.finish()
    without = pd.DataFrame({"effect_size": effects}, dtype=float)
    without["change"] = without["effect_size"] - result.effect_size
    without.index.name = "case"
    every = [e for e in (*effects.values(), result.effect_size) if e == e]
    low, high = (min(every), max(every)) if every else (float("nan"), float("nan"))
    few, n = len(tx) < min(COVERAGE), len(tx)
    tied = min(len(np.unique(tx)), len(np.unique(ty))) < DIFFERENT * n
    why = "method" if method != "ce_fdh" else "few" if few else "ties" if tied else None
    taken = float(without["change"].sum())
    return CeilingInterval(
        result=result,
        without=without.sort_values("change", ascending=False, kind="stable"),
        low=low,
        high=high,
        lower=max(0.0, result.effect_size - FACTOR * taken) if why is None else None,
        upper=result.effect_size if why is None else None,
        why=why,
    )


def _effect(method: str, x: Any, y: Any, scope: Scope) -> float:
    drawn = line(method, x, y) if len(x) > 1 else None
    return 0.0 if drawn is None else float(drawn.zone(scope) / scope.area)
