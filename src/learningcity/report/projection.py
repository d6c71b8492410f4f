"""The Equal Earth projection: areas stay true, so no continent looks larger than it is.

Written from Šavrič, Patterson & Jenny (2018), doi 10.1080/13658816.2018.1504949, for the sphere.
"""

from __future__ import annotations

import math
from functools import lru_cache

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2

#: Half the width and half the height of the whole map on a sphere of radius 1.
HALF_WIDTH = math.pi / (_M * A1)
HALF_HEIGHT = A1 * math.pi / 3 + A2 * (math.pi / 3) ** 3 + A3 * (math.pi / 3) ** 7 + A4 * (math.pi / 3) ** 9


def project(latitude: float, longitude: float, centre: float = 0.0) -> tuple[float, float]:
    """Project a point of the sphere of radius 1 onto the plane.

    Parameters
    ----------
    latitude, longitude
        Degrees; the longitude is wrapped to within half a turn of ``centre``.
    centre
        Central meridian in degrees.

    Returns
    -------
    tuple of float
        x to the east, y to the north, both in radii.

    References
    ----------
    Šavrič, B., Patterson, T., & Jenny, B. (2018). The Equal Earth map projection. International
    Journal of Geographical Information Science, 33(3), 454-465. doi 10.1080/13658816.2018.1504949

    Examples
    --------
    >>> project(0, 0)
    (0.0, 0.0)
    >>> x, y = project(90, 180)
    >>> round(x / HALF_WIDTH, 5)
    0.59247
    """
    away = math.radians((longitude - centre + 180.0) % 360.0 - 180.0)
    if longitude - centre == 180.0:
        away = math.pi
    cosine, slope, y = _parallel(latitude)
    return away * cosine / slope, y


@lru_cache(maxsize=1024)
def _parallel(latitude: float) -> tuple[float, float, float]:
    """Give what all points of a parallel share; the dots of a map lie on a hundred of them."""
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    slope = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
    return math.cos(theta), _M * slope, theta * (A1 + A2 * square + sixth * (A3 + A4 * square))


def unproject(x: float, y: float, centre: float = 0.0) -> tuple[float, float]:
    """Turn a point of the plane back into latitude and longitude (degrees), by Newton's method.

    Examples
    --------
    >>> latitude, longitude = unproject(*project(30.6, 114.3))
    >>> round(latitude, 6), round(longitude, 6)
    (30.6, 114.3)
    """
    theta = y / A1
    for _ in range(12):
        square = theta * theta
        sixth = square**3
        value = theta * (A1 + A2 * square + sixth * (A3 + A4 * square)) - y
        slope = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
        step = value / slope
        theta -= step
        if abs(step) < 1e-13:
            break
    square = theta * theta
    slope = A1 + 3 * A2 * square + square**3 * (7 * A3 + 9 * A4 * square)
    away = _M * x * slope / math.cos(theta)
    latitude = math.degrees(math.asin(max(-1.0, min(1.0, math.sin(theta) / _M))))
    longitude = (math.degrees(away) + centre + 180.0) % 360.0 - 180.0
    return latitude, longitude
