"""The permutation test: every step against enumeration, against `minimise`, or against scipy."""

import json
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest, false_discovery_control

from learningcity.core import InputError, UnknownNameError
from learningcity.explain.qca import permutation
from learningcity.explain.qca.covers import find_covers
from learningcity.explain.qca.minimise import minimise
from learningcity.explain.qca.permutation import false_discovery, permutation_test
from learningcity.explain.qca.permutation_result import monte_carlo_interval
from learningcity.explain.qca.permutation_search import Choices, Repeated, small_covers
from learningcity.explain.qca.truth import truth_table


def table_of(seed, levels, cases=30, fuzzy=False):
    random = np.random.default_rng(seed)
    names = list("ABCDE")[: len(levels)]
    data = pd.DataFrame({n: random.integers(0, k, cases) for n, k in zip(names, levels, strict=True)})
    data["Y"] = random.integers(0, 2, cases)
    if fuzzy:
        data = data.map(lambda v: v * 0.6 + 0.2) + random.uniform(-0.15, 0.15, data.shape)
    return data, names


@pytest.mark.parametrize("solution", ["conservative", "parsimonious", "intermediate"])
@pytest.mark.parametrize("covers", ["fewest", "irredundant"])
@pytest.mark.parametrize("levels", [(2, 2, 2), (2, 2, 2, 2), (3, 2, 3), (2, 2, 2, 2, 2)])
def test_laid_out_terms_give_the_models_of_minimise(solution, covers, levels):
    compared = refused = 0
    for seed in range(3):
        data, names = table_of(seed, levels)
        table = truth_table(data, "Y", names, 0.8, frequency_cut=1 + seed % 2)
        term = table.conditions.term([int(v) for v in table.values[0]][:2] + [None] * (len(names) - 2))
        expected = {names[0]: 1, names[-1]: 0} if solution == "intermediate" else None
        for excluded in ((), (term,)):
            search = Repeated(table, Choices(solution, expected, covers, excluded, 10_000))
            assert search.layout is not None
            random = np.random.default_rng(seed)
            asked = np.concatenate(
                [random.random((8, len(table.out))) < 0.4, np.zeros((1, len(table.out)), bool), np.ones((1, len(table.out)), bool)]
            )  # fmt: skip
            for positive, found in zip(asked, search.solved(asked), strict=True):
                out = tuple(
                    "?" if code == "?" else "01"[int(p)] for code, p in zip(table.out, positive, strict=True)
                )
                try:
                    truth = minimise(
                        replace(table, out=out), solution, expected, covers, exclude=excluded, models=10_000
                    ).models
                except InputError:
                    truth, refused = (), refused + 1
                assert {frozenset(m) for m in found} == {frozenset(m) for m in truth}
                compared += 1
    assert compared == 60
    assert refused >= 6


def test_many_conditions_go_through_the_search_of_minimise():
    data, names = table_of(0, (2,) * 5)
    table = truth_table(data, "Y", names, 0.8)
    search = Repeated(table, Choices("parsimonious"))
    other = Repeated(table, Choices("parsimonious"))
    other.layout = None
    asked = np.random.default_rng(0).random((10, len(table.out))) < 0.4
    assert [{frozenset(m) for m in found} for found in search.solved(asked)] == [
        {frozenset(m) for m in found} for found in other.solved(asked)
    ]
    wide = pd.DataFrame(np.random.default_rng(1).integers(0, 2, (20, 11)), columns=[*"ABCDEFGHIJ", "Y"])
    assert Repeated(truth_table(wide, "Y", list("ABCDEFGHIJ")), Choices()).layout is None
    assert permutation_test(wide, "Y", list("ABCDEFGHIJ"), solution="parsimonious", permutations=5).p > 0.1


@pytest.mark.parametrize("seed", range(30))
def test_small_covers_are_those_of_the_compiled_search(seed):
    random = np.random.default_rng(seed)
    chart = random.random((random.integers(3, 12), random.integers(2, 9))) < 0.35
    chart = np.concatenate([chart, np.eye(chart.shape[1], dtype=bool)])
    assert small_covers(chart, 10_000) == find_covers(chart, "fewest").models
    few = small_covers(chart, 2)
    assert len(few) <= 2
    assert set(few) <= set(find_covers(chart, "fewest").models)


