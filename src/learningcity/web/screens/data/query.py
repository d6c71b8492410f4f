"""What the addresses of the screen ask for, and the ways between its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from learningcity.web import content
from learningcity.web.queries import Query, page_number

Row = dict[str, Any]

PARTS = ("coverage", "conflicts", "sources", "statistics", "dictionary")
SORTS = ("name", "facts", "practices", "sources")


def ways(part: str, language: str) -> list[Row]:
    """The parts of the screen, for the line that leads from one to the other."""
    labels = {
        "coverage": _("Coverage"),
        "conflicts": _("Disagreements"),
        "sources": _("Sources"),
        "statistics": _("Statistical sources"),
        "dictionary": _("Data dictionary"),
    }
    found: list[Row] = [
        {"part": p, "href": f"/{language}/data/{p}", "label": labels[p], "current": p == part} for p in PARTS
    ]
    # An analysis of its own, next to the data it is about.
    coders = {"part": "agreement", "href": f"/{language}/coders", "label": _("Agreement of the passes")}
    return [*found[:-1], {**coders, "current": False}, found[-1]]


@dataclass(frozen=True, slots=True)
class CoverageQuery(Query):
    """Which cities the matrix shows, and in what order."""

    PATH: ClassVar[str] = "data/coverage"

    region: str = ""
    sort: str = "name"

    @classmethod
    def allowed(cls) -> Mapping[str, tuple[str, Iterable[str]]]:
        """What each closed field may be."""
        return {"region": ("option", content.REGIONS), "sort": ("option", SORTS)}


@dataclass(frozen=True, slots=True)
class SourceQuery(Query):
    """Which sources the list shows."""

    PATH: ClassVar[str] = "data/sources"
    ORDER: ClassVar[tuple[str, ...]] = ("page",)

    tier: str = ""
    q: str = ""
    page: str = "1"

    @classmethod
    def allowed(cls) -> Mapping[str, tuple[str, Iterable[str]]]:
        """What each closed field may be."""
        return {"tier": ("tier", content.TIERS)}

    @property
    def number(self) -> int:
        """The page as a number."""
        return page_number(self.page)
