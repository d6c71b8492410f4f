"""Necessary levels among the cities: planted ones are found, shared evidence gives itself away, nothing else is."""

import json
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from tests.explain.from_atlas.made import awarded, has_han, of_some, recoded, with_codes

import learningcity as lc
from learningcity.explain.ceiling_pairs import least_p
from learningcity.explain.evidence import VARIANTS
from learningcity.explain.nca.geometry import Scope
from learningcity.explain.nca.permutation import shuffled_effects

MECHANISMS = ["policy", "law", "organization", "funding", "resources", "participation", "monitoring"]
THEMES = ["inclusive", "prosperous", "green", "sustainable"]


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


@pytest.fixture(scope="module")
def every(atlas):
    return lc.atlas_ceilings(atlas, permutations=199)


def test_every_condition_meets_every_theme_and_effort_stands_beside(atlas, every):
    frame = every.table()
    pairs = frame[frame["kind"] == "condition"]
    assert set(zip(pairs["condition"], pairs["theme"], strict=True)) == {
        (x, y) for x in MECHANISMS for y in THEMES
    }
    effort = frame[frame["kind"] == "effort"]
    assert set(zip(effort["condition"], effort["theme"], strict=True)) == {
        (x, y) for x in ("practices", "sources") for y in THEMES
    }
    assert effort["q"].isna().all()
    assert not effort["found"].any()
    assert (frame["n"] == len(awarded(atlas))).all()


def test_each_pair_is_that_of_the_plain_ceiling_on_the_scores(atlas, every):
    scores = atlas.conditions().loc[awarded(atlas)].fillna(0.0)
    for x, y in (("policy", "sustainable"), ("organization", "green"), ("law", "prosperous")):
        plain = lc.ceiling(scores, x, y, permutations=199)
        row = every.frame.set_index(["condition", "theme"]).loc[x, y]
        assert row["effect_size"] == pytest.approx(plain.effect_size)
        assert row["p_value"] == plain.p_value
        assert every.pair(x, y).effect_size == plain.effect_size
        expected = plain.needed(1.0)
        assert row["needed"] == expected if expected is not None else row["needed"] != row["needed"]


def test_false_discoveries_are_counted_over_the_pairs_that_could_be_told(every):
    asked = every.frame[(every.frame["kind"] == "condition") & (every.frame["reason_en"] == "")]
    p = asked["p_value"].to_numpy()
    order = np.argsort(p)
    steps = p[order] * len(p) / np.arange(1, len(p) + 1)
    expected = np.empty(len(p))
    expected[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1)
    assert asked["q"].to_numpy() == pytest.approx(expected)
    assert every.degenerate["q"].isna().all()
    assert not every.degenerate["found"].any()


def test_degenerate_pairs_say_why(atlas, every):
    scores = atlas.conditions().loc[awarded(atlas)].fillna(0.0)
    for row in every.degenerate[every.degenerate["kind"] == "condition"].to_dict("records"):
        assert has_han(row["reason_zh"])
        x, y = scores[row["condition"]], scores[row["theme"]]
        if row["reason_en"].startswith("no arrangement"):
            # Too many cities with the lowest score of the condition: one of them reaches the top, however they lie.
            assert (x == x.min()).sum() > (y < y.max()).sum()
            assert f"{(x == x.min()).sum()} of the {len(x)} cities" in row["reason_en"]
        else:
            assert row["least_p"] > every.level
    assert len(every.degenerate)
    alone = lc.atlas_ceilings(atlas, ["participation"], ["green"], not_seen="leave_out", permutations=99)
    (reason,) = alone.degenerate.loc[alone.degenerate["kind"] == "condition", "reason_en"]
    assert "the same score of participation (1)" in reason


def test_the_smallest_p_is_that_of_all_arrangements():
    rng = np.random.default_rng(5)
    looked_at = 0
    for _ in range(60):
        x, y = rng.choice([0, 0.33, 0.67, 1], (2, 6))
        if min(len(set(x)), len(set(y))) < 2:
            continue
        orders = np.array(list(permutations(range(6))))
        effects = shuffled_effects(np.sort(x), y[orders], "ce_fdh", Scope(x.min(), x.max(), y.min(), y.max()))
        assert least_p(x, y) == pytest.approx((effects >= effects.max() - 1e-12).mean())
        together = lc.ceiling(pd.DataFrame({"x": np.sort(x), "y": np.sort(y)}), "x", "y").effect_size
        assert effects.max() == pytest.approx(together)
        looked_at += 1
    assert looked_at > 40