def test_p_is_that_of_all_shuffles_each_done_by_hand():
    """Eight cases, three of them with the outcome: 56 shuffles, each through truth_table and minimise."""
    data = pd.DataFrame({"A": [1, 1, 1, 1, 0, 0, 0, 0], "B": [1, 1, 0, 0, 1, 1, 0, 0]})
    data["C"] = [1, 0, 1, 0, 1, 0, 1, 0]
    data["Y"] = [1, 1, 0, 1, 0, 0, 0, 0]
    asked = {"solution": "parsimonious"}
    found = permutation_test(data, "Y", list("ABC"), 0.8, permutations=4000, **asked)

    def by_hand(y):
        try:
            solution = minimise(truth_table(data.assign(Y=y), "Y", list("ABC"), 0.8), "parsimonious")
        except InputError:
            return 0.0, []
        fits = solution.fit.reset_index()
        best = max(r.inclusion * r.coverage for r in fits.itertuples() if r.term == "model")
        return best, [(r.inclusion, r.coverage) for r in fits.itertuples() if r.term != "model"]

    observed, _ = by_hand(data["Y"].to_numpy())
    shuffles = [by_hand(np.isin(np.arange(8), chosen).astype(int)) for chosen in combinations(range(8), 3)]
    assert len(shuffles) == 56
    exact = np.mean([best >= observed - 1e-9 for best, _ in shuffles])
    assert found.observed == pytest.approx(observed)
    low, high = found.interval
    assert low <= exact <= high
    assert high - low < 0.05
    for one in found.terms:
        truth = np.mean(
            [
                any(i >= one.inclusion - 1e-9 and c >= one.coverage - 1e-9 for i, c in terms)
                for _, terms in shuffles
            ]
        )
        low, high = monte_carlo_interval(one.as_good, 4000)
        assert low - 0.01 <= truth <= high + 0.01


def test_a_term_named_beforehand_is_tested_as_in_the_hypergeometric_law():
    """Inclusion of one fixed crisp configuration under shuffles: drawing without putting back."""
    from scipy.stats import hypergeom

    data, names = table_of(4, (2, 2, 2), cases=40)
    data["Y"] = (data["A"] & data["B"]) | (np.arange(40) % 7 == 0)
    found = permutation_test(data, "Y", names, 0.7, solution="parsimonious", permutations=5000)
    assert found.terms
    for one in found.terms:
        inside = one.term.membership(data).sum()
        hit = round(one.inclusion * inside)
        exact = hypergeom.sf(hit - 1, 40, data["Y"].sum(), int(inside))
        assert one.p_fixed == pytest.approx(exact, abs=4 * np.sqrt(exact / 5000) + 0.0005)
        assert one.p >= one.p_fixed - 0.02


@pytest.mark.parametrize("fuzzy", [False, True])
@pytest.mark.parametrize("statistic", ["product", "inclusion", "coverage", "pri_product", "best_term"])
def test_each_shuffle_is_judged_as_by_truth_table_and_minimise(statistic, fuzzy):
    data, names = table_of(11, (2, 2, 2), cases=25, fuzzy=fuzzy)
    cut = 0.7 if fuzzy else 0.75
    found = permutation_test(
        data, "Y", names, cut, 0.2, 2, solution="conservative", statistic=statistic, permutations=25, seed=3
    )
    y = truth_table(data, "Y", names).membership
    outcomes = np.random.default_rng(3).permuted(np.tile(y, (25, 1)), axis=1)
    compared = 0
    for shuffled, value in zip(outcomes, found.null, strict=True):
        try:
            solution = minimise(truth_table(data.assign(Y=shuffled), "Y", names, cut, 0.2, 2))
        except InputError:
            assert value == 0
            continue
        wholes = [solution.whole(k) for k in range(len(solution.models))]
        truth = {
            "product": max(i * c for i, _, c in wholes),
            "inclusion": max(i for i, _, _ in wholes),
            "coverage": max(c for _, _, c in wholes),
            "pri_product": max(p * c for _, p, c in wholes),
            "best_term": max(
                r.inclusion * r.coverage for r in solution.fit.itertuples() if r.Index[1] != "model"
            ),
        }[statistic]
        assert value == pytest.approx(truth)
        compared += 1
    assert compared == 25 - found.nothing
    assert compared > 5


