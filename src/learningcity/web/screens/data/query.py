"""What the addresses of the screen ask for, and the ways between its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

import learningcity as lc
from learningcity.web import content

Row = dict[str, Any]

PARTS = ("coverage", "conflicts", "sources", "statistics", "agreement", "dictionary")
REGIONS = ("AFR", "ARB", "APA", "ENA", "LAC")
SORTS = ("name", "facts", "practices", "sources")


def ways(part: str, language: str) -> list[Row]:
    """The parts of the screen, for the line that leads from one to the other."""
    labels = {
        "coverage": _("Coverage"),
        "conflicts": _("Disagreements"),
        "sources": _("Sources"),
        "statistics": _("Statistical sources"),
        "agreement": _("Agreement of the passes"),
        "dictionary": _("Data dictionary"),
    }
    return [
        {"part": p, "href": f"/{language}/data/{p}", "label": labels[p], "current": p == part} for p in PARTS
    ]


@dataclass(frozen=True, slots=True)
class CoverageQuery:
    """Which cities the matrix shows, and in what order."""

    region: str = ""
    sort: str = "name"


@dataclass(frozen=True, slots=True)
class SourceQuery:
    """Which sources the list shows."""

    tier: str = ""
    q: str = ""
    page: int = 1

    def address(self, language: str) -> str:
        """The address of this choice."""
        chosen = {"tier": self.tier, "q": self.q, "page": str(self.page) if self.page > 1 else ""}
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"/{language}/data/sources{'?' + query if query else ''}"

    def on(self, page: int) -> SourceQuery:
        """The same choice on another page."""
        return replace(self, page=page)


def _checked(kind: str, value: str, known: tuple[str, ...]) -> str:
    if value and value not in known:
        raise lc.UnknownNameError(kind, value, known)
    return value


def _given(given: Mapping[str, str], name: str) -> str:
    return given.get(name, "").strip()[:100]


def read_coverage(given: Mapping[str, str]) -> CoverageQuery:
    """Read the query of the coverage matrix.

    Raises
    ------
    UnknownNameError
        A value that no choice has; the nearest are named.
    """
    return CoverageQuery(
        region=_checked("option", _given(given, "region"), REGIONS),
        sort=_checked("option", _given(given, "sort"), SORTS) or "name",
    )


def read_sources(given: Mapping[str, str]) -> SourceQuery:
    """Read the query of the list of sources.

    Raises
    ------
    InputError
        A tier that there is none of, or a page that is no number from 1.
    """
    page = _given(given, "page") or "1"
    if not (page.isascii() and page.isdigit() and 0 < int(page) < 100_000):
        raise lc.InputError(
            lc.Text(f"{page!r} is no page: give a number from 1.", f"“{page}”不是页码，请给出从1起的整数。")
        )
    tier = _checked("tier", _given(given, "tier"), content.TIERS)
    return SourceQuery(tier=tier, q=_given(given, "q"), page=int(page))
