"""A document as one file that needs nothing else: read on a screen, on a phone, on paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from learningcity.report.document import Document
from learningcity.report.html import words
from learningcity.report.html.inline import Addresses, text
from learningcity.report.html.pages import HtmlParts
from learningcity.report.names import file_stem

_HERE = Path(__file__).resolve().parent


def document_assets() -> Path:
    """The folder with the style of a document's blocks, ``learningcity/document.css``, for a site to serve.

    Everything in it is inside the class ``doc``; the colours and fonts are those of the page around it.
    """
    return _HERE / "shared"


@cache
def _style() -> str:
    parts = (
        _HERE / "style" / "tokens.css",
        document_assets() / "learningcity" / "document.css",
        _HERE / "style" / "file.css",
    )
    return "".join(one.read_text(encoding="utf-8") for one in parts)


def write(document: Document, addresses: Addresses | None = None) -> bytes:
    """Write a document as one file."""
    parts = HtmlParts(document, addresses)
    language = document.language
    blocks = parts.blocks()
    subtitle = blocks.out.said(document.subtitle)
    chapters = "".join(blocks.section(one) for one in document.sections)
    title = text(document.title.in_(language))
    found = (
        f'<!doctype html>\n<html lang="{words.tag(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{_style()}</style>\n</head>\n"
        '<body class="doc">\n'
        f'<a class="skip" href="#doc-text">{words.SKIP.in_(language)}</a>\n'
        f'<header class="cover" id="doc-cover">\n{_switch(document)}<h1>{title}</h1>\n<p class="subtitle">{subtitle}</p>\n</header>\n'
        f"{_contents(parts)}{_glance(parts)}"
        f'<main id="doc-text" tabindex="-1">\n{chapters}</main>\n'
        f"{parts.source_list(blocks.out)}{_manifest(parts)}"
        f'<p class="to-contents"><a href="#doc-contents">{words.TOP.in_(language)}</a></p>\n</body>\n</html>\n'
    )
    return found.encode("utf-8")


def _switch(document: Document) -> str:
    found = "".join(
        f'<a href="{text(f"{file_stem(document, other)}.html")}" hreflang="{words.tag(other)}" lang="{words.tag(other)}" '
        f'rel="alternate">{words.OTHER.in_(document.language)}</a>'
        for other in document.languages
        if other != document.language
    )
    return f'<p class="switch">{found}</p>\n' if found else ""


def _contents(parts: HtmlParts) -> str:
    word = words.CONTENTS.in_(parts.language)
    lists = parts.lists()
    more = (
        f'<details class="lists"><summary>{words.LISTS.in_(parts.language)}</summary>\n{lists}</details>\n'
        if lists
        else ""
    )
    return (
        f'<nav class="contents-page" id="doc-contents" aria-labelledby="doc-contents-head">\n<h2 id="doc-contents-head">{word}</h2>\n'
        f"{parts.contents(2)}\n{more}</nav>\n"
    )


def _glance(parts: HtmlParts) -> str:
    glance = parts.glance()
    if not glance:
        return ""
    return (
        f'<section class="glance-page" id="doc-glance">\n<h2>{words.GLANCE.in_(parts.language)}</h2>\n'
        f'<p class="note">{words.GLANCE_NOTE.in_(parts.language)}</p>\n{glance}<p class="note">{parts.size()}</p>\n</section>\n'
    )


def _manifest(parts: HtmlParts) -> str:
    held = parts.manifest()
    if not held:
        return ""
    return (
        f'<section class="manifest-page" id="doc-manifest">\n<h2>{words.MANIFEST.in_(parts.language)}</h2>\n'
        f'<p class="note">{words.MANIFEST_NOTE.in_(parts.language)}</p>\n{held}</section>\n'
    )
