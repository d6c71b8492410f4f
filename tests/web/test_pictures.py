"""Pictures on pages: drawn twice for two widths, with table and files; maps that can be tables."""

import io
import re
from html import unescape

import pytest
from django.conf import settings
from django.test import RequestFactory
from tests.web.conftest import HAN, LANGUAGES, Page

import learningcity as lc
from learningcity.report.charts import fonts
from learningcity.web import content, exports, kept, maps, pictures, warming
from learningcity.web.screens.award import page as award
from learningcity.web.screens.home.views import picture as map_file

#: Every page with a picture, and the names of its pictures.
SHOWN = {
    "award": ["regions"],
    "network": ["years"],
    "ideas": ["timeline"],
    "data": ["tiers"],
    "data/coverage": ["reading"],
    "data/conflicts": ["ranges"],
    "coders": ["codes", "conditions"],
    "background": ["matrix", "contrast"],
}
PLACES = [(language, path, name) for language in LANGUAGES for path, names in SHOWN.items() for name in names]


@pytest.mark.parametrize(("language", "path", "name"), PLACES)
def test_a_picture_has_title_alternative_table_and_files(get, client, language, path, name):
    text = get(f"/{language}/{path}")
    page = Page(text)
    assert f"chart-{name}" in page.ids
    figure = text[text.index(f'id="chart-{name}"') :]
    figure = figure[: figure.index("</figure>")]
    drawn = re.findall(r'<svg xmlns="[^"]+"[^>]*>', figure)
    assert len(drawn) == 2, "one for a wide page, one for a phone"
    assert {re.search(r'width="(\d+)', one)[1] for one in drawn} == {"760", "344"}
    for one in drawn:
        assert 'role="img"' in one
        said = re.search(r'aria-label="([^"]+)"', one)[1]
        assert len(said) > 20
        assert bool(HAN.search(said)) is (language == "zh")
    assert "<details" in figure
    assert figure.count("<tr>") > 3
    for suffix, kind in (("svg", "image/svg+xml"), ("png", "image/png"), ("csv", "text/csv")):
        address = re.search(rf'href="([^"]+\.{suffix}\?[^"]+)"', figure)[1]
        assert address.startswith(f"/{language}/{path}.{suffix}?")
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Content-Type"].startswith(kind)
        assert len(answer.content) > 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_csv_of_a_picture_is_its_table(get, language):
    text = get(f"/{language}/award.csv?table=regions").removeprefix("\ufeff")
    chart = lc.chart(content.atlas(), "awards", language)
    lines = text.strip().splitlines()
    assert lines[0].split(",") == list(chart.heads.values())
    assert len(lines) == len(chart.table) + 1
    assert lines[-1].split(",")[-1] == str(len(content.atlas().awards))


def test_the_file_is_on_paper_and_the_page_is_not(get):
    assert 'fill="#ffffff"/>' in get("/en/award.svg")
    page = get("/en/award")
    assert not re.search(r'<rect width="\d+" height="\d+" fill="#ffffff"', page)


def test_the_png_is_a_picture_of_the_right_size(client):
    from PIL import Image

    picture = Image.open(io.BytesIO(client.get("/zh/data.png?chart=tiers").content))
    assert picture.size[0] == 2 * (760 + 32)


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_an_unknown_picture_is_told_with_the_nearest(get, suffix):
    assert "regions" in get(f"/en/award.{suffix}?chart=region", 400)
    assert "regions" in get(f"/zh/award.{suffix}?chart=region", 400)


def test_a_choice_of_the_time_line_is_drawn_as_a_file(get):
    whole, part = get("/en/ideas.svg"), get("/en/ideas.svg?theory=learning+society")
    assert len(part) < len(whole) / 3
    assert "Learning organisation" in part
    assert "chart-timeline" not in get("/en/ideas?theory=learning+society")


def test_a_choice_of_members_shows_no_picture_of_all(get):
    assert "chart-years" in get("/en/network")
    assert "chart-years" not in get("/en/network?region=AFR")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_font_the_page_says_so_and_shows_the_table(language, monkeypatch):
    monkeypatch.setattr(fonts, "_first", lambda wanted, names: None)
    figure = award.picture(language).figure()
    assert "fonts-noto-cjk" in figure["missing"]
    assert bool(HAN.search(figure["missing"])) is (language == "zh")
    assert figure["svg"] == ""
    assert len(figure["rows"]) == 6


def test_without_a_font_a_file_is_refused_with_the_remedy(client, monkeypatch):
    monkeypatch.setattr(fonts, "_first", lambda wanted, names: None)
    request = RequestFactory().get("/zh/award.png", headers={"host": "127.0.0.1"})
    answer = exports.answer(request, "zh", "award", "png", {})
    assert answer.status_code == 503
    assert "fonts-noto-cjk" in answer.content.decode()


def test_at_the_start_a_missing_font_is_told_in_both_languages(monkeypatch, caplog):
    monkeypatch.setattr(fonts, "_first", lambda wanted, names: None)
    monkeypatch.setattr(warming, "pages_with_pictures", lambda: None)
    with caplog.at_level("WARNING", logger="learningcity.web"):
        warming.draw()
    said = caplog.text
    assert "apt-get install fonts-noto-cjk" in said
    assert "未找到" in said


