"""In a real browser: nothing overflows, axe finds nothing, the keyboard suffices, the policy holds.

One browser and one page serve all tests of a worker; each address is loaded once and looked at in
every width and colour. With two workers each takes one language.
"""

import itertools

import pytest
from tests.web import browsing
from tests.web.browsing import (
    CHINESE,
    ENGLISH,
    OPEN_ALL,
    TOO_WIDE,
    UNREACHED,
    WIDTHS,
    choose,
    expect,
    follow,
    opened,
    violations,
)  # fmt: skip
from tests.web.conftest import LANGUAGES, screens

#: What a page of an address answers that is no page of content.
STATUS = {"/zh/nowhere": 404, "/en/cities?round=1": 400}

#: Screens that show tables and pictures only when something is asked of them.
ONLY_WHEN_ASKED = {
    f"/en/{name}" for name in ("compare", "eligibility", "lessons", "paths", "search", "styles")
}

pytestmark = pytest.mark.browser


def looked_at():
    """The addresses that are looked at, each with whether it is looked at in the dark, too.

    Every screen as it opens in each language. Its choices change data, not the template: each address with choices
    is looked at in one language, by turns; but a screen that has tables and pictures only when it is asked is looked
    at with its first question in each language. Colours know no language: in the dark each address is looked at
    once, by turns. All 64 cities share one template.
    """
    others = ["/en/cities/cork", "/zh/cities/mexico-city", "/en/cities/eunpyeong-gu", *STATUS]
    found = [(path, True) for path in others]
    own = screens()[: len(screens()) // len(LANGUAGES)]
    of_screen = [list(same) for _, same in itertools.groupby(own, lambda path: path.partition("?")[0])]
    for screen, same in enumerate(of_screen):
        for turn, path in enumerate(same):
            for number, language in enumerate(LANGUAGES):
                its_turn = (screen + turn) % len(LANGUAGES) == number
                if turn == 0 or its_turn or (turn == 1 and path.split("?")[0] in ONLY_WHEN_ASKED):
                    found.append((path.replace(LANGUAGES[0], language, 1), its_turn))
    return found


def by_language(paths):
    """Give each address to the worker of its language."""
    return [pytest.param(p, dark, marks=ENGLISH if p.startswith("/en/") else CHINESE) for p, dark in paths]


@pytest.fixture(scope="module")
def only_page():
    """The one page that visits all addresses, with what its console complained about."""
    page = opened(browsing.kept().chromium)
    yield page
    page.context.close()


@pytest.fixture
def visit(only_page, address):
    """Open an address in a window of a size and colour scheme; the console must stay silent."""

    def go(path, width=1280, scheme="light"):
        only_page.set_viewport_size({"width": width, "height": 900})
        only_page.emulate_media(media="screen", color_scheme=scheme)
        answer = only_page.goto(address + path)
        assert answer.status == STATUS.get(path, 200), path
        return only_page

    only_page.complaints.clear()
    yield go
    refused = [f"{status} (" for status in STATUS.values()]
    left = browsing.complaints(only_page)
    assert [c for c in left if not any(r in c for r in refused)] == []


@pytest.mark.parametrize(("path", "dark"), by_language(looked_at()))
def test_nothing_overflows_and_axe_finds_no_violation(visit, path, dark):
    page = visit(path, WIDTHS[0])
    page.evaluate(OPEN_ALL)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(TOO_WIDE) == [], width
        if width in (390, 1440):
            assert page.evaluate(UNREACHED) == [], width
        if width == 390:
            assert violations(page) == []
    if dark:
        page.emulate_media(color_scheme="dark")
        assert violations(page) == []


@ENGLISH
def test_planted_faults_are_found(visit):
    page = visit("/en/about", 390)
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    assert {rule for rule, _ in violations(page)} >= {"html-has-lang", "color-contrast"}
    page.evaluate("document.querySelector('h1').style.minWidth = '3000px'")
    assert page.evaluate(TOO_WIDE)[0] != ""
    page.evaluate("document.querySelector('h1').parentElement.style.overflowX = 'auto'")
    assert len(page.evaluate(UNREACHED)) == 1


@ENGLISH
def test_planted_faults_of_one_row_of_a_part_that_was_hidden_and_of_the_dark_are_found(visit):
    page = visit("/en/data/dictionary", 390)
    page.evaluate(OPEN_ALL)
    for rule, change in (
        # One among many that look alike otherwise.
        ("color-contrast", "[...document.querySelectorAll('tbody td')].at(-1).style.color = '#ddd'"),
        (
            "color-contrast",
            "[...document.querySelectorAll('tbody tr')].at(-2).style.backgroundColor = '#333'",
        ),
    ):
        page.evaluate(change)
        found = violations(page)
        assert [name for name, _ in found] == [rule]
        page.evaluate(change.replace("'#ddd'", "''").replace("'#333'", "''"))
        assert violations(page) == []
    # What only another width shows, and what only the dark makes faint.
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p hidden id=late><button></button></p><p id=grey>grey</p>')"
    )
    page.evaluate("document.querySelector('#grey').style.color = '#555'")
    assert violations(page) == []
    page.evaluate("document.querySelector('#late').hidden = false")
    page.emulate_media(color_scheme="dark")
    assert {rule for rule, _ in violations(page)} == {"button-name", "color-contrast"}


