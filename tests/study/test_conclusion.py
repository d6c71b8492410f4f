"""Abstract and conclusion say what the chapters found, of any study, and stand only where all chapters do."""

import re
from dataclasses import replace

import pytest

import learningcity as lc
from learningcity.report import Section
from learningcity.report.document.document import phrases_in
from learningcity.study import run
from learningcity.study.chapters.abstract import _counted, _tested, abstract, so
from learningcity.study.chapters.conclusion import _rules, _themes, _ways, conclusion
from learningcity.study.chapters.results import _results, results
from learningcity.study.chapters.review import review
from learningcity.study.desk import Desk
from learningcity.study.run import build_chapter, of_cases
from learningcity.study.spec import Methods

LITTLE = Methods(permutations=49, draws=100)


@pytest.fixture(scope="module")
def desk():
    """Every third city, nothing tried: what trials give is tested where they are made, and put in here."""
    atlas = lc.load_atlas()
    cases = tuple(atlas.city_ids()[::3])
    made = Desk(lc.Study(cases=cases, methods=LITTLE), of_cases(atlas, cases), ())
    for name in ("background", "ceilings", "styles"):
        made.once(name, lambda: None)
    made.once("paths", tuple)
    found = _results(made)
    assert (found.tried, found.background) == (0, (0, 0))
    made.once("results of the chapters", lambda: replace(found, tried=170, background=(137, 0)))
    return made


def said(section, language):
    return " ".join(phrase.in_(language) for phrase in phrases_in(section))


def test_they_give_the_numbers_of_the_data(desk):
    atlas = desk.atlas
    found = results(desk)
    seen = atlas.conditions().reindex(list(atlas.first_award)).notna().sum()
    assert {**found.themes, **found.mechanisms} == {k: seen[k] for k in (*found.themes, *found.mechanisms)}
    for name in found.themes:
        assert f"{name} in {seen[name]}" in said(abstract(desk), "en")
    for section in (abstract(desk), conclusion(desk)):
        english, chinese = said(section, "en"), said(section, "zh")
        assert f"{found.tried} statements" in english
        assert f"{found.tried}项" in chinese
        assert "national framework" in english


def test_each_question_of_the_introduction_has_its_answer(desk):
    asked, answered = (
        next(b for b in section.blocks if getattr(b, "numbered", False))
        for section in (introduction(desk), conclusion(desk))
    )
    assert len(asked.items) == len(answered.items) == 6


def introduction(desk):
    whole = build_chapter(desk, "introduction")
    assert whole.sections[0].key == "introduction.abstract"
    return next(one for one in whole.sections if one.key == "introduction.aim")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_they_claim_no_more_than_may_be_claimed(desk, language):
    never = {
        "en": r"\bbecause of\b|\bcauses?\b|\bdue to\b|\bleads? to\b(?! its| their)|\bdrives?\b|\bcertif|\bdoes not exist\b|\bbest city\b",
        "zh": "导致|促进了|使得|认证|不存在|最佳城市|排名第",
    }[language]
    for section in (abstract(desk), conclusion(desk)):
        assert not re.findall(never, said(section, language))


def test_they_follow_what_was_found(desk):
    found = results(desk)
    assert "none went beyond chance" in _tested(found).in_("en")
    held = replace(found, found=3, strong=1)
    assert "3" in _tested(held).in_("en")
    assert "1项通过全部检验" in _tested(held).in_("zh")
    assert "no recipe" in so(found).in_("en")
    assert "What passed is a pattern" in so(held).in_("en")
    assert "1 passed every check" in _rules(desk, held).in_("en")
    assert _tested(replace(found, tried=0)) is None
    assert "could not be asked" in _rules(desk, replace(found, tried=0)).in_("en")
    assert "“green” is rarest, in 0" in _themes(
        desk, replace(found, themes={**found.themes, "green": 0})
    ).in_("en")
    alike = replace(found, themes=dict.fromkeys(found.themes, 7))
    assert "Every theme is visible in 7 of" in _themes(desk, alike).in_("en")
    nothing_shared = replace(found, constant=())
    assert "No mechanism is seen in nearly" in _ways(desk, nothing_shared).in_("en")
    assert "没有一类举措" in _counted(desk, nothing_shared).in_("zh")
    same = replace(found, criteria=((2015, 1, 2), (2024, 4, 8)))
    assert "moved" not in _counted(desk, same).in_("en")


@pytest.mark.parametrize(
    "study",
    [
        lc.Study(chapters=("introduction", "methods"), methods=LITTLE),
        lc.Study(cases=("nanjing",), methods=LITTLE),
    ],
)
def test_without_all_chapters_or_awarded_cities_there_is_none(study):
    bare = Desk(study, of_cases(lc.load_atlas(), study.cases), ())
    assert abstract(bare) is None
    assert conclusion(bare) is None


def test_a_kept_introduction_is_not_that_of_another_choice_of_chapters(tmp_path, monkeypatch):
    """What sums up the others rests on which others there are."""
    monkeypatch.setattr(run, "build_chapter", lambda desk, name: Section(name, lc.Text(name, name)))
    marks = []
    for chapters in (("introduction", "award"), ("introduction", "award", "lessons")):
        study = lc.Study(chapters=chapters, methods=LITTLE, languages=("en",))
        marks.append(lc.run_study(study, keep=tmp_path).manifest["chapters"])
    assert [one["introduction"]["kept"] for one in marks] == [False, False]
    assert [one["award"]["kept"] for one in marks] == [False, True]


def test_every_statement_of_the_review_leads_to_works(desk):
    for block in review(desk):
        marks = block.phrase.slots.values()
        assert len(marks) > 3
        assert all(len(mark.ids) > 0 for mark in marks)
