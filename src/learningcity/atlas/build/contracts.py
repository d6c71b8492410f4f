"""Check the schemas themselves: complete in both languages, marked, and true to their own examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from learningcity.core import Finding, Text, cell_problem

if TYPE_CHECKING:
    from learningcity.atlas.build.edited import Edited
    from learningcity.core import Field, Schema

_HAN = re.compile(r"[\u3400-\u9fff]")


def check_schemas(edited: Edited) -> list[Finding]:
    """Check all schemas.

    Parameters
    ----------
    edited
        What :func:`~learningcity.atlas.build.edited.read_edited` read.

    Returns
    -------
    list of Finding
        One for each text, mark, key or example that does not hold; the table is the schema's file.
    """
    found = []
    for schema in edited.schemas.values():
        found += list(_check_schema(edited, schema))
        for one in schema.fields:
            found += list(_check_field(schema, one))
    return found


def _check_schema(edited: Edited, schema: Schema) -> Iterator[Finding]:
    yield from _told(schema, None, schema.title, schema.description)
    for column in schema.key:
        if column not in schema.by_name:
            yield _finding(
                schema,
                column,
                Text(f"The key names {column!r}, which is no column.", f"主键“{column}”不是本表的列。"),
            )
    for ref in schema.references:
        there = [edited.schemas[t] for t in ref.tables if t in edited.schemas]
        if ref.field not in schema.by_name or not there or any(ref.column not in t.by_name for t in there):
            yield _finding(
                schema,
                ref.field,
                Text(
                    f"The reference to {' / '.join(ref.tables)}.{ref.column} leads nowhere.",
                    f"指向{' / '.join(ref.tables)}.{ref.column}的引用无效。",
                ),
            )


def _check_field(schema: Schema, one: Field) -> Iterator[Finding]:
    yield from _told(schema, one.name, one.title, one.description)
    if one.lang not in (None, "en", "zh", "original"):
        yield _finding(
            schema,
            one.name,
            Text(f"lang {one.lang!r} is not known.", f"lang取值“{one.lang}”无效。"),
        )
    if one.lang == "zh" and not one.pair:
        yield _finding(
            schema,
            one.name,
            Text("A Chinese column names no partner (pair).", "中文列未注明对应列（pair）。"),
        )
    if one.pair and (one.pair not in schema.by_name or schema[one.pair].pair != one.name):
        yield _finding(
            schema,
            one.name,
            Text(f"{one.pair!r} does not name it as its partner.", f"“{one.pair}”未与其互指。"),
        )
    if _free_text(schema, one) and one.lang is None:
        yield _finding(
            schema,
            one.name,
            Text("A free text is not marked with its language (lang).", "自由文本列未注明语言（lang）。"),
        )
    if one.example and cell_problem(one.example, one):
        yield _finding(
            schema,
            one.name,
            Text(f"Its example {one.example!r} is refused.", f"示例“{one.example}”不合规则。"),
        )
    if one.bad and not cell_problem(one.bad, one) and not _elsewhere(schema, one):
        yield _finding(
            schema, one.name, Text(f"Its bad example {one.bad!r} is taken.", f"反例“{one.bad}”未被拒绝。")
        )


def _free_text(schema: Schema, one: Field) -> bool:
    limited = one.enum or one.pattern or one.vocabulary or one.type != "string"
    return not limited and not _elsewhere(schema, one) and one.name not in schema.key


def _elsewhere(schema: Schema, one: Field) -> bool:
    # Held by a reference or by the labels, which a look at the cell alone cannot see.
    return bool(one.vocabulary) or any(ref.field == one.name for ref in schema.references)


def _told(schema: Schema, column: str | None, title: Text, description: Text) -> Iterator[Finding]:
    for text in (title, description):
        if not text.en or not _HAN.search(text.zh) or "TODO" in text.en + text.zh:
            yield _finding(
                schema,
                column,
                Text(
                    f"A title or description is missing in a language: {text.en!r} / {text.zh!r}.",
                    f"标题或说明缺少一种语言：“{text.en}”/“{text.zh}”。",
                ),
            )


def _finding(schema: Schema, column: str | None, problem: Text) -> Finding:
    return Finding(
        f"schemas/{schema.name}.json",
        None,
        column,
        "",
        problem,
        Text("Mend the schema.", "请修正表结构文件。"),
    )
