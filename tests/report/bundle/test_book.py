"""The workbook, opened again: every number, text, caption, note and source of the document is in it."""

import io
import re
from functools import cache

import openpyxl
import pytest
from tests.report.bundle.shown import award, displayed, hostile, units
from tests.report.html.sample import document as sample

import learningcity as lc
from learningcity.report import STRENGTHS
from learningcity.report.bundle.cells import typed
from learningcity.report.bundle.words import SHARE_UNIT

HAN = re.compile("[\u4e00-\u9fff]")
DOCUMENTS = {"sample": sample, "award": award, "units": units, "hostile": hostile}
#: Rows above the head of a table.
HEAD = 4


@cache
def opened(name, language):
    body = lc.render(DOCUMENTS[name]().in_language(language), "xlsx")[2]
    return openpyxl.load_workbook(io.BytesIO(body))


@pytest.fixture(params=[(name, language) for name in DOCUMENTS for language in ("en", "zh")], ids="-".join)
def book(request):
    name, language = request.param
    return DOCUMENTS[name]().in_language(language), opened(name, language), language


def sheet_of(workbook, word, number, language):
    names = {"table": ("Table {n}", "表{n}"), "figure": ("Figure {n}", "图{n}")}[word]
    return workbook[names[language == "zh"].replace("{n}", str(number))]


