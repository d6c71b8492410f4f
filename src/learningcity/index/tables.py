"""The two tables that make an index: values, and what their columns mean (COINr's iData and iMeta)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learningcity.core import (
    InputError,
    Text,
    UnknownNameError,
    or_none,
    os_reason,
    path_of,
    people_csv,
    people_xlsx,
    plain,
    read_sheets,
    write_whole,
)
from learningcity.index.cells import is_blank, is_empty, number
from learningcity.index.structure import COLUMNS, Structure

if TYPE_CHECKING:
    import pandas as pd

#: Columns of the table of values that name units and are no code.
BESIDE = ("uCode", "uName", "Time")
#: Columns of the table of meanings that hold numbers.
NUMBERS = ("Level", "Direction", "Weight", "Target", "Lower", "Upper", "Reference")


@dataclass(frozen=True)
class CoinTables:
    """Values, structure and what stands beside them, checked against each other.

    Parameters
    ----------
    values
        Units x indicators: index uCode, columns the indicator codes in the order of the structure,
        floats, NaN = missing.
    structure
        The tree; denominators, groups and other columns are its ``others``.
    units
        Index uCode: uName and Time where given, groups and other columns as they are, denominators as
        floats. ``IndexSpec(denominate=tables.units)`` and ``("group_mean", {"groups":
        tables.units["region"]})`` read it.

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"uCode": ["x", "y"], "skills": [1.0, 2.0]})
    >>> meta = Structure.of({"INDEX": ["skills"]}).to_frame()
    >>> read_coin_tables(data, meta).values["skills"].tolist()
    [1.0, 2.0]
    """

    values: pd.DataFrame
    structure: Structure
    units: pd.DataFrame

    def to_dict(self) -> dict[str, Any]:
        """Both tables as plain values; empty cells become None."""
        data, meta = to_frames(self)
        return {"iData": plain(data), "iMeta": plain(meta)}


def read_coin_tables(iData: Any, iMeta: Any = None, *, time: Any = None) -> CoinTables:  # noqa: N803
    """Read a table of values and a table of meanings, and check one against the other.

    Parameters
    ----------
    iData
        One row a unit: uCode, one column a code; uName and Time where there are any. A frame, a CSV
        or XLSX file (its sheet iData or its only one), or one workbook with both sheets. Empty cells,
        NA, N/A and NaN are missing values.
    iMeta
        One row a code: Level, iCode, Parent, Type; Direction, Weight, iName, Unit, Target, Denominator,
        iName_zh, Lower, Upper, Reference where there are any. None = the sheet iMeta of the workbook.
    time
        The value of the column Time to be read, where units occur once a year.

    Returns
    -------
    CoinTables
        ``values``, ``structure`` and ``units``.

    Raises
    ------
    InputError
        Everything that does not fit, at once, naming codes and units: doubled or empty codes,
        indicators without a column, columns without a meaning, text or infinite cells, indicators
        without a single value, denominators and reference units that are not there, goalposts upside
        down, and whatever is wrong with the tree.

    References
    ----------
    Becker, Caperna, Del Sorbo, Norlen, Papadimitriou & Saisana (2022), COINr, doi 10.21105/joss.04567.

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"uCode": ["x", "y"], "skills": ["1.5", "NA"], "people": [10, 20]})
    >>> meta = pd.DataFrame(
    ...     {"iCode": ["skills", "INDEX", "people"], "Parent": ["INDEX", None, None], "Level": [1, 2, None],
    ...      "Type": ["Indicator", "Aggregate", "Denominator"]})
    >>> tables = read_coin_tables(data, meta)
    >>> tables.structure.top, tables.values["skills"].isna().sum(), tables.units["people"].tolist()
    ('INDEX', np.int64(1), [10.0, 20.0])
    """
    data, meta = _frames(iData, iMeta)
    structure, problems = _structure(meta)
    data = _at(data, time)
    units, found = _unit_codes(data)
    problems += found
    if structure is not None:
        problems += _columns(data, structure)
    if problems or structure is None:
        raise InputError(Text("\n".join(p.en for p in problems), "\n".join(p.zh for p in problems)))
    data = data.drop(columns="uCode").set_axis(units, axis=0)
    values, beside, problems = _numbers(data, structure)
    problems += _meanings(structure, values)
    if problems:
        raise InputError(Text("\n".join(p.en for p in problems), "\n".join(p.zh for p in problems)))
    return CoinTables(values, structure, beside)


def write_coin_tables(tables: CoinTables, path: Any) -> tuple[Path, ...]:
    """Write both tables so that :func:`read_coin_tables` gives them back.

    Parameters
    ----------
    tables
        What was read or made.
    path
        An XLSX file, that holds both sheets; or a folder, for iData.csv and iMeta.csv (UTF-8).

    Returns
    -------
    tuple of paths
        What was written.

    Raises
    ------
    InputError
        No tables, another kind of file, or a place that cannot be written to.

    Examples
    --------
    >>> import pandas as pd, tempfile
    >>> data = pd.DataFrame({"uCode": ["x", "y"], "skills": [1.0, None]})
    >>> tables = read_coin_tables(data, Structure.of({"INDEX": ["skills"]}).to_frame())
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write_coin_tables(tables, folder)
    ...     [p.name for p in written], read_coin_tables(*written).values.equals(tables.values)
    (['iData.csv', 'iMeta.csv'], True)
    """
    if not isinstance(tables, CoinTables):
        raise InputError(
            Text(
                f"tables is {type(tables).__name__}; give CoinTables.",
                f"tables为{type(tables).__name__}，须为CoinTables。",
            )
        )
    place = path_of(path)
    data, meta = to_frames(tables)
    if place.suffix.lower() == ".xlsx":
        contents = {place: people_xlsx({"iData": data, "iMeta": meta})}
    elif place.suffix and not place.is_dir():
        raise InputError(
            Text(
                f"{place.name}: give a name that ends in .xlsx, or a folder for two CSV files.",
                f"{place.name}：文件名须以.xlsx结尾，或给出存放两个CSV文件的文件夹。",
            )
        )
    else:
        contents = {place / "iData.csv": people_csv(data), place / "iMeta.csv": people_csv(meta)}
    for file, content in contents.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, content)
        except OSError as error:
            reason = os_reason(error)
            raise InputError(
                Text(f"{file} cannot be written: {reason.en}.", f"无法写入{file}：{reason.zh}。")
            ) from error
    return tuple(contents)


def to_frames(tables: CoinTables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the table of values and the table of meanings as frames."""
    import pandas as pd

    named = [c for c in ("uName", "Time") if c in tables.units]
    rest = [c for c in tables.units if c not in named]
    data = pd.concat([tables.units[named], tables.values, tables.units[rest]], axis=1)
    data.insert(0, "uCode", list(tables.values.index))
    return data.reset_index(drop=True), tables.structure.to_frame()


