"""Charts: each table equals a count by brute force, each picture is clean, alive in both languages, and honest."""

import io
import re
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise, product

import numpy as np
import pandas as pd
import pytest

import learningcity as lc
from learningcity.report.charts import drawing, fonts, keeping
from learningcity.report.charts.alone import lines
from learningcity.report.charts.palette import COLOURS, STEPS, TONES, contrast, luminance

SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES = ("en", "zh")
ALLOWED = {"svg", "g", "path", "text", "tspan", "line", "rect", "circle", "title", "desc"}
COMPARED = ["population", "universities_count", "libraries_count"]
KINDS = (
    "matrix", "awards", "members", "ideas", "tiers", "agreement", "coverage", "practices", "conflicts", "compare",
    "intervals", "sensitivity", "associations", "pair", "contrast",
    "ceiling", "ceilings", "style_map", "style_numbers", "style_profiles", "gaps",
)  # fmt: skip


def test_no_kind_is_left_out_here():
    from learningcity.report.chart import KINDS as KNOWN

    # Maps are drawn otherwise and have tests of their own.
    assert {*KINDS, "map"} == set(KNOWN)


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


@pytest.fixture(scope="module")
def counts(atlas):
    """Practices by mechanism and area as pass A codes them, counted one by one."""
    found = Counter()
    for row in atlas.codes[atlas.codes["coder"] == "A"].to_dict("records"):
        mechanisms = {m for m in (row["mechanism"], row["mechanism_2"]) if isinstance(m, str)}
        areas = str(row["areas"]).split(";") if isinstance(row["areas"], str) else []
        found.update(product(mechanisms, areas))
    frame = pd.Series(found).unstack()
    return frame.reindex(columns=[str(n) for n in range(1, 13)])


@pytest.fixture(scope="module")
def agreed(atlas):
    return atlas.agreement(draws=50)


@pytest.fixture(scope="module")
def varied():
    """Six units of which "a" leads by far and "f" has no score, with weights and scale drawn."""
    values = pd.DataFrame(
        {"skills": [9, 5, 4, 3, 1, np.nan], "parks": [9, 1, 3, 6, 2, 2]},
        index=list("abcdef"),
        dtype=float,
    )
    tree = lc.Structure.of({"INDEX": ["skills", "parks"]})
    spec = lc.IndexSpec(tree, aggregate=("arithmetic", {"minimum_available": 0.9}))
    choices = {"weights": {"noise": 0.5}, "normalise": ["minmax", "rank"]}
    return {
        "intervals": lc.uncertainty(values, spec, choices, draws=200, seed=3),
        "sensitivity": lc.sensitivity(values.drop(index="f"), spec, choices, draws=64, seed=3),
    }


@pytest.fixture(scope="module")
def background(atlas):
    return lc.atlas_background(atlas, permutations=199, draws=0)


@pytest.fixture(scope="module")
def necessary(atlas):
    return lc.atlas_ceilings(atlas, permutations=99)


@pytest.fixture(scope="module")
def styles(atlas):
    return lc.atlas_styles(atlas, k=4, draws=9, shuffles=19, permutations=99, repeat=False)


@pytest.fixture(scope="module")
def results(atlas, counts, agreed, varied, background, necessary, styles):
    """What each kind takes, with its options."""
    return {
        "matrix": (counts, {}),
        "awards": (atlas, {}),
        "members": (atlas, {}),
        "ideas": (lc.standard_tables()["concepts"], {}),
        "tiers": (atlas, {}),
        "agreement": (agreed, {}),
        "coverage": (atlas, {}),
        "practices": (atlas, {"city": "wuhan"}),
        "conflicts": (atlas, {}),
        "compare": (atlas.table(COMPARED), {"cities": ("wuhan", "cork", "chengdu")}),
        "intervals": (varied["intervals"], {}),
        "sensitivity": (varied["sensitivity"], {}),
        "associations": (background, {}),
        "pair": (background, {"x": "population", "y": "law"}),
        "contrast": (background, {}),
        "ceiling": (necessary.pair("policy", "sustainable"), {"data": necessary.data}),
        "ceilings": (necessary, {}),
        "style_map": (styles, {}),
        "style_numbers": (styles, {}),
        "style_profiles": (styles, {}),
        "gaps": (lc.gaps(atlas, "ningbo", draws=0), {}),
    }


