"""What the address of the crosswalk asks for: read, checked, and applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from urllib.parse import urlencode

import learningcity as lc
from learningcity.web import content

#: The area of what is mapped to none.
NO_AREA = "none"


@dataclass(frozen=True, slots=True)
class CrosswalkQuery:
    """The choices of a visitor; a round and a framework together ask for both."""

    area: str = ""
    framework: str = ""
    round: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """The choices that were made."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: value for name, value in found.items() if value}

    @property
    def columns(self) -> set[str]:
        """The round and the framework asked for; empty = all of them."""
        return {value for value in (self.framework, self.round) if value}

    def address(self, language: str) -> str:
        """The address of this choice, at its items."""
        return f"/{language}/crosswalk" + (f"?{urlencode(self.chosen)}#items" if self.chosen else "")

    def without(self, name: str) -> CrosswalkQuery:
        """The same choice with one part less."""
        return replace(self, **{name: ""})


@cache
def whole() -> lc.Crosswalk:
    """The crosswalk of everything."""
    return lc.crosswalk()


@cache
def rows() -> tuple[content.Row, ...]:
    """Its rows in long form, one an area and item."""
    return tuple(content.rows(whole().table()))


def column_of(row: content.Row) -> str:
    """The round or framework that a row belongs to, as the matrix names it."""
    return str(row["round"]) if row["kind"] == "criterion" else str(row["framework_id"])


def read_query(given: Mapping[str, str]) -> CrosswalkQuery:
    """Read the query of an address.

    Raises
    ------
    UnknownNameError
        An area, framework or round that is not there; the nearest are named.
    """
    query = CrosswalkQuery(**{f.name: given.get(f.name, "").strip()[:100] for f in fields(CrosswalkQuery)})
    frameworks = [name for name, _ in whole().columns if not name.isdigit()]
    rounds = [str(year) for year in content.rounds()]
    areas = [code for code, _ in whole().areas]
    for kind, value, names in (
        ("area", query.area, [*areas, NO_AREA]),
        ("framework", query.framework, frameworks),
        ("round", query.round, rounds),
    ):
        if value and value not in names:
            raise lc.UnknownNameError(kind, value, names, near=content.near_years(value, names))
    return query


def matches(row: content.Row, query: CrosswalkQuery) -> bool:
    """Say whether a row fits the choice."""
    return (not query.area or (row["area"] or NO_AREA) == query.area) and (
        not query.columns or column_of(row) in query.columns
    )
