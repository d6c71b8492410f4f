"""Prime implicants and covers beyond what can be looked at row by row: sizes, limits, memory."""

import os
import subprocess
import sys
import textwrap

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learningcity as lc
from learningcity.core import InputError
from learningcity.explain.qca import covers as covers_module
from learningcity.explain.qca import transversals
from learningcity.explain.qca.covers import find_covers
from learningcity.explain.qca.primes import OPEN, all_but, covering, order_of
from learningcity.explain.qca.terms import Conditions, Literal, Term
from learningcity.explain.qca.transversals import minimal_transversals, packed, unpacked


def drawn(cases, conditions, seed, share=0.5):
    """Crisp cases of random outcome, each combination once."""
    rng = np.random.default_rng(seed)
    names = [f"X{k}" for k in range(conditions)]
    frame = pd.DataFrame(rng.integers(0, 2, (cases, conditions)), columns=names)
    frame["Y"] = (rng.random(cases) < share).astype(int)
    frame = frame.drop_duplicates(names)
    frame.index = [f"c{k}" for k in range(len(frame))]
    return lc.truth_table(frame, "Y", names)


def no_literal_to_spare(term, table):
    """The term shuts out every negative row, and each shorter one lets some in."""
    cube = np.array([OPEN if v is None else v for v in table.conditions.values(term)])
    if covering(cube[None], table.negative).any() or not covering(cube[None], table.positive).any():
        return False
    for k in np.flatnonzero(cube != OPEN):
        wider = cube.copy()
        wider[k] = OPEN
        if not covering(wider[None], table.negative).any():
            return False
    return True


@pytest.mark.parametrize(("cases", "conditions"), [(30, 70), (25, 130)])
def test_more_conditions_than_bits_in_a_word(cases, conditions):
    table = drawn(cases, conditions, 5, share=0.2)
    seen = set()
    for k, term in zip(range(3000), lc.stream_prime_implicants(table), strict=False):
        assert str(term) not in seen
        seen.add(str(term))
        if k % 50 == 0:
            assert no_literal_to_spare(term, table)
    assert len(seen) == 3000
    # Each combination is its own: nothing merges without remainders, and the rows come back as they are.
    found = lc.minimise(table)
    assert {str(t) for t in found.models[0]} == {
        str(table.term(k)) for k, code in enumerate(table.out) if code == "1"
    }


def test_hundreds_of_rows():
    table = drawn(900, 10, 3)
    assert len(table.out) > 500
    found = lc.minimise(table, "parsimonious", covers="irredundant", models=20)
    assert not found.complete
    assert all(no_literal_to_spare(term, table) for term in found.prime_implicants[::40])
    chart = found.prime_implicants.covers(table.positive)
    place = {str(t): k for k, t in enumerate(found.prime_implicants)}
    for model in found.models:
        rows = chart[[place[str(t)] for t in model]]
        assert rows.any(axis=0).all()
        assert (rows[:, rows.sum(axis=0) == 1].any(axis=1)).all()


@pytest.mark.parametrize("kind", ["conservative", "parsimonious"])
def test_counted_streamed_and_held_are_the_same(kind):
    table = drawn(60, 9, 1)
    held = lc.minimise(table, kind).prime_implicants
    streamed = list(lc.stream_prime_implicants(table, kind))
    assert lc.count_prime_implicants(table, kind) == len(held) == len(streamed)
    assert set(held) == set(streamed)
    assert [len(t) for t in held] == sorted(len(t) for t in held)
    assert held[0] in held
    assert str(held[0]) in held
    assert Term((Literal("X0", 1), Literal("nobody", 1))) not in held
    assert 3 not in held


def test_counting_stops_at_the_limit():
    table = drawn(60, 12, 2)
    exact = lc.count_prime_implicants(table)
    assert lc.count_prime_implicants(table, limit=exact) == exact
    assert exact >= lc.count_prime_implicants(table, limit=10) > 10
    for odd in (-1, 2.5, "3", True):
        with pytest.raises(InputError):
            lc.count_prime_implicants(table, limit=odd)


