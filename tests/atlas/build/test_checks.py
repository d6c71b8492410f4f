"""A broken copy of each table is found, by table, row and column, and all rows were looked at."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from learningcity.atlas.build.checks import check_edited, check_table
from learningcity.atlas.build.edited import Edited, checkout, read_edited
from learningcity.core import Field, Schema

YEAR = 2026

# Counted in the committed files with `wc -l` less one; a row more or less must be meant.
ROWS = {
    "awards": 58,
    "bottlenecks": 16,
    "cities": 64,
    "city-population": 366,
    "country-context": 2827,
    "exchange-rates": 189,
    "facts": 906,
    "indicators": 58,
    "members": 326,
    "memberships": 284,
    "national-framework": 40,
    "practice-codes": 1194,
    "practices": 597,
    "sources": 1199,
    "statistical-sources": 17,
    "award-criteria": 25,
    "award-rules": 62,
    "concepts": 87,
    "key-features": 57,
    "labels": 270,
    "literature": 136,
    "measurements": 58,
    "other-frameworks": 106,
    "place-overrides": 15,
    "search-words": 260,
    "rounds": 6,
    "terms": 90,
    "exclusions": 0,
    "known-places": 9191,
    "plausible-ranges": 24,
    "tier-exceptions": 2,
    "tier-rules": 195,
    "words-to-avoid": 7,
}

WRONG_TYPE = {"integer": "1.5", "number": "about 3", "year": "20x4", "date": "3 May 2024"}


def broken(edited: Edited, name: str, column: str, value: str) -> Edited:
    frame = edited.tables[name].copy()
    frame.loc[2, column] = value
    return edited.with_table(name, frame)


def found(edited: Edited, name: str) -> set[tuple[int | None, str | None]]:
    return {(f.row, f.column) for f in check_table(edited, name, YEAR) if f.level == "error"}


def columns(kind: str) -> list[tuple[str, str]]:
    """Give (table, column) of every column that can be broken in one way."""
    edited = read_edited(checkout() / "data")
    return [
        (schema.name, one.name)
        for schema in edited.schemas.values()
        for one in schema.fields
        if len(edited.tables[schema.name]) and WAYS[kind](schema, one)
    ]


WAYS = {
    "type": lambda schema, one: one.type in WRONG_TYPE and not one.enum,
    "code": lambda schema, one: bool(one.enum),
    "form": lambda schema, one: bool(one.pattern) and bool(one.bad),
    "empty": lambda schema, one: one.required,
    "reference": lambda schema, one: any(r.field == one.name for r in schema.references),
    "label": lambda schema, one: bool(one.vocabulary) and not one.enum and one.vocabulary != "coder",
    "untranslated": lambda schema, one: one.pair is not None,
}


def test_the_committed_tables_hold_and_every_row_was_checked(edited: Edited) -> None:
    assert [f.text.en for f in check_edited(edited, YEAR)] == []
    assert {name: len(frame) for name, frame in edited.tables.items()} == ROWS


def test_every_table_can_be_broken_in_several_ways(edited: Edited) -> None:
    ways = Counter(table for kind in WAYS for table, _ in set(columns(kind)))
    assert set(ways) == {name for name, count in ROWS.items() if count}
    assert min(ways.values()) >= 3


@pytest.mark.parametrize("kind", list(WAYS))
def test_a_broken_cell_is_named(edited: Edited, kind: str) -> None:
    cases = columns(kind)
    assert len(cases) >= 5
    for table, column in cases:
        one = edited.schemas[table][column]
        copy = broken(edited, table, column, bad_value(kind, one, edited.schemas[table]))
        if kind == "untranslated":
            copy = broken(copy, table, str(one.pair), "words 文字")
        assert (2, column) in found(copy, table), (kind, table, column)


def bad_value(kind: str, one: Field, schema: Schema) -> str:
    if kind == "type":
        return WRONG_TYPE[one.type]
    if kind == "reference":
        return "1.9" if schema.name == "measurements" and one.name == "feature_code" else "nowhere-99"
    if kind == "form":
        return one.bad
    return {"code": "no-such-code", "label": "no such code", "empty": "", "untranslated": ""}[kind]


@pytest.mark.parametrize("table", [name for name, count in ROWS.items() if count])
def test_a_row_that_stands_there_twice_is_named(edited: Edited, table: str) -> None:
    frame = edited.tables[table]
    last = frame.index[-1] + 1
    twice = pd.concat([frame, frame.iloc[[0]].set_axis([last])])
    assert (last, edited.schemas[table].key[-1]) in found(edited.with_table(table, twice), table)


@pytest.mark.parametrize("table", list(ROWS))
def test_a_missing_and_an_unknown_column_are_named(edited: Edited, table: str) -> None:
    frame, schema = edited.tables[table], edited.schemas[table]
    required = next(f.name for f in schema.fields if f.required)
    assert (1, required) in found(edited.with_table(table, frame.drop(columns=required)), table)
    assert (1, "remark") in found(edited.with_table(table, frame.assign(remark="")), table)


def test_english_words_in_a_chinese_cell_are_found(edited: Edited) -> None:
    columns = [(s.name, f.name) for s in edited.schemas.values() for f in s.fields if f.lang == "zh"]
    columns = [(t, c) for t, c in columns if ROWS[t]]
    assert len(columns) >= 20
    for table, column in columns:
        assert (2, column) in found(broken(edited, table, column, "Not translated"), table), (table, column)


def test_a_word_to_avoid_is_found_with_the_word_to_use(edited: Edited) -> None:
    copy = broken(edited, "practices", "title_zh", "建设学习城市")
    [finding] = check_table(copy, "practices", YEAR)
    assert (finding.row, finding.column) == (2, "title_zh")
    assert "学习型城市" in finding.remedy.zh


def test_a_row_that_is_excluded_and_still_there_is_found(edited: Edited) -> None:
    row = {"table": "facts", "row_id": "f0001", "reason_en": "Misread", "reason_zh": "误读"}
    copy = edited.with_table("exclusions", pd.DataFrame([row], index=[2], dtype="str"))
    assert found(copy, "exclusions") == {(2, "row_id")}
    gone = edited.with_table("exclusions", pd.DataFrame([row | {"row_id": "f9999"}], index=[2], dtype="str"))
    assert found(gone, "exclusions") == set()


@pytest.mark.parametrize("file", ["standards/labels.csv", "atlas/indicators.csv", "atlas/sources.csv"])
def test_one_short_row_is_told_without_a_flood_behind_it(data: Path, file: str) -> None:
    path = data / file
    path.write_text(path.read_text(encoding="utf-8") + "short,row\n", encoding="utf-8")
    findings = check_edited(read_edited(data), YEAR)
    assert 1 <= len(findings) <= 3
    assert "cells" in findings[0].text.en
