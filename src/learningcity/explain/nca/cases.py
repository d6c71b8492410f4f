"""Check the pairs of values and the scope at the door."""

from __future__ import annotations

from typing import Any

from learningcity.core import InputError, Text, UnknownNameError

#: Values beyond this, and ranges below one in this, leave the range of floats when they are multiplied.
LARGEST = 1e100


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
