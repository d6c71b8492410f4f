"""Imputation: COINr, scikit-learn and closed forms as outside truths."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from learningcity.core import InputError
from learningcity.index.imputation import data_sets, groups_of, impute
from learningcity.index.methods import Choice, methods
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import Structure

REFERENCE = json.loads((Path(__file__).parent / "reference" / "composite.json").read_text())
FRAME = pd.DataFrame(REFERENCE["data"], index=REFERENCE["units"], dtype=float)
TREE = Structure.of({"INDEX": REFERENCE["indicators"]})
GROUPS = pd.Series(REFERENCE["group"], index=REFERENCE["units"])
SMALL = pd.DataFrame(
    {"a": [1.0, 2.0, 4.0, 3.0, 5.0, 6.0], "b": [3.0, 5.0, 8.0, 7.0, 12.0, np.nan]}, index=list("uvwxyz")
)
PAIR = Structure.of({"INDEX": ["a", "b"]})


def filled(frame, choice, tree=None):
    tree = tree or Structure.of({"INDEX": list(frame.columns)})
    return impute(frame, tree, IndexSpec(tree, impute=choice))


@pytest.mark.parametrize(
    ("theirs", "choice"),
    [("mean", "mean"), ("median", "median"), ("mean_by_group", ("group_mean", {"groups": GROUPS}))],
)
def test_as_coinr(theirs, choice):
    expected = pd.DataFrame(REFERENCE["impute"][theirs], index=FRAME.index, dtype=float)
    pd.testing.assert_frame_equal(filled(FRAME, choice), expected, rtol=1e-8)


def test_group_median_by_hand():
    frame = pd.DataFrame({"a": [1.0, 2.0, 9.0, np.nan, 5.0]}, index=list("vwxyz"))
    groups = dict(zip("vwxyz", ["n", "n", "n", "n", "s"], strict=True))
    assert filled(frame, ("group_median", {"groups": groups})).loc["y", "a"] == 2
    assert filled(frame, ("group_mean", {"groups": groups})).loc["y", "a"] == 4


@pytest.mark.parametrize("name", ["group_mean", "group_median"])
def test_a_group_without_a_value_is_named(name):
    frame = pd.DataFrame({"a": [1.0, 3.0, np.nan]}, index=list("xyz"))
    groups = {"x": "n", "y": "n", "z": "s"}
    with pytest.raises(InputError, match=r"a \(s\)"):
        filled(frame, (name, {"groups": groups}))
    assert filled(frame, (name, {"groups": groups, "otherwise": "all"})).loc["z", "a"] == 2


@pytest.mark.parametrize(
    ("groups", "words"),
    [({"x": "n"}, "Units without a group: y"), ("north", "series or a mapping"),
     (pd.Series(["n", "s"], index=["x", "x"]), "occur twice: x")],
)  # fmt: skip
def test_groups_that_cannot_be_used(groups, words):
    with pytest.raises(InputError, match=words):
        groups_of(pd.DataFrame(index=["x", "y"]), groups)


def test_em_is_the_regression_where_one_column_has_gaps():
    # With gaps in one of two columns, the likelihood factors: the expectation is the least-squares
    # prediction from the complete rows (Anderson 1957, doi 10.1080/01621459.1957.10501379).
    slope, constant = np.polyfit(SMALL["a"][:5], SMALL["b"][:5], 1)
    assert filled(SMALL, "em").loc["z", "b"] == pytest.approx(constant + slope * 6, rel=1e-7)


def test_em_reaches_the_highest_likelihood():
    # The likelihood of the observed cells is highest at the parameters found, whichever way one steps.
    from scipy.stats import multivariate_normal

    from learningcity.index.impute.em import fit, standardised

    random = np.random.default_rng(3)
    x = random.multivariate_normal([0, 0, 0], [[1, 0.7, 0.2], [0.7, 1, 0.4], [0.2, 0.4, 1]], 40)
    x[random.random(x.shape) < 0.2] = np.nan
    x = x[~np.isnan(x).all(axis=1)]
    z, _, _ = standardised(x)

    def likelihood(mean, covariance):
        total = 0.0
        for row in z:
            there = ~np.isnan(row)
            total += multivariate_normal.logpdf(row[there], mean[there], covariance[np.ix_(there, there)])
        return total

    mean, covariance = fit(z, 0.0, 1e-10, 5000)
    best = likelihood(mean, covariance)
    for i in range(3):
        for step in (-0.01, 0.01):
            assert likelihood(mean + step * np.eye(3)[i], covariance) < best
            for j in range(3):
                moved = covariance.copy()
                moved[i, j] += step
                moved[j, i] = moved[i, j]
                assert likelihood(mean, moved) < best


def test_em_with_more_indicators_than_units_comes_to_an_end():
    random = np.random.default_rng(0)
    x = random.normal(size=(20, 30)) + random.normal(size=(20, 1))
    x[random.random(x.shape) < 0.1] = np.nan
    frame = pd.DataFrame(x, columns=[f"I{j}" for j in range(30)])
    got = filled(frame, "em").to_numpy()
    assert np.isfinite(got).all()
    np.testing.assert_array_equal(got[~np.isnan(x)], x[~np.isnan(x)])


def test_em_says_that_it_came_to_no_end_and_where():
    with pytest.raises(InputError, match="b: em: no end after 1 rounds"):
        filled(SMALL, ("em", {"rounds": 1}))


def test_em_within_the_observed_range():
    assert filled(SMALL, ("em", {"within": True})).loc["z", "b"] == 12


@pytest.mark.parametrize("weights", ["equal", "distance"])
@pytest.mark.parametrize("neighbours", [1, 3, 7])
def test_knn_as_scikit_learn(neighbours, weights):
    from sklearn.impute import KNNImputer

    random = np.random.default_rng(8)
    x = random.normal(size=(40, 6)) * [1, 10, 100, 1, 5, 0.1] + 7
    x[random.random(x.shape) < 0.15] = np.nan
    x = x[~np.isnan(x).all(axis=1)]
    centre, width = np.nanmean(x, axis=0), np.nanstd(x, axis=0)
    theirs = KNNImputer(n_neighbors=neighbours, weights="uniform" if weights == "equal" else "distance")
    expected = theirs.fit_transform((x - centre) / width) * width + centre
    got = filled(
        pd.DataFrame(x, columns=list("abcdef")), ("knn", {"neighbours": neighbours, "weights": weights})
    )
    np.testing.assert_allclose(got, expected, rtol=1e-8)


def test_knn_names_a_cell_for_which_there_is_no_neighbour():
    frame = pd.DataFrame({"a": [1.0, 2.0, np.nan], "b": [np.nan, np.nan, 5.0]}, index=list("xyz"))
    with pytest.raises(InputError, match=r"a \(z\)"):
        filled(frame, "knn")


def test_multiple_is_seeded_and_its_mean_is_near_the_expectation():
    choice = ("multiple", {"sets": 400, "seed": 5})
    random = np.random.default_rng(1)
    a = random.normal(size=200)
    frame = pd.DataFrame({"a": a, "b": 2 * a + random.normal(size=200)})
    frame.loc[frame.index[:20], "b"] = np.nan
    got = filled(frame, choice)
    pd.testing.assert_frame_equal(got, filled(frame, choice))
    assert not got.equals(filled(frame, ("multiple", {"sets": 400, "seed": 6})))
    # The mean of 400 draws with deviation 1 has an error of 0.05.
    np.testing.assert_allclose(got["b"][:20], filled(frame, "em")["b"][:20], atol=0.25)


def test_draws_of_a_multiple_imputation_spread_as_the_prediction_error():
    random = np.random.default_rng(1)
    a = random.normal(size=300)
    frame = pd.DataFrame({"a": a, "b": 2 * a + random.normal(size=300)})
    frame.loc[frame.index[:10], "b"] = np.nan
    sets = data_sets(frame, Choice.read("impute", ("multiple", {"sets": 300, "seed": 2})))
    assert len(sets) == 300
    drawn = np.array([s["b"][:10] for s in sets])
    complete = frame.dropna()
    residual = complete["b"] - np.polyval(np.polyfit(complete["a"], complete["b"], 1), complete["a"])
    np.testing.assert_allclose(drawn.std(axis=0), residual.std(), rtol=0.15)
    mean = np.mean([s.to_numpy() for s in sets], axis=0)
    whole = filled(frame, ("multiple", {"sets": 300, "seed": 2}))
    np.testing.assert_allclose(whole, mean)
    assert len(data_sets(frame, Choice.read("impute", "em"))) == 1


@pytest.mark.parametrize("name", methods("impute"))
def test_observed_cells_stay_and_units_may_come_in_any_order(name):
    choice = (name, {"groups": GROUPS}) if name.startswith("group") else name
    got = filled(FRAME, choice)
    there = FRAME.notna().to_numpy()
    np.testing.assert_array_equal(got.to_numpy()[there], FRAME.to_numpy()[there])
    assert got.notna().all().all()
    assert FRAME.isna().to_numpy().sum() == 5
    if name != "multiple":
        order = np.random.default_rng(0).permutation(FRAME.index)
        pd.testing.assert_frame_equal(filled(FRAME.loc[order], choice), got.loc[order], rtol=1e-6)
        np.testing.assert_allclose(filled(FRAME * 1000, choice) / 1000, got, rtol=1e-6)


def test_one_method_for_each_indicator():
    tree = Structure.of({"INDEX": ["a", "b", "c"]})
    frame = pd.DataFrame(
        {"a": [1.0, np.nan, 5.0, 9.0], "b": [np.nan, 1.0, 2.0, 9.0], "c": [1.0, np.nan, 2.0, 3.0]}
    )
    spec = IndexSpec(tree, impute={"a": "mean", None: "median", "c": None})
    got = impute(frame, tree, spec)
    assert (got["a"][1], got["b"][0], got["c"][1]) == (5, 2, 2)


@pytest.mark.parametrize(
    ("choice", "words"),
    [(("knn", {"neighbours": 0}), "b: knn: neighbours"), (("knn", {"weights": "x"}), "weights"),
     (("multiple", {"sets": 0}), "sets"), (("em", {"ridge": -1}), "ridge"),
     (("group_mean", {"groups": dict.fromkeys("uvwxyz", "n"), "otherwise": "x"}), "otherwise")],
)  # fmt: skip
def test_parameters_that_are_none_name_the_code(choice, words):
    with pytest.raises(InputError, match=words):
        filled(SMALL, choice)


def test_equal_choices_with_groups_are_equal():
    other = pd.Series(REFERENCE["group"], index=REFERENCE["units"])
    one, two = (Choice.read("impute", ("group_mean", {"groups": g})) for g in (GROUPS, other))
    assert one == two
    assert hash(one) == hash(two)
