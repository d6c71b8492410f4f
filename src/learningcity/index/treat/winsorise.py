"""Winsorising: the few values that make an indicator outlying are drawn to the next one."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.columns import NotDefinedError, Treatment
from learningcity.index.methods import find, method
from learningcity.index.treat.shape import is_outlying
from learningcity.index.treat.shape import skewness as skewness_of


@method(
    "treat",
    "winsorise",
    Text("winsorising", "缩尾处理"),
    properties=("scale free", "shift free", "order"),
    reference="Becker, Caperna, Del Sorbo, Norlen, Papadimitriou & Saisana (2022), doi 10.21105/joss.04567",
)
def winsorise(
    x: Any,
    *,
    skewness: float = 2.0,
    kurtosis: float = 3.5,
    points: int = 5,
    otherwise: str | None = "log",
) -> Any:
    """Draw in one value after another, until the shape is within the limits.

    An indicator is outlying where its absolute skewness and its kurtosis both exceed their limits. Then
    the furthest value on the side of the long tail gets the value of the next one, then the furthest
    two get that of the third, and so on. If so many points as are allowed do not do, the values stay
    as they were, and ``otherwise`` says what is done instead.

    Parameters
    ----------
    x
        Values of one indicator; NaN = missing, stays missing.
    skewness, kurtosis
        Limits of absolute sample skewness and of sample excess kurtosis.
    points
        How many values may be moved at the most.
    otherwise
        "log" or "boxcox" where moving values does not do; "moved" = keep the values moved as far as
        was allowed; None = leave the indicator as it was, with a note.

    Returns
    -------
    array, Treatment
        The values, and how many were moved at each end.

    Raises
    ------
    NotDefinedError
        A limit, a number of points or an ``otherwise`` that is none.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.
    Becker, Caperna, Del Sorbo, Norlen, Papadimitriou & Saisana (2022), COINr, doi 10.21105/joss.04567.

    Examples
    --------
    >>> import numpy as np
    >>> values, done = winsorise(np.array([1.0, 2.0, 3.0, 2.5, 1.5, 90.0]))
    >>> values.tolist(), done.high
    ([1.0, 2.0, 3.0, 2.5, 1.5, 3.0], 1)
    """
    if otherwise not in ("log", "boxcox", "moved", None):
        raise NotDefinedError(
            Text(
                f'otherwise is {otherwise!r}; give "log", "boxcox", "moved" or None.',
                f"otherwise为{otherwise!r}，须为log、boxcox、moved或None。",
            )
        )
    if isinstance(points, bool) or not isinstance(points, int) or points < 0:
        raise NotDefinedError(
            Text(f"points is {points!r}; give a whole number.", f"points为{points!r}，须为非负整数。")
        )
    if not is_outlying(x, skewness, kurtosis):
        return x, Treatment()
    moved, low, high = _draw_in(x, skewness, kurtosis, points)
    done = Treatment("winsorise", low, high)
    if not is_outlying(moved, skewness, kurtosis):
        return moved, done
    if otherwise == "moved":
        return moved, Treatment("winsorise", low, high, "still outlying")
    if otherwise is None:
        return x, Treatment(note="still outlying")
    return find("treat", otherwise).formula(x, always=True)


def _draw_in(x: Any, skew_limit: float, kurtosis_limit: float, points: int) -> tuple[Any, int, int]:
    import numpy as np

    # Missing values are sorted behind all others.
    order = np.argsort(x, kind="stable")[: np.count_nonzero(~np.isnan(x))]
    moved, low, high = x, 0, 0
    for _ in range(points):
        if not is_outlying(moved, skew_limit, kurtosis_limit):
            break
        above = skewness_of(moved) > 0
        bottom, top = low + (not above), len(order) - 1 - high - above
        # Drawing in the last value that differs would make the indicator flat.
        if not x[order[bottom]] < x[order[top]]:
            break
        low, high = low + (not above), high + above
        moved = np.clip(x, x[order[bottom]], x[order[top]])
    return moved, low, high
