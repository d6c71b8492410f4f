"""Tables of values as people bring them: read as numbers, with the names of the units beside."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, UnknownNameError, near_names, path_of, read_sheets
from learningcity.index.cells import is_empty
from learningcity.index.structure import Structure
from learningcity.index.tables import BESIDE

if TYPE_CHECKING:
    import pandas as pd

#: A number with marks between its digits, as spreadsheets show it.
_GROUPED = re.compile(r"[-+]?\d+(?:[,，.' \u00a0\u202f]\d+)+\Z")


def read_index_values(
    path: str | Path, structure: Structure | None = None, *, notes: list[Text] | None = None
) -> pd.DataFrame:
    """Read a table of values, one row a unit, for :func:`~learningcity.index.build_index`.

    Parameters
    ----------
    path
        CSV or XLSX (of several sheets the one called iData) with the column uCode and a column an
        indicator; uName and Time are left aside, empty cells, NA, N/A and NaN are missing values.
    structure
        If given, only its indicators must be numbers; columns such as groups stay texts.
    notes
        A list that collects what was read with an assumption; with it, Chinese text in GB 18030, as
        older spreadsheets save it, is read too.

    Returns
    -------
    frame
        Index uCode, columns as in the file; numbers as floats.

    Raises
    ------
    InputError
        No such file, no column uCode, a row without it, a column that occurs twice, or a cell that is no
        number: file, column and row are named.

    Examples
    --------
    >>> import tempfile
    >>> from learningcity.index.template import write_index_template
    >>> data = write_index_template(tempfile.mkdtemp())[0]
    >>> read_index_values(data).loc["hillview", "parks"]
    np.float64(22.8)
    """
    file = path_of(path)
    return _values(read_table(file, "iData", ("uCode",), notes), structure, file.name)


def read_index_panel(
    path: str | Path, structure: Structure | None = None, *, notes: list[Text] | None = None
) -> dict[int, pd.DataFrame]:
    r"""Read a table of values of several years, one row a unit and year, for ``build_panel``.

    Parameters
    ----------
    path, structure, notes
        As :func:`read_index_values`; the column Time holds the year.

    Returns
    -------
    dict
        Year -> frame as that of :func:`read_index_values`, in the order of time.

    Raises
    ------
    InputError
        As :func:`read_index_values`; also where Time is missing or no year of four digits.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "panel.csv"
    >>> _ = file.write_text("uCode,Time,a\nx,2020,1\nx,2021,2\n")
    >>> {year: frame.at["x", "a"] for year, frame in read_index_panel(file).items()}
    {2020: np.float64(1.0), 2021: np.float64(2.0)}
    """
    file = path_of(path)
    table = read_table(file, "iData", ("uCode",), notes)
    if "Time" not in table.columns:
        raise InputError(
            Text(
                f"{file.name} has no column Time with the year of each row; add it, or give one table a year.",
                f"{file.name}没有标明各行年份的Time列；请补充该列，或每年各给一张表。",
            )
        )
    years = table["Time"].astype(str).str.removesuffix(".0")
    for row, year in years.items():
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise InputError(
                Text(
                    f"{file.name}, row {row}, column Time: {year!r} is no year of four digits.",
                    f"{file.name}，第{row}行，Time列：{year!r}不是四位年份。",
                )
            )
    return {int(year): _values(table[years == year], structure, file.name) for year in sorted(years.unique())}


def read_unit_names(path: str | Path, *, notes: list[Text] | None = None) -> dict[str, str]:
    """Read the names of the units out of a table of values.

    Parameters
    ----------
    path, notes
        As :func:`read_index_values`.

    Returns
    -------
    dict
        uCode -> uName of the units that have one; empty where the table has no such column. Where a
        unit stands in several rows its last name is taken.

    Raises
    ------
    InputError
        As :func:`read_index_values`.

    Examples
    --------
    >>> import tempfile
    >>> from learningcity.index.template import write_index_template
    >>> read_unit_names(write_index_template(tempfile.mkdtemp())[0])["hillview"]
    'Hillview'
    """
    table = read_table(path_of(path), "iData", ("uCode",), notes)
    if "uName" not in table.columns:
        return {}
    pairs = zip(table["uCode"].astype(str), table["uName"], strict=True)
    return {unit: str(name) for unit, name in pairs if name == name and name not in (None, "")}


def read_table(
    file: Path, sheet: str, needed: tuple[str, ...], notes: list[Text] | None = None
) -> pd.DataFrame:
    """Read the one table of a file as texts; of several sheets the one called ``sheet``.

    Raises
    ------
    InputError
        No such file or sheet, a column that is missing or occurs twice, a row without one of the
        columns that are needed.
    """
    sheets = read_sheets(file, notes)
    if len(sheets) > 1 and sheet not in sheets:
        raise InputError(
            Text(
                f"{file.name} has the sheets {', '.join(sheets)}; call the one with the values {sheet}.",
                f"{file.name}含工作表{'、'.join(sheets)}，请将数据所在工作表命名为{sheet}。",
            )
        )
    if not sheets:
        raise InputError(Text(f"{file.name} holds no table.", f"{file.name}中没有数据表。"))
    frame = sheets[sheet] if sheet in sheets else next(iter(sheets.values()))
    twice = list(dict.fromkeys(str(c) for c in frame.columns[frame.columns.duplicated()]))
    if twice:
        raise InputError(
            Text(
                f"{file.name}: columns that occur twice: {', '.join(twice[:10])}.",
                f"{file.name}：重复的列：{'、'.join(twice[:10])}。",
            )
        )
    for column in needed:
        if column not in frame.columns:
            error = UnknownNameError(
                "column", column, frame.columns, near_names(column, map(str, frame.columns))
            )
            raise InputError(Text(f"{file.name}: {error.text.en}", f"{file.name}：{error.text.zh}"))
        empty = frame.index[frame[column].isna() | (frame[column].astype(str).str.strip() == "")]
        if len(empty):
            raise InputError(
                Text(
                    f"{file.name}, row {empty[0]}: {column} is empty.",
                    f"{file.name}，第{empty[0]}行：{column}为空。",
                )
            )
    if not len(frame):
        raise InputError(
            Text(
                f"{file.name} has column names, but no row below them.",
                f"{file.name}只有列名，没有数据行。",
            )
        )
    return frame


def _values(frame: Any, structure: Structure | None, name: str) -> pd.DataFrame:
    import pandas as pd

    units = frame["uCode"].astype(str)
    columns = {}
    for code, column in frame.drop(columns=list(BESIDE), errors="ignore").items():
        beside = structure is not None and code not in structure.indicators
        columns[code] = (column if beside else numbers(column, str(code), name)).to_numpy()
    return pd.DataFrame(columns, index=pd.Index(units, name="uCode"))


def numbers(column: Any, code: str, name: str) -> Any:
    """Give a column of texts as floats; an empty cell, NA, N/A or NaN is a missing value.

    Raises
    ------
    InputError
        A cell that is no finite number; file, row and column are named, and the other such cells.
    """
    import pandas as pd

    cells = column.astype(object)
    found = pd.to_numeric(cells, errors="coerce").astype(float)
    # Few cells are no numbers: only these are looked at one by one.
    found = found.where(found.abs() < float("inf"))
    rest = cells[found.isna()]
    wrong = rest[[not is_empty(cell) for cell in rest]]
    if len(wrong):
        raise InputError(_no_numbers(wrong, code, name))
    return found


def remedy(cell: Any) -> Text:
    """Say how to mend a cell that is no number.

    Examples
    --------
    >>> remedy("45%").en, remedy("n.d.").en
    ('write a percentage without its sign, all rows alike (45, or 0.45)', 'leave the cell empty for missing')
    """
    text = str(cell).strip()
    if isinstance(cell, str) and any(mark in cell for mark in "%％"):
        return Text(
            "write a percentage without its sign, all rows alike (45, or 0.45)",
            "百分比请去掉百分号，各行写法须一致（均写45，或均写0.45）",
        )
    if isinstance(cell, str) and is_grouped(cell):
        return Text(
            "write numbers with a decimal point and without separators of thousands (1234.5)",
            "请去掉千位分隔符，小数点用“.”（如1234.5）",
        )
    if isinstance(cell, float) or text.lstrip("+-").casefold() in ("inf", "infinity", "∞"):
        return Text("it is no finite value, leave the cell empty for missing", "须为有限数值，缺失值请留空")
    if text.startswith("="):
        return Text("put the result in place of the formula", "请将公式改为其计算结果")
    return Text("leave the cell empty for missing", "缺失值请留空")


def is_grouped(cell: str) -> bool:
    """Whether a text is a number with marks between its digits, as spreadsheets show it: 1,234 or 1,5.

    Examples
    --------
    >>> is_grouped("1 234,5"), is_grouped("12.5"), is_grouped("a,b")
    (True, True, False)
    """
    return _GROUPED.match(cell.strip()) is not None


def _no_numbers(wrong: Any, code: str, name: str) -> Text:
    """Name the first cell and how to mend it, then the rows of the others."""
    row, cell = wrong.index[0], wrong.iloc[0]
    told = remedy(cell)
    en, zh = told.en, told.zh
    others = [str(r) for r in wrong.index[1:10]]
    if others:
        more = len(wrong) - 1 - len(others)
        en += f". The same column in rows {', '.join(others)}" + (f" and {more} more" if more else "")
        zh += f"。该列第{'、'.join(others)}" + (f"行等另{more}处" if more else "行") + "亦非数字"
    return Text(
        f"{name}, row {row}, column {code}: {cell!r} is no number; {en}.",
        f"{name}，第{row}行，{code}列：{cell!r}不是数字；{zh}。",
    )
