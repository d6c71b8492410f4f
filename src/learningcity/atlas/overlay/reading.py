"""Read the tables that users bring, and mend what spreadsheets do to them on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from learningcity.atlas.load import atlas_schemas, table_name
from learningcity.core import NOT_TABLES, Field, Finding, InputError, Schema, Text, near_names, read_sheets

if TYPE_CHECKING:
    import pandas as pd

_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_MADE_A_DATE = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+)?\Z")
_WHOLE = re.compile(r"([+-]?\d+)\.0+\Z")


@dataclass(frozen=True)
class OwnTable:
    """One table of one file: its name, where it stands, its rows as strings by spreadsheet row."""

    name: str
    label: str
    frame: pd.DataFrame


def read_own_tables(files: Iterable[Path], notes: list[Text]) -> list[OwnTable]:
    """Read CSV and XLSX files as tables of the atlas.

    Parameters
    ----------
    files
        The files; a workbook may hold several tables, one a sheet.
    notes
        Collects in both languages what was read with an assumption.

    Raises
    ------
    InputError
        A file that cannot be read or holds no table of the atlas; the message names file and sheet.
    """
    tables: list[OwnTable] = []
    for file in files:
        if file.stem.casefold() in NOT_TABLES and file.suffix.lower() == ".csv":
            notes.append(
                Text(f"{file.name} explains and holds no rows; left out.", f"{file.name}为说明文件，已略过。")
            )
            continue
        sheets = read_sheets(file, notes)
        is_book = file.suffix.lower() != ".csv"
        found = []
        for title, frame in sheets.items():
            name = _table_of(title, tuple(str(c) for c in frame.columns))
            label = f"{file.name} [{title}]" if is_book else file.name
            if name is not None:
                found.append(OwnTable(name, label, _mended(frame, atlas_schemas()[name], label, notes)))
            elif is_book and len(sheets) > 1:
                notes.append(
                    Text(
                        f"{label}: not a table of the atlas; the sheet was left out.",
                        f"{label}：不是本图谱的数据表，已略过该工作表。",
                    )
                )
            else:
                raise _not_a_table(label, frame)
        if not found:
            raise InputError(
                Text(
                    f"{file.name} holds no table of the atlas. Name the sheets as the tables: "
                    f"{', '.join(atlas_schemas())}; `learningcity atlas template` makes an empty workbook.",
                    f"{file.name}中没有本图谱的数据表。工作表须以数据表命名：{'、'.join(atlas_schemas())}；"
                    "运行learningcity atlas template可得到空白模板。",
                )
            )
        tables += found
    return tables


def _table_of(title: str, columns: tuple[str, ...]) -> str | None:
    """Tell which table a sheet is: by its name, by the name behind a Chinese title, or by its columns."""
    last = title.strip().rpartition(" ")[2]
    if last in atlas_schemas():
        return last
    return table_name(title, columns)


def _not_a_table(label: str, frame: pd.DataFrame) -> InputError:
    columns = {str(c) for c in frame.columns}
    schemas = atlas_schemas()
    best = max(schemas.values(), key=lambda s: len(columns & set(s.columns)))
    if not columns & set(best.columns):
        return InputError(
            Text(
                f"{label}: row 1 holds no column name of any table. The first row must be the head; name the "
                f"file or sheet as its table: {', '.join(schemas)}.",
                f"{label}：第1行不含任何数据表的列名。首行须为表头，并以数据表命名文件或工作表：{'、'.join(schemas)}。",
            )
        )
    missing = [f.name for f in best.fields if f.required and not {f.name, f.pair} & columns]
    strange = sorted(columns - set(best.columns))
    near = {c: near_names(c, best.columns, 1) for c in strange}
    hints = "; ".join(f"{c} -> {n[0]}" for c, n in near.items() if n)
    return InputError(
        Text(
            f"{label}, row 1: most like the table {best.name}, but "
            f"missing: {', '.join(missing) or 'none'}; not known: {', '.join(strange) or 'none'}"
            f"{f' (perhaps {hints})' if hints else ''}. Mend the head, or name the file {best.name}.csv.",
            f"{label}，第1行：与数据表{best.name}最接近，但缺少：{'、'.join(missing) or '无'}；"
            f"未知的列：{'、'.join(strange) or '无'}{f'（或为{hints}）' if hints else ''}。"
            f"请改正表头，或将文件命名为{best.name}.csv。",
        )
    )


def _mended(frame: pd.DataFrame, schema: Schema, label: str, notes: list[Text]) -> pd.DataFrame:
    if frame.columns.has_duplicates:
        return frame
    full_width = 0
    columns = {}
    for name in frame.columns:
        values = frame[name]
        one = schema.by_name.get(name)
        if one is not None and is_code(one, schema):
            full_width += int(values.str.contains(_FULL_WIDTH).sum())
            values = values.map(lambda v, one=one: _plain(v, one)).astype("str")
        columns[name] = values
    if full_width:
        notes.append(
            Text(
                f"{label}: {full_width} cells with full-width characters were read as plain ones.",
                f"{label}：{full_width}个单元格含全角字符，已按半角读取。",
            )
        )
    return frame.assign(**columns)


def is_code(one: Field, schema: Schema) -> bool:
    """Tell whether a column holds numbers, ids or codes rather than text in a language."""
    if one.type != "string":
        return True
    linked = {r.field for r in schema.references}
    return bool(one.enum or one.pattern or one.name in linked or one.name in schema.key)


def _plain(value: str, one: Field) -> str:
    value = normalize("NFKC", value).strip() if _FULL_WIDTH.search(value) else value
    if one.type in ("integer", "year"):
        whole = _WHOLE.match(value)
        return whole.group(1) if whole else value
    if one.type == "list":
        return ";".join(part.strip() for part in value.rstrip("; ").split(";"))
    return value


def spoiled_by_dates(table: OwnTable) -> list[Finding]:
    """Find the cells that a spreadsheet has turned into dates, which the schema only calls wrong."""
    schema = atlas_schemas()[table.name]
    findings: list[Finding] = []
    if table.frame.columns.has_duplicates:
        return findings
    for name in table.frame.columns:
        one = schema.by_name.get(name)
        if one is None or one.type == "date" or not is_code(one, schema):
            continue
        for row, value in table.frame[name].items():
            if _MADE_A_DATE.match(value):
                findings.append(
                    Finding(
                        table.label, int(row), name, value,
                        Text(f"{value!r}: the spreadsheet has turned the cell into a date.", f"“{value}”：电子表格已将该单元格转成日期。"),
                        Text("Set the cell to the format Text and type the value again.", "请将该单元格格式设为“文本”后重新输入。"),
                    )
                )  # fmt: skip
    return findings


def relabelled(findings: Iterable[Finding], label: str) -> list[Finding]:
    """Name the file (and sheet) in findings, not only the table."""
    return [replace(f, table=label) for f in findings]
