"""Contributions: against all orders taken one by one, against the closed form, and by properties."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest

from learningcity.core import InputError, UnknownNameError
from learningcity.index import contributions as module
from learningcity.index.build import aggregate_tree, build_index
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import Structure

TREE = Structure.of({"INDEX": {"A": ["a", "b", "c"], "B": ["d", "e"], "C": ["f"]}})
WEIGHTS = {"a": 2, "b": 1, "c": 3, "A": 2, "C": 0.5}
RECIPES = [
    "geometric",
    {2: "geometric", 3: "arithmetic"},
    {2: "arithmetic", 3: "harmonic"},
    {2: "minimum", 3: ("generalised", {"p": 2})},
    {2: "penalty_for_bottleneck", 3: "geometric"},
]


def built(aggregate, gaps=False):
    values = pd.DataFrame(np.random.default_rng(1).uniform(1, 99, (5, 6)), list("vwxyz"), list("abcdef"))
    if gaps:
        values.loc["v", "b"] = values.loc["w", ["d", "e"]] = np.nan
    return build_index(values, IndexSpec(TREE, normalise=None, weights=WEIGHTS, aggregate=aggregate))


def orders(code):
    children = TREE.children(code)
    if not children:
        return [(code,)]
    return [
        tuple(leaf for part in parts for leaf in part)
        for order in permutations(children)
        for parts in product(*(orders(c) for c in order))
    ]


def by_all_orders(result):
    """Every order in which siblings stay together, one after the other."""
    values = result.normalised
    base = values.copy()
    base.loc[:] = np.where(values.isna(), np.nan, values.mean())
    every = orders("INDEX")
    found = pd.DataFrame(0.0, values.index, values.columns)
    for order in every:
        now = base.copy()
        before = aggregate_tree(now, TREE, result.weights, result.spec)["INDEX"]
        for leaf in order:
            now[leaf] = values[leaf]
            after = aggregate_tree(now, TREE, result.weights, result.spec)["INDEX"]
            found[leaf] += (after - before) / len(every)
            before = after
    return found.where(values.notna())


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("aggregate", RECIPES)
def test_owen_values_are_those_of_all_orders(aggregate, gaps):
    result = built(aggregate, gaps)
    found = result.contributions()
    assert found.method == "owen"
    assert len(orders("INDEX")) == 72
    np.testing.assert_allclose(found.values, by_all_orders(result), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("aggregate", ["arithmetic", *RECIPES])
@pytest.mark.parametrize("baseline", ["mean", "median", "lowest", "x"])
def test_rows_sum_to_the_distance_from_the_baseline(aggregate, baseline, gaps):
    result = built(aggregate, gaps)
    found = result.contributions(baseline)
    distance = result.scores["INDEX"] - found.baseline_scores
    np.testing.assert_allclose(found.values.sum(axis=1), distance, atol=1e-9)
    np.testing.assert_allclose(found.at(2).sum(axis=1), distance, atol=1e-9)
    assert found.at(1).equals(found.values)
    np.testing.assert_array_equal(found.values.isna(), result.normalised.isna())
    if baseline == "x":
        np.testing.assert_allclose(found.values.loc["x"], 0, atol=1e-9)


def test_means_have_a_closed_form():
    result = built("arithmetic")
    effective = pd.Series(TREE.effective_weights(result.weights))[list("abcdef")]
    expected = (result.normalised - result.normalised.mean()) * effective
    found = result.contributions()
    assert found.method == "additive"
    np.testing.assert_allclose(found.values, expected, atol=1e-10)
    assert not found.errors.to_numpy().any()


def test_drawn_orders_come_near_and_say_how_near(monkeypatch):
    result = built("geometric")
    exact = result.contributions()
    monkeypatch.setattr(module, "EXACT", 1)
    drawn = result.contributions(orders=400, seed=3)
    assert drawn.method == "sampled"
    assert drawn.values.equals(result.contributions(orders=400, seed=3).values)
    off = (drawn.values - exact.values).abs()
    assert (off <= 5 * drawn.errors + 1e-9).all().all()
    assert 0 < drawn.errors.max().max() < 2
    assert "standard error" in drawn.summary()
    assert "标准误" in drawn.summary("zh")


def test_fifteen_siblings_are_exact_and_twenty_are_drawn():
    for n, method in ((15, "owen"), (20, "sampled")):
        codes = [f"i{j}" for j in range(n)]
        values = pd.DataFrame(np.random.default_rng(n).uniform(1, 9, (3, n)), columns=codes)
        spec = IndexSpec(Structure.of({"INDEX": codes}), normalise=None, aggregate="geometric")
        found = build_index(values, spec).contributions(orders=20)
        assert found.method == method
        distance = build_index(values, spec).scores["INDEX"] - found.baseline_scores
        np.testing.assert_allclose(found.values.sum(axis=1), distance.to_numpy(), atol=1e-9)


def test_what_cannot_be_told_apart_is_said():
    with pytest.raises(InputError, match=r"INDEX: copeland"):
        built({3: "copeland"}).contributions()
    spec = built("arithmetic").spec.replace(normalise={2: "minmax"})
    with pytest.raises(InputError, match=r"INDEX: .*normalised again"):
        build_index(built("arithmetic").normalised, spec).contributions()
    with pytest.raises(UnknownNameError):
        built("arithmetic").contributions("best")
    with pytest.raises(InputError, match=r"v is no baseline.*b"):
        built("arithmetic", gaps=True).contributions("v")
    with pytest.raises(InputError, match="orders"):
        built("arithmetic").contributions(orders=1)
    with pytest.raises(InputError, match="level"):
        built("arithmetic").contributions().at(9)


def test_table_and_words():
    found = built("arithmetic", gaps=True).contributions()
    assert list(found.table().columns) == ["unit", "code", "contribution", "error"]
    table = found.table().set_index(["unit", "code"])
    assert len(table) == 30
    assert table.at[("x", "c"), "contribution"] == found.values.at["x", "c"]
    assert table.loc[("v", "b")].isna().all()
    assert "baseline mean" in found.summary()
    assert found.to_dict()["summary"]["zh"]
