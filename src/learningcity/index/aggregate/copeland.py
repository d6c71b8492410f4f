"""The Copeland score: how many units a unit beats, less how many beat it."""

from __future__ import annotations

import math
from typing import Any

from learningcity.core import Text
from learningcity.index.methods import method


def values_of(values: Any, children: Any, w: Any, least: float, out: Any) -> None:
    """Write the scores of all units; compiled.

    ``values`` codes x units, of which the rows ``children`` with weights ``w`` are compared; ``least`` =
    weight that a unit needs.
    """
    units = out.shape[0]
    total = 0.0
    for c in range(children.shape[0]):
        total += w[c]
    for u in range(units):
        there = 0.0
        for c in range(children.shape[0]):
            # A value that is missing is unequal to itself.
            if w[c] > 0.0 and values[children[c], u] == values[children[c], u]:
                there += w[c]
        out[u] = 0.0 if there > 0.0 and there >= least * total else math.nan
    for u in range(units):
        if out[u] != out[u]:
            continue
        for v in range(u + 1, units):
            if out[v] != out[v]:
                continue
            ahead = 0.0
            for c in range(children.shape[0]):
                if w[c] > 0.0:
                    # Comparisons with a missing value are false both ways, so it takes no side.
                    one, other = values[children[c], u], values[children[c], v]
                    ahead += w[c] * ((one > other) - (one < other))
            # Sums of the same weights in another order differ in their last bits: that is a tie.
            if ahead > 1e-12 * total:
                out[u] += 1.0
                out[v] -= 1.0
            elif ahead < -1e-12 * total:
                out[u] -= 1.0
                out[v] += 1.0


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

    References
    ----------
    Munda & Nardo (2009), doi 10.1080/00036840601019364.

    Examples
    --------
    >>> import numpy as np
    >>> copeland(np.array([[1.0, 9.0], [2.0, 5.0], [3.0, 1.0]]), np.array([2.0, 1.0])).tolist()
    [-2.0, 0.0, 2.0]
    """
    from learningcity.index.compiled import all_units

    return all_units(values, weights, minimum_available)
