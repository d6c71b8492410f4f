"""What the rules hold a row against: known places, plausible ranges, currencies, tiers of hosts."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from math import asin, cos, radians, sin, sqrt
from urllib.parse import urlsplit

from learningcity.core import Text, UnknownNameError

#: Packages that ship tables. Read with the standard library: the rules cost no pandas.
HOMES = ("learningcity.atlas", "learningcity.standards", "learningcity.atlas.build")

#: Known places are thinned to 60 km and rounded to a tenth of a degree; the rest is tolerance.
WITHIN_KM = 75.0
EARTH_KM = 6371.0

Rows = list[dict[str, str]]


@cache
def shipped_rows(name: str) -> Rows:
    """Give a shipped table as dictionaries of strings ("" = empty).

    Raises
    ------
    UnknownNameError
        No package ships such a table.

    Examples
    --------
    >>> shipped_rows("rounds")[1]["year"]
    '2015'
    """
    names = []
    for home in HOMES:
        folder = resources.files(home).joinpath("tables")
        file = folder.joinpath(f"{name}.csv")
        if file.is_file():
            return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8"), newline="")))
        names += [entry.name.removesuffix(".csv") for entry in folder.iterdir()]
    raise UnknownNameError("table", name, names)


@dataclass(frozen=True)
class Yardsticks:
    """What rows are held against, read from tables that ``rows`` gives by name.

    Examples
    --------
    >>> known = Yardsticks(shipped_rows)
    >>> known.tier("https://uil.unesco.org/en"), known.tier("https://www.beijing.gov.cn/")
    ('unesco', 'official')
    """

    rows: Callable[[str], Rows]

    @cached_property
    def places(self) -> Mapping[str, list[tuple[float, float]]]:
        """Known places, in radians, by ISO 3166-1 alpha-3 code."""
        found: dict[str, list[tuple[float, float]]] = {}
        for row in self.rows("known-places"):
            here = radians(float(row["latitude"])), radians(float(row["longitude"]))
            found.setdefault(row["country_iso3"], []).append(here)
        return found

    def distance(self, country: str, latitude: float, longitude: float) -> float | None:
        """Kilometres to the nearest known place of a country; None where none is known.

        Examples
        --------
        >>> known = Yardsticks(shipped_rows)
        >>> known.distance("IRL", 51.9, -8.47) < 60, known.distance("IRL", -8.47, 51.9) > 5000
        (True, True)
        """
        here = radians(latitude), radians(longitude)
        return min((_distance(here, there) for there in self.places.get(country, ())), default=None)

    @cached_property
    def _ranges(self) -> Mapping[tuple[str, str], tuple[float | None, float | None, Text]]:
        return {
            (row["unit"], row["indicator_id"]): (
                _limit(row["minimum"]),
                _limit(row["maximum"]),
                Text(row["reason_en"], row["reason_zh"]),
            )
            for row in self.rows("plausible-ranges")
        }

    def plausible(self, unit: str, indicator: str = "") -> tuple[float | None, float | None, Text]:
        """Smallest and largest plausible value of an indicator in its unit, and why.

        Examples
        --------
        >>> Yardsticks(shipped_rows).plausible("percent", "tertiary_gross_enrolment")[:2]
        (0.0, 250.0)
        """
        unlimited = (None, None, Text("", ""))
        return self._ranges.get((unit, indicator)) or self._ranges.get((unit, ""), unlimited)

    @cached_property
    def _hosts(self) -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]], str]:
        exact, patterns, other = {}, [], "secondary"
        for row in self.rows("tier-rules"):
            if row["match"] == "host":
                exact[row["host"]] = row["tier"]
            elif row["match"] == "pattern":
                patterns.append((re.compile(row["host"]), row["tier"]))
            else:
                other = row["tier"]
        return exact, patterns, other

    @cached_property
    def _exceptions(self) -> Mapping[str, str]:
        return {row["source_id"]: row["tier"] for row in self.rows("tier-exceptions")}

    def tier(self, url: str, source_id: str = "") -> str:
        """Tier of a source by the host name of its address.

        A host of ``tier-rules`` speaks for itself and for the hosts under it, the nearest first;
        then come the patterns. ``tier-exceptions`` names single sources that differ from their host.
        """
        if source_id in self._exceptions:
            return self._exceptions[source_id]
        exact, patterns, other = self._hosts
        host = host_name(url) or ""
        labels = host.split(".")
        for start in range(len(labels)):
            tier = exact.get(".".join(labels[start:]))
            if tier:
                return tier
        return next((tier for pattern, tier in patterns if pattern.search(host)), other)

    @cached_property
    def words_to_avoid(self) -> Mapping[str, str]:
        """Chinese words that may stand in no table, with the word to use."""
        return {row["word"]: row["instead"] for row in self.rows("words-to-avoid")}


@cache
def shipped_yardsticks() -> Yardsticks:
    """Give the yardsticks of the shipped tables, read once a process."""
    return Yardsticks(shipped_rows)


@cache
def currencies() -> frozenset[str]:
    """Give the ISO 4217 codes of currencies, past ones included.

    Examples
    --------
    >>> "CNY" in currencies(), "RMB" in currencies()
    (True, False)
    """
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


#: Scheme, then the authority as far as every browser reads it.
_AUTHORITY = re.compile(r"https?://([^/?#\\]*)(?:[/?#]|\Z)", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.?(:[0-9]{1,5})?", re.IGNORECASE)


def host_name(url: str) -> str | None:
    r"""Give the host name of a plain web address without ``www``; None where there is none.

    Programs do not agree on where an address with a backslash, a percent sign, a user name, an
    invisible character or an unusual dot in its authority leads; such an address has no host here, so
    that it is neither graded by a host that it only seems to name, nor linked.

    Examples
    --------
    >>> host_name("https://www.scribd.com/document/1"), host_name("no address")
    ('scribd.com', None)
    >>> host_name("https://evil.example\\@unesco.org/"), host_name("https://%61.org/")
    (None, None)
    """
    found = _AUTHORITY.match(url)
    if found is None or not found[1] or any(unicodedata.category(c) in ("Cc", "Cf", "Zs") for c in url):
        return None
    host = unicodedata.normalize("NFKC", found[1])
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii") if host == found[1] else ""
        except UnicodeError:
            return None
    if not _HOST.fullmatch(host) or "\u3002" in found[1]:
        return None
    try:
        name = (urlsplit(f"https://{host}/").hostname or "").rstrip(".")
    except ValueError:
        return None
    if "." not in name or ".." in name:
        return None
    return re.sub(r"^www\d*\.", "", name)


def is_doubtful_host(url: str) -> bool:
    """Whether the host of an address is graded doubtful, whatever the tier beside it says.

    Examples
    --------
    >>> is_doubtful_host("https://uil.unesco.org/en")
    False
    """
    return shipped_yardsticks().tier(url) == "doubtful"


def _limit(text: str) -> float | None:
    return float(text) if text else None


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    half = sin((b[0] - a[0]) / 2) ** 2 + cos(a[0]) * cos(b[0]) * sin((b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
