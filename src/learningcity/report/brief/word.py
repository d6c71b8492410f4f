"""A brief as a Word file, with the fonts that the standard asks for: Word and WPS have them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from learningcity.report.brief import words
from learningcity.report.brief.content import Content
from learningcity.report.brief.faces import told
from learningcity.report.brief.fitted import day, fit
from learningcity.report.brief.sizes import Sizes, word_sizes
from learningcity.report.brief.word_parts import fill, prepare, relate, section
from learningcity.report.document import (
    Block,
    Bullets,
    Card,
    Document,
    Figure,
    Finding,
    Paragraph,
    Section,
    Table,
)
from learningcity.report.docx import xml
from learningcity.report.docx.inline import Inline, source_name
from learningcity.report.docx.parts import template
from learningcity.report.docx.picture import inline
from learningcity.report.html import Addresses
from learningcity.report.html.inline import text
from learningcity.report.tables.word import THREE_LINES, packed

_EXTENT = re.compile(r'cx="(\d+)" cy="(\d+)"')
#: A part of a sentence that is set in 楷体 in Chinese, and in bold in English.
SECOND = "SecondLevel"


def write(
    document: Document,
    addresses: Addresses | None = None,
    date: datetime.date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Write a brief as a Word file; the same document gives the same bytes.

    Parameters
    ----------
    document
        In the language it is read in; its layout is "brief".
    addresses
        Gives the whole web address of a city, practice, source or fact by kind and id, or None.
    date
        The date that the file states; None states none.
    progress
        Called with the number of figures drawn and how many there are.

    Raises
    ------
    InputError
        A picture holds more than shapes and texts.
    SetupError
        The machine has no font for the language.
    """
    fitted = fit(document, addresses, date)
    size = word_sizes(document.language, fitted.level)
    title = " ".join(document.title.in_(document.language).split())
    made = template(document.language, _plain(title), date)
    prepare(made, document.language, size)
    note = None if fitted.faces is None else told(fitted.faces)
    made.core_properties.comments = "" if note is None else note.in_(document.language)[:255]
    relations: dict[str, str] = {}
    page = _Page(document, addresses, size, made, relations)
    page.progress = progress
    fill(
        made,
        "".join(
            [*page.head(title, date), *page.body(), *page.sources(), section(made, document.language, size)]
        ),
    )
    return packed(made)


def _plain(title: str) -> str:
    from html import unescape

    return unescape(text(title))[:255]


