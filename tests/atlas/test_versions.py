"""Every result of the atlas says from which package and which tables it comes."""

import json
import re
from dataclasses import fields, replace

import pytest

import learningcity as lc
from learningcity.atlas.versions import AtlasResult
from learningcity.core import Result

ASKED = {
    "FactTable": lambda atlas: atlas.table(["population", "population_density"]),
    "ConditionEvidence": lambda atlas: atlas.condition_evidence("wuhan", "law"),
    "AgreementResult": lambda atlas: atlas.agreement(draws=2),
    "PracticeMatrix": lambda atlas: atlas.practice_matrix(),
    "CodingInfluence": lambda atlas: atlas.coding_influence(),
    "Trace": lambda atlas: atlas.trace(city="wuhan", condition="law"),
    "SearchResult": lambda atlas: atlas.search_practices("law"),
    "RoundEligibility": lambda atlas: lc.who_may_apply(2024, atlas=atlas),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_result_carries_the_versions_of_the_atlas_that_was_asked(atlas, name):
    found = ASKED[name](atlas)
    assert type(found).__name__ == name
    told = json.loads(json.dumps(found.to_dict()))
    assert told["versions"] == {"learningcity": lc.__version__, "data": lc.data_version(atlas)}
    assert lc.plain(found) == found.to_dict()


def test_every_way_of_asking_names_the_atlas(atlas):
    every = [
        atlas.trace("f0403"),
        atlas.trace(city="wuhan", indicator="population"),
        atlas.search("law"),
        *atlas.coding_influence().matrices.values(),
    ]
    assert {one.versions["data"] for one in every} == {lc.data_version(atlas)}


def test_no_result_of_the_atlas_is_forgotten():
    def below(kind):
        return {c for one in kind.__subclasses__() for c in (one, *below(one))}

    for name in ASKED:
        assert name in {c.__name__ for c in below(AtlasResult)}
    # These tell of files that were written, not of tables that were asked.
    told_of_files = {"BuildReport", "OverlayReport", "UndoReport"}
    plain = {c.__name__ for c in below(Result) if c.__module__.startswith("learningcity.atlas")}
    assert plain - {"AtlasResult"} - told_of_files == set(ASKED)


def test_other_tables_give_another_version(atlas):
    fewer = replace(atlas, frames={**atlas.frames, "cities": atlas.frames["cities"].head(9)})
    assert fewer.trace("f0001").versions["data"] == lc.data_version(fewer) != lc.data_version(atlas)
    assert re.fullmatch("[0-9a-f]{12}", lc.data_version(fewer))


def test_a_result_without_an_atlas_says_so(atlas):
    alone = replace(atlas.table("population"), asked=None)
    assert alone.to_dict()["versions"] == {"learningcity": lc.__version__, "data": None}


def test_the_atlas_is_neither_printed_nor_compared(atlas):
    asked = next(f for f in fields(AtlasResult) if f.name == "asked")
    assert not asked.repr
    assert not asked.compare
    assert "Atlas:" not in repr(atlas.search("law"))
