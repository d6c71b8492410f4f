"""Two indices side by side, held against scipy and cases that a reader checks by eye."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import learningcity as lc

FRAME = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [9.0, 1, 5, 2]}, index=list("wxyz"))
TREE = lc.Structure.of({"INDEX": ["a", "b"]})


def test_an_index_agrees_with_itself():
    one = lc.build_index(FRAME, lc.IndexSpec(TREE))
    found = lc.compare_indices(one, one)
    assert found.kendall == found.spearman == 1
    assert not found.table()["shift"].any()
    assert not len(found.changes)
    assert "0 of 4" in found.summary()


def test_shifts_and_changes_are_named():
    one = lc.build_index(FRAME, lc.IndexSpec(TREE))
    two = lc.build_index(FRAME, lc.IndexSpec(TREE, weights={"a": 5, "b": 1}))
    found = lc.compare_indices(one, two)
    table = found.table()
    assert table["rank_first"].to_dict() == {"y": 1, "z": 2, "w": 3, "x": 4}
    assert table["rank_second"].to_dict() == {"y": 2, "z": 1, "w": 4, "x": 3}
    assert (table["shift"] == table["rank_first"] - table["rank_second"]).all()
    assert found.changes["field"].tolist() == ["weights"]
    turned = lc.build_index(FRAME, lc.IndexSpec(lc.Structure.of({"INDEX": ["a", "b"]}, {"b": -1})))
    assert lc.compare_indices(one, turned).changes["field"].tolist() == ["b direction"]
    alone = lc.build_index(FRAME[["a"]], lc.IndexSpec(TREE.without(["b"])))
    assert lc.compare_indices(one, alone).changes["field"].tolist() == ["b"]
    assert lc.compare_indices(one, two, "a").kendall == 1
    assert lc.compare_indices(one, two, ("a", "b")).code == ("a", "b")
    assert json.dumps(found.to_dict())
    assert "肯德尔" in found.summary("zh")


def test_units_of_one_alone_take_no_rank():
    first = pd.Series({"a": 1.0, "b": 2.0, "c": np.nan, "d": 9.0})
    second = pd.Series({"a": 2.0, "b": 1.0, "c": 5.0})
    found = lc.compare_indices(first, second)
    assert found.only_first == ("d",)
    assert found.only_second == ("c",)
    assert found.table()["shift"].to_dict() == {"b": -1, "a": 1}
    assert found.kendall == -1


def test_ties_and_one_unit_have_no_agreement():
    assert lc.compare_indices(pd.Series({"a": 1.0}), pd.Series({"a": 3.0})).kendall is None
    tied = lc.compare_indices(pd.Series({"a": 1.0, "b": 1.0}), pd.Series({"a": 3.0, "b": 1.0}))
    assert tied.kendall is tied.spearman is None
    assert tied.summary("en").endswith(".")


@pytest.mark.parametrize(
    ("first", "named"),
    [
        (pd.Series([1.0, 2.0], index=["a", "a"]), "a"),
        (pd.Series({"a": "x"}), "first"),
        (pd.Series({"a": np.inf}), "first"),
        (pd.Series({"q": 1.0}), "q"),
        ([1, 2], "list"),
    ],
)
def test_bad_input_is_named(first, named):
    with pytest.raises(lc.InputError, match=named):
        lc.compare_indices(first, pd.Series({"a": 1.0, "b": 2.0}))


def test_an_unknown_code_is_named():
    one = lc.build_index(FRAME, lc.IndexSpec(TREE))
    with pytest.raises(lc.UnknownNameError, match="INDX"):
        lc.compare_indices(one, one, "INDX")


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=2, max_size=30))
def test_agreement_is_that_of_scipy_on_tied_scores(pairs):
    x, y = (np.array(v, dtype=float) for v in zip(*pairs, strict=True))
    names = [f"u{i}" for i in range(len(x))]
    found = lc.compare_indices(pd.Series(x, names), pd.Series(y, names))
    back = lc.compare_indices(pd.Series(y, names), pd.Series(x, names))
    assert (back.table()["shift"] == -found.table()["shift"].loc[back.table().index]).all()
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert found.kendall is found.spearman is None
    else:
        assert found.kendall == pytest.approx(stats.kendalltau(x, y).statistic, abs=1e-9)
        assert found.spearman == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-9)
        assert back.kendall == pytest.approx(found.kendall)
