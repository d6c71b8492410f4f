"""Calibration: parity with R QCA 3.25.1 (reference/qca.json), closed forms, properties, and bad input in words."""

import json
import math
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learningcity as lc
from learningcity import InputError, UnknownNameError

REFERENCE = json.loads((Path(__file__).parent / "reference" / "qca.json").read_text(encoding="utf-8"))[
    "calibration"
]
OUT, CROSSOVER, IN = REFERENCE["thresholds"]
BY_HAND = pd.Series([5.0, 10, 15, 20, 30, 40, 50], index=list("abcdefg"), name="RICH")


@pytest.mark.parametrize(
    ("key", "anchors", "options"),
    [
        ("direct_logistic_idm95", (OUT, CROSSOVER, IN), {}),
        ("direct_linear", (OUT, CROSSOVER, IN), {"shape": "linear"}),
        ("decreasing", (IN, CROSSOVER, OUT), {}),
        ("crisp", CROSSOVER, {"kind": "crisp"}),
    ],
)
def test_values_of_r(key, anchors, options):
    found = lc.calibrate(REFERENCE["raw"], anchors, **options)
    assert len(found.values) == len(REFERENCE[key]) == 25
    np.testing.assert_allclose(found.values, REFERENCE[key], rtol=0, atol=1e-8)


def test_every_key_of_the_reference_is_compared():
    assert set(REFERENCE) == {
        "raw", "thresholds", "direct_logistic_idm95", "direct_linear", "decreasing", "crisp",
    }  # fmt: skip


@pytest.mark.parametrize("full", [0.8, 0.95, 0.999])
def test_anchors_get_what_they_stand_for(full):
    found = lc.calibrate([10, 20, 40], (10, 20, 40), full=full)
    np.testing.assert_allclose(found.values, [1 - full, 0.5, full], atol=1e-12)


def test_linear_by_hand():
    found = lc.calibrate(BY_HAND, (10, 20, 40), shape="linear")
    assert found.values.tolist() == [0, 0, 0.25, 0.5, 0.75, 1, 1]
    bent = lc.calibrate(BY_HAND, (10, 20, 40), shape="linear", below=2, above=3)
    assert bent.values.tolist() == [0, 0, 0.125, 0.5, 1 - 0.125 / 2, 1, 1]


def test_members_in_the_middle_and_at_both_ends():
    x = list(range(11))
    middle = lc.calibrate(x, (1, 2, 3, 5, 6, 8))
    assert middle.values[[1, 2, 3, 5, 6, 8]].round(12).tolist() == [0.05, 0.5, 0.95, 0.95, 0.5, 0.05]
    names = {"in_low": 1, "crossover_low": 2, "out_low": 3, "out_high": 5, "crossover_high": 6, "in_high": 8}
    ends = lc.calibrate(x, names)
    np.testing.assert_allclose(ends.values, 1 - middle.values, atol=1e-12)
    peak = lc.calibrate(x, (1, 2, 4, 4, 6, 8), shape="linear")
    assert peak.values[[0, 1, 2, 4, 6, 8, 10]].tolist() == [0, 0, 0.5, 1, 0.5, 0, 0]


def test_names_of_anchors_as_in_r():
    assert lc.calibrate(BY_HAND, {"e": 10, "c": 20, "i": 40}).anchors == {
        "out": 10,
        "crossover": 20,
        "in": 40,
    }
    wanted = lc.calibrate(BY_HAND, (10, 20, 40)).values
    pd.testing.assert_series_equal(
        lc.calibrate(BY_HAND, {"in": 40, "out": 10, "crossover": 20}).values, wanted
    )


def test_multi_value_counts_the_cuts_reached():
    found = lc.calibrate(BY_HAND, (10, 30), "multi")
    assert found.values.tolist() == [0, 1, 1, 1, 2, 2, 2]
    assert found.halves == ()
    assert "No case has the value 1" in lc.calibrate([1, 9], (5, 6), "multi").summary()


def test_a_calibration_is_a_column():
    data = pd.DataFrame({"raw": BY_HAND})
    found = lc.calibrate(data["raw"], (10, 20, 40), name="RICH")
    assert data.assign(RICH=found)["RICH"].tolist() == found.values.tolist()
    data["RICH"] = found
    assert data["RICH"].dtype == float
    turned = data.iloc[::-1].assign(RICH=found.values)
    assert turned.loc["a", "RICH"] == found.values["a"]
    with pytest.raises(ValueError, match="Length"):
        data.iloc[:3].assign(RICH=found)


