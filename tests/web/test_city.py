"""A city's page against the frames: codes, scores, timing, disagreements, context, portrait, eligibility."""

import re

import pytest
from tests.web.conftest import LANGUAGES, Page

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.city import figures, practices

SAMPLE = ("wuhan", "cork", "amman", "beijing", "taiyuan", "mayo-baleo", "medellin")


def part(text, identifier):
    """The section of a page with this id, up to the next one of its kind."""
    return text.split(
        f'<section class="plate{" context" if identifier == "country" else ""}" id="{identifier}"'
    )[1].split('<section class="plate')[0]


def test_every_disagreement_of_the_atlas_is_told_in_words(get):
    told = 0
    for city_id in content.cities():
        rows = content.conflicts_by_city().get(city_id, [])
        for language in LANGUAGES:
            text = get(f"/{language}/cities/{city_id}")
            box = re.search(r'id="disagreements">.*?</ul>', text, re.S)
            assert bool(box) == bool(rows)
            if box:
                assert box[0].count("<li>") == len(rows)
                for row in rows:
                    for fact in row["fact_ids"].split(";"):
                        assert f'href="#{fact}"' in box[0]
                        line = re.search(rf'<tr id="{fact}".*?</tr>', text, re.S)[0]
                        assert "at-odds" in line
        told += len(rows)
    assert told == len(content.atlas().conflicts()) > 0


def test_a_converted_amount_is_called_that():
    found = [c["text"] for c in figures.conflicts("beijing", "en") if c["indicator_id"] == "gdp_per_capita"]
    assert found
    assert all("converted" in text for text in found)
    plain = [c["text"] for c in figures.conflicts("amman", "zh")]
    assert plain
    assert all("汇率" not in text for text in plain)


@pytest.mark.parametrize("city_id", SAMPLE)
def test_scores_are_those_of_the_atlas_by_both_passes(get, city_id):
    frames = {coder: content.atlas().conditions(coder=coder).loc[city_id] for coder in ("A", "B")}
    text = get(f"/en/cities/{city_id}")
    for condition in frames["A"].index:
        row = re.search(rf'<tr id="condition-{condition}".*?</tr>', text, re.S)[0]
        cells = re.findall(r'class="num score-cell"[^>]*>(.*?)</td>', row, re.S)
        shown = [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells]
        wanted = [
            "not seen" if v != v else f"{v:g}" for v in (frames["A"][condition], frames["B"][condition])
        ]
        assert [s.removesuffix(".0") for s in shown] == wanted
        differ = wanted[0] != wanted[1]
        assert ("passes differ" in row) == differ


@pytest.mark.parametrize("city_id", SAMPLE)
def test_timing_and_filing_of_every_practice(get, city_id):
    timing = content.atlas().timing()
    text = part(get(f"/en/cities/{city_id}"), "practices")
    sections = dict(re.findall(r'<section class="mechanism" id="(\w+)"(.*?)</section>', text, re.S))
    assert list(sections) == list(content.MECHANISMS)
    checked = 0
    for practice in content.practices_by_city()[city_id]:
        body = sections[practice["mechanism"]]
        one = re.search(rf'id="{practice["practice_id"]}">(.*?)</article>', body, re.S)[1]
        when = timing[practice["practice_id"]]
        label = lc.label("timing", when, "en")
        assert (f">{label}<" in one) == (when != "not applicable")
        if practice["start_year"]:
            assert str(int(practice["start_year"])) in one
        checked += 1
    assert checked >= 5


def test_codes_on_which_the_passes_differ_are_marked():
    fields = (
        "mechanism",
        "mechanism_2",
        "subject",
        "level",
        "stance",
        "strength",
        "themes",
        "areas",
        "problem",
        "groups",
    )
    checked = differing = 0
    for codes in content.codes_by_practice().values():
        first, second = sorted(codes, key=lambda c: c["coder"])
        wanted = sum(set(str(first[f]).split(";")) != set(str(second[f]).split(";")) for f in fields)
        found = practices.compare(codes, "en")
        assert len(found["differ"]) == wanted
        assert found["coders"] == ["A", "B"]
        checked += 1
        differing += wanted > 0
    assert checked == 597
    assert differing > 50


