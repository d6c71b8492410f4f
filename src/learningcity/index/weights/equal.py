"""Equal weights: among the children of a parent, or among all indicators."""

from __future__ import annotations

from typing import Any

from learningcity.core import InputError, Text
from learningcity.index.methods import method


@method(
    "weights",
    "equal",
    Text("equal weights", "等权"),
    properties=("scale free", "shift free"),
    reference="OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en",
)
def equal(normalised: Any, structure: Any, spec: Any = None, *, among: str = "siblings") -> dict[str, float]:
    """Weigh all alike.

    Parameters
    ----------
    normalised
        Units x indicators; not looked at.
    structure
        The tree.
    spec
        The recipe; not looked at.
    among
        "siblings" = the children of each parent weigh alike; "indicators" = every indicator weighs alike
        in the top, so that an aggregate weighs as many as it holds.

    Returns
    -------
    dict
        Weight as written of every code below the top.

    Raises
    ------
    InputError
        ``among`` is neither of the two.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.

    Examples
    --------
    >>> from learningcity.index.structure import Structure
    >>> tree = Structure.of({"INDEX": {"people": ["skills", "access"], "place": ["parks"]}})
    >>> equal(None, tree, among="indicators")["people"]
    2.0
    """
    if among not in ("siblings", "indicators"):
        raise InputError(
            Text(
                f'among is {among!r}; it is "siblings" or "indicators".',
                f'among为{among!r}，须为"siblings"或"indicators"。',
            )
        )
    if among == "siblings":
        return dict.fromkeys(structure.weights, 1.0)
    return {code: float(len(structure.leaves(code))) for code in structure.weights}
