"""Uncertainty: each draw against the plain build, sums over draws against the kept draws."""

from __future__ import annotations

import json
import threading
import tracemalloc
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from learningcity.core import InputError, UnknownNameError
from learningcity.index import IndexSpec, Structure, build_index, compiled_draws
from learningcity.index.compiled_normalise import pairwise, sums_agree
from learningcity.index.methods import Choice
from learningcity.index.uncertainty import counting, uncertainty

REFERENCE = json.loads((Path(__file__).parent / "reference" / "composite.json").read_text(encoding="utf-8"))
TREE = {"INDEX": {"S1": {"P1": ["I01", "I02", "I03"], "P2": ["I04", "I05", "I06"]},
                  "S2": {"P3": ["I07", "I08", "I09"], "P4": ["I10", "I11", "I12"]}}}  # fmt: skip


@pytest.fixture
def frame():
    return pd.DataFrame(REFERENCE["data"], index=REFERENCE["units"], dtype=float)


@pytest.fixture
def spec():
    directions = dict(zip(REFERENCE["indicators"], REFERENCE["direction"], strict=True))
    weights = dict(zip(REFERENCE["indicators"], REFERENCE["weight"], strict=True))
    return IndexSpec(Structure.of(TREE, directions).reweighted(weights))


NARROW = ("minmax", {"lower": 20.0, "upper": 60.0})
STRICT = ("arithmetic", {"minimum_available": 0.7})


def test_each_draw_is_the_plain_build_of_its_choices(frame, spec):
    choices = {
        "normalise": {"I02": ["minmax", NARROW], "*": ["minmax", NARROW]},
        "aggregate": {2: ["arithmetic", STRICT]},
        "weights": {"noise": 0.3},
        "drop": [None, "I05", ["P3", "I01"]],
    }
    found = uncertainty(frame, spec, choices, draws=60, seed=3, keep=True)
    methods = {"minmax": "minmax", "minmax(lower=20.0, upper=60.0)": NARROW}
    levels = {"arithmetic": "arithmetic", "arithmetic(minimum_available=0.7)": STRICT}
    gone = {"none": [], "I05": ["I05"], "P3, I01": ["P3", "I01"]}
    seen = set()
    for d, picked in found.kept["choices"].iterrows():
        tree = spec.structure.reweighted(
            {c: w * found.kept["multipliers"].loc[d, c] for c, w in spec.structure.weights.items()}
        )
        kept = tree.without(gone[picked["drop"]]) if gone[picked["drop"]] else tree
        one = IndexSpec(
            kept,
            normalise={None: methods[picked["normalise *"]], "I02": methods[picked["normalise I02"]]},
            aggregate={2: levels[picked["aggregate 2"]]},
        )
        built = build_index(frame[list(kept.indicators)], one)
        np.testing.assert_array_equal(found.kept["scores"].loc[d], built.scores["INDEX"])
        np.testing.assert_array_equal(found.kept["ranks"].loc[d], built.ranks["INDEX"])
        seen.add(tuple(picked))
    assert len(seen) > 15


def test_without_uncertainty_every_draw_is_the_nominal_index_to_the_bit(frame, spec):
    found = uncertainty(frame, spec, {"weights": {"noise": 0.0}, "normalise": ["minmax"]}, draws=50)
    built = build_index(frame, spec)
    for name in ("nominal", "median", "lower", "upper", "mean"):
        np.testing.assert_array_equal(found.scores[name], built.scores["INDEX"])
        np.testing.assert_array_equal(found.ranks[name], built.ranks["INDEX"])
    assert (found.scores["sd"] == 0).all()
    assert (found.ranks["sd"] == 0).all()


