"""The question as recipes and as lines of the command line, which give the same numbers to the digit."""

from __future__ import annotations

import shlex
from typing import Any

from learningcity.web import recipes
from learningcity.web.screens.necessary.query import Question

#: The recipes of all pairs and of the table of levels.
PAIRS, LEVELS = "necessary.toml", "necessary-levels.toml"
_ABOUT = {
    PAIRS: "A question of necessary levels to the cities of the Learning City Atlas: every condition with every theme",
    LEVELS: "A question of necessary levels to the cities of the Learning City Atlas: the table of levels",
}


def _cases(question: Question) -> dict[str, Any]:
    return {
        "atlas": True,
        "method": question.method,
        "corner": int(question.corner),
        "coder": question.coder,
        "not_seen": question.not_seen,
        "timing": question.timing,
    }


def choices(question: Question) -> dict[str, dict[str, Any]]:
    """What is asked of ``learningcity explain ceiling`` and ``bottleneck``, by the names of their options."""
    levels: dict[str, Any] = {
        "outcome": question.theme,
        "scale_x": question.scale_x,
        "scale_y": question.scale_y,
    }
    if question.steps:
        levels["steps"] = question.steps
    return {
        PAIRS: {**_cases(question), "permutations": question.shuffles, "seed": question.seed},
        LEVELS: {**_cases(question), **levels},
    }


def toml(question: Question, name: str) -> bytes:
    """A recipe that the command reads with ``--recipe``."""
    return recipes.written(_ABOUT[name], choices(question)[name])


def files(question: Question) -> tuple[str, ...]:
    """The recipes that a question has: levels are those of a theme, which may be left open."""
    return (PAIRS, LEVELS) if question.theme else (PAIRS,)


def commands(question: Question) -> list[list[str]]:
    """The commands that give the numbers of the page, as words: pairs, what hangs on single cities, levels."""
    start, asked = ["learningcity", "explain"], choices(question)
    levels = [
        [*start, "bottleneck", *recipes.options(asked[LEVELS])],
        [*start, "bottleneck", "--recipe", LEVELS],
    ]
    first, last = ([one] if question.theme else [] for one in levels)
    return [
        [*start, "ceiling", *recipes.options(asked[PAIRS])],
        *first,
        [*start, "ceiling", "--recipe", PAIRS],
        [*start, "ceiling", "--recipe", PAIRS, "--permutations", "0", "--show", "intervals"],
        *last,
    ]


def lines(question: Question) -> list[str]:
    """The same as a shell reads them."""
    return [shlex.join(one) for one in commands(question)]
