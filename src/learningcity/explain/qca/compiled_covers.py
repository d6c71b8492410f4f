"""Smallest covers of a chart of prime implicants, compiled; the search can be stopped and resumed.

Imported late, since numba takes half a second.

References
----------
Beasley (1990), A Lagrangian heuristic for set-covering problems, Naval Research Logistics 37,
doi 10.1002/1520-6750(199002)37:1<151::AID-NAV3220370110>3.0.CO;2-2 (the bound, written from the paper).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from learningcity.core import compiled

Words = NDArray[np.uint64]

#: Rounding that sums of prices may be off by.
CLOSE = 1e-6
#: Rounds in which the prices of the rows are improved: where the search begins, and below.
FIRST, BELOW = 200, 40
#: Rounds without a better bound after which prices move by half as much.
PATIENCE = 3


@compiled
def _priced(
    rows: Any, starts: Any, open_row: Any, width: Any, prices: Any, best: Any, pull: Any, gain: Any,
    slots: int, rounds: int,
) -> Any:  # fmt: skip
    """Raise the prices of the rows; drop columns that no cover of ``slots`` columns can hold.

    Every row is bought once at its price, and a column that is worth more than 1 gives back what it is worth
    beyond: a cover has at least as many columns as the sum (Lagrangian relaxation). A column that is worth less
    adds what it lacks if it is taken.

    Parameters
    ----------
    rows, starts
        Columns of each row, as for :func:`search`.
    open_row
        Whether a row is not covered yet.
    width
        Uncovered rows of each column; set to 0 for columns that cannot be taken.
    prices
        Of the rows, to begin with; changed.
    best
        Filled with the prices of the best bound.
    pull, gain
        Room for one number a row, and a column.

    Returns
    -------
    possible, looked
        Whether ``slots`` columns may suffice, and how many columns were looked at.
    """
    looked = 0
    highest = -np.inf
    share = 1.0
    idle = 0
    for step in range(rounds):
        gain[:] = 0.0
        bound = 0.0
        for row in range(len(prices)):
            price = prices[row]
            if price > 0.0:
                bound += price
                for k in range(starts[row], starts[row + 1]):
                    gain[rows[k]] += price
                looked += starts[row + 1] - starts[row]
        for c in range(len(width)):
            if width[c] > 0 and gain[c] > 1.0:
                bound += 1.0 - gain[c]
        looked += len(width)
        if bound > slots + CLOSE:
            return False, looked
        for c in range(len(width)):
            if width[c] > 0 and bound + 1.0 - gain[c] > slots + CLOSE and gain[c] < 1.0:
                width[c] = 0
        if bound > highest:
            highest = bound
            best[:] = prices
            idle = 0
        else:
            idle += 1
            if idle == PATIENCE:
                share *= 0.5
                idle = 0
        if step == rounds - 1:
            break
        # Rows that no column worth its price covers become dearer, rows that several cover cheaper.
        length = 0.0
        for row in range(len(prices)):
            pull[row] = 0.0
            if not open_row[row]:
                continue
            here = 1.0
            for k in range(starts[row], starts[row + 1]):
                if width[rows[k]] > 0 and gain[rows[k]] > 1.0:
                    here -= 1.0
            looked += starts[row + 1] - starts[row]
            if here < 0.0 and prices[row] <= 0.0:
                here = 0.0
            pull[row] = here
            length += here * here
        if length == 0.0:
            break
        move = share * (slots + 1.0 - bound) / length
        for row in range(len(prices)):
            if pull[row] != 0.0:
                prices[row] = max(0.0, prices[row] + move * pull[row])
    return True, looked


@compiled
def _next_row(
    rows: Any, starts: Any, uncovered: Words, banned: Any, above: Any, best: Any, slots: int, rounds: int,
    width: Any, gain: Any, prices: Any, pull: Any, open_row: Any,
) -> Any:  # fmt: skip
    """The uncovered row with the fewest columns that may be taken; -1 where ``slots`` columns cannot suffice.

    Parameters
    ----------
    above, best
        Prices of the rows from the step above, and filled with those found here.
    width, gain, prices, pull, open_row
        Room.

    Returns
    -------
    row, looked
        The row, and how many columns were looked at.
    """
    looked = 0
    width[:] = 0
    for row in range(len(open_row)):
        inside = (uncovered[row >> 6] >> np.uint64(row & 63)) & np.uint64(1) != np.uint64(0)
        open_row[row] = inside
        prices[row] = above[row] if inside else 0.0
        if inside:
            for k in range(starts[row], starts[row + 1]):
                if banned[rows[k]] == 0:
                    width[rows[k]] += 1
            looked += starts[row + 1] - starts[row]
    possible, more = _priced(rows, starts, open_row, width, prices, best, pull, gain, slots, rounds)
    looked += more
    if not possible:
        return -1, looked
    found, fewest = -1, 0
    for row in range(len(open_row)):
        if not open_row[row]:
            continue
        count = 0
        for k in range(starts[row], starts[row + 1]):
            if width[rows[k]] > 0:
                count += 1
        looked += starts[row + 1] - starts[row]
        if found < 0 or count < fewest:
            found, fewest = row, count
            if count == 0:
                return -1, looked
    return found, looked


@compiled
def search(
    columns: Words, rows: Any, starts: Any, size: int, depth: int, chosen: Any, row_at: Any, next_at: Any,
    uncovered: Words, banned: Any, prices: Any, column_room: Any, row_room: Any, open_row: Any, out: Any,
    budget: int,
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
    depth, chosen, row_at, next_at, uncovered, banned, prices
        The state; depth 0 and fresh arrays begin the search, -1 = done. ``prices`` (steps x rows) begins with
        any prices of 0 or more.
    column_room, row_room, open_row
        Room: 2 numbers a column, 2 a row, and a truth value a row.
    out
        Room x size, filled with the covers found.
    budget
        Most looks at a column in this call.

    Returns
    -------
    depth, count, left
        Where to go on (-1 = done), how many rows of ``out`` are filled, what is left of the budget.
    """
    width = column_room[0]
    gain = column_room[1]
    words = columns.shape[1]
    count = 0
    while depth >= 0:
        if budget <= 0:
            return depth, count, budget
        row = row_at[depth]
        if row < 0:
            row, looked = _next_row(
                rows, starts, uncovered[depth], banned, prices[depth], prices[depth + 1], size - depth,
                BELOW if depth else FIRST, width, gain, row_room[0], row_room[1], open_row,
            )  # fmt: skip
            budget -= looked
            if row < 0:
                depth -= 1
                continue
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
        left = False
        for w in range(words):
            rest = uncovered[depth, w] & ~columns[column, w]
            uncovered[depth + 1, w] = rest
            if rest != np.uint64(0):
                left = True
        chosen[depth] = column
        if not left:
            # A cover of fewer columns than asked for is none of this size.
            if depth + 1 == size:
                for d in range(size):
                    out[count, d] = chosen[d]
                count += 1
                if count == out.shape[0]:
                    return depth, count, budget
            continue
        if depth + 1 < size:
            depth += 1
            row_at[depth] = -1
    return -1, count, budget
