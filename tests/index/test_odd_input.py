"""Whatever a table holds, an index gives a result or says which codes are at fault; nothing else.

Tables are drawn from numbered seeds, so a case that fails can be drawn again by its number. ``ODD_TABLES`` says how
many are drawn, so ``ODD_TABLES=10000`` looks longer. Warnings are errors here as everywhere.
"""

import json
import os
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import learningcity as lc

SIZE = 100
BATCHES = max(int(os.environ.get("ODD_TABLES", "900")) // SIZE, 1)

#: Messages that speak of the table as a whole, where there is no code to be named.
WHOLE = ("The table has no unit", "structure holds no indicator", "No indicator would be left")

CELLS = ("text", "12", "", b"x", True, np.inf, -np.inf, None, pd.NA, pd.NaT, Decimal("1.5"), 1 + 2j,
         Fraction(1, 3), 10**400, -0.0, np.float32(2), np.int8(3), [1.0], pd.Timestamp("2020"))  # fmt: skip


def column(rng, units):
    """One column: ordinary as a rule, else odd in one of many ways."""
    kind = rng.integers(6, 16)
    if rng.random() < 0.85:
        return rng.normal(50, 10, units)
    if kind == 6:
        return rng.lognormal(0, 3, units)
    if kind == 7:
        return np.full(units, rng.choice([0.0, 1.0, -3.5, 0.1]))
    if kind == 8:
        return rng.integers(0, 3, units).astype(float)
    if kind == 9:
        return rng.normal(0, 1, units) * 10.0 ** rng.choice([-320, -300, -150, 150, 300, 307])
    if kind == 10:
        return np.full(units, np.nan)
    if kind == 11:
        return 0.1 + rng.integers(0, 2, units) * 1e-17
    if kind == 12:
        return pd.array(rng.integers(-5, 5, units), dtype="Int64")
    if kind == 13:
        return pd.Categorical(rng.choice(["a", "b"], units))
    if kind == 14:
        return rng.integers(0, 2, units).astype(bool)
    return np.full(units, np.finfo(float).max) * rng.choice([-1, 1], units)


def odd_frame(rng, codes):
    """A table of values with faults."""
    units = int(rng.choice([0, 1, 2, 3, 5, 12], p=[0.02, 0.1, 0.13, 0.15, 0.3, 0.3]))
    frame = pd.DataFrame({c: column(rng, units) for c in codes}, index=[f"u{i}" for i in range(units)])
    if units and rng.random() < 0.4:
        share = rng.choice([0.05, 0.3, 0.8])
        holes = rng.random(frame.shape) < share
        for i, code in enumerate(codes):
            if holes[:, i].any() and frame[code].dtype == float:
                frame.loc[holes[:, i], code] = np.nan
    if units and rng.random() < 0.1:
        code = rng.choice(codes)
        cells = list(frame[code].astype(object))
        cells[rng.integers(units)] = CELLS[rng.integers(len(CELLS))]
        frame[code] = pd.Series(cells, index=frame.index, dtype=object)
    fault = rng.integers(0, 40)
    if fault == 0 and units > 1:
        frame.index = ["u0", "u0", *frame.index[2:]]
    elif fault == 1:
        frame = pd.concat([frame, frame[[codes[0]]]], axis=1)
    elif fault == 2:
        frame = frame.drop(columns=codes[0])
    elif fault == 3:
        frame["stranger"] = 1.0
    elif fault == 4 and units > 1:
        frame.index = pd.Index([np.nan, None, *range(units - 2)], dtype=object)
    elif fault == 5 and units:
        frame.index = pd.MultiIndex.from_product([["g"], range(units)])
    elif fault == 6:
        frame = frame[list(rng.permutation(codes))]
    elif fault == 7 and units:
        frame = frame.reset_index(names="uCode")
    return frame


def odd_spec(rng, codes):
    """A recipe out of the methods there are, none of them wrong in itself."""
    directions = {c: int(rng.choice([1, -1])) for c in codes}
    half = (len(codes) + 1) // 2
    tree = {"INDEX": codes}
    if len(codes) > 1 and rng.random() < 0.6:
        tree = {"INDEX": {"P1": codes[:half], "P2": codes[half:]}}
    structure = lc.Structure.of(tree, directions)
    normalise = ["minmax", "zscore", "rank", "percentile_rank", "borda", "distance_to_max", "fraction_of_max",
                 ("minmax", {"lower": 1.0, "upper": 100.0}), ("minmax", {"flat": 50.0}), None, "mpi",
                 ("goalposts", {"lower": 0.0, "upper": 80.0}), ("distance_to_target", {"target": 60.0})]  # fmt: skip
    options = {
        "normalise": normalise[rng.integers(len(normalise))],
        "impute": rng.choice(np.array([None, None, "mean", "median", "knn", "em"], dtype=object)),
        "treat": rng.choice(np.array([None, None, "winsorise", "log", "boxcox"], dtype=object)),
        "weights": rng.choice(np.array([None, None, "equal", "pca", "entropy"], dtype=object)),
        "aggregate": rng.choice(
            np.array(["arithmetic", "arithmetic", "geometric", "harmonic", "generalised", "copeland", "mpi",
                      "minimum", "penalty_for_bottleneck"], dtype=object)),
        "screen": rng.choice(np.array([None, None, 0.5], dtype=object)),
    }  # fmt: skip
    return lc.IndexSpec(structure, **options)


def named(error, frame, spec):
    """Whether a message names a code, a unit or a column."""
    words = {*spec.structure.codes, *map(str, frame.columns), *map(str, frame.index)}
    if "uCode" in frame.columns:
        words |= set(map(str, frame["uCode"]))
    words |= {f"row {i}" for i in range(1, len(frame) + 1)}
    return any(w in error.text.en and w in error.text.zh for w in words)


def attempt(seed):
    """Build and audit one odd table: True = there is a result, False = a refusal that names codes."""
    rng = np.random.default_rng(seed)
    codes = [f"I{i:02d}" for i in range(1, int(rng.choice([1, 2, 3, 6])) + 1)]
    frame, spec = odd_frame(rng, codes), odd_spec(rng, codes)
    before = frame.copy(deep=True)
    try:
        result = lc.build_index(frame, spec)
    except lc.InputError as error:
        whole = any(w in error.text.en for w in WHOLE)
        if not whole and not named(error, frame, spec):
            pytest.fail(f"seed {seed} names no code: {error}")
        return False
    finally:
        pd.testing.assert_frame_equal(frame, before)
    check(result, seed)
    return True


def check(result, seed):
    """Scores are finite or empty for a reason; ranks and audit follow."""
    scores = result.scores
    assert not np.isinf(scores.to_numpy()).any(), f"seed {seed}"
    tree = result.structure
    for code in tree.aggregates:
        below = scores[list(tree.leaves(code))]
        without_gap = below.notna().all(axis=1)
        assert scores.loc[without_gap, code].notna().all(), f"seed {seed}: {code} is empty without a reason"
    gaps = result.prepared.imputed.isna()
    assert (result.normalised.isna() == gaps).all().all(), f"seed {seed}: normalising changed the gaps"
    assert (result.ranks.isna() == scores.isna()).all().all()
    audited = result.audit()
    assert len(audited.table()) == len(tree.indicators)
    told = audited.to_dict()
    assert told["summary"]["en"]
    assert told["summary"]["zh"]
    json.dumps(told, allow_nan=False)
    json.dumps(result.to_dict(), allow_nan=False)
    assert lc.compare_indices(result, result).kendall in (None, pytest.approx(1.0))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_odd_tables_give_a_result_or_name_what_is_wrong(batch):
    found = [attempt(batch * SIZE + i) for i in range(SIZE)]
    # The guard must have seen both kinds.
    assert 5 < sum(found) < SIZE - 5


def test_a_message_without_a_code_would_be_noticed():
    frame = pd.DataFrame({"I01": [1.0]}, index=["u0"])
    spec = lc.IndexSpec(lc.Structure.of({"INDEX": ["I01"]}))
    assert not named(lc.InputError("something is wrong"), frame, spec)
    assert named(lc.InputError("I01: something is wrong"), frame, spec)


@pytest.mark.parametrize("values", [None, 3, "values.csv", [[1.0]], {"I01": [1.0]}, np.ones((2, 2))])
def test_what_is_no_frame_is_refused(values):
    with pytest.raises(lc.InputError, match=type(values).__name__):
        lc.build_index(values, lc.IndexSpec(lc.Structure.of({"INDEX": ["I01"]})))


@pytest.mark.parametrize("batch", range(2))
def test_odd_panels_give_a_trend_or_name_what_is_wrong(batch):
    found = []
    for seed in range(batch * 100, batch * 100 + 100):
        rng = np.random.default_rng(seed)
        years = [str(y) for y in range(2018, 2018 + int(rng.choice([1, 2, 4])))]
        frame = odd_frame(rng, years)
        target = rng.choice(np.array([None, 0, 55.0, -1e300], dtype=object))
        try:
            result = lc.trend(frame, target=target, direction=int(rng.choice([1, -1])))
        except lc.InputError as error:
            words = {*map(str, frame.columns), *map(str, frame.index), "no unit", "two years", "row "}
            if not any(w in error.text.en for w in words):
                pytest.fail(f"seed {seed} names no code: {error}")
            found.append(False)
        else:
            json.dumps(result.to_dict(), allow_nan=False)
            assert not np.isinf(result.table().select_dtypes("number").to_numpy(dtype=float)).any(), seed
            found.append(True)
    assert any(found)
    assert not all(found)
