"""A city that is not in the atlas: its numbers, their bounds, its files."""

import tomllib

import pytest

import learningcity as lc
from learningcity.plan import PROBLEMS
from learningcity.standards import labels


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


def test_about_ten_numbers_are_asked_each_with_unit_and_bounds():
    assert 9 <= len(lc.OWN_CITY_FIELDS) <= 11
    for one in lc.OWN_CITY_FIELDS:
        assert one.low < one.high
        assert one.bounds.en
        assert one.bounds.zh
        assert one.hint.en
        assert one.hint.zh
        assert lc.own_city(**{one.name: one.low}).figures[one.name] == one.low
        with pytest.raises(lc.InputError) as caught:
            lc.own_city(**{one.name: one.high * 2})
        assert caught.value.text.en.startswith(one.name)
        assert one.label.zh in caught.value.text.zh


def test_problems_are_those_of_the_vocabulary():
    assert set(PROBLEMS) == set(labels()["problem"]) - {"none"}


@pytest.mark.parametrize(
    ("given", "number"), [("20,600", 20600), (" 20600 ", 20600), ("", None), (None, None), (20600.0, 20600)]
)
def test_numbers_are_read_as_people_write_them(given, number):
    assert lc.own_city(population=given).figures.get("population") == number


@pytest.mark.parametrize("wrong", ["many", "nan", "inf", True, "1.5", -3])
def test_what_is_no_number_of_people_is_refused(wrong):
    with pytest.raises(lc.InputError, match="population"):
        lc.own_city(population=wrong)


def test_all_faults_are_told_at_once():
    with pytest.raises(lc.InputError) as caught:
        lc.own_city(population="x", share_aged_65_plus=99)
    assert "population" in str(caught.value)
    assert "share_aged_65_plus" in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [{"height": 3}, {"country": "XQX"}, {"country": "china"}, {"has": ["fame"]}, {"problems": "noise"}, {"currency": "$"},
     {"year": "soon"}, {"name": "x" * 81}, {"name": "a\nb"}],
)  # fmt: skip
def test_other_fields_are_checked(wrong):
    with pytest.raises(lc.InputError):
        lc.own_city(**wrong)


def test_money_is_converted_by_the_rate_of_the_year_and_density_is_worked_out(atlas):
    mine = lc.own_city(population=1000, area=4, gdp_per_capita=71_957, currency="CNY", year=2024)
    rates = atlas.exchange_rates.set_index(["currency", "year"])["usd_rate_as_published"]
    found = mine.comparable(atlas)
    assert found["population_density"] == 250
    assert found["gdp_per_capita"] == pytest.approx(71_957 / rates["CNY", 2024])
    with pytest.raises(lc.InputError, match="no rate"):
        lc.own_city(gdp_per_capita=1000, currency="CNY", year=1960).comparable(atlas)
    with pytest.raises(lc.UnknownNameError):
        lc.own_city(gdp_per_capita=1000, currency="XAU").comparable(atlas)


@pytest.mark.parametrize("kind", ["toml", "csv"])
def test_the_template_can_be_read_and_gives_peers(tmp_path, atlas, kind):
    file = tmp_path / f"city.{kind}"
    file.write_text(lc.own_city_template(kind), encoding="utf-8")
    mine = lc.read_own_city(file)
    assert mine.has == ("policy", "resources")
    assert mine.problems == ("ageing", "skills")
    assert set(mine.figures) == {one.name for one in lc.OWN_CITY_FIELDS}
    assert len(lc.peers(atlas, mine, draws=0).peers) == 5
    if kind == "toml":
        assert tomllib.loads(lc.own_city_template())["population"] == mine.figures["population"]


def test_a_row_under_heads_is_read_as_well(tmp_path):
    file = tmp_path / "city.csv"
    file.write_text("\ufeffname,country,population,has\nSligo,IRL,20600,none\n", encoding="utf-8")
    mine = lc.read_own_city(file)
    assert (mine.name, mine.country, mine.figures, mine.has) == ("Sligo", "IRL", {"population": 20600}, ())


def test_files_that_cannot_be_read_are_told(tmp_path):
    for name, text in (("a.toml", "population ="), ("b.csv", "a\n1\n2\n3\n"), ("c.toml", "height = 3")):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        with pytest.raises(lc.InputError):
            lc.read_own_city(file)
    (tmp_path / "d.csv").write_bytes(b"\xff\xfe\x00")
    for name in ("d.csv", "none.toml"):
        with pytest.raises(lc.InputError):
            lc.read_own_city(tmp_path / name)
