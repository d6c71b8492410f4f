"""Every solution is exactly what looking at all combinations gives.

Exhaustive for all crisp truth tables of one and two conditions, remainders included. Of the 3^8 tables of three,
many are one table with its conditions or their values named otherwise: of each such kind some are looked at, by a
rule. Four and five conditions and multi-value conditions are drawn.
"""

from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st
from tests.explain.qca import brute_force as brute

from learningcity.core import InputError
from learningcity.explain.qca.minimise import minimise
from learningcity.explain.qca.terms import Conditions
from learningcity.explain.qca.truth import TruthTable

NAMES = "ABCDEFGH"
SOLUTIONS = ("conservative", "parsimonious")


def table_of(levels, codes):
    """A truth table with the given codes of the rows of ``brute.rows_of``; rows of None are not there."""
    names = tuple(NAMES[: len(levels)])
    kept = [(row, code) for row, code in zip(brute.rows_of(levels), codes, strict=True) if code is not None]
    values = np.array([row for row, _ in kept], dtype=np.int64).reshape(-1, len(levels))
    out = tuple(code for _, code in kept)
    inside = np.array([float(code == "1") for code in out])
    cases = tuple((f"case{k}",) for k in range(len(kept)))
    return TruthTable(
        data=None, outcome="Y", conditions=Conditions(names, tuple(levels)), membership=inside, values=values,
        out=out, inclusion=inside, pri=inside, cases=cases, deviant=((),) * len(kept), inclusion_cut=1.0,
        contradiction_cut=None, pri_cut=0.0, frequency_cut=1, at_half="refuse", halves=(),
    )  # fmt: skip


def masks_of(levels, codes, barred=()):
    """Positive and negative rows as bits; rows in a barred cube are negative."""
    rows = brute.rows_of(levels)
    shut = 0
    for cube in barred:
        shut |= brute.cubes_of(levels)[cube]
    positive = brute.bits(levels, [r for r, c in zip(rows, codes, strict=True) if c == "1"]) & ~shut
    negative = brute.bits(levels, [r for r, c in zip(rows, codes, strict=True) if c in ("0", "C")]) | shut
    return positive, negative


def cubes(solution):
    """Models of a solution as sets of cubes; each model is listed once."""
    conditions = solution.truth.conditions
    found = [frozenset(conditions.values(term) for term in model) for model in solution.models]
    assert len(set(found)) == len(found)
    return set(found)


def implicants(solution):
    return {solution.truth.conditions.values(term) for term in solution.prime_implicants}


def agree(levels, codes, expected, barred=(), kinds=("fewest", "irredundant")):
    """Compare all solutions of one table; the number of solutions compared."""
    table = table_of(levels, codes)
    positive, negative = masks_of(levels, codes, barred)
    shut = [table.conditions.term(cube) for cube in barred]
    if not positive:
        with pytest.raises(InputError):
            minimise(table, "parsimonious", exclude=shut)
        return 0
    count = 0
    for kind in kinds:
        for name in SOLUTIONS:
            found = minimise(table, name, covers=kind, exclude=shut, allow_degenerate=True)
            truth_primes, truth_models = brute.solve(levels, positive, negative, name, kind)
            assert implicants(found) == truth_primes, (codes, name)
            assert cubes(found) == truth_models, (codes, name, kind)
            assert found.complete
            shared = frozenset.intersection(*truth_models)
            assert {table.conditions.values(t) for t in found.essential} == shared
            count += 1
        named = {NAMES[k]: sorted(v) for k, v in expected.items()}
        found = minimise(table, "intermediate", named, covers=kind, exclude=shut, allow_degenerate=True)
        truth = brute.intermediate(levels, positive, negative, expected, kind)
        # Beyond a hundred models of a kind only some pairs are looked at, and the solution says so.
        assert cubes(found) <= truth, (codes, kind)
        assert cubes(found) == truth or not found.complete, (codes, kind)
        count += 1
    return count


@pytest.mark.parametrize("size", [1, 2])
def test_all_tables_of_one_and_two_conditions_with_all_expectations(size):
    levels = (2,) * size
    compared = 0
    for codes in product("01?", repeat=2**size):
        for values in product((None, 0, 1), repeat=size):
            compared += agree(levels, codes, {k: {v} for k, v in enumerate(values) if v is not None})
    assert compared == 6 * 3**size * (3**2**size - 2**2**size)


