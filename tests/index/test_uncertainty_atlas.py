"""Sources and coders that disagree, drawn on the shipped atlas; each draw against a plain build."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import learningcity as lc
from learningcity.index import IndexSpec, Structure, build_index, sensitivity, uncertainty
from learningcity.index.uncertainty import engine as module

CODES = ["population", "median_age", "gdp_per_capita", "unemployment_rate"]
TREE = Structure.of(
    {"INDEX": {"people": CODES[:2], "work": CODES[2:]}}, {"median_age": -1, "unemployment_rate": -1}
)


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


@pytest.fixture(scope="module")
def table(atlas):
    """A table of facts of the shipped atlas, all cities with one of the figures at least."""
    whole = atlas.table(CODES)
    kept = whole.values.dropna(how="all").index
    return replace(whole, values=whole.values.loc[kept], origin=whole.origin.loc[kept])


def test_the_shipped_atlas_has_sources_that_disagree(table):
    cells = {(unit, code) for code in CODES for unit, cell in table.origin[code].items() if cell.disagree}
    assert {code for _, code in cells} == {"population", "median_age"}
    assert len(cells) >= 3
    assert all(len({v for _, v in table.origin.at[cell].alternatives}) > 1 for cell in cells)


def of_reference(tree):
    nodes = tuple(replace(n, reference="amman") if n.code == "population" else n for n in tree.nodes)
    return Structure(nodes)


#: Recipe, and whether a step looks across columns, so that each combination is a table of its own.
RECIPES = {
    "nothing": ({}, False),
    "treat": ({"treat": "winsorise", "normalise": "zscore"}, False),
    "screen": ({"screen": {"units": 0.5}}, False),
    "mean": ({"screen": 0.25, "impute": "mean"}, False),
    "knn": ({"screen": 0.5, "impute": ("knn", {"neighbours": 3})}, True),
    "zeros": ({"screen": {"non_zero": 0.5}}, True),
    "reference": (
        {"structure": of_reference(TREE), "normalise": {"population": "distance_to_reference"}},
        False,
    ),
}


@pytest.mark.parametrize("name", RECIPES)
def test_each_draw_of_sources_is_the_build_of_the_table_with_their_values(table, name, monkeypatch):
    given, across = RECIPES[name]
    spec = IndexSpec(TREE).replace(**given)
    prepared, plain = [], module.fill
    monkeypatch.setattr(module, "fill", lambda *args: prepared.append(1) or plain(*args))
    found = uncertainty(table, spec, {"sources": True}, draws=120, seed=4, keep=True)
    cells = {f"{c.unit} {c.code}": c for c in found.factors.cells}
    assert len(cells) >= 3
    picked = found.kept["choices"]
    assert list(picked.columns) == list(cells)
    combinations = picked.drop_duplicates()
    assert len(combinations) > 8
    within = [len(picked[[k for k in cells if cells[k].code == c]].drop_duplicates()) for c in CODES[:2]]
    assert len(prepared) <= (len(combinations) if across else 1 + sum(within))
    built = {}
    for d, row in picked.iterrows():
        key = tuple(row)
        if key not in built:
            values = table.values.copy()
            for cell, value in zip(cells.values(), key, strict=True):
                values.loc[cell.unit, cell.code] = value
            built[key] = build_index(values, spec)
        units = built[key].scores.index
        drawn = found.kept["scores"].loc[d]
        np.testing.assert_array_equal(drawn[units], built[key].scores["INDEX"])
        np.testing.assert_array_equal(found.kept["ranks"].loc[d, units], built[key].ranks["INDEX"])
        assert drawn.drop(units).isna().all()
    assert len({tuple(b.scores["INDEX"]) for b in built.values()}) > (1 if given.get("screen") else 8)


def test_sources_are_one_choice_of_the_sensitivity_analysis(table):
    spec = IndexSpec(TREE, screen=0.5, impute="mean")
    found = sensitivity(table, spec, {"sources": True, "weights": {"noise": 0.2}}, draws=64, seed=1)
    shares = found.overall["total"]
    assert set(shares.index) == {"sources", "weights"}
    assert (shares > 0).all()
