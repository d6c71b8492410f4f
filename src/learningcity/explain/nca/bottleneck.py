"""Tables of necessary levels: which level of each condition a level of the outcome needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core import InputError, Result, Text, UnknownNameError, names_of, plain
from learningcity.explain.nca.cases import LARGEST, read_pairs
from learningcity.explain.nca.ceiling import ceiling
from learningcity.explain.nca.result import CeilingResult

if TYPE_CHECKING:
    import pandas as pd

#: Scales of condition and outcome.
SCALES = {
    "percentage_range": Text("percent of the range", "占取值范围的百分比"),
    "percentage_max": Text("percent of the highest value", "占最大值的百分比"),
    "actual": Text("units of the data", "原始数值"),
    "percentile": Text("percent of cases below", "百分位"),
}
#: What stands where there is no level: not necessary, not reached by any level in the scope.
NOT_NECESSARY, NOT_REACHED = "NN", "NA"
Scale = Literal["percentage_range", "percentage_max", "actual", "percentile"]


@dataclass(frozen=True)
class BottleneckResult(Result):
    """Necessary levels of several conditions.

    Parameters
    ----------
    y, xs
        Names of outcome and conditions.
    method, corner, scale_x, scale_y
        The choices.
    levels
        Frame, index level of the outcome (in ``scale_y``), a column a condition (in ``scale_x``); NaN where ``marks``
        says NN or NA.
    marks
        The same frame of texts: "" a level is needed, "NN" not necessary, "NA" no level in the scope is enough (or
        there is no ceiling).
    ceilings
        The ceiling of each condition.
    left_out
        Conditions without a table, and why.
    """

    y: str
    xs: tuple[str, ...]
    method: str
    corner: int
    scale_x: str
    scale_y: str
    levels: pd.DataFrame
    marks: pd.DataFrame
    ceilings: Mapping[str, CeilingResult]
    left_out: Mapping[str, Text]

    def table(self) -> pd.DataFrame:
        """The outcome and a column a condition: numbers, NN and NA as journals print them."""
        printed = self.levels.astype(object).where(self.marks == "", self.marks)
        return printed.reset_index()

    def summary(self, language: str = "en") -> str:
        """Say what the level of the outcome that asks most needs, and what the table does not say."""
        # In corners 3 and 4 the lowest outcome asks most; shares of the range and of the cases count towards it.
        down = self.corner in (3, 4) and self.scale_y in ("actual", "percentage_max")
        row = int(self.levels.index.argmin() if down else self.levels.index.argmax())
        top = self.levels.index[row]
        needed = [x for x in self.levels.columns if self.marks[x].iloc[row] == ""]
        scale_x, scale_y = SCALES[self.scale_x], SCALES[self.scale_y]
        each = [f"{x} {self.levels[x].iloc[row]:.3g}" for x in needed]
        en = [
            f"{self.y} at {top:g} ({scale_y.en}) needs: {', '.join(each) or 'none of the conditions'} ({scale_x.en})."
        ]
        zh = [
            f"{self.y}达到{top:g}（{scale_y.zh}）时的必要条件水平：{'、'.join(each) or '无必要条件'}（{scale_x.zh}）。"
        ]
        for x, why in self.left_out.items():
            en.append(f"{x} is left out: {why.en}")
            zh.append(f"{x}未列入：{why.zh}")
        en.append(
            "A level that was necessary in these cases is no promise that reaching it brings the outcome."
        )
        zh.append("在这些案例中必要的水平，并不保证达到后就会出现结果。")
        en.append("This table is not tested: the p-value of each ceiling tells whether chance does as well.")
        zh.append("本表未作检验：各水平是否可能出于偶然，须看各条件上限线的p值。")
        return Text(" ".join(en), "".join(zh)).in_(language)

    def to_dict(self) -> dict[str, Any]:
        """The table, the choices and each ceiling as plain values."""
        return {
            "y": self.y,
            "choices": {
                "method": self.method, "corner": self.corner, "scale_x": self.scale_x, "scale_y": self.scale_y,
            },
            "versions": self.versions,
            "left_out": plain(dict(self.left_out)),
            "ceilings": {x: plain(one.table())[0] for x, one in self.ceilings.items()},
            **super().to_dict(),
        }  # fmt: skip


def bottleneck(
    data: Any,
    xs: str | Sequence[str],
    y: str,
    method: str = "ce_fdh",
    scale_x: Scale = "percentage_range",
    scale_y: Scale = "percentage_range",
    steps: int | Sequence[float] = 10,
    *,
    corner: int = 1,
    scope: Mapping[str, tuple[float, float, float, float]] | None = None,
) -> BottleneckResult:
    """Tell which level of each condition a level of the outcome needs.

    Parameters
    ----------
    data
        Frame, index case. Cases without the outcome or a condition are left out of that condition's ceiling.
    xs, y
        Columns of the conditions and of the outcome.
    method, corner
        See ``ceiling``. In corners 3 and 4 a low outcome is what needs: percentages of its range and of the cases count
        from the top down.
    scale_x, scale_y
        "percentage_range", "percentage_max", "actual" or "percentile" (percent of cases below the value).
    steps
        Number of equal steps of the outcome, or its levels in ``scale_y``.
    scope
        For conditions with a theoretical scope: name -> (x_low, x_high, y_low, y_high).

    Returns
    -------
    BottleneckResult
        One row a level.

    Raises
    ------
    InputError
        As ``ceiling``, except that a condition with one value, or with fewer than two cases, is left out with its
        reason as long as another one stays; so is, in percent of the highest value, one without a value above 0.
        Levels that are no numbers or too large.
    UnknownNameError
        A column, method, corner or scale that is not there, also in ``scope``.

    References
    ----------
    Dul (2016), doi 10.1177/1094428115584005. Dul, Hauff & Bouncken (2023), doi 10.1007/s11846-023-00628-x.

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"funding": [0.0, 1.0, 2.0, 4.0], "reach": [1.0, 2.0, 3.0, 5.0]})
    >>> bottleneck(data, ["funding"], "reach", steps=4, scale_x="actual", scale_y="actual").table()
       reach funding
    0    1.0      NN
    1    2.0     1.0
    2    3.0     2.0
    3    4.0     4.0
    4    5.0     4.0
    """
    import numpy as np
    import pandas as pd

    names = names_of(xs, "xs")
    scale_x, scale_y = _scale(scale_x, "scale_x"), _scale(scale_y, "scale_y")
    scopes = _scopes(scope, names)
    found: dict[str, CeilingResult] = {}
    left_out: dict[str, Text] = {}
    for x in names:
        try:
            one = ceiling(data, x, y, method, corner, scopes.get(x))  # type: ignore[arg-type]
            if scale_x == "percentage_max":
                _above_nothing(x, one.x_high)
            found[x] = one
        except UnknownNameError:
            raise
        except InputError as error:
            if len(names) == 1:
                raise
            left_out[x] = error.text
    if not found:
        raise InputError(next(iter(left_out.values())))
    low = min(one.y_low for one in found.values())
    high = max(one.y_high for one in found.values())
    if scale_y == "percentage_max":
        _above_nothing(y, high)
    pairs = {x: read_pairs(data, x, y) for x in found}
    outcome = np.array(
        list({n: v for cases, _, ys, _ in pairs.values() for n, v in zip(cases, ys, strict=True)}.values())
    )
    printed, actual = _levels(steps, scale_y, low, high, outcome, corner)
    levels, marks = {}, {}
    for x, one in found.items():
        column = pairs[x][1]
        cells = [one.needed(float(level)) for level in actual]
        marks[x] = [NOT_NECESSARY if c is None else NOT_REACHED if c != c else "" for c in cells]
        levels[x] = [
            float("nan") if c is None or c != c else _on_scale(c, scale_x, one, column) for c in cells
        ]
    index = pd.Index(printed, name=y)
    return BottleneckResult(
        y=y, xs=names, method=method, corner=corner, scale_x=scale_x, scale_y=scale_y,
        levels=pd.DataFrame(levels, index=index), marks=pd.DataFrame(marks, index=index),
        ceilings=found, left_out=left_out,
    )  # fmt: skip


def _scopes(given: Any, names: Sequence[str]) -> dict[str, tuple[float, float, float, float]]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise InputError(
            Text(
                "scope takes a mapping from condition to (x_low, x_high, y_low, y_high).",
                "scope须为“条件→(x_low, x_high, y_low, y_high)”的映射。",
            )
        )
    for name in given:
        if str(name) not in names:
            raise UnknownNameError("column", name, names)
    return {str(name): limits for name, limits in given.items()}


def _above_nothing(name: str, highest: float) -> None:
    """Raise if there is nothing that percentages of the highest value could be of."""
    if highest <= 0:
        raise InputError(
            Text(
                f"The highest value of {name!r} is {highest:g}, so that percent of it say nothing; choose the scale "
                "percentage_range.",
                f"“{name}”的最大值为{highest:g}，占最大值的百分比没有意义；请改用percentage_range。",
            )
        )


def _scale(given: Any, what: str) -> Any:
    name = str(given).replace(".", "_")
    if name not in SCALES:
        raise UnknownNameError("option", given, SCALES)
    return name


def _levels(steps: Any, scale: str, low: float, high: float, outcome: Any, corner: int) -> tuple[Any, Any]:
    """Levels of the outcome as printed, and in the units of the data."""
    import numpy as np

    down = corner in (3, 4)
    if isinstance(steps, int) and not isinstance(steps, bool):
        if not 1 <= steps <= 1000:
            raise InputError(
                Text(f"steps is {steps}; give a number from 1 to 1000.", f"steps为{steps}，须在1至1000之间。")
            )
        printed = (
            np.linspace(*((high, low) if down else (low, high)), steps + 1)
            if scale == "actual"
            else np.linspace(0, 100, steps + 1)
        )
    else:
        try:
            printed = np.array([float(one) for one in steps])
        except (TypeError, ValueError):
            printed = np.array([])
        if not len(printed) or not (np.abs(printed) <= LARGEST).all():
            raise InputError(
                Text(
                    f"steps takes a number of steps or a list of levels of the outcome, each within {LARGEST:g}.",
                    f"steps须为步数，或结果水平的列表，且各水平不超过{LARGEST:g}。",
                )
            )
    if scale == "actual":
        return printed, printed
    share = printed / 100
    if scale == "percentile":
        if ((share < 0) | (share > 1)).any():
            raise InputError(Text("Percentiles go from 0 to 100.", "百分位须在0至100之间。"))
        return printed, np.quantile(outcome, 1 - share if down else share)
    if scale == "percentage_max":
        return printed, share * high
    return printed, high - share * (high - low) if down else low + share * (high - low)


def _on_scale(x: float, scale: str, one: CeilingResult, column: Any) -> float:
    if scale == "actual":
        return x
    if scale == "percentage_max":
        return 100 * x / one.x_high
    if scale == "percentile":
        return 100 * float((column < x).mean())
    return 100 * (x - one.x_low) / (one.x_high - one.x_low)
