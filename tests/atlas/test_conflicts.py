"""A conflict is two values of one city, indicator, definition, scope and year beyond rounding."""

from itertools import combinations

from learningcity.core import REPORTED


def test_values_of_one_year_that_differ_are_a_conflict(with_facts, new_fact):
    conflicts = with_facts(new_fact(1, 100), new_fact(2, 120, source_id="s3"), new_fact(3, 110)).conflicts()
    assert len(conflicts) == 1
    row = conflicts.iloc[0]
    assert (row["lowest"], row["highest"], row["values"], row["unit"]) == (100, 120, 3, "persons")
    assert row["fact_ids"] == "f1;f3;f2"
    assert row["source_ids"] == "s1;s1;s3"
    assert abs(row["difference"] - 20 / 120) < 1e-12


def test_what_is_no_conflict(with_facts, new_fact):
    nothing = [
        [new_fact(1, 100), new_fact(2, 101)],  # rounding
        [new_fact(1, 100), new_fact(2, 120, year=2021)],  # a series
        [new_fact(1, 100, year=""), new_fact(2, 120, year="")],  # undated values stand apart
        [new_fact(1, 100), new_fact(2, 120, scope="metro")],
        [new_fact(1, 100), new_fact(2, 120, definition="inner-city")],
        [new_fact(1, 100), new_fact(2, 120, city_id="b")],
        [new_fact(1, 100), new_fact(2, 4, indicator_id="area", unit="km2")],
        [new_fact(1, 100), new_fact(2, "", status="suppressed")],
        [new_fact(1, 0), new_fact(2, 0)],
    ]
    for facts in nothing:
        assert len(with_facts(*facts).conflicts()) == 0
    assert len(with_facts(new_fact(1, 0), new_fact(2, 1)).conflicts()) == 1


def test_currencies_are_converted_before_they_are_compared(with_facts, new_fact):
    rates = [{"currency": "CNY", "year": 2020, "usd_rate_as_published": 7, "source_id": "s1"}]
    money = {"indicator_id": "gdp_total"}
    same = [new_fact(1, 70, unit="CNY", **money), new_fact(2, 10, unit="USD", **money)]
    assert len(with_facts(*same, exchange_rates=rates).conflicts()) == 0
    other = [new_fact(1, 70, unit="CNY", **money), new_fact(2, 12, unit="USD", **money)]
    conflict = with_facts(*other, exchange_rates=rates).conflicts().iloc[0]
    assert (conflict["unit"], conflict["lowest"], conflict["highest"]) == ("USD", 10, 12)
    assert len(with_facts(*other).conflicts()) == 0  # no rate, no conversion, no comparison
    both = [new_fact(1, 70, unit="CNY", **money), new_fact(2, 80, unit="CNY", **money)]
    assert with_facts(*both).conflicts().iloc[0]["unit"] == "CNY"


def test_the_shipped_conflicts_equal_a_search_by_brute_force(atlas):
    facts = atlas.facts[(atlas.facts["status"] == REPORTED) & atlas.facts["year"].notna()]
    money = {"gdp_per_capita", "gdp_total", "income_per_capita", "learning_budget"}
    pairs = set()
    keys = ["city_id", "indicator_id", "definition", "scope", "year"]
    for (_, indicator, *_), group in facts.assign(definition=facts["definition"].fillna("")).groupby(keys):
        if indicator in money:
            continue
        for a, b in combinations(group.itertuples(), 2):
            if a.unit == b.unit and abs(a.value - b.value) > 0.01 * max(abs(a.value), abs(b.value)):
                pairs.add((a.city_id, indicator, a.scope, int(a.year)))
    found = {
        (r.city_id, r.indicator_id, r.scope, int(r.year))
        for r in atlas.conflicts().itertuples()
        if r.indicator_id not in money
    }
    assert found == pairs
    assert len(pairs) >= 8


def test_an_atlas_without_facts_has_no_conflicts(with_facts):
    conflicts = with_facts().conflicts()
    assert len(conflicts) == 0
    assert "difference" in conflicts.columns
