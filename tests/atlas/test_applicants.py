"""Who may apply: the same answers as city by city, for all cities at once, and nobody left out in silence."""

import pytest

import learningcity as lc
from learningcity.core import UnknownNameError


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


@pytest.mark.parametrize(("year", "rules_of"), [(2017, None), (2024, None), (2027, 2024)])
def test_each_answer_is_that_of_the_city_alone(atlas, year, rules_of):
    found = lc.who_may_apply(year, rules_of=rules_of, atlas=atlas)
    assert set(found.results) == set(atlas.members["city_id"]) | set(atlas.cities["city_id"])
    checked = 0
    for city_id in list(found.results)[::9]:
        alone = lc.check_eligibility(city_id, year, rules_of=rules_of, atlas=atlas)
        assert found[city_id].to_dict() == alone.to_dict()
        checked += 1
    assert checked > 30


def test_the_table_counts_as_the_result_does(atlas):
    found = lc.who_may_apply(2024, atlas=atlas)
    table = found.table()
    assert table["answer"].value_counts().to_dict() == {k: v for k, v in found.counts.items() if v}
    assert table.loc[table["answer"] == "yes", "decided_by"].isna().all()
    assert table.loc[table["answer"] != "yes", "decided_by"].notna().all()
    awarded = set(table.loc[table["awarded"] == "yes", "city_id"])
    assert awarded == set(atlas.awards.loc[atlas.awards["round"] == 2024, "city_id"])
    row = table.set_index("city_id").loc["dublin"]
    assert (row["answer"], row["decided_by"]) == ("no", "exclusion-years")


def test_what_is_missing_is_said_in_both_languages(atlas):
    found = lc.who_may_apply(2027, rules_of=2024, atlas=atlas)
    assert found.members_total - found.members_seen == 99
    assert "99 of 425 members" in found.summary()
    assert "assuming that it follows the rules of 2024" in found.summary()
    assert "425个成员中有99个未见" in found.summary("zh")
    assert found.to_dict()["counts"] == found.counts
    assert len(found.to_dict()["cities"]) == len(found.results)


def test_a_round_without_rules_is_an_error_that_names_the_known(atlas):
    with pytest.raises(UnknownNameError, match="2024"):
        lc.who_may_apply(2027, atlas=atlas)


def test_a_city_of_ones_own_is_judged_too(atlas, tmp_path):
    (tmp_path / "cities.csv").write_text(
        "city_id,name_en,name_zh,country_iso3,unesco_region\nsomewhere,Somewhere,某地,CHN,APA\n",
        encoding="utf-8",
    )
    found = lc.who_may_apply(2024, atlas=lc.load_atlas(tmp_path))
    assert found["somewhere"].answer == "cannot tell"
    assert len(found.results) == 1 + len(lc.who_may_apply(2024, atlas=atlas).results)
