"""Draws that chose alike are computed once: which rows of small whole numbers are the same."""

from __future__ import annotations

from typing import Any


def distinct(parts: list[Any], sizes: list[int], length: int) -> tuple[Any, Any]:
    """Number the distinct rows of some columns of small whole numbers.

    Returns
    -------
    inverse, firsts
        For each row the number of its group, and for each group its first row.
    """
    import math

    import numpy as np

    pairs = [(p, s) for p, s in zip(parts, sizes, strict=True) if s > 1]
    if not pairs:
        return np.zeros(length, dtype=np.int64), np.zeros(1, dtype=np.int64)
    if math.prod(s for _, s in pairs) < 2**62:
        key = np.zeros(length, dtype=np.int64)
        for part, size in pairs:
            key = key * size + part
        _, firsts, inverse = np.unique(key, return_index=True, return_inverse=True)
    else:
        rows = np.column_stack([p for p, _ in pairs])
        _, firsts, inverse = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    return inverse.reshape(-1), firsts
