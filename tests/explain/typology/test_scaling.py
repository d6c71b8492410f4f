"""Classical scaling against closed forms: points that gave the distances, a simplex, distances that are not straight."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learningcity as lc


def frame(values, names=None):
    values = np.asarray(values, dtype=float)
    names = names or [f"c{i}" for i in range(len(values))]
    return pd.DataFrame(values, index=names, columns=names)


def between(points):
    points = np.asarray(points, dtype=float)
    return np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))


def test_points_of_a_plane_come_back():
    points = np.random.default_rng(3).normal(size=(12, 2)) * [3, 1]
    found = lc.classical_scaling(frame(between(points)))
    assert found.share == pytest.approx(1)
    assert found.negative == 0
    assert found.correlation == pytest.approx(1)
    assert between(found.coordinates) == pytest.approx(between(points))
    assert found.shown.to_numpy() == pytest.approx(np.ones(12))
    # The axes are those of a principal component analysis of the points.
    scatter = np.linalg.eigvalsh(np.cov(points.T, ddof=0) * len(points))[::-1]
    assert found.eigenvalues[:2] == pytest.approx(tuple(scatter))
    assert found.eigenvalues[2:] == (0.0,) * 10


@pytest.mark.parametrize("n", [3, 4, 7])
def test_a_simplex_has_equal_axes(n):
    # All pairs one apart: n - 1 eigenvalues of 1/2, so that two axes show 2 / (n - 1).
    found = lc.classical_scaling(frame(1 - np.eye(n)))
    assert found.eigenvalues == pytest.approx((0.5,) * (n - 1) + (0.0,))
    assert found.share == pytest.approx(2 / (n - 1))
    assert found.shares == pytest.approx((1 / (n - 1),) * 2)


def test_four_cases_on_a_circle_of_steps_are_not_straight():
    # Steps along a square: 1, 2, 1. B = -J D^2 J / 2 is circulant with the row 3/4, 1/4, -5/4, 1/4, so that its
    # eigenvalues are 0, 2, -1, 2; two axes show 4 of 5, and 1 of 5 is negative.
    steps = [[0, 1, 2, 1], [1, 0, 1, 2], [2, 1, 0, 1], [1, 2, 1, 0]]
    found = lc.classical_scaling(frame(steps))
    assert found.eigenvalues == pytest.approx((2, 2, 0, -1))
    assert found.share == pytest.approx(0.8)
    assert found.negative == pytest.approx(0.2)
    assert found.shown.to_numpy() == pytest.approx(np.full(4, 0.8))
    three = lc.classical_scaling(frame(steps), 3)
    assert three.shares[2] == 0
    assert (three.coordinates["axis_3"] == 0).all()
    assert three.share == found.share


def test_what_a_case_shows_by_hand():
    # A long line and one case beside it: on one axis the case beside shows nothing of its own axis.
    points = np.array([[-3, 0], [3, 0], [0, 0], [0, 2], [0, -2]])
    one = lc.classical_scaling(frame(between(points)), 1)
    assert one.share == pytest.approx(18 / 26)
    assert one.shown.tolist() == pytest.approx([1, 1, 1, 0, 0])
    assert one.coordinates["axis_1"].tolist() == pytest.approx([3, -3, 0, 0, 0])


def test_cases_that_are_alike_share_a_point():
    found = lc.classical_scaling(frame(np.zeros((3, 3))))
    assert (found.coordinates == 0).all(axis=None)
    assert found.share == 1
    assert found.shares == (0.0, 0.0)
    assert found.correlation != found.correlation
    assert json.dumps(found.to_dict(), allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(3, 9).flatmap(
        lambda n: st.lists(st.floats(0, 1), min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2)
    ),
    st.sampled_from([1e-150, 1.0, 1e150]),
)
def test_any_distances(upper, unit):
    n = round((1 + (1 + 8 * len(upper)) ** 0.5) / 2)
    values = np.zeros((n, n))
    values[np.triu_indices(n, 1)] = np.array(upper).round(6) * unit
    values += values.T
    found = lc.classical_scaling(frame(values))
    assert 0 <= found.share <= 1
    assert 0 <= found.negative <= 1
    assert found.shown.between(0, 1).all()
    points = found.coordinates.to_numpy() / unit
    assert points.mean(axis=0) == pytest.approx(np.zeros(2), abs=1e-6)
    # The unit changes the unit alone.
    other = lc.classical_scaling(frame(values / unit * 2))
    assert other.shares == pytest.approx(found.shares, abs=1e-6)


def test_the_order_of_the_cases_does_not_matter():
    table = pd.DataFrame(np.random.default_rng(5).normal(size=(15, 4)), index=list("abcdefghijklmno"))
    table.columns = list("wxyz")
    one = lc.classical_scaling(lc.gower(table))
    moved = table.sample(frac=1, random_state=1)
    other = lc.classical_scaling(lc.gower(moved))
    assert other.coordinates.loc[table.index].to_numpy() == pytest.approx(one.coordinates.to_numpy())
    assert other.share == pytest.approx(one.share)


def test_it_takes_what_typology_gives_and_says_what_it_shows():
    table = pd.DataFrame({"x": [1, 2, 3, 11, 12, 13], "y": [5, 4, 5, 1, 1, 2]}, index=list("abcdef"))
    found = lc.typology(table, draws=0, shuffles=0)
    drawn = lc.classical_scaling(found)
    assert drawn.table().columns.tolist() == ["case", "axis_1", "axis_2", "shown"]
    assert drawn.table()["case"].tolist() == list("abcdef")
    assert f"{drawn.share:.0%}" in drawn.summary()
    assert f"{drawn.share:.0%}" in drawn.summary("zh")


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        (3, "frame"),
        (frame([[0]]), "two cases"),
        (pd.DataFrame(np.zeros((2, 2)), index=["a", "b"], columns=["b", "a"]), "same order"),
        (frame([[0, 1], [1, 0]], ["a", "a"]), "each once"),
        (frame([[0, 1], [2, 0]], ["x", "y"]), "x / y"),
        (frame([[0, float("nan")], [1, 0]], ["x", "y"]), "missing"),
        (frame([[0, -1], [-1, 0]]), "negative"),
        (frame([[1, 1], [1, 0]], ["odd", "even"]), "odd"),
        (frame([[0, 1], [1, 0]]).astype(object).replace(1.0, "far"), "numbers"),
    ],
)
def test_what_is_no_distance_is_refused(given_, told):
    with pytest.raises(lc.InputError, match=told):
        lc.classical_scaling(given_, 1)


@pytest.mark.parametrize("dimensions", [0, 3, 1.5, "2", True])
def test_axes_that_cannot_be(dimensions):
    with pytest.raises(lc.InputError, match="dimensions"):
        lc.classical_scaling(frame(1 - np.eye(3)), dimensions)
