"""Agreement coefficients against published examples, a second package and brute force."""

import math

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learningcity.core import InputError, alpha_interval, cohen_kappa, krippendorff_alpha, statistics

# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), section D: four observers, twelve
# units, missing values; the paper prints 0.743 (nominal), 0.815 (ordinal), 0.849 (interval).
NA = float("nan")
PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3],
    [NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA],
]


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example(level, alpha):
    assert round(krippendorff_alpha(PUBLISHED, level), 3) == alpha


@settings(max_examples=200, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda m: st.lists(
            st.lists(st.sampled_from([1.0, 2.0, 3.0, NA]), min_size=m, max_size=m), min_size=2, max_size=12
        )
    ),
    st.sampled_from(["nominal", "ordinal", "interval"]),
)
def test_the_second_package_gives_the_same(units, level):
    ratings = np.array(units).T
    paired = ratings[:, (~np.isnan(ratings)).sum(axis=0) > 1]
    values = np.unique(paired[~np.isnan(paired)])
    if len(values) < 2:
        assert math.isnan(krippendorff_alpha(paired, level))
        return
    other = krippendorff.alpha(reliability_data=paired, level_of_measurement=level)
    assert krippendorff_alpha(ratings, level) == pytest.approx(other, abs=1e-10)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30))
def test_kappa_is_symmetric_and_one_for_full_agreement(pairs):
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    one, other = cohen_kappa(first, second), cohen_kappa(second, first)
    assert one == pytest.approx(other, nan_ok=True)
    if len(set(first)) > 1:
        assert cohen_kappa(first, first) == pytest.approx(1)


def test_kappa_of_a_table_by_hand():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, by chance 0.5 (Cohen's formula).
    first = ["y"] * 25 + ["n"] * 25
    second = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert cohen_kappa(first, second) == pytest.approx((0.7 - 0.5) / 0.5)


def test_the_interval_draws_whole_clusters_and_is_seeded():
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 2, 60).astype(float)
    other = np.where(rng.random(60) < 0.9, truth, 1 - truth)
    cities = np.repeat(np.arange(12), 5)
    low, high, used = alpha_interval([truth, other], cities, draws=400, seed=3)
    assert low < krippendorff_alpha([truth, other]) < high
    assert used == 400
    assert alpha_interval([truth, other], cities, draws=400, seed=3) == (low, high, used)
    assert alpha_interval([truth, other], cities, draws=400, seed=4) != (low, high, used)
    doubled = alpha_interval(np.tile([truth, other], 2), np.tile(cities, 2), draws=400, seed=3)
    assert doubled[1] - doubled[0] == pytest.approx(high - low, rel=0.1)  # copies add no evidence


def test_an_interval_does_not_depend_on_how_many_draws_are_held_at_a_time(monkeypatch):
    cities = [k // 3 for k in range(len(PUBLISHED[0]))]
    asked = {"draws": 300, "seed": 3, "level": "interval"}
    whole = alpha_interval(PUBLISHED, cities, **asked)
    monkeypatch.setattr(statistics, "AT_A_TIME", 7)
    assert alpha_interval(PUBLISHED, cities, **asked) == pytest.approx(whole, rel=1e-12)
    assert whole[0] < whole[1]


def test_one_value_only_has_no_alpha():
    assert math.isnan(krippendorff_alpha([[1, 1], [1, 1]]))
    assert alpha_interval([[1, 1], [1, 1]], ["a", "b"], draws=10)[2] == 0


def test_bad_shapes_are_named():
    with pytest.raises(InputError, match="coders x units"):
        krippendorff_alpha([1, 2, 3])
    with pytest.raises(InputError, match="one cluster a unit"):
        alpha_interval([[1, 2], [1, 2]], ["a"])
