"""The weighted geometric mean: a low value costs more than a high one gains."""

from __future__ import annotations

import math
from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method

_LABEL = Text("geometric mean", "几何平均")


def value(x: Any, w: Any, p: float) -> float:
    """Geometric mean of ``x`` with weights ``w``; compiled; NaN where a value is zero or negative."""
    total = 0.0
    weight = 0.0
    for i in range(x.shape[0]):
        if x[i] <= 0.0:
            return math.nan
        total += w[i] * math.log(x[i])
        weight += w[i]
    return math.exp(total / weight)


@method(
    "aggregate",
    "geometric",
    _LABEL,
    properties=("monotone", "not compensatory", "weights", "independent"),
    reference="OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en",
)
def geometric(values: Any, weights: Any, *, minimum_available: float = 0.0) -> Any:
    """Give the weighted geometric mean of each row.

    Parameters
    ----------
    values
        Array units x children, all above zero; NaN = missing, left out with its weight.
    weights
        One weight a child; a child without weight is left out.
    minimum_available
        Share of the weight that must be there, else the result is missing.

    Returns
    -------
    array
        One value a unit; NaN where nothing (or too little) is there.

    Raises
    ------
    NotDefinedError
        A value is zero or negative.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.

    Examples
    --------
    >>> import numpy as np
    >>> geometric(np.array([[1.0, 4.0], [3.0, np.nan]]), np.array([1.0, 1.0])).round(12).tolist()
    [2.0, 3.0]
    """
    from learningcity.index.aggregate._shared import positive
    from learningcity.index.compiled import by_unit

    positive(values, weights, _LABEL, minimum_available=minimum_available)
    return by_unit("geometric", values, weights, minimum_available=minimum_available)
