"""Hold everything under ``data/`` against schemas, references, rules, labels and both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from learningcity.atlas.build.cases import check_cases
from learningcity.atlas.build.coherence import check_coherence
from learningcity.atlas.build.contracts import check_schemas
from learningcity.atlas.build.words import check_labels, check_terms
from learningcity.atlas.rules import check_atlas_rules, check_languages
from learningcity.core import Finding, Text, check_references, check_rows

if TYPE_CHECKING:
    from learningcity.atlas.build.edited import Edited


def check_edited(edited: Edited, year: int | None = None) -> list[Finding]:
    """Check all tables and portraits.

    Parameters
    ----------
    edited
        What :func:`~learningcity.atlas.build.edited.read_edited` read.
    year
        The present year, for what may not lie in the future; the default is that of the clock.

    Returns
    -------
    list of Finding
        Unreadable files and schemas first, then tables in their order, then portraits (these only
        where everything else holds).
    """
    found = [*edited.unread, *check_schemas(edited)]
    for name in edited.tables:
        found += check_table(edited, name, year)
    found += check_terms(edited)
    if not any(f.level == "error" for f in found):
        found += check_cases(edited)
    return found


def check_table(edited: Edited, name: str, year: int | None = None) -> list[Finding]:
    """Check one table against its schema, the other tables, the rules, and for both languages."""
    frame, schema = edited.tables[name], edited.schemas[name]
    found = check_rows(frame, schema)
    if any(f.row == 1 for f in found):
        return found
    avoid = {row["word"]: row["instead"] for row in _records(edited, "words-to-avoid")}
    found += check_languages(frame, schema, avoid)
    # What a table that could not be read would tell is not held against the rows that point to it.
    readable = tuple(r for r in schema.references if all(t in edited.tables for t in r.tables))
    found += check_references({name: frame}, [replace(schema, references=readable)], known=edited.tables)
    if "labels" in edited.tables:
        found += check_labels(edited, name)
    if not edited.unread:
        found += check_atlas_rules({name: frame}, known=edited.tables, year=year)
    if not found and not edited.unread:
        found += check_coherence(edited, name)
    if name == "exclusions":
        found += _excluded_and_there(edited)
    return sorted(dict.fromkeys(found), key=lambda f: (f.row or 0, f.column or ""))


def _records(edited: Edited, name: str) -> list[dict[str, str]]:
    return edited.tables[name].to_dict("records") if name in edited.tables else []


def _excluded_and_there(edited: Edited) -> Iterator[Finding]:
    frame = edited.tables["exclusions"]
    for row, cells in zip(frame.index, frame.to_dict("records"), strict=True):
        other = edited.tables.get(cells["table"])
        if other is not None and cells["row_id"] in set(other.iloc[:, 0]):
            yield Finding(
                "exclusions",
                int(row),
                "row_id",
                cells["row_id"],
                Text(
                    f"{cells['row_id']!r} is excluded, yet it stands in {cells['table']}.",
                    f"“{cells['row_id']}”已列为剔除，却仍在{cells['table']}表中。",
                ),
                Text("Remove it from one of the two.", "请从其中一处删除。"),
            )
