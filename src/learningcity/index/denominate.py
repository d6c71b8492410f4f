"""Divide indicators by what makes units of different size comparable, such as population or area."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.index.structure import Structure

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


def denominate(frame: pd.DataFrame, structure: Structure, given: Any) -> pd.DataFrame:
    """Divide each indicator that names a denominator.

    Parameters
    ----------
    frame
        Units x indicators, floats, NaN = missing, stays missing.
    structure
        The tree; ``Node.denominator`` names the column by which an indicator is divided.
    given
        Frame of denominators, index unit, such as ``CoinTables.units``. Or a mapping with that frame
        under "by", and from indicator to the code of a denominator, to (code, factor) where the result
        is to be multiplied (per 1,000 inhabitants), or to None = not divided; this goes before what
        the structure says.

    Returns
    -------
    frame
        The same shape.

    Raises
    ------
    InputError
        No frame; units without a denominator where they have a value; denominators of zero or less, or
        that are no numbers; a quotient outside the range of numbers. Indicator, denominator and units
        are named.
    UnknownNameError
        An indicator or a denominator that is not there.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.

    Examples
    --------
    >>> import pandas as pd
    >>> tree = Structure.of({"INDEX": ["libraries", "trees"]})
    >>> frame = pd.DataFrame({"libraries": [4.0, 9.0], "trees": [1.0, 2.0]}, index=["x", "y"])
    >>> people = pd.DataFrame({"people": [2000.0, 3000.0]}, index=["x", "y"])
    >>> denominate(frame, tree, {"by": people, "libraries": ("people", 1000)})["libraries"].tolist()
    [2.0, 3.0]
    """
    import numpy as np

    by, named = _read(structure, given)
    found = frame.copy()
    problems: list[Text] = []
    for code, (denominator, factor) in named.items():
        below, problem = _column(by, denominator, code, frame, frame[code].notna().to_numpy())
        if problem is None:
            with np.errstate(all="ignore"):
                quotient = frame[code].to_numpy() / below * factor
            outside = frame[code].notna().to_numpy() & ~np.isfinite(quotient)
            problem = _named(frame.index[outside], f"{code} / {denominator}: outside the range of numbers",
                             f"{code} / {denominator}：结果超出数值范围")  # fmt: skip
            found[code] = quotient
        if problem is not None:
            problems.append(problem)
    if problems:
        raise InputError(Text("\n".join(p.en for p in problems), "\n".join(p.zh for p in problems)))
    return found


def _read(structure: Structure, given: Any) -> tuple[pd.DataFrame, dict[str, tuple[str, float]]]:
    import pandas as pd

    changes = dict(given) if isinstance(given, Mapping) else {"by": given}
    by = changes.pop("by", None)
    if not isinstance(by, pd.DataFrame):
        raise InputError(
            Text(
                f"denominate: the denominators are {type(by).__name__}; give a frame with one row a unit "
                '(in a mapping under "by").',
                f"分母数据为{type(by).__name__}，须为每行一个单位的数据表（映射中置于by之下）。",
            )
        )
    if "uCode" in by.columns:
        by = by.set_index("uCode")
    by = by.rename(columns=str).rename(index=str)
    for axis, en, zh in ((by.index, "units", "单位"), (by.columns, "columns", "列")):
        twice = list(dict.fromkeys(axis[axis.duplicated()]))
        if twice:
            raise InputError(
                Text(
                    f"denominate: {en} that occur twice: {', '.join(twice[:10])}.",
                    f"分母数据中重复的{zh}：{'、'.join(twice[:10])}。",
                )
            )
    named: dict[str, tuple[str, float]] = {}
    for code in structure.indicators:
        own = structure.by_code[code].denominator
        if own is not None:
            named[code] = (own, 1.0)
    for code, one in changes.items():
        if code not in structure.indicators:
            raise UnknownNameError("code", code, structure.indicators)
        if one is None:
            named.pop(code, None)
            continue
        named[code] = _pair(code, one)
    for denominator, _ in named.values():
        if denominator not in by.columns:
            raise UnknownNameError("column", denominator, by.columns)
    return by, named


def _pair(code: str, one: Any) -> tuple[str, float]:
    if isinstance(one, str):
        return one, 1.0
    if isinstance(one, list | tuple) and len(one) == 2 and isinstance(one[0], str):
        factor = one[1]
        if isinstance(factor, int | float) and not isinstance(factor, bool) and 0 < factor < float("inf"):
            return one[0], float(factor)
    raise InputError(
        Text(
            f"{code}: the denominator is {one!r}; give a column, or (column, positive factor).",
            f"{code}：分母为{one!r}，须为列名，或（列名，正的倍数）。",
        )
    )


def _column(
    by: pd.DataFrame, denominator: str, code: str, frame: pd.DataFrame, needed: NDArray[Any]
) -> tuple[Any, Text | None]:
    """The denominator of each unit; or what is wrong with those that are needed."""
    import numpy as np
    import pandas as pd

    raw = by[denominator].reindex([str(u) for u in frame.index])
    numbers = pd.to_numeric(raw, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    text = f"{code} / {denominator}"
    # Numbers that stand in texts are read; other texts are named as what they are.
    wrong = (np.isnan(numbers) & raw.notna().to_numpy()) | np.isinf(numbers)
    for bad, en, zh in (
        (wrong, "the denominator is no number", "分母不是数字"),
        (np.isnan(numbers), "no denominator", "缺少分母"),
        (numbers <= 0, "the denominator is not positive", "分母须为正数"),
    ):
        problem = _named(frame.index[needed & bad], f"{text}: {en}", f"{text}：{zh}")
        if problem is not None:
            return None, problem
    return np.where(needed, numbers, 1.0), None


def _named(units: Any, en: str, zh: str) -> Text | None:
    if not len(units):
        return None
    shown = [str(u) for u in units[:10]]
    more = " ..." if len(units) > 10 else ""
    return Text(f"{en}: {', '.join(shown)}{more}.", f"{zh}：{'、'.join(shown)}{more}。")