def test_threads_change_no_bit_and_longer_runs_begin_with_the_same_draws(frame, spec, monkeypatch):
    monkeypatch.setattr(compiled_draws, "ALONE", 0)
    choices = {"normalise": ["minmax", NARROW], "weights": {"dirichlet": 20.0}, "drop": [None, "I01"]}
    one = uncertainty(frame, spec, choices, draws=5000, seed=8, threads=1, keep=True)
    two = uncertainty(frame, spec, choices, draws=5000, seed=8, threads=2, keep=True)
    for name in ("scores", "ranks"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name), check_exact=True)
        pd.testing.assert_frame_equal(one.kept[name], two.kept[name], check_exact=True)
    pd.testing.assert_frame_equal(one.wins(), two.wins(), check_exact=True)
    pd.testing.assert_frame_equal(one.acceptability(), two.acceptability(), check_exact=True)
    short = uncertainty(frame, spec, choices, draws=100, seed=8, keep=True)
    pd.testing.assert_frame_equal(short.kept["scores"], one.kept["scores"][:100], check_exact=True)
    other = uncertainty(frame, spec, choices, draws=100, seed=9, keep=True)
    assert not other.kept["scores"].equals(short.kept["scores"])


def test_little_work_starts_no_thread_and_much_is_shared():
    parts = []

    def work(start, stop):
        parts.append((start, stop, threading.get_ident()))

    compiled_draws.spread(work, 10, 4, each=compiled_draws.ALONE // 10)
    assert parts == [(0, 10, threading.get_ident())]
    parts.clear()
    compiled_draws.spread(work, 10, 4, each=compiled_draws.ALONE // 10 + 1)
    assert sorted(p[:2] for p in parts) == [(0, 2), (2, 5), (5, 7), (7, 10)]
    assert [p[:2] for p in parts if p[2] == threading.get_ident()] == [(0, 2)]


def test_sums_over_draws_are_those_of_the_kept_draws(frame, spec):
    choices = {"normalise": ["minmax", NARROW], "weights": {"noise": 0.5}}
    found = uncertainty(frame, spec, choices, draws=4500, seed=2, keep=True, level=0.8)
    for name in ("scores", "ranks"):
        own, kept = getattr(found, name), found.kept[name]
        for column, share in (("lower", 0.1), ("median", 0.5), ("upper", 0.9)):
            np.testing.assert_allclose(own[column], kept.quantile(share), rtol=1e-12)
        np.testing.assert_allclose(own["mean"], kept.mean(), rtol=1e-12)
        np.testing.assert_allclose(own["sd"], kept.std(ddof=0), rtol=1e-9)
    ranks = found.kept["ranks"].to_numpy()
    wins = found.wins().to_numpy()
    for u, v in ((0, 1), (7, 3), (39, 20)):
        assert wins[u, v] == (ranks[:, u] < ranks[:, v]).mean()
    rows = found.acceptability()
    np.testing.assert_allclose(rows.sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(rows.sum(axis=0), 1.0, rtol=1e-12)
    order = found.order()
    assert len(order) == (np.nan_to_num(wins) >= 0.95).sum() > 0
    assert order["probability"].min() >= 0.95


def test_ties_are_split():
    table = pd.DataFrame({"a": [1.0, 1.0, 0.0], "b": [2.0, 2.0, 0.0]}, index=["x", "y", "z"])
    found = uncertainty(
        table, IndexSpec(Structure.of({"T": ["a", "b"]})), {"weights": {"noise": 0.2}}, draws=10
    )
    assert found.acceptability().to_numpy().tolist() == [[0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]
    assert found.wins().loc["x", "y"] == found.wins().loc["y", "x"] == 0.0
    assert len(found.order()) == 2


def test_probabilities_are_those_that_were_given(frame, spec):
    label = "minmax(lower=20.0, upper=60.0)"
    choices = {"drop": {None: 0.8, "I01": 0.2, "I02": 0.0}, "normalise": ["minmax", NARROW]}
    picked = uncertainty(frame, spec, choices, draws=20_000, seed=4, keep=True).kept["choices"]
    shares = picked["drop"].value_counts(normalize=True)
    assert set(shares.index) == {"none", "I01"}
    assert abs(shares["I01"] - 0.2) < 0.015
    assert abs((picked["normalise"] == label).mean() - 0.5) < 0.015


def test_weights_stay_within_their_noise_and_dirichlet_keeps_the_mean(frame, spec):
    noisy = uncertainty(frame, spec, {"weights": {"noise": {1: 0.25}}}, draws=5000, keep=True)
    drawn = noisy.kept["multipliers"]
    assert drawn["I01"].between(0.75, 1.25).all()
    assert abs(drawn["I01"].std() - 0.5 / 12**0.5) < 0.005
    assert (drawn[["P1", "S1", "INDEX"]] == 1.0).all(axis=None)
    shares = spec.structure.shares()
    found = uncertainty(frame, spec, {"weights": {"dirichlet": 30.0}}, draws=8000, keep=True)
    below = ["I10", "I11", "I12"]
    used = found.kept["multipliers"][below] * [shares[c] for c in below]
    used = used.div(used.sum(axis=1), axis=0)
    for code in below:
        expected = shares[code]
        assert abs(used[code].mean() - expected) < 0.005
        assert abs(used[code].var() - expected * (1 - expected) / 31) < 5e-4


def test_failed_draws_are_counted_with_their_reason(frame, spec):
    flat = frame.assign(I04=1.0)
    kept = ("minmax", {"flat": 50.0})
    found = uncertainty(flat, spec.replace(normalise=kept), {"normalise": ["minmax", kept]}, draws=1000)
    ((reason, count),) = found.failures.items()
    assert "I04" in reason.en
    assert "I04" in reason.zh
    assert 400 < count < 600
    assert found.failed == count
    assert (found.ranks["drawn"] == 1000 - count).all()
    assert reason.en in found.summary()
    assert reason.zh in found.summary("zh")
    np.testing.assert_allclose(found.acceptability().sum(axis=1), 1.0)
    with pytest.raises(InputError, match="I04"):
        uncertainty(flat, spec.replace(normalise=kept), {"normalise": ["minmax"]}, draws=20)


@dataclass
class Given:
    disagree: bool
    alternatives: tuple


@dataclass
class Table:
    values: pd.DataFrame
    origin: pd.DataFrame


def test_sources_are_drawn_where_they_disagree(frame, spec):
    origin = pd.DataFrame(
        [[Given(False, ()) for _ in frame.columns] for _ in frame.index], frame.index, frame.columns
    )
    origin.loc["U03", "I01"] = Given(True, (("f1", 41.668), ("f2", 90.0), ("f3", 60.0)))
    origin.loc["U05", "I04"] = Given(False, (("f1", 1.0), ("f2", 2.0)))
    found = uncertainty(Table(frame, origin), spec, {"sources": True}, draws=300, seed=6, keep=True)
    picked = found.kept["choices"]["U03 I01"]
    assert set(picked) == {41.668, 90.0, 60.0}
    assert len(found.factors.cells) == 1
    for value in (41.668, 90.0, 60.0):
        changed = frame.copy()
        changed.loc["U03", "I01"] = value
        built = build_index(changed, spec).scores["INDEX"]
        rows = found.kept["scores"][picked == value]
        assert len(rows) > 60
        np.testing.assert_array_equal(rows, np.tile(built, (len(rows), 1)))
    with pytest.raises(InputError, match="FactTable"):
        uncertainty(frame, spec, {"sources": True}, draws=5)


def test_coders_may_know_other_units(frame, spec):
    other = (frame * 1.1).iloc[:30]
    found = uncertainty(frame, spec, {"coders": {"A": frame, "B": other}}, draws=400, keep=True)
    picked = found.kept["choices"]["coders"]
    for name, table in (("A", frame), ("B", other)):
        built = build_index(table, spec).scores["INDEX"].reindex(frame.index)
        rows = found.kept["scores"][picked == name]
        np.testing.assert_array_equal(rows, np.tile(built, (len(rows), 1)))
    assert found.ranks["drawn"].iloc[0] == 400
    assert found.ranks["drawn"].iloc[35] == (picked == "A").sum()
    np.testing.assert_allclose(found.acceptability().sum(axis=1), 1.0)


def test_memory_does_not_grow_with_draws(frame, spec, monkeypatch):
    monkeypatch.setattr(counting, "EXACT", 2**17)
    choices = {"weights": {"noise": 0.25}, "normalise": ["minmax", NARROW]}
    uncertainty(frame, spec, choices, draws=10)
    peaks = []
    for draws in (20_000, 60_000):
        tracemalloc.start()
        binned = uncertainty(frame, spec, choices, draws=draws, seed=1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0]
    monkeypatch.setattr(counting, "EXACT", 2**23)
    exact = uncertainty(frame, spec, choices, draws=60_000, seed=1)
    assert exact.score_error == 0 < binned.score_error < 0.05
    for name in ("lower", "upper"):
        assert (binned.scores[name] - exact.scores[name]).abs().max() <= binned.score_error
    pd.testing.assert_frame_equal(binned.ranks, exact.ranks, check_exact=True)


@pytest.mark.parametrize(
    "choices",
    [
        {"normalise": []}, {"normalise": "minmax"}, {"drop": {"I01": -1.0}}, {"drop": ["INDEX"]},
        {"weights": {"noise": 1.5}}, {"weights": {"noise": "a"}}, {"weights": {"noise": 0.1, "dirichlet": 3}},
        {"weights": {"dirichlet": 0}}, {"coders": []}, ["normalise"],
    ],
)  # fmt: skip
def test_choices_that_cannot_be_read(frame, spec, choices):
    with pytest.raises(InputError):
        uncertainty(frame, spec, choices, draws=5)


@pytest.mark.parametrize("choices", [{"colour": [1]}, {"normalise": ["minmox"]}, {"drop": ["I99"]},
                                     {"weights": {"noise": {9: 0.1}}}])  # fmt: skip
def test_unknown_names_are_named(frame, spec, choices):
    with pytest.raises(UnknownNameError):
        uncertainty(frame, spec, choices, draws=5)


def test_the_result_reads_as_table_words_and_plain_values(frame, spec):
    found = uncertainty(frame, spec, {"weights": {"noise": 0.25}}, draws=200, seed=1)
    assert found.table()["rank_nominal"].is_monotonic_increasing
    assert len(found.table()) == 40
    kept = json.loads(json.dumps(found.to_dict()))
    assert kept["draws"] == 200
    assert len(kept["table"]) == 40
    assert kept["failures"] == []
    assert "200 of 200 draws" in found.summary()
    assert "200次抽样中200次有效" in found.summary("zh")


@pytest.mark.parametrize(
    "method", ["geometric", "harmonic", "minimum", ("generalised", {"p": 2.0}), "penalty_for_bottleneck"]
)
def test_every_compiled_aggregation_is_that_of_the_plain_build(frame, spec, method):
    scale = ("minmax", {"lower": 1.0})
    found = uncertainty(
        frame,
        spec.replace(normalise=scale),
        {"aggregate": {3: ["arithmetic", method]}, "drop": [None, "P2"]},
        draws=40,
        keep=True,
    )
    assert (found.slow, found.failed) == (0, 0)
    kinds = set()
    for d, picked in found.kept["choices"].iterrows():
        tree = spec.structure if picked["drop"] == "none" else spec.structure.without(["P2"])
        chosen = "arithmetic" if picked["aggregate 3"] == "arithmetic" else method
        built = build_index(
            frame[list(tree.indicators)], IndexSpec(tree, normalise=scale, aggregate={3: chosen})
        )
        np.testing.assert_array_equal(found.kept["scores"].loc[d], built.scores["INDEX"])
        kinds.add(tuple(picked))
    assert len(kinds) == 4


def test_an_aggregation_that_is_not_defined_fails_and_names_the_code(frame, spec):
    found = uncertainty(frame, spec, {"aggregate": ["arithmetic", "geometric"]}, draws=2000)
    ((reason, count),) = found.failures.items()
    assert "P1" in reason.en
    assert 900 < count < 1100


def test_what_is_not_compiled_goes_through_the_plain_build_and_says_so(frame, spec):
    choices = {
        "normalise": {2: [None, ("goalposts", {"lower": 0.0, "upper": 100.0})]},
        "weights": {"noise": 0.2},
    }
    found = uncertainty(frame, spec, choices, draws=40, keep=True)
    again = found.kept["choices"]["normalise 2"] != "none"
    assert 5 < again.sum() == found.slow < 35
    assert f"{found.slow} draws went through the plain build" in found.summary()
    for d in found.kept["choices"].index:
        drawn = found.kept["multipliers"].loc[d]
        tree = spec.structure.reweighted({c: w * drawn[c] for c, w in spec.structure.weights.items()})
        levels = {1: "minmax", 2: choices["normalise"][2][1]} if again[d] else "minmax"
        built = build_index(frame, IndexSpec(tree, normalise=levels))
        np.testing.assert_array_equal(found.kept["scores"].loc[d], built.scores["INDEX"])


AGAIN = {
    "none": None,
    "minmax(lower=20.0, upper=60.0)": NARROW,
    "distance_to_max": "distance_to_max",
    "zscore(mean=3.0)": ("zscore", {"mean": 3.0}),
    "rank": "rank",
    "borda(ties='average')": ("borda", {"ties": "average"}),
    "percentile_rank(upper=7.0)": ("percentile_rank", {"upper": 7.0}),
}


@pytest.mark.parametrize("units", [40, 9, 300])
def test_levels_that_are_normalised_again_and_copeland_are_compiled(frame, spec, units):
    many = pd.concat([frame] * 8, ignore_index=True).iloc[:units]
    random = np.random.default_rng(units)
    many = (many * random.uniform(0.5, 1.5, many.shape)).mask(random.random(many.shape) < 0.15)
    many.index = [f"u{k}" for k in range(units)]
    choices = {
        "normalise": {2: list(AGAIN.values()), 3: [None, "minmax"]},
        "aggregate": {2: ["arithmetic", ("copeland", {"minimum_available": 0.6})], 4: ["copeland", "arithmetic"]},
        "drop": [None, "I05", "P3"],
        "weights": {"noise": 0.3},
    }  # fmt: skip
    found = uncertainty(many, spec, choices, draws=120, seed=5, keep=True)
    assert (found.slow, found.failed) == (0, 0)
    seen = set()
    for d, picked in found.kept["choices"].iterrows():
        drawn = found.kept["multipliers"].loc[d]
        tree = spec.structure.reweighted({c: w * drawn[c] for c, w in spec.structure.weights.items()})
        tree = tree if picked["drop"] == "none" else tree.without([picked["drop"]])
        levels = {1: "minmax", 2: AGAIN[picked["normalise 2"]]}
        levels[3] = None if picked["normalise 3"] == "none" else "minmax"
        compared = {4: picked["aggregate 4"]}
        if picked["aggregate 2"] != "arithmetic":
            compared[2] = ("copeland", {"minimum_available": 0.6})
        one = IndexSpec(tree, normalise=levels, aggregate=compared)
        built = build_index(many[list(tree.indicators)], one)
        np.testing.assert_array_equal(found.kept["scores"].loc[d], built.scores["INDEX"])
        seen |= {("level", picked["normalise 2"]), ("top", picked["aggregate 4"]), ("gone", picked["drop"])}
    assert len(seen) == len(AGAIN) + 2 + 3


def test_an_aggregate_that_is_flat_fails_a_draw_as_it_fails_the_build(frame, spec):
    flat = frame.assign(I01=2.0, I02=2.0, I03=2.0)
    recipe = spec.replace(normalise={1: ("minmax", {"flat": 50.0})})
    told = ("minmax", {"flat": 1.0})
    found = uncertainty(flat, recipe, {"normalise": {2: [None, "minmax", told]}}, draws=300, keep=True)
    ((reason, count),) = found.failures.items()
    assert reason.en.startswith("P1:")
    assert 60 < count < 140
    again = found.kept["choices"]["normalise 2"] == "minmax(flat=1.0)"
    built = build_index(flat, recipe.replace(normalise={1: ("minmax", {"flat": 50.0}), 2: told}))
    rows = found.kept["scores"][again]
    assert len(rows) > 60
    np.testing.assert_array_equal(rows, np.tile(built.scores["INDEX"], (len(rows), 1)))


def test_compiled_sums_are_those_of_numpy():
    assert sums_agree()
    x = np.random.default_rng(1).lognormal(0.0, 8.0, 20_000)
    for n in (1, 7, 8, 9, 127, 128, 129, 136, 257, 1000, 1023, 8193, 20_000):
        assert pairwise(x, n) == x[:n].sum()
    # A sum from the left to the right is another number, so the comparison above can tell.
    assert pairwise(x, 20_000) != np.cumsum(x)[-1]


def test_imputation_treatment_and_weights_by_method_are_drawn(frame, spec):
    choices = {
        "impute": [None, "mean", "median"],
        "treat": [None, "winsorise"],
        "normalise": ["minmax", "zscore"],
        "weights": [None, "equal"],
    }
    found = uncertainty(frame, spec, choices, draws=60, seed=2, keep=True)
    assert found.failed == found.slow == 0
    read = {"none": None}
    for d, picked in found.kept["choices"].iterrows():
        one = spec.replace(**{name: read.get(label, label) for name, label in picked.items()})
        built = build_index(frame, one)
        np.testing.assert_array_equal(found.kept["scores"].loc[d], built.scores["INDEX"])


def test_beyond_a_thousand_units_neighbouring_ranks_share_a_count(frame, spec, monkeypatch):
    choices = {"weights": {"noise": 0.5}}
    exact = uncertainty(frame, spec, choices, draws=500, seed=1)
    monkeypatch.setattr(counting, "RANKS", 15)
    shared = uncertainty(frame, spec, choices, draws=500, seed=1)
    assert (exact.rank_error, shared.rank_error) == (0.0, 1.0)
    for name in ("mean", "median", "lower", "upper"):
        assert (shared.ranks[name] - exact.ranks[name]).abs().max() <= 1.0
    rows, fine = shared.acceptability(), exact.acceptability()
    assert rows.columns.tolist() == list(range(1, 41, 3))
    np.testing.assert_allclose(rows[4], fine[4] + fine[5] + fine[6])


def test_multiple_imputation_draws_its_data_sets(frame, spec):
    several = {"mean": 0.4, Choice.read("impute", ("multiple", {"sets": 3, "seed": 5})): 0.6}
    found = uncertainty(frame, spec, {"impute": several}, draws=900, seed=1, keep=True)
    (factor,) = found.factors.factors
    assert factor.probabilities == pytest.approx((0.4, 0.2, 0.2, 0.2))
    for label, value in zip(factor.labels, factor.values, strict=True):
        built = build_index(frame, spec.replace(impute=value)).scores["INDEX"]
        rows = found.kept["scores"][found.kept["choices"]["impute"] == label]
        assert len(rows) > 120
        np.testing.assert_array_equal(rows, np.tile(built, (len(rows), 1)))


def test_a_unit_may_be_the_reference_in_a_draw_as_in_the_build(frame, spec):
    whole = frame.fillna(frame.median())
    nodes = tuple(replace(n, reference="U07") if n.level == 1 else n for n in spec.structure.nodes)
    recipe = spec.replace(structure=Structure(nodes), normalise="distance_to_reference")
    found = uncertainty(
        whole, recipe, {"normalise": ["distance_to_reference", "minmax"]}, draws=20, seed=1, keep=True
    )
    assert not len(found.failures)
    built = build_index(whole, recipe).scores["INDEX"]
    assert built["U07"] == pytest.approx(1)
    assert found.scores["nominal"].to_numpy() == pytest.approx(built.loc[found.scores.index].to_numpy())


def test_a_goalpost_after_a_logarithm_fails_in_a_draw_as_in_the_build(frame, spec):
    goalposts, log = ("goalposts", {"lower": 0.0, "upper": 100.0}), ("log", {"always": True})
    choices = {"treat": {"I01": [None, log]}, "normalise": {"I01": [goalposts, "minmax"]}}
    found = uncertainty(frame, spec, choices, draws=200, seed=1)
    with pytest.raises(InputError, match="I01"):
        build_index(frame, spec.replace(treat={"I01": log}, normalise={"I01": goalposts}))
    ((reason, count),) = found.failures.items()
    assert "I01" in reason.en
    assert 20 < count < 80
