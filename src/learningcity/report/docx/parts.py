"""The parts of the file beside the text: numbering, settings, fonts, header and footer, properties."""

from __future__ import annotations

import datetime
import re
from typing import Any

from learningcity.report.docx import words, xml
from learningcity.report.docx.styles import FACES, ROOM, set_styles
from learningcity.report.docx.xml import SPACES
from learningcity.report.tables.word import add_table_style, new_document

#: What a machine that lacks a font takes instead (Word reads 31 letters), its class and whether it holds Chinese.
_FALLBACKS = {
    "宋体": ("SimSun,Songti SC", "roman", "86"),
    "黑体": ("SimHei,Heiti SC", "swiss", "86"),
    "仿宋": ("FangSong,STFangsong", "modern", "86"),
    "Times New Roman": ("Liberation Serif", "roman", "00"),
    "Courier New": ("Liberation Mono", "modern", "00"),
}
#: Parts of the library's template that say nothing of ours.
_DROPPED = ("thumbnail", "customXml", "stylesWithEffects", "webSettings")
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>learningcity</Application></Properties>"
)


def template(language: str, title: str, date: datetime.date | None = None, flows: bool = False) -> Any:
    """Give an empty document with styles, numbering, fonts, header, footer and properties.

    One that flows has no page for its title, and its parts follow on the same page.
    """
    document = new_document(language, title)
    package = document.part.package
    for holder in (package, document.part):
        for key, one in list(holder.rels.items()):
            if any(one.reltype.endswith(name) for name in _DROPPED):
                del holder.rels[key]
    set_styles(document, language, flows)
    add_table_style(document, language)
    _settings(document)
    for part in package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = _fonts().encode("utf-8")
        elif str(part.partname) == "/docProps/app.xml":
            part._blob = _APP.encode("utf-8")
    if date is not None:
        at = datetime.datetime.combine(date, datetime.time())
        document.core_properties.created = document.core_properties.modified = at
    _running(document, language, title)
    return document


def set_numbering(document: Any, lists: int) -> None:
    """Number headings, bullets, and as many numbered lists as there are, each from one."""
    from docx.oxml import parse_xml

    held = document.part.numbering_part.element
    for one in list(held):
        held.remove(one)

    def level(n: int, kind: str, shown: str, left: int, hanging: int, more: str = "", look: str = "") -> str:
        return (
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{shown}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{look}</w:lvl>'
        )

    heads = "".join(
        level(
            n,
            "decimal",
            ".".join(f"%{k + 1}" for k in range(n + 1)),
            wide,
            wide,
            f'<w:pStyle w:val="Heading{n + 1}"/>',
        )
        for n, wide in enumerate((567, 680, 850, 1020))
    )
    dot = '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/></w:rPr>'
    kinds = (
        ("multilevel", heads),
        ("singleLevel", level(0, "bullet", "•", 454, 284, look=dot)),
        ("singleLevel", level(0, "decimal", "%1.", 454, 340)),
    )
    for n, (kind, levels) in enumerate(kinds):
        held.append(
            parse_xml(
                f'<w:abstractNum {SPACES} w:abstractNumId="{n}"><w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'
            )
        )
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for n in range(1, FIRST_LIST + lists):
        held.append(
            parse_xml(
                f'<w:num {SPACES} w:numId="{n}"><w:abstractNumId w:val="{min(n, 3) - 1}"/>{again if n >= FIRST_LIST else ""}</w:num>'
            )
        )


#: Number of the first numbered list of the text; before it come headings, bullets and the style's own.
FIRST_LIST = 4


def _settings(document: Any) -> None:
    """Settings of today's Word, so that it does not open the file in a mode of compatibility."""
    from docx.oxml import parse_xml

    held = document.settings.element
    for one in list(held):
        held.remove(one)
    word = "http://schemas.microsoft.com/office/word"
    mode = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{word}" w:val="{value}"/>'
        for name, value in (("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1), ("enableOpenTypeFeatures", 1), ("doNotFlipMirrorIndents", 1))
    )  # fmt: skip
    for line in (
        '<w:zoom w:percent="100"/>',
        '<w:defaultTabStop w:val="420"/>',
        '<w:characterSpacingControl w:val="compressPunctuation"/>',
        f"<w:compat>{mode}</w:compat>",
        '<w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN"/>',
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
        'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
        'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>',
        '<w:decimalSymbol w:val="."/>',
        '<w:listSeparator w:val=","/>',
    ):
        held.append(parse_xml(re.sub(r"^<(w:\w+)", rf"<\1 {SPACES}", line)))


def _fonts() -> str:
    found = []
    for name in dict.fromkeys(one for pair in FACES.values() for one in pair):
        others, family, charset = _FALLBACKS[name]
        pitch = "fixed" if name == "Courier New" else "variable"
        found.append(
            f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="{charset}"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {SPACES}>{"".join(found)}</w:fonts>'


def _running(document: Any, language: str, title: str) -> None:
    """The title at the head of each page but the first, the number of the page at its foot."""
    from docx.oxml import parse_xml

    section = document.sections[0]

    def put(holder: Any, style: str, inside: str) -> None:
        holder.is_linked_to_previous = False
        for one in list(holder._element):
            holder._element.remove(one)
        holder._element.append(parse_xml(xml.paragraph(style, inside).replace("<w:p>", f"<w:p {SPACES}>", 1)))

    put(section.header, "Header", xml.run(title, language))
    before, between, after = words.PAGE.in_(language).replace("{pages}", "{page}").split("{page}")
    page, pages = (xml.field(name, xml.run("1", language)) for name in ("PAGE", "NUMPAGES"))
    inside = xml.run(before, language) + page + xml.run(between, language) + pages + xml.run(after, language)
    put(section.footer, "Footer", inside)


def section_properties(document: Any, lies: bool, first: bool, kind: str = "nextPage") -> str:
    """Write the page of a part of the text: upright or lying, with header and footer."""
    from docx.oxml.ns import qn

    names = [
        (one.tag.rsplit("}", 1)[1], one.get(qn("r:id")), one.get(qn("w:type")))
        for one in document.sections[-1]._sectPr
        if one.tag in (qn("w:headerReference"), qn("w:footerReference"))
    ]
    running = "".join(f'<w:{tag} w:type="{which}" r:id="{key}"/>' for tag, key, which in names)
    wide, high = (16838, 11906) if lies else (11906, 16838)
    margin = (wide - ROOM[lies]) // 2
    turned = ' w:orient="landscape"' if lies else ""
    return (
        f'<w:sectPr>{running}<w:type w:val="{kind}"/><w:pgSz w:w="{wide}" w:h="{high}"{turned}/>'
        f'<w:pgMar w:top="1418" w:right="{margin}" w:bottom="1418" w:left="{margin}" w:header="794" w:footer="794" w:gutter="0"/>'
        f'<w:cols w:space="425"/>{"<w:titlePg/>" if first else ""}</w:sectPr>'
    )