def test_the_result_keeps_how_it_came_about():
    found = lc.calibrate(BY_HAND, (10, 20, 40), full=0.9)
    told = found.to_dict()
    assert told["anchors"] == {"out": 10.0, "crossover": 20.0, "in": 40.0}
    assert told["options"] == {"shape": "logistic", "full": 0.9, "at_half": "keep"}
    assert told["name"] == "RICH"
    assert [r["side"] for r in told["table"]] == ["out", "out", "out", "half", "in", "in", "in"]
    assert json.loads(json.dumps(told)) == told
    with pytest.raises(AttributeError):
        found.name = "POOR"


def test_missing_values_stay_missing_and_are_said():
    found = lc.calibrate(pd.Series([10, None, 40, pd.NA], index=list("abcd"), dtype=object), (10, 20, 40))
    assert found.values.isna().tolist() == [False, True, False, True]
    assert found.missing == ("b", "d")
    assert "2 without a value stay missing (b, d)" in found.summary()
    assert "b、d" in found.summary("zh")
    assert list(found.table()["side"]) == ["out", "missing", "in", "missing"]


@pytest.mark.parametrize(
    ("rule", "value"), [("keep", 0.5), ("up", 0.501), ("down", 0.499), ("leave_out", math.nan)]
)
def test_cases_at_half_are_named_whatever_the_rule(rule, value):
    found = lc.calibrate(BY_HAND, (10, 20, 40), at_half=rule)
    assert found.halves == ("d",)
    assert found.values["d"] == value or (math.isnan(value) and math.isnan(found.values["d"]))
    assert "1 at exactly 0.5" in found.summary()
    assert found.missing == ()


def test_half_refused_with_names():
    with pytest.raises(InputError, match=r"0\.5 .*: d\."):
        lc.calibrate(BY_HAND, (10, 20, 40), at_half="refuse")


def test_rounding_alone_does_not_hide_a_half():
    assert lc.calibrate([0.1 + 0.2, 1], (0, 0.3, 1)).halves == ("0",)


def test_anchors_outside_of_the_data_are_noted():
    found = lc.calibrate([12, 15, 30], (10, 20, 40))
    assert sum("outside of the data" in n.en for n in found.notes) == 2
    assert not any("outside" in n.en for n in lc.calibrate(BY_HAND, (10, 20, 40)).notes)


def test_one_sided_and_skewed_sets_are_called_so():
    assert "Every case is in" in lc.calibrate([5, 6, 7], 4, "crisp").summary()
    assert "所有案例均不隶属于" in lc.calibrate([5, 6, 7], 9, "crisp").summary("zh")
    assert "skewed: 1 in, 9 out" in lc.calibrate(range(10), 9, "crisp").summary()
    assert "skewed" not in lc.calibrate(range(10), 8, "crisp").summary()


def test_indirect_is_near_its_groups_and_never_outside_of_0_to_1():
    x = np.linspace(1, 60, 60)
    found = lc.calibrate(x, (10, 20, 30, 40, 50), "indirect")
    groups = np.searchsorted([10, 20, 30, 40, 50], x, side="right") / 5
    assert np.abs(found.values - groups).max() < 0.15
    assert found.values.between(0, 1).all()
    assert found.options["groups"] == [9, 10, 10, 10, 10, 11]
    falling = lc.calibrate(x, (50, 40, 30, 20, 10), "indirect", degree=1)
    assert (np.diff(falling.values) < 0).all()


def test_indirect_meets_the_conditions_of_the_least_deviance():
    """A logit quasi-likelihood at its most has residuals at right angles to every column of the curve."""
    x = np.array(REFERENCE["raw"])
    found = lc.calibrate(x, (10, 15, 20, 30, 45), "indirect", powers=(0.5, 2))
    scores = np.searchsorted([10, 15, 20, 30, 45], x, side="right") / 5
    left = scores - found.values.to_numpy()
    for column in (np.ones(len(x)), x**0.5, x**2):
        assert abs(left @ column) < 1e-5 * abs(column).sum()


def test_indirect_with_one_power_agrees_with_a_plain_search():
    from scipy.optimize import minimize

    x = np.array(REFERENCE["raw"])
    scores = np.searchsorted([10, 15, 20, 30, 45], x, side="right") / 5

    def loss(beta):
        share = 1 / (1 + np.exp(-(beta[0] + beta[1] * x)))
        return -(scores * np.log(share) + (1 - scores) * np.log(1 - share)).sum()

    beta = minimize(
        loss, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-12, "fatol": 1e-14, "maxiter": 9999}
    ).x
    wanted = 1 / (1 + np.exp(-(beta[0] + beta[1] * x)))
    found = lc.calibrate(x, (10, 15, 20, 30, 45), "indirect", powers=(1,))
    np.testing.assert_allclose(found.values, wanted, atol=1e-5)


