"""A document as one Word file."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from learningcity.report import paper
from learningcity.report.document import STRENGTHS, Document
from learningcity.report.docx import end, words, xml
from learningcity.report.docx.blocks import Blocks
from learningcity.report.docx.inline import Inline
from learningcity.report.docx.notes import Notes
from learningcity.report.docx.parts import section_properties, set_numbering, template
from learningcity.report.docx.xml import SPACES
from learningcity.report.html import Addresses, HtmlParts
from learningcity.report.html import words as said
from learningcity.report.html.inline import text
from learningcity.report.tables.word import packed

#: Chapters up to which a document has no page for its title, and its parts follow on the same page.
SHORT = 2
#: Levels of headings in the contents.
_DEEP = 2


def write(
    document: Document,
    addresses: Addresses | None = None,
    date: datetime.date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Write a document as a Word file; the same document gives the same bytes.

    Parameters
    ----------
    document
        In the language it is read in.
    addresses
        Gives the whole web address of a city, practice, source or fact by kind and id, or None; without
        it only parts and sources of the document are linked.
    date
        Stated as the day on which the file was made; without it the file states none.
    progress
        Called with the number of figures drawn and how many there are.

    Raises
    ------
    InputError
        A picture holds more than shapes and texts.
    SetupError
        The machine has no font for the pictures of the language.
    """
    parts = HtmlParts(document, addresses)
    language = document.language
    title = " ".join(document.title.in_(language).split())
    flows = len(document.sections) <= SHORT
    made = template(language, _plain(title), date, flows)
    relations: dict[str, str] = {}
    notes = Notes(made, language)
    out = Inline(parts, lambda address: _relate(made, relations, address), notes)
    blocks = Blocks(made, out, progress=progress)
    for one in document.sections:
        blocks.section(one, 1)
    end.sources(blocks)
    end.long_tables(blocks)
    end.computations(blocks)
    end.manifest(blocks)
    before = [*_cover(blocks, title), *_contents(blocks, flows), *_glance(blocks)]
    last = section_properties(made, blocks.lies, not blocks.turned)
    set_numbering(made, blocks.lists)
    notes.finish()
    _fill(made, "".join([*before, *blocks.body, last]))
    return packed(made)


def _plain(title: str) -> str:
    """A title as a property holds it: 255 letters that XML takes."""
    from html import unescape

    return unescape(text(title))[:255]


def _relate(made: Any, relations: dict[str, str], address: str) -> str:
    from docx.opc.constants import RELATIONSHIP_TYPE

    if address not in relations:
        relations[address] = made.part.relate_to(
            address.strip(), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
    return relations[address]


def _fill(made: Any, inside: str) -> None:
    """Put the text in the place of the empty body."""
    from docx.oxml import parse_xml

    body = made.element.body
    for one in list(body):
        body.remove(one)
    for one in list(parse_xml(f"<w:body {SPACES}>{inside}</w:body>")):
        body.append(one)


def _cover(blocks: Blocks, title: str) -> list[str]:
    out = blocks.out
    parts = [
        xml.paragraph("Title", out.text(title)),
        xml.paragraph("Subtitle", out.said(out.parts.document.subtitle)),
    ]
    return [*parts, xml.paragraph("Note", out.text(out.parts.size()))]


def _contents(blocks: Blocks, flows: bool) -> list[str]:
    """A contents field that holds its entries; Word and WPS give them pages when it is updated."""
    out, language = blocks.out, blocks.language
    parts = out.parts
    entries = [
        (min(depth, _DEEP), parts.sections[one.key], one.title.in_(language), out.names[one.key])
        for one, depth in parts.document.walk()
        if depth <= _DEEP
    ]
    glance = [(1, "", said.GLANCE.in_(language), "_Toc_glance")] if parts.key_findings() else []
    annexes = [
        (1, "", title.in_(language), name)
        for title, name, there in (
            (said.SOURCES, "_Toc_sources", parts.sources),
            (paper.LONG_TABLES, "_Toc_long", blocks.whole),
            (paper.COMPUTATIONS, "_Toc_how", blocks.computations),
            (said.MANIFEST, "_Toc_made", parts.document.manifest),
        )
        if there
    ]
    lines = []
    for level, number, title, name in [*glance, *entries, *annexes]:
        shown = (out.text(number) + "<w:r><w:tab/></w:r>" if number else "") + out.text(title)
        lines.append((f"TOC{level}", xml.inner_link(name, shown)))
    found = [
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent>",
        xml.paragraph(
            "TOCHeading", out.text(said.CONTENTS.in_(language)), "" if flows else "<w:pageBreakBefore/>"
        ),
        *_field(f'TOC \\o "1-{_DEEP}" \\h \\z \\u', lines, out),
        "</w:sdtContent></w:sdt>",
    ]
    for word, heading, sequence, things in (
        (said.TABLE, words.TABLES, "Table", parts.document.tables),
        (said.FIGURE, words.FIGURES, "Figure", parts.document.figures),
    ):
        if things and not flows:
            found.append(xml.paragraph("TOCHeading", out.text(heading.in_(language))))
            dot = words.DOT.in_(language)
            lines = [
                (
                    "TableofFigures",
                    xml.inner_link(
                        out.names[one.key],
                        out.text(f"{blocks.name(word, one.key)}{dot}{out.plain(one.caption)}"),
                    ),
                )
                for one in things
            ]
            found += _field(f'TOC \\h \\z \\c "{sequence}"', lines, out, told=False)
    return found


def _field(code: str, lines: list[tuple[str, str]], out: Inline, told: bool = True) -> list[str]:
    if told:
        lines = [*lines, ("Note", out.text(words.UPDATE.in_(out.language)))]
    found = []
    for n, (style, inside) in enumerate(lines):
        first = xml.begin_field(code) if not n else ""
        last = xml.END_FIELD if n == len(lines) - 1 else ""
        found.append(xml.paragraph(style, first + inside + last))
    return found


def _glance(blocks: Blocks) -> list[str]:
    """What each chapter found first, and all that held in every check, leading to its evidence."""
    out, language = blocks.out, blocks.language
    held = out.parts.key_findings()
    if not held:
        return []
    gap = " " if language == "en" else "\u3000"
    found = [
        xml.paragraph("HeadingPlain", out.marked("_Toc_glance", out.text(said.GLANCE.in_(language)))),
    ]
    for part, one in held:
        where = f"{out.parts.sections[part.key]}{gap}{part.title.in_(language)}"
        sure = words.BRACKETS.in_(language).format(STRENGTHS[one.strength].in_(language))
        found.append(xml.paragraph("GlanceHead", out.text(where)))
        claim = xml.inner_link(out.names[one.key], out.text(out.plain(one.claim)))
        found.append(xml.paragraph("Glance", claim + out.text(sure, "Aside")))
    return found
