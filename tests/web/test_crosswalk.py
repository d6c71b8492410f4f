"""The crosswalk on screen against the table of the library: counts, items, what is left out, what fits nowhere."""

import html
import re
from urllib.parse import parse_qs

import pytest
from tests.web.conftest import LANGUAGES, Page

import learningcity as lc


@pytest.fixture(scope="module")
def walk():
    return lc.crosswalk()


@pytest.fixture(scope="module")
def table(walk):
    frame = walk.table()
    return frame.assign(
        column=[str(r) if k == "criterion" else str(f) for k, r, f in zip(frame["kind"], frame["round"], frame["framework_id"], strict=True)],
        area=frame["area"].fillna("none"),
    )  # fmt: skip


def items(text):
    """Names of the items that are listed."""
    part = text.split('id="items"')[1].split('id="matrix"')[0]
    heads = re.findall(r'<tr><th scope="row">(.*?)</th>', part, re.S)
    return [html.unescape(re.sub(r"<[^>]+>", "", head)) for head in heads]


def wanted(table, language, area=None, columns=()):
    rows = table
    if area:
        rows = rows[rows["area"] == area]
    if columns:
        rows = rows[rows["column"].isin(columns)]
    keys = rows.drop_duplicates(["column", "code", "name_en"])
    return sorted(keys[f"name_{language}"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_at_the_head_whose_the_mappings_are(get, language):
    text = get(f"/{language}/crosswalk")
    words = {"en": "All mappings are ours, not UNESCO's.", "zh": "不代表联合国教科文组织的观点"}[language]
    notice = html.unescape(text.split('<p class="notice">')[1].split("</p>")[0])
    assert words in notice
    assert text.index('<p class="notice">') < text.index("<table")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_matrix_holds_every_count(get, walk, language):
    counts = walk.matrix()
    text = get(f"/{language}/crosswalk")
    body = text.split('id="matrix"')[1].split("<tbody>")[1].split("</tbody>")[0]
    rows = body.split("<tr")[1:]
    assert len(rows) == len(counts.columns) == 23
    checked = 0
    for row, column in zip(rows, counts.columns, strict=True):
        cells = re.findall(r'<td class="cell[^"]*">(.*?)</td>', row, re.S)
        assert len(cells) == 13
        for cell, area in zip(cells, counts.index, strict=True):
            number = int(counts.at[area, column])
            if number:
                kind = "round" if column.isdigit() else "framework"
                href, told = re.search(r'href="([^"]+)"[^>]*>(\d+)</a>', cell).groups()
                assert int(told) == number
                path, _, query = html.unescape(href).partition("#")[0].partition("?")
                assert path == f"/{language}/crosswalk"
                assert parse_qs(query) == {"area": [area], kind: [column]}
            else:
                assert "<a" not in cell
                assert {"en": "not seen", "zh": "未见公开资料"}[language] in cell
            checked += 1
    assert checked == 23 * 13


def test_a_number_opens_as_many_items(get, walk, table):
    """Of each round and framework the area that is touched most, of each area the one that touches it most.

    All numbers lead to one and the same list, and each link says its cell (the test above): so every row and
    every column of the matrix is opened once, at least, and the largest and a smallest number.
    """
    counts = walk.matrix()
    cells = {(counts[column].idxmax(), column) for column in counts.columns}
    cells |= {(area, counts.loc[area].idxmax()) for area in counts.index}
    cells |= {counts[counts > 0].stack().idxmin()}
    for area, column in cells:
        kind = "round" if column.isdigit() else "framework"
        found = items(get(f"/en/crosswalk?area={area}&{kind}={column}"))
        assert len(found) == counts.at[area, column] > 0
        assert sorted(found) == wanted(table, "en", area, [column])
    assert {area for area, _ in cells} == set(counts.index)
    assert {column for _, column in cells} == set(counts.columns)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "area", "columns"),
    [
        ("area=4", "4", ()),
        ("framework=sdg4", None, ["sdg4"]),
        ("round=2024", None, ["2024"]),
        ("area=4&framework=sdg4&round=2024", "4", ["sdg4", "2024"]),
        ("area=none", "none", ()),
    ],
)
def test_the_address_chooses_the_items(get, table, language, query, area, columns):
    text = get(f"/{language}/crosswalk?{query}")
    assert sorted(items(text)) == wanted(table, language, area, columns) != []
    found = re.search(r'id="h-items" class="found">(\d+)', text)[1]
    assert int(found) == len(items(text))
    chosen = [o["value"] for o in Page(text).of("option") if "selected" in o]
    assert sorted(chosen) == sorted(part.split("=")[1] for part in query.split("&"))


def test_items_hold_unit_areas_and_source(get, table):
    text = get("/en/crosswalk?framework=iso-37120").split('id="items"')[1].split('id="matrix"')[0]
    rows = {
        html.unescape(re.sub(r"<[^>]+>", "", re.search(r'<th scope="row">(.*?)</th>', row, re.S)[1])): row
        for row in text.split("<tr>")[2:]
    }
    checked = 0
    for name, same in table[table["framework_id"] == "iso-37120"].groupby("name_en"):
        row = rows[name]
        assert re.findall(r"/en/standard#area-(\d+)", row) == list(same["area"])
        unit = same["unit"].iloc[0]
        if isinstance(unit, str):
            assert html.escape(lc.label("unit", unit, "en")) in row
        else:
            assert "no unit given" in row
        for source in same["source_ids"].iloc[0].split(";"):
            assert f'href="/en/sources/{source}"' in row
        checked += 1
    assert checked == len(rows) == 9


def test_a_criterion_leads_to_the_award(get):
    links = Page(get("/zh/crosswalk?round=2024")).links
    criteria = [c.code for c in lc.award_rules(2024).criteria]
    assert criteria
    assert all(f"/zh/award#criterion-{code}" in links for code in criteria)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_each_leaves_out_is_said_in_words(get, walk, language):
    text = get(f"/{language}/crosswalk").split('id="left-out"')[1].split("</section>")[0]
    rows = text.split("<tr>")[2:]
    assert len(rows) == len(walk.columns)
    checked = 0
    for row, (column, name) in zip(rows, walk.columns, strict=True):
        assert html.escape(name.in_(language)) in row
        missing = walk.left_out(column)
        cell = row.split("<td>")[1]
        said = cell.rsplit({"en": "Nothing seen in", "zh": "未见涉及"}[language], 1)
        told = re.findall(r'class="code">(\d+)', said[1]) if len(said) > 1 else []
        assert told == list(missing), column
        checked += len(missing)
    assert checked > 100


def test_what_fits_no_area_is_kept_and_said(get, table):
    names = wanted(table, "en", "none")
    assert len(names) == 2
    part = get("/en/crosswalk").split('id="unmapped"')[1]
    assert all(name in part for name in names)
    assert part.count("no area") >= 2


def test_an_empty_cell_says_so(get):
    text = get("/en/crosswalk?area=2&framework=sdg4")
    assert "Nothing seen: as far as it was read" in text
    assert 'class="found">0 items' in text


@pytest.mark.parametrize(
    ("query", "near"),
    [("area=44", "4"), ("area=nil", "13"), ("framework=sdg", "sdg4"), ("round=2016", "2015"), ("framework=2024", "18")],
)  # fmt: skip
def test_a_broken_choice_is_told_with_what_there_is(client, query, near):
    for language in LANGUAGES:
        response = client.get(f"/{language}/crosswalk?{query}")
        text = response.content.decode()
        assert response.status_code == 400
        assert query.split("=")[1] in text
        assert near in text
        assert f'href="/{language}/crosswalk"' in text
