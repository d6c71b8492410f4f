"""A table as CSV, JSON and workbook, opened again and compared with its frame; nothing runs as a formula."""

import csv
import io
import json
import zipfile

import pandas as pd
import pytest
from openpyxl import load_workbook

import learningcity as lc
from learningcity.report.package.workbook import LONGEST_CELL

#: Texts that a spreadsheet would run, or that break a file that is written carelessly.
NASTY = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "'=1",
    "''",
    "a,b",
    'he said "no"',
    "一行\n两行",
    "'t Hooft",
    " ",
)
COLUMNS = (
    lc.Column("id", lc.Text("id", "编号")),
    lc.Column("text", lc.Text("text", "文字")),
    lc.Column("number", lc.Text("number", "数")),
    lc.Column("year", lc.Text("year", "年份")),
    lc.Column("seen", lc.Text("seen", "见否"), "yes_no"),
    lc.Column("themes", lc.Text("themes", "特征"), "theme"),
    lc.Column("country_iso3", lc.Text("country", "国家"), "country"),
)


@pytest.fixture
def sheet():
    """One row a nasty text; the numbers are negative, small, large and missing."""
    numbers = [-1.5, 0.0, 21858000.0, float("nan"), 1e-9, -3.0]
    frame = pd.DataFrame(
        {
            "id": [f"r{n}" for n in range(len(NASTY))],
            "text": NASTY,
            "number": [numbers[n % len(numbers)] for n in range(len(NASTY))],
            "year": pd.array([2015, None] * (len(NASTY) // 2) + [2024], dtype="Int64"),
            "seen": ["yes", "no", None] * (len(NASTY) // 3) + ["yes"],
            "themes": ["green;inclusive", "green", None] * (len(NASTY) // 3) + ["a code of my own"],
            "country_iso3": ["CHN", "FRA", None] * (len(NASTY) // 3) + ["XXX"],
            "not given": 1,
        }
    )
    return lc.Sheet("nasty", lc.Text("Nasty", "棘手"), frame, COLUMNS, lc.Text("A note.", "附注。"))


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(lc.UnknownNameError, match="numbr"):
        lc.Sheet(
            "x", lc.Text("x", "x"), pd.DataFrame({"number": [1]}), (lc.Column("numbr", lc.Text("n", "数")),)
        )


def expected(value, vocabulary, language):
    """The cell by another way: words by hand."""
    if value is None or value is pd.NA or value != value:
        return None
    words = {
        ("yes_no", "zh"): {"yes": "是", "no": "否"},
        ("theme", "zh"): {"green;inclusive": "绿色；包容", "green": "绿色"},
        ("theme", "en"): {"green;inclusive": "green; inclusive"},
        ("country", "zh"): {"CHN": "中国", "FRA": "法国"},
        ("country", "en"): {"CHN": "China", "FRA": "France"},
    }
    return words.get((vocabulary, language), {}).get(value, value)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_csv_reads_back_cell_by_cell(sheet, language):
    body = lc.sheet_csv(sheet, language)
    assert body.startswith(b"\xef\xbb\xbf")
    assert not body[3:].startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    assert head == [column.title.in_(language) for column in COLUMNS]
    assert len(rows) == len(NASTY)
    checked = 0
    for row, record in zip(rows, sheet.frame.to_dict("records"), strict=True):
        for column, cell in zip(COLUMNS, row, strict=True):
            wanted = expected(record[column.code], column.vocabulary, language)
            if wanted is None:
                assert cell == ""
            elif isinstance(wanted, str):
                assert cell.lstrip("'") == wanted.lstrip("'")
                assert cell[0] not in "=+-@\t\r"
                checked += 1
            else:
                assert float(cell) == wanted
                assert cell[0] != "'"
    assert checked > 20


def test_every_text_that_would_run_is_escaped_and_no_other(sheet):
    text = lc.sheet_csv(sheet, "en").decode("utf-8-sig")
    cells = [row[1] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    given = dict(zip(NASTY, cells, strict=True))
    for dangerous in ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1"):
        assert given[dangerous] == "'" + dangerous
    for harmless in ("''", "a,b", "'t Hooft", " ", "一行\n两行"):
        assert given[harmless] == harmless


def test_the_json_keeps_codes_and_numbers(sheet):
    told = json.loads(
        lc.sheets_json("Title", [sheet, sheet], "zh", {"address": "/zh/x", "own": float("nan")})
    )
    assert (told["title"], told["language"], told["address"], told["own"]) == ("Title", "zh", "/zh/x", None)
    assert len(told["tables"]) == 2
    table = told["tables"][0]
    assert (table["name"], table["title"], table["note"]) == ("nasty", "棘手", "附注。")
    assert [c["code"] for c in table["columns"]] == [c.code for c in COLUMNS]
    assert [c["title"] for c in table["columns"]] == [c.title.zh for c in COLUMNS]
    for row, record in zip(table["rows"], sheet.frame.to_dict("records"), strict=True):
        for column in COLUMNS:
            wanted = expected(record[column.code], "", "en")
            assert row[column.code] == wanted
            assert isinstance(row[column.code], bool) is False


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_workbook_reads_back_cell_by_cell(sheet, language):
    body = lc.sheets_xlsx("Title", [sheet], language, ["one line", "=not run"])
    book = load_workbook(io.BytesIO(body))
    names = {"en": ["Read me", "Nasty", "dictionary"], "zh": ["说明", "棘手", "数据字典"]}[language]
    assert book.sheetnames == names
    table = book[names[1]]
    assert [c.value for c in table[1]] == [c.title.in_(language) for c in COLUMNS]
    assert (table.freeze_panes, table.auto_filter.ref) == ("A2", f"A1:G{len(NASTY) + 1}")
    checked = 0
    for row, record in zip(table.iter_rows(min_row=2), sheet.frame.to_dict("records"), strict=True):
        for column, cell in zip(COLUMNS, row, strict=True):
            wanted = expected(record[column.code], column.vocabulary, language)
            assert cell.data_type != "f"
            # XML has no bare carriage return; the format writes it as an escape and readers give it back.
            value = cell.value.replace("_x000D_", "\r") if isinstance(cell.value, str) else cell.value
            assert value == wanted, (column.code, wanted)
            if isinstance(wanted, str):
                assert cell.data_type == "s"
                assert cell.quotePrefix == (wanted.lstrip("'")[:1] in tuple("=+-@\t\r"))
                checked += 1
    assert checked > 20
    told = {(r[2], r[4]): r[5] for r in book[names[2]].iter_rows(min_row=2, values_only=True)}
    assert told["themes", "green"] == {"en": "green", "zh": "绿色"}[language]
    assert ("id", None) in told
    assert [row[0].value for row in book[names[0]].iter_rows()][:3] == ["Title", "one line", "=not run"]
    assert all(cell.data_type != "f" for row in book[names[0]].iter_rows() for cell in row)


def test_ids_of_sources_are_links_where_they_may_be():
    frame = pd.DataFrame({"source_id": ["s1", "s2", None]})
    sheet = lc.Sheet("s", lc.Text("S", "源"), frame, (lc.Column("source_id", lc.Text("source", "来源")),))
    book = load_workbook(
        io.BytesIO(lc.sheets_xlsx("T", [sheet], "en", links={"s1": "https://example.org/a?b=c#d"}))
    )
    cells = [row[0] for row in book["S"].iter_rows(min_row=2)]
    assert cells[0].value == "s1"
    link = cells[0].hyperlink
    assert link.target + (f"#{link.location}" if link.location else "") == "https://example.org/a?b=c#d"
    assert cells[1].hyperlink is None


def test_the_same_sheets_give_the_same_bytes(sheet):
    body = lc.sheets_xlsx("T", [sheet], "zh")
    assert body == lc.sheets_xlsx("T", [sheet], "zh")
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(body)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }


def test_sheets_without_rows_long_texts_and_like_names_do_not_break():
    columns = (lc.Column("a", lc.Text("a", "甲")),)
    title = lc.Text("A very long title: [with] what/no sheet may bear", "很长的标题：" + "长" * 40)
    empty = lc.Sheet("e", title, pd.DataFrame({"a": []}), columns)
    long = lc.Sheet("l", title, pd.DataFrame({"a": ["x" * 40_000 + "\x00\ud800"]}), columns)
    for language in ("en", "zh"):
        book = load_workbook(io.BytesIO(lc.sheets_xlsx("T\x01<&>", [empty, long, long], language, ["\x02"])))
        assert book.properties.title == "T<&>"
        assert len(set(book.sheetnames)) == 5
        assert all(len(name) <= 31 for name in book.sheetnames)
        assert len(book.worksheets[2]["A2"].value) == LONGEST_CELL
        assert [c.value for c in book.worksheets[1][1]] == [columns[0].title.in_(language)]
    assert lc.sheet_csv(empty, "zh")[3:].decode() == "甲\r\n"
    assert json.loads(lc.sheets_json("T", [empty], "en"))["tables"][0]["rows"] == []


def test_columns_of_a_schema_are_titled_and_know_their_words():
    columns = {c.code: c for c in lc.schema_columns(lc.table_schemas()["practice-codes"])}
    assert columns["themes"].vocabulary == "theme"
    assert columns["strength"].vocabulary == "strength"
    assert {c.code: c.vocabulary for c in lc.schema_columns(lc.table_schemas()["cities"])}[
        "country_iso3"
    ] == "country"
    assert [c.code for c in lc.schema_columns(lc.table_schemas()["facts"], "value", "unit")] == [
        "value",
        "unit",
    ]
    with pytest.raises(lc.UnknownNameError):
        lc.schema_columns(lc.table_schemas()["facts"], "vlaue")
