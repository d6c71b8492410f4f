"""Eligibility of real cities: resolved by any name, judged by the rules, nothing guessed."""

from collections import Counter

import pandas as pd
import pytest

import learningcity as lc
from learningcity.atlas.eligibility import candidate
from learningcity.core import UnknownNameError
from learningcity.standards import award_rounds, judge

YES, NO, OPEN = "yes", "no", "cannot tell"


@pytest.mark.parametrize(
    ("city", "year", "answer"),
    [
        ("Wuhan", 2024, YES),  # joined 2016, first awarded in 2024
        ("Dublin", 2024, NO),  # awarded in 2021
        ("Chengdu", 2024, NO),  # awarded in 2019
        ("Cork", 2024, OPEN),  # awarded in 2015 and 2024, no join year seen
        ("Taiyuan", 2024, OPEN),  # no join year seen
        ("Hangzhou", 2024, YES),  # awarded in 2017, a round for members only, and long enough ago
        ("Pécs", 2024, YES),  # joined in 2017, awarded in 2017: the join year goes first
        ("Namyangju", 2019, NO),  # awarded in 2015, a round that did not ask for membership
        ("Okayama", 2024, YES),  # awarded in 2017, joined 2016
        ("Nanjing", 2024, NO),  # joined 2024
        ("Guangzhou", 2024, YES),  # joined 2022
        ("Ibadan", 2024, NO),  # join years disagree, but awarded in 2019
        ("Bahir Dar", 2024, OPEN),  # not among the members seen
        ("Nanjing", 2017, NO),  # joined seven years later
        ("Swansea", 2021, OPEN),  # awarded in 2015: exactly six years
        ("Swansea", 2019, NO),
    ],
)
def test_real_cities(city, year, answer):
    result = lc.check_eligibility(city, year)
    assert result.answer == answer


def test_taiyuan_under_the_rules_of_2024():
    result = lc.check_eligibility("太原", 2024)
    assert [c.rule_id for c in result.open] == ["eligibility", "min-membership-months", "excluded-joiners"]
    assert "无法判断，因为未见其加入年份" in result.summary("zh")
    assert "no join year was seen" in result["min-membership-months"].reason.en
    # China's one place of 2024 went to Wuhan: an outcome, not a reason.
    assert result["max-cities-per-country"].answer == NO
    assert "武汉" in result["max-cities-per-country"].reason.zh


def test_limerick_in_the_coming_round_is_a_member_by_its_award_of_2017():
    result = lc.check_eligibility("Limerick", 2027, rules_of=2024)
    assert result.answer == YES
    for rule_id in ("eligibility", "min-membership-months", "excluded-joiners"):
        assert result[rule_id].answer == YES
        assert "shows that it was a member by 2017" in result[rule_id].reason.en
        assert {"s0002", "s0959"} <= set(result[rule_id].source_ids)


def test_disagreeing_join_years_must_give_the_same_answer():
    # Ibadan joined in 2016 or in 2017: before the call of 2018 either way, but around the round of 2017.
    assert lc.check_eligibility("ibadan", 2019)["eligibility"].answer == YES
    check = lc.check_eligibility("ibadan", 2017)["eligibility"]
    assert check.answer == OPEN
    assert all(x in check.reason.en for x in ("2016 (s0060)", "2017 (s0877)"))


@pytest.mark.parametrize("name", ["wuhan", "Wuhan", "武汉", "武汉市", "WUHAN"])
def test_any_name_finds_the_city(name):
    assert lc.check_eligibility(name, 2024).candidate.city_id == "wuhan"


def test_members_that_are_not_in_the_atlas_are_found_and_marked_in_chinese():
    result = lc.check_eligibility("Andong", 2024)
    assert result.candidate.city_id == "andong"
    assert result.candidate.name.zh == "Andong（原文）"
    assert result.summary("zh").startswith("Andong（原文），2024年评选：按已见规则，符合申请条件。")


def test_a_join_year_without_a_source_is_used_and_marked():
    assert [(j.year, j.source_ids) for j in candidate("medellin").join_years] == [(2017, ())]
    assert "source not recorded" in lc.check_eligibility("medellin", 2019)["eligibility"].reason.en


def test_unknown_names_are_errors_with_near_names_and_a_way_out():
    with pytest.raises(UnknownNameError) as caught:
        lc.check_eligibility("Wuhn", 2024)
    assert caught.value.near[0] == "wuhan"
    for text in (str(caught.value), caught.value.in_("zh")):
        assert "country='FRA'" in text
        assert "99" in text


