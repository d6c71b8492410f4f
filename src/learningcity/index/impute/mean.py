"""The mean of an indicator for its empty cells."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method


@method(
    "impute",
    "mean",
    Text("mean", "均值插补"),
    properties=("scale free", "shift free"),
    reference="Little & Rubin (2019), doi 10.1002/9781119482260",
)
def mean(values: Any) -> Any:
    """Fill each column with its mean.

    Every filled cell is alike, so the spread of the indicator and its correlations shrink.

    Parameters
    ----------
    values
        Array units x indicators; NaN = missing. Each column holds a value.

    Returns
    -------
    array
        The same shape, filled.

    References
    ----------
    Little & Rubin (2019), Statistical analysis with missing data, doi 10.1002/9781119482260.

    Examples
    --------
    >>> import numpy as np
    >>> mean(np.array([[1.0], [np.nan], [3.0]])).ravel().tolist()
    [1.0, 2.0, 3.0]
    """
    import numpy as np

    return np.where(np.isnan(values), np.nanmean(values, axis=0), values)
