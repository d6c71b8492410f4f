"""The build: COINr 1.1.14's results and ranks, weights from a recipe, refusals that name codes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.index.conftest import REFERENCE, reference_structure

from learningcity.core import InputError
from learningcity.index.build import build_index, weights_of
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import Structure


def reference_result():
    values = pd.DataFrame(REFERENCE["normalised_1_100"], index=REFERENCE["units"], dtype=float)
    return build_index(values, IndexSpec(reference_structure(), normalise=None))


def test_results_agree_with_coinr():
    expected = pd.DataFrame(REFERENCE["results"]).set_index("uCode").drop(columns="Rank")
    found = reference_result().scores.loc[expected.index, list(expected.columns)]
    # The file carries two decimals.
    assert (found - expected).abs().to_numpy().max() <= 0.005 + 1e-9


def test_ranks_agree_with_coinr():
    expected = pd.DataFrame(REFERENCE["ranks"]).set_index("uCode")
    found = reference_result().ranks.loc[expected.index, list(expected.columns)]
    np.testing.assert_array_equal(found, expected)
    assert expected.shape == (40, 7)


TREE = Structure.of({"INDEX": {"A": ["a", "b"], "B": ["c"]}})
FRAME = pd.DataFrame({"a": [1.0, 2, 3], "b": [5.0, 1, 2], "c": [2.0, 2, 4]}, index=list("xyz"))


def test_weights_by_code_and_by_method():
    spec = IndexSpec(TREE, normalise=None, weights={"a": 3, "B": 0})
    assert build_index(FRAME, spec).scores["INDEX"].tolist() == [2.0, 1.75, 2.75]
    spec = spec.replace(weights=("equal", {"among": "indicators"}))
    assert build_index(FRAME, spec).scores["INDEX"].tolist() == pytest.approx([8 / 3, 5 / 3, 3])


def test_weights_that_leave_nothing_name_the_parent():
    with pytest.raises(InputError, match="INDEX"):
        IndexSpec(TREE, weights={"A": 0, "B": 0})
    with pytest.raises(InputError, match="children of B"):
        build_index(FRAME, IndexSpec(TREE, weights=("budget", {"points": {"one": {"c": 0}}})))
    # What screening leaves may have no weight.
    with pytest.raises(InputError, match=r"A: all weights below are zero \(b\)"):
        weights_of(FRAME, TREE.without(["a"]), IndexSpec(TREE, weights={"b": 0}))


def test_levels_may_be_normalised_again_and_built_in_other_ways():
    spec = IndexSpec(
        TREE, normalise={1: None, 2: ("minmax", {"lower": 1})}, aggregate={2: "minimum", 3: "geometric"}
    )
    found = build_index(FRAME, spec.replace(normalise={2: ("minmax", {"lower": 1.0})})).scores
    # The indicators stay as they are; A = (1, 1, 2), B = (2, 2, 4), both 1, 1, 100 when normalised.
    assert found["A"].tolist() == [1, 1, 2]
    assert found["INDEX"].tolist() == pytest.approx([1, 1, 100])


def test_a_spec_that_is_none():
    with pytest.raises(InputError, match="IndexSpec"):
        build_index(FRAME, {"structure": TREE})


def test_a_unit_with_a_gap_is_scored_on_the_rest():
    gap = FRAME.copy()
    gap.loc["x", "c"] = np.nan
    built = build_index(gap, IndexSpec(TREE, normalise=None))
    assert built.scores.at["x", "INDEX"] == built.scores.at["x", "A"] == 3
    assert np.isnan(built.scores.at["x", "B"])
    assert np.isnan(built.ranks.at["x", "B"])
    assert "1 of 9 cells" in built.summary()