def planted(atlas, shared):
    """Green in 20 of 28 cities with a law, in none of the others; read off the law itself, or off another practice."""
    names = awarded(atlas)
    with_law, green = set(names[:28]), set(names[:20])

    def say(city, place):
        if place == 0:
            law = "law" if city in with_law else "funding"
            return law, "green" if shared and city in green else ""
        if place == 1:
            return "participation", "green" if not shared and city in green else ""
        return "resources", "inclusive" if (place + len(city)) % 3 else ""

    return recoded(atlas, say)


def test_a_planted_necessary_condition_is_found_and_holds(atlas):
    found = lc.atlas_ceilings(planted(atlas, shared=False), ["law", "funding"], ["green"], permutations=499)
    row = found.held.set_index("condition").loc["law"]
    assert row["effect_size"] == 1
    assert row["needed"] == 1
    assert row["both"] == 0
    assert [row[f"{v}_held"] for v in VARIANTS] == [True] * 3
    assert row["coder_B_held"] is True
    assert "funding" not in set(found.found["condition"])
    assert "law for green: effect 1.00" in found.summary()
    assert "found again throughout" in found.summary()


def test_what_rests_on_shared_practices_alone_gives_itself_away(atlas):
    found = lc.atlas_ceilings(planted(atlas, shared=True), ["law"], ["green"], permutations=499)
    row = found.found.set_index("condition").loc["law"]
    assert row["of_theme"] == 1
    assert not row["held"]
    assert not len(found.held)
    for variant in ("outcome_keeps", "conditions_keep", "neither_keeps"):
        assert row[f"{variant}_held"] is not True
        assert VARIANTS[variant].en in found.summary()
    # Where one side keeps what both speak of, nothing is left of the other, so that nothing can be repeated.
    assert "could not be repeated: practices that speak of both count for" in found.summary()
    assert "无法重复" in found.summary("zh")


def test_the_other_coder_has_to_see_it_too(atlas):
    made = planted(atlas, shared=False)
    codes = made.codes.copy()
    rng = np.random.default_rng(3)
    mine = codes.index[codes["coder"] == "B"]
    codes.loc[mine, "themes"] = rng.permutation(codes.loc[mine, "themes"].to_numpy())
    found = lc.atlas_ceilings(with_codes(made, codes), ["law"], ["green"], permutations=499)
    assert found.found["condition"].tolist() == ["law"]
    assert not len(found.held)
    assert "coder B" in found.summary()


def test_codes_dealt_at_random_hardly_ever_give_a_finding(atlas):
    findings = 0
    for seed in range(10):
        rng = np.random.default_rng(seed)

        def say(city, place, rng=rng):
            themes = [t for t in ("green", "sustainable") if rng.random() < 0.08]
            return str(rng.choice(MECHANISMS)), ";".join(themes)

        made = recoded(atlas, say, coders=("A",))
        found = lc.atlas_ceilings(made, MECHANISMS[:4], ["green", "sustainable"], permutations=199, seed=seed)
        findings += len(found.found) > 0
    # At a rate of 0.05 more than two of ten come about with probability 0.012.
    assert findings <= 2


def test_tables_of_cells_and_of_necessary_levels(atlas, every):
    cells = every.cells("monitoring", "green")
    assert cells.to_numpy().sum() == len(awarded(atlas))
    assert cells.index.tolist() == sorted(cells.index, reverse=True)
    levels = every.bottleneck("sustainable")
    assert set(levels.xs) == set(MECHANISMS)
    assert levels.levels.index.tolist() == sorted(cells.index)
    assert every.bottleneck("green", ["law"], steps=4).xs == ("law",)
    for call in (
        lambda: every.pair("lav", "green"),
        lambda: every.cells("law", "policy"),
        lambda: every.bottleneck("x"),
    ):
        with pytest.raises(lc.UnknownNameError):
            call()


def test_limits_come_in_both_languages_and_are_made_from_the_table(every):
    english, chinese = every.limits(), every.limits("zh")
    assert len(english) == len(chinese)
    assert all(has_han(t) for t in chinese)
    for words in (
        "awarded cities only",
        "same practices",
        "Near-constant",
        "0, 0.33, 0.67, 1",
        "Nothing here is causal",
    ):
        assert any(words in t for t in english), words
    assert all(t in every.summary() for t in english)
    top = every.frame["of_theme"].max()
    assert any(f"up to {100 * top:.0f} %" in t for t in english)


