"""Page, styles and page numbers of the Word file of a brief."""

from __future__ import annotations

from typing import Any

from learningcity.report.brief.faces import ASKED
from learningcity.report.brief.sizes import Sizes
from learningcity.report.docx import xml
from learningcity.report.docx.xml import SPACES

#: Twentieths of a point: margins top, right, bottom, left. GB/T 9704: 37, 26, 35, 28 mm.
MARGINS = {"zh": (2098, 1474, 1984, 1588), "en": (1134, 1247, 1134, 1247)}
#: What a machine that lacks a font takes instead.
_OTHERS = {
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S,方正小标宋_GBK,SimSun", "roman"),
    "楷体": ("KaiTi,楷体_GB2312,STKaiti,AR PL UKai CN,Noto Serif CJK SC", "modern"),
}
_LATIN = "Times New Roman"


def prepare(made: Any, language: str, sizes: Sizes) -> None:
    """Give a file its styles, fonts, and page numbers."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    held = made.styles.element
    ours = styles(language, sizes)
    for one in list(held):
        if one.tag == qn("w:style") and one.get(qn("w:styleId")) in ours:
            held.remove(one)
    for one in ours.values():
        held.append(parse_xml(one))
    for part in made.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            more = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
                '<w:pitch w:val="variable"/></w:font>'
                for name, (others, family) in _OTHERS.items()
                if f'w:name="{name}"' not in part.blob.decode("utf-8")
            )
            part._blob = part.blob.replace(b"</w:fonts>", more.encode("utf-8") + b"</w:fonts>")
    _folios(made, language)


def styles(language: str, sizes: Sizes) -> dict[str, str]:
    """Every style by its id."""
    zh = language == "zh"
    body = ASKED["body"] if zh else "宋体"
    head = ASKED["head"]
    line = f'w:line="{round(20 * sizes.pitch)}" w:lineRule="exact"'
    heavy = "" if zh else "<w:b/><w:bCs/>"
    first = '<w:ind w:firstLineChars="200" w:firstLine="{}"/>'

    def spacing(before: float, after: float, lines: str = "") -> str:
        # What is smaller than the text does not keep to its lines.
        snap = '<w:snapToGrid w:val="0"/>' if lines else ""
        return f'{snap}<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}" {lines or line}/>'

    def tight(size: float) -> str:
        return f'w:line="{round(20 * size * 1.35)}" w:lineRule="exact"'

    def style(
        key: str, name: str, face: str, size: float, paragraph: str, run: str = "", more: str = ""
    ) -> str:
        own = "" if key in _BUILTIN else ' w:customStyle="1"'
        default = ' w:default="1"' if key == "Normal" else ""
        based = "" if key == "Normal" else '<w:basedOn w:val="Normal"/>'
        return (
            f'<w:style {SPACES} w:type="paragraph"{default}{own} w:styleId="{key}"><w:name w:val="{name}"/>{based}'
            f'<w:uiPriority w:val="1"/><w:qFormat/><w:pPr>{paragraph}{more}</w:pPr><w:rPr>'
            f'<w:rFonts w:ascii="{_LATIN}" w:eastAsia="{face}" w:hAnsi="{_LATIN}" w:cs="{_LATIN}"/>{run}'
            f'<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/></w:rPr></w:style>'
        )

    in_ = first.format(round(40 * sizes.text)) if zh else ""
    in_small = first.format(round(40 * sizes.small)) if zh else '<w:ind w:left="283"/>'
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="4" w:color="000000"/></w:pBdr>'
    over = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="3" w:color="000000"/></w:pBdr>'
    room = 11906 - MARGINS[language][1] - MARGINS[language][3]
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{room}"/></w:tabs>'
    centre = f'<w:jc w:val="{"center" if zh else "left"}"/>'
    fine = sizes.fine
    free = 'w:line="240" w:lineRule="auto"'
    number = 14 if zh else 8.5
    title = ASKED["title"] if zh else head
    found = {
        "Normal": style("Normal", "Normal", body, sizes.text, spacing(0, 0, free)),
        "BodyText": style("BodyText", "Body Text", body, sizes.text, spacing(0, 0 if zh else 3) + in_ + '<w:jc w:val="both"/>'),
        "Item": style("Item", "Item", body, sizes.text, spacing(0 if zh else 3, 0) + (in_ or '<w:ind w:left="283" w:hanging="283"/>'), heavy),
        "Lesson": style("Lesson", "Lesson", body, sizes.text, spacing(0 if zh else 3, 0) + (in_ or '<w:ind w:left="283" w:hanging="283"/>') + '<w:jc w:val="both"/>'),
        "Basis": style("Basis", "Basis", body, sizes.small, spacing(0, 0 if zh else 3, tight(sizes.small)) + in_small),
        "BriefHead": style("BriefHead", "Brief Head", head, sizes.text if zh else 9, rule + tab + spacing(0, 8, free)),
        "Title": style("Title", "Title", title, sizes.title, spacing(4 if zh else 0, 10 if zh else 4, free) + centre, heavy),
        "Subtitle": style("Subtitle", "Subtitle", body, sizes.small, spacing(0, 6, free)),
        "Heading1": style("Heading1", "heading 1", head, sizes.text if zh else sizes.text + 1, "<w:keepNext/>" + spacing(0 if zh else 6, 0) + in_, heavy, '<w:outlineLvl w:val="0"/>'),
        "Caption": style("Caption", "caption", head, sizes.small, "<w:keepNext/>" + spacing(5, 2, free) + centre, heavy),
        "FigureCaption": style("FigureCaption", "Figure Caption", head, sizes.small, spacing(1, 1, free) + centre, heavy),
        "Figure": style("Figure", "Figure", body, sizes.text, "<w:keepNext/>" + spacing(4, 0, free) + '<w:jc w:val="center"/>'),
        "TableCell": style("TableCell", "Table Cell", body, fine, spacing(1, 1, free)),
        "TableNumber": style("TableNumber", "Table Number", body, fine, spacing(1, 1, free) + '<w:jc w:val="right"/>'),
        "TableHead": style("TableHead", "Table Head", head, fine, spacing(1, 1, free), heavy),
        "TableNote": style("TableNote", "Table Note", body, fine, spacing(1, 3, free)),
        "Source": style("Source", "Source", body, fine, over + spacing(3, 0, tight(fine))),
        "Footer": style("Footer", "footer", ASKED["folio"], number, spacing(0, 0, free)),
    }  # fmt: skip
    second = ASKED["second"] if zh else head
    found["SecondLevel"] = (
        f'<w:style {SPACES} w:type="character" w:customStyle="1" w:styleId="SecondLevel"><w:name w:val="Second Level"/>'
        '<w:uiPriority w:val="2"/><w:qFormat/><w:rPr>'
        f'<w:rFonts w:ascii="{_LATIN}" w:eastAsia="{second}" w:hAnsi="{_LATIN}" w:cs="{_LATIN}"/>{heavy}</w:rPr></w:style>'
    )
    return found


_BUILTIN = frozenset({"Normal", "BodyText", "Title", "Subtitle", "Heading1", "Caption", "Footer"})


def _folios(made: Any, language: str) -> None:
    """Number the pages; in Chinese with dashes, on odd pages at the right and on even ones at the left."""
    from docx.oxml import parse_xml

    one = made.sections[0]

    def put(holder: Any, inside: str, more: str) -> None:
        holder.is_linked_to_previous = False
        for old in list(holder._element):
            holder._element.remove(old)
        told = xml.paragraph("Footer", inside, more).replace("<w:p>", f"<w:p {SPACES}>", 1)
        holder._element.append(parse_xml(told))

    put(one.header, "", "")
    page = xml.field("PAGE", xml.run("1", language))
    if language != "zh":
        pages = xml.field("NUMPAGES", xml.run("1", language))
        put(one.footer, page + xml.run(" / ", language) + pages, '<w:jc w:val="center"/>')
        return
    made.settings.odd_and_even_pages_header_footer = True
    shown = xml.run("— ", language) + page + xml.run(" —", language)
    put(one.footer, shown, '<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>')
    put(one.even_page_footer, shown, '<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>')
    put(one.even_page_header, "", "")


def section(made: Any, language: str, sizes: Sizes) -> str:
    """Write the page: A4 with the margins of the language, and in Chinese the grid of lines and characters."""
    from docx.oxml.ns import qn

    top, right, bottom, left = MARGINS[language]
    names = [
        (one.tag.rsplit("}", 1)[1], one.get(qn("r:id")), one.get(qn("w:type")))
        for one in made.sections[-1]._sectPr
        if one.tag in (qn("w:headerReference"), qn("w:footerReference"))
    ]
    running = "".join(f'<w:{tag} w:type="{which}" r:id="{key}"/>' for tag, key, which in names)
    grid = f'<w:docGrid w:type="lines" w:linePitch="{round(20 * sizes.pitch)}"/>' if language == "zh" else ""
    # The number of the page stands 7 mm below the text.
    foot = bottom - 397 - 320 if language == "zh" else 567
    return (
        f'<w:sectPr>{running}<w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="851" w:footer="{foot}" w:gutter="0"/>'
        f'<w:cols w:space="425"/>{grid}</w:sectPr>'
    )


def relate(made: Any, relations: dict[str, str], address: str) -> str:
    """Make an address known to the file and give the id of the relation."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    if address not in relations:
        relations[address] = made.part.relate_to(
            address.strip(), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
    return relations[address]


def fill(made: Any, inside: str) -> None:
    """Put the text in the place of the empty body."""
    from docx.oxml import parse_xml

    body = made.element.body
    for one in list(body):
        body.remove(one)
    for one in list(parse_xml(f"<w:body {SPACES}>{inside}</w:body>")):
        body.append(one)
