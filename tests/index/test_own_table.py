"""A table that a person brings: read whole with what was understood, or refused with every cell that is at fault."""

import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import learningcity as lc
from learningcity.index.own_checks import letter

STRUCTURE = b"""Level,iCode,Parent,Direction,Weight,Type,iName,iName_zh,Denominator
1,libraries,people,1,2,Indicator,Libraries,\xe5\x9b\xbe\xe4\xb9\xa6\xe9\xa6\x86,inhabitants
1,noise,people,-1,1,Indicator,Noise,\xe5\x99\xaa\xe5\xa3\xb0,
2,people,,1,1,Aggregate,People,\xe4\xba\xba,
,inhabitants,,,,Denominator,,,
,region,,,,Group,,,
"""
ROWS = b"""uCode,uName,libraries,noise,inhabitants,region,remark
x,Xanten,4,50,2000,west,a
y,Ypern,9,40,3000,west,b
z,Zeist,,70,1000,east,c
w,Wien,3,30,1500,east,d
"""


def file(name, content, **limits):
    return lc.FileBytes(
        name, content.encode() if isinstance(content, str) else content, lc.TableLimits(**limits)
    )


def book(**sheets):
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def refused(*words, data=ROWS, meta=None, name="data.csv"):
    with pytest.raises(lc.InputError) as told:
        lc.read_index_table(file(name, data), file("meta.csv", meta) if meta else None)
    for word in words:
        assert word in told.value.in_("en"), told.value.in_("en")
    named = "meta.csv" if meta and "meta.csv" in words[0] else name
    assert named in told.value.in_("zh")
    return told.value


# --- read -----------------------------------------------------------------------------------------


def test_values_names_groups_and_denominators_are_told_apart():
    table = lc.read_index_table(file("data.csv", ROWS), file("meta.csv", STRUCTURE))
    assert table.values.columns.tolist() == ["libraries", "noise"]
    assert np.isnan(table.values.at["z", "libraries"])
    assert table.names["y"].zh == "Ypern"
    assert (table.groups, table.denominators, table.aside, table.flat) == (("region",), ("inhabitants",), ("remark",), False)  # fmt: skip
    assert table.units.at["x", "inhabitants"] == 2000
    assert [n.en for n in table.notes] == [
        "data.csv, cell G1: the column remark has no row in the structure and was left aside."
    ]
    built = lc.build_index(table.values, table.spec)
    # 4 per 2,000, 9 per 3,000, 3 per 1,500: from 0.002 to 0.003.
    assert built.normalised["libraries"].tolist() == pytest.approx([0, 100, np.nan, 0], nan_ok=True)
    assert built.normalised["noise"].tolist() == [50, 75, 0, 100]


def test_one_workbook_with_both_sheets_gives_the_same_as_two_files():
    meta = [[cell or None for cell in line.split(",")] for line in STRUCTURE.decode().splitlines()]
    rows = [[cell or None for cell in line.split(",")] for line in ROWS.decode().splitlines()]
    rows = [[float(c) if c and c.replace(".", "").isdigit() else c for c in row] for row in rows]
    together = lc.read_index_table(file("both.xlsx", book(iData=rows, iMeta=meta)))
    apart = lc.read_index_table(file("data.csv", ROWS), file("meta.csv", STRUCTURE))
    pd.testing.assert_frame_equal(together.values, apart.values)
    assert together.spec.structure == apart.spec.structure


def test_the_example_of_the_command_line_is_read_as_the_command_line_reads_it(tmp_path):
    files = lc.write_index_template(tmp_path)
    table = lc.read_index_table(files[0], files[1])
    spec = lc.index_spec_from_table(files[1])
    assert table.spec == spec
    pd.testing.assert_frame_equal(
        table.values, lc.read_index_values(files[0], spec.structure), check_index_type=False
    )


