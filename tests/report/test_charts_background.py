"""Pictures of background and characteristics: cells, dots and groups as the result has them, and where they stand."""

import re
import xml.etree.ElementTree as ET

import pytest

import learningcity as lc
from learningcity.report.charts.spans import Span

SVG = "{http://www.w3.org/2000/svg}"
ROUND = re.compile(r"^M[\d.]+,0A")


@pytest.fixture(scope="module")
def found():
    return lc.atlas_background(lc.load_atlas(), permutations=199, draws=0)


def dots(svg):
    """The middle of every round mark."""
    for path in ET.fromstring(svg).iter(f"{SVG}path"):  # noqa: S314
        if ROUND.match(path.get("d", "")):
            yield tuple(map(float, re.findall(r"-?[\d.]+", path.get("transform"))))[:2]


def test_every_pair_has_a_row_and_a_cell_and_no_two_cells_meet(found):
    for width in (344, 760):
        chart = lc.chart(found, "associations", "en", width=width)
        pairs = {f"{p.background}~{p.characteristic}": p for p in found.association.pairs}
        assert list(chart.table["key"]) == list(pairs)
        assert [p[0] for p in chart.places] == list(pairs)
        for row in chart.table.to_dict("records"):
            pair = pairs[row["key"]]
            assert row["n"] == pair.n
            assert (row["estimate"] == row["estimate"]) is pair.judged
            if pair.judged:
                assert row["estimate"] == pytest.approx(pair.estimate, abs=0.0006)
                assert row["q"] == pytest.approx(pair.q_bh, abs=0.00006)
        boxes = [p[1:] for p in chart.places]
        for k, (x, y, w, h) in enumerate(boxes):
            assert 0 <= x <= x + w <= width
            for a, b, c, d in boxes[k + 1 :]:
                assert min(x + w, a + c) - max(x, a) < 0.01 or min(y + h, b + d) - max(y, b) < 0.01


def test_signs_are_told_by_shape_and_by_sign(found):
    chart = lc.chart(found, "associations", "en")
    said = [t for e in ET.fromstring(chart.svg).iter(f"{SVG}text") for t in e.itertext()]  # noqa: S314
    judged = [p for p in found.association.pairs if p.judged]
    wanted = []
    for pair in judged:
        text = f"{pair.estimate:.2f}" if pair.measure == "epsilon_squared" else f"{pair.estimate:+.2f}"
        wanted.append("0.00" if text in ("-0.00", "+0.00") else text.replace("-", "−"))
    figures = [t for t in said if re.fullmatch(r"[+−]?\d\.\d\d", t)]
    assert sorted(figures) == sorted(wanted)
    # One more in the key.
    assert said.count("–") == len(found.association.not_judged) + 1
    round_marks = sum(p.measure == "spearman" for p in judged)
    assert len(list(dots(chart.svg))) == round_marks + 2


@pytest.mark.parametrize(
    ("x", "y"), [("population", "law"), ("first_award", "organization"), ("region", "green")]
)
@pytest.mark.parametrize("width", [344, 760])
def test_each_city_of_a_pair_has_a_dot_of_its_own_where_its_place_says(found, x, y, width):
    chart = lc.chart(found, "pair", "en", x=x, y=y, width=width)
    data = found.background[[x]].join(found.coded.data[y]).dropna()
    assert sorted(chart.table["key"]) == sorted(data.index)
    assert sorted(p[0] for p in chart.places) == sorted(data.index)
    middles = sorted((px + w / 2, py + h / 2) for _, px, py, w, h in chart.places)
    drawn = sorted(dots(chart.svg))
    assert len(drawn) == len(middles)
    for one, other in zip(drawn, middles, strict=True):
        assert one == pytest.approx(other, abs=0.02)
    for k, one in enumerate(middles):
        for other in middles[k + 1 :]:
            assert (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 > 64, "dots hide each other"
    # A higher score stands higher, whatever the dots give way to.
    high = {key: py for key, _, py, _, _ in chart.places}
    for one in data.index:
        for other in data.index:
            if data.at[one, y] > data.at[other, y]:
                assert high[one] < high[other]


def test_the_contrast_counts_members_on_either_side(found):
    chart = lc.chart(found, "contrast", "en")
    values = found.member_values
    for row in chart.table.to_dict("records"):
        column = next(
            p.background for p in found.members.pairs if found.labels[p.background].en == row["figure"]
        )
        held = values.loc[values["awarded"] == (row["group"] == "awarded"), column].dropna()
        assert row["n"] == len(held)
        assert row["median"] == pytest.approx(held.median(), abs=0.06)
    assert "Context only" in chart.title
    assert chart.places == ()


@pytest.mark.parametrize("kind", ["associations", "contrast", "pair"])
def test_other_results_are_refused(kind):
    options = {"x": "population", "y": "law"} if kind == "pair" else {}
    with pytest.raises(lc.InputError):
        lc.chart(lc.load_atlas(), kind, "en", **options)


def test_a_column_that_is_not_there_is_told(found):
    with pytest.raises(lc.UnknownNameError, match="population"):
        lc.chart(found, "pair", "en", x="populaton", y="law")


def test_a_scale_by_powers_starts_and_ends_where_it_was_told():
    scale = Span(120, 250_000, 10, 300)
    assert (scale(120), scale(250_000)) == pytest.approx((10, 300))
    assert scale(5477.2256) == pytest.approx(155)
    assert Span(3, 3, 0, 10)(3) == 5
