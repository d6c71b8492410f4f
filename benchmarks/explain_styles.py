"""How long styles take: mixed columns with gaps, as cases grow."""

from __future__ import annotations

import numpy as np
import pandas as pd

import learningcity as lc
from benchmarks.measure import Row, timed


def made_up(cases: int, seed: int = 1) -> pd.DataFrame:
    """Three planted styles over eight numbers and four categories, one cell in ten empty."""
    random = np.random.default_rng(seed)
    style = np.arange(cases) % 3
    frame = pd.DataFrame(
        random.normal(size=(cases, 8)) + 2 * style[:, None], index=[f"c{k}" for k in range(cases)]
    ).add_prefix("x")
    for name in "abcd":
        own = np.array(list("klm"))[style]
        frame[name] = np.where(random.random(cases) < 0.7, own, random.choice(list("klm"), cases))
    return frame.mask(random.random(frame.shape) < 0.1)


def style_rows() -> list[Row]:
    """Rows of the table."""
    rows = []
    for cases in (64, 300, 1_000):
        table = made_up(cases)
        rows += [
            timed(f"`gower`, {cases:,} cases x {len(table.columns)} columns", lambda t=table: lc.gower(t)),
            timed(
                f"`typology`, {cases:,} cases x {len(table.columns)} columns, 2 to 10 styles, 100 draws, "
                "199 shuffled tables",
                lambda t=table: lc.typology(t),
                runs=3,
            ),
        ]
    return rows
