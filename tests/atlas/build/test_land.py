"""The land dots under the maps: an even grid, no Antarctica, and what is shipped can be computed again."""

from __future__ import annotations

import csv
from math import cos, radians

import pytest

import learningcity as lc
from learningcity.atlas.build.edited import checkout
from learningcity.atlas.build.land import NORTH, SOUTH, STEP, grid_points, land_csv, land_dots
from learningcity.atlas.build.places import thin_places

SHIPPED = checkout() / "src/learningcity/report/data/land-dots.csv"


def test_dots_of_the_grid_stand_for_equal_areas() -> None:
    rows: dict[float, int] = {}
    for latitude, _ in grid_points():
        rows[latitude] = rows.get(latitude, 0) + 1
    assert len(rows) == int((NORTH - SOUTH) / STEP)
    area = [cos(radians(latitude)) / count for latitude, count in rows.items() if latitude < 75]
    assert max(area) / min(area) < 1.05


def test_only_land_is_kept() -> None:
    assert land_dots(lambda latitude, longitude: False) == []
    assert land_dots(lambda latitude, longitude: True) == grid_points()


def test_the_shipped_dots_are_land_of_the_grid() -> None:
    rows = list(csv.DictReader(SHIPPED.read_text(encoding="utf-8").splitlines()))
    dots = [(float(row["lat"]), float(row["lon"])) for row in rows]
    assert len(dots) == 3383
    assert set(dots) <= set(grid_points())
    assert min(latitude for latitude, _ in dots) > SOUTH


def test_the_shipped_dots_can_be_computed_again() -> None:
    pytest.importorskip("global_land_mask", reason="global-land-mask is not installed (learningcity[build])")
    assert land_csv(land_dots()) == SHIPPED.read_text(encoding="utf-8")


def test_a_missing_package_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "global_land_mask", None)
    with pytest.raises(lc.SetupError, match="pip install"):
        land_dots()


def test_thinned_places_leave_none_far_from_a_row() -> None:
    # One degree of latitude is 111 km: of a line of places half a degree apart every second stays.
    line = [("CHN", 1000 - i, i / 2, 100.0) for i in range(9)]
    assert thin_places(line) == [("CHN", i / 1.0, 100.0) for i in range(5)]
    assert thin_places([*line, ("VNM", 5, 0.5, 100.0)])[-1] == ("VNM", 0.5, 100.0)
