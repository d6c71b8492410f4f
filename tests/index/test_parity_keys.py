"""Every key of the reference is compared, and where: a key that nobody looks at is told here.

The reference is COINr 1.1.14 on generated data; ``reference/README.md`` gives tolerances and its known faults.
"""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.index.conftest import REFERENCE, reference_structure

import learningcity as lc
from learningcity.index.compiled import ranks
from learningcity.index.weights.optimised import correlations

HERE = Path(__file__).parent
#: Key (a dot = a key below) -> (module, test that compares it). "given" = it is what was computed with.
COMPARED = {
    "units": "given",
    "group": "given",
    "indicators": "given",
    "parent": "given",
    "direction": "given",
    "weight": "given",
    "level2": "given",
    "level2_weight": "given",
    "data": "given",
    "package": ("test_parity_keys", "test_the_reference_says_what_made_it"),
    "version": ("test_parity_keys", "test_the_reference_says_what_made_it"),
    "stats": ("test_audit", "test_statistics_are_those_of_the_reference"),
    "skew": ("test_audit", "test_statistics_are_those_of_the_reference"),
    "kurt": ("test_audit", "test_statistics_are_those_of_the_reference"),
    "impute.mean": ("test_impute", "test_as_coinr"),
    "impute.median": ("test_impute", "test_as_coinr"),
    "impute.mean_by_group": ("test_impute", "test_as_coinr"),
    "treat.data": ("test_treat", "test_winsorise_as_coinr"),
    "treat.details": ("test_parity_keys", "test_every_detail_of_the_treatment"),
    "winsorise.x": ("test_treat", "test_winsorise_counts_the_points_that_it_moved"),
    "winsorise.treated": ("test_treat", "test_winsorise_counts_the_points_that_it_moved"),
    "winsorise.n_winsorised": ("test_treat", "test_winsorise_counts_the_points_that_it_moved"),
    "normalise.minmax_0_100": ("test_normalise", "test_as_coinr"),
    "normalise.zscore_10_2": ("test_normalise", "test_as_coinr"),
    "normalise.rank": ("test_normalise", "test_as_coinr"),
    "normalise.percentile_rank": ("test_normalise", "test_as_coinr"),
    "normalise.borda": ("test_normalise", "test_as_coinr"),
    "normalise.distance_to_max": ("test_normalise", "test_as_coinr"),
    "normalise.fraction_of_max": ("test_normalise", "test_fraction_of_max_as_coinr_where_more_is_better"),
    "normalised_1_100": ("test_audit", "test_the_whole_way_gives_the_figures_of_the_reference"),
    "aggregate.arithmetic": ("test_aggregate", "test_coinr_agrees_at_every_code"),
    "aggregate.geometric": ("test_aggregate", "test_coinr_agrees_at_every_code"),
    "aggregate.harmonic": ("test_aggregate", "test_coinr_agrees_at_every_code"),
    "aggregate.generalised_p2": ("test_aggregate", "test_coinr_agrees_at_every_code"),
    "copeland": ("test_aggregate", "test_coinr_agrees_on_copeland"),
    "results": ("test_parity_keys", "test_the_table_of_results"),
    "ranks": ("test_build", "test_ranks_agree_with_coinr"),
    "effective_weights": ("test_parity_keys", "test_every_column_of_the_effective_weights"),
    "cronbach.all": ("test_audit", "test_alpha_and_components_are_those_of_the_reference"),
    "cronbach.P1": ("test_audit", "test_alpha_and_components_are_those_of_the_reference"),
    "correlations_pearson": ("test_audit", "test_correlations_are_those_of_the_reference"),
    "pca_explained": ("test_audit", "test_alpha_and_components_are_those_of_the_reference"),
    "optimal_weights_level3.WeightsOpt": (
        "test_parity_keys",
        "test_the_objective_at_the_weights_of_coinr_is_that_of_coinr",
    ),
    "optimal_weights_level3.OptResults": (
        "test_parity_keys",
        "test_the_objective_at_the_weights_of_coinr_is_that_of_coinr",
    ),
    "optimal_weights_level3.CorrResultsNorm": (
        "test_weights",
        "test_optimised_weights_reach_what_coinr_reaches",
    ),
}
#: Keys whose own keys are told one by one; the others are compared as a whole.
OPENED = ("impute", "treat", "winsorise", "normalise", "aggregate", "cronbach", "optimal_weights_level3")


