"""The eight ceiling lines of NCA, each from the points alone."""

from __future__ import annotations

from typing import Any

from learningcity.explain.nca.geometry import Line, hull, least_squares, on_peers, peers, straight

#: Line -> whether all points lie on or below it by construction.
ABOVE_ALL = {
    "ols": False,
    "cols": True,
    "qr": False,
    "c_lp": True,
    "ce_vrs": True,
    "cr_vrs": False,
    "ce_fdh": True,
    "cr_fdh": False,
}
#: The quantile of the quantile regression.
QUANTILE = 0.95


def line(method: str, x: Any, y: Any) -> Line | None:
    """Draw a ceiling over points, with the empty corner upper left.

    Parameters
    ----------
    method
        "ce_fdh" ceiling envelopment by free disposal hull, "cr_fdh" regression through its corners, "ce_vrs"
        envelopment with varying returns to scale (the smallest concave line), "cr_vrs" regression through
        its ends, "c_lp" the line above all points that lies least above the corners, "cols" the regression of all
        points raised above them, "qr" the regression of the 95th percentile, "ols" the plain regression.
    x, y
        Points.

    Returns
    -------
    Line or None
        None where no line is defined: a regression through one point.
    """
    import numpy as np

    best = peers(x, y)
    if method == "ce_fdh":
        return Line("steps", x[best], y[best])
    if method == "cr_fdh":
        on = on_peers(x, y, best)
        return straight(least_squares(x[on], y[on]))
    if method == "ols":
        return straight(least_squares(x, y))
    if method == "cols":
        found = least_squares(x, y)
        if found is None:
            return None
        slope, intercept = found
        return straight((slope, intercept + float((y - intercept - slope * x).max())))
    if method == "qr":
        return straight(_quantile_regression(x, y))
    top = hull(x, y, best)
    if method == "ce_vrs":
        return Line("pieces", x[top], y[top])
    if method == "cr_vrs":
        on = on_peers(x, y, top)
        return straight(least_squares(x[on], y[on]))
    if len(top) < 2:
        return None
    # The line above all points that is lowest over the mean of the corners is the piece of the hull there.
    k = int(np.clip(np.searchsorted(x[top], x[best].mean(), side="left"), 1, len(top) - 1))
    slope = float((y[top[k]] - y[top[k - 1]]) / (x[top[k]] - x[top[k - 1]]))
    return straight((slope, float(y[top[k]] - slope * x[top[k]])))


def _quantile_regression(x: Any, y: Any) -> tuple[float, float] | None:
    """Koenker & Bassett (1978), doi 10.2307/1913643, as a linear programme."""
    import numpy as np
    from scipy.optimize import linprog

    if (x == x[0]).all():
        return None
    n = len(x)
    found = linprog(
        np.concatenate([[0.0, 0.0], np.full(n, QUANTILE), np.full(n, 1 - QUANTILE)]),
        A_eq=np.hstack([x[:, None], np.ones((n, 1)), np.eye(n), -np.eye(n)]),
        b_eq=y,
        bounds=[(None, None)] * 2 + [(0, None)] * (2 * n),
        method="highs-ds",
    )
    return (float(found.x[0]), float(found.x[1])) if found.status == 0 else None
