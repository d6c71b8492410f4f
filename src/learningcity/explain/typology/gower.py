"""Gower's distance between cases described by mixed columns with missing cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core import InputError, Result, Text, UnknownNameError, plain
from learningcity.explain.tables import refuse
from learningcity.explain.typology.columns import Column, read_columns, read_frame

if TYPE_CHECKING:
    import pandas as pd

Ordered = Literal["podani", "ranks", "levels"]
ORDERED: dict[str, Text] = {
    "podani": Text(
        "ranks adjusted for ties (Podani 1999, formula 2)", "经同秩校正的秩次（Podani 1999，式2）"
    ),
    "ranks": Text("ranks (Podani 1999, formula 3)", "秩次（Podani 1999，式3）"),
    "levels": Text(
        "equally spaced levels (Kaufman & Rousseeuw 1990)", "等距等级（Kaufman & Rousseeuw 1990）"
    ),
}
_CONSTANT = Text("all cases that have it have the same value", "有取值的案例取值完全相同")
_EMPTY = Text("no case has it", "没有任何案例有取值")
_WEIGHTLESS = Text("its weight is 0", "权重为0")


@dataclass(frozen=True, eq=False)
class Ready:
    """Columns ready for the compiled distance: two ends a cell, a number for the kind, a weight."""

    columns: tuple[Column, ...]
    upper: Any
    lower: Any
    kinds: Any
    weights: Any


@dataclass(frozen=True, eq=False)
class GowerDistances(Result):
    """Distances of all pairs of cases.

    Parameters
    ----------
    distances
        Frame, cases x cases, 0 to 1; NaN where a pair has no cell in common.
    common
        The same shape: share of the weight of all columns that the pair could be compared on.
    columns
        Column -> kind, of the columns that were used.
    weights
        Column -> weight.
    left_out
        Columns that were not used, and why.
    incomparable
        Pairs of cases without a cell in common.
    missing
        Empty cells in the columns used.
    ordered
        How ordered columns were compared.
    """

    distances: pd.DataFrame
    common: pd.DataFrame
    columns: Mapping[str, str]
    weights: Mapping[str, float]
    left_out: Mapping[str, Text]
    incomparable: tuple[tuple[str, str], ...]
    missing: int
    ordered: str

    def table(self) -> pd.DataFrame:
        """One row a pair: first, second, distance, common (share of the weight that was compared)."""
        import numpy as np
        import pandas as pd

        names = np.asarray(self.distances.index, dtype=object)
        i, j = np.triu_indices(len(names), 1)
        return pd.DataFrame(
            {
                "first": names[i],
                "second": names[j],
                "distance": self.distances.to_numpy()[i, j],
                "common": self.common.to_numpy()[i, j],
            }
        )

    def summary(self, language: str = "en") -> str:
        """Say what was compared, and what could not be."""
        n, pairs = len(self.distances), len(self.table())
        en = [
            f"Gower distances of {n} cases ({pairs:,} pairs) over {len(self.columns)} columns; {self.missing:,} cells are empty."
        ]
        zh = [f"{n}个案例（{pairs:,}对）在{len(self.columns)}列上的Gower距离；空单元格{self.missing:,}个。"]
        if self.incomparable:
            shown = self.incomparable[:5]
            en.append(
                f"{len(self.incomparable):,} pairs have no cell in common and no distance: {'; '.join(' / '.join(p) for p in shown)}."
            )
            zh.append(
                f"{len(self.incomparable):,}对没有共同的单元格，因而没有距离：{'；'.join(' / '.join(p) for p in shown)}。"
            )
        for name, why in self.left_out.items():
            en.append(f"{name} is left out: {why.en}.")
            zh.append(f"{name}未使用：{why.zh}。")
        return Text(" ".join(en), "".join(zh)).in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Pairs, columns with kinds and weights, and what was left out, as plain values."""
        return {
            "columns": dict(self.columns),
            "weights": dict(self.weights),
            "ordered": self.ordered,
            "left_out": plain(dict(self.left_out)),
            "incomparable": [list(p) for p in self.incomparable],
            "missing": self.missing,
            **super().to_dict(),
        }


