"""The question as a recipe and as lines of the command line, which give the same numbers to the digit."""

from __future__ import annotations

import shlex
from typing import Any

from learningcity.web import recipes
from learningcity.web.screens.styles.answer import DRAWS, PERMUTATIONS, SHUFFLES
from learningcity.web.screens.styles.query import AUTO, Question, names

FILE = "styles.toml"


def choices(question: Question) -> dict[str, Any]:
    """What is asked of the command, by the names of its options."""
    return {
        "atlas": True,
        "columns": list(question.columns or names()),
        "k": question.k or AUTO,
        "coder": question.coder,
        "not_seen": question.not_seen,
        "timing": question.timing,
        "draws": DRAWS,
        "shuffles": SHUFFLES,
        "permutations": PERMUTATIONS,
        "seed": question.seed,
    }


def toml(question: Question) -> bytes:
    """The recipe that ``learningcity explain typology --recipe`` reads."""
    return recipes.written("A question of styles to the cities of the Learning City Atlas", choices(question))


def commands(question: Question) -> list[list[str]]:
    """The commands that give the numbers of the page, as words: styles, the map, and the number left open."""
    start = ["learningcity", "explain", "typology"]
    found = [
        [*start, *recipes.options(choices(question))],
        [*start, "--recipe", FILE],
        [*start, "--recipe", FILE, "--show", "map"],
    ]
    if question.k:
        found.append([*start, "--recipe", FILE, "--k", AUTO])
    return found


def lines(question: Question) -> list[str]:
    """The same as a shell reads them."""
    return [shlex.join(one) for one in commands(question)]
