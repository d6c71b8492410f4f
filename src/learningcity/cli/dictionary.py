"""The empty workbook for a user's own data, read off the schemas of the tables."""

from __future__ import annotations

import io
from typing import Any

import learningcity as lc
from learningcity import Text

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
        "The note on each head says what the column means; columns with a closed list have a drop-down. "
        "The sheet dictionary gives the words of every code in both languages.",
        "表头批注说明各列含义；取值固定的列提供下拉选项，选项为英文代码，其中文见工作表“数据字典”。",
    ),
    Text(
        "Of a text in two languages (name_en and name_zh, title_en and title_zh ...) one is enough.",
        "中英文成对的文字（如name_en与name_zh、title_en与title_zh）填一种即可。",
    ),
    Text(
        "The tier of a source follows the host of its address by a rule; leave it empty.",
        "来源等级由网址主机名按规则确定，tier列留空即可。",
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


def template_workbook(language: str) -> bytes:
    """Give an empty workbook with one sheet a table, notes on the heads and drop-downs."""
    from openpyxl import Workbook

    book = Workbook()
    _write_read_me(book.active, language)
    lists = book.create_sheet("lists")
    lists.sheet_state = "hidden"
    for name in FOR_USERS:
        schema = lc.atlas_schemas()[name]
        # The name of the table stands last: by it the sheet is recognised when it comes back.
        title = name if language == "en" else f"{schema.title.zh} {name}"
        _write_table(book.create_sheet(title), schema, lists, language)
    _write_codes(book.create_sheet("dictionary" if language == "en" else "数据字典"), language)
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
            cell = sheet.cell(row, column, _explained(f"{name} · {schema.title.in_(one)}", schema, one))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        row += 1
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 70


def _write_codes(sheet: Any, language: str) -> None:
    """Write one row a code of every closed list, with its words in both languages."""
    from openpyxl.styles import Font

    sheet.append([head.in_(language) for head in lc.CODE_HEADS.values()])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in lc.code_list(language, {name: lc.atlas_schemas()[name] for name in FOR_USERS}).itertuples():
        sheet.append(list(row)[1:])
    for letter, width in zip("ABCDEF", (18, 18, 24, 30, 34, 44), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


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
            _drop_down(sheet, lists, letter, values, one, language)
    sheet.freeze_panes = "A2"


def _note(one: Any, language: str) -> str:
    needed = Text("Required.", "必填。") if one.required else Text("May be empty.", "可留空。")
    if one.required and one.pair:
        needed = Text(
            f"Required: this or {one.pair}, one of the two languages is enough.",
            f"必填：本列与{one.pair}填一种语言即可。",
        )
    parts = []
    for which in (language, "en" if language == "zh" else "zh"):
        gap = " " if which == "en" else ""
        parts.append(f"{_explained(one.title.in_(which), one, which)}{gap}{needed.in_(which)}")
        if one.enum and one.vocabulary:
            parts.append(_listed(lc.code_words(one), which))
    if one.example:
        parts.append(Text(f"e.g. {one.example}", f"例如：{one.example}").in_(language))
    return "\n".join(parts)


def _explained(name: str, what: Any, language: str) -> str:
    """Give a name and the description of a table or column behind a colon of the language."""
    return f"{name}{': ' if language == 'en' else '：'}{what.description.in_(language)}"


def _listed(words: dict[str, Text], language: str) -> str:
    if language == "zh":
        return "；".join(f"{code} {word.zh}" for code, word in words.items())
    return "; ".join(f"{code} = {word.en}" for code, word in words.items())


def _prompt(one: Any, language: str) -> str:
    """Give the message beside a cell: the words of the codes, or where they stand; 255 characters at most."""
    listed = _listed(lc.code_words(one), language)
    where = Text("The words of the codes stand in the sheet dictionary.", "各代码的中文见工作表“数据字典”。")
    return listed if len(listed) <= 250 else where.in_(language)


def _values(one: Any) -> tuple[str, ...]:
    if one.name == "indicator_id":
        return tuple(lc.load_atlas().indicators["indicator_id"])
    return one.enum if one.type != "list" else ()


def _drop_down(sheet: Any, lists: Any, letter: str, values: tuple[str, ...], one: Any, language: str) -> None:
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
    rule.showErrorMessage = rule.showInputMessage = True
    rule.promptTitle, rule.prompt = one.title.in_(language)[:32], _prompt(one, language)
    rule.errorTitle = Text("Not in the list", "不在选项之中").in_(language)
    rule.error = Text("Choose one of: ", "请选用：").in_(language) + ", ".join(values)[:200]
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{PREPARED_ROWS + 1}")
