"""Aggregation: against COINr 1.1.14, against hand-made and published cases, and by properties."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from learningcity.core import InputError
from learningcity.index.aggregate.benefit_of_the_doubt import benefit_of_the_doubt, best_shares
from learningcity.index.build import build_index
from learningcity.index.columns import NotDefinedError
from learningcity.index.compiled import PARAMETER, UNIT_WISE, kernel_of, node_value
from learningcity.index.methods import Choice, find, methods
from learningcity.index.normalise.mpi import mpi as standardise
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import Node, Structure

REFERENCE = json.loads((Path(__file__).parent / "reference" / "composite.json").read_text())
BOUNDS = {"benefit_of_the_doubt": {"lower": 0.1, "upper": 0.8}}

tables = arrays(
    np.float64,
    st.tuples(st.integers(2, 6), st.integers(2, 4)),
    elements=st.integers(1, 400).map(lambda i: i / 4),
)


def aggregate(name, x, w, **parameters):
    return find("aggregate", name).formula(
        np.asarray(x, dtype=float), np.asarray(w, dtype=float), **BOUNDS.get(name, {}), **parameters
    )


def reference_structure() -> Structure:
    ref = REFERENCE
    nodes = [
        Node(c, p, 1, d, w)
        for c, p, d, w in zip(ref["indicators"], ref["parent"], ref["direction"], ref["weight"], strict=True)
    ]
    level2 = ref["level2"]
    nodes += [
        Node(c, level2[c], 2, weight=w, kind="Aggregate")
        for c, w in zip(level2, ref["level2_weight"], strict=True)
    ]
    nodes += [Node(c, "INDEX", 3, kind="Aggregate") for c in ("S1", "S2")]
    return Structure((*nodes, Node("INDEX", None, 4, kind="Aggregate")))


def reference_frame(key) -> pd.DataFrame:
    return pd.DataFrame(key, index=REFERENCE["units"], dtype=float)


@pytest.mark.parametrize(
    ("key", "choice"),
    [
        ("arithmetic", "arithmetic"),
        ("geometric", "geometric"),
        ("harmonic", "harmonic"),
        ("generalised_p2", ("generalised", {"p": 2})),
    ],
)
def test_coinr_agrees_at_every_code(key, choice):
    spec = IndexSpec(reference_structure(), normalise=None, aggregate=choice)
    # The reference was normalised with the directions: here they must not count twice.
    tree = Structure(
        tuple(Node(n.code, n.parent, n.level, 1, n.weight, n.kind) for n in spec.structure.nodes)
    )
    spec = spec.replace(structure=tree)
    expected = reference_frame(REFERENCE["aggregate"][key])
    found = build_index(reference_frame(REFERENCE["normalised_1_100"]), spec).scores[expected.columns]
    # The file carries ten decimals, also of the values that went in.
    np.testing.assert_allclose(found, expected, rtol=1e-8)


def test_coinr_agrees_on_copeland():
    ref = REFERENCE["copeland"]
    x = reference_frame(REFERENCE["aggregate"]["arithmetic"])[ref["columns"]]
    assert aggregate("copeland", x, ref["weights"]).tolist() == ref["scores"]


def test_penalty_for_bottleneck_is_the_formula_of_the_paper():
    y = np.array([0.3, 0.9, 0.5])
    by_hand = np.mean([0.3, 0.3 + 1 - np.exp(-0.6), 0.3 + 1 - np.exp(-0.2)])
    assert aggregate("penalty_for_bottleneck", [y], [1, 1, 1], scale=1.0)[0] == pytest.approx(by_hand)
    # The same on another scale.
    assert aggregate("penalty_for_bottleneck", [100 * y], [1, 1, 1])[0] == pytest.approx(100 * by_hand)


def test_mazziotta_pareto_is_the_formula_of_the_paper():
    z = np.array([[92.0, 104.0, 110.0]])
    mean, sd = z.mean(), z.std()
    assert aggregate("mpi", z, [1, 1, 1])[0] == pytest.approx(mean - sd * sd / mean)
    assert aggregate("mpi", z, [1, 1, 1], sign=1)[0] == pytest.approx(mean + sd * sd / mean)
    with pytest.raises(NotDefinedError):
        aggregate("mpi", z, [1, 1, 1], sign=2)
    with pytest.raises(NotDefinedError):
        aggregate("mpi", -z, [1, 1, 1])


def test_mazziotta_pareto_brings_its_standardisation():
    x = np.array([1.0, 2.0, 6.0, np.nan])
    z = standardise(x, -1)
    assert np.nanmean(z) == pytest.approx(100)
    assert np.nanstd(z) == pytest.approx(10)
    assert z[0] > z[2]
    assert np.isnan(z[3])
    assert standardise(x, 1, adjusted=True)[:3].tolist() == [70, 82, 130]
    assert standardise(x, 1, adjusted=True, reference=2.0)[:3].tolist() == [88, 100, 148]
    assert standardise(x, -1, adjusted=True, reference=2.0)[:3].tolist() == [112, 100, 52]
    with pytest.raises(NotDefinedError):
        standardise(x, 1, reference=2.0)


def test_mazziotta_pareto_follows_only_that():
    tree = Structure.of({"INDEX": {"A": ["a", "b"], "B": ["c"]}})
    frame = pd.DataFrame({"a": [1.0, 2, 3], "b": [5.0, 1, 2], "c": [2.0, 2, 4]}, index=list("xyz"))
    with pytest.raises(InputError, match=r"A: .*own standardisation.*a, b"):
        build_index(frame, IndexSpec(tree, aggregate="mpi"))
    with pytest.raises(InputError, match=r"INDEX: .*A, B"):
        build_index(frame, IndexSpec(tree, normalise="mpi", aggregate={2: "geometric", 3: "mpi"}))
    spec = IndexSpec(tree, normalise={1: "mpi", 2: "minmax"}, aggregate={2: "arithmetic", 3: "mpi"})
    with pytest.raises(InputError, match=r"INDEX: .*A, B"):
        build_index(frame, spec)
    for spec in (
        IndexSpec(tree, normalise="mpi", aggregate="mpi"),
        IndexSpec(tree, normalise=("mpi", {"adjusted": True}), aggregate="mpi"),
        IndexSpec(tree, normalise={1: "minmax", 2: "mpi"}, aggregate={3: "mpi"}),
    ):
        assert build_index(frame, spec).scores["INDEX"].notna().all()


@pytest.mark.parametrize("name", ["geometric", "harmonic", "generalised", "benefit_of_the_doubt"])
@pytest.mark.parametrize("value", [0.0, -1.0])
def test_zero_and_negative_values_are_refused(name, value):
    with pytest.raises(NotDefinedError) as error:
        aggregate(name, [[value, 2.0], [3.0, 1.0]], [1, 1])
    assert "标准化" in error.value.reason.zh
    tree = Structure.of({"INDEX": ["a", "b"]})
    frame = pd.DataFrame({"a": [value, 3.0], "b": [2.0, 1.0]}, index=["x", "y"])
    with pytest.raises(InputError, match=r"INDEX \(from a, b\)"):
        build_index(frame, IndexSpec(tree, normalise=None, aggregate=(name, BOUNDS.get(name, {}))))


def test_zero_counts_where_the_mean_is_defined_and_where_it_has_no_weight():
    assert aggregate("generalised", [[0.0, 2.0]], [1, 1], p=0.5)[0] == pytest.approx(0.5)
    assert aggregate("generalised", [[0.0, 0.0]], [1, 1], p=2)[0] == 0
    assert aggregate("geometric", [[0.0, 2.0]], [0, 1])[0] == pytest.approx(2.0)
    assert aggregate("generalised", [[-1.0, 3.0]], [1, 1], p=1)[0] == 1
    with pytest.raises(NotDefinedError):
        aggregate("generalised", [[-1.0, 3.0]], [1, 1], p=2)
    with pytest.raises(NotDefinedError):
        aggregate("generalised", [[1.0, 3.0]], [1, 1], p=np.nan)
    with pytest.raises(NotDefinedError):
        aggregate("penalty_for_bottleneck", [[1.0, 3.0]], [1, 1], scale=0)


@pytest.mark.parametrize("name", ["arithmetic", "geometric", "harmonic", "generalised", "minimum", "mpi",
                                  "penalty_for_bottleneck"])  # fmt: skip
def test_missing_values_are_left_out_with_their_weight(name):
    x = np.array([[5.0, np.nan, 7.0], [np.nan, np.nan, np.nan], [np.nan, 8.0, np.nan]])
    found = aggregate(name, x, [1, 2, 3])
    assert found[0] == pytest.approx(aggregate(name, [[5.0, 7.0]], [1, 3])[0])
    assert np.isnan(found[1])
    assert found[2] == pytest.approx(8.0)
    strict = aggregate(name, x, [1, 2, 3], minimum_available=0.5)
    assert np.isnan(strict[1:]).all()
    assert strict[0] == found[0]


def test_copeland_with_missing_values():
    x = np.array([[1.0, np.nan], [2.0, 3.0], [np.nan, 4.0], [np.nan, np.nan]])
    # The first and the third share nothing: a tie.
    assert aggregate("copeland", x, [1, 1])[:3].tolist() == [-1, 0, 1]
    assert np.isnan(aggregate("copeland", x, [1, 1])[3])


def test_benefit_of_the_doubt_by_hand():
    x = [[4.0, 1.0], [1.0, 4.0], [2.0, 2.0], [4.0, 4.0]]
    # Dominated by the last unit: with no bounds each reaches its best child over the best of all.
    free = benefit_of_the_doubt(np.array(x), np.ones(2), lower=0, upper=1)
    np.testing.assert_allclose(free, [1, 1, 0.5, 1], atol=1e-9)
    # Equal shares: a sum of s at (4, 1) means weights s/8 and s/2, at which (4, 4) would reach 2.5 s.
    equal, shares = best_shares(np.array(x), np.ones(2), lower=0.5, upper=0.5)
    np.testing.assert_allclose(equal, [0.4, 0.4, 0.5, 1], atol=1e-9)
    np.testing.assert_allclose(shares, 0.5, atol=1e-9)
    # Between a quarter and three quarters: weights 3s/16 and s/4, at which (4, 4) reaches 1.75 s.
    some = benefit_of_the_doubt(np.array(x), np.ones(2), lower=0.25, upper=0.75)
    np.testing.assert_allclose(some, [1 / 1.75, 1 / 1.75, 0.5, 1], atol=1e-9)
    # The same bounds relative to equal weights.
    again = benefit_of_the_doubt(np.array(x), np.ones(2), lower=0.5, upper=1.5, relative=True)
    np.testing.assert_allclose(again, some, atol=1e-9)


def test_benefit_of_the_doubt_of_a_unit_with_fixed_shares_is_a_closed_form():
    x = np.random.default_rng(4).uniform(1, 9, (12, 3))
    shares = np.array([0.2, 0.3, 0.5])
    found = benefit_of_the_doubt(x, shares, lower=1, upper=1, relative=True)
    expected = [1 / max((shares * x[k] / x[u]).sum() for k in range(12)) for u in range(12)]
    np.testing.assert_allclose(found, expected, rtol=1e-8)


def test_benefit_of_the_doubt_needs_bounds_that_can_be_met():
    with pytest.raises(InputError, match="needs lower, upper"):
        Choice.read("aggregate", "benefit_of_the_doubt")
    for lower, upper in ((0.6, 0.9), (0.0, 0.4), (0.5, 0.2), (-0.1, 1)):
        with pytest.raises(NotDefinedError):
            benefit_of_the_doubt(np.ones((3, 2)), np.ones(2), lower=lower, upper=upper)
    x = np.array([[4.0, np.nan], [2.0, 3.0], [np.nan, np.nan]])
    found = benefit_of_the_doubt(x, np.ones(2), lower=0.1, upper=1)
    assert found[0] == 1
    assert np.isnan(found[2])
    with pytest.raises(NotDefinedError, match="1 values"):
        benefit_of_the_doubt(x, np.ones(2), lower=0.1, upper=0.9)


def test_the_compiled_code_knows_each_unit_wise_method():
    known = methods("aggregate")
    assert set(UNIT_WISE) | {"copeland", "benefit_of_the_doubt"} == set(known)
    rng = np.random.default_rng(0)
    x, w = rng.uniform(1, 9, 5), rng.uniform(1, 2, 5)
    for name in UNIT_WISE:
        choice = Choice.read("aggregate", name)
        code, p, _ = kernel_of(choice)
        assert node_value(code, p, x, w) == choice.method.formula(x[None], w)[0]
        assert not set(choice.parameters) - {"minimum_available", PARAMETER.get(name)}
    assert kernel_of(Choice.read("aggregate", "copeland")) is None


@settings(max_examples=30, deadline=None)
@given(tables, st.data())
@pytest.mark.parametrize("name", sorted(methods("aggregate")))
def test_claimed_properties_hold(name, x, data):
    claimed = find("aggregate", name).properties
    w = data.draw(arrays(np.float64, x.shape[1], elements=st.integers(1, 5).map(float)))
    base = aggregate(name, x, w)
    assert np.isfinite(base).all()
    # Neither the order of units nor that of children matters.
    units, children = data.draw(st.permutations(range(len(x)))), data.draw(st.permutations(range(x.shape[1])))
    np.testing.assert_allclose(aggregate(name, x[units], w), base[units], rtol=1e-7)
    np.testing.assert_allclose(aggregate(name, x[:, children], w[children]), base, rtol=1e-7)
    if "weights" in claimed:
        np.testing.assert_allclose(aggregate(name, x, 3 * w), base, rtol=1e-9)
    if "independent" in claimed:
        np.testing.assert_array_equal(aggregate(name, x[:1], w), base[:1])
    if "scale free" in claimed:
        factors = data.draw(arrays(np.float64, x.shape[1], elements=st.sampled_from([0.5, 2.0, 8.0])))
        np.testing.assert_allclose(aggregate(name, x * factors, w), base, rtol=1e-7)
    if "shift free" in claimed:
        np.testing.assert_allclose(aggregate(name, x + 16, w), base, rtol=1e-7)
    if "monotone" in claimed:
        higher = x.copy()
        higher[0, data.draw(st.integers(0, x.shape[1] - 1))] += data.draw(st.integers(1, 100))
        assert aggregate(name, higher, w)[0] >= base[0] - 1e-7 * abs(base[0])
    if "bounded" in claimed:
        low, high = (1 - len(x), len(x) - 1) if name == "copeland" else (0, 1)
        assert ((base >= low) & (base <= high)).all()


@settings(max_examples=100, deadline=None)
@given(tables)
def test_means_stand_in_their_order(x):
    w = np.ones(x.shape[1])
    low = aggregate("minimum", x, w)
    for name in ("harmonic", "geometric", "arithmetic"):
        found = aggregate(name, x, w)
        assert (found >= low - 1e-9).all()
        low = found
    assert (aggregate("generalised", x, w, p=3) >= low - 1e-9).all()
    np.testing.assert_allclose(aggregate("generalised", x, w, p=1), low, rtol=1e-12)
    np.testing.assert_allclose(aggregate("generalised", x, w, p=0), aggregate("geometric", x, w), rtol=1e-12)
    np.testing.assert_allclose(aggregate("generalised", x, w, p=-1), aggregate("harmonic", x, w), rtol=1e-12)


def test_what_is_not_claimed_does_fail():
    # The Mazziotta-Pareto index is not monotone: far up, balance costs more than the rise gains.
    low, high = aggregate("mpi", [[50.0, 50.0, 200.0], [50.0, 50.0, 400.0]], [1, 1, 1])
    assert high < low
    # A geometric mean is scale free only up to a factor.
    assert aggregate("geometric", [[2.0, 8.0]], [1, 1])[0] != aggregate("geometric", [[4.0, 8.0]], [1, 1])[0]


@pytest.mark.parametrize("given", ["much", None, float("inf"), float("nan"), True])
def test_parameters_that_are_no_numbers(given):
    for name, parameter in (("generalised", "p"), ("penalty_for_bottleneck", "scale")):
        with pytest.raises(NotDefinedError, match=parameter):
            aggregate(name, [[1.0, 2.0]], [1, 1], **{parameter: given})
    with pytest.raises(NotDefinedError, match="upper"):
        benefit_of_the_doubt(np.ones((3, 2)), np.ones(2), lower=0, upper=given)
