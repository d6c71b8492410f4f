"""One limit from which a column is called near-constant, whatever the method."""

import pandas as pd
import pytest

import learningcity as lc

CASES = [f"c{k:02d}" for k in range(40)]


def flat(alike):
    """A column of 0 and 1 in which so many of 40 cases are alike, the others spread over the cases."""
    others = [k * 37 % 40 for k in range(40 - alike)]
    return [1 if k in others else 0 for k in range(40)]


def called(alike):
    column = flat(alike)
    varied = {"a": [k * 7 % 40 for k in range(40)], "b": [k * 11 % 40 for k in range(40)]}
    frame = pd.DataFrame({"flat": column, **varied}, index=CASES)
    pair = lc.associate(frame[["a"]], frame[["flat"]], permutations=99, draws=0).pairs[0]
    styles = lc.typology(frame, 2, draws=0, shuffles=0)
    codes = pd.DataFrame({"unit": CASES * 2, "coder": ["A"] * 40 + ["B"] * 40, "flat": column * 2})
    return (
        any("near-constant" in note.en for note in pair.notes),
        "flat" in styles.near_constant,
        "flat" in lc.agreement(codes, draws=10).near_constant,
    )


@pytest.mark.parametrize("alike", [32, 33, 34, 35, 36, 38])
def test_every_method_draws_the_line_at_the_same_share(alike):
    assert called(alike) == (alike / 40 >= lc.NEAR_CONSTANT,) * 3
    assert 33 / 40 < lc.NEAR_CONSTANT <= 34 / 40
