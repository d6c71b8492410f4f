"""Optimised weights: such that what correlates with the index is what was meant to."""

from __future__ import annotations

from typing import Any

from learningcity.core import InputError, Text
from learningcity.index.methods import method


@method(
    "weights",
    "optimised",
    Text("optimised weights", "优化权重"),
    reference="Becker, Saisana, Paruolo & Vandecasteele (2017), doi 10.1016/j.ecolind.2017.03.056",
)
def optimised(
    normalised: Any, structure: Any, spec: Any = None, *, level: int | None = None, importance: Any = None
) -> dict[str, float]:
    """Search the weights of one level at which its codes have the importance they should have.

    Importance is the correlation of a code with the index, as a share of the correlations of its level.
    Weights are not importance: a code that correlates with none of the others needs a higher weight to
    be heard. Not every wish can be met; :func:`correlations` tells what is reached.

    Parameters
    ----------
    normalised
        Units x indicators; missing values stay missing.
    structure
        The tree.
    spec
        The recipe, by which the index is computed; None = arithmetic means.
    level
        Level whose codes are weighted; None = the one below the top.
    importance
        Code -> desired importance (proportions count); None = all codes of the level alike.

    Returns
    -------
    dict
        Weights of the codes of that level, summing to one, those of the structure elsewhere.

    Raises
    ------
    InputError
        A level without weights, importance that is no number above zero, fewer than three units with a
        score, or codes without spread.

    References
    ----------
    Becker, Saisana, Paruolo & Vandecasteele (2017), doi 10.1016/j.ecolind.2017.03.056.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index.structure import Structure
    >>> tree = Structure.of({"INDEX": ["skills", "parks"]})
    >>> frame = pd.DataFrame({"skills": [0.0, 2.0, 1.0, 5.0], "parks": [10.0, 50.0, 70.0, 10.0]})
    >>> found = optimised(frame, tree)
    >>> correlations(frame, tree, found, level=1).round(6).tolist()
    [0.5, 0.5]
    """
    import numpy as np
    from scipy.optimize import least_squares

    level = structure.height - 1 if level is None else level
    codes = _codes(structure, level)
    wish = _wish(importance, codes)
    start = np.array([structure.weights[c] for c in codes])
    if len(codes) == 1:
        return dict(structure.weights)
    start = np.log(np.clip(start / start.sum(), 1e-3, None))
    base = dict(structure.weights)

    def weights(logs: Any) -> dict[str, float]:
        e = np.exp(logs - logs.max())
        return {**base, **dict(zip(codes, map(float, e / e.sum()), strict=True))}

    def miss(logs: Any) -> Any:
        found = correlations(normalised, structure, weights(logs), level=level, spec=spec)
        return found.to_numpy() - wish

    # Weights from 1 to e^-12 of each other: beyond that a code has no say at all.
    found = least_squares(miss, np.clip(start, -11.9, -1e-3), bounds=(-12.0, 0.0), xtol=1e-12, ftol=1e-12)
    return weights(found.x)


def correlations(
    normalised: Any, structure: Any, weights: dict[str, float], *, level: int, spec: Any = None
) -> Any:
    """Give the correlation of each code of a level with the index, as shares that sum to one.

    Raises
    ------
    InputError
        Fewer than three units with all scores, codes without spread, or correlations that do not sum to
        more than zero.
    """
    import numpy as np
    import pandas as pd

    from learningcity.index.build import aggregate_tree
    from learningcity.index.spec import IndexSpec

    spec = IndexSpec(structure) if spec is None else spec
    codes = _codes(structure, level)
    scores = aggregate_tree(normalised, structure, {**structure.weights, **weights}, spec)
    x = scores[[*codes, structure.top]].dropna().to_numpy()
    if len(x) >= 3 and (x.std(axis=0) > 1e-12 * np.abs(x).max(axis=0)).all():
        found = np.corrcoef(x, rowvar=False)[-1, :-1]
        if found.sum() > 1e-9:
            return pd.Series(found / found.sum(), index=codes)
    raise InputError(
        Text(
            f"The importance of {', '.join(codes)} cannot be told: three units with all scores, spread in each "
            "code and correlations above zero are needed.",
            f"无法判断{'、'.join(codes)}的重要性：至少须有3个得分齐全的单位，各项须有差异，且相关系数之和大于零。",
        )
    )


def _codes(structure: Any, level: Any) -> list[str]:
    if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level < structure.height:
        raise InputError(
            Text(
                f"level is {level!r}; there are weights at 1 to {structure.height - 1}.",
                f"level为{level!r}，有权重的层级为1至{structure.height - 1}。",
            )
        )
    return list(structure.at(level))


def _wish(importance: Any, codes: list[str]) -> Any:
    import numpy as np

    from learningcity.index.weights._levels import mapping

    if importance is None:
        return np.full(len(codes), 1 / len(codes))
    name = Text("importance", "重要性")
    given = mapping(importance, name, Text("a number for each code", "每个代码一个数值"))
    try:
        wish = np.array([float(given[c]) for c in codes])
    except (KeyError, TypeError, ValueError):
        wish = np.array([np.nan])
    if not (wish > 0).all() or not np.isfinite(wish).all():
        raise InputError(
            Text(
                f"importance needs a number above zero for each of {', '.join(codes)}.",
                f"importance须为{'、'.join(codes)}各给出一个大于零的数值。",
            )
        )
    return wish / wish.sum()
