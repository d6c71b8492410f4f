"""A picture of distances: cases as points of few axes, and how much of the distances it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Result, Text, plain, whole_number
from learningcity.explain.tables import refuse

if TYPE_CHECKING:
    import pandas as pd

#: Differences that come from rounding: between the two halves of a square, and of eigenvalues from 0.
_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class ScalingResult(Result):
    """Cases as points whose distances come near those given.

    Parameters
    ----------
    coordinates
        Frame, index case, columns axis_1, axis_2 ... by falling share, in the unit of the distances; the points
        lie around 0. An axis that is not there is 0 throughout.
    shown
        Series, index case: share of the squared distance of the case to the middle that the axes show, 0 to 1.
    shares
        Share of each axis: its eigenvalue over the sum of the absolute eigenvalues.
    negative
        Share of the negative eigenvalues: what no number of straight axes can show. 0 for straight distances.
    correlation
        Pearson correlation of the distances of the points with those given, over all pairs; NaN where either
        does not vary.
    eigenvalues
        All of them, falling.
    """

    coordinates: pd.DataFrame
    shown: pd.Series
    shares: tuple[float, ...]
    negative: float
    correlation: float
    eigenvalues: tuple[float, ...]

    @property
    def share(self) -> float:
        """Share of all that the axes show together; 1 where all cases are alike."""
        return min(1.0, sum(self.shares)) if any(self.eigenvalues) else 1.0

    def table(self) -> pd.DataFrame:
        """One row a case: case, axis_1, axis_2 ..., shown."""
        return self.coordinates.assign(shown=self.shown).rename_axis("case").reset_index()

    def summary(self, language: str = "en") -> str:
        """Say how much of the distances is to be seen."""
        n, axes = len(self.coordinates), len(self.shares)
        nan = self.correlation != self.correlation
        return Text(
            f"{n} cases on {axes} axes (classical scaling), which show {self.share:.0%} of the squared distances; "
            f"{self.negative:.0%} cannot be shown by straight axes."
            + (
                ""
                if nan
                else f" Distances of the points and those given correlate at {self.correlation:.2f}."
            )
            + " Cases that lie together may still differ in what is not shown.",
            f"{n}个案例，{axes}个坐标轴（经典多维标度），可显示距离平方的{self.share:.0%}；"
            f"另有{self.negative:.0%}无法以直线坐标轴显示。"
            + ("" if nan else f"图上距离与原距离的相关系数为{self.correlation:.2f}。")
            + "图上相近的案例，在未显示的部分仍可能不同。",
        ).in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Points, shares and eigenvalues as plain values."""
        return {
            "share": self.share,
            "shares": list(self.shares),
            "negative": self.negative,
            "correlation": plain(self.correlation),
            "eigenvalues": list(self.eigenvalues),
            **super().to_dict(),
        }


