"""Which cities an address lays side by side, in their order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import MAXIMUM_TEXT

#: More than six columns nobody reads.
MOST = 6
SEPARATOR = "~"
#: Longer addresses are no choice of anybody's.
MOST_NAMES = 64


@dataclass(frozen=True, slots=True)
class Comparison:
    """The ids of cities in the order of their columns."""

    cities: tuple[str, ...] = ()

    def address(self, language: str, anchor: str = "") -> str:
        """The address of this comparison."""
        asked = f"?cities={SEPARATOR.join(self.cities)}" if self.cities else ""
        return f"/{language}/compare{asked}{anchor}"

    def with_(self, city_id: str) -> Comparison:
        """The same with one more city at the end."""
        return replace(self, cities=(*self.cities, city_id))

    def without(self, city_id: str) -> Comparison:
        """The same without a city."""
        return replace(self, cities=tuple(c for c in self.cities if c != city_id))

    def moved(self, city_id: str, by: int) -> Comparison:
        """The same with a city some columns further right (or left, below zero)."""
        others = [c for c in self.cities if c != city_id]
        others.insert(max(0, self.cities.index(city_id) + by), city_id)
        return replace(self, cities=tuple(others))

    @property
    def doubles(self) -> tuple[str, ...]:
        """Cities that stand there more than once."""
        return tuple(dict.fromkeys(c for c in self.cities if self.cities.count(c) > 1))

    @property
    def problem(self) -> lc.Text | None:
        """Why these cities cannot be laid side by side; None where they can."""
        if self.doubles:
            names = [content.cities()[c].names for c in self.doubles]
            return lc.Text(
                f"{', '.join(n.en for n in names)}: chosen more than once. A city stands beside others, not "
                "beside itself.",
                f"{'、'.join(n.zh for n in names)}重复选择。同一城市只能出现一次。",
            )
        if len(self.cities) > MOST:
            return lc.Text(
                f"{len(self.cities)} cities were chosen; up to {MOST} can be read side by side. Take some away.",
                f"已选{len(self.cities)}个城市，最多可并列{MOST}个，请去掉一些。",
            )
        return None


def read(given: QueryDict) -> tuple[Comparison, bool]:
    """Read the cities of an address, and whether it is their one address.

    ``cities=cork~wuhan`` names them; ``city=`` (several, from ticked boxes) and ``add=`` (from the
    form) bring more, each once, so that they must be sent on to the one address.

    Raises
    ------
    UnknownNameError
        A name that no city of the atlas has; the nearest are named.
    """
    named = [one.strip()[:MAXIMUM_TEXT] for one in given.get("cities", "").split(SEPARATOR)]
    ids = [_city(one) for one in named[:MOST_NAMES] if one]
    more = [one.strip()[:MAXIMUM_TEXT] for one in (*given.getlist("city"), *given.getlist("add"))]
    for one in more[:MOST_NAMES]:
        if one and _city(one) not in ids:
            ids.append(_city(one))
    plain = set(given) <= {"cities"} and given.get("cities", "") == SEPARATOR.join(ids)
    return Comparison(tuple(ids)), plain


def _city(name: str) -> str:
    if name in content.cities():
        return name
    city_id = content.atlas().require_city(name)
    if city_id not in content.cities():
        raise lc.UnknownNameError("city", name, content.cities())
    return city_id
