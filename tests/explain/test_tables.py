"""The door of every table of cases: each case and column once, faults by name, in both languages."""

import pandas as pd
import pytest

import learningcity as lc
from learningcity.explain.tables import read_frame, refuse


def sound(**more):
    return pd.DataFrame({"x": [1, 2], "y": [3, 4]}, index=["a", "b"]).assign(**more)


@pytest.mark.parametrize(
    ("given", "en", "zh"),
    [
        ([1, 2], "t is list", "t为list"),
        (sound().iloc[:0], "no cases or no columns", "没有案例或没有列"),
        (sound()[[]], "no cases or no columns", "没有案例或没有列"),
        (sound().set_index("x", append=True), "not several levels", "不能有多级"),
        (sound().rename(index={"b": None}), "name of a case, number: 2.", "（序号）：2。"),
        (sound().rename(columns={"y": None}), "without a name, number: 2.", "（序号）：2。"),
        (sound().rename(index={"b": "a"}), "Cases of t that occur twice: a.", "t中重复的案例：a。"),
        (sound().set_axis([1, "1"], axis=1), "Columns of t that occur twice: 1.", "t中重复的列：1。"),
    ],
)
def test_faults_are_named_in_both_languages(given, en, zh):
    with pytest.raises(lc.InputError) as error:
        read_frame(given, "t")
    assert en in error.value.text.en
    assert zh in error.value.text.zh


def test_names_become_texts_and_the_given_frame_stays():
    given = pd.DataFrame({1: [1.0]}, index=[7])
    found = read_frame(given, "t")
    assert (list(found.index), list(found.columns)) == (["7"], ["1"])
    assert (list(given.index), list(given.columns)) == ([7], [1])


def test_many_names_are_told_once_each_and_cut():
    with pytest.raises(lc.InputError) as error:
        refuse([*range(12), 0], "Odd", "异常")
    assert error.value.text.en == "Odd: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 ...."
    assert error.value.text.zh == "异常：0、1、2、3、4、5、6、7、8、9……。"
    refuse([], "Odd", "异常")


def test_every_method_reads_through_this_door():
    double = sound().rename(index={"b": "a"})
    for call in (
        lambda: lc.ceiling(double, "x", "y"),
        lambda: lc.ceiling_interval(double, "x", "y"),
        lambda: lc.bottleneck(double, "x", "y"),
        lambda: lc.associate(double[["x"]], double[["y"]]),
        lambda: lc.typology(double),
    ):
        with pytest.raises(lc.InputError, match="occur twice: a"):
            call()
    numbered = pd.DataFrame({0: [0.0, 1, 2], 1: [0.0, 1, 2]})
    assert (lc.ceiling(numbered, 0, 1).x, lc.ceiling(numbered, 0, 1).effect_size) == ("0", 0.75)
