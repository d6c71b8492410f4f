"""In a real browser: a slider draws the index anew, long work shows its share and is stopped, with a script and without."""

import re
import threading

import pytest
from tests.web import browsing
from tests.web.browsing import CHINESE, ENGLISH, PATIENCE, assert_clean, expect, opened

from learningcity.web import jobs, kept, waiting
from learningcity.web.screens.paths import answer

pytestmark = pytest.mark.browser


def draws_a_slider(browser, address, language, width):
    page = opened(browser, width)
    page.goto(f"{address}/{language}/index")
    loads = []
    page.on("load", lambda _: loads.append(page.url))
    length = page.evaluate("history.length")
    page.click("details.weights > summary")
    slider = page.locator(".slider input").first
    before = page.locator("#summary").inner_text()
    for _ in range(12):
        slider.press("ArrowRight")
    page.wait_for_url("**/index?w.mechanisms=1.6")
    # The address is that of the page, the page that of the address; nothing was loaded whole, nothing lies behind.
    assert loads == []
    assert page.evaluate("history.length") == length
    expect(slider).to_be_focused()
    assert page.locator(".slider output").first.inner_text() == "1.6"
    assert page.locator("[id='f-w.mechanisms']").input_value() == "1.6"
    expect(page.locator("#summary")).not_to_have_text(before)
    after = page.locator("#summary").inner_text()
    # What was found is said once, politely; the values are told by the slider itself.
    expect(page.locator("#said[aria-live=polite]")).to_have_text(after)
    other = "zh" if language == "en" else "en"
    expect(page.locator("#languages a")).to_have_attribute("href", f"/{other}/index?w.mechanisms=1.6")
    expect(page.locator("#view-link")).to_contain_text("w.mechanisms=1.6")
    expect(page.locator("#downloads a").first).to_have_attribute("href", re.compile(r"w\.mechanisms=1\.6"))
    # The same address, asked for anew, is the same page.
    fresh = opened(browser, width)
    fresh.goto(page.url)
    assert fresh.locator("#summary").inner_text() == after
    assert fresh.locator(".index-table").inner_text() == page.locator(".index-table").inner_text()
    assert_clean(page)
    # Back to the weight of the reading: the address has nothing to say.
    for _ in range(12):
        slider.press("ArrowLeft")
    page.wait_for_url(f"**/{language}/index")
    expect(page.locator("#summary")).to_have_text(before)
    for one in (page, fresh):
        assert browsing.complaints(one) == []
        one.context.close()


@ENGLISH
def test_a_slider_by_the_keyboard_in_english(browser, address):
    draws_a_slider(browser, address, "en", 1280)


@CHINESE
def test_a_slider_by_the_keyboard_in_chinese_on_a_phone(browser, address):
    draws_a_slider(browser, address, "zh", 390)


@ENGLISH
def test_a_slider_under_the_mouse_a_box_and_a_menu(browser, address):
    page = opened(browser)
    page.goto(f"{address}/en/index")
    page.click("details.weights > summary")
    slider = page.locator(".slider input").nth(1)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
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
    expect(page.locator(".slider input").first).to_have_value("7")
    page.select_option("#f-aggregate", "geometric")
    page.wait_for_url("**aggregate=geometric*")
    assert browsing.complaints(page) == []
    page.context.close()


@ENGLISH
def test_a_step_that_is_on_its_way_when_the_form_is_sent_changes_nothing(browser, address):
    page = opened(browser)
    page.goto(f"{address}/en/index")
    # The server takes its time with the step, and with the page of the form: nobody leaves this one meanwhile.
    held = []
    page.route(re.compile(r"/en/index\?.*w\.mechanisms=1\.05"), lambda route: held.append(route))
    page.evaluate(
        "document.querySelector('form.what-if').addEventListener('submit', e => e.preventDefault())"
    )
    page.click("details.weights > summary")
    slider, before = page.locator(".slider input").first, page.locator("#summary").inner_text()
    with page.expect_request(lambda asked: "hx-request" in asked.headers):
        slider.press("ArrowRight")
    with page.expect_event("requestfailed") as given_up:
        page.press("form.what-if button[type=submit]", "Enter")
    assert given_up.value == held[0].request
    assert page.url == f"{address}/en/index"
    assert page.locator("#summary").inner_text() == before
    # Who goes on here after all, as one who stopped the browser, is answered.
    page.unroute_all()
    slider.press("ArrowRight")
    page.wait_for_url("**/en/index?w.mechanisms=1.1")
    assert browsing.complaints(page) == []
    page.context.close()


