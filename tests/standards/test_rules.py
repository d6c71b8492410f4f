"""Rules and criteria of every round as records; where pages disagree both are kept."""

import datetime
import json

import pytest

from learningcity.core import UnknownNameError
from learningcity.standards import award_criteria, award_rounds, award_rules

COUNTS = {2015: (4, 1), 2017: (13, 6), 2019: (13, 3), 2021: (13, 7), 2024: (19, 8)}


def test_rules_and_criteria_by_round():
    assert award_rounds() == tuple(COUNTS)
    seen = {year: (len(award_rules(year)), len(award_rules(year).criteria)) for year in award_rounds()}
    assert seen == COUNTS
    assert [sum(n) for n in zip(*seen.values(), strict=True)] == [62, 25]


def test_pages_that_disagree_are_both_kept_and_said():
    rules = award_rules(2019)
    assert [(r.variant, r.number, r.source_ids) for r in rules["nominations-per-natcom"]] == [
        ("a", 2, ("s0965",)),
        ("b", 3, ("s0966",)),
    ]
    assert rules.disputed == ("nominations-per-natcom",)
    assert "disagree" in rules.summary("en")
    assert "s0966" in rules.summary("en")
    assert "说法不一" in rules.summary("zh")
    assert all(award_rules(y).disputed == () for y in award_rounds() if y != 2019)
    assert "disagree" not in award_rules(2024).summary("en")


def test_values_are_read_by_their_kind():
    rules = award_rules(2024)
    assert rules["min-membership-months"][0].number == 12
    assert rules["deadline"][0].date == datetime.date(2024, 5, 31)
    assert rules["deadline"][0].number is None
    assert rules["eligibility"][0].date is None
    read = [r for y in award_rounds() for r in award_rules(y) if r.kind in ("number", "date")]
    assert len(read) > 15
    assert all(r.number is not None or r.date is not None for r in read)


def test_conference_and_theme():
    conference = award_rules(2021).conference
    assert conference.country_iso3 == "KOR"
    assert (conference.first_day, conference.last_day) == (
        datetime.date(2021, 10, 27),
        datetime.date(2021, 10, 30),
    )
    assert award_rules(2024).conference.declaration is None
    assert sum(award_rules(y).conference.awards for y in award_rounds()) == 58


def test_a_rule_that_was_not_seen():
    rules = award_rules(2015)
    assert "exclusion-years" not in rules
    assert rules.variants("exclusion-years") == ()
    with pytest.raises(UnknownNameError):
        rules["exclusion-years"]


@pytest.mark.parametrize(
    ("asked", "near"), [(2023, ("2024", "2021")), ("2016", ("2015", "2017")), ("x", ()), (None, ())]
)
def test_an_unknown_round_names_the_nearest(asked, near):
    with pytest.raises(UnknownNameError) as caught:
        award_rules(asked)
    assert caught.value.near == near
    assert "2021" in str(caught.value) or near == ("2015", "2017")


def test_tables_and_dictionary():
    rules = award_rules("2024")
    assert len(rules.table()) == 19
    assert len(rules.criteria_table()) == 8
    plain = json.loads(json.dumps(rules.to_dict()))
    assert plain["conference"]["first_day"] == "2024-12-03"
    assert [c["code"] for c in plain["criteria"]][:2] == ["2024-1", "2024-2"]


def test_criteria_side_by_side():
    frame = award_criteria("en")
    assert list(frame.columns) == ["area_name", *award_rounds()]
    assert list(frame.index) == [str(i) for i in range(1, 13)]
    assert frame.loc["10", 2024] == "Learning city plan; Monitoring and evaluation"
    assert frame[2015].notna().all()
    assert frame.loc[["2", "3", "6"], 2024].isna().all()
    assert award_criteria("zh").loc["10", 2024] == "学习型城市规划；监测与评估"
    with pytest.raises(UnknownNameError):
        award_criteria("fr")
