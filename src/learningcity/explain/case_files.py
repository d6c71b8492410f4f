"""Tables of cases as people bring them: one row a case, numbers as numbers, cases by name."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, UnknownNameError, names_of, near_names, path_of, read_sheets

if TYPE_CHECKING:
    import pandas as pd

#: Columns that are taken for the names of the cases when none is named.
CASE_COLUMNS = ("case", "案例")
#: What a cell without a value may hold; ``-`` is what fsQCA writes.
EMPTY = ("", "na", "n/a", "nan", "-")
#: The sheet that is taken where a workbook has several.
SHEET = "cases"


def read_case_table(
    path: str | PathLike[str],
    columns: Sequence[str] | None = None,
    *,
    case: str | None = None,
    notes: list[Text] | None = None,
) -> pd.DataFrame:
    r"""Read a table with one row a case.

    Parameters
    ----------
    path
        CSV or XLSX (of several sheets the one called cases) with column names in the first row. Empty cells, NA,
        N/A, NaN and ``-`` are missing values.
    columns
        Columns that must hold numbers; None = a column is a number where every cell of it is one, else text.
    case
        Column with the names of the cases; None = the one called ``case`` or ``案例``, else the first if it is text.
    notes
        A list that collects what was read with an assumption, such as a column of numbers that some cells make a
        text; with it, Chinese text in GB 18030, as older spreadsheets save it, is read too.

    Returns
    -------
    frame
        Index case; numbers as floats, NaN = missing.

    Raises
    ------
    InputError
        No such file or sheet, no names of cases, a case or column that occurs twice, a cell that is no number in a
        column that must hold numbers: file, row and column are named.
    UnknownNameError
        A column that is not there.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "towns.csv"
    >>> _ = file.write_text("town,income,region\nElm,12.5,north\nOak,NA,south\n")
    >>> read_case_table(file)["income"].to_dict()
    {'Elm': 12.5, 'Oak': nan}
    """
    import pandas as pd

    file = path_of(path)
    frame = _sheet(read_sheets(file, notes), file.name)
    _refuse_doubled(map(str, frame.columns[frame.columns.duplicated()]), file.name, "columns", "列")
    name = _case_column(frame, case, file.name)
    cases = frame[name].map(lambda cell: "" if _is_empty(cell) else str(cell).strip())
    for row in frame.index[cases == ""]:
        raise InputError(
            Text(
                f"{file.name}, row {row}: {name} is empty; every case needs a name.",
                f"{file.name}，第{row}行：{name}为空，每个案例都须有名称。",
            )
        )
    _refuse_doubled(cases[cases.duplicated()], file.name, "cases", "案例")
    wanted = None if columns is None else names_of(columns, "columns")
    for one in wanted or ():
        if one not in frame.columns:
            raise UnknownNameError("column", one, [str(c) for c in frame.columns if c != name])
    found = {
        str(column): _cells(cells, str(column), file.name, wanted is not None and column in wanted)
        for column, cells in frame.drop(columns=name).items()
    }
    if notes is not None:
        notes += [
            _told_as_text(
                column, [v for v in zip(cases, found[column], strict=True) if v[1] is not None], file.name
            )
            for column in found
            if found[column].dtype == object and _nearly_numbers(found[column])
        ]
    return pd.DataFrame(found, index=pd.Index(list(cases), name="case"))


def read_code_table(
    path: str | PathLike[str], texts: Sequence[str] = (), *, notes: list[Text] | None = None
) -> pd.DataFrame:
    r"""Read a table of codes: one row a unit and coder, or one row a unit and a column a coder.

    Parameters
    ----------
    path
        CSV or XLSX (of several sheets the one called cases) with column names in the first row. Empty cells, NA,
        N/A, NaN and ``-`` are missing values.
    texts
        Columns that stay text where they hold numbers, such as those with names of units and coders.
    notes
        As for ``read_case_table``.

    Returns
    -------
    frame
        Index 0, 1, ...; a column is a number where every cell of it is one, else text; None or NaN = missing.

    Raises
    ------
    InputError
        No such file or sheet, no rows, a column that occurs twice.
    UnknownNameError
        A column of ``texts`` that is not there.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "codes.csv"
    >>> _ = file.write_text("unit,coder,law\n1,A,2\n1,B,\n")
    >>> read_code_table(file, ["unit"]).to_numpy().tolist()
    [['1', 'A', 2.0], ['1', 'B', nan]]
    """
    import numpy as np
    import pandas as pd

    file = path_of(path)
    frame = _sheet(read_sheets(file, notes), file.name)
    _refuse_doubled(map(str, frame.columns[frame.columns.duplicated()]), file.name, "columns", "列")
    for one in texts:
        if one not in frame.columns:
            raise UnknownNameError("column", one, [str(c) for c in frame.columns])
    found = {
        str(column): np.array(
            [None if _is_empty(cell) else str(cell).strip() for cell in cells], dtype=object
        )
        if column in texts
        else _cells(cells, str(column), file.name, False)
        for column, cells in frame.items()
    }
    return pd.DataFrame(found)


def _sheet(sheets: dict[str, Any], name: str) -> Any:
    if not sheets:
        raise InputError(Text(f"{name} holds no table.", f"{name}中没有数据表。"))
    if len(sheets) > 1 and SHEET not in sheets:
        raise InputError(
            Text(
                f"{name} has the sheets {', '.join(sheets)}; call the one with the cases {SHEET}.",
                f"{name}含工作表{'、'.join(sheets)}，请将案例所在工作表命名为{SHEET}。",
            )
        )
    frame = sheets.get(SHEET, next(iter(sheets.values())))
    if not len(frame):
        raise InputError(
            Text(f"{name} has column names, but no row below them.", f"{name}只有列名，没有数据行。")
        )
    unnamed = [place for place, column in enumerate(frame.columns) if _is_empty(column)]
    held = [place for place in unnamed if not all(_is_empty(cell) for cell in frame.iloc[:, place])]
    if held:
        raise InputError(
            Text(
                f"{name}: column {held[0] + 1} has values, but no name in the first row; name it, or empty it.",
                f"{name}：第{held[0] + 1}列有取值，但首行没有列名；请补上列名或清空该列。",
            )
        )
    return frame.iloc[:, [place for place in range(frame.shape[1]) if place not in unnamed]]


def _case_column(frame: Any, asked: str | None, name: str) -> str:
    if asked is not None:
        if asked not in frame.columns:
            near = near_names(asked, map(str, frame.columns))
            raise UnknownNameError("column", asked, frame.columns, near)
        return asked
    for one in CASE_COLUMNS:
        if one in frame.columns:
            return one
    first = str(frame.columns[0])
    if all(_is_empty(cell) or _number(cell) is not None for cell in frame[first]):
        raise InputError(
            Text(
                f"{name}: no column is called case, and the first, {first}, holds numbers. Name the column that "
                "holds the names of the cases, or call it case.",
                f"{name}：没有名为case（案例）的列，而首列{first}均为数字。请指明案例名称所在的列，或将其命名为case。",
            )
        )
    return first


def _refuse_doubled(given: Any, name: str, en: str, zh: str) -> None:
    twice = list(dict.fromkeys(given))
    if twice:
        more = " ..." if len(twice) > 10 else ""
        raise InputError(
            Text(
                f"{name}: {en} that occur twice: {', '.join(twice[:10])}{more}.",
                f"{name}：重复的{zh}：{'、'.join(twice[:10])}{more}。",
            )
        )


def _cells(cells: Any, column: str, name: str, must: bool) -> Any:
    import numpy as np

    numbers = [np.nan if _is_empty(cell) else _number(cell) for cell in cells]
    wrong = [row for row, number in zip(cells.index, numbers, strict=True) if number is None]
    if not wrong:
        return np.array(numbers, dtype=float)
    if not must:
        return np.array([None if _is_empty(cell) else str(cell) for cell in cells], dtype=object)
    more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
    zh_more = f"（另有{len(wrong) - 1}处）" if len(wrong) > 1 else ""
    raise InputError(
        Text(
            f"{name}, row {wrong[0]}, column {column}: {cells[wrong[0]]!r} is no number{more}; write numbers with a "
            "decimal point and nothing else, and leave the cell empty for missing.",
            f"{name}，第{wrong[0]}行，{column}列：{cells[wrong[0]]!r}不是数字{zh_more}；请只写数字（小数点用“.”），缺失值请留空。",
        )
    )


def _nearly_numbers(cells: Any) -> bool:
    """Whether at least half of the cells of a column of texts would be numbers without their signs or units."""
    there = [str(cell) for cell in cells if cell is not None]
    return 2 * sum(_meant(cell) is not None for cell in there) >= len(there) > 0


def _meant(cell: str) -> float | None:
    """The number that a person may mean: full-width digits, thousands, percent and common units aside."""
    import unicodedata

    plain = unicodedata.normalize("NFKC", cell).strip().lstrip("<>≤≥~约¥$€£ ")
    return _number(plain.rstrip("%‰万亿元个人 ").replace(",", "").replace(" ", ""))


def _told_as_text(column: str, cells: list[tuple[str, Any]], name: str) -> Text:
    odd = [f"{case} ({cell})" for case, cell in cells if _number(cell) is None]
    more = len(odd) > 5
    return Text(
        f"{name}: {column} is read as text, not as numbers, because of {', '.join(odd[:5])}{' ...' if more else ''}. "
        "Write figures alone if numbers are meant.",
        f"{name}：{column}按文字而非数字读取，因为{'、'.join(odd[:5])}{'……' if more else ''}。若应为数字，请只写数字。",
    )


def _is_empty(cell: Any) -> bool:
    return cell is None or cell != cell or (isinstance(cell, str) and cell.strip().lower() in EMPTY)


def _number(cell: Any) -> float | None:
    """A cell as a finite number; None for what is none."""
    text = str(cell).strip()
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number - number == 0 and "_" not in text else None
