"""Smallest covers of a chart of prime implicants, compiled; the search can be stopped and resumed.

Imported late, since numba takes half a second.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from learningcity.core import compiled
from learningcity.explain.qca.compiled_bits import ones

Words = NDArray[np.uint64]


@compiled
def _rarest(rows: Any, starts: Any, uncovered: Words, banned: Any) -> Any:
    """The uncovered row with the fewest columns that may still be taken, and how many columns were looked at."""
    best, fewest, looked = -1, 0, 0
    for row in range(len(starts) - 1):
        if (uncovered[row >> 6] >> np.uint64(row & 63)) & np.uint64(1) == np.uint64(0):
            continue
        count = 0
        for k in range(starts[row], starts[row + 1]):
            looked += 1
            if banned[rows[k]] == 0:
                count += 1
                if best >= 0 and count >= fewest:
                    break
        if best < 0 or count < fewest:
            best, fewest = row, count
            if count == 0:
                break
    return best, looked


@compiled
def _hopeless(
    columns: Words, rows: Any, starts: Any, uncovered: Words, banned: Any, width: Any, slots: int, left: Any
) -> Any:
    """Whether ``slots`` columns surely cannot cover what is left, and how many columns were looked at.

    A row that no column covers together with more than w - 1 others takes at least one w-th of a column; the
    sum over rows is a bound from below (a feasible solution of the dual of the linear programme).
    """
    looked = len(columns)
    widest = np.int64(0)
    for c in range(len(columns)):
        if banned[c] != 0:
            width[c] = 0
            continue
        here = np.int64(0)
        for w in range(columns.shape[1]):
            here += np.int64(ones(columns[c, w] & uncovered[w]))
        width[c] = here
        widest = max(widest, here)
    if widest * slots < left:
        return True, looked
    if slots == 1:
        return False, looked
    needed = 0.0
    for row in range(len(starts) - 1):
        if (uncovered[row >> 6] >> np.uint64(row & 63)) & np.uint64(1) == np.uint64(0):
            continue
        most = np.int64(0)
        for k in range(starts[row], starts[row + 1]):
            most = max(most, width[rows[k]])
        looked += starts[row + 1] - starts[row]
        if most == 0:
            return True, looked
        needed += 1.0 / most
        if needed > slots + 1e-6:
            return True, looked
    return False, looked


@compiled
def search(
    columns: Words, rows: Any, starts: Any, size: int, depth: int, chosen: Any, row_at: Any, next_at: Any,
    uncovered: Words, banned: Any, width: Any, out: Any, budget: int,
) -> Any:  # fmt: skip
    """Go on listing the covers of exactly ``size`` columns until ``out`` is full, the budget spent or all seen.

    Each cover comes once: at every step some row that is not covered is taken, the cover holds a column of it,
    and columns tried before at this step are banned below.

    Parameters
    ----------
    columns
        Columns x words of rows: what a column covers.
    rows, starts
        Columns of each row, one after the other, and where those of a row begin.
    size
        Number of columns of a cover.
    depth, chosen, row_at, next_at, uncovered, banned
        The state; depth 0 and fresh arrays begin the search, -1 = done.
    width
        Room for one number a column.
    out
        Room x size, filled with the covers found.
    budget
        Most looks at a column in this call.

    Returns
    -------
    depth, count, left
        Where to go on (-1 = done), how many rows of ``out`` are filled, what is left of the budget.
    """
    words = columns.shape[1]
    count = 0
    while depth >= 0:
        if budget <= 0:
            return depth, count, budget
        row = row_at[depth]
        if row < 0:
            row, looked = _rarest(rows, starts, uncovered[depth], banned)
            budget -= looked
            row_at[depth] = row
            next_at[depth] = starts[row]
        k = next_at[depth]
        if k == starts[row + 1]:
            # Done with this step: lift the bans that it set.
            for j in range(starts[row], k):
                if banned[rows[j]] == depth + 1:
                    banned[rows[j]] = 0
            row_at[depth] = -1
            depth -= 1
            continue
        next_at[depth] = k + 1
        column = rows[k]
        if banned[column] != 0:
            continue
        banned[column] = depth + 1
        budget -= 1
        left = np.int64(0)
        for w in range(words):
            rest = uncovered[depth, w] & ~columns[column, w]
            uncovered[depth + 1, w] = rest
            left += np.int64(ones(rest))
        chosen[depth] = column
        if left == 0:
            # A cover of fewer columns than asked for is none of this size.
            if depth + 1 == size:
                for d in range(size):
                    out[count, d] = chosen[d]
                count += 1
                if count == out.shape[0]:
                    return depth, count, budget
            continue
        slots = size - depth - 1
        if slots == 0:
            continue
        hopeless, looked = _hopeless(
            columns, rows, starts, uncovered[depth + 1], banned, width, slots, left
        )  # fmt: skip
        budget -= looked
        if hopeless:
            continue
        depth += 1
        row_at[depth] = -1
    return -1, count, budget
