"""A broken cell is named by table, row and column, with the remedy."""

import time

import pandas as pd
import pytest

from learningcity.core import Schema, cell_problem, check_references, check_rows, read_csv_text, typed

RAW = {
    "name": "towns",
    "title": {"en": "Towns", "zh": "城镇"},
    "description": {"en": "d", "zh": "d"},
    "primaryKey": ["id"],
    "foreignKeys": [
        {"fields": "kin", "reference": {"resource": "towns|cities", "fields": "id"}},
        {"fields": "tags", "reference": {"resource": "tags", "fields": "tag"}},
    ],
    "fields": [
        {"name": "id", "type": "string", "constraints": {"required": True, "pattern": "[a-z-]+"}},
        {"name": "size", "type": "number", "constraints": {"minimum": 0, "maximum": 10}},
        {"name": "year", "type": "year"},
        {"name": "count", "type": "integer"},
        {"name": "kind", "type": "string", "constraints": {"enum": ["old", "new"]}},
        {"name": "tags", "type": "list"},
        {"name": "since", "type": "date"},
        {"name": "kin", "type": "string"},
    ],
}
for raw in RAW["fields"]:
    raw.update(
        title={"en": raw["name"], "zh": raw["name"]}, description={"en": f"the {raw['name']}", "zh": "说明"}
    )
SCHEMA = Schema.from_dict(RAW)
HEADER = "id,size,year,count,kind,tags,since,kin"
GOOD = "a-b,1.5,2020,3,old,x;y,2024-12-03,"


def table(*lines, header=HEADER):
    return read_csv_text("\n".join([header, *lines]), "towns")


def test_a_good_row_has_no_findings():
    assert check_rows(table(GOOD), SCHEMA) == []
    assert check_rows(table("a,,,,,,,"), SCHEMA) == []


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [
        (",1,,,,,,", "id", "empty"),
        ("A,1,,,,,,", "id", "form"),
        ("a,x,,,,,,", "size", "not a number"),
        ('a,"1,5",,,,,,', "size", "not a number"),
        ("a,-1,,,,,,", "size", "below 0"),
        ("a,11,,,,,,", "size", "above 10"),
        ("a,nan,,,,,,", "size", "not a number"),
        ("a,1e999,,,,,,", "size", "too large"),
        ("a,,20,,,,,", "year", "four digits"),
        ("a,,2020.0,,,,,", "year", "four digits"),
        ("a,,,1.5,,,,", "count", "whole number"),
        ("a,,,,ol,,,", "kind", "Did you mean 'old'"),
        ("a,,,,,x;;y,,", "tags", "empty or repeated"),
        ("a,,,,,x;x,,", "tags", "empty or repeated"),
        ("a,,,,,,03.12.2024,", "since", "date"),
    ],
)
def test_every_kind_of_bad_cell_is_named(line, column, told):
    findings = check_rows(table(GOOD, line), SCHEMA)
    assert [(f.table, f.row, f.column) for f in findings] == [("towns", 3, column)]
    assert told in findings[0].text.en
    assert "第3行" in findings[0].text.zh
    assert findings[0].remedy.zh
    assert findings[0].to_dict()["row"] == 3


def test_a_repeated_key_names_both_rows():
    findings = check_rows(table(GOOD, "c,,,,,,,", GOOD), SCHEMA)
    assert [(f.row, f.column) for f in findings] == [(4, "id")]
    assert "row 2" in findings[0].text.en


@pytest.mark.parametrize(
    ("header", "line", "column", "told"),
    [
        ("size,year", "1,2020", "id", "missing"),
        ("id,sise", "a,1", "sise", "Did you mean 'size'"),
        ("id,size,size", "a,1,2", "size", "twice"),
    ],
)
def test_columns_are_checked_before_cells(header, line, column, told):
    findings = check_rows(table(line, header=header), SCHEMA)
    assert findings[0].row == 1
    assert findings[0].column == column
    assert told in findings[0].text.en


def test_references_are_looked_up_in_any_of_the_tables():
    tables = {
        "towns": table("a,,,,,x,,b", "b,,,,,z,,cork", "c,,,,,,,corx"),
        "cities": read_csv_text("id\ncork", "cities"),
        "tags": read_csv_text("tag\nx\ny", "tags"),
    }
    findings = check_references(tables, [SCHEMA])
    assert {(f.row, f.column, f.value) for f in findings} == {(3, "tags", "z"), (4, "kin", "corx")}
    assert "Did you mean 'cork'" in next(f for f in findings if f.column == "kin").text.en
    known = {**tables, "cities": read_csv_text("id\ncork\ncorx", "cities")}
    assert len(check_references(tables, [SCHEMA], known=known)) == 1


