"""One figure is chosen by a stated rule, and its origin stays in the open."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import learningcity as lc
from learningcity import FactPolicy
from learningcity.atlas.choosing import differ, relative_difference


def cell(atlas, indicator="population", policy=None, city="a"):
    table = atlas.table([indicator], policy or FactPolicy())
    return table.values.at[city, indicator], table.origin.at[city, indicator]


def test_the_latest_year_wins(with_facts, new_fact):
    value, origin = cell(with_facts(new_fact(1, 10, year=2010), new_fact(2, 20, year=2020)))
    assert value == 20
    assert (origin.kind, origin.year, origin.facts, origin.sources) == ("own", 2020, ("f2",), ("s1",))


def test_a_doubtful_source_comes_last_even_when_it_is_newer(with_facts, new_fact):
    atlas = with_facts(new_fact(1, 10, year=2010), new_fact(2, 20, year=2020, source_id="s2"))
    assert cell(atlas)[0] == 10
    assert cell(with_facts(new_fact(2, 20, source_id="s2")))[0] == 20


def test_tier_can_be_preferred_to_year(with_facts, new_fact):
    atlas = with_facts(new_fact(1, 10, year=2020), new_fact(2, 20, year=2010, source_id="s3"))
    assert cell(atlas)[0] == 10
    assert cell(atlas, policy=FactPolicy(prefer="tier"))[0] == 20


def test_an_undated_figure_comes_after_dated_ones(with_facts, new_fact):
    atlas = with_facts(new_fact(1, 10, year=""), new_fact(2, 20, year=1990))
    assert cell(atlas)[0] == 20
    assert cell(with_facts(new_fact(1, 10, year="")))[0] == 10
    for limit in (FactPolicy(max_age=5), FactPolicy(year=2020)):
        assert math.isnan(cell(with_facts(new_fact(1, 10, year="")), policy=limit)[0])


def test_year_and_age_limit_the_choice(with_facts, new_fact):
    atlas = with_facts(new_fact(1, 10, year=2010), new_fact(2, 20, year=2020))
    assert cell(atlas, policy=FactPolicy(year=2015))[0] == 10
    assert math.isnan(cell(atlas, policy=FactPolicy(year=2015, max_age=4))[0])
    assert cell(atlas, policy=FactPolicy(year=2015, max_age=5))[0] == 10


def test_only_the_scopes_asked_for_count(with_facts, new_fact):
    atlas = with_facts(new_fact(1, 10, scope="metro"), new_fact(2, 20, scope="country"))
    value, origin = cell(atlas)
    assert math.isnan(value)
    assert origin.emptiness is lc.Emptiness.NOT_SEEN
    value, origin = cell(atlas, policy=FactPolicy(scopes=("city", "metro")))
    assert (value, origin.kind) == (10, "metro")
    assert cell(atlas, policy=FactPolicy(scopes="country"))[1].kind == "context"


def test_disagreeing_sources_are_marked_and_rounding_is_not(with_facts, new_fact):
    value, origin = cell(with_facts(new_fact(1, 100), new_fact(2, 100.5), new_fact(3, 120, source_id="s3")))
    assert value == 120  # UNESCO before official, same year
    assert origin.disagree
    assert dict(origin.alternatives) == {"f1": 100, "f2": 100.5, "f3": 120}
    assert origin.sources == ("s3",)
    assert not cell(with_facts(new_fact(1, 100), new_fact(2, 100.9)))[1].disagree


def test_figures_of_another_definition_do_not_disagree(with_facts, new_fact):
    atlas = with_facts(new_fact(1, 100), new_fact(2, 40, definition="inner-city"))
    value, origin = cell(atlas)
    assert (value, origin.disagree, origin.alternatives) == (100, False, (("f1", 100),))
    assert cell(with_facts(new_fact(2, 40, definition="inner-city")))[0] == 40


def test_money_is_converted_by_the_rate_of_its_year_or_not_at_all(with_facts, new_fact):
    rates = [{"currency": "CNY", "year": 2020, "usd_rate_as_published": 7, "source_id": "s1"}]
    money = {"indicator_id": "gdp_total", "unit": "CNY"}
    value, origin = cell(with_facts(new_fact(1, 70, **money), exchange_rates=rates), "gdp_total")
    assert value == 10
    assert (origin.kind, origin.unit) == ("derived", "USD")
    assert "70 CNY / 7 CNY per USD (2020)" in origin.formula.en
    for lost in (new_fact(1, 70, **money, year=2019), new_fact(1, 70, **money, year="")):
        value, origin = cell(with_facts(lost, exchange_rates=rates), "gdp_total")
        assert math.isnan(value)
        assert origin.emptiness is lc.Emptiness.MISSING
        assert "CNY" in origin.note.en


def test_density_is_derived_only_where_none_was_published(with_facts, new_fact):
    parts = [new_fact(1, 100), new_fact(2, 4, indicator_id="area", unit="km2", year=2011)]
    value, origin = cell(with_facts(*parts), "population_density")
    assert value == 25
    assert (origin.kind, origin.facts) == ("derived", ("f1", "f2"))
    published = new_fact(3, 30, indicator_id="population_density", unit="persons/km2", year=1990)
    assert cell(with_facts(*parts, published), "population_density")[0] == 30
    assert math.isnan(cell(with_facts(*parts), "population_density", FactPolicy(derive=False))[0])


def test_context_is_off_by_default_and_labelled_when_asked_for(with_facts):
    context = [
        {
            "country_iso3": "IRL",
            "indicator_id": "population",
            "year": y,
            "value": v,
            "unit": "persons",
            "source_id": "w",
        }
        for y, v in ((2015, 4), (2022, 5))
    ]
    atlas = with_facts(country_context=context)
    assert math.isnan(cell(atlas)[0])
    value, origin = cell(atlas, policy=FactPolicy(context=True))
    assert (value, origin.kind, origin.year, origin.scope) == (5, "context", 2022, "country")
    assert cell(atlas, policy=FactPolicy(context=True, year=2016))[0] == 4


@pytest.mark.parametrize(
    "status", ["missing", "not applicable", "not published", "suppressed", "not confirmed"]
)
def test_every_kind_of_emptiness_survives(with_facts, new_fact, status):
    atlas = with_facts(new_fact(1, "", status=status))
    value, origin = cell(atlas)
    assert math.isnan(value)
    assert origin.emptiness == status


def test_an_unconfirmed_figure_is_used_only_when_asked_for(with_facts, new_fact):
    atlas = with_facts(new_fact(1, 7, status="not confirmed"))
    assert math.isnan(cell(atlas)[0])
    assert cell(atlas, policy=FactPolicy(unconfirmed=True))[0] == 7


def test_a_zero_stays_zero(with_facts, new_fact):
    value, origin = cell(with_facts(new_fact(1, 0)))
    assert value == 0
    assert origin.emptiness is None


def test_the_origin_has_the_shape_of_the_values(atlas):
    table = atlas.table(atlas.indicators["indicator_id"].tolist())
    assert table.values.shape == table.origin.shape == (64, 58)
    filled = table.values.notna()
    kinds = table.origin.map(lambda o: o.kind != "empty")
    assert (filled == kinds).all().all()
    assert int(filled.sum().sum()) > 400
    for column in table.origin:
        for cell_origin in table.origin[column]:
            assert (cell_origin.kind == "empty") == (cell_origin.emptiness is not None)
            assert cell_origin.kind != "context"


def test_every_shipped_cell_leads_to_a_fact_and_a_source(atlas):
    table = atlas.table(atlas.indicators["indicator_id"].tolist())
    facts = atlas.facts.set_index("fact_id")
    checked = 0
    for column in table.origin:
        for city, origin in table.origin[column].items():
            for fact_id in origin.facts:
                assert facts.at[fact_id, "city_id"] == city
                assert facts.at[fact_id, "source_id"] in origin.sources
                checked += 1
    assert checked > 450


def test_words_and_machines_get_the_same(atlas):
    table = atlas.table(["population", "gdp_total"])
    long = table.table()
    assert len(long) == 128
    assert (long["value"].notna() == (long["kind"] != "empty")).all()
    assert "64 cities x 2 indicators" in table.summary()
    assert "64个城市" in table.summary("zh")
    content = table.to_dict()
    assert content["units"] == {"population": "persons", "gdp_total": "USD"}
    assert content["comparable"]["gdp_total"] == "with care"
    assert content["origin"]["population"]["wuhan"]["kind"] == "own"


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        (lambda a: a.table(["populaton"]), "population"),
        (lambda a: a.table([]), "at least one"),
        (lambda a: FactPolicy(scopes=("town",)), "city"),
        (lambda a: FactPolicy(tiers=("offical",)), "official"),
        (lambda a: FactPolicy(prefer="best"), "year"),
        (lambda a: FactPolicy(max_age=-1), "at least 0"),
    ],
)
def test_bad_input_is_named_with_the_remedy(atlas, wrong, near):
    with pytest.raises(lc.InputError, match=near) as caught:
        wrong(atlas)
    assert caught.value.text.zh
    assert caught.value.text.zh != caught.value.text.en


@given(st.lists(st.floats(-1e9, 1e9, allow_subnormal=False), min_size=1, max_size=6), st.floats(0.001, 1000))
def test_the_difference_is_scale_free_and_between_zero_and_two(values, scale):
    difference = relative_difference(values)
    assert 0 <= difference <= 2
    assert relative_difference([v * scale for v in values]) == pytest.approx(difference, rel=1e-6, abs=1e-9)
    assert relative_difference(values[::-1]) == difference
    assert not differ([values[0]] * 3)


def test_the_table_of_origins_says_how_derived_figures_were_computed(atlas):
    found = atlas.table(["population", "population_density", "gdp_per_capita"])
    rows = found.table()
    derived = rows[rows["kind"] == "derived"]
    assert len(derived) > 5
    for row in derived.to_dict("records"):
        formula = found.origin.at[row["city_id"], row["indicator_id"]].formula
        assert (row["formula_en"], row["formula_zh"]) == (formula.en, formula.zh)
    assert rows.loc[rows["kind"] != "derived", ["formula_en", "formula_zh"]].isna().all().all()
