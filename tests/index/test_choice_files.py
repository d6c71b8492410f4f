"""What varies, read from a file, is what the analyses take."""

import json

import pandas as pd
import pytest

from learningcity.core import InputError, UnknownNameError
from learningcity.index import IndexSpec, Structure, sensitivity, uncertainty
from learningcity.index.choice_files import read_index_choices, write_index_choices
from learningcity.index.files import read_index_spec
from learningcity.index.methods import Choice
from learningcity.index.source_files import read_index_sources
from learningcity.index.template import write_index_template
from learningcity.index.value_files import read_index_values

TREE = Structure.of({"INDEX": {"people": ["skills", "access"], "place": ["parks"]}})
SPEC = IndexSpec(TREE)
VALUES = pd.DataFrame(
    {"skills": [1.0, 5.0, 3.0, 8.0], "access": [2.0, 9.0, 4.0, 1.0], "parks": [7.0, 1.0, 3.0, 2.0]},
    index=pd.Index(["u1", "u2", "u3", "u4"], name="uCode"),
)
CHOICES = {
    "methods": {"normalise": ["minmax", ("minmax", {"upper": 1.0}), "zscore"], "treat": [None, "winsorise"]},
    "levels": {"aggregate": {3: ["arithmetic", "minimum"], 2: ["arithmetic"]}},
    "codes": {"normalise": {"parks": ["minmax", None], None: ["zscore"]}},
    "likely": {"normalise": {"minmax": 0.75, "zscore": 0.25}, "drop": {None: 2, "access": 1}},
    "noise": {"weights": {"noise": 0.25, "of": [None, {"skills": 2.0}, "pca"]}},
    "noise by level": {"weights": {"noise": {"1": 0.1, "2": 0.25}}},
    "dirichlet": {"weights": {"dirichlet": 50}},
    "drop": {"drop": [None, "access", ("access", "parks")]},
    "screen": {"screen": [None, {"units": 0.5}]},
}


@pytest.mark.parametrize("ending", ["toml", "json", "yaml"])
@pytest.mark.parametrize("name", CHOICES)
def test_round_trip_gives_equal_choices(tmp_path, name, ending):
    file = write_index_choices(CHOICES[name], tmp_path / f"choices.{ending}")
    again = read_index_choices(file, SPEC)
    assert again == CHOICES[name]
    assert read_index_choices(write_index_choices(again, file), SPEC) == again


WRITTEN = """
normalise:
  - {alternative: [minmax, {upper: 1.0}], probability: 3}
  - {alternative: zscore, probability: 1}
weights:
  - {alternative: none, probability: 1}
  - {alternative: {skills: 2.0}, probability: 3}
aggregate:
  3: [arithmetic, minimum]
drop: [none, access]
"""


def test_parameters_and_weights_may_have_probabilities(tmp_path):
    (tmp_path / "c.yaml").write_text(WRITTEN)
    choices = read_index_choices(tmp_path / "c.yaml", SPEC)
    found = uncertainty(VALUES, SPEC, choices, draws=300, seed=1)
    said = {f.name: dict(zip(f.labels, f.probabilities, strict=True)) for f in found.factors.factors}
    assert said == {
        "normalise": {"minmax(upper=1.0)": 0.75, "zscore": 0.25},
        "weights": {"none": 0.25, "{'skills': 2.0}": 0.75},
        "aggregate 3": {"arithmetic": 0.5, "minimum": 0.5},
        "drop": {"none": 0.5, "access": 0.5},
    }
    # The same as said in Python, where such alternatives are equally likely when each is written out.
    spoken = {
        "normalise": [*3 * [("minmax", {"upper": 1.0})], "zscore"],
        "weights": [None, *3 * [{"skills": 2.0}]],
        "aggregate": {3: ["arithmetic", "minimum"]},
        "drop": [None, "access"],
    }
    other = uncertainty(VALUES, SPEC, spoken, draws=4000, seed=2)
    long = uncertainty(VALUES, SPEC, choices, draws=4000, seed=3)
    assert (long.ranks["mean"] - other.ranks["mean"]).abs().max() < 0.08
    assert {*sensitivity(VALUES, SPEC, choices, draws=16).overall.index} == {*said}


