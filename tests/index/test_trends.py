"""Trends, held against closed forms and scipy."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import learningcity as lc

FRAME = pd.DataFrame(
    {2019: [100.0, 50.0, 10.0, np.nan], 2020: [np.nan, 55.0, 11.0, 1.0], 2021: [121.0, 40.0, 12.0, 2.0]},
    index=["a", "b", "c", "d"],
)


def test_change_growth_and_ranks_by_hand():
    found = lc.trend(FRAME)
    table = found.table()
    assert (found.base, found.last) == (2019, 2021)
    assert table.loc["a", ["change", "change_percent"]].tolist() == [21.0, 21.0]
    assert table.loc["a", "growth"] == pytest.approx(10)
    assert table["rank_base"].tolist()[:3] == [1, 2, 3]
    assert table["rank_progress"].tolist()[:3] == [1, 3, 2]
    assert table["rank_change"].tolist()[:3] == [0, 0, 0]
    assert table.loc["d", "note"] == "no base"
    assert np.isnan(table.loc["d", "rank_last"])
    assert table.loc["d", "slope"] == 1


def test_where_less_is_better_everything_turns():
    table = lc.trend(FRAME, direction=-1).table()
    assert table["progress"].tolist()[:3] == [-21, 10, -2]
    assert table["rank_progress"].tolist()[:3] == [3, 1, 2]
    assert table["rank_base"].tolist()[:3] == [3, 2, 1]


def test_distance_and_pace_to_a_target():
    table = lc.trend(FRAME, target={"a": 142, "b": 60, "c": 11}, target_year=2023).table()
    assert table.loc["a", ["distance", "covered", "reached", "needed", "on_track"]].tolist() == [
        21.0, 0.5, False, 10.5, True,
    ]  # fmt: skip
    assert table.loc["b", ["distance", "covered", "needed", "on_track"]].tolist() == [20.0, -1.0, 10.0, False]
    assert table.loc["c", ["distance", "covered", "reached", "on_track"]].tolist() == [0.0, 2.0, True, True]
    assert table.loc["d", "reached"] is None
    less = lc.trend(FRAME, target=20, direction=-1, target_year=2025).table()
    assert less.loc["b", ["distance", "needed", "reached", "on_track"]].tolist() == [20.0, -5.0, False, True]
    assert less.loc["c", "reached"] is True


def test_values_that_are_not_positive_have_no_growth_rate_and_say_so():
    frame = pd.DataFrame({2019: [0.0, -2.0], 2021: [1.0, 4.0]}, index=["a", "b"])
    table = lc.trend(frame).table()
    assert table["note"].tolist() == ["zero base", "not positive"]
    assert table["growth"].isna().all()
    assert np.isnan(table.loc["a", "change_percent"])
    assert table.loc["b", "change_percent"] == 300


def test_years_may_be_texts_in_any_order_and_chosen():
    frame = FRAME[[2021, 2019, 2020]].rename(columns=str)
    found = lc.trend(frame, base="2020", last=2021)
    assert found.table().loc["b", "change"] == -15
    assert list(found.values.columns) == [2019, 2020, 2021]


@given(
    st.lists(st.floats(0.1, 1e6), min_size=2, max_size=8),
    st.floats(0.01, 100),
)
def test_growth_is_compound_and_free_of_scale_and_the_slope_is_that_of_scipy(row, scale):
    years = list(range(2010, 2010 + len(row)))
    frame = pd.DataFrame([row], index=["a"], columns=years)
    table = lc.trend(frame).table().loc["a"]
    grown = row[0] * (1 + table["growth"] / 100) ** (len(row) - 1)
    # Near -100 % the rate itself keeps fewer digits of what is left.
    assert grown == pytest.approx(row[-1], rel=1e-9, abs=1e-13 * row[0])
    assert lc.trend(frame * scale).table().loc["a", "growth"] == pytest.approx(
        table["growth"], rel=1e-9, abs=1e-7
    )
    expected = stats.theilslopes(row, years).slope
    assert table["slope"] == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("frame", "options", "named"),
    [
        ([1], {}, "list"),
        (FRAME.rename(columns={2019: "first"}), {}, "first"),
        (FRAME[[2019]], {}, "two years"),
        (FRAME.set_axis(["a", "a", "b", "c"]), {}, "a"),
        (pd.concat([FRAME, FRAME[[2020]]], axis=1), {}, "2020"),
        (FRAME.replace(55.0, np.inf), {}, "2020"),
        (FRAME.astype(object).replace(55.0, "x"), {}, "2020"),
        (FRAME, {"base": 2021}, "2021"),
        (FRAME, {"base": 1999}, "1999"),
        (FRAME, {"direction": 0}, "direction"),
        (FRAME, {"target": {"q": 1}}, "q"),
        (FRAME, {"target": {"a": "x"}}, "a"),
        (FRAME, {"target": np.nan}, "nan"),
        (FRAME, {"target": 3, "target_year": 2021}, "2021"),
        (FRAME, {"target_year": 2030}, "target"),
        (FRAME.iloc[:0], {}, "no unit"),
        (FRAME * np.nan, {}, "2019, 2020"),
    ],
)
def test_bad_input_is_named(frame, options, named):
    with pytest.raises(lc.InputError, match=named):
        lc.trend(frame, **options)


def test_the_result_speaks_both_languages_and_json():
    found = lc.trend(FRAME, target=100)
    assert json.dumps(found.to_dict())
    assert "2 of 3 units progressed, 1 fell back; 1 have no value" in found.summary()
    assert "进步最大：a" in found.summary("zh")


def test_a_year_without_any_value_is_no_error():
    frame = FRAME.assign(**{"2018": np.nan}).rename(columns=str)
    assert set(lc.trend(frame).table()["note"]) == {"no base"}


def test_a_panel_has_one_scale_for_all_years():
    tree = lc.Structure.of({"INDEX": ["p", "q"]})
    first = pd.DataFrame({"p": [0.0, 5.0], "q": [0.0, 10.0]}, index=["a", "b"])
    second = pd.DataFrame({"p": [5.0, 10.0, 1.0], "q": [10.0, 20.0, 0.0]}, index=["a", "b", "c"])
    found = lc.build_panel({2021: second, 2020: first}, lc.IndexSpec(tree))
    assert found.loc["a"].tolist() == [0.0, 50.0]
    assert found.loc["b"].tolist() == [50.0, 100.0]
    assert np.isnan(found.loc["c", 2020])
    # Each year apart, both keep the ends of the scale and nobody seems to move.
    apart = [lc.build_index(t, lc.IndexSpec(tree)).scores["INDEX"]["b"] for t in (first, second)]
    assert apart == [100.0, 100.0]
    assert lc.trend(found).table()["change"].tolist()[:2] == [50.0, 50.0]
    assert list(lc.build_panel({2020: first, 2021: second}, lc.IndexSpec(tree), "p").columns) == [2020, 2021]
    with pytest.raises(lc.InputError, match=r"b \(2020\)"):
        lc.build_panel({2020: first.set_axis(["b", "b"])}, lc.IndexSpec(tree))
    with pytest.raises(lc.InputError, match="once"):
        lc.build_panel({"once": first}, lc.IndexSpec(tree))
    with pytest.raises(lc.UnknownNameError, match="nothing"):
        lc.build_panel({2020: first}, lc.IndexSpec(tree), "nothing")
