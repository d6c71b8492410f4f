"""Tables of values, panels and names as people bring them; documents in three notations."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learningcity.core import InputError
from learningcity.index.documents import read_document, write_document
from learningcity.index.files import index_spec_from_table, read_index_spec
from learningcity.index.value_files import read_index_panel, read_index_values, read_unit_names

PANEL = "uCode,uName,Time,a\nx,Xanten,2021,2\ny,,2020,\nx,Xanten,2020,1\n"


def written(tmp_path, text, name="d.csv"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def test_a_panel_is_one_table_a_year_in_the_order_of_time(tmp_path):
    found = read_index_panel(written(tmp_path, PANEL))
    assert list(found) == [2020, 2021]
    assert found[2020]["a"].to_dict() == {"y": pytest.approx(float("nan"), nan_ok=True), "x": 1.0}
    assert found[2021]["a"].to_dict() == {"x": 2.0}


def test_years_of_a_workbook_are_years(tmp_path):
    frame = pd.DataFrame({"uCode": ["x", "x"], "Time": [2020.0, 2021.0], "a": [1, 2]})
    frame.to_excel(tmp_path / "d.xlsx", index=False)
    assert list(read_index_panel(tmp_path / "d.xlsx")) == [2020, 2021]


def test_names_are_those_that_are_there(tmp_path):
    assert read_unit_names(written(tmp_path, PANEL)) == {"x": "Xanten"}
    assert read_unit_names(written(tmp_path, "uCode,a\nx,1\n")) == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("uCode,a\nx,1\n", ["d.csv", "no column Time"]),
        ("uCode,Time,a\nx,2020,1\ny,last,1\n", ["row 3", "Time", "'last'"]),
        ("uCode,Time,a\nx,,1\n", ["row 2", "Time"]),
        ("uCode,Time,a\n,2020,1\n", ["row 2", "uCode is empty"]),
        ("uCode,Time,a,a\nx,2020,1,2\n", ["twice", "a"]),
        ("uCode,Time,a\n", ["no row below"]),
    ],
)
def test_what_is_no_panel_is_told(tmp_path, text, words):
    with pytest.raises(InputError) as told:
        read_index_panel(written(tmp_path, text))
    assert all(word in told.value.text.en for word in words)


def test_older_chinese_is_read_only_where_it_can_be_said(tmp_path):
    (tmp_path / "d.csv").write_bytes("uCode,uName,a\nx,武汉学习型城市,1\n".encode("gbk"))
    notes = []
    assert read_index_values(tmp_path / "d.csv", notes=notes).at["x", "a"] == 1.0
    assert len(notes) == 1
    with pytest.raises(InputError, match="UTF-8"):
        read_index_values(tmp_path / "d.csv")


# --- documents ------------------------------------------------------------------------------------

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
leaves = (
    texts | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    leaves,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(texts, below, max_size=3),
    max_leaves=8,
)


@settings(max_examples=50)
@given(document=st.dictionaries(texts, values, max_size=4))
@pytest.mark.parametrize("ending", ["toml", "json", "yaml"])
def test_any_document_survives_in_any_notation(tmp_path_factory, ending, document):
    file = tmp_path_factory.getbasetemp() / f"any-document.{ending}"
    write_document(document, file)
    again = read_document(file)
    assert again == document
    assert json.dumps(again, sort_keys=True) == json.dumps(document, sort_keys=True)


def test_yaml_is_read_as_its_version_1_2_means_it(tmp_path):
    text = "no: no\n2: [on, 1e-3, 2020-01-01, 010, ~]\nyes: {off: true, '3': 0.5}\n"
    assert read_document(written(tmp_path, text, "d.yml")) == {
        "no": "no",
        "2": ["on", 0.001, "2020-01-01", "010", None],
        "yes": {"off": True, "3": 0.5},
    }


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a: &x [1]\nb: *x\n", "references"),
        ("a: 1\na: 2\n", "twice"),
        ("? [1, 2]\n: 3\n", "key"),
        ("a: !!python/object/apply:os.getcwd []\n", "python"),
        ("a: [1\n", "YAML"),
        ("- a\n", "no keys"),
        ("[" * 5000, "YAML"),
    ],
)
def test_what_yaml_must_not_hold_is_told(tmp_path, text, word):
    with pytest.raises(InputError) as told:
        read_document(written(tmp_path, text, "d.yaml"))
    assert word in told.value.text.en
    assert "d.yaml" in told.value.text.zh


@pytest.mark.parametrize(
    ("cell", "en", "zh"),
    [
        ("45%", "without its sign", "百分号"),
        ("45.5％", "without its sign", "百分号"),
        ("12,345", "separators of thousands", "千位分隔符"),
        ("—", "leave the cell empty", "缺失值请留空"),
        ("暂无", "leave the cell empty", "缺失值请留空"),
        ("1e400", "leave the cell empty", "缺失值请留空"),
    ],
)
def test_a_cell_that_is_no_number_is_named_with_what_to_do_and_the_other_rows(tmp_path, cell, en, zh):
    file = written(tmp_path, f'uCode,a\nx,1\ny,"{cell}"\nz,2\nw,"{cell}"\n')
    with pytest.raises(InputError) as caught:
        read_index_values(file)
    told = caught.value.text
    assert f"row 3, column a: {cell!r}" in told.en
    assert en in told.en
    assert "rows 5" in told.en
    assert f"第3行，a列：{cell!r}" in told.zh
    assert zh in told.zh
    assert "第5行" in told.zh


def test_a_table_of_meanings_in_gb_18030_is_read_with_a_note(tmp_path):
    rows = "Level,iCode,Parent,Type\n1,识字率,指数,Indicator\n2,指数,,Aggregate\n"
    (tmp_path / "meta.csv").write_bytes(rows.encode("gb18030"))
    notes = []
    assert index_spec_from_table(tmp_path / "meta.csv", notes=notes).structure.indicators == ("识字率",)
    assert [("GB 18030" in n.en, "GB 18030" in n.zh) for n in notes] == [(True, True)]
    with pytest.raises(InputError, match="UTF-8"):
        index_spec_from_table(tmp_path / "meta.csv")
    (tmp_path / "index.toml").write_text('structure = "meta.csv"\n', encoding="utf-8")
    assert read_index_spec(tmp_path / "index.toml", notes=notes).structure.top == "指数"


def test_a_document_that_is_a_folder_or_no_utf_8_is_told(tmp_path):
    (tmp_path / "d.toml").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        read_document(tmp_path / "d.toml")
    (tmp_path / "b.toml").write_bytes('a = 1\nb = "武"\n'.encode("gb18030"))
    with pytest.raises(InputError, match=r"b\.toml, line 2: the text is not UTF-8"):
        read_document(tmp_path / "b.toml")
