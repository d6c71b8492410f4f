"""k-medoids: partitions of cases around the most central ones, to a local optimum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from learningcity.core import InputError, Text, whole_number


@dataclass(frozen=True, eq=False)
class Partition:
    """Cases around k medoids.

    Parameters
    ----------
    medoids
        Places of the medoids, by falling size of their cluster, then by place.
    labels
        Cluster of each case, 0 to k - 1, in the order of ``medoids``.
    cost
        Sum of the distances of the cases to their medoids.
    swaps
        Exchanges that the best start needed.
    """

    medoids: Any
    labels: Any
    cost: float
    swaps: int


def most_medoids(distance: Any, most: int) -> Any:
    """Medoids of BUILD in their order; fewer than ``most`` where each case already lies on one of them."""
    from learningcity.explain.typology.compiled_medoids import build

    return build(distance, min(most, len(distance)))


def partition(distance: Any, k: int, built: Any, starts: Any = ()) -> Partition:
    """PAM from BUILD and from other starts; the lowest sum of distances wins, the earlier start at a tie.

    Parameters
    ----------
    distance
        Cases x cases, symmetric, zero on the diagonal, no NaN.
    k
        Number of medoids, at most ``len(built)``.
    built
        What :func:`most_medoids` gave; its first k are the first start.
    starts
        Further starts: arrays of k different places.
    """
    from learningcity.explain.typology.compiled_medoids import swap

    best = swap(distance, built[:k])
    for start in starts:
        other = swap(distance, start)
        if other[1] < best[1] - 1e-9 * max(1.0, best[1]):
            best = other
    return ordered_partition(distance, *best)


def ordered_partition(distance: Any, medoids: Any, cost: float, swaps: int) -> Partition:
    """Number the clusters by falling size, then by the place of their medoid."""
    import numpy as np

    from learningcity.explain.typology.compiled_medoids import nearest_two

    medoids = np.sort(medoids)
    labels, _, _ = nearest_two(distance, medoids)
    sizes = np.bincount(labels, minlength=len(medoids))
    order = np.argsort(-sizes, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return Partition(medoids[order], place[labels], float(cost), int(swaps))


def random_starts(n: int, k: int, number: int, rng: Any) -> list[Any]:
    """Draw starts: k different places each."""
    import numpy as np

    return [rng.permutation(n)[:k].astype(np.int64) for _ in range(number)]


def adjusted_rand(first: Any, second: Any) -> float:
    """Hubert and Arabie's adjusted Rand index of two partitions of the same cases.

    Parameters
    ----------
    first, second
        Label of each case; any values.

    Returns
    -------
    float
        1 for the same partition, about 0 for what chance gives; 1 also where both put all cases together or
        each case alone.

    Raises
    ------
    InputError
        Not one label a case in both, or no case.

    References
    ----------
    Hubert & Arabie (1985), doi 10.1007/BF01908075.

    Examples
    --------
    >>> adjusted_rand([1, 1, 2, 2], ["b", "b", "a", "a"])
    1.0
    >>> round(adjusted_rand([0, 0, 1, 1], [0, 0, 0, 1]), 3)
    0.0
    """
    import numpy as np

    a, b = (np.asarray([str(v) for v in one], dtype=object) for one in (first, second))
    if len(a) != len(b) or not len(a):
        raise InputError(
            Text(
                f"{len(a)} and {len(b)} labels; give one a case in both partitions.",
                f"标签分别为{len(a)}个和{len(b)}个；两种划分须为每个案例各给一个标签。",
            )
        )
    _, rows = np.unique(a.astype(str), return_inverse=True)
    _, columns = np.unique(b.astype(str), return_inverse=True)
    counts = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(counts, (rows, columns), 1)

    def pairs(x: Any) -> float:
        return float((x * (x - 1) / 2).sum())

    both, left, right = pairs(counts), pairs(counts.sum(axis=1)), pairs(counts.sum(axis=0))
    everything = len(a) * (len(a) - 1) / 2
    expected = left * right / everything if everything else 0.0
    most = (left + right) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def check_k(k: Any, n: int) -> tuple[int, ...]:
    """Numbers of styles to try, from what was asked.

    Raises
    ------
    InputError
        Neither "auto" nor a whole number from 2 to the number of cases less one; too few cases.
    """
    if isinstance(k, str):
        if k != "auto":
            raise InputError(
                Text(f"k is {k!r}; give 'auto' or a whole number.", f"k为{k!r}，须为'auto'或整数。")
            )
        if n < 6:
            raise InputError(
                Text(
                    f"{n} cases are too few to look for styles; at least 6 are needed, 3 a style.",
                    f"仅{n}个案例，过少，无法划分类型；至少需要6个，每类3个。",
                )
            )
        return tuple(range(2, min(10, n // 3) + 1))
    number = whole_number(k, "k", 2)
    if number >= n:
        raise InputError(
            Text(
                f"k is {number} for {n} cases; give at most {n - 1}, better a third of the cases.",
                f"案例{n}个而k为{number}；k最多为{n - 1}，最好不超过案例数的三分之一。",
            )
        )
    return (number,)
