"""Odd tables once more, with every method and every analysis: a result, or an error that names codes.

``ODD_TABLES`` says how many tables are drawn (the seeds are 0, 1, ...), so ``ODD_TABLES=10000`` looks longer and
a case that fails can be drawn again by its number.
"""

import json
import os

import numpy as np
import pandas as pd
import pytest
from tests.index.test_odd_input import WHOLE, check, named, odd_frame

import learningcity as lc

TABLES = int(os.environ.get("ODD_TABLES", "400"))
BATCHES = 8
#: Messages that speak of the whole of what was asked: there is no code to be named.
GENERAL = (*WHOLE, "base draws are left", "Nothing varies", "no draw", "draws failed", "no unit in common",
           "there are weights at 1 to")  # fmt: skip


def pick(rng, options):
    return options[rng.integers(len(options))]


def siblings(structure):
    return [c for c in structure.aggregates if len(structure.children(c)) > 1]


def groups(rng, frame):
    """Two groups, now and then with a unit that has none."""
    found = {str(u): pick(rng, ["north", "south"]) for u in frame.index}
    if found and rng.random() < 0.1:
        found.pop(next(iter(found)))
    return found


def weights(rng, structure):
    """Every weighting, with judgements and points that fit as a rule."""
    parents = siblings(structure)
    kind = rng.integers(0, 9)
    if kind < 2 or not parents:
        return None
    parent = pick(rng, parents)
    children = structure.children(parent)
    numbers = rng.choice([0.0, 1, 2, 3, -1, np.nan], len(children), p=[0.1, 0.3, 0.3, 0.2, 0.05, 0.05])
    if kind == 2:
        return ("budget", {"points": {"one": dict(zip(children, numbers, strict=True))}})
    if kind == 3:
        w = rng.uniform(1, 5, len(children))
        matrix = w[:, None] / w
        matrix[0, -1] *= pick(rng, [1.0, 1.0, 9.0, np.inf, -1.0])
        matrix[-1, 0] = 1 / matrix[0, -1]
        return ("ahp", {"comparisons": {parent: matrix.tolist()}})
    if kind == 4:
        return ("optimised", {"level": int(rng.integers(1, structure.height + 1))})
    if kind == 5:
        return ("pca", {"components": pick(rng, ["first", "rotated"])})
    if kind == 6:
        return ("entropy", {"levels": [1]})
    if kind == 7:
        return ("equal", {"among": "indicators"})
    return {c: float(rng.integers(0, 4)) for c in children}


def recipe(rng, structure, frame):
    """Any recipe: all methods of all steps, with parameters that may not fit the values."""
    low = float(rng.uniform(0, 0.5))
    bounds = {"lower": low, "upper": float(rng.uniform(low, 1.5)), "relative": bool(rng.integers(2))}
    impute = [None, "mean", "median", "em", "knn", ("multiple", {"sets": 2}),
              ("group_mean", {"groups": groups(rng, frame)}),
              ("group_median", {"groups": groups(rng, frame), "otherwise": "all"})]  # fmt: skip
    normalise = ["minmax", "zscore", "rank", "percentile_rank", "borda", "distance_to_max", "fraction_of_max",
                 ("minmax", {"lower": 1.0}), ("minmax", {"lower": 1.0, "flat": 50.0}), ("mpi", {"adjusted": True}),
                 ("distance_to_reference", {"reference": 30.0}), ("distance_to_target", {"target": 70.0}),
                 ("goalposts", {"lower": 0.0, "upper": 80.0}), None]  # fmt: skip
    aggregate = ["arithmetic", "geometric", "harmonic", ("generalised", {"p": float(rng.normal(0, 3))}),
                 "copeland", "mpi", "minimum", "penalty_for_bottleneck", ("benefit_of_the_doubt", bounds),
                 ("arithmetic", {"minimum_available": 0.5})]  # fmt: skip
    by = pd.DataFrame({"people": rng.choice([1.0, 5.0, 1e6, 0.0, np.nan], len(frame), p=[0.4, 0.3, 0.28, 0.01, 0.01])},
                      index=frame.index)  # fmt: skip
    denominate = {"by": by, structure.indicators[0]: ("people", 1000)} if rng.random() < 0.15 else None
    levels = range(2, structure.height + 1)
    return lc.IndexSpec(
        structure,
        screen=pick(rng, [None, None, 0.5, {"indicators": 0.5, "units": 0.3}]),
        denominate=denominate,
        impute=pick(rng, impute),
        treat=pick(rng, [None, None, "winsorise", "log", "boxcox", ("winsorise", {"otherwise": "moved"})]),
        normalise=pick(rng, normalise),
        weights=weights(rng, structure),
        aggregate={level: pick(rng, aggregate) for level in levels},
    )


def mild_frame(rng, codes):
    """A table as it should be, with gaps and ties at the most, so that the analyses are reached."""
    units = int(rng.integers(3, 14))
    frame = pd.DataFrame(rng.lognormal(2, 0.7, (units, len(codes))).round(2), columns=codes)
    if rng.random() < 0.3:
        frame.loc[1] = frame.loc[0]
    if rng.random() < 0.5:
        frame = frame.mask(rng.random(frame.shape) < 0.15)
    return frame.set_axis([f"u{i}" for i in range(units)])


