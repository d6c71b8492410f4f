"""Schemas are complete in both languages, marked, and true to their own examples."""

from __future__ import annotations

from dataclasses import replace

import pytest

from learningcity.atlas.build.contracts import check_schemas
from learningcity.atlas.build.edited import Edited
from learningcity.core import Text
from learningcity.core.contracts import Reference


def with_schema(edited: Edited, name: str, **changes: object) -> Edited:
    return replace(edited, schemas={**edited.schemas, name: replace(edited.schemas[name], **changes)})


def with_field(edited: Edited, name: str, column: str, **changes: object) -> Edited:
    fields = tuple(replace(f, **changes) if f.name == column else f for f in edited.schemas[name].fields)
    return with_schema(edited, name, fields=fields)


def test_the_committed_schemas_hold(edited: Edited) -> None:
    assert len(edited.schemas) == 33
    assert sum(len(s.fields) for s in edited.schemas.values()) > 200
    assert check_schemas(edited) == []


@pytest.mark.parametrize(
    ("column", "changes"),
    [
        ("title_en", {"description": Text("TODO", "TODO")}),
        ("title_en", {"title": Text("Title", "Title")}),
        ("title_en", {"title": Text("", "标题")}),
        ("title_en", {"pair": "summary_zh"}),
        ("title_en", {"pair": None, "lang": None}),
        ("title_zh", {"lang": "zh", "pair": None}),
        ("title_zh", {"lang": "chinese"}),
        ("start_year", {"example": "soon"}),
        ("start_year", {"bad": "2014"}),
    ],
)
def test_a_broken_column_is_named(edited: Edited, column: str, changes: dict[str, object]) -> None:
    found = check_schemas(with_field(edited, "practices", column, **changes))
    assert column in {f.column for f in found}
    assert {f.table for f in found} == {"schemas/practices.json"}


@pytest.mark.parametrize(
    "changes",
    [
        {"key": ("practice",)},
        {"references": (Reference("city_id", ("towns",), "city_id"),)},
        {"references": (Reference("city_id", ("cities",), "town_id"),)},
        {"references": (Reference("town_id", ("cities",), "city_id"),)},
        {"description": Text("", "")},
    ],
)
def test_a_broken_table_is_named(edited: Edited, changes: dict[str, object]) -> None:
    assert len(check_schemas(with_schema(edited, "practices", **changes))) >= 1
