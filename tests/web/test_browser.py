"""In a real browser: nothing overflows, axe finds nothing, the keyboard suffices, the policy holds.

One browser and one page serve all tests of a worker; each address is loaded once and looked at in
every width and colour. With two workers each takes one language.
"""

import os
import threading
from pathlib import Path

import pytest
from tests.web.conftest import screens

CHROMIUM = Path("/usr/bin/chromium")
MISSING = f"{CHROMIUM} is not installed (apt-get install chromium)"
#: What a page of an address answers that is no page of content.
STATUS = {"/zh/nowhere": 404, "/en/cities?round=1": 400}

#: Every screen in each language; all 64 cities share one template.
PAGES = [
    *screens(), "/en/cities/cork", "/zh/cities/mexico-city", "/en/cities/eunpyeong-gu", *STATUS,
]  # fmt: skip

#: Tests of one language and of another run beside each other, in a browser each.
pytestmark = pytest.mark.browser
ENGLISH = pytest.mark.xdist_group("browser-en")
CHINESE = pytest.mark.xdist_group("browser-zh")

WIDTHS = (320, 390, 768, 1024, 1440)
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
TOO_WIDE = """() => {
  const limit = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= limit) return [];
  const wide = [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > limit + 1)
    .filter(e => !e.closest('.scroll') && !e.closest('.unseen'))
    .slice(0, 5).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40));
  return [document.documentElement.scrollWidth + ' px', ...wide];
}"""
#: Only violations are gathered: telling each element that passed takes longer than finding it.
AXE = """() => axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'], selectors: false, preload: false, iframes: false,
}).then(found => ({
  passed: found.passes.length,
  violations: found.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 120))]),
}))"""
#: What scrolls sideways by itself must be reached by the keyboard and say what it is.
UNREACHED = """() => [...document.querySelectorAll('main *')]
  .filter(e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1)
  .filter(e => !['INPUT', 'SELECT', 'TEXTAREA'].includes(e.tagName))
  .filter(e => e.tabIndex < 0 || !(e.ariaLabel || e.getAttribute('aria-labelledby')))
  .map(e => e.tagName + '.' + e.className)"""


def by_language(paths):
    """Give each address to the worker of its language."""
    return [pytest.param(p, marks=ENGLISH if p.startswith("/en/") else CHINESE) for p in paths]


