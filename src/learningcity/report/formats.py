"""A document in the format that somebody asks for: one contract, a registry of formats."""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from typing import Any

from learningcity.core import Text, UnknownNameError, of_kind
from learningcity.report.document import Document
from learningcity.report.names import file_stem

#: Format -> ending, media type, and the function that writes it: ``write(document, **options) -> bytes``.
FORMATS: dict[str, tuple[str, str, str]] = {
    "html": ("html", "text/html; charset=utf-8", "learningcity.report.html:write"),
    "docx": (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "learningcity.report.docx:write",
    ),
    "xlsx": (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "learningcity.report.bundle.book:write",
    ),
    "zip": ("zip", "application/zip", "learningcity.report.bundle.packed:write"),
    "pdf": ("pdf", "application/pdf", "learningcity.report.pdf:write"),
}

#: The option that every format takes, whether or not it has anything to tell.
_TOLD = "progress"

#: Formats in which a document of another layout is written otherwise.
LAID_OUT: dict[str, dict[str, str]] = {
    "brief": {"docx": "learningcity.report.brief.word:write", "pdf": "learningcity.report.brief.pdf:write"},
}

#: What each format is, in the order in which they are offered.
_WORDS: dict[str, Text] = {
    "html": Text("web page in one file (HTML)", "单个网页文件（HTML）"),
    "docx": Text("Word document", "Word文档"),
    "pdf": Text("PDF", "PDF"),
    "xlsx": Text("workbook of findings, tables and sources (Excel)", "发现、表格与来源工作簿（Excel）"),
    "zip": Text("data package with tables and pictures (ZIP)", "数据包，含表格与图片（ZIP）"),
}


def document_formats() -> dict[str, Text]:
    """Give every format that :func:`render` writes and what it is, in the order in which they are offered.

    Examples
    --------
    >>> document_formats()["zip"].en
    'data package with tables and pictures (ZIP)'
    """
    names = sorted(FORMATS, key=lambda one: (list(_WORDS).index(one) if one in _WORDS else len(_WORDS), one))
    return {one: _WORDS.get(one, Text(one.upper(), one.upper())) for one in names}


def render(document: Document, format: str = "html", **options: Any) -> tuple[str, str, bytes]:  # noqa: A002
    """Write a document as a file, in the language it is read in (:meth:`Document.in_language`).

    Parameters
    ----------
    document
        From :func:`learningcity.run_study`, or made by hand.
    format
        "html": one self-contained file without scripts, for screen, phone and paper. "docx": a Word file
        of styles, numbered headings and captions, sources in footnotes, with contents to be updated, in
        which people go on writing. "pdf": A4 with contents, page numbers, outline and tags, fonts embedded, text that can be
        searched. "xlsx": findings, tables, the numbers behind figures and sources as a workbook. "zip":
        the same as a data package with pictures, the document as data, terms and checksums.
    **options
        What the format takes. html: ``addresses``, a function of kind ("city", "practice", "source",
        "fact", "part") and id that gives the address of its page or None; without it cities and
        practices are plain text. docx: the same addresses, and ``date`` to be stated.
        pdf: the same addresses, of which whole web addresses become links, ``date`` to be stated, and
        ``missing``, "list" or "error", for signs that no font draws. All: ``progress``, called with the
        work done and the whole of it; a format that is written at once calls it never.

    Returns
    -------
    name, media type, bytes
        A file name with the language, its media type and the file.

    Raises
    ------
    UnknownNameError
        No such format or option; the nearest are named.
    InputError
        No document, or a picture in it that is none of ours.
    SetupError
        The machine has no font for the language.

    Examples
    --------
    >>> import learningcity as lc
    >>> from learningcity.report import Document, Section, say
    >>> made = Document("d", lc.Text("One", "一"), say("Two.", "二。"), (Section("s", lc.Text("S", "节")),), {})
    >>> name, kind, body = lc.render(made, "html")
    >>> name, kind, body[:15]
    ('d-en.html', 'text/html; charset=utf-8', b'<!doctype html>')
    """
    of_kind(document, Document, "document")
    file, kind = file_of(document, format)
    where = FORMATS[format][2]
    where = LAID_OUT.get(document.layout, {}).get(format, where)
    module, name = where.split(":")
    write = getattr(import_module(module), name)
    known = [one for one in signature(write).parameters if one != "document"]
    for option in options:
        if option not in (*known, _TOLD):
            raise UnknownNameError("option", option, known)
    if _TOLD not in known:
        options.pop(_TOLD, None)
    body: bytes = write(document, **options)
    return file, kind, body


def file_of(document: Document, format: str) -> tuple[str, str]:  # noqa: A002
    """Give name and media type of the file of a document, in the language it is read in.

    Raises
    ------
    UnknownNameError
        No such format; the nearest are named.
    """
    if format not in FORMATS:
        raise UnknownNameError("format", str(format), FORMATS)
    ending, kind, _ = FORMATS[format]
    return f"{file_stem(document)}.{ending}", kind
