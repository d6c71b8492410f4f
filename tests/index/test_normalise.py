"""Normalisation: COINr as the outside truth, closed forms, properties, degenerate input."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learningcity.core import InputError
from learningcity.index.columns import normalise_column
from learningcity.index.methods import Choice, methods
from learningcity.index.structure import Node

REFERENCE = json.loads((Path(__file__).parent / "reference" / "composite.json").read_text())
TREATED = {k: np.array(v, dtype=float) for k, v in REFERENCE["treat"]["data"].items()}
DIRECTION = dict(zip(REFERENCE["indicators"], REFERENCE["direction"], strict=True))
ALL = tuple(methods("normalise"))
#: What the methods need that read the structure, wide enough for any values drawn here.
GIVEN = {"goalposts": {"lower": -1e4, "upper": 1e4}, "distance_to_target": {"target": 0.0},
         "distance_to_reference": {"reference": 0.0}}  # fmt: skip


def done(x, direction, name, **parameters):
    return normalise_column(np.asarray(x, dtype=float), Node("I", "T", 1, direction),
                            Choice.read("normalise", (name, parameters)))  # fmt: skip


@pytest.mark.parametrize(
    ("theirs", "name", "parameters"),
    [
        ("minmax_0_100", "minmax", {}),
        ("zscore_10_2", "zscore", {"mean": 10.0, "deviation": 2.0}),
        ("rank", "rank", {}),
        ("percentile_rank", "percentile_rank", {}),
        ("borda", "borda", {}),
        ("distance_to_max", "distance_to_max", {}),
    ],
)
def test_as_coinr(theirs, name, parameters):
    for code in REFERENCE["indicators"]:
        got = done(TREATED[code], DIRECTION[code], name, **parameters)
        np.testing.assert_allclose(got, REFERENCE["normalise"][theirs][code], rtol=1e-8, atol=1e-7)


def test_fraction_of_max_as_coinr_where_more_is_better():
    compared = 0
    for code in REFERENCE["indicators"]:
        got = done(TREATED[code], DIRECTION[code], "fraction_of_max")
        theirs = np.array(REFERENCE["normalise"]["fraction_of_max"][code])
        if DIRECTION[code] == 1:
            np.testing.assert_allclose(got, theirs, rtol=1e-8)
            compared += 1
        else:
            # COINr turns the sign and divides by the highest negative number: the worst unit then has
            # the highest score. A ratio to the leader (OECD & JRC 2008, distance to the leader) is the
            # lowest value over each where less is better.
            assert theirs.max() > 1
            assert theirs[np.argmax(TREATED[code])] == theirs.max()
            np.testing.assert_allclose(got, TREATED[code].min() / TREATED[code])
            assert got[np.argmin(TREATED[code])] == 1
    assert compared == 10


@pytest.mark.parametrize(
    ("name", "direction", "parameters", "expected"),
    [
        ("goalposts", 1, {"lower": 10, "upper": 30}, [0, 50, 100, 0]),
        ("goalposts", -1, {"lower": 10, "upper": 30, "scale": 1.0}, [1, 0.5, 0, 1]),
        ("goalposts", 1, {"lower": 10, "upper": 30, "clip": False, "scale": 1.0}, [0, 0.5, 1.5, -0.5]),
        ("distance_to_target", 1, {"target": 20}, [0.5, 1, 2, 0]),
        ("distance_to_target", 1, {"target": 20, "cap": True}, [0.5, 1, 1, 0]),
        ("distance_to_target", -1, {"target": 20}, [1.5, 1, 0, 2]),
        ("distance_to_reference", 1, {"reference": 20}, [0.5, 1, 2, 0]),
        ("distance_to_max", -1, {}, [0.75, 0.5, 0, 1]),
        ("rank", 1, {}, [2, 3, 4, 1]),
        ("borda", -1, {}, [2, 1, 0, 3]),
    ],
)
def test_by_hand(name, direction, parameters, expected):
    got = done([10, 20, 40, 0], direction, name, **parameters)
    np.testing.assert_allclose(got, expected)


@pytest.mark.parametrize("unit", [1e300, 1.0, 1e-300])
def test_zscores_do_not_depend_on_the_unit_however_odd(unit):
    np.testing.assert_allclose(done(np.array([1, 2, 3]) * unit, 1, "zscore"), [-1, 0, 1])


def test_ties_average_share_their_places():
    assert done([1, 2, 2, 3], 1, "rank", ties="average").tolist() == [1, 2.5, 2.5, 4]
    assert done([1, 2, 2, 3], 1, "rank").tolist() == [1, 2, 2, 4]


def test_needs_come_from_the_structure_unless_the_recipe_gives_them():
    node = Node("I", "T", 1, target=10.0)
    x = np.array([0.0, 5.0])
    plain, own = (
        Choice.read("normalise", c) for c in ("distance_to_target", ("distance_to_target", {"target": 5}))
    )
    assert normalise_column(x, node, plain).tolist() == [0, 0.5]
    assert normalise_column(x, node, own).tolist() == [0, 1]
    with pytest.raises(InputError, match="I: distance_to_target needs target"):
        normalise_column(x, Node("I", "T", 1), plain)


@pytest.mark.parametrize(
    ("x", "name", "direction", "parameters", "words"),
    [
        ([-1, 2], "fraction_of_max", 1, {}, "zero or more"),
        ([0, 2], "fraction_of_max", -1, {}, "above zero"),
        ([1, 2], "zscore", 1, {"deviation": 0}, "deviation"),
        ([1, 2], "goalposts", 1, {"lower": 3, "upper": 3}, "below"),
        ([1, 2], "distance_to_target", 1, {"target": 1}, "no better"),
        ([1, 2], "distance_to_reference", 1, {"reference": "U1"}, "number"),
        ([1, 2], "rank", 1, {"ties": "random"}, "ties"),
        ([-1e308, 1e308], "minmax", 1, {}, "range of numbers"),
    ],
)
def test_what_is_not_defined_names_the_code(x, name, direction, parameters, words):
    with pytest.raises(InputError, match=words) as caught:
        done(x, direction, name, **parameters)
    assert str(caught.value).startswith("I: ")
    assert "I：" in caught.value.text.zh


@pytest.mark.parametrize("x", [[3.0, 3.0, np.nan], [3.0]])
@pytest.mark.parametrize("name", [n for n in ALL if "flat" in methods("normalise")[n].parameters])
def test_a_flat_indicator_is_an_error_or_what_one_says(name, x):
    with pytest.raises(InputError, match="I: all values are equal"):
        done(x, 1, name)
    assert done(x, 1, name, flat=7)[0] == 7
    assert np.isnan(done(x, 1, name, flat=7)).tolist() == np.isnan(x).tolist()


@pytest.mark.parametrize("name", [n for n in ALL if n not in ("goalposts", "mpi")])
def test_no_value_at_all_is_an_error(name):
    # Goalposts look at each unit alone: nothing in, nothing out.
    with pytest.raises(InputError, match="I: there is no value"):
        done([np.nan, np.nan], 1, name, **GIVEN.get(name, {}))


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=40)
@given(
    x=st.lists(st.integers(1, 9999) | st.none(), min_size=2, max_size=30).filter(
        lambda v: len({i for i in v if i is not None}) > 1
    ),
    direction=st.sampled_from([1, -1]),
    random=st.randoms(use_true_random=False),
)
def test_properties(name, x, direction, random):
    x = np.array([np.nan if i is None else i for i in x], dtype=float)
    given_ = {k: v * direction if direction < 0 and k in ("target", "reference") else v
              for k, v in GIVEN.get(name, {}).items()}  # fmt: skip
    if name.startswith("distance_to_") and name != "distance_to_max":
        given_ = dict.fromkeys(given_, 20000.0 if direction > 0 else 0.0)
    y = done(x, direction, name, **given_)
    # Missing stays missing, and the order is kept.
    assert (np.isnan(y) == np.isnan(x)).all()
    there = ~np.isnan(x)
    order = np.argsort(x[there] * direction, kind="stable")
    assert (np.diff(y[there][order]) >= -1e-9).all()
    # Units may come in any order.
    shuffled = random.sample(range(len(x)), len(x))
    np.testing.assert_allclose(
        done(x[shuffled], direction, name, **given_), y[shuffled], rtol=1e-12, atol=1e-12
    )
    properties = methods("normalise")[name].properties
    if "scale free" in properties:
        np.testing.assert_allclose(done(x * 1000, direction, name, **given_), y, rtol=1e-9, atol=1e-9)
    if "shift free" in properties:
        np.testing.assert_allclose(done(x + 64, direction, name, **given_), y, rtol=1e-9, atol=1e-9)
    if "independent" in properties:
        alone = np.concatenate([done(x[[i]], direction, name, **given_) for i in range(len(x))])
        np.testing.assert_array_equal(alone, y)


def test_all_methods_of_the_design_are_there():
    named = ("minmax zscore rank percentile_rank borda goalposts distance_to_max distance_to_target "
             "distance_to_reference fraction_of_max")  # fmt: skip
    assert set(named.split()) <= set(ALL)
