"""Tables as files: CSV for people, JSON for programs, a workbook for both."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from learningcity.core import people_csv, plain

if TYPE_CHECKING:
    from learningcity.report.package.sheet import Sheet


def sheet_csv(sheet: Sheet, language: str) -> bytes:
    r"""Give a table as CSV for people: UTF-8 with BOM, heads and words in the language, safe cells.

    A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay
    numbers, negative ones too.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.core import Text
    >>> from learningcity.report.package import Column, Sheet
    >>> columns = (Column("n", Text("number", "数")), Column("y", Text("seen", "见否"), "yes_no"))
    >>> sheet = Sheet("one", Text("One", "一"), pd.DataFrame({"n": [-1.0], "y": ["no"]}), columns)
    >>> sheet_csv(sheet, "zh")[3:].decode()
    '数,见否\r\n-1,否\r\n'
    """
    import pandas as pd

    frame = pd.DataFrame(sheet.rows_in(language), dtype=object)
    if frame.empty:
        frame = pd.DataFrame(columns=range(len(sheet.columns)))
    frame.columns = pd.Index([column.title.in_(language) for column in sheet.columns], dtype=object)
    return people_csv(frame)


def sheets_json(
    title: str, sheets: Sequence[Sheet], language: str, about: Mapping[str, Any] | None = None
) -> bytes:
    """Give tables as one JSON document for programs: codes as they are, titles in the language.

    Parameters
    ----------
    title
        What the document holds.
    sheets
        The tables, the main one first.
    language
        "en" or "zh".
    about
        What else stands at the head: address, versions, licence, citation.
    """
    document = {
        "title": title,
        "language": language,
        **plain(about or {}),
        "tables": [_table(sheet, language) for sheet in sheets],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def _table(sheet: Sheet, language: str) -> dict[str, Any]:
    codes = [column.code for column in sheet.columns]
    return {
        "name": sheet.name,
        "title": sheet.title.in_(language),
        "note": sheet.note.in_(language) if sheet.note else None,
        "columns": [
            {"code": c.code, "title": c.title.in_(language), "vocabulary": c.vocabulary or None}
            for c in sheet.columns
        ],
        "rows": [dict(zip(codes, plain(row), strict=True)) for row in sheet.rows()],
    }
