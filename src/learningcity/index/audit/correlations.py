"""Correlations of the columns of a table, and flags for those that an index does not bear well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import Text, UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.index.structure import Structure

METHODS = ("pearson", "spearman", "kendall")
#: What a flag of a pair means.
FLAGS = {
    "negative": Text("they pull against each other", "相互抵消（负相关）"),
    "weak": Text("they have little in common", "相关较弱"),
    "collinear": Text("they say nearly the same", "近乎重复（高度相关）"),
    "undefined": Text("too few common values, or one does not vary", "共同取值过少或无变异，无法计算"),
}


def correlation_matrix(frame: pd.DataFrame, method: str = "pearson") -> pd.DataFrame:
    """Correlate all columns of a frame with each other.

    Parameters
    ----------
    frame
        Units x codes; NaN = missing: each pair uses the units that have both values.
    method
        "pearson", "spearman" (mean ranks) or "kendall" (tau-b).

    Returns
    -------
    frame
        Codes x codes; NaN where a pair has fewer than 3 common units or one column does not vary in
        them.

    Raises
    ------
    UnknownNameError
        No such method.

    References
    ----------
    Spearman (1904), doi 10.2307/1412159. Kendall (1945), doi 10.1093/biomet/33.3.239 (ties).

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 4.0, 9.0]})
    >>> correlation_matrix(frame, "spearman").loc["a"].round(9).tolist()
    [1.0, 1.0]
    """
    import numpy as np
    import pandas as pd

    if method not in METHODS:
        raise UnknownNameError("method", method, METHODS)
    x = frame.to_numpy(dtype=float)
    if method == "pearson" or (method == "spearman" and not np.isnan(x).any()):
        found = _pearson(_ranked(x) if method == "spearman" else x)
    else:
        found = _pair_by_pair(x, method)
    return pd.DataFrame(found, index=frame.columns, columns=frame.columns)


def _ranked(x: Any) -> Any:
    from scipy.stats import rankdata

    return rankdata(x, axis=0)


def _pearson(x: Any) -> Any:
    """All pairs at once over the units that both have."""
    import numpy as np

    there = ~np.isnan(x)
    mask = there.astype(float)
    # Columns are centred and scaled first, so that the sums below lose no digits.
    filled = np.where(there, x, 0.0)
    largest = np.abs(filled).max(axis=0, initial=0.0)
    filled = filled / np.where(largest > 0, largest, 1.0)
    count = np.maximum(mask.sum(axis=0), 1.0)
    z = np.where(there, filled - filled.sum(axis=0) / count, 0.0)
    spread = np.sqrt((z**2).sum(axis=0) / count)
    # A column whose spread is rounding alone does not vary.
    z = np.where(spread > 1e-14, z / np.where(spread > 1e-14, spread, 1.0), 0.0)
    n = mask.T @ mask
    first = z.T @ mask
    square = n * ((z**2).T @ mask) - first**2
    product = n * (z.T @ z) - first * first.T
    spreads = square > 1e-12 * n**2
    varies = (n >= 3) & spreads & spreads.T
    r = product / np.sqrt(np.where(varies, square * square.T, 1.0))
    found = np.where(varies, np.clip(r, -1.0, 1.0), np.nan)
    own = np.diag(varies).copy()
    np.fill_diagonal(found, np.where(own, 1.0, np.nan))
    return found


def _pair_by_pair(x: Any, method: str) -> Any:
    import numpy as np

    from learningcity.index.rank_agreement import kendall, spearman

    of = kendall if method == "kendall" else spearman
    codes = x.shape[1]
    found = np.full((codes, codes), np.nan)
    for i in range(codes):
        for j in range(i, codes):
            both = ~np.isnan(x[:, i]) & ~np.isnan(x[:, j])
            value = of(x[both, i], x[both, j]) if both.sum() >= 3 else None
            found[i, j] = found[j, i] = np.nan if value is None else (1.0 if i == j else value)
    return found


def correlation_pairs(
    frame: pd.DataFrame,
    structure: Structure,
    method: str = "pearson",
    *,
    negative: float = -0.4,
    weak: float = 0.3,
    collinear: float = 0.9,
) -> pd.DataFrame:
    """Each pair of indicators with its correlation, the group they share, and a flag.

    Parameters
    ----------
    frame
        Units x indicators, normalised (directions included); NaN = missing.
    structure
        The tree: the lowest code that two indicators have above both is their group.
    method
        As in :func:`correlation_matrix`.
    negative, weak, collinear
        A pair is flagged "negative" up to the first, "collinear" from the last. "weak" (between the
        first two) is flagged only for children of one parent: those shall have something in common. The
        three defaults are those of COINr (``plot_corr``, ``get_corr_flags``); the handbook asks for a
        look at correlations and names no limit. That "weak" needs a common parent is our own rule.

    Returns
    -------
    frame
        One row a pair, the strongest negative first: first, second, group, siblings, units (with both
        values), correlation, flag (a word of ``FLAGS``; empty = nothing to say).

    References
    ----------
    OECD & JRC (2008), doi 10.1787/9789264043466-en, on correlations within a dimension.
    Becker, Caperna, Del Sorbo, Norlen, Papadimitriou & Saisana (2022), doi 10.21105/joss.04567 (limits).

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index.structure import Structure
    >>> frame = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0], "b": [4.0, 3.0, 2.0, 1.0]})
    >>> correlation_pairs(frame, Structure.of({"INDEX": ["a", "b"]}))["flag"].tolist()
    ['negative']
    """
    import numpy as np
    import pandas as pd

    codes = [str(c) for c in frame.columns]
    r = correlation_matrix(frame, method).to_numpy()
    there = frame.notna().to_numpy().astype(int)
    common = there.T @ there
    above = {c: _above(structure, c) for c in codes}
    rows = []
    for i, first in enumerate(codes):
        for j in range(i + 1, len(codes)):
            second = codes[j]
            siblings = above[first][0] == above[second][0]
            value = r[i, j]
            if np.isnan(value):
                flag = "undefined"
            elif value <= negative:
                flag = "negative"
            elif value >= collinear:
                flag = "collinear"
            else:
                flag = "weak" if siblings and value < weak else ""
            group = next(c for c in above[first] if c in above[second])
            rows.append((first, second, group, siblings, int(common[i, j]), value, flag))
    columns = ["first", "second", "group", "siblings", "units", "correlation", "flag"]
    return pd.DataFrame(rows, columns=columns).sort_values("correlation", kind="stable", ignore_index=True)


def _above(structure: Structure, code: str) -> list[str]:
    found = []
    parent = structure.by_code[code].parent
    while parent is not None:
        found.append(parent)
        parent = structure.by_code[parent].parent
    return found or [code]
