"""What one cell of a user's table says: empty, a number, or neither; the same in every file."""

from __future__ import annotations

from typing import Any

from learningcity.core import or_none

#: What people and programs (R among them) write into a cell without a value, in small letters.
EMPTY = ("", "na", "n/a", "nan")


def is_blank(cell: Any) -> bool:
    """Whether nothing is written in a cell; ``NA`` is something: it may be a code or a name."""
    return not cell.strip() if isinstance(cell, str) else or_none(cell) is None


def is_empty(cell: Any) -> bool:
    """Whether a cell holds no value, in one of the ways in which people say so.

    Examples
    --------
    >>> [is_empty(c) for c in (None, " ", "NA", "n/a", float("nan"), 0, "none")]
    [True, True, True, True, True, False, False]
    """
    return cell.strip().casefold() in EMPTY if isinstance(cell, str) else or_none(cell) is None


def number(cell: Any) -> float | None:
    """Give a finite number; NaN for an empty cell; None for what is neither.

    Examples
    --------
    >>> number(" 1.5 "), number("1_000"), number(True), number("inf"), number("NA")
    (1.5, None, None, None, nan)
    """
    if is_empty(cell):
        return float("nan")
    if isinstance(cell, bool | complex | bytes) or type(cell).__name__ == "bool":
        return None
    if isinstance(cell, str) and "_" in cell:
        return None
    try:
        found = float(cell)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if abs(found) < float("inf") else None
