"""The lowest value alone: what is weakest decides."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method


def value(x: Any, w: Any, p: float) -> float:
    """Give the lowest of ``x``; compiled; children without weight do not come here."""
    low = x[0]
    for i in range(1, x.shape[0]):
        low = min(low, x[i])
    return low


@method(
    "aggregate",
    "minimum",
    Text("minimum", "最小值"),
    properties=("monotone", "not compensatory", "weights", "independent"),
    reference="OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en",
)
def minimum(values: Any, weights: Any, *, minimum_available: float = 0.0) -> Any:
    """Give the lowest value of each row.

    Parameters
    ----------
    values
        Array units x children; NaN = missing, left out: an unseen value may have been the lowest, so
        ``minimum_available=1`` is the careful choice.
    weights
        One weight a child; only whether it is above zero counts.
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
    >>> minimum(np.array([[1.0, 4.0], [3.0, np.nan]]), np.array([1.0, 1.0])).tolist()
    [1.0, 3.0]
    """
    from learningcity.index.compiled import by_unit

    return by_unit("minimum", values, weights, minimum_available=minimum_available)
