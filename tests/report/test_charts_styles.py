"""Pictures of styles: dots where the scaling puts them, limits as the result has them, marks of what is not borne out."""

import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import learningcity as lc

FEW = {"draws": 9, "shuffles": 19, "permutations": 99, "repeat": False}


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


@pytest.fixture(scope="module")
def found(atlas):
    return lc.atlas_styles(atlas, **FEW)


@pytest.fixture(scope="module")
def three(atlas):
    return lc.atlas_styles(atlas, k=3, **FEW)


@pytest.fixture(scope="module")
def towns():
    """Two groups that lie far apart, of numbers and a category."""
    rng = np.random.default_rng(1)
    group = np.repeat([0, 1], [9, 6])
    table = pd.DataFrame(
        {
            "size": group * 10 + rng.normal(size=15),
            "age": group * 5 + rng.normal(size=15),
            "coast": np.where(group, "yes", "no"),
        },
        index=[f"town {i}" for i in range(15)],
    )
    return lc.typology(table, draws=20, shuffles=39, seed=1)


def test_the_table_of_the_map_is_the_scaling(three):
    drawn = lc.chart(three, "style_map")
    placed = lc.classical_scaling(three.typology)
    table = drawn.table.set_index("key")
    assert list(table.index) == list(three.typology.cases.index)
    assert (table[["axis_1", "axis_2"]].to_numpy() == placed.coordinates.to_numpy()).all()
    assert (table["style"] == three.typology.cases["style"]).all()
    assert (table["silhouette"] == three.typology.cases["silhouette"]).all()
    assert f"{placed.share:.0%} of the squared distances" in drawn.caption
    assert f"距离平方的{placed.share:.0%}" in lc.chart(three, "style_map", "zh").caption


@pytest.mark.parametrize("width", [344, 760])
def test_every_city_has_a_place_of_its_own_near_its_coordinates(three, width):
    drawn = lc.chart(three, "style_map", width=width)
    places = {p[0]: (p[1] + p[3] / 2, p[2] + p[4] / 2) for p in drawn.places}
    assert set(places) == set(drawn.table["key"])
    assert min(np.hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(places.values(), 2)) > 4
    spots = np.array([places[k] for k in drawn.table["key"]])
    points = drawn.table[["axis_1", "axis_2"]].to_numpy() * [1, -1]
    # One scale in both directions, and no dot far from where it belongs.
    scale, *_ = np.linalg.lstsq(
        (points - points.mean(0)).reshape(-1, 1), (spots - spots.mean(0)).reshape(-1), rcond=None
    )
    off = spots - spots.mean(0) - (points - points.mean(0)) * scale
    assert np.abs(off).max() < 12
    assert np.median(np.abs(off)) < 2


def test_without_styles_there_is_one_look_and_no_word_of_styles(found):
    assert not found.found
    drawn = lc.chart(found, "style_map")
    assert "style" not in drawn.heads
    assert "silhouette" not in drawn.table
    assert "borne out" not in drawn.caption
    with pytest.raises(lc.InputError, match="not divided"):
        lc.chart(found, "style_profiles")


@pytest.mark.parametrize("kind", ["style_map", "style_profiles"])
def test_what_is_not_borne_out_bears_the_mark(three, towns, kind):
    assert not three.found
    assert lc.chart(three, kind).caption.startswith("These 3 styles are not borne out")
    assert lc.chart(three, kind, "zh").caption.startswith("这3种类型未获数据支持")
    assert towns.found
    assert "borne out" not in lc.chart(towns, kind).caption


def test_numbers_of_styles_are_those_tried(found):
    drawn = lc.chart(found, "style_numbers")
    choices = found.typology.choices
    for name in ("k", "silhouette", "p", "stability", "smallest"):
        assert (drawn.table[name] == choices[name]).all()
    held = re.findall(r">([\d.]+)</text>", drawn.svg)
    for value in choices["silhouette"]:
        assert f"{value:.2f}" in held
    assert f"{found.typology.chance:.2f}: shuffled columns" in drawn.svg
    assert f"best {choices['k'][choices['chosen']].item()}" in drawn.alt


def test_limits_that_were_not_held_are_not_drawn(towns):
    table = pd.DataFrame({"x": [1, 2, 3, 9, 8, 7], "y": [1, 1, 2, 5, 6, 6]}, index=list("abcdef"))
    plain = lc.typology(table, draws=0, shuffles=0)
    drawn = lc.chart(plain, "style_numbers")
    assert "shuffled" not in drawn.svg + drawn.alt + drawn.caption
    assert "Stability" not in drawn.svg.split("aria-label")[1].split(">", 1)[1]
    assert "shuffled" in lc.chart(towns, "style_numbers").svg


def test_profiles_are_those_of_the_result(towns):
    drawn = lc.chart(towns, "style_profiles", labels={"size": lc.Text("area", "面积")})
    assert (drawn.table["difference"] == towns.profile["difference"]).all()
    assert "Area" in drawn.svg
    assert "Coast yes" in drawn.svg
    assert "面积" in lc.chart(towns, "style_profiles", "zh", labels={"size": lc.Text("area", "面积")}).svg
    assert "town" in lc.chart(towns, "style_map", names={"town 1": "Elm"}).svg
    assert "Elm" in set(lc.chart(towns, "style_map", names={"town 1": "Elm"}).table["name"])


@pytest.mark.parametrize("kind", ["style_map", "style_numbers", "style_profiles"])
def test_they_are_drawn_of_styles_alone(atlas, kind):
    with pytest.raises(lc.InputError, match="atlas_styles"):
        lc.chart(atlas, kind)
