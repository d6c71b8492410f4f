"""How long the index takes: the plain build, 100,000 draws, and the time of a draw as both sides grow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

import learningcity as lc
from benchmarks.measure import Row, shown, timed

#: What varies: two normalisations, treatment or none, and a quarter of noise on each weight.
CHOICES = {
    "treat": [None, "winsorise"],
    "normalise": ["minmax", "zscore"],
    "weights": {"noise": 0.25},
}


#: Choices above the indicators.
AGAIN = {"normalise": {2: [None, "minmax", "zscore"]}, "aggregate": {2: ["arithmetic", "copeland"]}}


def made_up(units: int, indicators: int, seed: int = 1) -> tuple[pd.DataFrame, lc.Structure]:
    """A table of random numbers under a tree of three levels, some six indicators a pillar."""
    codes = [f"I{k:04d}" for k in range(indicators)]
    pillars = max(1, indicators // 6)
    tree = {"INDEX": {f"P{p}": codes[p::pillars] for p in range(pillars)}}
    values = np.random.default_rng(seed).normal(50.0, 10.0, (units, indicators))
    return pd.DataFrame(values, index=[f"u{k}" for k in range(units)], columns=codes), lc.Structure.of(tree)


#: Units, indicators, draws of the rows on growth: each side alone, then both.
SIZES = (
    (10, 10, 20_000),
    (100, 10, 20_000),
    (1_000, 10, 4_000),
    (10_000, 10, 400),
    (100, 100, 4_000),
    (100, 1_000, 400),
    (1_000, 100, 400),
    (10_000, 1_000, 20),
)


def index_rows() -> list[Row]:
    frame, tree = made_up(51, 49)
    spec = lc.IndexSpec(tree)
    gaps = frame.mask(np.random.default_rng(2).random(frame.shape) < 0.1)
    size = "51 units x 49 indicators"
    rows = [
        timed(f"`build_index`, {size}, three levels", lambda: lc.build_index(frame, spec), 15),
        timed(
            "the same with outliers treated",
            lambda: lc.build_index(frame, spec.replace(treat="winsorise")),
            15,
        ),
        *(
            timed(
                f"the same, a tenth of the cells imputed by {name}",
                lambda n=name: lc.build_index(gaps, spec.replace(impute=n)),
                3,
            )
            for name in ("em", "multiple")
        ),
        timed(
            "`uncertainty` of it, 100,000 draws: treatment, normalisation, weights, ranks, pairs",
            lambda: lc.uncertainty(frame, spec, CHOICES, draws=100_000, seed=1),
            runs=3,
            bar=5.0,
            note="COINr 0.24 s a draw",
        ),
        timed(
            f"`uncertainty`, {size}, 10,000 draws: Copeland, pillars normalised again",
            lambda: lc.uncertainty(frame, spec, AGAIN, draws=10_000, seed=1),
            runs=3,
        ),
        timed(
            f"`sensitivity`, {size}, 1,024 base draws",
            lambda: lc.sensitivity(frame, spec, CHOICES, draws=1024, seed=1),
            runs=3,
        ),
    ]
    return rows + [growing(*one) for one in SIZES]


def growing(units: int, indicators: int, draws: int) -> Row:
    """One size; the note tells the time of one draw, what a table costs once taken off."""
    frame, tree = made_up(units, indicators)
    spec = lc.IndexSpec(tree)

    def run(size: int) -> object:
        return lc.uncertainty(frame, spec, CHOICES, draws=size, seed=1)

    row = timed(f"{draws:,} draws, {units:,} units x {indicators:,} indicators", lambda: run(draws), runs=3)
    once = timed("of it once, whatever the draws", lambda: run(max(1, draws // 100)), runs=3)
    each = (row.median - once.median) / (draws - max(1, draws // 100))
    return replace(row, note=f"{max(each, 0.0) * 1e6:,.1f} µs a draw, {shown(once.median)} once")
