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
    # Of two units one goes to the values of the other, and nothing is left to normalise.
    again = built("arithmetic").spec.replace(normalise={2: "minmax"})
    flat = build_index(built("arithmetic").normalised.iloc[:2], again)
    with pytest.raises(InputError, match=r"INDEX is not defined .*another baseline"):
        flat.contributions("w")
    with pytest.raises(UnknownNameError):
        built("arithmetic").contributions("best")
    with pytest.raises(InputError, match=r"v is no baseline.*b"):
        built("arithmetic", gaps=True).contributions("v")
    with pytest.raises(InputError, match="orders"):
        built("arithmetic").contributions(orders=1)
    with pytest.raises(InputError, match="level"):
        built("arithmetic").contributions().at(9)


DOUBT = ("benefit_of_the_doubt", {"lower": 0.0, "upper": 0.9})
DEPENDENT = [
    ("copeland", None),
    ({2: "geometric", 3: "copeland"}, None),
    ({2: "copeland", 3: "arithmetic"}, None),
    ({2: "arithmetic", 3: DOUBT}, None),
    ({2: ("benefit_of_the_doubt", {"lower": 0.0, "upper": 1.0}), 3: "arithmetic"}, None),
    ("arithmetic", {2: "minmax"}),
    ({2: "harmonic", 3: "arithmetic"}, {2: "rank"}),
]


def dependent(aggregate, normalise, gaps):
    result = built("arithmetic", gaps)
    return build_index(result.normalised, result.spec.replace(aggregate=aggregate, normalise=normalise))


def one_unit_at_a_time(result, units):
    """Every order, one after the other: one unit goes to its mean and back, the others stay."""
    values = result.normalised
    every = orders("INDEX")
    found = pd.DataFrame(0.0, units, values.columns)
    for unit in units:
        known = {}

        def score(inside, unit=unit, known=known):
            if inside not in known:
                now = values.copy()
                out = [c for c in values if c not in inside and not np.isnan(values.at[unit, c])]
                now.loc[unit, out] = values.mean()[out]
                known[inside] = aggregate_tree(now, TREE, result.weights, result.spec).at[unit, "INDEX"]
            return known[inside]

        for order in every:
            for k, leaf in enumerate(order):
                change = score(frozenset(order[: k + 1])) - score(frozenset(order[:k]))
                found.loc[unit, leaf] += change / len(every)
    return found.where(values.loc[units].notna())


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("number", range(len(DEPENDENT)))
def test_scores_that_depend_on_other_units_have_owen_values_too(number, gaps):
    """All orders are taken for the unit with a gap, where there is one, and for another one in turn."""
    result = dependent(*DEPENDENT[number], gaps)
    units = ["v", "w"][: 1 + number % 2] if gaps else list("vwxyz"[number % 5])
    found = result.contributions()
    assert (found.method, found.built) == ("owen", True)
    np.testing.assert_allclose(found.values.loc[units], one_unit_at_a_time(result, units), atol=1e-7)
    distance = result.scores["INDEX"] - found.baseline_scores
    np.testing.assert_allclose(found.values.sum(axis=1), distance, atol=1e-9)
    assert found.values.abs().sum().sum() > 0
    assert "the other units keep their values" in found.summary()
    assert "其他单位取值不变" in found.summary("zh")


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("aggregate", RECIPES)
def test_both_games_agree_where_units_stand_alone(aggregate, gaps, monkeypatch):
    result = built(aggregate, gaps)
    alone = result.contributions("median")
    monkeypatch.setattr(module, "_depends_on_others", lambda _: True)
    whole = result.contributions("median")
    assert (alone.built, whole.built) == (False, True)
    np.testing.assert_allclose(whole.values, alone.values, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(whole.baseline_scores, alone.baseline_scores, rtol=1e-12)


def test_drawn_orders_of_builds_come_near_and_say_how_near(monkeypatch):
    result = dependent("copeland", None, True)
    exact = result.contributions()
    monkeypatch.setattr(module, "EXACT_BUILT", 1)
    drawn = result.contributions(orders=300, seed=5)
    assert (drawn.method, drawn.built) == ("sampled", True)
    assert drawn.values.equals(result.contributions(orders=300, seed=5).values)
    assert (
        ((drawn.values - exact.values).abs() <= 5 * drawn.errors + 1e-9)
        .where(exact.values.notna(), True)
        .all(axis=None)
    )
    assert 0 < drawn.errors.max().max() < 1
    np.testing.assert_allclose(drawn.values.sum(axis=1), exact.values.sum(axis=1), atol=1e-9)


def test_table_and_words():
    found = built("arithmetic", gaps=True).contributions()
    assert list(found.table().columns) == ["unit", "code", "contribution", "error"]
    table = found.table().set_index(["unit", "code"])
    assert len(table) == 30
    assert table.at[("x", "c"), "contribution"] == found.values.at["x", "c"]
    assert table.loc[("v", "b")].isna().all()
    assert "baseline mean" in found.summary()
    assert found.to_dict()["summary"]["zh"]