def test_coders_are_tables_beside_the_file(tmp_path):
    other = VALUES.assign(parks=[1.0, 9.0, 3.0, 2.0])
    file = write_index_choices({"coders": {"A": VALUES, "B b": other}}, tmp_path / "choices.toml")
    assert {f.name for f in tmp_path.iterdir()} == {"choices.toml", "choices-A.csv", "choices-B_b.csv"}
    again = read_index_choices(file, SPEC)["coders"]
    assert list(again) == ["A", "B b"]
    pd.testing.assert_frame_equal(again["B b"], other, check_index_type=False, check_column_type=False)
    drawn = uncertainty(VALUES, SPEC, {"coders": again}, draws=200, seed=1, keep=True)
    assert set(drawn.kept["choices"]["coders"]) == {"A", "B b"}


def test_sources_are_a_long_table_beside_the_file(tmp_path):
    (tmp_path / "sources.csv").write_text(
        "uCode,iCode,value,source,page\nu1,parks,7,Census,3\nu1,parks,0,Yearbook,9\nu2,parks,1,Census,3\n"
    )
    (tmp_path / "c.json").write_text('{"sources": "sources.csv"}')
    choices = read_index_choices(tmp_path / "c.json", SPEC)
    found = uncertainty(choices["sources"].over(VALUES), SPEC, choices, draws=400, seed=1, keep=True)
    assert set(found.kept["choices"]["u1 parks"]) == {7.0, 0.0}
    assert [c.to_dict() if hasattr(c, "to_dict") else (c.unit, c.code) for c in found.factors.cells] == [
        ("u1", "parks")
    ]
    again = read_index_choices(write_index_choices(choices, tmp_path / "again.yaml"), SPEC)
    assert again["sources"].rows.equals(choices["sources"].rows)


def test_denominators_are_tables_beside_the_file(tmp_path):
    frame = pd.DataFrame({"people": [1.0, 2.0, 3.0, 4.0]}, index=VALUES.index)
    tree = Structure.from_frame(
        pd.DataFrame(
            {
                "Level": [1, 2, None],
                "iCode": ["a", "I", "people"],
                "Parent": ["I", None, None],
                "Type": ["Indicator", "Aggregate", "Denominator"],
                "Denominator": ["people", None, None],
            },
            dtype=object,
        )
    )
    spec = IndexSpec(tree, denominate=frame)
    file = write_index_choices({"denominate": [None, frame, frame * 2]}, tmp_path / "c.toml")
    nothing, first, second = read_index_choices(file, spec)["denominate"]
    assert nothing is None
    assert first["by"]["people"].tolist() == [1, 2, 3, 4]
    assert second["by"]["people"].tolist() == [2, 4, 6, 8]


BAD = {
    "key": ({"normalize": ["minmax"]}, ["normalize", "Did you mean normalise"]),
    "method": ({"normalise": ["minmax", "zscor"]}, ["normalise", "Did you mean zscore"]),
    "parameter": ({"normalise": [["minmax", {"uper": 1}], "zscore"]}, ["normalise", "Did you mean upper"]),
    "level": ({"aggregate": {"9": ["minimum"]}}, ["aggregate", "9"]),
    "code": ({"drop": ["none", "park"]}, ["drop", "Did you mean parks"]),
    "no list": ({"normalise": 3}, ["normalise", "3"]),
    "empty": ({"normalise": []}, ["normalise"]),
    "one method": ({"normalise": ["minmax", {"upper": 1.0}]}, ["normalise", "put it into a list"]),
    "twice": ({"normalise": ["minmax", "minmax"]}, ["normalise", "minmax", "twice"]),
    "probability": (
        {"drop": [{"alternative": "parks", "probability": "often"}]},
        ["drop", "often", "number of 0 or more"],
    ),
    "word": ({"drop": [{"alternative": "parks", "likely": 1}]}, ["drop", "likely", "probability"]),
    "half": ({"drop": ["none", {"alternative": "parks", "probability": 1}]}, ["drop", "or none"]),
    "all zero": ({"normalise": {"minmax": 0, "zscore": 0}}, ["normalise", "not all 0"]),
    "noise": ({"weights": {"noise": 2}}, ["weights", "noise", "2"]),
    "spread": ({"weights": {"noise": 0.1, "off": []}}, ["weights", "off"]),
    "coders": ({"coders": ["a.csv"]}, ["coders", "for each coder"]),
    "coder": ({"coders": {"A": 1}}, ["coders", "1"]),
    "no file": ({"coders": {"A": "nowhere.csv"}}, ["coders", "nowhere.csv"]),
    "sources": ({"sources": True}, ["sources", "True"]),
    "nothing": ({}, ["nothing varies"]),
    "number": ({"drop": [1]}, ["drop", "1"]),
}


