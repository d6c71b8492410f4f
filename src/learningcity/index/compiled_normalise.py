"""Normalising aggregates again within a draw, compiled by numba; imported late.

The formulas are those of the methods, operation by operation, so that a draw equals the plain build to
the last bit. Whatever is not the plain case (all values equal, none there, a result out of range) is only
told: such a draw goes through the plain build, which knows what to say.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from learningcity.core import compiled

#: Methods in the order of their numbers, from 1; 0 = not normalised again.
METHODS = ("minmax", "distance_to_max", "zscore", "rank", "borda", "percentile_rank")


def again_of(choice: Any) -> tuple[int, float, float] | None:
    """Number and two parameters of a normalisation; None = not compiled."""
    if choice is None:
        return 0, 0.0, 0.0
    if choice.name not in METHODS:
        return None
    given, number = choice.parameters, METHODS.index(choice.name) + 1
    if choice.name == "minmax":
        first, second = given["lower"], given["upper"]
    elif choice.name == "zscore":
        first, second = given["mean"], given["deviation"]
        if not second > 0 or not sums_agree():
            return None
    elif choice.name == "distance_to_max":
        first = second = 0.0
    else:
        if given["ties"] not in ("lowest", "average"):
            return None
        first, second = float(given["ties"] == "average"), given.get("upper", 0.0)
    return number, float(first), float(second)


@compiled(error_model="numpy", nogil=True)
def _strands(x: Any, start: int, n: int) -> float:
    """Sum of up to 128 numbers, in eight strands."""
    total = 0.0
    if n < 8:
        for i in range(start, start + n):
            total += x[i]
        return total
    strands = x[start : start + 8].copy()
    full = n - n % 8
    for i in range(8, full, 8):
        for k in range(8):
            strands[k] += x[start + i + k]
    total = ((strands[0] + strands[1]) + (strands[2] + strands[3])) + (
        (strands[4] + strands[5]) + (strands[6] + strands[7])
    )
    for i in range(start + full, start + n):
        total += x[i]
    return total


@compiled(error_model="numpy", nogil=True)
def pairwise(x: Any, n: int) -> float:
    """Sum of the first numbers as numpy sums: by halves (Higham 1993, doi 10.1137/0914050)."""
    if n <= 128:
        return _strands(x, 0, n)
    starts, sizes = np.zeros(64, dtype=np.int64), np.zeros(64, dtype=np.int64)
    halves, sums = np.zeros(64, dtype=np.int64), np.zeros(64)
    sizes[0] = n
    depth = 0
    total = 0.0
    while depth >= 0:
        size = sizes[depth]
        half = size // 2
        half -= half % 8
        if size <= 128:
            total = _strands(x, starts[depth], size)
            depth -= 1
        elif halves[depth] == 2:
            total = sums[depth] + total
            depth -= 1
        else:
            # Down into the first half, and after it into the second one.
            second = halves[depth] == 1
            sums[depth] = total
            halves[depth] += 1
            starts[depth + 1] = starts[depth] + (half if second else 0)
            sizes[depth + 1] = size - half if second else half
            halves[depth + 1] = 0
            depth += 1
    return total


@cache
def sums_agree() -> bool:
    """Whether this numpy sums in the order that is compiled here; else nothing that sums is compiled."""
    x = np.random.default_rng(0).normal(0.0, 1.0, 5000) * 10.0 ** np.arange(5000).clip(0, 9)
    sizes = [*range(1, 300), 511, 512, 513, 1000, 1027, 4999]
    return all(pairwise(x, n) == x[:n].sum() for n in sizes)


@compiled(error_model="numpy", nogil=True)
def normalise_into(
    method: int, first: float, second: float, direction: float, x: Any, out: Any, room: Any
) -> bool:
    """Normalise the vector ``x`` into ``out``; False = not the plain case."""
    units = x.shape[0]
    n = 0
    low, high = np.inf, -np.inf
    for u in range(units):
        y = x[u] * direction
        out[u] = y
        if not np.isnan(y):
            room[n] = y
            n += 1
            low, high = min(low, y), max(high, y)
    if n == 0 or not high > low or not (-np.inf < low and high < np.inf):
        return False
    if method == 1:
        for u in range(units):
            out[u] = first + (out[u] - low) / (high - low) * (second - first)
    elif method == 2:
        for u in range(units):
            out[u] = 1.0 - (high - out[u]) / (high - low)
    elif method == 3:
        if n < 2 or not 1e-100 < max(-low, high) < 1e100:
            return False
        mean = pairwise(room, n) / n
        for i in range(n):
            room[i] = (room[i] - mean) * (room[i] - mean)
        deviation = np.sqrt(pairwise(room, n) / (n - 1))
        for u in range(units):
            out[u] = first + (out[u] - mean) / deviation * second
    else:
        ordered = np.sort(room[:n])
        left = np.searchsorted(ordered, out, side="left")
        right = np.searchsorted(ordered, out, side="right")
        for u in range(units):
            if np.isnan(out[u]):
                continue
            place = left[u] + 1.0
            if first > 0.0:
                place = (place + right[u]) / 2.0
            if method >= 5:
                place = place - 1.0
            out[u] = place / (n - 1.0) * second if method == 6 else place
    return np.array_equal(np.isfinite(out), np.isfinite(x))
