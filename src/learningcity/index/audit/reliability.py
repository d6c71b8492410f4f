"""Do the indicators of a group measure one thing: Cronbach's alpha and principal components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import Text

if TYPE_CHECKING:
    import pandas as pd

#: Why there is no number.
NOTES = {
    "": Text("", ""),
    "one indicator": Text("it has one indicator only", "仅含一项指标"),
    "too few units": Text("fewer than three units have all values", "各项指标齐全的单位不足三个"),
    "no variation": Text("an indicator, or the sum of them, does not vary", "某项指标或其总和无变异"),
}


def _complete(frame: pd.DataFrame) -> tuple[Any, str]:
    """Rows without a gap, and why they may not do."""
    import numpy as np

    x = frame.to_numpy(dtype=float)
    x = x[~np.isnan(x).any(axis=1)]
    if x.shape[1] < 2:
        return x, "one indicator"
    if len(x) < 3:
        return x, "too few units"
    spread = x.max(axis=0) - x.min(axis=0)
    if not (spread > 1e-13 * np.abs(x).max(axis=0)).all():
        return x, "no variation"
    return x, ""


def cronbach_alpha(frame: pd.DataFrame) -> tuple[float, int, str]:
    """Cronbach's alpha of the columns of a frame.

    Parameters
    ----------
    frame
        Units x indicators on a common scale, directions included; units with a gap are left out.

    Returns
    -------
    alpha, units, note
        The coefficient, the units without a gap, and a word of ``NOTES`` where there is no coefficient
        (then NaN).

    References
    ----------
    Cronbach (1951), doi 10.1007/BF02310555.

    Examples
    --------
    >>> import pandas as pd
    >>> cronbach_alpha(pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [2.0, 3.0, 4.0]}))
    (1.0, 3, '')
    """
    import numpy as np

    x, note = _complete(frame)
    if note:
        return float("nan"), len(x), note
    k = x.shape[1]
    covariance = np.cov(x / np.abs(x).max(), rowvar=False)
    total = covariance.sum()
    if not total > 1e-14 * np.trace(covariance):
        return float("nan"), len(x), "no variation"
    return float(k / (k - 1) * (1.0 - np.trace(covariance) / total)), len(x), ""


def principal_components(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, int, str]:
    """Principal components of the correlation matrix of the columns.

    Parameters
    ----------
    frame
        Units x indicators; units with a gap are left out; each column is standardised.

    Returns
    -------
    components
        One row a component: eigenvalue, explained (share of the variance), cumulative.
    loadings
        Indicators x components: correlations of indicator and component; the sign of each component
        is set so that its loadings sum to a positive number.
    units, note
        Units without a gap, and a word of ``NOTES`` where there is no answer (then both frames are
        empty).

    References
    ----------
    Jolliffe (2002), Principal Component Analysis, doi 10.1007/b98835.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [2.0, 3.0, 4.0]})
    >>> principal_components(frame)[0]["explained"].round(9).tolist()
    [1.0, 0.0]
    """
    import numpy as np
    import pandas as pd

    x, note = _complete(frame)
    names = ["eigenvalue", "explained", "cumulative"]
    if note:
        empty = pd.DataFrame(columns=names, dtype=float)
        return empty.rename_axis("component"), pd.DataFrame(index=frame.columns), len(x), note
    z = x / np.abs(x).max(axis=0)
    z = z - z.mean(axis=0)
    z = z / np.sqrt((z**2).sum(axis=0))
    values, vectors = np.linalg.eigh(z.T @ z)
    values, vectors = np.maximum(values[::-1], 0.0), vectors[:, ::-1]
    vectors = vectors * np.where(vectors.sum(axis=0) < 0, -1.0, 1.0)
    number = pd.RangeIndex(1, len(values) + 1, name="component")
    explained = values / values.sum()
    components = pd.DataFrame(
        {"eigenvalue": values, "explained": explained, "cumulative": np.cumsum(explained)}, index=number
    )
    return components, pd.DataFrame(vectors * np.sqrt(values), frame.columns, number), len(x), ""
