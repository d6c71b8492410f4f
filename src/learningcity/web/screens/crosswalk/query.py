"""What the address of the crosswalk asks for: read, checked, and applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import Query

#: The area of what is mapped to none.
NO_AREA = "none"


@dataclass(frozen=True, slots=True)
class CrosswalkQuery(Query):
    """The choices of a visitor; a round and a framework together ask for both."""

    PATH: ClassVar[str] = "crosswalk"

    area: str = ""
    framework: str = ""
    round: str = ""

    @classmethod
    def allowed(cls) -> Mapping[str, tuple[str, Iterable[str]]]:
        """What each closed field may be."""
        return {
            "area": ("area", [*(code for code, _ in whole().areas), NO_AREA]),
            "framework": ("framework", [name for name, _ in whole().columns if not name.isdigit()]),
            "round": ("round", [str(year) for year in content.rounds()]),
        }

    @property
    def columns(self) -> set[str]:
        """The round and the framework asked for; empty = all of them."""
        return {value for value in (self.framework, self.round) if value}

    def at_items(self, language: str) -> str:
        """The address of this choice, at its items."""
        return self.address(language, "#items" if self.chosen else "")


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


def matches(row: content.Row, query: CrosswalkQuery) -> bool:
    """Say whether a row fits the choice."""
    return (not query.area or (row["area"] or NO_AREA) == query.area) and (
        not query.columns or column_of(row) in query.columns
    )
