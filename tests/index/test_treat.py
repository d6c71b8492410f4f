"""Treatment of outliers: COINr and scipy as outside truths, cases by hand, properties."""

import json
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from learningcity.core import InputError
from learningcity.index.columns import Treatment, treat_column
from learningcity.index.methods import Choice, methods
from learningcity.index.structure import Node
from learningcity.index.treat.shape import is_outlying, kurtosis, made_positive, skewness

REFERENCE = json.loads((Path(__file__).parent / "reference" / "composite.json").read_text())
DATA = {k: np.array(v, dtype=float) for k, v in REFERENCE["data"].items()}
IMPUTED = {k: np.array(v, dtype=float) for k, v in REFERENCE["impute"]["median"].items()}
DETAILS = REFERENCE["treat"]["details"]
VALUES = st.lists(st.integers(-500, 500) | st.sampled_from([5000, -7000]), min_size=4, max_size=30)


def done(x, name, **parameters):
    return treat_column(
        np.asarray(x, dtype=float), Node("I", "T", 1), Choice.read("treat", (name, parameters))
    )


def test_skewness_and_kurtosis_as_coinr():
    for i, code in enumerate(REFERENCE["indicators"]):
        assert skewness(DATA[code]) == pytest.approx(REFERENCE["skew"][i], rel=1e-8)
        assert kurtosis(DATA[code]) == pytest.approx(REFERENCE["kurt"][i], rel=1e-8)


@given(VALUES.filter(lambda v: len(set(v)) > 1))
def test_skewness_and_kurtosis_as_scipy(x):
    x = np.array(x, dtype=float)
    assert skewness(x) == pytest.approx(scipy.stats.skew(x, bias=False), rel=1e-8, abs=1e-8)
    assert kurtosis(x) == pytest.approx(scipy.stats.kurtosis(x, bias=False), rel=1e-8, abs=1e-8)


def test_a_vector_without_a_shape_is_not_outlying():
    for x in ([1.0, 2.0], [3.0] * 6, [np.nan] * 5, [0.0] * 5):
        assert np.isnan(kurtosis(np.array(x)))
        assert not is_outlying(np.array(x), 0.0, 0.0)


def test_winsorise_as_coinr():
    moved = 0
    for i, code in enumerate(DETAILS["iCode"]):
        assert skewness(IMPUTED[code]) == pytest.approx(DETAILS["check_SkewKurt0.Skew"][i], rel=1e-8)
        assert kurtosis(IMPUTED[code]) == pytest.approx(DETAILS["check_SkewKurt0.Kurt"][i], rel=1e-8)
        y, treatment = done(IMPUTED[code], "winsorise")
        np.testing.assert_allclose(y, REFERENCE["treat"]["data"][code], rtol=1e-8)
        assert treatment.low + treatment.high == (DETAILS["winsorise.nwin"][i] or 0)
        if treatment.high:
            moved += 1
            assert skewness(y) == pytest.approx(DETAILS["check_SkewKurt1.Skew"][i], rel=1e-8)
            assert kurtosis(y) == pytest.approx(DETAILS["check_SkewKurt1.Kurt"][i], rel=1e-8)
    assert moved == 2


def test_winsorise_counts_the_points_that_it_moved():
    # The reference says 40, which is the length of the vector; none of its values was moved.
    x = REFERENCE["winsorise"]["x"]
    y, treatment = done(x, "winsorise")
    assert REFERENCE["winsorise"]["n_winsorised"] == len(x)
    assert (y.tolist(), treatment) == (REFERENCE["winsorise"]["treated"], Treatment())


def test_winsorise_draws_in_the_long_tail():
    high, below = [1, 2, 3, 2.5, 1.5, 90, np.nan], [-1, -2, -3, -2.5, -1.5, -90, np.nan]
    y, treatment = done(high, "winsorise")
    np.testing.assert_array_equal(y, [1, 2, 3, 2.5, 1.5, 3, np.nan])
    assert treatment == Treatment("winsorise", 0, 1)
    y, treatment = done(below, "winsorise")
    np.testing.assert_array_equal(y, [-1, -2, -3, -2.5, -1.5, -3, np.nan])
    assert treatment == Treatment("winsorise", 1, 0)


