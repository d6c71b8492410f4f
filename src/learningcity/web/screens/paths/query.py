"""Which question of QCA an address asks: outcome, conditions, evidence, cuts, solution, and what is asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import (
    MAXIMUM_TEXT,
    MOST_SEED,
    SEPARATOR,
    YES,
    Asked,
    is_plain,
    number,
    one,
    several,
    texts_of,
)
from learningcity.web.screens.paths import words

#: With more conditions than mechanisms there are several combinations a city, and a page would keep people waiting.
MOST_CONDITIONS = 7
#: More shuffles than that would keep the server busy for too long; the command line takes any number.
MOST_PERMUTATIONS = 99_999
SOLUTIONS = ("conservative", "parsimonious", "intermediate")
TIMINGS = ("all", "before")
NOT_SEEN = ("visibility", "leave_out")


@dataclass(frozen=True, slots=True)
class Question(Asked):
    """A question; the fields that the library takes have its names.

    ``conditions`` () = the mechanisms that tell the cases apart. ``expectations`` holds pairs of a
    condition and 1 (presence) or 0 (absence). ``model`` counts from 1. ``permutations`` 0 = not asked.
    """

    PATH: ClassVar[str] = "paths"
    SAFE: ClassVar[str] = ":"

    outcome: str = "green"
    conditions: tuple[str, ...] = ()
    coder: str = "A"
    not_seen: str = "visibility"
    timing: str = "all"
    inclusion: float = 0.8
    pri: float = 0.0
    frequency: int = 1
    solution: str = "conservative"
    expectations: tuple[tuple[str, int], ...] = ()
    model: int = 1
    robustness: bool = False
    permutations: int = 0
    seed: int = 0

    @property
    def column(self) -> str:
        """The outcome without a sign."""
        return self.outcome.removeprefix("~")

    def other(self, **values: Any) -> Question:
        """Another question: the same with some fields set, and nothing asked of its answer yet."""
        return replace(self, **{"model": 1, "robustness": False, "permutations": 0, "seed": 0, **values})

    @property
    def refusal(self) -> lc.Text | None:
        """Why this question cannot be asked; None where it can."""
        if self.column in self.conditions:
            name = words.label(self.column)
            return lc.Text(
                f"{name.en} is the outcome and a condition; a condition says nothing of itself. Take one of them away.",
                f"“{name.zh}”既是结果又是条件；条件不能说明其自身。请去掉其中之一。",
            )
        if len(self.conditions) > MOST_CONDITIONS:
            n = len(self.conditions)
            return lc.Text(
                f"{n} conditions make {2**n:,} combinations, far more than there are cities; choose up to "
                f"{MOST_CONDITIONS} here. The command line takes more.",
                f"{n}个条件可构成{2**n:,}种组合，远多于城市数；此处最多可选{MOST_CONDITIONS}个，命令行不受此限。",
            )
        return None


def names() -> tuple[str, ...]:
    """What can be an outcome or a condition, themes first."""
    return (*content.THEMES, *content.MECHANISMS)


def outcomes() -> tuple[str, ...]:
    """Every outcome, with its absence."""
    return (*names(), *(f"~{name}" for name in names()))


def read(given: QueryDict) -> tuple[Question, bool]:
    """Read the question of an address, and whether it is its one address.

    Beside the fields of :class:`Question` there is what a form sends: ``condition`` (several, from
    ticked boxes) and ``expect-NAME`` (1, 0 or nothing), which must be sent on to the one address.

    Raises
    ------
    InputError
        A number that is none or out of bounds.
    UnknownNameError
        A name that is not there; the nearest are named.
    """
    texts = texts_of(given, (f.name for f in fields(Question)))
    # Conditions stand in one order, so that one question has one address.
    order = (*content.MECHANISMS, *content.THEMES)
    conditions = several("condition", texts["conditions"], given.getlist("condition"), order)
    found = Question(
        outcome=one("outcome", texts["outcome"] or Question().outcome, outcomes()),
        conditions=conditions,
        coder=one("coder", texts["coder"] or "A", content.coders()),
        not_seen=one("option", texts["not_seen"] or NOT_SEEN[0], NOT_SEEN),
        timing=one("timing", texts["timing"] or TIMINGS[0], TIMINGS),
        inclusion=number("inclusion", texts["inclusion"], 0.8, 0.01, 1, whole=False),
        pri=number("pri", texts["pri"], 0.0, 0, 1, whole=False),
        frequency=int(number("frequency", texts["frequency"], 1, 1, 20)),
        solution=one("solution", texts["solution"] or SOLUTIONS[0], SOLUTIONS),
        model=int(number("model", texts["model"], 1, 1, 1000)),
        robustness=bool(texts["robustness"] and one("option", texts["robustness"], (YES,))),
        permutations=int(number("permutations", texts["permutations"], 0, 0, MOST_PERMUTATIONS)),
        seed=int(number("seed", texts["seed"], 0, 0, MOST_SEED)),
    )
    if found.solution == "intermediate":
        found = replace(found, expectations=_expectations(texts["expectations"], given, conditions))
    if not found.permutations:
        found = replace(found, seed=0)
    return found, is_plain(given, found)


def _expectations(
    text: str, given: Mapping[str, str], conditions: tuple[str, ...]
) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for part in text.split(SEPARATOR):
        if part:
            name, _, sign = part.partition(":")
            found[one("condition", name, names())] = int(one("option", sign, ("0", "1")))
    for name in names():
        chosen = given.get(f"expect-{name}")
        if chosen is not None:
            found.pop(name, None)
            if chosen.strip():
                found[name] = int(one("option", chosen.strip()[:MAXIMUM_TEXT], ("0", "1")))
    # What is expected of a condition that was taken away rests.
    order = conditions or tuple(content.MECHANISMS)
    return tuple((name, found[name]) for name in order if name in found)
