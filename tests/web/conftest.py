"""A client that asks the site without a server, and every address that the site has."""

import itertools
import re
from functools import cache
from html.parser import HTMLParser

import django
import pytest

django.setup()

from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: E402
from tests.report.html.sample import document  # noqa: E402
from tests.web import browsing  # noqa: E402

import learningcity as lc  # noqa: E402
from learningcity.web import content, jobs, kept  # noqa: E402
from learningcity.web.content import studies  # noqa: E402

LANGUAGES = ("en", "zh")
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="session", autouse=True)
def _environment():
    setup_test_environment()
    yield
    teardown_test_environment()


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """Pages wait until long work is done, so that a test reads what a visitor has at the end."""
    monkeypatch.setattr(jobs, "GRACE", 120.0)


#: States of the data that tests make, each once and none that the site comes to by itself.
_STATES = itertools.count(1_000_000)


@pytest.fixture(autouse=True)
def _state(monkeypatch):
    """What a test lets be forgotten is there again for the next one, and nothing of its own is.

    Else all pages and analyses would be made anew after each test that forgets.
    """
    monkeypatch.setattr(kept, "_STATE", kept.state())
    monkeypatch.setattr(kept, "forget", lambda: setattr(kept, "_STATE", next(_STATES)))


@pytest.fixture(autouse=True)
def _study():
    """Show a short document as the study: the whole one takes seconds, and has tests of its own."""
    if not studies.is_there():
        studies.put(short_study())


@cache
def short_study():
    """The sample of the html tests as a result."""
    return lc.StudyResult(lc.Study(), document())


@pytest.fixture(scope="session")
def client():
    return Client(raise_request_exception=True)


@pytest.fixture
def get(client):
    """Ask for an address, expect a status, give the text."""

    def ask(address, status=200, **headers):
        response = client.get(address, headers=headers or None)
        assert response.status_code == status, f"{address}: {response.status_code}"
        return response.content.decode()

    return ask


@pytest.fixture
def browser():
    """The Chromium of this worker; it serves all tests that follow each other in one."""
    return browsing.kept().chromium


@pytest.fixture
def address():
    """Where the site answers a browser."""
    return browsing.kept().address


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item, nextitem):
    """Leave no browser behind: its loop of events would be in the way of tests that want none."""
    if nextitem is None or nextitem.get_closest_marker("browser") is None:
        browsing.close()


def screens():
    """Every screen once in each language, with queries that change what it shows."""
    paths = (
        "", "?view=table", "cities/cork?view=table", "cities", "cities?mechanism=law&sort=population", "cities?region=AFR&round=2015&size=over-10m",
        "cities?mechanism=law&seen=not-counted", "cities?disagree=yes",
        "network", "network?region=APA&year=disagree", "network?region=AFR&country=CHN&year=2016",
        "crosswalk", "crosswalk?area=4&framework=sdg4&round=2024", "crosswalk?area=none", "analysis",
        "index", "index?reading=context&sort=rank&city=CHN", "index?aggregate=geometric&city=wuhan&w.policy=2",
        "index?reading=figures&sort=region", "index/own",
        "paths", "paths?outcome=inclusive&robustness=yes&permutations=99", "paths?conditions=law~funding&not_seen=leave_out",
        "styles", "styles?k=3&coder=B&repeats=yes", "styles?columns=law~green&not_seen=leave_out",
        "necessary", "necessary?condition=law&theme=green&method=cr_fdh&lines=ce_fdh~qr&corner=3&scale_y=percentile",
        "necessary?condition=sources&theme=green&coder=B&timing=before", "necessary?condition=law&theme=green&not_seen=leave_out",
        "background", "background?x=population&y=law", "background?kind=theme&coder=B&x=region&y=green",
        "coders", "coders?variable=area+8", "coders?variable=mechanism&timing=before&draws=200",
        "data", "data/coverage", "data/coverage?region=AFR&sort=facts", "data/conflicts", "data/sources",
        "data/sources?tier=doubtful&page=2", "data/sources?tier=unesco&q=zzzzzzz", "data/statistics",
        "data/dictionary", "about",
        "ideas", "ideas?area=4&theory=learning+society&theme=law", "ideas?language=en&years=2010-2014&q=glasgow",
        "ideas?theory=sustainable+development&area=9&theme=law&years=to-2009", "china",
        "eligibility", "eligibility?city=taiyuan&round=2027", "eligibility?city=dublin&round=2024",
        "eligibility?city=Lyon", "eligibility?city=Lyon&country=FRA&round=2027", "eligibility?city=andong&round=2015",
        "eligibility/who", "eligibility/who?round=2024&country=CHN&answer=yes", "eligibility/who?region=AFR&country=CHN",
        "practices", "practices?q=老年&sort=newest", "practices?mechanism=law&region=AFR&stance=planned&coder=both",
        "practices?view=matrix", "practices?view=matrix&columns=theme&region=APA&coder=B&rank=first",
        "practices?page=3&passes=differ", "practices/wuhan-01", "practices/al-wakra-03",
        "compare", "compare?cities=cork", "compare?cities=cork~wuhan", "compare?cities=doha~beijing~cork~taiyuan~amman~dublin",
        "lessons", "lessons?target=cork", "lessons?target=CHN", "lessons?country=IRL&population=20600&has=policy&problems=ageing",
        "study", "study/award", "study/law", "award", "standard", "search", "search?q=law", "search?q=条例", "search?q=zzzzzzz",
        "api", "sources/s0001", "sources/s0568", "sources/un-wup-2018",
        "cities/wuhan", "cities/taiyuan", "cities/mayo-baleo",
    )  # fmt: skip
    return [f"/{language}/{path}" for language in LANGUAGES for path in paths]


def city_pages():
    """The page of every city in each language."""
    return [f"/{language}/cities/{city_id}" for language in LANGUAGES for city_id in content.cities()]


class Page(HTMLParser):
    """What the tests look at in a page: elements with attributes, and texts with the language around them."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "source"})

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self.stack = [], [], []
        self.feed(text)
        self.close()
        assert not self.stack, f"not closed: {[tag for tag, _ in self.stack]}"

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.elements.append((tag, found))
        if tag not in self.VOID:
            self.stack.append((tag, found))

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.stack, f"</{tag}> closes nothing"
        opened, _ = self.stack.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data):
        if data.strip():
            self.texts.append((data.strip(), list(self.stack)))

    def of(self, *tags):
        return [found for tag, found in self.elements if tag in tags]

    @property
    def links(self):
        return [found["href"] for found in self.of("a") if "href" in found]

    @property
    def ids(self):
        return [found["id"] for _, found in self.elements if "id" in found]
