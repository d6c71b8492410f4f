"""The shape of an indicator: skewness and kurtosis, and the rule by which it counts as outlying."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text

#: What rounding may add to a figure that lies on a limit.
HAIR = 1e-9


def skewness(x: Any) -> float:
    """Give the sample skewness G1 (that of Excel and SAS); missing values are passed over.

    Parameters
    ----------
    x
        Values; NaN = missing.

    Returns
    -------
    float
        NaN with fewer than three values, or where all are equal: there is no shape then.

    References
    ----------
    Joanes & Gill (1998), Comparing measures of sample skewness and kurtosis, doi 10.1111/1467-9884.00122.

    Examples
    --------
    >>> import numpy as np
    >>> round(skewness(np.array([1.0, 2.0, 6.0])), 6)
    1.457863
    """
    return _shape(x)[0]


def kurtosis(x: Any) -> float:
    """Give the sample excess kurtosis G2 (that of Excel and SAS); missing values are passed over.

    Parameters
    ----------
    x
        Values; NaN = missing.

    Returns
    -------
    float
        NaN with fewer than four values, or where all are equal.

    References
    ----------
    Joanes & Gill (1998), Comparing measures of sample skewness and kurtosis, doi 10.1111/1467-9884.00122.

    Examples
    --------
    >>> import numpy as np
    >>> round(kurtosis(np.array([1.0, 2.0, 3.0, 4.0])), 6)
    -1.2
    """
    return _shape(x)[1]


def _shape(x: Any) -> tuple[float, float]:
    """Skewness and kurtosis at once; values are scaled first, so that no power overflows."""
    from math import nan, sqrt

    import numpy as np

    there = x[~np.isnan(x)]
    n = there.size
    if n < 3:
        return nan, nan
    largest = np.abs(there).max()
    if not 0 < largest < np.inf:
        return nan, nan
    there = there / largest
    d = there - there.mean()
    width = np.abs(d).max()
    if not there.max() > there.min() or not width > 0:
        return nan, nan
    d = d / width
    # Products, since a power of an array costs a hundred times as much.
    squares = d * d
    m2, m3, m4 = squares.mean(), (squares * d).mean(), (squares * squares).mean()
    skew = m3 / m2**1.5 * sqrt(n * (n - 1)) / (n - 2)
    if n < 4:
        return float(skew), nan
    kurt = ((n + 1) * (m4 / m2**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return float(skew), float(kurt)


def is_outlying(x: Any, skew_limit: float, kurtosis_limit: float) -> bool:
    """Tell whether both limits are exceeded; a vector without a shape is not outlying.

    Raises
    ------
    NotDefinedError
        A limit that is no number of zero or more.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.

    Examples
    --------
    >>> import numpy as np
    >>> is_outlying(np.array([1.0, 2.0, 3.0, 2.0, 1.0, 90.0]), 2.0, 3.5)
    True
    """
    import numpy as np

    from learningcity.index.columns import NotDefinedError

    for limit in (skew_limit, kurtosis_limit):
        if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 0:
            raise NotDefinedError(
                Text(
                    f"a limit of skewness or kurtosis is {limit!r}; give a number of zero or more.",
                    f"偏度或峰度界限为{limit!r}，须为非负数。",
                )
            )
    # Sorted, and a hair beyond the limit: the order of the units must not decide a case that lies on it.
    skew, kurt = _shape(np.sort(x))
    return abs(skew) > skew_limit + HAIR and kurt > kurtosis_limit + HAIR


def made_positive(x: Any) -> Any:
    """Shift the values so that the lowest is a hundredth of the range above zero.

    Examples
    --------
    >>> import numpy as np
    >>> made_positive(np.array([-1.0, 0.0, 9.0])).round(3).tolist()
    [0.1, 1.1, 10.1]
    """
    import numpy as np

    low, high = np.nanmin(x), np.nanmax(x)
    return x - low + 0.01 * (high - low)


def mirrored(x: Any) -> tuple[Any, int]:
    """Turn a vector whose long tail is below, so that a logarithm draws that tail in.

    Returns
    -------
    array, sign
        The vector and 1, or its negative and -1; the result is to be multiplied by the sign.

    Examples
    --------
    >>> import numpy as np
    >>> mirrored(np.array([-9.0, 1.0, 2.0]))[1]
    -1
    """
    sign = -1 if skewness(x) < 0 else 1
    return x * sign, sign
