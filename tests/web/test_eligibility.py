"""Eligibility on screen: the answers of the library, in plain words, for every city and round."""

import re

import pytest
from tests.web.conftest import LANGUAGES, Page

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.eligibility import finding, judged
from learningcity.web.screens.eligibility import who as who_page
from learningcity.web.screens.eligibility.query import WhoQuery

ADDRESS = "/{}/eligibility?city={}&round={}"


def text_of(page):
    return " ".join(t for t, _ in page.texts)


def test_every_round_and_the_coming_one_can_be_asked():
    assert judged.years() == (2015, 2017, 2019, 2021, 2024, 2027)
    assert judged.coming() == 2024 + 3
    assert judged.rules_of(2027) == 2024


def test_every_member_and_every_city_of_the_atlas_is_there():
    atlas = content.atlas()
    assert set(finding.places()) == set(atlas.members["city_id"]) | set(atlas.cities["city_id"])
    assert len(finding.places()) > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_answer_as_the_library_does(get, language):
    checked = 0
    for city_id in [*list(finding.places())[::25], "taiyuan", "wuhan", "dublin"]:
        for year in (2019, 2027):
            rules = 2024 if year == 2027 else None
            result = lc.check_eligibility(city_id, year, rules_of=rules, atlas=content.atlas())
            text = get(ADDRESS.format(language, city_id, year))
            code = {"yes": "yes", "no": "no", "cannot tell": "unknown"}[result.answer]
            assert f'answer-line"><span class="answer answer-{code}"' in text
            assert text.count('<tr id="check-') == len(result.checks)
            for check in result.checks:
                for source in check.source_ids:
                    assert f'href="/{language}/sources/{source}"' in text
            checked += 1
    assert checked > 20


def test_reasons_are_whole_sentences_without_ids():
    checked = 0
    for year in judged.years():
        for result in judged.of_round(year).results.values():
            for check in result.checks:
                for language in LANGUAGES:
                    told = judged.because(check, language)
                    assert told
                    assert not re.search(r"\bs\d{4}\b|sources:|来源：|无法判断，因为|Cannot tell", told), told
                    checked += 1
    assert checked > 10_000


