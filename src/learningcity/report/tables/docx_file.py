"""Tables as a Word file: numbered captions, three-line tables of a real style, lying pages for wide ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from learningcity.report.tables.laid import GOES_ON, NUMBER, Laid, panels
from learningcity.report.tables.word import CAPTION, CELL, NOTE, add_table_style, finished, new_document

#: Half-width characters of the text of a cell that fit side by side, upright and lying, at 10.5 and at 9 points.
_UPRIGHT, _LYING, _LYING_SMALL = 84, 130, 152
#: Twentieths of a point between the margins: 16 cm and 24.7 cm.
_ROOM = {False: 9072, True: 14004}
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def write(
    title: str, tables: Sequence[Laid], language: str, parts: Sequence[tuple[str, Sequence[str]]]
) -> bytes:
    """Write title, tables, and below them the parts: a head and its lines each."""
    lying = [_width(one) > _UPRIGHT for one in tables]
    document = new_document(language, title, lying=bool(lying) and lying[0])
    style = add_table_style(document, language)
    document.add_heading(title, level=1)
    for number, (one, lies) in enumerate(zip(tables, lying, strict=True), 1):
        if number > 1 and lies != lying[number - 2]:
            _turn(document, lies)
        _caption(document, number, one.title, language)
        for part, panel in enumerate(panels(one, _LYING_SMALL)):
            if part:
                document.add_paragraph(GOES_ON.in_(language).format(number), style=NOTE)
            if panel.rows:
                _add(document, panel, lies, style)
            for note in panel.notes:
                document.add_paragraph(note, style=NOTE)
        document.add_paragraph()
    if lying and lying[-1]:
        _turn(document, False)
    for head, lines in parts:
        if lines:
            document.add_heading(head, level=2)
            for line in lines:
                document.add_paragraph(line, style="List Bullet")
    return finished(document, language)


def _width(one: Laid) -> int:
    return sum(w + 3 for w in one.widths)


def _turn(document: Any, lies: bool) -> None:
    """Begin a page that lies or stands."""
    from docx.enum.section import WD_ORIENT, WD_SECTION

    section = document.add_section(WD_SECTION.NEW_PAGE)
    long, short = sorted((section.page_width, section.page_height), reverse=True)
    section.orientation = WD_ORIENT.LANDSCAPE if lies else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if lies else (short, long)


def _caption(document: Any, number: int, title: str, language: str) -> None:
    """A caption whose number is a field, so that a list of tables can be made of it."""
    from docx.oxml import parse_xml

    paragraph = document.add_paragraph(style=CAPTION)
    before, after = NUMBER.in_(language).split("{}")
    paragraph.add_run(before)
    for inside in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> SEQ Table \\* ARABIC </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{number}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {_SPACE}>{inside}</w:r>"))
    paragraph.add_run(f"{after}{'. ' if language == 'en' else chr(0x3000)}{title}")


def _add(document: Any, one: Laid, lies: bool, style: str) -> None:
    """Write a table as XML at once: cell by cell python-docx takes a hundred times as long."""
    from docx.oxml import parse_xml

    small = lies and _width(one) > _LYING
    room, widths = _ROOM[lies], one.widths
    columns = [max(500, room * (w + 3) // sum(x + 3 for x in widths)) for w in widths]
    # A narrow table is not drawn out over the page.
    most = [130 * (w + 3) for w in widths]
    if sum(most) < room:
        columns = most
    grid = "".join(f'<w:gridCol w:w="{c}"/>' for c in columns)
    head = _row(one.heads, columns, one.numeric, style, small, head=True)
    body = "".join(_row(row, columns, one.numeric, style, small) for row in one.rows)
    xml = (
        f'<w:tbl {_SPACE}><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={_quoted(one.title)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _row(
    cells: Sequence[str],
    columns: Sequence[int],
    numeric: Sequence[bool],
    style: str,
    small: bool,
    head: bool = False,
) -> str:
    found = []
    look = '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>' if small else ""
    for text, wide, number in zip(cells, columns, numeric, strict=True):
        side = "right" if number else "left"
        keep = "<w:keepNext/>" if head else ""
        run = f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
        found.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{"<w:vAlign w:val=" + chr(34) + "bottom" + chr(34) + "/>" if head else ""}</w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{CELL.replace(" ", "")}"/>{keep}<w:jc w:val="{side}"/></w:pPr>{run}</w:p></w:tc>'
        )
    about = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
    return f"<w:tr>{about}{''.join(found)}</w:tr>"


def _quoted(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(text)
