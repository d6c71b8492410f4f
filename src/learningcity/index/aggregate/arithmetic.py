"""The weighted arithmetic mean."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method


def value(x: Any, w: Any, p: float) -> float:
    """Mean of the values ``x`` with weights ``w``; compiled; no missing values come here."""
    total = 0.0
    weight = 0.0
    for i in range(x.shape[0]):
        total += w[i] * x[i]
        weight += w[i]
    return total / weight


@method(
    "aggregate",
    "arithmetic",
    Text("arithmetic mean", "算术平均"),
    properties=("monotone", "compensatory", "weights", "independent"),
    reference="OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en",
)
def arithmetic(values: Any, weights: Any, *, minimum_available: float = 0.0) -> Any:
    """Give the weighted arithmetic mean of each row.

    Parameters
    ----------
    values
        Array units x children; NaN = missing, left out with its weight.
    weights
        One weight a child.
    minimum_available
        Share of the weight that must be there, else the result is missing.

    Returns
    -------
    array
        One value a unit; NaN where nothing (or too little) is there.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.

    Examples
    --------
    >>> import numpy as np
    >>> arithmetic(np.array([[1.0, 4.0], [2.0, np.nan]]), np.array([1.0, 2.0])).tolist()
    [3.0, 2.0]
    """
    from learningcity.index.compiled import by_unit

    return by_unit("arithmetic", values, weights, minimum_available=minimum_available)
