"""Enhanced standard analysis: exclusions are exactly the rows that the definitions name."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.explain.qca import brute_force as brute

import learningcity as lc
from learningcity.core import InputError, UnknownNameError
from learningcity.explain.qca.enhanced import (
    against_necessity,
    contradictory_assumptions,
    simultaneous_subsets,
    untenable_assumptions,
)

LEVELS = (2, 2, 2)
NAMES = ["A", "B", "C"]


def frame_of(rows, y):
    frame = pd.DataFrame(rows, columns=NAMES[: len(rows[0])], index=[f"c{k}" for k in range(len(rows))])
    return frame.assign(Y=y)


def held(conditions, terms):
    """Rows in some term."""
    cubes = [conditions.values(t) for t in terms]
    rows = product(*(range(n) for n in conditions.levels))
    return {
        row
        for row in rows
        if any(all(c is None or c == v for c, v in zip(cube, row, strict=True)) for cube in cubes)
    }


@pytest.fixture
def pair():
    """Eight combinations, five seen."""
    rows = [(1, 1, 0), (1, 0, 1), (0, 1, 1), (0, 0, 0), (1, 1, 1)]
    frame = frame_of(rows, [1, 1, 0, 0, 1])
    return lc.truth_table(frame, "Y", NAMES), lc.truth_table(frame, "~Y", NAMES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("A", {"~A"}), ("A + B", {"~A*~B"}), ("A*B", {"~A", "~B"}), ("A*B + C", {"~A*~C", "~B*~C"})],
)
def test_what_lacks_a_necessary_condition(pair, text, expected):
    assert {str(t) for t in against_necessity(text, pair[0])} == expected


def test_a_necessary_value_of_a_multi_value_condition():
    frame = pd.DataFrame({"A": [0, 1, 2], "B": [0, 1, 1], "Y": [0, 1, 1]}, index=list("xyz"))
    table = lc.truth_table(frame, "Y", ["A", "B"])
    assert {str(t) for t in against_necessity("A{1}", table)} == {"A{0}", "A{2}"}


def test_assumptions_of_both_sides(pair):
    table, other = pair
    solutions = lc.minimise(table, "parsimonious"), lc.minimise(other, "parsimonious")
    found = contradictory_assumptions(*solutions)
    terms = [[t for m in one.models for t in m] for one in solutions]
    seen = {tuple(row) for row in table.values.tolist()}
    conditions = table.conditions
    assert held(conditions, found) == (held(conditions, terms[0]) & held(conditions, terms[1])) - seen


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from("01?B"), min_size=8, max_size=8))
def test_contradictory_and_simultaneous_rows_by_brute_force(codes):
    """B = one case on each side, so that with a cut of 0.5 the row is positive for both."""
    rows, y = [], []
    for row, code in zip(brute.rows_of(LEVELS), codes, strict=True):
        for value in {"0": [0], "1": [1], "?": [], "B": [0, 1]}[code]:
            rows.append(row)
            y.append(value)
    if not rows or len(set(y)) < 2 or any(len({row[k] for row in rows}) < 2 for k in range(3)):
        return
    frame = frame_of(rows, y)
    table, other = (lc.truth_table(frame, name, NAMES, 0.5) for name in ("Y", "~Y"))
    both = {r for r, c in zip(brute.rows_of(LEVELS), codes, strict=True) if c == "B"}
    assert held(table.conditions, simultaneous_subsets(table, other)) == both
    one, two = (lc.minimise(t, "parsimonious", allow_degenerate=True) for t in (table, other))
    found = contradictory_assumptions(one, two)
    union = [held(table.conditions, [t for m in s.models for t in m]) for s in (one, two)]
    remainders = {r for r, c in zip(brute.rows_of(LEVELS), codes, strict=True) if c == "?"}
    assert held(table.conditions, found) == union[0] & union[1] & remainders
    if found:
        again = lc.minimise(table, "parsimonious", exclude=found, allow_degenerate=True)
        covered = held(table.conditions, [t for m in again.models for t in m])
        assert not covered & held(table.conditions, found)


def test_gathered_with_reasons_and_given_to_minimise(pair):
    table, other = pair
    found = untenable_assumptions(
        table, necessary=["A"], impossible=["B*C"], other=other,
        solutions=(lc.minimise(table, "parsimonious"), lc.minimise(other, "parsimonious")),
    )  # fmt: skip
    assert set(found.table()["reason"]) >= {"necessity", "impossible"}
    assert found.table().set_index("term").loc["~A", "combinations"] == 4
    solution = lc.minimise(table, "parsimonious", exclude=found)
    for model in solution.models:
        assert not held(table.conditions, model) & held(table.conditions, found)
    # The row A*B*C is positive and impossible: it counts as negative.
    assert (1, 1, 1) not in held(table.conditions, solution.models[0])
    assert "necessary" in found.summary()
    assert "必要条件" in found.summary("zh")
    assert found.to_dict()


def test_nothing_untenable_is_said(pair):
    found = untenable_assumptions(pair[0])
    assert len(found) == 0
    assert not list(found)
    assert lc.minimise(pair[0], "parsimonious", exclude=found).models
    assert "No untenable" in found.summary()


def test_exclusions_that_hold_every_positive_row(pair):
    with pytest.raises(InputError, match="every positive row"):
        lc.minimise(pair[0], "parsimonious", exclude=["A"])


def test_what_does_not_go_together(pair):
    table, other = pair
    with pytest.raises(InputError, match="Both are about Y"):
        simultaneous_subsets(table, table)
    fewer = lc.truth_table(table.data, "~Y", ["A", "B"], 0.5)
    with pytest.raises(InputError, match="other conditions"):
        simultaneous_subsets(table, fewer)
    with pytest.raises(InputError, match="two solutions"):
        untenable_assumptions(table, solutions=(lc.minimise(table),))
    with pytest.raises(InputError):
        contradictory_assumptions(table, other)
    with pytest.raises(UnknownNameError, match="Z"):
        against_necessity("Z", table)
    for odd in (3, [3], None):
        with pytest.raises(InputError):
            against_necessity(odd, table)


@pytest.mark.parametrize("odd", [3, [3], [None], {"A": 1}, ["A*"], [np.nan]])
def test_exclusions_that_are_no_terms(pair, odd):
    with pytest.raises(InputError):
        lc.minimise(pair[0], exclude=odd)


def test_an_exclusion_of_a_value_that_does_not_exist(pair):
    with pytest.raises(InputError, match="0 to 1"):
        lc.minimise(pair[0], exclude=["A{2}"])
