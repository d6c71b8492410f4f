"""The data dictionary and the empty workbook, both read off the schemas of the tables."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import learningcity as lc
from learningcity import Text

if TYPE_CHECKING:
    import pandas as pd

#: What users bring, in the order in which it is best filled in.
FOR_USERS = (
    "sources",
    "cities",
    "facts",
    "practices",
    "practice-codes",
    "members",
    "memberships",
    "awards",
    "indicators",
)
#: Rows of a template that get drop-downs.
PREPARED_ROWS = 500

READ_ME = (
    Text("Your own data for learningcity", "learningcity自有数据填报模板"),
    Text(
        "One sheet a table. Fill in what you have; leave the other sheets empty. Do not rename the heads.",
        "每个工作表对应一张数据表。按需填写，其余留空。请勿改动表头。",
    ),
    Text(
        "Begin with sources: every fact and practice names the id of its source.",
        "请先填写sources（来源）：每条事实数据和每项实践举措都须注明来源编号。",
    ),
    Text(
        "The note on each head says what the column means; columns with a closed list have a drop-down.",
        "表头批注说明各列含义；取值固定的列提供下拉选项。",
    ),
    Text(
        "An empty cell means not seen. Never write 0 for what you have not seen.",
        "空白表示未见公开资料。未见数据时请勿填0。",
    ),
    Text(
        "A row with an id that the atlas has replaces that row; take ids of your own for new rows, such as my-001.",
        "编号与图谱已有编号相同的行将替换原有行；新增行请使用自己的编号，如my-001。",
    ),
    Text(
        "Then: learningcity atlas add FILE --dry-run, and without --dry-run when nothing is wrong.",
        "填写后运行：learningcity atlas add 文件名 --dry-run；检查无误后去掉--dry-run再运行。",
    ),
)  # fmt: skip


def dictionary(language: str) -> pd.DataFrame:
    """Give one row a column of every table: meaning, type, whether required, allowed values."""
    import pandas as pd

    rows = []
    for name, schema in lc.atlas_schemas().items():
        leads = {r.field: " / ".join(f"{t}.{r.column}" for t in r.tables) for r in schema.references}
        for one in schema.fields:
            rows.append(
                {
                    "table": name,
                    "column": one.name,
                    "title": one.title.in_(language),
                    "description": one.description.in_(language),
                    "type": one.type,
                    "required": "yes" if one.required else "no",
                    "key": "yes" if one.name in schema.key else "no",
                    "values": ";".join(one.enum),
                    "leads_to": leads.get(one.name, ""),
                    "example": one.example,
                }
            )
    return pd.DataFrame(rows)


def template_workbook(language: str) -> bytes:
    """Give an empty workbook with one sheet a table, notes on the heads and drop-downs."""
    from openpyxl import Workbook

    book = Workbook()
    _write_read_me(book.active, language)
    lists = book.create_sheet("lists")
    lists.sheet_state = "hidden"
    for name in FOR_USERS:
        _write_table(book.create_sheet(name), lc.atlas_schemas()[name], lists, language)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_read_me(sheet: Any, language: str) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = "说明" if language == "zh" else "Read me"
    other = "en" if language == "zh" else "zh"
    for row, text in enumerate(READ_ME, 1):
        for column, one in enumerate((language, other), 1):
            cell = sheet.cell(row, column, text.in_(one))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=row == 1, size=14 if row == 1 else 11)
    row = len(READ_ME) + 2
    for name in FOR_USERS:
        schema = lc.atlas_schemas()[name]
        for column, one in enumerate((language, other), 1):
            cell = sheet.cell(row, column, f"{name} · {schema.title.in_(one)}: {schema.description.in_(one)}")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        row += 1
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 70


def _write_table(sheet: Any, schema: Any, lists: Any, language: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    for number, one in enumerate(schema.fields, 1):
        head = sheet.cell(1, number, one.name)
        head.font = Font(bold=True)
        # Shade beside the note: a required column must also be told apart in grey print.
        head.fill = PatternFill("solid", fgColor="D9E2EC" if one.required else "F4F4F4")
        head.comment = Comment(_note(one, language), "learningcity", height=200, width=320)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(len(one.name) + 4, 14)
        if one.type in ("string", "list", "date"):
            for row in range(2, PREPARED_ROWS + 2):  # text, so that 10-12 does not become a date
                sheet.cell(row, number).number_format = "@"
        values = _values(one)
        if values:
            _drop_down(sheet, lists, letter, values, one)
    sheet.freeze_panes = "A2"


def _note(one: Any, language: str) -> str:
    needed = Text("Required.", "必填。") if one.required else Text("May be empty.", "可留空。")
    parts = []
    for which in (language, "en" if language == "zh" else "zh"):
        parts.append(f"{one.title.in_(which)}: {one.description.in_(which)} {needed.in_(which)}")
        if one.enum and one.vocabulary:
            parts.append("; ".join(f"{c} = {lc.label(one.vocabulary, c, which)}" for c in one.enum))
    if one.example:
        parts.append(f"e.g. {one.example}")
    return "\n".join(parts)


def _values(one: Any) -> tuple[str, ...]:
    if one.name == "indicator_id":
        return tuple(lc.load_atlas().indicators["indicator_id"])
    return one.enum if one.type != "list" else ()


def _drop_down(sheet: Any, lists: Any, letter: str, values: tuple[str, ...], one: Any) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    column = (lists.max_column + 1) if lists.cell(1, 1).value else 1
    for row, value in enumerate(values, 1):
        number = one.type == "integer"
        lists.cell(row, column, int(value) if number else value)
    where = get_column_letter(column)
    rule = DataValidation(
        type="list", formula1=f"lists!${where}$1:${where}${len(values)}", allow_blank=not one.required
    )
    # A new indicator may be added in the same workbook, so that list advises and does not forbid.
    rule.errorStyle = "warning" if one.name == "indicator_id" else "stop"
    rule.showErrorMessage = True
    rule.error = f"{', '.join(values)}"[:220]
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{PREPARED_ROWS + 1}")