def _frames(data: Any, meta: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    import pandas as pd

    sheets: dict[str, pd.DataFrame] = {}
    found = []
    for given, name in ((data, "iData"), (meta, "iMeta")):
        if isinstance(given, pd.DataFrame):
            frame = given
            if frame.index.name in ("uCode", "iCode") and frame.index.name not in frame.columns:
                frame = frame.reset_index()
        elif given is None and name == "iMeta":
            frame = _sheet(sheets, name, None)
        else:
            sheets = read_sheets(path_of(given, name))
            frame = _sheet(sheets, name, path_of(given, name))
        frame = frame.rename(columns=lambda c: str(c).strip())
        twice = list(dict.fromkeys(frame.columns[frame.columns.duplicated()]))
        if twice:
            raise InputError(_say(twice, f"{name}: columns that occur twice", f"{name}：重复的列"))
        found.append(frame)
    return found[0], found[1]


def _sheet(sheets: dict[str, pd.DataFrame], name: str, path: Path | None) -> pd.DataFrame:
    for title, frame in sheets.items():
        if title.casefold() == name.casefold():
            return frame
    if path is not None and len(sheets) == 1:
        return next(iter(sheets.values()))
    raise InputError(
        Text(
            f"There is no sheet {name}. Give the table as its own file, or a workbook with the sheets "
            "iData and iMeta.",
            f"没有工作表{name}。请单独提供该表，或提供含iData和iMeta两个工作表的工作簿。",
        )
    )


def read_structure(meta: pd.DataFrame) -> Structure:
    """Make the tree of a table of meanings as files and R give it: texts, and NA for empty cells.

    Raises
    ------
    InputError
        As :meth:`Structure.from_frame`.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = {"iCode": ["a", "INDEX"], "Parent": ["INDEX", "NA"], "Level": ["1", "2"], "Weight": ["1", "NA"]}
    >>> read_structure(pd.DataFrame({**rows, "Type": ["Indicator", "Aggregate"]})).top
    'INDEX'
    """
    import pandas as pd

    cleaned = meta.astype(object).map(lambda c: None if is_blank(c) else c)
    # A code may be called NA; then NA means that code.
    codes = set(cleaned["iCode"]) if "iCode" in cleaned else set()
    for column in COLUMNS:
        if column not in cleaned or column in ("iCode", "Type"):
            continue
        read = _meaning if column in NUMBERS else lambda c: c if c in codes or not is_empty(c) else None
        cleaned[column] = pd.Series([read(c) for c in cleaned[column]], cleaned.index, dtype=object)
    return Structure.from_frame(cleaned)


def _structure(meta: pd.DataFrame) -> tuple[Structure | None, list[Text]]:
    try:
        return read_structure(meta), []
    except InputError as error:
        return None, [error.text]


def _meaning(cell: Any) -> Any:
    """A number, None for an empty cell, any other text as it is: the structure judges it."""
    if is_empty(cell):
        return None
    found = number(cell)
    return cell if found is None else found


def _at(data: pd.DataFrame, time: Any) -> pd.DataFrame:
    if time is None:
        return data
    if "Time" not in data.columns:
        raise UnknownNameError("column", "Time", data.columns)
    wanted = _plain_time(time)
    times = [_plain_time(t) for t in data["Time"]]
    if wanted not in times:
        raise UnknownNameError("option", wanted, dict.fromkeys(times))
    return data.loc[[t == wanted for t in times]]


def _plain_time(time: Any) -> str:
    text = str(time).strip()
    return text[:-2] if text.endswith(".0") else text


def _unit_codes(data: pd.DataFrame) -> tuple[list[str], list[Text]]:
    if "uCode" not in data.columns:
        return [], [Text("iData lacks the column uCode.", "iData缺少uCode列。")]
    codes = ["" if or_none(c) is None else str(c).strip() for c in data["uCode"]]
    problems = []
    if not codes:
        problems.append(Text("iData has no unit.", "iData中没有任何单位。"))
    empty = [f"row {i}" for i, c in enumerate(codes, 1) if not c]
    if empty:
        problems.append(_say(empty, "iData: rows without uCode", "iData：缺少uCode的行"))
    counts = Counter(codes)
    twice = [c for c, count in counts.items() if c and count > 1]
    if twice:
        hint = (
            Text(" (choose one with time=)", "（可用time=选定一期）")
            if "Time" in data.columns
            else Text("", "")
        )
        problems.append(_say(twice, f"iData: units that occur twice{hint.en}", f"iData：重复的单位{hint.zh}"))
    return codes, problems


def _columns(data: pd.DataFrame, structure: Structure) -> list[Text]:
    others = {n.code: n.kind for n in structure.others}
    known = {*structure.indicators, *others, *BESIDE}
    denominators = [c for c, kind in others.items() if kind == "Denominator"]
    named = {n.code: n.denominator for n in structure.nodes if n.denominator}
    checks = (
        ([c for c in (*structure.indicators, *others) if c not in data.columns],
         "Codes of iMeta without a column in iData", "iMeta中的代码在iData中没有对应列"),
        ([c for c in data.columns if c not in known and c not in structure.aggregates],
         "Columns of iData without a row in iMeta", "iData中的列在iMeta中没有说明"),
        ([c for c in data.columns if c in structure.aggregates],
         "Aggregates are computed and have no column in iData", "汇总项由计算得出，不应在iData中成列"),
        ([f"{c} ({d})" for c, d in named.items() if d not in denominators],
         "Indicators whose denominator is no row of type Denominator", "指标的分母不是Denominator类型的代码"),
    )  # fmt: skip
    return [_say(codes, en, zh) for codes, en, zh in checks if codes]


def _numbers(data: pd.DataFrame, structure: Structure) -> tuple[pd.DataFrame, pd.DataFrame, list[Text]]:
    """Indicators and denominators as floats, the other columns as they are, and the cells that are none."""
    import numpy as np
    import pandas as pd

    bad: list[str] = []
    columns: dict[str, Any] = {}
    beside: dict[str, Any] = {}
    denominators = {n.code for n in structure.others if n.kind == "Denominator"}
    for code in (*structure.indicators, *(c for c in data.columns if c in denominators)):
        found = np.array([number(cell) for cell in data[code]], dtype=object)
        wrong = [i for i, v in enumerate(found) if v is None]
        bad += [f"{code} ({data.index[i]}: {data[code].iloc[i]!r})" for i in wrong]
        found[wrong] = np.nan
        (beside if code in denominators else columns)[code] = found.astype(np.float64)
    for code in data.columns:
        if code not in columns and code not in beside:
            beside[code] = [None if is_blank(c) else c for c in data[code]]
    index = pd.Index(data.index, name="uCode", dtype="str")
    values = pd.DataFrame(columns, index=index, columns=list(structure.indicators), dtype=float)
    units = pd.DataFrame(beside, index=index, columns=[c for c in data.columns if c in beside])
    problems = [_say(bad, "Cells that are no finite numbers", "不是有限数字的单元格")] if bad else []
    empty = [c for c in values if values[c].isna().all() and not any(b.startswith(f"{c} (") for b in bad)]
    if empty:
        problems.append(_say(empty, "Indicators without a single value", "全部缺失的指标"))
    return values, units, problems


def _meanings(structure: Structure, values: pd.DataFrame) -> list[Text]:
    nodes = [n for n in structure.nodes if n.level == 1]
    units = set(values.index)
    checks = (
        ([n.code for n in nodes if n.lower is not None and n.upper is not None and not n.lower < n.upper],
         "Lower is not below Upper", "Lower须小于Upper"),
        ([f"{n.code} ({n.reference})" for n in nodes if isinstance(n.reference, str) and n.reference not in units],
         "Reference is neither a number nor a unit", "Reference既不是数字也不是单位代码"),
    )  # fmt: skip
    return [_say(codes, en, zh) for codes, en, zh in checks if codes]


def _say(codes: Iterable[Any], en: str, zh: str) -> Text:
    named = list(dict.fromkeys(str(c) for c in codes))
    shown = ", ".join(named[:10]) + (" ..." if len(named) > 10 else "")
    return Text(f"{en}: {shown}.", f"{zh}：{shown}。")
