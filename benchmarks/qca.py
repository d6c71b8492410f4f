"""How long QCA takes: prime implicants as conditions grow, models, and an answer too large to hold."""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
import pandas as pd

import learningcity as lc
from benchmarks.measure import Row, timed


@cache
def planted(conditions: int, cases: int = 60) -> lc.TruthTable:
    """The table of the design: ``Y = X1*X2 + X3*~X4`` of random crisp cases."""
    x = np.random.default_rng(conditions).integers(0, 2, (cases, conditions))
    names = [f"X{k}" for k in range(1, conditions + 1)]
    frame = pd.DataFrame(x, columns=names, index=[f"c{k}" for k in range(cases)])
    frame["Y"] = (x[:, 0] & x[:, 1]) | (x[:, 2] & (1 - x[:, 3]))
    return lc.truth_table(frame, "Y", names)


@cache
def random_outcome(conditions: int, cases: int) -> lc.TruthTable:
    """Outcome drawn apart from the conditions; each combination once."""
    rng = np.random.default_rng(conditions)
    names = [f"X{k}" for k in range(1, conditions + 1)]
    frame = pd.DataFrame(rng.integers(0, 2, (cases, conditions)), columns=names)
    frame["Y"] = rng.integers(0, 2, cases)
    frame = frame.drop_duplicates(names)
    frame.index = [f"c{k}" for k in range(len(frame))]
    return lc.truth_table(frame, "Y", names)


def qca_rows() -> list[Row]:
    rows = []
    for conditions, bar, note in (
        (10, None, "pyqca 309 s"),
        (16, 0.05, "R QCA 43 s"),
        (20, 0.3, "R QCA stops short"),
        (30, 30.0, "R QCA stops short"),
    ):
        table = planted(conditions)
        count = lc.count_prime_implicants(table)
        rows.append(
            timed(
                f"{count:,} prime implicants counted, 60 cases x {conditions} conditions",
                lambda t=table: lc.count_prime_implicants(t),
                bar=bar,
                note=note,
            )
        )
        rows.append(
            timed(
                f"parsimonious solution of it, {count:,} implicants held",
                lambda t=table: lc.minimise(t, "parsimonious"),
            )
        )
    table = planted(10)
    for solution in ("conservative", "intermediate"):
        rows.append(
            timed(f"{solution} solution, 60 cases x 10 conditions", lambda s=solution: lc.minimise(table, s))
        )
    rows.append(
        timed(
            "truth table of 10,000 fuzzy cases x 12 conditions",
            _fuzzy_table,
            runs=3,
        )
    )
    for cases, conditions in ((60, 10), (60, 12), (60, 16), (200, 12)):
        table = random_outcome(conditions, cases)
        rows.append(
            timed(
                f"smallest models of a random outcome, {cases} cases x {conditions} conditions",
                lambda t=table: lc.minimise(t, "parsimonious"),
                runs=3,
            )
        )
    table = random_outcome(40, 200)
    rows.append(
        timed(
            "the first 1,000,000 prime implicants of a random outcome, 200 cases x 40 conditions, streamed",
            lambda: lc.count_prime_implicants(table, limit=1_000_000),
            runs=3,
        )
    )
    rows.append(
        timed(
            "100,000 of them as terms",
            lambda: sum(1 for _ in itertools.islice(lc.stream_prime_implicants(table), 100_000)),
            runs=3,
        )
    )
    return rows


def _fuzzy_table() -> lc.TruthTable:
    rng = np.random.default_rng(1)
    names = [f"X{k}" for k in range(1, 13)]
    frame = pd.DataFrame(rng.random((10_000, 12)), columns=names, index=[f"c{k}" for k in range(10_000)])
    return lc.truth_table(frame.assign(Y=rng.random(10_000)), "Y", names, 0.8)
