"""Whom the lessons are for, as the address says it: a city of the atlas, a country, or a city by its numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import MAXIMUM_TEXT

#: The numbers of a city that is not in the atlas.
NUMBERS = tuple(one.name for one in lc.OWN_CITY_FIELDS)
TEXTS = ("name", "country", "currency", "year")
LISTS = ("has", "problems")
#: Ticked where a city has none of the mechanisms and themes.
NOTHING = "none"
#: Choices that say which part of the answer is given; see ``exports``.
_PARTS = ("table", "chart")
_SEPARATOR = "~"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for.

    Parameters
    ----------
    target
        A city of the atlas by id, or a country; "" where the city is described.
    told
        (field, text) of a city that is not in the atlas, in the order of the form.
    has, problems
        Codes that were ticked.
    """

    target: str = ""
    told: tuple[tuple[str, str], ...] = ()
    has: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was asked yet."""
        return self == Asked()

    @property
    def value(self) -> dict[str, str]:
        """What was told, by field."""
        return dict(self.told)

    def of_whom(self) -> str | lc.OwnCity:
        """The target as the library takes it.

        Raises
        ------
        InputError
            A number is out of bounds or no number; each field is named with its remedy.
        """
        if self.target:
            return self.target
        told = self.value
        has = None if not self.has else tuple(one for one in self.has if one != NOTHING)
        year = told.get("year", "")
        if year and not (year.isascii() and year.isdigit()):
            raise lc.InputError(
                lc.Text(
                    f"year: {year!r}; give a year such as 2024.",
                    f"year（年份）：“{year}”；请给出年份，如2024。",
                )
            )
        return lc.own_city(
            told.get("name", ""),
            told.get("country") or None,
            currency=told.get("currency") or "USD",
            year=int(year) if year else None,
            has=has,
            problems=self.problems,
            **{name: told.get(name) for name in NUMBERS},
        )

    def address(self, language: str, suffix: str = "") -> str:
        """The address of this question, or of one of its files."""
        pairs = [("target", self.target)] if self.target else list(self.told)
        pairs += [(name, _SEPARATOR.join(getattr(self, name))) for name in LISTS if getattr(self, name)]
        asked = f"?{urlencode(pairs, safe='~')}" if pairs else ""
        return f"/{language}/lessons{suffix}{asked}"


def read(given: QueryDict) -> tuple[Asked, bool]:
    """Read an address; and whether it is written plainly, without empty choices and ticks apart.

    Raises
    ------
    UnknownNameError
        A choice, city or code that is not there.
    """
    known = ("target", *TEXTS, *NUMBERS, *LISTS, *_PARTS)
    for name in given:
        if name not in known:
            raise lc.UnknownNameError("parameter", name[:MAXIMUM_TEXT], known)
    target = given.get("target", "").strip()[:MAXIMUM_TEXT]
    if target and target not in countries():
        target = content.atlas().require_city(target)
    told = tuple(
        (name, text)
        for name in (*TEXTS, *NUMBERS)
        if (text := " ".join(given.get(name, "").split())[:MAXIMUM_TEXT])
    )
    ticked = {
        name: tuple(dict.fromkeys(c for one in given.getlist(name) for c in one.split(_SEPARATOR) if c))[:40]
        for name in LISTS
    }
    _known_codes(ticked)
    asked = Asked(target) if target else Asked("", told, **ticked)
    if asked.told == (("currency", "USD"),) and not (asked.has or asked.problems):
        # What stands in the form before anybody wrote into it.
        asked = replace(asked, told=())
    wanted = QueryDict(asked.address("en").partition("?")[2])
    own = {name: given.getlist(name) for name in given if name not in _PARTS}
    return asked, own == {name: wanted.getlist(name) for name in wanted}


def _known_codes(ticked: dict[str, tuple[str, ...]]) -> None:
    for name, codes in (("has", (*content.MECHANISMS, *content.THEMES, NOTHING)), ("problems", problems())):
        for one in ticked[name]:
            if one not in codes:
                raise lc.UnknownNameError("code", one[:MAXIMUM_TEXT], codes)


def countries() -> tuple[str, ...]:
    """Countries with more than one city in the atlas."""
    counts = content.atlas().cities["country_iso3"].value_counts()
    return tuple(sorted(str(c) for c in counts.index[counts > 1]))


def problems() -> tuple[str, ...]:
    """Problems that practices answer."""
    return lc.PROBLEMS
