"""Check a calibrated table at the door: cases, conditions, outcome, each fault named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, UnknownNameError, names_of, whole_number
from learningcity.explain.qca.terms import NAME, Conditions, Literal, literal_membership

if TYPE_CHECKING:
    import pandas as pd

#: Most values that a multi-value condition may take.
MOST_LEVELS = 64
#: Names that the columns and rows of the results have themselves.
RESERVED = ("out", "n", "inclusion", "pri", "cases", "deviant", "model", "term")


def refuse(named: Iterable[Any], en: str, zh: str) -> None:
    """Raise with the names, if there are any."""
    found = list(dict.fromkeys(str(one) for one in named))
    if found:
        shown = ", ".join(found[:10]) + (" ..." if len(found) > 10 else "")
        raise InputError(Text(f"{en}: {shown}.", f"{zh}：{shown}。"))


def read_cases(data: Any, columns: Sequence[str]) -> pd.DataFrame:
    """Give the named columns as floats, cases by name.

    Parameters
    ----------
    data
        Frame, index case.
    columns
        Names of columns.

    Returns
    -------
    frame
        Cases x columns, floats.

    Raises
    ------
    InputError
        No frame, no cases, doubled cases or columns, text, missing or infinite cells. Columns of one value are
        for the caller to refuse.
    UnknownNameError
        A column that is not there.
    """
    import numpy as np
    import pandas as pd

    if not isinstance(data, pd.DataFrame):
        raise InputError(
            Text(
                f"data is {type(data).__name__}; give a frame with one row a case.",
                f"data为{type(data).__name__}，须为每行一个案例的数据表。",
            )
        )
    if data.index.nlevels > 1 or data.columns.nlevels > 1:
        raise InputError(
            Text(
                "Rows and columns need one name each, not several levels.",
                "行和列须各有一个名称，不能有多级。",
            )
        )
    if not len(data):
        raise InputError(Text("The table has no cases.", "数据表中没有任何案例。"))
    frame = data.rename(columns=str)
    refuse(frame.columns[frame.columns.duplicated()], "Columns that occur twice", "重复的列")
    for column in columns:
        if column not in frame.columns:
            raise UnknownNameError("column", column, frame.columns)
    refuse(
        [f"row {k}" for k, gone in enumerate(frame.index.isna(), 1) if gone],
        "Rows without the name of a case",
        "缺少案例名称的行",
    )
    frame = frame.rename(index=str)
    refuse(frame.index[frame.index.duplicated()], "Cases that occur twice", "重复的案例")
    found = {}
    for column in dict.fromkeys(columns):
        cells = frame[column]
        if cells.dtype == bool:
            found[column] = cells.to_numpy(dtype=float)
            continue
        try:
            if cells.dtype.kind in "cmM" or isinstance(cells.dtype, pd.DatetimeTZDtype):
                raise TypeError
            if cells.map(lambda cell: isinstance(cell, str | bytes)).any():
                raise TypeError
            found[column] = cells.to_numpy(dtype=np.float64, na_value=np.nan)
        except (TypeError, ValueError, OverflowError):
            refuse(
                [column],
                "Columns with cells that are no numbers (calibrate them first)",
                "含非数字单元格的列（请先校准）",
            )
        empty = frame.index[np.isnan(found[column])]
        refuse(
            [f"{column}: {case}" for case in empty],
            "Missing values (leave these cases out, or choose a rule for them, and say so)",
            "缺失值（请剔除这些案例或选定处理规则并加以说明）",
        )
        refuse(
            [f"{column}: {case}" for case in frame.index[np.isinf(found[column])]],
            "Infinite values",
            "无穷大的取值",
        )
    return pd.DataFrame(found, index=frame.index)


def read_conditions(
    frame: pd.DataFrame, names: Sequence[str], levels: Mapping[str, int] | None = None
) -> Conditions:
    """Tell crisp and fuzzy conditions (0 to 1) from multi-value ones (0, 1, 2 ...).

    Parameters
    ----------
    frame, names
        The data, and the columns of the conditions.
    levels
        Condition -> number of values that it could take, where that is more than the data show.

    Raises
    ------
    InputError
        Values outside of 0 to 1 that are no whole numbers from 0 on; names that an expression
        could not hold; levels that the data go beyond.
    UnknownNameError
        Levels of a condition that is not there.
    """
    told = _read_levels(levels, names)
    refuse(
        [n for n in names if not NAME.fullmatch(n)],
        "Names that an expression cannot hold; begin with a letter and use letters, figures, _ . -",
        "表达式无法使用的名称（须以文字开头，只含文字、数字和_ . -）",
    )
    refuse(
        [n for n in names if n in RESERVED],
        "Names that the results use themselves; rename these conditions",
        "结果表自身使用的名称（请为这些条件改名）",
    )
    found = []
    for name in names:
        column = frame[name].to_numpy()
        whole = bool((column == column.round()).all())
        if column.min() >= 0 and column.max() <= 1 and (whole or told.get(name, 2) == 2):
            found.append(told.get(name, 2))
        elif whole and column.min() >= 0 and column.max() < told.get(name, MOST_LEVELS):
            found.append(told.get(name, int(column.max()) + 1))
        elif name in told:
            outside = frame.index[(column < 0) | (column >= told[name]) | (column != column.round())]
            refuse(
                [f"{name}: {case}" for case in outside],
                f"Values that are not among the {told[name]} levels 0 to {told[name] - 1}",
                f"取值不在所给的{told[name]}个水平（0至{told[name] - 1}）之内",
            )
        else:
            outside = frame.index[(column < 0) | (column > 1)]
            refuse(
                [f"{name}: {case}" for case in outside],
                f"Values outside of 0 to 1 (calibrate them first; multi-value conditions take 0, 1, 2 "
                f"to at most {MOST_LEVELS - 1})",
                f"取值不在0到1之间（请先校准；多值条件取0、1、2……，最大{MOST_LEVELS - 1}）",
            )
    return Conditions(tuple(names), tuple(found))


def _read_levels(given: Any, names: Sequence[str]) -> dict[str, int]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise InputError(
            Text(
                "levels takes a mapping such as {'C': 3}: condition -> number of its values.",
                "levels须为映射，例如{'C': 3}：条件 -> 取值个数。",
            )
        )
    found = {}
    for name, value in given.items():
        if str(name) not in names:
            raise UnknownNameError("condition", str(name), names)
        found[str(name)] = whole_number(value, f"levels of {name}", 2)
        if found[str(name)] > MOST_LEVELS:
            raise InputError(
                Text(
                    f"levels: {name} has {value} values; at most {MOST_LEVELS} are possible.",
                    f"levels：{name}有{value}个取值，最多可有{MOST_LEVELS}个。",
                )
            )
    return found


def read_outcome(frame: pd.DataFrame, outcome: str) -> tuple[str, Any]:
    """The column of an outcome and the membership in it; ``~Y`` and ``Y{2}`` are read.

    Returns
    -------
    name, membership
        The column, and one number between 0 and 1 a case.
    """
    literal = outcome_literal(outcome)
    column = frame[literal.condition].to_numpy()
    if literal.multi:
        return literal.condition, literal_membership(literal, column)
    refuse(
        [f"{literal.condition}: {case}" for case in frame.index[(column < 0) | (column > 1)]],
        f"Values of the outcome outside of 0 to 1 (calibrate it, or name a value: {literal.condition}{{1}})",
        f"结果的取值不在0到1之间（请先校准，或指明取值：{literal.condition}{{1}}）",
    )
    return literal.condition, literal_membership(literal, column)


def outcome_literal(outcome: Any) -> Literal:
    """Read ``Y``, ``~Y`` or ``Y{2}``."""
    if not isinstance(outcome, str) or not outcome.strip():
        raise InputError(
            Text(
                f"outcome is {outcome!r}; give the name of a column, such as 'Y' or '~Y'.",
                f"outcome为{outcome!r}，须为列名，例如'Y'或'~Y'。",
            )
        )
    text = outcome.strip()
    for opening, closing in ("{}", "[]"):
        if text.endswith(closing) and opening in text:
            name, _, value = text[:-1].partition(opening)
            if value.strip().isdecimal() and len(value) < 10:
                return Literal(name.strip(), int(value), True)
    return Literal(text[1:].strip(), 0) if text.startswith("~") else Literal(text, 1)


def read_names(conditions: Any, outcome: str) -> tuple[str, ...]:
    """Names of the conditions, each once and none the outcome."""
    given = (
        list(conditions)
        if isinstance(conditions, Iterable) and not isinstance(conditions, str)
        else conditions
    )
    names = names_of(given, "conditions")
    given = [given] if isinstance(given, str) else given
    refuse(
        [n for n in names if [str(g) for g in given].count(n) > 1],
        "Conditions that are named twice",
        "重复列出的条件",
    )
    refuse([n for n in names if n == outcome], "The outcome is among the conditions", "结果变量被列入了条件")
    return names
