"""The atlas behind the pages, loaded once a process, and how its tables become rows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

import learningcity as lc

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

MECHANISMS = ("policy", "law", "organization", "funding", "resources", "participation", "monitoring")
THEMES = ("inclusive", "prosperous", "green", "sustainable")
#: Regions of UNESCO, in the order of its own lists.
REGIONS = ("AFR", "ARB", "APA", "ENA", "LAC")
TIERS = ("unesco", "official", "secondary", "mirror", "doubtful")


class _Held:
    """What the pages are made of now; replaced as a whole when the user's own tables change."""

    atlas: lc.Atlas | None = None
    overlay: str | None = settings.OVERLAY


def atlas() -> lc.Atlas:
    """Give the atlas: the shipped one, or with the user's own tables over it."""
    if _Held.atlas is None:
        _Held.atlas = lc.load_atlas(_Held.overlay)
    return _Held.atlas


def use(new: lc.Atlas, overlay: str | None) -> None:
    """Put another atlas behind the pages; whoever calls it empties the look-ups."""
    _Held.atlas, _Held.overlay = new, overlay


def overlaid() -> bool:
    """Whether the user's own tables lie over the shipped ones."""
    return _Held.overlay is not None


def is_own(table: str, *key: Any) -> bool:
    """Whether the user added or replaced a row, given by its key."""
    return tuple(str(part) for part in key) in getattr(atlas(), "own", {}).get(table, ())


def rows(frame: pd.DataFrame) -> list[Row]:
    """Turn a frame into rows; an empty cell is None, never NaN."""
    names = [str(name) for name in frame.columns]
    columns = [
        [
            None if absent else value
            for value, absent in zip(column.astype(object), column.isna(), strict=True)
        ]
        for _, column in frame.items()
    ]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


@cache
def standard_rows(name: str) -> tuple[Row, ...]:
    """Rows of a table of the standards."""
    return tuple(rows(lc.standard_tables()[name]))


def ids(joined: str | None) -> list[str]:
    """Split ids that stand in one cell."""
    return [part for part in (joined or "").split(";") if part]


def near_years(value: str, names: list[str]) -> list[str] | None:
    """The nearest years for a year; for anything else the spelling decides."""
    years = [name for name in names if len(name) == 4 and name.isdigit() and name[:2] in ("19", "20")]
    # A superscript two is a digit to Python and no number.
    if not years or not (value.isascii() and value.isdigit()):
        return None
    return sorted(years, key=lambda year: abs(int(year) - int(value)))[:3]
