"""Read a table for Gower's distance: which kind each column is, what is missing, what cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.explain import tables
from learningcity.explain.tables import refuse

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["numeric", "ordered", "categorical", "asymmetric"]
KINDS: dict[str, Text] = {
    "numeric": Text("numeric", "数值"),
    "ordered": Text("ordered", "有序"),
    "categorical": Text("categorical", "分类"),
    "asymmetric": Text("asymmetric binary", "非对称二元"),
}
#: Cases beyond which the matrix of distances would fill the memory of a small machine.
MOST_CASES = 5_000
#: Columns beyond which nobody reads a style.
MOST_COLUMNS = 1_000


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a table.

    Parameters
    ----------
    name, kind
        Its name, and how it is compared.
    values
        One float a case, NaN = missing: the number, or the place of the level in ``levels``; 0 or 1 for an
        asymmetric binary column.
    levels
        Names of the levels, in order for an ordered column; empty for numbers.
    weight
        Its weight in the distance.
    """

    name: str
    kind: Kind
    values: Any
    levels: tuple[str, ...] = ()
    weight: float = 1.0


def read_frame(given: Any, what: str = "table") -> pd.DataFrame:
    """Give a frame as :func:`tables.read_frame` does, of a size that can be compared pair by pair.

    Raises
    ------
    InputError
        What that function refuses; too many cases or columns.
    """
    frame = tables.read_frame(given, what)
    if len(frame) > MOST_CASES or len(frame.columns) > MOST_COLUMNS:
        raise InputError(
            Text(
                f"{what} has {len(frame):,} cases and {len(frame.columns):,} columns; at most {MOST_CASES:,} and "
                f"{MOST_COLUMNS:,} can be compared pair by pair. Choose among them.",
                f"{what}有{len(frame):,}个案例、{len(frame.columns):,}列；两两比较最多支持{MOST_CASES:,}个案例、"
                f"{MOST_COLUMNS:,}列，请筛选。",
            )
        )
    return frame


def read_columns(
    frame: Any, kinds: Mapping[str, str] | None = None, weights: Mapping[str, float] | None = None
) -> tuple[Column, ...]:
    """Read every column of a checked frame.

    Parameters
    ----------
    frame
        What :func:`read_frame` gave.
    kinds
        Column -> kind, where the kind shall not follow from the cells: numbers are numeric, an ordered
        categorical is ordered, texts, truth values and other categoricals are categorical.
    weights
        Column -> weight of at least 0; 1 for all others.

    Raises
    ------
    UnknownNameError
        A kind or column that is not there.
    InputError
        Cells that cannot be compared: dates, infinite or complex numbers, mixed cells; texts without an order
        that shall be ordered; an asymmetric column with other values than 0 and 1; a weight that is no number.
    """
    asked = _mapping(kinds, "kinds", frame.columns)
    for kind in asked.values():
        if kind not in KINDS:
            raise UnknownNameError("option", kind, KINDS)
    heavy = {name: _weight(name, w) for name, w in _mapping(weights, "weights", frame.columns).items()}
    return tuple(_read(name, frame[name], asked.get(name), heavy.get(name, 1.0)) for name in frame.columns)


