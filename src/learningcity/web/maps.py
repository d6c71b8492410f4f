"""Maps on pages: drawn, or as their table where the visitor or the keeper of the site wants it so."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import QueryDict

import learningcity as lc
from learningcity.web import content

Row = dict[str, Any]

VIEWS = ("map", "table")


@cache
def base_map() -> lc.BaseMap | None:
    """The approved base map that the settings name, checked; None for the land dots.

    Raises
    ------
    SetupError
        Its meridian is no number, or the file cannot be used.
    InputError
        Its review number is missing.
    """
    if settings.BASE_MAP is None:
        return None
    try:
        centre = float(settings.BASE_MAP_CENTRE)
    except ValueError:
        raise lc.SetupError(
            lc.Text(
                f"LEARNINGCITY_BASE_MAP_CENTRE is {settings.BASE_MAP_CENTRE!r}; give degrees such as 150.",
                f"LEARNINGCITY_BASE_MAP_CENTRE为“{settings.BASE_MAP_CENTRE}”，请给出度数，如150。",
            )
        ) from None
    base = lc.BaseMap(settings.BASE_MAP, settings.BASE_MAP_NUMBER, centre)
    # Read now, so that a file that cannot be used is told at the start and not by a page.
    _ = base.address
    return base


def chart(language: str, **options: Any) -> lc.Chart:
    """Draw a map of the atlas, on the base map of the settings if there is one."""
    return lc.chart(content.atlas(), "map", language, base=base_map(), **options)


def view(query: QueryDict) -> str:
    """Say whether a page shows its map or the table.

    Raises
    ------
    UnknownNameError
        The address asks for neither.
    """
    asked = query.get("view", "").strip()
    if asked and asked not in VIEWS:
        raise lc.UnknownNameError("option", asked[:100], VIEWS)
    return "table" if settings.MAPS == "table" else asked or "map"


def shown(query: QueryDict, path: str) -> Row:
    """What a page with a map hands to its template: which view, and the address of the other one."""
    now = view(query)
    return {
        "view": now,
        "other_view": "" if settings.MAPS == "table" else f"{path}?view=table" if now == "map" else path,
    }
