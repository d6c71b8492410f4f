"""Distances of backgrounds against brute force and closed forms, and their properties."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learningcity.core import Text
from learningcity.plan.distance import apart, pair_differences, spreads, staying
from learningcity.plan.figures import REGION, Figure

FIGURES = (
    Figure("population", "city", 3.0, True, Text("Population", "人口"), "persons"),
    Figure("share", "city", 2.0, False, Text("Share", "比重"), "percent"),
    Figure("country_income", "context", 1.5, True, Text("Income", "收入"), "USD"),
    Figure(REGION, "context", 1.0, False, Text("Region", "地区")),
)
cells = st.one_of(st.just(float("nan")), st.floats(1, 1e7))
cities = st.lists(
    st.tuples(cells, cells, cells, st.sampled_from(["APA", "ENA", None])), min_size=2, max_size=12
)


def frame_of(rows):
    index = pd.Index([f"c{i:02}" for i in range(len(rows))], name="city_id")
    frame = pd.DataFrame(rows, columns=[f.name for f in FIGURES], index=index)
    return frame.astype({f.name: float for f in FIGURES if f.name != REGION}).astype({REGION: object})


def by_hand(one, other, scale):
    """The distance and its coverage in the plainest words."""
    total = whole = 0.0
    for f in FIGURES:
        a, b = one[f.name], other[f.name]
        if f.name not in scale or pd.isna(a) or pd.isna(b):
            continue
        if f.name == REGION:
            gap = 0.0 if a == b else 1.0
        else:
            gap = abs(math.log(a) - math.log(b)) if f.log else abs(a - b)
            gap = min(gap / scale[f.name], 1.0)
        total += f.weight * gap
        whole += f.weight
    return (total / whole if whole else float("nan")), whole / sum(f.weight for f in FIGURES)


@given(cities)
def test_distance_and_coverage_are_those_of_brute_force_and_symmetric(rows):
    frame = frame_of(rows)
    scale = spreads(frame, FIGURES)
    matrix = np.array([apart(row, frame, FIGURES, scale).mean() for row in frame.to_dict("records")])
    for _i, one in enumerate(frame.to_dict("records")):
        found = apart(one, frame, FIGURES, scale)
        for j, other in enumerate(frame.to_dict("records")):
            distance, coverage = by_hand(one, other, scale)
            assert found.mean()[j] == pytest.approx(distance, nan_ok=True, abs=1e-12)
            assert found.coverage()[j] == pytest.approx(coverage)
    np.testing.assert_allclose(matrix, matrix.T)
    assert not (matrix > 1 + 1e-12).any()


@given(cities, st.randoms(use_true_random=False))
def test_the_order_of_the_cities_changes_nothing_and_a_copy_is_at_distance_zero(rows, random):
    frame = frame_of(rows)
    mixed = list(frame.index)
    random.shuffle(mixed)
    scale = spreads(frame, FIGURES)
    assert spreads(frame.loc[mixed], FIGURES) == pytest.approx(scale)
    target = frame.iloc[0].to_dict()
    there = pd.Series(apart(target, frame, FIGURES, scale).mean(), index=frame.index)
    again = pd.Series(apart(target, frame.loc[mixed], FIGURES, scale).mean(), index=mixed)
    pd.testing.assert_series_equal(there, again.loc[frame.index], check_names=False)
    assert np.isnan(there.iloc[0]) or there.iloc[0] == 0


def test_the_spread_is_that_between_two_quantiles_and_one_city_far_out_stretches_it_little():
    values = np.exp(np.linspace(0, 10, 11))
    frame = frame_of([(v, 1.0, 1.0, "APA") for v in values])
    assert spreads(frame, FIGURES) == pytest.approx({"population": 8.0})
    frame.loc["c10", "population"] = math.exp(1000 / 2)
    assert spreads(frame, FIGURES)["population"] == pytest.approx(8.0)


def test_ratios_count_the_same_at_every_size():
    frame = frame_of([(1e4, 1, 1, "APA"), (2e4, 1, 1, "APA"), (1e6, 1, 1, "APA"), (2e6, 1, 1, "APA")])
    scale = spreads(frame, FIGURES)
    near = [
        apart(frame.loc[a].to_dict(), frame.loc[[b]], FIGURES, scale).mean()[0]
        for a, b in (("c00", "c01"), ("c02", "c03"))
    ]
    assert near[0] == pytest.approx(near[1])


@given(cities)
def test_differences_of_all_pairs_are_those_of_each_city_to_the_later_ones(rows):
    frame = frame_of(rows)
    scale = spreads(frame, FIGURES)
    every = [
        apart(row, frame.iloc[i + 1 :], FIGURES, scale).differences
        for i, row in enumerate(frame.to_dict("records"))
    ]
    whole = np.vstack(every)
    for column, found in zip(whole.T, pair_differences(frame, FIGURES, scale), strict=True):
        np.testing.assert_allclose(np.sort(found), np.sort(column[~np.isnan(column)]))


def test_nothing_varied_keeps_the_nearest_and_what_was_not_seen_may_move_them():
    frame = frame_of(
        [(1e4, 10, 1e4, "APA"), (1e4, 10, 1e4, "APA"), (1e5, 20, 1e4, "ENA"), (1e6, 30, 1e4, "ENA")]
    )
    scale = spreads(frame, FIGURES)
    found = apart(frame.iloc[0].to_dict(), frame.iloc[1:], FIGURES, scale)
    pool = pair_differences(frame, FIGURES, scale)
    still = staying(found, pool, 1, draws=50, seed=1, noise=0.0, leave_out=0.0)
    assert still.tolist() == [1.0, 0.0, 0.0]
    hidden = frame_of([(1e4, 10, 1e4, "APA"), (float("nan"), 10, 1e4, "APA"), (1.1e4, 11, 1e4, "APA")])
    found = apart(hidden.iloc[0].to_dict(), hidden.iloc[1:], FIGURES, scale)
    moved = staying(found, pool, 1, draws=400, seed=1, noise=0.0, leave_out=0.0)
    # Population differs by 0 in one of six pairs, and by the spread or nearly so in all others.
    share = np.mean(3 * pool[0] / (3 + 2 + 1) <= found.mean()[1])
    assert moved[0] == pytest.approx(share, abs=0.08)
    assert moved.sum() == pytest.approx(1.0)
    again = staying(found, pool, 1, draws=400, seed=1, noise=0.0, leave_out=0.0)
    assert (moved == again).all()
