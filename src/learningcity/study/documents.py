"""Documents written as files, and kept: what nothing has changed of is not written again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any

from learningcity.core import Progress, of_kind
from learningcity.report import Document, file_of, made_with, pack, render
from learningcity.study.keeping import kept_bytes
from learningcity.study.versions import code_version, environment, fingerprint


@dataclass(frozen=True)
class DocumentFile:
    """A document as a file.

    Parameters
    ----------
    name, media_type
        Of the file: "award-cities-en.pdf", "application/pdf".
    body
        Its bytes.
    format, language
        Which it is.
    fingerprint
        Of all that its bytes rest on: document, language, format, code, packages, and fonts where it is drawn.
    seconds
        What it took.
    kept
        Whether it was kept from before.
    """

    name: str
    media_type: str
    body: bytes = field(repr=False)
    format: str
    language: str
    fingerprint: str
    seconds: float
    kept: bool

    def entry(self) -> dict[str, Any]:
        """Give what a manifest says of it."""
        return {
            "fingerprint": self.fingerprint,
            "sha256": hashlib.sha256(self.body).hexdigest(),
            "seconds": self.seconds,
            "kept": self.kept,
        }


@dataclass(frozen=True)
class DocumentFiles:
    """Writes a document in formats and languages, and keeps the files by content.

    Parameters
    ----------
    document
        From :func:`learningcity.run_study`, or made by hand.
    keep
        Whether files of which nothing has changed are read from the user's own folder, and new ones kept
        there; or another folder for that. The folder is bounded: files that were not asked for the longest go.

    Raises
    ------
    InputError
        No document.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import learningcity as lc
    >>> run = lc.run_study(lc.Study(chapters=("award",), languages=("en",)))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     files = lc.DocumentFiles(run.document, keep=pathlib.Path(folder))
    ...     first, again = files.write("html"), files.write("html")
    >>> first.name, first.kept, again.kept, first.body == again.body
    ('award-cities-en.html', False, True, True)
    """

    document: Document
    keep: bool | Path = True

    def __post_init__(self) -> None:
        of_kind(self.document, Document, "document")

    def write(
        self,
        format: str = "html",  # noqa: A002
        language: str | None = None,
        progress: Progress | None = None,
    ) -> DocumentFile:
        """Give the file of a format, as :func:`learningcity.render` writes it without further options.

        Parameters
        ----------
        format
            See :func:`learningcity.document_formats`.
        language
            One of the document; None = the one it is read in.
        progress
            Called with the work done and the whole of it, where a format takes long.

        Raises
        ------
        UnknownNameError
            No such format or language.
        SetupError
            The machine has no font for the language.
        """
        start = perf_counter()
        asked = self.document if language is None else self.document.in_language(language)
        name, kind, body, key, kept = self._found(asked, format, progress)
        return DocumentFile(
            name, kind, body, format, asked.language, key, round(perf_counter() - start, 3), kept
        )

    def _found(
        self, asked: Document, name: str, progress: Progress | None
    ) -> tuple[str, str, bytes, str, bool]:
        file, kind = file_of(asked, name)
        key = fingerprint(
            {
                "document": self._content, "language": asked.language, "format": name, "with": made_with(name),
                "code": code_version(), **environment(),
            }
        )  # fmt: skip

        def write() -> bytes:
            return render(asked, name, progress=progress)[2]

        if self.keep is False:
            return file, kind, write(), key, False
        body, kept = kept_bytes(key, write, self.keep if isinstance(self.keep, Path) else None)
        return file, kind, body, key, kept

    @cached_property
    def _content(self) -> str:
        """A fingerprint of all that the document holds, in whatever language it is read."""
        same = self.document.in_language(self.document.languages[0])
        text = json.dumps(pack(same), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
