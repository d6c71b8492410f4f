"""Ceilings held against counting on a fine grid, exhaustive shuffles, planted patterns, and bad input."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learningcity as lc
from learningcity.explain.nca.ceiling import METHODS
from learningcity.explain.nca.lines import ABOVE_ALL

LEVELS = [0.0, 1 / 3, 2 / 3, 1.0]


def frame(x, y):
    return pd.DataFrame({"x": x, "y": y}, index=[f"c{k}" for k in range(len(x))], dtype=float)


def steps_on_a_grid(x, y, corner, fine=400):
    """Share of a fine grid of the scope where a case could lie further out than every case: counted, not integrated."""
    sx, sy = (-1 if corner in (2, 4) else 1), (-1 if corner in (3, 4) else 1)
    x, y = sx * np.asarray(x), sy * np.asarray(y)
    gx = x.min() + (np.arange(fine) + 0.5) / fine * (x.max() - x.min())
    gy = y.min() + (np.arange(fine) + 0.5) / fine * (y.max() - y.min())
    best = np.array([y[x <= one].max() for one in gx])
    return float((gy[None, :] > best[:, None]).mean())


@given(st.integers(0, 10_000), st.integers(1, 4), st.booleans())
@settings(max_examples=60, deadline=None)
def test_steps_agree_with_counting(seed, corner, coarse):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 15))
    x, y = rng.random(n), rng.random(n)
    if coarse:
        x, y = np.round(3 * x) / 3, np.round(3 * y) / 3
    if len(set(x)) == 1 or len(set(y)) == 1:
        return
    found = lc.ceiling(frame(x, y), "x", "y", corner=corner)
    assert found.effect_size == pytest.approx(steps_on_a_grid(x, y, corner), abs=0.006 * n)


@pytest.mark.parametrize("corner", [1, 2, 3, 4])
@pytest.mark.parametrize("method", METHODS)
def test_a_line_has_the_area_that_a_grid_counts(method, corner):
    rng = np.random.default_rng(5)
    x = rng.random(30)
    y = rng.random(30) * (0.2 + 0.8 * x)
    data = frame(1 - x if corner in (2, 4) else x, 1 - y if corner in (3, 4) else y)
    found = lc.ceiling(data, "x", "y", method, corner)
    fine = 1000
    gx = found.x_low + (np.arange(fine) + 0.5) / fine * (found.x_high - found.x_low)
    gy = found.y_low + (np.arange(fine) + 0.5) / fine * (found.y_high - found.y_low)
    if found.slope is not None:
        height = found.intercept + found.slope * gx
        empty = (gy[None, :] > height[:, None]) if corner in (1, 2) else (gy[None, :] < height[:, None])
    else:
        sx, sy = (-1 if corner in (2, 4) else 1), (-1 if corner in (3, 4) else 1)
        height = found.line.at(sx * gx, found.turned_scope)
        empty = sy * gy[None, :] > height[:, None]
    assert found.effect_size == pytest.approx(float(empty.mean()), abs=0.003)


@pytest.mark.parametrize("method", [m for m, above in ABOVE_ALL.items() if above])
def test_no_case_lies_above_a_line_that_envelops(method):
    rng = np.random.default_rng(2)
    for _ in range(30):
        n = int(rng.integers(3, 40))
        data = (
            frame(rng.integers(0, 5, n), rng.integers(0, 4, n))
            if rng.random() < 0.5
            else frame(*rng.random((2, n)))
        )
        if (data == data.iloc[0]).all().any():
            continue
        found = lc.ceiling(data, "x", "y", method)
        assert found.above == ()
        assert found.accuracy == 100


@given(st.integers(0, 10_000), st.sampled_from(METHODS), st.integers(1, 4))
@settings(max_examples=80, deadline=None)
def test_the_effect_ignores_units_and_order(seed, method, corner):
    rng = np.random.default_rng(seed)
    data = frame(*rng.random((2, 12)))
    first = lc.ceiling(data, "x", "y", method, corner)
    moved = data.assign(x=7 * data["x"] - 3, y=0.5 * data["y"] + 20).sample(frac=1, random_state=seed % 100)
    second = lc.ceiling(moved, "x", "y", method, corner)
    assert second.effect_size == pytest.approx(first.effect_size, rel=1e-6, abs=1e-9, nan_ok=True)
    assert second.accuracy == pytest.approx(first.accuracy)
    assert set(second.peers) == set(first.peers)


@given(st.integers(0, 10_000), st.sampled_from(METHODS))
@settings(max_examples=40, deadline=None)
def test_the_four_corners_are_one_method(seed, method):
    rng = np.random.default_rng(seed)
    data = frame(*rng.random((2, 10)))
    first = lc.ceiling(data, "x", "y", method, 1)
    for corner, turned in (
        (2, data.assign(x=-data["x"])),
        (3, data.assign(y=-data["y"])),
        (4, -data),
    ):
        other = lc.ceiling(turned, "x", "y", method, corner)
        assert other.effect_size == pytest.approx(first.effect_size, nan_ok=True)
        assert other.peers == first.peers


def test_a_possible_scope_wider_than_the_observed_one_adds_its_margin():
    data = frame([1.0, 2.0], [1.0, 2.0])
    # Within 0 to 3: nothing at all left of 1, at most 1 from 1 to 2, at most 2 beyond.
    found = lc.ceiling(data, "x", "y", scope=(0, 3, 0, 3))
    assert found.zone == pytest.approx(3 + 2 + 1)
    assert not found.observed
    constant = frame([1.0, 1.0, 1.0], [0.0, 1.0, 2.0])
    assert lc.ceiling(constant, "x", "y", scope=(0, 2, 0, 2)).effect_size == pytest.approx(0.5)


def test_the_p_value_agrees_with_all_shuffles():
    x, y = np.arange(5.0), np.array([0.0, 2.0, 1.0, 4.0, 3.0])
    for method in ("ce_fdh", "cr_fdh", "ce_vrs", "cols"):
        observed = lc.ceiling(frame(x, y), "x", "y", method)
        effects = [lc.ceiling(frame(x, list(p)), "x", "y", method).effect_size for p in permutations(y)]
        exact = np.mean(
            [e >= observed.effect_size - 1e-12 for e in effects if e == e]
            + [False for e in effects if e != e]
        )
        found = lc.ceiling(
            frame(x, y), "x", "y", method, permutations=4_000 if "fdh" in method else 800, seed=3
        )
        assert abs(found.p_value - exact) <= 2 * found.p_accuracy + 1 / found.permutations


def test_the_p_value_is_never_zero_and_the_seed_counts():
    x = np.linspace(0, 1, 40)
    found = lc.ceiling(frame(x, x), "x", "y", permutations=999, seed=1)
    assert found.p_value == 1 / 1000
    other = frame(x, np.random.default_rng(0).random(40))
    results = [lc.ceiling(other, "x", "y", permutations=999, seed=s).p_value for s in (1, 1, 2)]
    assert results[0] == results[1] != results[2]


def test_planted_necessity_is_found_and_shuffled_data_stay_at_the_stated_rate():
    rng = np.random.default_rng(11)
    found = low = 0
    for _ in range(100):
        x = rng.random(60)
        planted = rng.random(60) * np.minimum(1, 0.25 + x)
        found += lc.ceiling(frame(x, planted), "x", "y", permutations=200).p_value <= 0.05
        low += lc.ceiling(frame(x, rng.random(60)), "x", "y", permutations=200).p_value <= 0.05
    assert found >= 95
    # 100 tests at 5 in 100: more than 10 have a chance of one in 100.
    assert low <= 10


def test_four_levels_and_ties_are_no_obstacle():
    rng = np.random.default_rng(4)
    for _ in range(60):
        data = frame(rng.choice(LEVELS, 64, p=[0.1, 0.1, 0.2, 0.6]), rng.choice(LEVELS, 64))
        for method in METHODS:
            found = lc.ceiling(data, "x", "y", method)
            assert (found.effect_size == found.effect_size) or found.note in ("falling",)
            assert 0 <= found.accuracy <= 100


def test_one_corner_alone_sets_no_line():
    found = lc.ceiling(frame([0.0, 1.0, 2.0], [5.0, 1.0, 2.0]), "x", "y", "cr_fdh", permutations=50)
    assert (found.effect_size, found.slope, found.note) == (0.0, None, "no line")
    assert found.p_value == 1
    assert "no line goes through it" not in found.summary("en")
    assert found.needed(5.0) != found.needed(5.0)


def test_a_falling_line_is_said_in_words():
    data = frame([0.0, 1.0, 2.0, 3.0], [3.0, 2.5, 1.0, 0.0])
    found = lc.ceiling(data, "x", "y", "ols", permutations=20)
    assert found.note == "falling"
    assert np.isnan(found.effect_size)
    assert found.p_value is None
    assert "does not rise" in found.summary("en")
    assert "未朝此角上升" in found.summary("zh")


def test_the_level_needed_is_the_least_that_was_enough():
    data = frame([0.0, 1.0, 2.0, 4.0], [1.0, 2.0, 3.0, 5.0])
    found = lc.ceiling(data, "x", "y")
    assert found.needed(1.0) is None
    assert [found.needed(level) for level in (2.0, 2.5, 5.0)] == [1.0, 2.0, 4.0]
    assert np.isnan(lc.ceiling(data, "x", "y", scope=(0, 4, 0, 9)).needed(8.0))


def test_missing_values_are_left_out_and_counted():
    data = frame([0.0, 1.0, np.nan, 3.0], [0.0, 1.0, 2.0, np.nan])
    found = lc.ceiling(data, "x", "y")
    assert (found.n, found.dropped) == (2, ("c2", "c3"))
    assert "2 cases lack" in found.summary("en")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (frame([1, 1, 1], [1, 2, 3]), "same value of 'x'"),
        (frame([1, 2, 3], [2, 2, 2]), "same value of 'y'"),
        (frame([1, np.nan], [1, 2]), "at least two"),
        (frame([1, np.inf], [1, 2]), "infinite values: c1"),
        (pd.DataFrame({"x": ["a", "b"], "y": [1, 2]}), "no numbers"),
        ([1, 2], "one row a case"),
    ],
)
def test_bad_input_is_named(data, words):
    with pytest.raises(lc.InputError, match=words):
        lc.ceiling(data, "x", "y")


def test_bad_choices_are_named():
    data = frame([0, 1, 2], [0, 1, 2])
    for one in (
        {"method": "fdh"}, {"corner": 5}, {"scope": (0, 0, 1, 2)}, {"scope": "wide"}, {"scope": (0, 1, 0, 2)}, {"scope": (0, 1e300, 0, 9)}, {"scope": (0, 10**400, 0, 9)}, {"scope": (0, float("nan"), 0, 9)},
        {"permutations": -1}, {"seed": "x"}, {"x": "z"}, {"y": "x"},
    ):  # fmt: skip
        with pytest.raises(lc.InputError):
            lc.ceiling(data, **({"x": "x", "y": "y"} | one))


def _share_held(rng, heights, tables):
    """Share of intervals that hold the true effect 0.35 below the ceiling 0.3 + 0.7 x, with 50 cases."""
    hits = 0
    for _ in range(tables):
        x = rng.random(50)
        found = lc.ceiling_interval(frame(x, (0.3 + 0.7 * x) * heights(50)), "x", "y", scope=(0, 1, 0, 1))
        hits += found.lower <= 0.35 <= found.upper
    return hits / tables


def test_the_interval_holds_the_true_effect_as_often_as_it_says():
    from learningcity.explain.nca.interval import COVERAGE, COVERAGE_THIN

    rng = np.random.default_rng(8)
    assert _share_held(rng, rng.random, 200) >= COVERAGE[50] - 0.03
    thin = _share_held(rng, lambda n: rng.beta(1, 2, n), 200)
    assert COVERAGE_THIN[50] - 0.1 <= thin <= COVERAGE[50] - 0.1


@pytest.mark.parametrize(
    ("x", "y", "asked", "why"),
    [
        (range(12), range(12), {"method": "cr_fdh"}, "method"),
        (range(9), range(9), {}, "few"),
        ([0, 1, 2, 3] * 5, [0, 0, 1, 2] * 5, {}, "ties"),
        (range(20), [0, 0, 1, 2] * 5, {}, "ties"),
        (range(12), range(12), {}, None),
    ],
)
def test_where_the_interval_would_not_hold_there_is_none_and_it_says_why(x, y, asked, why):
    found = lc.ceiling_interval(frame(list(x), list(y)), "x", "y", **asked)
    assert (found.lower is None, found.upper is None, found.why) == (why is not None, why is not None, why)
    assert ("No interval" in found.summary("en")) == (why is not None)
    assert ("未给出" in found.summary("zh")) == (why is not None)


def test_without_an_effect_the_interval_says_why_and_not_nan():
    found = lc.ceiling_interval(frame([0, 1, 2, 3], [3, 2, 1, 0]), "x", "y", "ols")
    assert found.result.note == "falling"
    assert "does not rise" in found.summary("en")
    assert "nan" not in found.summary("en") + found.summary("zh")


def test_leaving_out_a_case_is_the_ceiling_of_the_others():
    rng = np.random.default_rng(3)
    data = frame(*rng.random((2, 25)))
    scope = (0.0, 1.0, 0.0, 1.0)
    for method in METHODS:
        found = lc.ceiling_interval(data, "x", "y", method, scope=scope)
        every = {c: lc.ceiling(data.drop(c), "x", "y", method, scope=scope).effect_size for c in data.index}
        for case, row in found.without.iterrows():
            assert row["effect_size"] == pytest.approx(every[case], nan_ok=True)
        effects = [e for e in (*every.values(), found.result.effect_size) if e == e]
        assert (found.low, found.high) == pytest.approx((min(effects), max(effects)))


def test_a_table_of_levels_leaves_out_what_sets_no_limit_and_says_so():
    data = frame([0, 1, 2, 3], [0, 1, 2, 3]).assign(flat=1.0)
    found = lc.bottleneck(data, ["x", "flat"], "y")
    assert list(found.levels.columns) == ["x"]
    assert "flat" in found.left_out
    assert "flat is left out" in found.summary("en")
    assert "flat未列入" in found.summary("zh")
    with pytest.raises(lc.InputError, match="same value of 'flat'"):
        lc.bottleneck(data, ["flat"], "y")
    for one in (
        {"scale_x": "share"},
        {"steps": 0},
        {"steps": ["a"]},
        {"steps": [120], "scale_y": "percentile"},
    ):
        with pytest.raises(lc.InputError):
            lc.bottleneck(data, ["x"], "y", **one)


@pytest.mark.parametrize("seed", range(4))
def test_odd_frames_give_a_result_or_an_error(seed):
    rng = np.random.default_rng(seed)
    odd = [np.nan, np.inf, -np.inf, 0.0, 1.0, 1e300, -1e300, 1e-300, "text", None, True, 3]
    for _ in range(80):
        n = int(rng.integers(0, 8))
        columns = {
            c: [odd[k] for k in rng.integers(0, len(odd), n)]
            if rng.random() < 0.4
            else list(rng.normal(size=n))
            for c in "xy"
        }
        data = pd.DataFrame(columns)
        method, corner = str(rng.choice(METHODS)), int(rng.integers(1, 5))
        try:
            found = lc.ceiling(data, "x", "y", method, corner, permutations=int(rng.integers(0, 3)))
        except lc.InputError:
            continue
        assert found.effect_size == found.effect_size or found.note
        assert found.summary("en")
        assert found.summary("zh")
        assert found.to_dict()


@pytest.mark.parametrize("corner", [1, 2, 3, 4])
@pytest.mark.parametrize("method", METHODS)
def test_the_points_draw_the_ceiling_that_was_measured(method, corner):
    rng = np.random.default_rng(1)
    x = rng.random(20)
    y = rng.random(20) * (0.1 + 0.9 * x)
    data = frame(1 - x if corner in (2, 4) else x, 1 - y if corner in (3, 4) else y)
    found = lc.ceiling(data, "x", "y", method, corner, seed=7)
    px, py = (np.array(side) for side in zip(*found.points(), strict=True))
    assert {px.min(), px.max()} == {found.x_low, found.x_high}
    # Area between the drawn line, held within the scope, and the empty side.
    order = slice(None) if px[0] <= px[-1] else slice(None, None, -1)
    fine = np.linspace(found.x_low, found.x_high, 200_001)
    height = np.clip(np.interp(fine, px[order], py[order]), found.y_low, found.y_high)
    empty = found.y_high - height if corner in (1, 2) else height - found.y_low
    assert found.zone == pytest.approx(np.trapezoid(empty, fine), abs=1e-4)
    said = found.to_dict()
    assert said["choices"]["seed"] == 7
    assert said["ceiling"] == [pytest.approx(point) for point in found.points()]


def test_cases_near_the_ceiling_are_noise_exceptions_or_support():
    # y = x is drawn by the points at 0, 2 ... 10; "a" lies 0.4 above it, "b" 3 above, "c" 0.3 below, "d" far below.
    data = pd.DataFrame(
        {"x": [0, 2, 4, 6, 8, 10, 5.0, 5, 5, 5], "y": [0, 2, 4, 6, 8, 10, 5.4, 8, 4.7, 1]},
        index=[*"012345", "a", "b", "c", "d"], dtype=float,
    )  # fmt: skip
    found = lc.ceiling(data, "x", "y", "ols", scope=(0, 10, 0, 10))
    height = found.intercept + found.slope * data["x"]
    gap = data["y"] - height
    assert set(found.exceptions) == set(data.index[gap > 0.5]) == {"b"}
    assert set(found.noise) == set(data.index[(gap > 1e-8) & (gap <= 0.5)])
    assert set(found.support) == set(data.index[(gap <= 1e-8) & (gap >= -0.5) & (height < 10)])
    assert set(found.noise) | set(found.exceptions) == set(found.above)
    odd = len(found.above)
    assert found.purity == pytest.approx(len(found.support) / (len(found.support) + odd))
    assert lc.ceiling(data, "x", "y").purity == 1


def test_percent_of_the_highest_value_needs_one_above_nothing():
    data = frame([-3, -2, -1, 0], [1, 2, 3, 4]).assign(z=[1.0, 2, 3, 4])
    with pytest.raises(lc.InputError, match="highest value of 'x' is 0"):
        lc.bottleneck(data, "x", "y", scale_x="percentage_max")
    assert (
        "highest value of 'x'"
        in lc.bottleneck(data, ["x", "z"], "y", scale_x="percentage_max").left_out["x"].en
    )
    with pytest.raises(lc.InputError, match="highest value of 'x' is 0"):
        lc.bottleneck(data, "y", "x", scale_y="percentage_max")


@pytest.mark.parametrize("steps", [[1e308], [float("nan")], ["high"], []])
def test_levels_that_are_none_are_refused(steps):
    with pytest.raises(lc.InputError, match="number of steps"):
        lc.bottleneck(frame([0, 1, 2], [0, 1, 2]), "x", "y", steps=steps)


def test_a_line_that_hardly_rises_reaches_no_level():
    from learningcity.explain.nca.geometry import Scope, straight

    assert straight((1e-300, 0.0)).needed(1e100, Scope(0.0, 1.0, 0.0, 1e100)) == float("inf")


def test_percentiles_of_the_outcome_do_not_hang_on_the_order_of_conditions():
    rng = np.random.default_rng(5)
    data = frame(*rng.random((2, 20))).assign(z=rng.random(20))
    data.loc[data.index[:8], "x"] = np.nan
    one, other = (lc.bottleneck(data, xs, "y", scale_y="percentile") for xs in (["x", "z"], ["z", "x"]))
    assert (one.levels[["x", "z"]]).equals(other.levels[["x", "z"]])
    assert one.marks[["x", "z"]].equals(other.marks[["x", "z"]])


def test_the_summary_tells_the_level_that_asks_most_in_any_order():
    data = frame([0, 1, 2, 3], [0, 1, 2, 3])
    told = lc.bottleneck(data, "x", "y", "ce_fdh", "actual", "actual", [3, 1, 2]).summary("en")
    assert told.startswith("y at 3 (units of the data) needs: x 3")
    low = frame([3, 2, 1, 0], [1, 2, 3, 4])
    told = lc.bottleneck(
        low, "x", "y", "ce_fdh", "actual", "percentage_max", [100, 25, 50], corner=3
    ).summary("en")
    assert told.startswith("y at 25 (percent of the highest value) needs: x 3")


def test_a_scope_of_no_condition_is_refused():
    data = frame([0, 1, 2, 3], [0, 1, 2, 3])
    with pytest.raises(lc.UnknownNameError):
        lc.bottleneck(data, "x", "y", scope={"z": (0, 4, 0, 4)})
    with pytest.raises(lc.InputError, match="mapping"):
        lc.bottleneck(data, "x", "y", scope=(0, 4, 0, 4))
    assert lc.bottleneck(data, "x", "y", scope={"x": (0, 4, 0, 4)}).ceilings["x"].x_high == 4


def test_cells_that_are_no_numbers_are_named_with_their_case():
    data = pd.DataFrame({"x": [1, "1,200", "about 5"], "y": [1, 2, 3]}, index=["Elm", "Oak", "Ash"])
    with pytest.raises(
        lc.InputError, match=r"'x' has cells that are no numbers .*: Oak \(1,200\), Ash \(about 5\)"
    ):
        lc.ceiling(data, "x", "y")


def test_shuffles_without_end_are_refused():
    data = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [1.0, 2.0, 3.0]})
    with pytest.raises(
        lc.InputError, match="permutations is 1000000000000; give a whole number from 0 to 10,000,000"
    ):
        lc.ceiling(data, "x", "y", permutations=10**12)


def test_only_the_cells_at_fault_are_named():
    data = pd.DataFrame({"x": ["1", "about 2", "3"], "y": [1.0, 2.0, 3.0]}, index=["a", "b", "c"])
    with pytest.raises(lc.InputError) as refused:
        lc.ceiling(data, "x", "y")
    assert "b (about 2)" in str(refused.value)
    assert "a (1)" not in str(refused.value)
    with pytest.raises(lc.InputError, match=r"a \(1\)"):
        lc.ceiling(data.assign(x=["1", "2", "3"]), "x", "y")