def test_same_seed_same_figures_whatever_fits_in_the_memory(monkeypatch):
    data, names = table_of(5, (2, 2, 2), cases=20)
    seen = []
    asked = {"inclusion_cut": 0.7, "permutations": 60}
    first = permutation_test(data, "Y", names, seed=1, progress=lambda a, b: seen.append((a, b)), **asked)
    assert seen == [(60, 60)]
    monkeypatch.setattr(permutation, "ROOM", 20 * 10 * 7)
    seen.clear()
    again = permutation_test(data, "Y", names, seed=1, progress=lambda a, b: seen.append((a, b)), **asked)
    assert len(seen) > 5
    assert seen[-1] == (60, 60)
    assert again.to_dict() == first.to_dict()
    assert (permutation_test(data, "Y", names, seed=2, **asked).null != first.null).any()


def test_with_many_conditions_the_best_term_tells_what_the_product_cannot():
    random = np.random.default_rng(0)
    data = pd.DataFrame(random.integers(0, 2, (40, 10)), columns=list("ABCDEFGHIJ"))
    data["Y"] = data["A"] * data["B"]
    asked = {"inclusion_cut": 0.8, "solution": "parsimonious", "permutations": 99, "models": 5}
    blind = permutation_test(data, "Y", list("ABCDEFGHIJ"), **asked)
    seeing = permutation_test(data, "Y", list("ABCDEFGHIJ"), statistic="best_term", **asked)
    assert blind.observed == seeing.observed == 1
    assert blind.p > 0.2
    assert not blind.strong
    assert seeing.p == 0.01
    assert [str(t) for t in seeing.strong_terms] == ["A*B"]


def test_false_discovery_and_interval_are_those_of_scipy():
    random = np.random.default_rng(0)
    for size in (1, 2, 7, 40):
        p = random.random(size).round(2)
        assert false_discovery(p) == pytest.approx(false_discovery_control(p))
    assert len(false_discovery([])) == 0
    for count, number in ((0, 10), (3, 10), (10, 10), (49, 999)):
        truth = binomtest(count, number).proportion_ci(0.95, "exact")
        assert monte_carlo_interval(count, number) == pytest.approx((truth.low, truth.high))


def test_result_says_what_was_found():
    random = np.random.default_rng(1)
    data = pd.DataFrame(random.integers(0, 2, (40, 3)), columns=list("ABC"))
    data["Y"] = data["A"] * data["B"]
    found = permutation_test(data, "Y", list("ABC"), permutations=199)
    assert [str(t) for t in found.strong_terms] == ["A*B"]
    frame = found.table()
    assert list(frame["term"]) == ["model", "A*B"]
    assert frame.loc[0, "p"] == 1 / 200
    assert frame["low"].tolist() == [0, 0]
    assert json.loads(json.dumps(found.to_dict()))["strong"] is True
    assert "A strong finding" in found.summary()
    assert "为有力发现" in found.summary("zh")
    weak = permutation_test(data, "Y", list("ABC"), permutations=19)
    assert not weak.strong
    assert weak.p == 0.05
    assert "Not a strong finding" in weak.summary()
    assert "不是有力发现" in weak.summary("zh")


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"permutations": 0}, InputError, "permutations"),
        ({"permutations": 10**20}, InputError, "at most 10,000,000"),
        ({"models": 0}, InputError, "models"),
        ({"seed": -1}, InputError, "seed"),
        ({"level": 1}, InputError, "level"),
        ({"progress": 3}, InputError, "progress"),
        ({"statistic": "beta"}, UnknownNameError, "beta"),
        ({"solution": "best"}, UnknownNameError, "best"),
        ({"expectations": {"A": 1}}, InputError, "Expectations"),
        ({"exclude": ["Q"]}, UnknownNameError, "Q"),
        ({"conditions": ["A", "Z"]}, UnknownNameError, "Z"),
        ({"inclusion_cut": 2}, InputError, "inclusion_cut"),
    ],
)
def test_bad_input_is_named(given, error, said):
    data, _ = table_of(0, (2, 2, 2))
    with pytest.raises(error, match=said):
        permutation_test(data, "Y", **{"conditions": ["A", "B", "C"], "permutations": 5, **given})


def test_data_without_a_solution_are_refused_as_by_minimise():
    data = pd.DataFrame({"A": [1, 1, 0, 0], "B": [1, 1, 0, 0], "Y": [1, 0, 1, 0]})
    with pytest.raises(InputError, match="No combination is positive"):
        permutation_test(data, "Y", ["A", "B"], permutations=5)