def classical_scaling(distances: Any, dimensions: int = 2) -> ScalingResult:
    """Place cases so that their distances come near those given (principal coordinates).

    Parameters
    ----------
    distances
        What ``gower`` or ``typology`` gives, or a frame of the distances of all pairs: cases x cases, symmetric,
        not negative, 0 from a case to itself, in any unit.
    dimensions
        Axes wanted, from 1 to one less than the cases.

    Returns
    -------
    ScalingResult
        Points and what they show. Each axis points so that the case farthest out on it (the first of several)
        is on its positive side; axes of the same share may be turned into each other.

    Raises
    ------
    InputError
        Fewer than two cases, missing or odd distances, more axes than there can be.

    References
    ----------
    Torgerson (1952), doi 10.1007/BF02288916. Gower (1966), doi 10.1093/biomet/53.3-4.325. Mardia (1978),
    doi 10.1080/03610927808827707 (shares where distances are not straight).

    Examples
    --------
    >>> import pandas as pd
    >>> names = ["a", "b", "c"]
    >>> found = classical_scaling(pd.DataFrame([[0, 3, 7], [3, 0, 4], [7, 4, 0]], names, names), 1)
    >>> [round(x, 6) for x in found.coordinates["axis_1"]], round(found.share, 6)
    ([-3.333333, -0.333333, 3.666667], 1.0)
    """
    import numpy as np
    import pandas as pd

    values, names = _square(distances)
    n = len(values)
    number = whole_number(dimensions, "dimensions", 1, n - 1)
    # The largest is 1, so that no square is too large or too small.
    unit = float(values.max()) or 1.0
    squares = (values / unit) ** 2
    means = squares.mean(axis=0)
    roots, vectors = np.linalg.eigh(-(squares - means - means[:, None] + means.mean()) / 2)
    roots, vectors = roots[::-1], vectors[:, ::-1]
    roots = np.where(np.abs(roots) <= _ROUNDING * max(np.abs(roots).max(), 1.0), 0.0, roots)
    whole = float(np.abs(roots).sum())
    kept = np.clip(roots[:number], 0.0, None)
    points = vectors[:, :number] * np.sqrt(kept)
    for axis in points.T:
        # Of two that lie equally far out, rounding must not decide.
        far = int(np.flatnonzero(np.abs(axis) >= np.abs(axis).max() - 1e-6)[0])
        if axis[far] < 0:
            axis *= -1
    points = points + 0.0
    of_case = vectors**2 * np.abs(roots)
    all_of_case = of_case.sum(axis=1)
    seen = np.where(kept > 0, of_case[:, :number], 0.0).sum(axis=1)
    shown = np.divide(seen, all_of_case, out=np.ones(n), where=all_of_case > 1e-12)
    index = pd.Index(names, name="case")
    return ScalingResult(
        coordinates=pd.DataFrame(
            points * unit, index=index, columns=[f"axis_{j + 1}" for j in range(number)]
        ),
        shown=pd.Series(np.clip(shown, 0.0, 1.0), index=index, name="shown"),
        shares=tuple(float(v / whole) if whole else 0.0 for v in kept),
        negative=float(-roots[roots < 0].sum() / whole) if whole else 0.0,
        correlation=_correlation(points, values / unit),
        eigenvalues=tuple(float(v) for v in roots * unit**2),
    )


def _square(given: Any) -> tuple[Any, list[str]]:
    """Values and names of a square of distances.

    Raises
    ------
    InputError
        It is none.
    """
    import numpy as np
    import pandas as pd

    frame = getattr(given, "distances", given)
    if not isinstance(frame, pd.DataFrame) or frame.shape[0] != frame.shape[1] or len(frame) < 2:
        raise InputError(
            Text(
                "Distances are a frame of at least two cases, one row and one column a case; lc.gower gives one.",
                "距离须为至少含两个案例的数据框，每个案例一行一列；可由lc.gower得到。",
            )
        )
    names = [str(c) for c in frame.index]
    if names != [str(c) for c in frame.columns] or len(set(names)) < len(names):
        raise InputError(
            Text(
                "Rows and columns of the distances must name the same cases in the same order, each once.",
                "距离表的行与列须以相同顺序列出相同的案例，且各出现一次。",
            )
        )
    try:
        values = frame.to_numpy(dtype=float, na_value=float("nan"))
    except (TypeError, ValueError):
        raise InputError(Text("Distances must be numbers.", "距离须为数值。")) from None
    wrong = ~np.isfinite(values) | (values < 0)
    refuse(
        [f"{names[i]} / {names[j]}" for i, j in np.argwhere(wrong)],
        "Distances that are missing, infinite or negative (take out cases that share no cell with another)",
        "缺失、无穷或为负的距离（请剔除与其他案例没有共同单元格的案例）",
    )
    most = float(values.max()) * _ROUNDING
    odd = np.abs(values - values.T) > most
    refuse(
        [f"{names[i]} / {names[j]}" for i, j in np.argwhere(np.triu(odd))],
        "Pairs whose distance differs by direction",
        "往返距离不同的案例对",
    )
    refuse(
        [names[i] for i in np.flatnonzero(np.diag(values) > most)],
        "Cases at a distance from themselves",
        "与自身距离不为0的案例",
    )
    return (values + values.T) / 2, names


def _correlation(points: Any, values: Any) -> float:
    import numpy as np

    i, j = np.triu_indices(len(points), 1)
    drawn, meant = np.sqrt(((points[i] - points[j]) ** 2).sum(axis=1)), values[i, j]
    if drawn.std() < 1e-12 or meant.std() < 1e-12:
        return float("nan")
    return float(np.clip(np.corrcoef(drawn, meant)[0, 1], -1, 1))
