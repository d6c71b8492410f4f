"""How long the index takes: the plain build, 100,000 draws, and the time of a draw as both sides grow."""

from __future__ import annotations

import numpy as np
import pandas as pd

import learningcity as lc
from benchmarks.measure import Row, timed

#: What varies: two normalisations, treatment or none, and a quarter of noise on each weight.
CHOICES = {
    "treat": [None, "winsorise"],
    "normalise": ["minmax", "zscore"],
    "weights": {"noise": 0.25},
}


def made_up(units: int, indicators: int, seed: int = 1) -> tuple[pd.DataFrame, lc.Structure]:
    """A table of random numbers under a tree of three levels, some six indicators a pillar."""
    codes = [f"I{k:04d}" for k in range(indicators)]
    pillars = max(1, indicators // 6)
    tree = {"INDEX": {f"P{p}": codes[p::pillars] for p in range(pillars)}}
    values = np.random.default_rng(seed).normal(50.0, 10.0, (units, indicators))
    return pd.DataFrame(values, index=[f"u{k}" for k in range(units)], columns=codes), lc.Structure.of(tree)


def index_rows() -> list[Row]:
    frame, tree = made_up(51, 49)
    spec = lc.IndexSpec(tree)
    rows = [
        timed("`build_index`, 51 units x 49 indicators, three levels", lambda: lc.build_index(frame, spec)),
        timed(
            "`uncertainty` of it, 100,000 draws: treatment, normalisation, weights, ranks, pairs",
            lambda: lc.uncertainty(frame, spec, CHOICES, draws=100_000, seed=1),
            runs=3,
            bar=5.0,
            note="COINr 0.24 s a draw",
        ),
    ]
    for units, indicators, draws in (
        (10, 10, 20_000),
        (100, 100, 5_000),
        (1_000, 100, 500),
        (10_000, 1_000, 10),
    ):
        frame, tree = made_up(units, indicators)
        rows.append(
            timed(
                f"{draws:,} draws, {units:,} units x {indicators:,} indicators",
                lambda f=frame, t=tree, n=draws: lc.uncertainty(f, lc.IndexSpec(t), CHOICES, draws=n, seed=1),
                runs=3,
            )
        )
    return rows
