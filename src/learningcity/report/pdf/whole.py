"""A document as one PDF file: typst sets what the template says, with the document as data beside it."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from learningcity.core import InputError, SetupError, Text, UnknownNameError
from learningcity.report import paper
from learningcity.report.document import Document
from learningcity.report.html import Addresses, HtmlParts
from learningcity.report.html import words as said
from learningcity.report.pdf import end, fonts, words
from learningcity.report.pdf.content import Content
from learningcity.report.pdf.inline import Inline, broken, clean

_HERE = Path(__file__).resolve().parent
#: What is done with signs that no font draws.
MISSING = ("list", "error")
#: Read aloud by machines (PDF/UA-1); with a date also for archives (PDF/A-2a), which ask for one.
STANDARDS: tuple[Any, ...] = ("ua-1",)
DATED: tuple[Any, ...] = ("a-2a", *STANDARDS)
#: Chapters up to which a document has no page for its title, and its parts follow on the same page.
SHORT = 2
#: Letters of data from which on typst is asked to forget a document: it would keep hundreds of megabytes.
LARGE = 200_000
#: Where the signs of a text are not shown, but lead somewhere.
_NOT_TEXT = frozenset({"u", "l", "label", "back", "k", "role", "strength"})


def write(
    document: Document,
    addresses: Addresses | None = None,
    missing: str = "list",
    date: datetime.date | None = None,
) -> bytes:
    """Write a document as PDF; the same document gives the same bytes.

    Parameters
    ----------
    document
        In the language it is read in.
    addresses
        Gives the whole web address of a city, practice, source or fact by kind and id, or None.
    missing
        What becomes of signs that no installed font draws: "list" writes their code points and lists
        them at the end, "error" refuses.
    date
        The date that the file states; None states none.

    Raises
    ------
    SetupError
        No font with Chinese characters is there and the document holds some; or, with ``missing`` "error",
        any sign that no font draws. The message lists the signs and names package and setting.
    InputError
        A picture that is none of ours, or a document that cannot be set.
    UnknownNameError
        ``missing`` is neither "list" nor "error".
    """
    if missing not in MISSING:
        raise UnknownNameError("name", missing, MISSING)
    held = fonts.installed()
    chosen = fonts.chosen(held.families())
    data = content(document, addresses)
    data["fonts"] = {"serif": chosen.serif, "sans": chosen.sans, "mono": chosen.mono}
    signs = signs_of(data)
    chinese = [one for one in sorted(signs) if fonts.is_chinese(one)]
    if chinese and chosen.chinese is None:
        raise SetupError(fonts.missing(chinese))
    lost = fonts.not_drawn(signs, chosen.serif + chosen.sans, held)
    return _typeset(data, lost, held, missing, date)


def content(document: Document, addresses: Addresses | None = None) -> dict[str, Any]:
    """Give what the template sets: the document in its language as plain data."""
    parts = HtmlParts(document, addresses)
    language = document.language
    out = Inline(document, parts.sources, parts.parts, addresses)
    made = Content(parts, out)
    subtitle = out.said(document.subtitle)
    body = made.sections(document.sections)
    return {
        "language": language,
        "title": broken(clean(document.title.in_(language)).strip() or clean(document.key) or "–"),
        "short": end.short_title(document.title.in_(language)),
        "flows": len(document.sections) <= SHORT,
        "subtitle": subtitle,
        "words": _words(language),
        "lists": end.lists(parts),
        "glance": end.glance(parts),
        "body": body,
        "hows": list(made.hows.values()),
        "long": made.long,
        "sources": end.sources(parts, out),
        "manifest": end.manifest(document.manifest, language),
        "lost": [],
    }


def _words(language: str) -> dict[str, str]:
    names = (
        "CONTENTS", "GLANCE", "LISTS", "QUESTION", "LIMITS", "COVERAGE", "UNCERTAINTY", "CHOICES", "SEED", "CODE", "COMMAND",
        "EMPTY", "SOURCES", "MANIFEST", "MANIFEST_NOTE",
    )  # fmt: skip
    printed = ("HOW", "COMPUTATION", "COMPUTATIONS", "LONG_TABLES")
    own = ("COMPUTATIONS_NOTE", "USED_BY", "NOT_DRAWN", "NOT_DRAWN_NOTE", "SIGN", "SIGN_NAME")
    found = {
        name.lower(): getattr(module, name).in_(language)
        for module, known in ((said, names), (paper, printed), (words, own))
        for name in known
    }
    return found | {name: text.in_(language) for name, text in words.tell().items()}


def _typeset(
    data: dict[str, Any], lost: tuple[str, ...], held: Any, missing: str, date: datetime.date | None
) -> bytes:
    import typst

    data["date"] = None if date is None else [date.year, date.month, date.day]
    standards = list(STANDARDS if date is None else DATED)

    while True:
        if lost and missing == "error":
            raise SetupError(fonts.missing(lost))
        shown = without(data, lost)
        shown["lost"] = [[f"U+{ord(one):04X}", unicodedata.name(one, "–")] for one in lost]
        inputs = {"document": json.dumps(shown, ensure_ascii=False)}
        compiler = typst.Compiler(_template(), root=_HERE, font_paths=held, sys_inputs=inputs)
        try:
            made: Any = compiler.compile(format="pdf", pdf_standards=standards, timestamp=0)
        except typst.TypstError as error:
            more = set(fonts.told(error.diagnostic)) - set(lost)
            if not more:
                raise InputError(
                    Text(
                        f"The document could not be set as PDF: {error.message}.",
                        f"无法将文档排版为PDF：{error.message}。",
                    )
                ) from error
            # A sign that stands alone may be drawn, and not beside another.
            lost = tuple(sorted({*lost, *more}))
            continue
        if len(inputs["document"]) > LARGE:
            forget()
        return bytes(made)


def forget() -> None:
    """Let typst give back the memory of what it set: it keeps all that its last ten runs used."""
    import typst

    none = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    for _ in range(12):
        typst.Compiler(b"", font_paths=none).compile(format="pdf")


@cache
def _template() -> bytes:
    return (_HERE / "template.typ").read_bytes()


def signs_of(data: Any, key: str = "") -> set[str]:
    """Every sign of the texts of some data."""
    if isinstance(data, str):
        return set() if key in _NOT_TEXT else set(data)
    if isinstance(data, dict):
        return set().union(*(signs_of(value, name) for name, value in data.items()))
    if isinstance(data, list | tuple):
        return set().union(*(signs_of(one, key) for one in data))
    return set()


def without(data: Any, lost: tuple[str, ...]) -> Any:
    """Give the data with code points in the place of signs that are not drawn.

    Examples
    --------
    >>> without({"t": "a ሀለ b", "u": "ሀ"}, ("ሀ", "ለ"))
    {'t': 'a [U+1200 U+1208] b', 'u': 'ሀ'}
    """
    if not lost:
        return dict(data)
    found = re.compile(f"[{re.escape(''.join(lost))}]+")

    def inside(one: Any, key: str = "") -> Any:
        if isinstance(one, str):
            return one if key in _NOT_TEXT else found.sub(_codes, one)
        if isinstance(one, dict):
            return {name: inside(value, name) for name, value in one.items()}
        return [inside(value, key) for value in one] if isinstance(one, list | tuple) else one

    return inside(data)


def _codes(match: re.Match[str]) -> str:
    return "[" + " ".join(f"U+{ord(one):04X}" for one in match[0]) + "]"
