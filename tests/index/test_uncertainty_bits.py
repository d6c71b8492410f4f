"""A draw in which nothing varies is the plain build to the last bit, or both refuse for one reason."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learningcity.core import InputError
from learningcity.index import IndexSpec, Structure, build_index, uncertainty
from learningcity.index.methods import methods
from learningcity.index.uncertainty.counting import Counts

TREE = Structure.of({"INDEX": {"P": ["a", "b", "c"], "Q": ["d", "e"]}})
WEIGHTS = {"a": 2, "b": 1, "c": 3, "d": 0.1, "e": 0.2, "P": 2}
PARAMETERS = {"benefit_of_the_doubt": {"lower": 0.0, "upper": 1.0}, "generalised": {"p": -0.5}}
NAMES = tuple(methods("aggregate"))
CELLS = st.sampled_from([np.nan, 0.0, 0.0, 0.3, 1.0, 7.5, 60.0, 100.0, -4.0])


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=30, deadline=None)
@given(
    cells=st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=3, max_size=6),
    minimum=st.sampled_from([0.0, 0.3, 1 / 3, 0.5, 0.75, 1.0]),
    level=st.sampled_from([2, 3]),
)
def test_a_draw_of_any_aggregation_is_the_plain_build(name, cells, minimum, level):
    frame = pd.DataFrame(cells, index=[f"u{k}" for k in range(len(cells))], columns=list("abcde"))
    method = (name, {**PARAMETERS.get(name, {}), "minimum_available": minimum})
    scale = "mpi" if name == "mpi" else None
    spec = IndexSpec(TREE, normalise=scale, weights=WEIGHTS, aggregate={level: "arithmetic"})
    try:
        build_index(frame, spec)
    except InputError:
        return
    refused = None
    try:
        built = build_index(frame, spec.replace(aggregate={level: method}))
    except InputError as error:
        refused = error.text
    if refused is not None:
        with pytest.raises(InputError) as drawn:
            uncertainty(frame, spec, {"aggregate": {level: [method]}}, draws=2)
        assert refused.en in drawn.value.text.en
        assert refused.zh in drawn.value.text.zh
        return
    if built.scores["INDEX"].isna().all():
        return
    found = uncertainty(frame, spec, {"aggregate": {level: [method]}}, draws=2, keep=True)
    assert found.failed == 0
    for d in (0, 1):
        np.testing.assert_array_equal(found.kept["scores"].loc[d, built.scores.index], built.scores["INDEX"])


@pytest.mark.parametrize("name", ["geometric", "harmonic", "generalised"])
def test_a_zero_of_a_unit_that_has_too_little_refuses_nothing(name):
    frame = pd.DataFrame(
        {"a": [1.0, 0.0, 4.0], "b": [2.0, np.nan, 4.0], "c": [3.0, np.nan, 4.0]}, index=list("xyz")
    )
    tree = Structure.of({"INDEX": list("abc")})
    method = (name, {**PARAMETERS.get(name, {}), "minimum_available": 0.5})
    spec = IndexSpec(tree, normalise=None, aggregate=method)
    built = build_index(frame, spec).scores["INDEX"]
    assert np.isnan(built["y"])
    assert built["z"] == pytest.approx(4)
    drawn = uncertainty(frame, spec, {"aggregate": [method]}, draws=3, keep=True)
    np.testing.assert_array_equal(drawn.kept["scores"].loc[2], built)
    loose = (name, {**PARAMETERS.get(name, {}), "minimum_available": 0.2})
    with pytest.raises(InputError, match="INDEX"):
        build_index(frame, spec.replace(aggregate=loose))


@pytest.mark.parametrize("gone", ["a", "Q"])
def test_what_is_dropped_is_still_seen_by_the_steps_before(gone):
    frame = pd.DataFrame(np.random.default_rng(3).uniform(1, 9, (8, 5)), columns=list("abcde"))
    frame.index = [f"u{k}" for k in range(8)]
    frame.loc["u2", "b"] = frame.loc["u5", "e"] = np.nan
    spec = IndexSpec(TREE, impute=("knn", {"neighbours": 2}), weights=WEIGHTS)
    found = uncertainty(frame, spec, {"drop": [gone]}, draws=2, keep=True)
    without_weight = build_index(frame, spec.replace(weights={**WEIGHTS, gone: 0})).scores["INDEX"]
    np.testing.assert_array_equal(found.kept["scores"].loc[0], without_weight)
    kept = TREE.without([gone])
    own = {code: weight for code, weight in WEIGHTS.items() if code in kept.by_code}
    unseen = build_index(frame[list(kept.indicators)], spec.replace(structure=kept, weights=own))
    assert not np.array_equal(unseen.scores["INDEX"], without_weight)


def test_mean_and_spread_of_ranks_are_exact_beyond_a_thousand_units():
    draws, units = 7, 2500
    scores = np.random.default_rng(3).normal(size=(draws, units))
    scores[2, :40] = np.nan
    counts = Counts(units, False, 1)
    counts.add(scores[:4])
    counts.add(scores[4:])
    ranks = pd.DataFrame(-scores).rank(axis=1, method="min")
    mean, spread = counts.rank_moments()
    np.testing.assert_allclose(mean, ranks.mean())
    np.testing.assert_allclose(spread, ranks.std(ddof=0))


def test_the_summary_says_where_ranks_share_a_count():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(
        rng.uniform(size=(2500, 2)), index=[f"u{i}" for i in range(2500)], columns=["a", "b"]
    )
    spec = IndexSpec(Structure.of({"I": ["a", "b"]}))
    many = uncertainty(frame, spec, {"weights": {"noise": 0.2}}, draws=3)
    assert "3 neighbouring ranks share a count" in many.summary("en")
    assert "相邻3个名次合并计数" in many.summary("zh")
    few = uncertainty(frame.iloc[:50], spec, {"weights": {"noise": 0.2}}, draws=3)
    assert "share a count" not in few.summary("en")
