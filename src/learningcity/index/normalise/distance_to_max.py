"""Closeness to the best unit, in parts of the range."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method
from learningcity.index.normalise.vector import all_equal, ends


@method(
    "normalise",
    "distance_to_max",
    Text("distance to the best", "与最优值的距离"),
    properties=("scale free", "shift free", "order", "bounded"),
    reference="OECD & JRC (2008), doi 10.1787/9789264043466-en",
)
def distance_to_max(x: Any, direction: int, *, flat: float | None = None) -> Any:
    """Say how near each unit is to the best one, in parts of the range.

    Parameters
    ----------
    x
        Values of one indicator; NaN = missing, stays missing.
    direction
        1 = more is better, -1 = less is better.
    flat
        What every unit gets where all values are equal; None = such an indicator is an error.

    Returns
    -------
    array
        1 = the best, 0 = the worst: min-max on another scale.

    Raises
    ------
    FlatError
        All values are equal and ``flat`` is not given.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.

    Examples
    --------
    >>> import numpy as np
    >>> distance_to_max(np.array([2.0, 4.0, 3.0]), 1).tolist()
    [0.0, 1.0, 0.5]
    """
    y = x * direction
    low, high = ends(y)
    if not high > low:
        return all_equal(y, flat)
    return 1.0 - (high - y) / (high - low)
