"""Coverage, trace, agreement and names of the shipped atlas, against the frames themselves."""

import json

import pytest

import learningcity as lc


def test_coverage_counts_what_the_frames_hold(atlas):
    coverage = atlas.coverage()
    assert coverage.index.tolist() == atlas.city_ids()
    assert coverage["facts"].sum() == 906
    assert coverage["practices"].sum() == 597
    assert coverage["conflicts"].sum() == len(atlas.conflicts())
    for city in ("wuhan", "cork", "taiyuan"):
        own = atlas.practices[atlas.practices["city_id"] == city]
        pages = set(own["source_id"]) | set(atlas.facts.loc[atlas.facts["city_id"] == city, "source_id"])
        assert coverage.at[city, "sources"] == len(pages)
        assert coverage.at[city, "dated_practices"] == int(own["start_year"].notna().sum())
    assert coverage.at["taiyuan", "join_years"] == 0
    assert coverage.at["ibadan", "join_years"] == 2
    assert atlas.effort().columns.tolist() == ["practices", "sources", "facts"]


def test_indicator_coverage_counts_cities(atlas):
    table = atlas.indicator_coverage()
    assert len(table) == 58
    facts = atlas.facts
    seen = facts[(facts["indicator_id"] == "population") & (facts["scope"] == "city")]["city_id"].nunique()
    assert table.at["population", "city"] == seen > 50
    assert table.at["hdi", "countries"] == 76


@pytest.mark.parametrize("count", [597])
def test_timing_places_every_practice(atlas, count):
    timing = atlas.timing()
    assert len(timing) == count
    assert set(timing) == {"before", "after", "undated", "not applicable"}
    unawarded = set(atlas.city_ids()) - set(atlas.awards["city_id"])
    assert len(unawarded) == 7
    of_unawarded = atlas.practices.loc[atlas.practices["city_id"].isin(unawarded), "practice_id"]
    assert (timing[of_unawarded] == "not applicable").all()


def test_trace_of_every_id_leads_to_a_source(atlas):
    sources = set(atlas.sources["source_id"])
    ids = [*atlas.facts["fact_id"][::40], *atlas.practices["practice_id"][::30]]
    assert len(ids) > 40
    for one in ids:
        steps = atlas.trace(one).table()
        assert set(steps["source_id"].dropna()) <= sources
        assert steps["source_id"].notna().any()
        assert steps["source_url"].notna().any()


def test_trace_of_a_cell_shows_the_other_sources(atlas):
    indicators = sorted(set(atlas.conflicts()["indicator_id"]))
    origin = atlas.table(indicators).origin
    city, indicator = next((c, i) for i in indicators for c in origin.index if origin.at[c, i].disagree)
    steps = atlas.trace(city=city, indicator=indicator, policy=lc.FactPolicy()).table()
    assert steps["step"].iloc[0] == "cell"
    assert "alternative" in set(steps["step"])


def test_trace_of_a_score_of_a_source_and_of_nothing(atlas):
    score = atlas.trace(city="武汉", condition="law", coder="B")
    assert set(score.table()["step"]) == {"score", "practice"}
    source = atlas.trace(atlas.practices["source_id"].iloc[0]).table()
    assert source["step"].tolist().count("source") == 1
    assert (source["step"] == "use").any()
    empty = atlas.trace(city="taiyuan", indicator="pm25").table()
    assert empty["what_en"].tolist() == ["not seen"]
    with pytest.raises(lc.InputError, match="Give the id"):
        atlas.trace()
    with pytest.raises(lc.UnknownNameError):
        atlas.trace("f9999x")
    json.dumps(score.to_dict())


def test_a_doubtful_source_is_said(atlas):
    doubtful = atlas.sources.loc[atlas.sources["tier"] == "doubtful", "source_id"].iloc[0]
    assert atlas.source(doubtful)["tier"] == "doubtful"
    assert "original not seen" in atlas.trace(doubtful).summary()
    assert "原文未见，据转载" in atlas.trace(doubtful).summary("zh")


# The coefficients that the record of the collection states (two decimals).
STATED = {
    "mechanism": 0.98,
    "subject": 0.95,
    "level": 0.93,
    "stance": 0.94,
    "strength": 0.97,
    "area 8": 0.61,
    "area 3": 0.93,
}


