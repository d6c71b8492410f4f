"""The standardisation of the Mazziotta-Pareto index, which that index alone follows."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method


@method(
    "normalise",
    "mpi",
    Text("Mazziotta-Pareto standardisation", "Mazziotta-Pareto标准化"),
    properties=("scale free", "shift free", "order"),
    reference="De Muro, Mazziotta & Pareto (2011), doi 10.1007/s11205-010-9727-z; "
    "Mazziotta & Pareto (2016), doi 10.1007/s11205-015-0998-2",
)
def mpi(
    x: Any, direction: int, *, adjusted: bool = False, reference: Any = None, flat: float | None = None
) -> Any:
    """Standardise to a mean of 100 and a standard deviation of 10, or to the adjusted scale.

    The adjusted form maps the range onto 60 points, 70 to 130; with a reference value the 60 points are
    centred so that the reference is 100, and values may lie outside 70 to 130.

    Parameters
    ----------
    x
        Values of one indicator; NaN = missing, stays missing.
    direction
        1 = more is better, -1 = less is better.
    adjusted
        Take the adjusted form, which depends on the two ends alone and can be compared over time.
    reference
        Value that becomes 100 in the adjusted form; None = the ends become 70 and 130.
    flat
        What every unit gets where all values are equal; None = such an indicator is an error.

    Returns
    -------
    array
        Values around 100. The standard deviation is that of a population (divided by n), as in the paper.

    Raises
    ------
    FlatError
        All values are equal and ``flat`` is not given.
    NotDefinedError
        A reference without the adjusted form, or one that is no number.

    References
    ----------
    De Muro, Mazziotta & Pareto (2011), doi 10.1007/s11205-010-9727-z; Mazziotta & Pareto (2016), doi
    10.1007/s11205-015-0998-2.

    Examples
    --------
    >>> import numpy as np
    >>> mpi(np.array([1.0, 3.0]), 1).tolist(), mpi(np.array([1.0, 2.0, 5.0]), -1, adjusted=True).tolist()
    ([90.0, 110.0], [130.0, 115.0, 70.0])
    """
    import numpy as np

    from learningcity.index.columns import FlatError, NotDefinedError

    if reference is not None and (
        not adjusted or isinstance(reference, bool | str) or not np.isfinite(reference)
    ):
        raise NotDefinedError(
            Text(
                "a reference is a number and belongs to the adjusted form (adjusted=True).",
                "参照值须为数字，且只用于调整形式（adjusted=True）。",
            )
        )
    y = np.asarray(x, dtype=float) * direction
    low, high = np.nanmin(y), np.nanmax(y)
    if not high > low:
        if flat is None:
            raise FlatError
        return np.where(np.isnan(y), np.nan, flat)
    if not adjusted:
        return 100.0 + (y - np.nanmean(y)) / np.nanstd(y) * 10.0
    if reference is None:
        return 70.0 + (y - low) / (high - low) * 60.0
    return 100.0 + (y - float(reference) * direction) / (high - low) * 60.0
