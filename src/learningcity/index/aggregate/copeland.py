"""The Copeland score: how many units a unit beats, less how many beat it."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method


@method(
    "aggregate",
    "copeland",
    Text("Copeland score", "Copeland得分"),
    properties=("scale free", "shift free", "monotone", "bounded", "weights"),
    reference="Munda & Nardo (2009), doi 10.1080/00036840601019364",
)
def copeland(values: Any, weights: Any, *, minimum_available: float = 0.0) -> Any:
    """Compare all units pair by pair and give wins less losses.

    Of two units the one wins that is ahead on children with more weight. A unit's score depends on
    the others, and distances do not count.

    Parameters
    ----------
    values
        Array units x children; NaN = missing: a pair is compared on what both have, and is a tie where
        they have nothing in common.
    weights
        One weight a child.
    minimum_available
        Share of the weight that must be there, else the result is missing and the unit meets nobody.

    Returns
    -------
    array
        One whole number a unit, between 1 - units and units - 1; NaN where nothing (or too little) is
        there.

    Examples
    --------
    >>> import numpy as np
    >>> copeland(np.array([[1.0, 9.0], [2.0, 5.0], [3.0, 1.0]]), np.array([2.0, 1.0])).tolist()
    [-2.0, 0.0, 2.0]
    """
    import numpy as np

    x = np.asarray(values, dtype=float)
    w = np.asarray(weights, dtype=float)
    there = ~np.isnan(x) & (w > 0)
    enough = there.any(axis=1) & ((there * w).sum(axis=1) >= minimum_available * w.sum())
    x = np.where(enough[:, None] & there, x, np.nan)
    ahead = np.zeros((len(x), len(x)))
    for j in range(x.shape[1]):
        column = x[:, j]
        # Comparisons with NaN are false both ways, so a missing value takes no side.
        ahead += w[j] * ((column[:, None] > column).astype(float) - (column[:, None] < column))
    # Sums of the same weights in another order differ in their last bits: that is a tie.
    ahead[np.abs(ahead) <= 1e-12 * w.sum()] = 0.0
    return np.where(enough, np.sign(ahead).sum(axis=1), np.nan)
