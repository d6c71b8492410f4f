"""The penalty for bottleneck: what stands above the weakest value counts less and less."""

from __future__ import annotations

import math
from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method


def value(x: Any, w: Any, p: float) -> float:
    """Mean of values penalised by their distance to the lowest; ``p`` = width of the scale; compiled."""
    low = x[0]
    for i in range(1, x.shape[0]):
        low = min(low, x[i])
    total = 0.0
    weight = 0.0
    for i in range(x.shape[0]):
        total += w[i] * (low + p * (1.0 - math.exp(-(x[i] - low) / p)))
        weight += w[i]
    return total / weight


@method(
    "aggregate",
    "penalty_for_bottleneck",
    Text("penalty for bottleneck", "瓶颈惩罚法"),
    properties=("monotone", "not compensatory", "weights", "independent"),
    reference="Acs, Autio & Szerb (2014), doi 10.1016/j.respol.2013.08.016",
)
def penalty_for_bottleneck(
    values: Any, weights: Any, *, scale: float = 100.0, minimum_available: float = 0.0
) -> Any:
    """Give the mean of each row after all values are drawn towards the lowest one.

    Each value y becomes ``low + scale * (1 - exp(-(y - low) / scale))``: near the lowest value it counts
    in full, far above it hardly more.

    Parameters
    ----------
    values
        Array units x children; NaN = missing, left out with its weight.
    weights
        One weight a child; the paper has equal ones.
    scale
        Width of the common scale, 100 for 0 to 100; the paper's scale is 0 to 1.
    minimum_available
        Share of the weight that must be there, else the result is missing.

    Returns
    -------
    array
        One value a unit; NaN where nothing (or too little) is there.

    Raises
    ------
    NotDefinedError
        The width of the scale is not above zero.

    References
    ----------
    Acs, Autio & Szerb (2014), doi 10.1016/j.respol.2013.08.016.

    Examples
    --------
    >>> import numpy as np
    >>> penalty_for_bottleneck(np.array([[0.2, 1.2]]), np.array([1.0, 1.0]), scale=1.0).round(6).tolist()
    [0.51606]
    """
    from learningcity.index.aggregate._shared import number
    from learningcity.index.columns import NotDefinedError
    from learningcity.index.compiled import by_unit

    scale = number(scale, "scale")
    if not 0 < scale < float("inf"):
        raise NotDefinedError(
            Text(f"scale is {scale!r}; give a width above zero.", f"scale为{scale!r}，须大于零。")
        )
    return by_unit("penalty_for_bottleneck", values, weights, p=scale, minimum_available=minimum_available)
