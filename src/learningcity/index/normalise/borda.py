"""Borda points: how many units a unit leaves behind."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method
from learningcity.index.normalise.vector import all_equal, ascending, ends


@method(
    "normalise",
    "borda",
    Text("Borda points", "波达计分"),
    properties=("scale free", "shift free", "order", "bounded"),
    reference="Saari (1995), doi 10.1007/978-3-642-57748-2",
)
def borda(x: Any, direction: int, *, ties: str = "lowest", flat: float | None = None) -> Any:
    """Give each unit the number of units that it leaves behind.

    Parameters
    ----------
    x
        Values of one indicator; NaN = missing, stays missing.
    direction
        1 = more is better, -1 = less is better.
    ties
        "lowest" = equal values share the lowest of their places, "average" = the mean of them.
    flat
        What every unit gets where all values are equal; None = such an indicator is an error.

    Returns
    -------
    array
        Points: 0 = worst; the best gets one less than the number of units with a value.

    Raises
    ------
    FlatError
        All values are equal and ``flat`` is not given.

    References
    ----------
    Saari (1995), Basic geometry of voting, doi 10.1007/978-3-642-57748-2.

    Examples
    --------
    >>> import numpy as np
    >>> borda(np.array([10.0, 30.0, 20.0, 20.0]), 1).tolist()
    [0.0, 3.0, 1.0, 1.0]
    """
    y = x * direction
    low, high = ends(y)
    if not high > low:
        return all_equal(y, flat)
    return ascending(y, ties) - 1.0
