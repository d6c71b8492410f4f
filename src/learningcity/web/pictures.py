"""Pictures on pages: drawn for a wide page and for a phone, with table and files; never without a word.

A screen makes a figure and gives it to ``parts/chart.html``::

    {"figure": pictures.figure("regions", content.atlas(), "awards", language)}

and offers the same picture and its figures as files (``offer.py``)::

    pictures.Picture("regions", content.atlas(), "awards", language).added(Offer(...))
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils.html import escape
from django.utils.safestring import mark_safe

import learningcity as lc

if TYPE_CHECKING:
    from learningcity.web.exports import Offer

Row = dict[str, Any]

#: What the things of a picture lead to: key -> address and words.
Links = Mapping[str, tuple[str, str]]
_BOX = re.compile(r'viewBox="([^"]*)"')

#: Pixels for which a picture is laid out: a wide page, and a phone of 390 with its margins.
WIDE, NARROW = 760, 344


@dataclass(frozen=True)
class Picture:
    """A picture of a result under the name that its files have."""

    name: str
    result: Any
    kind: str
    language: str
    options: Row = field(default_factory=dict)

    def chart(self, width: int = WIDE, *, picture: bool = True) -> lc.Chart:
        """Draw it."""
        if self.kind == "map":
            return lc.chart(self.result, self.kind, self.language, **self.options)
        return lc.chart(self.result, self.kind, self.language, width=width, picture=picture, **self.options)

    def sheet(self) -> lc.Sheet:
        """The figures behind it, for the files of the page."""
        drawn = self.chart(picture=False)
        columns = tuple(lc.Column(str(code), lc.Text(head, head)) for code, head in drawn.heads.items())
        frame = drawn.table[[c.code for c in columns]]
        return lc.Sheet(self.name, lc.Text(drawn.title, drawn.title), frame, columns)

    def added(self, offer: Offer) -> Offer:
        """Add picture and figures to what a page gives away."""
        charts = {**offer.charts, self.name: self.chart}
        return replace(offer, sheets=(*offer.sheets, self.sheet()), charts=charts)

    def figure(self, links: Links | None = None) -> Row:
        """What ``parts/chart.html`` shows; without a font for the language, the words and the table.

        Parameters
        ----------
        links
            What the marks and the rows of the table lead to, by the column ``key`` of the table.
        """
        try:
            wide, narrow = self.chart(), self.chart(NARROW)
            missing = ""
        except lc.SetupError as error:
            wide = narrow = self.chart(picture=False)
            missing = error.in_(self.language)
        return {
            "name": self.name,
            "title": wide.title,
            "alt": wide.alt,
            "caption": wide.caption,
            "missing": missing,
            # Drawn by us, every text in them escaped.
            "svg": mark_safe(wide.svg),  # noqa: S308
            "narrow": mark_safe(narrow.svg),  # noqa: S308
            "wide_links": _over(wide, links or {}),
            "narrow_links": _over(narrow, links or {}),
            "heads": [{"title": head, "number": _numeric(wide, code)} for code, head in wide.heads.items()],
            "rows": _led(wide, links or {}),
        }


def _over(drawn: lc.Chart, links: Links) -> str:
    """A sheet over the picture with a link where each mark stands; for the pointer, since the table has the same links."""
    box = _BOX.search(drawn.svg)
    held = [(links[place[0]], place[1:]) for place in drawn.places if place[0] in links]
    if not held or box is None:
        return ""
    marks = "".join(
        f'<a href="{escape(href)}" tabindex="-1"><title>{escape(words)}</title>'
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="2"/></a>'
        for (href, words), (x, y, wide, high) in held
    )
    sheet = f'<svg class="chart-links" viewBox="{box[1]}" aria-hidden="true">{marks}</svg>'
    return mark_safe(sheet)  # noqa: S308  (numbers of ours, every text escaped)


def _led(drawn: lc.Chart, links: Links) -> list[list[Row]]:
    """The table of a picture, each row leading where its mark does."""
    found = rows(drawn)
    if links and "key" in drawn.table:
        for key, cells in zip(drawn.table["key"], found, strict=True):
            if key in links:
                cells[0]["href"] = links[key][0]
    return found


def figure(name: str, result: Any, kind: str, language: str, **options: Any) -> Row:
    """Draw a picture for a page; see :meth:`Picture.figure`."""
    return Picture(name, result, kind, language, options).figure()


def _numeric(drawn: lc.Chart, code: str) -> bool:
    return drawn.table[code].dtype.kind in "iuf"


def rows(drawn: lc.Chart) -> list[list[Row]]:
    """The table of a picture, cell by cell; an empty cell has the text None."""
    columns = [
        [_cell(value, _numeric(drawn, code), drawn.language) for value in drawn.table[code]]
        for code in drawn.heads
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _cell(value: Any, number: bool, language: str) -> Row:
    # pandas' own sign for "missing" cannot be compared, not even with itself.
    empty = value is None or type(value).__name__ == "NAType" or value != value
    if empty:
        return {"text": None, "number": number}
    year = number and float(value).is_integer() and 1000 <= value <= 2100
    return {
        "text": str(int(value)) if year else lc.format_number(value, language) if number else str(value),
        "number": number,
    }
