"""What the address of the ideas asks for: read, checked, and applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

import learningcity as lc
from learningcity.web import content

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
class IdeasQuery:
    """The choices of a visitor; an empty one leaves everything in."""

    theory: str = ""
    area: str = ""
    theme: str = ""
    language: str = ""
    years: str = ""
    q: str = ""

    def chosen(self, names: tuple[str, ...]) -> dict[str, str]:
        """The choices among some names that leave something out."""
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    def address(self, language: str, anchor: str = "") -> str:
        """The address of this choice."""
        found = self.chosen((*LINE, *WORKS))
        return f"/{language}/ideas{'?' + urlencode(found) if found else ''}{anchor}"

    def without(self, *names: str) -> IdeasQuery:
        """The same choice with some filters less."""
        return replace(self, **dict.fromkeys(names, ""))


def values_of(table: str, column: str) -> list[str]:
    """The values of a column, in the order in which the table brings them."""
    return list(dict.fromkeys(str(r[column]) for r in content.standard_rows(table) if r[column]))


def areas() -> list[str]:
    """The codes of the areas of the standard."""
    return [a.code for a in lc.load_standard().areas]


def read_query(given: Mapping[str, str]) -> IdeasQuery:
    """Read the query of an address.

    Raises
    ------
    UnknownNameError
        A value that no filter has; the nearest are named.
    """
    query = IdeasQuery(**{f.name: given.get(f.name, "").strip()[:100] for f in fields(IdeasQuery)})
    known: tuple[tuple[str, str, list[str]], ...] = (
        ("option", query.theory, values_of("concepts", "theory")),
        ("option", query.area, areas()),
        ("option", query.theme, values_of("literature", "theme")),
        ("option", query.language, list(LANGUAGES)),
        ("option", query.years, [*BANDS, UNDATED]),
    )
    for kind, value, names in known:
        if value and value not in names:
            raise lc.UnknownNameError(kind, value, names)
    return query


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
