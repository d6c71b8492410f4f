"""Check the pairs of values and the scope at the door."""

from __future__ import annotations

from itertools import compress
from typing import Any

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.explain.tables import read_frame, refuse

#: Values beyond this, and ranges below one in this, leave the range of floats when they are multiplied.
LARGEST = 1e100


def read_pairs(data: Any, x: str, y: str) -> tuple[tuple[str, ...], Any, Any, tuple[str, ...]]:
    """Names and values of the cases with both values, and names of the others."""
    import numpy as np
    import pandas as pd

    frame = read_frame(data, "data")
    x, y = str(x), str(y)
    if x == y:
        raise InputError(
            Text(
                f"Condition and outcome are both {x!r}; give two columns.", f"条件与结果均为“{x}”，须为两列。"
            )
        )
    columns = []
    for name in (x, y):
        if name not in frame.columns:
            raise UnknownNameError("column", name, frame.columns)
        cells = frame[name]
        texts = {case: cell for case, cell in cells.items() if isinstance(cell, str | bytes | complex)}
        # Where one cell holds a word a file gives the whole column as text: the figures among them are not at fault.
        odd = {case: cell for case, cell in texts.items() if not _is_figure(cell)} or texts
        refuse(
            [f"{case} ({cell!s})" for case, cell in odd.items()],
            f"The column {name!r} has cells that are no numbers (write figures alone, without units, signs or words; "
            "leave cells that are not known empty)",
            f"列“{name}”含有非数字单元格（请只写数字，不带单位、符号或文字；未知的请留空）",
        )
        try:
            if pd.api.types.is_datetime64_any_dtype(cells):
                raise TypeError
            column = cells.to_numpy(dtype=np.float64, na_value=np.nan)
        except (TypeError, ValueError, OverflowError):
            raise InputError(
                Text(f"The column {name!r} has cells that are no numbers.", f"列“{name}”含有非数字单元格。")
            ) from None
        refuse(
            frame.index[np.isinf(column)],
            f"The column {name!r} has infinite values",
            f"列“{name}”含有无穷大取值",
        )
        refuse(
            frame.index[np.abs(column) > LARGEST],
            f"The column {name!r} has values beyond {LARGEST:g}, in a larger unit they can be used",
            f"列“{name}”含有超过{LARGEST:g}的取值，请换用更大的计量单位",
        )
        columns.append(column)
    there = ~np.isnan(columns[0]) & ~np.isnan(columns[1])
    if there.sum() < 2:
        raise InputError(
            Text(
                f"Number of cases with both {x!r} and {y!r}: {int(there.sum())}; at least two are needed.",
                f"同时具有“{x}”和“{y}”数值的案例仅{int(there.sum())}个，至少需要两个。",
            )
        )
    return tuple(frame.index[there]), columns[0][there], columns[1][there], tuple(frame.index[~there])


def _is_figure(cell: Any) -> bool:
    try:
        float(cell)
    except (TypeError, ValueError):
        return False
    return True


def limits_of(
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
        wide = min(x_high - x_low, y_high - y_low) > 1 / LARGEST
        good = wide and max(map(abs, (x_low, x_high, y_low, y_high))) <= LARGEST
    except (TypeError, ValueError, OverflowError):
        good = False
    if not good:
        raise InputError(
            Text(
                f"scope takes four numbers (x_low, x_high, y_low, y_high) within {LARGEST:g}, each low one below its high one.",
                f"scope须为四个数（x_low, x_high, y_low, y_high），不超过{LARGEST:g}，且下限小于上限。",
            )
        )
    inside = (x_low <= xs) & (xs <= x_high) & (y_low <= ys) & (ys <= y_high)
    refuse(compress(names, ~inside), "Cases outside of the scope", "超出取值范围的案例")
    return x_low, x_high, y_low, y_high
