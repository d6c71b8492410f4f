"""Judge whether there is structure, in how many styles: silhouette, resampling, shuffled columns."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from learningcity.explain.typology.gower import Ready
from learningcity.explain.typology.medoids import (
    Partition,
    adjusted_rand,
    most_medoids,
    partition,
    random_starts,
)

#: Mean silhouette up to which Kaufman and Rousseeuw (1990) see no substantial structure.
LEAST_SILHOUETTE = 0.25
#: Mean Jaccard similarity below which Hennig's guide for users of his method says not to trust a cluster.
LEAST_STABILITY = 0.6
#: Called after each draw and each shuffled table.
Step = Callable[[], None]


def _silent() -> None:
    """Tell nobody."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """A number of styles, and how it did.

    Parameters
    ----------
    k, partition
        Number and partition.
    width, neighbour
        Silhouette of each case, and the style next to its own.
    silhouette
        Mean silhouette.
    jaccard
        Mean Jaccard similarity of each style to the most similar one in the draws; NaN without draws.
    rand
        Mean adjusted Rand index over the draws.
    as_good
        Shuffled tables with at least this mean silhouette at any of the numbers tried.
    """

    k: int
    partition: Partition
    width: Any
    neighbour: Any
    silhouette: float
    jaccard: Any = ()
    rand: float = float("nan")
    as_good: int = 0


def candidates(distance: Any, ks: tuple[int, ...], starts: int, rng: Any) -> tuple[Candidate, ...]:
    """Partition the cases for each number of styles that different cases allow."""
    from learningcity.explain.typology.compiled_medoids import silhouettes

    built = most_medoids(distance, max(ks))
    found = []
    for k in ks:
        if k > len(built):
            break
        one = partition(distance, k, built, random_starts(len(distance), k, starts, rng))
        width, neighbour = silhouettes(distance, one.labels, k)
        found.append(Candidate(k, one, width, neighbour, float(width.mean())))
    return tuple(found)


def with_stability(
    found: tuple[Candidate, ...], distance: Any, draws: int, seeds: Any, step: Step = _silent
) -> tuple[Candidate, ...]:
    """Add how well each style comes back when cases are drawn with replacement (Hennig 2007).

    A case that was drawn more than once counts once: copies would make tight clusters of their own. Each style is
    compared with the most similar cluster of the draw, on the cases that were drawn.
    """
    import numpy as np

    ks = [c.k for c in found]
    sums = [np.zeros(k) for k in ks]
    times = [np.zeros(k) for k in ks]
    rand: list[list[float]] = [[] for _ in ks]
    for one_draw in _in_threads(lambda seed: _one_draw(found, distance, seed), seeds, step):
        for place, (similar, there, index) in one_draw.items():
            sums[place][there] += similar[there]
            times[place] += there
            rand[place].append(index)
    nan = float("nan")
    return tuple(
        replace(
            one,
            jaccard=tuple(float(s / t) if t else nan for s, t in zip(sums[p], times[p], strict=True)),
            rand=float(np.mean(rand[p])) if rand[p] else nan,
        )
        for p, one in enumerate(found)
    )


def _one_draw(found: tuple[Candidate, ...], distance: Any, seed: Any) -> dict[int, tuple[Any, Any, float]]:
    """Similarity of each style to the nearest cluster of one draw, whether it was drawn, and adjusted Rand."""
    import numpy as np

    n = len(distance)
    drawn = np.unique(np.random.default_rng(seed).integers(0, n, n))
    part = np.ascontiguousarray(distance[np.ix_(drawn, drawn)])
    built = most_medoids(part, max(c.k for c in found))
    done = {}
    for place, one in enumerate(found):
        if one.k > len(built) or one.k >= len(drawn):
            continue
        again = partition(part, one.k, built).labels
        before = one.partition.labels[drawn]
        counts = np.zeros((one.k, one.k))
        np.add.at(counts, (before, again), 1)
        rows, columns = counts.sum(axis=1), counts.sum(axis=0)
        union = rows[:, None] + columns[None, :] - counts
        similar = (counts / np.maximum(union, 1)).max(axis=1)
        done[place] = similar, rows > 0, adjusted_rand(before, again)
    return done


def _in_threads(work: Callable[[Any], Any], seeds: Any, step: Step) -> list[Any]:
    """Give the results in the order of the seeds; the compiled loops let other threads run."""
    found = []
    pool = ThreadPoolExecutor(max_workers=min(8, os.cpu_count() or 1))
    try:
        for one in pool.map(work, seeds):
            found.append(one)
            step()
    finally:
        # Whoever stops the work does not wait for what has not begun.
        pool.shutdown(cancel_futures=True)
    return found


def reference_silhouettes(
    ready: Ready, ks: tuple[int, ...], starts: int, seeds: Any, step: Step = _silent
) -> Any:
    """Largest mean silhouette over the numbers tried, in each table with shuffled columns.

    Each column is shuffled by itself among the cases that have it: its values and its empty cells stay, what the
    columns have to do with each other goes. A pair that is left without a comparable cell (both lack every
    asymmetric property) gets the mean distance.
    """
    import numpy as np

    from learningcity.explain.typology.compiled_medoids import gower_pairs

    known = [np.flatnonzero(~np.isnan(ready.upper[:, c])) for c in range(ready.upper.shape[1])]

    def one_table(seed: Any) -> float:
        rng = np.random.default_rng(seed)
        upper, lower = ready.upper.copy(), ready.lower.copy()
        for c, places in enumerate(known):
            moved = rng.permutation(places)
            upper[places, c], lower[places, c] = ready.upper[moved, c], ready.lower[moved, c]
        distance, _ = gower_pairs(upper, lower, ready.kinds, ready.weights)
        gone = np.isnan(distance)
        if gone.any():
            distance[gone] = np.nanmean(distance)
        return max((one.silhouette for one in candidates(distance, ks, starts, rng)), default=0.0)

    return np.array(_in_threads(one_table, seeds, step))


def against(found: tuple[Candidate, ...], null: Any) -> tuple[Candidate, ...]:
    """Add how many shuffled tables did at least as well."""
    return tuple(replace(one, as_good=int((null >= one.silhouette - 1e-12).sum())) for one in found)


def choose(found: tuple[Candidate, ...], stability: float) -> tuple[Candidate, bool]:
    """The largest mean silhouette among the stable, the fewer styles at a tie; else the largest of all.

    Returns
    -------
    candidate, stable
        Whether every style of it is stable.
    """
    stable = [one for one in found if is_stable(one, stability)]
    best = max(stable or found, key=lambda one: (round(one.silhouette, 12), -one.k))
    return best, bool(stable)


def is_stable(one: Candidate, stability: float) -> bool:
    """Whether every style comes back in the draws; true where nothing was drawn."""
    return not one.jaccard or all(j >= stability for j in one.jaccard)
