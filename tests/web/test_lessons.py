"""Lessons on screen: the library's answer for a city, a country and a city by its numbers."""

import re

import pytest
from django.http import QueryDict
from tests.web.conftest import LANGUAGES, Page

import learningcity as lc
from learningcity.web import content, warming
from learningcity.web.screens.lessons import page
from learningcity.web.screens.lessons.query import read


def text_of(page):
    return " ".join(t for t, _ in page.texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_asks_for_every_number_with_its_bounds(get, language):
    text = get(f"/{language}/lessons")
    for one in lc.OWN_CITY_FIELDS:
        assert f'name="{one.name}"' in text
        assert one.label.in_(language) in text
        assert one.bounds.in_(language) in text
    for city in content.atlas().city_ids():
        assert f'<option value="{city}">' in text
    assert 'method="post"' not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_peers_of_the_library_stand_on_the_page_with_links(get, language):
    text = get(f"/{language}/lessons?target=ningbo")
    found = lc.peers(content.atlas(), "ningbo", draws=0)
    for peer in found.peers:
        assert f'href="/{language}/cities/{peer}"' in text
    cards = lc.lessons(content.atlas(), "ningbo", draws=0).cards
    assert text.count('class="card') >= len(cards) or all(c.title.in_(language) in text for c in cards)
    for practice in cards[0].practices:
        assert f'href="/{language}/practices/{practice}"' in text
    assert "<svg" in text


def test_a_city_by_its_numbers_gets_the_same_as_from_the_library(get):
    text = get("/en/lessons?name=Riverton&country=IRL&population=480000&has=policy&problems=ageing")
    mine = lc.own_city("Riverton", "IRL", population=480_000, has=["policy"], problems=["ageing"])
    found = lc.lessons(content.atlas(), mine, draws=0)
    assert "Lessons for Riverton (Ireland)" in text
    for peer in next(iter(found.gaps.values())).peers.peers:
        assert f"/en/cities/{peer}" in text


def test_names_of_visitors_are_escaped(get):
    text = get("/en/lessons?name=%3Cb%3EX%3C%2Fb%3E&country=IRL&population=480000")
    assert "<b>X</b>" not in text
    assert "&lt;b&gt;X" in text


@pytest.mark.parametrize(
    ("query", "words"),
    [("population=abc", "is no number"), ("population=5", "lies outside"), ("population=480000", "Too little is known"),
     ("population=480000&country=XQX", "country"), ("population=1000&year=soon&country=IRL", "year")],
)  # fmt: skip
def test_a_wrong_number_gives_the_form_back_with_the_remedy_and_what_was_typed(get, query, words):
    text = get(f"/en/lessons?{query}", 400 if query != "population=480000" else _status(get, query))
    if 'role="alert"' in text:
        assert words in text
        assert f'value="{re.search("population=([^&]*)", query)[1]}"' in text
    else:
        assert "no lessons can be drawn" in text
        assert words in text


def _status(get, query):
    return 200


@pytest.mark.parametrize("query", ["target=atlantis", "height=3", "has=fame&country=IRL", "problems=noise"])
def test_unknown_choices_are_told(get, query):
    get(f"/en/lessons?{query}", 400)


def test_one_question_has_one_address(client):
    given = client.get("/en/lessons?name=&country=IRL&population=20600&area=&currency=USD&has=law&has=policy")
    assert given.status_code == 302
    assert given["Location"] == "/en/lessons?country=IRL&currency=USD&population=20600&has=law~policy"
    assert client.get(given["Location"]).status_code == 200
    assert client.get("/en/lessons?target=&currency=USD").status_code == 302


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_given(client, language):
    for suffix, kind in (
        ("html", "text/html"),
        ("csv", "text/csv"),
        ("json", "application/json"),
        ("svg", "image/svg+xml"),
        ("docx", "application/vnd.openxmlformats"),
        ("pdf", "application/pdf"),
    ):
        given = client.get(f"/{language}/lessons.{suffix}?target=cork")
        assert given.status_code == 200, suffix
        assert given["Content-Type"].startswith(kind)
    fields = client.get(f"/{language}/lessons.csv").content.decode("utf-8-sig")
    assert all(one.name in fields for one in lc.OWN_CITY_FIELDS)


def test_the_navigation_leads_here(get):
    page = Page(get("/en/"))
    assert "Lessons" in text_of(page)


def test_what_is_asked_for_first_is_computed_before_the_first_visitor(monkeypatch):
    built, steps = [], []
    monkeypatch.setattr(page, "build", lambda asked, language: built.append((asked, language)))
    warming.lessons()
    first = read(QueryDict(f"target={lc.Study().target}"))[0]
    assert built == [(first, language) for language in LANGUAGES]
    for name in ("analyses", "draw", "pack", "lessons"):
        monkeypatch.setattr(warming, name, lambda name=name: steps.append(name))
    monkeypatch.setattr(warming.studies, "compute", lambda: steps.append("study"))
    warming.meanwhile()
    assert steps[-2:] == ["study", "lessons"]