@pytest.fixture(scope="module")
def drawn(results):
    def draw(kind, language="en", **more):
        result, options = results[kind]
        return lc.chart(result, kind, language, **options, **more)

    return draw


def texts(svg):
    return [t for e in ET.fromstring(svg).iter(f"{SVG}text") for t in e.itertext()]  # noqa: S314


def circles(svg):
    return len(re.findall(r'<path[^>]* d="M[\d.]+,0A', svg))


# --- every kind -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_picture_holds_shapes_and_words_alone(drawn, kind, language):
    for width in (760, 344):
        chart = drawn(kind, language, width=width)
        for svg in (chart.svg, chart.file()):
            root = ET.fromstring(svg)  # noqa: S314  (our own drawing)
            assert {e.tag.removeprefix(SVG) for e in root.iter()} <= ALLOWED
            names = {name for e in root.iter() for name in e.attrib}
            assert not [n for n in names if n == "style" or n.startswith("on") or n.endswith("href")]
            assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
        assert float(ET.fromstring(chart.svg).get("width")) == width  # noqa: S314
        assert len(texts(chart.svg)) > 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_drawn_outside_its_sheet(drawn, kind, language):
    """In the narrow sheet in both languages; in the wide one, where there is room, in one and the other in turn."""
    import vl_convert
    from PIL import Image, ImageChops

    for width in (760, 344) if LANGUAGES[KINDS.index(kind) % 2] == language else (344,):
        svg = drawn(kind, language, width=width).svg
        left, top, wide, high = map(float, ET.fromstring(svg).get("viewBox").split())  # noqa: S314
        larger = svg.replace(
            f'viewBox="{left:g} {top:g} {wide:g} {high:g}"',
            f'viewBox="-40 -40 {wide + 80:g} {high + 80:g}"',
            1,
        )
        assert larger != svg
        larger = re.sub(
            r'width="[\d.]+" height="[\d.]+"',
            f'width="{wide + 80:g}" height="{high + 80:g}"',
            larger,
            count=1,
        )
        picture = Image.open(io.BytesIO(vl_convert.svg_to_png(larger, scale=1))).convert("RGBA")
        box = ImageChops.difference(picture, Image.new("RGBA", picture.size, (0, 0, 0, 0))).getbbox()
        assert box[0] >= 38, (kind, "left", box)
        assert box[1] >= 38, (kind, "top", box)
        assert box[2] <= 40 + wide + 2, (kind, "right", box)
        assert box[3] <= 40 + high + 2, (kind, "bottom", box)


@pytest.mark.parametrize("kind", KINDS)
def test_words_are_there_in_both_languages(drawn, kind):
    english, chinese = drawn(kind, "en"), drawn(kind, "zh")
    han = re.compile(r"[\u4e00-\u9fff]")
    for chart, wants in ((english, False), (chinese, True)):
        for text in (chart.title, chart.alt, chart.caption):
            assert bool(han.search(text)) is wants, text
        said = " ".join(texts(chart.svg))
        assert bool(han.search(said)) is wants
        assert chart.title in chart.summary()
        assert chart.alt in ET.fromstring(chart.svg).get("aria-label")  # noqa: S314
        assert set(chart.heads) <= set(chart.table.columns)
        assert len(chart.heads) > 1
    assert english.table.shape == chinese.table.shape


