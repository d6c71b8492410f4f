"""The question as a recipe and as lines of the command line, which give the same numbers to the digit."""

from __future__ import annotations

import shlex
from typing import Any

from learningcity.web import recipes
from learningcity.web.screens.background.query import BackgroundQuery

FILE = "background.toml"
_ABOUT = "A question of background and characteristics to the cities of the Learning City Atlas"


def choices(query: BackgroundQuery) -> dict[str, Any]:
    """What is asked of ``learningcity explain associate``, by the names of its options."""
    asked: dict[str, Any] = {"atlas": True}
    if query.indicators:
        asked["background"] = list(query.indicators)
    if query.kind != "all":
        asked["characteristics"] = list(query.characteristics)
    return {
        **asked,
        "coder": query.coder,
        "timing": query.timing,
        "not_seen": query.not_seen,
        "adjust": query.adjust,
        "permutations": int(query.permutations),
        "seed": int(query.seed),
    }


def toml(query: BackgroundQuery) -> bytes:
    """The recipe that the command reads with ``--recipe``."""
    return recipes.written(_ABOUT, choices(query))


def commands(query: BackgroundQuery) -> list[list[str]]:
    """The commands that give the numbers of the page, as words: pairs, how far columns are filled, members."""
    start = ["learningcity", "explain", "associate"]
    return [
        [*start, *recipes.options(choices(query))],
        [*start, "--recipe", FILE],
        *([*start, "--recipe", FILE, "--show", shown] for shown in ("coverage", "members")),
    ]


def lines(query: BackgroundQuery) -> list[str]:
    """The same as a shell reads them."""
    return [shlex.join(one) for one in commands(query)]
