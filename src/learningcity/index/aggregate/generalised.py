"""The weighted power mean, of which the other means are cases: p = 1, 0 and -1."""

from __future__ import annotations

import math
from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method

_LABEL = Text("generalised mean", "广义平均（幂平均）")


def value(x: Any, w: Any, p: float) -> float:
    """Mean of order ``p``; compiled; NaN where it is not defined (negative values, zero under p <= 0)."""
    weight = 0.0
    total = 0.0
    # Powers of values far from one overflow or vanish; those of ratios to the largest do not.
    top = 0.0
    for i in range(x.shape[0]):
        weight += w[i]
        top = max(top, abs(x[i]))
    if top == 0.0:
        return 0.0 if p > 0.0 else math.nan
    for i in range(x.shape[0]):
        if p == 1.0:
            total += w[i] * x[i]
        elif x[i] < 0.0 or (x[i] == 0.0 and p <= 0.0):
            return math.nan
        elif p == 0.0:
            total += w[i] * math.log(x[i] / top)
        else:
            total += w[i] * (x[i] / top) ** p
    if p == 1.0:
        return total / weight
    if p == 0.0:
        return top * math.exp(total / weight)
    return top * (total / weight) ** (1.0 / p)


@method(
    "aggregate",
    "generalised",
    _LABEL,
    properties=("monotone", "weights", "independent"),
    reference="Becker et al. (2022), COINr, doi 10.21105/joss.04567",
)
def generalised(values: Any, weights: Any, *, p: float = -1.0, minimum_available: float = 0.0) -> Any:
    """Give the weighted power mean of each row.

    Parameters
    ----------
    values
        Array units x children, none negative unless p = 1, above zero where p <= 0; NaN = missing, left
        out with its weight.
    weights
        One weight a child; a child without weight is left out.
    p
        Order of the mean: 1 arithmetic, 0 geometric, -1 harmonic; the lower, the more low values count.
    minimum_available
        Share of the weight that must be there, else the result is missing.

    Returns
    -------
    array
        One value a unit; NaN where nothing (or too little) is there.

    Raises
    ------
    NotDefinedError
        Values for which the mean of this order is not defined, or an order that is no number.

    References
    ----------
    Becker et al. (2022), COINr, doi 10.21105/joss.04567.

    Examples
    --------
    >>> import numpy as np
    >>> generalised(np.array([[1.0, 7.0]]), np.array([1.0, 1.0]), p=2).tolist()
    [5.0]
    """
    from learningcity.index.aggregate._shared import defined, number, positive
    from learningcity.index.compiled import by_unit

    p = number(p, "p")
    if p != 1.0:
        positive(values, weights, _LABEL, zero=p > 0, minimum_available=minimum_available)
    found = by_unit("generalised", values, weights, p=p, minimum_available=minimum_available)
    return defined(found, values, weights, minimum_available, _LABEL)