@pytest.mark.parametrize("kind", KINDS)
def test_as_a_file_it_has_title_description_ground_and_no_foreign_part(drawn, kind):
    chart = drawn(kind, "zh")
    root = ET.fromstring(chart.file())  # noqa: S314
    first = list(root)[:3]
    assert [e.tag.removeprefix(SVG) for e in first] == ["title", "desc", "rect"]
    assert [first[0].text, first[1].text] == [chart.title, chart.alt]
    assert first[2].get("fill") == "#ffffff"
    shown = "".join(texts(chart.file()))
    assert chart.title.replace(" ", "") in shown.replace(" ", "")
    assert chart.caption.replace(" ", "") in shown.replace(" ", "")
    # Every colour is literal: nothing waits for a style sheet.
    for element in root.iter():
        for name in ("fill", "stroke"):
            assert re.fullmatch(r"#[0-9a-f]{6}|none", element.get(name, "none")), element.attrib


@pytest.mark.parametrize("kind", KINDS)
def test_the_png_opens_has_its_size_and_is_not_blank(drawn, kind):
    from PIL import Image

    chart = drawn(kind, "zh")
    sheet = ET.fromstring(chart.file())  # noqa: S314
    for scale in (1 + KINDS.index(kind) % 2,):
        picture = Image.open(io.BytesIO(chart.png(scale)))
        assert picture.format == "PNG"
        assert picture.size == (float(sheet.get("width")) * scale, float(sheet.get("height")) * scale)
    assert len(picture.convert("L").getcolors(256)) > 20


def test_the_dictionary_is_plain(drawn):
    import json

    told = drawn("awards", "zh").to_dict()
    again = json.loads(json.dumps(told))
    assert again == told
    assert again["table"][-1]["total"] == len(lc.load_atlas().awards)


# --- each table against a count ------------------------------------------------------------------


def test_matrix_equals_the_counts_and_leaves_none_empty(drawn, counts):
    chart = drawn("matrix")
    for mechanism in counts.index:
        assert chart.table[mechanism].tolist() == counts.loc[mechanism].fillna(0).astype(int).tolist()
    filled = sorted(int(n) for n in counts.to_numpy().ravel() if n == n and n > 0)
    assert sorted(int(t) for t in texts(chart.svg) if t.isdigit()) == filled
    assert "0" not in texts(chart.svg)
    assert f"{len(filled)} cells" in chart.alt
    assert f"{counts.size - len(filled)} cells are empty" in chart.alt


@pytest.mark.parametrize(
    "wrong",
    [
        pd.DataFrame({"1": [1.5]}, index=["law"]),
        pd.DataFrame({"1": [-1]}, index=["law"]),
        pd.DataFrame({"1": ["many"]}, index=["law"]),
        pd.DataFrame([[1, 2]], columns=["1", "1"], index=["law"]),
        [[1]],
    ],
)
def test_a_matrix_of_anything_but_counts_is_refused(wrong):
    with pytest.raises(lc.InputError):
        lc.chart(wrong, "matrix", "en")


def test_an_empty_matrix_says_so():
    chart = lc.chart(pd.DataFrame({"1": [0, None]}, index=["law", "policy"]), "matrix", "en")
    assert "no practice was seen" in chart.alt
    assert not [t for t in texts(chart.svg) if t.isdigit()]


def test_awards_equal_the_rows_of_the_atlas(drawn, atlas):
    chart = drawn("awards")
    region = dict(atlas.cities[["city_id", "unesco_region"]].itertuples(index=False))
    found = Counter()
    for year, city in atlas.awards[["round", "city_id"]].itertuples(index=False):
        found[lc.label("unesco_region", region[city], "en"), str(int(year))] += 1
    years = sorted({y for _, y in found})
    for row in chart.table.to_dict("records")[:-1]:
        assert [row[y] for y in years] == [found[row["region"], y] for y in years]
        assert row["total"] == sum(found[row["region"], y] for y in years)
    last = chart.table.iloc[-1]
    assert [last[y] for y in years] == [sum(n for (_, at), n in found.items() if at == y) for y in years]
    # One dot an award, and the two of the key.
    assert circles(chart.svg) == len(atlas.awards) + 2


