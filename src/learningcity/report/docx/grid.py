"""Tables: three lines, heads on every page, as wide as their words ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from learningcity.report.docx import xml
from learningcity.report.docx.styles import ROOM
from learningcity.report.html.inline import text
from learningcity.report.tables.laid import width
from learningcity.report.tables.word import THREE_LINES

#: Size of the font in tables, in points.
SIZE = 9.0
#: Room beside the text of a cell, both sides together, in points.
_BESIDE = 9.0
#: Lines of one row from which on a table with several columns of text goes on a page that lies.
_TALL = 9
#: Where a line may break: at blanks, between Chinese characters, after a hyphen or a stroke.
_BREAK = re.compile(r"[\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|(?<=[-/])")
#: Points of a half-width sign.
_SIGN = 0.53 * SIZE
#: Rows up to which a table stays on one page.
SMALL = 9


@dataclass(frozen=True)
class Grid:
    """A table as it is set.

    Parameters
    ----------
    title
        Told to who cannot see the table.
    heads, numeric
        Titles of the columns, and whether they hold numbers.
    plain
        The cells as they are read.
    cells
        The cells as runs.
    """

    title: str
    heads: tuple[str, ...]
    numeric: tuple[bool, ...]
    plain: Sequence[Sequence[str]]
    cells: Sequence[Sequence[str]]

    @property
    def lies(self) -> bool:
        """Whether an upright page is too narrow for it."""
        if sum(self._least()) > ROOM[False] / 20:
            return True
        wide = self.widths(False)
        lines = [max(w / (at - _BESIDE) for w, at in zip(row, wide, strict=True)) for row in self._texts()]
        return len(self.heads) > 4 and max(lines, default=0) > _TALL

    def _texts(self) -> list[list[float]]:
        """How wide each cell is on one line."""
        return [[_SIGN * width(one) for one in row] for row in self.plain]

    def _least(self) -> list[float]:
        """What each column takes so that no word is broken."""
        columns = [[head, *(row[n] for row in self.plain)] for n, head in enumerate(self.heads)]
        return [max(_word(one) for one in column) + _BESIDE for column in columns]

    def widths(self, lies: bool) -> list[float]:
        """The width of each column in points: as its words need, and the rest so that rows are low.

        The sum of squared lines of all cells is least where widths go with the cube root of the squared
        lengths of the texts; each keeps between its longest word and its longest text.
        """
        room = ROOM[lies] / 20
        least = self._least()
        if sum(least) >= room:
            return [room * one / sum(least) for one in least]
        texts = [[_SIGN * width(head) for head in self.heads], *self._texts()]
        columns = list(zip(*texts, strict=True))
        most = [max(low, max(column) + _BESIDE + 1) for low, column in zip(least, columns, strict=True)]
        if sum(most) <= room:
            return most
        wish = [sum(w * w for w in column) ** (1 / 3) for column in columns]

        def given(scale: float) -> list[float]:
            return [
                min(high, max(low, scale * one)) for low, high, one in zip(least, most, wish, strict=True)
            ]

        low, high = 0.0, room * 10
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if sum(given(middle)) <= room else (low, middle)
        return given(low)


def _word(shown: str) -> float:
    """How wide the longest piece of a text is that is not broken; of Chinese, four characters stay together."""
    pieces = [width(one) for one in _BREAK.split(shown)]
    asian = min(width(shown), 8) if _BREAK.search(shown) and not shown.isascii() else 0
    return _SIGN * max(asian, *pieces)


def table(one: Grid, language: str, lies: bool = False) -> str:
    """Write a table."""
    columns = [round(20 * wide) for wide in one.widths(lies)]
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in columns)
    heads = [xml.run(head, language) for head in one.heads]
    together = len(one.cells) <= SMALL
    last = len(one.cells) - 1
    body = "".join(
        _row(row, columns, one.numeric, together and n < last, False) for n, row in enumerate(one.cells)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{THREE_LINES}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val="{text(one.title)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_row(heads, columns, one.numeric, True, True)}{body}</w:tbl>"
    )


def _row(
    cells: Sequence[str], columns: Sequence[int], numeric: Sequence[bool], keep: bool, head: bool
) -> str:
    found = []
    for inside, wide, number in zip(cells, columns, numeric, strict=True):
        style = "TableHead" if head else "TableNumber" if number else "TableCell"
        more = "<w:keepNext/>" if keep else ""
        side = '<w:jc w:val="right"/>' if head and number else ""
        bottom = '<w:vAlign w:val="bottom"/>' if head else ""
        found.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{bottom}</w:tcPr>'
            f"{xml.paragraph(style, inside, more + side)}</w:tc>"
        )
    about = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
    return f"<w:tr>{about}{''.join(found)}</w:tr>"


def card(title: str, parts: Sequence[tuple[str, str]]) -> str:
    """Write a card: its title over the whole width, below it what is said and the words to it."""
    label = 1871
    rest = ROOM[False] - label
    rows = "".join(
        '<w:tr><w:trPr><w:cantSplit/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{label}" w:type="dxa"/></w:tcPr>{xml.paragraph("CardLabel", what)}</w:tc>'
        f'<w:tc><w:tcPr><w:tcW w:w="{rest}" w:type="dxa"/></w:tcPr>{xml.paragraph("CardText", said)}</w:tc></w:tr>'
        for what, said in parts
    )  # fmt: skip
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="CardTable"/><w:tblW w:w="{ROOM[False]}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'</w:tblPr><w:tblGrid><w:gridCol w:w="{label}"/><w:gridCol w:w="{rest}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{ROOM[False]}" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr>'
        f"{xml.paragraph('CardTitle', title)}</w:tc></w:tr>{rows}</w:tbl>"
    )
