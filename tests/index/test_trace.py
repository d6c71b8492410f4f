"""The trace: every score leads down to its values, facts and sources; nothing is left out in silence."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import learningcity as lc
from learningcity.core import UnknownNameError
from learningcity.index.build import build_index
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import Structure

TREE = Structure.of({"INDEX": {"A": ["a", "b"], "B": ["c"]}})
FRAME = pd.DataFrame({"a": [1.0, 2, 3], "b": [np.nan, 1, 2], "c": [2.0, 2, 4]}, index=list("xyz"))


def test_each_score_is_the_sum_of_its_shares():
    built = build_index(FRAME, IndexSpec(TREE, weights={"a": 3, "B": 2}))
    for unit in FRAME.index:
        for code in ("INDEX", "A", "B", "a"):
            rows = built.trace(unit, code).table().set_index("code")
            leaves = rows[rows["level"] == 1]
            assert list(leaves.index) == list(TREE.leaves(code))
            total = (leaves["weight"] * leaves["score"]).sum()
            assert total == pytest.approx(built.scores.at[unit, code])
            assert leaves["weight"].sum() == pytest.approx(1.0)


def test_what_is_missing_or_imputed_is_told():
    built = build_index(FRAME, IndexSpec(TREE))
    found = built.trace("x")
    cell = found.table().set_index("code").loc["b"]
    assert (cell["origin"], cell["share"], cell["weight"]) == ("missing", 0, 0)
    assert "1 missing" in found.summary()
    assert "缺失1项" in found.summary("zh")
    filled = build_index(FRAME, IndexSpec(TREE, impute="mean")).trace("x").table().set_index("code")
    assert filled.at["b", "origin"] == "imputed"
    assert np.isnan(filled.at["b", "value"])
    assert filled.at["b", "imputed"] == pytest.approx(1.5)
    assert found.to_dict()["table"][0]["code"] == "INDEX"


def test_unknown_units_and_codes():
    built = build_index(FRAME, IndexSpec(TREE))
    with pytest.raises(UnknownNameError, match="nowhere"):
        built.trace("nowhere")
    with pytest.raises(UnknownNameError, match="nothing"):
        built.trace("x", "nothing")


def test_shares_that_are_a_units_own_are_not_claimed():
    spec = IndexSpec(
        TREE,
        normalise=("minmax", {"lower": 1}),
        aggregate={2: ("benefit_of_the_doubt", {"lower": 0, "upper": 1})},
    )
    built = build_index(FRAME, spec)
    assert not built.trace("x").unit_weights
    assert built.trace("x", "a").unit_weights


def test_facts_and_sources_of_a_table_of_facts():
    cell = {"kind": "metro", "year": 2023, "facts": ("f1", "f2"), "sources": ("s1",), "disagree": True}
    none = {"kind": "empty", "year": None, "facts": (), "sources": (), "disagree": False}
    origin = pd.DataFrame(
        {c: [SimpleNamespace(**(none if np.isnan(v) else cell)) for v in FRAME[c]] for c in FRAME},
        index=FRAME.index,
    )
    found = build_index(SimpleNamespace(values=FRAME, origin=origin), IndexSpec(TREE)).trace("x")
    rows = found.table().set_index("code")
    assert rows.loc["a", ["origin", "year", "fact_ids"]].tolist() == ["metro", 2023, ("f1", "f2")]
    assert rows.at["b", "origin"] == "missing"
    assert rows.at["a", "disagree"]
    assert (found.fact_ids, found.source_ids) == (("f1", "f2"), ("s1",))
    assert "2 facts from 1 sources" in found.summary()


def test_every_cell_of_the_atlas_leads_to_facts_that_exist():
    atlas = lc.load_atlas()
    counts = atlas.facts.groupby("indicator_id")["city_id"].nunique().sort_values(ascending=False)
    codes = list(counts.index[:3])
    table = atlas.table(codes)
    values = table.values.dropna(how="all")
    known, sources = set(atlas.facts["fact_id"]), set(atlas.sources["source_id"])
    facts = SimpleNamespace(values=values, origin=table.origin)
    built = build_index(facts, IndexSpec(Structure.of({"INDEX": codes}), normalise="minmax"))
    checked = 0
    for city in values.index[:25]:
        for row in built.trace(city).table().to_dict("records"):
            if row["level"] == 1 and row["origin"] in ("own", "metro"):
                assert row["fact_ids"]
                assert set(row["fact_ids"]) <= known
                assert set(row["source_ids"]) <= sources
                checked += 1
    assert checked > 0
