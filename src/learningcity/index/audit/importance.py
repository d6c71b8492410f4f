"""What each indicator counts: its weight on paper, its tie to the index, and the ranks without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.index.result import IndexResult


def importance(result: IndexResult) -> pd.DataFrame:
    """Weights on paper beside the importance that each code has in the scores.

    Parameters
    ----------
    result
        A built index.

    Returns
    -------
    frame
        One row a code, indicators first: level, parent, weight (as used), share (within the parent),
        effective_weight (product of the shares up to the top), correlation_parent and
        correlation_index (Pearson, scores; NaN where one does not vary), importance (squared
        correlation with the index as a share of the sum over the codes of the level: the linear main
        effect), ratio (importance over effective weight within the level; 1 = counts what it weighs).

    Notes
    -----
    Effective weights follow from the weights and the tree alone. They are the trade-offs of an
    arithmetic mean; with other aggregations they are weights on paper.

    References
    ----------
    Paruolo, Saisana & Saltelli (2013), doi 10.1111/j.1467-985X.2012.01059.x.
    Becker, Saisana, Paruolo & Vandecasteele (2017), doi 10.1016/j.ecolind.2017.03.056.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index import IndexSpec, Structure, build_index
    >>> frame = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0]})
    >>> importance(build_index(frame, IndexSpec(Structure.of({"INDEX": ["a", "b"]}))))["importance"].tolist()
    [0.5, 0.5, 1.0]
    """
    import numpy as np
    import pandas as pd

    from learningcity.index.audit.correlations import correlation_matrix

    tree = result.structure
    shares = tree.shares(result.weights)
    effective = tree.effective_weights(result.weights)
    r = correlation_matrix(result.scores)
    rows = {}
    for code in tree.codes:
        node = tree.by_code[code]
        rows[code] = {
            "level": node.level,
            "parent": node.parent or "",
            "weight": result.weights.get(code, 1.0),
            "share": shares.get(code, 1.0),
            "effective_weight": effective[code],
            "correlation_parent": r.loc[code, node.parent] if node.parent else np.nan,
            "correlation_index": r.loc[code, tree.top],
        }
    found = pd.DataFrame.from_dict(rows, orient="index").rename_axis("code")
    square = found["correlation_index"] ** 2
    total = square.groupby(found["level"]).transform("sum")
    found["importance"] = square / total.where(total > 0)
    found["ratio"] = found["importance"] / found["effective_weight"].where(found["effective_weight"] > 0)
    return found


def without_each(result: IndexResult) -> pd.DataFrame:
    """Rebuild the index without each indicator in turn and say how the ranks move.

    Parameters
    ----------
    result
        A built index. Imputed, treated and normalised columns are kept as they are (each stands for
        itself); weights of a method and all aggregates are computed anew, the weights of the rest are
        taken in proportion.

    Returns
    -------
    frame
        One row an indicator: units (with a rank both with and without it, ranked among each other),
        lost (units that have no score without it), moved (share of units whose rank changes),
        mean_shift and max_shift (absolute change of rank), mover (the unit that moves most), change
        (its change, positive = it does better without the indicator), kendall and spearman (of the
        two orders; NaN where not defined), note (why the index cannot be built without it, else
        empty).

    References
    ----------
    OECD & JRC (2008), doi 10.1787/9789264043466-en, on robustness.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index import IndexSpec, Structure, build_index
    >>> frame = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [9.0, 5.0, 1.0]}, index=["x", "y", "z"])
    >>> without_each(build_index(frame, IndexSpec(Structure.of({"INDEX": ["a", "b"]}))))["max_shift"].tolist()
    [2, 2]
    """
    import pandas as pd

    rows = {}
    for code in result.structure.indicators:
        try:
            scores = _rebuilt(result, code)
        except InputError as error:
            rows[code] = _row(None, error.text)
        else:
            rows[code] = _row((result.scores[result.structure.top], scores), Text("", ""))
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("code")


def _rebuilt(result: IndexResult, code: str) -> Any:
    from learningcity.index.build import aggregate_tree, weights_of

    tree = result.structure.without([code])
    normalised = result.normalised[list(tree.indicators)]
    weights = weights_of(normalised, tree, result.spec)
    return aggregate_tree(normalised, tree, weights, result.spec)[tree.top]


def _row(pair: Any, note: Text) -> dict[str, Any]:
    import numpy as np

    from learningcity.index.compiled import ranks
    from learningcity.index.rank_agreement import kendall, spearman

    row: dict[str, Any] = {
        "units": 0, "lost": 0, "moved": np.nan, "mean_shift": np.nan, "max_shift": np.nan, "mover": "",
        "change": np.nan, "kendall": np.nan, "spearman": np.nan, "note": note,
    }  # fmt: skip
    if pair is None:
        return row
    whole, less = pair
    both = whole.notna() & less.notna()
    row["units"], row["lost"] = int(both.sum()), int((whole.notna() & less.isna()).sum())
    if not both.any():
        return row
    first, second = ranks(whole[both]), ranks(less[both])
    shift = (first - second).astype(int)
    most = int(np.abs(shift).argmax())
    row.update(moved=float((shift != 0).mean()), mean_shift=float(np.abs(shift).mean()))
    row.update(max_shift=int(abs(shift[most])), change=int(shift[most]))
    row["mover"] = str(whole.index[both][most]) if shift[most] else ""
    for name, of in (("kendall", kendall), ("spearman", spearman)):
        value = of(-first, -second)
        row[name] = np.nan if value is None else value
    return row
