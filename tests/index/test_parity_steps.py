"""All steps before aggregation together: COINr from the raw table to the normalised one, and their meeting."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from learningcity.core import InputError
from learningcity.index.pipeline import prepare
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import Structure

REFERENCE = json.loads((Path(__file__).parent / "reference" / "composite.json").read_text())
FRAME = pd.DataFrame(REFERENCE["data"], index=REFERENCE["units"], dtype=float)
DIRECTIONS = dict(zip(REFERENCE["indicators"], REFERENCE["direction"], strict=True))
TREE = Structure.of({"INDEX": REFERENCE["indicators"]}, DIRECTIONS)


def test_from_the_raw_table_to_the_normalised_one_as_coinr():
    spec = IndexSpec(TREE, impute="median", treat="winsorise", normalise="minmax")
    prepared = prepare(FRAME, spec)
    for step, theirs in (
        ("imputed", REFERENCE["impute"]["median"]),
        ("treated", REFERENCE["treat"]["data"]),
        ("normalised", REFERENCE["normalise"]["minmax_0_100"]),
    ):
        expected = pd.DataFrame(theirs, index=FRAME.index, dtype=float)
        pd.testing.assert_frame_equal(getattr(prepared, step), expected, rtol=1e-8, atol=1e-7)
    counts = dict(zip(REFERENCE["indicators"], REFERENCE["treat"]["details"]["winsorise.nwin"], strict=True))
    assert {c: t.low + t.high for c, t in prepared.treatments.items()} == {
        c: n or 0 for c, n in counts.items()
    }


def of_reference(unit):
    meta = Structure.of({"INDEX": ["a"]}).to_frame().astype(object)
    meta.loc[0, "Reference"] = unit
    return Structure.from_frame(meta)


def test_a_unit_may_be_the_reference():
    frame = pd.DataFrame({"a": [1.0, 3.0, 5.0]}, index=["x", "y", "z"])
    prepared = prepare(frame, IndexSpec(of_reference("y"), normalise="distance_to_reference"))
    assert prepared.normalised["a"].tolist() == [0, 1, 2]
    assert prepared.structure.by_code["a"].reference == 3
    with pytest.raises(InputError, match=r"not in the table.*a \(q\)"):
        prepare(frame, IndexSpec(of_reference("q"), normalise="distance_to_reference"))
    two = Structure.of({"INDEX": ["a", "b"]}).to_frame().astype(object)
    two.loc[0, "Reference"] = "y"
    with pytest.raises(InputError, match=r"without a value: a \(y\)"):
        prepare(
            frame.assign(a=[1.0, np.nan, 5.0], b=[1.0, 2.0, 3.0]),
            IndexSpec(Structure.from_frame(two), normalise={"a": "distance_to_reference"}),
        )


def test_a_target_in_the_old_unit_does_not_meet_a_logarithm():
    meta = Structure.of({"INDEX": ["a"]}).to_frame()
    meta.loc[0, "Target"] = 50.0
    tree = Structure.from_frame(meta)
    frame = pd.DataFrame({"a": [1.0, 3.0, 5.0]}, index=["x", "y", "z"])
    with pytest.raises(InputError, match="a: log changed its unit, so distance_to_target no longer fits"):
        prepare(frame, IndexSpec(tree, treat=("log", {"always": True}), normalise="distance_to_target"))
    prepare(frame, IndexSpec(tree, treat="log", normalise="distance_to_target"))
