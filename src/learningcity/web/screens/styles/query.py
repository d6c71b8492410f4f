"""Which question of styles an address asks: how many, over which columns, on which evidence."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import MOST_SEED, YES, Asked, is_plain, number, one, several, texts_of

AUTO = "auto"
#: More styles than that nobody reads; the command line takes more.
FEWEST, MOST = 2, 12
TIMINGS = ("all", "before")
NOT_SEEN = ("visibility", "leave_out")
_OR_AUTO = lc.Text(
    " Give such a number or auto; the command line takes more.",
    "亦可用auto（由数据决定）；命令行可取更大的值。",
)


@dataclass(frozen=True, slots=True)
class Question(Asked):
    """A question; ``k`` 0 = the number is left open, ``columns`` () = all mechanisms and themes."""

    PATH: ClassVar[str] = "styles"

    k: int = 0
    columns: tuple[str, ...] = ()
    coder: str = "A"
    timing: str = "all"
    not_seen: str = "visibility"
    repeats: bool = False
    seed: int = 0

    def other(self, **values: Any) -> Question:
        """Another question: the same with some fields set, and the number left open again."""
        return replace(self, **{"k": 0, "repeats": False, **values})

    @property
    def refusal(self) -> lc.Text | None:
        """Why this question cannot be asked; None where it can."""
        if len(self.columns) == 1:
            return lc.Text(
                "One column alone makes no styles: tick at least two, or none for all.",
                "仅一列不能划分类型：请至少勾选两项；均不勾选即取全部。",
            )
        return None


def names() -> tuple[str, ...]:
    """What can make styles, in the order of the pages."""
    return (*content.MECHANISMS, *content.THEMES)


def read(given: QueryDict) -> tuple[Question, bool]:
    """Read the question of an address, and whether it is its one address.

    Beside the fields of :class:`Question` there is what a form sends: ``column`` (several, from ticked boxes),
    which must be sent on to the one address.

    Raises
    ------
    InputError
        A number that is none or out of bounds.
    UnknownNameError
        A name that is not there; the nearest are named.
    """
    texts = texts_of(given, (f.name for f in fields(Question)))
    # One order, and all of them is what stands there anyway: one question has one address.
    columns = several("condition", texts["columns"], given.getlist("column"), names())
    k = "" if texts["k"] == AUTO else texts["k"]
    found = Question(
        k=int(number("k", k, 0, FEWEST, MOST, more=_OR_AUTO)),
        columns=() if len(columns) == len(names()) else columns,
        coder=one("coder", texts["coder"] or "A", content.coders()),
        timing=one("timing", texts["timing"] or TIMINGS[0], TIMINGS),
        not_seen=one("option", texts["not_seen"] or NOT_SEEN[0], NOT_SEEN),
        repeats=bool(texts["repeats"] and one("option", texts["repeats"], (YES,))),
        seed=int(number("seed", texts["seed"], 0, 0, MOST_SEED)),
    )
    return found, is_plain(given, found)
