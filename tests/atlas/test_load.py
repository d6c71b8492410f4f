"""The shipped tables load typed; an overlay lies over them by id, or stands alone."""

import pytest

import learningcity as lc


def test_the_bars(atlas):
    assert len(atlas.awards) == 58
    assert atlas.awards["city_id"].nunique() == 57
    assert {k: len(v) for k, v in atlas.frames.items()} | {} == {
        **{k: len(v) for k, v in atlas.frames.items()},
        "cities": 64, "facts": 906, "indicators": 58, "practices": 597, "practice-codes": 1194,
        "members": 326, "memberships": 284, "city-population": 366, "country-context": 2827,
        "exchange-rates": 189, "national-framework": 40,
    }  # fmt: skip


def test_columns_are_typed_and_empty_cells_are_missing(atlas):
    facts = atlas.facts
    assert facts["value"].dtype == "float64"
    assert str(facts["year"].dtype) == "Int64"
    assert int(facts["year"].isna().sum()) == 241
    assert (facts["status"] == "reported").all()
    checked = 0
    for frame in atlas.frames.values():
        for column in frame.select_dtypes("str"):
            assert not (frame[column] == "").any()
            checked += 1
    assert checked > 60


def test_an_overlay_replaces_and_adds_by_id(tmp_path, atlas):
    old = atlas.facts.set_index("fact_id").loc["f0001"]
    lines = [
        "fact_id,city_id,indicator_id,value,unit,year,scope,as_published,source_id",
        f"f0001,{old['city_id']},population,1,persons,2023,city,one,{old['source_id']}",
        "mine-1,wuhan,population,2,persons,2025,city,two,s0006",
    ]
    (tmp_path / "facts.csv").write_text("\n".join(lines), encoding="utf-8")
    for path in (tmp_path, tmp_path / "facts.csv"):
        mine = lc.load_atlas(path)
        assert len(mine.facts) == 907
        assert mine.facts.set_index("fact_id").at["f0001", "value"] == 1
        assert mine.table("population", lc.FactPolicy()).values.at["wuhan", "population"] == 2
    assert atlas.facts.set_index("fact_id").at["f0001", "value"] == old["value"]


def test_an_overlay_alone_keeps_only_the_backbone(tmp_path):
    (tmp_path / "cities.csv").write_text(
        "city_id,name_en,name_zh,name_local,country_iso3,unesco_region,latitude,longitude,profile_source_id\n"
        "mycity,My City,我市,My City,IRL,ENA,51.9,-8.5,\n",
        encoding="utf-8",
    )
    alone = lc.load_atlas(tmp_path, base=False)
    assert alone.city_ids() == ["mycity"]
    assert len(alone.facts) == len(alone.practices) == len(alone.awards) == 0
    assert len(alone.indicators) == 58
    assert alone.table("population").values.isna().all().all()
    assert alone.conditions().isna().all().all()
    assert alone.coverage().loc["mycity"].sum() == 0
    assert len(alone.conflicts()) == 0
    assert len(alone.search("My City")) > 0
    assert lc.load_atlas(tmp_path).require_city("我市") == "mycity"


def test_bad_rows_are_named_by_table_row_and_column(tmp_path):
    (tmp_path / "facts.csv").write_text(
        "fact_id,city_id,indicator_id,value,unit,year,scope,as_published,source_id\n"
        "m1,wuhn,population,1,persons,2023,city,one,s0068\n"
        "m2,wuhan,populatio,1,persons,2023,city,one,s0068\n",
        encoding="utf-8",
    )
    with pytest.raises(lc.TableError) as caught:
        lc.load_atlas(tmp_path)
    told = {(f.table, f.row, f.column) for f in caught.value.findings}
    assert told == {("facts", 2, "city_id"), ("facts", 3, "indicator_id")}
    assert "Did you mean 'wuhan'" in str(caught.value)
    assert "是否指“wuhan”" in caught.value.in_("zh")


def test_missing_paths_are_named(tmp_path):
    with pytest.raises(lc.InputError, match="no file or folder"):
        lc.load_atlas(tmp_path / "nothing")
    with pytest.raises(lc.InputError, match="needs a path"):
        lc.load_atlas(base=False)
    (tmp_path / "strange.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    with pytest.raises(lc.UnknownNameError, match="strange"):
        lc.load_atlas(tmp_path)


def test_one_language_is_enough_for_own_rows(tmp_path):
    (tmp_path / "cities.csv").write_text(
        "city_id,name_en,name_local,country_iso3,unesco_region\nmycity,My City,My City,IRL,ENA\n",
        encoding="utf-8",
    )
    mine = lc.load_atlas(tmp_path)
    assert mine.cities.set_index("city_id").at["mycity", "name_zh"] == "My City"
    (tmp_path / "cities.csv").write_text(
        "city_id,name_en,name_local,country_iso3,unesco_region\nwuhan,Wuhan City,武汉市,CHN,APA\n",
        encoding="utf-8",
    )
    wuhan = lc.load_atlas(tmp_path).cities.set_index("city_id").loc["wuhan"]
    assert (wuhan["name_en"], wuhan["name_zh"]) == ("Wuhan City", "武汉")
    (tmp_path / "cities.csv").write_text(
        "city_id,name_en,name_zh,name_local,country_iso3,unesco_region\nmycity,,我市,我市,CHN,APA\n",
        encoding="utf-8",
    )
    assert lc.load_atlas(tmp_path).cities.set_index("city_id").at["mycity", "name_en"] == "我市"


def test_own_rows_are_told_apart(tmp_path, atlas):
    (tmp_path / "awards.csv").write_text("round,city_id,source_id\n2024,taiyuan,s0005\n", encoding="utf-8")
    mine = lc.load_atlas(tmp_path)
    assert mine.own == {"awards": frozenset({("2024", "taiyuan")})}
    assert atlas.own == {}


def test_a_column_that_a_file_lacks_keeps_its_cells(tmp_path, atlas):
    (tmp_path / "facts.csv").write_text(
        "fact_id,city_id,indicator_id,value,unit,scope,source_id\nf0001,beijing,population,1,persons,city,s0068\n",
        encoding="utf-8",
    )
    row = lc.load_atlas(tmp_path).facts.set_index("fact_id").loc["f0001"]
    old = atlas.facts.set_index("fact_id").loc["f0001"]
    assert (row["value"], row["year"], row["as_published"]) == (1, old["year"], old["as_published"])


def test_a_folder_may_hold_lock_files_and_a_dictionary(tmp_path, atlas):
    for name in ("~$facts.xlsx", ".hidden.csv", "dictionary.csv"):
        (tmp_path / name).write_text("x\n1\n", encoding="utf-8")
    assert len(lc.load_atlas(tmp_path).facts) == len(atlas.facts)


def test_implausible_rows_are_refused_at_loading_too(tmp_path):
    (tmp_path / "facts.csv").write_text(
        "fact_id,city_id,indicator_id,value,unit,year,scope,as_published,source_id\n"
        "m1,cork,median_age,9999,years,2022,city,x,s0068\n",
        encoding="utf-8",
    )
    with pytest.raises(lc.TableError, match="9999"):
        lc.load_atlas(tmp_path)


def test_nobody_can_change_the_shipped_atlas():
    facts, conflicts = lc.load_atlas().facts, lc.load_atlas().conflicts()
    facts.loc[0, "value"] = -1.0
    conflicts.loc[0, "difference"] = 9.0
    assert lc.load_atlas().facts.loc[0, "value"] > 0
    assert lc.load_atlas().conflicts().loc[0, "difference"] < 2
