"""In a real browser: nothing overflows, axe finds nothing, the keyboard suffices, the policy holds."""

import os
import threading
from pathlib import Path

import pytest
from tests.web.conftest import screens

CHROMIUM = Path("/usr/bin/chromium")
MISSING = f"{CHROMIUM} is not installed (apt-get install chromium)"

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

#: One of each kind of page; all 64 cities share one template.
PAGES = [
    *screens(),
    "/en/cities/cork", "/zh/cities/mexico-city", "/en/cities/eunpyeong-gu", "/zh/nowhere", "/en/cities?round=1",
]  # fmt: skip

OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"


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
def browser(address, tmp_path_factory):
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


@pytest.fixture
def visit(browser, address):
    """Open a page in a window of a size and colour scheme; its console must stay silent."""
    opened = []

    def go(path, width=1280, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        complaints = []
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        answer = page.goto(address + path)
        assert answer.status == {"/zh/nowhere": 404, "/en/cities?round=1": 400}.get(path, 200), path
        opened.append((context, complaints, path))
        return page

    yield go
    for context, complaints, path in opened:
        context.close()
        expected = [c for c in complaints if "404 (Not Found)" in c or "400 (Bad Request)" in c]
        assert complaints == expected, f"{path}: {complaints}"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_overflows_sideways(visit, path):
    page = visit(path)
    page.evaluate(OPEN_ALL)
    for width in (320, 390, 768, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate(
            """() => {
              const limit = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= limit) return [];
              return [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > limit + 1)
                .filter(e => !e.closest('.scroll') && !e.closest('.unseen'))
                .slice(0, 5).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40));
            }"""
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, wide)


@pytest.fixture(scope="module")
def axe():
    """The rules of axe-core, from the registry's package; they are no part of this repository."""
    package = pytest.importorskip("axe_core_python")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe):
    # Run in the page's isolated world: the policy of the site lets no script in, and must not.
    page.evaluate(axe)
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    assert len(found["passes"]) > 10
    return [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found["violations"]]


@pytest.mark.parametrize("path", [p for p in PAGES if "?" not in p or "search" not in p])
def test_axe_finds_no_violation(visit, axe, path):
    page = visit(path)
    page.evaluate(OPEN_ALL)
    for width, scheme in ((390, "light"), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert violations(page, axe) == [], (width, scheme)


def test_axe_would_find_one(visit, axe):
    page = visit("/en/")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert violations(page, axe) != []


def test_first_key_reaches_the_skip_link_and_it_skips(visit):
    page = visit("/en/cities")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "f-q"


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


def test_search_from_the_head_of_any_page(visit):
    page = visit("/zh/award")
    page.fill("#finder", "条例")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/search?q=*")
    assert page.locator(".hits li").count() > 3
    page.locator(".hits a").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").count() == 1


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


def test_targets_of_the_frame_are_large_enough(visit):
    page = visit("/en/cities", 390)
    checked = 0
    for selector in (
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


def test_a_score_opens_to_its_practices(visit):
    page = visit("/en/cities/wuhan")
    row = page.locator("#condition-law")
    assert not row.get_by_role("link").first.is_visible()
    row.locator("summary").click()
    row.get_by_role("link").first.click()
    assert page.url.endswith("#wuhan-01")
    assert page.locator("#wuhan-01").is_visible()


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


def test_rules_not_seen_are_shown_on_a_phone_and_on_paper(visit):
    page = visit("/en/award", 390)
    assert page.locator(".rules td.void").count() > 20
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert page.locator(".rules td.void:visible").count() == page.locator(".rules td.void").count()


def test_paper_is_light_and_lists_keep_their_columns(visit):
    page = visit("/en/cities", 794, "dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('.city-list tr')).display") == "table-row"
    fill = page.evaluate("getComputedStyle(document.querySelector('.score-fill')).fill")
    assert fill == "rgb(31, 107, 125)"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
