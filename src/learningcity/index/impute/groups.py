"""Filling by groups: what the mean and the median of a group share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from learningcity.core import Text


def fill(values: Any, groups: Any, centre: Callable[..., Any], otherwise: str | None) -> Any:
    """Fill each empty cell with the centre of its column within the group of its row.

    Parameters
    ----------
    values
        Array units x indicators; NaN = missing.
    groups
        One label a unit.
    centre
        ``numpy.nanmean`` or ``numpy.nanmedian``.
    otherwise
        "all" = take the centre of all units where a group has no value; None = an error.

    Raises
    ------
    EmptyGroupError
        A group without a value that is needed.

    Examples
    --------
    >>> import numpy as np
    >>> fill(np.array([[4.0], [np.nan]]), np.array(["a", "b"]), np.nanmean, "all").ravel().tolist()
    [4.0, 4.0]
    """
    import numpy as np

    from learningcity.index.columns import NotDefinedError
    from learningcity.index.imputation import EmptyGroupError

    if otherwise not in ("all", None):
        raise NotDefinedError(
            Text(
                f'otherwise is {otherwise!r}; give "all" or None.',
                f"otherwise为{otherwise!r}，须为all或None。",
            )
        )
    filled = values.copy()
    empty: list[tuple[int, str]] = []
    for group in dict.fromkeys(groups):
        rows = np.flatnonzero(groups == group)
        for j in np.flatnonzero(np.isnan(values[rows]).any(axis=0)):
            column = values[rows, j]
            if np.isnan(column).all():
                if otherwise is None:
                    empty.append((int(j), str(group)))
                    continue
                column = values[:, j]
            gaps = rows[np.isnan(values[rows, j])]
            filled[gaps, j] = centre(column)
    if empty:
        raise EmptyGroupError(empty)
    return filled
