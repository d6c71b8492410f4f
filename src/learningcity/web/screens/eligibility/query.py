"""What the addresses of the screen ask for: a city and a round, or who may apply in a round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from learningcity.web import content
from learningcity.web.paging import PagedQuery
from learningcity.web.queries import Query
from learningcity.web.screens.eligibility import finding, judged


@dataclass(frozen=True, slots=True)
class EligibilityQuery(Query):
    """A city by any name and a round; without a round the coming one is meant."""

    PATH: ClassVar[str] = "eligibility"

    city: str = ""
    country: str = ""
    round: str = ""

    @classmethod
    def allowed(cls) -> Mapping[str, tuple[str, Iterable[str]]]:
        """What each closed field may be."""
        return {
            "country": ("country", [code for code, _ in finding.countries("en")]),
            "round": ("round", list(map(str, judged.years()))),
        }

    @property
    def year(self) -> int:
        """The round that is asked about."""
        return int(self.round) if self.round else judged.coming()


@dataclass(frozen=True, slots=True)
class WhoQuery(PagedQuery):
    """A round, and which of its cities to list."""

    PATH: ClassVar[str] = "eligibility/who"

    round: str = ""
    answer: str = ""
    region: str = ""
    country: str = ""

    @classmethod
    def allowed(cls) -> Mapping[str, tuple[str, Iterable[str]]]:
        """What each closed field may be."""
        return {
            "round": ("round", list(map(str, judged.years()))),
            "answer": ("option", list(judged.ANSWERS)),
            "region": ("option", content.REGIONS),
            "country": ("country", sorted({p.country for p in finding.places().values()})),
            "at": ("city", finding.places()),
        }

    @property
    def year(self) -> int:
        """The round that is asked about."""
        return int(self.round) if self.round else judged.coming()

    @property
    def filters(self) -> dict[str, str]:
        """The choices that leave cities out; the round leaves none out."""
        return {name: value for name, value in self.chosen.items() if name not in ("round", "page", "at")}
