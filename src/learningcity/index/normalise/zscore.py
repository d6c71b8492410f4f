"""Z-scores: distance from the mean in standard deviations."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method
from learningcity.index.normalise.vector import all_equal, ends


@method(
    "normalise",
    "zscore",
    Text("z-score", "Z分数标准化"),
    properties=("scale free", "shift free", "order"),
    reference="OECD & JRC (2008), doi 10.1787/9789264043466-en",
)
def zscore(
    x: Any, direction: int, *, mean: float = 0.0, deviation: float = 1.0, flat: float | None = None
) -> Any:
    """Give the values a stated mean and standard deviation.

    Parameters
    ----------
    x
        Values of one indicator; NaN = missing, stays missing.
    direction
        1 = more is better, -1 = less is better.
    mean, deviation
        Mean and sample standard deviation (n - 1) of the result. A geometric mean over indicators needs
        positive values: choose a mean of several deviations.
    flat
        What every unit gets where all values are equal; None = such an indicator is an error.

    Returns
    -------
    array
        Values with the mean and the deviation asked for.

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
    >>> zscore(np.array([1.0, 2.0, 3.0]), 1).tolist()
    [-1.0, 0.0, 1.0]
    """
    import numpy as np

    from learningcity.index.columns import NotDefinedError

    if not deviation > 0:
        raise NotDefinedError(Text("deviation must be positive.", "deviation须为正数。"))
    y = x * direction
    low, high = ends(y)
    if not high > low:
        return all_equal(y, flat)
    if not 1e-100 < max(-low, high) < 1e100:
        # Squares of such numbers leave the range; the unit does not matter.
        y = y / max(-low, high)
    there = y[~np.isnan(y)]
    return mean + (y - there.mean()) / there.std(ddof=1) * deviation
