"""Calibration: from raw values to memberships in a set, by anchors that are stated and kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core import InputError, Text, UnknownNameError, whole_number
from learningcity.explain.qca.calibrate_anchors import Anchors, read_anchors
from learningcity.explain.qca.calibrate_formulas import linear, logistic, settled, stepped
from learningcity.explain.qca.calibrate_indirect import fitted_curve
from learningcity.explain.qca.calibrate_notes import notes_on
from learningcity.explain.qca.calibrate_result import Calibration
from learningcity.explain.qca.frames import refuse
from learningcity.explain.qca.truth_halves import NUDGE

if TYPE_CHECKING:
    import pandas as pd

SHAPES = ("logistic", "linear")
#: What may happen to cases of membership 0.5.
AT_HALF = ("keep", "refuse", "leave_out", "up", "down")


def calibrate(
    x: Any,
    anchors: Any,
    kind: Literal["fuzzy", "crisp", "indirect", "multi"] = "fuzzy",
    *,
    shape: Literal["logistic", "linear"] = "logistic",
    full: float = 0.95,
    below: float = 1.0,
    above: float = 1.0,
    scores: Sequence[float] | None = None,
    degree: int = 2,
    powers: Sequence[float] | None = None,
    at_half: Literal["keep", "refuse", "leave_out", "up", "down"] = "keep",
    name: str | None = None,
) -> Calibration:
    """Turn raw values into memberships in a set.

    Anchors are statements about the set, from theory and from knowledge of the cases; those read off the data
    (means, quartiles) make membership relative to the cases at hand.

    Parameters
    ----------
    x
        Series (index case) or sequence of numbers, one a case; missing values stay missing.
    anchors
        "fuzzy": three values (full non-membership, crossover, full membership), rising, or falling where less is
        more of the set; or a mapping with the keys out, crossover, in. Six rising values make a set whose members
        lie in the middle (out_low, crossover_low, in_low, in_high, crossover_high, out_high); as a mapping with
        the order of in and out turned round, one whose members lie at both ends.
        "crisp": one value, from which on a case is in the set.
        "multi": two or more rising values; a case gets the number of those that it reaches.
        "indirect": two or more values, rising or falling, that sort the cases into groups.
    kind
        The method.
    shape
        Of "fuzzy": "logistic" (the direct method) or "linear" (0 at and beyond non-membership, 1 at full).
    full
        Of "logistic": membership that the anchor of full membership stands for; non-membership is 1 less it.
    below, above
        Of "linear": powers of the parts below and above 0.5.
    scores
        Of "indirect": score of each group, rising from 0 to 1; else in equal steps.
    degree, powers
        Of "indirect": number of powers of the fractional polynomial (1 never turns back), or the powers.
    at_half
        What happens to cases at exactly 0.5, neither in nor out: "keep" them, "refuse" with their names,
        "leave_out" (missing), or move them "up" or "down" by 0.001. They are named in the result whatever the rule.
    name
        Name of the set; else that of the series.

    Returns
    -------
    Calibration
        ``.values`` is a column for a frame; ``.anchors``, ``.halves``, ``.notes`` say how it came about.

    Raises
    ------
    InputError
        Values or anchors that are no finite numbers, anchors out of order, equal or of the wrong count, doubled
        cases, no value at all, cases at 0.5 under "refuse", groups that no curve can be fitted to.
    UnknownNameError
        A kind, shape or rule that is not there.

    References
    ----------
    Ragin (2008), Redesigning social inquiry, doi 10.7208/chicago/9780226702797.001.0001. Dusa (2019), QCA with R,
    doi 10.1007/978-3-319-75668-4.

    Examples
    --------
    >>> import pandas as pd
    >>> income = pd.Series([8, 20, 35, None], index=list("wxyz"), name="RICH")
    >>> rich = calibrate(income, (10, 20, 40))
    >>> rich.values.round(3).tolist(), rich.halves, rich.missing
    ([0.028, 0.5, 0.901, nan], ('x',), ('z',))
    >>> calibrate([1, 3, 5], 3, "crisp").values.tolist()
    [0.0, 1.0, 1.0]
    """
    import numpy as np

    if kind not in _MAKERS:
        raise UnknownNameError("option", kind, _MAKERS)
    if at_half not in AT_HALF:
        raise UnknownNameError("option", at_half, AT_HALF)
    raw = _raw(x)
    read = read_anchors(anchors, kind)
    given = ~raw.isna().to_numpy()
    options, make = _MAKERS[kind](
        read,
        {
            "shape": shape, "full": full, "below": below, "above": above,
            "scores": scores, "degree": degree, "powers": powers,
        },
    )  # fmt: skip
    found = np.full(len(raw), np.nan)
    found[given], more, extra = make(raw.to_numpy()[given])
    fuzzy = kind in ("fuzzy", "indirect")
    if fuzzy:
        found = settled(found)
    at = np.flatnonzero(found == 0.5) if fuzzy else np.array([], dtype=int)
    halves = tuple(str(raw.index[k]) for k in at)
    if at_half == "refuse":
        refuse(
            halves,
            "Memberships of exactly 0.5 (move the crossover to a value that no case has, or choose "
            "at_half='leave_out', 'up' or 'down')",
            "隶属度恰为0.5的案例（请将交叉点移至没有案例取到的值，或用at_half='leave_out'、'up'、'down'）",
        )
    found[at] = {"up": 0.5 + NUDGE, "down": 0.5 - NUDGE, "leave_out": np.nan}.get(at_half, 0.5)
    missing = tuple(str(c) for c in raw.index[~given])
    label = str(raw.name if raw.name is not None else "") if name is None else str(name)
    values = raw.copy()
    values[:] = found
    values.name = label or None
    return Calibration(
        name=label, values=values, raw=raw, kind=kind, anchors=read.named,
        options={**options, **more, "at_half": at_half}, halves=halves, missing=missing,
        notes=(*extra, *notes_on(raw[given], found[given], read, kind, halves, missing, at_half)),
    )  # fmt: skip


def _raw(x: Any) -> pd.Series:
    """The raw values as floats, cases by name."""
    import numpy as np
    import pandas as pd

    if isinstance(x, Calibration):
        x = x.raw
    if not isinstance(x, pd.Series):
        if isinstance(x, str | bytes | Mapping | pd.DataFrame | set) or not hasattr(x, "__len__"):
            raise InputError(
                Text(
                    f"x is {type(x).__name__}; give a series or a list with one number a case.",
                    f"x为{type(x).__name__}，须为每个案例一个数的序列或列表。",
                )
            )
        if np.ndim(x) != 1:
            raise InputError(Text("x needs one dimension: one number a case.", "x须为一维：每个案例一个数。"))
        x = pd.Series(list(x), dtype=object)
    if x.index.nlevels > 1:
        raise InputError(Text("Cases need one name each, not several levels.", "案例名称不能有多级。"))
    refuse(x.index[x.index.duplicated()], "Cases that occur twice", "重复的案例")
    cells, odd, endless = np.full(len(x), np.nan), [], []
    for k, cell in enumerate(x):
        if cell is None or cell is pd.NA or cell is pd.NaT:
            continue
        number = _number(cell)
        if number is None:
            odd.append(f"{x.index[k]}: {cell!r}")
        elif math.isinf(number):
            endless.append(x.index[k])
        else:
            cells[k] = number
    refuse(odd, "Values that are no numbers", "非数字的取值")
    refuse(endless, "Infinite values", "无穷大的取值")
    if np.isnan(cells).all():
        raise InputError(Text("There is no value to calibrate.", "没有可供校准的取值。"))
    return pd.Series(cells, index=x.index, name=x.name)


def _number(cell: Any) -> float | None:
    """A cell as a number; None for what is none."""
    import numbers
    from decimal import Decimal

    import numpy as np

    if not isinstance(cell, numbers.Real | Decimal | np.bool_):
        return None
    try:
        return float(cell)
    except (OverflowError, ValueError):
        return math.inf


#: What makes memberships of raw values: they, what the result keeps of it, and notes.
Maker = Callable[[Any], tuple[Any, dict[str, Any], list[Text]]]


def _fuzzy(anchors: Anchors, asked: dict[str, Any]) -> tuple[dict[str, Any], Maker]:
    import numpy as np

    if asked["shape"] not in SHAPES:
        raise UnknownNameError("option", asked["shape"], SHAPES)
    if asked["shape"] == "logistic":
        options: dict[str, Any] = {"shape": "logistic", "full": _between(asked["full"], "full", 0.5, 1.0)}
    else:
        options = {
            "shape": "linear",
            "below": _between(asked["below"], "below", 0.0, math.inf),
            "above": _between(asked["above"], "above", 0.0, math.inf),
        }

    def one(x: Any, out: float, crossover: float, inside: float) -> Any:
        if options["shape"] == "logistic":
            return logistic(x, out, crossover, inside, options["full"])
        return linear(x, out, crossover, inside, options["below"], options["above"])

    def make(x: Any) -> tuple[Any, dict[str, Any], list[Text]]:
        v = anchors.named
        if len(v) == 3:
            return one(x, v["out"], v["crossover"], v["in"]), {}, []
        low = one(x, v["out_low"], v["crossover_low"], v["in_low"])
        high = one(x, v["out_high"], v["crossover_high"], v["in_high"])
        return (np.minimum if anchors.middle else np.maximum)(low, high), {}, []

    return options, make


def _steps(anchors: Anchors, asked: dict[str, Any]) -> tuple[dict[str, Any], Maker]:
    return {}, lambda x: (stepped(x, list(anchors.named.values())), {}, [])


def _indirect(anchors: Anchors, asked: dict[str, Any]) -> tuple[dict[str, Any], Maker]:
    import numpy as np

    cuts = np.array(list(anchors.named.values()))
    sign = 1.0 if cuts[-1] > cuts[0] else -1.0
    scores = _scores(asked["scores"], len(cuts) + 1)
    degree = whole_number(asked["degree"], "degree", 1)
    if degree > 2:
        raise InputError(Text(f"degree is {degree}; it is 1 or 2.", f"degree为{degree}，须为1或2。"))
    powers = _powers(asked["powers"])

    def make(x: Any) -> tuple[Any, dict[str, Any], list[Text]]:
        group = stepped(sign * x, sign * cuts).astype(int)
        curve = fitted_curve(x, np.array(scores)[group], degree, powers)
        found = curve.membership(x)
        notes = []
        empty = [scores[k] for k in range(len(scores)) if not (group == k).any()]
        if empty:
            listed = ", ".join(f"{e:g}" for e in empty)
            notes.append(
                Text(f"No case lies in the groups {listed}.", f"以下分组没有案例：{listed}。"),
            )
        if (np.diff(found[np.argsort(sign * x, kind="stable")]) < -1e-9).any():
            notes.append(
                Text(
                    "The fitted curve turns back: some cases have less of the raw value and more of the set. "
                    "Use degree=1.",
                    "拟合曲线出现折返：部分案例的原始值与隶属度方向相反，请取degree=1。",
                )
            )
        groups = {"groups": [int((group == k).sum()) for k in range(len(scores))]}
        return found, {"powers": curve.powers, "coefficients": curve.coefficients,
                       "shift": curve.shift, "scale": curve.scale, "deviance": curve.deviance, **groups}, notes  # fmt: skip

    return {"scores": scores, "degree": degree if powers is None else len(powers)}, make


def _between(given: Any, what: str, low: float, high: float) -> float:
    number = None if isinstance(given, bool) else _number(given)
    if number is None or not low < number < high:
        limit = Text(
            f"more than {low:g}" + ("" if math.isinf(high) else f" and less than {high:g}"),
            f"大于{low:g}" + ("" if math.isinf(high) else f"且小于{high:g}"),
        )
        raise InputError(
            Text(
                f"{what} is {given!r}; give a number {limit.en}.", f"{what}为{given!r}，须为{limit.zh}的数。"
            )
        )
    return number


def _scores(given: Any, count: int) -> tuple[float, ...]:
    if given is None:
        return tuple(k / (count - 1) for k in range(count))
    numbers = [] if isinstance(given, str) or not hasattr(given, "__len__") else [_number(g) for g in given]
    known = [n for n in numbers if n is not None]
    rising = all(a < b for a, b in pairwise(known))
    if len(numbers) != count or len(known) != count or not rising or not 0 <= known[0] < known[-1] <= 1:
        raise InputError(
            Text(
                f"scores needs {count} rising numbers from 0 to 1, one a group; it is {given!r}.",
                f"scores须为{count}个由0到1递增的数（每组一个），现为{given!r}。",
            )
        )
    return tuple(known)


def _powers(given: Any) -> tuple[float, ...] | None:
    if given is None:
        return None
    numbers = [] if isinstance(given, str) or not hasattr(given, "__len__") else [_number(g) for g in given]
    known = sorted(n for n in numbers if n is not None and abs(n) <= 5)
    if not 1 <= len(numbers) <= 2 or len(known) != len(numbers):
        raise InputError(
            Text(
                f"powers is {given!r}; give one or two numbers from -5 to 5, such as (1,) or (0.5, 2).",
                f"powers为{given!r}，须为一至两个-5到5之间的数，例如(1,)或(0.5, 2)。",
            )
        )
    return tuple(known)


_MAKERS: dict[str, Callable[[Anchors, dict[str, Any]], tuple[dict[str, Any], Maker]]] = {
    "fuzzy": _fuzzy,
    "crisp": _steps,
    "indirect": _indirect,
    "multi": _steps,
}
