"""Odd tables, drawn by a seed: mixed kinds, gaps, extremes, repeated names, wrong cells, odd choices."""

import numpy as np
import pandas as pd

WORDS = ["a", "b", "", "東", "1", "nan"]
ODD = [None, 1, 1.5, "x", True, float("inf"), 10**400, 2j, (1,), [1], pd.Timestamp("2020-01-01"), b"b", pd.NA]


def column(rng, n):
    kind = rng.integers(0, 11)
    if kind == 0:
        return rng.normal(size=n)
    if kind == 1:
        return rng.integers(0, 4, n)
    if kind == 2:
        return rng.choice(WORDS, n).astype(object)
    if kind == 3:
        return rng.random(n) < 0.5
    if kind == 4:
        return pd.Categorical(rng.choice(["l", "m", "h"], n), ["l", "m", "h"], ordered=bool(rng.integers(2)))
    if kind == 5:
        return rng.choice([0.0, 5e-324, 1.7e308, -1.7e308, 1e-300, np.nan], n)
    if kind == 6:
        return np.full(n, rng.choice([0.0, np.nan]))
    if kind == 7 and rng.random() < 0.2:
        return pd.Series([ODD[i] for i in rng.integers(0, len(ODD), n)], dtype=object)
    if kind == 8:
        return pd.array(rng.integers(0, 3, n), dtype="Int64")
    return rng.choice([0.33, 0.67, 1.0], n)


def frame(rng):
    n, p = (
        (int(rng.integers(6, 24)), int(rng.integers(2, 8))) if rng.random() < 0.8 else rng.integers(0, 6, 2)
    )
    table = pd.DataFrame({f"c{k}": column(rng, n) for k in range(p)}, index=[f"u{k}" for k in range(n)])
    if rng.random() < 0.5:
        holes = rng.random(table.shape) < rng.choice([0.1, 0.5, 0.9])
        table = table.mask(pd.DataFrame(holes, index=table.index, columns=table.columns))
    if n > 1 and rng.random() < 0.05:
        table.index = ["u", *table.index[1:-1], "u"]
    if p > 1 and rng.random() < 0.05:
        table.columns = ["c", *table.columns[1:-1], "c"]
    return table


def choices(rng):
    return {
        "k": [*["auto"] * 12, 2, 3, 5, 0, "x", 2.5, None][rng.integers(0, 19)],
        "kinds": {
            f"c{k}": str(rng.choice(["ordered", "categorical", "asymmetric", "numeric"])) for k in range(2)
        }
        if rng.random() < 0.2
        else None,
        "weights": {"c0": float(rng.choice([0, 1, 1e9, -1, np.inf]))} if rng.random() < 0.2 else None,
        "ordered": str(rng.choice(["podani", "ranks", "levels"])),
        "incomparable": str(rng.choice(["refuse", "leave_out"])),
        "starts": int(rng.integers(0, 2)),
        "draws": int(rng.choice([0, 3])),
        "shuffles": int(rng.choice([0, 3])),
        "permutations": 5,
        "seed": int(rng.integers(0, 9)),
    }


def codes(rng):
    table = frame(rng)
    n = len(table)
    if rng.random() < 0.3:
        return table.rename_axis("unit"), {"coder": None}
    half = (n + 1) // 2
    units = [f"p{k % max(half, 1)}" for k in range(n)] if rng.random() < 0.9 else rng.choice(["a", "b"], n)
    return table.assign(unit=units, coder=["A"] * half + ["B"] * (n - half)), {}


def more(rng):
    found = {"level": ["nominal", "ordinal", "interval"][rng.integers(0, 3)], "draws": 3}
    if rng.random() < 0.2:
        found["multiple"] = ["c0"]
    if rng.random() < 0.2:
        found["cluster"] = "c1"
    return found