def test_too_many_to_hold_is_said_in_both_languages():
    table = drawn(60, 12, 2)
    exact = lc.count_prime_implicants(table)
    assert len(lc.minimise(table, "parsimonious", limit=exact).prime_implicants) == exact
    with pytest.raises(InputError) as told:
        lc.minimise(table, "parsimonious", limit=exact - 1)
    assert f"{exact - 1:,}" in told.value.text.en
    assert "count_prime_implicants" in told.value.text.en
    assert "质蕴涵项" in told.value.text.zh


def test_the_search_for_the_smallest_models_stops_at_its_steps():
    table = drawn(200, 12, 12)
    with pytest.raises(InputError) as told:
        lc.minimise(table, "parsimonious", steps=1_000_000)
    assert "1,000,000 steps" in told.value.text.en
    assert "1,000,000步" in told.value.text.zh


@pytest.mark.parametrize(("seed", "steps", "complete"), [(4, 3_000_000_000, True), (0, 100_000_000, False)])
def test_smallest_models_of_two_hundred_cases(seed, steps, complete):
    """Some twenty terms of fifteen hundred: the size against HiGHS; what is listed in part says so."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    table = drawn(200, 12, seed)
    found = lc.minimise(table, "parsimonious", steps=steps)
    chart = found.prime_implicants.covers(table.positive)
    patterns = np.unique(chart, axis=0)
    best = milp(
        np.ones(len(patterns)),
        constraints=LinearConstraint(patterns.T.astype(float), 1),
        integrality=np.ones(len(patterns)),
        bounds=Bounds(0, 1),
    )
    assert {len(model) for model in found.models} == {round(best.fun)}
    assert found.complete is complete
    assert found.ambiguous
    assert len(set(found.models)) == len(found.models) >= 1
    for model in found.models:
        assert found.prime_implicants.of(table.conditions, model).covers(table.positive).any(axis=0).all()
    assert all(term in model for term in found.essential for model in found.models)


def test_a_chart_too_large_is_refused(monkeypatch):
    # The package gives the function of this name, so the module is found by its place.
    monkeypatch.setattr(sys.modules["learningcity.explain.qca.minimise"], "CELLS", 1000)
    with pytest.raises(InputError, match="too many to combine") as told:
        lc.minimise(drawn(60, 12, 2), "parsimonious")
    assert "质蕴涵项" in told.value.text.zh


@pytest.mark.parametrize("kind", ["fewest", "irredundant"])
def test_essential_terms_are_sure_where_not_all_models_are_listed(kind):
    """One row with an implicant of its own, three rows of two interchangeable ones: eight models."""
    chart = np.zeros((7, 4), dtype=bool)
    chart[6, 3] = True
    for row in range(3):
        chart[2 * row : 2 * row + 2, row] = True
    some = find_covers(chart, kind, limit=1)
    assert not some.complete
    assert len(some.models[0]) == 4
    assert some.essential == (6,)
    assert find_covers(chart, kind).essential == (6,)
    assert len(find_covers(chart, kind).models) == 8


def test_memory_stays_bounded_where_the_answer_does_not():
    """Forty conditions, two hundred cases, random outcome: hundreds of millions of implicants, one error."""
    code = """
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
        import numpy as np, pandas as pd, itertools
        import learningcity as lc
        rng = np.random.default_rng(40)
        names = [f"X{k}" for k in range(40)]
        frame = pd.DataFrame(rng.integers(0, 2, (200, 40)), columns=names, index=[f"c{k}" for k in range(200)])
        frame["Y"] = rng.integers(0, 2, 200)
        table = lc.truth_table(frame, "Y", names)
        for solution in ("parsimonious", "intermediate"):
            try:
                lc.minimise(table, solution)
            except lc.InputError as told:
                print(told.text.en)
                print(told.text.zh)
        print(lc.count_prime_implicants(table, limit=3_000_000) > 3_000_000)
        print(sum(1 for _ in itertools.islice(lc.stream_prime_implicants(table), 200_000)))
        print(len(lc.minimise(table).models))
        # What getrusage tells begins with the memory of the process that started this one.
        peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
        print(int(peak.split()[1]) < (1 << 20))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=False,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    lines = done.stdout.splitlines()
    assert [line[:36] for line in lines[:4:2]] == ["There are more than 1,000,000 prime "] * 2
    assert lines[1] == lines[3]
    assert "质蕴涵项超过1,000,000个" in lines[1]
    assert lines[4:] == ["True", "200000", "1", "True"]