def test_agreement_reproduces_the_stated_coefficients(atlas):
    result = atlas.agreement(draws=200)
    table = result.table()
    for variable, alpha in STATED.items():
        assert round(float(table.at[variable, "alpha"]), 2) == alpha
    themes = table[table["kind"] == "theme"]["alpha"]
    assert (round(themes.min(), 2), round(themes.max(), 2)) == (0.94, 0.99)
    areas = table[table["kind"] == "area"]["alpha"]
    assert len(areas) == 12
    assert areas.idxmin() == "area 8"
    assert (table["alpha_low"].dropna() <= table["alpha"].dropna() + 1e-12).all()
    assert (table["percent"].between(0, 1)).all()
    assert "does not say that it is right" in result.summary()
    assert "并不说明编码正确" in result.summary("zh")


def test_agreement_says_where_one_pass_saw_and_the_other_did_not(atlas):
    table = atlas.agreement(draws=10).table()
    seen = table[table["kind"] == "seen"]
    assert len(seen) == 11
    a, b = (atlas.conditions(coder=c)["funding"].notna() for c in "AB")
    assert table.at["seen funding", "percent"] == pytest.approx((a == b).mean())
    assert table.at["seen funding", "n"] == 64


def test_a_city_that_a_coder_has_not_coded_says_nothing_on_what_was_seen(coded, new_practice, new_code):
    practices = [new_practice("p"), new_practice("q", city="b")]
    codes = [new_code(p, c) for p in "pq" for c in "AB"] + [new_code("p", "C")]
    table = coded(practices, codes).agreement(draws=10).table()
    assert table.at["seen law", "percent"] == 1
    assert table.at["seen funding", "percent"] == 1
    alone = coded(practices, codes).condition_evidence("b", "law", coder="C")
    assert "not coded yet" in alone.summary()
    assert "尚未" in alone.summary("zh")
    assert alone.to_dict()["emptiness"] is None


def test_questions_that_contradict_themselves_are_refused(atlas):
    for wrong in (
        lambda: atlas.trace("f0001", city="wuhan"),
        lambda: atlas.trace(city="wuhan", indicator="population", policy=lc.CodingPolicy()),
        lambda: atlas.agreement(draws=0),
        lambda: atlas.condition_evidence("wuhan", "law", coder="mean"),
    ):
        with pytest.raises(lc.InputError):
            wrong()


def test_a_third_coder_joins(coded, new_practice, new_code):
    practices = [new_practice(f"p{n}") for n in range(4)]
    kinds = ["law", "law", "policy", "funding"]
    codes = [new_code(f"p{n}", c, mechanism=kinds[n]) for n in range(4) for c in "ABC"]
    table = coded(practices, codes).agreement(draws=10).table()
    assert table.at["mechanism", "alpha"] == 1
    assert table.at["mechanism", "kappa"] != table.at["mechanism", "kappa"]  # kappa is for two coders


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("wuhan", "wuhan"), ("武汉", "wuhan"), ("武汉市", "wuhan"), (" Wuhan ", "wuhan"), ("MEDELLIN", "medellin"),
        ("冈山", "okayama"), ("岡山市", "okayama"), ("Corcaigh", "cork"), ("Sonderborg", "sonderborg"),
    ],
)  # fmt: skip
def test_a_city_is_found_by_any_of_its_names(atlas, name, city):
    assert atlas.require_city(name) == city


@pytest.mark.parametrize(("name", "near"), [("wuhn", "wuhan"), ("武汗", "wuhan"), ("medelin", "medellin")])
def test_an_unknown_city_gives_near_names(atlas, name, near):
    with pytest.raises(lc.UnknownNameError) as caught:
        atlas.require_city(name)
    assert near in caught.value.near
    assert "是否指" in caught.value.in_("zh")


def test_every_city_is_found_by_every_name(atlas):
    checked = 0
    for row in atlas.cities.itertuples():
        for name in (row.city_id, row.name_en, row.name_zh, row.name_local):
            assert atlas.require_city(name) == row.city_id
            checked += 1
    assert checked == 256