def test_members_equal_the_join_years_that_were_seen(drawn, atlas):
    chart = drawn("members")
    years = {city: set() for city in atlas.members["city_id"]}
    for city, year in atlas.memberships[["city_id", "join_year"]].itertuples(index=False):
        if city in years:
            years[city].add(int(year))
    for row in chart.table.to_dict("records")[:-1]:
        year = int(row["year"])
        assert row["agreed"] == sum(given == {year} for given in years.values())
        assert row["disagree"] == sum(year in given and len(given) > 1 for given in years.values())
    none = sum(not given for given in years.values())
    assert chart.table.iloc[-1].tolist() == ["Not seen", none, 0]
    assert f"For {none} of them no source gives a join year" in chart.caption
    assert f"{len(years)} of" in chart.caption
    # Every year between the first and the last stands on the axis, those without members too.
    shown = [int(y) for y in chart.table["year"][:-1]]
    assert shown == list(range(min(shown), max(shown) + 1))


def test_ideas_stand_once_each_in_the_order_of_the_table(drawn):
    table = lc.standard_tables()["concepts"]
    chart = drawn("ideas")
    assert chart.table["name"].tolist() == table["name_en"].tolist()
    dated = table["year"].notna().sum()
    assert chart.table["start"].notna().sum() == dated
    assert f"{dated} concepts" in chart.alt
    assert f"{len(table) - dated} more have no year" in chart.alt


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [344, 760])
def test_no_label_of_the_time_line_lies_over_another(drawn, language, width):
    # Each label alone on white, measured in pixels: no two boxes may meet.
    import vl_convert
    from PIL import Image, ImageChops

    root = ET.fromstring(drawn("ideas", language, width=width).svg)  # noqa: S314
    boxes = []
    for text in (e for e in root.iter(f"{SVG}text") if e.get("font-size") == "11.5"):
        x, y = map(float, re.findall(r"-?[\d.]+", text.get("transform")))
        alone = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="24" font-family="{root.get("font-family")}">'
            f'<text x="{x}" y="16" font-size="11.5" text-anchor="{text.get("text-anchor", "start")}">'
            f"{text.text}</text></svg>"
        )
        picture = Image.open(io.BytesIO(vl_convert.svg_to_png(alone, scale=1)))
        box = ImageChops.difference(picture, Image.new(picture.mode, picture.size)).getbbox()
        boxes.append((y, box[0], box[2]))
    assert len(boxes) > 50
    for y, low, high in boxes:
        assert low >= 0
        assert high <= width
        meets = [b for b in boxes if b[0] == y and b != (y, low, high) and low < b[2] and b[1] < high]
        assert not meets, (y, low, high, meets)


def test_tiers_equal_the_sources(drawn, atlas):
    chart = drawn("tiers")
    found = Counter(atlas.sources["tier"])
    assert dict(zip(chart.table["code"], chart.table["sources"], strict=True)) == found
    assert str(len(atlas.sources)) in chart.alt


def test_agreement_gives_what_the_result_gives(drawn, agreed):
    frame = agreed.table()
    chart = drawn("agreement")
    wanted = pd.concat([frame[frame["kind"] == kind] for kind in ("mechanism", "theme", "area")])
    assert len(chart.table) == len(wanted) > 20
    for column in ("alpha", "alpha_low", "alpha_high", "percent"):
        np.testing.assert_allclose(chart.table[column], wanted[column], atol=0.0005)
    assert f"{int((wanted['alpha'] < 0.667).sum())} below 0.667" in chart.alt
    cities = lc.chart(agreed, "agreement", "zh", kinds=("seen", "score"))
    assert len(cities.table) == frame["kind"].isin(["seen", "score"]).sum()
    assert cities.title != drawn("agreement", "zh").title


def test_coverage_draws_every_city_once(drawn, atlas):
    chart = drawn("coverage")
    frame = atlas.coverage()
    assert chart.table.set_index("city_id")[["practices", "sources"]].equals(frame[["practices", "sources"]])
    places = Counter(frame[["practices", "sources"]].itertuples(index=False, name=None))
    assert circles(chart.svg) == len(places)


