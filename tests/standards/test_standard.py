"""The standard as records, and a whole other standard from a file."""

import dataclasses
import json

import pytest
from openpyxl import Workbook

from learningcity.core import InputError, TableError, UnknownNameError
from learningcity.standards import load_standard

HEADER = "code,level,parent,name_en,name_zh,text_en,text_zh,confirmed,source_ids"
ROWS = [
    "P1,pillar,,Pillar,板块,A pillar,一个板块,yes,s0001",
    "1,area,P1,Area,领域,An area,一个领域,yes,s0001",
    "1.1,feature,1,Feature,特征,A feature,一项特征,no,",
]
MEASURES = "code,feature_code,name_en,name_zh,definition_en,definition_zh,unit,direction,data_source_kind,confirmed,source_ids"
MEASURE = "1.1.1,1.1,Rate,比率,A share,某比例,percent,1,survey,yes,s0002"


def folder(tmp_path, rows=ROWS, measures=None):
    place = tmp_path / "mine"
    place.mkdir(exist_ok=True)
    (place / "key-features.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    if measures is not None:
        (place / "measurements.csv").write_text("\n".join([MEASURES, *measures]) + "\n", encoding="utf-8")
    return place


def findings(place):
    with pytest.raises(TableError) as caught:
        load_standard(place)
    assert all(f.problem.zh and f.remedy.zh for f in caught.value.findings)
    return [(f.table, f.row, f.column) for f in caught.value.findings]


def test_the_shipped_standard_has_its_levels():
    standard = load_standard()
    assert [len(x) for x in (standard.pillars, standard.areas, standard.features, standard.measurements)] == [
        3,
        12,
        42,
        58,
    ]
    assert len(standard) == 115
    assert [a.code for a in standard.areas] == [str(i) for i in range(1, 13)]


def test_items_are_found_by_code_and_as_area():
    standard = load_standard()
    assert standard["4"] is standard.area("4") is standard.area(4)
    assert standard["4.1"].parent == "4"
    assert "4.1" in standard
    assert "44" not in standard
    assert standard.level_of("1.1.1") == "measurement"
    assert [i.code for i in standard.children("4")] == ["4.1", "4.2", "4.3", "4.4"]
    for wrong in ("P1", "4.1", "13"):
        with pytest.raises(UnknownNameError):
            standard.area(wrong)
    with pytest.raises(UnknownNameError, match="Unknown item of the standard '99'"):
        standard["99"]


def test_every_item_hangs_under_one_that_exists():
    standard = load_standard()
    reached = [item.code for pillar in standard.pillars for item in under(standard, pillar.code)]
    assert sorted(reached) == sorted(item.code for item in standard if item.code not in ("P1", "P2", "P3"))


def under(standard, code):
    for item in standard.children(code):
        yield item
        yield from under(standard, item.code)


def test_what_is_not_confirmed_is_counted_and_said_in_both_languages():
    standard = load_standard()
    assert dict(standard.unconfirmed) == {"pillar": 0, "area": 0, "feature": 42, "measurement": 58}
    assert "42 features and 58 measurements are not confirmed" in standard.summary("en")
    assert "42项特征和58项测量指标的表述、编号和数量未经核实，系本系统概述" in standard.summary("zh")
    assert standard.table("feature")["confirmed"].eq("no").all()


def test_records_are_frozen():
    standard = load_standard()
    with pytest.raises(dataclasses.FrozenInstanceError):
        standard["4"].confirmed = False
    with pytest.raises(TypeError):
        standard.unconfirmed["area"] = 3


def test_table_and_dictionary():
    standard = load_standard()
    frame = standard.table()
    assert list(frame["level"].value_counts().items()) == [
        ("measurement", 58),
        ("feature", 42),
        ("area", 12),
        ("pillar", 3),
    ]
    assert frame["unit"].notna().sum() == 58
    assert frame.loc[frame["code"] == "P1", "parent"].isna().all()
    assert len(standard.table("area")) == 12
    with pytest.raises(UnknownNameError):
        standard.table("chapter")
    assert json.loads(json.dumps(standard.to_dict()))["unconfirmed"]["feature"] == 42


def test_another_standard_from_a_folder(tmp_path):
    standard = load_standard(folder(tmp_path, measures=[MEASURE]))
    assert (len(standard), standard.name) == (4, "mine")
    assert standard["1.1.1"].direction == 1
    assert dict(standard.unconfirmed) == {"pillar": 0, "area": 0, "feature": 1, "measurement": 0}
    assert standard.summary("en").startswith("1 pillar, 1 area, 1 feature, 1 measurement. ")
    assert standard.note.en == "The wording, numbering and count of the 1 feature is not confirmed."
    assert "本系统" not in standard.note.zh


def test_another_standard_may_number_in_its_own_way(tmp_path):
    rows = [
        r.replace("1.1,", "A-1.x,").replace("1,area,P1", "A,area,ROOF").replace("P1,", "ROOF,") for r in ROWS
    ]
    standard = load_standard(folder(tmp_path, [r.replace("feature,1,", "feature,A,") for r in rows]))
    assert [i.code for i in standard] == ["ROOF", "A", "A-1.x"]
    assert ("key-features", 5, "code") in findings(
        folder(tmp_path, [*ROWS, ROWS[2].replace("1.1,", "一.1,")])
    )


def test_a_later_edition_marks_items_confirmed_with_the_source(tmp_path):
    confirmed = [*ROWS[:2], ROWS[2].replace(",no,", ",yes,s0009")]
    standard = load_standard(folder(tmp_path, confirmed))
    assert sum(standard.unconfirmed.values()) == 0
    assert standard.note.en == "All items of this standard are marked as confirmed."
    assert "未经核实" not in standard.summary("zh")


def test_confirmed_without_a_source_is_refused(tmp_path):
    rows = [*ROWS[:2], ROWS[2].replace(",no,", ",yes,")]
    assert findings(folder(tmp_path, rows)) == [("key-features", 4, "source_ids")]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2,area,P9,Area,领域,An area,一个领域,no,", "parent"),
        ("2,area,,Area,领域,An area,一个领域,no,", "parent"),
        ("1.2,feature,P1,Feature,特征,A feature,一项特征,no,", "parent"),
        ("P2,pillar,P1,Pillar,板块,A pillar,一个板块,no,", "parent"),
        ("2,chapter,P1,Area,领域,An area,一个领域,no,", "level"),
        ("2,area,P1,Area,领域,An area,一个领域,maybe,", "confirmed"),
        ("2,area,P1,,领域,An area,一个领域,no,", "name_en"),
        ("1,area,P1,Area,领域,An area,一个领域,no,", "code"),
    ],
)
def test_a_broken_row_is_named_by_row_and_column(tmp_path, row, column):
    assert ("key-features", 5, column) in findings(folder(tmp_path, [*ROWS, row]))


