"""Agreement against published examples, closed forms, a second package and tables checked by eye."""

import io
import json

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learningcity.core import InputError, UnknownNameError
from learningcity.explain.agreement import agreement

NA = float("nan")
# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), section D: four observers, twelve units,
# missing values; the paper prints 0.743 (nominal), 0.815 (ordinal), 0.849 (interval).
TWELVE = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3],
        "C": [NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA],
    },
    index=pd.RangeIndex(1, 13, name="unit"),
)
# Hayes & Krippendorff (2007), doi 10.1080/19312450709336664, table 1: 40 articles, five observers; the paper
# prints alpha (ordinal) = 0.7598, and figures of the other levels are those of the krippendorff package.
FORTY = """
1 1 2 . 2|1 1 0 1 .|2 3 3 3 .|. 0 0 . 0|0 0 0 . 0|0 0 0 . 0|1 0 2 . 1|1 . 2 0 .|2 2 2 . 2|2 1 1 1 .
. 1 0 0 .|0 0 0 0 .|1 2 2 2 .|3 3 2 2 3|1 1 1 . 1|1 1 1 . 1|2 1 2 . 2|1 2 3 3 .|1 1 0 1 .|0 0 0 . 0
0 0 1 1 .|0 0 . 0 0|2 3 3 3 .|0 0 0 0 .|1 2 . 2 2|0 1 1 1 .|0 0 0 1 0|1 2 1 2 .|1 1 2 2 .|1 1 2 . 2
1 1 0 . 0|2 1 2 1 .|2 2 . 2 2|3 2 2 2 .|2 2 2 . 2|2 2 3 . 2|2 2 2 . 2|2 2 . 1 2|2 2 2 2 .|1 1 1 . 1
"""


def forty():
    rows = [r.split() for line in FORTY.strip().splitlines() for r in line.split("|")]
    frame = pd.DataFrame(rows, columns=["o1", "o2", "o3", "o4", "o5"]).replace(".", np.nan).astype(float)
    return frame.rename_axis("unit")


def long(first, second, **more):
    units = [f"u{k}" for k in range(len(first))] * 2
    coders = ["A"] * len(first) + ["B"] * len(second)
    return pd.DataFrame({"unit": units, "coder": coders, "x": [*first, *second], **more})


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example_of_twelve_units(level, alpha):
    row = agreement(TWELVE, level, coder=None, draws=50).table().loc["code"]
    assert round(row["alpha"], 3) == alpha
    assert (row["n"], row["lost"], row["coders"], row["values"]) == (11, 1, 4, 5)


def test_the_published_example_of_forty_units():
    row = agreement(forty(), "ordinal", coder=None, draws=50).table().loc["code"]
    assert round(row["alpha"], 4) == 0.7598
    assert row["n"] == 40


def test_kappa_of_a_table_by_hand():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, by chance 0.5.
    found = agreement(
        long(["y"] * 25 + ["n"] * 25, ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15), draws=50
    )
    row = found.table().loc["x"]
    assert row["percent"] == pytest.approx(0.7)
    assert row["kappa"] == pytest.approx(0.4)
    table = found.confusion("x")
    assert table.loc["y"].to_dict() == {"n": 5, "y": 20}
    assert table.loc["n"].to_dict() == {"n": 15, "y": 10}
    assert found.confusion("x", "B").loc["n", "y"] == 5
    assert len(found.disagreements) == 15
    # Two coders, nominal, n units: alpha = 1 - (2n - 1) * disagreement / (2 * values by chance), in closed form.
    ones, zeros = 25 + 30, 25 + 20
    assert row["alpha"] == pytest.approx(1 - 99 * 0.3 * 100 / (2 * ones * zeros))


@settings(max_examples=100, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda m: st.lists(
            st.lists(st.sampled_from([1.0, 2.0, 5.0, NA]), min_size=m, max_size=m), min_size=2, max_size=12
        )
    ),
    st.sampled_from(["nominal", "ordinal", "interval"]),
)
def test_the_second_package_gives_the_same(units, level):
    frame = pd.DataFrame(units).rename_axis("unit")
    row = agreement(frame, level, coder=None, draws=5).table().loc["code"]
    paired = frame.to_numpy().T[:, frame.notna().sum(axis=1).to_numpy() > 1]
    values = np.unique(paired[~np.isnan(paired)])
    if len(values) < 2:
        assert np.isnan(row["alpha"])
        assert row["why"] in ("one value", "no unit coded by two")
        return
    other = krippendorff.alpha(reliability_data=paired, level_of_measurement=level)
    assert row["alpha"] == pytest.approx(other, abs=1e-9)


