"""Which question of necessary levels an address asks: a pair, lines, a corner, evidence, and the table of levels."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import MOST_SEED, Asked, is_plain, number, one, several, texts_of

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
_FEWER = lc.Text(
    " With fewer nothing could be found; the command line takes more.",
    "少于此数则不可能有所发现；命令行可取更大的值。",
)


@dataclass(frozen=True, slots=True)
class Question(Asked):
    """A question.

    ``condition`` and ``theme`` "" = those of the pair that comes nearest to a finding. ``steps`` 0 = the levels that
    occur, or ten equal steps. ``permutations`` 0 = as many as the line takes without keeping anybody waiting.
    """

    PATH: ClassVar[str] = "necessary"

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
    texts = texts_of(given, (f.name for f in fields(Question)))
    method = one("method", texts["method"] or "ce_fdh", TESTED)
    lines = several("line", texts["lines"], given.getlist("line"), LINES)
    usual, highest = USUAL.get(method, USUAL_OTHERS), most(method)
    permutations = int(number("permutations", texts["permutations"], usual, FEWEST, highest, more=_FEWER))
    found = Question(
        condition=one("condition", texts["condition"], ("", *conditions())),
        theme=one("theme", texts["theme"], ("", *content.THEMES)),
        method=method,
        # The line that is tested is there anyway: one question has one address.
        lines=tuple(line for line in lines if line != method),
        corner=one("option", texts["corner"] or "1", CORNERS),
        coder=one("coder", texts["coder"] or "A", content.coders()),
        timing=one("timing", texts["timing"] or TIMINGS[0], TIMINGS),
        not_seen=one("option", texts["not_seen"] or NOT_SEEN[0], NOT_SEEN),
        scale_x=one("option", texts["scale_x"] or SCALES[0], SCALES),
        scale_y=one("option", texts["scale_y"] or SCALES[0], SCALES),
        steps=int(number("steps", texts["steps"], 0, 0, MOST_STEPS)),
        permutations=0 if permutations == usual else permutations,
        seed=int(number("seed", texts["seed"], 0, 0, MOST_SEED)),
    )
    return found, is_plain(given, found)
