"""Background of the cities: planted pairs are found, common sources and the country stay visible, members by size alone."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tests.explain.from_atlas.made import awarded, has_han, of_some, recoded

import learningcity as lc

FEW = {"permutations": 199, "draws": 0}


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


@pytest.fixture(scope="module")
def every(atlas):
    return lc.atlas_background(atlas, **FEW)


def test_figures_are_those_of_the_fact_table_and_only_what_may_be_compared_is_used(atlas, every):
    used = every.coverage[every.coverage["used"]]
    own = used.index[used["kind"] == "own"]
    assert len(own) > 3
    table = atlas.table(list(own)).values.loc[awarded(atlas)]
    pd.testing.assert_frame_equal(every.background.loc[awarded(atlas), own], table, check_names=False)
    catalogue = atlas.indicators.set_index("indicator_id")
    assert set(catalogue.loc[own, "comparable"]) <= {"yes", "with care"}
    out = every.coverage[~every.coverage["used"]]
    for name, row in out.iterrows():
        assert row["note_en"]
        assert catalogue.at[name, "comparable"] == "no" or row["cities"] < 10
    assert (used["cities"] == every.background[used.index].notna().sum()).all()


def test_the_country_is_context_and_labelled_so(atlas, every):
    countries = atlas.cities.set_index("city_id")["country_iso3"]
    rows = atlas.context[atlas.context["indicator_id"] == "gdp_per_capita_ppp"]
    latest = rows.sort_values("year").groupby("country_iso3")["value"].last()
    column = every.background["country_gdp_per_capita_ppp"]
    assert column.to_dict() == countries.loc[column.index].map(latest).to_dict()
    assert every.labels["country_gdp_per_capita_ppp"].en.endswith("(country)")
    assert every.labels["country_gdp_per_capita_ppp"].zh.endswith("（国家）")
    pair = every.association.pair("country_gdp_per_capita_ppp", "green")
    number = countries.loc[column.index].nunique()
    assert any(f"p shuffles {number} clusters" in note.en for note in pair.notes)
    assert not any("clusters" in note.en for note in every.association.pair("population", "green").notes)


def test_first_award_and_region_come_from_their_tables(atlas, every):
    assert every.background["first_award"].to_dict() == {
        c: float(atlas.first_award[c]) for c in every.background.index
    }
    regions = atlas.cities.set_index("city_id")["unesco_region"]
    assert every.background["region"].to_dict() == regions.loc[every.background.index].to_dict()


def test_each_pair_is_that_of_the_plain_association_and_q_is_over_all(atlas, every):
    scores = atlas.conditions().loc[every.background.index].fillna(0.0)
    effort = atlas.effort().loc[every.background.index, ["practices", "sources"]]
    plain = lc.associate(every.background[["population"]], scores, effort=effort, **FEW, fewest=10)
    for one in plain.pairs:
        mine = every.association.pair("population", one.characteristic)
        assert (mine.estimate, mine.p, mine.n) == (one.estimate, one.p, one.n)
        assert mine.partial.estimate == one.partial.estimate
    judged = every.association.judged
    p = np.array([pair.p for pair in judged])
    order = np.argsort(p)
    steps = np.minimum.accumulate((p[order] * len(p) / np.arange(1, len(p) + 1))[::-1])[::-1]
    assert [judged[k].q_bh for k in order] == pytest.approx(np.minimum(steps, 1))


def test_the_share_of_common_sources_is_counted_by_practice(atlas, every):
    table = atlas.table(["mean_years_schooling"])
    evidence = [
        atlas.condition_evidence(city, "inclusive", lc.CodingPolicy())
        for city in every.background.index[every.background["mean_years_schooling"].notna()]
    ]
    of = same = 0
    for one in evidence:
        counted = one.practices[one.practices["counted"] == "yes"]
        of += len(counted)
        same += counted["source_id"].isin(table.origin.at[one.city_id, "mean_years_schooling"].sources).sum()
    assert every.association.pair("mean_years_schooling", "inclusive").shared == pytest.approx(same / of)
    assert all(p.shared == 0 for p in every.association.pairs if p.background.startswith("country_"))


def large_cities(atlas):
    values = atlas.table(["population"]).values["population"].loc[awarded(atlas)]
    return set(values.index[values > values.median()])


def test_a_planted_pair_is_found_and_holds(atlas):
    large = large_cities(atlas)

    def say(city, place):
        if place == 0:
            return ("law" if city in large else "funding"), ""
        return "participation", "green" if (len(city) + place) % 4 == 0 else ""

    found = lc.atlas_background(recoded(atlas, say), characteristics=["law", "green"], **FEW)
    names = {(p.background, p.characteristic) for p in found.held}
    assert ("population", "law") in names
    assert not any(p.characteristic == "green" for p in found.held)
    assert found.association.pair("population", "law").estimate > 0.8
    assert "Population with law" in found.summary()
    assert "found again throughout" in found.summary()


def test_what_only_one_coder_sees_does_not_hold(atlas):
    large = large_cities(atlas)
    made = recoded(
        atlas, lambda city, place: ("law" if place == 0 and city in large else "participation", "")
    )
    codes = made.codes.copy()
    rng = np.random.default_rng(1)
    mine = codes.index[codes["coder"] == "B"]
    codes.loc[mine, "mechanism"] = rng.permutation(codes.loc[mine, "mechanism"].to_numpy())
    other = replace(made, frames={**made.frames, "practice-codes": codes})
    found = lc.atlas_background(other, ["population"], characteristics=["law"], **FEW)
    pair = next(p for p in found.found if p.background == "population")
    assert [t.en for t in found.lost(pair)] == ["coder B"]
    assert "not found again: coder B" in found.summary()
    assert "编码员B" in found.summary("zh")


def test_codes_dealt_at_random_hardly_ever_give_a_finding(atlas):
    findings = 0
    for seed in range(10):
        rng = np.random.default_rng(seed)

        def say(city, place, rng=rng):
            return ("law" if rng.random() < 0.08 else "resources"), ("green" if rng.random() < 0.08 else "")

        made = recoded(atlas, say, coders=("A",))
        found = lc.atlas_background(
            made, ["population", "area"], characteristics=["law", "green"], seed=seed, **FEW
        )
        findings += len(found.found) > 0
    # At a rate of 0.05 more than two of ten come about with probability 0.012.
    assert findings <= 2


def test_members_are_compared_on_size_and_country_alone(atlas, every):
    assert {p.background for p in every.members.pairs} == {
        "population", "country_gdp_per_capita_ppp", "country_share_aged_65_plus",
    }  # fmt: skip
    rows = every.member_coverage.set_index("column")
    members = set(atlas.members["city_id"])
    inside = [c for c in awarded(atlas) if c in members]
    assert rows.at["population", "of_awarded"] == len(inside)
    assert set(every.not_members) == set(awarded(atlas)) - members
    sizes = atlas.population[atlas.population["year"] == 2015]["city_id"]
    assert rows.at["population", "awarded"] == len(set(sizes) & set(inside))
    assert rows.at["population", "others"] == len(set(sizes) & members - set(inside))
    assert "not on the list of members" in every.summary() or not every.not_members
    assert "projection" not in set(atlas.population[atlas.population["year"] == 2015]["source_id"].str[-10:])
    for name in every.not_members:
        assert every.coded.names[name].zh in every.summary("zh")


def test_limits_come_in_both_languages(every):
    english, chinese = every.limits(), every.limits("zh")
    assert len(english) == len(chinese)
    assert all(has_han(t) for t in chinese)
    for words in (
        "Comparable with care only",
        "context and none of the city's own",
        "no practices are compared",
        "causal",
    ):
        assert any(words in t for t in english), words
    assert all(t in every.summary() for t in english)


def test_coders_who_coded_too_few_cities_are_named(atlas):
    found = lc.atlas_background(
        of_some(atlas, "C", awarded(atlas)[:4]), ["population"], characteristics=["green"], **FEW
    )
    assert found.silent_coders == ("C",)
    assert set(found.coders) == {"B"}


def test_odd_requests_are_refused(atlas):
    for arguments, told in (
        ({"indicators": ["poverty_rate"]}, "may not be compared: poverty_rate"), ({"indicators": ["xx"]}, "xx"),
        ({"indicators": 3}, "indicators"), ({"context": ["gdp"]}, "gdp"), ({"cities": ["cork"]}, "No pair"),
        ({"context": ["adult_learning_participation_rate"]}, "Figures of different countries"),
        ({"characteristics": ["lav"]}, "lav"), ({"level": 2}, "level"), ({"adjust": "x"}, "x"), ({"fewest": 100}, "100"),
        ({"coder": "C"}, "C"), ({"not_seen": 0}, "0"), ({"policy": 1}, "policy"), ({"draws": -1}, "draws"),
    ):  # fmt: skip
        with pytest.raises(lc.InputError, match=told):
            lc.atlas_background(atlas, **{**FEW, **arguments})
    with pytest.raises(lc.InputError):
        lc.atlas_background(None)


def test_too_few_shuffles_for_so_many_pairs_are_said(atlas, every):
    words = "cannot be found, however clear"
    assert any(words in t for t in every.limits())
    one = lc.atlas_background(atlas, [], ["gini"], ["green"], **FEW)
    assert not any(words in t for t in one.limits())


def test_columns_can_be_left_out_and_empty_scores_left_empty(atlas):
    alone = lc.atlas_background(atlas, [], ["gini"], ["green"], **FEW)
    assert list(alone.background.columns) == ["region", "first_award", "country_gini"]
    assert lc.atlas_background(atlas, ["area"], [], ["green"], **FEW).members is not None
    seen = lc.atlas_background(
        atlas, ["population"], characteristics=["monitoring"], not_seen="leave_out", **FEW
    )
    scores = atlas.conditions().loc[awarded(atlas), "monitoring"]
    assert seen.association.pair("population", "monitoring").n == scores.notna().sum()


def test_it_is_a_result_with_versions(atlas, every):
    told = json.loads(json.dumps(every.to_dict(), allow_nan=False))
    assert told["versions"]["data"] == lc.data_version(atlas)
    assert len(told["table"]) == len(every.association.pairs)
    assert {"B_estimate", "B_p", "held", "repeated", "partial"} <= set(every.table().columns)


def test_values_of_members_are_those_that_were_compared():
    atlas = lc.load_atlas()
    found = lc.atlas_background(atlas, [], characteristics=["law"], permutations=99, draws=0)
    values = found.member_values
    assert sorted(values.index) == sorted(set(atlas.members["city_id"]))
    for row in found.member_coverage.to_dict("records"):
        there = values[row["column"]].notna()
        assert (there & values["awarded"]).sum() == row["awarded"]
        assert (there & ~values["awarded"]).sum() == row["others"]
    # Their size has its name also where it is no column of the cities.
    assert set(found.member_coverage["column"]) <= set(found.labels)
    assert found.about_members("en")[0].count("Population +") == 1
    assert "population" not in " ".join(found.about_members("zh"))
