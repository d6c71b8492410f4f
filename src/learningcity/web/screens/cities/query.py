"""What the address of the list asks for: read, checked, and applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from learningcity.web import content
from learningcity.web.queries import Query

SORTS = ("name", "population", "award", "practices")
AWARD = ("yes", "no")
#: Lower and upper bound of each size band, in persons; the upper one is not part of it.
BANDS: dict[str, tuple[float, float]] = {
    "under-100k": (0, 100_000),
    "100k-500k": (100_000, 500_000),
    "500k-1m": (500_000, 1_000_000),
    "1m-5m": (1_000_000, 5_000_000),
    "5m-10m": (5_000_000, 10_000_000),
    "over-10m": (10_000_000, float("inf")),
}
NOT_SEEN = "not-seen"
#: What the choice of a mechanism asks for: practices that count, those that do not, or either.
SEEN = ("counted", "not-counted", "either")


@dataclass(frozen=True, slots=True)
class CityQuery(Query):
    """The choices of a visitor; an empty one leaves all cities in."""

    PATH: ClassVar[str] = "cities"

    q: str = ""
    region: str = ""
    country: str = ""
    round: str = ""
    award: str = ""
    size: str = ""
    mechanism: str = ""
    seen: str = "counted"
    disagree: str = ""
    sort: str = "name"

    @classmethod
    def allowed(cls) -> Mapping[str, tuple[str, Iterable[str]]]:
        """What each closed field may be."""
        return {
            "region": ("option", content.REGIONS),
            "country": ("country", sorted({c.country for c in content.cities().values()})),
            "round": ("round", [str(y) for y in content.award_years()]),
            "award": ("option", AWARD),
            "size": ("option", [*BANDS, NOT_SEEN]),
            "mechanism": ("mechanism", [*content.MECHANISMS, *content.THEMES]),
            "seen": ("option", SEEN),
            "disagree": ("option", ["yes"]),
            "sort": ("option", SORTS),
        }

    @property
    def filters(self) -> dict[str, str]:
        """The choices that leave cities out."""
        # Without a mechanism there is nothing to be seen in one way or the other.
        unused = () if self.mechanism else ("seen",)
        return {n: v for n, v in self.chosen.items() if n not in (*self.ORDER, *unused)}


def matches(city: content.City, query: CityQuery) -> bool:
    """Say whether a city fits every choice."""
    return (
        (not query.region or city.region == query.region)
        and (not query.country or city.country == query.country)
        and (not query.round or int(query.round) in city.rounds)
        and (not query.award or bool(city.rounds) == (query.award == "yes"))
        and (not query.size or band_of(city.city_id) == query.size)
        and (not query.mechanism or _was_seen(city.city_id, query.mechanism, query.seen))
        and (not query.disagree or city.city_id in content.conflicts_by_city())
        and (not query.q or _speaks_of(city, query.q))
    )


def _was_seen(city_id: str, condition: str, how: str) -> bool:
    counted = content.condition_scores()[city_id][condition] is not None
    aside = not counted and bool(content.seen_not_counted().get(city_id, {}).get(condition))
    return {"counted": counted, "not-counted": aside, "either": counted or aside}[how]


def band_of(city_id: str) -> str:
    """The size band of a city by its population; ``not-seen`` where none was seen, "" where it is no size."""
    people = content.population()[city_id]["value"]
    if people is None:
        return NOT_SEEN
    return next((name for name, (low, high) in BANDS.items() if people > 0 and low <= people < high), "")


def _speaks_of(city: content.City, text: str) -> bool:
    names = (city.city_id, city.names.en, city.names.zh, city.local or "")
    countries = (content.country(city.country, "en"), content.country(city.country, "zh"))
    wanted = content.sort_key(text, "en")
    return any(wanted in content.sort_key(name, "en") for name in (*names, *countries))


def ordered(found: list[content.City], sort: str, language: str) -> list[content.City]:
    """Sort cities; those without the figure asked for come last, each group by name."""

    def by_name(city: content.City) -> Any:
        return content.sort_key(city.name(language), language)

    found = sorted(found, key=by_name)
    if sort == "population":
        people = content.population()
        return sorted(found, key=lambda c: -(people[c.city_id]["value"] or -1))
    if sort == "award":
        return sorted(found, key=lambda c: c.first_award or 9999)
    if sort == "practices":
        return sorted(found, key=lambda c: -int(content.effort()[c.city_id]["practices"]))
    return found
