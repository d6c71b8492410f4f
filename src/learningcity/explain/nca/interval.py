"""How far an effect size hangs on single cases, and how far the true empty zone may be smaller.

The naive bootstrap is wrong at a boundary: its resamples hold the same corners again and again. Here each
corner case is left out in turn. Where the ceiling is drawn through the cases themselves (``ce_fdh``), the empty
zone can only be too large: more cases could only fill it. How much too large is of the order of what single
corners take away from it, and the interval rests on that.

References
----------
Park, Simar & Weiner (2000), The FDH estimator for productivity efficiency scores, doi 10.1017/S0266466600166034
(rates at a boundary). The factor of the interval is our own, from simulation; see :data:`COVERAGE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, Text, plain
from learningcity.explain.nca.cases import read_pairs
from learningcity.explain.nca.ceiling import ceiling
from learningcity.explain.nca.geometry import Scope, peers, turned
from learningcity.explain.nca.lines import line
from learningcity.explain.nca.result import CeilingResult

if TYPE_CHECKING:
    import pandas as pd

#: Lower end of the interval: the effect less so many times what the corners take away one by one.
FACTOR = 4.0
#: Share of intervals that held the true effect in simulated tables (1,000 each, 300 from 200 cases on): cases spread evenly
#: below the ceilings ``y = 0.3 + 0.7 x``, ``y = min(1, 2 x)`` and a step at 0.5, by number of cases.
COVERAGE = {
    25: (0.930, 0.936, 0.964),
    50: (0.981, 0.976, 0.986),
    100: (0.994, 0.991, 0.993),
    200: (1.0, 1.0, 0.997),
    500: (1.0, 1.0, 1.0),
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
        Interval of the true effect for cases spread evenly below the ceiling, by ``ce_fdh`` alone, else None.
    """

    result: CeilingResult
    without: pd.DataFrame
    low: float
    high: float
    lower: float | None
    upper: float | None

    def table(self) -> pd.DataFrame:
        """One row a case at a corner: effect_size without it, change."""
        return self.without.reset_index()

    def to_dict(self) -> dict[str, Any]:
        """The range, the interval and the ceiling over all cases as plain values."""
        return {
            "low": plain(self.low), "high": plain(self.high), "lower": plain(self.lower), "upper": plain(self.upper),
            "versions": self.versions,
            "ceiling": self.result.to_dict(),
            **super().to_dict(),
        }  # fmt: skip

    def summary(self, language: str = "en") -> str:
        """Say the range and the interval."""
        one = self.result
        en = [
            f"Effect size of {one.x} for {one.y}: {one.effect_size:.3f}; without one case, {self.low:.3f} to "
            f"{self.high:.3f}."
        ]
        zh = [
            f"{one.x}对{one.y}的效应量为{one.effect_size:.3f}；逐一剔除案例后为{self.low:.3f}至{self.high:.3f}。"
        ]
        if self.lower is not None:
            en.append(
                f"More cases could only fill the empty zone: the true effect lies between {self.lower:.3f} and "
                f"{self.upper:.3f}, in at least 93 of 100 simulated tables of 25 cases and more."
            )
            zh.append(
                f"更多案例只会缩小空白区：真实效应量介于{self.lower:.3f}与{self.upper:.3f}之间"
                "（在25个及以上案例的模拟中，至少93%的区间包含真值）。"
            )
        return Text(" ".join(en), "".join(zh)).in_(language)


def ceiling_interval(
    data: Any,
    x: str,
    y: str,
    method: str = "ce_fdh",
    corner: int = 1,
    scope: tuple[float, float, float, float] | None = None,
) -> CeilingInterval:
    """Leave out each case at a corner of the empty zone in turn; bound the true effect.

    Parameters
    ----------
    data, x, y, method, corner, scope
        As for ``ceiling``. The scope stays that of all cases.

    Returns
    -------
    CeilingInterval
        The range of every method, and for ``ce_fdh`` an interval.

    Raises
    ------
    InputError
        As for ``ceiling``.

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

    result = ceiling(data, x, y, method, corner, scope)  # type: ignore[arg-type]
    names, xs, ys, _ = read_pairs(data, x, y)
    tx, ty = turned(xs, ys, corner)
    at = {int(k) for k in peers(tx, ty)} if method != "ols" else set(range(len(tx)))
    if method in ("cols", "qr"):
        at = set(range(len(tx)))
    effects = {
        names[k]: _effect(method, np.delete(tx, k), np.delete(ty, k), result.turned_scope) for k in sorted(at)
    }
    without = pd.DataFrame({"effect_size": effects}, dtype=float)
    without["change"] = without["effect_size"] - result.effect_size
    without.index.name = "case"
    every = [e for e in (*effects.values(), result.effect_size) if e == e]
    low, high = (min(every), max(every)) if every else (float("nan"), float("nan"))
    bounded = method == "ce_fdh"
    taken = float(without["change"].sum())
    return CeilingInterval(
        result=result,
        without=without.sort_values("change", ascending=False, kind="stable"),
        low=low,
        high=high,
        lower=max(0.0, result.effect_size - FACTOR * taken) if bounded else None,
        upper=result.effect_size if bounded else None,
    )


def _effect(method: str, x: Any, y: Any, scope: Scope) -> float:
    drawn = line(method, x, y) if len(x) > 1 else None
    return 0.0 if drawn is None else float(drawn.zone(scope) / scope.area)
