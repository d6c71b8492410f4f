"""Closeness to a reference: a stated value, or that of a unit."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method
from learningcity.index.normalise.vector import ends, number


@method(
    "normalise",
    "distance_to_reference",
    Text("distance to the reference", "与基准值的距离"),
    properties=("order",),
    reference="OECD & JRC (2008), doi 10.1787/9789264043466-en",
    needs=("reference",),
)
def distance_to_reference(x: Any, direction: int, *, reference: float | None = None) -> Any:
    """Say how much of the way from the worst value to the reference each unit has gone.

    Parameters
    ----------
    x
        Values of one indicator; NaN = missing, stays missing.
    direction
        1 = more is better, -1 = less is better.
    reference
        Value compared with (column Reference of the structure), in the unit of the indicator; where that
        names a unit, the build takes the unit's value.

    Returns
    -------
    array
        0 = the worst unit, 1 = at the reference, above 1 = beyond it.

    Raises
    ------
    NotDefinedError
        The reference is no better than the worst value, so that there is no way to it.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.

    Examples
    --------
    >>> import numpy as np
    >>> distance_to_reference(np.array([0.0, 4.0, 12.0]), 1, reference=8.0).tolist()
    [0.0, 0.5, 1.5]
    """
    from learningcity.index.columns import NotDefinedError

    y, goal = x * direction, number(reference, "reference") * direction
    low, _ = ends(y)
    if not goal > low:
        raise NotDefinedError(
            Text(
                "the reference is no better than the worst value, so that there is no way to it.",
                "基准值不优于最差取值，无法计算距离。",
            )
        )
    return (y - low) / (goal - low)
