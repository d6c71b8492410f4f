"""What the file of a document rests on beside the document and the code of this package."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from learningcity.core import SetupError

#: Packages that write a format.
_WRITTEN_BY: dict[str, tuple[str, ...]] = {
    "docx": ("vl-convert-python",),
    "pdf": ("typst",),
    "xlsx": ("xlsxwriter",),
    "zip": ("vl-convert-python",),
}
#: Formats whose bytes are drawn with fonts, and the settings that choose among those.
_DRAWN = ("docx", "pdf", "zip")
_SETTINGS = ("LEARNINGCITY_CHART_FONT", "LEARNINGCITY_DOCUMENT_FONT", "LEARNINGCITY_FONTS")


def made_with(format: str) -> dict[str, Any]:  # noqa: A002
    """Give style sheets and templates, the packages that write a format, and the fonts it is drawn with.

    Two files of one document are the same where this and the code of the package are. A format that is not
    known here rests on all of it.

    Examples
    --------
    >>> sorted(made_with("xlsx"))
    ['packages', 'styles']
    """
    every = tuple(dict.fromkeys(one for names in _WRITTEN_BY.values() for one in names))
    names = () if format == "html" else _WRITTEN_BY.get(format, every)
    found: dict[str, Any] = {"styles": _styles(), "packages": {one: metadata.version(one) for one in names}}
    if format in _DRAWN or (format not in _WRITTEN_BY and format != "html"):
        found["fonts"] = {
            "installed": _fonts(),
            **{one: os.environ.get(one, "").strip() for one in _SETTINGS},
        }
    return found


@cache
def _styles() -> str:
    root, digest = Path(__file__).parent, hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in (".css", ".typ") and path.is_file():
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _fonts() -> str:
    """A fingerprint of the fonts of this machine: their names, cuts, files and the sizes of these."""
    from learningcity.report.pdf.fonts import installed

    # A setting that names no folder is told by who draws.
    with suppress(SetupError):
        held = sorted(f"{one} {_size(one.path)}" for one in installed().fonts())
        return hashlib.sha256("\n".join(held).encode()).hexdigest()[:12]
    return ""


def _size(path: Any) -> int:
    with suppress(OSError, TypeError):
        return Path(path).stat().st_size
    return 0
