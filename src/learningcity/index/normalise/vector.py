"""What the formulas of normalisation share: the ends of a vector, and what a flat one is worth."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text


def ends(y: Any) -> tuple[float, float]:
    """Give the lowest and the highest value; missing ones are passed over.

    Raises
    ------
    NotDefinedError
        There is no value at all.

    Examples
    --------
    >>> import numpy as np
    >>> ends(np.array([2.0, np.nan, 1.0]))
    (1.0, 2.0)
    """
    import numpy as np

    from learningcity.index.columns import NotDefinedError

    there = y[~np.isnan(y)]
    if not there.size:
        raise NotDefinedError(Text("there is no value.", "没有任何取值。"))
    return float(there.min()), float(there.max())


def all_equal(y: Any, flat: float | None) -> Any:
    """Give every unit with a value the score of a flat indicator.

    Raises
    ------
    FlatError
        Nobody said what a flat indicator is worth.
    """
    import numpy as np

    from learningcity.index.columns import FlatError

    if flat is None:
        raise FlatError
    return np.where(np.isnan(y), np.nan, float(flat))


def ascending(y: Any, ties: str) -> Any:
    """Give ranks from 1 = lowest; missing values have none.

    Parameters
    ----------
    y
        Values; NaN = missing.
    ties
        "lowest" = equal values share the lowest of their ranks, "average" = the mean of them.

    Raises
    ------
    NotDefinedError
        Neither of the two.

    Examples
    --------
    >>> import numpy as np
    >>> ascending(np.array([5.0, 3.0, 5.0, np.nan]), "average").tolist()
    [2.5, 1.0, 2.5, nan]
    """
    import numpy as np

    from learningcity.index.columns import NotDefinedError

    if ties not in ("lowest", "average"):
        raise NotDefinedError(
            Text(f'ties is {ties!r}; give "lowest" or "average".', f"ties为{ties!r}，须为lowest或average。")
        )
    there = ~np.isnan(y)
    ordered = np.sort(y[there])
    ranks = np.searchsorted(ordered, y, side="left") + 1.0
    if ties == "average":
        ranks = (ranks + np.searchsorted(ordered, y, side="right")) / 2.0
    return np.where(there, ranks, np.nan)


def number(given: Any, name: str) -> float:
    """Give a finite number.

    Raises
    ------
    NotDefinedError
        Not given, a text, or not finite.

    Examples
    --------
    >>> number(3, "target")
    3.0
    """
    from math import isfinite

    from learningcity.index.columns import NotDefinedError

    if isinstance(given, bool) or not isinstance(given, int | float) or not isfinite(given):
        raise NotDefinedError(Text(f"{name} is {given!r}; give a number.", f"{name}为{given!r}，须为数字。"))
    return float(given)
