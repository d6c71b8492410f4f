"""Which question of QCA an address asks: outcome, conditions, evidence, cuts, solution, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import MAXIMUM_TEXT
from learningcity.web.screens.paths import words

SEPARATOR = "~"
#: With more conditions than mechanisms there are several combinations a city, and a page would keep people waiting.
MOST_CONDITIONS = 7
#: More shuffles than that would keep the server busy for too long; the command line takes any number.
MOST_PERMUTATIONS = 99_999
MOST_SEED = 2**31 - 1
SOLUTIONS = ("conservative", "parsimonious", "intermediate")
TIMINGS = ("all", "before")
NOT_SEEN = ("visibility", "leave_out")
YES = "yes"
_KNOWN = (
    "outcome", "conditions", "coder", "not_seen", "timing", "inclusion", "pri", "frequency", "solution",
    "expectations", "model", "robustness", "permutations", "seed",
)  # fmt: skip
#: Choices that say which part of the answer is given; see ``exports``.
_PARTS = ("table", "chart")


@dataclass(frozen=True, slots=True)
class Question:
    """A question; the fields that the library takes have its names.

    ``conditions`` () = the mechanisms that tell the cases apart. ``expectations`` holds pairs of a
    condition and 1 (presence) or 0 (absence). ``model`` counts from 1. ``permutations`` 0 = not asked.
    """

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

    @property
    def chosen(self) -> dict[str, str]:
        """What differs from the question that stands there without any choice, as the address writes it."""
        found = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value != one.default:
                found[one.name] = _written(one.name, value)
        return found

    def address(self, language: str, anchor: str = "", suffix: str = "") -> str:
        """The address of this question, or of one of its files."""
        asked = f"?{urlencode(self.chosen, safe='~:')}" if self.chosen else ""
        return f"/{language}/paths{suffix}{asked}{anchor}"

    def with_(self, **values: Any) -> Question:
        """The same question with some fields set."""
        return replace(self, **values)

    def other(self, **values: Any) -> Question:
        """Another question: the same with some fields set, and nothing asked of its answer yet."""
        return replace(self, **{"model": 1, "robustness": False, "permutations": 0, "seed": 0, **values})

    @property
    def problem(self) -> lc.Text | None:
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


def _written(name: str, value: Any) -> str:
    if name == "conditions":
        return SEPARATOR.join(value)
    if name == "expectations":
        return SEPARATOR.join(f"{condition}:{sign}" for condition, sign in value)
    if isinstance(value, bool):
        return YES
    return f"{value:g}" if isinstance(value, float) else str(value)


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
    texts = {name: given.get(name, "").strip()[: 3 * MAXIMUM_TEXT] for name in _KNOWN}
    plain = set(given) <= {*_KNOWN, *_PARTS} and all(given.get(k, "") for k in given if k in _KNOWN)
    ticked = [one.strip()[:MAXIMUM_TEXT] for one in given.getlist("condition")]
    conditions = tuple(
        dict.fromkeys(
            _one("condition", one, names())
            for one in (*texts["conditions"].split(SEPARATOR), *ticked)[:64]
            if one
        )
    )
    # Conditions stand in one order, so that one question has one address.
    conditions = tuple(name for name in (*content.MECHANISMS, *content.THEMES) if name in conditions)
    found = Question(
        outcome=_one("outcome", texts["outcome"] or Question().outcome, outcomes()),
        conditions=conditions,
        coder=_one("coder", texts["coder"] or "A", content.coders()),
        not_seen=_one("option", texts["not_seen"] or NOT_SEEN[0], NOT_SEEN),
        timing=_one("timing", texts["timing"] or TIMINGS[0], TIMINGS),
        inclusion=_number("inclusion", texts["inclusion"], 0.8, 0.01, 1),
        pri=_number("pri", texts["pri"], 0.0, 0, 1),
        frequency=int(_number("frequency", texts["frequency"], 1, 1, 20, whole=True)),
        solution=_one("solution", texts["solution"] or SOLUTIONS[0], SOLUTIONS),
        model=int(_number("model", texts["model"], 1, 1, 1000, whole=True)),
        robustness=bool(texts["robustness"] and _one("option", texts["robustness"], (YES,))),
        permutations=int(_number("permutations", texts["permutations"], 0, 0, MOST_PERMUTATIONS, whole=True)),
        seed=int(_number("seed", texts["seed"], 0, 0, MOST_SEED, whole=True)),
    )
    if found.solution == "intermediate":
        found = replace(found, expectations=_expectations(texts["expectations"], given, conditions))
    if not found.permutations:
        found = replace(found, seed=0)
    return found, plain and found.chosen == {k: v for k, v in texts.items() if v}


def _expectations(
    text: str, given: Mapping[str, str], conditions: tuple[str, ...]
) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for part in text.split(SEPARATOR):
        if part:
            name, _, sign = part.partition(":")
            found[_one("condition", name, names())] = int(_one("option", sign, ("0", "1")))
    for name in names():
        chosen = given.get(f"expect-{name}")
        if chosen is not None:
            found.pop(name, None)
            if chosen.strip():
                found[name] = int(_one("option", chosen.strip()[:MAXIMUM_TEXT], ("0", "1")))
    # What is expected of a condition that was taken away rests.
    order = conditions or tuple(content.MECHANISMS)
    return tuple((name, found[name]) for name in order if name in found)


def _one(kind: str, name: str, known: Iterable[str]) -> str:
    there = tuple(known)
    if name not in there:
        raise lc.UnknownNameError(kind, name[:MAXIMUM_TEXT], there)
    return name


def _number(name: str, text: str, default: float, least: float, most: float, *, whole: bool = False) -> float:
    if not text:
        return default
    read_as: Callable[[str], float] = int if whole else float
    try:
        value = read_as(text) if text.isascii() else float("nan")
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        kind = lc.Text("a whole number", "整数") if whole else lc.Text("a number", "数值")
        raise lc.InputError(
            lc.Text(
                f"{name}={text[:MAXIMUM_TEXT]}: give {kind.en} from {least:g} to {most:,g}.",
                f"{name}={text[:MAXIMUM_TEXT]}：请给出{least:g}至{most:,g}之间的{kind.zh}。",
            )
        )
    return value
