"""How far chance explains what was not seen: against scipy and against counts from the tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, hypergeom

import learningcity as lc
from learningcity.plan import surprises
from learningcity.plan.surprise import adjusted


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_adjusted_p_values_are_those_of_scipy(p):
    np.testing.assert_allclose(adjusted(p), false_discovery_control(p, method="bh"), atol=1e-12)


@pytest.mark.parametrize("city", ["ningbo", "cork"])
def test_p_is_the_hypergeometric_probability_of_none(city):
    atlas = lc.load_atlas()
    found = surprises(atlas, [city])
    scores = atlas.conditions(coder="A")
    codes = atlas.codes[atlas.codes["coder"] == "A"].merge(
        atlas.practices[["practice_id", "city_id"]], on="practice_id"
    )
    codes = codes[
        (codes["stance"] == "done")
        & (codes["level"] == "own")
        & codes["subject"].isin(["learning", "education"])
    ]
    pool = codes[codes["city_id"].isin(atlas.first_award) & (codes["city_id"] != city)]
    drawn = int((codes["city_id"] == city).sum())
    checked = 0
    for row in found[found["kind"] == "mechanism"].to_dict("records"):
        carrying = int(((pool["mechanism"] == row["code"]) | (pool["mechanism_2"] == row["code"])).sum())
        seen = scores.loc[city].notna()[row["code"]]
        expected = 1.0 if seen else hypergeom.pmf(0, len(pool), carrying, drawn)
        assert row["p_A"] == pytest.approx(expected)
        checked += not seen
    assert checked
    assert (found["q_A"] >= found["p_A"] - 1e-12).all()
