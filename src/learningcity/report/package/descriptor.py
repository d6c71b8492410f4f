"""The descriptor of a data package: what each file holds, read off the schemas of the tables.

Follows the Data Package standard, version 2.0 (https://datapackage.org); its profile is named and
never fetched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from learningcity.core import Field, Schema, Text
from learningcity.report.package import licences

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas import Atlas

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"

_TYPES = {"integer": "integer", "number": "number", "year": "year", "list": "list"}
#: A day, a month or a year, or the first and the last day of a meeting: no single date type holds these.
_DATE = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?"
_SEVERAL = Text("Several, joined with “;”.", "多个值以“;”连接。")


def resource(
    name: str,
    content: bytes,
    schema: Schema,
    frames: Mapping[str, pd.DataFrame],
    language: str,
    atlas: Atlas,
) -> dict[str, Any]:
    """Describe the file of one table: schema, keys, size, checksum, licences."""
    told = described(name, content, schema.title.in_(language), schema.description.in_(language))
    told["schema"] = _schema(schema, frames, language)
    told["licenses"] = licences.of_table(name)
    frame = frames[name]
    used = set(frame["source_id"].dropna()) if "source_id" in frame.columns else set()
    statistics = licences.of_statistics(atlas, used)
    return {**told, **({"sources": statistics} if statistics else {})}


def described(name: str, content: bytes, title: str, description: str) -> dict[str, Any]:
    """Describe a file of a package without its columns."""
    return {
        "$schema": RESOURCE_PROFILE,
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "title": title,
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"header": True, "delimiter": ",", "lineTerminator": "\n"},
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "bytes": len(content),
    }


def plain_schema(columns: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Describe columns of text that have a name and a title and nothing else."""
    return {
        "$schema": SCHEMA_PROFILE,
        "fields": [{"name": name, "type": "string", "title": title} for name, title in columns],
        "missingValues": [""],
    }


def _schema(schema: Schema, frames: Mapping[str, pd.DataFrame], language: str) -> dict[str, Any]:
    frame = frames[schema.name]
    told: dict[str, Any] = {
        "$schema": SCHEMA_PROFILE,
        "fields": [_field(one, schema, language) for one in schema.fields],
        "missingValues": [""],
    }
    # A key with an empty part is no primary key in the sense of the standard; its rows are unique all the same.
    whole = not frame[list(schema.key)].isna().any(axis=None)
    told |= {"primaryKey": list(schema.key)} if whole else {"uniqueKeys": [list(schema.key)]}
    foreign = [key for key in (_foreign(one, schema, frames) for one in schema.references) if key]
    return {**told, **({"foreignKeys": foreign} if foreign else {})}


def _field(one: Field, schema: Schema, language: str) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    # Of a text in two languages one is enough, so neither column is required alone.
    if one.required and not one.pair:
        limits["required"] = True
    if schema.key == (one.name,):
        limits["unique"] = True
    numeric = one.type in ("integer", "number", "year")
    if one.enum and one.type != "list":
        limits["enum"] = (
            [int(code) for code in one.enum] if one.type in ("integer", "year") else list(one.enum)
        )
    if one.pattern and not numeric and one.type != "list":
        limits["pattern"] = one.pattern
    if one.type == "date":
        limits["pattern"] = _DATE
    for name, value in (("minimum", one.minimum), ("maximum", one.maximum)):
        if value is not None and numeric:
            limits[name] = int(value) if one.type in ("integer", "year") else value
    description = one.description.in_(language)
    if one.type == "list":
        description = f"{description}{'' if language == 'zh' else ' '}{_SEVERAL.in_(language)}"
    told: dict[str, Any] = {
        "name": one.name,
        "type": _TYPES.get(one.type, "string"),
        "title": one.title.in_(language),
        "description": description,
    }
    if one.type == "list":
        told |= {"delimiter": ";", "itemType": "string"}
    if one.example:
        told["example"] = one.example
    return {**told, **({"constraints": limits} if limits else {})}


def _foreign(one: Any, schema: Schema, frames: Mapping[str, pd.DataFrame]) -> dict[str, Any] | None:
    """The foreign key of a reference; None where its values lie in several tables or in lists."""
    if schema[one.field].type == "list":
        return None
    values = set(frames[schema.name][one.field].dropna())
    for table in one.tables:
        if values <= set(frames[table][one.column]):
            # The standard names a table's own rows by an empty text.
            where = {"resource": "" if table == schema.name else table, "fields": [one.column]}
            return {"fields": [one.field], "reference": where}
    return None
