"""Effect sizes of a pair as one quantity: how much of one side the other side accounts for.

Write a ranked column as its centred ranks of length one, and a grouping as one column a group, 1 over the
root of the group's size for its members. Then the sum of squares of all products between two sides is
Spearman's coefficient squared, Kruskal and Wallis's H over n - 1 (epsilon squared), or 1 + chi squared over n.
One permutation engine therefore serves all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from learningcity.core import Text
from learningcity.explain.association.columns import Column

MEASURES = {
    "spearman": Text("Spearman's rank correlation", "斯皮尔曼等级相关"),
    "kendall": Text("Kendall's tau-b", "肯德尔tau-b"),
    "rank_biserial": Text("rank-biserial correlation (Mann-Whitney)", "秩二列相关（曼-惠特尼检验）"),
    "epsilon_squared": Text("epsilon squared (Kruskal-Wallis)", "ε²（克鲁斯卡尔-沃利斯检验）"),
    "cramers_v": Text("Cramér's V", "克拉默V"),
}
#: Residuals smaller than this share of the whole are none.
NOTHING = 1e-9
#: Up to so many cases all twos of cases are counted, which is quicker than sorting.
COUNTED = 300


@dataclass(frozen=True)
class Side:
    """One side of a pair over the cases that both sides have.

    Parameters
    ----------
    ranked
        Whether it is ranked.
    codes
        Place of each case among the distinct values, from 0 on.
    basis
        Cases x columns, see the head of this module.
    levels
        Names of the groups present; empty for ranked sides.
    """

    ranked: bool
    codes: Any
    basis: Any
    levels: tuple[str, ...]

    @property
    def distinct(self) -> int:
        """Number of distinct values."""
        return int(self.codes.max()) + 1

    @property
    def counts(self) -> Any:
        """Cases a distinct value."""
        import numpy as np

        return np.bincount(self.codes)


def side_of(column: Column, rows: Any) -> Side:
    """One side of a pair over the chosen cases; a constant column gives a basis of zeros."""
    import numpy as np

    values, codes, counts = np.unique(column.values[rows], return_inverse=True, return_counts=True)
    if column.ranked:
        return Side(True, codes, unit(midranks(counts)[codes])[:, None], ())
    basis = np.zeros((len(codes), len(values)))
    basis[np.arange(len(codes)), codes] = 1.0 / np.sqrt(counts[codes])
    return Side(False, codes, basis, tuple(column.levels[int(v)] for v in values))


def part_of(side: Side, inside: Any) -> Side:
    """The side over fewer cases, ranked anew."""
    import numpy as np

    kept, codes = np.unique(side.codes[inside], return_inverse=True)
    names = side.levels or tuple(str(k) for k in range(side.distinct))
    column = Column(
        "", "number" if side.ranked else "group", codes.astype(float), tuple(names[k] for k in kept)
    )
    return side_of(column, np.ones(len(codes), dtype=bool))


def midranks(counts: Any) -> Any:
    """Mean rank of each distinct value from how often each occurs, in rising order."""
    import numpy as np

    return np.cumsum(counts) - (counts - 1) / 2.0


def unit(values: Any) -> Any:
    """Centred and of length one; zeros if there is nothing but rounding."""
    import numpy as np

    centred = values - values.mean()
    length = np.sqrt(centred @ centred)
    return centred / length if length > NOTHING * (1 + abs(values).max()) else np.zeros_like(centred)


def measure_of(first: Side, second: Side, correlation: str) -> str:
    """Name of the effect size that fits the pair."""
    if first.ranked and second.ranked:
        return correlation
    if first.ranked or second.ranked:
        return "rank_biserial" if (second if first.ranked else first).distinct == 2 else "epsilon_squared"
    return "cramers_v"


def share_of(first: Side, second: Side) -> float:
    """Sum of squares of all products between two sides."""
    return float(((first.basis.T @ second.basis) ** 2).sum())


def estimate_of(first: Side, second: Side, measure: str) -> float:
    """The effect size of a pair."""
    import numpy as np

    if measure == "spearman":
        return _within(float(first.basis[:, 0] @ second.basis[:, 0]), -1.0)
    if measure == "kendall":
        return tau_b(first, second)
    share = share_of(first, second)
    if measure == "cramers_v":
        return _within(
            float(np.sqrt(max(share - 1.0, 0.0) / (min(first.distinct, second.distinct) - 1))), 0.0
        )
    if measure == "epsilon_squared":
        return _within(share, 0.0)
    low, high = mean_ranks(first, second)
    return _within(2.0 * float(high - low) / len(first.codes), -1.0)


def mean_ranks(first: Side, second: Side) -> Any:
    """Mean rank of the ranked side in each group of the other side."""
    import numpy as np

    ranked, grouped = (first, second) if first.ranked else (second, first)
    ranks = midranks(ranked.counts)[ranked.codes]
    return np.bincount(grouped.codes, weights=ranks) / grouped.counts


def tau_b(first: Side, second: Side) -> float:
    """Kendall's tau-b of two ranked sides that vary."""
    import numpy as np
    from scipy import stats

    if len(first.codes) > COUNTED:
        return float(stats.kendalltau(first.codes, second.codes, method="asymptotic").statistic)
    x, y = (np.sign(np.subtract.outer(side.codes, side.codes)) for side in (first, second))
    own, other = (float(np.count_nonzero(signs)) for signs in (x, y))
    return _within(float((x * y).sum()) / (own * other) ** 0.5, -1.0)


