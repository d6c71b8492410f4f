"""Percentile ranks: the share of the other units that a unit leaves behind."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method
from learningcity.index.normalise.vector import all_equal, ascending, ends


@method(
    "normalise",
    "percentile_rank",
    Text("percentile rank", "百分位名次"),
    properties=("scale free", "shift free", "order", "bounded"),
    reference="OECD & JRC (2008), doi 10.1787/9789264043466-en",
)
def percentile_rank(
    x: Any, direction: int, *, ties: str = "lowest", upper: float = 1.0, flat: float | None = None
) -> Any:
    """Give each unit the share of the others that it leaves behind.

    Parameters
    ----------
    x
        Values of one indicator; NaN = missing, stays missing.
    direction
        1 = more is better, -1 = less is better.
    ties
        "lowest" = equal values share the lowest of their places, "average" = the mean of them.
    upper
        Upper end of the scale.
    flat
        What every unit gets where all values are equal; None = such an indicator is an error.

    Returns
    -------
    array
        Shares: 0 = worst, ``upper`` = best of all without a tie.

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
    >>> percentile_rank(np.array([10.0, 30.0, 20.0]), 1).tolist()
    [0.0, 1.0, 0.5]
    """
    import numpy as np

    y = x * direction
    low, high = ends(y)
    if not high > low:
        return all_equal(y, flat)
    return (ascending(y, ties) - 1.0) / (np.count_nonzero(~np.isnan(y)) - 1.0) * upper
