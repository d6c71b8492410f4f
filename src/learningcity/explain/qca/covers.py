"""Models: the sets of prime implicants that together cover every positive row.

Implicants that cover the same rows stand for one another, so the search runs over classes of them and the
models are written out afterwards. Bounded: a number of models and a number of steps, both stated.

References
----------
Quine (1952), doi 10.1080/00029890.1952.11988183. Baumgartner & Thiem (2017), Model ambiguities in
configurational comparative research, doi 10.1177/0049124115610351.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from learningcity.core import InputError, Text
from learningcity.explain.qca.transversals import (
    distinct,
    minimal_transversals,
    packed,
    packed_rows,
    smallest_edges,
    unpacked,
)

#: Models that are listed at most, unless a caller asks for more.
MODELS = 10_000
#: Looks at an implicant after which the search for the smallest models gives up: some ten seconds.
STEPS = 10_000_000_000
#: Covers that are held at a time.
PART = 4096


@dataclass(frozen=True)
class Covers:
    """Covers of a chart.

    Parameters
    ----------
    models
        One tuple of numbers of implicants a model, in order.
    complete
        Whether these are all; else the limit was reached, or the steps of the search were spent.
    essential
        Numbers of the implicants that every model holds; where not all models are listed, of those that
        alone cover some row.
    """

    models: tuple[tuple[int, ...], ...]
    complete: bool
    essential: tuple[int, ...]


def find_covers(chart: Any, kind: str, limit: int = MODELS, steps: int = STEPS) -> Covers:
    """List the covers of a chart.

    Parameters
    ----------
    chart
        Implicants x rows, True where covered; every row is covered by some implicant.
    kind
        "fewest": all covers of the fewest implicants; "irredundant": all from which none can be left out.
    limit
        Most models that are listed.
    steps
        Most looks at an implicant that the search for the fewest takes. Where they are spent after the least
        number of implicants is known, those covers are given that were found by then.

    Raises
    ------
    InputError
        The least number of implicants was not found within ``steps``.
    """
    import numpy as np

    first, inverse = distinct(packed_rows(chart))
    patterns = chart[first]
    classes = np.split(np.argsort(inverse, kind="stable"), np.cumsum(np.bincount(inverse))[:-1])
    budget = _Budget(steps, steps)
    found = _fewest(patterns, budget) if kind == "fewest" else _irredundant(patterns)
    models: list[tuple[int, ...]] = []
    complete = True
    for cover in found:
        for model in product(*(classes[c] for c in cover)):
            if len(models) == limit:
                complete = False
                break
            models.append(tuple(sorted(int(k) for k in model)))
        if not complete:
            break
    complete = complete and not budget.spent
    if complete:
        shared = set.intersection(*(set(m) for m in models))
    else:
        alone = chart[:, chart.sum(axis=0) == 1]
        shared = {int(k) for k in np.flatnonzero(alone.any(axis=1))}
    return Covers(tuple(sorted(models, key=lambda m: (len(m), m))), complete, tuple(sorted(shared)))


def _irredundant(patterns: Any) -> Iterator[tuple[int, ...]]:
    import numpy as np

    size = len(patterns)
    edges = packed_rows(patterns.T)
    for part in minimal_transversals(edges, size, PART):
        for cover in unpacked(part, size):
            yield tuple(int(c) for c in np.flatnonzero(cover))


@dataclass
class _Budget:
    """Steps of a search: how many there were, and how many are left."""

    steps: int
    left: int

    @property
    def spent(self) -> bool:
        return self.left <= 0


def _fewest(patterns: Any, budget: _Budget) -> Iterator[tuple[int, ...]]:
    """Covers of the fewest classes, by trying one size after the other.

    Whether covers of a size exist is decided with the widest classes alone: a class whose rows another one
    covers as well can be put in its place. The covers are then listed with all classes.
    """
    import numpy as np

    chart = np.ascontiguousarray(unpacked(smallest_edges(packed_rows(patterns.T)), len(patterns)).T)
    widest = ~unpacked(smallest_edges(packed_rows(~chart)), chart.shape[1])
    size = _at_least(widest)
    while (one := next(_of_size(widest, size, budget), None)) is None:
        if budget.spent:
            raise InputError(
                Text(
                    f"The search for the smallest models was stopped after {budget.steps:,} steps, at models of "
                    f"{size} terms: {len(chart):,} different prime implicants for {chart.shape[1]} rows are too "
                    "many to combine. Use fewer conditions, ask for covers='irredundant', or raise steps.",
                    f"最简模型的搜索在{budget.steps:,}步后停止（已至{size}项模型）：{chart.shape[1]}个组合对应"
                    f"{len(chart):,}种质蕴涵项，组合过多。请减少条件、使用covers='irredundant'，或提高steps。",
                )
            )
        size += 1
    listed = False
    for cover in _of_size(chart, size, budget):
        listed = True
        yield cover
    if not listed:
        yield tuple(int((chart == widest[c]).all(axis=1).argmax()) for c in one)


def _of_size(chart: Any, size: int, budget: _Budget) -> Iterator[tuple[int, ...]]:
    """All covers of exactly so many columns, or as many of them as are found until the budget is spent."""
    import numpy as np

    from learningcity.explain.qca.compiled_covers import search

    columns = packed_rows(chart)
    members = [np.flatnonzero(column) for column in chart.T]
    starts = np.concatenate([[0], np.cumsum([len(m) for m in members])]).astype(np.int64)
    # Wide columns first: a cover is found early.
    width = chart.sum(axis=1)
    rows = np.concatenate([m[np.argsort(-width[m], kind="stable")] for m in members]).astype(np.int64)
    chosen = np.zeros(size + 1, dtype=np.int64)
    row_at = np.full(size + 1, -1, dtype=np.int64)
    next_at = np.zeros(size + 1, dtype=np.int64)
    uncovered = np.zeros((size + 1, columns.shape[1]), dtype=np.uint64)
    uncovered[0] = packed([range(chart.shape[1])], chart.shape[1])[0]
    banned = np.zeros(len(chart), dtype=np.int64)
    prices = np.zeros((size + 1, chart.shape[1]))
    # A row that no column covers together with more than w - 1 others takes at least one w-th of a column.
    prices[0] = 1.0 / np.array([width[m].max() for m in members])
    column_room, row_room = np.zeros((2, len(chart))), np.zeros((2, chart.shape[1]))
    open_row = np.zeros(chart.shape[1], dtype=bool)
    out = np.zeros((PART, size), dtype=np.int64)
    depth = 0
    while depth >= 0 and not budget.spent:
        depth, count, budget.left = search(
            columns, rows, starts, size, depth, chosen, row_at, next_at, uncovered, banned, prices,
            column_room, row_room, open_row, out, budget.left,
        )  # fmt: skip
        for cover in out[:count]:
            yield tuple(int(c) for c in cover)


def _at_least(chart: Any) -> int:
    """Rows of which no column covers two need a column each: so many columns at least."""
    import numpy as np

    blocked = np.zeros(chart.shape[1], dtype=bool)
    count = 0
    for row in np.argsort(chart.sum(axis=0), kind="stable"):
        if not blocked[row]:
            count += 1
            blocked |= chart[chart[:, row]].any(axis=0)
    return count
