"""The weighted harmonic mean: of the three classic means the one that punishes low values most."""

from __future__ import annotations

import math
from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method

_LABEL = Text("harmonic mean", "调和平均")


def value(x: Any, w: Any, p: float) -> float:
    """Harmonic mean of ``x`` with weights ``w``; compiled; NaN where a value is zero or negative."""
    total = 0.0
    weight = 0.0
    for i in range(x.shape[0]):
        if x[i] <= 0.0:
            return math.nan
        total += w[i] / x[i]
        weight += w[i]
    return weight / total


@method(
    "aggregate",
    "harmonic",
    _LABEL,
    properties=("monotone", "not compensatory", "weights", "independent"),
    reference="OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en",
)
def harmonic(values: Any, weights: Any, *, minimum_available: float = 0.0) -> Any:
    """Give the weighted harmonic mean of each row.

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
    >>> harmonic(np.array([[2.0, 6.0], [3.0, np.nan]]), np.array([1.0, 1.0])).tolist()
    [3.0, 3.0]
    """
    from learningcity.index.aggregate._shared import positive
    from learningcity.index.compiled import by_unit

    positive(values, weights, _LABEL, minimum_available=minimum_available)
    return by_unit("harmonic", values, weights, minimum_available=minimum_available)
