"""The question as a recipe and as lines of the command line, which give the same numbers to the digit."""

from __future__ import annotations

import shlex
from typing import Any

from learningcity.web import recipes
from learningcity.web.screens.coders.query import CodersQuery

FILE = "coders.toml"
_ABOUT = "A question of agreement to the coding passes of the Learning City Atlas"


def choices(query: CodersQuery) -> dict[str, Any]:
    """What is asked of ``learningcity explain agreement``, by the names of its options."""
    return {"atlas": True, "timing": query.timing, "draws": int(query.draws), "seed": int(query.seed)}


def toml(query: CodersQuery) -> bytes:
    """The recipe that the command reads with ``--recipe``."""
    return recipes.written(_ABOUT, choices(query))


def commands(query: CodersQuery) -> list[list[str]]:
    """The commands that give the numbers of the page, as words: variables, then what an open variable shows."""
    start = ["learningcity", "explain", "agreement"]
    found = [[*start, *recipes.options(choices(query))], [*start, "--recipe", FILE]]
    for shown in ("confusion", "disagreements") if query.variable else ("disagreements",):
        found.append([*start, "--recipe", FILE, "--show", shown])
        if query.variable:
            found[-1] += ["--variable", query.variable]
    return found


def lines(query: CodersQuery) -> list[str]:
    """The same as a shell reads them."""
    return [shlex.join(one) for one in commands(query)]
