"""What the address of the ideas asks for: read, checked, and applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import learningcity as lc
from learningcity.web import content
from learningcity.web.paging import PagedQuery

Row = dict[str, Any]

LANGUAGES = ("en", "zh")
UNDATED = "undated"
#: First and last year of each band; both are part of it.
BANDS: dict[str, tuple[int, int]] = {
    "to-2009": (0, 2009),
    "2010-2014": (2010, 2014),
    "2015-2019": (2015, 2019),
    "2020-on": (2020, 9999),
}
#: The choices that concern the time line, and those that concern the literature.
LINE = ("theory", "area")
WORKS = ("theme", "language", "years", "q")


@dataclass(frozen=True, slots=True)
class IdeasQuery(PagedQuery):
    """The choices of a visitor; an empty one leaves everything in."""

    PATH: ClassVar[str] = "ideas"

    theory: str = ""
    area: str = ""
    theme: str = ""
    language: str = ""
    years: str = ""
    q: str = ""

    @classmethod
    def allowed(cls) -> Mapping[str, tuple[str, Iterable[str]]]:
        """What each closed field may be."""
        return {
            "theory": ("option", values_of("concepts", "theory")),
            "area": ("option", areas()),
            "theme": ("option", values_of("literature", "theme")),
            "language": ("option", LANGUAGES),
            "years": ("option", [*BANDS, UNDATED]),
            "at": ("name", [str(r["work_id"]) for r in content.standard_rows("literature")]),
        }

    def among(self, names: tuple[str, ...]) -> dict[str, str]:
        """The choices among some names that leave something out."""
        return {name: value for name, value in self.chosen.items() if name in names}


def values_of(table: str, column: str) -> list[str]:
    """The values of a column, in the order in which the table brings them."""
    return list(dict.fromkeys(str(r[column]) for r in content.standard_rows(table) if r[column]))


def areas() -> list[str]:
    """The codes of the areas of the standard."""
    return [a.code for a in lc.load_standard().areas]


def concept_fits(row: Row, query: IdeasQuery) -> bool:
    """Say whether a concept fits every choice of the time line."""
    return (not query.theory or row["theory"] == query.theory) and (
        not query.area or query.area in content.ids(row["areas"])
    )


def work_fits(row: Row, query: IdeasQuery) -> bool:
    """Say whether a work fits every choice of the literature."""
    return (
        (not query.theme or row["theme"] == query.theme)
        and (not query.language or row["language"] == query.language)
        and (not query.years or band_of(row["year"]) == query.years)
        and (not query.q or _speaks_of(row, query.q))
    )


def band_of(year: Any) -> str:
    """The band of a year of publication; ``undated`` where none was seen.

    Examples
    --------
    >>> band_of(2013), band_of(None)
    ('2010-2014', 'undated')
    """
    if year is None:
        return UNDATED
    return next(name for name, (first, last) in BANDS.items() if first <= int(year) <= last)


def _speaks_of(row: Row, text: str) -> bool:
    """Whether all the words stand in title, authors, outlet or finding, accents and case aside."""
    where = ("title", "authors", "outlet", "finding_en", "finding_zh")
    held = content.sort_key(" ".join(str(row[name] or "") for name in where), "en")
    return all(word in held for word in content.sort_key(text, "en").split())