def test_typing_keeps_empty_cells_missing():
    frame = typed(table(GOOD, "c,,,,,,,"), SCHEMA)
    assert frame["size"].tolist()[0] == 1.5
    assert frame.loc[1, ["size", "year", "count", "kind"]].isna().all()
    assert str(frame["year"].dtype) == "Int64"
    assert list(frame.columns) == list(SCHEMA.columns)
    short = typed(pd.DataFrame({"id": ["q"]}), SCHEMA)
    assert short["kind"].isna().all()


@pytest.mark.parametrize(
    ("char", "code"),
    [("\r", "U+000D"), ("\t", "U+0009"), ("\x00", "U+0000"), ("\x1b", "U+001B"), ("\x85", "U+0085"),
     ("\u200b", "U+200B"), ("\u200f", "U+200F"), ("\u202e", "U+202E"), ("\u2066", "U+2066"), ("\ufeff", "U+FEFF")],
)  # fmt: skip
def test_a_character_that_nobody_sees_is_named(char, code):
    problem, remedy = cell_problem(f"a{char}b", SCHEMA["kin"])
    for language in ("en", "zh"):
        assert code in problem.in_(language)
        assert char not in problem.in_(language)
        assert remedy.in_(language)


def test_line_breaks_and_every_seen_character_pass():
    assert cell_problem("one\ntwo 武汉 𠮷 é 😀", SCHEMA["kin"]) is None


def test_a_required_cell_of_unseen_characters_is_empty():
    assert "empty" in cell_problem("\u200b\x00 \ufeff", SCHEMA["id"])[0].en
    assert table("a,,,,,,,\u200b\u202e").loc[2, "kin"] == ""


def test_a_cell_longer_than_a_spreadsheet_holds_is_refused():
    assert cell_problem("x" * 30_000, SCHEMA["kin"]) is None
    problem, _ = cell_problem("x" * 30_001, SCHEMA["kin"])
    assert "30,001" in problem.en
    assert "30001" in problem.zh


@pytest.mark.parametrize("digits", ["１２", "١٢", "१२", "২৩"])
@pytest.mark.parametrize("column", ["size", "count"])
def test_digits_of_other_scripts_are_no_numbers(digits, column):
    problem, remedy = cell_problem(digits, SCHEMA[column])
    assert "not a" in problem.en
    assert "0-9" in remedy.en
    assert "半角数字" in remedy.zh


def test_years_and_dates_of_other_digits_are_refused():
    assert cell_problem("２０２０", SCHEMA["year"]) is not None
    assert cell_problem("２０２４-12-03", SCHEMA["since"]) is not None


@pytest.mark.parametrize(
    ("value", "small"), [("1e-400", True), ("-2.5e-330", True), ("0e-400", False), ("0.0", False)]
)
def test_what_would_silently_become_zero_is_too_small(value, small):
    found = cell_problem(value, SCHEMA["size"])
    assert (found is not None and "too small" in found[0].en) == small


def test_many_columns_of_one_name_are_told_once():
    frame = pd.DataFrame([["a"] * 20_000], columns=["id"] * 20_000)
    started = time.process_time()
    findings = check_rows(frame, SCHEMA)
    assert time.process_time() - started < 2
    assert len(findings) == 1


def test_thousands_of_unknown_ids_are_told_at_once():
    towns = pd.DataFrame({"id": [f"t{n}" for n in range(4000)], "kin": [f"place-{n}x" for n in range(4000)]})
    tables = {
        "towns": towns,
        "cities": pd.DataFrame({"id": [f"place-{n}" for n in range(3000)]}),
        "tags": pd.DataFrame({"tag": ["x"]}),
    }
    started = time.process_time()
    findings = check_references(tables, [SCHEMA])
    assert time.process_time() - started < 2
    assert len(findings) == 4000
    assert all("Did you mean" in f.remedy.en for f in findings[:20])
    assert not any("Did you mean" in f.remedy.en for f in findings[20:])


def test_a_long_wrong_cell_is_shown_by_its_beginning():
    problem, _ = cell_problem("c" * 20_000, SCHEMA["kind"])
    assert all("ccc…" in problem.in_(language) for language in ("en", "zh"))
    assert len(problem.en) < 200