@ENGLISH
def test_first_key_reaches_the_skip_link_and_it_skips(visit):
    page = visit("/en/cities")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#f-q")).to_be_focused()


@ENGLISH
def test_filters_work_by_keyboard_and_without_a_script(browser, address):
    page = opened(browser, java_script_enabled=False)
    page.goto(f"{address}/en/cities")
    choose(page.locator("#f-region"), "ARB")
    page.focus("#f-q")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/cities?**region=ARB**")
    assert page.locator("#h-found").inner_text() == "10 cities"
    follow(page, page.get_by_role("link", name="中文"))
    assert page.url.startswith(f"{address}/zh/cities?")
    assert page.locator("#h-found").inner_text() == "10个城市"
    assert page.locator("#f-region").input_value() == "ARB"
    page.context.close()


@CHINESE
def test_search_from_the_head_of_any_page(visit):
    page = visit("/zh/award")
    page.fill("#finder", "条例")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/search?q=*")
    assert page.locator(".hits li").count() > 3
    follow(page, page.locator(".hits a").first)
    assert "/zh/search" not in page.url
    assert page.locator("h1").count() == 1


@ENGLISH
def test_focus_is_seen_everywhere(visit):
    page = visit("/en/cities/wuhan")
    seen = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        style, width, top, left = page.evaluate(
            "(({outlineStyle, outlineWidth}, {top, left}) => [outlineStyle, parseFloat(outlineWidth), top + scrollY, left])"
            "(getComputedStyle(document.activeElement), document.activeElement.getBoundingClientRect())"
        )
        assert style != "none"
        assert width >= 2
        seen.add((top, left))
    assert len(seen) > 25, "the focus moves on"


@ENGLISH
def test_targets_of_the_frame_are_large_enough(visit):
    page = visit("/en/cities", 390)
    page.locator(".menu summary").click()
    checked = 0
    for selector in (
        ".menu summary",
        ".screens a",
        ".languages a",
        ".finder input",
        ".filters select",
        ".filters input",
        ".filters button",
    ):
        heights = page.locator(selector).evaluate_all(
            "found => found.map(e => e.getBoundingClientRect().height)"
        )
        assert min(heights) >= 43.9, selector
        checked += len(heights)
    assert checked > 10


@ENGLISH
def test_the_menu_opens_by_keyboard_on_a_phone_and_stands_open_elsewhere(visit):
    page = visit("/en/cities", 390)
    links = page.locator(".screens a")
    shown = "links => links.filter(a => a.checkVisibility({visibilityProperty: true})).length"
    assert links.evaluate_all(shown) == 0
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    expect(links.first).to_be_visible()
    assert links.evaluate_all(shown) == links.count() > 9
    page.keyboard.press("Enter")
    expect(links.first).to_be_hidden()
    for width in (768, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator(".menu summary")).to_be_hidden()
        assert links.evaluate_all(shown) == links.count()
    tops = links.evaluate_all("links => links.map(a => Math.round(a.getBoundingClientRect().top))")
    assert len(set(tops)) == 1, "the screens break at 1440"


@CHINESE
def test_a_view_with_choices_prints_its_address(visit, address):
    page = visit("/zh/cities?region=ARB")
    assert page.locator(".view-link .address").inner_text() == f"{address}/zh/cities?region=ARB"
    page = visit("/zh/about")
    assert not page.locator(".view-link").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".view-link").is_visible()