def test_practices_of_a_city_are_all_there_with_their_timing(atlas):
    for city in ("wuhan", "cork", "taiyuan"):
        chart = lc.chart(atlas, "practices", "en", city=city)
        own = atlas.practices[atlas.practices["city_id"] == city]
        assert sorted(chart.table["title"]) == sorted(own["title_en"])
        assert chart.table["year"].notna().sum() == own["start_year"].notna().sum()
        assert chart.table["number"].tolist() == list(range(1, len(own) + 1))
        numbers = [t for t in texts(chart.svg) if t.isdigit() and int(t) <= len(own)]
        assert len(numbers) == len(own)
        timing = atlas.timing()
        for row in own.to_dict("records"):
            said = chart.table.loc[chart.table["title"] == row["title_en"], "timing"].iloc[0]
            if timing[row["practice_id"]] == "before":
                assert said == "before the first award"


def test_conflicts_equal_those_of_the_atlas(drawn, atlas):
    frame = atlas.conflicts()
    chart = drawn("conflicts")
    assert len(chart.table) == len(frame) > 5
    assert sorted(chart.table["lowest"]) == sorted(frame["lowest"])
    above = sorted(100 * (h - low) / low for low, h in zip(frame["lowest"], frame["highest"], strict=True))
    np.testing.assert_allclose(sorted(chart.table["above"]), above, atol=0.051)
    one = frame["city_id"].iloc[0]
    assert len(lc.chart(atlas, "conflicts", "en", city=one).table) == (frame["city_id"] == one).sum()
    assert "No two figures" in lc.chart(atlas, "conflicts", "en", city="cork").alt


def test_compare_gives_the_values_of_the_table(drawn, atlas):
    values = atlas.table(COMPARED).values
    chart = drawn("compare")
    for city in ("wuhan", "cork", "chengdu"):
        for got, wanted in zip(chart.table[city], values.loc[city, COMPARED], strict=True):
            assert (pd.isna(got) and pd.isna(wanted)) or got == wanted
    assert "no city figure: Chengdu" in " ".join(texts(chart.svg))


def test_compare_draws_as_many_cities_as_it_takes_each_with_a_look_of_its_own(atlas):
    six = ("wuhan", "cork", "chengdu", "beijing", "dublin", "shanghai")
    looks = re.compile(r'<path [^>]*transform="[^"]*" d="([^"]*)"[^>]*')
    few, all_six = (
        lc.chart(atlas.table(COMPARED), "compare", "en", cities=chosen).svg for chosen in (six[:2], six)
    )
    assert len(set(looks.findall(all_six))) > len(set(looks.findall(few)))
    assert all(city in all_six for city in ("Beijing", "Dublin", "Shanghai"))


@pytest.mark.parametrize("cities", [("wuhan",), ("wuhan", "wuhan"), tuple("abcdefg")])
def test_compare_takes_two_to_six_cities(atlas, cities):
    with pytest.raises(lc.InputError):
        lc.chart(atlas.table(COMPARED), "compare", "en", cities=cities)


# --- what is not known, and what is odd ----------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "options", "near"),
    [
        ("matrx", {}, "matrix"),
        ("award", {}, "awards"),
        ("tiers", {"citty": "cork"}, None),
        ("practices", {"city": "wuhn"}, "wuhan"),
        ("conflicts", {"citi": "cork"}, "city"),
        ("agreement", {"kinds": ("areas",)}, "area"),
    ],
)
def test_unknown_names_are_told_with_the_nearest(atlas, agreed, kind, options, near):
    with pytest.raises(lc.UnknownNameError) as told:
        lc.chart(agreed if kind == "agreement" else atlas, kind, "en", **options)
    if near:
        assert near in str(told.value)


@pytest.mark.parametrize("width", [0, 279, 1601, 500.5, True, "wide"])
def test_widths_out_of_bounds_are_refused(atlas, width):
    with pytest.raises(lc.InputError):
        lc.chart(atlas, "tiers", "en", width=width)