def test_each_variable_has_its_level_and_disagreements_name_the_unit():
    codes = pd.DataFrame(
        {
            "practice_id": ["p1", "p1", "p2", "p2", "p3", "p3", "p4"],
            "coder": ["A", "B", "A", "B", "A", "B", "A"],
            "city": ["cork", "cork", "cork", "cork", "wuhan", "wuhan", "wuhan"],
            "strength": [1, 3, 2, 2, 3, 3, 1],
            "mechanism": ["law", "law", "policy", "funding", "law", "law", "law"],
            "themes": ["green;inclusive", "green", None, None, "green", "inclusive", "green"],
        }
    )
    found = agreement(
        codes, {"strength": "ordinal"}, unit="practice_id", cluster="city", multiple=["themes"], draws=50
    )
    table = found.table()
    assert list(table.index) == ["strength", "mechanism", "themes green", "themes inclusive"]
    assert table["level"].tolist() == ["ordinal", "nominal", "nominal", "nominal"]
    assert table["lost"].tolist() == [1, 1, 1, 1]
    assert table["clusters"].tolist() == [2, 2, 2, 2]
    apart = found.disagreements.set_index(["variable", "unit"])
    assert apart.loc[("mechanism", "p2")].tolist() == ["cork", "policy", "funding"]
    assert apart.loc[("themes inclusive", "p1")].tolist() == ["cork", 1, 0]
    assert ("strength", "p2") not in apart.index
    assert len(apart) == 5
    assert json.loads(json.dumps(found.to_dict()))["disagreements"][0]["unit"] == "p1"


def test_a_row_of_which_nothing_was_coded_is_missing_and_a_lone_separator_names_none():
    codes = pd.DataFrame(
        {
            "unit": [1, 1, 2, 2, 3, 3, 4, 4],
            "coder": list("ABABABAB"),
            "kind": ["law", "law", "law", None, "law", "law", "law", None],
            "themes": ["green", "green", "green", None, "green", None, "green", ";"],
        }
    )
    found = agreement(codes, multiple=["themes"], draws=20)
    row = found.table().loc["themes green"]
    assert (row["n"], row["lost"]) == (3, 1)
    apart = found.disagreements[found.disagreements["variable"] == "themes green"]
    assert apart["unit"].tolist() == ["3", "4"]
    alone = agreement(codes.drop(columns="kind"), multiple=["themes"], draws=20).table().loc["themes green"]
    assert (alone["n"], alone["lost"]) == (2, 2)


def test_the_interval_is_seeded_and_draws_whole_clusters():
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 2, 60)
    other = np.where(rng.random(60) < 0.9, truth, 1 - truth)
    codes = long(truth, other, city=list(np.repeat(np.arange(12), 5)) * 2)
    one = agreement(codes, cluster="city", draws=400, seed=3).table().loc["x"]
    assert one["alpha_low"] < one["alpha"] < one["alpha_high"]
    assert one.equals(agreement(codes, cluster="city", draws=400, seed=3).table().loc["x"])
    assert not one.equals(agreement(codes, cluster="city", draws=400, seed=4).table().loc["x"])
    single = agreement(codes.assign(city="all"), cluster="city", draws=50).table().loc["x"]
    assert np.isnan(single["alpha_low"])
    assert single["why"] == "one cluster, no interval"


def test_a_variable_of_one_value_has_no_alpha_and_says_why():
    found = agreement(long([1, 1, 1], [1, 1, 1], y=[1, 2, 1, 1, 2, 1]), draws=50)
    assert found.table().loc["x", "why"] == "one value"
    assert np.isnan(found.table().loc["x", "alpha"])
    assert found.table().loc["y", "alpha"] == 1
    assert found.near_constant == ("x",)
    assert "No alpha" in found.summary()
    assert "无法计算" in found.summary("zh")


@pytest.mark.parametrize("power", [-300, 300, 307])
def test_intervals_of_very_large_and_very_small_numbers(power):
    first, second = np.array([1, 2, 3, 4, 1.0]), np.array([1, 2, 3, 3, 2.0])
    plain = agreement(long(first, second), "interval", draws=20).table().loc["x", "alpha"]
    scale = 10.0**power
    assert agreement(long(first * scale, second * scale), "interval", draws=20).table().loc[
        "x", "alpha"
    ] == pytest.approx(plain)


