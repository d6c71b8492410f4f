"""What the address of the network asks for: read, checked, and applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import learningcity as lc
from learningcity.web import content
from learningcity.web.content.members import Member, members
from learningcity.web.paging import PagedQuery

SORTS = ("name", "country", "year", "population")
AWARD = ("yes", "no")
NOT_SEEN = "not-seen"
DISAGREE = "disagree"


@dataclass(frozen=True, slots=True)
class NetworkQuery(PagedQuery):
    """The choices of a visitor; an empty one leaves all members in."""

    PATH: ClassVar[str] = "network"

    q: str = ""
    region: str = ""
    country: str = ""
    year: str = ""
    award: str = ""
    sort: str = "name"

    @classmethod
    def allowed(cls) -> Mapping[str, tuple[str, Iterable[str]]]:
        """What each closed field may be."""
        return {
            "region": ("option", content.REGIONS),
            "country": ("country", sorted({m.country for m in members().values()})),
            "year": ("option", [*map(str, join_years()), NOT_SEEN, DISAGREE]),
            "award": ("option", AWARD),
            "sort": ("option", SORTS),
            "at": ("city", members()),
        }


def join_years() -> list[int]:
    """Every join year that some source gives, the earliest first."""
    return sorted({year for member in members().values() for year in member.years})


def matches(member: Member, query: NetworkQuery) -> bool:
    """Say whether a member fits every choice."""
    return (
        (not query.region or member.region == query.region)
        and (not query.country or member.country == query.country)
        and (not query.year or _joined(member, query.year))
        and (not query.award or bool(member.rounds) == (query.award == "yes"))
        and (not query.q or _speaks_of(member, query.q))
    )


def _joined(member: Member, year: str) -> bool:
    if year == NOT_SEEN:
        return not member.joined
    if year == DISAGREE:
        return member.disagree
    return int(year) in member.years


def _speaks_of(member: Member, text: str) -> bool:
    names = (member.city_id, member.english, member.chinese or "", member.local or "")
    countries = (lc.country_name(member.country, "en"), lc.country_name(member.country, "zh"))
    wanted = content.sort_key(text, "en")
    return any(wanted in content.sort_key(name, "en") for name in (*names, *countries))


def ordered(found: Iterable[Member], sort: str, language: str) -> list[Member]:
    """Sort members; those without the figure asked for come last, each group by name."""

    def by_name(member: Member) -> Any:
        name = member.name(language)
        chinese = language == "zh" and member.chinese is not None
        # Names that stay as originals follow the Chinese ones: two alphabets have no common order.
        return (0, content.sort_key(name, "zh")) if chinese else (1, content.sort_key(name, "en"))

    listed = sorted(found, key=by_name)
    if sort == "country":
        return sorted(listed, key=lambda m: content.sort_key(lc.country_name(m.country, language), language))
    if sort == "year":
        return sorted(listed, key=lambda m: m.years[0] if m.years else 9999)
    if sort == "population":
        return sorted(listed, key=lambda m: -(m.estimate.value if m.estimate else -1))
    return listed