@ENGLISH
def test_a_number_and_the_key_enter_ask_once(browser, address):
    page = opened(browser)
    page.goto(f"{address}/en/index")
    asked = []
    page.on(
        "request", lambda one: asked.append("hx-request" in one.headers) if "/en/index?" in one.url else None
    )
    page.click("details.weights > summary")
    page.fill("[id='f-w.mechanisms']", "3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/index?w.mechanisms=3#units")
    assert asked
    assert not any(asked), "the page that comes is the answer, and no step beside it"
    page.context.close()


@CHINESE
def test_without_a_script_there_are_boxes_and_no_sliders(browser, address):
    page = opened(browser, java_script_enabled=False)
    page.goto(f"{address}/zh/index")
    page.click("details.weights > summary")
    expect(page.locator("[id='f-w.mechanisms']")).to_be_visible()
    assert not page.locator(".slider input").first.is_visible()
    page.fill("[id='f-w.mechanisms']", "2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/index?w.mechanisms=2#units")
    page.context.close()


class Slow:
    """Work that stands at a quarter until the test lets it go, however long that takes, and counts its steps."""

    def __init__(self):
        self.runs, self.step = 0, threading.Semaphore(0)
        self.begun, self.go, self.ended = threading.Event(), threading.Event(), threading.Event()

    def __call__(self, progress):
        self.runs += 1
        try:
            progress(1, 4)
            self.begun.set()
            while not self.go.wait(0.005):
                progress(1, 4)
                self.step.release()
        finally:
            self.ended.set()

    def goes_on(self):
        """Whether it is still wanted: so many steps take longer than it takes to notice that it is not."""
        while self.step.acquire(blocking=False):
            pass
        for _ in range(40):
            if self.ended.is_set():
                return False
            assert self.step.acquire(timeout=PATIENCE / 1000)
        return True


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
    # However slow the machine: nobody is taken for gone, and no work for endless.
    monkeypatch.setattr(jobs, "ABANDONED", 3600.0)
    monkeypatch.setattr(jobs, "MOST_SECONDS", 3600.0)
    monkeypatch.setattr(waiting, "BETWEEN", 1)
    kept.forget()
    yield work
    work.go.set()
    desk.close()
    kept.forget()


def waits(browser, address, slow, language, said, *, script):
    """One waits, another waits for the same and stops it, the first has the result."""
    question = f"{address}/{language}/paths?outcome=inclusive&permutations=55"
    first, second = (opened(browser, width, java_script_enabled=script) for width in (390, 1280))
    # Who stops is not led on by the page that asks again, just when a key is pressed.
    second.route(re.compile(r"/paths\?.*job="), lambda route: route.fulfill(status=204))
    first.goto(question)
    assert slow.begun.wait(PATIENCE / 1000)
    second.goto(question)
    for page in (first, second):
        # It stands there at once, or when the page has asked again.
        expect(page.locator(".job progress")).to_have_attribute("value", "25")
        assert page.locator("#rows table").count() == 1
    if script:
        assert_clean(first)
        assert "job=" not in first.url, "with a script the page asks for the share alone"
    second.press(".job-stop button", "Enter")
    expect(second.locator(".job")).to_contain_text(said["stopped"])
    expect(second.locator(".job-stop")).to_have_count(0)
    assert slow.goes_on(), "the other still waits"
    slow.go.set()
    expect(first.locator("#chance .verdict")).to_contain_text(said["found"])
    assert first.url.split("#")[0] == question
    # Who stopped asks for it after all, and it is there.
    second.unroute_all()
    second.locator(".job a").click()
    expect(second.locator("#chance .verdict")).to_contain_text(said["found"])
    assert slow.runs == 1
    for page in (first, second):
        assert browsing.complaints(page) == []
        page.context.close()


@ENGLISH
def test_two_wait_with_a_script_and_one_stops(browser, address, slow):
    said = {"stopped": "You stopped this", "found": "Of 55 shuffled outcomes"}
    waits(browser, address, slow, "en", said, script=True)


@CHINESE
def test_two_wait_without_a_script_and_one_stops(browser, address, slow):
    said = {"stopped": "您已停止此项计算", "found": "在55次随机置换中"}
    waits(browser, address, slow, "zh", said, script=False)
