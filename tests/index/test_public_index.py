"""The public face of the index is called as the design writes it, every argument by its name."""

from __future__ import annotations

import inspect
import json

import numpy as np
import pandas as pd
import pytest

import learningcity as lc

#: Name -> parameters that callers use, in their order; more may be added, none may go.
FACE = {
    "read_coin_tables": ("iData", "iMeta"),
    "IndexSpec": (
        "structure", "screen", "denominate", "impute", "treat", "normalise", "weights", "aggregate",
    ),
    "build_index": ("values", "spec"),
    "uncertainty": ("values", "spec", "choices"),
    "sensitivity": ("values", "spec", "choices"),
}  # fmt: skip
METHODS = {
    "impute": "mean median group_mean group_median em knn multiple",
    "treat": "winsorise boxcox log",
    "normalise": "minmax zscore rank percentile_rank borda goalposts distance_to_max distance_to_target "
    "distance_to_reference fraction_of_max",
    "weights": "equal budget ahp pca entropy optimised",
    "aggregate": "arithmetic geometric harmonic generalised copeland mpi minimum penalty_for_bottleneck "
    "benefit_of_the_doubt",
}


@pytest.fixture(scope="module")
def tables():
    rng = np.random.default_rng(3)
    data = pd.DataFrame(rng.uniform(1, 9, (9, 4)).round(2), columns=list("abcd"))
    data.insert(0, "uCode", [f"u{k}" for k in range(9)])
    leaves = [("a", "P"), ("b", "P"), ("c", "Q"), ("d", "Q")]
    meta = [(c, p, 1, 1, 1.0, "Indicator") for c, p in leaves]
    meta += [(p, "I", 2, 1, 1.0, "Aggregate") for p in "PQ"] + [("I", None, 3, 1, 1.0, "Aggregate")]
    columns = ["iCode", "Parent", "Level", "Direction", "Weight", "Type"]
    return lc.read_coin_tables(iData=data, iMeta=pd.DataFrame(meta, columns=columns))


@pytest.mark.parametrize(("name", "parameters"), FACE.items())
def test_the_arguments_are_those_of_the_design(name, parameters):
    given = inspect.signature(getattr(lc, name)).parameters
    assert tuple(given)[: len(parameters)] == parameters
    if name in ("uncertainty", "sensitivity"):
        assert {"draws", "seed"} <= set(given)
    if name == "IndexSpec":
        assert (given["normalise"].default, given["aggregate"].default) == ("minmax", "arithmetic")
        assert all(given[p].default is None for p in parameters[1:5])
        assert given["weights"].default is None


@pytest.mark.parametrize(("step", "names"), METHODS.items())
def test_all_methods_of_the_design_are_there(step, names):
    assert set(names.split()) <= set(lc.index_methods().query("step == @step")["method"])


def test_an_index_is_built_as_the_design_writes_it(tables, tmp_path):
    assert list(tables.values.index) == [f"u{k}" for k in range(9)]
    assert list(tables.values.columns) == list(tables.structure.indicators) == list("abcd")
    lc.write_coin_tables(tables, tmp_path)
    again = lc.read_coin_tables(tmp_path / "iData.csv", tmp_path / "iMeta.csv")
    pd.testing.assert_frame_equal(again.values, tables.values)
    spec = lc.IndexSpec(
        tables.structure,
        screen=0.5,
        denominate=None,
        impute="median",
        treat="winsorise",
        normalise={1: ("minmax", {"lower": 1.0, "upper": 100.0})},
        weights=None,
        aggregate={2: "geometric", 3: ("generalised", {"p": 0.5})},
    )
    built = lc.build_index(tables.values, spec)
    assert list(built.scores.columns) == list(built.ranks.columns) == list(tables.structure.codes)
    assert built.scores.index.equals(tables.values.index)
    assert isinstance(built.contributions(), lc.Contributions)
    assert isinstance(built.trace("u1", "P"), lc.ScoreTrace)
    assert isinstance(built.audit(), lc.AuditResult)
    assert built.normalised.shape == (9, 4)


def test_uncertainty_and_sensitivity_take_choices_as_the_design_writes_them(tables):
    spec = lc.IndexSpec(tables.structure)
    choices = {
        "normalise": ["minmax", "zscore"],
        "aggregate": ["arithmetic", "minimum"],
        "weights": {"noise": 0.25},
        "drop": {None: 0.8, "a": 0.2},
    }
    found = lc.uncertainty(tables.values, spec, choices, draws=200, seed=7)
    assert {"lower", "upper"} <= set(found.scores) & set(found.ranks)
    np.testing.assert_allclose(found.acceptability().sum(axis=1), 1.0)
    assert found.wins().shape == (9, 9)
    assert (found.order()["probability"] >= 0.95).all()
    assert isinstance(found.failures, dict)
    shares = lc.sensitivity(tables.values, spec, choices, draws=64, seed=7)
    assert {"first", "total", "first_lower", "total_upper", "applicable"} <= set(shares.overall)
    assert set(shares.overall.index) == set(choices)
    for result in (found, shares):
        assert len(result.table()) > 0
        assert result.summary("en") != result.summary("zh")
        assert result.seed == 7
        assert result.spec == spec
        json.dumps(result.to_dict(), allow_nan=False)


def test_every_result_names_the_version_of_the_package_and_is_summed_up_in_both_languages(tables):
    spec = lc.IndexSpec(tables.structure)
    built = lc.build_index(tables.values, spec)
    panel = pd.DataFrame({"2020": [1.0, 2.0], "2024": [2.0, 1.0]}, index=["x", "y"])
    results = [
        built,
        built.audit(),
        lc.compare_indices(built, built),
        lc.trend(panel),
        lc.uncertainty(tables.values, spec, {"weights": {"noise": 0.2}}, draws=20),
        lc.sensitivity(tables.values, spec, {"weights": {"noise": 0.2}}, draws=8),
    ]
    for result in results:
        told = result.to_dict()
        assert told["versions"] == {"learningcity": lc.__version__}, type(result).__name__
        assert "。 " not in told["summary"]["zh"]
        assert ".." not in told["summary"]["en"].replace(" ...", "")


@pytest.mark.parametrize(
    ("choices", "mixed"),
    [
        ({"normalise": ["minmax", "zscore"]}, True),
        ({"aggregate": ["arithmetic", "copeland"]}, True),
        ({"aggregate": ["arithmetic", "minimum"], "weights": {"noise": 0.2}}, False),
        ({"normalise": ["minmax"]}, False),
    ],
)
def test_scores_on_several_scales_are_not_told_as_if_they_were_on_one(tables, choices, mixed):
    found = lc.uncertainty(tables.values, lc.IndexSpec(tables.structure), choices, draws=50)
    assert ("different scales" in found.summary()) is mixed
    assert ("尺度可能不同" in found.summary("zh")) is mixed