def _mapping(given: Any, what: str, known: Any) -> dict[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise InputError(
            Text(
                f"{what} is {type(given).__name__}; give a mapping from column to value.",
                f"{what}为{type(given).__name__}，须为“列→取值”的映射。",
            )
        )
    found = {str(name): value for name, value in given.items()}
    for name in found:
        if name not in known:
            raise UnknownNameError("column", name, known)
    return found


def _weight(name: str, given: Any) -> float:
    import math

    import numpy as np

    if isinstance(given, bool) or not isinstance(given, int | float | np.number) or not 0 <= given < math.inf:
        raise InputError(
            Text(
                f"The weight of {name} is {given!r}; give a number of at least 0.",
                f"{name}的权重为{given!r}，须为不小于0的数。",
            )
        )
    if given and not 1e-9 <= given <= 1e9:
        raise InputError(
            Text(
                f"The weight of {name} is {given!r}; weights other than 0 lie between 1e-9 and 1e9.",
                f"{name}的权重为{given!r}；非零权重须在1e-9与1e9之间。",
            )
        )
    return float(given)


def _read(name: str, cells: Any, asked: str | None, weight: float) -> Column:
    import numpy as np
    import pandas as pd

    if isinstance(cells.dtype, pd.CategoricalDtype):
        if asked in ("numeric", "asymmetric"):
            refuse(
                [name],
                f"Categories cannot be {KINDS[asked].en}; give numbers",
                f"类别不能作{KINDS[asked].zh}，请给出数字",
            )
        if asked == "ordered" and not cells.cat.ordered:
            _refuse_unordered(name)
        kind: Kind = "ordered" if cells.cat.ordered and asked != "categorical" else "categorical"
        codes = cells.cat.codes.to_numpy(dtype=float)
        levels = tuple(str(c) for c in cells.cat.categories)
        if len(set(levels)) < len(levels):
            refuse([name], "Columns with two categories of the same text", "有两个类别文字相同的列")
        return Column(name, kind, np.where(codes < 0, np.nan, codes), levels, weight)
    present = cells[cells.notna()]
    truth = all(isinstance(v, bool | np.bool_) for v in present)
    if len(present) and (truth or all(isinstance(v, str) for v in present)):
        if asked == "asymmetric" and truth:
            return Column(name, "asymmetric", _floats(name, cells), (), weight)
        if asked in ("numeric", "asymmetric"):
            refuse(
                [name],
                f"Texts cannot be {KINDS[asked].en}; give numbers",
                f"文字不能作{KINDS[asked].zh}，请给出数字",
            )
        if asked == "ordered" and not truth:
            _refuse_unordered(name)
        found = sorted({str(v) for v in present})
        place = {level: float(k) for k, level in enumerate(found)}
        values = np.array(
            [np.nan if gone else place[str(v)] for v, gone in zip(cells, cells.isna(), strict=True)]
        )
        return Column(name, "ordered" if asked == "ordered" else "categorical", values, tuple(found), weight)
    return _of_numbers(name, _floats(name, cells), asked, weight)


def _of_numbers(name: str, values: Any, asked: str | None, weight: float) -> Column:
    import numpy as np

    if asked in ("ordered", "categorical"):
        distinct = np.unique(values[~np.isnan(values)])
        codes = np.where(np.isnan(values), np.nan, np.searchsorted(distinct, values))
        levels = tuple(f"{v:.15g}" for v in distinct)
        return Column(name, "ordered" if asked == "ordered" else "categorical", codes, levels, weight)
    if asked == "asymmetric":
        other = ~np.isnan(values) & (values != 0) & (values != 1)
        if other.any():
            refuse(
                [name],
                "Asymmetric binary columns hold 0 (absent) and 1 (present) alone, unlike",
                "非对称二元列只能取0（无）和1（有），以下列不符",
            )
        return Column(name, "asymmetric", values, (), weight)
    return Column(name, "numeric", values, (), weight)


def _refuse_unordered(name: str) -> None:
    refuse(
        [name],
        "Texts have no order of their own; give numbers or an ordered categorical",
        "文字本身没有次序，请给出数字或有序类别",
    )


def _floats(name: str, cells: Any) -> Any:
    import numpy as np
    import pandas as pd

    try:
        if any(
            isinstance(v, str | bytes | complex | np.complexfloating | np.datetime64 | np.timedelta64)
            or hasattr(v, "isoformat")
            or hasattr(v, "total_seconds")
            for v in cells[cells.notna()]
        ):
            raise TypeError
        values = pd.Series(cells).to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError, OverflowError):
        refuse(
            [name],
            "Columns whose cells are neither all numbers nor all texts (dates: give a year as a number)",
            "单元格既非全为数字也非全为文字的列（日期请改为年份数字）",
        )
    if np.isinf(values).any():
        refuse([name], "Columns with infinite values", "含无穷大取值的列")
    return values
