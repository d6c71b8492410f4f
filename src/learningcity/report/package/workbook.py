"""Workbooks: a read-me, one sheet a table, a dictionary; texts are texts and never formulas."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from learningcity.core import Text
from learningcity.report.package.sheet import words

if TYPE_CHECKING:
    from learningcity.report.package.sheet import Sheet

#: What a cell of a workbook can hold.
LONGEST_CELL = 32_767
#: Nothing of the day of writing stands in a file: the same tables give the same bytes.
MADE = datetime(2026, 1, 1)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RUNS_AS_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_WIDE = re.compile("[\u2e80-\uffff]")
READ_ME = Text("Read me", "说明")
DICTIONARY = Text("dictionary", "数据字典")
_HEADS = (
    Text("sheet", "工作表"),
    Text("column", "列"),
    Text("code of the column", "列代码"),
    Text("words from the list", "取值词表"),
    Text("code", "代码"),
    Text("word", "含义"),
)


class Book:
    """One workbook being written: formats, sheets with unlike names, cells that are what they are."""

    def __init__(self, title: str) -> None:
        from xlsxwriter import Workbook

        self.out = io.BytesIO()
        self.book = Workbook(
            self.out,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.book.set_properties(
            {"title": _NOT_IN_XML.sub("", title), "author": "learningcity", "created": MADE}
        )
        self.names: set[str] = set()
        self.head = self.book.add_format({"bold": True, "valign": "top", "bg_color": "#F2F2F2", "bottom": 1})
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        # Excel keeps such a text a text even when somebody edits the cell.
        self.quoted = self.book.add_format({"quote_prefix": True})
        self.linked = self.book.add_format({"underline": 1, "font_color": "#0563C1"})

    def add(self, name: str) -> Any:
        """Add a sheet under a name that a workbook can have and that is not taken."""
        plain = re.sub(r"[\\/?*\[\]:]", "-", name).strip("'")[:31] or "-"
        found, number = plain, 2
        while found.casefold() in self.names:
            found = f"{plain[:27]} {number}"
            number += 1
        self.names.add(found.casefold())
        return self.book.add_worksheet(found)

    def put(self, sheet: Any, row: int, column: int, value: Any, link: str | None = None) -> None:
        """Write one cell: a number as a number, everything else as text; a missing one not at all."""
        if value is None:
            return
        if hasattr(value, "item"):
            value = value.item()
        if isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(row, column, value)
            return
        text = plain_text(str(value))
        if link:
            sheet.write_url(row, column, link, self.linked, text)
        elif _RUNS_AS_FORMULA.match(text):
            sheet.write_string(row, column, text, self.quoted)
        else:
            sheet.write_string(row, column, text)

    def table(
        self,
        sheet: Any,
        heads: Sequence[str],
        rows: Sequence[Sequence[Any]],
        links: Mapping[int, Mapping[str, str]] | None = None,
    ) -> None:
        """Write a table: bold frozen head, filter, widths that fit; ``links`` by number of the column."""
        links = links or {}
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self.head)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                link = links[column].get(str(value)) if column in links and value is not None else None
                self.put(sheet, number, column, value, link)
        sheet.freeze_panes(1, 0)
        if heads and rows:
            sheet.autofilter(0, 0, len(rows), len(heads) - 1)
        for column, head in enumerate(heads):
            shown = [head, *(str(row[column]) for row in rows[:60] if row[column] is not None)]
            sheet.set_column(column, column, min(max(max(map(width, shown)) + 3, 9), 60))

    def lines(self, sheet: Any, lines: Iterable[str], width: int = 100) -> None:
        """Write lines of text below each other, the first as a title."""
        sheet.set_column(0, 0, width)
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, _NOT_IN_XML.sub("", line), self.wrapped if row else self.title)

    def bytes(self) -> bytes:
        """Close the workbook and give it."""
        self.book.close()
        return self.out.getvalue()


def plain_text(text: str) -> str:
    r"""Give a text as a cell can hold it: without control characters, and not longer than a cell.

    Examples
    --------
    >>> plain_text("a\x01b")
    'ab'
    """
    return _NOT_IN_XML.sub("", text)[:LONGEST_CELL]


def width(text: str) -> int:
    """How wide a text is in letters; a Chinese character takes two.

    Examples
    --------
    >>> width("law 法")
    6
    """
    return len(text) + len(_WIDE.findall(text))


def sheets_xlsx(
    title: str,
    sheets: Sequence[Sheet],
    language: str,
    lines: Sequence[str] = (),
    links: Mapping[str, str] | None = None,
) -> bytes:
    """Give tables as a workbook for people: read-me, one sheet a table, dictionary.

    Parameters
    ----------
    title
        What the workbook holds; the first line of the read-me.
    sheets
        The tables, the main one first; heads and words are in the language, numbers are numbers.
    language
        "en" or "zh".
    lines
        The other lines of the read-me: where it comes from, how it may be used.
    links
        Address by id of a source: cells of ``source_id`` that hold one become links.
    """
    book = Book(title)
    notes = [f"{s.title.in_(language)}{_COLON[language]}{s.note.in_(language)}" for s in sheets if s.note]
    book.lines(book.add(READ_ME.in_(language)), [title, *lines, *notes])
    for sheet in sheets:
        heads = [column.title.in_(language) for column in sheet.columns]
        sources = {n: links or {} for n, c in enumerate(sheet.columns) if c.code == "source_id"}
        book.table(book.add(sheet.title.in_(language)), heads, sheet.rows_in(language), sources)
    heads = [head.in_(language) for head in _HEADS]
    book.table(book.add(DICTIONARY.in_(language)), heads, _dictionary(sheets, language))
    return book.bytes()


_COLON = {"en": ": ", "zh": "："}


def _dictionary(sheets: Sequence[Sheet], language: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for sheet in sheets:
        for column in sheet.columns:
            first = (sheet.title.in_(language), column.title.in_(language), column.code)
            codes = _codes(sheet, column.code) if column.vocabulary else []
            rows += [
                (*first, column.vocabulary, code, words(column.vocabulary, code, language)) for code in codes
            ] or [(*first, column.vocabulary or None, None, None)]
    return rows


def _codes(sheet: Sheet, column: str) -> list[str]:
    """The codes that stand in a column, in order."""
    found = (str(value).split(";") for value in sheet.frame[column].dropna())
    return sorted({code for parts in found for code in parts})