@pytest.mark.parametrize("scale", [0, 0.1, 9, True, "2"])
def test_scales_out_of_bounds_are_refused(drawn, scale):
    with pytest.raises(lc.InputError):
        drawn("tiers").png(scale)


ODD = '\x00\x1b[31m<script>alert("1")</script> & \u202eltr \ud83d {x} %s'


def test_odd_names_are_safe(atlas):
    frames = dict(atlas.frames)
    cities = frames["cities"].copy()
    cities["name_en"] = ODD
    frames["cities"] = cities
    practices = frames["practices"].copy()
    practices["title_en"] = ODD
    frames["practices"] = practices
    odd = lc.Atlas(frames)
    checked = 0
    for kind, options in (
        ("coverage", {}),
        ("conflicts", {}),
        ("practices", {"city": "wuhan"}),
        ("awards", {}),
    ):
        chart = lc.chart(odd, kind, "en", **options)
        for svg in (chart.svg, chart.file()):
            root = ET.fromstring(svg)  # noqa: S314
            assert {e.tag.removeprefix(SVG) for e in root.iter()} <= ALLOWED
            assert not re.search("[\x00-\x08\x1b\u202e]", svg)
            checked += 1
        assert chart.png(1)
    assert checked == 8


def test_codes_that_nobody_knows_are_drawn_as_they_are():
    frame = pd.DataFrame({"99": [3], "x<y&": [1]}, index=['a"b'])
    chart = lc.chart(frame, "matrix", "zh")
    assert {"99", "x<y&", "3"} <= set(texts(chart.svg))


# --- colours --------------------------------------------------------------------------------------


def test_the_tones_fall_step_by_step_so_that_grey_print_keeps_their_order():
    steps = [luminance(tone) for tone in TONES]
    assert all(light > dark + 0.03 and light / dark > 1.3 for light, dark in pairwise(steps))
    # Two neighbours of the heat map differ as much as print needs.
    heat = [luminance(COLOURS[ground]) for ground, _ in STEPS]
    assert all(contrast_of > 1.4 for contrast_of in ((a + 0.05) / (b + 0.05) for a, b in pairwise(heat)))


def page_colours():
    """The colours of the page by mode, read off its style sheet."""
    from pathlib import Path

    css = (Path(lc.__file__).parent / "web/static/learningcity/tokens.css").read_text("utf-8")
    light, dark = css.split("prefers-color-scheme: dark", 1)
    read = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))
        for part in (light, dark.split("@media print")[0])
    ]
    return {"light": read[0], "dark": {**read[0], **read[1]}}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_numbers_can_be_read_on_every_step_of_the_heat_map(mode):
    colours = page_colours()[mode]
    for ground, ink in STEPS:
        assert contrast(colours[ground], colours[ink]) >= 4.5, (mode, ground, ink)
        assert contrast(COLOURS[ground], COLOURS[ink]) >= 4.5
    for words in ("ink", "muted", "mark"):
        assert contrast(colours[words], colours["paper"]) >= 4.5


def test_every_colour_of_a_picture_can_follow_the_page(drawn):
    from pathlib import Path

    css = (Path(lc.__file__).parent / "web/static/learningcity/parts.css").read_text("utf-8")
    used = {
        c for kind in KINDS for e in re.findall(r'class="([^"]+)"', drawn(kind).svg) for c in e.split()
    } - {"chart"}
    assert len(used) > 8
    assert not [c for c in used if f".chart .{c} " not in css]
    for kind in KINDS:
        for element in ET.fromstring(drawn(kind).svg).iter():  # noqa: S314
            for name in ("fill", "stroke"):
                value = element.get(name, "none")
                assert value == "none" or f"{name}-" in element.get("class", ""), (kind, element.attrib)


# --- fonts ----------------------------------------------------------------------------------------


