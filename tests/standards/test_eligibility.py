"""The rule engine against truth tables written by hand from the rules, and against properties."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.standards import AwardedCity, Candidate, JoinYear, award_rounds, award_rules, judge

YES, NO, OPEN = "yes", "no", "cannot tell"
NAME, LAND = Text("Testville", "测试市"), Text("Testland", "测试国")


def award(year, city="testville", country="TST", region="APA"):
    return AwardedCity(year, city, Text(city.title(), "某市"), country, region, (f"s9{year % 1000:03}",))


def city(*years, member="yes", awards=(), others=(), **more):
    """A candidate that joined in these years (one source each) and was awarded in these rounds."""
    joined = tuple(JoinYear(y, (f"s8{y % 1000:03}",)) for y in years)
    awarded = (*(award(y) for y in awards), *others)
    settings = {"city_id": "testville", "country_iso3": "TST", "country": LAND, "unesco_region": "APA"}
    return Candidate(
        NAME, member=member, member_source_ids=("s8888",), join_years=joined, awarded=awarded,
        region=Text("Asia and the Pacific", "亚洲及太平洋"), members_seen=326, members_total=425, **(settings | more),
    )  # fmt: skip


def answer_to(rule_id, candidate, year, **how):
    return judge(candidate, year, **how)[rule_id].answer


# --- truth tables -------------------------------------------------------------------------------

MEMBERSHIP = [
    # round, join years, answer: sure if the year ended before applications closed (2017: 31 August
    # 2016; 2019: call of 25 June 2018; 2021: 25 June 2021; 2024: 31 May 2024), excluded if it began
    # after the winners were known, else open, since no rule names the day.
    (2017, (2015,), YES), (2017, (2016,), OPEN), (2017, (2017,), OPEN), (2017, (2018,), NO),
    (2019, (2017,), YES), (2019, (2018,), OPEN), (2019, (2019,), OPEN), (2019, (2020,), NO),
    (2021, (2020,), YES), (2021, (2021,), OPEN), (2021, (2022,), NO),
    (2024, (2023,), YES), (2024, (2024,), OPEN), (2024, (2025,), NO),
    (2019, (2016, 2017), YES), (2017, (2016, 2017), OPEN), (2017, (2015, 2018), OPEN), (2017, (2018, 2019), NO),
    (2017, (), OPEN), (2019, (), OPEN), (2021, (), OPEN), (2024, (), OPEN),
]  # fmt: skip


@pytest.mark.parametrize(("year", "joined", "expected"), MEMBERSHIP)
def test_membership(year, joined, expected):
    assert answer_to("eligibility", city(*joined), year) == expected


@pytest.mark.parametrize(
    ("joined", "expected"),
    [
        ((2015,), YES), ((2022,), YES), ((2023,), OPEN), ((2024,), NO), ((2025,), NO), ((), OPEN),
        ((2022, 2016), YES), ((2022, 2023), OPEN), ((2022, 2024), OPEN), ((2024, 2025), NO),
    ],
)  # fmt: skip
def test_more_than_twelve_months_before_31_may_2024(joined, expected):
    assert answer_to("min-membership-months", city(*joined), 2024) == expected


@pytest.mark.parametrize(
    ("joined", "expected"),
    [((2023,), YES), ((2024,), NO), ((2025,), YES), ((2023, 2024), OPEN), ((2022, 2023), YES), ((), OPEN)],
)
def test_cities_that_joined_in_2024_are_out(joined, expected):
    assert answer_to("excluded-joiners", city(*joined), 2024) == expected


@pytest.mark.parametrize(
    ("year", "awards", "expected"),
    [
        (2024, (), YES), (2024, (2015,), YES), (2024, (2017,), YES), (2024, (2019,), NO), (2024, (2021,), NO),
        (2024, (2015, 2021), NO), (2024, (2024,), YES), (2024, (2015, 2024), YES),
        (2021, (2015,), OPEN), (2021, (2017,), NO), (2021, (2019,), NO), (2021, (2024,), YES),
        (2019, (2015,), NO), (2019, (2017,), NO), (2019, (), YES),
    ],
)  # fmt: skip
def test_six_years_after_an_award(year, awards, expected):
    assert answer_to("exclusion-years", city(2010, awards=awards), year) == expected


CHECKS = {
    2015: [],
    2017: ["eligibility", "nominations-per-natcom", "max-cities-per-region"],
    2019: ["eligibility", "eligibility-member-state", "exclusion-years", "nominations-per-natcom"],
    2021: ["eligibility", "eligibility-member-state", "exclusion-years", "nominations-per-natcom"],
    2024: [
        "eligibility", "min-membership-months", "excluded-joiners", "exclusion-years",
        "nominations-per-natcom", "max-cities-per-country",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("year", "expected"), CHECKS.items())
def test_no_check_is_invented_and_what_was_not_seen_is_said(year, expected):
    result = judge(city(2012), year)
    assert [c.rule_id for c in result.checks] == expected
    assert all(c.rules == award_rules(year).variants(c.rule.rule_id) for c in result.checks)
    points = {"membership of the network": "eligibility", "winners per region": "max-cities-per-region"}
    for point, rule_id in points.items():
        assert (point in result.summary("en").splitlines()[-1]) == (rule_id not in expected)


@pytest.mark.parametrize(
    ("candidate", "year", "expected"),
    [
        (city(2016), 2024, YES),
        (city(2016, awards=(2024,)), 2024, YES),
        (city(2016, awards=(2021,)), 2024, NO),
        (city(2024), 2024, NO),
        (city(2023), 2024, OPEN),
        (city(), 2024, OPEN),
        (city(awards=(2021,)), 2024, NO),
        (city(2015), 2017, YES),
        (city(2012), 2019, OPEN),  # no list of UNESCO Member States
        (city(2012), 2021, OPEN),
        (city(2012, awards=(2017,)), 2021, NO),
        (city(2010), 2015, OPEN),  # no rule on eligibility was seen: nothing can say yes
        (city(2010, awards=(2015,)), 2015, OPEN),
        (city(2016, member="unknown"), 2024, OPEN),
    ],
)
def test_the_answer(candidate, year, expected):
    result = judge(candidate, year)
    assert result.answer == expected
    assert (result.award is not None) == (year in {a.round for a in candidate.awards})


def test_awarded_in_the_very_round_is_said_and_shows_membership_and_nomination():
    result = judge(city(awards=(2017,)), 2017)
    assert (result["eligibility"].answer, result["nominations-per-natcom"].answer) == (YES, YES)
    assert "awarded in this very round" in result.summary("en")
    assert "该市在本届获奖" in result.summary("zh")
    # It does not stand in for a join year that the rule on months needs.
    assert answer_to("min-membership-months", city(awards=(2024,)), 2024) == OPEN


def test_a_join_year_that_contradicts_an_award_is_told_and_never_counted_as_yes():
    check = judge(city(2020, awards=(2017,)), 2017)["eligibility"]
    assert check.answer == OPEN
    assert "contradicts" in check.reason.en
    assert "相矛盾" in check.reason.zh


AWARD_AS_PROOF = [
    # round, join years, awards, rule, answer: an award in an earlier members-only round (2017, 2019,
    # 2021) is an upper bound of the join year where no source gives one; it never makes a no.
    (2024, (), (2017,), "eligibility", YES), (2024, (), (2017,), "min-membership-months", YES),
    (2024, (), (2017,), "excluded-joiners", YES), (2019, (), (2017,), "eligibility", YES),
    (2024, (), (2021,), "min-membership-months", YES), (2024, (), (2021,), "excluded-joiners", YES),
    # The round of 2015 was open to others, too; an award of the round itself or of a later one is no bound.
    (2024, (), (2015,), "eligibility", OPEN), (2024, (), (2015,), "min-membership-months", OPEN),
    (2024, (), (2015,), "excluded-joiners", OPEN), (2024, (), (2024,), "min-membership-months", OPEN),
    (2024, (), (2024,), "excluded-joiners", OPEN), (2017, (), (2019,), "eligibility", OPEN),
    # A join year that is given goes first, also in the year of the award.
    (2024, (2017,), (2017,), "min-membership-months", YES), (2024, (2023,), (2015,), "min-membership-months", OPEN),
    (2024, (2024,), (2015,), "excluded-joiners", NO), (2024, (2016, 2024), (2017,), "excluded-joiners", OPEN),
    # One that lies after the award contradicts it: neither yes nor no.
    (2024, (2024,), (2017,), "excluded-joiners", OPEN), (2024, (2024,), (2017,), "min-membership-months", OPEN),
    (2019, (2020,), (2017,), "eligibility", OPEN), (2024, (2018,), (2017,), "min-membership-months", YES),
]  # fmt: skip


@pytest.mark.parametrize(("year", "joined", "awards", "rule_id", "expected"), AWARD_AS_PROOF)
def test_an_earlier_award_in_a_round_of_members_bounds_the_join_year(year, joined, awards, rule_id, expected):
    assert answer_to(rule_id, city(*joined, awards=awards), year) == expected


def test_the_proof_by_an_award_says_its_reason_and_its_sources():
    result = judge(city(awards=(2017,)), 2024)
    for rule_id in ("eligibility", "min-membership-months", "excluded-joiners"):
        check = result[rule_id]
        assert (
            "its award of 2017, a round for members only, shows that it was a member by 2017"
            in check.reason.en
        )
        assert "该市2017年获奖，而该届仅限成员城市申请，可见其至迟2017年已是成员" in check.reason.zh
        # The award itself, and the rule of 2017 that asks for membership.
        assert {"s9017", *award_rules(2017).variants("eligibility")[0].source_ids} <= set(check.source_ids)
    against = judge(city(2020, awards=(2017,)), 2019)["eligibility"]
    assert "相矛盾" in against.reason.zh
    assert {"s8020", "s9017"} <= set(against.source_ids)


def test_a_city_that_is_not_among_the_members_is_not_made_one_by_an_earlier_award():
    check = judge(city(member="unknown", awards=(2017,)), 2024)["eligibility"]
    assert check.answer == OPEN
    assert "not that it still was one" in check.reason.en
    assert "s9017" in check.source_ids


def test_disagreeing_join_years_are_named_with_their_sources():
    check = judge(city(2022, 2023), 2024)["min-membership-months"]
    for text in (check.reason.en, check.reason.zh):
        assert all(x in text for x in ("2022", "2023", "s8022", "s8023"))


def test_who_can_tell_is_said():
    result = judge(city(2012), 2021)
    assert [c.rule_id for c in result.open] == ["eligibility-member-state"]
    assert "National Commission" in result.open[0].ask.en
    assert "who can tell: the National Commission" in result.summary("en")
    assert "可咨询：本国教科文组织全国委员会" in result.summary("zh")
    assert "Left open" not in judge(city(2016), 2024).summary("en")


CHINESE_NOBODY_SAYS = ("是否不属于", "年为全", "：是：", "所属国", "获得0个", "根支柱")


@given(
    st.sampled_from(award_rounds()),
    st.sets(st.sampled_from(award_rounds())),
    st.lists(st.integers(2012, 2027), max_size=2),
)
def test_chinese_that_nobody_would_say_is_gone(year, awards, joined):
    for rules_of in (None, 2024):
        said = judge(city(*joined, awards=sorted(awards)), year, rules_of).summary("zh")
        assert not [words for words in CHINESE_NOBODY_SAYS if words in said]


def test_nobody_is_named_twice_among_those_who_can_tell():
    # In 2019 the commission can tell of the country, it or the institute of the membership.
    result = judge(city(member="unknown"), 2019)
    assert len({c.ask for c in result.open}) == 2
    for language, name in (
        ("en", "the National Commission for UNESCO of the country"),
        ("zh", "本国教科文组织全国委员会"),
    ):
        [line] = [x for x in result.summary(language).splitlines() if x.startswith(("Left open", "尚待确认"))]
        assert line.count(name) == 1


def test_a_city_not_among_the_members_seen():
    check = judge(city(member="unknown"), 2024)["eligibility"]
    assert check.answer == OPEN
    assert "99 of 425 members" in check.reason.en
    assert "尚有99个未见" in check.reason.zh


# --- limits -------------------------------------------------------------------------------------


def test_one_winner_per_country_speaks_of_the_outcome_alone():
    rival = award(2024, "rival")
    result = judge(city(2016, others=(rival,)), 2024)
    check = result["max-cities-per-country"]
    assert (check.answer, check.scope, result.answer) == (NO, "limit", YES)
    assert "Rival" in check.reason.en
    assert rival.source_ids[0] in check.source_ids
    assert "outcome" in check.reason.en
    assert "评选结果" in check.reason.zh
    elsewhere = award(2024, "rival", country="OTH")
    assert answer_to("max-cities-per-country", city(2016, others=(elsewhere,)), 2024) == YES
    assert answer_to("max-cities-per-country", city(2016, others=(award(2021, "rival"),)), 2024) == YES
    assert answer_to("max-cities-per-country", city(2016, country_iso3=None), 2024) == OPEN


def test_six_winners_per_region_in_2017():
    five, six = ([award(2017, f"rival-{i}", country="OTH") for i in range(n)] for n in (5, 6))
    assert answer_to("max-cities-per-region", city(2015, others=five), 2017) == YES
    assert answer_to("max-cities-per-region", city(2015, others=six), 2017) == NO
    assert answer_to("max-cities-per-region", city(2015, others=six[:5], awards=(2017,)), 2017) == YES
    assert answer_to("max-cities-per-region", city(2015, others=six, unesco_region="AFR"), 2017) == YES


def test_nominations_are_not_public_and_pages_that_disagree_are_both_named():
    check = judge(city(2012), 2019)["nominations-per-natcom"]
    assert (check.answer, check.scope) == (OPEN, "limit")
    assert [r.number for r in check.rules] == [2, 3]
    assert set(check.source_ids) == {"s0965", "s0966"}
    assert "2 (s0965) or 3 (s0966), the pages disagree" in check.question.en


# --- a coming round -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("candidate", "year", "expected"),
    [
        (city(2016), 2027, YES),
        (city(2016, awards=(2019,)), 2027, YES),
        (city(2016, awards=(2021,)), 2027, OPEN),  # six years by rounds, perhaps not by days
        (city(2016, awards=(2024,)), 2027, NO),
        (city(2025), 2027, YES),
        (city(2026), 2027, OPEN),
        (city(2027), 2027, NO),
        (city(), 2027, OPEN),
        (city(2016), 2030, OPEN),  # the winners of 2027 are not known
        (city(2016, others=(award(2027, "rival"),)), 2030, YES),
    ],
)
def test_a_coming_round_by_the_rules_of_2024(candidate, year, expected):
    result = judge(candidate, year, rules_of=2024)
    assert (result.answer, result.assumed, result.rules_of) == (expected, True, 2024)
    for language, said in (
        ("en", "assuming that it follows the rules of 2024: "),
        ("zh", f"{year}年评选（假定沿用2024年规则）："),
    ):
        head, *others = result.summary(language).splitlines()
        assert said in head
        assert not any("assuming" in line.lower() or "假定沿用" in line for line in others)


def test_the_dates_of_another_round_are_not_listed_for_a_coming_one():
    own, assumed = judge(city(2016), 2024), judge(city(2016), 2027, rules_of=2024)
    assert any("31 May 2024" in note.en for note in own.notes)
    for language in ("en", "zh"):
        assert not any(x in assumed.summary(language) for x in ("May 2024", "2024年5月"))
    assert "deadline, do not hold for 2027" in assumed.summary("en")
    assert "不适用于2027年" in assumed.summary("zh")
    assert len(assumed.notes) == len(own.notes)  # the dated one made way for the one that says so
    reason = assumed["min-membership-months"].reason
    assert "31 May 2027, the deadline of 2024 moved to 2027" in reason.en
    assert "假定截止日期为2027年5月31日" in reason.zh


def test_known_rounds_are_not_marked_as_assumed():
    for rules_of in (None, 2024, "2024"):
        result = judge(city(2016), 2024, rules_of)
        assert not result.assumed
        assert "assuming" not in result.summary("en").lower()
        assert "假定" not in result.summary("zh")


def test_rounds_that_cannot_be_judged():
    with pytest.raises(UnknownNameError) as caught:
        judge(city(2016), 2027)
    for text in (str(caught.value), caught.value.in_("zh")):
        assert all(str(y) in text for y in award_rounds())
        assert "rules_of=2024" in text
    for wrong in ("soon", 1999, 20270, -2027, "２０２７"):
        with pytest.raises(InputError):
            judge(city(2016), wrong, rules_of=2024)
    with pytest.raises(UnknownNameError):
        judge(city(2016), 2027, rules_of=2023)


# --- form ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", award_rounds())
def test_chinese_is_chinese(year, latin_left):
    for candidate in (
        city(),
        city(2015),
        city(2015, awards=(2019,)),
        city(2023, 2024),
        city(member="unknown"),
    ):
        assert latin_left(judge(candidate, year).summary("zh")) == []
        assert latin_left(judge(candidate, year, rules_of=2019).summary("zh")) == []
    assert latin_left("该市 joined，来源s0962，GNLC") == ["joined"]


@pytest.mark.parametrize("year", award_rounds())
def test_every_reason_opens_with_its_answer_and_names_all_its_sources(year):
    opening = {
        YES: ("Yes: ", "是："),
        NO: ("No: ", "否："),
        OPEN: ("Cannot tell, because ", "无法判断，因为"),
    }
    for candidate in (city(), city(2016), city(2023, awards=(2019,)), city(2025), city(member="unknown")):
        for check in judge(candidate, year).checks:
            assert check.reason.en.startswith(opening[check.answer][0])
            assert check.reason.zh.startswith(opening[check.answer][1])
            assert check.source_ids
            assert set(check.rule.source_ids) <= set(check.source_ids)
            for source in check.source_ids:
                assert source in check.reason.en
                assert source in check.reason.zh
            assert (check.ask is not None) == (check.answer == OPEN)


def test_a_join_year_without_a_source_is_marked():
    one = dataclasses.replace(city(), join_years=(JoinYear(2017),))
    check = judge(one, 2024)["min-membership-months"]
    assert check.answer == YES
    assert "source not recorded" in check.reason.en
    assert "来源未记录" in check.reason.zh


def test_table_and_dictionary():
    result = judge(city(2016, awards=(2024,)), 2024)
    frame = result.table()
    assert frame["rule_id"].tolist() == CHECKS[2024]
    assert frame["scope"].tolist() == ["city"] * 4 + ["limit"] * 2
    assert frame.notna().all().drop(["ask_en", "ask_zh"]).all()
    plain = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert (plain["answer"], plain["awarded"], len(plain["checks"])) == (YES, True, 6)
    assert judge(city(), 2015).table().empty
    with pytest.raises(UnknownNameError):
        result["exclusion"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.checks = ()


# --- properties ---------------------------------------------------------------------------------

years = st.integers(2012, 2027)
rounds = st.sampled_from(award_rounds())
candidates = st.builds(
    lambda joined, awards, member, rivals: city(
        *joined, awards=sorted(awards), member=member, others=[award(y, f"rival-{y}") for y in rivals]
    ),
    st.lists(years, max_size=3),
    st.sets(rounds, max_size=3),
    st.sampled_from(["yes", "unknown"]),
    st.sets(rounds),
)


@given(candidates, rounds, st.one_of(st.none(), rounds))
def test_the_answer_follows_from_the_checks_on_the_city(candidate, year, rules_of):
    result = judge(candidate, year, rules_of)
    own = {c.answer for c in result.checks if c.scope == "city"}
    expected = NO if NO in own else YES if own == {YES} else OPEN
    assert result.answer == expected
    assert result.summary("en")
    assert result.summary("zh")


@given(candidates, rounds)
def test_unknown_data_never_give_yes(candidate, year):
    assume_nothing = dataclasses.replace(candidate, member="unknown", join_years=(), awarded=())
    assert judge(assume_nothing, year).answer == OPEN
    # Without a join year only an award in an earlier round for members can show a membership.
    shown = any(a.round in (2017, 2019, 2021) for a in candidate.awards)
    without_year = dataclasses.replace(candidate, join_years=())
    member = candidate.member == "yes" or any(a.round == 2024 for a in candidate.awards)
    assert judge(without_year, 2024).answer != YES or (shown and member)
    if year not in {a.round for a in candidate.awards}:
        unseen = dataclasses.replace(candidate, member="unknown")
        assert judge(unseen, year).answer != YES


@given(st.sampled_from(["yes", "unknown"]), rounds)
def test_unknown_data_never_give_no(member, year):
    assert judge(city(member=member), year).answer == OPEN


@given(candidates, rounds, rounds)
def test_one_more_award_never_turns_no_into_yes(candidate, year, other):
    more = dataclasses.replace(candidate, awarded=(*candidate.awarded, award(other)))
    if judge(candidate, year).answer == NO:
        assert judge(more, year).answer != YES


@given(candidates, rounds)
def test_other_cities_never_change_the_answer(candidate, year):
    alone = dataclasses.replace(candidate, awarded=candidate.awards)
    assert judge(candidate, year).answer == judge(alone, year).answer


@given(candidates, rounds, st.randoms(use_true_random=False))
def test_order_and_repetition_of_join_years_do_not_matter(candidate, year, random):
    shuffled = [*candidate.join_years, *candidate.join_years]
    random.shuffle(shuffled)
    other = dataclasses.replace(candidate, join_years=tuple(shuffled))
    assert [c.answer for c in judge(other, year).checks] == [c.answer for c in judge(candidate, year).checks]


@given(st.lists(years, min_size=1, max_size=3), years, st.sampled_from([2017, 2019, 2021, 2024]))
def test_one_more_disagreeing_year_only_opens_questions(joined, more, year):
    for rule_id in ("eligibility", "min-membership-months", "excluded-joiners"):
        if rule_id in award_rules(year):
            both = answer_to(rule_id, city(*joined, more), year)
            assert both == OPEN or both == answer_to(rule_id, city(*joined), year) == answer_to(
                rule_id, city(more), year
            )


@given(years, rounds)
def test_an_earlier_join_year_is_never_worse(joined, year):
    order = {NO: 0, OPEN: 1, YES: 2}
    for rule_id in ("eligibility", "min-membership-months"):
        if rule_id in award_rules(year):
            earlier, later = (order[answer_to(rule_id, city(y), year)] for y in (joined - 1, joined))
            assert earlier >= later


def test_rules_of_a_round_make_no_list_of_its_winners():
    known = dataclasses.replace(city(2015), complete_to=2019)
    assert answer_to("exclusion-years", known, 2024) == OPEN
    assert answer_to("exclusion-years", dataclasses.replace(known, complete_to=2024), 2024) == YES
