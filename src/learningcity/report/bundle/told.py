"""What is told about a document beside its tables: what it is, what may not be read from it, versions, terms, citing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from learningcity.core import package_version
from learningcity.report.bundle import words
from learningcity.report.document import Bullets, Document, Paragraph
from learningcity.report.package import notices


def versions(document: Document) -> tuple[str, str]:
    """Versions of the package and of the data, as the manifest has them; "–" for data that it does not name."""
    held = document.manifest
    named = held.get("versions")
    package = named.get("learningcity") if isinstance(named, Mapping) else held.get("package")
    return str(package or package_version()), str(held.get("data") or "–")


def version_line(document: Document) -> str:
    """Versions in a line."""
    version, data = versions(document)
    return words.VERSION.in_(document.language).format(version=version, data=data)


def cite_line(document: Document) -> str:
    """How the document is named where it is cited; the package and the atlas are cited with it."""
    version, data = versions(document)
    title = document.title.in_(document.language)
    return words.CITE.in_(document.language).replace("{version}", version).replace("{data}", data).replace("{title}", title)  # fmt: skip


def limits(document: Document) -> list[str]:
    """What may not be read from it: what holds for every document, then the limits that this one names."""
    language = document.language
    found = [one.in_(language) for one in (words.TOGETHER, words.UNSEEN, words.NO_ORDER, notices.INDEPENDENT)]
    for section, _ in document.walk():
        listed = section.key.rpartition(".")[2] == "limits"
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.role == "limit":
                found.append(block.phrase.in_(language))
            elif listed and isinstance(block, Bullets):
                found += [one.in_(language) for one in block.items]
    return list(dict.fromkeys(found))


def manifest_entries(held: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """Give the entries of a manifest by dotted names; lists and texts in both languages as JSON.

    Examples
    --------
    >>> manifest_entries({"seed": 1, "tables": {"facts": {"rows": 2}}, "kinds": ["a"]})
    [('seed', 1), ('tables.facts.rows', 2), ('kinds', '["a"]')]
    """
    found: list[tuple[str, Any]] = []
    for name, value in held.items():
        if isinstance(value, Mapping) and value:
            found += manifest_entries(value, f"{before}{name}.")
        elif isinstance(value, list | tuple | Mapping | bool):
            found.append((f"{before}{name}", json.dumps(value, ensure_ascii=False)))
        else:
            found.append((f"{before}{name}", value))
    return found
