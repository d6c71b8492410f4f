"""The look of a Word file: styles with a font for each script, and what python-docx has no word for."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

CAPTION, CELL, NOTE, CASES = "Caption", "Table Cell", "Table Note", "Table Cases"
#: Id of the style of tables for print.
THREE_LINES = "ThreeLineTable"
#: Latin and East Asian font of text, and of what stands out; Word and WPS have them in Chinese and English.
FONTS = {"text": ("Times New Roman", "宋体"), "head": ("Times New Roman", "黑体")}
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
#: A file in a ZIP bears a date; ours must not differ from one writing to the next.
_DATE = (1980, 1, 1, 0, 0, 0)


def new_document(language: str, title: str, lying: bool = False) -> Any:
    """Give an empty A4 document with the styles of the house, its language and title set."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor

    document = Document()
    _defaults(document, language)
    _theme(document)
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if lying else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2.5))
    styles = document.styles
    set_fonts(styles["Normal"], "text", 10.5)
    for name in (CELL, NOTE, CASES):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        set_fonts(style, "text", 10.5 if name == CELL else 9)
        form = style.paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(0), 1.0
    styles[CELL].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles[CELL].paragraph_format.space_before = styles[CELL].paragraph_format.space_after = Pt(2)
    styles[NOTE].paragraph_format.space_before = Pt(3)
    styles[CASES].paragraph_format.space_after = Pt(3)
    for name, points in ((CAPTION, 10.5), ("Heading 1", 14), ("Heading 2", 12)):
        set_fonts(styles[name], "head", points)
        styles[name].font.color.rgb = RGBColor(0, 0, 0)
        styles[name].font.bold = language == "en"
        styles[name].paragraph_format.keep_with_next = True
    styles[CAPTION].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles[CAPTION].paragraph_format.space_after = Pt(6)
    about = document.core_properties
    about.title, about.author, about.comments = title, "", ""
    about.language = "zh-CN" if language == "zh" else "en-GB"
    # The template says that it was made in 2013; nothing is better than a wrong date.
    for child in list(about._element):
        if child.tag.endswith(("}created", "}modified")):
            about._element.remove(child)
    return document


def finished(document: Any, language: str) -> bytes:
    """Give the file; the same document gives the same bytes, whenever it is written."""
    if language == "zh":
        set_east_asian(document)
    return packed(document)


def packed(document: Any) -> bytes:
    """Give the file without the dates of its writing."""
    saved, whole = BytesIO(), BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as given, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        # The list of contents must come first.
        names = sorted(given.namelist(), key=lambda n: (n != "[Content_Types].xml", n != "_rels/.rels", n))
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, _DATE), given.read(name), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _theme(document: Any) -> None:
    """Set the East Asian fonts of the theme, too: what somebody adds to the file takes them from there."""
    for part in document.part.package.iter_parts():
        if str(part.partname).startswith("/word/theme/"):
            told = part.blob.decode("utf-8")
            for which, kind in (("major", "head"), ("minor", "text")):
                latin, asian = FONTS[kind]
                told = re.sub(
                    rf'(<a:{which}Font>\s*<a:latin typeface=")[^"]*("[^>]*/>\s*<a:ea typeface=")[^"]*(")',
                    rf"\g<1>{latin}\g<2>{asian}\g<3>",
                    told,
                )
            part._blob = told.encode("utf-8")


def set_fonts(style: Any, kind: str, points: float) -> None:
    """Set the font of each script of a style; fonts of the theme would win over them, and are taken away."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    latin, asian = FONTS[kind]
    style.font.name = latin
    style.font.size = Pt(points)
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), asian)
    fonts.set(qn("w:cs"), latin)
    for theme in _THEMES:
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _defaults(document: Any, language: str) -> None:
    """Fonts and language of everything that has no style of its own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    about = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts = about.find(qn("w:rFonts"))
    for theme in _THEMES:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    latin, asian = FONTS["text"]
    for which, font in (("ascii", latin), ("hAnsi", latin), ("eastAsia", asian), ("cs", latin)):
        fonts.set(qn(f"w:{which}"), font)
    tongue = about.find(qn("w:lang"))
    if tongue is None:
        tongue = OxmlElement("w:lang")
        about.append(tongue)
    tongue.set(qn("w:val"), "en-GB" if language == "en" else "en-US")
    tongue.set(qn("w:eastAsia"), "zh-CN")


def set_east_asian(document: Any) -> None:
    """Take signs that both scripts have, such as quotation marks, from the East Asian font in all text."""
    from docx.oxml.ns import qn

    for run in document.element.body.iter(qn("w:r")):
        run.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def set_table(table: Any, title: str) -> None:
    """Centre a table, tell readers who cannot see it what it is, and give it no lines yet."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), title)
    table._tbl.tblPr.append(told)
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)


def repeat_as_head(row: Any) -> None:
    """Repeat a row at the top of every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def set_width(table: Any, columns: int) -> None:
    """Give the labels what they need and the columns the rest, up to 2 cm each."""
    from docx.shared import Cm

    section = table.part.document.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) / Cm(1)
    first = min(5.0, room / 2)
    each = min(2.2, (room - first) / columns)
    for k, column in enumerate(table.columns):
        column.width = Cm(each if k else first)
    for row in table.rows:
        for k, cell in enumerate(row._tr.tc_lst):
            span = cell.grid_span
            cell.width = Cm(each * span if k else first)


def borders(cell: Any, wanted: dict[str, int]) -> None:
    """Draw lines at sides of a cell, in eighths of a point."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if not wanted:
        return
    about = cell._tc.get_or_add_tcPr()
    found = about.find(qn("w:tcBorders"))
    if found is None:
        found = OxmlElement("w:tcBorders")
        about.insert_element_before(
            found, "w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark"
        )
    # The schema wants the sides in this order.
    for side in ("top", "bottom"):
        if side in wanted and found.find(qn(f"w:{side}")) is None:
            line = OxmlElement(f"w:{side}")
            for name, value in (
                ("val", "single"),
                ("sz", str(wanted[side])),
                ("space", "0"),
                ("color", "000000"),
            ):
                line.set(qn(f"w:{name}"), value)
            found.append(line)


def hyperlink(paragraph: Any, text: str, address: str, bold: bool = False) -> None:
    """Add a link to a paragraph."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.bold, run.underline = bold, True
    link.append(run._element)
    paragraph._element.append(link)


def add_table_style(document: Any, language: str) -> str:
    """Add the three-line table as a style of tables, and give its id: rules at top and bottom, one below the head."""
    from docx.oxml import parse_xml

    name = THREE_LINES
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def line(side: str, eighths: int) -> str:
        return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'

    document.styles.element.append(
        parse_xml(
            f'<w:style {space} w:type="table" w:customStyle="1" w:styleId="{name}"><w:name w:val="Three-line Table"/>'
            '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>'
            f"<w:tblPr><w:tblBorders>{line('top', 12)}{line('bottom', 12)}</w:tblBorders>"
            '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f'<w:tblStylePr w:type="firstRow"><w:rPr>{"<w:b/>" if language == "en" else ""}</w:rPr>'
            f"<w:tcPr><w:tcBorders>{line('top', 12)}{line('bottom', 6)}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
        )
    )
    return name