def _within(value: float, low: float) -> float:
    """Take rounding beyond the ends of the scale away."""
    return min(max(value, low), 1.0)


@dataclass(frozen=True)
class PartialSides:
    """A pair with effort taken out of both sides.

    Parameters
    ----------
    permuted
        What is left of the ranks of the ranked side.
    other
        Orthonormal columns that span what is left of the other side; one, with its sign, if that is ranked.
    effort
        Orthonormal columns that span the constant and the ranks of effort.
    """

    permuted: Any
    other: Any
    effort: Any

    @property
    def share(self) -> float:
        """Share of ``permuted`` that ``other`` accounts for."""
        return _within(
            float(((self.other.T @ self.permuted) ** 2).sum() / (self.permuted @ self.permuted)), 0.0
        )

    @property
    def correlation(self) -> float:
        """Correlation of ``permuted`` with the only column of ``other``."""
        return _within(
            float(self.other[:, 0] @ self.permuted) / float(self.permuted @ self.permuted) ** 0.5, -1.0
        )


def partial_sides(first: Side, second: Side, effort: Any) -> PartialSides | None:
    """Take the ranks of effort (cases x measures) out of a pair with at least one ranked side.

    Returns
    -------
    sides or None
        None if a side follows effort entirely, so that nothing is left of it.
    """
    import numpy as np
    from scipy import stats

    ranked, other = (first, second) if first.ranked else (second, first)
    ranks = np.column_stack([np.ones(len(effort)), *(unit(stats.rankdata(e)) for e in effort.T)])
    left = _orthonormal(ranks)
    rest = _without(ranked.basis[:, 0], left)
    if rest @ rest < NOTHING:
        return None
    gone = _without(other.basis, left)
    if not other.ranked:
        span = _orthonormal(gone)
        return PartialSides(rest, span, left) if span.shape[1] else None
    length = float((gone**2).sum()) ** 0.5
    return PartialSides(rest, gone / length, left) if length**2 > NOTHING else None


def _without(values: Any, left: Any) -> Any:
    return values - left @ (left.T @ values)


def _orthonormal(columns: Any) -> Any:
    import numpy as np

    span, size, _ = np.linalg.svd(columns, full_matrices=False)
    return span[:, size > 1e-7]