def keys_of(reference):
    return {f"{k}.{below}" for k in OPENED for below in reference.get(k, ())} | (set(reference) - set(OPENED))


def problems(reference, compared):
    """What the table above says that is not so."""
    found = [f"{k} is compared nowhere" for k in sorted(keys_of(reference) - set(compared))]
    found += [f"{k} is no key" for k in sorted(set(compared) - keys_of(reference))]
    for key, place in compared.items():
        if place == "given":
            continue
        module, test = place
        source = (HERE / f"{module}.py").read_text(encoding="utf-8")
        body = re.search(rf"^def {test}\(.*?(?=^def |\Z)", source, re.MULTILINE | re.DOTALL)
        if body is None:
            found.append(f"{key}: no test {test} in {module}")
        # The cases of a parametrised test stand above it.
        elif f'"{key.split(".")[0]}"' not in source or f'"{key.split(".")[-1]}"' not in source:
            found.append(f"{key}: {module} does not name it")
    return found


def test_every_key_is_compared_by_a_test_that_exists():
    assert len(keys_of(REFERENCE)) == len(COMPARED) > 40
    assert problems(REFERENCE, COMPARED) == []


def test_a_key_or_test_that_is_not_there_would_be_told():
    more = {**REFERENCE, "sobol": [], "aggregate": {**REFERENCE["aggregate"], "median": []}}
    assert problems(more, COMPARED) == ["aggregate.median is compared nowhere", "sobol is compared nowhere"]
    wrong = {**COMPARED, "ranks": ("test_build", "test_nothing"), "skew": ("test_treat", "test_log_by_hand")}
    assert problems(REFERENCE, wrong) == ["ranks: no test test_nothing in test_build"]


def test_the_reference_says_what_made_it():
    said = (HERE / "reference" / "README.md").read_text(encoding="utf-8")
    assert f"{REFERENCE['package']} {REFERENCE['version']}" in said
    assert "not a number" not in json.dumps(REFERENCE)


def whole_way():
    """The index as the reference made it: from the raw table to the ranks."""
    tree = reference_structure()
    directions = dict(zip(REFERENCE["indicators"], REFERENCE["direction"], strict=True))
    meta = tree.to_frame()
    meta["Direction"] = [directions.get(c, 1) for c in meta["iCode"]]
    spec = lc.IndexSpec(
        lc.Structure.from_frame(meta),
        impute="median",
        treat="winsorise",
        normalise=("minmax", {"lower": 1.0, "upper": 100.0}),
    )
    return lc.build_index(pd.DataFrame(REFERENCE["data"], index=REFERENCE["units"], dtype=float), spec)


def test_every_detail_of_the_treatment():
    from learningcity.index.treat.shape import is_outlying, kurtosis, skewness

    details = pd.DataFrame(REFERENCE["treat"]["details"]).set_index("iCode")
    prepared = whole_way().prepared
    for code, row in details.iterrows():
        before, after = (getattr(prepared, t)[code].to_numpy() for t in ("imputed", "treated"))
        done = prepared.treatments[code]
        assert row["check_SkewKurt0.Pass"] is (not is_outlying(before, 2.0, 3.5))
        moved = row["winsorise.nwin"]
        assert done.low + done.high == (0 if moved != moved or moved is None else moved)
        for x, column in ((before, "check_SkewKurt0"), (after, "check_SkewKurt1")):
            if pd.notna(row[f"{column}.Skew"]):
                assert skewness(x) == pytest.approx(row[f"{column}.Skew"], rel=1e-8)
                assert kurtosis(x) == pytest.approx(row[f"{column}.Kurt"], rel=1e-8)
        if row["check_SkewKurt1.Pass"] is not None and pd.notna(row["check_SkewKurt1.Pass"]):
            assert row["check_SkewKurt1.Pass"] is (not is_outlying(after, 2.0, 3.5))
    assert details["winsorise.nwin"].notna().sum() == 2
    assert set(details.columns) == {
        *(f"check_SkewKurt{i}.{k}" for i in (0, 1) for k in ("Pass", "Skew", "Kurt")), "winsorise.nwin",
    }  # fmt: skip


