"""Effect sizes against scipy, published examples and closed forms."""

import numpy as np
import pandas as pd
import pytest
from tests.explain.association.oracles import (
    cramers_v,
    epsilon_squared,
    kendall,
    partial_correlation,
    rank_biserial,
    spearman,
)

from learningcity.explain.association import associate, intervals
from learningcity.explain.association.intervals import fisher_interval


def mixed(seed, cases=40):
    random = np.random.default_rng(seed)
    names = [f"c{k}" for k in range(cases)]
    background = pd.DataFrame(
        {
            "size": random.normal(size=cases).round(1),
            "income": pd.Categorical(
                random.choice(["low", "mid", "high"], cases), ["low", "mid", "high"], True
            ),
            "coast": random.random(cases) < 0.4,
            "region": random.choice(list("abcd"), cases),
        },
        index=names,
    )
    traits = pd.DataFrame(
        {
            "law": random.choice([0.33, 0.67, 1.0], cases),
            "kind": random.choice(["x", "y", "z"], cases),
            "seen": random.choice(["no", "yes"], cases),
        },
        index=names,
    )
    traits.loc[random.random(cases) < 0.2, "law"] = np.nan
    return background, traits


ORACLE = {
    ("size", "law"): ("spearman", spearman),
    ("income", "law"): ("spearman", spearman),
    ("coast", "law"): ("rank_biserial", lambda g, v: rank_biserial(v, g)),
    ("region", "law"): ("epsilon_squared", lambda g, v: epsilon_squared(v, g)),
    ("size", "kind"): ("epsilon_squared", epsilon_squared),
    ("size", "seen"): ("rank_biserial", rank_biserial),
    ("income", "kind"): ("epsilon_squared", epsilon_squared),
    ("region", "kind"): ("cramers_v", cramers_v),
    ("coast", "seen"): ("cramers_v", cramers_v),
}


@pytest.mark.parametrize("seed", range(5))
def test_every_measure_equals_scipy(seed):
    background, traits = mixed(seed)
    result = associate(background, traits, permutations=9, draws=0, seed=seed)
    for (one, other), (measure, oracle) in ORACLE.items():
        both = background[one].notna() & traits[other].notna()
        x, y = background[one][both], traits[other][both]
        x = x.cat.codes.to_numpy() if one == "income" else x.to_numpy()
        pair = result.pair(one, other)
        assert (pair.measure, pair.n) == (measure, both.sum())
        assert pair.estimate == pytest.approx(oracle(x, y.to_numpy()), abs=1e-12)
    assert len(result.pairs) == 12 == len(result.judged)


def test_tau_stands_beside_and_can_be_chosen():
    background, traits = mixed(1)
    both = traits["law"].notna()
    truth = kendall(background["size"][both], traits["law"][both])
    assert associate(background, traits, permutations=9, draws=0).pair("size", "law").tau_b == pytest.approx(
        truth
    )
    chosen = associate(background, traits, correlation="kendall", permutations=9, draws=0).pair("size", "law")
    assert (chosen.measure, chosen.estimate) == ("kendall", pytest.approx(truth))


def test_tau_of_many_cases_is_the_same():
    random = np.random.default_rng(2)
    for cases in (300, 301):
        x, y = random.integers(0, 9, (2, cases))
        pair = associate(pd.DataFrame({"x": x}), pd.DataFrame({"y": y}), permutations=9, draws=0).pairs[0]
        assert pair.tau_b == pytest.approx(kendall(x, y))


def test_published_rank_correlation():
    # Intelligence and hours of television of ten people, the worked example of the article on Spearman's
    # coefficient in Wikipedia: -29/165.
    score = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110]
    hours = [7, 0, 27, 50, 28, 29, 20, 12, 6, 17]
    pair = associate(pd.DataFrame({"score": score}), pd.DataFrame({"hours": hours}), draws=0).pairs[0]
    assert pair.estimate == pytest.approx(-29 / 165)


