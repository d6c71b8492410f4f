"""Sensitivity: against functions with known indices, against SALib, and against sums done by hand."""

from __future__ import annotations

import json
from itertools import product

import numpy as np
import pandas as pd
import pytest
from SALib.analyze import sobol

from learningcity.core import InputError, UnknownNameError
from learningcity.index import IndexSpec, Structure, build_index, compiled_draws
from learningcity.index.sensitivity import sensitivity
from learningcity.index.sensitivity.estimators import _limits, bootstrap, sobol_indices


def runs_of(function, inputs, size, seed):
    """Both samples and the mixed ones of a function of independent uniform inputs."""
    a, b = np.random.default_rng(seed).random((2, size, inputs))
    mixed = []
    for k in range(inputs):
        one = a.copy()
        one[:, k] = b[:, k]
        mixed.append(function(one)[:, None])
    return function(a)[:, None], function(b)[:, None], np.stack(mixed)


def ishigami(x):
    z = np.pi * (2 * x - 1)
    return np.sin(z[:, 0]) + 7 * np.sin(z[:, 1]) ** 2 + 0.1 * z[:, 2] ** 4 * np.sin(z[:, 0])


def sobol_g(x):
    a = np.array([0.0, 1.0, 4.5, 9.0])
    return np.prod((np.abs(4 * x - 2) + a) / (1 + a), axis=1)


def test_ishigami_has_its_known_indices():
    # Ishigami & Homma (1990), doi 10.1109/ISUMA.1990.151285, with a = 7 and b = 0.1.
    first, total = sobol_indices(*runs_of(ishigami, 3, 200_000, 1))
    np.testing.assert_allclose(first.ravel(), [0.3139, 0.4424, 0.0], atol=0.015)
    np.testing.assert_allclose(total.ravel(), [0.5576, 0.4424, 0.2437], atol=0.015)


def test_the_g_function_has_its_known_indices():
    a = np.array([0.0, 1.0, 4.5, 9.0])
    part = 1 / (3 * (1 + a) ** 2)
    whole = np.prod(1 + part) - 1
    first, total = sobol_indices(*runs_of(sobol_g, 4, 200_000, 2))
    np.testing.assert_allclose(first.ravel(), part / whole, atol=0.015)
    np.testing.assert_allclose(total.ravel(), part * np.prod(1 + part) / (1 + part) / whole, atol=0.015)


def test_estimators_are_those_of_salib_on_the_same_runs():
    a, b, mixed = runs_of(ishigami, 3, 500, 3)
    first, total = sobol_indices(a, b, mixed)
    centre = (a.mean() + b.mean()) / 2
    for k in range(3):
        given = a[:, 0] - centre, mixed[k, :, 0] - centre, b[:, 0] - centre
        assert first[k, 0] == pytest.approx(sobol.first_order(*given), rel=1e-9)
        assert total[k, 0] == pytest.approx(sobol.total_order(*given), rel=1e-9)


def test_intervals_hold_the_known_index_about_as_often_as_they_say():
    truth, held = np.array([0.5576, 0.4424, 0.2437]), 0
    for seed in range(60):
        lower, upper = bootstrap(*runs_of(ishigami, 3, 400, seed), resamples=200, level=0.9, seed=seed)[2:]
        held += ((lower[:, 0] <= truth) & (truth <= upper[:, 0])).sum()
    assert 0.8 < held / 180 < 0.97


def test_intervals_are_the_quantiles_of_each_output_alone_with_and_without_gaps():
    rng = np.random.default_rng(7)
    drawn = rng.normal(size=(3, 200, 6))
    drawn[:, rng.random(200) < 0.2, 1] = np.nan
    drawn[:, :, 2] = np.nan
    drawn[0, :, 3] = np.nan
    lower, upper = _limits(drawn, (0.025, 0.975))
    for choice, output in product(range(3), range(6)):
        kept = drawn[choice, :, output][~np.isnan(drawn[choice, :, output])]
        expected = np.quantile(kept, (0.025, 0.975)) if len(kept) else (np.nan, np.nan)
        # The same bits: quantiles of many outputs at once are those of each.
        np.testing.assert_array_equal((lower[choice, output], upper[choice, output]), expected)


TREE = Structure.of({"INDEX": {"P": ["a", "b"], "Q": ["c", "d"]}})


@pytest.fixture
def frame():
    values = np.random.default_rng(5).normal(size=(12, 4)).round(2)
    return pd.DataFrame(values, index=[f"u{k}" for k in range(12)], columns=list("abcd"))