def test_all_tables_of_two_conditions_with_every_exclusion():
    levels = (2, 2)
    compared = 0
    terms = [cube for cube in brute.cubes_of(levels) if any(v is not None for v in cube)]
    for codes in product("01?", repeat=4):
        for barred in [*combinations(terms, 1), *combinations(terms[:4], 2)]:
            compared += agree(levels, codes, {0: {1}, 1: {0}}, barred, kinds=("fewest",))
    assert compared > 1_700


def renamed(codes):
    """All tables that are this one with conditions exchanged or 0 and 1 of some exchanged, sorted."""
    rows = brute.rows_of((2, 2, 2))
    place = {row: k for k, row in enumerate(rows)}
    found = set()
    for order in permutations(range(3)):
        for turned in product((0, 1), repeat=3):
            moved = [place[tuple(row[c] ^ t for c, t in zip(order, turned, strict=True))] for row in rows]
            found.add(tuple(codes[k] for k in moved))
    return sorted(found)


def test_every_kind_of_table_of_three_conditions():
    """Of each kind three tables: the first, the last, and one that is another one with each kind."""
    levels = (2, 2, 2)
    every = list(product((None, 0, 1), repeat=3))
    kinds = tables = compared = 0
    left = set(product("01?", repeat=8))
    while left:
        alike = renamed(min(left))
        left.difference_update(alike)
        for codes in sorted({alike[0], alike[-1], alike[7 * kinds % len(alike)]}):
            expected = {c: {v} for c, v in enumerate(every[tables % 27]) if v is not None}
            covers = ("fewest", "irredundant") if tables % 3 == 0 else ("fewest",)
            compared += agree(levels, codes, expected, kinds=covers)
            tables += 1
        kinds += 1
    # As many as Burnside's lemma counts.
    assert kinds == 267
    assert tables > 700
    assert compared > 3 * tables


def test_a_positive_row_stays_though_its_conservative_term_implies_no_parsimonious_one():
    """YZW is the consensus of XY and ~XZ: the parsimonious model needs no term that it implies."""
    levels = (2, 2, 2, 2)
    positive = {(1, 1, 1, 1), (0, 1, 1, 1), (1, 1, 0, 0), (0, 0, 1, 0)}
    codes = [
        "1" if (x, y, z, w) in positive else "?" if (x and y) or (z and not x) else "0"
        for x, y, z, w in brute.rows_of(levels)
    ]
    assert agree(levels, codes, {}) == 6
    found = minimise(table_of(levels, codes), "intermediate")
    assert cubes(found) == {frozenset({(None, 1, 1, 1), (1, 1, 0, 0), (0, 0, 1, 0)})}


def drawn(levels, share="01?"):
    """Codes of all rows, expectations and exclusions."""
    size = 1
    for n in levels:
        size *= n
    values = [st.frozensets(st.integers(0, n - 1), min_size=1) for n in levels]
    literal = [st.sampled_from([None, *range(n)]) for n in levels]
    expected = st.fixed_dictionaries({}, optional=dict(enumerate(values)))
    cube = st.tuples(*literal).filter(lambda one: any(v is not None for v in one))
    return st.tuples(
        st.lists(st.sampled_from(share), min_size=size, max_size=size), expected, st.lists(cube, max_size=2)
    )


def compare(levels, given, kinds=("fewest", "irredundant")):
    codes, expected, barred = given
    try:
        agree(levels, codes, expected, barred, kinds)
    except brute.TooManyError:
        reject()


@settings(deadline=None, max_examples=100)
@given(drawn((2, 2, 2, 2), "01?C"))
def test_tables_of_four_conditions(given):
    compare((2, 2, 2, 2), given)


@settings(deadline=None, max_examples=60)
@given(drawn((2, 2, 2, 2, 2), "01???"))
def test_tables_of_five_conditions(given):
    compare((2, 2, 2, 2, 2), given)


@settings(deadline=None, max_examples=120)
@given(st.sampled_from([(3,), (3, 2), (3, 3), (2, 4), (3, 2, 2), (5, 2)]).flatmap(
    lambda levels: st.tuples(st.just(levels), drawn(levels, "011?C"))
))  # fmt: skip
def test_tables_of_multi_value_conditions(given):
    compare(*given)


@given(drawn((2, 2, 2)))
def test_the_two_ways_of_looking_at_covers_agree(given):
    positive, negative = masks_of((2, 2, 2), given[0])
    assume(positive)
    implicants = brute.primes((2, 2, 2), positive, 255 & ~negative)
    for kind in ("fewest", "irredundant"):
        assert brute.covers((2, 2, 2), implicants, positive, kind) == brute.covers_by_definition(
            (2, 2, 2), implicants, positive, kind
        )
