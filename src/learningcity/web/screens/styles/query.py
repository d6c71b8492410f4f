"""Which question of styles an address asks: how many, over which columns, on which evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import MAXIMUM_TEXT

SEPARATOR = "~"
AUTO = "auto"
#: More styles than that nobody reads; the command line takes more.
FEWEST, MOST = 2, 12
TIMINGS = ("all", "before")
NOT_SEEN = ("visibility", "leave_out")
YES = "yes"
MOST_SEED = 2**31 - 1
_KNOWN = ("k", "columns", "coder", "timing", "not_seen", "repeats", "seed")
#: Choices that say which part of the answer is given; see ``exports``.
_PARTS = ("table", "chart")


@dataclass(frozen=True, slots=True)
class Question:
    """A question; ``k`` 0 = the number is left open, ``columns`` () = all mechanisms and themes."""

    k: int = 0
    columns: tuple[str, ...] = ()
    coder: str = "A"
    timing: str = "all"
    not_seen: str = "visibility"
    repeats: bool = False
    seed: int = 0

    @property
    def chosen(self) -> dict[str, str]:
        """What differs from the question that stands there without any choice, as the address writes it."""
        found = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value != one.default:
                found[one.name] = (
                    SEPARATOR.join(value)
                    if one.name == "columns"
                    else YES
                    if isinstance(value, bool)
                    else str(value)
                )
        return found

    def address(self, language: str, anchor: str = "", suffix: str = "") -> str:
        """The address of this question, or of one of its files."""
        asked = f"?{urlencode(self.chosen, safe='~')}" if self.chosen else ""
        return f"/{language}/styles{suffix}{asked}{anchor}"

    def with_(self, **values: Any) -> Question:
        """The same question with some fields set."""
        return replace(self, **values)

    def other(self, **values: Any) -> Question:
        """Another question: the same with some fields set, and the number left open again."""
        return replace(self, **{"k": 0, "repeats": False, **values})

    @property
    def problem(self) -> lc.Text | None:
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
    texts = {name: given.get(name, "").strip()[: 3 * MAXIMUM_TEXT] for name in _KNOWN}
    plain = set(given) <= {*_KNOWN, *_PARTS} and all(given.get(k, "") for k in given if k in _KNOWN)
    ticked = [one.strip()[:MAXIMUM_TEXT] for one in given.getlist("column")]
    asked = {
        _one("condition", one, names()) for one in (*texts["columns"].split(SEPARATOR), *ticked)[:64] if one
    }
    # One order, and all of them is what stands there anyway: one question has one address.
    columns = tuple(one for one in names() if one in asked)
    found = Question(
        k=0 if texts["k"] in ("", AUTO) else _number("k", texts["k"], FEWEST, MOST),
        columns=() if len(columns) == len(names()) else columns,
        coder=_one("coder", texts["coder"] or "A", content.coders()),
        timing=_one("timing", texts["timing"] or TIMINGS[0], TIMINGS),
        not_seen=_one("option", texts["not_seen"] or NOT_SEEN[0], NOT_SEEN),
        repeats=bool(texts["repeats"] and _one("option", texts["repeats"], (YES,))),
        seed=_number("seed", texts["seed"], 0, MOST_SEED) if texts["seed"] else 0,
    )
    return found, plain and found.chosen == {k: v for k, v in texts.items() if v}


def _one(kind: str, name: str, known: Iterable[str]) -> str:
    there = tuple(known)
    if name not in there:
        raise lc.UnknownNameError(kind, name[:MAXIMUM_TEXT], there)
    return name


def _number(name: str, text: str, least: int, most: int) -> int:
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
    if least <= value <= most:
        return value
    more = lc.Text("", "")
    if name == "k":
        more = lc.Text(", or auto; the command line takes more", "，或auto（由数据决定）；命令行可取更大的值")
    raise lc.InputError(
        lc.Text(
            f"{name}={text[:MAXIMUM_TEXT]}: give a whole number from {least:g} to {most:,}{more.en}.",
            f"{name}={text[:MAXIMUM_TEXT]}：请给出{least:g}至{most:,}之间的整数{more.zh}。",
        )
    )