def test_without_structure_there_is_one_part_and_more_is_better_unless_said():
    table = lc.read_index_table(file("data.csv", ROWS))
    assert table.flat
    assert table.spec.structure.indicators == ("libraries", "noise", "inhabitants")
    assert table.groups == ("region",)
    turned = table.spec_with_less(["noise"])
    assert turned.structure.by_code["noise"].direction == -1
    assert table.spec.structure.by_code["noise"].direction == 1
    plain = lc.build_index(table.values, turned).normalised["noise"]
    assert plain["w"] == 100
    assert plain["z"] == 0
    with pytest.raises(lc.UnknownNameError):
        table.spec_with_less(["nose"])


def test_what_is_left_aside_is_said():
    found = lc.read_index_table(file("t.csv", "city,a,b,empty,same\nx,1,2,,5\ny,2,1,,5\nz,3,3,,5\n"))
    assert found.aside == ("empty", "same")
    said = " ".join(n.en for n in found.notes)
    assert "'city', is taken as the code" in said
    assert "cell D1: the column empty is empty" in said
    assert "cell E1: the column same holds one and the same value" in said
    assert all("t.csv" in n.zh for n in found.notes)


def test_chinese_of_older_spreadsheets_is_read_and_noted():
    found = lc.read_index_table(
        file("数据.csv", "城市,图书馆,公园\n武汉,3,4\n北京,5,6\n上海,1,2\n".encode("gb18030"))
    )
    assert found.values.at["武汉", "公园"] == 4
    assert "GB 18030" in found.notes[0].zh


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-1e9, 1e9), min_size=4, max_size=9, unique=True))
def test_numbers_are_read_to_the_digit(numbers):
    lines = "".join(f"u{i},{n!r},{i}\n" for i, n in enumerate(numbers))
    found = lc.read_index_table(file("t.csv", f"uCode,a,b\n{lines}"))
    assert found.values["a"].tolist() == numbers


# --- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "said", "told"),
    [
        ("n.d.", "leave the cell empty", "留空"),
        ('"1,5"', "decimal point", "小数点"),
        ("45%", "without its sign", "百分号"),
        ("inf", "no finite value", "有限数值"),
        ("=A1", "result in place of the formula", "计算结果"),
    ],
)
def test_a_cell_that_is_no_number_is_named_with_its_remedy(cell, said, told):
    error = refused("t.csv, row 4, cell C4 (column b)", said, name="t.csv", data=f"uCode,a,b\nx,1,2\ny,2,3\nz,3,{cell}\nw,4,4\n".encode())  # fmt: skip
    assert "第4行，单元格C4（b列）" in error.in_("zh")
    assert told in error.in_("zh")


def test_a_column_of_decimal_commas_is_no_group():
    error = refused("cell B2", "cell B3", "cell B4", data=b'uCode,a,b\nx,"1,5",2\ny,"2,5",3\nz,"3,5",1\n')
    assert len(error.in_("en").splitlines()) == 3


def test_faults_of_workbooks_name_the_sheet():
    rows = [["uCode", "a", "b"], ["x", 1, "?"], ["y", 2, 3], ["x", 3, 5], ["z", 4, 1]]
    refused(
        "t.xlsx, sheet iData, row 4, cell A4", "stands in row 2 already", data=book(iData=rows), name="t.xlsx"
    )
    rows[3][0] = "w"
    refused("t.xlsx, sheet iData, row 2, cell C2", data=book(iData=rows), name="t.xlsx")
    rows[1][2] = "=B2*2"
    refused("sheet iData, cell C2: a formula without a saved result", data=book(iData=rows), name="t.xlsx")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"people,1,2,Ind", b"people,1,heavy,Ind", ("meta.csv, row 2, cell E2 (column Weight)", "'heavy'")),
        (b"1,noise", b"1,libraries", ("meta.csv, row 3, cell B3 (column iCode)", "row 2")),
        (b"1,noise", b"1,nois", ("meta.csv, row 3, cell B3", "nois has no column in data.csv")),
        (b"noise,people", b"noise,peopel", ("meta.csv, row 3, cell C3 (column Parent)", "'peopel'")),
        (b"-1,1,Indicator", b"-1,1,Indikator", ("meta.csv, row 3, cell F3 (column Type)", "'Indikator'")),
        (b"inhabitants\n1", b"people_n\n1", ("meta.csv, row 2, cell I2 (column Denominator)", "'people_n'")),
        (b"Level,", b"level,", ("meta.csv, row 1", "lacks the columns Level")),
    ],
)
def test_faults_of_the_structure_name_their_cell(old, new, words):
    assert old in STRUCTURE
    refused(*words, meta=STRUCTURE.replace(old, new, 1))


