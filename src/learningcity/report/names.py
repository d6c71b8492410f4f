"""How the file of a document is called."""

from __future__ import annotations

from learningcity.report.document import Document


def file_stem(document: Document, language: str | None = None) -> str:
    """The name of its file in a language, without the ending: "award-cities-en"."""
    key = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in document.key)
    return f"{key or 'document'}-{language or document.language}"
