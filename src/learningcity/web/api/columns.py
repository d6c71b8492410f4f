"""What an answer holds: columns with their meaning in both languages, and the JSON Schema that follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import learningcity as lc

_TYPES = {"year": "integer", "date": "string"}
#: What the contract of a table calls a list is an array here, and joined with ";" in CSV.
LIST = "list"
INTEGERS = "integers"


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row: name, type (string, integer, number, boolean, list, integers), meaning, closed values."""

    name: str
    type: str
    text: lc.Text
    known: tuple[str | int, ...] = ()
    nullable: bool = False
    format: str = ""

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the field."""
        told: dict[str, Any] = {"description": self.text.en, "x-description-zh": self.text.zh}
        if self.type in (LIST, INTEGERS):
            items: dict[str, Any] = {"type": "string" if self.type == LIST else "integer"}
            if self.known:
                items["enum"] = list(self.known)
            if self.format:
                items["format"] = self.format
            return {"type": "array", "items": items, **told}
        kind: Any = [self.type, "null"] if self.nullable else self.type
        found: dict[str, Any] = {"type": kind, **told}
        if self.known:
            found["enum"] = [*self.known, None] if self.nullable else list(self.known)
        if self.format:
            found["format"] = self.format
        return found


def column(
    name: str,
    type_: str,
    en: str,
    zh: str,
    *,
    known: Iterable[str | int] = (),
    nullable: bool = False,
    format_: str = "",
) -> Column:
    """Make a column in one line."""
    return Column(name, type_, lc.Text(en, zh), tuple(known), nullable, format_)


HREF = column(
    "href", "string", "Page that shows it, as an address without host; null where no page does.",
    "显示该项的页面（不含主机名的地址）；没有页面时为null。", nullable=True, format_="uri-reference",
)  # fmt: skip
OWN = column(
    "own",
    "boolean",
    "Whether a user's own table added or replaced the row.",
    "该行是否由用户自有数据新增或替换。",
)
SOURCE = (
    column(
        "source_href", "string", "Page of the source in this atlas.", "来源在本图谱中的页面。",
        nullable=True, format_="uri-reference",
    ),
    column(
        "source_link", "string",
        "Address of the source itself; null where it is doubtful, since such addresses are never linked.",
        "来源原网址；存疑来源不作链接，为null。", nullable=True,
    ),
    column("source_tier", "string", "Tier of the source.", "来源等级。", nullable=True),
)  # fmt: skip
SOURCES = column(
    "source_hrefs", LIST, "Pages of the sources in this atlas, in the order of source_ids.",
    "各来源在本图谱中的页面，顺序同source_ids。", format_="uri-reference",
)  # fmt: skip


@cache
def contract(table: str) -> Any:
    """The contract of a table of the atlas or of the standards."""
    schemas = {**lc.standard_schemas(), **lc.atlas_schemas()}
    return schemas[table]


def of_contract(table: str, without: Iterable[str] = ()) -> tuple[Column, ...]:
    """The columns of a table as its contract describes them.

    Examples
    --------
    >>> [c.name for c in of_contract("awards")]
    ['round', 'city_id', 'source_id']
    """
    left = set(without)
    return tuple(_of_field(field) for field in contract(table).fields if field.name not in left)


def _of_field(field: Any) -> Column:
    kind = _TYPES.get(field.type, field.type)
    known = tuple(int(v) if kind == "integer" else v for v in field.enum)
    return Column(
        name=field.name,
        type=kind,
        text=lc.Text(
            f"{field.title.en}. {field.description.en}".strip(),
            f"{field.title.zh}：{field.description.zh}".strip("："),
        ),
        known=known,
        nullable=not field.required,
    )


def table_columns(
    table: str, without: Iterable[str] = (), more: tuple[Column, ...] = ()
) -> tuple[Column, ...]:
    """The columns of a table with what the interface adds: address, source, own."""
    found = of_contract(table, without)
    names = {c.name for c in found}
    extra: tuple[Column, ...] = ()
    if "source_id" in names:
        extra += SOURCE
    if "source_ids" in names:
        extra += (SOURCES,)
    return (*found, *more, *extra, OWN, HREF)


def shape(columns: Iterable[Column], more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The JSON Schema of an object with these fields and nothing else."""
    properties = {c.name: c.schema() for c in columns} | dict(more or {})
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def array(of: dict[str, Any], en: str = "", zh: str = "") -> dict[str, Any]:
    """The JSON Schema of a list."""
    told = {"description": en, "x-description-zh": zh} if en else {}
    return {"type": "array", "items": of, **told}