def clean(text):
    """A text without what no workbook can hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


def texts(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def test_every_cell_of_every_table_is_there_with_its_number(book):
    document, workbook, language = book
    seen = numbers = 0
    for n, table in enumerate(document.tables, 1):
        sheet = sheet_of(workbook, "table", n, language)
        assert clean(table.caption.in_(language)) in sheet.cell(1, 1).value
        for m, head in enumerate(table.heads, 1):
            assert sheet.cell(HEAD, m).value == clean(head.title.in_(language))
        for r, row in enumerate(table.rows, HEAD + 1):
            for m, said in enumerate(row, 1):
                cell, expected = sheet.cell(r, m), typed(said, language)
                if said is None:
                    assert cell.value is None
                elif isinstance(expected.value, str):
                    assert (cell.value or "") == clean(said.in_(language))
                else:
                    assert cell.value == pytest.approx(expected.value, rel=1e-14)
                    shown = displayed(cell.value, cell.number_format)
                    assert shown == said.in_(language) or "万" in said.in_(language)
                    numbers += 1
                seen += 1
        if table.note is not None:
            assert clean(table.note.in_(language)) in texts(sheet)
    assert not document.tables or (seen > 10 and numbers > 5)


def test_the_numbers_behind_every_figure_are_there(book):
    document, workbook, language = book
    for n, figure in enumerate(document.figures, 1):
        sheet = sheet_of(workbook, "figure", n, language)
        picture = figure.picture(language)
        read = [m for m, code in enumerate(picture.columns) if code in picture.heads]
        assert [sheet.cell(HEAD, m).value for m in range(1, len(read) + 1)] == [
            picture.heads[picture.columns[m]] for m in read
        ]
        assert picture.rows
        for r, row in enumerate(picture.rows, HEAD + 1):
            assert [sheet.cell(r, m).value for m in range(1, len(read) + 1)] == [row[m] for m in read]
        assert picture.alt in texts(sheet)
        assert figure.caption.in_(language) in sheet.cell(1, 1).value


def test_every_finding_is_there_with_all_that_it_rests_on(book):
    document, workbook, language = book
    sheet = workbook["发现" if language == "zh" else "Findings"]
    numbers = {one: n for n, one in enumerate(document.cited(), 1)}
    for r, one in enumerate(document.findings, HEAD + 1):
        row = [cell.value for cell in sheet[r]]
        said = (
            one.key, one.claim.in_(language), STRENGTHS[one.strength].in_(language),
            one.coverage.what.in_(language), one.uncertainty.in_(language), one.how.method.in_(language),
        )  # fmt: skip
        assert {clean(text) for text in said} <= {value or "" for value in row}
        assert {one.coverage.n, one.coverage.of, one.how.seed} <= set(row)
        assert not one.how.code or one.how.code in row
        if one.claim.sources:
            marks = set(re.findall(r"\d+", str(row[-1])))
            assert {str(numbers[s]) for s in one.claim.sources} & marks
    held = workbook["发现所含数值" if language == "zh" else "Numbers of findings"]
    rows = {(row[0].value, row[1].value): row[2].value for row in held.iter_rows(min_row=HEAD + 1)}
    expected = {(one.key, name): value for one in document.findings for name, value in one.values.items()}
    for key, value in expected.items():
        assert rows[key] == (
            value if isinstance(value, str) or value is None else pytest.approx(value, rel=1e-14)
        )


def test_sources_have_the_numbers_of_the_text_and_only_those_that_may_are_links(book):
    document, workbook, language = book
    sheet = workbook["来源" if language == "zh" else "Sources"]
    for n, source_id in enumerate(document.cited(), 1):
        one, row = document.sources[source_id], sheet[HEAD + n]
        assert [cell.value for cell in row[:4]] == [n, source_id, one.title, one.address]
        link = row[3].hyperlink.target if row[3].hyperlink else None
        may = one.linked and one.address.startswith("http") and len(one.address) < 2080
        assert link == (one.address if may else None)
    assert sheet.cell(HEAD + 1 + len(document.cited()), 1).value is None


def test_sheets_are_valid_unlike_in_the_language_and_found_from_the_contents(book):
    document, workbook, language = book
    names = workbook.sheetnames
    assert len({one.casefold() for one in names}) == len(names)
    for one in names:
        assert 0 < len(one) <= 31
        assert not re.search(r"[\\/?*\[\]:]|^'|'$", one)
        assert bool(HAN.search(one)) == (language == "zh")
    contents = workbook[names[1]]
    links = [
        cell.hyperlink.location for (cell,) in contents.iter_rows(min_row=2, max_col=1) if cell.hyperlink
    ]
    targets = [re.fullmatch(r"'(.+)'!A1", one)[1] for one in links]
    assert targets == [one for one in names if one not in (names[0], names[1], *names[len(targets) + 2 :])]
    captions = [row[1].value for row in contents.iter_rows(min_row=2)]
    for block in (*document.tables, *document.figures):
        assert clean(block.caption.in_(language)) in [one or "" for one in captions]


def test_the_read_me_says_what_it_is_and_what_may_not_be_read(book):
    document, workbook, language = book
    said = texts(workbook.worksheets[0])
    assert clean(document.title.in_(language)) == said[0]
    assert clean(document.subtitle.in_(language)) in said
    whole = "\n".join(said)
    assert ("均不表示因果关系" if language == "zh" else "none of them names a cause") in whole
    assert "CC BY 4.0" in whole or "知识共享署名4.0" in whole
    assert str(document.manifest.get("data", "–")) in whole
    limits = [p.phrase.in_(language) for p in document.blocks() if getattr(p, "role", "") == "limit"]
    assert {clean(one) for one in limits} <= set(said)


def test_the_dictionary_names_every_column_of_every_sheet(book):
    document, workbook, language = book
    sheet = workbook["数据字典" if language == "zh" else "Dictionary"]
    listed = [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=2)]
    for n, table in enumerate(document.tables, 1):
        name = sheet_of(workbook, "table", n, language).title
        heads = [clean(head.title.in_(language)) for head in table.heads]
        assert [head or "" for where, head in listed if where == name] == heads


def test_units_of_columns_are_told():
    rows = {row[1].value: row[4].value for row in opened("units", "en")["Dictionary"].iter_rows(min_row=2) if row[0].value == "Table 1"}  # fmt: skip
    assert rows == {"What": None, "Value": "in each row of its own", "Share": SHARE_UNIT.en, "p": None, "Year": None}  # fmt: skip


def test_a_name_that_leads_to_a_source_leads_to_its_row():
    cell = opened("units", "en")["Table 1"].cell(HEAD + 1, 1)
    assert cell.hyperlink.location == "'Sources'!A5"
    assert opened("units", "en")["Sources"]["B5"].value == "s1"


def test_no_cell_runs_as_a_formula(book):
    _, workbook, _ = book
    count = 0
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and cell.value[:1] in ("=", "+", "-", "@"):
                    count += 1
                    # Also not when somebody edits the cell.
                    assert cell.quotePrefix
    assert count > 100 or workbook.properties.title[:1] != "="


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_same_document_gives_the_same_bytes(language):
    for make in DOCUMENTS.values():
        first = lc.render(make().in_language(language), "xlsx")
        assert first == lc.render(make().in_language(language), "xlsx")
        assert first[0].endswith(f"-{language}.xlsx")