#: What a visitor asks on the first page: the links to click, where the answer stands, what it says.
QUESTIONS = [
    ("en", ["Which cities were awarded in 2019?"], "#round-2019", ["Medellín", "Chengdu", "Santiago"]),
    ("en", ["What law did Chengdu pass?"], "#law", ["Chengdu", "egulation"]),
    (
        "en",
        ["How many universities has Wuhan, by which source and year?"],
        "#indicator-universities_count",
        ["52", "98", "110", "2015", "chinadaily.com.cn"],
    ),
    ("en", ["May Taiyuan apply in the coming round?"], ".answer-line", ["cannot be told", "Taiyuan", "2027"]),
    ("en", ["Award", "2019"], "#round-2019", ["Ibadan"]),
    ("en", ["Eligibility", "Taiyuan, China"], ".answer-line", ["cannot be told"]),
    ("zh", ["2019年有哪些城市获奖？"], "#round-2019", ["麦德林", "成都"]),
    ("zh", ["成都出台了什么法规？"], "#law", ["条例"]),
    ("zh", ["武汉有多少所高校？依据哪个来源、哪一年？"], "#indicator-universities_count", ["52", "98", "110", "2015", "chinadaily.com.cn"]),
    ("zh", ["下一届评选，太原能否申请？"], ".answer-line", ["无法判断", "太原", "2027"]),
    ("zh", ["申请资格", "太原（中国）"], ".answer-line", ["无法判断"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "clicks", "place", "answer"),
    [pytest.param(*q, marks=ENGLISH if q[0] == "en" else CHINESE) for q in QUESTIONS],
)
def test_a_question_on_the_first_page_is_answered_in_three_clicks(visit, language, clicks, place, answer):
    page = visit(f"/{language}/")
    assert len(clicks) <= 3
    for text in clicks:
        follow(page, page.get_by_role("link", name=text, exact=True).first)
    found = page.locator(place).first
    assert found.is_visible()
    said = found.inner_text()
    for words in answer:
        assert words in said, (words, said[:400])


@ENGLISH
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_screen_is_one_click_from_the_first_page(visit, language):
    page = visit(f"/{language}/")
    hrefs = "found => found.map(a => a.getAttribute('href'))"
    links = set(page.locator("main .doors a").evaluate_all(hrefs))
    assert links == set(page.locator(".screens a").evaluate_all(hrefs))
    assert len(links) > 9


@ENGLISH
def test_a_score_opens_to_its_practices(visit):
    page = visit("/en/cities/wuhan")
    row = page.locator("#condition-law")
    assert not row.get_by_role("link").first.is_visible()
    row.locator("summary").click()
    follow(page, row.get_by_role("link").first)
    assert page.url.endswith("#wuhan-01")
    assert page.locator("#wuhan-01").is_visible()


@CHINESE
def test_dark_and_light_differ_and_the_map_follows(visit):
    colours = {}
    page = visit("/en/")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colours[scheme] = page.evaluate(
            "[getComputedStyle(document.documentElement).backgroundColor,"
            " getComputedStyle(document.querySelector('.map-land')).stroke]"
        )
    assert colours["light"][0] != colours["dark"][0]
    assert colours["light"][1] != colours["dark"][1]


@ENGLISH
def test_nothing_is_asked_of_another_host(browser, address):
    page = opened(browser)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/en/", "/zh/cities/wuhan", "/en/cities", "/zh/sources/s0568"):
        page.goto(address + path)
    page.context.close()
    assert len(asked) > 8
    assert all(url.startswith((address, "data:")) for url in asked), asked


@CHINESE
def test_it_prints(visit):
    page = visit("/zh/cities/wuhan")
    page.emulate_media(media="print")
    assert page.locator(".jumps").is_hidden()
    assert page.locator(".finder").is_hidden()
    assert page.locator("h1").is_visible()
    # What is closed on screen stands open on paper, and every source prints its address.
    assert page.locator("details.codes table").first.is_visible()
    assert page.locator(".cited li").count() > 10
    assert page.locator(".cited .address").first.is_visible()
    assert len(page.pdf()) > 20_000


@ENGLISH
def test_rules_not_seen_are_shown_on_a_phone_and_on_paper(visit):
    page = visit("/en/award", 390)
    void = page.locator(".rules td.void").count()
    assert void > 20
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert page.locator(".rules td.void:visible").count() == void


@CHINESE
def test_paper_is_light_and_lists_keep_their_columns(visit):
    page = visit("/en/cities", 794, "dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('.city-list tr')).display") == "table-row"
    fill = page.evaluate("getComputedStyle(document.querySelector('.score-fill')).fill")
    assert fill == "rgb(31, 107, 125)"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