def test_chinese_is_drawn_and_not_boxes(drawn):
    font = fonts.font_for("zh")
    assert fonts.draws(font, ("学", "习", "型", "城", "市"))
    # A private sign that no font holds looks like every other one: that is how boxes are known.
    assert not fonts.draws(font, ("\U0010fe12", "\U0010fe34"))
    # What is drawn differs from what is drawn of boxes: each sign of a title by itself.
    for sign in set(drawn("awards", "zh").title):
        assert fonts.draws(font, (sign, "\U0010fe12")), sign


def test_an_unknown_font_is_not_taken():
    assert not fonts.draws("No Such Font At All", ("学", "市")) or fonts.draws("sans-serif", ("学", "市"))


def test_without_a_font_the_message_names_package_and_setting(atlas, monkeypatch):
    monkeypatch.setattr(fonts, "_first", lambda language, names: None)
    with pytest.raises(lc.SetupError) as told:
        lc.chart(atlas, "tiers", "zh")
    for language in LANGUAGES:
        assert "fonts-noto-cjk" in told.value.in_(language)
        assert "LEARNINGCITY_CHART_FONT" in told.value.in_(language)
    assert len(lc.check_fonts()) == 2
    # Words and table need no font.
    plain = lc.chart(atlas, "tiers", "zh", picture=False)
    assert plain.svg == ""
    assert len(plain.table) == 5
    with pytest.raises(lc.InputError):
        plain.file()
    # The words of a map are set by who opens the file; a PNG of it would have none.
    assert "示意图" in lc.chart(atlas, "map", "zh").file()
    with pytest.raises(lc.SetupError):
        lc.chart(atlas, "map", "zh").png()


def test_with_fonts_nothing_is_said(monkeypatch):
    assert lc.check_fonts() == ()
    monkeypatch.setenv("LEARNINGCITY_CHART_FONT", "No Such Font At All")
    said = lc.check_fonts()
    if fonts.draws("No Such Font At All", ("学", "市")):
        assert said == ()
    else:
        assert "No Such Font At All" in said[0].en
        assert "No Such Font At All" in said[0].zh


# --- keeping -------------------------------------------------------------------------------------


def test_the_same_picture_is_drawn_once(atlas, monkeypatch):
    first = lc.chart(atlas, "tiers", "zh", width=701)
    monkeypatch.setattr(drawing, "cleaned", lambda *_: pytest.fail("drawn again"))
    assert lc.chart(atlas, "tiers", "zh", width=701).svg == first.svg


def test_the_store_is_bounded():
    kept = keeping.Kept(most=100)
    for number in range(20):
        kept.put(str(number), "x" * 30)
    assert kept.size <= 100
    assert kept.get("0") is None
    assert kept.get("19") == "x" * 30
    kept.put("large", "x" * 101)
    assert kept.get("large") is None


def test_lines_break_as_the_language_does():
    assert lines("学习型城市，终身学习。", 10, 50) == ["学习型城市，", "终身学习。"]
    assert "".join(lines("a b c", 10, 1000)) == "a b c"


# --- an index -------------------------------------------------------------------------------------


def test_intervals_are_those_of_the_draws_and_in_no_order_of_rank(varied):
    found = varied["intervals"]
    chart = lc.chart(found, "intervals", "en")
    assert chart.table["unit"].tolist() == list("abcdef")
    for row in chart.table.to_dict("records"):
        for column in ("nominal", "lower", "median", "upper"):
            expected = found.ranks.at[row["unit"], column]
            assert row[column] == pytest.approx(expected, abs=0.051, nan_ok=True), row["unit"]
    assert chart.table.loc[0, "upper"] == 1
    assert "no score" in texts(chart.svg), "f has none"
    chosen = lc.chart(found, "intervals", "en", units=("d", "a"), names={"a": "Ada"})
    assert chosen.table["name"].tolist() == ["d", "Ada"]
    assert "Ada" in texts(chosen.svg)
    with pytest.raises(lc.UnknownNameError, match="zz"):
        lc.chart(found, "intervals", "en", units=("zz",))


