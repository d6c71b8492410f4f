"""Intervals of effect sizes: the bootstrap over cases (or whole clusters), or Fisher's transformation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from learningcity.explain.association.measures import Side

#: Intervals of no more width than this are none.
SPREAD = 1e-9
#: Most cases for which tau-b is drawn again.
TAU_MOST = 1000
#: Draws times cases that are held at a time.
ROOM = 5_000_000


def fisher_interval(
    estimate: float, cases: int, confidence: float, measure: str = "spearman", taken_out: int = 0
) -> tuple[float, float] | None:
    """Interval of a rank correlation on Fisher's scale; None with too few cases, or at -1 and 1, where it has no width.

    The variance is (1 + r² / 2) / (n - 3 - k) for Spearman's coefficient with k variables taken out, and
    0.437 / (n - 4) for tau.

    References
    ----------
    Bonett & Wright (2000), doi 10.1007/BF02294183. Fieller, Hartley & Pearson (1957), doi 10.1093/biomet/44.3-4.470.

    Examples
    --------
    >>> low, high = fisher_interval(0.5, 28, 0.95)
    >>> round(low, 3), round(high, 3)
    (0.133, 0.747)
    """
    from math import atanh, sqrt, tanh
    from statistics import NormalDist

    free = cases - (4 if measure == "kendall" else 3 + taken_out)
    if free < 1 or abs(estimate) >= 1 - SPREAD:
        return None
    variance = 0.437 / free if measure == "kendall" else (1 + estimate**2 / 2) / free
    half = NormalDist().inv_cdf(0.5 + confidence / 2) * sqrt(variance)
    return tanh(atanh(estimate) - half), tanh(atanh(estimate) + half)


def bootstrap_interval(
    first: Side, second: Side, measure: str, weights: Iterable[Any], confidence: float
) -> tuple[float, float] | None:
    """Percentile interval over draws; None if fewer than half of the draws give a figure, or nearly all the same one.

    Groups that do not overlap stay so in every draw: the interval would be a point and tell a certainty that is none.

    Parameters
    ----------
    first, second
        The pair.
    measure
        Name of its effect size.
    weights
        Parts of draws x cases: how often each case was drawn.
    confidence
        Share that the interval is to hold.
    """
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        every = np.concatenate([_DRAWN[measure](first, second, part) for part in weights])
    drawn = every[np.isfinite(every)]
    if len(drawn) * 2 < len(every):
        return None
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
    return (float(low), float(high)) if high - low > SPREAD else None


def case_weights(cases: int, draws: int, seed: int, room: int = ROOM) -> Iterator[Any]:
    """Parts of draws x cases, of at most ``room`` cells: how often each case is drawn, with replacement."""
    import numpy as np

    random = np.random.default_rng([seed, cases, 1])
    for number in _parts(cases, draws, room):
        yield random.multinomial(cases, np.full(cases, 1 / cases), size=number).astype(float)


def group_weights(codes: Any, draws: int, seed: int, room: int = ROOM) -> Iterator[Any]:
    """The same within each group, so that the groups keep their sizes."""
    import numpy as np

    counts = np.bincount(codes)
    random = np.random.default_rng([seed, *counts.tolist(), 2])
    for number in _parts(len(codes), draws, room):
        weights = np.zeros((number, len(codes)))
        for group, count in enumerate(counts):
            weights[:, codes == group] = random.multinomial(count, np.full(count, 1 / count), size=number)
        yield weights


def cluster_weights(clusters: Any, draws: int, seed: int, room: int = ROOM) -> Iterator[Any]:
    """The same for whole clusters, whose cases are drawn together."""
    room = max(1, room * (int(clusters.max()) + 1) // len(clusters))
    for part in case_weights(int(clusters.max()) + 1, draws, seed, room):
        yield part[:, clusters]


def _parts(cases: int, draws: int, room: int) -> Iterator[int]:
    """Draws of each part."""
    step = max(1, room // cases)
    for start in range(0, draws, step):
        yield min(step, draws - start)


def _sums(codes: Any, weights: Any) -> Any:
    """Draws x distinct values: weight of each."""
    import numpy as np

    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(codes.max() + 1))
    return np.add.reduceat(weights[:, order], starts, axis=1)


def _ranks(side: Side, weights: Any) -> Any:
    """Draws x cases: midranks in each draw, less their mean."""
    import numpy as np

    held = _sums(side.codes, weights)
    middle = np.cumsum(held, axis=1) - held / 2 - held.sum(axis=1, keepdims=True) / 2
    return middle[:, side.codes]


def _spearman(first: Side, second: Side, weights: Any) -> Any:
    import numpy as np

    x, y = _ranks(first, weights), _ranks(second, weights)
    both, own, other = ((weights * a * b).sum(axis=1) for a, b in ((x, y), (x, x), (y, y)))
    return both / np.sqrt(own * other)


def _tau(first: Side, second: Side, weights: Any) -> Any:
    import numpy as np

    x, y = (np.sign(np.subtract.outer(s.codes, s.codes)).astype(float) for s in (first, second))
    both, own, other = (((weights @ m) * weights).sum(axis=1) for m in (x * y, x * x, y * y))
    return both / np.sqrt(own * other)


def _groups(first: Side, second: Side, weights: Any) -> tuple[Any, Any, Any]:
    """Ranks of the ranked side, their sum in each group, and the weight of each group."""
    ranked, grouped = (first, second) if first.ranked else (second, first)
    ranks = _ranks(ranked, weights)
    return ranks, _sums(grouped.codes, weights * ranks), _sums(grouped.codes, weights)


def _rank_biserial(first: Side, second: Side, weights: Any) -> Any:
    _, sums, held = _groups(first, second, weights)
    means = sums / held
    return 2 * (means[:, 1] - means[:, 0]) / weights.sum(axis=1)


def _epsilon(first: Side, second: Side, weights: Any) -> Any:
    import numpy as np

    ranks, sums, held = _groups(first, second, weights)
    between = np.where(held > 0, sums**2 / np.maximum(held, 1e-300), 0.0).sum(axis=1)
    return between / (weights * ranks**2).sum(axis=1)


def _cramer(first: Side, second: Side, weights: Any) -> Any:
    import numpy as np

    joint = np.zeros((len(weights), first.distinct, second.distinct))
    for k in range(first.distinct):
        inside = first.codes == k
        for m in range(second.distinct):
            joint[:, k, m] = weights[:, inside & (second.codes == m)].sum(axis=1)
    expected = joint.sum(axis=2)[:, :, None] * joint.sum(axis=1)[:, None, :]
    share = np.where(expected > 0, joint**2 / np.maximum(expected, 1e-300), 0.0).sum(axis=(1, 2)) - 1
    rows = (joint.sum(axis=2) > 0).sum(axis=1)
    columns = (joint.sum(axis=1) > 0).sum(axis=1)
    return np.sqrt(np.maximum(share, 0.0) / (np.minimum(rows, columns) - 1))


_DRAWN = {
    "spearman": _spearman,
    "kendall": _tau,
    "rank_biserial": _rank_biserial,
    "epsilon_squared": _epsilon,
    "cramers_v": _cramer,
}
