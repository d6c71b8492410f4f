"""A tiny atlas that a reader can check by eye."""

import pandas as pd
import pytest

from learningcity.atlas import Atlas, atlas_schemas, load_atlas
from learningcity.core import typed


def make_atlas(**tables):
    """Build an atlas from lists of dictionaries; dashes of table names are underscores here."""
    frames = {}
    for name, schema in atlas_schemas().items():
        rows = tables.get(name.replace("-", "_"), [])
        strings = pd.DataFrame([{k: str(v) for k, v in row.items()} for row in rows], dtype="str").fillna("")
        frames[name] = typed(strings, schema)
    if "status" in frames["facts"]:
        frames["facts"]["status"] = frames["facts"]["status"].fillna("reported")
    return Atlas(frames)


@pytest.fixture
def tiny():
    return make_atlas


@pytest.fixture(scope="session")
def atlas():
    return load_atlas()


CITIES = [
    {"city_id": "a", "name_en": "Aa", "name_zh": "甲", "name_local": "Aa", "country_iso3": "IRL"},
    {"city_id": "b", "name_en": "Bb", "name_zh": "乙", "name_local": "Bb", "country_iso3": "CHN"},
]
INDICATORS = [
    {
        "indicator_id": "population",
        "name_en": "Population",
        "name_zh": "人口",
        "unit": "persons",
        "comparable": "yes",
    },
    {"indicator_id": "area", "name_en": "Area", "name_zh": "面积", "unit": "km2", "comparable": "with care"},
    {
        "indicator_id": "population_density",
        "name_en": "Density",
        "name_zh": "密度",
        "unit": "persons/km2",
        "comparable": "with care",
    },
    {
        "indicator_id": "gdp_total",
        "name_en": "GDP",
        "name_zh": "地区生产总值",
        "unit": "USD",
        "comparable": "with care",
    },
]
SOURCES = [
    {"source_id": "s1", "title": "one", "url": "https://a.example/1", "tier": "official"},
    {"source_id": "s2", "title": "two", "url": "https://a.example/2", "tier": "doubtful"},
    {"source_id": "s3", "title": "three", "url": "https://a.example/3", "tier": "unesco"},
]


def fact(number, value, **over):
    base = {
        "fact_id": f"f{number}",
        "city_id": "a",
        "indicator_id": "population",
        "value": value,
        "unit": "persons",
        "year": 2020,
        "scope": "city",
        "as_published": value,
        "source_id": "s1",
    }
    return {**base, **over}


@pytest.fixture
def with_facts():
    def build(*facts, **tables):
        return make_atlas(
            **{"cities": CITIES, "indicators": INDICATORS, "sources": SOURCES, "facts": list(facts), **tables}
        )

    return build


@pytest.fixture
def new_fact():
    return fact


def practice(name, city="a", **over):
    return {
        "practice_id": name,
        "city_id": city,
        "mechanism": "law",
        "title_en": name,
        "title_zh": name,
        "summary_en": name,
        "summary_zh": name,
        "start_year": "",
        "source_id": "s1",
        **over,
    }


def code(name, coder="A", **over):
    return {
        "practice_id": name,
        "coder": coder,
        "mechanism": "law",
        "mechanism_2": "",
        "subject": "learning",
        "level": "own",
        "stance": "done",
        "strength": 2,
        "themes": "",
        "areas": "10",
        "problem": "none",
        "groups": "",
        **over,
    }


@pytest.fixture
def coded():
    """Build an atlas from (practice, code) pairs; city a was awarded in 2015."""

    def build(practices, codes, awards=({"round": 2015, "city_id": "a", "source_id": "s1"},)):
        return make_atlas(
            cities=CITIES,
            indicators=INDICATORS,
            sources=SOURCES,
            practices=practices,
            practice_codes=codes,
            awards=list(awards),
        )

    return build


@pytest.fixture
def new_practice():
    return practice


@pytest.fixture
def new_code():
    return code
