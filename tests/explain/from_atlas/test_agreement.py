"""Agreement of the coders: the same figures as the atlas gives, each difference led to its practices and sources."""

import json

import pandas as pd
import pytest
from tests.explain.from_atlas.made import awarded, has_han, of_some, with_codes

import learningcity as lc


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


@pytest.fixture(scope="module")
def found(atlas):
    return lc.atlas_agreement(atlas, draws=50)


def test_the_figures_are_those_of_the_atlas(atlas, found):
    other = atlas.agreement(draws=50).table()
    assert found.frame.index.tolist() == other.index.tolist()
    columns = ["n", "percent", "kappa", "alpha", "alpha_low", "alpha_high"]
    mine = found.frame[columns].astype(float)
    # Where all codes are the same, alpha_interval gives bounds that mean nothing; here they are empty.
    defined = mine["alpha_low"].notna()
    pd.testing.assert_frame_equal(mine[defined], other.loc[defined, columns].astype(float), check_names=False)
    assert defined.sum() > 50
    assert (found.frame["kind"] == other["kind"]).all()


def test_what_is_low_though_alike_is_near_constant_and_not_the_other_way_round(atlas, found):
    low = set(atlas.agreement(draws=2).low_though_alike)
    assert low < set(found.near_constant)
    alpha = found.frame["alpha"]
    assert (alpha[list(low)] < lc.TENTATIVE_ALPHA).all()
    assert (alpha[list(found.near_constant)] > 0.9).any()


def test_each_disagreement_is_there_once_a_unit(found):
    for variable, row in found.frame.iterrows():
        differ = found.of(variable)["unit"].nunique()
        assert differ == round(row["n"] * (1 - row["percent"])), variable
        rows = found.of(variable)
        assert (rows["A"] != rows["B"]).all()
        assert not rows.duplicated(["unit", "practice_id"]).any()
    assert len(found.disagreements) > 100


def test_a_differing_city_leads_to_the_practices_that_make_the_difference(atlas, found):
    policy = lc.CodingPolicy()
    looked_at = 0
    for row in found.disagreements[found.disagreements["variable"].str.startswith("score ")].to_dict(
        "records"
    ):
        condition = row["variable"].split(" ")[1]
        seen = []
        for coder in ("A", "B"):
            evidence = atlas.condition_evidence(row["city_id"], condition, policy, coder)
            assert evidence.score == row[coder]
            counted = evidence.practices[evidence.practices["counted"] == "yes"]
            seen.append(dict(zip(counted["practice_id"], counted["strength"], strict=True)))
        assert seen[0].get(row["practice_id"]) != seen[1].get(row["practice_id"])
        looked_at += 1
    assert looked_at > 5


def test_every_row_has_its_addresses(atlas, found):
    rows = found.disagreements
    assert rows["practice_id"].notna().all()
    practices = atlas.practices.set_index("practice_id")
    for row in rows.to_dict("records"):
        assert row["page"] == f"/{{language}}/practices/{row['practice_id']}"
        assert row["source_id"] == practices.at[row["practice_id"], "source_id"]
        assert row["city_id"] == practices.at[row["practice_id"], "city_id"]
        assert has_han(row["name_zh"])
    tiers = atlas.sources.set_index("source_id")["tier"]
    assert (rows["doubtful"] == (rows["source_id"].map(tiers) == "doubtful")).all()
    assert rows["doubtful"].any()


def test_the_page_of_a_practice_is_there(found):
    from django.urls import resolve

    assert resolve(found.disagreements["page"].iloc[0].format(language="en")).url_name == "practice"


def test_confusion_and_unknown_variables(atlas, found):
    for variable in ("mechanism", "seen organization"):
        table = found.confusion(variable)
        row = found.frame.loc[variable]
        assert table.to_numpy().sum() == row["n"]
        assert sum(table.at[v, v] for v in table.index) == pytest.approx(row["percent"] * row["n"])
    for call in (found.of, found.confusion):
        with pytest.raises(lc.UnknownNameError, match="mechanisn"):
            call("mechanisn")


def test_near_constant_variables_are_called_that(found):
    frame = found.frame
    assert set(found.near_constant) == set(frame.index[frame["largest"] >= lc.NEAR_CONSTANT])
    assert "Near-constant" in found.summary()
    assert set(found.weak) == set(frame.index[frame["alpha"] < lc.TENTATIVE_ALPHA])


def test_limits_and_summary_speak_both_languages(found):
    assert len(found.limits()) == len(found.limits("zh"))
    assert all(has_han(t) for t in found.limits("zh"))
    assert "not that it is right" in found.summary()
    assert not has_han(found.summary())


def test_coders_who_coded_some_cities_and_single_coders(atlas):
    some = awarded(atlas)[:6]
    three = lc.atlas_agreement(of_some(atlas, "C", some), draws=10)
    assert three.coders == ("A", "B", "C")
    rows = three.of("mechanism")
    inside = rows["city_id"].isin(some)
    assert (rows.loc[inside, "C"] == rows.loc[inside, "A"]).all()
    assert rows.loc[~inside, "C"].isna().all()
    alone = with_codes(atlas, atlas.codes[atlas.codes["coder"] == "A"])
    with pytest.raises(lc.InputError, match="needs two"):
        lc.atlas_agreement(alone)


def test_another_policy_changes_scores_not_codes(atlas, found):
    other = lc.atlas_agreement(atlas, lc.CodingPolicy(timing="before"), draws=10)
    kinds = found.frame["kind"].isin(["seen", "score"])
    pd.testing.assert_series_equal(other.frame["percent"][~kinds], found.frame["percent"][~kinds])
    assert (other.frame["n"][kinds] < found.frame["n"][kinds]).any()
    with pytest.raises(lc.InputError, match="policy"):
        lc.atlas_agreement(atlas, "all")


def test_it_is_a_result_with_versions(atlas, found):
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["versions"]["data"] == lc.data_version(atlas)
    assert len(told["disagreements"]) == len(found.disagreements)
