"""Expectation and maximisation: empty cells get what the other indicators of the unit lead one to expect."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method


@method(
    "impute",
    "em",
    Text("expectation maximisation", "期望最大化（EM）插补"),
    properties=("scale free", "shift free"),
    reference="Dempster, Laird & Rubin (1977), doi 10.1111/j.2517-6161.1977.tb01600.x",
)
def em(
    values: Any,
    *,
    ridge: float | None = None,
    tolerance: float = 1e-8,
    rounds: int = 5000,
    within: bool = False,
) -> Any:
    """Fill each empty cell with its expectation under a normal distribution of all indicators.

    Mean and covariance are those of the highest likelihood given the cells that are there.

    Parameters
    ----------
    values
        Array units x indicators; NaN = missing.
    ridge
        Number of imagined units without any correlation that are added to the covariance; 0 = pure
        likelihood. None = 0 where there are at least three units to an indicator, else as many as there
        are indicators: with fewer units the likelihood has no single maximum.
    tolerance
        The rounds end when no parameter (of indicators with deviation 1) moves further.
    rounds
        How many rounds at the most.
    within
        Whether expectations outside the observed range of an indicator get its nearest end.

    Returns
    -------
    array
        The same shape, filled.

    Raises
    ------
    NotDefinedError
        No end after so many rounds, or a ridge that is none.

    References
    ----------
    Dempster, Laird & Rubin (1977), Maximum likelihood from incomplete data via the EM algorithm,
    doi 10.1111/j.2517-6161.1977.tb01600.x.
    Schafer (1997), Analysis of incomplete multivariate data, doi 10.1201/9780367803025.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[1.0, 3.0], [2.0, 5.0], [4.0, 8.0], [3.0, 7.0], [5.0, 12.0], [6.0, np.nan]])
    >>> em(x)[5, 1].round(6)
    np.float64(13.3)
    """
    import numpy as np

    z, centre, width = standardised(values)
    mean, covariance = fit(z, ridge, tolerance, rounds)
    filled, _ = expected(z, mean, covariance)
    found = np.where(np.isnan(values), filled * width + centre, values)
    if within:
        found = np.clip(found, np.nanmin(values, axis=0), np.nanmax(values, axis=0))
    return found


def standardised(values: Any) -> tuple[Any, Any, Any]:
    """Bring the observed values of each column to mean 0 and deviation 1; flat ones keep their unit."""
    import numpy as np

    centre, width = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    width = np.where(width > 0, width, 1.0)
    return (values - centre) / width, centre, width


def fit(z: Any, ridge: float | None, tolerance: float, rounds: int) -> tuple[Any, Any]:
    """Find mean and covariance of standardised columns with empty cells.

    Raises
    ------
    NotDefinedError
        No end after so many rounds, or a ridge that is none.
    """
    import numpy as np

    from learningcity.index.columns import NotDefinedError

    n, p = z.shape
    if ridge is None:
        ridge = 0.0 if n >= 3 * p else float(p)
    if isinstance(ridge, bool) or not isinstance(ridge, int | float) or not 0 <= ridge < np.inf:
        raise NotDefinedError(
            Text(f"ridge is {ridge!r}; give a number of zero or more.", f"ridge为{ridge!r}，须为非负数。")
        )
    mean, covariance = np.zeros(p), np.diag(np.where(np.nanstd(z, axis=0) > 0, 1.0, 0.0))
    with_gaps = patterns(z)
    for _ in range(rounds):
        filled, spare = expected(z, mean, covariance, with_gaps)
        new_mean = filled.mean(axis=0)
        d = filled - new_mean
        new = (d.T @ d + spare) / n
        if ridge:
            new = (n * new + ridge * np.diag(np.diag(new))) / (n + ridge)
        moved = max(np.abs(new_mean - mean).max(), np.abs(new - covariance).max())
        mean, covariance = new_mean, new
        if moved <= tolerance:
            return mean, covariance
    raise NotDefinedError(
        Text(
            f"no end after {rounds} rounds; allow more, or give a ridge such as {p}.",
            f"迭代{rounds}次仍未收敛，请增加次数，或设定ridge（例如{p}）。",
        )
    )


def expected(
    z: Any, mean: Any, covariance: Any, with_gaps: list[tuple[Any, Any]] | None = None
) -> tuple[Any, Any]:
    """Give the expectation of the empty cells, and the sum of their conditional covariances.

    ``with_gaps`` are the :func:`patterns` of ``z``, where they are known already.
    """
    import numpy as np

    filled, spare = z.copy(), np.zeros_like(covariance)
    for rows, gaps in patterns(z) if with_gaps is None else with_gaps:
        coefficients, left = conditional(covariance, gaps)
        there = np.flatnonzero(~gaps)
        empty = np.flatnonzero(gaps)
        filled[np.ix_(rows, empty)] = mean[empty] + (z[np.ix_(rows, there)] - mean[there]) @ coefficients
        spare[np.ix_(empty, empty)] += len(rows) * left
    return filled, spare


def patterns(z: Any) -> list[tuple[Any, Any]]:
    """Give the rows with the same gaps, and the gaps; rows without any are left out."""
    import numpy as np

    gaps = np.isnan(z)
    found, place = np.unique(gaps, axis=0, return_inverse=True)
    place = place.ravel()
    return [(np.flatnonzero(place == k), g) for k, g in enumerate(found) if g.any()]


def conditional(covariance: Any, gaps: Any) -> tuple[Any, Any]:
    """Give the coefficients of the empty cells on those that are there, and what covariance is left."""
    import numpy as np

    there, empty = np.flatnonzero(~gaps), np.flatnonzero(gaps)
    across = covariance[np.ix_(there, empty)]
    coefficients = _solved(covariance[np.ix_(there, there)], across)
    left = covariance[np.ix_(empty, empty)] - across.T @ coefficients
    return coefficients, (left + left.T) / 2


def _solved(among: Any, across: Any) -> Any:
    """Solve for the coefficients: by Cholesky, or by the pseudo-inverse where indicators say the same."""
    import numpy as np
    from scipy.linalg import cho_solve

    if not len(among):
        return np.zeros_like(across)
    try:
        factor = np.linalg.cholesky(among)
    except np.linalg.LinAlgError:
        factor = None
    if factor is None or np.diag(factor).min() ** 2 <= 1e-8 * np.diag(among).max():
        return np.linalg.pinv(among, hermitian=True, rcond=1e-10) @ across
    return cho_solve((factor, True), across, check_finite=False)
