"""One ceiling: how much of a condition is necessary for how much of an outcome, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core import InputError, Result, Text, UnknownNameError, whole_number
from learningcity.explain.nca.geometry import Line, Scope, peers, turned
from learningcity.explain.nca.lines import ABOVE_ALL, line

if TYPE_CHECKING:
    import pandas as pd

METHODS = tuple(ABOVE_ALL)
CORNERS = {
    1: Text("upper left: a high outcome needs much of the condition", "左上：高结果需要条件达到较高水平"),
    2: Text("upper right: a high outcome needs little of the condition", "右上：高结果需要条件处于较低水平"),
    3: Text("lower left: a low outcome needs much of the condition", "左下：低结果需要条件达到较高水平"),
    4: Text("lower right: a low outcome needs little of the condition", "右下：低结果需要条件处于较低水平"),
}
#: Why an effect size is not there, or is zero.
NOTES = {
    "falling": Text(
        "the line does not rise towards this corner, so it is no ceiling of it",
        "该直线未朝此角上升，不构成该角的上限线",
    ),
    "no line": Text(
        "one case alone marks the corner, so no line goes through it; the empty zone is nothing",
        "仅一个案例位于该角边界，无法拟合直线；空白区为零",
    ),
}
#: A case counts as above a ceiling if it is so by more than this share of the height of the scope.
CLOSE = 1e-9
#: Values beyond this, and ranges below one in this, leave the range of floats when they are multiplied.
LARGEST = 1e100
#: Shuffles that are held at a time.
PART = 2_000


@dataclass(frozen=True)
class CeilingResult(Result):
    """A ceiling and what it says.

    Parameters
    ----------
    x, y
        Names of condition and outcome.
    method, corner
        The line, and the empty corner: 1 upper left, 2 upper right, 3 lower left, 4 lower right.
    n, dropped
        Cases used, and names of those without one of the two values.
    x_low, x_high, y_low, y_high, observed
        The scope in the units of the data; whether it is the observed one.
    zone, effect_size
        Area of the empty zone, and its share of the scope (0 to 1); NaN where ``note`` says why.
    slope, intercept
        Of a straight line in the units of the data, else None.
    accuracy, above
        Percent of cases on the right side of the ceiling; names of those on the other.
    fit
        Effect size in percent of that by ``ce_fdh``; NaN where it would be above 100 or nothing.
    complexity
        Corners of the steps or ends of the pieces; 1 for a straight line.
    condition_inefficiency, outcome_inefficiency, relative_inefficiency, absolute_inefficiency
        Percent of the range of the condition in which it does not hold the outcome back; of the outcome that needs
        nothing of the condition; of the scope in either; the same as an area. NaN for a falling line.
    peers
        Names of the cases at the corners of the empty zone.
    p_value, p_accuracy, permutations
        Share of shuffles with at least this effect, (1 + hits) / (1 + shuffles); half width of its 95 percent
        interval; number of shuffles. None without a test.
    note
        Key of ``NOTES``, or None.
    line, turned_scope
        The ceiling and the scope, turned to the upper left corner.
    """

    x: str
    y: str
    method: str
    corner: int
    n: int
    dropped: tuple[str, ...]
    x_low: float
    x_high: float
    y_low: float
    y_high: float
    observed: bool
    zone: float
    effect_size: float
    slope: float | None
    intercept: float | None
    accuracy: float
    above: tuple[str, ...]
    fit: float
    complexity: int
    condition_inefficiency: float
    outcome_inefficiency: float
    relative_inefficiency: float
    absolute_inefficiency: float
    peers: tuple[str, ...]
    p_value: float | None
    p_accuracy: float | None
    permutations: int
    note: str | None
    line: Line | None
    turned_scope: Scope

    def table(self) -> pd.DataFrame:
        """One row: the measures by their names; names of cases separated by semicolons."""
        import pandas as pd

        names = (
            "x", "y", "method", "corner", "n", "effect_size", "p_value", "p_accuracy", "permutations", "zone", "slope",
            "intercept", "accuracy", "fit", "complexity", "condition_inefficiency", "outcome_inefficiency",
            "relative_inefficiency", "absolute_inefficiency",
        )  # fmt: skip
        row = {name: getattr(self, name) for name in names}
        row |= {"above": "; ".join(self.above), "peers": "; ".join(self.peers), "note": self.note}
        return pd.DataFrame([row])

    def summary(self, language: str = "en") -> str:
        """Say the effect, how sure it is, and what it does not say."""
        if self.effect_size != self.effect_size:
            why = NOTES[str(self.note)]
            en = [f"{self.x} for {self.y}: no effect size, since {why.en}."]
            zh = [f"{self.x}对{self.y}：无法计算效应量，因为{why.zh}。"]
        else:
            en = [
                f"{self.x} for {self.y} ({self.method}, {CORNERS[self.corner].en}): effect size "
                f"{self.effect_size:.3f}, accuracy {self.accuracy:.1f} %, {self.n} cases."
            ]
            zh = [
                f"{self.x}对{self.y}（{self.method}，{CORNERS[self.corner].zh}）：效应量{self.effect_size:.3f}，"
                f"精确度{self.accuracy:.1f}%，{self.n}个案例。"
            ]
        if self.p_value is not None:
            en.append(
                f"p = {self.p_value:.4f} (± {self.p_accuracy:.4f}, {self.permutations:,} permutations)."
            )
            zh.append(f"p = {self.p_value:.4f}（±{self.p_accuracy:.4f}，{self.permutations:,}次置换）。")
        if self.dropped:
            en.append(f"{len(self.dropped)} cases lack one of the two values.")
            zh.append(f"{len(self.dropped)}个案例缺少其中一个数值。")
        en.append("An empty corner is a pattern in these cases; it is no proof of a cause.")
        zh.append("空白角只是这些案例中的形态，并不证明因果关系。")
        return Text(" ".join(en), "".join(zh)).in_(language)

    def needed(self, level: float) -> float | None:
        """The level of the condition that a level of the outcome needs, in the units of the data.

        Parameters
        ----------
        level
            Of the outcome, within the scope.

        Returns
        -------
        float or None
            None = any level will do; NaN = no level in the scope is enough, or there is no ceiling.
        """
        if self.line is None or self.note == "falling":
            return float("nan")
        sign_x, sign_y = (-1 if self.corner in (2, 4) else 1), (-1 if self.corner in (3, 4) else 1)
        found = float(self.line.needed(sign_y * level, self.turned_scope))
        if found != found or found > self.turned_scope.x_high:
            return float("nan")
        return None if found <= self.turned_scope.x_low else sign_x * found


def ceiling(
    data: Any,
    x: str,
    y: str,
    method: Literal["ce_fdh", "cr_fdh", "ce_vrs", "cr_vrs", "c_lp", "cols", "qr", "ols"] = "ce_fdh",
    corner: int = 1,
    scope: tuple[float, float, float, float] | None = None,
    permutations: int = 0,
    seed: int = 0,
) -> CeilingResult:
    """Draw a ceiling over the cases and measure the empty zone above it.

    Parameters
    ----------
    data
        Frame, index case; x and y in any units. Cases without one of the two values are left out and counted.
    x, y
        Columns of condition and outcome.
    method
        "ce_fdh" steps over the cases, "cr_fdh" regression through the corners of these, "ce_vrs" smallest concave
        line, "cr_vrs" regression through its ends, "c_lp" lowest line above all cases, "cols" regression raised
        above all cases, "qr" regression of the 95th percentile, "ols" plain regression (for comparison).
    corner
        Which corner is empty: 1 upper left, 2 upper right, 3 lower left, 4 lower right.
    scope
        (x_low, x_high, y_low, y_high) that are possible; None = those observed.
    permutations
        Shuffles of the test; 0 = no test.
    seed
        Of the shuffles.

    Returns
    -------
    CeilingResult
        Effect size and everything beside it.

    Raises
    ------
    InputError
        Text or infinite cells, fewer than two cases, a condition or outcome with one value and no scope, cases
        outside of the scope.
    UnknownNameError
        A column, method or corner that is not there.

    References
    ----------
    Dul (2016), doi 10.1177/1094428115584005. Dul, van der Laan & Kuik (2020), A statistical significance test
    for necessary condition analysis, doi 10.1177/1094428118795272. Phipson & Smyth (2010), doi
    10.2202/1544-6115.1585 (why a p-value of permutations is never zero).

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"funding": [0.0, 1.0, 2.0, 3.0], "reach": [1.0, 2.0, 3.0, 4.0]})
    >>> ceiling(data, "funding", "reach").effect_size
    0.6666666666666666
    """
    import numpy as np

    if method not in METHODS:
        raise UnknownNameError("method", method, METHODS)
    if corner not in CORNERS or isinstance(corner, bool):
        raise UnknownNameError("option", corner, list(CORNERS))
    permutations = whole_number(permutations, "permutations")
    seed = whole_number(seed, "seed")
    names, xs, ys, dropped = read_pairs(data, x, y)
    limits = _limits(names, xs, ys, x, y, scope)
    tx, ty = turned(xs, ys, corner)
    (x1, x2), (y1, y2) = turned(np.array(limits[:2]), np.array(limits[2:]), corner)
    turned_scope = Scope(min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2))
    drawn = line(method, tx, ty)
    base = line("ce_fdh", tx, ty)
    note = "no line" if drawn is None else "falling" if drawn.slope is not None and drawn.slope < 0 else None
    zone = 0.0 if drawn is None else float(drawn.zone(turned_scope))
    effect = float(zone / turned_scope.area)
    steps_effect = base.zone(turned_scope) / turned_scope.area if base is not None else 0.0
    fit = 100 * effect / steps_effect if steps_effect > 0 else float("nan")
    measures = _inefficiencies(drawn, turned_scope) if note is None else (float("nan"),) * 3
    height = np.full(len(tx), np.inf) if drawn is None else drawn.at(tx, turned_scope)
    over = ty > height + CLOSE * (turned_scope.y_high - turned_scope.y_low)
    p = _p_value(tx, ty, method, turned_scope, effect, permutations, seed)
    sign_slope = -1 if corner in (2, 3) else 1
    sign_level = -1 if corner in (3, 4) else 1
    return CeilingResult(
        x=x, y=y, method=method, corner=corner, n=len(xs), dropped=dropped,
        x_low=limits[0], x_high=limits[1], y_low=limits[2], y_high=limits[3], observed=scope is None,
        zone=zone, effect_size=effect,
        slope=None if drawn is None or drawn.slope is None else sign_slope * drawn.slope,
        intercept=None if drawn is None or drawn.intercept is None else sign_level * drawn.intercept,
        accuracy=100 * float((~over).mean()), above=tuple(n for n, one in zip(names, over, strict=True) if one),
        fit=fit if fit <= 100 + 1e-9 else float("nan"),
        complexity=1 if drawn is None or drawn.kind == "straight" else len(drawn.x),
        condition_inefficiency=measures[0], outcome_inefficiency=measures[1], relative_inefficiency=measures[2],
        absolute_inefficiency=measures[2] * turned_scope.area / 100,
        peers=tuple(names[k] for k in peers(tx, ty)),
        p_value=p, p_accuracy=None if p is None else 1.96 * (p * (1 - p) / permutations) ** 0.5,
        permutations=permutations if p is not None else 0, note=note, line=drawn, turned_scope=turned_scope,
    )  # fmt: skip


def read_pairs(data: Any, x: str, y: str) -> tuple[tuple[str, ...], Any, Any, tuple[str, ...]]:
    """Names and values of the cases with both values, and names of the others."""
    import numpy as np
    import pandas as pd

    if not isinstance(data, pd.DataFrame):
        raise InputError(
            Text(
                f"data is {type(data).__name__}; give a frame with one row a case.",
                f"data为{type(data).__name__}，须为每行一个案例的数据表。",
            )
        )
    if x == y:
        raise InputError(
            Text(
                f"Condition and outcome are both {x!r}; give two columns.", f"条件与结果均为“{x}”，须为两列。"
            )
        )
    columns = []
    for name in (x, y):
        if name not in data.columns:
            raise UnknownNameError("column", name, data.columns)
        cells = data[name]
        if isinstance(cells, pd.DataFrame):
            raise InputError(Text(f"The column {name!r} occurs twice.", f"列“{name}”重复出现。"))
        try:
            if cells.map(lambda cell: isinstance(cell, str | bytes | complex)).any():
                raise TypeError
            if pd.api.types.is_datetime64_any_dtype(cells):
                raise TypeError
            column = cells.to_numpy(dtype=np.float64, na_value=np.nan)
        except (TypeError, ValueError, OverflowError):
            raise InputError(
                Text(f"The column {name!r} has cells that are no numbers.", f"列“{name}”含有非数字单元格。")
            ) from None
        infinite = [str(case) for case, cell in zip(data.index, column, strict=True) if np.isinf(cell)]
        if infinite:
            raise InputError(
                Text(
                    f"The column {name!r} has infinite values: {', '.join(infinite[:10])}.",
                    f"列“{name}”含有无穷大取值：{'、'.join(infinite[:10])}。",
                )
            )
        large = [str(case) for case, cell in zip(data.index, column, strict=True) if abs(cell) > LARGEST]
        if large:
            raise InputError(
                Text(
                    f"The column {name!r} has values beyond {LARGEST:g}, in a larger unit they can be used: "
                    f"{', '.join(large[:10])}.",
                    f"列“{name}”含有超过{LARGEST:g}的取值，请换用更大的计量单位：{'、'.join(large[:10])}。",
                )
            )
        columns.append(column)
    there = ~np.isnan(columns[0]) & ~np.isnan(columns[1])
    if there.sum() < 2:
        raise InputError(
            Text(
                f"{int(there.sum())} cases have both {x!r} and {y!r}; at least two are needed.",
                f"同时具有“{x}”和“{y}”数值的案例仅{int(there.sum())}个，至少需要两个。",
            )
        )
    names = [str(case) for case in data.index]
    return (
        tuple(n for n, one in zip(names, there, strict=True) if one),
        columns[0][there],
        columns[1][there],
        tuple(n for n, one in zip(names, there, strict=True) if not one),
    )


def _limits(
    names: tuple[str, ...], xs: Any, ys: Any, x: str, y: str, scope: Any
) -> tuple[float, float, float, float]:
    """The scope in the units of the data."""
    if scope is None:
        for name, values in ((x, xs), (y, ys)):
            if values.max() - values.min() <= 1 / LARGEST:
                raise InputError(
                    Text(
                        f"All {len(values)} cases have the same value of {name!r} ({values[0]:g}), so it can set no "
                        "limit; leave it out, or give the scope that is possible.",
                        f"全部{len(values)}个案例的“{name}”取值相同（{values[0]:g}），无法形成界限；"
                        "请剔除该变量或给出理论取值范围。",
                    )
                )
        return float(xs.min()), float(xs.max()), float(ys.min()), float(ys.max())
    try:
        x_low, x_high, y_low, y_high = (float(one) for one in scope)
        good = (
            x_low < x_high and y_low < y_high and max(map(abs, (x_low, x_high, y_low, y_high))) < float("inf")
        )
    except (TypeError, ValueError):
        good = False
    if not good:
        raise InputError(
            Text(
                "scope takes four numbers (x_low, x_high, y_low, y_high), each low one below its high one.",
                "scope须为四个数（x_low, x_high, y_low, y_high），且下限小于上限。",
            )
        )
    outside = [
        n
        for n, a, b in zip(names, xs, ys, strict=True)
        if not (x_low <= a <= x_high and y_low <= b <= y_high)
    ]
    if outside:
        raise InputError(
            Text(
                f"Cases outside of the scope: {', '.join(outside[:10])}{' ...' if len(outside) > 10 else ''}.",
                f"超出取值范围的案例：{'、'.join(outside[:10])}{'……' if len(outside) > 10 else ''}。",
            )
        )
    return x_low, x_high, y_low, y_high


def _inefficiencies(drawn: Line | None, scope: Scope) -> tuple[float, float, float]:
    """Percent of condition, outcome and scope where the condition holds nothing back."""
    import numpy as np

    if drawn is None:
        return 100.0, 100.0, 100.0
    top = float(drawn.needed(scope.y_high, scope))
    full = scope.x_high if top != top else min(max(top, scope.x_low), scope.x_high)
    free = float(np.clip(drawn.at(scope.x_low, scope), scope.y_low, scope.y_high))
    condition = 100 * (scope.x_high - full) / (scope.x_high - scope.x_low)
    outcome = 100 * (free - scope.y_low) / (scope.y_high - scope.y_low)
    return condition, outcome, condition + outcome - condition * outcome / 100


def _p_value(
    x: Any, y: Any, method: str, scope: Scope, effect: float, permutations: int, seed: int
) -> float | None:
    """Share of shuffles with at least the effect; None without a test or an effect."""
    import numpy as np

    if not permutations or effect != effect:
        return None
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    from learningcity.explain.nca.compiled_effects import shuffle

    rng = np.random.default_rng(seed)
    hits = 0
    close = effect - 1e-12
    for start in range(0, permutations, PART):
        seeds = rng.integers(0, 2**64, min(PART, permutations - start), dtype=np.uint64)
        shuffles = np.empty((len(seeds), len(y)))
        shuffle(y, seeds, shuffles)
        hits += int((shuffled_effects(x, shuffles, method, scope) >= close).sum())
    return (1 + hits) / (1 + permutations)


def shuffled_effects(x: Any, shuffles: Any, method: str, scope: Scope) -> Any:
    """Effect size of each shuffle; 0 where there is no ceiling.

    Parameters
    ----------
    x
        Sorted from low to high.
    shuffles
        Shuffles x cases.
    """
    import numpy as np

    if method in ("ce_fdh", "cr_fdh"):
        from learningcity.explain.nca.compiled_effects import fdh_effects

        both = np.empty((len(shuffles), 2))
        fdh_effects(x, shuffles, scope.x_low, scope.x_high, scope.y_low, scope.y_high, both)
        return both[:, 0 if method == "ce_fdh" else 1]
    found = np.zeros(len(shuffles))
    for k, y in enumerate(shuffles):
        drawn = line(method, x, y)
        zone = 0.0 if drawn is None else drawn.zone(scope)
        found[k] = zone / scope.area if zone == zone else 0.0
    return found
