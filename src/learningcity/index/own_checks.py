"""What may be wrong with a table that a person brings, each fault with file, sheet, row and cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import Text
from learningcity.index.cells import is_blank, is_empty, number
from learningcity.index.structure import RESERVED, TYPES, Structure
from learningcity.index.tables import NUMBERS
from learningcity.index.value_files import remedy

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

#: A code stands in addresses; a longer one is a sentence.
LONGEST_CODE = 60
NEEDED = ("Level", "iCode", "Parent", "Type")


@dataclass(frozen=True)
class Sheet:
    """A sheet as texts, and how its cells are named to people.

    Parameters
    ----------
    file, where
        Name of the file; file and, in a workbook, sheet in both languages.
    frame
        Texts; index = row as a spreadsheet shows it.
    letters
        Column -> its letter.
    """

    file: str
    where: Text
    frame: pd.DataFrame
    letters: dict[str, str]

    @classmethod
    def of(cls, file: Any, title: str, frame: pd.DataFrame) -> Sheet:
        """Name a sheet of a file; a CSV has no sheets."""
        where = Text(file.name, file.name)
        if file.suffix.lower() != ".csv":
            where = Text(f"{file.name}, sheet {title}", f"{file.name}，工作表“{title}”")
        heads = [str(c).strip() for c in frame.columns]
        return cls(
            file.name, where, frame.set_axis(heads, axis=1), {h: letter(n) for n, h in enumerate(heads, 1)}
        )

    def renamed(self, old: str, new: str) -> Sheet:
        """The same with a column under another name."""
        letters = {new if head == old else head: found for head, found in self.letters.items()}
        return Sheet(self.file, self.where, self.frame.rename(columns={old: new}), letters)

    def cell(self, column: str, row: Any = 1) -> str:
        """A cell as a spreadsheet names it: C5."""
        return f"{self.letters[column]}{row}"

    def at(self, column: str, row: Any) -> Text:
        """File, sheet, row and cell."""
        cell = self.cell(column, row)
        return Text(
            f"{self.where.en}, row {row}, cell {cell} (column {column})",
            f"{self.where.zh}，第{row}行，单元格{cell}（{column}列）",
        )

    def wrong_heads(self) -> list[Text]:
        """Heads that are empty or occur twice."""
        heads, problems = [str(c) for c in self.frame.columns], []
        for number_, head in enumerate(heads):
            cell = f"{letter(number_ + 1)}1"
            if not head:
                problems.append(
                    Text(
                        f"{self.where.en}, row 1, cell {cell}: the head of this column is empty. Name the column or delete it.",
                        f"{self.where.zh}，第1行，单元格{cell}：该列没有列名。请补充列名或删除该列。",
                    )
                )
            elif head in heads[:number_]:
                first = f"{letter(heads.index(head) + 1)}1"
                problems.append(
                    Text(
                        f"{self.where.en}, row 1, cell {cell}: the column {head} stands in {first} already. Rename or delete one.",
                        f"{self.where.zh}，第1行，单元格{cell}：{head}列与{first}重复。请改名或删除其一。",
                    )
                )
        return problems


def letter(number_: int) -> str:
    """The letter of a column from 1.

    Examples
    --------
    >>> letter(1), letter(26), letter(27), letter(200)
    ('A', 'Z', 'AA', 'GR')
    """
    found = ""
    while number_:
        number_, rest = divmod(number_ - 1, 26)
        found = chr(65 + rest) + found
    return found


def wrong_codes(rows: Sheet) -> list[Text]:
    """Units without a code, twice the same, or with one that no address holds; and such codes of columns."""
    problems: list[Text] = []
    seen: dict[str, Any] = {}
    for row, cell in rows.frame["uCode"].items():
        code, at = str(cell).strip(), rows.at("uCode", row)
        if not code:
            problems.append(
                Text(f"{at.en}: the code of the unit is empty. Fill it in, or delete the row.",
                     f"{at.zh}：单位代码为空。请补充代码或删除该行。")
            )  # fmt: skip
        elif code in seen:
            problems.append(_twice(at, code, seen[code], "Time" in rows.frame.columns))
        elif len(code) > LONGEST_CODE:
            problems.append(_too_long(at, len(code)))
        seen.setdefault(code, row)
    for code in rows.frame.columns:
        if len(code) > LONGEST_CODE:
            problems.append(_too_long(rows.at(code, 1), len(code)))
        elif code in RESERVED and code not in ("uCode", "uName", "Time"):
            at = rows.at(code, 1)
            problems.append(
                Text(f"{at.en}: the program uses this name itself. Rename the column.",
                     f"{at.zh}：此名称为程序保留，请为该列改名。")
            )  # fmt: skip
    return problems


def _twice(at: Text, code: str, first: Any, years: bool) -> Text:
    en = (
        "Keep one year of each unit"
        if years
        else "Give each unit a code of its own, or delete one of the rows"
    )
    zh = "请每个单位只保留一个年份" if years else "请为各单位使用不同代码，或删除其中一行"
    return Text(
        f"{at.en}: the code {code!r} stands in row {first} already. {en}.",
        f"{at.zh}：代码“{code}”与第{first}行重复。{zh}。",
    )


def _too_long(at: Text, length: int) -> Text:
    return Text(
        f"{at.en}: a code of {length} characters; up to {LONGEST_CODE} are taken. Shorten it.",
        f"{at.zh}：代码有{length}个字符，上限为{LONGEST_CODE}个，请缩短。",
    )


def wrong_cells(rows: Sheet, codes: Iterable[str], *, empty: Iterable[str]) -> list[Text]:
    """Cells that are no finite numbers, and columns of ``empty`` without a single value."""
    problems, filled = [], set(empty)
    for code in codes:
        wrong = [(row, cell) for row, cell in rows.frame[code].items() if number(cell) is None]
        for row, cell in wrong:
            at, told = rows.at(code, row), remedy(cell)
            shown = cell if len(str(cell)) < 40 else f"{str(cell)[:40]}…"
            problems.append(
                Text(
                    f"{at.en}: {shown!r} is no number; {told.en}.", f"{at.zh}：“{shown}”不是数字；{told.zh}。"
                )
            )
        if code in filled and not wrong and all(map(is_empty, rows.frame[code])):
            at = rows.at(code, 1)
            problems.append(
                Text(
                    f"{at.en}: no row below holds a value. Fill the column in, or delete it here and in the structure.",
                    f"{at.zh}：以下各行均无数值。请补充数据，或在此表与指标说明表中一并删除。",
                )
            )
    return problems


def missing_columns(rows: Sheet, structure: Structure, meanings: Sheet) -> list[Text]:
    """Indicators and denominators of the structure that the table of values does not have."""
    at = {str(code).strip(): row for row, code in meanings.frame["iCode"].items()}
    problems = []
    wanted = (*structure.indicators, *(n.code for n in structure.others if n.kind == "Denominator"))
    for code in wanted:
        if code not in rows.frame.columns:
            place = meanings.at("iCode", at.get(code, 1))
            problems.append(
                Text(
                    f"{place.en}: {code} has no column in {rows.where.en}. Add the column, or delete this row.",
                    f"{place.zh}：{code}在{rows.where.zh}中没有对应列。请添加该列，或删除此行。",
                )
            )
    return problems


def wrong_meanings(meanings: Sheet) -> list[Text]:
    """Cells of the structure that cannot be read; what holds across rows is left to the structure itself."""
    frame, where = meanings.frame, meanings.where
    problems = meanings.wrong_heads()
    missing = [c for c in NEEDED if c not in frame.columns]
    if missing:
        problems.append(
            Text(
                f"{where.en}, row 1: the structure lacks the columns {', '.join(missing)}. learningcity index template "
                "writes an example.",
                f"{where.zh}，第1行：指标说明表缺少列{'、'.join(missing)}。learningcity index template可生成示例。",
            )
        )
    if problems:
        return problems
    codes = {str(c).strip(): row for row, c in reversed(list(frame["iCode"].items()))}
    for row, cells in zip(frame.index, frame.to_dict("records"), strict=True):
        problems += _row(meanings, row, cells, codes)
    return problems


def _row(meanings: Sheet, row: Any, cells: dict[str, Any], codes: dict[str, Any]) -> list[Text]:
    problems = []

    def say(column: str, en: str, zh: str) -> None:
        at = meanings.at(column, row)
        problems.append(Text(f"{at.en}: {en}", f"{at.zh}：{zh}"))

    code, parent, kind = (str(cells[c]).strip() for c in ("iCode", "Parent", "Type"))
    if not code:
        say("iCode", "the code is empty. Fill it in, or delete the row.", "代码为空。请补充代码或删除该行。")
    elif codes[code] != row:
        say("iCode", f"the code {code!r} stands in row {codes[code]} already. Rename or delete one.",
            f"代码“{code}”与第{codes[code]}行重复。请改名或删除其一。")  # fmt: skip
    if kind not in TYPES:
        say("Type", f"{kind!r} is none of {', '.join(TYPES)}.", f"“{kind}”不在{'、'.join(TYPES)}之列。")
    elif kind in ("Indicator", "Aggregate") and not is_empty(parent) and parent not in codes:
        say("Parent", f"{parent!r} is no iCode of this table. Add a row for it, or mend the name.",
            f"“{parent}”不是本表中的iCode。请添加该行或改正名称。")  # fmt: skip
    below = str(cells.get("Denominator") or "").strip()
    if not is_empty(below) and below not in codes:
        say("Denominator", f"{below!r} is no iCode of this table. Add a row of Type Denominator for it.",
            f"“{below}”不是本表中的iCode。请为其添加Type为Denominator的行。")  # fmt: skip
    for column in NUMBERS:
        cell = cells.get(column)
        if column == "Reference" or is_blank(cell) or number(cell) is not None:
            continue
        say(column, f"{cell!r} is no number; {remedy(cell).en}.", f"“{cell}”不是数字；{remedy(cell).zh}。")
    return problems
