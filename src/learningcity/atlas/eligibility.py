"""Eligibility of the cities of the atlas: gather what is known of a city and let the rules judge it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.atlas.load import load_atlas, shipped_atlas
from learningcity.atlas.names import find_city
from learningcity.core import Text, UnknownNameError
from learningcity.standards import (
    AwardedCity,
    Candidate,
    EligibilityResult,
    JoinYear,
    country_name,
    judge,
    region_name,
)

if TYPE_CHECKING:
    from learningcity.atlas.model import Atlas

#: Members of the network as it counts itself; the atlas saw fewer, so its list cannot say no.
MEMBERS_TOTAL = 425


def check_eligibility(
    city: str,
    round: int | str,
    *,
    atlas: Atlas | None = None,
    rules_of: int | str | None = None,
    country: str | None = None,
) -> EligibilityResult:
    """Check whether a city may apply in a round of the award, rule by rule, each with its source.

    Parameters
    ----------
    city
        An awarded or comparison city or a member of the network, by id or by any of its names
        (English, Chinese, local).
    round
        Year of the round.
    atlas
        The atlas to look in; None for the shipped one.
    rules_of
        Judge by the rules of this round instead (a coming round by those of 2024, say); the head
        of the summary then says so.
    country
        ISO 3166-1 alpha-3 code of the country of a city that the atlas does not know: 99 of the
        425 members were not seen, and such a city can still be asked about. Without it a name
        that is not known is an error.

    Returns
    -------
    EligibilityResult
        ``.answer`` is "yes", "no" or "cannot tell"; ``.checks`` holds every question with answer,
        reason, rule and sources. What is not known gives "cannot tell", never yes and never no.
        An award in an earlier round for members only shows membership by that round, where no
        source gives the join year.

    Raises
    ------
    UnknownNameError
        No such city or round; the nearest names are given.

    Examples
    --------
    >>> import learningcity as lc
    >>> lc.check_eligibility("Wuhan", 2024).answer, lc.check_eligibility("都柏林", 2024).answer
    ('yes', 'no')
    >>> lc.check_eligibility("Taiyuan", 2024)["min-membership-months"].answer
    'cannot tell'
    """
    return judge(candidate(city, atlas=atlas, country=country), round, rules_of)


def candidate(city: str, *, atlas: Atlas | None = None, country: str | None = None) -> Candidate:
    """Gather what the atlas knows of a city that would apply.

    Examples
    --------
    >>> [join.year for join in candidate("Ibadan").join_years]
    [2016, 2017]
    """
    atlas = atlas if atlas is not None else load_atlas()
    city_id = _find(atlas, city, country)
    known = gather(atlas)
    if city_id is None:
        iso3 = str(country).strip().upper()
        return Candidate(
            name=_original(city.strip()), country_iso3=iso3, country=_country(iso3), **known.totals
        )
    return known.candidate(city_id)


@dataclass(frozen=True)
class Known:
    """What the atlas holds on all cities that could apply, gathered in one walk over its tables."""

    places: dict[str, dict[str, Any]]
    members: dict[str, tuple[str, ...]]
    join_years: dict[str, tuple[JoinYear, ...]]
    totals: dict[str, Any]

    def candidate(self, city_id: str) -> Candidate:
        """Give what is known of one city."""
        row = self.places[city_id]
        return Candidate(
            name=_name(row),
            city_id=city_id,
            country_iso3=row["country_iso3"],
            country=_country(row["country_iso3"]),
            unesco_region=row["unesco_region"],
            region=Text(region_name(row["unesco_region"], "en"), region_name(row["unesco_region"], "zh")),
            member="yes" if city_id in self.members else "unknown",
            member_source_ids=self.members.get(city_id, ()),
            join_years=self.join_years.get(city_id, ()),
            **self.totals,
        )


def gather(atlas: Atlas) -> Known:
    """Gather members, join years and awards of all cities of an atlas, once for each atlas."""
    return atlas.derived("known of applicants", lambda: _gathered(atlas))


def _gathered(atlas: Atlas) -> Known:
    awarded = _awarded(atlas)
    members = _grouped(zip(atlas.members["city_id"], atlas.members["source_id"], strict=True))
    return Known(
        places=_places(atlas),
        members={city_id: _ids(sources) for city_id, sources in members.items()},
        join_years=_join_years(atlas),
        totals={
            "awarded": awarded,
            "complete_to": max(a.round for a in awarded),
            "members_seen": len(members),
            # A user's own members may make the list longer than the network was.
            "members_total": max(MEMBERS_TOTAL, len(members)),
        },
    )


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


def _find(atlas: Atlas, city: str, country: str | None) -> str | None:
    """Give the id of a city; None for one outside the atlas whose country was named."""
    try:
        found = find_city(atlas, city, members=True)
        # Santiago lies in more than one country: the country named decides.
        if (
            country is not None
            and country_name(country) != _country(_places(atlas)[found]["country_iso3"]).en
        ):
            return None
        return found
    except UnknownNameError as error:
        if country is not None and str(city).strip():
            wanted, places = country_name(country), _places(atlas)
            # A slip in the name of a city that is there must not make it one without awards.
            if not any(country_name(places[n]["country_iso3"]) == wanted for n in error.near):
                return None
            raise
        missing = MEMBERS_TOTAL - int(atlas.members["city_id"].nunique())
        if missing > 0:
            error.text = Text(
                f"{error.text.en} {missing} of {MEMBERS_TOTAL} members were not seen: "
                "to ask about a city outside the atlas, add its country, for example country='FRA'.",
                f"{error.text.zh}{MEMBERS_TOTAL}个成员中有{missing}个未见："
                "如要查询图谱之外的城市，请同时给出其国家代码，例如country='FRA'。",
            )
            error.args = (error.text.en,)
        raise


def _places(atlas: Atlas) -> dict[str, dict[str, Any]]:
    """Rows of all cities and members by id; the fuller row of ``cities`` wins."""

    def listed() -> dict[str, dict[str, Any]]:
        rows = [*atlas.members.to_dict("records"), *atlas.cities.to_dict("records")]
        return {row["city_id"]: {str(k): v for k, v in row.items()} for row in rows}

    return atlas.derived("places", listed)


def _name(row: dict[str, Any]) -> Text:
    for column in ("name_zh", "name_local"):
        given = row.get(column)
        if isinstance(given, str) and (column == "name_zh" or row["country_iso3"] == "CHN"):
            return Text(row["name_en"], given)
    return _original(row["name_en"])


def _original(name: str) -> Text:
    """Give a name without a Chinese form as it stands, marked as the original."""
    return Text(name, f"{name}（原文）" if name.isascii() or not _has_han(name) else name)


def _has_han(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def _country(iso3: str) -> Text:
    return Text(country_name(iso3, "en"), country_name(iso3, "zh"))


def _join_years(atlas: Atlas) -> dict[str, tuple[JoinYear, ...]]:
    """Every join year that some source gives, by city."""
    rows = atlas.memberships.dropna(subset=["join_year"])
    given = zip(rows["city_id"], rows["join_year"], rows["source_id"], strict=True)
    by_city = _grouped((city_id, (int(year), source)) for city_id, year, source in given)
    return {
        city_id: tuple(JoinYear(year, _ids(ids)) for year, ids in sorted(_grouped(years).items()))
        for city_id, years in by_city.items()
    }


def _awarded(atlas: Atlas) -> tuple[AwardedCity, ...]:
    """All awards: the shipped list is complete, so it counts beside own tables that stand alone."""
    shipped = shipped_atlas()
    places = {**_places(shipped), **_places(atlas)}
    rows = {(r["round"], r["city_id"]): r for a in (shipped, atlas) for r in a.awards.to_dict("records")}
    return tuple(
        AwardedCity(
            round=int(row["round"]),
            city_id=row["city_id"],
            name=_name(places[row["city_id"]]),
            country_iso3=places[row["city_id"]]["country_iso3"],
            unesco_region=places[row["city_id"]]["unesco_region"],
            source_ids=_ids([row["source_id"]]),
        )
        for row in rows.values()
    )


def _ids(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in values if isinstance(v, str)))
