"""Files for people: CSV that Excel and WPS open rightly, workbooks, and no cell that runs as a formula.

A text that begins with ``=``, ``+``, ``-``, ``@`` or a tab would be run as a formula when a
spreadsheet opens it. Such a text gets a leading apostrophe; reading the file takes it away again.
Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learningcity.core.arguments import path_of
from learningcity.core.errors import InputError
from learningcity.core.tables import format_number, kind_of_special
from learningcity.core.text import Text

if TYPE_CHECKING:
    import pandas as pd

BOM = b"\xef\xbb\xbf"
_RUNS_AS_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: What a cell of a workbook can hold.
LONGEST_CELL = 32_767


def guard_text(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    Examples
    --------
    >>> guard_text("=1+1"), guard_text("-"), guard_text("law"), guard_text("'=1")
    ("'=1+1", "'-", 'law', "''=1")
    """
    return "'" + text if _RUNS_AS_FORMULA.match(text) else text


def unguard_text(text: str) -> str:
    """Take the apostrophe of :func:`guard_text` away again.

    Examples
    --------
    >>> [unguard_text(guard_text(t)) for t in ("=1+1", "law", "'=1", "'t Hooft")]
    ['=1+1', 'law', "'=1", "'t Hooft"]
    """
    return text[1:] if _GUARDED.match(text) else text


def is_empty(value: object) -> bool:
    """Tell whether a cell holds nothing: None, NaN, NA or NaT (an empty text is a text).

    Examples
    --------
    >>> is_empty(float("nan")), is_empty(None), is_empty(0), is_empty("")
    (True, True, False, False)
    """
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and value != value


def _cell(value: Any) -> Any:
    if is_empty(value):
        return None
    if isinstance(value, str):
        return guard_text(value)
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return guard_text(";".join(str(v) for v in value))
    return guard_text(str(value))


def _rows(frame: pd.DataFrame) -> list[list[Any]]:
    if frame.index.name is not None or frame.index.nlevels > 1:
        frame = frame.reset_index()
    head = [guard_text(str(c)) for c in frame.columns]
    return [head, *([_cell(v) for v in row] for row in frame.itertuples(index=False, name=None))]


def people_csv(frame: pd.DataFrame) -> bytes:
    r"""Give a frame as CSV bytes for people: UTF-8 with BOM, CRLF, safe cells, empty for missing.

    A named index becomes the first column.

    Examples
    --------
    >>> import pandas as pd
    >>> people_csv(pd.DataFrame({"city": ["武汉", "=x"], "n": [1.0, float("nan")]}))[3:].decode()
    "city,n\r\n武汉,1\r\n'=x,\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in _rows(frame):
        writer.writerow(["" if v is None else format_number(v) for v in row])
    return BOM + out.getvalue().encode("utf-8")


def people_xlsx(frames: Mapping[str, pd.DataFrame]) -> bytes:
    """Give frames as a workbook, one sheet each: bold frozen head, filter, texts never formulas."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, frame in frames.items():
        sheet = book.create_sheet(_sheet_name(name))
        for number, row in enumerate(_rows(frame), 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    _fill(sheet.cell(number, column), value)
        finish_sheet(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(cell: Any, value: Any) -> None:
    if isinstance(value, str):
        cell.value = _NOT_IN_XML.sub("", value)[:LONGEST_CELL]
        cell.data_type = "s"
    else:
        cell.value = value


def finish_sheet(sheet: Any) -> None:
    """Set head, filter and column widths of a sheet so that it reads well at once."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    if sheet.max_column and sheet.max_row > 1:
        sheet.auto_filter.ref = sheet.dimensions
    for column in range(1, (sheet.max_column or 0) + 1):
        head = sheet.cell(1, column)
        head.font = Font(bold=True)
        shown = [str(sheet.cell(row, column).value or "") for row in range(1, min(sheet.max_row, 60) + 1)]
        longest = max((sum(2 if ord(c) > 0x2E80 else 1 for c in t) for t in shown), default=8)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, 8), 60)
        head.alignment = Alignment(vertical="top")


def _sheet_name(name: str) -> str:
    return re.sub(r"[\\/?*\[\]:]", "-", name)[:31]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, also when the power goes.

    A file that is there keeps its mode.

    Raises
    ------
    InputError
        ``path`` is a link, a folder, a pipe or a device: replacing it would be no writing.
    OSError
        The disk refused; the error names ``path``.
    """
    special = kind_of_special(path)
    if special is not None:
        raise InputError(
            Text(
                f"{path} is {special.en}, not a plain file; it is not replaced. Name another file.",
                f"{path}是{special.zh}，不是普通文件，不予替换。请指定其他文件。",
            )
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    try:
        _write_aside(path, content, mode)
    except OSError as error:
        error.filename, error.filename2 = str(path), None  # not the name of the draft beside it
        raise


def write_examples(package: str, names: Sequence[str], folder: str | PathLike[str]) -> tuple[Path, ...]:
    """Write the example files that lie in ``example/`` of a package of ours into a folder.

    Parameters
    ----------
    package
        Such as ``learningcity.index``.
    names
        The files.
    folder
        Made where it is not there; files of these names are never replaced.

    Raises
    ------
    InputError
        One of the files is there already; nothing is written then.
    """
    from importlib import resources

    target = path_of(folder)
    files = tuple(target / name for name in names)
    there = [str(f) for f in files if f.exists()]
    if there:
        raise InputError(
            Text(
                f"{', '.join(there)} is there already; name another folder.",
                f"{'、'.join(there)}已存在，请指定其他文件夹。",
            )
        )
    shipped = resources.files(package).joinpath("example")
    for file in files:
        write_whole(file, shipped.joinpath(file.name).read_bytes())
    return files


def _write_aside(path: Path, content: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