def test_warming_draws_what_the_pages_show(get, monkeypatch):
    def late(result, kind, *_, **__):
        raise AssertionError(f"{kind} is drawn while a visitor waits")

    warming.pages_with_pictures()
    kept.forget()
    monkeypatch.setattr(lc, "chart", late)
    # Analyses are laid out anew for each question; what they draw is kept by content.
    for language, path, name in PLACES:
        if path not in ("coders", "background"):
            assert f'id="chart-{name}"' in get(f"/{language}/{path}")
    with pytest.raises(AssertionError, match="while a visitor waits"):
        pictures.figure("regions", content.atlas(), "awards", "en")


@pytest.mark.parametrize("cities", ["cork~wuhan~chengdu", "mayo-baleo~cuenca", "taiyuan~giza"])
def test_a_comparison_is_drawn_as_a_file(client, get, cities):
    text = unescape(get(f"/zh/compare?cities={cities}"))
    link = re.search(r'href="(/zh/compare\.svg\?[^"]+)"', text)
    answer = client.get(link[1] if link else f"/zh/compare.svg?cities={cities}")
    assert answer.status_code == (200 if link else 404)
    for city in cities.split("~"):
        assert link is None or content.cities()[city].names.zh in answer.content.decode()


# --- maps ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_can_be_a_table_by_the_address(get, language):
    shown, table = get(f"/{language}/"), unescape(get(f"/{language}/?view=table"))
    assert 'class="map"' in shown
    assert f'href="/{language}/?view=table#map"' in shown
    assert 'class="map"' not in table
    assert f'href="/{language}/#map"' in table
    for name in content.atlas().cities[f"name_{language}"]:
        assert name in table
    if language == "zh":
        assert "示意图" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_can_the_map_of_a_city(get, language):
    shown, table = get(f"/{language}/cities/wuhan"), get(f"/{language}/cities/wuhan?view=table")
    assert 'class="map"' in shown
    assert 'class="map"' not in table
    assert {"en": "30.58° N", "zh": "北纬30.58°"}[language] in table
    # A city without coordinates has neither.
    assert "view=table" not in get(f"/{language}/cities/mayo-baleo")


@pytest.mark.parametrize("path", ["", "cities/wuhan"])
def test_another_view_is_told_with_those_there_are(get, path):
    assert "table" in get(f"/en/{path}?view=tabel", 400)
    assert "table" in get(f"/zh/{path}?view=tabel", 400)


def test_the_setting_replaces_every_map(rf_home, monkeypatch):
    monkeypatch.setattr(settings, "MAPS", "table")
    for query in ("", "view=map", "view=table"):
        found = maps.shown(rf_home(query), "/en/")
        assert found == {"view": "table", "other_view": ""}
    request = RequestFactory().get("/en/map.svg")
    assert map_file(request, "en").status_code == 404


@pytest.fixture
def rf_home():
    from django.http import QueryDict

    return QueryDict


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000" "1f15c4890000000d49444154789c6360606060000000"
    "050001a5f645400000000049454e44ae426082"
)  # fmt: skip


def test_a_base_map_takes_the_place_of_the_dots_and_prints_its_number(tmp_path):
    path = tmp_path / "base.png"
    path.write_bytes(PIXEL)
    base = lc.BaseMap(path, "GS(2024)0001号")
    for language in LANGUAGES:
        for options in ({}, {"city": "wuhan"}):
            chart = lc.chart(content.atlas(), "map", language, base=base, **options)
            assert "data:image/png;base64," in chart.svg
            assert "map-land" not in chart.svg
            assert "GS(2024)0001号" in chart.caption
            assert "示意图" not in chart.caption
            assert chart.caption in chart.file()
    assert lc.chart(content.atlas(), "map", "zh", base=base).caption == "审图号：GS(2024)0001号"


def test_a_base_map_without_number_file_or_kind_is_refused(tmp_path):
    with pytest.raises(lc.InputError):
        lc.BaseMap(tmp_path / "a.png", " ")
    with pytest.raises(lc.InputError):
        lc.BaseMap(tmp_path / "a.png", "GS", 200)
    with pytest.raises(lc.SetupError):
        _ = lc.BaseMap(tmp_path / "none.png", "GS").address
    (tmp_path / "a.svg").write_text("<svg/>", encoding="utf-8")
    with pytest.raises(lc.SetupError):
        _ = lc.BaseMap(tmp_path / "a.svg", "GS").address


def test_settings_of_the_base_map_are_checked_at_the_start(tmp_path, monkeypatch):
    path = tmp_path / "base.png"
    path.write_bytes(PIXEL)
    maps.base_map.cache_clear()
    try:
        assert maps.base_map() is None
        maps.base_map.cache_clear()
        monkeypatch.setattr(settings, "BASE_MAP", str(path))
        monkeypatch.setattr(settings, "BASE_MAP_NUMBER", "GS(2024)0001号")
        assert maps.base_map().centre == 150
        maps.base_map.cache_clear()
        monkeypatch.setattr(settings, "BASE_MAP_CENTRE", "east")
        with pytest.raises(lc.SetupError):
            maps.base_map()
        monkeypatch.setattr(settings, "BASE_MAP_NUMBER", "")
        monkeypatch.setattr(settings, "BASE_MAP_CENTRE", "150")
        with pytest.raises(lc.InputError):
            maps.base_map()
    finally:
        maps.base_map.cache_clear()