def test_who_did_not_code_a_city_did_not_see_nothing(atlas):
    some = awarded(atlas)[:12]
    found = lc.atlas_ceilings(of_some(atlas, "C", some), ["funding"], ["prosperous"], permutations=99)
    frame = found.coded.by_coder()["C"]
    assert sorted(frame.dropna().index) == some
    pd.testing.assert_frame_equal(frame.loc[some], found.coded.data.loc[some])
    qca = lc.atlas_qca(of_some(atlas, "C", some), "green", ["law", "funding"])
    assert sorted(qca.by_coder()["C"].index) == some
    assert set(qca.by_coder()["B"].index) == set(qca.data.index)


def test_odd_requests_are_refused(atlas):
    for arguments, told in (
        ({"conditions": ["lav"]}, "lav"), ({"themes": ["law"], "conditions": ["law"]}, "On both sides: law"),
        ({"coder": "mean"}, "mean"), ({"not_seen": "zero"}, "zero"), ({"policy": "all"}, "policy"),
        ({"cities": ["corc"]}, "corc"), ({"permutations": 9}, "at least 19"), ({"level": 2}, "level"),
        ({"level": 0}, "level is 0"), ({"method": "ce"}, "ce"), ({"conditions": []}, "conditions"),
        ({"seed": -1}, "seed"), ({"least_effect": "a"}, "least_effect"), ({"permutations": -1}, "permutations"),
    ):  # fmt: skip
        with pytest.raises(lc.InputError, match=told):
            lc.atlas_ceilings(atlas, **{"themes": ["green"], **arguments})
    with pytest.raises(lc.InputError):
        lc.atlas_ceilings("atlas")


@pytest.mark.parametrize("method", ["cr_fdh", "ce_vrs", "cr_vrs", "c_lp", "cols", "qr", "ols"])
def test_every_ceiling_gives_a_result(atlas, method):
    found = lc.atlas_ceilings(
        atlas, ["policy", "law", "participation"], ["green"], method=method, permutations=49
    )
    assert len(found.frame) == 5
    told = found.frame[found.frame["reason_en"] == ""]
    assert told["effect_size"].between(0, 1).all()


def test_it_is_a_result_with_versions(atlas, every):
    told = json.loads(json.dumps(every.to_dict(), allow_nan=False))
    assert told["versions"]["data"] == lc.data_version(atlas)
    assert told["choices"]["not_seen"] == "visibility"
    assert len(told["table"]) == len(every.frame)
    again = lc.atlas_ceilings(atlas, ["policy"], ["green"], permutations=199)
    one = every.frame[(every.frame["condition"] == "policy") & (every.frame["theme"] == "green")].iloc[0]
    assert again.frame.iloc[0]["p_value"] == one["p_value"]


def test_without_shuffles_nothing_is_tested_and_nothing_found(atlas):
    tested = lc.atlas_ceilings(atlas, ["law", "funding"], ["green", "inclusive"], permutations=19)
    found = lc.atlas_ceilings(atlas, ["law", "funding"], ["green", "inclusive"], permutations=0)
    assert found.frame[["p_value", "q"]].isna().all(axis=None)
    assert not len(found.found)
    assert found.frame["outcome_keeps_held"].isna().all()
    pd.testing.assert_series_equal(found.frame["effect_size"], tested.frame["effect_size"])
    assert found.degenerate["reason_en"].tolist() == tested.degenerate["reason_en"].tolist()
    pd.testing.assert_frame_equal(found.bottleneck("green").table(), tested.bottleneck("green").table())
    assert "nothing is tested" in found.summary()
    assert not any("shuffles p cannot" in one for one in found.limits())
    json.dumps(found.to_dict(), allow_nan=False)


