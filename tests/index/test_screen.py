"""Screening and denominators: by hand, and what cannot be done names units and codes."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learningcity.core import InputError, UnknownNameError
from learningcity.index import IndexSpec, Structure, build_index
from learningcity.index.denominate import denominate
from learningcity.index.screen import screen

REFERENCE = json.loads((Path(__file__).parent / "reference" / "composite.json").read_text())
TREE = Structure.of({"INDEX": {"A": ["a", "b"], "B": ["c", "d"]}})
FRAME = pd.DataFrame(
    [[1, 2, 3, np.nan], [0, 0, 5, np.nan], [np.nan, np.nan, np.nan, 7], [4, 3, 1, np.nan]],
    index=list("wxyz"), columns=list("abcd"), dtype=float,
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "units", "indicators"),
    [
        (0.0, "wxyz", "abcd"),
        (0.75, "wxz", "abc"),
        (0.25, "wxyz", "abcd"),
        ({"indicators": 0.5}, "wxyz", "abc"),
        ({"indicators": 0.5, "units": 1.0}, "wxz", "abc"),
        ({"non_zero": 0.5}, "wyz", "abcd"),
        ({"units": 0.75, "keep": ["y"]}, "wxyz", "abcd"),
        ({"drop": "w"}, "xyz", "abcd"),
        ({}, "wxyz", "abcd"),
    ],
)
def test_by_hand(rule, units, indicators):
    frame, structure, gone_units, gone_indicators = screen(FRAME, TREE, rule)
    assert "".join(frame.index) == units
    assert "".join(frame.columns) == "".join(structure.indicators) == indicators
    assert set(gone_units) == set("wxyz") - set(units)
    assert set(gone_indicators) == set("abcd") - set(indicators)
    pd.testing.assert_frame_equal(frame, FRAME.loc[list(units), list(indicators)])


def test_reasons_are_given_in_both_languages():
    _, _, units, indicators = screen(FRAME, TREE, {"indicators": 0.5, "units": 1.0, "drop": ["z"]})
    assert units["y"].en == "0 of 3 indicators have a value, at least 100 % are asked for"
    assert units["y"].zh == "3项指标中有0项有取值，要求不低于100%"
    assert (units["z"].en, units["z"].zh) == ("left out by name", "指定剔除")
    assert indicators["d"].en == "1 of 4 units have a value, at least 50 % are asked for"
    _, _, _, indicators = screen(FRAME, TREE, 0.75)
    assert indicators["d"].en == "no unit that is left has a value"


def test_shares_as_coinr_counts_them():
    frame = pd.DataFrame(REFERENCE["data"], index=REFERENCE["units"], dtype=float)
    tree = Structure.of({"INDEX": REFERENCE["indicators"]})
    lowest = min(REFERENCE["stats"]["Frc.Avail"])
    assert not screen(frame, tree, {"indicators": lowest})[3]
    assert set(screen(frame, tree, {"indicators": lowest + 0.001})[3]) == {"I05"}


@pytest.mark.parametrize(
    ("rule", "words"),
    [(2.0, "units is 2.0"), ("0.5", "units is '0.5'"), (True, "True"), ({"indicators": -1}, "indicators is -1"),
     ({"keep": ["w"], "drop": ["w"]}, "at once: w"), ({"drop": list("wxyz")}, "screen leaves no unit"),
     ({"indicators": 0.9}, "screen leaves no indicator")],
)  # fmt: skip
def test_rules_that_cannot_be_used(rule, words):
    with pytest.raises(InputError, match=words):
        screen(FRAME, TREE, rule)


@pytest.mark.parametrize("rule", [{"unit": 0.5}, {"keep": ["q"]}])
def test_names_that_are_not_there(rule):
    with pytest.raises(UnknownNameError):
        screen(FRAME, TREE, rule)


@given(share=st.floats(0, 1), seed=st.integers(0, 1000))
def test_what_is_left_has_what_was_asked_for(share, seed):
    random = np.random.default_rng(seed)
    x = random.normal(size=(8, 4))
    x[random.random(x.shape) < 0.4] = np.nan
    frame = pd.DataFrame(x, columns=list("abcd"), index=[f"u{i}" for i in range(8)])
    try:
        left, structure, units, indicators = screen(frame, TREE, {"units": share, "indicators": share})
    except InputError:
        return
    assert left.shape == (len(frame) - len(units), 4 - len(indicators))
    assert list(left.columns) == list(structure.indicators)
    assert left.notna().any().all()


def test_a_build_screens_and_divides():
    frame = FRAME.drop(columns="d").assign(d=[1.0, 2.0, 3.0, 4.0])
    by = pd.DataFrame({"people": [1.0, 2.0, 5.0, 4.0]}, index=list("wxyz"))
    spec = IndexSpec(TREE, screen=0.6, denominate={"by": by, "a": "people"})
    result = build_index(frame, spec)
    assert list(result.scores.index) == ["w", "x", "z"]
    assert result.prepared.values["a"].tolist() == [1, 0, 1]
    assert set(result.prepared.dropped_units) == {"y"}


BY = pd.DataFrame({"people": [1.0, 2.0, np.nan, 0.5], "area": [0, -1, "big", 2]}, index=list("wxyz"))


def test_denominators_by_hand():
    got = denominate(FRAME, TREE, {"by": BY, "a": "people", "b": ("people", 100), "c": None})
    np.testing.assert_array_equal(got["a"], [1, 0, np.nan, 8])
    np.testing.assert_array_equal(got["b"], [200, 0, np.nan, 600])
    pd.testing.assert_frame_equal(got[["c", "d"]], FRAME[["c", "d"]])
    assert FRAME.loc["z", "a"] == 4


def test_the_structure_names_denominators_and_the_recipe_goes_before_it():
    meta = TREE.to_frame()
    meta.loc[meta["iCode"] == "a", "Denominator"] = "people"
    tree = Structure.from_frame(meta)
    assert denominate(FRAME, tree, BY)["a"].tolist()[3] == 8
    assert denominate(FRAME, tree, {"by": BY, "a": None})["a"].tolist()[3] == 4
    coded = BY.rename_axis("uCode").reset_index()
    assert denominate(FRAME, tree, coded)["a"].tolist()[3] == 8


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"by": BY, "d": "people"}, "d / people: no denominator: y"),
        ({"by": BY, "a": "area"}, "a / area: the denominator is not positive: w, x"),
        ({"by": BY, "d": "area"}, "d / area: the denominator is no number: y"),
        ({"by": BY, "a": ("people", -1)}, "a: the denominator is"),
        ({"by": BY, "a": 7}, "a: the denominator is 7"),
        ({"by": BY, "a": ("people", 1e308), "b": "area"}, "a / people: outside the range of numbers: z"),
        (7, "the denominators are int"),
        ({"a": "people"}, "NoneType"),
        ({"by": pd.concat([BY, BY]), "a": "people"}, "units that occur twice: w"),
        ({"by": BY.drop(index="w"), "a": "people"}, "no denominator: w"),
    ],
)
def test_denominators_that_cannot_be_used(given, words):
    with pytest.raises(InputError, match=words) as caught:
        denominate(FRAME, TREE, given)
    assert caught.value.text.zh


@pytest.mark.parametrize("given", [{"by": BY, "q": "people"}, {"by": BY, "a": "population"}])
def test_denominators_that_are_not_there(given):
    with pytest.raises(UnknownNameError):
        denominate(FRAME, TREE, given)
