"""Indirect calibration: a first grouping by hand, smoothed by a fractional logit on a fractional polynomial.

References
----------
Ragin (2008), Redesigning social inquiry, chapter 5, doi 10.7208/chicago/9780226702797.001.0001.
Papke & Wooldridge (1996), doi 10.1002/(SICI)1099-1255(199611)11:6<619::AID-JAE418>3.0.CO;2-1.
Royston & Altman (1994), doi 10.2307/2986270.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

from learningcity.core import InputError, Text

#: Powers of a fractional polynomial; 0 stands for the logarithm, a power taken twice for x^p and x^p log x.
POWERS = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0)
#: Steps of the fit, and how little the deviance may change at its end.
STEPS, ENOUGH = 100, 1e-12
#: Log odds beyond which a fit has run away: groups that a line keeps apart have no finite estimate.
AWAY = 25.0
#: Weights of a step are kept above this.
LEAST_WEIGHT = 1e-12


@dataclass(frozen=True)
class Curve:
    """A fitted curve.

    Parameters
    ----------
    powers
        Its powers.
    coefficients
        Constant first, on raw values put through ``(x - shift) / scale``.
    shift, scale
        What makes the raw values positive and near 1.
    deviance
        Twice the distance of the quasi-likelihood from its most; less is nearer.
    """

    powers: tuple[float, ...]
    coefficients: tuple[float, ...]
    shift: float
    scale: float
    deviance: float

    def membership(self, x: Any) -> Any:
        """Memberships of raw values inside of the range that was fitted."""
        import numpy as np

        design = _design((np.asarray(x, dtype=float) - self.shift) / self.scale, self.powers)
        return _shares(design @ np.array(self.coefficients))


def fitted_curve(x: Any, scores: Any, degree: int = 2, powers: Sequence[float] | None = None) -> Curve:
    """Fit expected scores as a logistic curve of raw values, best of all fractional polynomials of a degree.

    Parameters
    ----------
    x
        Raw values, finite.
    scores
        The score of the group of each, 0 to 1.
    degree
        How many powers, 1 or 2.
    powers
        These powers alone, instead of the best.

    Returns
    -------
    Curve
        The curve of the least deviance.

    Raises
    ------
    InputError
        No curve has finite estimates: too few groups are filled.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.arange(1.0, 13.0)
    >>> curve = fitted_curve(x, np.repeat([0, 0.2, 0.4, 0.6, 0.8, 1], 2), degree=1, powers=(1,))
    >>> curve.membership([1, 6.5, 12]).round(3).tolist()
    [0.037, 0.5, 0.963]
    """
    import numpy as np

    x, scores = np.asarray(x, dtype=float), np.asarray(scores, dtype=float)
    shift, scale = _origin(x)
    z = (x - shift) / scale
    asked = [tuple(float(p) for p in powers)] if powers is not None else _candidates(degree)
    best: Curve | None = None
    for one in asked:
        found = _fit(_design(z, one), scores)
        if found is not None and (best is None or found[1] < best.deviance - 1e-9):
            best = Curve(one, tuple(float(b) for b in found[0]), shift, scale, found[1])
    if best is None:
        raise InputError(
            Text(
                "No curve can be fitted to these groups: they are kept apart without any overlap, or too few hold "
                "cases; give more anchors that cases lie between, or degree=1.",
                "无法对这些分组拟合曲线：各组完全分离，或含案例的组过少；请增加其间有案例的锚点，或取degree=1。",
            )
        )
    return best


def _candidates(degree: int) -> list[tuple[float, ...]]:
    return list(combinations_with_replacement(POWERS, degree))


def _origin(x: Any) -> tuple[float, float]:
    """Shift and scale after which all values are positive: by the least step between two, as usual."""
    import numpy as np

    shift = 0.0
    if x.min() <= 0:
        steps = np.diff(np.unique(x))
        shift = float(x.min() - steps.min()) if len(steps) else float(x.min() - 1.0)
    return shift, float(np.abs(x - shift).mean())


def _design(z: Any, powers: Sequence[float]) -> Any:
    import numpy as np

    columns = [np.ones(len(z))]
    last: float | None = None
    for power in powers:
        if last is not None and power == last:
            columns.append(columns[-1] * np.log(z))
        else:
            columns.append(np.log(z) if power == 0 else z**power)
        last = power
    return np.column_stack(columns)


def _shares(odds: Any) -> Any:
    import numpy as np

    return 1.0 / (1.0 + np.exp(-np.clip(odds, -700.0, 700.0)))


def _deviance(scores: Any, shares: Any) -> float:
    import numpy as np
    from scipy.special import xlogy

    with np.errstate(divide="ignore", invalid="ignore"):
        parts = (
            xlogy(scores, scores)
            - xlogy(scores, shares)
            + xlogy(1 - scores, 1 - scores)
            - xlogy(1 - scores, 1 - shares)
        )
    return float(2.0 * parts.sum())


def _fit(design: Any, scores: Any) -> tuple[Any, float] | None:
    """Iteratively reweighted least squares on columns made orthogonal; None where no finite estimate is found."""
    import numpy as np

    if not np.isfinite(design).all():
        return None
    scaled, triangle = np.linalg.qr(design)
    if (np.abs(np.diag(triangle)) < 1e-10 * np.abs(triangle).max()).any():
        return None
    shares = (scores + 0.5) / 2.0
    odds = np.log(shares / (1 - shares))
    last = np.inf
    for _ in range(STEPS):
        weights = np.maximum(shares * (1 - shares), LEAST_WEIGHT)
        working = odds + (scores - shares) / weights
        root = np.sqrt(weights)
        beta = np.linalg.lstsq(scaled * root[:, None], working * root, rcond=None)[0]
        odds = scaled @ beta
        if not np.isfinite(odds).all() or np.abs(odds).max() > AWAY:
            return None
        shares = _shares(odds)
        now = _deviance(scores, shares)
        if abs(last - now) <= ENOUGH * (abs(now) + 1.0):
            return np.linalg.solve(triangle, beta), now
        last = now
    return None
