"""The truth table against sums written out case by case, and what it says of odd tables."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learningcity as lc
from learningcity.core import InputError, UnknownNameError


def by_hand(cases, outcome, levels, upper, lower, pri_cut, frequency):
    """Rows of a truth table with exact fractions; cases = lists of hundredths."""
    found = {}
    x = [[Fraction(v, 100) if n == 2 else v for v, n in zip(case, levels, strict=True)] for case in cases]
    y = [Fraction(v, 100) for v in outcome]

    def member(case, row):
        return min(
            (Fraction(int(v == r)) if n > 2 else v if r else 1 - v)
            for v, r, n in zip(case, row, levels, strict=True)
        )

    rows = {
        tuple(int(v > Fraction(1, 2)) if n == 2 else v for v, n in zip(case, levels, strict=True))
        for case in x
    }
    for row in rows:
        m = [member(case, row) for case in x]
        count = sum(one > Fraction(1, 2) for one in m)
        both = sum(min(a, b) for a, b in zip(m, y, strict=True))
        neither = sum(min(a, b, 1 - b) for a, b in zip(m, y, strict=True))
        inclusion = both / sum(m)
        pri = (both - neither) / (sum(m) - neither) if sum(m) != neither else Fraction(0)
        if count < frequency:
            out = "?"
        elif inclusion >= upper and pri >= pri_cut:
            out = "1"
        elif lower is not None and inclusion >= lower:
            out = "C"
        else:
            out = "0"
        found[row] = (out, count, inclusion, pri)
    return found


memberships = st.integers(0, 100).filter(lambda v: v != 50)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.tuples(memberships, memberships, st.integers(0, 2), st.integers(0, 100)), min_size=2, max_size=14
    ),
    st.sampled_from([(100, None), (80, None), (75, 50), (90, 20)]),
    st.sampled_from([0, 50, 75]),
    st.integers(1, 3),
)
def test_rows_as_by_hand(cases, cuts, pri_cut, frequency):
    levels = (2, 2, 3)
    columns = list(zip(*cases, strict=True))
    if any(len(set(c)) < 2 for c in columns) or max(columns[2]) < 2:
        return
    frame = pd.DataFrame(
        {
            "A": np.array(columns[0]) / 100,
            "B": np.array(columns[1]) / 100,
            "C": columns[2],
            "Y": np.array(columns[3]) / 100,
        },
        index=[f"c{k}" for k in range(len(cases))],
    )
    upper, lower = cuts
    cut = upper / 100 if lower is None else (upper / 100, lower / 100)
    table = lc.truth_table(frame, "Y", ["A", "B", "C"], cut, pri_cut / 100, frequency)
    expected = by_hand(
        [c[:3] for c in cases], columns[3], levels, Fraction(upper, 100),
        None if lower is None else Fraction(lower, 100), Fraction(pri_cut, 100), frequency,
    )  # fmt: skip
    assert {tuple(row) for row in table.values.tolist()} == set(expected)
    for k, row in enumerate(table.values.tolist()):
        out, count, inclusion, pri = expected[tuple(row)]
        assert (table.out[k], len(table.cases[k])) == (out, count)
        assert table.inclusion[k] == pytest.approx(float(inclusion), abs=1e-12)
        assert table.pri[k] == pytest.approx(float(pri), abs=1e-9)


def crisp(**columns):
    size = len(next(iter(columns.values())))
    return pd.DataFrame(columns, index=[f"c{k}" for k in range(size)])


def test_a_value_that_never_occurs_does_not_exist_unless_it_is_told():
    """C takes 0 and 1 here; were there a 2, nobody would know that A goes with Y there as well."""
    frame = crisp(A=[1, 1, 0, 0], C=[0, 1, 0, 1], Y=[1, 1, 0, 0])
    shown = lc.minimise(lc.truth_table(frame, "Y", ["A", "C"]))
    assert [str(t) for t in shown.models[0]] == ["A"]
    told = lc.truth_table(frame, "Y", ["A", "C"], levels={"C": 3})
    assert told.possible == 6
    assert [str(t) for t in lc.minimise(told).models[0]] == ["A*C{0}", "A*C{1}"]
    assert [str(t) for t in lc.minimise(told, "parsimonious").models[0]] == ["A"]


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ({"C": 2}, "among the 2 levels"), ({"C": 1}, "at least 2"), ({"C": 2.5}, "whole number"),
        ({"C": 65}, "at most 64"), ({"Z": 3}, "Z"), ([3], "mapping"), ({"C": None}, "whole number"),
    ],
)  # fmt: skip
def test_levels_that_cannot_be(levels, words):
    frame = crisp(A=[1, 1, 0], C=[0, 1, 2], Y=[1, 1, 0])
    with pytest.raises((InputError, UnknownNameError), match=words):
        lc.truth_table(frame, "Y", ["A", "C"], levels=levels)


def test_levels_of_a_fuzzy_condition_are_two():
    frame = crisp(A=[0.9, 0.8, 0.1], Y=[1, 1, 0])
    with pytest.raises(InputError, match="among the 3 levels"):
        lc.truth_table(frame, "Y", ["A"], levels={"A": 3})


@pytest.mark.parametrize("name", ["out", "n", "inclusion", "pri", "cases", "deviant", "model", "term"])
def test_a_condition_may_not_be_called_what_the_results_are(name):
    frame = crisp(**{name: [1, 0, 1], "Y": [1, 0, 1]})
    with pytest.raises(InputError, match=name):
        lc.truth_table(frame, "Y", [name])


def test_a_condition_of_one_underscore_stays_in_the_table():
    table = lc.truth_table(crisp(_=[1, 0, 1], Y=[1, 0, 1]), "Y", ["_"])
    assert table.table()["_"].tolist() == [1, 0]


def test_an_outcome_value_that_no_case_has():
    frame = crisp(A=[1, 1, 0], Y=[0, 1, 2])
    with pytest.raises(InputError, match="No case has"):
        lc.truth_table(frame, "Y{7}", ["A"])
    assert lc.truth_table(frame, "Y{1}", ["A"], 0.5).out == ("0", "1")


def test_a_frequency_cut_makes_remainders_and_they_simplify():
    frame = crisp(A=[1, 1, 1, 0, 0, 0], B=[1, 1, 0, 0, 0, 1], Y=[1, 1, 0, 0, 0, 1])
    all_rows = lc.truth_table(frame, "Y", ["A", "B"])
    twice = lc.truth_table(frame, "Y", ["A", "B"], frequency_cut=2)
    assert sorted(twice.out) == ["0", "1", "?", "?"]
    assert len(lc.minimise(all_rows, "parsimonious").models) == 1
    assert {str(m[0]) for m in lc.minimise(twice, "parsimonious").models} == {"A", "B"}


def test_a_contradictory_row_is_not_covered():
    frame = crisp(A=[1, 1, 1, 1, 0], B=[1, 1, 0, 0, 0], Y=[1, 1, 1, 0, 0])
    table = lc.truth_table(frame, "Y", ["A", "B"], (0.8, 0.4))
    assert table.out == ("0", "C", "1")
    assert table.contradictory == (1,)
    assert [str(t) for t in lc.minimise(table, "parsimonious").models[0]] == ["B"]


def test_all_rows_positive():
    frame = crisp(A=[1, 1, 0, 0], B=[1, 0, 1, 1], Y=[1, 0.9, 0.9, 0.8])
    table = lc.truth_table(frame, "Y", ["A", "B"], 0.7)
    assert set(table.out) == {"1"}
    for solution in ("conservative", "parsimonious", "intermediate"):
        with pytest.raises(InputError, match="No combination is negative"):
            lc.minimise(table, solution)
    assert [str(t) for t in lc.minimise(table, "parsimonious", allow_degenerate=True).models[0]] == ["1"]
    assert {str(t) for t in lc.minimise(table, allow_degenerate=True).models[0]} == {"A", "B"}
    assert "says nothing" in lc.minimise(table, "parsimonious", allow_degenerate=True).summary()


def test_no_row_positive():
    frame = crisp(A=[1, 1, 0, 0], B=[1, 0, 1, 1], Y=[0, 0.1, 0.2, 0.1])
    with pytest.raises(InputError, match=r"highest 0\.150"):
        lc.minimise(lc.truth_table(frame, "Y", ["A", "B"], 0.7))
