"""The logarithm of an outlying indicator, shifted so that it is defined for any value."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.columns import Treatment
from learningcity.index.methods import method
from learningcity.index.treat.shape import is_outlying, made_positive, mirrored


@method(
    "treat",
    "log",
    Text("logarithm", "对数变换"),
    properties=("scale free", "shift free", "order"),
    reference="Becker, Caperna, Del Sorbo, Norlen, Papadimitriou & Saisana (2022), doi 10.21105/joss.04567",
)
def log(x: Any, *, skewness: float = 2.0, kurtosis: float = 3.5, always: bool = False) -> Any:
    """Take the natural logarithm of an indicator whose shape exceeds the limits.

    The values are shifted before, so that the lowest lies a hundredth of the range above zero. An
    indicator whose long tail is below is mirrored, taken the logarithm of and mirrored back.

    Parameters
    ----------
    x
        Values of one indicator; NaN = missing, stays missing.
    skewness, kurtosis
        Limits; only where the absolute skewness and the kurtosis both exceed theirs is anything done.
    always
        Whether to do it whatever the shape.

    Returns
    -------
    array, Treatment
        The values, and what was done. They are in another unit now: goalposts, targets and references
        in the old unit no longer fit.

    References
    ----------
    Becker, Caperna, Del Sorbo, Norlen, Papadimitriou & Saisana (2022), COINr, doi 10.21105/joss.04567.

    Examples
    --------
    >>> import numpy as np
    >>> log(np.array([0.0, 1.0, 100.0]), always=True)[0].round(3).tolist()
    [0.0, 0.693, 4.615]
    """
    import numpy as np

    if not (always or is_outlying(x, skewness, kurtosis)):
        return x, Treatment()
    if not np.nanmax(x) > np.nanmin(x):
        return x, Treatment()
    y, sign = mirrored(x)
    return sign * np.log(made_positive(y)), Treatment("log", note="mirrored" if sign < 0 else "")
