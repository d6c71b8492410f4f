"""What a result rests on beside the data: this package's own text, and the packages it computes with."""

from __future__ import annotations

import hashlib
import json
import platform
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from learningcity.atlas import Atlas
from learningcity.core import plain, to_csv_text
from learningcity.study.spec import Study

#: Packages whose version may move a digit or a picture.
COMPUTED_WITH = ("altair", "babel", "numba", "numpy", "pandas", "scipy", "vl-convert-python")
#: Parts of this package that never reach a chapter.
_OUTSIDE = ("web", "cli", "__pycache__")


@cache
def code_version() -> str:
    """Give a fingerprint of the text and tables of this package, but for its command line and web site.

    Examples
    --------
    >>> len(code_version())
    12
    """
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file() and p.suffix in (".py", ".md", ".csv")):
        parts = path.relative_to(root).parts
        if not any(part in _OUTSIDE for part in parts):
            digest.update("/".join(parts).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def environment() -> dict[str, str]:
    """Give the versions of Python and of the packages that are computed with."""
    found = {"python": platform.python_version()}
    return found | {name: metadata.version(name) for name in COMPUTED_WITH}


def fingerprint(value: Any) -> str:
    """Give a short hash of plain values, whatever the order of their keys.

    Examples
    --------
    >>> fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    True
    """
    text = json.dumps(plain(value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def choices_of(study: Study) -> dict[str, Any]:
    """Give the choices of a study that its chapters rest on, as plain values."""
    return {
        "name": study.name,
        "title": study.title.to_dict(),
        "cases": list(study.cases),
        "target": plain(study.target),
        "seed": study.seed,
        "coder": study.coder,
        "facts": plain(study.facts),
        "codes": plain(study.codes),
        "methods": plain(study.methods),
    }


def tables_of(atlas: Atlas) -> dict[str, dict[str, Any]]:
    """Give rows and fingerprint of each table of the data, to say later which of them changed."""

    def make() -> dict[str, dict[str, Any]]:
        return {
            name: {"rows": len(frame), "sha256": hashlib.sha256(to_csv_text(frame).encode()).hexdigest()}
            for name, frame in sorted(atlas.frames.items())
        }

    return atlas.derived("study tables", make)
