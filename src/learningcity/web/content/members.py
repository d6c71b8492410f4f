"""The members that were seen, each with every join year that some source gives."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import learningcity as lc
from learningcity.web import content

_HAN = re.compile(r"[\u4e00-\u9fff]")
#: Sources whose figures are no estimates: they were expected when the file was made.
PROJECTIONS = frozenset({"un-wup-2018-projection"})


@dataclass(frozen=True, slots=True)
class JoinYear:
    """One join year, with the sources that give it; none where it was handed down without a page."""

    year: int
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """A population of the urban agglomeration, which is not the city."""

    value: float
    year: int
    source_id: str
    projection: bool


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the network."""

    city_id: str
    english: str
    chinese: str | None
    local: str | None
    country: str
    region: str
    source_id: str
    joined: tuple[JoinYear, ...]
    people: tuple[People, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Every join year that was seen, the earliest first."""
        return tuple(j.year for j in self.joined)

    @property
    def disagree(self) -> bool:
        """Whether sources give different join years."""
        return len(self.joined) > 1

    @property
    def in_atlas(self) -> bool:
        """Whether the atlas has a page of the city."""
        return self.city_id in content.cities()

    @property
    def rounds(self) -> tuple[int, ...]:
        """Rounds in which it was awarded."""
        return content.cities()[self.city_id].rounds if self.in_atlas else ()

    @property
    def estimate(self) -> People | None:
        """The latest estimate of its population."""
        return next((p for p in reversed(self.people) if not p.projection), None)

    @property
    def projection(self) -> People | None:
        """The latest projection of its population."""
        return next((p for p in reversed(self.people) if p.projection), None)

    def name(self, language: str) -> str:
        """The name in a language; where there is no Chinese one, the English stays."""
        return (self.chinese or self.english) if language == "zh" else self.english


@cache
def members() -> dict[str, Member]:
    """All members that were seen, by id."""
    joined, people = _joined(), _people()
    return {
        r["city_id"]: Member(
            city_id=r["city_id"],
            english=r["name_en"],
            chinese=_chinese(r),
            local=r["name_local"],
            country=r["country_iso3"],
            region=r["unesco_region"],
            source_id=r["source_id"],
            joined=joined.get(r["city_id"], ()),
            people=people.get(r["city_id"], ()),
        )
        for r in content.rows(content.atlas().members)
    }


def total() -> int:
    """How many members the network counts itself; never fewer than were seen."""
    return max(lc.MEMBERS_TOTAL, len(members()))


def _chinese(row: content.Row) -> str | None:
    city = content.cities().get(row["city_id"])
    if city is not None:
        return city.names.zh
    local = row["name_local"] or ""
    return local if row["country_iso3"] == "CHN" and _HAN.search(local) else None


def _joined() -> dict[str, tuple[JoinYear, ...]]:
    found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in content.rows(content.atlas().memberships):
        sources = found[row["city_id"]][int(row["join_year"])]
        if row["source_id"]:
            sources.append(row["source_id"])
    return {
        city_id: tuple(JoinYear(year, tuple(ids)) for year, ids in sorted(years.items()))
        for city_id, years in found.items()
    }


def _people() -> dict[str, tuple[People, ...]]:
    found: dict[str, list[People]] = defaultdict(list)
    for row in content.rows(content.atlas().population):
        source_id = str(row["source_id"])
        found[row["city_id"]].append(
            People(float(row["value"]), int(row["year"]), source_id, source_id in PROJECTIONS)
        )
    return {city_id: tuple(sorted(figures, key=lambda p: p.year)) for city_id, figures in found.items()}
