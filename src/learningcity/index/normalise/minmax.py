"""Min-max: the lowest value becomes one end of the scale, the highest the other."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method
from learningcity.index.normalise.vector import all_equal, ends


@method(
    "normalise",
    "minmax",
    Text("min-max", "极差标准化"),
    properties=("scale free", "shift free", "order", "bounded"),
    reference="OECD & JRC (2008), doi 10.1787/9789264043466-en",
)
def minmax(
    x: Any, direction: int, *, lower: float = 0.0, upper: float = 100.0, flat: float | None = None
) -> Any:
    """Map the values linearly onto a scale, the best at its upper end.

    Parameters
    ----------
    x
        Values of one indicator; NaN = missing, stays missing.
    direction
        1 = more is better, -1 = less is better.
    lower, upper
        Ends of the scale.
    flat
        What every unit gets where all values are equal; None = such an indicator is an error.

    Returns
    -------
    array
        Values on the scale.

    Raises
    ------
    FlatError
        All values are equal and ``flat`` is not given.

    References
    ----------
    OECD & JRC (2008), doi 10.1787/9789264043466-en.

    Examples
    --------
    >>> import numpy as np
    >>> minmax(np.array([2.0, 4.0, 3.0]), -1).tolist()
    [100.0, 0.0, 50.0]
    """
    y = x * direction
    low, high = ends(y)
    if not high > low:
        return all_equal(y, flat)
    return lower + (y - low) / (high - low) * (upper - lower)
