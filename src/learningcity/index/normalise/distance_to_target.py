"""Closeness to a target, in parts of the way from the worst unit to it."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method
from learningcity.index.normalise.vector import ends, number


@method(
    "normalise",
    "distance_to_target",
    Text("distance to the target", "与目标值的距离"),
    properties=("order",),
    reference="OECD & JRC (2008), doi 10.1787/9789264043466-en",
    needs=("target",),
)
def distance_to_target(x: Any, direction: int, *, target: float | None = None, cap: bool = False) -> Any:
    """Say how much of the way from the worst value to the target each unit has gone.

    Parameters
    ----------
    x
        Values of one indicator; NaN = missing, stays missing.
    direction
        1 = more is better, -1 = less is better.
    target
        Value to be reached, in the unit of the indicator (column Target of the structure).
    cap
        Whether going beyond the target counts no more than reaching it; the order then holds up to ties.

    Returns
    -------
    array
        0 = the worst unit, 1 = at the target, above 1 = beyond it.

    Raises
    ------
    NotDefinedError
        The target is no better than the worst value, so that there is no way to it.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.

    Examples
    --------
    >>> import numpy as np
    >>> distance_to_target(np.array([0.0, 4.0, 12.0]), 1, target=8.0).tolist()
    [0.0, 0.5, 1.5]
    """
    import numpy as np

    from learningcity.index.columns import NotDefinedError

    y, goal = x * direction, number(target, "target") * direction
    low, _ = ends(y)
    if not goal > low:
        raise NotDefinedError(
            Text(
                "the target is no better than the worst value, so that there is no way to it.",
                "目标值不优于最差取值，无法计算距离。",
            )
        )
    way = (y - low) / (goal - low)
    return np.minimum(way, 1.0) if cap else way
