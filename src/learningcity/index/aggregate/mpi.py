"""The Mazziotta-Pareto index: the mean, less a penalty for an uneven profile."""

from __future__ import annotations

import math
from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method

_LABEL = Text("Mazziotta-Pareto index", "Mazziotta-Pareto指数")


def value(x: Any, w: Any, p: float) -> float:
    """Mean plus ``p`` times variance over mean; compiled; NaN where the mean is not above zero."""
    weight = 0.0
    mean = 0.0
    for i in range(x.shape[0]):
        weight += w[i]
        mean += w[i] * x[i]
    mean /= weight
    if mean <= 0.0:
        return math.nan
    square = 0.0
    for i in range(x.shape[0]):
        square += w[i] * (x[i] - mean) ** 2
    return mean + p * square / weight / mean


@method(
    "aggregate",
    "mpi",
    _LABEL,
    properties=("not compensatory", "weights", "independent"),
    reference="De Muro, Mazziotta & Pareto (2011), doi 10.1007/s11205-010-9727-z; "
    "Mazziotta & Pareto (2016), doi 10.1007/s11205-015-0998-2",
)
def mpi(values: Any, weights: Any, *, sign: float = -1.0, minimum_available: float = 0.0) -> Any:
    """Give mean -/+ standard deviation times coefficient of variation of each row.

    It follows only its own standardisation (``normalise="mpi"``): around 100 with a standard deviation
    of 10, or the adjusted form on 70 to 130; the build refuses any other. It is not monotone: a rise
    of the highest value can cost more in balance than it gains.

    Parameters
    ----------
    values
        Array units x children; NaN = missing, left out with its weight.
    weights
        One weight a child; the papers have equal ones.
    sign
        -1 = unevenness lowers the index (more is better), 1 = it raises it (an index of a bad thing).
    minimum_available
        Share of the weight that must be there, else the result is missing.

    Returns
    -------
    array
        One value a unit; NaN where nothing (or too little) is there.

    Raises
    ------
    NotDefinedError
        A mean that is not above zero, or a sign that is neither -1 nor 1.

    References
    ----------
    De Muro, Mazziotta & Pareto (2011), doi 10.1007/s11205-010-9727-z; Mazziotta & Pareto (2016), doi
    10.1007/s11205-015-0998-2.

    Examples
    --------
    >>> import numpy as np
    >>> mpi(np.array([[100.0, 100.0], [90.0, 110.0]]), np.array([1.0, 1.0])).tolist()
    [100.0, 99.0]
    """
    from learningcity.index.aggregate._shared import defined
    from learningcity.index.columns import NotDefinedError
    from learningcity.index.compiled import by_unit

    if sign not in (-1, 1):
        raise NotDefinedError(
            Text(f"sign is {sign!r}; it is -1 or 1.", f"sign为{sign!r}，须为-1或1。"),
        )
    found = by_unit("mpi", values, weights, p=sign, minimum_available=minimum_available)
    return defined(found, values, weights, minimum_available, _LABEL)
