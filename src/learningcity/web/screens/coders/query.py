"""Which agreement an address asks for: which practices count, how cities are drawn, which variable is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.http import QueryDict

from learningcity.web.queries import MOST_SEED, Query, is_plain, number

TIMINGS = ("all", "before")
#: More draws than that would keep people waiting; the command line takes any number.
DRAWS = ("200", "1000")


@dataclass(frozen=True, slots=True)
class CodersQuery(Query):
    """The choices; with ``variable`` one variable is open."""

    PATH: ClassVar[str] = "coders"
    ORDER: ClassVar[tuple[str, ...]] = ("variable",)

    variable: str = ""
    timing: str = "all"
    draws: str = "1000"
    seed: str = "0"

    @classmethod
    def allowed(cls) -> Mapping[str, tuple[str, Iterable[str]]]:
        """What each closed field may be."""
        return {"timing": ("option", TIMINGS), "draws": ("option", DRAWS)}


def read(given: QueryDict) -> tuple[CodersQuery, bool]:
    """Read an address, and whether it is the one address of its choices.

    Raises
    ------
    InputError
        A seed that is no whole number.
    UnknownNameError
        A value that is not there; the nearest are named.
    """
    query = CodersQuery.read(given)
    query = query.with_(seed=str(number("seed", query.seed, 0, 0, MOST_SEED)))
    return query, is_plain(given, query)
