"""Setting a brief with typst, in the largest sizes that hold two pages."""

from __future__ import annotations

import datetime
import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from learningcity.core import SetupError
from learningcity.report.brief.content import Content
from learningcity.report.brief.faces import Faces, chinese_faces, told
from learningcity.report.brief.sizes import PAGES, Sizes, sizes
from learningcity.report.document import Document
from learningcity.report.html import Addresses
from learningcity.report.pdf import fonts
from learningcity.report.pdf.whole import signs_of, without

_HERE = Path(__file__).resolve().parent
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
STANDARDS, DATED = ("ua-1",), ("a-2a", "ua-1")


@dataclass(frozen=True)
class Fitted:
    """A brief as it was set.

    Parameters
    ----------
    pdf
        The file.
    level
        Which sizes hold it, 0 = those of the standard.
    sizes
        The sizes.
    pages
        How many pages it has; more than two where even the smallest sizes do not hold it.
    faces
        The fonts; None in English.
    """

    pdf: bytes
    level: int
    sizes: Sizes
    pages: int
    faces: Faces | None
    lost: tuple[str, ...]


def fit(document: Document, addresses: Addresses | None = None, date: datetime.date | None = None) -> Fitted:
    """Set a brief.

    Raises
    ------
    SetupError
        No font with Chinese characters is there and the document holds some.
    """
    held = fonts.installed()
    families = list(held.families())
    general = fonts.chosen(families)
    faces = chinese_faces(families) if document.language == "zh" else None
    table = {"serif": general.serif, "sans": general.sans}
    table |= faces.families if faces is not None else dict.fromkeys(("title", "body", "second", "folio"), general.serif) | {"head": general.sans}  # fmt: skip
    lost: tuple[str, ...] | None = None
    for level, one in enumerate(choices := sizes(document.language)):
        data = Content(document, addresses, one.fine).data()
        data |= {"fonts": {k: list(v) for k, v in table.items()}, "sizes": one.to_dict()}
        data |= {
            "date": None if date is None else [date.year, date.month, date.day],
            "date_told": day(date, document.language),
        }
        data["note"] = "" if faces is None or (note := told(faces)) is None else note.in_(document.language)
        if lost is None:
            lost = _lost(data, general, held)
        compiler, lost = _compiled(data, lost, held)
        pages = int(json.loads(compiler.query("<pages>", field="value", one=True)))
        if pages <= PAGES or level == len(choices) - 1:
            standards = list(STANDARDS if date is None else DATED)
            made = compiler.compile(format="pdf", pdf_standards=standards, timestamp=0)
            return Fitted(made, level, one, pages, faces, lost)
    raise AssertionError("there are no sizes")


def _lost(data: dict[str, Any], general: fonts.Chosen, held: Any) -> tuple[str, ...]:
    signs = signs_of(data)
    chinese = [one for one in sorted(signs) if fonts.is_chinese(one)]
    if chinese and general.chinese is None:
        raise SetupError(fonts.missing(chinese))
    return fonts.not_drawn(signs, general.serif + general.sans, held)


def _compiled(data: dict[str, Any], lost: tuple[str, ...], held: Any) -> tuple[Any, tuple[str, ...]]:
    """A compiler whose document can be set; signs that no font draws are written as code points."""
    import typst

    while True:
        shown = without(data, lost)
        shown["lost"] = [f"U+{ord(one):04X} {unicodedata.name(one, '–')}" for one in lost]
        inputs = {"document": json.dumps(shown, ensure_ascii=False)}
        compiler = typst.Compiler(_HERE / "template.typ", root=_HERE, font_paths=held, sys_inputs=inputs)
        try:
            compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
        except typst.TypstError as error:
            more = set(fonts.told(error.diagnostic)) - set(lost)
            if not more:
                raise
            lost = tuple(sorted({*lost, *more}))
            continue
        return compiler, lost


def day(date: datetime.date | None, language: str) -> str:
    """A day as documents of the language write it; "" for none.

    Examples
    --------
    >>> day(datetime.date(2026, 11, 2), "zh"), day(datetime.date(2026, 11, 2), "en")
    ('2026年11月2日', '2 November 2026')
    """
    if date is None:
        return ""
    if language == "zh":
        return f"{date.year}年{date.month}月{date.day}日"
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"