def test_a_city_outside_the_atlas_cannot_be_told():
    result = lc.check_eligibility("Lyon", 2024, country="FRA")
    assert (result.answer, result.candidate.city_id) == (OPEN, None)
    assert "99 of 425 members" in result.summary("en")
    with pytest.raises(UnknownNameError, match="country"):
        lc.check_eligibility("Lyon", 2024, country="XYZ")
    # Santiago in the atlas lies in Mexico; the one in Chile is another city.
    assert lc.check_eligibility("Santiago", 2024, country="MEX").candidate.city_id == "santiago"
    assert lc.check_eligibility("Santiago", 2024, country="CHL").candidate.city_id is None


def test_an_awarded_city_that_is_no_member_as_far_as_seen():
    result = lc.check_eligibility("Bahir Dar", 2024)
    assert result.candidate.member == "unknown"
    assert "not among the 326 members seen" in result["eligibility"].reason.en


def test_a_coming_round_is_marked_as_an_assumption():
    result = lc.check_eligibility("Shanghai", 2027, rules_of=2024)
    assert (result.answer, result.assumed) == (OPEN, True)
    assert lc.check_eligibility("Wuhan", 2027, rules_of=2024).answer == NO
    with pytest.raises(UnknownNameError, match="rules_of=2024"):
        lc.check_eligibility("Shanghai", 2027)


def test_every_awarded_city_is_said_to_be_awarded_and_never_told_no():
    awards = lc.load_atlas().awards
    seen = 0
    for year, city in zip(awards["round"], awards["city_id"], strict=True):
        result = lc.check_eligibility(city, int(year))
        assert result.award is not None
        assert result.answer != NO, (city, year)
        assert "awarded in this very round" in result.summary("en")
        seen += 1
    assert seen == 58


def test_every_city_and_member_is_judged_in_every_round_without_a_guess():
    atlas = lc.load_atlas()
    # A join year, or an award in a round of which a rule says that only members may apply.
    dated = set(atlas.memberships["city_id"])
    dated |= set(atlas.awards.loc[atlas.awards["round"].isin([2017, 2019, 2021]), "city_id"])
    names = sorted(set(atlas.members["city_id"]) | set(atlas.cities["city_id"]))
    assert len(names) == 328
    counted = Counter()
    for city in names:
        known = candidate(city, atlas=atlas)
        for year in award_rounds():
            answer = judge(known, year).answer
            counted[year, answer] += 1
            if year == 2024 and city not in dated:
                assert answer != YES, city
    # 2015: no rule was seen; 2019 and 2021: nobody listed the UNESCO Member States.
    assert [counted[y, YES] for y in (2015, 2019, 2021)] == [0, 0, 0]
    assert counted[2015, NO] == 0
    assert counted[2024, YES] > 100 < counted[2017, NO]


def test_a_users_own_join_year_closes_the_question(tmp_path):
    file = tmp_path / "memberships.csv"
    file.write_text("city_id,join_year,source_id\ntaiyuan,2020,s0880\n", encoding="utf-8")
    atlas = lc.load_atlas(file)
    assert lc.check_eligibility("Taiyuan", 2024, atlas=atlas).answer == YES
    assert lc.check_eligibility("Taiyuan", 2024).answer == OPEN
    assert isinstance(lc.check_eligibility("Taiyuan", 2024, atlas=atlas).table(), pd.DataFrame)


def test_own_tables_alone_do_not_hide_the_awards_of_others(tmp_path):
    (tmp_path / "cities.csv").write_text(
        "city_id,name_en,name_zh,name_local,country_iso3,unesco_region\ndublin,Dublin,都柏林,Dublin,IRL,ENA\n",
        encoding="utf-8",
    )
    alone = lc.load_atlas(tmp_path, base=False)
    assert len(alone.awards) == 0
    assert lc.check_eligibility("dublin", 2024, atlas=alone)["exclusion-years"].answer == "no"


def test_a_slip_in_a_name_is_told_even_with_a_country():
    with pytest.raises(lc.UnknownNameError) as caught:
        lc.check_eligibility("Medelin", 2024, country="COL")
    assert "medellin" in caught.value.near
    assert lc.check_eligibility("Leticia", 2024, country="COL").answer == "cannot tell"
