"""A Word file, opened again: its parts, its words, and what stands in an order that the schema does not have."""

import io
import zipfile
from functools import cache

from lxml import etree
from tests.report.html.sample import document, large

import learningcity as lc
from learningcity.core import Text
from learningcity.report import Document, Section, say

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Children in the order of the schema (ECMA-376, part 1, annex A), as far as they are ours.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "settings": "writeProtection view zoom removePersonalInformation embedTrueTypeFonts defaultTabStop characterSpacingControl footnotePr endnotePr compat rsids themeFontLang clrSchemeMapping decimalSymbol listSeparator",
    "footnotePr": "pos numFmt numStart numRestart footnote",
    "footnotes": "footnote",
    "footnote": "p",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "numbering": "abstractNum num",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left start bottom right end insideH insideV",
}


def render(one, **options):
    return lc.render(one, "docx", **options)[2]


@cache
def sample(language):
    """The document with every block there is, and its file, written once for all tests."""
    one = document(language)
    return one, render(one)


@cache
def large_sample():
    """The document as large as any, and its file."""
    one = large()
    return one, render(one)


def parts(body):
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def roots(body):
    return {
        name: etree.fromstring(held) for name, held in parts(body).items() if name.endswith((".xml", ".rels"))
    }


def main(body):
    return roots(body)["word/document.xml"]


def read(element):
    """What is read of a paragraph or cell, marks of sources left out."""
    found = []
    for run in element.iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        if style is None or style.get(f"{W}val") not in ("SourceMark", "FootnoteReference"):
            found += [t.text or "" for t in run.iter(f"{W}t")]
    return "".join(found)


def paragraphs(body, style=None):
    found = []
    for one in main(body).iter(f"{W}p"):
        held = one.find(f"{W}pPr/{W}pStyle")
        if style is None or (held is not None and held.get(f"{W}val") == style):
            found.append(read(one))
    return found


def tables(body):
    return [
        [[" ".join(read(cell).split()) for cell in row.iter(f"{W}tc")] for row in one.iter(f"{W}tr")]
        for one in main(body).iter(f"{W}tbl")
    ]


def faults(root):
    """Elements that stand in an order that the schema does not have."""
    found = []
    for one in root.iter():
        if not isinstance(one.tag, str):
            continue
        name = etree.QName(one).localname
        if name not in ORDER:
            continue
        known = ORDER[name].split()
        at = [etree.QName(child).localname for child in one if child.tag.startswith(W)]
        if any(child not in known for child in at) or sorted(at, key=known.index) != at:
            found.append((name, at))
    return found


def minimal(*blocks, title="T", sources=None, **more):
    return Document("d", Text(title, title), say("S.", "副。"), (Section("s", Text("One", "一"), blocks),), sources or {}, **more)  # fmt: skip
