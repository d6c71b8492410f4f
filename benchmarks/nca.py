"""How long necessary condition analysis takes: the permutation test, and its growth with the cases."""

from __future__ import annotations

import numpy as np
import pandas as pd

import learningcity as lc
from benchmarks.measure import Row, timed


def made_up(cases: int, seed: int = 1) -> pd.DataFrame:
    """Cases without any pattern."""
    return pd.DataFrame(np.random.default_rng(seed).random((cases, 2)), columns=["x", "y"])


def nca_rows() -> list[Row]:
    """The bar of the design, and 10,000 permutations from 100 to 100,000 cases."""

    def both(data: pd.DataFrame, permutations: int) -> None:
        for method in ("ce_fdh", "cr_fdh"):
            lc.ceiling(data, "x", "y", method, permutations=permutations, seed=1)

    thousand = made_up(1_000)
    rows = [
        timed(
            "`ceiling` by ce_fdh and cr_fdh, 1,000 cases, 10,000 permutations each",
            lambda: both(thousand, 10_000),
            bar=2.0,
            note="R NCA 0.26 s a permutation",
        )
    ]
    for cases, permutations in ((100, 10_000), (10_000, 1_000), (100_000, 100)):
        data = made_up(cases)
        rows.append(
            timed(
                f"the same, {cases:,} cases, {permutations:,} permutations",
                lambda d=data, n=permutations: both(d, n),
                runs=3,
            )
        )
    return rows
