"""Panels: a table of units and years, checked at the door, or built as one index over all years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, UnknownNameError

if TYPE_CHECKING:
    import pandas as pd


def check_panel(values: Any) -> pd.DataFrame:
    """Check units x years and put the years in order.

    Parameters
    ----------
    values
        Frame, index unit (or a column ``uCode``), columns years of four digits; NaN = missing. A year
        without any value stays as it is.

    Returns
    -------
    frame
        Floats; columns whole numbers, in the order of time.

    Raises
    ------
    InputError
        No frame, columns that are no years, doubled units or years, text or infinite cells, fewer than
        two years, no value at all: each named.

    Examples
    --------
    >>> import pandas as pd
    >>> check_panel(pd.DataFrame({"2021": [2.0], "2019": [1.0]}, index=["cork"])).columns.tolist()
    [2019, 2021]
    """
    import numpy as np
    import pandas as pd

    from learningcity.index.pipeline import clean
    from learningcity.index.structure import Structure

    if not isinstance(values, pd.DataFrame):
        raise InputError(
            Text(
                f"values is {type(values).__name__}; give a frame with one row a unit and one column a year.",
                f"values为{type(values).__name__}，须为每行一个单位、每列一个年份的数据表。",
            )
        )
    frame = values.set_index("uCode") if "uCode" in values.columns else values
    frame = frame.rename(columns=lambda c: str(c).strip())
    bad = [c for c in frame.columns if not (c.isascii() and c.isdigit() and len(c) == 4)]
    if bad:
        raise InputError(
            Text(
                f"Columns that are no year of four digits: {', '.join(bad[:10])}.",
                f"列名不是四位年份：{'、'.join(bad[:10])}。",
            )
        )
    if frame.columns.nunique() < 2:
        raise InputError(Text("A trend needs two years at least.", "趋势分析至少需要两个年份。"))
    if not len(frame):
        raise InputError(Text("The table has no unit.", "数据表中没有任何单位。"))
    empty = [] if frame.columns.duplicated().any() else [c for c in frame if frame[c].isna().all()]
    kept = frame.drop(columns=empty)
    if not len(kept.columns):
        raise InputError(
            Text(
                f"No value in any of the years {', '.join(empty[:10])}.",
                f"各年份均无数据：{'、'.join(empty[:10])}。",
            )
        )
    # The checks are those of an index, so that the messages are the same.
    found = clean(kept, Structure.of({"values": list(dict.fromkeys(kept.columns))}))
    for year in empty:
        found[year] = np.nan
    found.columns = pd.Index([int(c) for c in found.columns], name="year")
    found.index = pd.Index(found.index.map(str), name="unit")
    return found.sort_index(axis=1)


def build_panel(tables: Mapping[Any, Any], spec: Any, code: str | None = None) -> pd.DataFrame:
    """Build one index over all years together, so that its scores can be followed.

    Parameters
    ----------
    tables
        Year -> frame units x indicators, as for ``build_index``; units may differ from year to year.
    spec
        The recipe; it is applied to all units of all years at once, so limits of scales, treatment and
        imputation are shared.
    code
        Which scores; None = the top.

    Returns
    -------
    frame
        Units x years of scores; NaN = the unit has no row or no score in that year.

    Raises
    ------
    InputError
        No table, a key that is no year, or what ``build_index`` refuses; a unit is named with its year,
        such as "cork (2021)".
    UnknownNameError
        A code that the structure does not have.

    References
    ----------
    OECD & JRC (2008), doi 10.1787/9789264043466-en, on comparisons over time.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index import IndexSpec, Structure
    >>> tables = {y: pd.DataFrame({"a": [v, 10.0]}, index=["x", "y"]) for y, v in ((2020, 0.0), (2021, 5.0))}
    >>> build_panel(tables, IndexSpec(Structure.of({"INDEX": ["a"]}))).loc["x"].tolist()
    [0.0, 50.0]
    """
    import pandas as pd

    from learningcity.index.build import build_index

    if not isinstance(tables, Mapping) or not tables:
        raise InputError(
            Text(
                "tables must be a mapping from year to frame, with one year at least.",
                "tables须为“年份→数据表”的映射，且至少含一个年份。",
            )
        )
    pooled, places = [], []
    for year, table in tables.items():
        if not str(year).strip().isdigit():
            raise InputError(Text(f"{year!r} is no year.", f"{year!r}不是年份。"))
        frame = table if isinstance(table, pd.DataFrame) else getattr(table, "values", None)
        if not isinstance(frame, pd.DataFrame):
            raise InputError(
                Text(
                    f"{year}: {type(table).__name__} is no frame with one row a unit.",
                    f"{year}：{type(table).__name__}不是每行一个单位的数据表。",
                )
            )
        frame = frame.set_index("uCode") if "uCode" in frame.columns else frame
        twice = [str(c) for c in frame.columns[frame.columns.duplicated()]]
        if twice:
            raise InputError(
                Text(
                    f"{year}: columns that occur twice: {', '.join(twice)}.",
                    f"{year}：重复的列：{'、'.join(twice)}。",
                )
            )
        places += [(str(u), int(str(year)), f"{u} ({int(str(year))})") for u in frame.index]
        pooled.append(frame.set_axis([f"{u} ({int(str(year))})" for u in frame.index]))
    result = build_index(pd.concat(pooled), spec)
    code = result.structure.top if code is None else code
    if code not in result.scores:
        raise UnknownNameError("code", code, result.scores.columns)
    scores = result.scores[code]
    units = pd.Index(dict.fromkeys(u for u, _, _ in places), name="unit")
    found = pd.DataFrame(index=units, columns=sorted({y for _, y, _ in places}), dtype=float)
    for unit, year, row in places:
        if row in scores.index:
            found.loc[unit, year] = scores[row]
    return found.rename_axis(columns="year")
