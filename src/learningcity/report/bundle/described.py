"""The descriptor of a document's data package: a resource for each table, its columns titled in both languages.

Follows the Data Package standard, version 2.0 (https://datapackage.org). Entries beside the standard: ``titles``
and ``captions`` by language, ``unit`` of a column, ``key`` of the table in the document.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from learningcity.core import Text
from learningcity.report.bundle import told
from learningcity.report.bundle.grids import Grid, GridColumn
from learningcity.report.document import Document
from learningcity.report.package import descriptor, notices
from learningcity.report.package.licences import BY_SOURCE, CC_BY, FILE

#: A file of a document's tables: path, content, columns as they stand in it.
Written = tuple[str, bytes, Sequence[GridColumn]]
_TERMS = [CC_BY, {"title": "Facts, figures and statistics: terms by kind of source", "path": FILE}]


def package(document: Document, resources: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Describe the whole package."""
    version, data = told.versions(document)
    slug = re.sub(r"[^a-z0-9._-]+", "-", document.key.lower()).strip("-") or "document"
    return {
        "$schema": descriptor.PROFILE,
        "name": slug,
        "title": document.title.in_(document.language),
        "titles": document.title.to_dict(),
        "description": document.subtitle.in_(document.language),
        "language": document.language,
        "version": f"{version}+{data}",
        "created": notices.CREATED,
        "licenses": _TERMS,
        "sources": [{"title": "Sources by their numbers in the text", "path": "data/sources.csv"}],
        "citation": " ".join((told.cite_line(document), *notices.citations(document.language))),
        "notes": told.limits(document),
        "resources": list(resources),
    }


def table(grid: Grid, written: Written, language: str) -> dict[str, Any]:
    """Describe the file of one table."""
    path, content, columns = written
    named = {one: _title(grid, one) for one in ("en", "zh")}
    held: dict[str, Any] = {
        **_file(grid.name, path, content, "csv", "text/csv"),
        "type": "table",
        "title": named[language],
        "titles": named,
        "encoding": "utf-8",
        "dialect": {
            "header": True,
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
        },
        "schema": {
            "$schema": descriptor.SCHEMA_PROFILE,
            "fields": [_field(one, language) for one in columns],
            "missingValues": [""],
            **({"primaryKey": ["source_id"]} if grid.kind == "sources" else {}),
        },
        "licenses": [BY_SOURCE] if grid.kind == "sources" else [CC_BY, BY_SOURCE],
    }
    if grid.section is not None:
        held |= {"key": grid.key, "section": grid.section.to_dict()}
    said = " ".join(grid.notes)
    return {**held, "description": said} if said else held


def picture(grid: Grid, path: str, content: bytes, language: str) -> dict[str, Any]:
    """Describe the picture of a figure."""
    ending = path.rpartition(".")[2]
    kind = {"svg": "image/svg+xml", "png": "image/png"}[ending]
    named = {one: _title(grid, one) for one in ("en", "zh")}
    told_of = _file(f"{grid.name}.{ending}", path, content, ending, kind)
    return {**told_of, "title": named[language], "titles": named, "key": grid.key, "licenses": [CC_BY]}


def _title(grid: Grid, language: str) -> str:
    named = grid.title.in_(language)
    if grid.kind not in ("table", "figure"):
        return named
    return f"{named}{'. ' if language == 'en' else '　'}{grid.caption.in_(language)}"


def _file(name: str, path: str, content: bytes, form: str, kind: str) -> dict[str, Any]:
    return {
        "$schema": descriptor.RESOURCE_PROFILE,
        "name": name,
        "path": path,
        "format": form,
        "mediatype": kind,
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "bytes": len(content),
    }


def _field(one: GridColumn, language: str) -> dict[str, Any]:
    held: dict[str, Any] = {
        "name": one.code,
        "type": one.type,
        "title": one.title.in_(language),
        "titles": Text(one.title.en, one.title.zh).to_dict(),
    }
    return {**held, "unit": one.unit} if one.unit is not None else held
