"""Whatever comes in, QCA gives a result or says what is wrong and what to do; nothing else.

Tables are drawn from numbered seeds, so a case that fails can be drawn again by its number. Warnings
are errors here as everywhere.
"""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import learningcity as lc
from learningcity.core import InputError, LearningCityError, UnknownNameError

CELLS = ("text", "1", "", b"x", True, np.inf, -np.inf, None, pd.NA, pd.NaT, Decimal("0.5"), 1 + 2j, Fraction(1, 3),
         10**400, -0.0, np.float32(1), np.int8(1), [1.0], pd.Timestamp("2020"), 0.5, 1.0000001, -1, 64)  # fmt: skip
NAMES = ("A", "B", "C", "~A", "A*B", "1", "", "甲", "n", "a b", " A", "A{1}", "Y", "x" * 300, "a.b", "model")
BATCHES, SIZE = 12, 60


def column(rng, cases):
    """One column: ordinary as a rule, else odd in one of many ways."""
    if rng.random() < 0.7:
        return rng.integers(0, 2, cases)
    kind = rng.integers(0, 10)
    if kind == 0:
        return rng.random(cases)
    if kind == 1:
        return rng.integers(0, 4, cases)
    if kind == 2:
        return np.full(cases, rng.choice([0.0, 1.0, 0.5]))
    if kind == 3:
        return rng.normal(0, 3, cases)
    if kind == 4:
        return np.where(rng.random(cases) < 0.3, np.nan, 1.0)
    if kind == 5:
        return pd.array(rng.integers(0, 2, cases), dtype="Int64")
    if kind == 6:
        return pd.Categorical(rng.integers(0, 2, cases))
    if kind == 7:
        return rng.integers(0, 2, cases).astype(bool)
    if kind == 8:
        return pd.to_timedelta(rng.integers(0, 2, cases), unit="D")
    return [CELLS[rng.integers(0, len(CELLS))] if rng.random() < 0.3 else 1 for _ in range(cases)]


def odd_frame(rng):
    if rng.random() < 0.6:
        sound = pd.DataFrame(rng.integers(0, 2, (12, 4)), columns=["A", "B", "C", "Y"])
        return sound.rename(index="c{}".format), list(sound)
    cases = int(rng.choice([0, 1, 2, 4, 8, 15]))
    names = ["A", "B", "C", "Y"]
    if rng.random() < 0.2:
        names[int(rng.integers(0, 3))] = NAMES[rng.integers(0, len(NAMES))]
    index = [f"c{k}" for k in range(cases)]
    if cases and rng.random() < 0.1:
        index[0] = [index[-1], None, np.nan, 3][rng.integers(0, 4)]
    frame = pd.DataFrame({k: column(rng, cases) for k in range(4)}, index=index)
    frame.columns = names
    return frame, names


def choice(rng, good, odd):
    return good if rng.random() < 0.93 else odd[rng.integers(0, len(odd))]


def go_through(rng):
    """Table, solutions, counts: what a user would do."""
    frame, names = odd_frame(rng)
    table = lc.truth_table(
        frame,
        choice(rng, "Y", ["~Y", "Y{1}", "Y{²}", "Y{}", "", None, 3, "Z", "~", "Y{99999999999}"]),
        choice(rng, names[:3], [names[:2], [], None, 3, ["A", "A"], ["A", "Y"], "A", [None], ["Z"]]),
        choice(rng, 0.8, [1, 0, (0.9, 0.5), (0.5, 0.9), (1,), [], (1, 2, 3), "1", np.nan, None, -1, True, 10**400, np.float32(0.5), Fraction(4, 5)]),
        choice(rng, 0.0, [0.5, np.nan, "x", 2, None]),
        choice(rng, 1, [2, 0, -1, 1.5, None, "1", 10**30, np.int64(2)]),
        at_half=choice(rng, "leave_out", ["refuse", "up", "down", None, 3, ["up"]]),
        levels=choice(rng, None, [{}, {"A": 3}, {"A": 0}, {"Z": 2}, 3, {"A": np.nan}, {3: 3}]),
    )  # fmt: skip
    table.summary(), table.to_dict(), table.table()
    kind = choice(rng, "parsimonious", ["conservative", "intermediate", "intermediate", None, 3, ["x"]])
    expectations = [{}, {"A": 1}, {"A": np.nan}, {"A": np.inf}, {"A": "1"}, {"A": None}, {"A": (0, 1)}, {"A": []},
                    {"Z": 1}, {"A": 7}, {"A": np.int64(1)}, {"A": True}, [1], 3, {"A": 1 + 2j}, {None: 1}]  # fmt: skip
    solution = lc.minimise(
        table,
        kind,
        expectations[rng.integers(0, len(expectations))] if kind == "intermediate" else None,
        choice(rng, "fewest", ["irredundant", None, 3]),
        exclude=choice(rng, (), ["A", "A*B", "A*~A", ["A", 3], None, 3, "1", "0", {"A": 1}, "A{5}", ")", np.array(["A"])]),
        allow_degenerate=bool(rng.random() < 0.5),
        limit=choice(rng, 1000, [1, 0, None, "x"]),
        models=choice(rng, 50, [1, 0, 2.5]),
        steps=choice(rng, 10**7, [1, 0, None]),
    )  # fmt: skip
    solution.summary(), solution.to_dict(), solution.table()
    assert solution.models
    assert all(solution.models)
    assert lc.count_prime_implicants(table) >= 1
    return solution


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_result_or_what_is_wrong(batch):
    results, told = 0, []
    for number in range(SIZE):
        seed = batch * SIZE + number
        try:
            go_through(np.random.default_rng(seed))
            results += 1
        except LearningCityError as error:
            told.append((seed, error.text))
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise
    assert results >= 5
    assert told
    for seed, text in told:
        assert text.en, seed
        assert any("\u4e00" <= c <= "\u9fff" for c in text.zh), (seed, text.zh)