def tree_of(rng, codes):
    half = (len(codes) + 1) // 2
    tree = {"INDEX": codes}
    if len(codes) > 1 and rng.random() < 0.6:
        tree = {"INDEX": {"P1": codes[:half], "P2": codes[half:]}}
    return lc.Structure.of(tree, {c: int(rng.choice([1, 1, -1])) for c in codes})


def uncertain(rng, spec):
    """What may vary in an analysis."""
    options = {
        "normalise": ["minmax", "zscore", "rank"],
        "treat": [None, "winsorise"],
        "impute": ["mean", "em", ("multiple", {"sets": 2})],
        "aggregate": ["arithmetic", "geometric", "copeland"],
        "weights": {"noise": 0.3},
        "drop": [None, spec.structure.indicators[0]],
        "screen": [None, 0.6],
    }
    chosen = rng.choice(sorted(options), int(rng.integers(1, 4)), replace=False)
    return {c: options[c] for c in chosen}


def finite_or_empty(frame):
    numbers = frame.select_dtypes("number").to_numpy(dtype=float)
    assert not np.isinf(numbers).any()


def check_uncertainty(rng, frame, spec, result):
    found = lc.uncertainty(frame, spec, uncertain(rng, spec), draws=6, seed=int(rng.integers(99)), threads=1)
    json.dumps(found.to_dict(), allow_nan=False)
    assert found.summary("zh")
    finite_or_empty(found.scores)
    sums = found.acceptability().sum(axis=1, min_count=1).dropna()
    np.testing.assert_allclose(sums, 1.0)
    # A unit has an interval where, and only where, some draw gave it a rank.
    assert (found.ranks["median"].notna() == (found.ranks["drawn"] > 0)).all()


def check_sensitivity(rng, frame, spec, result):
    found = lc.sensitivity(
        frame, spec, uncertain(rng, spec), draws=4, seed=int(rng.integers(99)), resamples=10, threads=1
    )
    json.dumps(found.to_dict(), allow_nan=False)
    assert found.summary("en")
    finite_or_empty(found.overall)
    applicable = found.units[found.units["applicable"].astype(bool)]
    assert applicable[["first", "total"]].notna().all().all()


def check_contributions(rng, frame, spec, result):
    baseline = pick(rng, ["mean", "median", "lowest", str(result.scores.index[0])])
    found = result.contributions(baseline)
    top = result.structure.top
    gaps = result.normalised.isna().to_numpy() | result.scores[[top]].isna().to_numpy()
    assert (found.values.isna().to_numpy() == gaps).all()
    scored = result.scores[top].notna()
    whole = found.values.sum(axis=1) + found.baseline_scores
    scale = 1 + result.scores[top].abs().max()
    np.testing.assert_allclose(whole[scored] / scale, result.scores[top][scored] / scale, atol=1e-7)


def check_trace(rng, frame, spec, result):
    unit = pick(rng, list(result.scores.index))
    followed = result.trace(unit)
    finite_or_empty(followed.table())
    assert followed.summary("en")
    result.trace(pick(rng, [unit, "nobody"]))


def check_audit(rng, frame, spec, result):
    method = pick(rng, ["pearson", "spearman", "kendall"])
    found = result.audit(method=method, limits={"weak": float(rng.uniform(0, 1))})
    json.dumps(found.to_dict(), allow_nan=False)
    for table in (found.table(), found.pairs, found.alpha, found.importance, found.without):
        finite_or_empty(table)
    # No coefficient without a word on why.
    empty = found.alpha[found.alpha["alpha"].isna()]
    assert (empty["note"] != "").all()
    assert (found.pairs["correlation"].isna() == (found.pairs["flag"] == "undefined")).all()


def check_compare(rng, frame, spec, result):
    other = lc.build_index(frame, spec.replace(aggregate=pick(rng, ["arithmetic", "geometric", "copeland"])))
    found = lc.compare_indices(result, other)
    json.dumps(found.to_dict(), allow_nan=False)
    assert found.table()[["rank_first", "rank_second"]].notna().all().all()


def check_panel(rng, frame, spec, result):
    later = frame.copy()
    panel = lc.build_panel({2020: frame, 2024: later}, spec)
    found = lc.trend(panel, target=pick(rng, [None, 50.0]))
    json.dumps(found.to_dict(), allow_nan=False)
    finite_or_empty(found.table())


def check_tables(rng, frame, spec, result):
    structure = spec.structure
    if "uCode" not in frame:
        frame = frame.rename_axis("uCode").reset_index()
    tables = lc.read_coin_tables(frame, structure.to_frame())
    assert list(tables.values.columns) == list(structure.indicators)
    assert not np.isinf(tables.values.to_numpy()).any()


ANALYSES = (check_uncertainty, check_sensitivity, check_contributions, check_trace, check_audit, check_compare,
            check_panel, check_tables)  # fmt: skip


