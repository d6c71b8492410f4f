"""Read a table of cases at the door: numbers, ordered levels, groups; what cannot be used is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.explain import tables
from learningcity.explain.tables import refuse

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["number", "ordered", "group"]


@dataclass(frozen=True)
class Column:
    """One column of a table, ready to be ranked or counted.

    Parameters
    ----------
    name
        Its name.
    kind
        "number" and "ordered" are ranked; "group" is compared group by group.
    values
        One float a case, NaN = missing; for ordered levels and groups the place in ``levels``.
    levels
        Names of the levels or groups; empty for numbers.
    """

    name: str
    kind: Kind
    values: Any
    levels: tuple[str, ...] = ()

    @property
    def ranked(self) -> bool:
        """Whether it is ranked."""
        return self.kind != "group"


def read_frame(given: Any, what: str) -> pd.DataFrame:
    """Give a frame as :func:`tables.read_frame` does; a series counts as one column."""
    import pandas as pd

    if isinstance(given, pd.Series):
        given = given.to_frame(what if given.name is None else given.name)
    return tables.read_frame(given, what)


def align(frame: Any, cases: Any, what: str) -> Any:
    """Give the frame with its cases in the order of ``cases``; both must hold the same cases.

    Raises
    ------
    InputError
        Cases that only one of the two has.
    """
    refuse(
        cases.difference(frame.index, sort=False),
        f"Cases of background that {what} lacks (give all tables the same cases)",
        f"background中有而{what}中没有的案例（各表须含相同案例）",
    )
    refuse(
        frame.index.difference(cases, sort=False),
        f"Cases of {what} that background lacks (give all tables the same cases)",
        f"{what}中有而background中没有的案例（各表须含相同案例）",
    )
    return frame.loc[cases]


def read_columns(frame: Any, groups: Sequence[str] = ()) -> tuple[Column, ...]:
    """Read every column of a checked frame.

    Raises
    ------
    InputError
        Columns of dates, complex numbers, mixed or other cells; infinite values.
    """
    return tuple(_read(name, frame[name], name in groups) for name in frame.columns)


def read_groups(groups: Any, known: Sequence[str]) -> tuple[str, ...]:
    """Names of columns that are to be read as groups, all known."""
    if groups is None:
        return ()
    given = [groups] if isinstance(groups, str) else groups
    if not isinstance(given, Iterable):
        raise InputError(
            Text(
                f"groups is {groups!r}; give the names of columns.",
                f"groups为{groups!r}，须为列名。",
            )
        )
    names = tuple(dict.fromkeys(str(one) for one in given))
    for name in names:
        if name not in known:
            raise UnknownNameError("column", name, known)
    return names


def _read(name: str, cells: Any, as_group: bool) -> Column:
    import numpy as np
    import pandas as pd

    if isinstance(cells.dtype, pd.CategoricalDtype):
        codes = cells.cat.codes.to_numpy(dtype=float)
        codes = np.where(codes < 0, np.nan, codes)
        ordered = bool(cells.cat.ordered) and not as_group
        return Column(
            name, "ordered" if ordered else "group", codes, tuple(str(v) for v in cells.cat.categories)
        )
    present = cells[cells.notna()]
    if pd.api.types.is_object_dtype(cells.dtype) or pd.api.types.is_string_dtype(cells.dtype):
        blank = present.map(lambda cell: isinstance(cell, str) and not cell.strip())
        present = present[~blank.astype(bool)]
    if present.empty:
        return Column(name, "number", np.full(len(cells), np.nan))
    seen = {_sort_of(cell) for cell in (present if present.dtype == object else present.iloc[:1])}
    if len(seen) > 1 or "other" in seen:
        refuse(
            [name],
            "Columns whose cells are neither all numbers nor all names of groups (dates and lists are none)",
            "单元格既非全为数字、也非全为组名的列（日期和列表均不可用）",
        )
    if seen == {"number"}:
        values = np.full(len(cells), np.nan)
        try:
            values[cells.index.get_indexer(present.index)] = present.to_numpy(dtype=np.float64)
        except (TypeError, ValueError, OverflowError):
            refuse([name], "Columns with cells that cannot be read as numbers", "含无法读作数字的单元格的列")
        refuse(
            [f"{name}: {case}" for case in cells.index[np.isinf(values)]],
            "Infinite values (leave these cells empty, or correct them)",
            "无穷大的取值（请留空或更正）",
        )
        if not as_group:
            return Column(name, "number", values)
        distinct = np.unique(values[~np.isnan(values)])
        codes = np.where(np.isnan(values), np.nan, np.searchsorted(distinct, values))
        return Column(name, "group", codes, tuple(f"{v:.15g}" for v in distinct))
    words = present.map(str)
    levels = tuple(sorted(set(words)))
    place = {word: k for k, word in enumerate(levels)}
    values = np.full(len(cells), np.nan)
    values[cells.index.get_indexer(present.index)] = [place[w] for w in words]
    return Column(name, "group", values, levels)


def _sort_of(cell: Any) -> str:
    from decimal import Decimal
    from fractions import Fraction

    import numpy as np

    if isinstance(cell, bool | np.bool_):
        return "bool"
    if isinstance(cell, str):
        return "text"
    if isinstance(cell, int | float | Decimal | Fraction | np.integer | np.floating):
        return "number"
    return "other"
