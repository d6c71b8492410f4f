"""Read tables as people write them (CSV, XLSX) and write them so that the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from learningcity.core.characters import without_blanks
from learningcity.core.errors import InputError
from learningcity.core.text import Text

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.core.contracts import Schema

#: Larger files are not tables that a person curates; reading them would only exhaust the memory.
MAXIMUM_BYTES = 50 * 1024 * 1024
#: No table of the atlas has a tenth of it.
MAXIMUM_COLUMNS = 200

#: Characters of a cell; a longer one is a quotation mark that nobody closed.
LONGEST_CELL = 131_072

#: Files and sheets of our own templates and exports that explain and hold no rows.
NOT_TABLES = (
    "read me", "readme", "说明", "dictionary", "数据字典", "lists", "codes", "代码", "own rows", "own-rows", "自有数据",
)  # fmt: skip


@dataclass(frozen=True)
class TableLimits:
    """How much of a file is read: what a person types by hand is far below, what would stop a server far above.

    Parameters
    ----------
    size
        Bytes of the file.
    rows, columns
        Of one table; the head is no row.
    unpacked
        Bytes of a workbook when it is unpacked.
    sheets
        Of a workbook, empty ones among them.
    """

    size: int = MAXIMUM_BYTES
    rows: int = 500_000
    columns: int = MAXIMUM_COLUMNS
    unpacked: int = 200 * 1024 * 1024
    sheets: int = 1000


@dataclass(frozen=True)
class FileBytes:
    """A file that is in memory alone; the readers of tables take it in the place of a path.

    Parameters
    ----------
    name
        What messages call it; its ending says what it is.
    content
        Its bytes.
    limits
        How much of it is read; beyond that it is refused.

    Examples
    --------
    >>> file = FileBytes("cities.csv", b"uCode,parks")
    >>> file.stem, file.suffix
    ('cities', '.csv')
    """

    name: str
    content: bytes
    limits: TableLimits = TableLimits()

    @property
    def suffix(self) -> str:
        """The ending of the name, with its dot."""
        return Path(self.name).suffix

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return Path(self.name).stem


def read_csv_text(text: str, name: str, limits: TableLimits = TableLimits()) -> pd.DataFrame:
    """Read CSV text as strings; index = row number as a spreadsheet shows it (header = 1).

    Raises
    ------
    InputError
        No header, a row with more or fewer cells than the header, or text that is not CSV.
    """
    import pandas as pd

    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            # Python's own limit is one for all; other libraries lift it.
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise _too_long(name, reader.line_num)
            if len(rows) > limits.rows and any(map(without_blanks, row)):
                raise too_many_rows(name, limits.rows)
            rows.append(row)
    except csv.Error as error:
        if "field larger" in str(error):
            raise _too_long(name, reader.line_num) from error
        raise InputError(
            Text(
                f"{name}, line {reader.line_num}: this is not readable as CSV ({error}). "
                "Save it again as CSV UTF-8.",
                f"{name}，第{reader.line_num}行：无法按CSV读取，可能是双引号不成对。请另存为“CSV UTF-8”后重试。",
            )
        ) from error
    if not rows or not any(map(without_blanks, rows[0])):
        raise InputError(
            Text(
                f"{name} is empty. The first row must hold the column names.",
                f"{name}为空。第一行须为列名。",
            )
        )
    header = [without_blanks(cell) for cell in rows[0]]
    if len(header) > limits.columns:
        raise too_many_columns(name, len(header), limits.columns)
    _refuse_other_separators(header, name)
    body, numbers = [], []
    for number, row in enumerate(rows[1:], start=2):
        cells = [without_blanks(cell) for cell in row]
        if not any(cells):
            continue
        if len(row) != len(header):
            raise InputError(
                Text(
                    f"{name}, row {number}: {len(row)} cells, but the header has {len(header)}. "
                    "Put texts that hold a comma between double quotes.",
                    f"{name}，第{number}行：有{len(row)}个单元格，而表头有{len(header)}个。含逗号的文字须加双引号。",
                )
            )
        body.append(cells)
        numbers.append(number)
    return pd.DataFrame(body, columns=header, index=pd.Index(numbers, dtype="int64"), dtype="str")


def _too_long(name: str, line: int) -> InputError:
    return InputError(
        Text(
            f"{name}, line {line}: a cell is far too long. "
            "Shorten it; an open quotation mark may have swallowed the rows behind it.",
            f"{name}，第{line}行：单元格过长。请缩短文字；也可能是缺少一个引号，把后面的行并入了该单元格。",
        )
    )


def too_many_columns(name: str, count: int, most: int = MAXIMUM_COLUMNS) -> InputError:
    """Say that a table has more columns than are read."""
    return InputError(
        Text(
            f"{name}: {count} columns; up to {most} are read. Delete those that hold no data.",
            f"{name}：共{count}列，上限为{most}列。请删除无数据的列。",
        )
    )


def too_many_rows(name: str, most: int) -> InputError:
    """Say that a table has more rows than are read."""
    return InputError(
        Text(
            f"{name}: more than {most:,} rows below the head; as many are read. Split the table.",
            f"{name}：表头以下超过{most:,}行，达到读取上限。请拆分数据表。",
        )
    )


def _refuse_other_separators(header: list[str], name: str) -> None:
    for mark, en, zh in ((";", "semicolons", "分号"), ("\t", "tabs", "制表符"), ("|", "bars", "竖线")):
        if len(header) == 1 and mark in header[0]:
            raise InputError(
                Text(
                    f"{name}, row 1: the columns are separated by {en}. Save the file as 'CSV UTF-8' "
                    "with commas, or give the XLSX workbook itself.",
                    f"{name}，第1行：各列以{zh}分隔。请另存为以逗号分隔的“CSV UTF-8”，或直接提供XLSX工作簿。",
                )
            )


def _unguarded(frame: pd.DataFrame) -> pd.DataFrame:
    from learningcity.core.people import unguard_text

    return frame.map(unguard_text)


def chinese_text(raw: bytes) -> str | None:
    """Decode GB 18030 where the bytes are surely Chinese text, else None.

    Nearly any bytes *can* be read as GB 18030, so Latin text with accents would become wrong Han
    characters; only text whose characters beyond ASCII are nearly all common ones is taken.

    Examples
    --------
    >>> chinese_text("武汉,学习型城市".encode("gbk"))
    '武汉,学习型城市'
    >>> chinese_text("Medellín,Ciudad de México".encode("latin-1")) is None
    True
    """
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    beyond = [c for c in text if ord(c) > 127]
    common = 0
    for char in beyond:
        try:
            common += len(char.encode("gb2312")) == 2
        except UnicodeEncodeError:
            continue
    return text if beyond and common >= 0.9 * len(beyond) else None


def _wide_encoding(raw: bytes) -> str | None:
    """Name UTF-16 or UTF-32 (what spreadsheets call Unicode text), seen by its mark or its zeros."""
    if raw.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "UTF-32"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    head = raw[:400]
    for here in (head[::2], head[1::2]):
        if len(head) >= 8 and here.count(0) > 0.7 * len(here) and head.count(0) < 0.6 * len(head):
            return "UTF-16"
    return None


def kind_of_special(path: Path) -> Text | None:
    """Say what stands at a path when it is neither a plain file nor nothing."""
    if path.is_symlink():
        return Text("a link", "链接")
    if path.is_dir():
        return Text("a folder", "文件夹")
    if path.exists() and not path.is_file():
        return Text("a pipe or a device", "管道或设备")
    return None


def decode(raw: bytes, name: str, notes: list[Text] | None = None) -> str:
    """Decode a text file as UTF-8 (with or without BOM); say how to mend another encoding.

    With ``notes``, Chinese text in GB 18030 (as older Excel saves it) is decoded too, and a note
    says so.
    """
    wide = _wide_encoding(raw)
    if wide is not None:
        raise InputError(
            Text(
                f"{name} is in {wide}. In Excel or WPS choose 'CSV UTF-8' when saving, or give the XLSX "
                "workbook itself.",
                f"{name}的编码为{wide}。请在Excel或WPS中另存为“CSV UTF-8”，或直接提供XLSX工作簿。",
            )
        )
    if b"\x00" in raw[:4096]:
        raise InputError(
            Text(
                f"{name} is not a text file. Give a CSV (UTF-8) or an XLSX workbook.",
                f"{name}不是文本文件。请提供CSV（UTF-8）或XLSX工作簿。",
            )
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        chinese = chinese_text(raw) if notes is not None else None
        if chinese is not None and notes is not None:
            notes.append(
                Text(
                    f"{name}: read as GB 18030, not UTF-8. Look whether the Chinese is right.",
                    f"{name}：按GB 18030（而非UTF-8）编码读取，请核对中文是否正确。",
                )
            )
            return chinese
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(
            Text(
                f"{name}, line {line}: the text is not UTF-8. "
                "In Excel or WPS choose 'CSV UTF-8' when saving, or give the XLSX workbook itself.",
                f"{name}，第{line}行：文字编码不是UTF-8。请在Excel或WPS中另存为“CSV UTF-8”，或直接提供XLSX工作簿。",
            )
        ) from error


def read_sheets(path: Path | FileBytes, notes: list[Text] | None = None) -> dict[str, pd.DataFrame]:
    """Read a CSV (one table, named by its file) or an XLSX (one table a sheet) as strings.

    Parameters
    ----------
    path
        The file, or its bytes. The apostrophe that guards a text against being run as a formula is taken
        away.
    notes
        A list that collects what was read with an assumption; with it, GB 18030 is read too.

    Raises
    ------
    InputError
        No such file, too large, neither CSV nor XLSX, or unreadable; the message says which.
    """
    file = path if isinstance(path, FileBytes) else None
    limits = file.limits if file is not None else TableLimits()
    size = len(file.content) if file is not None else _size_of(path)  # type: ignore[arg-type]
    if size > limits.size:
        limit = limits.size // 1024**2
        raise InputError(
            Text(
                f"{path.name} has {size / 1024**2:.1f} MB; up to {limit} MB are read. Split it.",
                f"{path.name}大小为{size / 1024**2:.1f} MB，上限为{limit} MB。请拆分后再提交。",
            )
        )
    if path.suffix.lower() == ".csv":
        raw = path.content if isinstance(path, FileBytes) else path.read_bytes()
        if raw.startswith(b"PK\x03\x04"):
            raise InputError(
                Text(
                    f"{path.name} is called .csv, but holds a workbook. Rename it to .xlsx, or save it as CSV UTF-8.",
                    f"{path.name}的扩展名为.csv，内容却是工作簿。请改名为.xlsx，或另存为“CSV UTF-8”。",
                )
            )
        text = decode(raw, path.name, notes)
        return {path.stem: _unguarded(read_csv_text(text, path.name, limits))}
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        from learningcity.core.workbooks import read_workbook

        return {title: _unguarded(frame) for title, frame in read_workbook(path).items()}
    raise InputError(
        Text(
            f"{path.name} is neither .csv nor .xlsx. Save the table in one of the two.",
            f"{path.name}既不是.csv也不是.xlsx，请另存为其中一种格式。",
        )
    )


def _size_of(path: Path) -> int:
    special = None if path.is_file() else kind_of_special(path)
    if special is not None:
        raise InputError(
            Text(
                f"{path} is {special.en}, not a file with a table. Give a CSV or XLSX file.",
                f"{path}是{special.zh}，不是数据表文件。请提供CSV或XLSX文件。",
            )
        )
    if not path.is_file():
        raise InputError(
            Text(f"There is no file {path}. Check the name.", f"文件{path}不存在，请检查文件名。")
        )
    return path.stat().st_size


def to_csv_text(frame: pd.DataFrame, columns: tuple[str, ...] | None = None) -> str:
    """Write a frame as CSV text: line feed endings, empty for missing, numbers without a needless tail."""
    import pandas as pd

    out = io.StringIO()
    plain = csv.writer(out, lineterminator="\n")
    # The reader takes a bare carriage return for the end of a row; the writer leaves it unquoted.
    quoted = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    names = list(columns or frame.columns)
    plain.writerow(names)
    for row in frame[names].itertuples(index=False, name=None):
        cells = ["" if v is None or v is pd.NA or v != v else format_number(v) for v in row]
        (quoted if any("\r" in c for c in cells) else plain).writerow(cells)
    return out.getvalue()


def format_number(value: object) -> str:
    """Write a number so that reading it gives the same number, without ``.0``; texts as they are.

    Examples
    --------
    >>> format_number(21858000.0), format_number(0.783), format_number("x")
    ('21858000', '0.783', 'x')
    """
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return repr(float(value))
    return str(value)


def read_built(package: str, name: str, schema: Schema) -> pd.DataFrame:
    """Read a built table that a package ships, typed by its schema."""
    from importlib import resources

    import pandas as pd

    kinds: dict[str, object] = {}
    for one in schema.fields:
        kinds[one.name] = {"number": "float64", "integer": "Int64", "year": "Int64"}.get(one.type, "str")
    with resources.files(package).joinpath("tables", f"{name}.csv").open("rb") as file:
        return pd.read_csv(file, dtype=kinds, keep_default_na=False, na_values=[""], encoding="utf-8")
