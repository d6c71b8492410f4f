"""Sums over draws in bounded memory: ranks are counted, scores are kept up to a bound, then binned."""

from __future__ import annotations

from typing import Any

from learningcity.core import Steps, unseen

#: Scores that are kept for exact quantiles: 64 MB of them. Beyond, each unit has a histogram.
EXACT = 2**23
BINS = 8192
#: Ranks are counted one by one for up to so many units; beyond, neighbouring ranks share a count.
RANKS = 1000
#: Comparisons of one unit with another, and cells that are ranked, between two chances to stop.
AT_A_TIME = 2**26
#: Pairs are counted without being asked for up to so many units, and on request up to so many.
PAIRS, PAIRS_ASKED = 200, 1000


class Counts:
    """What is kept of the draws so far.

    Parameters
    ----------
    units
        How many units there are.
    pairs
        Whether wins are counted.
    threads
        How many threads count; each has its own units, so no bit depends on it.
    """

    def __init__(self, units: int, pairs: bool, threads: int) -> None:
        import numpy as np

        self.threads, self.done = threads, 0
        self.width = -(-units // RANKS)
        columns = -(-units // self.width)
        self.ranks = np.zeros((units, columns), dtype=np.int64)
        self.shares = np.zeros((units, columns))
        # What stands for the ranks of a column: the middle one.
        self.places = np.arange(columns) * self.width + (self.width + 1) / 2
        self.wins = np.zeros((units, units), dtype=np.int64) if pairs else None
        self.met = np.zeros((units, units), dtype=np.int64) if pairs else None
        self.total, self.squares = np.zeros(units), np.zeros(units)
        self.rank_total, self.rank_squares = np.zeros(units), np.zeros(units)
        self.rank_shift: Any = None
        self.shift: Any = None
        self.seen = np.zeros(units, dtype=np.int64)
        self.low, self.high = np.full(units, np.inf), np.full(units, -np.inf)
        self.kept: list[Any] = []
        self.bins: Any = None
        self.edges: Any = None

    def add(self, scores: Any, steps: Steps | None = None) -> Any:
        """Take draws x units of draws that did not fail; give their ranks."""
        import numpy as np

        from learningcity.index import compiled_draws as kernel

        size, units = scores.shape
        ranks = np.zeros((size, units), dtype=np.int32)
        ties = np.zeros((size, units), dtype=np.int32)
        pause = (steps or unseen()).pause
        cells = max(1, AT_A_TIME // 16 // max(units, 1))
        kernel.spread(
            kernel.rank_draws, size, self.threads, scores, ranks, ties, most=cells, step=pause, each=8 * units
        )
        kernel.spread(
            kernel.count_ranks,
            units,
            self.threads,
            ranks,
            ties,
            self.width,
            self.ranks,
            self.shares,
            each=size,
        )
        if self.width > 1:
            self._add_ranks(ranks)
        if self.wins is not None:
            most = max(1, AT_A_TIME // max(size * units, 1)) * self.threads
            kernel.spread(
                kernel.count_wins, units, self.threads, ranks, self.wins, self.met, most=most, step=pause,
                each=size * units,
            )  # fmt: skip
        there = ~np.isnan(scores)
        if self.shift is None:
            # Sums are taken about the first score, so that a constant score has exactly no spread.
            first = np.argmax(there, axis=0)
            self.shift = np.nan_to_num(scores[first, np.arange(units)])
        away = np.where(there, scores - self.shift, 0.0)
        self.total += away.sum(axis=0)
        self.squares += (away * away).sum(axis=0)
        self.seen += there.sum(axis=0)
        self.low = np.fmin(self.low, np.where(there, scores, np.inf).min(axis=0, initial=np.inf))
        self.high = np.fmax(self.high, np.where(there, scores, -np.inf).max(axis=0, initial=-np.inf))
        self._keep(scores, size)
        return ranks

    def _add_ranks(self, ranks: Any) -> None:
        """Sum the ranks themselves, about the first one: where ranks share a count, only these are exact."""
        import numpy as np

        there = ranks > 0
        if self.rank_shift is None:
            self.rank_shift = ranks[np.argmax(there, axis=0), np.arange(ranks.shape[1])].astype(float)
        away = np.where(there, ranks - self.rank_shift, 0.0)
        self.rank_total += away.sum(axis=0)
        self.rank_squares += (away * away).sum(axis=0)

    def _keep(self, scores: Any, size: int) -> None:
        import numpy as np

        self.done += size
        if self.bins is None and self.done * scores.shape[1] <= EXACT:
            self.kept.append(scores)
            return
        if self.bins is None:
            # Half the spread so far is added at either end; what lies beyond is counted in the end bins.
            room = 0.5 * np.where(self.high > self.low, self.high - self.low, 1.0)
            low, high = (
                np.where(self.seen > 0, self.low - room, 0.0),
                np.where(self.seen > 0, self.high + room, 1.0),
            )
            self.edges = (low, (high - low) / BINS)
            self.bins = np.zeros((scores.shape[1], BINS), dtype=np.int64)
            for part in self.kept:
                self._bin(part)
            self.kept = []
        self._bin(scores)

    def _bin(self, scores: Any) -> None:
        import numpy as np

        low, width = self.edges
        for u in range(scores.shape[1]):
            x = scores[:, u]
            x = x[~np.isnan(x)]
            place = np.clip(((x - low[u]) / width[u]).astype(np.int64), 0, BINS - 1)
            self.bins[u] += np.bincount(place, minlength=BINS)

    @property
    def error(self) -> float:
        """The most by which a quantile of a score may be off; 0 = exact."""
        if self.bins is None:
            return 0.0
        low, width = self.edges
        beyond = max(float((low - self.low).max()), float((self.high - low - width * BINS).max()), 0.0)
        return float(width.max()) + beyond

    @property
    def rank_error(self) -> float:
        """The most by which a quantile of a rank may be off; 0 = exact."""
        return (self.width - 1) / 2

    def score_moments(self) -> tuple[Any, Any]:
        """Mean and standard deviation of the scores of each unit; NaN where it never had one."""
        import numpy as np

        n = np.where(self.seen > 0, self.seen, 1)
        mean = self.total / n
        spread = np.sqrt(np.maximum(self.squares / n - mean * mean, 0.0))
        none = self.seen == 0
        return np.where(none, np.nan, self.shift + mean), np.where(none, np.nan, spread)

    def score_quantiles(self, shares: tuple[float, ...]) -> Any:
        """Quantiles x units of the scores: exact (linear between neighbours), or from the histogram."""
        import numpy as np

        found = np.full((len(shares), len(self.seen)), np.nan)
        every = np.concatenate(self.kept) if self.bins is None else None
        for u in np.flatnonzero(self.seen > 0):
            if every is not None:
                x = every[:, u]
                found[:, u] = np.quantile(x[~np.isnan(x)], shares)
            else:
                low, width = self.edges
                centres = low[u] + (np.arange(BINS) + 0.5) * width[u]
                values = _from_counts(self.bins[u], centres, shares)
                found[:, u] = np.clip(values, self.low[u], self.high[u])
        return found

    def rank_moments(self) -> tuple[Any, Any]:
        """Mean and standard deviation of the ranks of each unit; NaN where it never had one."""
        import numpy as np

        n = self.ranks.sum(axis=1)
        own = self.places
        safe = np.where(n > 0, n, 1)
        if self.width > 1 and self.rank_shift is not None:
            off = self.rank_total / safe
            spread = np.sqrt(np.maximum(self.rank_squares / safe - off * off, 0.0))
            return np.where(n > 0, self.rank_shift + off, np.nan), np.where(n > 0, spread, np.nan)
        mean = (self.ranks @ own) / safe
        spread = np.sqrt(
            np.array([(row * (own - m) ** 2).sum() for row, m in zip(self.ranks, mean, strict=True)]) / safe
        )
        return np.where(n > 0, mean, np.nan), np.where(n > 0, spread, np.nan)

    def rank_quantiles(self, shares: tuple[float, ...]) -> Any:
        """Quantiles x units of the ranks, exact as far as ranks have counts of their own."""
        import numpy as np

        found = np.full((len(shares), len(self.ranks)), np.nan)
        for u, row in enumerate(self.ranks):
            if row.any():
                found[:, u] = _from_counts(row, self.places, shares)
        return found


def _from_counts(counts: Any, values: Any, shares: tuple[float, ...]) -> Any:
    """Quantiles of values that occur so often, linear between neighbours as in ``numpy.quantile``."""
    import numpy as np

    upto = np.cumsum(counts)
    found = []
    for share in shares:
        at = share * (upto[-1] - 1)
        below = values[np.searchsorted(upto, np.floor(at), side="right")]
        above = values[np.searchsorted(upto, np.ceil(at), side="right")]
        found.append(below + (at - np.floor(at)) * (above - below))
    return np.array(found)
