"""Write an answer: rows or one record, as JSON or CSV, with pages, versions and notes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import patch_vary_headers

import learningcity as lc
from learningcity.web import content
from learningcity.web.api.columns import INTEGERS, LIST, Column, array, shape
from learningcity.web.api.wanted import Wanted
from learningcity.web.screens.about.page import citation

Row = dict[str, Any]

#: For how long an answer may be used without asking again: the data change with a new version alone.
SECONDS = 300
LICENCE = lc.Text(
    "Our texts: CC BY 4.0. Facts and figures: name the source of each one; its terms hold.",
    "我们撰写的文字：知识共享署名4.0。事实与数据：引用时请注明各自来源，并适用该来源的条款。",
)
EMPTY = lc.Text(
    "null says that nothing was seen or recorded; it is never zero, and never says that there is none.",
    "null表示未见公开资料或未记录，既不等于零，也不表示不存在。",
)


@dataclass(frozen=True, slots=True)
class Listing:
    """All rows that were found, of which an answer shows one page."""

    rows: Sequence[Row]
    notes: tuple[lc.Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One thing."""

    data: Row
    notes: tuple[lc.Text, ...] = field(default=())


@cache
def versions() -> dict[str, str]:
    """Versions of interface, package and data."""
    return {"interface": "1", "package": lc.__version__, "data": lc.data_version(content.atlas())}


def meta(title: lc.Text, language: str, notes: Iterable[lc.Text] = ()) -> Row:
    """What stands beside every answer."""
    return {
        "title": title.in_(language),
        "language": language,
        "versions": versions(),
        "own_tables": content.overlaid(),
        "licence": LICENCE.in_(language),
        "citation": citation(language),
        "documentation": f"/{language}/api",
        "notes": [note.in_(language) for note in (EMPTY, *notes)],
    }


META = {
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "language": {"type": "string", "enum": ["en", "zh"]},
        "versions": {
            "type": "object",
            "properties": {name: {"type": "string"} for name in ("interface", "package", "data")},
            "required": ["interface", "package", "data"],
            "additionalProperties": False,
        },
        "own_tables": {
            "type": "boolean",
            "description": "Whether a user's own tables lie over the shipped ones.",
            "x-description-zh": "是否叠加了用户自有数据表。",
        },
        "licence": {"type": "string"},
        "citation": {"type": "string"},
        "documentation": {"type": "string", "format": "uri-reference"},
        "notes": {"type": "array", "items": {"type": "string"}},
    },
    "required": [
        "title", "language", "versions", "own_tables", "licence", "citation", "documentation", "notes",
    ],
    "additionalProperties": False,
}  # fmt: skip
_WHOLE = {"type": "integer", "minimum": 0}
_LINK = {"type": ["string", "null"], "format": "uri-reference"}


def listing_schema(columns: tuple[Column, ...]) -> Row:
    """The JSON Schema of a list."""
    return {
        "type": "object",
        "properties": {
            "meta": {"$ref": "#/components/schemas/Meta"},
            "total": _WHOLE, "limit": _WHOLE, "offset": _WHOLE, "previous": _LINK, "next": _LINK,
            "data": array(shape(columns)),
        },
        "required": ["meta", "total", "limit", "offset", "previous", "next", "data"],
        "additionalProperties": False,
    }  # fmt: skip


def record_schema(data: Row) -> Row:
    """The JSON Schema of one thing."""
    return {
        "type": "object",
        "properties": {"meta": {"$ref": "#/components/schemas/Meta"}, "data": data},
        "required": ["meta", "data"],
        "additionalProperties": False,
    }


def dumped(body: Any) -> bytes:
    """JSON in UTF-8; NaN is no JSON and must not have come as far as here."""
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


def of_record(title: lc.Text, wanted: Wanted, record: Record) -> HttpResponse:
    """Write one thing."""
    body = {"meta": meta(title, wanted.language, record.notes), "data": record.data}
    return _finished(dumped(body), "application/json", wanted)


def of_listing(
    request: HttpRequest,
    title: lc.Text,
    name: str,
    wanted: Wanted,
    listing: Listing,
    columns: tuple[Column, ...],
    limit: int,
    offset: int,
) -> HttpResponse:
    """Write one page of a list; a CSV for which no limit was asked holds all rows."""
    total = len(listing.rows)
    if wanted.format == "csv" and "limit" not in request.GET:
        limit = max(total - offset, 0) or limit
    rows = listing.rows[offset : offset + limit]
    links = _links(request, total, limit, offset)
    if wanted.format == "csv":
        answer = _finished(_csv(rows, columns), "text/csv; charset=utf-8; header=present", wanted)
        answer.headers["Content-Disposition"] = f'inline; filename="{name}.csv"'
    else:
        body = {
            "meta": meta(title, wanted.language, listing.notes),
            "total": total, "limit": limit, "offset": offset,
            "previous": links.get("prev"), "next": links.get("next"), "data": list(rows),
        }  # fmt: skip
        answer = _finished(dumped(body), "application/json", wanted)
    answer.headers["Link"] = ", ".join(f'<{address}>; rel="{rel}"' for rel, address in links.items())
    answer.headers["X-Total-Count"] = str(total)
    return answer


def _links(request: HttpRequest, total: int, limit: int, offset: int) -> dict[str, str]:
    """First, previous, next and last page, as addresses without host (RFC 3986, RFC 8288)."""

    def address(start: int) -> str:
        query: QueryDict = request.GET.copy()
        query["limit"], query["offset"] = str(limit), str(start)
        pairs = [(name, value) for name, values in query.lists() for value in values]
        return f"{request.path}?{urlencode(pairs)}"

    last = (max(total - 1, 0) // limit) * limit
    links = {"first": address(0)}
    if offset > 0:
        links["prev"] = address(max(min(offset, last + limit) - limit, 0))
    if offset + limit < total:
        links["next"] = address(offset + limit)
    return {**links, "last": address(last)}


def _csv(rows: Iterable[Row], columns: tuple[Column, ...]) -> bytes:
    """CSV for programs (RFC 4180, UTF-8 without a mark); empty is empty, lists are joined with ";"."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([c.name for c in columns])
    for row in rows:
        writer.writerow([_cell(row[c.name], c) for c in columns])
    return out.getvalue().encode("utf-8", "backslashreplace")


def _cell(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if column.type in (LIST, INTEGERS):
        return lc.guard_text(";".join(str(one) for one in value))
    if column.type == "boolean":
        return "true" if value else "false"
    return lc.guard_text(value) if isinstance(value, str) else repr(value)


def _finished(content_: bytes, media_type: str, wanted: Wanted) -> HttpResponse:
    answer = HttpResponse(content_, content_type=media_type)
    answer.headers["Content-Language"] = "zh-Hans" if wanted.language == "zh" else "en"
    # What a user laid over the atlas is that user's own: no shared cache may keep it.
    kind = "private" if content.overlaid() else "public"
    answer.headers["Cache-Control"] = f"{kind}, max-age={SECONDS}"
    answer.headers["X-Data-Version"] = versions()["data"]
    patch_vary_headers(answer, ["Accept", "Accept-Language"])
    return answer
