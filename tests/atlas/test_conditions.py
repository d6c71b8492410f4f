"""Condition scores come from codes by a stated rule and open to their practices."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import learningcity as lc
from learningcity import CodingPolicy
from learningcity.atlas.conditions import CONDITIONS, MECHANISMS, THEMES


@pytest.mark.parametrize(
    ("strengths", "score"),
    [([3], 1.0), ([2, 2], 1.0), ([2], 0.67), ([2, 1], 0.67), ([1], 0.33), ([1, 1, 1], 0.33), ([3, 1], 1.0)],
)
def test_the_default_rule(strengths, score):
    assert CodingPolicy().score(strengths) == score


def test_nothing_seen_is_empty_and_not_zero():
    assert math.isnan(CodingPolicy().score([]))


@given(st.lists(st.integers(1, 3), min_size=1, max_size=6), st.integers(1, 3))
def test_one_more_practice_never_lowers_a_score(strengths, more):
    policy = CodingPolicy()
    assert policy.score([*strengths, more]) >= policy.score(strengths)
    assert policy.score(strengths[::-1]) == policy.score(strengths)


def test_a_practice_counts_for_both_mechanisms_and_its_themes(coded, new_practice, new_code):
    atlas = coded([new_practice("p")], [new_code("p", mechanism_2="funding", themes="green;inclusive")])
    scores = atlas.conditions()
    assert list(scores.columns) == list(CONDITIONS) == list(MECHANISMS + THEMES)
    assert scores.loc["a"].dropna().to_dict() == {
        "law": 0.67, "funding": 0.67, "inclusive": 0.67, "green": 0.67,
    }  # fmt: skip
    assert scores.loc["b"].isna().all()
    alone = atlas.conditions(CodingPolicy(second_mechanism=False)).loc["a"].dropna()
    assert set(alone.index) == {"law", "inclusive", "green"}


@pytest.mark.parametrize(
    ("column", "value", "policy"),
    [
        ("stance", "planned", CodingPolicy(stances=("done", "planned"))),
        ("stance", "critical", CodingPolicy(stances=("done", "critical"))),
        ("level", "higher", CodingPolicy(levels=("own", "higher"))),
        ("level", "external", CodingPolicy(levels=("own", "external"))),
        ("subject", "other", CodingPolicy(subjects=("learning", "other"))),
    ],
)
def test_what_does_not_count_by_default_counts_on_request(
    coded, new_practice, new_code, column, value, policy
):
    atlas = coded([new_practice("p")], [new_code("p", **{column: value})])
    assert math.isnan(atlas.conditions().at["a", "law"])
    assert atlas.conditions(policy).at["a", "law"] == 0.67
    evidence = atlas.condition_evidence("a", "law")
    assert evidence.practices["counted"].tolist() == ["no"]
    assert evidence.practices["why_not_en"].iloc[0]
    assert evidence.practices["why_not_zh"].iloc[0]


def test_before_means_an_earlier_year_than_the_first_award(coded, new_practice, new_code):
    practices = [
        new_practice("early", start_year=2014), new_practice("same", start_year=2015),
        new_practice("late", start_year=2016), new_practice("none"), new_practice("other", city="b", start_year=2000),
    ]  # fmt: skip
    again = [
        {"round": 2024, "city_id": "a", "source_id": "s1"},
        {"round": 2015, "city_id": "a", "source_id": "s1"},
    ]
    atlas = coded(practices, [new_code(p["practice_id"]) for p in practices], awards=again)
    assert atlas.timing().to_dict() == {
        "early": "before", "same": "after", "late": "after", "none": "undated", "other": "not applicable",
    }  # fmt: skip
    scores = atlas.conditions(CodingPolicy(timing="before"))
    assert scores.at["a", "law"] == 0.67
    assert math.isnan(scores.at["b", "law"])
    assert atlas.conditions().loc[["a", "b"], "law"].tolist() == [1.0, 0.67]


def test_the_mean_of_coders_leaves_not_seen_out(coded, new_practice, new_code):
    practices = [new_practice("p"), new_practice("q")]
    codes = [
        new_code("p", "A", strength=3), new_code("p", "B", strength=2),
        new_code("q", "A", mechanism="funding"), new_code("q", "B", mechanism="policy"),
    ]  # fmt: skip
    scores = coded(practices, codes).conditions(coder="mean").loc["a"]
    assert scores["law"] == pytest.approx((1 + 0.67) / 2)
    assert scores["funding"] == scores["policy"] == 0.67
    assert math.isnan(scores["monitoring"])


def test_the_shipped_scores_are_those_that_the_collection_states(atlas):
    seen = atlas.conditions().notna().sum()
    stated = {"law": 19, "green": 22, "sustainable": 28, "funding": 30, "monitoring": 36, "prosperous": 37}
    assert {k: int(seen[k]) for k in stated} == stated
    assert (seen[["policy", "resources", "participation", "organization"]] >= 57).all()
    assert int(atlas.conditions()["law"].isna().sum()) > 20


def test_every_score_opens_to_practices_that_give_it(atlas):
    scores = atlas.conditions(coder="B")
    opened = 0
    for city in ("wuhan", "cork", "melitopol", "taiyuan"):
        for condition in CONDITIONS:
            evidence = atlas.condition_evidence(city, condition, coder="B")
            counted = evidence.practices[evidence.practices["counted"] == "yes"]
            again = CodingPolicy().score([int(s) for s in counted["strength"]])
            assert again == scores.at[city, condition] or (
                math.isnan(again) and math.isnan(scores.at[city, condition])
            )
            assert evidence.practices_read >= len(evidence.practices)
            opened += len(counted)
    assert opened > 40


def test_not_seen_is_said_and_never_does_not_exist(atlas):
    nothing = atlas.conditions()["law"].isna() & (atlas.seen_not_counted()["law"] == 0)
    city = nothing.index[nothing][0]
    evidence = atlas.condition_evidence(city, "law")
    assert "not seen" in evidence.summary()
    assert "未见公开资料" in evidence.summary("zh")
    assert evidence.to_dict()["emptiness"] == "not seen"
    assert evidence.to_dict()["score"] is None


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        (lambda a: a.conditions(coder="C"), "A, B"),
        (lambda a: a.condition_evidence("wuhn", "law"), "wuhan"),
        (lambda a: a.condition_evidence("wuhan", "laws"), "law"),
        (lambda a: CodingPolicy(stances=("doing",)), "done"),
        (lambda a: CodingPolicy(timing="later"), "before"),
        (lambda a: CodingPolicy(rule=((2.0, 1, 1),)), "score above 0"),
    ],
)
def test_bad_input_is_named(atlas, wrong, near):
    with pytest.raises(lc.InputError, match=near):
        wrong(atlas)


def test_seen_and_not_counted_is_neither_a_score_nor_not_seen(coded, new_practice, new_code, atlas):
    one = coded([new_practice("p")], [new_code("p", subject="other")])
    assert one.seen_not_counted().at["a", "law"] == 1
    assert one.seen_not_counted(CodingPolicy(subjects=("other",))).at["a", "law"] == 0
    evidence = one.condition_evidence("a", "law")
    assert evidence.seen_not_counted == 1
    assert "seen and not counted" in evidence.summary()
    assert "见到但未计分" in evidence.summary("zh")
    counts, scores = atlas.seen_not_counted(), atlas.conditions()
    assert counts.shape == scores.shape
    for city, condition in (("limerick", "law"), ("wuhan", "law"), ("cork", "funding")):
        assert counts.at[city, condition] == atlas.condition_evidence(city, condition).seen_not_counted
    assert int((counts[scores.isna()] > 0).sum().sum()) > 0
