"""The audit, held against the reference results of COINr 1.1.14 and against closed forms."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import learningcity as lc
from learningcity.index.audit import (
    audit,
    correlation_matrix,
    correlation_pairs,
    cronbach_alpha,
    importance,
    indicator_statistics,
    principal_components,
    without_each,
)

REFERENCE = json.loads((Path(__file__).parent / "reference" / "composite.json").read_text("utf-8"))
CODES = REFERENCE["indicators"]


def frame_of(name):
    return pd.DataFrame(REFERENCE[name], dtype=float, index=REFERENCE["units"])[CODES]


def reference_tree():
    table = REFERENCE["effective_weights"]
    above = {**dict(zip(CODES, REFERENCE["parent"], strict=True)), **REFERENCE["level2"]}
    rows = [
        {
            "Level": level,
            "iCode": code,
            "Parent": above.get(code, "INDEX" if code != "INDEX" else None),
            "Direction": dict(zip(CODES, REFERENCE["direction"], strict=True)).get(code, 1),
            "Weight": weight,
            "Type": "Indicator" if level == 1 else "Aggregate",
        }
        for code, level, weight in zip(table["iCode"], table["Level"], table["Weight"], strict=True)
    ]
    return lc.Structure.from_frame(pd.DataFrame(rows))


@pytest.fixture(scope="module")
def result():
    return lc.build_index(frame_of("data"), lc.IndexSpec(reference_tree()))


@pytest.fixture(scope="module")
def audited(result):
    return result.audit()


def test_statistics_are_those_of_the_reference():
    """``stats`` is rounded to 3 significant digits; the inputs are the raw values, gaps and all."""
    found = indicator_statistics(frame_of("data"))
    told = pd.DataFrame(REFERENCE["stats"]).set_index("iCode")
    names = {
        "Min": "min", "Max": "max", "Mean": "mean", "Median": "median", "Std": "std", "Skew": "skew",
        "Kurt": "kurtosis", "N.Avail": "available", "N.NonZero": "non_zero", "N.Unique": "unique",
        "N.Same": "same", "Frc.Avail": "share_available", "Frc.NonZero": "share_non_zero",
        "Frc.Unique": "share_unique", "Frc.Same": "share_same",
    }  # fmt: skip
    for theirs, ours in names.items():
        for code in CODES:
            value, expected = float(found.loc[code, ours]), float(told.loc[code, theirs])
            assert float(f"{value:.3g}") == pytest.approx(expected, rel=1e-9), (code, ours)
    outliers = [c for c in CODES if "outliers" in found.loc[c, "flags"]]
    assert outliers == [c for c in CODES if told.loc[c, "Flag.SkewKurt"] == "OUT"] == ["I08", "I12"]
    np.testing.assert_allclose(found["skew"], REFERENCE["skew"], rtol=1e-8)
    np.testing.assert_allclose(found["kurtosis"], REFERENCE["kurt"], rtol=1e-8)


def test_the_shape_is_that_of_scipy_at_any_scale():
    rng = np.random.default_rng(3)
    for scale in (1e-200, 1e-3, 1.0, 1e200):
        x = rng.lognormal(size=31) * scale
        found = indicator_statistics(pd.DataFrame({"a": x})).loc["a"]
        assert found["skew"] == pytest.approx(stats.skew(x / scale, bias=False), rel=1e-9)
        assert found["kurtosis"] == pytest.approx(stats.kurtosis(x / scale, bias=False), rel=1e-9)


def test_flags_of_indicators():
    frame = pd.DataFrame(
        {
            "empty": [1.0, 2.0, *[np.nan] * 8],
            "zeros": [0.0] * 6 + [1.0, 2.0, 3.0, 4.0],
            "flat": [5.0] * 10,
            "fine": np.arange(1.0, 11.0),
            "far": [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 100],
        }
    )
    flags = indicator_statistics(frame)["flags"].to_dict()
    assert flags["empty"] == "missing"
    assert flags["zeros"] == "zeros"
    assert flags["flat"] == "repeated constant"
    assert flags["fine"] == ""
    assert flags["far"] == "outliers"


def test_correlations_are_those_of_the_reference():
    """They belong to the treated and normalised data: with raw values they differ by up to 0.7."""
    found = correlation_matrix(frame_of("normalised_1_100"))
    told = pd.DataFrame(REFERENCE["correlations_pearson"], index=CODES, dtype=float)
    np.testing.assert_allclose(found, told[CODES], atol=1e-10)
    assert np.nanmax(np.abs(correlation_matrix(frame_of("data")) - told[CODES])) > 0.5


def test_alpha_and_components_are_those_of_the_reference():
    """Both belong to the treated and normalised data (``normalised_1_100``), directions included."""
    frame = frame_of("normalised_1_100")
    children = [c for c, p in zip(CODES, REFERENCE["parent"], strict=True) if p == "P1"]
    assert cronbach_alpha(frame)[0] == pytest.approx(REFERENCE["cronbach"]["all"], rel=1e-8)
    assert cronbach_alpha(frame[children])[0] == pytest.approx(REFERENCE["cronbach"]["P1"], rel=1e-8)
    components, loadings, units, note = principal_components(frame)
    assert (units, note) == (40, "")
    np.testing.assert_allclose(components["explained"], REFERENCE["pca_explained"], atol=5.1e-6)
    assert components["eigenvalue"].sum() == pytest.approx(12)
    np.testing.assert_allclose((loadings**2).sum(axis=1), 1.0)


def test_effective_weights_are_those_of_the_reference(audited):
    table = REFERENCE["effective_weights"]
    found = audited.importance.loc[table["iCode"]]
    np.testing.assert_allclose(found["effective_weight"], table["EffWeight"], rtol=1e-8)
    assert found["level"].tolist() == table["Level"]
    # Each level carries the whole index.
    np.testing.assert_allclose(found.groupby("level")["effective_weight"].sum(), 1.0)
    np.testing.assert_allclose(found.groupby("level")["importance"].sum(), 1.0)


@pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])
def test_correlations_are_those_of_pandas_with_and_without_gaps(method):
    rng = np.random.default_rng(8)
    x = rng.normal(size=(30, 5)).round(1) * [1, 1e-9, 1e9, 3, 1] + [0, 1, 1e6, 1e3, 0]
    frame = pd.DataFrame(x, columns=list("abcde"))
    np.testing.assert_allclose(correlation_matrix(frame, method), frame.corr(method), atol=1e-7)
    gaps = frame.mask(rng.random(frame.shape) < 0.2)
    np.testing.assert_allclose(correlation_matrix(gaps, method), gaps.corr(method), atol=1e-7)


def test_what_has_no_correlation_says_so():
    frame = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [0.1, 0.1, 0.1, 0.1], "c": [1.0, 2, np.nan, np.nan]})
    tree = lc.Structure.of({"INDEX": ["a", "b", "c"]})
    assert correlation_pairs(frame, tree)["flag"].tolist() == ["undefined"] * 3
    with pytest.raises(lc.UnknownNameError, match="spearman"):
        correlation_matrix(frame, "spearmann")


def test_flags_of_pairs_know_siblings():
    x = np.array([1.0, 2, 3, 4, 5, 6])
    frame = pd.DataFrame({"a": x, "b": x * 2 + 1, "c": [2.0, 5, 1, 6, 3, 4], "d": -x})
    tree = lc.Structure.of({"INDEX": {"P": ["a", "c"], "Q": ["b", "d"]}})
    pairs = correlation_pairs(frame, tree).set_index(["first", "second"])
    assert pairs.loc[("a", "b"), "flag"] == "collinear"
    assert pairs.loc[("a", "b"), "group"] == "INDEX"
    assert pairs.loc[("a", "d"), "flag"] == "negative"
    assert pairs.loc[("a", "c"), "group"] == "P"
    weak = pairs[pairs["correlation"].between(-0.39, 0.29)]
    assert (weak["flag"] == weak["siblings"].map({True: "weak", False: ""})).all()


def test_alpha_says_why_there_is_none():
    assert cronbach_alpha(pd.DataFrame({"a": [1.0, 2.0, 3.0]}))[1:] == (3, "one indicator")
    assert cronbach_alpha(pd.DataFrame({"a": [1.0, 2, np.nan], "b": [1.0, 2, 3]}))[1:] == (2, "too few units")
    assert cronbach_alpha(pd.DataFrame({"a": [1.0, 1, 1], "b": [1.0, 2, 3]}))[2] == "no variation"
    assert cronbach_alpha(pd.DataFrame({"a": [3.0, 2, 1], "b": [1.0, 2, 3]}))[2] == "no variation"
    # Spearman and Brown: two parallel halves.
    x = np.array([[1.0, 2], [2, 1], [4, 3], [3, 4]])
    r = np.corrcoef(x.T)[0, 1]
    assert cronbach_alpha(pd.DataFrame(x))[0] == pytest.approx(2 * r / (1 + r))


def test_without_each_is_a_build_without_it(result):
    """Columns are independent up to normalisation, so leaving one out must equal a build without it."""
    found = without_each(result)
    assert list(found.index) == CODES
    for code in CODES:
        tree = reference_tree().without([code])
        less = lc.build_index(frame_of("data")[list(tree.indicators)], lc.IndexSpec(tree))
        compared = lc.compare_indices(result, less)
        assert found.loc[code, "max_shift"] == compared.table()["shift"].abs().max()
        assert found.loc[code, "mean_shift"] == pytest.approx(compared.table()["shift"].abs().mean())
        assert found.loc[code, "kendall"] == pytest.approx(compared.kendall)
        assert found.loc[code, "spearman"] == pytest.approx(compared.spearman)
        mover = found.loc[code, "mover"]
        assert found.loc[code, "change"] == compared.table().loc[mover, "shift"]


def test_an_inert_indicator_moves_nobody():
    frame = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [4.0, 1, 3, 2]}, index=list("wxyz"))
    tree = lc.Structure.of({"INDEX": ["a", "b"]}).reweighted({"b": 0})
    found = without_each(lc.build_index(frame, lc.IndexSpec(tree)))
    assert found.loc["b", "max_shift"] == 0
    assert found.loc["b", "mover"] == ""
    assert found.loc["b", "kendall"] == 1
    # Without the other nothing is left that weighs.
    assert found.loc["a", "units"] == 0


def test_the_only_indicator_cannot_be_left_out():
    frame = pd.DataFrame({"a": [1.0, 2, 3]}, index=list("xyz"))
    audited = lc.build_index(frame, lc.IndexSpec(lc.Structure.of({"INDEX": ["a"]}))).audit()
    assert audited.without.loc["a", "note"].zh
    assert audited.without.loc["a", "units"] == 0
    assert audited.alpha.loc["INDEX", "note"] == audited.pca_note == "one indicator"
    assert "a" in audited.table().index


def test_importance_of_two_equal_and_one_independent():
    """Handbook case: two twins carry the index together, whatever the paper says."""
    x = np.array([1.0, 2, 3, 4, 5, 6, 7, 8])
    z = np.array([1.0, -1, -1, 1, 1, -1, -1, 1])
    frame = pd.DataFrame({"a": x, "b": x, "c": z})
    found = importance(lc.build_index(frame, lc.IndexSpec(lc.Structure.of({"INDEX": ["a", "b", "c"]}))))
    assert found.loc["a", "effective_weight"] == pytest.approx(1 / 3)
    assert found.loc["a", "importance"] == pytest.approx(found.loc["b", "importance"])
    assert found.loc["a", "ratio"] > 1 > found.loc["c", "ratio"]


def test_the_result_speaks_both_languages_and_json(audited):
    assert json.loads(json.dumps(audited.to_dict()))["alpha"][0]["items"] == 12
    assert "I08" in audited.summary("en")
    assert "指标" in audited.summary("zh")
    assert list(audited.table().index) == CODES
    np.testing.assert_allclose(
        audited.correlations("spearman"), audited.index.normalised.corr("spearman"), atol=1e-9
    )
    assert list(audited.correlations(level=2).columns) == ["P1", "P2", "P3", "P4"]
    assert audited.components["cumulative"].iloc[-1] == pytest.approx(1)


def test_limits_and_methods_are_checked(result):
    strict = audit(result, limits={"collinear": 0.3, "alpha": 0.01})
    assert (strict.pairs["flag"] == "collinear").any()
    assert strict.alpha.loc["INDEX", "flag"] == ""
    with pytest.raises(lc.UnknownNameError, match="collinear"):
        audit(result, limits={"colinear": 1})
    with pytest.raises(lc.InputError, match="alpha"):
        audit(result, limits={"alpha": "high"})
    with pytest.raises(lc.UnknownNameError, match="kendall"):
        audit(result, method="kendal")
    with pytest.raises(lc.InputError, match="build_index"):
        audit(frame_of("data"))


def test_the_whole_way_gives_the_figures_of_the_reference():
    """Median imputation, winsorising, min-max 1 to 100, arithmetic means: as the reference was made."""
    spec = lc.IndexSpec(
        reference_tree(), impute="median", treat="winsorise", normalise=("minmax", {"lower": 1, "upper": 100})
    )
    built = lc.build_index(frame_of("data"), spec)
    np.testing.assert_allclose(built.normalised, frame_of("normalised_1_100"), rtol=1e-8)
    found = built.audit()
    assert found.alpha.loc["INDEX", "alpha"] == pytest.approx(REFERENCE["cronbach"]["all"], rel=1e-8)
    assert found.alpha.loc["P1", "alpha"] == pytest.approx(REFERENCE["cronbach"]["P1"], rel=1e-8)
    np.testing.assert_allclose(found.components["explained"], REFERENCE["pca_explained"], atol=5.1e-6)
    told = pd.DataFrame(REFERENCE["correlations_pearson"], index=CODES, dtype=float)[CODES]
    np.testing.assert_allclose(found.correlations(), told, atol=1e-8)
    # Statistics stay those of the values as measured.
    np.testing.assert_allclose(found.statistics["skew"], REFERENCE["skew"], rtol=1e-8)


def test_a_shift_of_one_place_is_told_in_the_singular():
    frame = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [3.0, 1.9, 4.0]}, index=["x", "y", "z"])
    told = lc.build_index(frame, lc.IndexSpec(lc.Structure.of({"INDEX": ["a", "b"]}))).audit().summary()
    assert "x moves by 1 place, the most of all" in told
