"""A recipe in a file is the recipe that was written."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learningcity.core import InputError, Text
from learningcity.index import IndexSpec, Node, Structure, build_index
from learningcity.index.catalogue import index_methods
from learningcity.index.files import (
    index_spec_from_table,
    read_index_spec,
    write_index_spec,
)
from learningcity.index.methods import STEPS, methods
from learningcity.index.template import write_index_template
from learningcity.index.value_files import read_index_values

TREE = Structure.of({"INDEX": {"people": ["skills", "access"], "place": ["parks"]}}, {"access": -1})
META = (
    "Level,iCode,Parent,Direction,Weight,Type,iName,iName_zh\n"
    "1,skills,INDEX,1,2,Indicator,Skills,技能\n1,parks,INDEX,-1,1,Indicator,Parks,公园\n"
    "2,INDEX,,1,1,Aggregate,Index,指数\n,people,,,,Denominator,People,人口\n"
)
SPECS = {
    "defaults": IndexSpec(TREE),
    "nothing normalised": IndexSpec(TREE, normalise=None),
    "parameters": IndexSpec(TREE, normalise=("minmax", {"lower": 1.0, "flat": 50.0})),
    "levels": IndexSpec(
        TREE,
        normalise={1: "minmax", "parks": ("minmax", {"upper": 1.0}), 2: "minmax"},
        aggregate={2: ("arithmetic", {"minimum_available": 0.5}), None: "arithmetic"},
    ),
    "weights": IndexSpec(TREE, weights={"skills": 3.0, "place": 0.25}),
    "screen": IndexSpec(TREE, screen={"units": 0.65, "indicators": 0.5}),
    "a part left as it is": IndexSpec(TREE, normalise={"parks": None, None: "minmax"}),
}


@pytest.mark.parametrize("ending", ["toml", "json", "yaml", "yml"])
@pytest.mark.parametrize("name", SPECS)
def test_round_trip_gives_an_equal_recipe(tmp_path, name, ending):
    spec = SPECS[name]
    again = read_index_spec(write_index_spec(spec, tmp_path / f"spec.{ending}"))
    assert again == spec
    assert again.to_dict() == spec.to_dict()


@settings(max_examples=40)
@given(
    name=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20),
    weight=st.floats(1e-300, 1e300),
    target=st.floats(allow_nan=False, allow_infinity=False) | st.none(),
)
@pytest.mark.parametrize("ending", ["toml", "json", "yaml", "yml"])
def test_any_name_and_number_survives(tmp_path_factory, ending, name, weight, target):
    label = Text(name or "x", name or "x")
    nodes = (
        Node("a b.c", "顶", 1, weight=weight, target=target, name=label, denominator="d"),
        Node("顶", None, 2, kind="Aggregate", name=label),
    )
    spec = IndexSpec(Structure(nodes, (Node("d", None, 1, kind="Denominator", name=label),)))
    file = tmp_path_factory.getbasetemp() / f"spec-of-any-name.{ending}"
    assert read_index_spec(write_index_spec(spec, file)).structure.nodes == spec.structure.nodes


def test_the_structure_may_be_a_table_beside_the_file(tmp_path):
    (tmp_path / "meta.csv").write_text(META, encoding="utf-8")
    (tmp_path / "spec.toml").write_text('structure = "meta.csv"\n', encoding="utf-8")
    spec = read_index_spec(str(tmp_path / "spec.toml"))
    assert spec.structure.indicators == ("skills", "parks")
    assert spec.structure.by_code["skills"].name == Text("Skills", "技能")
    assert spec.structure.by_code["parks"].direction == -1
    assert [n.code for n in spec.structure.others] == ["people"]
    assert spec == IndexSpec(spec.structure)


def test_denominators_travel_in_a_table_beside_the_file(tmp_path):
    frame = pd.DataFrame({"people": [1.5, 2.0]}, index=pd.Index(["u1", "u2"], name="uCode"))
    file = write_index_spec(IndexSpec(TREE, denominate=frame), tmp_path / "spec.toml")
    assert (tmp_path / "spec-denominators.csv").is_file()
    again = read_index_spec(file).denominate
    pd.testing.assert_frame_equal(again, frame, check_index_type=False, check_column_type=False)


ROWS = [
    {"Level": 1, "iCode": "a", "Parent": "I", "Type": "Indicator"},
    {"Level": 2, "iCode": "I", "Type": "Aggregate"},
]
BAD = {
    "step": ({"normalize": "minmax"}, ["normalize", "normalise"]),
    "method": ({"normalise": "minmx"}, ["normalise", "minmx", "Did you mean minmax"]),
    "parameter": ({"normalise": ["minmax", {"uper": 1}]}, ["normalise", "Did you mean upper"]),
    "level": ({"aggregate": {"7": "arithmetic"}}, ["aggregate", "7"]),
    "code": ({"normalise": {"aa": "minmax"}}, ["normalise", "aa", "Did you mean a"]),
    "kind": ({"aggregate": 3}, ["aggregate", "3"]),
    "weight": ({"weights": {"b": 1}}, ["weights", "b"]),
    "column": ({"structure": [{**ROWS[0], "Wieght": 1}]}, ["structure", "row 1", "Weight"]),
    "tree": ({"structure": ROWS[:1]}, ["structure", "no code of the structure: a"]),
    "no structure": ({"structure": None}, ["structure"]),
    "structure": ({"structure": 3}, ["structure", "int"]),
    "no table": ({"structure": "nowhere.csv"}, ["structure", "nowhere.csv"]),
}


@pytest.mark.parametrize("name", BAD)
def test_errors_name_file_key_and_near_names(tmp_path, name):
    given_, words = BAD[name]
    file = tmp_path / "mine.json"
    file.write_text(json.dumps({"structure": ROWS, **given_}), encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_index_spec(file)
    for word in ["mine.json", *words]:
        assert word in told.value.text.en
    assert "mine.json" in told.value.text.zh


@pytest.mark.parametrize(
    ("file", "content"),
    [("a.toml", b"x = "), ("a.json", b"{"), ("a.json", b"[1]"), ("a.toml", b"\xff\xfe"), ("a.yaml", b""), ("a.yaml", b"a: [1"), ("a.yaml", b"a: 1\na: 2"), ("a.yml", b"a: &x 1\nb: *x"), ("a.yaml", b"a: !!python/object:os.x {}"), ("a.ini", b""), ("a.toml", None)],
)  # fmt: skip
def test_what_is_no_recipe_is_told(tmp_path, file, content):
    if content is not None:
        (tmp_path / file).write_bytes(content)
    with pytest.raises(InputError, match=file):
        read_index_spec(tmp_path / file)


def test_what_a_file_cannot_hold_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"spec\.ini"):
        write_index_spec(SPECS["defaults"], tmp_path / "spec.ini")
    bad = IndexSpec(TREE, normalise=("minmax", {"upper": float("nan")}))
    with pytest.raises(InputError, match="normalise"):
        write_index_spec(bad, tmp_path / "spec.toml")
    assert not list(tmp_path.iterdir())


# --- values and the worked example ----------------------------------------------------------------


def test_values_are_read_as_numbers(tmp_path):
    (tmp_path / "d.csv").write_text("uCode,uName,Time,a,b\nu1,One,2024,1,\nu2,Two,2024,2.5,-3e2\n")
    frame = read_index_values(tmp_path / "d.csv")
    assert frame.index.tolist() == ["u1", "u2"]
    assert frame["a"].tolist() == [1.0, 2.5]
    assert frame["b"].isna().tolist() == [True, False]


def test_values_are_read_from_a_workbook(tmp_path):
    with pd.ExcelWriter(tmp_path / "d.xlsx") as book:
        pd.DataFrame({"note": ["x"]}).to_excel(book, sheet_name="notes", index=False)
        pd.DataFrame({"uCode": ["u1"], "a": [4.0]}).to_excel(book, sheet_name="iData", index=False)
    assert read_index_values(tmp_path / "d.xlsx").at["u1", "a"] == 4.0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("uCode,a\nu1,1\nu2,some\n", ["d.csv", "row 3", "column a", "some"]),
        ("ucode,a\nu1,1\n", ["uCode", "Did you mean ucode"]),
        ("", ["d.csv", "empty"]),
    ],
)
def test_what_is_no_table_of_values_is_told(tmp_path, content, words):
    (tmp_path / "d.csv").write_text(content)
    with pytest.raises(InputError) as told:
        read_index_values(tmp_path / "d.csv")
    assert all(word in str(told.value) for word in words)


def test_only_the_indicators_must_be_numbers(tmp_path):
    (tmp_path / "d.csv").write_text("uCode,skills,access,parks,side\nu1,1,2,3,north\nu2,2,4,1,south\n")
    frame = read_index_values(tmp_path / "d.csv", TREE)
    assert frame["side"].tolist() == ["north", "south"]
    assert frame["skills"].dtype == float


def test_the_worked_example_is_whole_and_never_replaced(tmp_path):
    data, meta, recipe, *_ = write_index_template(tmp_path / "new")
    spec = read_index_spec(recipe)
    result = build_index(read_index_values(data, spec.structure), spec)
    assert result.scores["index"].notna().all()
    plainest = index_spec_from_table(meta)
    assert plainest.structure == spec.structure
    # westmoor by hand: lowest of all in two parts, best of all in the third.
    assert result.scores.loc["westmoor", ["inclusive", "prosperous", "green"]].tolist() == [0, 0, 100]
    data.write_text("mine")
    with pytest.raises(InputError, match=r"data\.csv"):
        write_index_template(tmp_path / "new")
    assert data.read_text() == "mine"


def test_every_method_is_in_the_table():
    for language in ("en", "zh"):
        table = index_methods(language)
        known = {(step, name) for step in STEPS for name in methods(step)}
        assert set(zip(table["step"], table["method"], strict=True)) == known
        assert (table["label"] != "").all()
