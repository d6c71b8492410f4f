"""Styles: planted ones are found, none are found where there are none; what is lost is named."""

import json

import numpy as np
import pandas as pd
import pytest
from tests.explain.typology import odd_frames

from learningcity.core import InputError, UnknownNameError
from learningcity.explain.agreement import agreement
from learningcity.explain.typology import typology
from learningcity.explain.typology.medoids import adjusted_rand

NA = float("nan")
QUICK = {"draws": 20, "shuffles": 39, "permutations": 99}


def planted(seed=0, sizes=(20, 15, 10), gaps=0.0):
    """Three styles that differ in two numbers, a category and an ordered level."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    n = len(truth)
    table = pd.DataFrame(
        {
            "income": truth * 10 + rng.normal(0, 1.5, n),
            "region": np.array(["east", "west", "north"])[truth],
            "level": np.clip(np.array([1, 3, 2])[truth] + (rng.random(n) < 0.1), 1, 4),
            "age": np.array([40, 25, 60])[truth] + rng.normal(0, 4, n),
        },
        index=[f"c{k:02}" for k in range(n)],
    )
    if gaps:
        holes = rng.random(table.shape) < gaps
        holes[:, 0] = False
        table = table.mask(pd.DataFrame(holes, index=table.index, columns=table.columns))
    return table, truth


@pytest.mark.parametrize("gaps", [0.0, 0.2])
def test_planted_styles_are_found_and_described(gaps):
    table, truth = planted(gaps=gaps)
    found = typology(table, kinds={"level": "ordered"}, seed=1, **QUICK)
    assert found.found
    assert found.k == 3
    assert adjusted_rand(found.cases["style"], truth) > 0.9
    assert found.p_value == pytest.approx(1 / 40)
    assert min(s.stability for s in found.styles) > 0.75
    for style in found.styles:
        assert style.medoid in style.cases
        own = found.distances.loc[list(style.cases), list(style.cases)].sum()
        assert own[style.medoid] == pytest.approx(own.min())
        assert found.style_of(style.medoid) is style
    largest = found.styles[0]
    assert (largest.number, largest.size) == (1, max(s.size for s in found.styles))
    assert "low income" in largest.name.en
    assert "income偏低" in largest.name.zh
    row = found.profile.query("style == 1 and column == 'region' and level == 'east'").iloc[0]
    inside = table.loc[list(largest.cases), "region"].dropna()
    assert row["inside"] == pytest.approx((inside == "east").mean())
    assert row["difference"] > 1
    assert found.missing == int(table.isna().to_numpy().sum())
    assert "3 styles" in found.summary()
    assert "划分为3种类型" in found.summary("zh")
    assert "no ranking" in found.summary()
    assert json.loads(json.dumps(found.to_dict()))["styles"][0]["medoid"] == largest.medoid


def test_the_same_seed_gives_the_same_and_the_order_of_cases_does_not_matter():
    table, _ = planted(gaps=0.1)
    one = typology(table, seed=5, **QUICK)
    again = typology(table, seed=5, **QUICK)
    assert one.to_dict() == again.to_dict()
    turned = typology(table.iloc[::-1, ::-1], seed=5, **QUICK)
    assert one.rand(turned) == 1
    drawn = typology(table, seed=None, **QUICK)
    assert typology(table, seed=drawn.seed, **QUICK).to_dict() == drawn.to_dict()


def test_shuffled_columns_give_styles_at_most_at_the_stated_rate():
    tables = 60
    false = 0
    for seed in range(tables):
        rng = np.random.default_rng(seed)
        table, _ = planted(seed, (10, 8, 6))
        table = table.apply(lambda c, rng=rng: c.to_numpy()[rng.permutation(len(c))])
        false += typology(
            table, least_silhouette=-1, least_stability=0, draws=0, shuffles=19, seed=seed
        ).found
    # At a rate of 5 % more than eight of sixty come once in a hundred times.
    assert false <= 8


def test_no_structure_is_a_result():
    rng = np.random.default_rng(3)
    table = pd.DataFrame(rng.random((40, 5)), columns=list("abcde"))
    found = typology(table, seed=0, **QUICK)
    assert not found.found
    assert found.k == 1
    assert found.reasons
    assert len(found.styles[0].cases) == 40
    assert found.medoids == (str(found.distances.sum().idxmin()),)
    assert found.cases["silhouette"].isna().all()
    assert not found.cases["between"].any()
    assert "No structure found" in found.summary()
    assert "未发现结构" in found.summary("zh")
    asked = typology(table, 3, seed=0, **QUICK)
    assert (asked.found, asked.k, len(asked.styles)) == (False, 3, 3)
    assert "as asked, but no structure" in asked.summary()
    assert "按要求" in asked.summary("zh")


def test_cases_between_two_styles_are_marked():
    table = pd.DataFrame(
        {"x": [0, 1, 2, 10, 11, 12, 6.0], "y": [0, 1, 0, 9, 10, 9, 5.0]}, index=[*"abcdef", "middle"]
    )
    found = typology(table, 2, seed=0, between=0.3, **QUICK)
    assert found.between == ("middle",)
    assert {int(found.cases.at["middle", "style"]), int(found.cases.at["middle", "neighbour"])} == {1, 2}
    assert "middle" in found.summary()


def test_styles_that_follow_effort_or_region_are_noted():
    table, truth = planted()
    rng = np.random.default_rng(0)
    beside = pd.DataFrame(
        {
            "practices": truth * 5 + rng.integers(0, 3, len(truth)),
            "coin": rng.choice(["h", "t"], len(truth)),
            "one": 1,
        },
        index=table.index,
    )
    found = typology(table, beside=beside, seed=0, **QUICK)
    assert found.follows == ("practices",)
    rows = found.beside.set_index("column")
    assert rows.loc["practices", "p"] == pytest.approx(0.01)
    assert rows.loc["one", "why"] == "constant"
    assert rows.loc["coin", "effect"] < 0.5
    assert "follow practices" in found.summary()
    assert "随practices而变" in found.summary("zh")
    assert "not tested" in typology(table, seed=0, **QUICK).summary()


def test_what_is_left_out_is_named():
    table, _ = planted()
    table["same"] = 1
    table["seldom"] = [1.0, *[0.0] * (len(table) - 1)]
    table = table.reindex([*table.index, "empty"])
    found = typology(table, seed=0, **QUICK)
    assert list(found.left_out) == ["same"]
    assert list(found.left_out_cases) == ["empty"]
    assert found.near_constant == ("seldom",)
    assert len(found.cases) == 45
    for word in ("same", "empty", "seldom"):
        assert word in found.summary()
        assert word in found.summary("zh")


def test_pairs_without_a_common_cell_are_refused_by_name_or_left_out():
    table, _ = planted()
    table = table.astype(object)
    table.loc["c00", ["region", "level", "age"]] = None
    table.loc["c01", ["income"]] = None
    with pytest.raises(InputError, match="c00 / c01"):
        typology(table.infer_objects(), **QUICK)
    found = typology(table, incomparable="leave_out", seed=0, **QUICK)
    assert list(found.left_out_cases) == ["c00"]


def test_identical_cases_bound_the_number_of_styles():
    table = pd.DataFrame({"x": [0, 0, 0, 1, 1, 1], "y": list("aaabbb")})
    found = typology(table, 2, seed=0, **QUICK)
    assert found.silhouette == 1
    with pytest.raises(InputError, match="only 2 of the 6 cases differ"):
        typology(table, 3, **QUICK)


@pytest.mark.parametrize(
    ("change", "more", "told"),
    [
        (lambda t: t[["income"]], {}, "at least two columns"),
        (lambda t: t.head(5), {}, "5 cases are too few"),
        (lambda t: t, {"k": 45}, "at most 44"),
        (lambda t: t, {"k": 1}, "k is 1"),
        (lambda t: t, {"k": "many"}, "many"),
        (lambda t: t, {"level": 0}, "level"),
        (lambda t: t, {"between": 2}, "between"),
        (lambda t: t, {"draws": -1}, "draws"),
        (lambda t: t, {"incomparable": "mean"}, "mean"),
        (lambda t: t, {"beside": pd.DataFrame({"e": [1]}, index=["c00"])}, "c01"),
        (lambda t: t, {"beside": "effort"}, "beside is str"),
    ],
)
def test_what_cannot_be_done_is_named(change, more, told):
    table, _ = planted()
    with pytest.raises(InputError, match=told) as error:
        typology(change(table), **more)
    assert error.value.in_("zh") != error.value.in_("en")


def test_a_column_cannot_make_styles_and_stand_beside_them():
    table, _ = planted()
    with pytest.raises(InputError, match="region"):
        typology(table, beside=table[["region"]])
    with pytest.raises(UnknownNameError):
        typology(table, seed=0, **QUICK).style_of("nowhere")
    with pytest.raises(InputError, match="str"):
        typology(table, seed=0, **QUICK).rand("x")


def test_odd_tables_give_a_result_or_an_input_error():
    results = refusals = 0
    for seed in range(150):
        rng = np.random.default_rng(seed)
        try:
            found = typology(odd_frames.frame(rng), **odd_frames.choices(rng))
        except InputError as error:
            refusals += bool(error.in_("zh"))
            continue
        results += 1
        assert found.summary("en")
        assert found.summary("zh")
        json.dumps(found.to_dict(), allow_nan=False)
        assert found.cases["style"].between(1, found.k).all()
    for seed in range(150):
        rng = np.random.default_rng(seed)
        codes, more = odd_frames.codes(rng)
        try:
            told = agreement(codes, **more, **odd_frames.more(rng))
        except InputError as error:
            refusals += bool(error.in_("zh"))
            continue
        results += 1
        assert told.summary("en")
        assert told.summary("zh")
        json.dumps(told.to_dict(), allow_nan=False)
        assert told.frame["alpha"].dropna().le(1 + 1e-9).all()
    assert results > 100
    assert refusals > 100


def test_progress_counts_draws_and_shuffled_tables_and_changes_nothing():
    table, _ = planted()
    told = []
    found = typology(table, 3, **QUICK, progress=lambda done, whole: told.append((done, whole)))
    assert told == [(k, 59) for k in range(1, 60)]
    assert found.to_dict() == typology(table, 3, **QUICK).to_dict()
    with pytest.raises(InputError, match="progress takes"):
        typology(table, 3, **QUICK, progress=5)


@pytest.mark.parametrize("name", ["starts", "draws", "shuffles", "permutations"])
def test_numbers_that_would_fill_the_memory_are_refused(name):
    with pytest.raises(InputError, match=f"{name} is 1000000000000; give a whole number from"):
        typology(planted()[0], 3, **{**QUICK, name: 10**12})


@pytest.mark.parametrize("shuffles", [0, 19, 39])
def test_shuffled_tables_are_kept_and_say_from_where_on_chance_is_rare(shuffles):
    table, _ = planted()
    found = typology(table, seed=1, **{**QUICK, "shuffles": shuffles})
    assert len(found.shuffled) == shuffles
    assert list(found.shuffled) == sorted(found.shuffled)
    for row in found.choices.itertuples():
        if shuffles:
            as_good = sum(one >= row.silhouette - 1e-12 for one in found.shuffled)
            assert row.p == (1 + as_good) / (1 + shuffles)
            assert (row.silhouette > found.chance) == (row.p <= 0.05)
    # (1 + 0) / 20 is 0.05: none may do as well; of 39 one may.
    rarest = {19: -1, 39: -2}.get(shuffles)
    assert found.chance != found.chance if rarest is None else found.chance == found.shuffled[rarest]
