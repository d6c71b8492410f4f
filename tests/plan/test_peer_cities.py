"""Peers of cities of the atlas and of cities that are not in it."""

import pandas as pd
import pytest

import learningcity as lc
from learningcity.plan import default_weights
from learningcity.plan.figures import atlas_figures, read_figures


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


def changed(atlas, **frames):
    return type(atlas)({**atlas.frames, **{k.replace("_", "-"): v for k, v in frames.items()}}, atlas.own)


def test_ranking_is_that_of_distances_worked_out_from_the_facts(atlas):
    """Population, age and the country of Ningbo and Wuhan, straight from the tables."""
    import numpy as np

    found = lc.peers(atlas, "ningbo", draws=0)
    table = atlas_figures(atlas).values
    total = {"wuhan": 0.0}
    weight = {"wuhan": 0.0}
    for one in read_figures(atlas):
        a, b = table.at["ningbo", one.name], table.at["wuhan", one.name]
        if pd.isna(a) or pd.isna(b):
            continue
        gap = float(a != b)
        if one.name != "region":
            column = table[one.name].dropna().astype(float)
            column = np.log(column) if one.log else column
            a, b = (np.log(a), np.log(b)) if one.log else (a, b)
            gap = min(abs(a - b) / (column.quantile(0.9) - column.quantile(0.1)), 1)
        total["wuhan"] += default_weights()[one.name] * gap
        weight["wuhan"] += default_weights()[one.name]
    row = found.ranking.set_index("city_id").loc["wuhan"]
    assert row["distance"] == pytest.approx(total["wuhan"] / weight["wuhan"])
    assert row["coverage"] == pytest.approx(weight["wuhan"] / sum(default_weights().values()))
    assert found.ranking["distance"].is_monotonic_increasing
    assert set(found.ranking["city_id"]) <= set(atlas.first_award)


def test_city_and_country_figures_are_kept_apart(atlas):
    found = lc.peers(atlas, "ningbo", draws=0)
    assert set(found.compared["kind"]) == {"city", "context"}
    context = found.compared[found.compared["kind"] == "context"]
    assert all("context" in w or "region" in w for w in context["label_en"])
    at_home = found.ranking[found.ranking["country_iso3"] == "CHN"]
    assert (at_home["context_distance"] == 0).all()
    assert (at_home["city_distance"] > 0).all()
    abroad = lc.peers(atlas, "ningbo", draws=0, abroad=True)
    assert "CHN" not in set(abroad.ranking["country_iso3"])


def test_distances_are_symmetric_between_awarded_cities(atlas):
    here = lc.peers(atlas, "cork", draws=0).ranking.set_index("city_id")["distance"]
    for other in ("limerick", "wuhan", "medellin"):
        there = lc.peers(atlas, other, draws=0).ranking.set_index("city_id")["distance"]
        assert here[other] == pytest.approx(there["cork"])


def test_a_copy_of_a_city_is_its_nearest_peer_at_distance_zero(atlas):
    row = atlas_figures(atlas).values.loc["shanghai"]
    names = (
        "population",
        "gdp_per_capita",
        "share_aged_65_plus",
        "mean_years_schooling",
        "share_under_15",
        "unemployment_rate",
    )
    mine = lc.own_city(
        "Copy",
        "CHN",
        **{name: row[name] for name in names},
        area=row["population"] / row["population_density"],
    )
    found = lc.peers(atlas, mine, 1, draws=100)
    assert found.peers == ("shanghai",)
    assert found.ranking["distance"].iloc[0] == pytest.approx(0)
    assert found.ranking["coverage"].iloc[0] == pytest.approx(1)
    assert found.ranking["stays"].iloc[0] > 0.8


def test_the_order_of_the_tables_changes_nothing(atlas):
    mixed = changed(
        atlas,
        cities=atlas.cities.sample(frac=1, random_state=3).reset_index(drop=True),
        facts=atlas.facts.sample(frac=1, random_state=4).reset_index(drop=True),
        awards=atlas.awards.iloc[::-1].reset_index(drop=True),
    )
    one, other = lc.peers(atlas, "suzhou", draws=50), lc.peers(mixed, "suzhou", draws=50)
    pd.testing.assert_frame_equal(one.ranking, other.ranking)


def test_a_changed_fact_moves_the_peers_and_a_lost_award_takes_one_away(atlas):
    before = lc.peers(atlas, "ningbo", draws=0)
    facts = atlas.facts.copy()
    small = (facts["city_id"] == "ningbo") & (facts["indicator_id"] == "population")
    facts.loc[small, "value"] = 20_000
    after = lc.peers(changed(atlas, facts=facts), "ningbo", draws=0)
    assert after.ranking.set_index("city_id").at["wuhan", "distance"] > (
        before.ranking.set_index("city_id").at["wuhan", "distance"] + 0.1
    )
    awards = atlas.awards[atlas.awards["city_id"] != before.peers[0]]
    assert before.peers[0] not in set(
        lc.peers(changed(atlas, awards=awards), "ningbo", draws=0).ranking["city_id"]
    )


def test_why_says_alike_and_different_with_figures_and_context_apart(atlas):
    found = lc.peers(atlas, "ningbo", draws=0)
    why = found.why("wuhan")
    assert why.en.startswith("Alike in population (9.62 million and 12.3 million)")
    assert "Context: the same figures of the country and the same region." in why.en
    assert "Context, of the country: " in found.why("surabaya").en
    assert "Not compared, since no figure was seen: GDP per head" in why.en
    assert "人口（962万与1230万）" in why.zh
    assert "国家背景与所属地区相同。" in why.zh
    with pytest.raises(lc.UnknownNameError):
        found.why("ningbo")


def test_too_few_figures_are_refused_with_what_to_give(atlas):
    with pytest.raises(lc.InputError, match="40% are wanted") as caught:
        lc.peers(atlas, lc.own_city("X", population=20_600))
    assert "人均地区生产总值" in caught.value.text.zh
    with pytest.raises(lc.InputError):
        lc.peers(atlas, lc.own_city("X", "IRL"), min_coverage=0)  # the country alone makes no peers
    narrow = lc.peers(atlas, "ningbo", draws=0, min_coverage=0.7)
    assert len(narrow.not_compared)
    assert (narrow.not_compared["coverage"] < 0.7).all()
    assert (narrow.ranking["coverage"] >= 0.7).all()


@pytest.mark.parametrize(
    "wrong",
    [{"n": 0}, {"weights": {"height": 1}}, {"weights": {"population": -1}}, {"weights": dict.fromkeys(default_weights(), 0)},
     {"min_coverage": 2}, {"draws": -1}, {"among": "some"}],
)  # fmt: skip
def test_wrong_choices_are_refused(atlas, wrong):
    with pytest.raises(lc.InputError):
        lc.peers(atlas, "ningbo", **wrong)


def test_without_awards_there_is_nobody_to_compare_with(atlas):
    with pytest.raises(lc.InputError, match="no awarded city"):
        lc.peers(changed(atlas, awards=atlas.awards.iloc[:0]), "ningbo")


def test_results_speak_both_languages_and_json(atlas):
    import json

    found = lc.peers(atlas, "suzhou", 3, draws=20)
    assert "Suzhou" in found.summary()
    assert "苏州" in found.summary("zh")
    held = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert held["peers"] == list(found.peers)
    assert len(held["table"]) == 3
