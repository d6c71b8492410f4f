"""Grid of land points under the maps: no boundaries, no tiles, no claim about territory.

The points are computed once with the PyPI package ``global-land-mask`` (GLOBE elevation data of
NOAA, one arc minute) and committed, so that neither the site nor its build needs the package.
"""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING

from learningcity.core import SetupError, Text

if TYPE_CHECKING:
    from collections.abc import Callable

#: Degrees of latitude between two rows of dots; gives some 3,400 of them.
STEP = 1.8

#: Antarctica begins south of this; it holds no city and would take a fifth of the map.
SOUTH, NORTH = -56.0, 84.0


def grid_points(step: float = STEP) -> list[tuple[float, float]]:
    """Give the points of a grid whose dots stand for equal areas, from south to north.

    Rows are ``step`` degrees of latitude apart; the number of dots in a row shrinks with the
    cosine of the latitude, so that an equal-area projection shows them evenly.

    Parameters
    ----------
    step
        Degrees of latitude between two rows.

    Returns
    -------
    list of (latitude, longitude)
        Rounded to two decimals (about one kilometre).

    Examples
    --------
    >>> grid_points(70.0)[-3:]
    [(49.0, -120.0), (49.0, 0.0), (49.0, 120.0)]
    """
    points = []
    for row in range(int((NORTH - SOUTH) / step)):
        latitude = SOUTH + (row + 0.5) * step
        count = max(1, round(360 * cos(radians(latitude)) / step))
        points += [(round(latitude, 2), round(-180 + (i + 0.5) * 360 / count, 2)) for i in range(count)]
    return points


def land_dots(is_land: Callable[[float, float], bool] | None = None) -> list[tuple[float, float]]:
    """Give the grid points that lie on land.

    Parameters
    ----------
    is_land
        Tells whether latitude, longitude is land; None asks ``global-land-mask``.

    Raises
    ------
    SetupError
        ``global-land-mask`` is not installed.

    Examples
    --------
    >>> dots = land_dots(lambda latitude, longitude: latitude > 60)
    >>> dots[0][0] > 60
    True
    """
    known = is_land or _mask()
    return [p for p in grid_points() if known(*p)]


def _mask() -> Callable[[float, float], bool]:
    try:
        from global_land_mask import globe
    except ImportError as error:
        raise SetupError(
            Text(
                "The land dots need the package global-land-mask. "
                "Install it with: pip install 'learningcity[build]'",
                "生成陆地点阵需要global-land-mask软件包。请运行：pip install 'learningcity[build]'",
            )
        ) from error
    return lambda latitude, longitude: bool(globe.is_land(latitude, longitude))


def land_csv(dots: list[tuple[float, float]]) -> str:
    r"""Write dots as the CSV that the maps read: columns ``lat`` and ``lon``, in degrees.

    Examples
    --------
    >>> land_csv([(1.0, 2.5)])
    'lat,lon\n1.0,2.5\n'
    """
    return "lat,lon\n" + "".join(f"{lat},{lon}\n" for lat, lon in dots)
