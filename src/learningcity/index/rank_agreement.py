"""How far two orders agree: Kendall's tau-b and Spearman's rho of two vectors."""

from __future__ import annotations

from typing import Any


def _usable(x: Any, y: Any) -> bool:
    return len(x) >= 2 and bool(x.max() > x.min()) and bool(y.max() > y.min())


def kendall(x: Any, y: Any) -> float | None:
    """Kendall's tau-b; ties count for neither side.

    Parameters
    ----------
    x, y
        Vectors of equal length without missing values.

    Returns
    -------
    number or None
        None where it is not defined: fewer than two values, or all of one vector equal.

    References
    ----------
    Kendall (1945), doi 10.1093/biomet/33.3.239.

    Examples
    --------
    >>> import numpy as np
    >>> round(kendall(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0])), 6)
    0.333333
    """
    if not _usable(x, y):
        return None
    if len(x) == 2:
        return 1.0 if (x[1] > x[0]) == (y[1] > y[0]) else -1.0
    from scipy.stats import kendalltau

    return float(kendalltau(x, y, method="asymptotic").statistic)


def spearman(x: Any, y: Any) -> float | None:
    """Spearman's rho: the correlation of mean ranks.

    Parameters
    ----------
    x, y
        Vectors of equal length without missing values.

    Returns
    -------
    number or None
        None where it is not defined: fewer than two values, or all of one vector equal.

    References
    ----------
    Spearman (1904), doi 10.2307/1412159.

    Examples
    --------
    >>> import numpy as np
    >>> spearman(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0]))
    0.5
    """
    if not _usable(x, y):
        return None
    import numpy as np
    from scipy.stats import rankdata

    a, b = rankdata(x), rankdata(y)
    a, b = a - a.mean(), b - b.mean()
    return float(np.clip((a @ b) / np.sqrt((a @ a) * (b @ b)), -1.0, 1.0))
