"""Search for the minimal disjunctions that are necessary: level by level, nothing possible left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from learningcity.core import InputError, Text
from learningcity.explain.qca.fitting import CLOSE

#: Disjunctions that are looked at, at most, and memberships of a level that are held.
STEPS, CELLS = 2_000_000, 20_000_000
#: Disjunctions that are measured at once.
CHUNK = 4096


def minimal_disjunctions(
    each: Any,
    y: Any,
    groups: Sequence[int],
    most: Sequence[int],
    cuts: tuple[float, float, float],
    depth: int,
    steps: int = STEPS,
) -> list[tuple[int, ...]]:
    """All minimal sets of literals whose disjunction reaches the cuts.

    Parameters
    ----------
    each
        Literals x cases: memberships.
    y
        Memberships in the outcome, not all 0.
    groups
        The condition of each literal.
    most
        Most literals of each condition in one disjunction: one less than its values.
    cuts
        Least inclusion, relevance and coverage.
    depth
        Most literals.
    steps
        Most sets that are looked at.

    Returns
    -------
    list of tuple of int
        Places of the literals, shorter sets first. None holds another of the list.

    Raises
    ------
    InputError
        More sets than ``steps``.

    Examples
    --------
    >>> import numpy as np
    >>> each = np.array([[1.0, 1, 0, 0], [0, 0, 1, 1], [0, 1, 1, 0], [1, 0, 0, 1]])
    >>> minimal_disjunctions(each, np.array([1.0, 1, 1, 0]), [0, 0, 1, 1], [1, 1], (1, 0.5, 0.5), 2)
    [(0, 2)]
    """
    import numpy as np

    found: list[tuple[int, ...]] = []
    masks = np.zeros((0, len(each)), dtype=np.float32)
    sets: list[tuple[int, ...]] = [(k,) for k in range(len(each))]
    level = np.asarray(each, dtype=float)
    seen = len(sets)
    for size in range(1, depth + 1):
        passing, alive = _measured(level, y, cuts)
        found += [sets[k] for k in np.flatnonzero(passing)]
        if size == depth:
            break
        masks = _masks(found, len(each))
        parents = np.flatnonzero(alive & ~passing)
        next_sets, next_level, seen = _extended(sets, level, parents, each, groups, most, masks, seen, steps)
        if not next_sets:
            break
        sets, level = next_sets, next_level
    return found


def _measured(level: Any, y: Any, cuts: tuple[float, float, float]) -> tuple[Any, Any]:
    """Which sets reach all cuts, and which may be taken further."""
    import numpy as np

    passing, alive = np.zeros(len(level), dtype=bool), np.zeros(len(level), dtype=bool)
    for start in range(0, len(level), CHUNK):
        x = level[start : start + CHUNK]
        both = np.minimum(x, y)
        shared, total = both.sum(axis=1), x.sum(axis=1)
        apart = (1.0 - both).sum(axis=1)
        relevance = np.divide((1.0 - x).sum(axis=1), apart, out=np.zeros(len(x)), where=apart > 0)
        coverage = np.divide(shared, total, out=np.zeros(len(x)), where=total > 0)
        relevant = relevance >= cuts[1] - CLOSE
        enough = (shared / y.sum() >= cuts[0] - CLOSE) & (coverage >= cuts[2] - CLOSE)
        alive[start : start + CHUNK] = relevant
        passing[start : start + CHUNK] = relevant & enough
    return passing, alive


def _masks(found: Sequence[tuple[int, ...]], literals: int) -> Any:
    import numpy as np

    masks = np.zeros((len(found), literals), dtype=np.float32)
    for row, one in zip(masks, found, strict=True):
        row[list(one)] = 1.0
    return masks


def _extended(
    sets: list[tuple[int, ...]],
    level: Any,
    parents: Any,
    each: Any,
    groups: Sequence[int],
    most: Sequence[int],
    masks: Any,
    seen: int,
    steps: int,
) -> tuple[list[tuple[int, ...]], Any, int]:
    """Each parent with one later literal, without those that hold a set already found."""
    import numpy as np

    sizes = masks.sum(axis=1)
    new_sets: list[tuple[int, ...]] = []
    blocks = []
    for parent in parents:
        base = sets[parent]
        taken = [groups[k] for k in base]
        later = [k for k in range(base[-1] + 1, len(each)) if taken.count(groups[k]) < most[groups[k]]]
        if not later:
            continue
        seen += len(later)
        if seen > steps or (len(new_sets) + len(later)) * each.shape[1] > CELLS:
            raise InputError(
                Text(
                    f"More than {min(seen, steps):,} disjunctions would have to be looked at; lower depth, raise "
                    "relevance_cut, or use fewer conditions.",
                    f"需检查的析取式超过{min(seen, steps):,}个，请减小depth、提高relevance_cut或减少条件。",
                )
            )
        if len(masks):
            inside = masks[:, list(base)].sum(axis=1)[:, None] + masks[:, later]
            keep = ~(inside == sizes[:, None]).any(axis=0)
            later = [k for k, good in zip(later, keep, strict=True) if good]
        new_sets += [(*base, k) for k in later]
        blocks.append(np.maximum(level[parent], each[later]))
    return new_sets, np.concatenate(blocks) if blocks else np.zeros((0, each.shape[1])), seen
