"""Effect sizes of shuffled outcomes, compiled; imported late, since numba takes half a second.

A permutation test needs the effect size of thousands of shuffles of the same points. x is sorted once; a
shuffle then costs one pass over y. The arithmetic follows :mod:`learningcity.explain.nca.geometry`.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from learningcity.core import compiled


@compiled
def corners(x: Any, y: Any, px: Any, py: Any, weight: Any) -> int:
    """Corners of the steps over points sorted by x; how many points lie on each; gives their number.

    Parameters
    ----------
    x, y
        Points, x from low to high.
    px, py, weight
        Room for the corners and for the number of points that coincide with each.
    """
    count = 0
    best = -np.inf
    n = len(x)
    k = 0
    while k < n:
        # Of the points at one x only the highest can be a corner.
        top = y[k]
        alike = 1
        j = k + 1
        while j < n and x[j] == x[k]:
            if y[j] > top:
                top = y[j]
                alike = 1
            elif y[j] == top:
                alike += 1
            j += 1
        if top > best:
            px[count], py[count], weight[count] = x[k], top, alike
            best = top
            count += 1
        k = j
    return count


@compiled
def steps_zone(
    px: Any, py: Any, count: int, x_low: float, x_high: float, y_low: float, y_high: float
) -> float:
    """Area above the steps."""
    zone = (px[0] - x_low) * (y_high - y_low)
    for k in range(count):
        right = px[k + 1] if k + 1 < count else x_high
        zone += (right - px[k]) * (y_high - py[k])
    return zone


@compiled
def line_zone(
    slope: float, intercept: float, x_low: float, x_high: float, y_low: float, y_high: float
) -> float:
    """Area above a rising line; NaN for a falling one, which is no ceiling of this corner."""
    if slope < 0.0:
        return np.nan
    if slope == 0.0:
        return (y_high - min(max(intercept, y_low), y_high)) * (x_high - x_low)
    enters = min(max((y_low - intercept) / slope, x_low), x_high)
    leaves = min(max((y_high - intercept) / slope, x_low), x_high)
    at_enter = min(max(intercept + slope * enters, y_low), y_high)
    at_leave = min(max(intercept + slope * leaves, y_low), y_high)
    return (enters - x_low) * (y_high - y_low) + (leaves - enters) * (y_high - (at_enter + at_leave) / 2.0)


@compiled
def regression(px: Any, py: Any, weight: Any, count: int) -> Any:
    """Slope and intercept through weighted points; slope NaN where all x are equal."""
    total = 0.0
    mx = 0.0
    my = 0.0
    for k in range(count):
        total += weight[k]
        mx += weight[k] * px[k]
        my += weight[k] * py[k]
    mx /= total
    my /= total
    sxx = 0.0
    sxy = 0.0
    for k in range(count):
        dx = px[k] - mx
        sxx += weight[k] * dx * dx
        sxy += weight[k] * dx * (py[k] - my)
    if sxx <= 0.0:
        return np.nan, np.nan
    slope = sxy / sxx
    return slope, my - slope * mx


@compiled(parallel=True)
def fdh_effects(
    x: Any, shuffles: Any, x_low: float, x_high: float, y_low: float, y_high: float, out: Any
) -> None:
    """Effect sizes by ``ce_fdh`` and ``cr_fdh`` of each shuffle.

    Parameters
    ----------
    x
        Sorted from low to high.
    shuffles
        Shuffles x points: y in the order of x.
    x_low, x_high, y_low, y_high
        The scope.
    out
        Shuffles x 2, filled; an effect that is not defined counts as 0: no ceiling was found.
    """
    area = (x_high - x_low) * (y_high - y_low)
    for s in numba.prange(len(shuffles)):
        px, py = np.empty(len(x)), np.empty(len(x))
        weight = np.empty(len(x))
        count = corners(x, shuffles[s], px, py, weight)
        out[s, 0] = steps_zone(px, py, count, x_low, x_high, y_low, y_high) / area
        slope, intercept = regression(px, py, weight, count)
        zone = line_zone(slope, intercept, x_low, x_high, y_low, y_high) if slope == slope else np.nan
        out[s, 1] = zone / area if zone == zone else 0.0


@compiled(parallel=True)
def shuffle(y: Any, seeds: Any, out: Any) -> None:
    """Fill each row with y in another order, by Fisher & Yates; one seed a row, so threads change nothing.

    Parameters
    ----------
    y
        Values.
    seeds
        One 64-bit number a row; each starts a generator of its own (SplitMix64; Steele, Lea & Flood 2014,
        doi 10.1145/2660193.2660195).
    out
        Rows x values, filled.
    """
    for s in numba.prange(len(seeds)):
        state = seeds[s]
        for k in range(len(y)):
            out[s, k] = y[k]
        for k in range(len(y) - 1, 0, -1):
            state += np.uint64(0x9E3779B97F4A7C15)
            z = state
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            z = z ^ (z >> np.uint64(31))
            # The high half times the number of places: uniform to one part in four thousand million.
            j = np.int64(((z >> np.uint64(32)) * np.uint64(k + 1)) >> np.uint64(32))
            held = out[s, k]
            out[s, k] = out[s, j]
            out[s, j] = held
