"""Multiple imputation: several data sets that differ as far as the empty cells are uncertain."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.impute.em import conditional, fit, patterns, standardised
from learningcity.index.methods import method


@method(
    "impute",
    "multiple",
    Text("multiple imputation", "多重插补"),
    properties=("scale free", "shift free"),
    reference="Honaker & King (2010), doi 10.1111/j.1540-5907.2010.00447.x",
)
def multiple(
    values: Any,
    *,
    sets: int = 20,
    seed: int = 1,
    ridge: float | None = None,
    tolerance: float = 1e-4,
    rounds: int = 5000,
    within: bool = False,
) -> Any:
    """Fill each empty cell with its mean over several drawn data sets.

    For each data set the units are drawn with replacement, mean and covariance are found by expectation
    and maximisation, and the empty cells are drawn from their distribution given the cells that are
    there. So the uncertainty of the parameters is in the draws. The plain build takes the mean over the
    sets; the uncertainty analysis takes the sets themselves.

    Parameters
    ----------
    values
        Array units x indicators; NaN = missing.
    sets
        How many data sets.
    seed
        Seed of the draws.
    ridge, tolerance, rounds, within
        As in "em".

    Returns
    -------
    array
        The same shape, filled.

    Raises
    ------
    NotDefinedError
        A parameter that is none, or no end after so many rounds.

    References
    ----------
    Honaker & King (2010), What to do about missing values in time-series cross-section data,
    doi 10.1111/j.1540-5907.2010.00447.x.
    Rubin (1987), Multiple imputation for nonresponse in surveys, doi 10.1002/9780470316696.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[1.0, 2.0], [2.0, 4.0], [4.0, 8.0], [3.0, np.nan]])
    >>> multiple(x, sets=5, seed=7)[:3].tolist()
    [[1.0, 2.0], [2.0, 4.0], [4.0, 8.0]]
    """
    import numpy as np

    found = draws(
        values, sets=sets, seed=seed, ridge=ridge, tolerance=tolerance, rounds=rounds, within=within
    )
    return np.where(np.isnan(values), np.mean(found, axis=0), values)


def draws(
    values: Any,
    *,
    sets: int,
    seed: int,
    ridge: float | None,
    tolerance: float,
    rounds: int,
    within: bool,
) -> list[Any]:
    """Give the data sets themselves; the same seed gives the same sets.

    Raises
    ------
    NotDefinedError
        A parameter that is none, or no end after so many rounds.
    """
    import numpy as np

    from learningcity.index.columns import NotDefinedError

    for given, name, least in ((sets, "sets", 1), (seed, "seed", 0)):
        if isinstance(given, bool) or not isinstance(given, int) or given < least:
            raise NotDefinedError(
                Text(
                    f"{name} is {given!r}; give a whole number of {least} or more.",
                    f"{name}为{given!r}，须为不小于{least}的整数。",
                )
            )
    z, centre, width = standardised(values)
    low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
    found = []
    for child in np.random.SeedSequence(seed).spawn(sets):
        random = np.random.default_rng(child)
        mean, covariance = fit(_resampled(z, random), ridge, tolerance, rounds)
        filled = z.copy()
        for rows, gaps in patterns(z):
            coefficients, left = conditional(covariance, gaps)
            there, empty = np.flatnonzero(~gaps), np.flatnonzero(gaps)
            expected = mean[empty] + (z[np.ix_(rows, there)] - mean[there]) @ coefficients
            values_of, vectors = np.linalg.eigh(left)
            root = vectors * np.sqrt(np.clip(values_of, 0.0, None))
            filled[np.ix_(rows, empty)] = expected + random.standard_normal(expected.shape) @ root.T
        one = np.where(np.isnan(values), filled * width + centre, values)
        found.append(np.clip(one, low, high) if within else one)
    return found


def _resampled(z: Any, random: Any) -> Any:
    """Draw rows with replacement, again where an indicator would be left without a value."""
    import numpy as np

    for _ in range(100):
        drawn = z[random.integers(0, len(z), len(z))]
        if not np.isnan(drawn).all(axis=0).any():
            return drawn
    # Too few values to be drawn from: the units as they are.
    return z
