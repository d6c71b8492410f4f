"""Tables of cases and studies as files: what is read, and what is refused with its place."""

import math

import pytest

import learningcity as lc


def written(folder, name, text, encoding="utf-8"):
    file = folder / name
    file.write_text(text, encoding=encoding)
    return file


def test_cases_numbers_texts_and_missing_values(tmp_path):
    file = written(tmp_path, "t.csv", "town,a,b,region\nElm, 1.5 ,NA,north\nOak,2,-,\n")
    found = lc.read_case_table(file)
    assert list(found.index) == ["Elm", "Oak"]
    assert found["a"].tolist() == [1.5, 2.0]
    assert all(math.isnan(v) for v in found["b"])
    assert found["region"].tolist()[0] == "north"
    assert found["region"].isna().tolist() == [False, True]


def test_the_names_of_cases_are_found(tmp_path):
    assert list(lc.read_case_table(written(tmp_path, "a.csv", "x,case\n1,p\n2,q\n")).index) == ["p", "q"]
    assert list(lc.read_case_table(written(tmp_path, "b.csv", "x,案例\n1,甲\n")).index) == ["甲"]
    numbers = written(tmp_path, "c.csv", "id,x\n1,0\n2,1\n")
    with pytest.raises(lc.InputError, match="holds numbers"):
        lc.read_case_table(numbers)
    assert list(lc.read_case_table(numbers, case="id").index) == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "columns", "said"),
    [
        ("case,x\np,1\np,2\n", None, "cases that occur twice: p"),
        ("case,x\np,1\n,2\n", None, "row 3: case is empty"),
        ("case,x\np,1\nq,45%\n", ["x"], "row 3, column x: '45%' is no number"),
        ("case,x\np,inf\n", ["x"], "'inf' is no number"),
        ("case,x\np,1_0\n", ["x"], "'1_0' is no number"),
        ("case,x\n", None, "no row below"),
        ("case,income\np,1\n", ["incme"], "income"),
    ],
)
def test_odd_tables_are_refused_with_their_place(tmp_path, text, columns, said):
    with pytest.raises((lc.InputError, lc.UnknownNameError), match=said):
        lc.read_case_table(written(tmp_path, "t.csv", text), columns)


def test_a_study_may_be_json(tmp_path):
    written(tmp_path, "t.csv", "case,x,Y\np,1,1\nq,3,0\n")
    text = '{"data": "t.csv", "outcome": "Y", "conditions": ["A"], "inclusion_cut": [0.9, 0.6], "sets": {"A": {"column": "x", "anchors": 2, "kind": "crisp"}}}'
    study = lc.read_qca_study(written(tmp_path, "s.json", text))
    assert study.table_choices == {"inclusion_cut": (0.9, 0.6)}
    assert study.prepare().data["A"].to_dict() == {"p": 0.0, "q": 1.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("outcom = 'Y'", "s.toml: .*outcome"),
        ("outcome = 3", "s.toml, outcome: give a text"),
        ("outcome = ", "is no TOML"),
        ("sets = 3", "s.toml, sets: give a table"),
        ("[sets.A]\ncolumn = 'x'", "sets.A: anchors are missing"),
        ("[sets.A]\nanchor = 2", "sets.A: .*anchors"),
        ("missing = 'ignore'", "ignore"),
        ("[labels.A]\nde = 'x'", "labels.A"),
        ("[atlas]\ncoders = 'A'", "s.toml, atlas: .*coder"),
    ],
)
def test_mistakes_in_a_study_are_told_with_their_key(tmp_path, text, said):
    with pytest.raises((lc.InputError, lc.UnknownNameError), match=said):
        lc.read_qca_study(written(tmp_path, "s.toml", text))


def test_a_set_never_replaces_another_column(tmp_path):
    file = written(tmp_path, "t.csv", "case,x,A\np,1,1\nq,3,0\n")
    study = lc.QcaStudy(outcome="x", sets={"A": {"column": "x", "anchors": 2, "kind": "crisp"}})
    with pytest.raises(lc.InputError, match="replace the column A"):
        study.prepare(file)


def test_missing_values_are_refused_or_left_out_and_named(tmp_path):
    file = written(tmp_path, "t.csv", "case,A,Y\np,1,1\nq,,0\nr,0,\n")
    study = lc.QcaStudy(outcome="~Y", conditions=("A",))
    with pytest.raises(lc.InputError, match=r"q \(A\), r \(Y\)"):
        study.prepare(file)
    found = study.replace(missing="leave_out").prepare(file)
    assert (list(found.data.index), found.left_out) == (["p"], ("q", "r"))
    with pytest.raises(lc.InputError, match="no table of cases"):
        study.prepare()


def test_codes_are_read_with_a_row_a_unit_and_coder(tmp_path):
    file = written(tmp_path, "codes.csv", "unit,coder,law,theme\n1,A,2,3\n1,B,,\n2,A,1,3;4\n")
    found = lc.read_code_table(file, ["unit", "coder"])
    assert found["unit"].tolist() == ["1", "1", "2"]
    assert found["law"].tolist()[::2] == [2.0, 1.0]
    assert math.isnan(found["law"].iloc[1])
    assert found["theme"].isna().tolist() == [False, True, False]
    assert found["theme"].tolist()[::2] == ["3", "3;4"]
    single = lc.read_code_table(written(tmp_path, "one.csv", "unit,coder,theme\n1,A,3\n"), ["theme"])
    assert single["theme"].tolist() == ["3"]


def test_codes_that_cannot_be_read_are_refused_by_name(tmp_path):
    with pytest.raises(lc.UnknownNameError, match="coder"):
        lc.read_code_table(written(tmp_path, "a.csv", "unit,codr\n1,A\n"), ["coder"])
    with pytest.raises(lc.InputError, match="columns that occur twice: law"):
        lc.read_code_table(written(tmp_path, "b.csv", "unit,law,law\n1,2,3\n"))
    with pytest.raises(lc.InputError, match="no row below"):
        lc.read_code_table(written(tmp_path, "c.csv", "unit,law\n"))


def test_columns_without_a_name_are_left_out_if_empty_else_named(tmp_path):
    found = lc.read_case_table(written(tmp_path, "t.csv", "case,x,,\nElm,1,,\nOak,2,,\n"))
    assert found.columns.tolist() == ["x"]
    with pytest.raises(lc.InputError, match="column 3 has values, but no name"):
        lc.read_case_table(written(tmp_path, "u.csv", "case,x,,\nElm,1,7,\nOak,2,,\n"))


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["100", "约500", "300"], "Oak (约500)"),
        (["16.7%", "20%", "NA"], "Elm (16.7%), Oak (20%)"),
        (['"1,200"', "90", "１２"], "Elm (1,200)"),
        (["100", "inf", "300"], "Oak (inf)"),
    ],
)
def test_numbers_that_some_cells_make_a_text_are_told(tmp_path, cells, told):
    notes = []
    rows = "".join(f"{case},{cell},law\n" for case, cell in zip(("Elm", "Oak", "Ash"), cells, strict=True))
    lc.read_case_table(written(tmp_path, "t.csv", "case,x,kind\n" + rows), notes=notes)
    (note,) = notes
    assert f"x is read as text, not as numbers, because of {told}" in note.en
    assert "x按文字而非数字读取" in note.zh
