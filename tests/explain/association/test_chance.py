"""p and q: exact ones by counting all orders, sampled ones against exact ones, false findings at the stated rate."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from tests.explain.association.oracles import (
    adjusted,
    counted_p,
    cramers_v,
    epsilon_squared,
    kendall,
    rank_biserial,
    spearman,
)

from learningcity.explain.association import Pair, associate, pairs
from learningcity.explain.association.permutation import arrangements, count_arrangements

#: Two sides of six cases -> the measure, and the statistic that all orders are counted by.
SMALL = {
    "ranks": ([1, 2, 3, 4, 5, 6], [2, 1, 3, 3, 6, 5], "spearman", spearman),
    "ties on both sides": ([1, 1, 2, 2, 3, 3], [0, 0, 0, 1, 1, 0], "spearman", spearman),
    "two groups": (list("aabbbb"), [3, 1, 4, 4, 5, 9], "rank_biserial", lambda g, v: rank_biserial(v, g)),
    "three groups": (
        list("aabbcc"),
        [1, 2, 2, 7, 8, 3],
        "epsilon_squared",
        lambda g, v: epsilon_squared(v, g),
    ),
    "groups by groups": (list("aabbcc"), list("xxyyyx"), "cramers_v", cramers_v),
}


def one_pair(first, second, **choices):
    frames = pd.DataFrame({"first": first}), pd.DataFrame({"second": second})
    return associate(*frames, **{"draws": 0, **choices}).pairs[0]


@pytest.mark.parametrize("name", SMALL)
def test_few_cases_are_judged_by_all_their_orders(name):
    first, second, measure, statistic = SMALL[name]
    pair = one_pair(first, second)
    assert (pair.measure, pair.method) == (measure, "exact")
    assert pair.p == pytest.approx(counted_p(statistic, np.array(first), np.array(second)))


@pytest.mark.parametrize("second", [[2, 1, 4, 3, 6, 5], [1, 1, 2, 3, 3, 2]])
def test_tau_is_judged_by_all_orders(second):
    pair = one_pair([1, 2, 3, 4, 5, 6], second, correlation="kendall")
    assert pair.method == "exact"
    assert pair.p == pytest.approx(counted_p(kendall, np.arange(6), np.array(second)))


def test_exact_p_equals_the_tables_of_scipy():
    random = np.random.default_rng(3)
    values = random.permutation(15)
    groups = np.array(["a"] * 5 + ["b"] * 10)
    truth = stats.mannwhitneyu(values[:5], values[5:], method="exact").pvalue
    assert one_pair(groups, values).p == pytest.approx(truth)
    x, y = np.arange(7), np.array([1, 0, 2, 4, 3, 6, 5])
    truth = stats.kendalltau(x, y, method="exact").pvalue
    assert one_pair(x, y, correlation="kendall").p == pytest.approx(truth)


def test_one_rare_value_makes_many_cases_exact():
    # One case of thirty has the trait, and it is the largest: 2 of 30 places are as far out.
    pair = one_pair(np.arange(30), [0] * 29 + [1])
    assert (pair.p, pair.method, pair.arrangements) == (pytest.approx(2 / 30), "exact", 30)


@pytest.mark.parametrize("counts", [[1, 2], [2, 2, 1], [1, 1, 1, 1], [3, 4]])
def test_arrangements_are_all_and_each_once(counts):
    found = arrangements(counts)
    assert len(found) == count_arrangements(counts, 10**6) == len(np.unique(found, axis=0))
    assert (np.sort(found, axis=1) == np.repeat(np.arange(len(counts)), counts)).all()


def test_too_many_arrangements_are_not_counted_out():
    assert count_arrangements([1] * 500, 9999) == 10_000
    assert count_arrangements([500, 500], 9999) == 10_000


@pytest.mark.parametrize("correlation", ["spearman", "kendall"])
def test_a_sample_of_orders_comes_near_all_of_them(correlation):
    first, second = [1, 2, 3, 4, 5, 6, 7], [2, 1, 4, 3, 5, 7, 6]
    truth = one_pair(first, second, correlation=correlation).p
    sampled = one_pair(first, second, correlation=correlation, permutations=2000)
    assert sampled.method == "permutation"
    assert abs(sampled.p - truth) < 4 * np.sqrt(truth * (1 - truth) / 2000) + 1 / 2001


def test_sampled_p_agree_with_the_large_sample_tests():
    random = np.random.default_rng(8)
    x = random.normal(size=200)
    y = 0.15 * x + random.normal(size=200)
    groups = random.choice(list("abc"), 200)
    truth = {
        "spearman": (one_pair(x, y), stats.spearmanr(x, y).pvalue),
        "epsilon_squared": (one_pair(groups, y), stats.kruskal(*(y[groups == g] for g in "abc")).pvalue),
        "kendall": (
            one_pair(x, y, correlation="kendall"),
            stats.kendalltau(x, y, method="asymptotic").pvalue,
        ),
    }
    for measure, (pair, p) in truth.items():
        assert pair.measure == measure
        assert pair.p == pytest.approx(p, abs=0.015)
    assert truth["kendall"][0].method == "asymptotic"


def test_with_effort_p_agrees_with_the_t_test_of_ranks():
    random = np.random.default_rng(9)
    read = random.normal(size=150)
    x, y = read + random.normal(size=150), read + random.normal(size=150)
    pair = one_pair(x, y, effort=pd.Series(read))
    r = pair.partial.estimate
    t = abs(r) * np.sqrt(147 / (1 - r**2))
    assert pair.p < 0.001
    assert pair.partial.p == pytest.approx(2 * stats.t.sf(t, 147), abs=0.02)


def with_p(ps, adjust="bh"):
    return pairs.adjusted([Pair(str(k), "y", 9, 0, 0, p=p) for k, p in enumerate(ps)], adjust, 0.05)


def test_the_example_of_benjamini_and_hochberg():
    # Their 15 p of 1995 (thrombolysis trial): four are rejected at 0.05.
    ps = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
        0.7590, 1.0,
    ]  # fmt: skip
    assert [k for k, pair in enumerate(with_p(ps)) if pair.found] == [0, 1, 2, 3]
    assert [k for k, pair in enumerate(with_p(ps, "by")) if pair.found] == [0, 1, 2]


def test_q_follow_their_definition_and_leave_out_what_was_not_judged():
    ps = np.random.default_rng(2).random(20).tolist()
    given = with_p([*ps[:10], None, *ps[10:]])
    judged = [pair for pair in given if pair.p is not None]
    assert [pair.q_bh for pair in judged] == pytest.approx(adjusted(ps))
    assert [pair.q_by for pair in judged] == pytest.approx(adjusted(ps, dependence=True))
    assert given[10].q_bh is None


def noise(seed, cases=24, columns=6):
    random = np.random.default_rng(seed)
    names = [f"c{k}" for k in range(cases)]
    background = pd.DataFrame({f"x{k}": random.normal(size=cases) for k in range(columns - 1)}, index=names)
    background["region"] = random.choice(list("abc"), cases)
    traits = pd.DataFrame(
        {f"y{k}": random.choice([0.33, 0.67, 1.0], cases) for k in range(columns)}, index=names
    )
    return background, traits.mask(random.random(traits.shape) < 0.1)


def test_on_shuffled_data_false_findings_stay_at_the_stated_rate():
    # 100 tables of 36 pairs without any relation: tables with any finding at 0.05 (99 of 100 times at most 11).
    results = [associate(*noise(seed), permutations=999, draws=0, seed=seed) for seed in range(100)]
    assert sum(bool(result.found) for result in results) <= 11
    ps = np.array([pair.p for result in results for pair in result.judged])
    assert len(ps) == 100 * 36
    for level in (0.01, 0.05, 0.2):
        assert (ps <= level).mean() <= level * 1.15
    assert (ps <= 0.2).mean() > 0.15


def planted(seed, effort_only=False):
    """Five of 24 pairs are related; with ``effort_only`` by way of effort alone."""
    random = np.random.default_rng(seed)
    x, y = random.normal(size=(50, 4)), random.normal(size=(50, 6))
    read = random.normal(size=50)
    if effort_only:
        x[:, 0] += 1.5 * read
        y[:, 0] += 1.5 * read
    else:
        y[:, :5] += 1.2 * x[:, [0]]
    cases = [f"c{k}" for k in range(50)]
    return (
        pd.DataFrame(x, index=cases).add_prefix("x"), pd.DataFrame(y, index=cases).add_prefix("y"),
        pd.Series(read, index=cases, name="read"),
    )  # fmt: skip


def test_planted_associations_are_found_and_few_others():
    false, found = [], 0
    for seed in range(40):
        background, traits, _ = planted(seed)
        names = {pair.name for pair in associate(background, traits, permutations=4999, draws=0).found}
        true = {f"x0 - y{k}" for k in range(5)}
        found += len(names & true)
        false.append(len(names - true) / max(len(names), 1))
    assert found >= 0.99 * 200
    assert np.mean(false) <= 0.06


def test_what_only_effort_brings_about_vanishes_once_it_is_taken_out():
    held = 0
    for seed in range(20):
        background, traits, read = planted(seed, effort_only=True)
        pair = associate(background, traits, effort=read, permutations=499, draws=0).pair("x0", "y0")
        assert pair.p <= 0.05
        held += pair.partial.p <= 0.05
    assert held <= 4


def test_country_figures_are_shuffled_by_country():
    # Twelve countries of five cities; figure and trait are both the country's own, and unrelated.
    alone = together = 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        country = np.repeat(np.arange(12), 5)
        figure = pd.DataFrame({"figure": random.normal(size=12)[country]})
        trait = pd.DataFrame(
            {"trait": (random.normal(size=12)[country] + 0.3 * random.normal(size=60)).round(1)}
        )
        alone += associate(figure, trait, permutations=199, draws=0).pairs[0].p <= 0.05
        pair = associate(figure, trait, permutations=199, draws=0, clusters=pd.Series(country)).pairs[0]
        together += pair.p <= 0.05
    assert alone > 12
    assert together <= 7


@pytest.mark.parametrize("kind", ["figure", "group"])
def test_few_clusters_are_judged_by_all_their_orders(kind):
    from itertools import permutations

    random = np.random.default_rng(4)
    country = np.array([0, 0, 0, 1, 2, 2, 3, 4, 4, 5])
    own = np.array([3, 1, 2, 2, 5, 1]) if kind == "figure" else np.array(list("abcaab"))
    trait = random.normal(size=10).round(1)
    statistic = spearman if kind == "figure" else epsilon_squared
    sides = (trait, own[country])
    seen = abs(statistic(*sides))
    counted = [
        abs(statistic(trait, own[list(order)][country])) >= seen - 1e-9 for order in permutations(range(6))
    ]
    pair = one_pair(own[country], trait, clusters=pd.Series(country))
    assert (pair.method, pair.arrangements) == ("exact", 720)
    assert pair.p == pytest.approx(np.mean(counted))
    again = one_pair(trait, own[country], clusters=pd.Series(country))
    assert again.p == pytest.approx(pair.p)


def test_with_effort_few_cases_are_judged_by_all_orders_of_the_residuals():
    # Freedman and Lane: shuffle what effort leaves of the ranks, take effort out again, correlate.
    from itertools import permutations

    x, y, read = (
        np.array([1.0, 2, 3, 4, 5, 6]),
        np.array([2.0, 3, 1, 6, 4, 5]),
        np.array([1.0, 1, 2, 2, 4, 3]),
    )
    design = np.column_stack([np.ones(6), stats.rankdata(read)])
    left = np.eye(6) - design @ np.linalg.pinv(design)
    moved, fixed = left @ stats.rankdata(x), left @ stats.rankdata(y)
    orders = [left @ moved[list(order)] for order in permutations(range(6))]
    found = np.array([abs(fixed @ one) / np.sqrt(one @ one) for one in orders])
    pair = one_pair(x, y, effort=pd.Series(read))
    assert pair.partial.estimate == pytest.approx(fixed @ moved / np.sqrt((fixed @ fixed) * (moved @ moved)))
    assert pair.partial.p == pytest.approx(np.mean(found >= found[0] - 1e-9))