@pytest.mark.parametrize(
    ("typed", "city_id"),
    [("Taiyuan", "taiyuan"), ("太原", "taiyuan"), ("太原市", "taiyuan"), ("WUHAN", "wuhan"), ("medellin", "medellin"),
     ("Medellín", "medellin"), ("수원시", "suwon"), ("goyang-si", "goyang"), ("andong", "andong"), ("北京", "beijing")],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_any_name_in_either_language_leads_to_the_one_address(client, language, typed, city_id):
    if city_id not in finding.places():
        pytest.fail(f"{city_id} is no longer among the cities")
    response = client.get(f"/{language}/eligibility", {"city": typed, "round": "2024"})
    wanted = f"/{language}/eligibility?city={city_id}&round=2024"
    assert response.status_code == (200 if typed == city_id else 302)
    if typed != city_id:
        assert response["Location"] == wanted
        assert client.get(wanted).status_code == 200


def test_without_a_round_the_coming_one_is_meant(client):
    assert client.get("/zh/eligibility?city=taiyuan")["Location"].endswith("?city=taiyuan&round=2027")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_gets_the_nearest_names(get, language):
    page = Page(get(f"/{language}/eligibility?city=Taiyuen"))
    assert f"/{language}/eligibility?city=taiyuan&round=2027" in page.links
    assert [s for s in page.of("select") if s.get("name") == "country"]


def test_a_part_of_a_name_lists_all_that_hold_it():
    found = finding.find("yang")
    assert found.place is None
    assert len(found.others) > 2
    assert all(any("yang" in finding.fold(n) for n in p.names) for p in found.others[:3])


def test_a_city_that_was_not_seen_can_be_asked_about_by_its_country(get):
    page = get("/en/eligibility?city=Lyon&country=FRA&round=2027")
    assert "cannot be told from what was seen whether Lyon may apply in 2027" in page
    assert "France" in page
    assert "99 were not" in page
    # A slip in the name of a city that was seen makes no new city of it.
    near = get("/en/eligibility?city=Taiyuen&country=CHN&round=2027")
    assert "/en/eligibility?city=taiyuan&amp;round=2027" in near
    assert "answer-line" not in near


@pytest.mark.parametrize(
    ("address", "said"),
    [("/en/eligibility?city=wuhan&round=2023", "2024"), ("/zh/eligibility?round=x", "2027"),
     ("/en/eligibility?city=Lyon&country=XXX", "country"), ("/en/eligibility/who?answer=maybe", "yes"),
     ("/zh/eligibility/who?region=XYZ", "AFR"), ("/en/eligibility/who?round=2013", "2015")],
)  # fmt: skip
def test_a_broken_address_says_what_there_is(get, address, said):
    assert said in get(address, 400)


def test_the_coming_round_is_marked_as_assumed_and_says_what_to_do(get):
    page = get("/en/eligibility?city=taiyuan&round=2027")
    assert "The rules of 2027 were not seen" in page
    assert "Have the day confirmed on which the city joined" in page
    steps = page.split('id="steps"')[1].split("</section>")[0]
    assert "Only progress made after joining" in steps
    past = get("/en/eligibility?city=taiyuan&round=2024").split('id="steps"')[1].split("</section>")[0]
    assert "This round is over" in past
    assert "/en/eligibility?city=taiyuan&amp;round=2027" in past


def test_a_city_awarded_lately_is_told_until_when_it_waits(get):
    page = get("/en/eligibility?city=wuhan&round=2027")
    assert "6 years after the award of 2024 lead to 2030" in page
    assert "需要等待：2024年获奖后满6年为2030年" in get("/zh/eligibility?city=wuhan&round=2027")


def test_a_round_without_rules_on_applicants_says_so(get):
    page = get("/en/eligibility?city=wuhan&round=2015")
    assert "answer-unknown" in page
    assert "no page of this round was seen that says who may apply" in page


def test_all_rounds_stand_on_the_page_of_a_city(get):
    page = get("/zh/eligibility?city=chengdu&round=2024")
    table = page.split('id="all-rounds"')[1].split("</table>")[0]
    for year in judged.years():
        result = judged.result("chengdu", year)
        row = table.split(f"round={year}")[1].split("</tr>")[0]
        assert f"answer-{judged.code(result)}" in row
        assert ("本届获奖" in row) == (result.award is not None)


def test_an_award_settles_that_the_city_took_part(get):
    assert "awarded in this very round" in get("/en/eligibility?city=wuhan&round=2024")
    assert "本届获奖" in get("/zh/eligibility?city=wuhan&round=2024")


# --- who may apply ---------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2017, 2024, 2027])
@pytest.mark.parametrize(
    "choice", [{}, {"region": "APA"}, {"country": "CHN"}, {"region": "AFR", "answer": "no"}]
)
def test_who_may_apply_counts_what_it_lists(year, choice):
    query = WhoQuery(round=str(year), page="all", **choice)
    built = who_page.build(query, "en")
    table = lc.who_may_apply(year, rules_of=2024 if year == 2027 else None, atlas=content.atlas()).table()
    if "region" in choice:
        table = table[table["unesco_region"] == choice["region"]]
    if "country" in choice:
        table = table[table["country_iso3"] == choice["country"]]
    for count in built["counts"]:
        answer = judged.ANSWERS[count["code"]]
        assert count["count"] == (table["answer"] == answer).sum()
    if "answer" in choice:
        table = table[table["answer"] == judged.ANSWERS[choice["answer"]]]
    assert {c["id"] for c in built["cities"]} == set(table["city_id"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_apply_says_what_is_missing(get, language):
    page = get(f"/{language}/eligibility/who?round=2027")
    atlas = content.atlas()
    assert str(lc.MEMBERS_TOTAL - atlas.members["city_id"].nunique()) in page
    no_year = set(atlas.members["city_id"]) - set(atlas.memberships.dropna(subset=["join_year"])["city_id"])
    assert str(len(no_year)) in page
    assert ("assumed" if language == "en" else "假定") in page


def test_an_empty_list_says_what_to_leave_out(get):
    page = Page(get("/en/eligibility/who?round=2024&region=AFR&country=CHN"))
    assert "/en/eligibility/who?round=2024&country=CHN" in page.links
    assert "No city that was seen fits" in text_of(page)


def test_each_city_leads_to_its_answer_in_the_same_round(get):
    page = Page(get("/en/eligibility/who?round=2024&country=CHN"))
    links = [x for x in page.links if "city=" in x]
    assert "/en/eligibility?city=taiyuan&round=2024" in links
    assert all(x.endswith("round=2024") for x in links)


# --- files -----------------------------------------------------------------------------------------


def test_the_tables_can_be_taken_away(client):
    rules = client.get("/en/eligibility.csv?city=taiyuan&round=2027").content.decode("utf-8-sig")
    assert rules.count("\n") >= len(judged.result("taiyuan", 2027).checks)
    assert "no join year was seen" in rules
    answers = client.get("/zh/eligibility.csv?city=taiyuan&round=2027&table=answers").content.decode(
        "utf-8-sig"
    )
    assert answers.count("无法判断") >= len(judged.years())
    listed = client.get("/en/eligibility/who.json?round=2024&country=CHN&answer=yes").json()
    text = str(listed)
    assert "wuhan" in text
    assert "dublin" not in text
    assert client.get("/en/eligibility.csv?city=Nowhereville").status_code == 400
