"""Sobol' indices from three kinds of runs, with bootstrap intervals; no word on what was run."""

from __future__ import annotations

from typing import Any

from learningcity.core import Steps, unseen


def sobol_indices(a: Any, b: Any, mixed: Any) -> tuple[Any, Any]:
    """First-order and total indices.

    Parameters
    ----------
    a, b
        Runs x outputs of two independent samples.
    mixed
        Choices x runs x outputs: the first sample with one choice taken from the second.

    Returns
    -------
    first, total
        Choices x outputs; NaN where an output does not vary.

    References
    ----------
    Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola (2010), doi 10.1016/j.cpc.2009.09.018.
    Jansen (1999), doi 10.1016/S0010-4655(98)00154-4.

    Examples
    --------
    >>> import numpy as np
    >>> a, b = np.random.default_rng(1).random((2, 4000, 2))
    >>> f = lambda x: (x[:, :1] + 2 * x[:, 1:])
    >>> mixed = np.stack([f(np.column_stack([b[:, 0], a[:, 1]])), f(np.column_stack([a[:, 0], b[:, 1]]))])
    >>> sobol_indices(f(a), f(b), mixed)[1].round(1).ravel().tolist()
    [0.2, 0.8]
    """
    import numpy as np

    first, total, square, mean = _products(a, b, mixed)
    variance = square.mean(axis=0) - mean.mean(axis=0) ** 2
    variance = np.where(_fixed(a, b), np.nan, variance)
    return first.mean(axis=1) / variance, total.mean(axis=1) / variance


def bootstrap(
    a: Any, b: Any, mixed: Any, *, resamples: int, level: float, seed: int, steps: Steps | None = None
) -> tuple[Any, Any, Any, Any]:
    """Percentile intervals of both indices: whole runs are drawn with replacement.

    Returns
    -------
    first_lower, first_upper, total_lower, total_upper
        Choices x outputs.
    """
    import numpy as np

    first, total, square, mean = _products(a, b, mixed)
    runs = a.shape[0]
    rng = np.random.default_rng(seed)
    times = rng.multinomial(runs, np.full(runs, 1.0 / runs), resamples) / runs
    variance = times @ square - (times @ mean) ** 2
    variance = np.where(_fixed(a, b) | (variance <= 0), np.nan, variance)
    shares = ((1 - level) / 2, (1 + level) / 2)
    found = []
    pause = (steps or unseen()).pause
    for products in (first, total):
        parts = []
        for one in products:
            pause()
            parts.append((times @ one) / variance)
        drawn = np.stack(parts)
        found += list(_limits(drawn, shares))
    return found[0], found[1], found[2], found[3]


def _limits(drawn: Any, shares: tuple[float, float]) -> Any:
    """Quantiles of choices x resamples x outputs over the resamples.

    A resample without variance says nothing; an output without any is not applicable as a whole. Where
    no resample is without, all outputs are sorted at once: the same numbers, many times quicker.
    """
    import numpy as np

    gone = np.isnan(drawn)
    found = np.full((len(shares), drawn.shape[0], drawn.shape[2]), np.nan)
    whole = ~gone.any(axis=(0, 1))
    found[:, :, whole] = np.quantile(drawn[:, :, whole], shares, axis=1)
    some = ~whole & ~gone.all(axis=(0, 1))
    if some.any():
        empty = gone[:, :, some].all(axis=1, keepdims=True)
        limits = np.nanquantile(np.where(empty, 0.0, drawn[:, :, some]), shares, axis=1)
        found[:, :, some] = np.where(empty[:, 0], np.nan, limits)
    return found


def _products(a: Any, b: Any, mixed: Any) -> tuple[Any, Any, Any, Any]:
    """What is averaged over runs: the terms of first and total, the square and the mean for the variance."""
    centre = 0.5 * (a.mean(axis=0) + b.mean(axis=0))
    a, b, mixed = a - centre, b - centre, mixed - centre
    return b * (mixed - a), 0.5 * (a - mixed) ** 2, 0.5 * (a * a + b * b), 0.5 * (a + b)


def _fixed(a: Any, b: Any) -> Any:
    """Outputs that do not vary by more than rounding."""
    import numpy as np

    low, high = np.minimum(a.min(axis=0), b.min(axis=0)), np.maximum(a.max(axis=0), b.max(axis=0))
    return high - low <= 1e-12 * np.maximum(np.abs(low), np.abs(high))