@pytest.mark.parametrize(
    ("measure", "column"),
    [
        (MEASURE.replace(",1.1,", ",9.9,"), "feature_code"),
        (MEASURE.replace("1.1.1,", "1.1,", 1), "code"),
        (MEASURE.replace(",yes,s0002", ",yes,"), "source_ids"),
        (MEASURE.replace(",1,survey", ",up,survey"), "direction"),
    ],
)
def test_a_broken_measurement_is_named(tmp_path, measure, column):
    assert ("measurements", 2, column) in findings(folder(tmp_path, measures=[measure]))


def test_a_single_csv_and_a_workbook(tmp_path):
    place = folder(tmp_path)
    assert len(load_standard(str(place / "key-features.csv"))) == 3
    book = Workbook()
    for name, lines in (("key-features", [HEADER, *ROWS]), ("measurements", [MEASURES, MEASURE])):
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line.split(","))
    del book["Sheet"]
    book.save(tmp_path / "mine.xlsx")
    assert len(load_standard(tmp_path / "mine.xlsx")) == 4


def test_what_is_no_standard_is_refused_with_a_remedy(tmp_path):
    with pytest.raises(UnknownNameError, match="key-features"):
        load_standard("key-featurs")
    with pytest.raises(InputError, match="no file"):
        load_standard(tmp_path / "nothing.csv")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(InputError, match="holds no table"):
        load_standard(empty)
    with pytest.raises(InputError, match="no rows"):
        load_standard(folder(tmp_path, []))
