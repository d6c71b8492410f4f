"""Which agreement an address asks for: which practices count, how cities are drawn, which variable is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from django.http import QueryDict

import learningcity as lc
from learningcity.web.queries import Query

TIMINGS = ("all", "before")
#: More draws than that would keep people waiting; the command line takes any number.
DRAWS = ("200", "1000")
MOST_SEED = 2**31 - 1


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

    def address(self, language: str, anchor: str = "", suffix: str = "") -> str:
        """The address of this choice, or of a file of it."""
        asked = f"?{urlencode(self.chosen)}" if self.chosen else ""
        return f"/{language}/{self.PATH}{suffix}{asked}{anchor}"


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
    if not (query.seed.isascii() and query.seed.isdigit() and int(query.seed) <= MOST_SEED):
        raise lc.InputError(
            lc.Text(
                f"seed={query.seed}: give a whole number from 0 to {MOST_SEED:,}.",
                f"seed={query.seed}：请给出0至{MOST_SEED:,}之间的整数。",
            )
        )
    query = query.with_(seed=str(int(query.seed)))
    held = {k: given.get(k, "").strip() for k in given if k not in ("table", "chart")}
    return query, held == query.chosen
