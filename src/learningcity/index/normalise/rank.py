"""Ranks as scores: the lowest unit gets 1, the highest the number of units."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method
from learningcity.index.normalise.vector import all_equal, ascending, ends


@method(
    "normalise",
    "rank",
    Text("rank", "名次标准化"),
    properties=("scale free", "shift free", "order", "bounded"),
    reference="OECD & JRC (2008), doi 10.1787/9789264043466-en",
)
def rank(x: Any, direction: int, *, ties: str = "lowest", flat: float | None = None) -> Any:
    """Replace the values by their places, counted from the worst.

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
        Places: 1 = worst; the best gets the number of units with a value.

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
    >>> rank(np.array([10.0, 30.0, 20.0]), -1).tolist()
    [3.0, 1.0, 2.0]
    """
    y = x * direction
    low, high = ends(y)
    if not high > low:
        return all_equal(y, flat)
    return ascending(y, ties)
