"""Which background an address asks for: whose codes, which characteristics, how chance is judged, which pair is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import MOST_SEED, Query, is_plain, number, several, texts_of

KINDS = ("all", "mechanism", "theme")
TIMINGS = ("all", "before")
NOT_SEEN = ("visibility", "leave_out")
ADJUST = ("bh", "by")
#: More shuffles than that would keep people waiting; the command line takes any number.
PERMUTATIONS = ("999", "9999")
#: Groups of indicators that are background, and the cities that must have a figure, as ``lc.atlas_background`` has them.
GROUPS, FEWEST = ("economic", "demographic", "participation"), 10


@dataclass(frozen=True, slots=True)
class BackgroundQuery(Query):
    """The choices; with ``x`` and ``y`` one pair is open, without them none. ``indicators`` () = all that may enter."""

    PATH: ClassVar[str] = "background"
    ORDER: ClassVar[tuple[str, ...]] = ("x", "y")

    x: str = ""
    y: str = ""
    kind: str = "all"
    indicators: tuple[str, ...] = ()
    coder: str = "A"
    timing: str = "all"
    not_seen: str = "visibility"
    adjust: str = "bh"
    permutations: str = "9999"
    seed: str = "0"

    @classmethod
    def allowed(cls) -> Mapping[str, tuple[str, Iterable[str]]]:
        """What each closed field may be."""
        return {
            "kind": ("option", KINDS),
            "coder": ("coder", content.coders()),
            "timing": ("option", TIMINGS),
            "not_seen": ("option", NOT_SEEN),
            "adjust": ("option", ADJUST),
            "permutations": ("option", PERMUTATIONS),
        }

    @property
    def characteristics(self) -> tuple[str, ...]:
        """The mechanisms and themes that are asked for."""
        held = {"mechanism": content.MECHANISMS, "theme": content.THEMES}
        return held.get(self.kind, (*content.MECHANISMS, *content.THEMES))


@cache
def figures() -> tuple[str, ...]:
    """Figures of the cities that may be compared and that enough awarded cities have, in the order of the catalogue."""
    known = content.indicators()
    wanted = [name for name, row in known.items() if row["group"] in GROUPS]
    table = content.atlas().table(wanted)
    awarded = table.values.index.isin(set(content.atlas().awards["city_id"]))
    held = table.values[awarded].notna().sum()
    return tuple(name for name in wanted if table.comparable[name] != "no" and held[name] >= FEWEST)


def read(given: QueryDict) -> tuple[BackgroundQuery, bool]:
    """Read an address, and whether it is the one address of its choices.

    Raises
    ------
    InputError
        A seed that is no whole number, or half a pair.
    UnknownNameError
        A value that is not there; the nearest are named.
    """
    texts = {name: text for name, text in given.items() if name != "indicators"}
    query = BackgroundQuery.read(texts)
    query = query.with_(seed=str(number("seed", query.seed, 0, 0, MOST_SEED)))
    asked = texts_of(given, ["indicators"])["indicators"]
    named = several("indicator", asked, given.getlist("indicator"), content.indicators())
    # All that may enter is what stands there anyway: one question has one address.
    query = query.with_(indicators=() if set(named) == set(figures()) else named)
    if query.indicators and query.x in content.indicators() and query.x not in query.indicators:
        query = query.with_(x="", y="")
    if bool(query.x) != bool(query.y):
        missing = "y" if query.x else "x"
        raise lc.InputError(
            lc.Text(
                f"A pair has two sides: {missing} is missing. x is a column of the background, y a mechanism or theme.",
                f"一对变量须有两侧：缺少{missing}。x为背景变量，y为举措类别或特征。",
            )
        )
    return query, is_plain(given, query)
