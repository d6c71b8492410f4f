"""The nearest units for the empty cells of a unit."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method


@method(
    "impute",
    "knn",
    Text("nearest neighbours", "近邻插补"),
    properties=("scale free", "shift free"),
    reference="Troyanskaya et al. (2001), doi 10.1093/bioinformatics/17.6.520",
)
def knn(values: Any, *, neighbours: int = 5, weights: str = "equal") -> Any:
    """Fill each empty cell with the mean of the units that are nearest in the other indicators.

    Indicators are brought to mean 0 and standard deviation 1 first. The distance of two units is the
    Euclidean one over the indicators that both have, scaled up to the number of all indicators. Only
    units that have the value are neighbours; where there are fewer, all of them are taken.

    Parameters
    ----------
    values
        Array units x indicators; NaN = missing.
    neighbours
        How many units, 1 or more.
    weights
        "equal", or "distance" = a unit counts by one over its distance; twins then count alone.

    Returns
    -------
    array
        The same shape; NaN is left where no unit with the value shares an indicator with the unit.

    Raises
    ------
    NotDefinedError
        A number of neighbours or weights that are none.

    References
    ----------
    Troyanskaya et al. (2001), Missing value estimation methods for DNA microarrays,
    doi 10.1093/bioinformatics/17.6.520.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[1.0, 1.0], [2.0, 2.0], [9.0, 8.0], [1.5, np.nan]])
    >>> knn(x, neighbours=2)[3, 1]
    np.float64(1.5)
    """
    import numpy as np

    from learningcity.index.columns import NotDefinedError

    if isinstance(neighbours, bool) or not isinstance(neighbours, int) or neighbours < 1:
        raise NotDefinedError(
            Text(
                f"neighbours is {neighbours!r}; give a whole number of 1 or more.",
                f"neighbours为{neighbours!r}，须为不小于1的整数。",
            )
        )
    if weights not in ("equal", "distance"):
        raise NotDefinedError(
            Text(
                f'weights is {weights!r}; give "equal" or "distance".',
                f"weights为{weights!r}，须为equal或distance。",
            )
        )
    there = ~np.isnan(values)
    deviation = np.nanstd(values, axis=0)
    z = (values - np.nanmean(values, axis=0)) / np.where(deviation > 0, deviation, 1.0)
    z = np.where(there, z, 0.0)
    filled = values.copy()
    for i in np.flatnonzero(~there.all(axis=1)):
        common = there & there[i]
        shared = common.sum(axis=1)
        squared = np.where(common, (z - z[i]) ** 2, 0.0).sum(axis=1)
        distance = np.sqrt(squared * values.shape[1] / np.where(shared, shared, 1))
        order = np.argsort(distance, kind="stable")
        order = order[(shared[order] > 0) & (order != i)]
        for j in np.flatnonzero(~there[i]):
            nearest = order[there[order, j]][:neighbours]
            if not nearest.size:
                continue
            w = np.ones(nearest.size)
            if weights == "distance":
                d = distance[nearest]
                w = (d == 0).astype(float) if (d == 0).any() else 1.0 / d
            filled[i, j] = np.average(values[nearest, j], weights=w)
    return filled
