"""How often do shuffled cases give at least as strong an association: the chance of a pair.

Where one side has few distinct arrangements all are tried, else a sample. Pairs over equally many cases share
their shuffles, and pairs over the same cases share the shuffled column, so that many pairs cost one matrix product.
What is drawn depends on the seed and the number of cases alone: a pair keeps its p whatever stands beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import comb, factorial
from typing import Any

from learningcity.core import Progress, Steps
from learningcity.explain.association.measures import PartialSides, Side

#: Numbers that are held at a time.
ROOM = 2_000_000
#: Shares closer than this are equal.
TIED = 1e-10
#: Most cases for which Kendall's statistic is shuffled; beyond, it is compared with the normal distribution.
KENDALL_MOST = 150


@dataclass(frozen=True)
class Chance:
    """How often chance does as well.

    Parameters
    ----------
    p
        Probability of at least as strong an association without any relation.
    method
        "exact" (all arrangements), "permutation" (a sample of them), or "asymptotic".
    as_good, arrangements
        Arrangements at least as strong, and those tried; 0 and 0 where none was tried.
    """

    p: float
    method: str
    as_good: int = 0
    arrangements: int = 0


@dataclass(frozen=True)
class Request:
    """One test to be done by shuffling.

    Parameters
    ----------
    name
        What the answer is filed under.
    size
        What is shuffled: number of cases, or of clusters.
    shared
        Requests of the same ``shared`` have the same shuffled side.
    shuffled
        From shuffles (shuffles x size) to what ``judge`` of every request takes.
    fixed
        The side that stays, as columns.
    judge
        From what was shuffled and such columns to one figure a shuffle and column; those of a request are added up.
        Columns of several requests are judged at once.
    cells
        Numbers a shuffle that are held.
    """

    name: Hashable
    size: int
    shared: Hashable
    shuffled: Callable[[Any], Any]
    fixed: Any
    judge: Callable[[Any, Any], Any]
    cells: int


def count_arrangements(counts: Sequence[int], most: int) -> int:
    """Number of distinct arrangements of values that occur so often; ``most`` + 1 if there are more."""
    found, left = 1, int(sum(counts))
    for count in counts:
        if found > most:
            return most + 1
        # A binomial of so many cases is beyond ``most`` without being reckoned.
        if min(count, left - count) > 40:
            return most + 1
        found *= comb(left, int(count))
        left -= int(count)
    return min(found, most + 1)


def arrangements(counts: Sequence[int]) -> Any:
    """All distinct arrangements of values 0, 1, ... that occur so often.

    Returns
    -------
    array
        Arrangements x cases.

    Examples
    --------
    >>> arrangements([1, 2]).tolist()
    [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    """
    from itertools import combinations

    import numpy as np

    cases = int(sum(counts))
    if len(counts) == 1:
        return np.zeros((1, cases), dtype=np.int16)
    rest = arrangements(counts[1:]) + 1
    places = np.array(list(combinations(range(cases), int(counts[0]))), dtype=np.intp)
    free = np.ones((len(places), cases), dtype=bool)
    free[np.arange(len(places))[:, None], places] = False
    others = np.nonzero(free)[1].reshape(len(places), -1)
    found = np.zeros((len(places), len(rest), cases), dtype=np.int16)
    found[np.arange(len(places))[:, None, None], np.arange(len(rest))[None, :, None], others[:, None, :]] = (
        rest
    )
    return found.reshape(-1, cases)


def exact_chance(first: Side, second: Side, measure: str, most: int) -> Chance | None:
    """Try every arrangement of the side that has fewer; None if there are more than ``most``.

    Two groups against two groups are judged by Fisher's exact test at any size.
    """
    import numpy as np
    from scipy import stats

    if measure == "cramers_v" and first.distinct == second.distinct == 2:
        table = np.zeros((2, 2), dtype=int)
        np.add.at(table, (first.codes, second.codes), 1)
        return Chance(min(float(stats.fisher_exact(table).pvalue), 1.0), "exact")
    ways = [count_arrangements(side.counts.tolist(), most) for side in (first, second)]
    moved, fixed = (first, second) if ways[0] <= ways[1] else (second, first)
    if min(ways) > most or min(ways) * len(first.codes) > ROOM:
        return None
    codes = arrangements(moved.counts.tolist())
    if measure == "kendall":
        still = _signs(fixed.codes).reshape(-1, 1)
        shapes = np.sign(np.subtract.outer(np.arange(moved.distinct), np.arange(moved.distinct)))
        found = np.concatenate(
            [
                _kendall(shapes[part[:, :, None], part[:, None, :]], still)[:, 0]
                for part in _parts(codes, len(fixed.codes) ** 2)
            ]
        )
        seen = _kendall(_signs(moved.codes)[None], still)[0, 0]
    else:
        rows = np.zeros((moved.distinct, moved.basis.shape[1]))
        rows[moved.codes] = moved.basis
        found = np.concatenate(
            [
                _squares([row[part] for row in rows.T], fixed.basis).sum(axis=1)
                for part in _parts(codes, len(fixed.codes))
            ]
        )
        seen = _squares([row[moved.codes][None] for row in rows.T], fixed.basis)[0].sum()
    good = int((found >= seen - TIED).sum())
    return Chance(good / len(found), "exact", good, len(found))


def sampled_chances(
    requests: Sequence[Request], permutations: int, seed: int, progress: Progress | None = None
) -> dict[Any, Chance]:
    """Answer all requests; all orders of up to a few cases, else a sample.

    ``progress`` is told of shuffles times sides that are shuffled.
    """
    by_size: dict[int, dict[Hashable, list[Request]]] = defaultdict(lambda: defaultdict(list))
    for request in requests:
        by_size[request.size][request.shared].append(request)
    found: dict[Any, Chance] = {}
    steps = Steps(progress, permutations * sum(map(len, by_size.values())))
    for size, grouped in by_size.items():
        end = steps.done + permutations * len(grouped)
        families = [_Family(members) for members in grouped.values()]
        exact, tried = size <= 12 and factorial(size) <= permutations, 0
        for orders in _orders(size, permutations, seed, exact, max(f.cells for f in families)):
            tried += len(orders)
            for family in families:
                family.count(orders)
                steps(len(orders))
        steps.to(end)
        for family in families:
            for one, good in zip(family.members, family.good.tolist(), strict=True):
                p = good / tried if exact else (1 + good) / (1 + tried)
                found[one.name] = Chance(p, "exact" if exact else "permutation", good, tried)
    return found


class _Family:
    """Requests that have the same shuffled side."""

    def __init__(self, members: list[Request]) -> None:
        import numpy as np

        self.members = members
        widths = [one.fixed.shape[1] for one in members]
        self.fixed = np.hstack([one.fixed for one in members])
        self.starts = np.cumsum([0, *widths[:-1]])
        self.cells = max(members[0].cells, sum(widths))
        self.good = np.zeros(len(members), dtype=np.int64)
        self.seen = self.figures(np.arange(members[0].size)[None])[0]

    def figures(self, orders: Any) -> Any:
        """Shuffles x requests."""
        import numpy as np

        first = self.members[0]
        return np.add.reduceat(first.judge(first.shuffled(orders), self.fixed), self.starts, axis=1)

    def count(self, orders: Any) -> None:
        """Count the shuffles that are at least as strong."""
        self.good += (self.figures(orders) >= self.seen - TIED).sum(axis=0)


def plain_request(name: Hashable, shared: Hashable, moved: Side, fixed: Side) -> Request:
    """Shuffle the cases of one side."""
    columns = list(moved.basis.T)
    return Request(
        name, len(moved.codes), shared, lambda orders: [column[orders] for column in columns], fixed.basis, _squares,
        len(moved.codes) * len(columns),
    )  # fmt: skip


def partial_request(name: Hashable, shared: Hashable, sides: PartialSides) -> Request:
    """Shuffle what is left of a side once effort is taken out (Freedman and Lane)."""
    import numpy as np

    def shuffled(orders: Any) -> tuple[Any, Any]:
        moved = sides.permuted[orders]
        lost = ((moved @ sides.effort) ** 2).sum(axis=1)
        return moved, np.maximum(sides.permuted @ sides.permuted - lost, 1e-300)

    return Request(
        name, len(sides.permuted), shared, shuffled, sides.other,
        lambda moved, fixed: (moved[0] @ fixed) ** 2 / moved[1][:, None], len(sides.permuted),
    )  # fmt: skip


def kendall_request(name: Hashable, shared: Hashable, moved: Side, fixed: Side) -> Request:
    """Shuffle the cases of one side and compare the order of all twos of cases."""
    signs = _signs(moved.codes)
    return Request(
        name, len(moved.codes), shared, lambda orders: signs[orders[:, :, None], orders[:, None, :]],
        _signs(fixed.codes).reshape(-1, 1), _kendall, len(signs) ** 2,
    )  # fmt: skip


def cluster_request(name: Hashable, shared: Hashable, moved: Side, fixed: Side, clusters: Any) -> Request:
    """Shuffle the values of whole clusters, where one side has one value a cluster.

    Clusters differ in size, so that ranks and sizes of groups are reckoned anew in each shuffle.
    """
    import numpy as np

    sizes = np.bincount(clusters).astype(float)
    value = np.zeros(len(sizes), dtype=np.intp)
    value[clusters] = moved.codes
    sums = np.zeros((len(sizes), fixed.basis.shape[1]))
    np.add.at(sums, clusters, fixed.basis)
    levels = moved.distinct

    def shuffled(orders: Any) -> tuple[Any, Any, Any]:
        codes = value[orders]
        spot = codes + levels * np.arange(len(codes))[:, None]
        weights = np.broadcast_to(sizes, codes.shape)
        held = np.bincount(spot.ravel(), weights.ravel(), len(codes) * levels).reshape(-1, levels)
        return codes, spot, held

    def judge(shuffles: tuple[Any, Any, Any], fixed: Any) -> Any:
        codes, spot, held = shuffles
        if moved.ranked:
            ranks = np.take_along_axis(np.cumsum(held, axis=1) - held / 2, codes, axis=1) - sizes.sum() / 2
            return (ranks @ fixed) ** 2 / np.maximum((ranks**2 * sizes).sum(axis=1), TIED)[:, None]
        found = np.empty((len(codes), fixed.shape[1]))
        for k, column in enumerate(fixed.T):
            weights = np.broadcast_to(column, codes.shape)
            inside = np.bincount(spot.ravel(), weights.ravel(), len(codes) * levels).reshape(-1, levels)
            found[:, k] = (inside**2 / np.maximum(held, 1.0)).sum(axis=1)
        return found

    return Request(name, len(sizes), shared, shuffled, sums, judge, len(sizes) + levels)


def _squares(moved: list[Any], fixed: Any) -> Any:
    """Squares of the products between a shuffled side (one array a column) and each fixed column."""
    return sum((column @ fixed) ** 2 for column in moved)


def _kendall(moved: Any, fixed: Any) -> Any:
    """Absolute number of twos in the same order less those in opposite order, twice."""
    import numpy as np

    return np.abs(moved.reshape(len(moved), -1).astype(np.float32) @ fixed.astype(np.float32))


def _signs(codes: Any) -> Any:
    import numpy as np

    return np.sign(np.subtract.outer(codes, codes)).astype(np.int8)


def _parts(rows: Any, cells: int) -> Iterator[Any]:
    step = max(1, ROOM // cells)
    for start in range(0, len(rows), step):
        yield rows[start : start + step]


def _orders(size: int, permutations: int, seed: int, exact: bool, cells: int) -> Iterator[Any]:
    """Orders of the cases, block by block."""
    from itertools import permutations as all_orders

    import numpy as np

    if exact:
        yield from _parts(np.array(list(all_orders(range(size))), dtype=np.intp), max(cells, 1))
        return
    random = np.random.default_rng([seed, size])
    step, done = max(1, ROOM // max(cells, size)), 0
    while done < permutations:
        count = min(step, permutations - done)
        yield random.permuted(np.tile(np.arange(size), (count, 1)), axis=1)
        done += count