@pytest.mark.parametrize("corner", [1, 2, 3, 4])
def test_every_corner_is_that_of_the_plain_ceiling(atlas, corner):
    scores = atlas.conditions().loc[awarded(atlas)].fillna(0.0)
    found = lc.atlas_ceilings(
        atlas, ["policy", "law"], ["sustainable", "green"], permutations=99, corner=corner
    )
    for row in found.frame[found.frame["kind"] == "condition"].to_dict("records"):
        plain = lc.ceiling(scores, row["condition"], row["theme"], corner=corner, permutations=99)
        assert row["effect_size"] == pytest.approx(plain.effect_size)
        assert row["p_value"] == (plain.p_value if plain.effect_size else 1)
        assert found.pair(row["condition"], row["theme"]).p_value == plain.p_value
    told = found.bottleneck("green")
    assert told.corner == corner
    plain = lc.bottleneck(scores, ["policy", "law"], "green", scale_x="actual", scale_y="actual", corner=corner, steps=told.levels.index)  # fmt: skip
    pd.testing.assert_frame_equal(told.table(), plain.table())
    assert (
        lc.ceiling(scores, "law", "green", corner=corner).summary().split("ce_fdh, ")[1].split(":")[0]
        in found.summary()
    )
    assert found.to_dict()["choices"]["corner"] == corner


@pytest.mark.parametrize("corner", [2, 3, 4])
def test_degenerate_pairs_of_other_corners_are_those_of_turned_scores(atlas, corner):
    found = lc.atlas_ceilings(atlas, permutations=19, corner=corner).frame
    scores = atlas.conditions().loc[awarded(atlas)].fillna(0.0)
    sign_x, sign_y = (-1 if corner in (2, 4) else 1), (-1 if corner in (3, 4) else 1)
    seen = set()
    for row in found[found["kind"] == "condition"].to_dict("records"):
        x, y = sign_x * scores[row["condition"]], sign_y * scores[row["theme"]]
        stuck = (x == x.min()).sum() > (y < y.max()).sum()
        assert (row["least_p"] == 1 and row["reason_en"].startswith("no arrangement")) == stuck
        if stuck:
            assert f"have the {'lowest' if sign_x > 0 else 'highest'} score" in row["reason_en"]
            assert f"{'below the highest' if sign_y > 0 else 'above the lowest'}" in row["reason_en"]
        else:
            assert row["least_p"] == pytest.approx(least_p(x.tolist(), y.tolist()))
        seen.add(stuck)
    assert seen == {True, False}


def test_the_cities_at_each_point_are_all_cities_once(atlas, every):
    for x, y in (("policy", "sustainable"), ("sources", "green")):
        points = every.points(x, y)
        assert sorted(c for ids in points["cities"] for c in ids) == awarded(atlas)
        assert points["n"].tolist() == [len(ids) for ids in points["cities"]]
        for row in points.itertuples():
            assert (every.data.loc[list(row.cities), [x, y]] == [row.x, row.y]).all(axis=None)
        assert not points.duplicated(["x", "y"]).any()
        cells = every.cells(x, y)
        assert cells.to_numpy().sum() == points["n"].sum()
        assert all(cells.at[row.y, row.x] == row.n for row in points.itertuples())
    assert points["y"].tolist() == sorted(points["y"], reverse=True)


def test_intervals_are_those_of_the_plain_ceilings(atlas, every):
    scores = atlas.conditions().loc[awarded(atlas)].fillna(0.0)
    one = every.interval("policy", "sustainable")
    plain = lc.ceiling_interval(scores, "policy", "sustainable")
    assert (one.low, one.high, one.why) == (plain.low, plain.high, "ties")
    pd.testing.assert_frame_equal(one.without, plain.without, check_names=False)
    frame = every.intervals()
    assert len(frame) == every.frame["effect_size"].notna().sum()
    row = frame.set_index(["condition", "theme"]).loc["policy", "sustainable"]
    assert (row["low"], row["high"], row["why_zh"]) == (plain.low, plain.high, plain.reason.zh)
    assert row["lower"] != row["lower"]


def test_another_line_over_the_same_cities_is_not_tested(every):
    line = every.pair("policy", "sustainable", "cr_fdh")
    assert (line.method, line.p_value, line.n) == ("cr_fdh", None, every.pair("policy", "sustainable").n)


def test_levels_in_percent_go_in_equal_steps(every):
    """Scores as steps would be read as fractions of one percent."""
    assert every.bottleneck("green", ["law"], scale_y="percentage_range").levels.index.tolist() == [
        *range(0, 101, 10)
    ]


@pytest.mark.parametrize("corner", [0, 5, True, "upper"])
def test_a_corner_that_is_none_is_refused(atlas, corner):
    with pytest.raises(lc.UnknownNameError):
        lc.atlas_ceilings(atlas, ["law"], ["green"], corner=corner)
