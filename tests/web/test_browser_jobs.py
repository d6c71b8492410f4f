"""In a real browser: a slider draws the index anew, long work shows its share and is stopped, with a script and without."""

import time

import pytest
from tests.web import test_browser
from tests.web.test_browser import AXE, CHINESE, ENGLISH, TOO_WIDE
from tests.web.test_jobs import Slow

from learningcity.web import jobs, kept, waiting
from learningcity.web.screens.paths import answer

# The site, the browser and the rules of axe, as the other journeys have them.
address, browser, axe = test_browser.address, test_browser.browser, test_browser.axe
pytestmark = pytest.mark.browser


def opened(browser, width=1280, **choices):
    """A page, and what its console complained about."""
    page = browser.new_context(viewport={"width": width, "height": 900}, **choices).new_page()
    page.complaints = []
    page.on(
        "console", lambda told: page.complaints.append(told.text) if told.type in ("error", "warning") else 0
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def draws_a_slider(browser, address, axe, language, width):
    page = opened(browser, width)
    page.goto(f"{address}/{language}/index")
    loads = []
    page.on("load", lambda _: loads.append(page.url))
    length = page.evaluate("history.length")
    page.click("details.weights > summary")
    slider = page.locator(".slider input").first
    slider.focus()
    before = page.locator("#summary").inner_text()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**/index?w.mechanisms=1.6")
    # The address is that of the page, the page that of the address; nothing was loaded whole, nothing lies behind.
    assert loads == []
    assert page.evaluate("history.length") == length
    assert slider.evaluate("e => e === document.activeElement")
    assert page.locator(".slider output").first.inner_text() == "1.6"
    assert page.locator("[id='f-w.mechanisms']").input_value() == "1.6"
    after = page.locator("#summary").inner_text()
    assert after != before
    # What was found is said once, politely; the values are told by the slider itself.
    said = page.locator("#said[aria-live=polite]")
    said.filter(has_text=after).wait_for(timeout=5000)
    other = "zh" if language == "en" else "en"
    assert page.locator("#languages a").get_attribute("href") == f"/{other}/index?w.mechanisms=1.6"
    assert "w.mechanisms=1.6" in page.locator("#view-link").inner_text()
    assert "w.mechanisms=1.6" in page.locator("#downloads a").first.get_attribute("href")
    assert page.evaluate(TOO_WIDE) == []
    page.evaluate(axe)
    assert page.evaluate(AXE)["violations"] == []
    # The same address, asked for anew, is the same page.
    fresh = opened(browser, width)
    fresh.goto(page.url)
    assert fresh.locator("#summary").inner_text() == after
    assert fresh.locator(".index-table").inner_text() == page.locator(".index-table").inner_text()
    # Back to the weight of the reading: the address has nothing to say.
    slider.focus()
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**/{language}/index")
    assert page.locator("#summary").inner_text() == before
    assert page.complaints == []
    assert fresh.complaints == []
    fresh.context.close()
    page.context.close()


@ENGLISH
def test_a_slider_by_the_keyboard_in_english(browser, address, axe):
    draws_a_slider(browser, address, axe, "en", 1280)


@CHINESE
def test_a_slider_by_the_keyboard_in_chinese_on_a_phone(browser, address, axe):
    draws_a_slider(browser, address, axe, "zh", 390)


@ENGLISH
def test_a_slider_under_the_mouse_a_box_and_a_menu(browser, address):
    page = opened(browser)
    page.goto(f"{address}/en/index")
    page.click("details.weights > summary")
    box = page.locator(".slider input").nth(1).bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.25, middle)
    page.mouse.down()
    for share in (0.4, 0.5, 0.6, 0.75):
        page.mouse.move(box["x"] + box["width"] * share, middle)
    page.wait_for_url("**/index?w.themes=*")
    page.mouse.up()
    # A number in the box moves its slider; one that is beyond widens it.
    page.fill("[id='f-w.mechanisms']", "7")
    page.keyboard.press("Tab")
    page.wait_for_url("**w.mechanisms=7*")
    assert page.locator(".slider input").first.input_value() == "7"
    page.select_option("#f-aggregate", "geometric")
    page.wait_for_url("**aggregate=geometric*")
    assert page.complaints == []
    page.context.close()


@CHINESE
def test_without_a_script_there_are_boxes_and_no_sliders(browser, address):
    page = opened(browser, java_script_enabled=False)
    page.goto(f"{address}/zh/index")
    page.click("details.weights > summary")
    assert not page.locator(".slider input").first.is_visible()
    page.fill("[id='f-w.mechanisms']", "2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/index?w.mechanisms=2*")
    page.context.close()


@pytest.fixture
def slow(monkeypatch):
    """The permutation test of the page takes until it is let go; a desk of its own."""
    work, desk = Slow(), jobs.Desk()
    real = answer.permutation_work

    def played(found):
        one = real(found)

        def make(progress):
            work(progress)
            return one.make(progress)

        return waiting.Long(one.name, one.key, make, one.what)

    monkeypatch.setattr("learningcity.web.screens.paths.page.permutation_work", played)
    monkeypatch.setattr(jobs, "DESK", desk)
    monkeypatch.setattr(jobs, "GRACE", 0.05)
    kept.forget()
    yield work
    desk.close()
    kept.forget()


def waits(browser, address, axe, slow, language, said, *, script):
    """One waits, another waits for the same and stops it, the first has the result."""
    question = f"{address}/{language}/paths?outcome=inclusive&permutations=55"
    first, second = (opened(browser, width, java_script_enabled=script) for width in (390, 1280))
    first.goto(question)
    second.goto(question)
    for page in (first, second):
        assert page.locator(".job progress").get_attribute("value") == "25"
        assert page.locator("#rows table").count() == 1
    if script:
        assert first.evaluate(TOO_WIDE) == []
        first.evaluate(axe)
        assert first.evaluate(AXE)["violations"] == []
        assert "job=" not in first.url, "with a script the page asks for the share alone"
    second.focus(".job-stop button")
    second.keyboard.press("Enter")
    second.locator(".job", has_text=said["stopped"]).wait_for(timeout=10_000)
    time.sleep(1.5)
    assert not slow.ended.is_set(), "the other still waits"
    slow.go.set()
    first.locator("#chance .verdict", has_text=said["found"]).wait_for(timeout=20_000)
    assert first.url.split("#")[0] == question
    # Who stopped asks for it after all, and it is there.
    second.locator(".job a").click()
    second.locator("#chance .verdict", has_text=said["found"]).wait_for(timeout=10_000)
    assert slow.runs == 1
    for page in (first, second):
        assert page.complaints == []
        page.context.close()


@ENGLISH
def test_two_wait_with_a_script_and_one_stops(browser, address, axe, slow):
    said = {"stopped": "You stopped this", "found": "Of 55 shuffled outcomes"}
    waits(browser, address, axe, slow, "en", said, script=True)


@CHINESE
def test_two_wait_without_a_script_and_one_stops(browser, address, axe, slow):
    said = {"stopped": "您已停止此项计算", "found": "在55次随机置换中"}
    waits(browser, address, axe, slow, "zh", said, script=False)
