"""Practices with what can be asked of them, and those that an address asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from learningcity.web import content
from learningcity.web.screens.practices.query import BOTH, NONE, PracticeQuery

Row = dict[str, Any]
Values = dict[str, frozenset[str]]
#: Filters whose values are read off the codes.
CODED = ("mechanism", "area", "theme", "problem", "group", "level", "subject", "stance", "strength")
#: Filters that compare one value; the others (text, years) ask in their own way.
PLAIN = (*CODED, "region", "country", "city", "timing", "passes")
_COMPARED = (
    "mechanism", "mechanism_2", "subject", "level", "stance", "strength", "themes", "areas", "problem", "groups",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice, its city and its codes by coder."""

    practice_id: str
    city: content.City
    row: Row
    year: int | None
    timing: str
    codes: dict[str, Row]

    @property
    def passes(self) -> str:
        """Whether the passes coded it alike."""
        if not self.codes:
            return "not-coded"
        every = [[frozenset(content.ids(_text(c[f]))) for f in _COMPARED] for c in self.codes.values()]
        return "agree" if all(one == every[0] for one in every) else "differ"


def _text(value: Any) -> str:
    return "" if value is None else str(value)


@cache
def practices() -> dict[str, Practice]:
    """All practices of the cities of the atlas, by id."""
    found = {}
    for city_id, rows in content.practices_by_city().items():
        city = content.cities().get(city_id)
        if city is None:
            continue
        for row in rows:
            practice_id = row["practice_id"]
            codes = {str(c["coder"]): c for c in content.codes_by_practice().get(practice_id, [])}
            found[practice_id] = Practice(
                practice_id=practice_id,
                city=city,
                row=row,
                year=int(row["start_year"]) if row["start_year"] is not None else None,
                timing=content.timing().get(practice_id, "undated"),
                codes=dict(sorted(codes.items())),
            )
    return found


def _coded(code: Row, rank: str) -> Values:
    """What one row of codes says, by filter."""
    first, second = {_text(code["mechanism"])}, {_text(code["mechanism_2"])}
    return {
        "mechanism": frozenset({"first": first, "second": second}.get(rank, first | second) - {""}),
        "area": frozenset(content.ids(code["areas"])),
        "theme": frozenset(content.ids(code["themes"])) or frozenset({NONE}),
        "group": frozenset(content.ids(code["groups"])) or frozenset({NONE}),
        **{
            n: frozenset({_text(code[n])} - {""})
            for n in ("problem", "level", "subject", "stance", "strength")
        },
    }


@cache
def values(coder: str, rank: str) -> dict[str, Values]:
    """What can be asked of every practice, by the codes of one pass or by what all passes say alike."""
    return {practice_id: _values(p, coder, rank) for practice_id, p in practices().items()}


def _values(practice: Practice, coder: str, rank: str) -> Values:
    empty: Values = {name: frozenset() for name in CODED}
    wanted = content.coders() if coder == BOTH else (coder,)
    told = [_coded(practice.codes[c], rank) for c in wanted if c in practice.codes]
    if told and len(told) == len(wanted):
        empty = {name: frozenset.intersection(*(one[name] for one in told)) for name in CODED}
    return {
        **empty,
        "region": frozenset({practice.city.region}),
        "country": frozenset({practice.city.country}),
        "city": frozenset({practice.city.city_id}),
        "timing": frozenset({practice.timing}),
        "passes": frozenset({practice.passes}),
    }


# --- text -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text finds: the place of each practice, whether some words were let go, near words."""

    places: dict[str, int]
    relaxed: bool = False
    near: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def heard(text: str) -> Heard:
    """Find a text in titles, summaries, names of cities and countries, in both languages."""
    result = content.atlas().search_practices(text)
    return Heard({hit.id: place for place, hit in enumerate(result)}, result.relaxed, result.suggestions)


# --- choosing ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """The practices that fit, and how many more would for each other value of each filter."""

    practices: tuple[Practice, ...]
    #: By filter and value: how many practices there are with the other choices kept.
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    #: By filter: the start years of the practices that fit all other choices.
    years: dict[str, tuple[int, ...]] = field(default_factory=dict)
    #: By filter: how many practices there would be without it.
    without: Counter[str] = field(default_factory=Counter)


def _tests(query: PracticeQuery) -> dict[str, Callable[[Practice, Values], bool]]:
    """One test for each choice that was made."""
    tests: dict[str, Callable[[Practice, Values], bool]] = {}
    for name in PLAIN:
        wanted = getattr(query, name)
        if wanted:
            tests[name] = lambda _, told, n=name, w=wanted: w in told[n]  # type: ignore[misc]
    if query.q:
        places = heard(query.q).places
        tests["q"] = lambda p, _: p.practice_id in places
    if query.since:
        since = int(query.since)
        tests["since"] = lambda p, _: p.year is not None and p.year >= since
    if query.until:
        until = int(query.until)
        tests["until"] = lambda p, _: p.year is not None and p.year <= until
    return tests


def choose(query: PracticeQuery) -> Found:
    """Find the practices for an address, and count what every other option would give."""
    tests = _tests(query)
    counts: dict[str, Counter[str]] = {name: Counter() for name in PLAIN}
    years: dict[str, list[int]] = {"since": [], "until": []}
    fits: list[Practice] = []
    without: Counter[str] = Counter()
    told = values(query.coder, query.rank)
    for practice_id, practice in practices().items():
        mine = told[practice_id]
        failed = [name for name, test in tests.items() if not test(practice, mine)]
        if len(failed) > 1:
            continue
        if not failed:
            fits.append(practice)
        else:
            without[failed[0]] += 1
        for name in failed or counts:
            if name in counts:
                counts[name].update(mine[name])
        for name in failed or years:
            if name in years and practice.year is not None:
                years[name].append(practice.year)
    for name in tests:
        without[name] += len(fits)
    return Found(tuple(fits), counts, {n: tuple(sorted(y)) for n, y in years.items()}, without)


def number_of(query: PracticeQuery) -> int:
    """How many practices an address finds."""
    tests = tuple(_tests(query).values())
    told = values(query.coder, query.rank)
    return sum(all(test(p, told[i]) for test in tests) for i, p in practices().items())


def ordered(found: Iterable[Practice], query: PracticeQuery, language: str) -> list[Practice]:
    """Sort practices; those without what is asked for come last, each group by city."""
    by_city = sorted(found, key=lambda p: (content.sort_key(p.city.name(language), language), p.practice_id))
    if query.sort == "newest":
        return sorted(by_city, key=lambda p: -(p.year or 0))
    if query.sort == "oldest":
        return sorted(by_city, key=lambda p: p.year or 9999)
    if query.sort == "strength":
        return sorted(by_city, key=lambda p: -strength(p, query.coder))
    if query.sort == "match" and query.q:
        places = heard(query.q).places
        return sorted(by_city, key=lambda p: places[p.practice_id])
    return by_city


def strength(practice: Practice, coder: str) -> int:
    """The strength of the evidence by one pass, the weaker of all for both; 0 where nobody coded it."""
    codes = practice.codes.values() if coder == BOTH else [practice.codes.get(coder)]
    return min((int(c["strength"]) for c in codes if c), default=0)
