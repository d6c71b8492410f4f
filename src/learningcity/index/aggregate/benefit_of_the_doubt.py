"""Benefit of the doubt: each unit with the weights that suit it best, within bounds."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.columns import NotDefinedError
from learningcity.index.methods import method


@method(
    "aggregate",
    "benefit_of_the_doubt",
    Text("benefit of the doubt", "数据包络（疑点利益）法"),
    properties=("scale free", "monotone", "bounded", "weights"),
    reference="Cherchye, Moesen, Rogge & Van Puyenbroeck (2007), doi 10.1007/s11205-006-9029-7",
)
def benefit_of_the_doubt(
    values: Any,
    weights: Any,
    *,
    lower: Any,
    upper: Any,
    relative: bool = False,
    minimum_available: float = 0.0,
) -> Any:
    """Score each unit by the weights that are best for it.

    A linear programme a unit: the highest weighted sum such that no unit would exceed 1 with the same
    weights, and each child carries between ``lower`` and ``upper`` of the unit's own sum. Weights are
    thus another for each unit; without bounds a unit could rest on its best child alone, so there is
    no default for them.

    Parameters
    ----------
    values
        Array units x children, none negative; NaN = missing: the unit is scored on what it has, and
        sets no limit on the rest.
    weights
        One weight a child; children without weight are left out. Otherwise they count only under
        ``relative``.
    lower, upper
        Least and largest share of a child in a unit's sum: 0 to 1. Under ``relative`` factors of the
        share that the child has by its weight among those the unit has.
    relative
        Take the bounds relative to the weights.
    minimum_available
        Share of the weight that must be there, else the result is missing.

    Returns
    -------
    array
        One value a unit, 0 to 1; 1 = no unit does better with these weights. NaN where nothing (or too
        little) is there.

    Raises
    ------
    NotDefinedError
        Negative values, zeros under a lower bound, or bounds that no shares can meet.

    References
    ----------
    Cherchye, Moesen, Rogge & Van Puyenbroeck (2007), doi 10.1007/s11205-006-9029-7.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[1.0, 0.5], [0.5, 1.0], [0.5, 0.5]])
    >>> benefit_of_the_doubt(x, np.array([1.0, 1.0]), lower=0.5, upper=0.5).round(9).tolist()
    [0.8, 0.8, 0.666666667]
    """
    return best_shares(
        values, weights, lower=lower, upper=upper, relative=relative, minimum_available=minimum_available
    )[0]


def best_shares(
    values: Any,
    weights: Any,
    *,
    lower: Any,
    upper: Any,
    relative: bool = False,
    minimum_available: float = 0.0,
    units: Any = None,
) -> tuple[Any, Any]:
    """Give the scores and, units x children, the shares that lead to them; they sum to one a unit.

    ``units`` are the rows that are scored, None = all; whoever is not scored sets limits all the same.

    Raises
    ------
    NotDefinedError
        As :func:`benefit_of_the_doubt`.
    """
    import numpy as np

    from learningcity.index.aggregate._shared import number

    w = np.asarray(weights, dtype=float)
    x = np.where(w > 0, np.asarray(values, dtype=float), np.nan)
    there = ~np.isnan(x)
    low, high = number(lower, "lower"), number(upper, "upper")
    if not 0 <= low <= high < float("inf"):
        raise NotDefinedError(
            Text(f"the bounds {lower} and {upper} are no bounds.", f"上下限{lower}与{upper}不成立。")
        )
    if np.any(x < 0) or (low > 0 and np.any(x == 0)):
        raise NotDefinedError(
            Text(
                "negative values, or zeros under a lower bound, have no best weights; normalise to a scale "
                "above zero.",
                "取值为负，或有下限时取值为零，无法确定最优权重；请标准化到大于零的区间。",
            )
        )
    largest = np.nanmax(np.where(there, x, 0.0), axis=0)
    # Shares do not depend on units of measurement, and columns of one size keep the solver exact.
    y = np.where(there, x, 0.0) / np.where(largest > 0, largest, 1.0)
    scores = np.full(len(x), np.nan)
    shares = np.full(x.shape, np.nan)
    for u in range(len(x)) if units is None else units:
        own = np.flatnonzero(there[u])
        if not len(own) or w[own].sum() < minimum_available * w.sum():
            continue
        factor = w[own] / w[own].sum() if relative else np.ones(len(own))
        scores[u], shares[u, own] = _programme(y[u, own], y[:, own], low * factor, high * factor)
    return scores, shares


def _programme(own: Any, everyone: Any, low: Any, high: Any) -> tuple[float, Any]:
    """Solve the programme of one unit."""
    import numpy as np
    from scipy.optimize import linprog

    if low.sum() > 1 + 1e-9 or high.sum() < 1 - 1e-9:
        raise NotDefinedError(
            Text(
                f"shares of {len(own)} values between these bounds cannot sum to one; widen the bounds or "
                "fill what is missing.",
                f"{len(own)}个取值的份额在上下限内无法合计为1；请放宽上下限或插补缺失值。",
            )
        )
    if not own.any():
        return 0.0, np.full(len(own), 1 / len(own))
    pie = np.diag(own)
    limits = np.vstack([everyone, np.outer(low, own) - pie, pie - np.outer(high, own)])
    right = np.concatenate([np.ones(len(everyone)), np.zeros(2 * len(own))])
    found = linprog(-own, A_ub=limits, b_ub=right, bounds=(0, None), method="highs")
    if not found.success or -found.fun <= 0:
        raise NotDefinedError(
            Text(f"the linear programme has no solution: {found.message}", f"线性规划无解：{found.message}")
        )
    # The solver works to some 1e-9: units that reach the frontier must tie there.
    return float(np.round(-found.fun, 9)), own * found.x / -found.fun
