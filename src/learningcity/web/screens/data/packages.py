"""All tables at once: the data package for programs and the workbook for people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

import learningcity as lc
from learningcity.web import content, exports

Row = dict[str, Any]

_ZIP = "application/zip"


def package(request: HttpRequest, language: str) -> HttpResponse:
    """Give the data package."""
    body = lc.data_package(content.atlas(), language)
    return exports.file_answer(body, f"learningcity-data-package-{language}.zip", _ZIP)


def workbook(request: HttpRequest, language: str) -> HttpResponse:
    """Give the workbook of the atlas."""
    body = lc.atlas_workbook(content.atlas(), language)
    return exports.file_answer(body, f"learningcity-atlas-{language}.xlsx", exports.TABLES["xlsx"])


def told(language: str) -> Row:
    """What the page says of both: address, size, how many tables and rows are inside."""
    atlas = content.atlas()
    frames = {**lc.standard_tables(), **atlas.frames}
    return {
        "package": {
            "href": f"/{language}/data/package.zip",
            "size": size(len(lc.data_package(atlas, language))),
            "tables": len(frames),
            "rows": lc.format_number(sum(map(len, frames.values())), language),
        },
        "workbook": {
            "href": f"/{language}/data/atlas.xlsx",
            "size": size(len(lc.atlas_workbook(atlas, language))),
            "tables": len(atlas.frames),
            "rows": lc.format_number(sum(map(len, atlas.frames.values())), language),
        },
        "version": lc.data_version(atlas),
        "own": any(atlas.own.values()),
    }


def size(number: int) -> str:
    """Write a size of a file in kilobytes or megabytes.

    Examples
    --------
    >>> size(366_974), size(1_260_000)
    ('367 kB', '1.3 MB')
    """
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{round(number / 1e3)} kB"
