"""What sets the cases of a style apart from all others, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import Text, join_texts
from learningcity.explain.typology.columns import Column

if TYPE_CHECKING:
    import pandas as pd

#: Standardised difference from which a feature enters the name of a style: Cohen's "medium".
NOTABLE = 0.5
#: Features in a name.
_IN_NAME = 3


@dataclass(frozen=True)
class Style:
    """One style.

    Parameters
    ----------
    number
        1 to k, by falling size.
    name
        What sets it apart, from the notable features; a description, not an explanation.
    medoid
        The case in its middle: the real case with the least distance to all others of the style.
    cases
        All its cases.
    between
        Those of them between this and another style.
    silhouette
        Mean silhouette.
    stability
        Mean Jaccard similarity over the draws; NaN without draws.
    """

    number: int
    name: Text
    medoid: str
    cases: tuple[str, ...]
    between: tuple[str, ...]
    silhouette: float
    stability: float

    @property
    def size(self) -> int:
        """Number of cases."""
        return len(self.cases)


def profiles(columns: tuple[Column, ...], labels: Any, k: int) -> pd.DataFrame:
    """Compare the cases of each style with all others, column by column.

    Returns
    -------
    frame
        Columns style, column, kind, level (of categories; "" otherwise), n (cases of the style that have it),
        others (other cases that have it), inside, outside (means of numbers and of the places 1, 2 ... of ordered
        levels; shares of a category), difference (of means over the standard deviation of all cases, for ordered
        levels of mid-ranks; for shares Cohen's h). Empty where one side has no value. By style and falling size of
        the difference.
    """
    import numpy as np
    import pandas as pd

    rows = []
    for style in range(k):
        inside = labels == style
        for column in columns:
            known = ~np.isnan(column.values)
            one, others = column.values[known & inside], column.values[known & ~inside]
            for level, a, b, difference in _compare(column, one, others):
                rows.append(
                    {
                        "style": style + 1, "column": column.name, "kind": column.kind, "level": level,
                        "n": len(one), "others": len(others), "inside": a, "outside": b, "difference": difference,
                    }
                )  # fmt: skip
    frame = pd.DataFrame(rows)
    order = frame["difference"].abs().fillna(-1.0).round(12)
    return (
        frame.assign(order=-order)
        .sort_values(["style", "order"], kind="stable")
        .drop(columns="order")
        .reset_index(drop=True)
    )


def _compare(column: Column, one: Any, others: Any) -> list[tuple[str, float, float, float]]:
    import numpy as np

    nan = float("nan")
    if column.kind in ("numeric", "ordered"):
        a, b = (_mean(v) + (column.kind == "ordered") if len(v) else nan for v in (one, others))
        if not len(one) or not len(others):
            return [("", a, b, nan)]
        return [("", a, b, _standardised(one, others, column.kind == "ordered"))]
    levels = (
        [(1.0, "")] if column.kind == "asymmetric" else [(float(i), n) for i, n in enumerate(column.levels)]
    )
    found = []
    for code, name in levels:
        a, b = (float((v == code).mean()) if len(v) else nan for v in (one, others))
        h = 2 * np.arcsin(np.sqrt(a)) - 2 * np.arcsin(np.sqrt(b)) if len(one) and len(others) else nan
        found.append((name, a, b, float(h)))
    return found


def _mean(values: Any) -> float:
    """Mean of numbers whose sum may be too large."""
    return float((values / len(values)).sum())


def _standardised(one: Any, others: Any, ranked: bool) -> float:
    import numpy as np

    both = np.concatenate([one, others])
    if ranked:
        _, place, count = np.unique(both, return_inverse=True, return_counts=True)
        both = (np.cumsum(count) - (count - 1) / 2)[place]
    else:
        # Shares of the range: no sum or square is too large or too small.
        both = both / 4 if np.abs(both).max() > 1e300 else both
        span = both.max() - both.min()
        if not span:
            return 0.0
        both = (both - both.min()) / span
    spread = both.std(ddof=1)
    return float((both[: len(one)].mean() - both[len(one) :].mean()) / spread) if spread else 0.0


def name_of(rows: pd.DataFrame, labels: Mapping[str, Text] | None = None) -> Text:
    """Words for a style from its rows of the profile: at most three notable features, each column once.

    Parameters
    ----------
    rows
        Of one style, see :func:`profiles`.
    labels
        What columns are called; the others stay as they are.
    """
    parts: list[Text] = []
    seen: set[str] = set()
    for row in rows.itertuples(index=False):
        if not abs(row.difference) >= NOTABLE or len(parts) == _IN_NAME:
            break
        if row.column not in seen:
            seen.add(row.column)
            parts.append(_feature(row, (labels or {}).get(row.column) or Text(row.column, row.column)))
    if not parts:
        return Text("near the average", "接近总体平均")
    return join_texts(parts, ", ", "、")


def _feature(row: Any, column: Text) -> Text:
    up = row.difference > 0
    if row.kind in ("numeric", "ordered"):
        word = Text("high", "偏高") if up else Text("low", "偏低")
        return Text(f"{word.en} {column.en}", f"{column.zh}{word.zh}")
    word = Text("more often", "偏多") if up else Text("less often", "偏少")
    what = Text(*(f"{column.in_(one)} {row.level}".strip() for one in ("en", "zh")))
    return Text(f"{word.en} {what.en}", f"{what.zh}{word.zh}")