class _Page:
    """Writes the parts of a brief as paragraphs and a table."""

    def __init__(
        self,
        document: Document,
        addresses: Addresses | None,
        size: Sizes,
        made: Any,
        relations: dict[str, str],
    ) -> None:
        self.document, self.language, self.size, self.made = document, document.language, size, made
        self.told = Content(document, addresses, size.fine)
        self.out = Inline(self.told.parts, lambda address: relate(made, relations, address))
        self.pictures = 0
        self.progress: Callable[[int, int], None] | None = None

    @property
    def zh(self) -> bool:
        return self.language == "zh"

    def head(self, title: str, date: datetime.date | None) -> list[str]:
        """The head line, the title, and in English where it comes from."""
        when = f"<w:r><w:tab/></w:r>{self.out.text(day(date, self.language))}" if date is not None else ""
        found = [
            xml.paragraph("BriefHead", self.out.text(words.HEAD.in_(self.language)) + when),
            xml.paragraph("Title", self.out.text(title)),
        ]
        return (
            found if self.zh else [*found, xml.paragraph("Subtitle", self.out.said(self.document.subtitle))]
        )

    def body(self) -> list[str]:
        """All sections."""
        found: list[str] = []
        later: list[Block] = []
        for n, one in enumerate(self.document.sections, 1):
            title = words.heading(n, one.title.in_(self.language), self.language)
            found.append(xml.paragraph("Heading1", self.out.named(one.key, self.out.text(title))))
            items, blocks = 0, [*_blocks(one), *later]
            # In Chinese the first page is full of text: pictures follow the next section, and leave no hole.
            last = n == len(self.document.sections)
            later = [b for b in _blocks(one) if self.zh and not last and isinstance(b, Figure)]
            for block in blocks:
                items += isinstance(block, Finding | Card)
                found += [] if any(block is b for b in later) else self.block(block, items)
        return found

    def block(self, one: Block, n: int) -> list[str]:
        """One block; ``n`` counts findings and cards of the section."""
        if isinstance(one, Paragraph):
            return [xml.paragraph("Basis" if one.role == "note" else "BodyText", self.out.said(one.phrase))]
        if isinstance(one, Bullets):
            return [xml.paragraph("BodyText", self.out.said(item)) for item in one.items]
        if isinstance(one, Finding):
            return self.finding(one, n)
        if isinstance(one, Card):
            return [self.card(one, n)]
        return self.table(one) if isinstance(one, Table) else self.figure(one)

    def finding(self, one: Finding, n: int) -> list[str]:
        """The sentence, and in smaller type how sure it is and on what it rests."""
        mark = self.out.text(words.item(n, self.language), SECOND)
        claim = self.out.said(one.claim)
        rests = self.told.rests(one)
        return [
            xml.paragraph("Item", self.out.named(one.key, mark) + _capital(claim)),
            xml.paragraph("Basis", self.out.text(rests) + self.out.said(one.uncertainty)),
        ]

    def card(self, one: Card, n: int) -> str:
        """A lesson: its head, and what is said of it running on."""
        mark = self.out.text(words.item(n, self.language), SECOND)
        head = _styled(self.out.said(one.title), SECOND)
        stop = self.out.text("。" if self.zh else ". ")
        rest = "".join(
            self.out.text(what.in_(self.language) + ("：" if self.zh else ": ")) + self.out.said(said)
            for what, said in one.parts
        )
        return xml.paragraph("Lesson", self.out.named(one.key, mark) + head + stop + rest)

    def caption(self, name: str, said: str, style: str) -> str:
        """What a table or picture is called."""
        return xml.paragraph(style, self.out.text(name + ("\u3000" if self.zh else ". ")) + said)

    def table(self, one: Table) -> list[str]:
        """A table of three lines."""
        held = self.told.table(one)
        plain = [[None if cell is None else cell for cell in row] for row in one.rows]
        cells = [[self.out.text("·") if c is None else self.out.said(c) for c in row] for row in plain]
        return [
            self.caption(held["name"], self.out.said(one.caption), "Caption"),
            self.grid(one.caption.in_(self.language), held, cells),
            xml.paragraph("TableNote", self.out.said(one.note)) if one.note else xml.paragraph("Gap", ""),
        ]

    def grid(self, title: str, held: dict[str, Any], cells: list[list[str]]) -> str:
        """Rows and columns."""
        wide = [round(20 * one) for one in held["widths"]]
        heads = [self.out.text(one) for one in held["heads"]]
        numeric, last = held["numeric"], len(cells) - 1
        rows = [self._row(heads, wide, numeric, True, True)]
        rows += [self._row(row, wide, numeric, False, n < last) for n, row in enumerate(cells)]
        columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in wide)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{THREE_LINES}"/><w:tblW w:w="{sum(wide)}" w:type="dxa"/><w:jc w:val="center"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
            f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{text(title)}"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _row(self, cells: list[str], wide: list[int], numeric: list[bool], head: bool, keep: bool) -> str:
        found = []
        for inside, room, number in zip(cells, wide, numeric, strict=True):
            style = "TableHead" if head else "TableNumber" if number else "TableCell"
            side = '<w:jc w:val="right"/>' if head and number else ""
            found.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{room}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
                f"{xml.paragraph(style, inside, ('<w:keepNext/>' if keep else '') + side)}</w:tc>"
            )
        return (
            f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(found)}</w:tr>"
        )

    def figure(self, one: Figure) -> list[str]:
        """The picture, or the table behind it where nothing was drawn."""
        picture, held = one.picture(self.language), self.told.figure(one)
        found: list[str] = []
        if picture.svg:
            self.pictures += 1
            share = self.size.wide

            def scaled(match: re.Match[str]) -> str:
                return " ".join(
                    f'{n}="{round(int(v) * share)}"'
                    for n, v in zip(("cx", "cy"), match.groups(), strict=True)
                )

            found.append(
                xml.paragraph("Figure", _EXTENT.sub(scaled, inline(self.made, picture, self.pictures)))
            )
            if self.progress is not None:
                self.progress(self.pictures, len(self.document.figures))
        else:
            found.append(xml.paragraph("TableNote", self.out.text(held["alt"])))
            cells = [[self.out.text("·" if c is None else c[0]["t"]) for c in row] for row in held["rows"]]
            found += [self.grid(held["alt"], held, cells)] if cells else []
        found.append(self.caption(held["name"], self.out.said(one.caption), "FigureCaption"))
        return [*found, *(xml.paragraph("TableNote", self.out.text(run["t"])) for run in held["note"])]

    def sources(self) -> list[str]:
        """The sources in one paragraph, each with the bookmark that its marks lead to."""
        found = [xml.paragraph("Source", self.out.said(self.document.subtitle))] if self.zh else []
        gap = "；" if self.zh else "; "
        told = self.told
        told.data()
        listed = told.sources()
        if not listed:
            return found
        inside = [self.out.text(words.SOURCES.in_(self.language) + ("：" if self.zh else ": "))]
        for n, one in enumerate(listed):
            shown = words.source(one, self.language) + (
                gap if n < len(listed) - 1 else "。" if self.zh else "."
            )
            inside.append(
                self.out.marked(source_name(one["n"]), self.out.text(f"[{one['n']}] ")) + self.out.text(shown)
            )
        return [*found, xml.paragraph("Source", "".join(inside))]


def _blocks(one: Section) -> list[Block]:
    return [*one.blocks, *(b for deep in one.sections for b in _blocks(deep))]


def _capital(runs: str) -> str:
    """Begin with a capital letter, whatever stands first."""
    return re.sub(r"(<w:t [^>]*>)([a-z])", lambda m: m[1] + m[2].upper(), runs, count=1)


def _styled(runs: str, style: str) -> str:
    """Runs without a style get one."""
    return runs.replace("<w:r><w:t ", f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:t ').replace(
        "<w:r><w:rPr><w:rFonts ", f'<w:r><w:rPr><w:rStyle w:val="{style}"/><w:rFonts '
    )
