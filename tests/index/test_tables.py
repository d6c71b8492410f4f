"""The two tables: in and out, from frames, CSV and XLSX, with every check at the door."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import learningcity as lc
from learningcity.core import InputError, UnknownNameError
from learningcity.index.structure import Structure
from learningcity.index.tables import CoinTables, read_coin_tables, write_coin_tables

REFERENCE = json.loads((Path(__file__).parent / "reference" / "composite.json").read_text())


def data():
    return pd.DataFrame(
        {"uCode": ["x", "y", "NA"], "uName": ["Xi", "武汉", "Windhoek"], "Time": [2024, 2024, 2024],
         "skills": [1.5, None, 3.25], "parks": [1 / 3, 2e-7, -5], "people": [10, 20, 30],
         "region": ["NA", "east", None]}
    )  # fmt: skip


def meta():
    return pd.DataFrame(
        [
            (1, "skills", "INDEX", -1, 2, "Indicator", "people", 2.5, "x"),
            (1, "parks", "INDEX", 1, 1, "Indicator", None, None, 4.5),
            (2, "INDEX", None, 1, 1, "Aggregate", None, None, None),
            (None, "people", None, None, None, "Denominator", None, None, None),
            (None, "region", None, None, None, "Group", None, None, None),
        ],
        columns=[
            "Level",
            "iCode",
            "Parent",
            "Direction",
            "Weight",
            "Type",
            "Denominator",
            "Target",
            "Reference",
        ],
    )


def same(one, two):
    pd.testing.assert_frame_equal(one.values, two.values, check_exact=True)
    pd.testing.assert_frame_equal(one.units, two.units, check_dtype=False)
    assert one.structure == two.structure


def test_frames_are_read():
    tables = read_coin_tables(data(), meta())
    assert list(tables.values.columns) == ["skills", "parks"]
    assert list(tables.values.index) == ["x", "y", "NA"]
    assert tables.values.index.name == "uCode"
    assert np.isnan(tables.values.loc["y", "skills"])
    assert tables.units["people"].tolist() == [10, 20, 30]
    assert tables.units["region"].tolist()[:2] == ["NA", "east"]
    node = tables.structure.by_code["skills"]
    assert (node.direction, node.weight, node.denominator, node.target, node.reference) == (
        -1,
        2,
        "people",
        2.5,
        "x",
    )
    assert tables.structure.by_code["parks"].reference == 4.5
    assert tables.to_dict()["iData"][1]["skills"] is None


@pytest.mark.parametrize("name", ["tables.xlsx", "folder"])
def test_what_is_written_is_read_back(tmp_path, name):
    tables = read_coin_tables(data(), meta())
    written = write_coin_tables(tables, tmp_path / name)
    again = read_coin_tables(*written)
    pd.testing.assert_frame_equal(again.values, tables.values, check_exact=True)
    assert again.structure == tables.structure
    assert again.units["people"].tolist() == [10, 20, 30]
    assert again.units["uName"].tolist() == ["Xi", "武汉", "Windhoek"]
    assert again.units["region"].tolist()[:2] == ["NA", "east"]


def test_the_reference_of_coinr_goes_through_files(tmp_path):
    frame = pd.DataFrame(REFERENCE["data"], dtype=float)
    frame.insert(0, "uCode", REFERENCE["units"])
    rows = [
        {"Level": 1, "iCode": c, "Parent": p, "Direction": d, "Weight": w, "Type": "Indicator"}
        for c, p, d, w in zip(
            REFERENCE["indicators"],
            REFERENCE["parent"],
            REFERENCE["direction"],
            REFERENCE["weight"],
            strict=True,
        )
    ]
    rows += [
        {"Level": 2, "iCode": c, "Parent": p, "Weight": w, "Type": "Aggregate"}
        for (c, p), w in zip(REFERENCE["level2"].items(), REFERENCE["level2_weight"], strict=True)
    ]
    rows += [{"Level": 3, "iCode": c, "Parent": "INDEX", "Type": "Aggregate"} for c in ("S1", "S2")]
    rows += [{"Level": 4, "iCode": "INDEX", "Type": "Aggregate"}]
    tables = read_coin_tables(frame, pd.DataFrame(rows))
    weights = REFERENCE["effective_weights"]
    got = tables.structure.effective_weights()
    for code, weight in zip(weights["iCode"], weights["EffWeight"], strict=True):
        assert got[code] == pytest.approx(weight, rel=1e-8)
    same(read_coin_tables(*write_coin_tables(tables, tmp_path / "t.xlsx")), tables)
    same(read_coin_tables(*write_coin_tables(tables, tmp_path / "csv")), tables)


@given(st.lists(st.floats(-1e15, 1e15, allow_subnormal=False), min_size=2, max_size=8))
def test_numbers_survive_the_csv_to_the_bit(tmp_path_factory, numbers):
    frame = pd.DataFrame({"uCode": [f"u{i}" for i in range(len(numbers))], "a": numbers})
    tables = read_coin_tables(frame, Structure.of({"INDEX": ["a"]}).to_frame())
    again = read_coin_tables(*write_coin_tables(tables, tmp_path_factory.mktemp("csv")))
    assert again.values["a"].tolist() == tables.values["a"].tolist()


def test_a_year_is_chosen():
    two = pd.concat([data(), data().assign(Time=2025, parks=[7, 8, 9])])
    with pytest.raises(InputError, match=r"units that occur twice .choose one with time=.: x, y, NA"):
        read_coin_tables(two, meta())
    assert read_coin_tables(two, meta(), time=2025).values["parks"].tolist() == [7, 8, 9]
    assert read_coin_tables(two.assign(Time=lambda f: f["Time"] * 1.0), meta(), time="2024").values.shape == (
        3,
        2,
    )
    with pytest.raises(UnknownNameError):
        read_coin_tables(two, meta(), time=2026)


@pytest.mark.parametrize(
    ("change_data", "change_meta", "words"),
    [
        (lambda d: d.drop(columns="uCode"), None, ["lacks the column uCode"]),
        (lambda d: d.assign(uCode=["x", "x", None]), None, ["row 3", "occur twice", ": x."]),
        (lambda d: d.drop(columns=["skills", "region"]), None, ["without a column", "skills, region"]),
        (lambda d: d.assign(trees=1.0), None, ["without a row in iMeta", "trees"]),
        (lambda d: d.assign(INDEX=1.0), None, ["Aggregates are computed", "INDEX"]),
        (lambda d: d.assign(skills=["1", "2,5", "1_0"]), None, ["skills (y: '2,5')", "skills (NA: '1_0')"]),
        (lambda d: d.assign(parks=[np.inf, True, 1]), None, ["parks (x: inf)", "parks (y: True)"]),
        (lambda d: d.assign(people=["many", 2, 3]), None, ["people (x: 'many')"]),
        (lambda d: d.assign(parks=["NA", "n/a", " "]), None, ["without a single value", "parks"]),
        (lambda d: d.iloc[:0], None, ["no unit"]),
        (None, lambda m: m.assign(Direction=[2, 1, 1, 1, 1]), ["Direction", "skills"]),
        (None, lambda m: m.assign(Weight=["a", 1, 1, 1, 1]), ["Weight", "skills"]),
        (None, lambda m: m.assign(Denominator=["area", None, None, None, None]), ["skills (area)"]),
        (None, lambda m: m.assign(Reference=["z", None, None, None, None]), ["Reference", "skills (z)"]),
        (None, lambda m: m.assign(Lower=[3, 0, None, None, None], Upper=[2, 1, None, None, None]),
         ["Lower is not below Upper: skills."]),
        (None, lambda m: m.drop(columns="Parent"), ["lacks the columns Parent"]),
        (lambda d: d.drop(columns="uCode"), lambda m: m.assign(Type="x"), ["uCode", "Type is none of"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_at_once(change_data, change_meta, words):
    one, two = data(), meta()
    with pytest.raises(InputError) as caught:
        read_coin_tables(change_data(one) if change_data else one, change_meta(two) if change_meta else two)
    for word in words:
        assert word in str(caught.value)
    assert caught.value.text.zh


def test_doubled_columns_are_named():
    doubled = pd.concat([data(), data()[["parks"]]], axis=1)
    with pytest.raises(InputError, match="columns that occur twice: parks"):
        read_coin_tables(doubled, meta())


def test_places_that_cannot_be_read_or_written(tmp_path):
    tables = read_coin_tables(data(), meta())
    with pytest.raises(InputError, match="no file"):
        read_coin_tables(tmp_path / "none.xlsx")
    with pytest.raises(InputError, match="no sheet iMeta"):
        read_coin_tables(data())
    with pytest.raises(InputError, match="xlsx"):
        write_coin_tables(tables, tmp_path / "t.ods")
    with pytest.raises(InputError, match="CoinTables"):
        write_coin_tables("tables", tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_coin_tables(tables, tmp_path / "file" / "below")


def test_a_unit_named_like_a_formula_stays_a_text(tmp_path):
    frame = data().assign(uName=["=1+1", "@x", "-"])
    for name in ("t.xlsx", "folder"):
        again = read_coin_tables(*write_coin_tables(read_coin_tables(frame, meta()), tmp_path / name))
        assert again.units["uName"].tolist() == ["=1+1", "@x", "-"]


def test_it_is_a_value():
    assert isinstance(read_coin_tables(data(), meta()), CoinTables)


def as_r_writes_it(frame):
    """CSV text of a frame as ``write.csv`` of R gives it: NA for what is not there."""
    return frame.to_csv(index=False, na_rep="NA")


def test_tables_that_r_wrote_are_read_alike_by_every_reader(tmp_path):
    data, meta, *_ = lc.write_index_template(tmp_path / "plain")
    expected = lc.read_coin_tables(data, meta)
    assert expected.values.isna().sum().sum() == 1
    for file in (data, meta):
        text = as_r_writes_it(pd.read_csv(file))
        assert ",NA" in text
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    data, meta = tmp_path / "data.csv", tmp_path / "meta.csv"
    both = lc.read_coin_tables(data, meta)
    spec = lc.index_spec_from_table(meta)
    assert both.structure == spec.structure == expected.structure
    assert [n.unit for n in spec.structure.nodes] == [n.unit for n in expected.structure.nodes]
    values = lc.read_index_values(data, spec.structure)
    assert values[list(spec.structure.indicators)].equals(both.values)
    assert both.values.equals(expected.values)


def test_a_code_may_be_called_na():
    data = pd.DataFrame({"uCode": ["x", "y"], "a": [1.0, 2.0]})
    meta = pd.DataFrame(
        {
            "iCode": ["a", "NA", "TOP"], "Parent": ["NA", "TOP", None], "Level": [1, 2, 3],
            "Type": ["Indicator", "Aggregate", "Aggregate"],
        }
    )  # fmt: skip
    assert lc.read_coin_tables(data, meta).structure.node("a").parent == "NA"


@pytest.mark.parametrize(
    ("change", "en", "zh"),
    [
        ({"Weight": [1e308, 1e308, 1]}, "sum to more", "超出数值范围"),
        ({"Level": [1.5, 1, 2]}, "a: Level is 1.5", "a：Level为1.5"),
        ({"Parent": ["I", "I", "I"]}, "Every code has a parent", "每个代码均有上级"),
        ({"iCode": ["a", "b", "rank"], "Parent": ["rank", "rank", None]}, "choose other codes: rank", "代码：rank"),
        ({"Type": ["indicator", "Indikator", "Aggregate"]}, "a, b", "不符者：a、b"),
    ],
)  # fmt: skip
def test_a_table_of_meanings_that_would_give_no_scores_is_refused(change, en, zh):
    meta = {"Level": [1, 1, 2], "iCode": ["a", "b", "I"], "Parent": ["I", "I", None], "Weight": [1, 1, 1],
            "Type": ["Indicator", "Indicator", "Aggregate"]}  # fmt: skip
    with pytest.raises(InputError) as caught:
        Structure.from_frame(pd.DataFrame(meta | change))
    assert en in caught.value.text.en
    assert zh in caught.value.text.zh


@pytest.mark.parametrize("weight", ["x", None, float("nan"), float("inf")])
def test_a_weight_of_a_recipe_that_is_no_number_is_refused(weight):
    with pytest.raises(InputError, match="a: Weight is"):
        Structure.of({"I": ["a", "b"]}).reweighted({"a": weight})
