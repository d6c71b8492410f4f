"""Weights from principal components: what varies together weighs more."""

from __future__ import annotations

from typing import Any

from learningcity.core import InputError, Text
from learningcity.index.columns import NotDefinedError
from learningcity.index.methods import method


@method(
    "weights",
    "pca",
    Text("weights from principal components", "主成分赋权"),
    reference="Nicoletti, Scarpetta & Boylaud (2000), doi 10.1787/215182844604; "
    "OECD & JRC (2008), doi 10.1787/9789264043466-en",
)
def pca(
    normalised: Any, structure: Any, spec: Any = None, *, components: str = "first", levels: Any = None
) -> dict[str, float]:
    """Weigh by the squared loadings of the siblings on their principal components.

    The components are those of the correlations. The weights speak of what varies together, not of
    importance; with few units they are unsure.

    Parameters
    ----------
    normalised
        Units x indicators; units with a gap among the siblings are left aside.
    structure
        The tree.
    spec
        The recipe, by which aggregates are computed for the levels above; None = arithmetic means.
    components
        "first" = squared loadings on the first component; "rotated" = components with an eigenvalue of at
        least one, rotated by varimax; each sibling weighs its largest squared loading in that component
        times the variance the component explains, as Nicoletti and the handbook have it.
    levels
        Levels whose codes are weighted (1 = indicators); None = all.

    Returns
    -------
    dict
        Weights that sum to one within each parent that was weighted, those of the structure elsewhere.

    Raises
    ------
    InputError
        A sibling without spread, fewer than three complete units, or unknown components; codes are named.

    References
    ----------
    Nicoletti, Scarpetta & Boylaud (2000), doi 10.1787/215182844604; OECD & JRC (2008), doi
    10.1787/9789264043466-en.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index.structure import Structure
    >>> tree = Structure.of({"INDEX": ["skills", "parks"]})
    >>> found = pca(pd.DataFrame({"skills": [0.0, 2.0, 1.0], "parks": [1.0, 5.0, 2.0]}), tree)
    >>> round(found["skills"], 9)
    0.5
    """
    from learningcity.index.weights._levels import by_siblings

    if components not in ("first", "rotated"):
        raise InputError(
            Text(
                f'components is {components!r}; it is "first" or "rotated".',
                f'components为{components!r}，须为"first"或"rotated"。',
            )
        )
    rule = first_component if components == "first" else rotated_components
    return by_siblings(normalised, structure, spec, rule, levels)


def first_component(x: Any) -> Any:
    """Give the squared elements of the first eigenvector of the correlations; they sum to one."""
    _, vectors = _eigen(x)
    return vectors[:, 0] ** 2


def rotated_components(x: Any) -> Any:
    """Give the weights of the handbook: rotated loadings, each column in its main component."""
    import numpy as np

    values, vectors = _eigen(x)
    kept = max(1, int((values >= 1.0 - 1e-9).sum()))
    loadings = _varimax(vectors[:, :kept] * np.sqrt(values[:kept]))
    squared = loadings**2
    explained = squared.sum(axis=0)
    main = squared.argmax(axis=1)
    # Within a component squared loadings count as shares of what it explains, and components by
    # their own shares: the product is the squared loading over all that is explained.
    weights = squared[np.arange(len(main)), main] / explained.sum()
    return weights / weights.sum()


def _eigen(x: Any) -> tuple[Any, Any]:
    import numpy as np

    spread = x.std(axis=0)
    if (spread <= 1e-12 * np.abs(x).max(axis=0)).any():
        raise NotDefinedError(
            Text(
                "a column without spread has no correlation; leave it out or give weights.",
                "有的列没有差异，无法计算相关系数；请剔除或直接给出权重。",
            )
        )
    values, vectors = np.linalg.eigh(np.corrcoef(x, rowvar=False))
    order = np.argsort(-values, kind="stable")
    return np.clip(values[order], 0.0, None), vectors[:, order]


def _varimax(loadings: Any) -> Any:
    """Rotate pairs of components until the variance of squared loadings rises no more (Kaiser 1958)."""
    import numpy as np

    found = loadings.copy()
    p, k = found.shape
    for _ in range(200):
        largest = 0.0
        for i in range(k):
            for j in range(i + 1, k):
                u = found[:, i] ** 2 - found[:, j] ** 2
                v = 2 * found[:, i] * found[:, j]
                above = 2 * (u @ v - u.sum() * v.sum() / p)
                below = u @ u - v @ v - (u.sum() ** 2 - v.sum() ** 2) / p
                angle = np.arctan2(above, below) / 4
                c, s = np.cos(angle), np.sin(angle)
                found[:, [i, j]] = found[:, [i, j]] @ np.array([[c, -s], [s, c]])
                largest = max(largest, abs(angle))
        if largest < 1e-10:
            break
    return found