def attempt(seed):
    """Build an odd index and ask one thing of it; say how far that went."""
    rng = np.random.default_rng([seed, 4])
    codes = [f"I{i:02d}" for i in range(1, int(rng.choice([1, 2, 3, 5])) + 1)]
    frame = odd_frame(rng, codes) if rng.random() < 0.5 else mild_frame(rng, codes)
    structure = tree_of(rng, codes)
    ask = ANALYSES[seed % len(ANALYSES)]
    stage = "build"
    try:
        spec = recipe(rng, structure, frame)
        before = frame.copy(deep=True)
        result = lc.build_index(frame, spec)
        check(result, seed)
        stage = "analysis"
        ask(rng, frame, spec, result)
        pd.testing.assert_frame_equal(frame, before)
    except lc.InputError as error:
        spec = lc.IndexSpec(structure)
        general = any(w in error.text.en for w in GENERAL)
        named_one = named(error, frame, spec) or "nobody" in error.text.en
        if not (general or named_one) or not error.text.zh:
            pytest.fail(f"seed {seed}, {ask.__name__}: names no code: {error}")
        return f"{stage} refused"
    except Exception as error:
        raise AssertionError(f"seed {seed}, {ask.__name__}: {type(error).__name__}: {error}") from error
    return "done"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_odd_tables_through_every_method_and_analysis(batch):
    seeds = range(batch, TABLES, BATCHES)
    found = [attempt(seed) for seed in seeds]
    # Seeds of a batch share their analysis; both ends must have been seen.
    assert found.count("done") > len(found) / 20
    assert found.count("build refused") > len(found) / 20


def test_all_methods_of_all_steps_are_drawn():
    from learningcity.index.methods import STEPS, methods

    seen = set()
    for seed in range(2000):
        rng = np.random.default_rng([seed, 4])
        codes = ["I01", "I02", "I03", "I04"]
        frame = pd.DataFrame(1.0, index=["u0", "u1"], columns=codes)
        try:
            spec = recipe(rng, tree_of(rng, codes), frame)
        except lc.InputError:
            continue
        for level in range(2, spec.structure.height + 1):
            seen.add(("aggregate", spec.aggregate_at(level).name))
        for step, at in (
            ("impute", spec.impute_at),
            ("treat", spec.treat_at),
            ("normalise", spec.normalise_at),
        ):
            if at("I01") is not None:
                seen.add((step, at("I01").name))
        if isinstance(spec.weights, tuple):
            seen.add(("weights", spec.weights[0]))
    assert seen == {(s, n) for s in STEPS for n in methods(s)}


def odd_file(rng, path, frame, structure):
    """A file as people send it: parts missing, doubled, cut off or in another encoding."""
    data = (
        frame
        if "uCode" in frame
        else frame.reset_index(names=["uCode"] * frame.index.nlevels, allow_duplicates=True)
    )
    text = data.to_csv(index=False)
    fault = rng.integers(0, 12)
    if fault == 0:
        text = text.replace(",", ";")
    elif fault == 1:
        text = text[: len(text) // 2]
    elif fault == 2:
        text = "\ufeff" + text
    elif fault == 3:
        text = ""
    elif fault == 4:
        text = text.replace("1", pick(rng, ["1_0", "=1+1", "'1", "1,5", "#N/A", "-", "inf", "NaN", "１"]))
    elif fault == 5:
        text = text.replace("\n", "\r\n") + "\n\n"
    elif fault == 6:
        text = text.replace(",", "\t")
    elif fault == 7:
        text = text.replace("u0", "")
    content = text.encode("utf-8")
    if fault == 8:
        content = text.replace("u1", "北京").encode("gb18030")
    elif fault == 9:
        content = rng.bytes(200)
    elif fault == 10:
        content = text.encode("utf-16")
    path.write_bytes(content)
    meta = structure.to_frame()
    if rng.random() < 0.3:
        column = pick(rng, list(meta.columns))
        meta[column] = pick(rng, ["x", None, -1, 2.5, ""])
    return path, meta


@pytest.mark.parametrize("batch", range(2))
def test_odd_files_are_read_or_say_what_is_wrong(batch, tmp_path):
    read, refused = 0, 0
    for seed in range(batch, max(TABLES // 2, 40), 2):
        rng = np.random.default_rng([seed, 5])
        codes = [f"I{i:02d}" for i in range(1, int(rng.choice([1, 2, 3])) + 1)]
        structure = tree_of(rng, codes)
        name = "odd.xlsx" if rng.random() < 0.05 else "odd.csv"
        path, meta = odd_file(rng, tmp_path / name, odd_frame(rng, codes), structure)
        try:
            tables = lc.read_coin_tables(path, meta)
        except lc.InputError as error:
            refused += bool(error.text.en and error.text.zh)
        except Exception as error:
            raise AssertionError(f"seed {seed}: {type(error).__name__}: {error}") from error
        else:
            assert not np.isinf(tables.values.to_numpy()).any(), seed
            read += 1
    assert read > 5
    assert refused > 5
