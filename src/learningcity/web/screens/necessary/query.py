"""Which question of necessary levels an address asks: a pair, lines, a corner, evidence, and the table of levels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import MAXIMUM_TEXT

SEPARATOR = "~"
#: Ceilings that are tested; the others are drawn beside them.
TESTED = ("ce_fdh", "cr_fdh", "ce_vrs", "cr_vrs", "c_lp", "cols")
#: qr takes half a minute to test, and ols is no ceiling: both are lines to compare.
LINES = (*TESTED, "qr", "ols")
#: What was read, taken as a condition, to see whether it does as well.
EFFORT = ("practices", "sources")
CORNERS = ("1", "2", "3", "4")
TIMINGS = ("all", "before")
NOT_SEEN = ("visibility", "leave_out")
SCALES = ("actual", "percentage_range", "percentage_max", "percentile")
#: Shuffles of each pair without any choice, and beyond which a page would keep people waiting; the fewest with which
#: a pair could be found at all.
USUAL = {"ce_fdh": 1999, "cr_fdh": 1999}
USUAL_OTHERS = 499
MOST = {"ce_fdh": 4999, "cr_fdh": 4999}
MOST_OTHERS = 999
FEWEST = 19
MOST_STEPS = 20
MOST_SEED = 2**31 - 1
_KNOWN = (
    "condition", "theme", "method", "lines", "corner", "coder", "timing", "not_seen", "scale_x", "scale_y", "steps",
    "permutations", "seed",
)  # fmt: skip
#: Choices that say which part of the answer is given; see ``exports``.
_PARTS = ("table", "chart")


@dataclass(frozen=True, slots=True)
class Question:
    """A question.

    ``condition`` and ``theme`` "" = those of the pair that comes nearest to a finding. ``steps`` 0 = the levels that
    occur, or ten equal steps. ``permutations`` 0 = as many as the line takes without keeping anybody waiting.
    """

    condition: str = ""
    theme: str = ""
    method: str = "ce_fdh"
    lines: tuple[str, ...] = ()
    corner: str = "1"
    coder: str = "A"
    timing: str = "all"
    not_seen: str = "visibility"
    scale_x: str = "actual"
    scale_y: str = "actual"
    steps: int = 0
    permutations: int = 0
    seed: int = 0

    @property
    def shuffles(self) -> int:
        """How many shuffles each pair is tested with."""
        return self.permutations or USUAL.get(self.method, USUAL_OTHERS)

    @property
    def chosen(self) -> dict[str, str]:
        """What differs from the question that stands there without any choice, as the address writes it."""
        found = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value != one.default:
                found[one.name] = SEPARATOR.join(value) if one.name == "lines" else str(value)
        return found

    def address(self, language: str, anchor: str = "", suffix: str = "") -> str:
        """The address of this question, or of one of its files."""
        asked = f"?{urlencode(self.chosen, safe='~')}" if self.chosen else ""
        return f"/{language}/necessary{suffix}{asked}{anchor}"

    def with_(self, **values: Any) -> Question:
        """The same question with some fields set."""
        return replace(self, **values)

    @property
    def pairs(self) -> Question:
        """What the answer for all pairs depends on."""
        return Question(
            method=self.method, corner=self.corner, coder=self.coder, timing=self.timing, not_seen=self.not_seen,
            permutations=self.shuffles, seed=self.seed,
        )  # fmt: skip


def conditions() -> tuple[str, ...]:
    """What can be a condition: mechanisms, and how much was read."""
    return (*content.MECHANISMS, *EFFORT)


def most(method: str) -> int:
    """How many shuffles a page takes."""
    return MOST.get(method, MOST_OTHERS)


def read(given: QueryDict) -> tuple[Question, bool]:
    """Read the question of an address, and whether it is its one address.

    Beside the fields of :class:`Question` there is what a form sends: ``line`` (several, from ticked boxes).

    Raises
    ------
    InputError
        A number that is none or out of bounds.
    UnknownNameError
        A name that is not there; the nearest are named.
    """
    texts = {name: given.get(name, "").strip()[:MAXIMUM_TEXT] for name in _KNOWN}
    plain = set(given) <= {*_KNOWN, *_PARTS} and all(given.get(k, "") for k in given if k in _KNOWN)
    method = _one("method", texts["method"] or "ce_fdh", TESTED)
    ticked = [one.strip()[:MAXIMUM_TEXT] for one in given.getlist("line")]
    asked = {_one("line", one, LINES) for one in (*texts["lines"].split(SEPARATOR), *ticked)[:64] if one}
    usual = USUAL.get(method, USUAL_OTHERS)
    permutations = int(_number("permutations", texts["permutations"], usual, FEWEST, most(method)))
    found = Question(
        condition=_one("condition", texts["condition"], ("", *conditions())),
        theme=_one("theme", texts["theme"], ("", *content.THEMES)),
        method=method,
        # One order, and the line that is tested is there anyway: one question has one address.
        lines=tuple(one for one in LINES if one in asked and one != method),
        corner=_one("option", texts["corner"] or "1", CORNERS),
        coder=_one("coder", texts["coder"] or "A", content.coders()),
        timing=_one("timing", texts["timing"] or TIMINGS[0], TIMINGS),
        not_seen=_one("option", texts["not_seen"] or NOT_SEEN[0], NOT_SEEN),
        scale_x=_one("option", texts["scale_x"] or SCALES[0], SCALES),
        scale_y=_one("option", texts["scale_y"] or SCALES[0], SCALES),
        steps=int(_number("steps", texts["steps"], 0, 0, MOST_STEPS)),
        permutations=0 if permutations == usual else permutations,
        seed=int(_number("seed", texts["seed"], 0, 0, MOST_SEED)),
    )
    return found, plain and found.chosen == {k: v for k, v in texts.items() if v}


def _one(kind: str, name: str, known: Iterable[str]) -> str:
    there = tuple(known)
    if name not in there:
        raise lc.UnknownNameError(kind, name[:MAXIMUM_TEXT], [one for one in there if one])
    return name


def _number(name: str, text: str, default: float, least: float, highest: float) -> float:
    if not text:
        return default
    read_as: Callable[[str], float] = int
    try:
        value = read_as(text) if text.isascii() else float("nan")
    except ValueError:
        value = float("nan")
    if not least <= value <= highest:
        more = lc.Text("", "")
        if name == "permutations":
            more = lc.Text(
                " With fewer nothing could be found; the command line takes more.",
                "少于此数则不可能有所发现；命令行可取更大的值。",
            )
        raise lc.InputError(
            lc.Text(
                f"{name}={text[:MAXIMUM_TEXT]}: give a whole number from {least:g} to {highest:,g}.{more.en}",
                f"{name}={text[:MAXIMUM_TEXT]}：请给出{least:g}至{highest:,g}之间的整数。{more.zh}",
            )
        )
    return value
