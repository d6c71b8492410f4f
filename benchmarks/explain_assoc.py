"""How long the association takes: the conditions of the award cities, and growth with cases and columns."""

from __future__ import annotations

import numpy as np
import pandas as pd

import learningcity as lc
from benchmarks.measure import Row, timed

#: Cases, background columns, characteristics: each side grows alone.
SIZES = ((100, 10, 10), (1_000, 10, 10), (10_000, 10, 10), (100, 10, 100), (100, 100, 100))


def made_up(cases: int, background: int, characteristics: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Numbers on one side, four levels on the other, no relation."""
    random = np.random.default_rng(1)
    names = [f"c{k}" for k in range(cases)]
    return (
        pd.DataFrame(random.normal(size=(cases, background)), index=names).add_prefix("x"),
        pd.DataFrame(random.choice([0.33, 0.67, 1.0], (cases, characteristics)), index=names).add_prefix("y"),
    )


def association_rows() -> list[Row]:
    """Rows of the table."""
    traits = lc.load_atlas().conditions()
    random = np.random.default_rng(1)
    background = pd.DataFrame(random.normal(size=(len(traits), 12)), index=traits.index).add_prefix("x")
    background["region"] = random.choice(list("abcde"), len(traits))
    effort = pd.Series(random.integers(1, 40, len(traits)), index=traits.index, name="practices")
    rows = [
        timed(
            f"`associate`, {len(background.columns)} made-up columns x {len(traits.columns)} conditions of "
            f"{len(traits)} cities, gaps, effort taken out, 9,999 permutations",
            lambda: lc.associate(background, traits, effort=effort),
        )
    ]
    for size in SIZES:
        frames = made_up(*size)
        rows.append(
            timed(
                "`associate`, {:,} cases, {} x {} columns, 9,999 permutations".format(*size),
                lambda f=frames: lc.associate(*f),
                runs=3,
            )
        )
    return rows