@pytest.fixture(scope="module")
def address():
    """The site in a thread of this process, on a free port."""
    if not CHROMIUM.exists():
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    from waitress.server import create_server

    from learningcity.web.wsgi import application

    server = create_server(application, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


@pytest.fixture(scope="module")
def browser(address):
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=str(CHROMIUM),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def only_page(browser):
    """The one page that visits all addresses, with what its console complained about."""
    page = browser.new_page()
    page.complaints = []
    page.on(
        "console",
        lambda message: (
            page.complaints.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    page.close()


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
    # A step of a slider that is still on its way when the page is left is cut off, and htmx says so.
    left = [c for c in only_page.complaints if not c.startswith("htmx:")]
    assert [c for c in left if not any(r in c for r in refused)] == []


@pytest.fixture(scope="module")
def axe():
    """The rules of axe-core, from the registry's package; they are no part of this repository."""
    package = pytest.importorskip("axe_core_python")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe):
    # Run in the page's isolated world: the policy of the site lets no script in, and must not.
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found = page.evaluate(AXE)
    assert found["passed"] > 10
    return found["violations"]


@pytest.mark.parametrize("path", by_language(PAGES))
def test_nothing_overflows_and_axe_finds_no_violation(visit, axe, path):
    page = visit(path)
    page.evaluate(OPEN_ALL)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(TOO_WIDE) == [], width
    for width, scheme in ((390, "light"), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(UNREACHED) == [], width
        assert violations(page, axe) == [], (width, scheme)


@ENGLISH
def test_planted_faults_are_found(visit, axe):
    page = visit("/en/about")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    assert {rule for rule, _ in violations(page, axe)} >= {"html-has-lang", "color-contrast"}
    page.evaluate("document.querySelector('h1').style.minWidth = '3000px'")
    assert page.evaluate(TOO_WIDE)[0] != ""
    page.evaluate("document.querySelector('h1').parentElement.style.overflowX = 'auto'")
    assert len(page.evaluate(UNREACHED)) == 1


@ENGLISH
def test_first_key_reaches_the_skip_link_and_it_skips(visit):
    page = visit("/en/cities")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "f-q"


@ENGLISH
def test_filters_work_by_keyboard_and_without_a_script(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/en/cities")
    page.focus("#f-region")
    page.keyboard.type("Arab")
    page.focus("#f-q")
    page.keyboard.press("Enter")
    page.wait_for_url("**region=ARB**")
    assert page.locator("#h-found").inner_text() == "10 cities"
    page.get_by_text("English").first.wait_for()
    page.get_by_role("link", name="中文").click()
    page.wait_for_url("**/zh/cities?**region=ARB**")
    assert page.locator("#h-found").inner_text() == "10个城市"
    assert page.locator("#f-region").input_value() == "ARB"
    context.close()


@CHINESE
def test_search_from_the_head_of_any_page(visit):
    page = visit("/zh/award")
    page.fill("#finder", "条例")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/search?q=*")
    assert page.locator(".hits li").count() > 3
    page.locator(".hits a").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").count() == 1


@ENGLISH
def test_focus_is_seen_everywhere(visit):
    page = visit("/en/cities/wuhan")
    seen = 0
    for _ in range(30):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none"
        assert width >= 2
        seen += 1
    assert seen == 30


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
        for box in page.locator(selector).all():
            assert box.bounding_box()["height"] >= 43.9, selector
            checked += 1
    assert checked > 10


@ENGLISH
def test_the_menu_opens_by_keyboard_on_a_phone_and_stands_open_elsewhere(visit):
    page = visit("/en/cities", 390)
    links = page.locator(".screens a")
    assert not links.first.is_visible()
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    assert all(link.is_visible() for link in links.all())
    assert links.count() > 9
    for width in (768, 1024, 1440):
        page = visit("/en/cities", width)
        assert all(link.is_visible() for link in links.all())
        assert not page.locator(".menu summary").is_visible()
    tops = {round(link.bounding_box()["y"]) for link in links.all()}
    assert len(tops) == 1, "the screens break at 1440"


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
        page.get_by_role("link", name=text, exact=True).first.click()
        page.wait_for_load_state()
    found = page.locator(place).first
    assert found.is_visible()
    said = found.inner_text()
    for words in answer:
        assert words in said, (words, said[:400])


@ENGLISH
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_screen_is_one_click_from_the_first_page(visit, language):
    page = visit(f"/{language}/")
    links = {link.get_attribute("href") for link in page.locator("main .doors a").all()}
    screens_there = {link.get_attribute("href") for link in page.locator(".screens a").all()}
    assert links == screens_there
    assert len(links) > 9


@ENGLISH
def test_a_score_opens_to_its_practices(visit):
    page = visit("/en/cities/wuhan")
    row = page.locator("#condition-law")
    assert not row.get_by_role("link").first.is_visible()
    row.locator("summary").click()
    row.get_by_role("link").first.click()
    assert page.url.endswith("#wuhan-01")
    assert page.locator("#wuhan-01").is_visible()


@CHINESE
def test_dark_and_light_differ_and_the_map_follows(visit):
    colours = {}
    for scheme in ("light", "dark"):
        page = visit("/en/", scheme=scheme)
        colours[scheme] = page.evaluate(
            "[getComputedStyle(document.documentElement).backgroundColor,"
            " getComputedStyle(document.querySelector('.map-land')).stroke]"
        )
    assert colours["light"][0] != colours["dark"][0]
    assert colours["light"][1] != colours["dark"][1]


@ENGLISH
def test_nothing_is_asked_of_another_host(browser, address):
    context = browser.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/en/", "/zh/cities/wuhan", "/en/cities", "/zh/sources/s0568"):
        page.goto(address + path)
    context.close()
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
    assert page.locator(".rules td.void").count() > 20
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert page.locator(".rules td.void:visible").count() == page.locator(".rules td.void").count()


@CHINESE
def test_paper_is_light_and_lists_keep_their_columns(visit):
    page = visit("/en/cities", 794, "dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('.city-list tr')).display") == "table-row"
    fill = page.evaluate("getComputedStyle(document.querySelector('.score-fill')).fill")
    assert fill == "rgb(31, 107, 125)"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


@ENGLISH
def test_what_if_by_the_keyboard_and_on_to_the_practices(visit):
    page = visit("/en/index")
    page.get_by_label("Choose one to see why").focus()
    page.keyboard.type("Wuhan")
    page.locator(".weights > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("spinbutton", name="policy", exact=True).focus()
    page.keyboard.type("2.5")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.partition("?")[2].partition("#")[0] == "city=wuhan&w.policy=2.5"
    assert page.locator("tr.chosen th").inner_text().startswith("Wuhan")
    assert page.get_by_role("spinbutton", name="policy", exact=True).input_value() == "2.5"
    names = page.locator(".index-table tbody th a").all_inner_texts()
    assert len(names) > 50
    assert names[0] < names[-1], "by name, not by rank"
    with page.expect_navigation():
        page.locator(".traced a[href*='/practices/']").first.click()
    assert "/en/practices/wuhan-" in page.url
    page.go_back()
    assert "w.policy=2.5" in page.url


@CHINESE
def test_another_reading_and_its_recipe(visit):
    page = visit("/zh/analysis")
    with page.expect_navigation():
        page.locator("main a[href='/zh/index']").click()
    with page.expect_navigation():
        page.get_by_role("link", name="所在国家").click()
    page.get_by_label("合成", exact=True).select_option("geometric")
    page.get_by_label("标准化", exact=True).select_option("minmax-1")
    with page.expect_navigation():
        page.get_by_role("button", name="计算").click()
    assert "aggregate=geometric" in page.url
    assert page.locator(".index-table tbody tr").count() > 60
    with page.expect_download() as waiting:
        page.locator("a", has_text="index.zip").click()
    assert waiting.value.suggested_filename == "learningcity-index-zh.zip"
    page.locator(".index-table tbody th a").first.click()
    assert page.locator("#one h3").count() >= 4


def asks_for_paths(browser, address, language, nothing, goes, by_chance):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/{language}/paths")
    assert nothing in page.locator("#h-result").inner_text()
    page.focus("#f-outcome")
    page.select_option("#f-outcome", "inclusive")
    # By the keyboard: another condition is ticked, and the form is sent.
    page.focus("#f-organization")
    page.keyboard.press("Space")
    page.focus("#f-inclusion")
    page.keyboard.press("Enter")
    page.wait_for_url("**outcome=inclusive&conditions=law~organization~funding~monitoring")
    assert goes in page.locator("#result").inner_text()
    assert page.locator("table.configurations svg.circle").count() > 3
    assert page.locator("#f-organization").is_checked()
    page.focus("#chance .matter a")
    page.keyboard.press("Enter")
    page.wait_for_url("**permutations=9999#chance")
    assert by_chance in page.locator("#chance").inner_text()
    page.locator("#rows .names-cell a").first.click()
    page.wait_for_url(f"**/{language}/cities/*")
    context.close()


@ENGLISH
def test_a_question_for_paths_by_keyboard_and_without_a_script(browser, address):
    asks_for_paths(
        browser, address, "en", "Nothing was found", "together with “inclusive”", "shuffled outcomes"
    )


@CHINESE
def test_a_question_for_paths_in_chinese(browser, address):
    asks_for_paths(browser, address, "zh", "未发现结果", "与“包容”相伴出现", "次随机置换")


def asks_for_styles(browser, address, language, nothing, marked, repeated):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/{language}/styles")
    assert nothing in page.locator("#h-result").inner_text()
    # By the keyboard: a number of styles over two more columns than none, and the form is sent.
    page.select_option("#f-k", "3")
    for name in ("law", "funding", "green"):
        page.focus(f"#f-{name}")
        page.keyboard.press("Space")
    page.locator("#question button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**k=3&columns=law~funding~green")
    assert page.locator("#f-funding").is_checked()
    assert marked in page.locator("#result .notice").inner_text()
    assert marked in page.locator("#styles .notice").inner_text()
    assert page.locator("#styles .style-cities").count() == 3
    page.focus("#repeats .matter a")
    page.keyboard.press("Enter")
    page.wait_for_url("**repeats=yes#repeats")
    assert repeated in page.locator("#repeats").inner_text()
    # A dot of the map leads to its city.
    page.locator("#map .chart-wide .chart-links a").first.click()
    page.wait_for_url(f"**/{language}/cities/*")
    context.close()


@ENGLISH
def test_a_question_for_styles_by_keyboard_and_without_a_script(browser, address):
    asks_for_styles(browser, address, "en", "No styles were found", "Not borne out", "Coder B")


@CHINESE
def test_a_question_for_styles_in_chinese(browser, address):
    asks_for_styles(browser, address, "zh", "未发现类型", "未获数据支持", "编码员B")


def asks_what_is_necessary(browser, address, language, nothing, corner, lowest):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/{language}/necessary")
    assert nothing in page.locator(".title-block").inner_text()
    # A cell of the picture leads to its pair.
    page.locator("#pairs .chart-wide .chart-links a").nth(2).click()
    page.wait_for_url(f"**/{language}/necessary?condition=organization&theme=inclusive#pair")
    # By the keyboard: another condition, theme and line, and the form is sent.
    page.select_option("#f-condition", "policy")
    page.select_option("#f-theme", "sustainable")
    page.focus("#lines-summary")
    page.keyboard.press("Enter")
    page.focus("#f-line-cr_fdh")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**?condition=policy&theme=sustainable&lines=cr_fdh")
    assert corner in page.locator("#pair").inner_text()
    assert page.locator("#pair tbody tr", has_text="cr_fdh").count() == 1
    # A dot leads to its cities, and these to what was seen of the condition.
    page.locator("#pair .chart-wide .chart-links a").first.click()
    page.wait_for_url("**#at-p1")
    assert lowest in page.locator("#at-p1").inner_text()
    page.focus("#at-p1 a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/cities/*#condition-policy")
    context.close()


@ENGLISH
def test_what_is_necessary_by_keyboard_and_without_a_script(browser, address):
    asks_what_is_necessary(
        browser,
        address,
        "en",
        "No necessary level was found",
        "empty in the upper left corner",
        "at a corner",
    )


@CHINESE
def test_what_is_necessary_in_chinese(browser, address):
    asks_what_is_necessary(browser, address, "zh", "未发现必要条件水平", "左上角有", "上限线角点")


def opens_pairs(browser, address, language, nothing, context_only):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/{language}/background")
    assert nothing in page.locator("#result").inner_text()
    assert context_only in page.locator("#h-members").inner_text()
    # A mark of the picture opens its pair, and a dot of the pair leads to the evidence of its city.
    page.locator("#chart-matrix .chart-wide .chart-links a").nth(1).click()
    page.wait_for_url("**/background?x=first_award&y=law#pair")
    dot = page.locator("#chart-pair .chart-wide .chart-links a").first
    dot.click()
    page.wait_for_url(f"**/{language}/cities/*#condition-law")
    page.go_back()
    # The same by the keyboard: the table of the picture, and the form.
    page.focus("#chart-matrix summary")
    page.keyboard.press("Enter")
    page.focus("#chart-matrix tbody a >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/background?x=first_award&y=policy#pair")
    page.select_option("#f-x", "population")
    page.focus("#f-y")
    page.select_option("#f-y", "green")
    page.focus("#pairs form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/background?x=population&y=green#pair")
    assert page.locator("#pair tbody tr").count() > 50
    context.close()


@ENGLISH
def test_a_mark_opens_its_pair_and_a_dot_its_city_without_a_script(browser, address):
    opens_pairs(browser, address, "en", "Nothing of the background stands out", "Context only")


@CHINESE
def test_a_mark_opens_its_pair_in_chinese(browser, address):
    opens_pairs(browser, address, "zh", "背景中没有突出的结果", "仅供了解背景")


def follows_a_difference(browser, address, language, weak):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/{language}/coders")
    assert weak in page.locator("#weak .verdict").inner_text()
    page.select_option("#f-variable", "area 8")
    page.focus("#weak form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/coders?variable=area+8#detail")
    assert page.locator("table.confusion tbody tr").count() == 2
    page.focus("#detail .names-cell a >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/practices/*#h-codes")
    assert page.locator(".code-table thead th").count() == 3
    assert page.locator(".code-table tr.differ").count() > 0
    context.close()


@ENGLISH
def test_a_difference_leads_to_both_codings_on_a_phone(browser, address):
    follows_a_difference(browser, address, "en", "seen: resources")


@CHINESE
def test_a_difference_leads_to_both_codings_in_chinese(browser, address):
    follows_a_difference(browser, address, "zh", "是否见到：资源")
