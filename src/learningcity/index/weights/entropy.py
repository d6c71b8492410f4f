"""Entropy weights: what tells units apart weighs more."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.columns import NotDefinedError
from learningcity.index.methods import method


@method(
    "weights",
    "entropy",
    Text("entropy weights", "熵权法"),
    reference="Hwang & Yoon (1981), doi 10.1007/978-3-642-48318-9; Shannon (1948), "
    "doi 10.1002/j.1538-7305.1948.tb01338.x",
)
def entropy(normalised: Any, structure: Any, spec: Any = None, *, levels: Any = None) -> dict[str, float]:
    """Weigh by one less the entropy of the shares that the units have in a column.

    The weights speak of spread, not of importance, and depend on the normalisation.

    Parameters
    ----------
    normalised
        Units x indicators, none negative; units with a gap among the siblings are left aside.
    structure
        The tree.
    spec
        The recipe, by which aggregates are computed for the levels above; None = arithmetic means.
    levels
        Levels whose codes are weighted (1 = indicators); None = all.

    Returns
    -------
    dict
        Weights that sum to one within each parent that was weighted, those of the structure elsewhere.

    Raises
    ------
    InputError
        Negative values, no spread in any sibling, or fewer than three complete units; codes are named.

    References
    ----------
    Hwang & Yoon (1981), doi 10.1007/978-3-642-48318-9; Shannon (1948), doi
    10.1002/j.1538-7305.1948.tb01338.x.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index.structure import Structure
    >>> tree = Structure.of({"INDEX": ["skills", "parks"]})
    >>> entropy(pd.DataFrame({"skills": [0.0, 0.0, 1.0], "parks": [1.0, 1.0, 1.0]}), tree)
    {'skills': 1.0, 'parks': 0.0}
    """
    from learningcity.index.weights._levels import by_siblings

    return by_siblings(normalised, structure, spec, divergence, levels)


def divergence(x: Any) -> Any:
    """Give the weights of the columns of one array units x siblings.

    Raises
    ------
    NotDefinedError
        Negative values, a column of zeros, or no spread at all.
    """
    import numpy as np

    total = x.sum(axis=0)
    if (x < 0).any() or (total <= 0).any():
        raise NotDefinedError(
            Text(
                "entropy needs values of zero or more, not all zero; normalise to such a scale.",
                "熵权法要求取值非负且不全为零，请标准化到这样的区间。",
            )
        )
    share = x / total
    logs = np.log(np.where(share > 0, share, 1.0))
    spread = 1.0 + (share * logs).sum(axis=0) / np.log(len(x))
    # Rounding leaves some 1e-16 where a column is flat: that is no spread.
    spread = np.where(spread > 1e-12, spread, 0.0)
    if not spread.any():
        raise NotDefinedError(
            Text("no column tells the units apart.", "各列均无法区分单位。"),
        )
    return spread / spread.sum()
