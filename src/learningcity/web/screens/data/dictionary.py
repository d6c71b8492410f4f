"""What every table and column means, read off the same schemas that check the rows."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content

Row = dict[str, Any]

_TYPES = {
    "string": lc.Text("text", "文本"),
    "integer": lc.Text("whole number", "整数"),
    "number": lc.Text("number", "数字"),
    "year": lc.Text("year", "年份"),
    "date": lc.Text("date", "日期"),
    "list": lc.Text("several, joined with “;”", "多个值，以“;”连接"),
}
_LANGUAGES = {
    "original": lc.Text("as its source printed it", "照录原文"),
    "en": lc.Text("English alone", "仅有英文"),
}
#: A code within a Chinese sentence: set as a code, not read as a word.
# ASCII: a Chinese character beside a code is no part of it.
_CODES = re.compile(r"([A-Za-z][\w/.+-]*(?: \d+)?)", re.ASCII)


@cache
def build(language: str) -> Row:
    """Every table with its columns."""
    frames = content.atlas().frames
    tables = [
        _table(name, schema, len(frames[name]) if name in frames else None, language)
        for name, schema in lc.atlas_schemas().items()
    ]
    return {
        "tables": tables,
        "columns": sum(len(t["columns"]) for t in tables),
        "rows": sum(t["rows"] or 0 for t in tables),
    }


def _table(name: str, schema: Any, rows: int | None, language: str) -> Row:
    leads = {r.field: [(t, r.column) for t in r.tables] for r in schema.references}
    return {
        "id": f"table-{name}",
        "name": name,
        "title": schema.title.in_(language),
        "description": pieces(schema.description.in_(language), language),
        "rows": rows,
        "rows_told": lc.format_number(rows, language) if rows is not None else "",
        "yours": bool(schema.overlay),
        "columns": [_column(name, one, schema, leads.get(one.name, []), language) for one in schema.fields],
    }


def _column(table: str, one: Any, schema: Any, leads: list[tuple[str, str]], language: str) -> Row:
    return {
        "id": f"{table}-{one.name}",
        "name": one.name,
        "title": one.title.in_(language),
        "description": pieces(one.description.in_(language), language),
        "type": _TYPES[one.type].in_(language) if one.type in _TYPES else one.type,
        "required": one.required,
        "pair": one.pair,
        "key": one.name in schema.key,
        "lang": _LANGUAGES[one.lang].in_(language) if one.lang in _LANGUAGES else "",
        "values": [{"code": c, "word": _word(one, c, language)} for c in one.enum],
        "leads": [
            {"table": t, "column": c, "href": f"#table-{t}"} for t, c in leads if t in lc.atlas_schemas()
        ],
        "example": one.example,
        "example_lang": content.language_of(one.example),
    }


def _word(one: Any, code: str, language: str) -> str:
    """The word for a code; empty where the code is its own word."""
    if one.name in ("areas", "focal_areas"):
        return str(lc.load_standard().area(code).name.in_(language))
    return lc.label(one.vocabulary, code, language) if one.vocabulary else ""


def pieces(text: str, language: str) -> list[Row]:
    """Cut a Chinese sentence into words and codes, so that codes can be set as such.

    Examples
    --------
    >>> [p["text"] for p in pieces("见status列", "zh") if p["code"]]
    ['status']
    >>> pieces("See status", "en")
    [{'text': 'See status', 'code': False}]
    """
    if language != "zh":
        return [{"text": text, "code": False}]
    return [{"text": p, "code": bool(_CODES.fullmatch(p))} for p in _CODES.split(text) if p]