def sound(**changes):
    frame = pd.DataFrame(
        {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1.0, 1.0, 0.0, 0.0]},
        index=["wuhan", "cork", "lyon", "oslo"],
    )
    return frame.assign(**changes)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (sound(A=[1, 1, 0, 1.2]), ["A: oslo", "outside of 0 to 1"]),
        (sound(A=[1, -0.2, 0, 0]), ["A: cork", "calibrate"]),
        (sound(Y=[1, 1, 0, 7.5]), ["Y: oslo", "outside"]),
        (sound(B=[1, None, 1, 0]), ["B: cork", "Missing"]),
        (sound(B=[1, np.inf, 1, 0]), ["B: cork", "Infinite"]),
        (sound(B=["yes", "no", "yes", "no"]), ["B", "calibrate"]),
        (sound(B=[1, 1, 1, 1]), ["B", "all cases are alike"]),
        (sound(Y=[1.0, 1.0, 1.0, 1.0]), ["Y", "all cases are alike"]),
        (sound(B=[0.5, 1, 0, 1]), ["B: wuhan", "0.5", "leave_out"]),
        (pd.concat([sound(), sound()[["A"]]], axis=1), ["occur twice", "A"]),
        (pd.concat([sound(), sound().iloc[[0]]]), ["Cases that occur twice", "wuhan"]),
        (sound().iloc[:0], ["no cases"]),
        (sound().rename(columns={"A": "A B*C"}), ["column", "A"]),
        (sound(B=pd.to_timedelta([0, 1, 0, 1], unit="s")), ["B", "no numbers"]),
    ],
)
def test_what_is_wrong_is_named(frame, words):
    with pytest.raises((InputError, UnknownNameError)) as told:
        lc.truth_table(frame, "Y", ["A", "B"])
    for word in words:
        assert word in told.value.text.en


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda t: lc.minimise(t, "intermediate", {"Z": 1}), ["Z"]),
        (lambda t: lc.minimise(t, "intermediate", {"A": 2}), ["A is 2", "0 to 1"]),
        (lambda t: lc.minimise(t, "intermediate", {"A": float("nan")}), ["A is nan"]),
        (lambda t: lc.minimise(t, "parsimonious", {"A": 1}), ["intermediate"]),
        (lambda t: lc.minimise(t, "complex"), ["complex"]),
        (lambda t: lc.minimise(t, exclude=["Q"]), ["Q"]),
        (
            lambda t: lc.minimise(t, exclude=[lc.Term((lc.Literal("A", 1), lc.Literal("A", 0)))]),
            ["two values"],
        ),
        (lambda t: lc.minimise(t.data), ["TruthTable"]),
        (lambda t: lc.count_prime_implicants(t, "intermediate"), ["intermediate"]),
        (lambda t: lc.stream_prime_implicants(3), ["TruthTable"]),
    ],
)
def test_what_is_wrong_with_a_choice_is_named(call, words):
    with pytest.raises((InputError, UnknownNameError)) as told:
        call(lc.truth_table(sound(), "Y", ["A", "B"]))
    for word in words:
        assert word in told.value.text.en