def test_winsorise_when_so_many_points_do_not_do():
    x = [*np.linspace(1, 2, 60), 50, 60, 70]
    log, treatment = done(x, "winsorise", points=1)
    np.testing.assert_allclose(log, np.log(made_positive(np.array(x))))
    assert treatment.method == "log"
    kept, treatment = done(x, "winsorise", points=1, otherwise=None)
    assert (kept.tolist(), treatment.method, treatment.note) == (x, "", "still outlying")
    moved, treatment = done(x, "winsorise", points=1, otherwise="moved")
    assert (max(moved), treatment.high, treatment.note) == (60, 1, "still outlying")
    _, treatment = done(x, "winsorise", points=1, otherwise="boxcox")
    assert treatment.note.startswith("lambda")


def test_winsorise_never_makes_an_indicator_flat():
    y, treatment = done([1, 1, 1, 1, 1, 1, 90], "winsorise", otherwise="moved")
    assert (max(y), treatment.note) == (90, "still outlying")


def test_log_by_hand():
    y, treatment = done([0, 1, 100], "log", always=True)
    np.testing.assert_allclose(y, np.log([1, 2, 101]))
    assert treatment == Treatment("log")
    y, treatment = done([0, -1, -100], "log", always=True)
    np.testing.assert_allclose(y, -np.log([1, 2, 101]))
    assert treatment.note == "mirrored"


def test_only_what_is_outlying_is_transformed():
    for name in methods("treat"):
        y, treatment = done([1, 2, 3, 4], name)
        assert (y.tolist(), treatment) == ([1, 2, 3, 4], Treatment())


@pytest.mark.parametrize("seed", range(5))
def test_boxcox_exponent_as_scipy(seed):
    x = np.random.default_rng(seed).lognormal(2.0, 0.8, 60)
    y, treatment = done(x, "boxcox", always=True)
    theirs, power = scipy.stats.boxcox(x)
    assert float(treatment.note.removeprefix("lambda = ")) == pytest.approx(power, abs=1e-5)
    np.testing.assert_allclose(y, theirs, rtol=1e-4)


@pytest.mark.parametrize(
    ("power", "expected"), [(0.0, np.log([1, 4, 9])), (2.0, [0, 7.5, 40]), (-1.0, [0, 0.75, 8 / 9])]
)
def test_boxcox_by_hand(power, expected):
    y, _ = done([1, 4, 9], "boxcox", exponent=power, always=True)
    np.testing.assert_allclose(y, expected, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "parameters", "words"),
    [
        ("winsorise", {"points": 2.5}, "points"),
        ("winsorise", {"otherwise": "delete"}, "otherwise"),
        ("winsorise", {"skewness": -1}, "limit"),
        ("log", {"kurtosis": "high"}, "limit"),
        ("boxcox", {"exponent": 400.0, "always": True}, "range of numbers"),
    ],
)
def test_parameters_that_are_none_name_the_code(name, parameters, words):
    with pytest.raises(InputError, match=words) as caught:
        done([1, 2, 3, 90], name, **parameters)
    assert str(caught.value).startswith("I: ")


@pytest.mark.parametrize("name", ["winsorise", "log", "boxcox"])
@settings(max_examples=50)
@given(x=VALUES, random=st.randoms(use_true_random=False))
def test_properties(name, x, random):
    x = np.array([np.nan, *x], dtype=float)
    before = x.copy()
    y, treatment = done(x, name)
    np.testing.assert_array_equal(x, before)
    assert (np.isnan(y) == np.isnan(x)).all()
    there = ~np.isnan(x)
    order = np.argsort(x[there], kind="stable")
    assert (np.diff(y[there][order]) >= 0).all()
    assert len(np.unique(y[there])) > 1 or len(np.unique(x[there])) == 1
    shuffled = random.sample(range(len(x)), len(x))
    np.testing.assert_allclose(done(x[shuffled], name)[0], y[shuffled], rtol=1e-6, atol=1e-6)
    if name == "winsorise" and treatment.method == "winsorise":
        assert treatment.low + treatment.high <= 5
        assert not is_outlying(y, 2.0, 3.5)
        np.testing.assert_allclose(done(x * 8, name)[0], y * 8)


@pytest.mark.parametrize("values", [[414, 481, 414, 414], [7, 7, 7, 34]])
def test_an_indicator_on_the_limit_is_judged_alike_in_every_order(values):
    from itertools import permutations

    found = {is_outlying(np.array(order, dtype=float), 2.0, 3.5) for order in permutations(values)}
    assert found == {False}  # one of four apart: the skewness is two
