"""Read XLSX workbooks as frames of strings, and say where a workbook hides something."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learningcity.core.characters import without_blanks
from learningcity.core.errors import InputError
from learningcity.core.tables import (
    MAXIMUM_COLUMNS,
    NOT_TABLES,
    FileBytes,
    TableLimits,
    too_many_columns,
    too_many_rows,
)
from learningcity.core.text import Text

if TYPE_CHECKING:
    import pandas as pd

#: A workbook is a packed archive; one that unpacks to more than this is not a table of a person.
MAXIMUM_UNPACKED_BYTES = 200 * 1024 * 1024
MAXIMUM_ROWS = 500_000
#: Of all sheets together, empty ones between filled ones among them.
MAXIMUM_CELLS = 5_000_000
#: The mark of a formula, with or without a prefix of its namespace; text in UTF-16 is looked at closely.
_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?f[\s/>]|\A(?:\xff\xfe|\xfe\xff)")
_ERROR_VALUE = re.compile(r"#(REF|N/A|NAME\?|DIV/0|VALUE|NULL|NUM|SPILL|CALC|GETTING_DATA)[!]?\Z")


#: Of a workbook in memory, beside sheets and shared texts: elements that say how it looks. Ours have some thousands.
MAXIMUM_MARKS_OF_LOOKS = 60_000
#: Elements of a cell at most, its formula and a text of several parts among them.
MARKS_OF_A_CELL = 8
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_workbook(path: Path | FileBytes) -> dict[str, pd.DataFrame]:
    """Read every sheet that holds something; index = row number as the spreadsheet shows it.

    Raises
    ------
    InputError
        Not a workbook; a formula whose result was never saved; an error value such as ``#REF!``;
        a head with merged or empty cells. The message names sheet and cell.
    """
    limits = path.limits if isinstance(path, FileBytes) else None
    try:
        source = _honest(path) if isinstance(path, FileBytes) else path
        with_formulas = _holds_formulas(source, path.name)
        sheets = _cells(source, path.name, values=True, limits=limits)
        formulas = _cells(source, path.name, values=False, limits=limits) if with_formulas else {}
    except InputError:
        raise
    except Exception as error:  # openpyxl raises many kinds for a broken file
        raise InputError(
            Text(
                f"{path.name} cannot be read as an XLSX workbook ({type(error).__name__}). "
                "Open it in Excel or WPS and save it again.",
                f"{path.name}无法按XLSX工作簿读取，文件可能已损坏或并非工作簿。请用Excel或WPS打开后重新保存。",
            )
        ) from error
    frames = {}
    for title, rows in sheets.items():
        if title.casefold() in NOT_TABLES:
            continue
        frame = _frame(path.name, title, rows, formulas.get(title, {}))
        if frame is not None:
            frames[title] = frame
    return frames


def _honest(file: FileBytes) -> io.BytesIO:
    """Pack a workbook in memory anew, unpacked step by step within its limits.

    What an archive says of its sizes may be a lie, and to read it at one go would fill the memory.
    Sheets with more elements than the limits allow cells, a look of a hundred thousand parts and
    declarations that multiply themselves are refused before anything is made of them.
    """
    limits, left, parts, looks = file.limits, file.limits.unpacked, {}, 0
    most = MARKS_OF_A_CELL * limits.rows * limits.columns
    with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
        for one in packed.infolist():
            if not one.filename.lower().endswith((".xml", ".rels")):
                continue
            held = io.BytesIO()
            with packed.open(one) as member:
                while piece := member.read(64 * 1024):
                    left -= len(piece)
                    if left < 0:
                        raise _unpacks_too_far(file.name, limits.unpacked)
                    held.write(piece)
            content = held.getvalue()
            # In UTF-16 every other byte of a declaration is zero.
            if _DECLARES.search(content.replace(b"\x00", b"")):
                raise _too_intricate(file.name)
            marks = content.count(b"<")
            if one.filename.startswith("xl/worksheets/") or one.filename == "xl/sharedStrings.xml":
                if marks > most:
                    raise _too_many_cells(file.name, limits.rows * limits.columns)
            else:
                looks += marks
            parts[one.filename] = content
    if looks > MAXIMUM_MARKS_OF_LOOKS:
        raise _too_intricate(file.name)
    if sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in parts) > limits.sheets:
        raise InputError(
            Text(
                f"{file.name} has more than {limits.sheets} sheets. Give the sheets of values and of meanings alone.",
                f"{file.name}的工作表超过{limits.sheets}个。请只保留数据表与说明表。",
            )
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as anew:
        for name, content in parts.items():
            anew.writestr(name, content)
    return out


def _unpacks_too_far(name: str, most: int) -> InputError:
    limit = most // 1024**2
    return InputError(
        Text(
            f"{name} unpacks to more than {limit} MB. Split it.",
            f"{name}解压后超过{limit} MB，请拆分后再提交。",
        )
    )


def _too_intricate(name: str) -> InputError:
    return InputError(
        Text(
            f"{name}: the workbook holds more formats or declarations than a table needs. Copy the values alone into a "
            "new workbook, or save the table as CSV UTF-8.",
            f"{name}：工作簿中的格式或声明过多。请仅将数值粘贴到新的工作簿中，或另存为“CSV UTF-8”。",
        )
    )


def _holds_formulas(source: Path | io.BytesIO, name: str) -> bool:
    with zipfile.ZipFile(source) as packed:
        unpacked = sum(one.file_size for one in packed.infolist())
        if unpacked > MAXIMUM_UNPACKED_BYTES:
            raise _unpacks_too_far(name, MAXIMUM_UNPACKED_BYTES)
        names = [n for n in packed.namelist() if n.lower().endswith(".xml")]
        return any(_FORMULA.search(data) for data in map(packed.read, names))


def _cells(
    source: Path | io.BytesIO, file: str, *, values: bool, limits: TableLimits | None
) -> dict[str, dict[int, list[Any]]]:
    from openpyxl import load_workbook

    widest = limits.columns if limits else MAXIMUM_COLUMNS
    book = load_workbook(source, read_only=True, data_only=values, keep_links=False)
    try:
        found: dict[str, dict[int, list[Any]]] = {}
        left = min(MAXIMUM_CELLS, 8 * limits.rows * limits.columns) if limits else MAXIMUM_CELLS
        for sheet in book.worksheets:
            # The stored size of a sheet can claim millions of empty cells; the cells themselves do not.
            sheet.reset_dimensions()
            rows: dict[int, list[Any]] = {}
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
                left -= max(1, len(row))
                if left < 0:
                    raise _too_many_cells(file, MAXIMUM_CELLS)
                last = max((i for i, c in enumerate(row, 1) if c is not None and str(c).strip()), default=0)
                if last > widest:
                    raise too_many_columns(f"{file} [{sheet.title}]", last, widest)
                if last and number > MAXIMUM_ROWS:
                    raise _too_many_rows(file, sheet.title, number)
                if last and limits and len(rows) > limits.rows:
                    raise too_many_rows(f"{file} [{sheet.title}]", limits.rows)
                if last:
                    rows[number] = list(row[:last])
            title = sheet.title.strip()
            if title in found:
                raise _same_title(file, title)
            found[title] = rows
        return found
    finally:
        book.close()


def _too_many_cells(file: str, limit: int) -> InputError:
    return InputError(
        Text(
            f"{file} holds more than {limit:,} cells. Delete empty rows and columns with a format, or split it.",
            f"{file}超过{limit // 10_000}万个单元格。请删除仅有格式的空行空列，或拆分后再提交。",
        )
    )


def _too_many_rows(file: str, title: str, row: int) -> InputError:
    return InputError(
        Text(
            f"{file}, sheet {title}, row {row}: up to row {MAXIMUM_ROWS:,} is read. Split the sheet.",
            f"{file}，工作表“{title}”，第{row}行：最多读取{MAXIMUM_ROWS // 10_000}万行。请拆分该工作表。",
        )
    )


def _same_title(file: str, title: str) -> InputError:
    return InputError(
        Text(
            f"{file}: two sheets are named {title}; they differ by blanks alone. Rename one or join them.",
            f"{file}：有两个工作表均名为“{title}”，仅空格不同。请改名或合并。",
        )
    )


def _frame(
    file: str, title: str, rows: dict[int, list[Any]], formulas: dict[int, list[Any]]
) -> pd.DataFrame | None:
    import pandas as pd

    if not rows and not formulas:
        return None
    _refuse_unsaved(file, title, rows, formulas)
    _refuse_error_values(file, title, rows)
    numbers = list(rows)
    header = [cell_text(c) for c in rows[numbers[0]]]
    width = max((i for i, c in enumerate(header) if c), default=-1) + 1
    header = header[:width]
    body = [[cell_text(c) for c in rows[n][:width]] for n in numbers[1:]]
    body = [row + [""] * (width - len(row)) for row in body]
    _refuse_beside_the_head(file, title, rows, width)
    return pd.DataFrame(
        body, columns=header, index=pd.Index(numbers[1:], dtype="int64"), dtype="str"
    )  # fmt: skip


def _place(row: int, column: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column)}{row}"


def _refuse_unsaved(
    file: str, title: str, rows: dict[int, list[Any]], formulas: dict[int, list[Any]]
) -> None:
    for number, cells in formulas.items():
        for column, formula in enumerate(cells):
            values = rows.get(number, [])
            value = values[column] if column < len(values) else None
            is_formula = not isinstance(formula, str) or formula.startswith("=")
            if value is None and formula is not None and is_formula:
                place = _place(number, column + 1)
                raise InputError(
                    Text(
                        f"{file}, sheet {title}, cell {place}: a formula without a saved result. Open the "
                        "workbook in Excel or WPS, save it, or put the value in place of the formula.",
                        f"{file}，工作表“{title}”，单元格{place}：公式没有保存计算结果。"
                        "请用Excel或WPS打开并保存，或将公式改为数值。",
                    )
                )


def _refuse_error_values(file: str, title: str, rows: dict[int, list[Any]]) -> None:
    for number, cells in rows.items():
        for column, value in enumerate(cells):
            if isinstance(value, str) and _ERROR_VALUE.match(value.strip()):
                place = _place(number, column + 1)
                raise InputError(
                    Text(
                        f"{file}, sheet {title}, cell {place}: the error value {value}. "
                        "Mend the formula or empty the cell.",
                        f"{file}，工作表“{title}”，单元格{place}：出现错误值{value}。请改正公式或清空该单元格。",
                    )
                )


def _refuse_beside_the_head(file: str, title: str, rows: dict[int, list[Any]], width: int) -> None:
    numbers = list(rows)
    head = [cell_text(c) for c in rows[numbers[0]]]
    for column in range(max(len(rows[n]) for n in numbers)):
        if column < len(head) and head[column]:
            continue
        filled = [n for n in numbers[1:] if column < len(rows[n]) and cell_text(rows[n][column])]
        if filled or column < width:
            place = _place(numbers[0], column + 1)
            raise InputError(
                Text(
                    f"{file}, sheet {title}, cell {place}: the head of this column is empty. Every column "
                    "needs its name in the first row: undo merged cells and titles above the table.",
                    f"{file}，工作表“{title}”，单元格{place}：该列没有列名。"
                    "首行每一列都须有列名：请取消合并单元格，并删除表格上方的标题行。",
                )
            )


def cell_text(value: object) -> str:
    r"""Write a cell of a workbook as the text that a person sees; whole numbers without a tail.

    Examples
    --------
    >>> cell_text(2019.0), cell_text(None), cell_text(" 武汉\u3000"), cell_text(True)
    ('2019', '', '武汉', 'yes')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return without_blanks(without_blanks(str(value)).strip("\u200b\ufeff"))