def test_sensitivity_bars_are_the_indices(varied):
    found = varied["sensitivity"]
    table = lc.chart(found, "sensitivity", "en").table.set_index("choice")
    for choice in ("weights", "normalise"):
        for column in ("first", "total", "total_lower", "total_upper"):
            assert table.at[choice, column] == pytest.approx(found.overall.at[choice, column], abs=0.0006)


@pytest.mark.parametrize("kind", ["intervals", "sensitivity"])
def test_an_index_chart_says_what_it_is_drawn_of(atlas, kind):
    with pytest.raises(lc.InputError, match="drawn of lc"):
        lc.chart(atlas, kind, "en")


@pytest.mark.parametrize("method", ["ce_fdh", "cr_fdh", "ce_vrs", "cols"])
@pytest.mark.parametrize("corner", [1, 2, 3, 4])
def test_the_shaded_zone_has_the_area_of_the_effect(method, corner):
    from learningcity.report.charts.ceiling import _zone

    rng = np.random.default_rng(corner)
    data = pd.DataFrame(rng.random((30, 2)) * [4, 70], columns=["x", "y"]).round(1)
    one = lc.ceiling(data, "x", "y", method, corner)
    scope = (one.x_high - one.x_low) * (one.y_high - one.y_low)
    area = sum(abs(b - a) * (abs(end - ya) + abs(end - yb)) / 2 for a, b, ya, yb, end in _zone(one))
    expected = 0 if one.effect_size != one.effect_size else one.effect_size
    assert area / scope == pytest.approx(expected)


def test_a_ceiling_shows_every_case_once_and_how_many_lie_on_a_point(necessary):
    one = necessary.pair("policy", "sustainable")
    chart = lc.chart(
        one, "ceiling", "en", data=necessary.data, others=[necessary.pair("policy", "sustainable", "cr_fdh")]
    )
    table = chart.table
    points = necessary.points("policy", "sustainable")
    assert table[["x", "y", "n"]].to_numpy().tolist() == points[["x", "y", "n"]].to_numpy().tolist()
    assert [sorted(c.split(", ")) for c in table["cases"]] == [list(c) for c in points["cities"]]
    assert [str(n) for n in points["n"] if n > 1] == [
        t for t in texts(chart.svg) if re.fullmatch(r"\d+", t) and t not in "01"
    ]
    assert table.loc[table["corner"] == "yes", "n"].tolist() == [
        n for n, ids in zip(points["n"], points["cities"], strict=True) if set(ids) & set(one.peers)
    ]
    assert [place[0] for place in chart.places] == table["key"].tolist()
    assert any("cr_fdh" in t for t in texts(chart.svg))


def test_a_ceiling_is_refused_over_another_frame_or_with_other_lines(necessary):
    one = necessary.pair("policy", "sustainable")
    for options, error in (
        ({"data": necessary.data.iloc[5:]}, lc.InputError),
        ({"data": necessary.data.drop(columns="policy")}, lc.UnknownNameError),
        ({"data": necessary.data, "others": [necessary.pair("law", "sustainable")]}, lc.InputError),
    ):
        with pytest.raises(error):
            lc.chart(one, "ceiling", "en", **options)
    for result, kind in ((necessary, "ceiling"), (one, "ceilings")):
        with pytest.raises(lc.InputError):
            lc.chart(result, kind, "en", **({"data": necessary.data} if kind == "ceiling" else {}))


def test_pairs_are_those_of_the_result_with_what_became_of_them(necessary):
    chart = lc.chart(necessary, "ceilings", "en")
    frame = necessary.table()
    assert chart.table["key"].tolist() == [
        f"{x}~{y}" for x, y in zip(frame["condition"], frame["theme"], strict=True)
    ]
    assert [place[0] for place in chart.places] == chart.table["key"].tolist()
    degenerate = set(necessary.degenerate.query("kind == 'condition'").index)
    assert chart.table["verdict"].eq("degenerate").sum() == len(degenerate)
    assert chart.table["verdict"].eq("effort").sum() == frame["kind"].eq("effort").sum()
    assert texts(chart.svg).count("–") == len(degenerate)
