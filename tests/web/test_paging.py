"""Long lists in pages: each row on one page once, and every link to a row leads to the page it stands on."""

import re
from dataclasses import dataclass
from typing import ClassVar

import pytest
from tests.web.conftest import LANGUAGES, Page

import learningcity as lc
from learningcity.web import content, paging
from learningcity.web.screens.eligibility import who
from learningcity.web.screens.ideas import page as ideas
from learningcity.web.screens.network import page as network

LISTS = {
    "network": (r'<tr id="([\w-]+)">', network.SHOWN),
    "network?region=APA&sort=population": (r'<tr id="([\w-]+)">', network.SHOWN),
    "ideas": (r'id="work-([\w-]+)"', ideas.SHOWN),
    "ideas?language=zh&area=4": (r'id="work-([\w-]+)"', ideas.SHOWN),
    "eligibility/who?round=2024": (r"eligibility\?city=([\w-]+)&amp;round=2024", who.SHOWN),
}


@dataclass(frozen=True, slots=True)
class Asked(paging.PagedQuery):
    PATH: ClassVar[str] = "list"

    q: str = ""


def walked(get, address, pattern):
    """The rows of each page, from the first by the links to the next."""
    pages = []
    while address:
        text = get(address)
        pages.append(re.findall(pattern, text.split("<table")[-1]))
        following = [a["href"] for a in Page(text).of("a") if a.get("rel") == "next"]
        address = following[0].split("#")[0] if following else ""
    return pages


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", LISTS)
def test_the_pages_hold_what_one_page_of_all_holds(get, language, path):
    pattern, size = LISTS[path]
    address = f"/{language}/{path}"
    pages = walked(get, address, pattern)
    whole = get(f"{address}{'&' if '?' in path else '?'}page=all")
    every = re.findall(pattern, whole.split("<table")[-1])
    assert [row for page in pages for row in page] == every
    assert len(set(every)) == len(every) > size
    assert {len(page) for page in pages[:-1]} == {size}
    assert 'rel="next"' not in whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_that_is_named_stands_on_the_page_that_opens(get, language):
    for city_id in ("wuhan", "taiyuan", "cork", "ankara", "xian"):
        assert f'<tr id="{city_id}">' in get(f"/{language}/network?at={city_id}")
    for row in list(content.standard_rows("literature"))[::20]:
        assert f'id="work-{row["work_id"]}"' in get(f"/{language}/ideas?at={row['work_id']}")


def test_a_choice_begins_with_the_first_page(get):
    links = [
        x for x in Page(get("/en/network?page=3&region=APA")).links if "region=" in x and "country=" in x
    ]
    assert links
    assert not [x for x in links if "page=" in x]


@pytest.mark.parametrize("path", ["network", "ideas", "eligibility/who"])
@pytest.mark.parametrize("query", ["page=0", "page=99", "page=x", "at=nowhere-at-all"])
def test_no_such_page_is_said(get, path, query):
    for language in LANGUAGES:
        get(f"/{language}/{path}?{query}", status=400)


def test_cut():
    rows = list(range(7))
    ids = [f"r{n}" for n in rows]
    middle = paging.cut(rows, ids, Asked(page="2", q="x"), 3, "en", "#list")
    assert (middle.rows, middle.first, middle.until, middle.last) == ([3, 4, 5], 4, 6, 3)
    assert (middle.before, middle.after) == ("/en/list?page=1&q=x#list".replace("page=1&", ""), "/en/list?page=3&q=x#list")  # fmt: skip
    named = paging.cut(rows, ids, Asked(at="r6"), 3, "en")
    assert (named.rows, named.number, named.here) == ([6], 3, "/en/list?page=3")
    assert paging.cut(rows, ids, Asked(page="all"), 3, "en").rows == rows
    assert paging.cut([], [], Asked(at="r1"), 3, "en").first == 0
    with pytest.raises(lc.InputError):
        paging.cut(rows, ids, Asked(page="4"), 3, "en")
