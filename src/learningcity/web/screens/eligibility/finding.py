"""Find a city by what a visitor types: one answer, several to choose from, or the nearest names."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import learningcity as lc
from learningcity.web import content
from learningcity.web.content.members import members

#: Names like the one typed that are offered.
OFFERED = 8
_ENDINGS = ("市", "-si", " city")


@dataclass(frozen=True, slots=True)
class Place:
    """A city that can be asked about: a member, a city of the atlas, or both."""

    city_id: str
    english: str
    chinese: str | None
    local: str | None
    country: str

    def name(self, language: str) -> str:
        """The name in a language; where there is no Chinese one, the English stays."""
        return (self.chinese or self.english) if language == "zh" else self.english

    def lang(self, language: str) -> str | None:
        """The language of the name where it is not that of the page."""
        return "en" if language == "zh" and self.chinese is None else None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which it is looked for."""
        parts = (self.local or "").split(" / ")
        return tuple(n for n in (self.city_id, self.english, self.chinese or "", *parts) if n)


@dataclass(frozen=True, slots=True)
class Found:
    """What a text led to: one place, or those that may be meant."""

    place: Place | None
    others: tuple[Place, ...] = ()


@cache
def places() -> dict[str, Place]:
    """Every city that can be asked about, by id."""
    known = {
        m.city_id: Place(m.city_id, m.english, m.chinese, m.local, m.country) for m in members().values()
    }
    for c in content.cities().values():
        known[c.city_id] = Place(c.city_id, c.names.en, c.names.zh, c.local, c.country)
    return known


def fold(text: str) -> str:
    """A name without accents, case and outer blanks."""
    return str(content.sort_key(text, "en")).strip()


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for place in places().values():
        for name in place.names:
            found[fold(name)][place.city_id] = None
    return {name: tuple(ids) for name, ids in found.items()}


def find(text: str) -> Found:
    """Find the cities that a text may mean.

    Examples
    --------
    >>> find("太原市").place.city_id, find("taiyuan").place.city_id
    ('taiyuan', 'taiyuan')
    >>> [p.city_id for p in find("Taiyuen").others][0]
    'taiyuan'
    """
    wanted, known = fold(text), _by_name()
    if wanted in places():
        return Found(places()[wanted])
    bare = [wanted, *(wanted.removesuffix(e).strip() for e in _ENDINGS if wanted.endswith(e))]
    for name in bare:
        if len(known.get(name, ())) == 1:
            return Found(places()[known[name][0]])
    exact = [i for name in bare for i in known.get(name, ())]
    holding = [i for name, ids in known.items() if len(wanted) > 1 and wanted in name for i in ids]
    near = [i for name in difflib.get_close_matches(wanted, known, OFFERED, 0.6) for i in known[name]]
    return Found(None, tuple(places()[i] for i in list(dict.fromkeys([*exact, *holding, *near]))[:OFFERED]))


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Every country that has a name, by name: a city that was not seen may lie in any of them."""
    from babel.core import get_global

    named: dict[str, str] = {}
    for iso3 in sorted(code for code in get_global("territory_aliases") if len(code) == 3 and code.isalpha()):
        try:
            named.setdefault(lc.country_name(iso3, "en"), iso3)
        except lc.UnknownNameError:
            continue
    codes = {*(p.country for p in places().values()), *named.values()}
    listed = {content.country(c, "en"): c for c in sorted(codes)}
    pairs = [(code, content.country(code, language)) for code in listed.values()]
    return tuple(sorted(pairs, key=lambda pair: content.sort_key(pair[1], language)))