NARROW = ("minmax", {"lower": 40.0, "upper": 60.0})


def test_indices_of_an_index_are_those_of_all_its_combinations(frame):
    choices = {"normalise": {"a": ["minmax", NARROW], "c": ["minmax", NARROW]}, "drop": [None, "d"]}
    spec = IndexSpec(TREE)
    found = sensitivity(frame, spec, choices, draws=4000, seed=1, output="score")
    scores = np.empty((2, 2, 2, 12))
    for i, j, k in product(range(2), repeat=3):
        tree = TREE.without(["d"]) if k else TREE
        scales = {None: "minmax", "a": NARROW if i else "minmax", "c": NARROW if j else "minmax"}
        built = build_index(frame[list(tree.indicators)], IndexSpec(tree, normalise=scales))
        scores[i, j, k] = built.scores["INDEX"]
    variance = scores.var(axis=(0, 1, 2))
    for place, name in enumerate(("normalise a", "normalise c", "drop")):
        others = tuple(k for k in range(3) if k != place)
        first = scores.mean(axis=others).var(axis=0) / variance
        total = scores.var(axis=place).mean(axis=(0, 1)) / variance
        own = found.units.xs(name, level="choice")
        np.testing.assert_allclose(own["first"], first, atol=0.07)
        np.testing.assert_allclose(own["total"], total, atol=0.07)


def test_a_choice_without_effect_has_exactly_zero(frame):
    choices = {"weights": {"noise": 0.4}, "normalise": ["minmax", ("minmax", {"flat": 3.0})]}
    found = sensitivity(frame, IndexSpec(TREE), choices, draws=300, seed=2)
    own = found.overall.loc["normalise", ["first", "first_lower", "first_upper", "total", "total_upper"]]
    assert (own == 0).all()
    assert found.overall.loc["weights", "total"] > 0.5
    assert "Without any effect: normalise" in found.summary()
    assert "没有任何影响：normalise" in found.summary("zh")


def test_a_fixed_output_is_not_applicable():
    frame = pd.DataFrame({c: [3.0, 2.0, 1.0] for c in "abcd"}, index=["x", "y", "z"])
    found = sensitivity(frame, IndexSpec(TREE), {"weights": {"noise": 0.4}}, draws=50)
    assert not found.overall["applicable"].any()
    assert not found.units["applicable"].any()
    assert found.units[["first", "total", "total_lower"]].isna().all(axis=None)
    assert "not applicable" in found.summary()
    assert "不适用" in found.summary("zh")
    assert json.loads(json.dumps(found.to_dict()))["overall"][0]["total"] is None


def test_a_failed_run_drops_its_whole_draw(frame):
    kept = ("minmax", {"flat": 5.0})
    flat = frame.assign(b=1.0)
    choices = {"normalise": ["minmax", kept, kept, kept], "drop": [None, "a"]}
    found = sensitivity(flat, IndexSpec(TREE, normalise=kept), choices, draws=1000, seed=4)
    ((reason, count),) = found.failures.items()
    assert "b" in reason.en
    # Neither of the two normalisations of a draw may be the one that fails.
    assert abs(count / 1000 - (1 - 0.75**2)) < 0.05


def test_threads_change_no_bit(frame, monkeypatch):
    monkeypatch.setattr(compiled_draws, "ALONE", 0)
    choices = {"weights": {"noise": 0.4}, "normalise": ["minmax", NARROW], "drop": [None, "a"]}
    one, two = (sensitivity(frame, IndexSpec(TREE), choices, draws=200, seed=3, threads=t) for t in (1, 2))
    pd.testing.assert_frame_equal(one.units, two.units, check_exact=True)
    pd.testing.assert_frame_equal(one.overall, two.overall, check_exact=True)
    assert one.table().index.tolist() == one.overall.sort_values("total", ascending=False).index.tolist()


def test_what_cannot_be_asked(frame):
    with pytest.raises(InputError, match="Nothing varies"):
        sensitivity(frame, IndexSpec(TREE), {}, draws=10)
    with pytest.raises(UnknownNameError):
        sensitivity(frame, IndexSpec(TREE), {"drop": [None, "a"]}, draws=10, output="colour")
    with pytest.raises(InputError, match="Fewer than two"):
        sensitivity(
            frame.assign(b=1.0),
            IndexSpec(TREE, normalise=("minmax", {"flat": 5.0})),
            {"normalise": ["minmax"]},
            draws=10,
        )
