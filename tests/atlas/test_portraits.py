"""Portraits hold references only; figures are filled in from the atlas in front of the reader."""

import re
from dataclasses import replace

import pytest

import learningcity as lc
from learningcity.atlas import Atlas
from learningcity.atlas.portraits import parse_portrait, portrait_sources


def test_twelve_portraits_fill_in_both_languages(atlas):
    sources = portrait_sources()
    assert len(sources) == 12
    filled = 0
    for city, source in sources.items():
        assert sorted(source.references("en")) == sorted(source.references("zh"))
        for language in ("en", "zh"):
            portrait = atlas.portrait(city, language)
            assert [len(s.paragraphs) > 0 for s in portrait.sections] == [True] * 5
            text = portrait.plain_text()
            assert "[[" not in text
            filled += sum(p.kind == "fact" for p in portrait.pieces())
    assert filled > 150


# Digits that belong to a name: the roadmap "Climate-neutral Espoo 2030", the European project "R3L".
NAMES = {"espoo": {"2030"}, "limerick": {"3"}}


def test_a_portrait_as_written_holds_no_figure_but_the_years_of_its_awards(atlas):
    checked = 0
    for city, source in portrait_sources().items():
        years = {str(y) for y in atlas.awards.loc[atlas.awards["city_id"] == city, "round"]}
        for language in ("en", "zh"):
            for _, paragraphs in source.sections[language]:
                for paragraph in paragraphs:
                    bare = re.sub(r"\[\[[^\]]+\]\]", "", paragraph)
                    assert set(re.findall(r"\d+", bare)) <= years | NAMES.get(city, set()), bare
                    checked += 1
    assert checked >= 120


def test_a_changed_fact_changes_the_portrait(atlas):
    facts = atlas.facts.copy()
    facts.loc[facts["fact_id"] == "f0092", "value"] = 7.0
    changed = replace(atlas, frames={**atlas.frames, "facts": facts})
    for language, figure in (("en", "7 persons"), ("zh", "7人")):
        assert figure in changed.portrait("wuhan", language).plain_text()
        assert figure not in atlas.portrait("wuhan", language).plain_text().replace(",", "")[:60]


def test_a_lost_reference_is_named(atlas):
    facts = atlas.facts[atlas.facts["fact_id"] != "f0092"]
    broken = Atlas({**atlas.frames, "facts": facts})
    with pytest.raises(lc.InputError, match="f0092"):
        broken.portrait("wuhan")


def test_a_city_without_portrait_has_none(atlas):
    assert atlas.portrait("taiyuan") is None
    with pytest.raises(lc.UnknownNameError):
        atlas.portrait("wuhan", "fr")


GOOD = '---\ncity_id: x\ntitle_en: "E"\ntitle_zh: "中"\nreviewed: no\n---\n\n## en\n\n### A\n\none\ntwo\n\nthree\n\n## zh\n\n### 甲\n\n一\n'


def test_paragraphs_and_headings_are_read():
    source = parse_portrait(GOOD, "x.md")
    assert source.sections["en"] == (("A", ("one two", "three")),)
    assert source.title.zh == "中"
    assert not source.reviewed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD.replace("---\ncity", "city"), "block"),
        (GOOD.replace("title_zh", "title"), "title_zh"),
        (GOOD.split("## zh")[0], "## zh"),
    ],
)
def test_a_broken_file_is_named(text, told):
    with pytest.raises(lc.InputError, match=told) as caught:
        parse_portrait(text, "x.md")
    assert "x.md" in caught.value.in_("zh")