def test_ordered_categories_are_ordinal_and_their_words_are_kept():
    words = pd.Categorical(
        ["low", "mid", "high", "low", "high", "high"], ["low", "mid", "high"], ordered=True
    )
    codes = pd.DataFrame({"unit": list("abcabc"), "coder": list("AAABBB"), "x": words})
    found = agreement(codes, "ordinal", draws=20)
    numbers = agreement(codes.assign(x=[0, 1, 2, 0, 2, 2]), "ordinal", draws=20)
    assert found.table().loc["x", "alpha"] == pytest.approx(numbers.table().loc["x", "alpha"])
    assert list(found.confusion("x").columns) == ["low", "mid", "high"]
    assert found.disagreements.loc[0, ["A", "B"]].tolist() == ["mid", "high"]


@pytest.mark.parametrize(
    ("codes", "arguments", "told"),
    [
        (None, {}, "NoneType"),
        (TWELVE, {}, "coder"),
        (TWELVE.head(0), {"coder": None}, "no rows"),
        (TWELVE[["A"]], {"coder": None}, "two coders"),
        (long([1, 2], [1, 2]), {"level": "ratio"}, "ratio"),
        (long([1, 2], [1, 2]), {"level": {"y": "nominal"}}, "'y'"),
        (long(["a", "b"], ["a", "b"]), {"level": "ordinal"}, "x has cells that are no numbers"),
        (long([1, np.inf], [1, 2]), {"level": "interval"}, "infinite"),
        (long([1, 2], [1, 2]).assign(unit="u"), {}, "coded twice"),
        (long([1, 2], [1, 2]).assign(coder="A"), {}, "coded twice|coders"),
        (long([1, 2], [1, 2]), {"multiple": ["z"]}, "'z'"),
        (long([1, 2], [1, 2], city=["a", "b", "b", "b"]), {"cluster": "city"}, "u0"),
        (long(range(200), range(200)), {}, "200 different"),
        (long([1, 2], [1, 2]).assign(unit=[None, 1, 2, 3]), {}, "number: 1"),
        (long([1, 2], [1, 2]), {"draws": 0}, "draws"),
    ],
)
def test_what_cannot_be_compared_is_named(codes, arguments, told):
    with pytest.raises(InputError, match=told) as error:
        agreement(codes, **arguments)
    assert error.value.in_("zh") != error.value.in_("en")


def test_confusion_of_several_coders_wants_two_names():
    found = agreement(TWELVE, coder=None, draws=5)
    with pytest.raises(InputError, match="name two"):
        found.confusion("code")
    with pytest.raises(UnknownNameError):
        found.confusion("code", "A", "Z")
    with pytest.raises(InputError, match="twice"):
        found.confusion("code", "A", "A")
    assert found.confusion("code", "A", "B").to_numpy().sum() == 9
    assert len(found.pairs) == 6


def test_a_csv_file_is_read_as_it_comes():
    text = "unit,coder,law\np1,A,1\np1,B,1\np2,A,0\np2,B,\np3,A,0\np3,B,0\n"
    row = agreement(pd.read_csv(io.StringIO(text)), draws=20).table().loc["law"]
    assert (row["n"], row["lost"], row["alpha"]) == (2, 1, 1)


def test_where_coders_never_differ_there_is_no_interval_of_no_width():
    codes = pd.DataFrame(
        {
            "unit": [1, 1, 2, 2, 3, 3],
            "coder": list("ABABAB"),
            "law": [1, 1, 0, 0, 1, 1],
            "fund": [1, 1, 0, 1, 0, 0],
        }
    )
    rows = agreement(codes, draws=200).table()
    assert rows.at["law", "alpha"] == 1
    assert rows.loc["law", ["alpha_low", "alpha_high"]].isna().all()
    assert rows.at["law", "why"] == "no difference, no interval"
    assert rows.at["fund", "alpha_low"] < rows.at["fund", "alpha"] <= rows.at["fund", "alpha_high"]


def test_draws_that_would_fill_the_memory_are_refused():
    with pytest.raises(InputError, match="draws is 1000000000000; give a whole number from 1 to 33,333,333"):
        agreement(long([1, 2, 1], [1, 2, 2]), draws=10**12)
