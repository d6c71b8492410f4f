"""What the address of the practices asks for: read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Self

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import Query, page_number

SORTS = ("match", "city", "newest", "oldest", "strength")
VIEWS = ("list", "matrix")
RANKS = ("either", "first", "second")
BOTH = "both"
#: A code that a pass left empty: no visible theme, no group named.
NONE = "none"
#: What the matrix can lay out across; each is a filter of the list, too.
COLUMNS = ("area", "theme", "problem", "group", "timing", "region")
#: Filters that lie open; the others are one click away.
FRONT = ("mechanism", "area", "theme", "region", "city", "timing", "stance", "sort")
FURTHER = ("rank", "problem", "group", "country", "level", "subject", "strength", "coder", "passes")


@dataclass(frozen=True, slots=True)
class PracticeQuery(Query):
    """The choices of a visitor; an empty one leaves all practices in."""

    PATH: ClassVar[str] = "practices"
    ORDER: ClassVar[tuple[str, ...]] = ("sort", "page", "view", "columns")

    q: str = ""
    mechanism: str = ""
    rank: str = "either"
    area: str = ""
    theme: str = ""
    problem: str = ""
    group: str = ""
    region: str = ""
    country: str = ""
    city: str = ""
    timing: str = ""
    level: str = ""
    subject: str = ""
    stance: str = ""
    strength: str = ""
    passes: str = ""
    coder: str = "A"
    since: str = ""
    until: str = ""
    sort: str = "match"
    page: str = "1"
    view: str = "list"
    columns: str = "area"

    @classmethod
    def allowed(cls) -> Mapping[str, tuple[str, Iterable[str]]]:
        """What each closed field may be."""
        return closed()

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Read the query of an address.

        Raises
        ------
        InputError
            A value that a field does not have, or a year that is none.
        """
        query = super(PracticeQuery, cls).read(given)
        for year in (query.since, query.until):
            if year and not (year.isascii() and year.isdigit() and len(year) == 4):
                raise lc.InputError(
                    lc.Text(f"{year!r} is no year: give four digits.", f"“{year}”不是年份，请给出四位数字。")
                )
        page_number(query.page)
        return query

    @property
    def filters(self) -> dict[str, str]:
        """The choices that leave practices out, or change whose codes are read."""
        # Without a mechanism there is no first or second one, unless the matrix lays all of them out.
        unused = () if self.mechanism or self.view == "matrix" else ("rank",)
        return {n: v for n, v in self.chosen.items() if n not in (*self.ORDER, *unused)}

    @property
    def number(self) -> int:
        """The page as a number."""
        return page_number(self.page)

    def anew(self, **values: str) -> Self:
        """The same choice with some fields set, from the first page of the list."""
        return self.with_(**{"page": "1", **values})


@cache
def closed() -> dict[str, tuple[str, list[str]]]:
    """What each closed field may be: the kind of name, and the names in their order."""
    practices = [p for of_city in content.practices_by_city().values() for p in of_city]
    cities = {p["city_id"] for p in practices} & set(content.cities())
    codes = {str(a) for rows in content.codes_by_practice().values() for c in rows for a in content.ids(c["areas"])}  # fmt: skip
    areas = [r["code"] for r in content.standard_rows("key-features") if r["level"] == "area"]
    return {
        "mechanism": ("mechanism", list(content.MECHANISMS)),
        "rank": ("option", list(RANKS)),
        "area": ("area", [*areas, *sorted(codes - set(areas))]),
        "theme": ("theme", [*content.THEMES, NONE]),
        "problem": ("problem", vocabulary("problem")),
        "group": ("group", [*vocabulary("group"), NONE]),
        "region": ("option", list(content.REGIONS)),
        "country": ("country", sorted({content.cities()[c].country for c in cities})),
        "city": ("city", sorted(cities)),
        "timing": ("option", vocabulary("timing")),
        "level": ("option", vocabulary("level")),
        "subject": ("option", vocabulary("subject")),
        "stance": ("option", vocabulary("stance")),
        "strength": ("option", ["3", "2", "1"]),
        "passes": ("option", ["agree", "differ", "not-coded"]),
        "coder": ("coder", [*content.coders(), BOTH] if content.coders() else ["A", BOTH]),
        "sort": ("option", list(SORTS)),
        "view": ("option", list(VIEWS)),
        "columns": ("option", list(COLUMNS)),
    }


def vocabulary(name: str) -> list[str]:
    """The codes of a vocabulary, in the order of its table."""
    return [str(r["code"]) for r in _labels() if r["vocabulary"] == name]


def _labels() -> tuple[dict[str, Any], ...]:
    return content.standard_rows("labels")
