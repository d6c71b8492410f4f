"""The analytic hierarchy process: weights from comparisons in pairs, with their consistency."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from learningcity.core import InputError, Text
from learningcity.index.methods import method

_NAME = Text("analytic hierarchy process", "层次分析法")
#: Mean consistency index of random reciprocal matrices of size 1 to 15, as Saaty (1980) found it on some 500
#: matrices a size. Simulated on many more it is lower for three (0.52) and up to 0.02 off for the others, so
#: the ratio of three codes comes out a tenth too mild; a test holds both.
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)


@method(
    "weights",
    "ahp",
    _NAME,
    properties=("scale free", "shift free"),
    reference="Saaty (1980), The Analytic Hierarchy Process; Saaty (2008), doi 10.1504/IJSSCI.2008.017590",
)
def ahp(
    normalised: Any, structure: Any, spec: Any = None, *, comparisons: Any, limit: float | None = 0.1
) -> dict[str, float]:
    """Weigh by judgements of how many times more important one code is than another.

    Parameters
    ----------
    normalised
        Units x indicators; not looked at.
    structure
        The tree.
    spec
        The recipe; not looked at.
    comparisons
        Parent -> judgements on its children: the full reciprocal matrix in the order of the structure, or
        a mapping ``{"a": {"b": 3, "c": 5}, "b": {"c": 2}}`` (a weighs three times as much as b), each
        pair once or with its reciprocal. Parents left out keep the weights of the structure.
    limit
        Largest consistency ratio that is accepted; None = any.

    Returns
    -------
    dict
        Weights of the children that were compared, summing to one within a parent.

    Raises
    ------
    InputError
        Judgements that are incomplete, not above zero, not reciprocal or not consistent; the parent is
        named.
    UnknownNameError
        A code that is not in the tree.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process; Saaty (2008), doi 10.1504/IJSSCI.2008.017590.

    Examples
    --------
    >>> from learningcity.index.structure import Structure
    >>> tree = Structure.of({"INDEX": ["skills", "parks"]})
    >>> ahp(None, tree, comparisons={"INDEX": {"skills": {"parks": 3}}})
    {'skills': 0.75, 'parks': 0.25}
    """
    from learningcity.index.weights._levels import mapping

    form = Text("comparisons by parent", "按上级代码给出的两两比较")
    found: dict[str, float] = {}
    whole = structure if spec is None else spec.structure
    for parent, given in mapping(comparisons, _NAME, form).items():
        whole.node(str(parent))
        if str(parent) not in structure.by_code:
            continue
        children = structure.children(str(parent))
        matrix = _matrix(given, str(parent), whole.children(str(parent)))
        kept = [i for i, c in enumerate(whole.children(str(parent))) if c in children]
        weights, ratio = priorities(matrix[kept][:, kept])
        if limit is not None and ratio > limit:
            raise InputError(
                Text(
                    f"{parent}: the judgements contradict each other, consistency ratio {ratio:.3f} over "
                    f"{limit}. Revise them, or set limit.",
                    f"{parent}：判断相互矛盾，一致性比率{ratio:.3f}大于{limit}。请修改判断或设置limit。",
                )
            )
        found.update(zip(children, map(float, weights), strict=True))
    return found


def priorities(matrix: Any) -> tuple[Any, float]:
    """Give the weights of a reciprocal matrix, its principal eigenvector, and the consistency ratio.

    Parameters
    ----------
    matrix
        Square, above zero, ``a[i, j] * a[j, i] = 1``.

    Returns
    -------
    weights, ratio
        Weights that sum to one; 0 = judgements without contradiction. Beyond 15 codes the random index of
        15 stands in, as the published ones end there.

    Examples
    --------
    >>> import numpy as np
    >>> weights, ratio = priorities(np.array([[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]))
    >>> weights.round(4).tolist(), abs(round(ratio, 6))
    ([0.5714, 0.2857, 0.1429], 0.0)
    """
    import numpy as np

    a = np.asarray(matrix, dtype=float)
    n = len(a)
    if n <= 2:
        # Two judgements cannot contradict each other: the first column alone has the answer in full.
        return a[:, 0] / a[:, 0].sum(), 0.0
    values, vectors = np.linalg.eig(a)
    first = int(np.argmax(values.real))
    weights = np.abs(vectors[:, first].real)
    index = (values[first].real - n) / (n - 1)
    return weights / weights.sum(), float(index / RANDOM_INDEX[min(n, len(RANDOM_INDEX)) - 1])


def _matrix(given: Any, parent: str, children: tuple[str, ...]) -> Any:
    import numpy as np

    n = len(children)
    a = np.full((n, n), np.nan)
    np.fill_diagonal(a, 1.0)
    try:
        if isinstance(given, Mapping):
            place = {c: i for i, c in enumerate(children)}
            for one, row in given.items():
                for other, times in row.items():
                    i, j = place[str(one)], place[str(other)]
                    a[i, j] = many = float(times)
                    if np.isnan(a[j, i]):
                        a[j, i] = 1 / many
        else:
            a = np.array(given, dtype=float)
    except (TypeError, ValueError, AttributeError, KeyError, ZeroDivisionError):
        a = np.zeros((0, 0))
    if a.shape != (n, n):
        raise InputError(
            Text(
                f"{parent}: give a {n} x {n} matrix of numbers, or comparisons of its children "
                f"{', '.join(children)}.",
                f"{parent}：须给出{n}×{n}的数字矩阵，或其下各项{'、'.join(children)}的两两比较。",
            )
        )
    a[~((a > 0) & np.isfinite(a))] = np.nan
    # Written to two digits, a third and a three are each other's reciprocal.
    wrong = ~(np.abs(a * a.T - 1.0) <= 0.02)
    if wrong.any():
        pairs = [f"{children[i]}/{children[j]}" for i, j in np.argwhere(wrong) if i <= j]
        pairs = pairs or [f"{children[i]}/{children[j]}" for i, j in np.argwhere(wrong)]
        shown = ", ".join(pairs[:10])
        raise InputError(
            Text(
                f"{parent}: judgements that are missing, not above zero, or not the reciprocal of each other: "
                f"{shown}.",
                f"{parent}：以下判断缺失、不大于零或不互为倒数：{shown}。",
            )
        )
    return a
