"""Lessons as a document: the chapter of the study, with what was asked of the lessons."""

import io
from dataclasses import replace

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

import learningcity as lc
from learningcity.report import Card

LANGUAGES = ("en", "zh")


@pytest.fixture(scope="module")
def found():
    return lc.lessons(lc.load_atlas(), "wuhan", draws=20, cards=5, seed=3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_the_chapter_with_the_cards_that_were_asked_for(found, language):
    made = lc.lessons_document(found, language)
    assert [s.key for s in made.sections] == ["lessons"]
    assert made.title.in_(language) == made.sections[0].title.in_(language)
    cards = [b for b in made.blocks() if isinstance(b, Card)]
    assert [c.title.in_(language) for c in cards] == [c.title.in_(language) for c in found.cards]
    assert len(cards) == 5
    assert made.manifest["seed"] == 3


def test_it_says_what_a_study_of_this_chapter_says():
    found = lc.lessons(lc.load_atlas(), "cork", draws=200, seed=2026)
    run = lc.run_study(lc.Study(target="cork", chapters=("lessons",), languages=("en",)))
    made = lc.lessons_document(found, "en")
    assert [p.in_("en") for p in made.sections[0].blocks[1:2] for p in [p.phrase]] == [
        p.in_("en") for p in run.document.sections[0].blocks[1:2] for p in [p.phrase]
    ]
    assert [f.claim.in_("en") for f in made.findings] == [f.claim.in_("en") for f in run.document.findings]


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_and_pdf_hold_every_card(found, language):
    made = lc.lessons_document(found, language)
    body = docx.Document(io.BytesIO(lc.render(made, "docx")[2])).element.body
    in_word = "".join("".join(t.text or "" for t in body.iter(qn("w:t"))).split())
    pages = pypdf.PdfReader(io.BytesIO(lc.render(made, "pdf")[2])).pages
    in_pdf = "".join("".join(page.extract_text() for page in pages).split())
    for card in found.cards:
        title = "".join(card.title.in_(language).split())
        assert title in in_word
        assert title in in_pdf


def test_an_own_city_is_named(tmp_path):
    file = tmp_path / "riverton.toml"
    file.write_text(lc.own_city_template("toml"), encoding="utf-8")
    own = lc.read_own_city(file)
    found = lc.lessons(lc.load_atlas(), own, draws=0, cards=3)
    made = lc.lessons_document(found, "en", target=own)
    assert found.name.en in made.title.en
    assert made.key == "lessons-own-city"


def test_what_cannot_be_is_told(found):
    with pytest.raises(lc.InputError):
        lc.lessons_document("wuhan")
    with pytest.raises(lc.UnknownNameError):
        lc.lessons_document(found, "fr")
    with pytest.raises(lc.InputError):
        lc.lessons_document(replace(found, asked=None))