def test_country_figures_stand_in_a_section_of_their_own(get):
    moved = 0
    for city_id in content.cities():
        facts = content.facts_by_city().get(city_id, [])
        text = get(f"/en/cities/{city_id}")
        own, country = part(text, "facts"), part(text, "country")
        assert "not of the city" in country
        for fact in facts:
            where = country if fact["scope"] == "country" else own
            assert f'id="{fact["fact_id"]}"' in where, fact["fact_id"]
            moved += fact["scope"] == "country"
    assert moved == (content.atlas().facts["scope"] == "country").sum() > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_portraits_stand_with_their_references(get, language):
    shown = 0
    for city_id in content.cities():
        portrait = content.atlas().portrait(city_id, language)
        text = get(f"/{language}/cities/{city_id}")
        assert ('id="portrait"' in text) == (portrait is not None)
        if portrait is None:
            continue
        body = part(text, "portrait")
        for piece in portrait.pieces():
            if piece.ref:
                assert f'href="#{piece.ref}"' in body
        assert ("not reviewed" in body or "未经审阅" in body) == (not portrait.reviewed)
        assert "[[" not in body
        shown += 1
    assert shown == 12


@pytest.mark.parametrize("city_id", SAMPLE)
def test_eligibility_is_that_of_the_rules(get, city_id):
    result = lc.check_eligibility(city_id, 2024)
    text = part(get(f"/en/cities/{city_id}"), "eligibility")
    words = {"yes": "2024: yes", "no": "2024: no", "cannot tell": "2024: cannot tell"}
    assert words[result.answer] in text
    for check in result.checks:
        assert check.question.en.replace("'", "&#x27;") in text
    assert "(sources:" not in text


def test_names_in_all_languages_carry_their_language(get):
    page = Page(get("/en/cities/suwon"))
    langs = {t: around[-1][1].get("lang") for t, around in page.texts if around[-1][0] == "span"}
    assert langs["수원시"] == "ko"
    assert langs["水原"] == "zh-Hans"
    page = Page(get("/zh/cities/okayama"))
    langs = {t: around[-1][1].get("lang") for t, around in page.texts if around[-1][0] == "span"}
    assert langs["岡山市"] == "ja"
    assert langs["Okayama"] == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_standard_marks_all_that_is_not_confirmed(get, language):
    standard = lc.load_standard()
    text = get(f"/{language}/standard").replace("&#x27;", "'")
    items = [i for i in (*standard.features, *standard.measurements) if not i.confirmed]
    mark = {"en": "not confirmed", "zh": "未经核实"}[language]
    assert len(items) == 100
    for item in items:
        kind = "feature" if item in standard.features else "measurement"
        line = text.split(f'id="{kind}-{item.code}"')[1][:600]
        assert f'<span class="mark">{mark}</span>' in line, item.code
    assert standard.note.in_(language) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_award_shows_criteria_and_rules_of_every_round(get, language):
    text = get(f"/{language}/award").replace("&#x27;", "'")
    shown = 0
    for year in content.rounds():
        rules = lc.award_rules(year)
        for criterion in rules.criteria:
            assert f'id="criterion-{criterion.code}"' in text
            assert criterion.name.in_(language) in text
        for rule in rules:
            assert rule.text.in_(language) in text, rule.rule_id
            shown += 1
    assert shown == 62
    assert (
        text.count('class="disputed"') == sum(len(lc.award_rules(y).disputed) for y in content.rounds()) == 1
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_that_counts_something_else_says_so(get, language):
    told = 0
    for city_id, facts in content.facts_by_city().items():
        marked = [f for f in facts if f["definition"]]
        text = get(f"/{language}/cities/{city_id}") if marked and city_id in content.cities() else ""
        for fact in marked if text else ():
            line = re.search(rf'<tr id="{fact["fact_id"]}".*?</tr>', text, re.S)[0]
            assert lc.label("definition", fact["definition"], language) in line
            told += 1
    assert told == content.atlas().facts["definition"].notna().sum() > 5
