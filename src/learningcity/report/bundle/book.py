"""A document as a workbook: read-me, contents, findings, every table, the numbers of figures, sources, dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from learningcity.report.bundle import told, words
from learningcity.report.bundle.cells import NOTHING, TypedCell
from learningcity.report.bundle.grids import Grid, grids, source_numbers, text, unit_words, whole
from learningcity.report.document import Document
from learningcity.report.html.inline import spans, web_address
from learningcity.report.package import notices
from learningcity.report.package.workbook import Book, plain_text, width

#: A spreadsheet opens no longer address.
LONGEST_ADDRESS = 2079
#: Rows above the head of a table: its caption, the way back, an empty one.
ABOVE = 3
_WIDEST, _NARROWEST = 60, 8
#: From this width on texts are broken over lines.
_BROKEN = 45


def write(document: Document) -> bytes:
    """Write a document as a workbook; the same document gives the same bytes."""
    return _Writer(document).bytes()


class _Writer:
    """Writes the sheets; numbers with their formats, texts never as formulas."""

    def __init__(self, document: Document) -> None:
        self.document, self.language = document, document.language
        self.grids = grids(document)
        self.numbers = source_numbers(document)
        self.book = Book(document.title.in_(self.language))
        # Excel keeps a quoted text a text also when somebody edits the cell.
        add = self.book.book.add_format
        text_of: dict[str, Any] = {"quote_prefix": True, "valign": "top"}
        head = {**text_of, "bold": True, "bg_color": "#F2F2F2", "bottom": 1, "top": 1, "text_wrap": True}
        self.title = add({**text_of, "bold": True, "font_size": 14})
        self.caption = add({**text_of, "bold": True, "font_size": 12})
        self.part = add({**text_of, "bold": True})
        self.quoted = add({**text_of, "text_wrap": True})
        self.back = add({**text_of, "underline": 1, "font_color": "#0563C1"})
        self.head, self.head_right = add(head), add({**head, "align": "right"})
        self.styles: dict[str, Any] = {}
        self.sheets: dict[str, Any] = {}

    def bytes(self) -> bytes:
        """All sheets, as a file."""
        read_me = self._add(words.READ_ME.in_(self.language))
        contents = self._add(words.CONTENTS.in_(self.language))
        for grid in self.grids:
            self.sheets[grid.name] = self._add(grid.title.in_(self.language))
        dictionary = self._add(words.DICTIONARY.in_(self.language))
        made = self._add(words.MADE.in_(self.language)) if self.document.manifest else None
        self._read_me(read_me)
        self._contents(contents, contents.get_name())
        for grid in self.grids:
            self._grid(self.sheets[grid.name], grid, contents.get_name())
        self._list(dictionary, ("sheet", "column", "column_code", "type", "unit"), self._dictionary())
        if made is not None:
            rows = [
                (text(name), _any(value)) for name, value in told.manifest_entries(self.document.manifest)
            ]
            self._list(made, ("entry", "held"), rows)
        return self.book.bytes()

    def _add(self, name: str) -> Any:
        sheet = self.book.add(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    # --- sheets ------------------------------------------------------------------------------------

    def _read_me(self, sheet: Any) -> None:
        document, language = self.document, self.language
        said = {
            "what": [document.subtitle.in_(language), words.WHAT.in_(language), words.NUMBERS.in_(language)],
            "limits": told.limits(document),
            "versions": [told.version_line(document)],
            "cite": [told.cite_line(document), *notices.citations(language)],
            "licence": [notices.LICENCE.in_(language)],
        }
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 110)
        self._text(sheet, 0, 0, document.title.in_(language), self.title)
        row = 2
        for name, lines in said.items():
            self._text(sheet, row, 0, words.PARTS[name].in_(language), self.part)
            for line in lines:
                self._text(sheet, row, 1, line, self.quoted)
                row += 1
            row += 1

    def _contents(self, sheet: Any, name: str) -> None:
        rows = []
        for grid in self.grids:
            caption = "" if grid.kind not in ("table", "figure") else grid.caption.in_(self.language)
            section = grid.section.in_(self.language) if grid.section else ""
            rows.append((text(grid.title.in_(self.language)), text(caption), text(section), whole(len(grid.rows))))  # fmt: skip
        self._list(sheet, ("sheet", "caption", "section", "rows"), rows)
        for number, grid in enumerate(self.grids, 1):
            target = self._place(self.sheets[grid.name].get_name())
            sheet.write_url(number, 0, target, self.back, grid.title.in_(self.language))

    def _grid(self, sheet: Any, grid: Grid, contents: str) -> None:
        language = self.language
        named = grid.title.in_(language)
        gap = ". " if language == "en" else "　"
        full = f"{named}{gap}{grid.caption.in_(language)}" if grid.kind in ("table", "figure") else named
        self._text(sheet, 0, 0, full + self._marks(grid.marks), self.caption)
        sheet.write_url(1, 0, self._place(contents), self.back, words.BACK.in_(language))
        heads = [one.title.in_(language) for one in grid.columns]
        numeric = [one.type in ("integer", "number", "year") for one in grid.columns]
        rows = [list(row) for row in grid.rows]
        if grid.cites:
            heads, numeric = [*heads, words.SOURCES.in_(language)], [*numeric, False]
            rows = [[*row, text(self._numbers(ids))] for row, ids in zip(rows, grid.cited, strict=True)]
        links = self._links(grid)
        self._table(sheet, heads, numeric, rows, ABOVE, links)
        row = ABOVE + len(rows) + 2
        for line in self._below(grid):
            self._text(sheet, row, 0, line, self._style(""))
            row += 1

    def _below(self, grid: Grid) -> list[str]:
        colon = ": " if self.language == "en" else "："
        void = any(cell.value is None for row in grid.rows for cell in row)
        lines = [*grid.notes, *([notices.EMPTY.in_(self.language)] if void else [])]
        if grid.how is not None:
            held = {
                "method": grid.how.method.in_(self.language), "code": grid.how.code, "command": grid.how.command,
                "seed": "" if grid.how.seed is None else str(grid.how.seed),
            }  # fmt: skip
            for name, said in held.items():
                lines += [f"{words.HEADS[name].in_(self.language)}{colon}{line}" if not n else line for n, line in enumerate(said.splitlines())]  # fmt: skip
        return lines

    def _links(self, grid: Grid) -> dict[tuple[int, int], str]:
        """Where cells lead: sources to their pages where that may be, names of sources to their row."""
        found = {}
        if grid.kind == "sources":
            at = [one.code for one in grid.columns].index("address")
            for n, source_id in enumerate(self.numbers):
                one = self.document.sources[source_id]
                if one.linked and web_address(one.address):
                    found[(n, at)] = one.address.strip()
            return found
        sources = self.sheets["sources"].get_name()
        for n, row in enumerate(grid.rows):
            for m, cell in enumerate(row):
                if cell.link is not None and cell.link.kind == "source" and cell.link.to in self.numbers:
                    found[(n, m)] = self._place(sources, ABOVE + self.numbers[cell.link.to])
        return found

    def _dictionary(self) -> list[tuple[TypedCell, ...]]:
        language = self.language
        rows: list[tuple[TypedCell, ...]] = []
        for grid in self.grids:
            sheet = text(self.sheets[grid.name].get_name())
            for one in grid.columns:
                unit = words.BY_ROW.in_(language) if one.by_row else unit_words(one.unit, language)
                kind = words.TYPES[one.type].in_(language)
                rows.append((sheet, text(one.title.in_(language)), text(one.code), text(kind), text(unit)))
        return rows

    # --- cells -------------------------------------------------------------------------------------

    def _list(self, sheet: Any, codes: Sequence[str], rows: Sequence[Sequence[TypedCell]]) -> None:
        heads = [words.HEADS[code].in_(self.language) for code in codes]
        self._table(sheet, heads, [code == "rows" for code in codes], rows, 0, {})

    def _table(self, sheet: Any, heads: Sequence[str], numeric: Sequence[bool], rows: Sequence[Sequence[TypedCell]], top: int, links: dict[tuple[int, int], str]) -> None:  # fmt: skip
        for n, head in enumerate(heads):
            self._text(sheet, top, n, head, self.head_right if numeric[n] else self.head)
        for number, row in enumerate(rows):
            for n, cell in enumerate(row):
                self._cell(sheet, top + 1 + number, n, cell, links.get((number, n)))
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        if heads and rows:
            sheet.autofilter(top, 0, top + len(rows), len(heads) - 1)
        for n, head in enumerate(heads):
            widest = max((width(row[n].shown) for row in rows), default=0)
            least = min(width(head), 18)
            sheet.set_column(n, n, min(max(widest, least, _NARROWEST) + 3, _WIDEST))

    def _cell(self, sheet: Any, row: int, column: int, cell: TypedCell, link: str | None) -> None:
        if cell.value is None:
            return
        if not isinstance(cell.value, str):
            sheet.write_number(row, column, cell.value, self._style(cell.style))
            return
        if link is not None and len(link) <= LONGEST_ADDRESS:
            sheet.write_url(row, column, link, self.back, plain_text(cell.value))
            return
        self._text(
            sheet, row, column, cell.value, self.quoted if width(cell.value) > _BROKEN else self._style("")
        )

    def _text(self, sheet: Any, row: int, column: int, said: str, style: Any) -> None:
        sheet.write_string(row, column, plain_text(said), style)

    def _style(self, form: str) -> Any:
        """A number format; "" for texts, which stay texts when somebody edits the cell."""
        if form not in self.styles:
            held = {"num_format": form} if form else {"quote_prefix": True}
            self.styles[form] = self.book.book.add_format({**held, "valign": "top"})
        return self.styles[form]

    def _marks(self, ids: tuple[str, ...]) -> str:
        return f" [{self._numbers(ids)}]" if ids else ""

    def _numbers(self, ids: Sequence[str]) -> str:
        pairs = spans(sorted({self.numbers[one] for one in ids}))
        return ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in pairs)

    @staticmethod
    def _place(sheet: str, row: int = 0) -> str:
        name = sheet.replace("'", "''")
        return f"internal:'{name}'!A{row + 1}"


def _any(value: Any) -> TypedCell:
    if value is None:
        return NOTHING
    return text(value) if isinstance(value, str) else TypedCell(value, str(value), "number", style="General")
