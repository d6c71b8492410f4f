"""The median of the group of a unit for its empty cells."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.impute.groups import fill
from learningcity.index.methods import method


@method(
    "impute",
    "group_median",
    Text("median of the group", "组中位数插补"),
    properties=("scale free", "shift free"),
    reference="Little & Rubin (2019), doi 10.1002/9781119482260",
)
def group_median(values: Any, *, groups: Any, otherwise: str | None = None) -> Any:
    """Fill each empty cell with the median of the indicator in the group of the unit.

    Parameters
    ----------
    values
        Array units x indicators; NaN = missing.
    groups
        In a recipe a series or a mapping from unit to group; here one label a unit.
    otherwise
        "all" = where a group has no value, take the median of all units; None = that is an error.

    Returns
    -------
    array
        The same shape, filled.

    Raises
    ------
    EmptyGroupError
        A group without a value of an indicator that is to be filled there.
    NotDefinedError
        ``otherwise`` is neither of the two.

    References
    ----------
    Little & Rubin (2019), Statistical analysis with missing data, doi 10.1002/9781119482260.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[1.0], [np.nan], [3.0], [9.0]])
    >>> group_median(x, groups=np.array(["a", "a", "a", "b"])).ravel().tolist()
    [1.0, 2.0, 3.0, 9.0]
    """
    import numpy as np

    return fill(values, groups, np.nanmedian, otherwise)
