"""Every analysis gives its tables for print, in Word and LaTeX: read back, compared with the page's data, refused rightly."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx.oxml.ns import qn

import learningcity as lc
from learningcity.web import exports
from learningcity.web import urls as _urls  # noqa: F401  (registers what every screen gives away)
from learningcity.web.content.analyses import ANALYSES, EVERYWHERE

from .conftest import HAN, LANGUAGES

NAMES = tuple(one.name for one in ANALYSES if one.name in exports._OFFERS)


@pytest.fixture(scope="module")
def ask(client):
    def give(address, status=200):
        response = client.get(address)
        assert response.status_code == status, address
        return response

    return give


def document(body):
    return docx.Document(io.BytesIO(body))


def test_all_analyses_give_files():
    assert {"index", "paths"} <= set(NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_word_holds_the_tables_of_the_page(ask, name, language):
    told = ask(f"/{language}/{name}.json").json()
    answer = ask(f"/{language}/{name}.docx?table=all")
    assert answer.headers["Content-Type"] == exports.PRINTED["docx"]
    assert f"learningcity-{name}-tables-{language}.docx" in answer.headers["Content-Disposition"]
    found = document(answer.content)
    captions = [p.text for p in found.paragraphs if p.style.name == "Caption"]
    titles = [one["title"] for one in told["tables"]]
    assert [re.split(r"\. |\u3000", text, maxsplit=1)[1] for text in captions] == titles
    filled = [one for one in told["tables"] if one["rows"]]
    # A table that is too wide for a page stands there in parts, of as many rows each.
    assert len(found.tables) >= len(filled)
    sizes = [len(made.rows) for made in found.tables]
    wanted = [1 + min(300, len(one["rows"])) for one in filled]
    assert [n for n, before in zip(sizes, [0, *sizes], strict=False) if n != before] == [
        n for n, before in zip(wanted, [0, *wanted], strict=False) if n != before
    ]
    for made in found.tables:
        assert made.style.name == "Three-line Table"
        heads = [cell.text for cell in made.rows[0].cells]
        assert all(heads)
        assert len(set(heads)) == len(heads), heads
        room = sum(int(c.get(qn("w:w"))) for c in made._tbl.iter(qn("w:gridCol")))
        assert room <= 14100, "within the margins of a page that lies"
        if language == "zh":
            assert any(re.search(HAN, head) for head in heads)
    text = "\n".join(p.text for p in found.paragraphs)
    assert told["citation"] in text
    assert told["versions"]["data"] in text
    assert all(note in text for note in told["notes"])
    if name != "index":
        assert all(one.in_(language) in text for one in EVERYWHERE)
    # The same address, the same bytes.
    exports_again = ask(f"/{language}/{name}.docx?table=all&page=2")
    assert exports_again.content == answer.content


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_latex_holds_them_too_and_one_table_can_be_asked_for(ask, name, language):
    told = ask(f"/{language}/{name}.json").json()
    whole = ask(f"/{language}/{name}.tex?table=all").content.decode()
    filled = sum(bool(one["rows"]) for one in told["tables"])
    assert whole.count(r"\begin{longtable}") == whole.count(r"\end{longtable}") >= filled > 0
    assert whole.count(r"\caption{") == filled
    first = told["tables"][0]
    alone = ask(f"/{language}/{name}.tex?table={first['name']}").content.decode()
    assert alone.count(r"\caption{") == 1
    body = alone[alone.index(r"\endfoot") : alone.index(r"\end{longtable}")]
    assert body.count("\\\\\n") == min(300, len(first["rows"]))
    ask(f"/{language}/{name}.docx?table=zzz", 400)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_page_links_them(ask, name, language):
    page = ask(f"/{language}/{name}").content.decode()
    for one in exports.PRINTED:
        (address,) = re.findall(rf'href="([^"]+\.{one}\?[^"]*table=all)"', page)
        ask(address.replace("&amp;", "&"))


def test_words_stand_for_the_ids_of_cities(ask):
    text = ask("/zh/paths.tex?table=truth-table").content.decode()
    assert lc.load_atlas().cities.set_index("city_id").at["wuhan", "name_zh"] in text
    assert "wuhan" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_index_intervals_keep_their_caveat(ask, language):
    found = document(ask(f"/{language}/index.docx?table=units").content)
    assert len(found.tables) == 1
    text = "\n".join(p.text for p in found.paragraphs)
    assert {"en": "No league table", "zh": "不是排行榜"}[language] in text


def test_a_list_that_is_no_analysis_is_not_for_print(ask):
    near = ask("/en/cities.docx", 404).content.decode()
    assert "/en/cities.xlsx" in near
    ask("/zh/cities.tex", 404)


def test_the_configuration_table_keeps_its_address(ask):
    found = document(ask("/en/paths.docx?outcome=inclusive").content)
    assert "●" in "".join(cell.text for row in found.tables[0].rows for cell in row.cells)
