"""Statistics of each indicator, with flags for what a builder should look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import Text

if TYPE_CHECKING:
    import pandas as pd

#: What a flag of an indicator means.
FLAGS = {
    "missing": Text("too many units have no value", "缺失值过多"),
    "zeros": Text("too many values are zero", "零值过多"),
    "repeated": Text("too few different values", "不同取值过少"),
    "outliers": Text("skewness and kurtosis point to outliers", "偏度与峰度提示存在极端值"),
    "constant": Text("all values are equal", "各单位取值相同"),
}


def indicator_statistics(
    values: pd.DataFrame,
    *,
    available: float = 0.65,
    non_zero: float = 0.5,
    unique: float = 0.5,
    skew: float = 2.0,
    kurtosis: float = 3.5,
) -> pd.DataFrame:
    """Describe each indicator and flag what is out of the ordinary.

    Parameters
    ----------
    values
        Frame units x indicators in the units of measurement; NaN = missing, left out of everything but
        the count.
    available, non_zero, unique
        Least share of units with a value, of values that are not zero, of different values (the last
        two out of the values that are there).
    skew, kurtosis
        Outliers are suspected where the absolute skewness is above ``skew`` and the excess kurtosis
        above ``kurtosis``, both at once.

    Returns
    -------
    frame
        One row an indicator: min, max, mean, median, std (n - 1), skew and kurtosis (the unbiased
        estimators G1 and G2, NaN where there are fewer than 3 or 4 values or all are equal), counts
        (available, non_zero, unique, same = how often the most frequent value occurs), shares of them,
        and flags (words of ``FLAGS``, joined by a blank; empty = nothing to say).

    References
    ----------
    Joanes & Gill (1998), doi 10.1111/1467-9884.00122 (skewness and kurtosis).
    Becker, Caperna, Del Sorbo, Norlen, Papadimitriou & Saisana (2022), doi 10.21105/joss.04567 (limits).

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [None, None, 1.0]})
    >>> indicator_statistics(frame)["flags"].tolist()
    ['', 'missing constant']
    """
    import numpy as np
    import pandas as pd

    rows: dict[Any, dict[str, Any]] = {}
    for code, column in values.items():
        x = column.to_numpy(dtype=float)
        x = x[~np.isnan(x)]
        n = len(x)
        # Sums of very large values must not overflow.
        largest = float(np.abs(x).max(initial=0.0)) or 1.0
        counts = np.unique(x, return_counts=True)[1]
        row: dict[str, Any] = {
            "min": x.min() if n else np.nan,
            "max": x.max() if n else np.nan,
            "mean": (x / largest).mean() * largest if n else np.nan,
            "median": np.median(x) if n else np.nan,
            "std": (x / largest).std(ddof=1) * largest if n > 1 else np.nan,
        }
        row["skew"], row["kurtosis"] = shape(x)
        row.update(
            available=n,
            non_zero=int(np.count_nonzero(x)),
            unique=len(counts),
            same=int(counts.max()) if n else 0,
        )
        row["share_available"] = n / len(values) if len(values) else np.nan
        for name in ("non_zero", "unique", "same"):
            row[f"share_{name}"] = row[name] / n if n else np.nan
        found = {
            "missing": row["share_available"] < available,
            "zeros": row["share_non_zero"] < non_zero,
            "repeated": row["share_unique"] < unique,
            "outliers": abs(row["skew"]) > skew and row["kurtosis"] > kurtosis,
            "constant": len(counts) == 1,
        }
        row["flags"] = " ".join(name for name, is_so in found.items() if is_so)
        rows[code] = row
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("code")


def shape(x: Any) -> tuple[float, float]:
    """Skewness G1 and excess kurtosis G2 of a vector without missing values.

    Parameters
    ----------
    x
        Values; NaN must be left out before.

    Returns
    -------
    pair
        NaN for what needs more values (3 and 4), and for both where all values are equal.

    References
    ----------
    Joanes & Gill (1998), doi 10.1111/1467-9884.00122.

    Examples
    --------
    >>> import numpy as np
    >>> [round(v, 6) for v in shape(np.array([1.0, 2.0, 3.0, 4.0]))]
    [0.0, -1.2]
    """
    import numpy as np

    n = len(x)
    if n < 3 or not x.max() > x.min():
        return float("nan"), float("nan")
    # Both are free of scale: taking the largest deviation as the unit keeps the powers in range.
    deviation = x / max(abs(x.max()), abs(x.min()))
    deviation = deviation - deviation.mean()
    largest = np.abs(deviation).max()
    if not largest > 0:
        return float("nan"), float("nan")
    deviation = deviation / largest
    second = float(np.mean(deviation**2))
    skew = float(np.mean(deviation**3)) / second**1.5 * (n * (n - 1)) ** 0.5 / (n - 2)
    if n < 4:
        return skew, float("nan")
    excess = float(np.mean(deviation**4)) / second**2 - 3.0
    return skew, (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6.0)