def test_indirect_takes_the_best_of_all_powers():
    x, anchors = REFERENCE["raw"], (10, 15, 20, 30, 45)
    best = lc.calibrate(x, anchors, "indirect").options["deviance"]
    powers = (-2, -1, -0.5, 0, 0.5, 1, 2, 3)
    every = [
        lc.calibrate(x, anchors, "indirect", powers=(a, b)).options["deviance"]
        for a in powers for b in powers if a <= b
    ]  # fmt: skip
    assert len(every) == 36
    assert best == pytest.approx(min(every), abs=1e-9)


def test_indirect_below_zero_and_curves_that_turn_back():
    shifted = lc.calibrate(np.arange(-30, 31), (-20, -10, 0, 10, 20), "indirect", degree=1)
    assert (np.diff(shifted.values) > 0).all()
    bent = lc.calibrate([1, 2, 3, 4, 50, 60, 61, 62], (2.5, 3.5, 55), "indirect", scores=(0, 0.5, 0.9, 1))
    turned = (np.diff(bent.values) < -1e-9).any()
    assert turned == any("turns back" in n.en for n in bent.notes)
    empty = lc.calibrate(range(1, 20), (4, 8, 12, 30), "indirect")
    assert any("No case lies in the groups 1" in n.en for n in empty.notes)


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3, unique=True).map(sorted),
    st.lists(st.floats(-1e7, 1e7), min_size=2, max_size=30),
    st.sampled_from(["logistic", "linear"]),
)
@settings(max_examples=150, deadline=None)
def test_membership_rises_lies_in_0_to_1_and_turns_round_with_the_anchors(anchors, x, shape):
    if np.diff(anchors).min() < 1e-3:
        return
    found = lc.calibrate(sorted(x), anchors, shape=shape).values.to_numpy()
    assert ((found >= 0) & (found <= 1)).all()
    assert (np.diff(found) >= 0).all()
    other = lc.calibrate(sorted(x), anchors[::-1], shape=shape).values.to_numpy()
    np.testing.assert_allclose(other, 1 - found, atol=1e-9)


@given(
    st.lists(st.floats(-1e150, 1e150), min_size=3, max_size=3, unique=True).map(sorted),
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=9),
    st.sampled_from(["logistic", "linear"]),
)
@settings(max_examples=150, deadline=None)
def test_no_anchors_and_values_give_less_than_a_number(anchors, x, shape):
    found = lc.calibrate(x, anchors, shape=shape).values
    assert found.between(0, 1).all()


@given(st.floats(0.01, 100), st.floats(-50, 50))
@settings(max_examples=60, deadline=None)
def test_units_do_not_matter(scale, shift):
    x, anchors = np.array(REFERENCE["raw"]), np.array([OUT, CROSSOVER, IN])
    moved = lc.calibrate(x * scale + shift, anchors * scale + shift)
    np.testing.assert_allclose(moved.values, lc.calibrate(x, anchors).values, atol=1e-6)


