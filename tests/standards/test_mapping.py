"""The crosswalk: nothing lost, nothing doubled, and anybody's framework beside ours."""

import json

import pytest

from learningcity.core import InputError, TableError, UnknownNameError
from learningcity.standards import award_rules, crosswalk, frameworks

HEADER = "framework_id,name,name_zh,publisher,year,indicator_or_criterion,indicator_or_criterion_zh,unit,maps_to_area,source_ids"
ROW = "mine,My framework,我的框架,A city,2025,Libraries,图书馆,count,5;7,https://example.org"


def own(tmp_path, *rows, header=HEADER):
    file = tmp_path / "mine.csv"
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return file


def test_counts_match_the_tables():
    walk = crosswalk()
    table, matrix = walk.table(), walk.matrix()
    assert matrix.sum().sum() == len(table)
    exploded = sum(
        max(1, len(str(a).split(";"))) if isinstance(a, str) else 1 for a in frameworks()["maps_to_area"]
    )
    assert (table["kind"] == "framework").sum() == exploded
    assert (table["kind"] == "criterion").sum() == sum(
        len(c.areas) for y in (2015, 2017, 2019, 2021, 2024) for c in award_rules(y).criteria
    )
    assert list(matrix.index) == [*(str(i) for i in range(1, 13)), "none"]
    assert matrix.loc["4", "sdg4"] == 10
    assert matrix.loc["10", "2021"] == 2


def test_rows_without_an_area_are_kept_and_said():
    walk = crosswalk()
    table = walk.table()
    none = table[table["area"].isna()]
    assert sorted(none["name_en"]) == ["Area of the city", "Population of the city"]
    assert none["area_en"].isna().all()
    assert walk.matrix().loc["none"].sum() == 2
    assert "Mapped to no area, and kept: Area of the city; Population of the city." in walk.summary("en")
    assert "未对应任何领域、仍予保留：城市人口；城市面积。" in walk.summary("zh")


def test_what_each_leaves_out_and_whose_the_mapping_is():
    walk = crosswalk()
    assert walk.left_out("2024") == ("2", "3", "6")
    assert walk.left_out("2015") == ()
    assert walk.left_out("sdg4") == ("2", "9", "10", "11", "12")
    assert "ours, not UNESCO's" in walk.summary("en")
    assert "均由本项目判断，不代表联合国教科文组织的观点" in walk.summary("zh")
    assert set(walk.table()["mapping"]) == {"ours"}
    with pytest.raises(UnknownNameError):
        walk.left_out("nothing")
    assert len(walk.columns) == len(walk.summary("en").splitlines()) - 2


def test_filters():
    only = crosswalk(framework="sdg4")
    assert set(only.table()["kind"]) == {"framework"}
    assert list(only.matrix().columns) == ["sdg4"]
    assert list(crosswalk(round=2021).matrix().columns) == ["2021"]
    both = crosswalk(framework=["sdg4", "elli"], round="2024", area=3)
    assert list(both.matrix().columns) == ["2024", "elli", "sdg4"]
    assert both.matrix().loc["3"].tolist() == [0, 0, 1]
    assert "nothing seen in area 3" in both.summary("en")
    assert "领域3中有1项" in both.summary("zh")


@pytest.mark.parametrize(
    "wrong",
    [{"framework": "sdg5"}, {"area": 13}, {"area": "4.1"}, {"round": 2020}, {"framework": ["sdg4", "x"]}],
)
def test_unknown_names_are_errors(wrong):
    with pytest.raises(UnknownNameError):
        crosswalk(**wrong)


def test_a_framework_of_ones_own(tmp_path):
    rows = [ROW, "mine,My framework,我的框架,A city,,Inhabitants,居民,persons,,https://example.org"]
    walk = crosswalk(path=own(tmp_path, *rows))
    mine = walk.table().query("framework_id == 'mine'")
    assert mine["area"].fillna("none").tolist() == ["5", "7", "none"]
    assert set(mine["mapping"]) == {"own file"}
    assert walk.matrix().loc[["5", "7", "none"], "mine"].tolist() == [1, 1, 1]
    assert walk.matrix().drop(columns="mine").sum().sum() == crosswalk().matrix().sum().sum()
    assert "except those that come from your own file" in walk.summary("en")
    assert list(crosswalk(framework="mine", path=own(tmp_path, *rows)).matrix().columns) == ["mine"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (ROW.replace("5;7", "5;13"), "maps_to_area"),
        (ROW.replace("mine,", "sdg4,", 1), "framework_id"),
        (ROW.replace("Libraries", ""), "indicator_or_criterion"),
        (ROW.replace("2025", "soon"), "year"),
    ],
)
def test_a_broken_file_is_named_by_row_and_column(tmp_path, row, column):
    with pytest.raises(TableError) as caught:
        crosswalk(path=own(tmp_path, ROW.replace("Libraries", "Books").replace("mine", "other", 1), row))
    assert [(f.row, f.column) for f in caught.value.findings] == [(3, column)]
    assert caught.value.findings[0].remedy.zh


def test_a_file_without_rows_or_columns(tmp_path):
    with pytest.raises(InputError, match="no rows"):
        crosswalk(path=own(tmp_path))
    with pytest.raises(TableError):
        crosswalk(path=own(tmp_path, "a,b", header="framework_id,names"))


def test_dictionary():
    plain = json.loads(json.dumps(crosswalk(area=4).to_dict(), allow_nan=False))
    assert plain["matrix"][0]["area"] == "4"
    assert {row["area"] for row in plain["table"]} == {"4"}
