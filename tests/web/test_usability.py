"""Usability over the whole site: headings that outline, labels, tables with heads, one place for each thing."""

import re
from itertools import pairwise

import pytest
from tests.web.conftest import HAN, LANGUAGES, Page, city_pages, screens

from learningcity.web import content
from learningcity.web.context import SCREENS


def sources():
    """A share of the source pages: all have one template, and there are more than a thousand."""
    return [f"/{language}/sources/{i}" for language in LANGUAGES for i in list(content.sources())[::40]]


def practices():
    """A share of the practice pages."""
    ids = list(content.atlas().practices["practice_id"])[::40]
    return [f"/{language}/practices/{i}" for language in LANGUAGES for i in ids]


ALL = screens() + city_pages() + sources() + practices()


def headings(page):
    return [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]


def faults(levels):
    """Where an outline breaks: not one first heading at the start, or a level left out on the way down."""
    found = [] if levels[:1] == [1] and levels.count(1) == 1 else ["h1"]
    return found + [f"h{a} to h{b}" for a, b in pairwise(levels) if b > a + 1]


def test_a_broken_outline_is_found():
    assert faults([1, 2, 3, 3, 2, 3]) == []
    assert faults([1, 3]) == ["h1 to h3"]
    assert faults([2, 1]) == ["h1"]
    assert faults([1, 2, 1]) == ["h1"]
    assert faults([]) == ["h1"]


@pytest.mark.parametrize("part", range(8))
def test_headings_outline_every_page(get, part):
    checked = 0
    for address in ALL[part::8]:
        levels = headings(Page(get(address)))
        assert faults(levels) == [], (address, levels)
        checked += 1
    assert checked > 20


@pytest.mark.parametrize("address", screens())
def test_tables_fields_and_ids_are_told_apart(get, address):
    page = Page(get(address))
    assert len(page.ids) == len(set(page.ids)), [i for i in page.ids if page.ids.count(i) > 1][:5]
    for one in page.of("th"):
        assert one.get("scope") in ("col", "row", "rowgroup", "colgroup"), one
    labelled = {found.get("for") for found in page.of("label")}
    for field in page.of("input", "select"):
        assert field.get("type") == "hidden" or field.get("id") in labelled or field.get("aria-label"), field
    for form in page.of("form"):
        # The site is read; own tables alone are sent.
        own = form.get("action", "").endswith("/index/own")
        assert form.get("method") == ("post" if own else "get")
        if "filters" in (form.get("class") or "").split():
            assert form.get("aria-label"), form
    for region in page.elements:
        if "scroll" in (region[1].get("class") or "").split():
            assert region[1].get("tabindex") == "0", region
            assert region[1].get("aria-label") or region[1].get("aria-labelledby"), region


@pytest.mark.parametrize("address", screens())
def test_no_style_in_a_page_and_no_script_but_files(get, address):
    page = Page(get(address))
    assert not page.of("style")
    assert all(set(found) == {"src", "defer"} for found in page.of("script"))
    for _, found in page.elements:
        assert not any(name == "style" or name.startswith("on") for name in found), found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frame_is_the_same_everywhere(get, language):
    wanted = [f"/{language}/{name}" for name, _ in SCREENS]
    checked = 0
    for address in [a for a in screens() if a.startswith(f"/{language}/")]:
        page = Page(get(address))
        assert [x for x in page.links if x in wanted][: len(wanted)] == wanted, address
        assert page.links[0] == "#main"
        assert "main" in page.ids
        assert len(page.of("main")) == 1
        checked += 1
    assert checked > 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_with_choices_shows_its_own_address(get, language):
    checked = 0
    for address in [a for a in screens() if a.startswith(f"/{language}/")]:
        text = get(address)
        line = text.split('class="sheet fine view-link')[1].split("</p>")[0]
        shown = line.split('translate="no">')[1].split("<")[0].replace("&amp;", "&")
        assert shown.startswith("http://testserver/")
        assert ("print-only" in line) == ("?" not in address)
        assert bool(HAN.search(line)) == (language == "zh")
        if address.isascii():
            assert shown == f"http://testserver{address}"
        checked += 1
    assert checked > 30


def test_error_pages_show_no_address_to_copy(get):
    assert "view-link" not in get("/en/nowhere", 404)
    assert "view-link" not in get("/en/cities?round=1", 400)
