"""The styles of the template: every paragraph, run and table of a document has one, so that an office can restyle it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from learningcity.report.docx.xml import SPACES
from learningcity.report.tables.word import CAPTION, FONTS

#: Latin and East Asian font by use; Chinese quotations and ledes are set in 仿宋, as offices do.
FACES = FONTS | {"fine": ("Times New Roman", "仿宋"), "code": ("Courier New", "仿宋")}
#: Twentieths of a point: the width of the text upright and lying (A4 with 2.5 cm around it).
ROOM = {False: 9072, True: 14004}
_INK, _SOFT, _RULE, _GROUND, _LEAD = "000000", "595959", "A6A6A6", "F3F5F8", "24527A"


@dataclass(frozen=True)
class Look:
    """A paragraph style.

    Parameters
    ----------
    name, based
        What Word calls it, and the id of the style it rests on.
    face, points
        Key of ``FACES`` and the size in English and Chinese.
    paragraph, run
        Properties in the order of the schema; those of the run without fonts and size, ``run`` before the
        colour and ``colour`` after it.
    follows
        Id of the style that follows when somebody goes on writing.
    listed
        Whether Word shows it among its quick styles.
    """

    name: str
    based: str = "Normal"
    face: str = "text"
    points: tuple[float, float] = (11, 12)
    paragraph: str = ""
    run: str = ""
    colour: str = ""
    follows: str = ""
    listed: bool = True
    level: int | None = None


def _spacing(before: float, after: float, line: float = 1.0) -> str:
    return f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}" w:line="{line * 240:.0f}" w:lineRule="auto"/>'


_BOLD = "<w:b/><w:bCs/>"
_KEEP = "<w:keepNext/><w:keepLines/>"
_BAR = (
    f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{_LEAD}"/></w:pBdr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{_GROUND}"/>'
)
_GREY = f'<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="{_RULE}"/></w:pBdr>'
_IN = '<w:ind w:left="227" w:right="113"/>'


def looks(language: str, flows: bool = False) -> dict[str, Look]:
    """Every paragraph style by its id; of a document that flows, parts follow on the same page."""
    zh = language == "zh"
    # Chinese body text begins two characters in; its leading is wider than that of Latin script.
    line = 1.35 if zh else 1.15
    first = '<w:ind w:firstLineChars="200" w:firstLine="480"/>' if zh else ""
    heavy = "" if zh else _BOLD  # 黑体 stands out by itself
    # Numbers and Chinese words of one row stand on one line, whatever the heights of their fonts.
    cells = (
        '<w:spacing w:before="30" w:after="30" w:line="260" w:lineRule="exact"/>'
        if zh
        else _spacing(1.5, 1.5)
    )
    body, heads = (
        _spacing(0, 4 if zh else 7, line),
        ((24, 10), (16, 6), (12, 4), (10, 3)),
    )
    found = {
        "Normal": Look("Normal", "", paragraph=_spacing(0, 0)),
        "BodyText": Look("Body Text", paragraph=f"<w:widowControl/>{body}{first}<w:jc w:val=\"both\"/>"),
        "Title": Look("Title", face="head", points=(26, 26), paragraph=_KEEP + _spacing(0 if flows else 150, 14) + '<w:jc w:val="left"/>', run=heavy, follows="Subtitle"),
        "Subtitle": Look("Subtitle", face="fine", points=(13, 14), paragraph=_spacing(0, 12, 1.2), colour=_SOFT, follows="BodyText"),
        "Lede": Look("Lede", face="fine", points=(12, 13), paragraph=_spacing(2, 8, line), follows="BodyText"),
        "Question": Look("Question", face="fine", points=(12, 13), paragraph=f"<w:keepLines/>{_spacing(0, 8, 1.2)}", run="<w:i/><w:iCs/>" if not zh else "", colour=_LEAD, follows="BodyText"),
        "Quote": Look("Quote", face="fine", paragraph=f'{_spacing(4, 8, line)}<w:ind w:left="567" w:right="567"/>'),
        "Note": Look("Note", points=(9, 9), paragraph=_spacing(2, 6, 1.1), colour=_SOFT),
        "LimitHead": Look("Limit Head", face="head", points=(9.5, 10.5), paragraph=f"<w:keepNext/>{_GREY}{_spacing(0, 0, 1.2)}{_IN}", run=heavy, colour=_SOFT, follows="Limit"),
        "Limit": Look("Limit", points=(10, 10.5), paragraph=f"{_GREY}{_spacing(0, 3, 1.2)}{_IN}"),
        "ListBullet": Look("List Bullet", paragraph=f'<w:numPr><w:numId w:val="2"/></w:numPr>{_spacing(0, 3, line)}'),
        "ListNumber": Look("List Number", paragraph=f'<w:numPr><w:numId w:val="3"/></w:numPr>{_spacing(0, 3, line)}'),
        "FindingHead": Look("Finding Head", face="head", points=(9.5, 10.5), paragraph=f"{_KEEP}{_BAR}{_spacing(6, 2)}{_IN}", run=heavy, colour=_LEAD, follows="Finding"),
        "Finding": Look("Finding", points=(11.5, 12), paragraph=f"{_KEEP}{_BAR}{_spacing(0, 3, 1.2)}{_IN}", run=_BOLD, follows="FindingBasis"),
        "FindingBasis": Look("Finding Basis", points=(9.5, 10), paragraph=f"{_KEEP}{_BAR}{_spacing(0, 1, 1.15)}{_IN}"),
        "FindingHow": Look("Finding How", points=(8.5, 9), paragraph=f"<w:keepLines/>{_BAR}{_spacing(0, 2, 1.1)}{_IN}", colour=_SOFT, follows="BodyText"),
        "GlanceHead": Look("Glance Head", points=(9, 9), paragraph=f"<w:keepNext/>{_spacing(5, 0)}", colour=_SOFT, follows="Glance"),
        "Glance": Look("Glance", paragraph=f"<w:keepLines/>{_spacing(0, 4, 1.15)}", follows="GlanceHead"),
        "Gap": Look("Gap", points=(5, 5), paragraph=_spacing(0, 0), listed=False),
        "Caption": Look(CAPTION.lower(), face="head", points=(10, 10.5), paragraph=f'{_KEEP}{_spacing(10, 5)}', run=heavy, follows="BodyText"),
        "FigureCaption": Look("Figure Caption", "Caption", face="head", points=(10, 10.5), paragraph=f'<w:keepNext w:val="0"/>{_spacing(2, 4)}', run=heavy),
        "Figure": Look("Figure", paragraph=f'<w:keepNext/>{_spacing(10, 2)}<w:jc w:val="center"/>', follows="Caption"),
        "TableCell": Look("Table Cell", points=(9, 9), paragraph=f'{cells}<w:jc w:val="left"/>', follows="TableCell"),
        "TableNumber": Look("Table Number", "TableCell", points=(9, 9), paragraph='<w:jc w:val="right"/>'),
        "TableHead": Look("Table Head", "TableCell", face="head", points=(9, 9), paragraph="<w:keepNext/>", run=heavy),
        "TableNote": Look("Table Note", points=(8.5, 9), paragraph=_spacing(3, 0, 1.1), colour=_SOFT, follows="BodyText"),
        "CardTitle": Look("Card Title", face="head", points=(11, 12), paragraph=f"{_KEEP}{_spacing(3, 3)}", run=heavy, colour=_LEAD),
        "CardLabel": Look("Card Label", face="head", points=(9, 9), paragraph=_spacing(2, 2), run=heavy),
        "CardText": Look("Card Text", points=(9.5, 10), paragraph=_spacing(2, 2, 1.1)),
        "TOCHeading": Look("TOC Heading", face="head", points=(16, 16), paragraph=_KEEP + _spacing(12, 8), run=heavy, follows="BodyText"),
        "TOC1": _contents("toc 1", 0, 567, zh, 4),
        "TOC2": _contents("toc 2", 567, 680, zh, 0),
        "TOC3": _contents("toc 3", 1247, 794, zh, 0),
        "TableofFigures": Look("table of figures", points=(10, 10.5), paragraph=f'{_leader(())}{_spacing(0, 0)}<w:ind w:left="567" w:right="567" w:hanging="567"/>'),
        "Header": Look("header", points=(9, 9), paragraph=f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{_RULE}"/></w:pBdr><w:jc w:val="right"/>', colour=_SOFT, listed=False),
        "Footer": Look("footer", points=(9, 9), paragraph='<w:jc w:val="center"/>', colour=_SOFT, listed=False),
        "FootnoteText": Look("footnote text", points=(8.5, 9), paragraph=f'<w:tabs><w:tab w:val="left" w:pos="340"/></w:tabs><w:snapToGrid w:val="0"/>{_spacing(0, 1)}<w:ind w:left="340" w:hanging="340"/><w:jc w:val="left"/>', listed=False),
        "Source": Look("Source", points=(9.5, 10), paragraph=f'<w:keepLines/><w:tabs><w:tab w:val="left" w:pos="567"/></w:tabs>{_spacing(0, 3)}<w:ind w:left="567" w:hanging="567"/>'),
        "Computation": Look("Computation", face="head", points=(9.5, 10.5), paragraph=f"{_KEEP}{_spacing(8, 2)}", run=heavy),
        "Code": Look("Code", face="code", points=(8.5, 9), paragraph=f'<w:shd w:val="clear" w:color="auto" w:fill="{_GROUND}"/>{_spacing(2, 4)}<w:ind w:left="227"/>', run="<w:noProof/>", listed=False),
    }  # fmt: skip
    for n, ((before, after), points) in enumerate(zip(heads, (16, 13, 11.5, 11), strict=True)):
        chapter = "<w:pageBreakBefore/>" if not n and not flows else ""
        number = f'<w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="1"/></w:numPr>'
        found[f"Heading{n + 1}"] = Look(
            f"heading {n + 1}", face="head", points=(points, points + (1 if n else 0)), run=heavy, follows="BodyText", level=n,
            paragraph=f"{_KEEP}{chapter}{number}{_spacing(before if n or flows else 0, after)}",
        )  # fmt: skip
    found["HeadingPlain"] = Look(
        "Heading without Number", "Heading1", face="head", points=(16, 16), run=heavy, follows="BodyText", level=0,
        paragraph='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr><w:ind w:left="0" w:firstLine="0"/>',
    )  # fmt: skip
    found["HeadingPlain2"] = Look(
        "Heading 2 without Number", "Heading2", face="head", points=(12, 13), run=heavy, follows="BodyText", level=None,
        paragraph='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr><w:ind w:left="0" w:firstLine="0"/><w:outlineLvl w:val="9"/>',
    )  # fmt: skip
    return found


def _leader(stops: tuple[int, ...]) -> str:
    left = "".join(f'<w:tab w:val="left" w:pos="{one}"/>' for one in stops)
    return f'<w:tabs>{left}<w:tab w:val="right" w:leader="dot" w:pos="{ROOM[False]}"/></w:tabs>'


def _contents(name: str, left: int, hanging: int, zh: bool, before: float) -> Look:
    deep = left + hanging
    return Look(
        name, points=(10.5, 11) if not left else (10, 10.5), run=_BOLD if not left and not zh else "", face="text" if left else "head",
        paragraph=f'{_leader((deep,))}{_spacing(before, 0)}<w:ind w:left="{deep}" w:right="567" w:hanging="{hanging}"/>',
    )  # fmt: skip


def _written(key: str, one: Look, language: str) -> str:
    latin, asian = FACES[one.face]
    size = round(2 * one.points[language == "zh"])
    default = ' w:default="1"' if key == "Normal" else ""
    builtin = key in _BUILTIN
    custom = "" if builtin else ' w:customStyle="1"'
    based = f'<w:basedOn w:val="{one.based}"/>' if one.based else ""
    follows = f'<w:next w:val="{one.follows}"/>' if one.follows else ""
    level = f'<w:outlineLvl w:val="{one.level}"/>' if one.level is not None else ""
    colour = f'<w:color w:val="{one.colour}"/>' if one.colour else ""
    return (
        f'<w:style {SPACES} w:type="paragraph"{default}{custom} w:styleId="{key}"><w:name w:val="{one.name}"/>{based}{follows}'
        f'<w:uiPriority w:val="{1 if one.listed else 99}"/>{"<w:qFormat/>" if one.listed else ""}'
        f"<w:pPr>{one.paragraph}{level}</w:pPr><w:rPr>"
        f'<w:rFonts w:ascii="{latin}" w:eastAsia="{asian}" w:hAnsi="{latin}" w:cs="{latin}"/>{one.run}{colour}'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


_BUILTIN = frozenset(
    {
        "Normal", "BodyText", "Title", "Subtitle", "Quote", "ListBullet", "ListNumber", "Caption", "TOCHeading", "TOC1", "TOC2",
        "TOC3", "TableofFigures", "FootnoteText", "Header", "Footer", "Heading1", "Heading2", "Heading3", "Heading4",
    }
)  # fmt: skip

_OTHERS = f"""
<w:style {SPACES} w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style {SPACES} w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style {SPACES} w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>
<w:style {SPACES} w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:uiPriority w:val="99"/><w:rPr><w:color w:val="{_LEAD}"/></w:rPr></w:style>
<w:style {SPACES} w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:uiPriority w:val="99"/><w:rPr><w:rFonts w:ascii="{FACES["text"][0]}" w:eastAsia="{FACES["text"][1]}" w:hAnsi="{FACES["text"][0]}" w:cs="{FACES["text"][0]}"/><w:b w:val="0"/><w:bCs w:val="0"/><w:i w:val="0"/><w:iCs w:val="0"/><w:color w:val="{_LEAD}"/><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style {SPACES} w:type="character" w:customStyle="1" w:styleId="SourceMark"><w:name w:val="Source Mark"/><w:uiPriority w:val="2"/><w:qFormat/><w:rPr><w:b w:val="0"/><w:bCs w:val="0"/><w:i w:val="0"/><w:iCs w:val="0"/><w:color w:val="{_LEAD}"/><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style {SPACES} w:type="character" w:customStyle="1" w:styleId="Label"><w:name w:val="Label"/><w:uiPriority w:val="2"/><w:qFormat/><w:rPr><w:rFonts w:ascii="{FACES["head"][0]}" w:eastAsia="{FACES["head"][1]}" w:hAnsi="{FACES["head"][0]}" w:cs="{FACES["head"][0]}"/><w:b/><w:bCs/><w:i w:val="0"/><w:iCs w:val="0"/></w:rPr></w:style>
<w:style {SPACES} w:type="character" w:customStyle="1" w:styleId="Aside"><w:name w:val="Aside"/><w:uiPriority w:val="2"/><w:qFormat/><w:rPr><w:color w:val="{_SOFT}"/></w:rPr></w:style>
<w:style {SPACES} w:type="table" w:customStyle="1" w:styleId="CardTable"><w:name w:val="Card"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="12" w:space="0" w:color="{_LEAD}"/><w:left w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/><w:right w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/></w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{_GROUND}"/></w:tcPr></w:tblStylePr></w:style>
"""


def set_styles(document: Any, language: str, flows: bool = False) -> None:
    """Put our styles in the place of those of the library's template, of which defaults alone stay."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    held = document.styles.element
    for one in list(held):
        if one.tag == qn("w:style"):
            held.remove(one)
    for key, look in looks(language, flows).items():
        held.append(parse_xml(_written(key, look, language)))
    for line in _OTHERS.strip().splitlines():
        held.append(parse_xml(line))