def test_the_table_of_results():
    told = pd.DataFrame(REFERENCE["results"]).set_index("uCode")
    built = whole_way()
    # Two decimals in the file; the rows are in the order of the ranks.
    assert (
        built.scores.loc[told.index, list(told.columns[1:])] - told.iloc[:, 1:]
    ).abs().max().max() <= 0.005
    assert built.ranks.loc[told.index, "INDEX"].tolist() == told["Rank"].tolist()
    assert ranks(-np.arange(40.0)).tolist() == sorted(told["Rank"])


def test_every_column_of_the_effective_weights():
    table = pd.DataFrame(REFERENCE["effective_weights"]).set_index("iCode")
    tree = reference_structure()
    assert list(table.columns) == ["Level", "Weight", "EffWeight"]
    for code, row in table.iterrows():
        assert (tree.node(code).level, tree.node(code).weight) == (row["Level"], row["Weight"])
        assert tree.effective_weights()[code] == pytest.approx(row["EffWeight"], rel=1e-8)


def test_the_objective_at_the_weights_of_coinr_is_that_of_coinr():
    """COINr minimises the logarithm of the mean squared miss, and prints its value at the best point.

    At its printed weights we have that value to all printed digits: the correlation is the same (Pearson).
    Its column Obtained is 8.2e-7 away since it does not belong to these weights: it is overwritten at each
    evaluation, so it holds the last point that the search tried, not the best one.
    """
    told = REFERENCE["optimal_weights_level3"]
    par, value = np.array(told["OptResults"]["par"]), told["OptResults"]["value"]
    table = told["CorrResultsNorm"]
    np.testing.assert_allclose(par / par.sum(), table["OptWeight"], rtol=1e-10)
    printed = dict(zip(told["WeightsOpt"]["iCode"], told["WeightsOpt"]["Weight"], strict=True))
    tree = reference_structure()
    own = {
        **{n.code: n.weight for n in tree.nodes},
        **dict(zip(("S1", "S2"), table["OptWeight"], strict=True)),
    }
    assert printed == pytest.approx(own, rel=1e-10)
    values = pd.DataFrame(REFERENCE["normalised_1_100"], index=REFERENCE["units"], dtype=float)
    reached = correlations(values, tree, {c: printed[c] for c in ("S1", "S2")}, level=3)

    def objective(shares):
        return np.log(np.mean((np.asarray(shares) - table["Desired"]) ** 2))

    assert objective(reached) == pytest.approx(value, rel=1e-8)
    assert abs(objective(table["Obtained"]) - value) > 0.1
    assert np.abs(reached - table["Obtained"]).max() == pytest.approx(8.19e-7, rel=1e-2)
    # The search came to an end by its own word; how many steps it took says nothing of the answer.
    assert (told["OptResults"]["convergence"], told["OptResults"]["message"]) == (0, {})
    assert told["OptResults"]["counts"][0] > 1


def test_the_pages_on_differences_name_the_same_tests_and_each_exists():
    folder = HERE.parents[1] / "docs" / "index"
    sources = "".join(p.read_text(encoding="utf-8") for p in HERE.glob("test_*.py"))
    pages = [(folder / f"parity{ending}").read_text(encoding="utf-8") for ending in (".md", ".zh.md")]
    english, chinese = (re.findall(r"`(test_\w+)` \|$", page, re.MULTILINE) for page in pages)
    assert english == chinese
    assert len(english) == 4
    assert all(f"def {name}(" in sources for name in english)
    # Every fault that the README of the reference knows is told.
    turned = [c for c, d in zip(REFERENCE["indicators"], REFERENCE["direction"], strict=True) if d == -1]
    assert all(c in page for page in pages for c in (*turned, "n_winsorised"))
