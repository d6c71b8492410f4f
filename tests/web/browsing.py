"""What the tests in a real browser share: the site, one Chromium a worker, and what is looked at in a page."""

import os
import threading
from functools import cache
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
MISSING = f"{CHROMIUM} is not installed (apt-get install chromium)"
#: No test rests on how quick the machine is: this long, in milliseconds, a page may take on a loaded one.
PATIENCE = 300_000

#: Tests of one language and of another run beside each other, in a browser each.
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
#: What scrolls sideways by itself must be reached by the keyboard and say what it is.
UNREACHED = """() => [...document.querySelectorAll('main *')]
  .filter(e => e.scrollWidth > e.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
  .filter(e => !['INPUT', 'SELECT', 'TEXTAREA'].includes(e.tagName))
  .filter(e => e.tabIndex < 0 || !(e.ariaLabel || e.getAttribute('aria-labelledby')))
  .map(e => e.tagName + '.' + e.className)"""

#: The rules of axe, in two parts. Contrast is measured once for all texts that look alike: the same elements
#: around them with the same classes and the same colours, sizes and weights as the browser computed them, so that
#: a text of which anything is different is measured by itself; where the first one cannot be measured, all are. All
#: other rules look at the whole page. A page that was looked at already is asked, in another width and colour, by
#: the rules that rest on these, and by all rules in those of its parts that were hidden before. Only violations are
#: gathered: telling each element that passed takes longer than finding it.
AXE = """async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const laid = ['scrollable-region-focusable', 'css-orientation-lock', 'link-in-text-block', 'heading-order'];
  const terse = {resultTypes: ['violations'], selectors: false, preload: false, iframes: false};
  const others = {runOnly: tags, rules: {'color-contrast': {enabled: false}}, ...terse};
  const contrast = {runOnly: ['color-contrast'], ...terse, resultTypes: ['violations', 'incomplete'], elementRef: true};
  const seen = e => e.checkVisibility({visibilityProperty: true});
  const says = e => e.matches('input, select, textarea') || [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  const everything = [...document.body.querySelectorAll('*')];

  const known = new Map(), looks = new Map(), alike = new Map();
  const look = e => {
    if (!e) return '';
    if (!looks.has(e)) {
      const s = getComputedStyle(e);
      const whole = [look(e.parentElement), e.localName, e.getAttribute('class'), e.matches(':disabled'), s.color, s.fill,
        s.backgroundColor, s.backgroundImage, s.opacity, s.fontSize, s.fontWeight, s.textShadow, s.position].join('|');
      if (!known.has(whole)) known.set(whole, String(known.size));
      looks.set(e, known.get(whole));
    }
    return looks.get(e);
  };
  for (const e of everything) if (says(e) && seen(e)) alike.set(look(e), [...(alike.get(look(e)) ?? []), e]);

  const found = [await axe.run({include: [...alike.values()].map(([first]) => first)}, contrast)];
  const unsure = found[0].incomplete.flatMap(v => v.nodes).flatMap(n => (alike.get(look(n.element)) ?? []).slice(1));
  if (unsure.length) found.push(await axe.run({include: unsure}, contrast));
  const whole = window.lookedAt === undefined;
  if (whole) {
    found.push(await axe.run(document, others));
  } else {
    found.push(await axe.run(document, {runOnly: laid, ...terse}));
    const anew = new Set(everything.filter(e => seen(e) && !window.lookedAt.has(e)));
    const tops = [...anew].filter(e => !anew.has(e.parentElement));
    if (tops.length) found.push(await axe.run({include: tops}, others));
  }
  window.lookedAt = new Set(everything.filter(seen));
  return {
    whole, passed: found.reduce((sum, one) => sum + one.passes.length, 0),
    violations: found.flatMap(one => one.violations).map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 120))]),
  };
}"""


# --- one site and one browser ---------------------------------------------------------------------


class _Kept:
    """The site in a thread of this process and a Chromium, begun when first asked for."""

    def __init__(self):
        from waitress.server import create_server

        from learningcity.web.wsgi import application

        playwright = pytest.importorskip("playwright.sync_api")
        playwright.expect.set_options(timeout=PATIENCE)
        self.server = create_server(application, host="127.0.0.1", port=0, threads=4)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        self.address = f"http://127.0.0.1:{self.server.effective_port}"
        self.driver = playwright.sync_playwright().start()
        self.chromium = self.driver.chromium.launch(
            executable_path=str(CHROMIUM),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
            timeout=PATIENCE,
        )

    def close(self):
        self.chromium.close()
        self.driver.stop()
        self.server.close()
        self.thread.join(5)


@cache
def kept():
    """The site and the browser of this worker."""
    if not CHROMIUM.exists():
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return _Kept()


def close():
    """End them, where they were begun."""
    if kept.cache_info().currsize:
        found = kept()
        kept.cache_clear()
        found.close()


@cache
def axe_rules():
    """The rules of axe-core, from the registry's package; they are no part of this repository."""
    package = pytest.importorskip("axe_core_python")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


# --- pages ----------------------------------------------------------------------------------------


def opened(browser, width=1280, height=900, **choices):
    """A page of its own, and what its console complained about."""
    page = browser.new_context(viewport={"width": width, "height": height}, **choices).new_page()
    page.set_default_timeout(PATIENCE)
    page.complaints = []
    page.on(
        "console",
        lambda told: page.complaints.append(told.text) if told.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def complaints(page):
    """What the console complained about, but for steps of a slider that gave way to the next one, which htmx tells.

    htmx gives two lines for each: that the request is over, and why. Other reasons are complaints.
    """
    told, cut_off = page.complaints, "htmx:sendAbort"
    return [c for c in told if not c.startswith((cut_off, "htmx:afterRequest"))]


def expect(found):
    """Wait until what is expected of a place in a page is so."""
    from playwright.sync_api import expect

    return expect(found)


def follow(page, link, key=""):
    """Click a link, or press a key on it, and wait until its page, or its place on this page, is there."""
    leads_to = link.evaluate("link => new URL(link.getAttribute('href'), document.baseURI).href")
    link.press(key) if key else link.click()
    page.wait_for_url(lambda url: url == leads_to)


def choose(select, value):
    """Choose from a list by the keys of the arrows; to type its first letters depends on how quickly they come."""
    up = select.evaluate(
        "(s, value) => s.length - 1 - [...s.options].findIndex(o => o.value === value)", value
    )
    select.press("End")
    for _ in range(up):
        select.press("ArrowUp")
    assert select.input_value() == value


def violations(page):
    # Run beside the page's own scripts, of which its policy lets none in but the site's, and must not.
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_rules())
    found = page.evaluate(AXE)
    assert found["passed"] > (10 if found["whole"] else 0)
    return found["violations"]


def assert_clean(page):
    """Nothing is too wide, nothing cannot be reached, and axe finds nothing."""
    assert page.evaluate(TOO_WIDE) == []
    page.evaluate(OPEN_ALL)
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(UNREACHED) == []
    assert violations(page) == []
