"""A long list in pages: which rows one address shows, and where the other rows are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import learningcity as lc
from learningcity.web.queries import Query, page_number

#: What stands in the place of a number when all rows are wanted on one page.
ALL = "all"


@dataclass(frozen=True, slots=True)
class PagedQuery(Query):
    """The choices of a visitor to a list in pages.

    ``page`` is a number, or ``all``. ``at`` names one row: a link from elsewhere does not know on which
    page a row stands, so its address names the row and the page is found when it is opened.
    """

    page: str = "1"
    at: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no page."""
        if self.page != ALL:
            page_number(self.page)

    @property
    def filters(self) -> dict[str, str]:
        """The choices that leave something out."""
        return {n: v for n, v in self.chosen.items() if n not in (*self.ORDER, "page", "at")}

    @property
    def from_the_start(self) -> Self:
        """The same choices, from the first page of the list."""
        return self.without("page", "at")


@dataclass(frozen=True, slots=True)
class Cut:
    """The rows of one page, with the way to the others."""

    rows: list[Any]
    total: int
    first: int
    until: int
    number: int
    last: int
    here: str
    before: str
    after: str
    every: str


def cut(
    rows: Sequence[Any], ids: Sequence[str], query: PagedQuery, size: int, language: str, anchor: str = ""
) -> Cut:
    """Take the rows that an address asks for.

    Parameters
    ----------
    rows, ids
        All rows that fit the choices, in order, and the id of each.
    query
        The choices; a row named by ``at`` is found on its page, one that does not fit them on none.
    size
        How many rows a page holds.
    language, anchor
        The language of the links, and where on the page the list begins.

    Raises
    ------
    InputError
        A page beyond the last.
    """
    start_over = query.from_the_start
    every = start_over.with_(page=ALL).address(language, anchor)
    if query.page == ALL:
        here = query.without("at").address(language, anchor)
        return Cut(list(rows), len(rows), 1 if rows else 0, len(rows), 1, 1, here, "", "", every)
    last = max(1, -(-len(rows) // size))
    number = page_number(query.page)
    if query.at in ids:
        number = list(ids).index(query.at) // size + 1
    if number > last:
        raise lc.InputError(
            lc.Text(
                f"There is no page {number}: this list has {last}.",
                f"没有第{number}页，该列表共{last}页。",
            )
        )

    def address(wanted: int) -> str:
        return start_over.with_(page=str(wanted)).address(language, anchor)

    begin = (number - 1) * size
    shown = list(rows[begin : begin + size])
    return Cut(
        rows=shown,
        total=len(rows),
        first=begin + 1 if shown else 0,
        until=begin + len(shown),
        number=number,
        last=last,
        here=address(number),
        before=address(number - 1) if number > 1 else "",
        after=address(number + 1) if number < last else "",
        every=every,
    )
