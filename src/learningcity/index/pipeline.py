"""From a table of values to the normalised table: screen, denominate, impute, treat, normalise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.index.columns import Treatment, normalise_column, refuse_another_unit, treat_column
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import Structure

if TYPE_CHECKING:
    import pandas as pd

#: Squares and products of larger values leave the range of floats, and some method would fail on them.
LARGEST = 1e100


@dataclass(frozen=True)
class Prepared:
    """The table after each step; all frames have the same units and indicators.

    Parameters
    ----------
    structure
        The tree that is left after screening.
    values, imputed, treated, normalised
        The table as it came (after screening and denomination), and after each step.
    treatments
        What was done to each indicator.
    dropped_units, dropped_indicators
        What screening left out, with the reason.
    """

    structure: Structure
    values: pd.DataFrame
    imputed: pd.DataFrame
    treated: pd.DataFrame
    normalised: pd.DataFrame
    treatments: dict[str, Treatment] = field(default_factory=dict)
    dropped_units: dict[str, Text] = field(default_factory=dict)
    dropped_indicators: dict[str, Text] = field(default_factory=dict)


def clean(values: Any, structure: Structure) -> pd.DataFrame:
    """Check a table of values at the door and give its indicators as floats.

    Parameters
    ----------
    values
        Frame, index unit; or a result with such a frame as ``values`` (a FactTable). Columns that
        the structure does not know are left aside where it names them as groups or denominators.
    structure
        The tree.

    Returns
    -------
    frame
        Units x indicators in the order of the structure, floats, NaN = missing.

    Raises
    ------
    InputError
        No frame, no unit, doubled units or columns, text or infinite cells, empty indicators: each
        named.
    UnknownNameError
        A column that the structure has no code for.
    """
    import numpy as np
    import pandas as pd

    frame = values if isinstance(values, pd.DataFrame) else getattr(values, "values", None)
    if not isinstance(frame, pd.DataFrame):
        raise InputError(
            Text(
                f"values is {type(values).__name__}; give a frame with one row a unit.",
                f"values为{type(values).__name__}，须为每行一个单位的数据表。",
            )
        )
    if "uCode" in frame.columns:
        frame = frame.set_index("uCode")
    if frame.index.nlevels > 1 or frame.columns.nlevels > 1:
        named = ", ".join(str(n) for n in (frame.index if frame.index.nlevels > 1 else frame.columns)[:3])
        raise InputError(
            Text(
                f"Rows and columns need one code each, not several levels: {named}.",
                f"行和列须各有一个代码，不能有多级：{named}。",
            )
        )
    _refuse([f"row {i}" for i, gone in enumerate(frame.index.isna(), 1) if gone],
            "Rows without the code of a unit", "缺少单位代码的行")  # fmt: skip
    frame = frame.set_axis(_as_text(frame.columns), axis=1).set_axis(_as_text(frame.index), axis=0)
    _refuse(frame.columns[frame.columns.duplicated()], "Columns that occur twice", "重复的列")
    _refuse(frame.index[frame.index.duplicated()], "Units that occur twice", "重复的单位")
    _refuse(
        [c for c in structure.indicators if c not in frame.columns],
        "Indicators without a column",
        "缺少数据列的指标",
    )
    beside = {n.code for n in structure.others} | {"uName", "Time", *structure.indicators}
    for column in frame.columns:
        if column not in beside:
            raise UnknownNameError("code", column, structure.indicators)
    codes = list(structure.indicators)
    table = _table(frame[codes])
    if not table.shape[1]:
        raise InputError(Text("The table has no unit.", "数据表中没有任何单位。"))
    # One look at the whole table; which indicators it is about is asked only where something is wrong.
    size = np.abs(table)
    if (size > LARGEST).any():
        _refuse(
            compress(codes, np.isinf(table).any(axis=1)),
            "Indicators with infinite values",
            "含无穷大取值的指标",
        )
        _refuse(
            compress(codes, (size > LARGEST).any(axis=1)),
            f"Indicators with values beyond {LARGEST:g} in size; give them in a larger unit",
            f"取值绝对值超过{LARGEST:g}的指标（请换用更大的计量单位）",
        )
    _refuse(
        compress(codes, np.isnan(table).all(axis=1)), "Indicators without a single value", "全部缺失的指标"
    )
    return pd.DataFrame(table.T, index=frame.index, columns=codes)


def _as_text(codes: Any) -> Any:
    """Give an index of texts; one that is of texts already stays as it is, for they may be many."""
    import pandas as pd

    if isinstance(codes.dtype, pd.StringDtype) and codes.dtype == pd.Index([""]).dtype:
        return codes
    return pd.Index([str(c) for c in codes], name=codes.name)


def _table(found: Any) -> Any:
    """Give the cells of a frame as floats, an array indicators x units of its own.

    Raises
    ------
    InputError
        Cells that are no numbers; the indicators are named.
    """
    import numpy as np

    if all(isinstance(kind, np.dtype) and kind.kind in "iuf" for kind in found.dtypes):
        return np.array(found.to_numpy(dtype=np.float64).T, order="C")
    bad, table = [], np.empty((found.shape[1], found.shape[0]))
    for row, (code, column) in zip(table, found.items(), strict=True):
        try:
            row[:] = _floats(column)
        except (TypeError, ValueError, OverflowError):
            bad.append(code)
    _refuse(bad, "Indicators with cells that are no numbers", "含非数字单元格的指标")
    return table


def _floats(column: Any) -> Any:
    import numpy as np
    import pandas as pd

    if pd.api.types.is_complex_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        raise TypeError
    if column.dtype == object or pd.api.types.is_string_dtype(column):
        kept = [None if cell is None or cell is pd.NA or cell is pd.NaT else cell for cell in column]
        if any(isinstance(cell, str | bytes | complex | bool | np.bool_) for cell in kept):
            raise TypeError
        return np.array([np.nan if cell is None else float(cell) for cell in kept], dtype=np.float64)
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _refuse(codes: Iterable[Any], en: str, zh: str) -> None:
    named = list(dict.fromkeys(str(c) for c in codes))
    if named:
        shown = ", ".join(named[:10]) + (" ..." if len(named) > 10 else "")
        raise InputError(Text(f"{en}: {shown}.", f"{zh}：{shown}。"))


def fill(values: Any, spec: IndexSpec) -> Prepared:
    """Take the steps that look at the whole table: screen, denominate, impute.

    Returns
    -------
    Prepared
        With ``treated`` and ``normalised`` as imputed: nothing is done to a column yet.

    Raises
    ------
    InputError
        Whatever a step cannot do with these values; codes are named.
    """
    frame = clean(values, spec.structure)
    structure = spec.structure
    dropped_units: dict[str, Text] = {}
    dropped_indicators: dict[str, Text] = {}
    if spec.denominate is not None:
        from learningcity.index.denominate import denominate

        frame = denominate(frame, structure, spec.denominate)
    if spec.screen is not None:
        from learningcity.index.screen import screen

        frame, structure, dropped_units, dropped_indicators = screen(frame, structure, spec.screen)
    _refuse(frame.index[frame.isna().to_numpy().all(axis=1)],
            "Units without a single value (screen leaves them out)",
            "没有任何取值的单位（可用screen剔除）")  # fmt: skip
    imputed = frame
    if spec.impute is not None:
        from learningcity.index.imputation import impute

        imputed = impute(frame, structure, spec)
    return Prepared(
        structure=_with_references(structure, imputed, spec),
        values=frame,
        imputed=imputed,
        treated=imputed,
        normalised=imputed,
        dropped_units=dropped_units,
        dropped_indicators=dropped_indicators,
    )


def prepare(values: Any, spec: IndexSpec) -> Prepared:
    """Take every step before aggregation.

    Raises
    ------
    InputError
        Whatever a step cannot do with these values; codes are named.
    """
    import numpy as np
    import pandas as pd

    filled = fill(values, spec)
    structure, imputed = filled.structure, filled.imputed
    codes = list(structure.indicators)
    columns = (imputed if list(imputed.columns) == codes else imputed[codes]).to_numpy().T
    treated, normalised = np.empty(columns.shape), np.empty(columns.shape)
    treatments = {}
    for i, code in enumerate(codes):
        node, choice = structure.by_code[code], spec.normalise_at(code)
        treated[i], treatments[code] = treat_column(columns[i], node, spec.treat_at(code))
        refuse_another_unit(node, treatments[code], choice)
        normalised[i] = normalise_column(treated[i], node, choice)
    return replace(
        filled,
        treated=pd.DataFrame(treated.T, index=imputed.index, columns=codes),
        normalised=pd.DataFrame(normalised.T, index=imputed.index, columns=codes),
        treatments=treatments,
    )


def _with_references(structure: Structure, imputed: pd.DataFrame, spec: IndexSpec) -> Structure:
    """Put the value of a unit in the place of its name, where an indicator is compared with that unit."""
    named = {n.code: n.reference for n in structure.nodes if n.level == 1 and isinstance(n.reference, str)}
    if not named:
        return structure
    choices = {code: spec.normalise_at(code) for code in named}
    used = [code for code, one in choices.items() if one is not None and "reference" in one.method.needs]
    _refuse(
        [f"{code} ({named[code]})" for code in used if named[code] not in imputed.index],
        "Units of reference that are not in the table, or were screened out",
        "基准单位不在数据表中或已被剔除",
    )
    _refuse(
        [f"{code} ({named[code]})" for code in used if imputed[code].isna()[named[code]]],
        "Units of reference without a value",
        "基准单位缺少取值",
    )
    found = {
        code: float(imputed[code][unit])
        for code, unit in named.items()
        if unit in imputed.index and not imputed[code].isna()[unit]
    }
    nodes = tuple(replace(n, reference=found.get(n.code, n.reference)) for n in structure.nodes)
    return Structure(nodes, structure.others)
