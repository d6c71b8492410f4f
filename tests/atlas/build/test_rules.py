"""Rules across columns and tables, each on a row that keeps it and one that breaks it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import learningcity as lc
from learningcity.atlas.reference import Yardsticks, shipped_rows, shipped_yardsticks
from learningcity.atlas.rules import RULES, check_atlas_rules
from learningcity.core import read_csv_text

FACT = "fact_id,city_id,indicator_id,value,unit,year,scope,source_id,status\n"

# Table, header and row, and the column that is wrong (None: the row is good).
CASES = [
    ("facts", FACT + "x1,cork,population,1000,persons,2023,city,s0001,", None),
    ("facts", FACT + "x1,cork,population,1000,households,2023,city,s0001,", "unit"),
    ("facts", FACT + "x1,cork,unemployment_rate,101,percent,2023,city,s0001,", "value"),
    ("facts", FACT + "x1,cork,unemployment_rate,-1,percent,2023,city,s0001,", "value"),
    ("facts", FACT + "x1,cork,population_growth_rate,-1.5,percent/yr,2023,city,s0001,", None),
    ("facts", FACT + "x1,cork,learning_budget,5000,EUR,2023,city,s0001,", None),
    ("facts", FACT + "x1,cork,learning_budget,5000,NPR,2023,city,s0001,", None),
    ("facts", FACT + "x1,cork,learning_budget,5000,RMB,2023,city,s0001,", "unit"),
    ("facts", FACT + "x1,cork,learning_budget,-5,EUR,2023,city,s0001,", "value"),
    ("facts", FACT + "x1,cork,population,1000,persons,2028,city,s0001,", "year"),
    ("facts", FACT + "x1,cork,population,1000,persons,2027,city,s0001,", None),
    ("facts", FACT + "x1,cork,population,,persons,2023,city,s0001,", "value"),
    ("facts", FACT + "x1,cork,population,,persons,2023,city,s0001,not published", None),
    ("facts", FACT + "x1,cork,population,7,persons,2023,city,s0001,suppressed", "value"),
    ("facts", FACT + "x1,cork,population,7,persons,2023,city,s0001,not confirmed", None),
    ("facts", FACT + "x1,cork,population,,persons,2023,city,s0001,not confirmed", None),
    ("cities", "city_id,country_iso3,latitude,longitude\na,IRL,51.9,-8.47", None),
    ("cities", "city_id,country_iso3,latitude,longitude\na,IRL,,", None),
    ("cities", "city_id,country_iso3,latitude,longitude\na,IRL,51.9,", "longitude"),
    ("cities", "city_id,country_iso3,latitude,longitude\na,IRL,,-8.47", "latitude"),
    ("cities", "city_id,country_iso3,latitude,longitude\na,IRL,51.9,8.47", "latitude"),
    ("cities", "city_id,country_iso3,latitude,longitude\na,GBR,51.9,-8.47", "latitude"),
    ("cities", "city_id,country_iso3,latitude,longitude\na,IRX,51.9,-8.47", "country_iso3"),
    ("cities", "city_id,country_iso3,unesco_region\ncork,IRL,APA", "unesco_region"),
    ("members", "city_id,country_iso3,latitude,longitude\na,CHN,114.3,30.6", "latitude"),
    ("members", "city_id,country_iso3,latitude,longitude\na,CHN,30.6,114.3", None),
    ("awards", "round,city_id\n2024,cork", None),
    ("awards", "round,city_id\n2013,cork", "round"),
    ("awards", "round,city_id\n2018,cork", "round"),
    ("memberships", "city_id,join_year\ncork,2030", "join_year"),
    ("practices", "practice_id,start_year\ncork-01,2031", "start_year"),
    ("exchange-rates", "currency,year\nEUR,2031", "year"),
    ("country-context", "country_iso3,indicator_id,year,value,unit\nIRL,hdi,2022,1.2,index", "value"),
    ("country-context", "country_iso3,indicator_id,year,value,unit\nIRL,hdi,2022,0.9,percent", "unit"),
    ("country-context", "country_iso3,indicator_id,year,value,unit\nXXX,hdi,2022,0.9,index", "country_iso3"),
    ("country-context", "country_iso3,indicator_id,year,value,unit\nIRL,hdi,2029,0.9,index", "year"),
    ("city-population", "city_id,indicator_id,value,unit\ncork,population,-5,persons", "value"),
    ("city-population", "city_id,indicator_id,value,unit\ncork,population,5,count", "unit"),
    ("national-framework", "item_id,country_iso3\nx,ZZZ", "country_iso3"),
    ("rounds", "round,country_iso3\nx,ZZZ", "country_iso3"),
    ("practice-codes", "practice_id,coder,mechanism,mechanism_2\na-1,C,law,policy", None),
    ("practice-codes", "practice_id,coder,mechanism,mechanism_2\na-1,C,law,law", "mechanism_2"),
    ("practice-codes", "practice_id,coder,mechanism,mechanism_2\na-1,mean,law,", "coder"),
    ("sources", "source_id,url,tier\nx,https://uil.unesco.org/a,unesco", None),
    ("sources", "source_id,url,tier\nx,https://uil.unesco.org/a,secondary", "tier"),
]


@pytest.mark.parametrize(("table", "text", "column"), CASES)
def test_rule(table: str, text: str, column: str | None) -> None:
    frame = read_csv_text(text + "\n", table)
    found = check_atlas_rules({table: frame}, known={}, year=2026)
    assert [(f.table, f.row, f.column) for f in found] == ([(table, 2, column)] if column else [])
    for finding in found:
        assert finding.problem.en
        assert finding.remedy.zh


def test_every_rule_has_a_broken_case() -> None:
    assert {table for table, _ in RULES} == {table for table, _, column in CASES if column}


def test_a_tier_of_ones_own_is_a_warning() -> None:
    frame = read_csv_text("source_id,url,tier\nx,https://city.example/a,official\n", "sources")
    assert [f.level for f in check_atlas_rules({"sources": frame}, year=2026)] == ["error"]
    assert [f.level for f in check_atlas_rules({"sources": frame}, only={"sources"}, year=2026)] == [
        "warning"
    ]


def test_only_the_named_tables_are_checked() -> None:
    codes = read_csv_text("practice_id,coder\na-1,mean\n", "practice-codes")
    assert check_atlas_rules({"practice-codes": codes}, only={"facts"}) == []


@pytest.mark.parametrize(
    ("url", "tier"),
    [
        ("https://en.unesco.org/x", "unesco"),
        ("https://notunesco.org/x", "secondary"),
        ("http://unesco.or.kr/1", "unesco"),
        ("https://tjj.ningbo.gov.cn/", "official"),
        ("https://www.cia.gov/x", "official"),
        ("https://gov.scot/x", "official"),
        ("https://go.seoul.co.kr/news", "secondary"),  # a newspaper: go is not its country's domain
        ("https://eprints.gla.ac.uk/1", "secondary"),
        ("https://gla.ac.uk/1", "official"),
        ("https://es.scribd.com/d", "mirror"),
        ("http://210.236.107.217/x", "doubtful"),
        ("https://elpais.com/x", "secondary"),
        ("http://[broken", "secondary"),
    ],
)
def test_tier_follows_the_host(url: str, tier: str) -> None:
    assert Yardsticks(shipped_rows).tier(url) == tier


def test_an_exception_goes_before_the_host() -> None:
    known = Yardsticks(shipped_rows)
    assert known.tier("https://edcities.org/x") == "official"
    assert known.tier("https://edcities.org/x", "s0722") == "secondary"


def test_tiers_of_the_shipped_sources_are_those_of_the_rule() -> None:
    known, rows = Yardsticks(shipped_rows), shipped_rows("sources")
    assert len(rows) == 1199
    assert [r["source_id"] for r in rows if known.tier(r["url"], r["source_id"]) != r["tier"]] == []


def test_the_first_rule_that_fits_is_the_nearest_host() -> None:
    rules = [
        {"match": "host", "host": "city.org", "tier": "official"},
        {"match": "host", "host": "copies.city.org", "tier": "mirror"},
        {"match": "pattern", "host": r"\.org$", "tier": "doubtful"},
        {"match": "any", "host": "*", "tier": "secondary"},
    ]
    known = Yardsticks(lambda name: rules if name == "tier-rules" else [])
    assert [known.tier(f"https://{h}/") for h in ("a.copies.city.org", "city.org", "b.org", "c.com")] == [
        "mirror",
        "official",
        "doubtful",
        "secondary",
    ]


@given(
    st.sampled_from(sorted({table for table, _ in RULES})),
    st.lists(st.text(max_size=12), min_size=12, max_size=12),
)
def test_no_cell_makes_a_rule_stumble(table: str, values: list[str]) -> None:
    # A user's file reaches the rules after its schema was checked, yet nothing here may rely on it.
    columns = [f.name for f in lc.atlas_schemas()[table].fields] if table != "rounds" else ["country_iso3"]
    frame = pd.DataFrame([dict(zip(columns, values, strict=False))], index=[2], dtype="str").fillna("")
    for finding in check_atlas_rules({table: frame}, known={}, year=2026):
        assert finding.table == table
        assert finding.row == 2
        assert finding.text.zh


@given(st.text())
def test_every_text_has_a_tier(url: str) -> None:
    assert shipped_yardsticks().tier(url) in {"unesco", "official", "secondary", "mirror", "doubtful"}