def gower(
    table: Any,
    *,
    kinds: Mapping[str, str] | None = None,
    weights: Mapping[str, float] | None = None,
    ordered: Ordered = "podani",
) -> GowerDistances:
    """Gower's distance of all pairs of cases.

    The distance of a pair is the weighted mean over the columns that both have. Numeric columns: absolute
    difference over the range. Categorical: 0 or 1. Asymmetric binary: as categorical, but a pair that lacks the
    property on both sides is not compared on it. Ordered: see ``ordered``.

    Parameters
    ----------
    table
        Frame, index case, one column a characteristic, in any unit.
    kinds
        Column -> "numeric", "ordered", "categorical" or "asymmetric", where this shall not follow from the cells
        (numbers numeric; ordered categorical ordered; texts and truth values categorical).
    weights
        Column -> weight of at least 0; all others weigh 1.
    ordered
        "podani": cases between two values, over those between the lowest and the highest; "ranks": difference of
        mean ranks over its largest; "levels": difference of the places of the levels that occur.

    Returns
    -------
    GowerDistances
        Missing cells are skipped pair by pair; a pair without a cell in common is named and has no distance.
        Columns with a single value are left out and named: they tell no cases apart.

    Raises
    ------
    InputError
        No frame, fewer than two cases, cells that cannot be compared, no column that varies.
    UnknownNameError
        A column, kind or way that is not there.

    References
    ----------
    Gower (1971), doi 10.2307/2528823. Podani (1999), doi 10.2307/1224438. Kaufman & Rousseeuw (1990),
    doi 10.1002/9780470316801.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"size": [1.0, 3.0, 5.0], "region": ["east", "east", "west"]}, index=["a", "b", "c"])
    >>> gower(table).table()["distance"].tolist()
    [0.25, 1.0, 0.75]
    """
    import pandas as pd

    from learningcity.explain.typology.compiled_medoids import gower_pairs

    frame = read_frame(table)
    ready, left_out = prepare(frame, kinds, weights, ordered)
    distance, common = gower_pairs(ready.upper, ready.lower, ready.kinds, ready.weights)
    names = frame.index
    return GowerDistances(
        distances=pd.DataFrame(distance, index=names, columns=names),
        common=pd.DataFrame(_share(common, ready.weights), index=names, columns=names),
        columns={c.name: c.kind for c in ready.columns},
        weights={c.name: c.weight for c in ready.columns},
        left_out=left_out,
        incomparable=unknown_pairs(distance, list(names)),
        missing=missing_cells(ready),
        ordered=ordered,
    )


def prepare(
    frame: Any, kinds: Mapping[str, str] | None, weights: Mapping[str, float] | None, ordered: str
) -> tuple[Ready, dict[str, Text]]:
    """Read the columns of a checked frame and scale them; give also the columns left out and why.

    Raises
    ------
    InputError
        Fewer than two cases, or no column that varies.
    """
    import numpy as np

    if ordered not in ORDERED:
        raise UnknownNameError("option", ordered, ORDERED)
    if len(frame) < 2:
        raise InputError(
            Text("One case has no distances; give at least two.", "单个案例没有距离，请至少给出两个。")
        )
    used, left_out = [], {}
    for column in read_columns(frame, kinds, weights):
        known = column.values[~np.isnan(column.values)]
        why = (
            _EMPTY if not len(known)
            else _CONSTANT if (known == known[0]).all()
            else _WEIGHTLESS if not column.weight
            else None
        )  # fmt: skip
        if why is None:
            used.append(column)
        else:
            left_out[column.name] = why
    if not used:
        refuse(
            [f"{name} ({why.en})" for name, why in left_out.items()],
            "No column tells the cases apart",
            "没有能区分案例的列",
        )
    return scaled(tuple(used), ordered), left_out


def scaled(columns: tuple[Column, ...], ordered: str) -> Ready:
    """Scale columns that vary, so that the compiled distance needs no more than their two ends."""
    import numpy as np

    from learningcity.explain.typology.compiled_medoids import ASYMMETRIC, NOMINAL, SCALE

    number = {"numeric": SCALE, "ordered": SCALE, "categorical": NOMINAL, "asymmetric": ASYMMETRIC}
    ends = [_ends(c, ordered) for c in columns]
    heaviest = max(c.weight for c in columns)
    return Ready(
        columns=columns,
        upper=np.column_stack([u for u, _ in ends]),
        lower=np.column_stack([v for _, v in ends]),
        kinds=np.array([number[c.kind] for c in columns], dtype=np.int64),
        weights=np.array([c.weight / heaviest for c in columns]),
    )


def _ends(column: Column, ordered: str) -> tuple[Any, Any]:
    """Upper and lower end of each cell, in shares of the range of the column."""
    import numpy as np

    values = column.values
    if column.kind == "numeric":
        # Halves, so that the range of the largest numbers that there are stays finite.
        parts = values / 4 if np.nanmax(np.abs(values)) > 1e300 else values
        low = np.nanmin(parts)
        found = (parts - low) / (np.nanmax(parts) - low)
        return found, found
    if column.kind != "ordered":
        return values, values
    known = ~np.isnan(values)
    levels, place, count = np.unique(values[known], return_inverse=True, return_counts=True)
    if ordered == "podani":
        at_or_below = np.cumsum(count)
        below = at_or_below - count
        span = below[-1] - at_or_below[0] + 1
        upper, lower = (below + 1) / span, at_or_below / span
    elif ordered == "ranks":
        mean = np.cumsum(count) - (count - 1) / 2
        upper = lower = (mean - mean[0]) / (mean[-1] - mean[0])
    else:
        upper = lower = np.arange(len(levels)) / (len(levels) - 1)
    ends = np.full((2, len(values)), np.nan)
    ends[0, known], ends[1, known] = upper[place], lower[place]
    return ends[0], ends[1]


def _share(common: Any, weights: Any) -> Any:
    import numpy as np

    found = common / weights.sum()
    np.fill_diagonal(found, 1.0)
    return found


def missing_cells(ready: Ready) -> int:
    """Empty cells in the columns used."""
    import numpy as np

    return int(np.isnan(ready.upper).sum())


def unknown_pairs(distance: Any, names: list[str]) -> tuple[tuple[str, str], ...]:
    """Pairs without a distance, by name."""
    import numpy as np

    rows, columns = np.nonzero(np.triu(np.isnan(distance), 1))
    return tuple((names[i], names[j]) for i, j in zip(rows, columns, strict=True))
