"""Pictures on pages: drawn for a wide page and for a phone, with table and files; never without a word.

A screen makes a figure and gives it to ``parts/chart.html``::

    {"figure": pictures.figure("regions", content.atlas(), "awards", language)}

and offers the same picture and its figures as files (``offer.py``)::

    pictures.Picture("regions", content.atlas(), "awards", language).added(Offer(...))
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils.safestring import mark_safe

import learningcity as lc

if TYPE_CHECKING:
    from learningcity.web.exports import Offer

Row = dict[str, Any]

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

    def figure(self) -> Row:
        """What ``parts/chart.html`` shows; without a font for the language, the words and the table."""
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
            "heads": [{"title": head, "number": _numeric(wide, code)} for code, head in wide.heads.items()],
            "rows": rows(wide),
        }


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
