"""About: the numbers in its sentences are those of the tables, and nothing that must be said is missing."""

import html
import re

import pytest
from tests.web.conftest import LANGUAGES, Page

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.about import page, sentences


def plain(text):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_there_in_its_language_and_no_slot_is_left(get, language):
    said = plain(get(f"/{language}/about").split("<main")[1].split("</main>")[0])
    texts = [*sentences.LIMITS, *sentences.LICENCES, *sentences.ACCESSIBLE, *sentences.LACKING]
    texts += [*sentences.OWN_DATA, *sentences.INDEPENDENT]
    texts += [text for pair in (*sentences.STEPS, *sentences.CLAIMS) for text in pair]
    known = page.numbers(language)
    for text in texts:
        assert text.format(**known).in_(language) in said
    assert len(texts) > 30
    assert "{" not in said.replace(plain(page.bibtex()), "")
    for command in sentences.COMMANDS:
        assert command in said


def test_slots_are_the_same_in_both_languages():
    pairs = [t for pair in (*sentences.STEPS, *sentences.CLAIMS) for t in pair] + [*sentences.LIMITS]
    with_slots = 0
    for text in pairs:
        english, chinese = (set(re.findall(r"\{(\w+)\}", text.in_(k))) for k in LANGUAGES)
        assert english == chinese, text.en
        with_slots += bool(english)
    assert with_slots > 8


def test_numbers_are_those_of_the_frames():
    atlas, known = content.atlas(), page.numbers("en")
    awarded = set(atlas.awards["city_id"])
    others = atlas.cities[~atlas.cities["city_id"].isin(awarded)]
    assert known["awarded"] == str(len(atlas.cities) - len(others))
    assert known["chinese"] == str((others["country_iso3"] == "CHN").sum())
    assert known["undated"] == str(atlas.practices["start_year"].isna().sum())
    codes = atlas.codes.groupby("practice_id")["coder"].nunique()
    assert known["twice"] == str((codes > 1).sum())
    assert known["fewest"] == str(atlas.practices.groupby("city_id").size().min())
    assert known["conflicts"] == str(len(atlas.conflicts()))
    assert known["doubtful"] == str((atlas.sources["tier"] == "doubtful").sum())
    standard = lc.load_standard()
    assert known["features"] == str(sum(not f.confirmed for f in standard.features)) == "42"
    assert known["measurements"] == str(sum(not m.confirmed for m in standard.measurements)) == "58"
    first = atlas.first_award
    started = atlas.practices.dropna(subset=["start_year"])
    before = sum(row.start_year < first.get(row.city_id, 0) for row in started.itertuples())
    assert known["before"] == str(before)


def test_conditions_called_nearly_everywhere_are():
    scores = content.atlas().conditions()
    share = scores.notna().mean()
    wanted = [c for c in scores.columns if share[c] >= lc.NEAR_CONSTANT]
    found = page.nearly_everywhere("en")
    assert len(found) == len(wanted) > 0
    for name in wanted:
        assert any(lc.label(v, name, "en") in found for v in ("mechanism", "theme"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_and_the_policy_are_those_of_the_library(get, language):
    policy = lc.CodingPolicy()
    lines = page.rule(language)
    assert [float(line["score"]) for line in lines] == [score for score, _, _ in policy.rule]
    for line, (score, number, strength) in zip(lines, policy.rule, strict=True):
        assert str(number) in line["text"]
        assert lc.label("strength", str(strength), language) in line["text"]
        assert policy.score([strength] * number) == score
    text = plain(get(f"/{language}/about"))
    for code in policy.subjects:
        assert lc.label("subject", code, language) in text


def test_citation_names_the_version_and_stays_citable(get):
    for language in LANGUAGES:
        text = html.unescape(get(f"/{language}/about"))
        assert page.citation("en") in text
        assert (page.citation("zh") in text) == (language == "zh")
        assert page.bibtex() in text
    assert page.bibtex().count("{") == page.bibtex().count("}")
    assert f"version = {{{lc.__version__}}}" in page.bibtex()
    for language in LANGUAGES:
        assert lc.__version__ in page.citation(language)
    assert "[DS]" in page.citation("zh")


def test_contents_count_the_rows_and_lead_to_the_dictionary(get):
    for language in LANGUAGES:
        links = Page(get(f"/{language}/about")).links
        rows = page.tables(language)
        assert {r["href"] for r in rows} <= set(links)
        assert sum(r["rows"] for r in rows) == sum(len(f) for f in content.atlas().frames.values())
        assert f"/{language}/coders" in links


def test_it_says_that_it_is_independent(get):
    assert "not affiliated with UNESCO" in get("/en/about")
    assert "没有隶属关系" in get("/zh/about")
    assert "neither a label nor a certification" in get("/en/about")
    assert "既非标签，亦非认证" in get("/zh/about")
