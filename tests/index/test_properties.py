"""Properties of whole indices: what must not matter does not, whatever the recipe.

The claims of each method are tested beside the method (test_normalise, test_aggregate, ...); here the
steps are joined.
"""

import numpy as np
import pandas as pd
import pytest

import learningcity as lc
from learningcity.index.methods import PROPERTIES, STEPS, find, methods

TREE = {"INDEX": {"P": ["a", "b", "c"], "Q": ["d", "e"]}}
#: What makes each pair of normalisation and aggregation defined: values above zero.
NORMALISE = [
    ("minmax", {"lower": 1.0, "upper": 100.0}),
    ("zscore", {"mean": 10.0, "deviation": 1.0}),
    "rank",
    "percentile_rank",
    "fraction_of_max",
]
AGGREGATE = ["arithmetic", "geometric", "harmonic", "generalised", "copeland", "minimum"]
PAIRS = [
    (n, a)
    for n in NORMALISE
    for a in AGGREGATE
    # The lowest percentile rank is zero, where these means are not defined.
    if not (n == "percentile_rank" and a in ("geometric", "harmonic", "generalised"))
]


def table(seed, units=9):
    rng = np.random.default_rng(seed)
    values = np.column_stack([rng.normal(50, 5, (units, 3)), rng.lognormal(3, 0.5, (units, 2))])
    return pd.DataFrame(values, index=[f"u{i}" for i in range(units)], columns=list("abcde"))


def spec(normalise, aggregate, tree=None, **options):
    structure = lc.Structure.of(tree or TREE, {"c": -1 if normalise != "fraction_of_max" else 1})
    structure = structure.reweighted({"a": 2.0, "d": 3.0, "P": 1.5})
    return lc.IndexSpec(structure, normalise=normalise, aggregate=aggregate, **options)


def same(one, two):
    pd.testing.assert_frame_equal(two.scores.loc[one.scores.index, one.scores.columns], one.scores, rtol=1e-9)
    pd.testing.assert_frame_equal(two.ranks.loc[one.ranks.index, one.ranks.columns], one.ranks)


@pytest.mark.parametrize(("normalise", "aggregate"), PAIRS)
def test_the_order_of_units_and_indicators_does_not_matter(normalise, aggregate):
    frame = table(1)
    rng = np.random.default_rng(2)
    whole = lc.build_index(frame, spec(normalise, aggregate))
    mixed = frame.loc[rng.permutation(frame.index), rng.permutation(frame.columns)]
    same(whole, lc.build_index(mixed, spec(normalise, aggregate)))
    turned = {"INDEX": {"Q": ["e", "d"], "P": ["c", "a", "b"]}}
    same(whole, lc.build_index(frame, spec(normalise, aggregate, turned)))


@pytest.mark.parametrize(("normalise", "aggregate"), PAIRS)
def test_units_of_measurement_do_not_matter(normalise, aggregate):
    frame = table(3)
    name = normalise if isinstance(normalise, str) else normalise[0]
    assert "scale free" in find("normalise", name).properties
    whole = lc.build_index(frame, spec(normalise, aggregate, treat="winsorise"))
    scaled = frame * [1000.0, 0.01, 1.0, 7.0, 1e6]
    same(whole, lc.build_index(scaled, spec(normalise, aggregate, treat="winsorise")))


@pytest.mark.parametrize(("normalise", "aggregate"), PAIRS)
def test_only_proportions_of_weights_count(normalise, aggregate):
    frame = table(4)
    weights = {"a": 2, "b": 1, "c": 1, "d": 3, "e": 1, "P": 1.5, "Q": 1}
    tenfold = {c: w * (10 if c in "abc" else 0.1) for c, w in weights.items()}
    one = lc.build_index(frame, spec(normalise, aggregate, weights=weights))
    same(one, lc.build_index(frame, spec(normalise, aggregate, weights=tenfold)))
    same(one, lc.build_index(frame, spec(normalise, aggregate)))


@pytest.mark.parametrize("aggregate", AGGREGATE)
def test_a_unit_that_is_best_in_everything_is_first(aggregate):
    frame = table(5)
    better = frame.max() + 1
    better["c"] = frame["c"].min() - 1
    frame.loc["best"] = better
    ranks = lc.build_index(frame, spec(("minmax", {"lower": 1.0}), aggregate)).ranks
    assert (ranks.loc["best"] == 1).all()


@pytest.mark.parametrize("aggregate", AGGREGATE)
def test_twins_share_score_and_rank(aggregate):
    frame = table(6)
    frame.loc["twin"] = frame.loc["u4"]
    built = lc.build_index(frame, spec(("minmax", {"lower": 1.0}), aggregate))
    np.testing.assert_allclose(built.scores.loc["twin"], built.scores.loc["u4"], rtol=1e-12)
    assert (built.ranks.loc["twin"] == built.ranks.loc["u4"]).all()


def test_every_claim_is_one_that_has_a_meaning():
    claims = [(s, n, p) for s in STEPS for n, m in methods(s).items() for p in m.properties]
    assert len(claims) > 20
    assert {p for _, _, p in claims} <= set(PROPERTIES)