def test_an_indicator_without_a_value_is_told_where_its_column_is():
    data = b"uCode,libraries,noise,inhabitants,region\nx,,5,1,a\ny,,4,1,a\nz,,3,1,b\n"
    refused(
        "data.csv, row 1, cell B1 (column libraries)", "no row below holds a value", data=data, meta=STRUCTURE
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"uCode,a,a\nx,1,2\n", ("cell C1: the column a stands in B1 already",)),
        (b"uCode,a,\nx,1,2\ny,2,3\nz,3,4\n", ("cell C1: the head of this column is empty",)),
        (b"uCode,a,b\nx,1,2\n,2,3\nz,3,4\n", ("row 3, cell A3", "code of the unit is empty")),
        (b"1,2,3\n4,5,6\n7,8,9\n1,1,1\n", ("cell A1: there is no column uCode",)),
        (b"uCode,a,b\nx,1,2\ny,2,3\n", ("at least 3 units",)),
        (b"uCode,a,b\nx,1,p\ny,2,q\nz,3,r\n", ("at least 2 columns of numbers", "found: a")),
        (b"uCode,a,rank\nx,1,1\ny,2,3\nz,3,2\n", ("cell C1", "Rename the column")),
        (b"uCode,Time,a,b\nx,2020,1,2\nx,2021,2,3\nz,2020,3,4\n", ("cell A3", "one year of each unit")),
        (b"uCode,a,b\n" + b"x" * 70 + b",1,2\ny,2,3\nz,3,4\n", ("cell A2", "70 characters")),
    ],
)  # fmt: skip
def test_what_no_index_can_be_made_of_is_told(data, words):
    refused(*words, data=data)


def test_of_many_faults_the_first_dozen_is_told_and_the_rest_counted():
    data = "uCode,a,b\n" + "".join(f"u{i},{i},{'?' if i % 3 == 0 else i}\n" for i in range(60))
    said = refused("cell C2", data=data.encode()).in_("en").splitlines()
    assert len(said) == 13
    assert said[-1] == "And 8 more of this kind."


def test_a_structure_may_not_be_given_twice():
    both = book(iData=[["uCode", "a"], ["x", 1]], iMeta=[["iCode"], ["a"]])
    refused("has a sheet iMeta already", data=both, name="both.xlsx", meta=STRUCTURE)


def test_letters_of_columns_are_those_of_spreadsheets():
    from openpyxl.utils import get_column_letter

    assert [letter(n) for n in range(1, 800)] == [get_column_letter(n) for n in range(1, 800)]


# --- the bundle -----------------------------------------------------------------------------------


def test_a_bundle_in_memory_is_read_back_as_the_same_index(tmp_path):
    table = lc.read_index_table(file("data.csv", ROWS), file("meta.csv", STRUCTURE))
    choices = {"weights": {"noise": 0.25}, "normalise": ["minmax", "zscore"]}
    files = lc.index_files(table.values, table.spec, choices)
    assert sorted(files) == ["choices.toml", "index-denominators.csv", "index.toml", "values.csv"]
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    spec = lc.read_index_spec(tmp_path / "index.toml")
    values = lc.read_index_values(tmp_path / "values.csv", spec.structure)
    again = lc.build_index(values, spec)
    pd.testing.assert_frame_equal(
        again.scores, lc.build_index(table.values, table.spec).scores, check_index_type=False
    )
    assert lc.read_index_choices(tmp_path / "choices.toml", spec) == choices
