"""Fraction of the best value: the leader gets one, half of it a half."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method
from learningcity.index.normalise.vector import all_equal, ends


@method(
    "normalise",
    "fraction_of_max",
    Text("fraction of the best value", "与最优值之比"),
    properties=("scale free", "order", "bounded"),
    reference="OECD & JRC (2008), doi 10.1787/9789264043466-en",
)
def fraction_of_max(x: Any, direction: int, *, flat: float | None = None) -> Any:
    """Divide by the best value; where less is better, divide the best value by each.

    Parameters
    ----------
    x
        Values of one indicator; NaN = missing, stays missing.
    direction
        1 = more is better, -1 = less is better.
    flat
        What every unit gets where all values are equal; None = such an indicator is an error.

    Returns
    -------
    array
        1 = the best; ratios keep their meaning, so the values must be on a ratio scale.

    Raises
    ------
    FlatError
        All values are equal and ``flat`` is not given.
    NotDefinedError
        Negative values, or zeros where less is better: a ratio to the best then says nothing.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.

    Examples
    --------
    >>> import numpy as np
    >>> fraction_of_max(np.array([2.0, 4.0]), 1).tolist(), fraction_of_max(np.array([2.0, 4.0]), -1).tolist()
    ([0.5, 1.0], [1.0, 0.5])
    """
    from learningcity.index.columns import NotDefinedError

    low, high = ends(x)
    if low < 0:
        raise NotDefinedError(
            Text("a fraction of the best value needs values of zero or more.", "与最优值之比要求取值非负。")
        )
    if not high > low:
        return all_equal(x, flat)
    if direction > 0:
        return x / high
    if low == 0:
        raise NotDefinedError(
            Text(
                "where less is better, a fraction of the best value needs values above zero.",
                "逆向指标与最优值之比要求取值为正。",
            )
        )
    return low / x