def test_published_tea_tasting():
    # Fisher (1935): three of four cups told right; p of both sides 34/70.
    poured = pd.DataFrame({"poured": ["milk"] * 4 + ["tea"] * 4})
    told = pd.DataFrame({"told": ["milk"] * 3 + ["tea"] * 4 + ["milk"]})
    pair = associate(poured, told, draws=0).pairs[0]
    assert (pair.p, pair.method, pair.estimate) == (pytest.approx(34 / 70), "exact", pytest.approx(0.5))


def test_the_later_group_is_the_positive_one():
    where = pd.DataFrame({"where": ["inland"] * 4 + ["coast"] * 4})
    height = pd.DataFrame({"height": [5, 6, 7, 8, 1, 2, 3, 4]})
    pair = associate(where, height, draws=0).pairs[0]
    assert (pair.estimate, pair.higher) == (1.0, "inland")
    assert pair.groups == (("coast", 4), ("inland", 4))


@pytest.mark.parametrize("seed", range(3))
def test_partial_correlation_follows_the_closed_form(seed):
    background, traits = mixed(seed)
    effort = pd.Series(
        np.random.default_rng(seed + 9).integers(1, 9, 40), index=background.index, name="read"
    )
    pair = associate(background, traits, effort=effort, permutations=9, draws=0).pair("size", "law")
    both = traits["law"].notna()
    x, y, z = background["size"][both], traits["law"][both], effort[both]
    assert pair.partial.estimate == pytest.approx(partial_correlation(x, y, z))
    assert pair.effort == (("read", pytest.approx(spearman(x, z)), pytest.approx(spearman(y, z))),)
    assert pair.partial.n == both.sum()


def test_two_measures_of_effort_are_taken_out_by_regression_of_ranks():
    background, traits = mixed(2)
    effort = pd.DataFrame(
        np.random.default_rng(5).normal(size=(40, 2)), index=background.index, columns=["p", "s"]
    )
    pair = associate(background, traits, effort=effort, permutations=9, draws=0).pair("size", "kind")
    ranks = np.column_stack([np.ones(40), effort.rank()])
    y = background["size"].rank().to_numpy()
    groups = pd.get_dummies(traits["kind"], dtype=float).to_numpy()

    def left(design):
        return y - design @ np.linalg.lstsq(design, y, rcond=None)[0]

    small, large = (left(d) @ left(d) for d in (ranks, np.column_stack([ranks, groups])))
    assert pair.partial.measure == "epsilon_squared"
    assert pair.partial.estimate == pytest.approx((small - large) / small)


def test_an_interval_holds_its_estimate_and_grows_with_confidence():
    background, traits = mixed(3)
    narrow, wide = (
        associate(background, traits, permutations=9, interval="bootstrap", confidence=c)
        .table()
        .set_index(["background", "characteristic"])
        for c in (0.8, 0.99)
    )
    assert (wide["low"] <= narrow["low"]).all()
    assert (wide["high"] >= narrow["high"]).all()
    assert (narrow["low"] < narrow["high"]).all()
    signed = wide["measure"].isin(["spearman", "rank_biserial"])
    assert ((wide["low"] <= wide["estimate"]) & (wide["estimate"] <= wide["high"]))[signed].all()


def test_the_bootstrap_equals_drawing_cases_again_by_hand():
    background, traits = mixed(4)
    from learningcity.explain.association import intervals, measures
    from learningcity.explain.association.columns import read_columns

    columns = {c.name: c for frame in (background, traits) for c in read_columns(frame)}
    both = traits["law"].notna().to_numpy()
    (weights,) = intervals.case_weights(int(both.sum()), 20, 1)
    raw = {c: columns[c].values[both] for c in ("size", "law", "coast", "region", "kind")}
    for one, other, oracle in (
        ("size", "law", spearman), ("coast", "law", lambda g, v: rank_biserial(v, g)),
        ("region", "law", lambda g, v: epsilon_squared(v, g)), ("region", "kind", cramers_v),
    ):  # fmt: skip
        sides = [measures.side_of(columns[c], both) for c in (one, other)]
        measure = measures.measure_of(*sides, "spearman")
        drawn = intervals._DRAWN[measure](*sides, weights)
        for k, times in enumerate(weights.astype(int)):
            assert drawn[k] == pytest.approx(oracle(np.repeat(raw[one], times), np.repeat(raw[other], times)))
    sides = [measures.side_of(columns[c], both) for c in ("size", "law")]
    drawn = intervals._DRAWN["kendall"](*sides, weights)
    again = [kendall(*(np.repeat(raw[c], t) for c in ("size", "law"))) for t in weights.astype(int)]
    assert drawn == pytest.approx(again)


