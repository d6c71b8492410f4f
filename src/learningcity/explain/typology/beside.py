"""Test whether styles follow something that did not make them, such as effort or region."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from learningcity.core import Text
from learningcity.explain.typology.columns import Column

if TYPE_CHECKING:
    import pandas as pd

#: q up to which styles are said to follow a column.
LEVEL = 0.05
MEASURES = {
    "epsilon_squared": Text("epsilon squared of ranks", "秩次ε²"),
    "cramers_v": Text("Cramér's V", "克莱姆V系数"),
}
_COLUMNS = ["column", "kind", "n", "measure", "effect", "p", "q", "follows", "why"]


def beside_table(columns: Sequence[Column], labels: Any, permutations: int, seed: Any) -> pd.DataFrame:
    """Test by permutation whether styles differ on each column.

    Numbers and ordered levels are ranked: Kruskal and Wallis' H, as epsilon squared, H / (n - 1). Categories:
    chi-squared, as Cramér's V. The styles are shuffled among the cases that have a value; p is (1 + as extreme) /
    (1 + permutations), q is adjusted by Benjamini and Hochberg over the columns.

    Returns
    -------
    frame
        Columns column, kind, n (cases with a value), measure, effect (0 to 1), p, q, follows (q at most 0.05), why
        (why there is no test: "constant", "one style"; "" otherwise).

    References
    ----------
    Kruskal & Wallis (1952), doi 10.1080/01621459.1952.10483441. Benjamini & Hochberg (1995),
    doi 10.1111/j.2517-6161.1995.tb02031.x.
    """
    import numpy as np
    import pandas as pd
    from scipy import stats

    nan = float("nan")
    rows: list[dict[str, Any]] = []
    for place, column in enumerate(columns):
        known = ~np.isnan(column.values)
        values, styles = column.values[known], labels[known]
        ranked = column.kind in ("numeric", "ordered")
        row = {
            "column": column.name, "kind": column.kind, "n": int(known.sum()),
            "measure": "epsilon_squared" if ranked else "cramers_v",
            "effect": nan, "p": nan, "q": nan, "follows": False, "why": "",
        }  # fmt: skip
        if len(np.unique(values)) < 2:
            row["why"] = "constant"
        elif len(np.unique(styles)) < 2:
            row["why"] = "one style"
        else:
            rng = np.random.default_rng([seed, place])
            row["effect"], row["p"] = _test(values, styles, ranked, permutations, rng)
        rows.append(row)
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    tested = frame.index[frame["why"] == ""]
    if len(tested):
        frame.loc[tested, "q"] = stats.false_discovery_control(frame.loc[tested, "p"].to_numpy(dtype=float))
    frame["follows"] = (frame["q"] <= LEVEL).astype(bool)
    return frame


def _test(values: Any, styles: Any, ranked: bool, permutations: int, rng: Any) -> tuple[float, float]:
    import numpy as np

    _, style = np.unique(styles, return_inverse=True)
    _, level, count = np.unique(values, return_inverse=True, return_counts=True)
    sizes = np.bincount(style).astype(float)
    n = len(values)
    if ranked:
        mid = (np.cumsum(count) - (count - 1) / 2)[level]
        mid = mid - mid.mean()
        spread = (mid**2).sum()

        def effect(shuffled: Any) -> float:
            return float((np.bincount(shuffled, mid) ** 2 / sizes).sum() / spread)
    else:
        levels, expected = len(count), np.outer(sizes, count) / n
        most = n * (min(len(sizes), levels) - 1)

        def effect(shuffled: Any) -> float:
            seen = np.bincount(shuffled * levels + level, minlength=expected.size).reshape(expected.shape)
            return float(np.sqrt(((seen - expected) ** 2 / expected).sum() / most))

    observed = effect(style)
    as_extreme = sum(effect(rng.permutation(style)) >= observed - 1e-12 for _ in range(permutations))
    return min(observed, 1.0), (1 + as_extreme) / (1 + permutations)