@pytest.mark.parametrize(
    ("anchors", "kind", "said"),
    [
        ((10, 40, 20), "fuzzy", "out of order .*full non-membership 10, crossover 40, full membership 20"),
        ((10, 10, 20), "fuzzy", "full non-membership and crossover are both 10"),
        ((10, 20), "fuzzy", "3 anchors .* not 2"),
        ((1, 2, 3, 5, 6), "fuzzy", "not 5"),
        ((8, 6, 5, 3, 2, 1), "fuzzy", "out of order"),
        ((1, 2, 3, 5, 5, 6), "fuzzy", "are both 5"),
        ((10, "20", 40), "fuzzy", "'20' is no finite number"),
        ((10, None, 40), "fuzzy", "None is no finite number"),
        ((10, float("nan"), 40), "fuzzy", "no finite number"),
        ((10, float("inf"), 40), "fuzzy", "no finite number"),
        ((10, True, 40), "fuzzy", "no finite number"),
        ((10, 10**400, 40), "fuzzy", "no finite number"),
        ("abc", "fuzzy", "give numbers"),
        (None, "fuzzy", "give numbers"),
        ({10, 20, 40}, "fuzzy", "give numbers"),
        ({"out": 1, "middle": 2, "in": 3}, "fuzzy", "named out, middle, in"),
        ({"out": 1, "e": 2, "c": 2, "in": 3}, "fuzzy", "named out, e, c, in"),
        ({"cut": 1}, "crisp", "numbers in order"),
        ((1, 2), "crisp", "1 anchor, not 2"),
        ((2,), "multi", "2 to 63 anchors, not 1"),
        ((3, 2), "multi", "out of order"),
        ((3, 3), "multi", "both 3"),
        ((), "indirect", "not 0"),
        ((1, 3, 2), "indirect", "out of order"),
    ],
)
def test_bad_anchors_are_refused_in_words(anchors, kind, said):
    with pytest.raises(InputError, match=said) as raised:
        lc.calibrate(BY_HAND, anchors, kind)
    assert raised.value.in_("zh") != raised.value.in_("en")


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (pd.Series([1, "two", 3], index=list("abc")), "no numbers: b: 'two'"),
        ([1, math.inf, 3], "Infinite values: 1"),
        ([1, Decimal("1e999")], "Infinite values: 1"),
        ([1, 2 + 1j], "no numbers: 1"),
        ([None, math.nan], "no value"),
        ([], "no value"),
        ("abc", "x is str"),
        (7, "x is int"),
        (None, "x is NoneType"),
        ({"a": 1}, "x is dict"),
        (pd.DataFrame({"a": [1]}), "x is DataFrame"),
        (np.ones((2, 2)), "one dimension"),
        (pd.Series([1, 2, 3], index=list("aab")), "occur twice: a"),
        (pd.Series([1, 2], index=pd.MultiIndex.from_tuples([(1, 2), (1, 3)])), "several levels"),
        (pd.Series([pd.Timestamp("2020-01-01"), 2]), "no numbers: 0"),
    ],
)
def test_bad_values_are_refused_in_words(x, said):
    with pytest.raises(InputError, match=said):
        lc.calibrate(x, (10, 20, 40))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"full": 0.5}, "more than 0.5 and less than 1"),
        ({"full": 1}, "less than 1"),
        ({"full": True}, "full is True"),
        ({"shape": "linear", "below": 0}, "more than 0"),
        ({"shape": "linear", "above": "much"}, "more than 0"),
        ({"kind": "indirect", "degree": 3}, "it is 1 or 2"),
        ({"kind": "indirect", "degree": 0}, "at least 1"),
        ({"kind": "indirect", "scores": (0, 1)}, "4 rising numbers"),
        ({"kind": "indirect", "scores": (0, 0.6, 0.4, 1)}, "4 rising numbers"),
        ({"kind": "indirect", "scores": (0, 0.2, 0.4, 1.2)}, "4 rising numbers"),
        ({"kind": "indirect", "scores": "abcd"}, "4 rising numbers"),
        ({"kind": "indirect", "powers": ()}, "one or two numbers"),
        ({"kind": "indirect", "powers": (1, 2, 3)}, "one or two numbers"),
        ({"kind": "indirect", "powers": (99,)}, "one or two numbers"),
    ],
)
def test_bad_options_are_refused_in_words(options, said):
    with pytest.raises(InputError, match=said):
        lc.calibrate(BY_HAND, (10, 20, 40), **options)


@pytest.mark.parametrize("options", [{"kind": "fuzy"}, {"shape": "logistics"}, {"at_half": "ignore"}])
def test_unknown_words(options):
    with pytest.raises(UnknownNameError):
        lc.calibrate(BY_HAND, (10, 20, 40), **options)


def test_groups_without_overlap_have_no_curve():
    with pytest.raises(InputError, match="No curve can be fitted"):
        lc.calibrate([1, 2, 3, 10, 11, 12], (5, 6), "indirect", scores=(0, 0.5, 1))
    with pytest.raises(InputError, match="No curve can be fitted"):
        lc.calibrate([3, 3, 3], (1, 5), "indirect")


def test_numbers_of_every_kind():
    x = pd.Series([1, 2.5, Decimal("3"), np.float32(4), np.int8(5), True, np.bool_(False)], dtype=object)
    assert lc.calibrate(x, 2.5, "crisp").values.tolist() == [0, 1, 1, 1, 1, 0, 0]
    again = lc.calibrate(lc.calibrate(BY_HAND, 20, "crisp"), (10, 20, 40))
    pd.testing.assert_series_equal(again.values, lc.calibrate(BY_HAND, (10, 20, 40)).values)
