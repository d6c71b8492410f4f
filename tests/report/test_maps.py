"""The map: every city once, no boundary, a caption, a text alternative and its table."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pandas as pd
import pytest

import learningcity as lc
from learningcity.report.maps import CENTRES, TONES, land_dots, place, tone_of

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314  (our own drawing)


def cities_drawn(svg):
    root = parsed(svg)
    return [c for c in root.iter(f"{SVG}circle") if c.find(f"{SVG}title") is not None]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_city_with_coordinates_is_drawn_once_and_all_are_in_the_table(atlas, language):
    drawn = lc.chart(atlas, "map", language)
    placed = atlas.cities[atlas.cities["latitude"].notna()]
    circles = cities_drawn(drawn.svg)
    assert len(circles) == len(placed) > 50
    titles = [c.find(f"{SVG}title").text for c in circles]
    assert len(set(titles)) == len(titles)
    for name in placed[f"name_{language}"]:
        assert sum(t.startswith(name) for t in titles) >= 1
    assert drawn.table["city_id"].tolist() == atlas.cities["city_id"].tolist()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_alone_it_has_a_name_a_caption_and_a_key(atlas, language):
    drawn = lc.chart(atlas, "map", language)
    root = parsed(drawn.svg)
    assert root.get("role") == "img"
    assert drawn.alt in root.get("aria-label")
    texts = [t.text for t in root.iter(f"{SVG}text")]
    assert {"en": "Sketch map, no boundaries", "zh": "示意图"}[language] in texts
    assert drawn.caption in texts
    assert {"2015", "2024"} <= set(texts)


def test_nothing_in_it_needs_a_script_or_an_inline_style(atlas):
    for options in ({}, {"by": "size"}, {"city": "wuhan"}, {"legend": False}):
        svg = lc.chart(atlas, "map", "en", **options).svg
        assert "<script" not in svg
        assert "<style" not in svg
        assert not re.search(r"\s(style|on\w+)=", svg)
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_it_draws_dots_and_no_lines(atlas):
    root = parsed(lc.chart(atlas, "map", "en").svg)
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds == {"svg", "path", "circle", "title", "text"}
    marks = root.find(f"{SVG}path").get("d")
    # Each mark of the land is a point: move there, draw nothing.
    assert re.fullmatch(r"(M-?[\d.]+ -?[\d.]+h0)+", marks)
    assert marks.count("M") > 2000


def test_cities_stand_near_land_dots(atlas):
    # Every city lies on land, so some land dot must be within three dots' distance of it.
    land = [place(lat, lon, CENTRES["en"]) for lat, lon in land_dots()]
    checked = 0
    for lat, lon in atlas.cities[["latitude", "longitude"]].dropna().itertuples(index=False):
        x, y = place(lat, lon, CENTRES["en"])
        near = min((x - a) ** 2 + (y - b) ** 2 for a, b in land) ** 0.5
        checked += 1
        # Câmara de Lobos lies on Madeira, smaller than the grid.
        assert near < 20 or (round(lat), round(lon)) == (33, -17)
    assert checked > 50


def test_one_round_one_tone_ordered_from_light_to_dark():
    def lightness(tone):
        return sum(int(tone[i : i + 2], 16) * w for i, w in ((1, 0.2126), (3, 0.7152), (5, 0.0722)))

    steps = [lightness(t) for t in TONES]
    assert all(a - b > 20 for a, b in pairwise(steps)), "the order must survive a grey print"
    assert [tone_of(y, [2015, 2017, 2019, 2021, 2024]) for y in (2015, 2017, 2019, 2021, 2024)] == [
        0,
        1,
        2,
        3,
        4,
    ]
    assert tone_of(2024, [2024]) == 4


def test_by_size_the_area_follows_the_population(atlas):
    drawn = lc.chart(atlas, "map", "en", by="size")
    radius = {c.find(f"{SVG}title").text.split(",")[0]: float(c.get("r")) for c in cities_drawn(drawn.svg)}
    people = drawn.table.set_index("name")["population"]
    assert radius["Shanghai"] > radius["Wuhan"] > radius["Cork"]
    assert (radius["Shanghai"] / radius["Wuhan"]) ** 2 == pytest.approx(
        people["Shanghai"] / people["Wuhan"], rel=0.02
    )


def test_locator_shows_one_city_in_its_middle(atlas):
    drawn = lc.chart(atlas, "map", "zh", city="武汉")
    assert "武汉" in drawn.title
    assert drawn.table["city_id"].tolist() == ["wuhan"]
    here = [c for c in parsed(drawn.svg).iter(f"{SVG}circle") if c.get("class") == "map-here"]
    left, _, width, _ = map(float, parsed(drawn.svg).get("viewBox").split())
    assert float(here[0].get("cx")) == pytest.approx(left + width / 2, abs=0.2)


def test_city_without_coordinates_has_no_map_and_says_so(atlas):
    drawn = lc.chart(atlas, "map", "en", city="mayo-baleo")
    assert drawn.svg == ""
    assert "No coordinates" in drawn.alt


@pytest.mark.parametrize(
    ("kind", "language", "options"),
    [
        ("pie", "en", {}),
        ("map", "fr", {}),
        ("map", "en", {"by": "colour"}),
        ("map", "en", {"city": "atlantis"}),
    ],
)
def test_unknown_names_are_told(atlas, kind, language, options):
    with pytest.raises(lc.UnknownNameError):
        lc.chart(atlas, kind, language, **options)


def test_names_are_escaped():
    frames = dict(lc.load_atlas().frames)
    cities = frames["cities"].copy()
    cities.loc[0, "name_en"] = '<b>"A & B"</b>'
    frames["cities"] = cities
    svg = lc.chart(lc.Atlas(frames), "map", "en").svg
    assert "<b>" not in svg
    parsed(svg)


def test_table_keeps_years_whole(atlas):
    first = lc.chart(atlas, "map", "en").table["first_award"]
    assert all(isinstance(y, int) for y in first if y is not None and not pd.isna(y))
