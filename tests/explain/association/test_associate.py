"""The face of ``associate``: what is counted, what is refused and how, what the words say, what does not matter."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learningcity.core import InputError, UnknownNameError
from learningcity.explain.association import associate

CASES = ["amman", "bonn", "cork", "dijon", "espoo", "fes", "giza", "hull"]


def frames():
    background = pd.DataFrame(
        {
            "size": [1.0, 2, 3, 4, 5, 6, 7, np.nan],
            "flat": [3] * 8,
            "income": pd.Categorical(["low", "mid"] * 4, ["low", "mid", "high"], ordered=True),
            "name": CASES,
        },
        index=CASES,
    )
    traits = pd.DataFrame(
        {
            "law": [1, 1, 2, 2, 3, 3, np.nan, 4],
            "rare": [np.nan] * 6 + [1, 2],
            "kind": [*"aabb", None, *"bb", "a"],
        },
        index=CASES,
    )
    return background, traits


def test_pairs_are_counted_and_what_cannot_be_judged_is_a_row():
    result = associate(*frames(), draws=0)
    table = result.table().set_index(["background", "characteristic"])
    assert len(table) == 12 == len(result.judged) + len(result.not_judged)
    assert table.loc[("size", "law"), ["n", "lost", "lost_background", "lost_characteristic"]].tolist() == [
        6,
        2,
        1,
        1,
    ]
    notes = {
        ("size", "rare"): "not judged: 1 complete cases, at least 5 are wanted",
        ("flat", "law"): "not judged: the background column has one value only over the 7 complete cases",
        ("name", "law"): "not judged: every group holds a single case",
    }
    for pair, note in notes.items():
        assert table.loc[pair, "note"] == note
        assert table.loc[pair, ["estimate", "p", "q_bh", "q_by"]].isna().all()
        assert not table.loc[pair, "found"]
    judged = {("size", "law"), ("size", "kind"), ("income", "law"), ("income", "kind")}
    assert {(p.background, p.characteristic) for p in result.judged} == judged
    assert (
        "未判断：完整案例1个"
        in result.table("zh").set_index(["background", "characteristic"]).loc[("size", "rare"), "note"]
    )


def test_a_call_in_which_nothing_can_be_judged_says_why_in_both_languages():
    background, traits = frames()
    with pytest.raises(InputError) as told:
        associate(background[["flat"]], traits)
    assert "No pair can be judged" in told.value.text.en
    assert "flat - law: not judged: the background column has one value only" in told.value.text.en
    assert "没有任何一对变量可以判断" in told.value.text.zh
    assert "背景变量只有一个取值" in told.value.text.zh


REFUSED = {
    "no frame": (lambda b, t: ([1, 2], t, {}), "background is list"),
    "no cases": (lambda b, t: (b.iloc[:0], t.iloc[:0], {}), "no cases"),
    "another case": (lambda b, t: (b, t.rename(index={"bonn": "oulu"}), {}), "characteristics lacks .*: bonn"),
    "one case more": (lambda b, t: (b.drop(index="bonn"), t, {}), "background lacks .*: bonn"),
    "a doubled case": (lambda b, t: (b.rename(index={"bonn": "cork"}), t, {}), "occur twice: cork"),
    "a nameless case": (lambda b, t: (b.rename(index={"bonn": None}), t, {}), "without the name of a case, number: 2"),
    "a column on both sides": (lambda b, t: (b, t.assign(size=1), {}), "Columns on both sides .*: size"),
    "dates": (lambda b, t: (b.assign(day=pd.Timestamp("2024-01-01")), t, {}), "neither all numbers .*: day"),
    "mixed cells": (lambda b, t: (b.assign(mix=[1, "a"] * 4), t, {}), "neither all numbers .*: mix"),
    "infinite": (lambda b, t: (b.assign(size=[np.inf, *range(7)]), t, {}), "Infinite .*: size: amman"),
    "too large": (lambda b, t: (b.assign(size=[10**400, *range(7)]).astype({"size": object}), t, {}), "read as numbers: size"),
    "effort of words": (lambda b, t: (b, t, {"effort": pd.Series("x", index=b.index)}), "Measures of effort"),
    "effort of others": (lambda b, t: (b, t, {"effort": pd.Series(1.0, index=b.index[1:])}), "effort lacks"),
    "clusters missing": (lambda b, t: (b, t, {"clusters": pd.Series([None, *"abcdefg"], index=b.index)}), "without a cluster: amman"),
    "clusters in columns": (lambda b, t: (b, t, {"clusters": b[["size", "flat"]]}), "2 columns"),
    "shares beyond 1": (lambda b, t: (b, t, {"shared": 1.5}), "outside of 0 to 1"),
    "shares of words": (lambda b, t: (b, t, {"shared": "x"}), "shared takes"),
    "half of disjoint": (lambda b, t: (b, t, {"disjoint": (b,)}), "disjoint takes two"),
    "clusters with tau": (lambda b, t: (b, t, {"correlation": "kendall", "clusters": b["size"]}), "spearman"),
    "no shuffles": (lambda b, t: (b, t, {"permutations": 0}), "permutations is 0"),
    "a level of 1": (lambda b, t: (b, t, {"level": 1}), "level is 1"),
    "a seed below 0": (lambda b, t: (b, t, {"seed": -1}), "seed is -1"),
    "groups of no kind": (lambda b, t: (b, t, {"groups": 3}), "groups is 3"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_named(name):
    change, told = REFUSED[name]
    background, traits, choices = change(*frames())
    with pytest.raises(InputError, match=told) as error:
        associate(background, traits, **choices)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in error.value.text.zh)


@pytest.mark.parametrize(
    "choices", [{"groups": ["sise"]}, {"correlation": "pearson"}, {"adjust": "none"}, {"shared": pd.DataFrame({"x": [0.1]}, index=["size"])}]
)  # fmt: skip
def test_unknown_names_are_told(choices):
    with pytest.raises(UnknownNameError):
        associate(*frames(), **choices)


def test_cases_are_matched_by_name_and_kinds_of_cells_by_what_they_hold():
    background, traits = frames()
    plain = associate(background, traits, draws=50).table()
    shuffled = associate(background, traits.iloc[::-1], draws=50).table()
    pd.testing.assert_frame_equal(plain, shuffled)
    from decimal import Decimal

    again = background.assign(
        size=pd.array([None if v != v else Decimal(int(v)) for v in background["size"]], dtype=object),
        flat=pd.array([3] * 8, dtype="Int64"),
    )
    blank = traits.assign(kind=traits["kind"].fillna(" "))
    pd.testing.assert_frame_equal(plain, associate(again, blank, draws=50).table())


def test_numbers_can_be_compared_as_groups():
    background, traits = frames()
    pair = associate(background, traits, groups=["law"], draws=0).pair("size", "law")
    assert (pair.measure, pair.groups) == ("epsilon_squared", (("1", 2), ("2", 2), ("3", 2)))


def test_a_pair_keeps_its_figures_whatever_stands_beside_it():
    random = np.random.default_rng(1)
    background = pd.DataFrame(random.normal(size=(30, 4)), columns=list("abcd"))
    traits = pd.DataFrame(random.choice([0.0, 1, 2], (30, 3)), columns=list("xyz")).mask(
        random.random((30, 3)) < 0.2
    )
    whole = associate(background, traits, effort=pd.Series(range(30)), permutations=99).pair("b", "y")
    alone = associate(background[["b"]], traits[["y"]], effort=pd.Series(range(30)), permutations=99).pairs[0]
    for name in ("estimate", "low", "high", "p", "n", "tau_b"):
        assert getattr(whole, name) == pytest.approx(getattr(alone, name))
    assert whole.partial.p == pytest.approx(alone.partial.p)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=6, max_size=14), st.integers(0, 10**6))
def test_only_the_order_of_values_matters(values, seed):
    random = np.random.default_rng(seed)
    x, y = np.array(values), random.integers(0, 3, len(values))
    if len(set(values)) == 1 or len(set(y)) == 1:
        return
    choices = {"permutations": 200, "draws": 60}
    pair, stretched, turned, swapped = (
        associate(pd.DataFrame({"a": one}), pd.DataFrame({"b": other}), **choices).pairs[0]
        for one, other in ((x, y), (np.exp(x) - 7, y), (-x, y), (y, x))
    )
    for other, sign in ((stretched, 1), (turned, -1), (swapped, 1)):
        assert other.estimate == pytest.approx(sign * pair.estimate, abs=1e-12)
        assert other.tau_b == pytest.approx(sign * pair.tau_b, abs=1e-12)
    assert (stretched.p, stretched.low, stretched.high) == (pair.p, pair.low, pair.high)
    assert -1 <= pair.low <= pair.high <= 1
    assert 0 < pair.p <= 1


def test_effort_that_absorbs_a_side_or_is_missing_is_noted():
    background, traits = frames()
    result = associate(background, traits, effort=background["size"].rename("read"), draws=0)
    assert "effort accounts for one side entirely" in result.table().loc[0, "note"]
    assert result.pairs[0].partial is None
    assert "two groupings" in " ".join(n.en for n in associate(
        background.assign(half=list("ab") * 4), traits, effort=pd.Series(range(8), index=CASES), draws=0
    ).pair("half", "kind").notes)  # fmt: skip
    few = pd.Series([1, 2, 3, *[np.nan] * 5], index=CASES)
    assert (
        "too few cases with effort (3)"
        in associate(background, traits, effort=few, draws=0).table().loc[0, "note"]
    )


def test_near_constant_columns_are_called_that():
    background = pd.DataFrame({"size": range(20)})
    pair = associate(background, pd.DataFrame({"policy": [1] * 18 + [2, 3]})).pairs[0]
    assert pair.notes[0].en.startswith("near-constant: 18 of 20 cases share one value of policy")
    wide = associate(background, pd.DataFrame({"policy": [1] * 16 + [2] * 4})).pairs[0]
    assert not wide.notes


def test_repeated_on_disjoint_evidence():
    random = np.random.default_rng(5)
    x = pd.DataFrame({"x": random.normal(size=40)})
    y = pd.DataFrame({"y": x["x"] + 0.3 * random.normal(size=40)})
    other = pd.DataFrame({"x": random.normal(size=40)}), pd.DataFrame({"y": random.normal(size=40)})
    result = associate(x, y, shared=0.4, disjoint=other)
    assert result.pairs[0].found
    assert result.pairs[0].repeated.p > 0.05
    words = result.summary()
    assert "Evidence that both sides share: up to 40% in 1 pair(s)" in words
    assert "Repeated on disjoint evidence: " in words
    assert "0 a p of at most 0.05" in words
    again = associate(x, y, disjoint=(x, y)).summary()
    assert "1 of 1 findings keep their direction, 1 a p of at most 0.05" in again


def test_the_words_say_what_may_not_be_claimed():
    background, traits = frames()
    background["one"] = range(8)
    traits["other"] = range(8)
    result = associate(background, traits)
    en, zh = result.summary("en"), result.summary("zh")
    for words in (
        "nothing causal",
        "awarded are a selection",
        "Effort (practices and sources read) was not given",
        "How much evidence both sides share was not told",
        "one - other: Spearman's rank correlation 1.00",
    ):
        assert words in en  # fmt: skip
    for words in (
        "不表明因果关系",
        "获奖城市是经过选择的",
        "未提供工作量",
        "未说明两侧共用证据的程度",
        "斯皮尔曼等级相关",
    ):
        assert words in zh
    assert f"{len(result.judged)} judged, {len(result.not_judged)} could not be judged" in en
    effort = pd.DataFrame({"practices": [3, 1, 4, 1, 5, 9, 2, 6]}, index=CASES)
    told = associate(background, traits, effort=effort, shared=0.0)
    assert "Effort (practices) stands beside each pair" in told.summary()
    assert "no pair shares evidence" in told.summary()
    assert {"background~practices", "characteristic~practices"} <= set(told.table().columns)


def test_the_dictionary_is_plain_and_keeps_the_choices():
    found = json.loads(json.dumps(associate(*frames(), seed=3, permutations=99).to_dict(), allow_nan=False))
    assert (found["seed"], found["permutations"], found["adjust"], found["cases"]) == (3, 99, "bh", 8)
    assert len(found["table"]) == 12
    assert set(found["summary"]) == {"en", "zh"}


def test_the_same_seed_gives_the_same_and_another_hardly_differs():
    random = np.random.default_rng(0)
    one, other = pd.DataFrame({"a": random.normal(size=40)}), pd.DataFrame({"b": random.normal(size=40)})
    first, again, second = (associate(one, other, seed=s).pairs[0] for s in (1, 1, 2))
    assert first == again
    assert first.p != second.p
    assert first.p == pytest.approx(second.p, abs=0.03)


def test_the_pair_asked_for_is_known_or_named():
    result = associate(*frames(), draws=0)
    assert result.pair("size", "law").n == 6
    with pytest.raises(UnknownNameError, match="sizes"):
        result.pair("sizes", "law")
    with pytest.raises(UnknownNameError, match="'lav'"):
        result.pair("size", "lav")


def wild(random, cases, letter):
    """A table of one to three columns of any kind, with gaps."""
    kinds = (
        lambda: random.normal(size=cases), lambda: random.choice([0.33, 0.67, 1.0], cases),
        lambda: random.random(cases) < 0.5, lambda: random.choice(list("abc"), cases), lambda: np.full(cases, 3.0),
        lambda: pd.Categorical(random.choice(list("abc"), cases), list("cab"), ordered=True),
        lambda: random.normal(size=cases) * 10.0 ** random.integers(-300, 300), lambda: np.full(cases, np.nan),
        lambda: np.array([f"id{k}" for k in range(cases)], dtype=object),
        lambda: pd.array(random.integers(0, 3, cases), dtype="Int64"),
        lambda: np.array([1, "a", None, np.inf] * cases, dtype=object)[:cases],
    )  # fmt: skip
    made = {
        f"{letter}{k}": pd.Series(kinds[random.integers(len(kinds))]()) for k in range(random.integers(1, 4))
    }
    frame = pd.DataFrame(made)
    return frame.mask(random.random(frame.shape) < random.choice([0, 0.3]))


def test_any_table_gives_a_result_or_an_input_error():
    told = {"result": 0, "refused": 0}
    for seed in range(150):
        random = np.random.default_rng(seed)
        cases = int(random.choice([1, 5, 7, 12, 25]))
        choices = {"permutations": 19, "draws": 9}
        if seed % 3 == 0:
            choices["effort"] = pd.Series(random.integers(0, 5, cases))
        if seed % 4 == 0:
            choices["clusters"] = pd.Series(random.integers(0, 1 + cases // 2, cases))
        elif seed % 4 == 1:
            choices["correlation"] = "kendall"
        try:
            result = associate(wild(random, cases, "b"), wild(random, cases, "t"), **choices)
        except InputError as error:
            told["refused"] += bool(error.text.zh)
            continue
        told["result"] += 1
        json.dumps(result.to_dict(), allow_nan=False)
        for pair in result.judged:
            assert -1 <= pair.estimate <= 1
            assert 0 < pair.p <= 1
            assert pair.p <= pair.q_bh <= pair.q_by <= 1
    assert min(told.values()) >= 40, told
    assert sum(told.values()) == 150


def test_the_words_name_columns_without_a_figure_and_near_constant_ones():
    background, traits = frames()
    words = associate(background, traits, draws=0)
    assert "no pair could be judged (constant, or too few cases): flat, name, rare." in words.summary()
    assert "没有任何一对可以判断（取值恒定或案例过少）：flat, name, rare。" in words.summary("zh")
    near = associate(pd.DataFrame({"size": range(20)}), pd.DataFrame({"policy": [1] * 18 + [2, 3]}), draws=0)
    assert "little can be learnt from them: policy." in near.summary()
    assert "近乎恒定" in near.summary("zh")


def test_with_clusters_effort_is_taken_out_without_an_interval():
    random = np.random.default_rng(3)
    country = np.repeat(np.arange(10), 4)
    background = pd.DataFrame({"own": random.normal(size=40), "country": random.normal(size=10)[country]})
    traits, effort = pd.DataFrame({"y": random.normal(size=40)}), pd.Series(random.normal(size=40))
    result = associate(background, traits, effort=effort, clusters=pd.Series(country), permutations=99)
    own, shared = (result.pair(name, "y") for name in ("own", "country"))
    assert own.partial.low is None and shared.partial.low is None  # noqa: PT018
    assert own.partial.p is not None
    assert shared.partial.p is None
    assert any("cases of a cluster as independent" in note.en for note in own.notes)
    assert any("no p with effort taken out" in note.en for note in shared.notes)


def test_the_repetition_on_disjoint_evidence_shuffles_whole_clusters_too():
    rng = np.random.default_rng(3)
    cases = [f"c{k}" for k in range(40)]
    cluster = pd.Series([k // 5 for k in range(40)], index=cases)
    background = pd.DataFrame({"income": cluster.map(dict(enumerate(rng.random(8))))}, index=cases)
    characteristic = pd.DataFrame({"green": rng.random(40)}, index=cases)
    found = associate(
        background,
        characteristic,
        clusters=cluster,
        disjoint=(background, characteristic),
        permutations=999,
        seed=1,
    )
    pair = found.pair("income", "green")
    assert pair.repeated.p == pair.p
    plain = associate(
        background, characteristic, disjoint=(background, characteristic), permutations=999, seed=1
    ).pair("income", "green")
    assert plain.p != pair.p


@pytest.mark.parametrize("name", ["permutations", "draws"])
def test_numbers_that_would_fill_the_memory_are_refused(name):
    frame = pd.DataFrame({"x": range(12), "y": range(12)})
    with pytest.raises(InputError, match=f"{name} is 1000000000000; give a whole number from"):
        associate(frame[["x"]], frame[["y"]], **{name: 10**12})