def test_fisher_intervals_stay_inside_and_need_cases():
    assert fisher_interval(1.0, 20, 0.95) is None
    assert fisher_interval(-1.0, 20, 0.95, "kendall") is None
    assert fisher_interval(0.3, 3, 0.95) is None
    low, high = fisher_interval(0.9, 30, 0.95, "kendall")
    assert -1 < low < 0.9 < high < 1


def test_fisher_intervals_hold_the_coefficient_of_the_population():
    # Of the normal distribution: 6 / pi * arcsin(r / 2). Of 300 samples 95 % is 285; three deviations are 11.
    random = np.random.default_rng(6)
    truth = 6 / np.pi * np.arcsin(0.6 / 2)
    held = 0
    for _ in range(300):
        x = random.normal(size=30)
        low, high = fisher_interval(spearman(x, 0.6 * x + 0.8 * random.normal(size=30)), 30, 0.95)
        held += low <= truth <= high
    assert 274 <= held <= 298


def test_tau_with_ties_is_drawn_and_without_follows_fieller():
    random = np.random.default_rng(7)
    x, y = pd.DataFrame({"x": random.permutation(20)}), pd.DataFrame({"y": random.permutation(20)})
    choices = {"correlation": "kendall", "permutations": 9, "draws": 99}
    plain = associate(x, y, **choices).pairs[0]
    assert (plain.low, plain.high) == fisher_interval(plain.estimate, 20, 0.95, "kendall")
    tied = associate(x, y // 5, **choices).pairs[0]
    assert (tied.low, tied.high) != fisher_interval(tied.estimate, 20, 0.95, "kendall")
    assert tied == associate(x, y // 5, interval="bootstrap", **choices).pairs[0]


def test_clusters_are_drawn_whole():
    # Each case four times over says no more than once, if the fours are clusters.
    random = np.random.default_rng(8)
    x, y = random.normal(size=30), random.normal(size=30)
    frames = [pd.DataFrame({name: np.repeat(v, 4)}) for name, v in (("x", x), ("y", y))]
    clusters = pd.Series(np.repeat(range(30), 4))
    once = associate(*(f.iloc[::4] for f in frames), interval="bootstrap", permutations=9).pairs[0]
    four = associate(*frames, clusters=clusters, permutations=9).pairs[0]
    assert (four.estimate, four.low, four.high) == pytest.approx((once.estimate, once.low, once.high))
    alone = associate(*frames, interval="bootstrap", permutations=9).pairs[0]
    assert alone.high - alone.low < 0.7 * (four.high - four.low)


@pytest.mark.parametrize("interval", ["fisher", "bootstrap"])
@pytest.mark.parametrize("trait", ["law", "coast"])
def test_an_order_without_exception_has_no_interval_of_no_width(interval, trait):
    background = pd.DataFrame({"size": range(10)})
    traits = pd.DataFrame({"law": range(10), "coast": [False] * 5 + [True] * 5})
    pair = associate(background, traits[[trait]], interval=interval).pairs[0]
    assert pair.estimate == pytest.approx(1.0)
    assert (pair.low, pair.high) == (None, None)
    assert any("no exception" in note.en and "没有任何例外" in note.zh for note in pair.notes)


@pytest.mark.parametrize("name", ["case_weights", "group_weights", "cluster_weights"])
def test_draws_are_held_in_parts_and_each_draws_all_cases(name):
    codes = np.array([0, 0, 1, 1, 1, 2])
    parts = list(getattr(intervals, name)(6 if name == "case_weights" else codes, 10, 3, room=24))
    assert [part.shape for part in parts] == [(4, 6), (4, 6), (2, 6)]
    every = np.concatenate(parts)
    if name != "cluster_weights":
        assert (every.sum(axis=1) == 6).all()
    else:
        assert (every[:, [0, 2, 5]].sum(axis=1) == 3).all()
    assert len(np.unique(every, axis=0)) > 1