def test_the_state_of_a_search_grows_and_then_stops(monkeypatch):
    """Pairs (0, 1), (2, 3) ...: every smallest set has one member of each, so sets of forty."""
    edges = packed(([2 * k, 2 * k + 1] for k in range(40)), 80)
    first = next(minimal_transversals(edges, 80, part=10))
    assert (unpacked(first, 80).reshape(10, 40, 2).sum(axis=2) == 1).all()
    monkeypatch.setattr(transversals, "MOST_BYTES", 10_000)
    with pytest.raises(InputError, match="more than 32 members") as told:
        next(minimal_transversals(edges, 80, part=10))
    assert "32个元素" in told.value.text.zh


def test_parts_of_any_size_give_the_same_sets():
    edges = packed([(0, 1), (2, 3), (4, 5), (0, 5), (1, 2, 4)], 6)
    whole = {tuple(row) for part in minimal_transversals(edges, 6) for row in unpacked(part, 6).tolist()}
    for part in (1, 2, 3):
        parts = list(minimal_transversals(edges, 6, part))
        assert all(len(p) <= part for p in parts)
        assert sum(map(len, parts)) == len(whole)
        assert {tuple(row) for p in parts for row in unpacked(p, 6).tolist()} == whole


@settings(deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 6), max_size=4), max_size=8))
def test_minimal_transversals_by_definition(edges):
    found = [
        frozenset(np.flatnonzero(row).tolist())
        for part in minimal_transversals(packed(edges, 7), 7)
        for row in unpacked(part, 7)
    ]
    every = [frozenset(k for k in range(7) if mask >> k & 1) for mask in range(128)]
    hitting = [one for one in every if all(one & edge for edge in edges)]
    assert len(found) == len(set(found))
    assert set(found) == {one for one in hitting if not any(other < one for other in hitting)}


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 1), st.integers(-1, 1)), max_size=5))
def test_all_but_is_exactly_the_rest(cubes):
    conditions = Conditions(("A", "B", "C"), (3, 2, 2))
    given_cubes = np.array(cubes, dtype=np.int64).reshape(-1, 3)
    rows = np.array([(a, b, c) for a in range(3) for b in range(2) for c in range(2)])
    rest = all_but(conditions, given_cubes)
    inside = covering(given_cubes, rows).any(axis=0) if len(cubes) else np.zeros(12, dtype=bool)
    assert (covering(rest, rows).sum(axis=0) == ~inside).all()
    with pytest.raises(InputError, match="more than 1"):
        all_but(conditions, np.array([[0, 0, 0]]), limit=1)


def test_order_of_many_conditions_is_that_of_the_words():
    conditions = Conditions(tuple(f"X{k}" for k in range(50)), (2,) * 50)
    values = np.random.default_rng(0).integers(-1, 2, (300, 50))
    keys = [(int((row != OPEN).sum()), [2 if v == OPEN else int(v) for v in row]) for row in values]
    assert [keys[k] for k in order_of(conditions, values)] == sorted(keys)


@pytest.mark.parametrize("seed", range(6))
def test_smallest_covers_agree_with_integer_programming(seed):
    """The size of the smallest cover against HiGHS, on charts too large to look at every subset."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    rng = np.random.default_rng(seed)
    chart = rng.random((90, 40)) < 0.12
    chart[rng.integers(0, 90, 40), np.arange(40)] = True
    found = find_covers(chart, "fewest", limit=50)
    best = milp(
        np.ones(90),
        constraints=LinearConstraint(chart.T.astype(float), 1),
        integrality=np.ones(90),
        bounds=Bounds(0, 1),
    )
    assert {len(model) for model in found.models} == {round(best.fun)}
    for model in found.models:
        assert chart[list(model)].any(axis=0).all()
    assert len(set(found.models)) == len(found.models)


def test_covers_are_listed_across_parts(monkeypatch):
    """Twelve rows of two interchangeable implicants each: 4096 models, in parts of 100."""
    monkeypatch.setattr(covers_module, "PART", 100)
    chart = np.kron(np.eye(12, dtype=int), np.ones((2, 1), dtype=int)).astype(bool)
    for kind in ("fewest", "irredundant"):
        found = find_covers(chart, kind)
        assert len(set(found.models)) == 4096
        assert found.complete
        assert found.essential == ()
        assert not find_covers(chart, kind, limit=4095).complete
