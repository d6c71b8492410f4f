"""Equal Earth against its paper: proportions, equal areas, and the way back."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learningcity.report.projection import HALF_HEIGHT, HALF_WIDTH, project, unproject


def test_proportions_of_the_paper():
    # Šavrič, Patterson & Jenny (2018): the map is 2.05458 times as wide as high, the pole line
    # 0.59247 times as long as the equator.
    assert pytest.approx(2.05458, abs=5e-6) == HALF_WIDTH / HALF_HEIGHT
    assert project(90, 180)[0] / project(0, 180)[0] == pytest.approx(0.59247, abs=5e-6)
    assert project(0, 180)[0] == pytest.approx(HALF_WIDTH)
    assert project(90, 0)[1] == pytest.approx(HALF_HEIGHT)


@pytest.mark.parametrize(
    ("latitude", "longitude", "x", "y"),
    [
        # PROJ, "+proj=eqearth +R=1", as printed in public test suites that compare themselves with it.
        (0.0, 0.0, 0.0, 0.0),
        (0.0, 180.0, 2.7066299836960748, 0.0),
        (90.0, 0.0, 0.0, 1.3173627591574133),
        (-12.0, -52.0, -0.7737398571326466, -0.2421657412072243),
        (60.0, 120.0, 1.3593733917143729, 1.0883008355053194),
    ],
)
def test_known_points(latitude, longitude, x, y):
    assert project(latitude, longitude) == pytest.approx((x, y), abs=1e-11)


@pytest.mark.parametrize("latitude", [0, 15, 30, 45, 60, 75, 85])
def test_areas_are_kept(latitude):
    # A cell of one hundredth of a degree has the area cos(latitude) on the sphere; the map must agree.
    step = 0.01
    x0, y0 = project(latitude - step / 2, 20)
    x1, _ = project(latitude - step / 2, 20 + step)
    x2, y2 = project(latitude + step / 2, 20)
    x3, _ = project(latitude + step / 2, 20 + step)
    on_map = ((x1 - x0) + (x3 - x2)) / 2 * (y2 - y0)
    on_sphere = math.radians(step) ** 2 * math.cos(math.radians(latitude))
    assert on_map == pytest.approx(on_sphere, rel=1e-6)


@given(
    st.floats(-89.9, 89.9),
    st.floats(-179.9, 179.9),
    st.sampled_from([0.0, 11.0, 150.0, -70.0]),
)
def test_there_and_back(latitude, longitude, centre):
    back = unproject(*project(latitude, longitude, centre), centre)
    assert back[0] == pytest.approx(latitude, abs=1e-7)
    away = (back[1] - longitude + 180) % 360 - 180
    assert away == pytest.approx(0, abs=1e-6)


@given(st.floats(-90, 90), st.floats(-720, 720))
def test_every_point_lies_inside(latitude, longitude):
    x, y = project(latitude, longitude)
    assert abs(x) <= HALF_WIDTH + 1e-9
    assert abs(y) <= HALF_HEIGHT + 1e-9


def test_central_meridian_moves_the_cut():
    assert project(10, 150, centre=150)[0] == 0
    assert project(10, -40, centre=150)[0] > 0  # 170 degrees to the east
    assert project(10, -20, centre=150)[0] < 0  # 170 degrees to the west