@pytest.mark.parametrize("name", BAD)
def test_errors_name_file_and_key(tmp_path, name):
    given, words = BAD[name]
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(given), encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_index_choices(file, SPEC)
    for word in ["mine.json", *words]:
        assert word in told.value.text.en
    assert "mine.json" in told.value.text.zh


def test_what_no_file_can_hold_is_refused(tmp_path):
    for given, word in (
        ({"normalise": [("minmax", {"upper": float("nan")})]}, "normalise"),
        ({"sources": True}, "read_index_sources"),
        ([], "mapping"),
    ):
        with pytest.raises(InputError, match=word):
            write_index_choices(given, tmp_path / "c.toml")
    with pytest.raises(UnknownNameError, match="normalise"):
        write_index_choices({"normalize": ["minmax"]}, tmp_path / "c.toml")
    with pytest.raises(InputError, match=r"c\.ini"):
        write_index_choices({"drop": ["parks"]}, tmp_path / "c.ini")
    assert not list(tmp_path.iterdir())


def test_the_example_reads_and_draws(tmp_path):
    data, _, recipe, varies, _ = write_index_template(tmp_path / "new")
    spec = read_index_spec(recipe)
    choices = read_index_choices(varies, spec)
    found = uncertainty(read_index_values(data, spec.structure), spec, choices, draws=200, seed=1)
    assert found.factors.names == ("impute", "normalise", "aggregate 3", "drop", "weights")
    assert not found.failures
    text = varies.read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 110


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("u1,parks,7,Census\nu1,parks,8,Census\n", ["row 3", "Census", "twice"]),
        ("u1,park,7,Census\n", ["park", "Did you mean parks"]),
        ("u1,parks,many,Census\n", ["row 2", "many"]),
        ("u1,parks,inf,Census\n", ["row 2", "no finite value"]),
        ("u1,parks,NA,Census\n", ["row 2", "no finite value"]),
        ("u1,parks,,Census\n", ["row 2", "value is empty"]),
        ("u1,parks,7,\n", ["row 2", "source is empty"]),
        ("", ["no row below"]),
    ],
)
def test_what_is_no_table_of_sources_is_told(tmp_path, rows, words):
    (tmp_path / "s.csv").write_text("uCode,iCode,value,source\n" + rows)
    with pytest.raises(InputError) as told:
        read_index_sources(tmp_path / "s.csv", TREE)
    assert all(word in str(told.value) for word in words)


@pytest.mark.parametrize(
    ("row", "words"),
    [("u9,parks,7,Census", ["u9"]), ("u1,parks,8,Census", ["u1", "8", "7"]), ("u3,parks,8,Census", ["u3", "no value"])],
)  # fmt: skip
def test_sources_must_fit_the_values(tmp_path, row, words):
    (tmp_path / "s.csv").write_text(f"uCode,iCode,value,source\n{row}\n")
    values = VALUES.copy()
    values.loc["u3", "parks"] = float("nan")
    with pytest.raises(InputError) as told:
        read_index_sources(tmp_path / "s.csv", TREE).over(values)
    assert all(word in told.value.text.en for word in words)


@pytest.mark.parametrize(
    ("step", "given", "parameter"),
    [("aggregate", ("arithmetic", {"minimum_available": bad}), "minimum_available") for bad in ("x", float("nan"), None, 1.5, -0.1, True)]
    + [("weights", ("ahp", {"comparisons": {}, "limit": bad}), "limit") for bad in ("x", float("nan"), -1, [])],
)  # fmt: skip
def test_a_limit_that_is_no_number_is_refused(step, given, parameter):
    with pytest.raises(InputError, match=parameter) as told:
        Choice.read(step, given)
    assert parameter in told.value.text.zh
    assert Choice.read("weights", ("ahp", {"comparisons": {}, "limit": None})).parameters["limit"] is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('drop = [["parks", "air"], ["air", "parks"]]', "given twice"),
        ('drop = ["air", ["air"]]', "given twice"),
        ('normalise = ["minmax", ["minmax", {}]]', "given twice|is one method"),
        ("drop = [[]]", "neither a code nor a list"),
        ("weights = {dirichlet = inf}", "dirichlet is inf"),
    ],
)
def test_the_same_alternative_in_other_words_is_refused(tmp_path, text, words):
    spec = IndexSpec(Structure.of({"I": {"p": ["air", "parks"], "q": ["jobs"]}}))
    (tmp_path / "c.toml").write_text(text + "\n")
    with pytest.raises(InputError, match=words):
        read_index_choices(tmp_path / "c.toml", spec)
