"""Goalposts: fixed ends of the scale that do not depend on the units."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method
from learningcity.index.normalise.vector import number


@method(
    "normalise",
    "goalposts",
    Text("goalposts", "阈值标准化"),
    properties=("order", "independent", "bounded"),
    reference="UNDP (2022), Human Development Report, technical notes; OECD & JRC (2008), doi 10.1787/9789264043466-en",
    needs=("lower", "upper"),
)
def goalposts(
    x: Any,
    direction: int,
    *,
    lower: float | None = None,
    upper: float | None = None,
    scale: float = 100.0,
    clip: bool = True,
) -> Any:
    """Map the values linearly between two fixed values.

    Parameters
    ----------
    x
        Values of one indicator; NaN = missing, stays missing.
    direction
        1 = more is better, -1 = less is better.
    lower, upper
        Goalposts in the unit of the indicator (columns Lower and Upper of the structure), lower first
        whatever the direction.
    scale
        What reaching the better goalpost is worth.
    clip
        Whether values outside get the nearer end; the order then holds up to ties.

    Returns
    -------
    array
        Values on the scale; what lies outside the goalposts gets the nearer end, unless ``clip`` is off.

    Raises
    ------
    NotDefinedError
        The lower goalpost is not below the upper one.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.

    Examples
    --------
    >>> import numpy as np
    >>> goalposts(np.array([20.0, 50.0, 90.0]), 1, lower=20.0, upper=80.0).tolist()
    [0.0, 50.0, 100.0]
    """
    import numpy as np

    from learningcity.index.columns import NotDefinedError

    low, high = number(lower, "lower"), number(upper, "upper")
    if not high > low:
        raise NotDefinedError(Text("the lower goalpost must be below the upper one.", "下限须小于上限。"))
    share = (x - low) / (high - low) if direction > 0 else (high - x) / (high - low)
    return (np.clip(share, 0.0, 1.0) if clip else share) * scale
