"""Gower's distance against cases computed by hand, brute force and its properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learningcity.core import InputError
from learningcity.explain.typology import gower

NA = float("nan")


def square(table, **more):
    return gower(table, **more).distances.to_numpy()


def test_mixed_columns_with_a_missing_cell_by_hand():
    table = pd.DataFrame(
        {
            "size": [10.0, 20.0, 30.0, NA],
            "region": ["east", "west", "east", "east"],
            "coast": [True, False, True, True],
        },
        index=list("abcd"),
    )
    found = gower(table)
    # a-b: 0.5, 1, 1 over 3; a-c: 1, 0, 0 over 3; b-c: 0.5, 1, 1; d has no size: 0 or 2 over 2.
    expected = [[0, 2.5 / 3, 1 / 3, 0], [2.5 / 3, 0, 2.5 / 3, 1], [1 / 3, 2.5 / 3, 0, 0], [0, 1, 0, 0]]
    assert found.distances.to_numpy() == pytest.approx(np.array(expected))
    assert found.columns == {"size": "numeric", "region": "categorical", "coast": "categorical"}
    assert found.common.loc["a", "d"] == pytest.approx(2 / 3)
    assert found.missing == 1


def test_categories_alone():
    table = pd.DataFrame({"x": list("aab"), "y": list("pqq"), "z": list("mmm")}, index=list("123"))
    found = gower(table)
    assert found.table()["distance"].tolist() == [0.5, 1.0, 0.5]
    assert list(found.left_out) == ["z"]
    assert "z is left out" in found.summary()


def test_ordered_levels_in_three_ways():
    # Ranks of 1 2 2 2 3: 1, 3, 3, 3, 5. Podani's formula 2: (2 - 0 - 1) / (4 - 0 - 0) = 1/4 from 1 to 2, 1 from 1 to 3.
    # His formula 3: 2/4 from 1 to 2. Levels: 1/2.
    table = pd.DataFrame({"x": [1, 2, 2, 2, 5]}, index=list("abcde"))
    kinds = {"x": "ordered"}
    podani = square(table, kinds=kinds)
    assert podani[0].tolist() == [0, 0.25, 0.25, 0.25, 1]
    assert podani[1].tolist() == [0.25, 0, 0, 0, 0.25]
    assert square(table, kinds=kinds, ordered="ranks")[0].tolist() == [0, 0.5, 0.5, 0.5, 1]
    assert square(table, kinds=kinds, ordered="levels")[0].tolist() == [0, 0.5, 0.5, 0.5, 1]
    assert square(table)[0].tolist() == [0, 0.25, 0.25, 0.25, 1]
    words = pd.Categorical(list("lmmmh"), list("lmh"), ordered=True)
    assert (square(pd.DataFrame({"x": words})) == podani).all()


def podani_by_formula(values, i, j):
    """Formula 2 as printed: ranks, and for each of them the number of cases that share it."""
    ranks = pd.Series(values).rank()
    shared = [int((ranks == r).sum()) for r in ranks]
    if values[i] == values[j]:
        return 0.0
    high, low = int(ranks.argmax()), int(ranks.argmin())
    part = abs(ranks[i] - ranks[j]) - (shared[i] - 1) / 2 - (shared[j] - 1) / 2
    return part / (ranks[high] - ranks[low] - (shared[high] - 1) / 2 - (shared[low] - 1) / 2)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 4), min_size=2, max_size=12).filter(lambda v: len(set(v)) > 1))
def test_ordered_equals_podanis_formula(values):
    found = square(pd.DataFrame({"x": values}), kinds={"x": "ordered"})
    expected = [[podani_by_formula(values, i, j) for j in range(len(values))] for i in range(len(values))]
    assert found == pytest.approx(np.array(expected))


def test_asymmetric_columns_skip_what_both_lack():
    table = pd.DataFrame({"p": [1, 1, 0, 0], "q": [0, 0, 0, 1], "r": [1, 0, 1, 1]}, index=list("abcd"))
    found = gower(table, kinds={"p": "asymmetric", "q": "asymmetric"})
    # a-b: p equal, q lacking in both, r different: 1/2. c-d: p lacking in both, q different, r equal: 1/2.
    assert found.distances.loc["a", "b"] == 0.5
    assert found.distances.loc["c", "d"] == 0.5
    assert found.distances.loc["a", "c"] == 0.5
    assert gower(table).distances.loc["a", "b"] == pytest.approx(1 / 3)


def test_weights_and_pairs_without_a_common_cell():
    table = pd.DataFrame({"x": [0.0, 1.0, 1.0, NA], "y": [0.0, 0.0, NA, 1.0]}, index=list("abcd"))
    found = gower(table, weights={"x": 3})
    assert found.distances.loc["a", "b"] == 0.75
    assert found.incomparable == (("c", "d"),)
    assert np.isnan(found.distances.loc["c", "d"])
    assert "c / d" in found.summary()
    assert "c / d" in found.summary("zh")
    assert list(gower(table, weights={"x": 0}).left_out) == ["x"]


@pytest.mark.parametrize("ends", [(-1.7e308, 1.7e308), (0.0, 5e-324), (1e16, 1e16 + 2)])
def test_extreme_numbers(ends):
    found = square(pd.DataFrame({"x": [*ends, ends[0]]}))
    assert found.tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]


FRAMES = st.integers(2, 8).flatmap(
    lambda n: st.fixed_dictionaries(
        {
            "number": st.lists(st.one_of(st.floats(-9, 9), st.just(NA)), min_size=n, max_size=n),
            "word": st.lists(st.sampled_from(["a", "b", None]), min_size=n, max_size=n),
            "level": st.lists(st.sampled_from([1, 2, 3]), min_size=n, max_size=n),
        }
    )
)


@settings(max_examples=150, deadline=None)
@given(FRAMES, st.randoms(use_true_random=False))
def test_properties(columns, random):
    table = pd.DataFrame(columns)
    if table.nunique().max() < 2:
        with pytest.raises(InputError, match="No column"):
            gower(table, kinds={"level": "ordered"})
        return
    found = gower(table, kinds={"level": "ordered"}).distances
    cells = found.to_numpy()
    known = cells[~np.isnan(cells)]
    assert ((known >= 0) & (known <= 1 + 1e-12)).all()
    assert np.array_equal(cells, cells.T, equal_nan=True)
    assert (np.diag(cells)[~np.isnan(np.diag(cells))] == 0).all()
    # The order of cases and columns, the unit and the names of categories change nothing.
    order = list(range(len(table)))
    random.shuffle(order)
    turned = table.iloc[order, ::-1].assign(word=lambda t: t["word"].map({"a": "zz", "b": "k"}))
    turned["number"] = turned["number"] * -8
    again = gower(turned, kinds={"level": "ordered"}).distances.loc[found.index, found.index]
    assert again.to_numpy() == pytest.approx(cells, nan_ok=True, abs=1e-9)


@pytest.mark.parametrize(
    ("table", "more", "told"),
    [
        ([1, 2], {}, "list"),
        (pd.DataFrame({"x": [1]}), {}, "at least two"),
        (pd.DataFrame({"x": [1, 1]}), {}, "x .all cases that have it"),
        (pd.DataFrame({"x": [NA, NA]}), {}, "x .no case has it"),
        (pd.DataFrame({"x": [1, "a"]}), {}, "neither all numbers"),
        (pd.DataFrame({"x": pd.to_datetime(["2020-01-01", "2021-01-01"])}), {}, "dates"),
        (pd.DataFrame({"x": [1, np.inf]}), {}, "infinite"),
        (pd.DataFrame({"x": [1, 2j]}), {}, "neither"),
        (pd.DataFrame({"x": [1, 10**400]}), {}, "neither"),
        (pd.DataFrame({"x": [[1], [2]]}), {}, "neither"),
        (pd.DataFrame({"x": [1, 2]}, index=["a", "a"]), {}, "twice: a"),
        (pd.DataFrame({"x": [1, 2]}, index=["a", None]), {}, "case, number: 2"),
        (pd.DataFrame({"x": [1, 2]}), {"kinds": {"x": "asymmetric"}}, "unlike: x"),
        (pd.DataFrame({"x": ["a", "b"]}), {"kinds": {"x": "ordered"}}, "no order"),
        (pd.DataFrame({"x": ["a", "b"]}), {"kinds": {"x": "numeric"}}, "Texts cannot be numeric.*: x"),
        (pd.DataFrame({"x": [1, 2]}), {"kinds": {"y": "ordered"}}, "'y'"),
        (pd.DataFrame({"x": [1, 2]}), {"kinds": {"x": "ordinal"}}, "ordered"),
        (pd.DataFrame({"x": [1, 2]}), {"weights": {"x": -1}}, "weight of x"),
        (pd.DataFrame({"x": [1, 2]}), {"ordered": "rank"}, "ranks"),
    ],
)
def test_what_cannot_be_compared_is_named(table, more, told):
    with pytest.raises(InputError, match=told) as error:
        gower(table, **more)
    assert error.value.in_("zh") != error.value.in_("en")
