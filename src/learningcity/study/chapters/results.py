"""What the chapters found, in the few numbers that abstract and conclusion need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from learningcity.atlas import MECHANISMS, THEMES
from learningcity.core import InputError, Text
from learningcity.report import Listing, Word
from learningcity.standards import standard_tables
from learningcity.study.chapters.award import how_share
from learningcity.study.chapters.lessons.found import found_lessons
from learningcity.study.chapters.styles.common import near_constant
from learningcity.study.chapters.styles.survives import survived
from learningcity.study.desk import Desk

if TYPE_CHECKING:
    from learningcity.plan import LessonsResult

#: The chapters that abstract and conclusion sum up; a study without all of them has neither.
ANSWERING = ("concepts", "award", "background", "features", "experience", "styles", "lessons")


@dataclass(frozen=True)
class Results:
    """Numbers of the chapters.

    Parameters
    ----------
    cities, awards, rounds
        Of the awarded cities.
    criteria
        For the first and the last round: the year, criteria on how a city does it, all criteria.
    themes, before
        Cities in which each theme is visible; the same by practices dated before the award.
    mechanisms, constant
        Cities in which each mechanism counts; those that nearly all show.
    practices, own
        Practices read for the experience of the cities, and how many are a city's own.
    tried, found, strong
        Statements that were tried, went beyond chance, passed all checks.
    lessons
        The lessons for the target; None where none can be drawn.
    """

    cities: int
    awards: int
    rounds: int
    criteria: tuple[tuple[int, int, int], tuple[int, int, int]]
    themes: Mapping[str, int]
    before: Mapping[str, int]
    mechanisms: Mapping[str, int]
    constant: tuple[str, ...]
    practices: int
    own: int
    tried: int
    found: int
    strong: int
    lessons: LessonsResult | None


def results(desk: Desk) -> Results | None:
    """The numbers of all chapters; None where the study leaves one out or no awarded city has codes."""
    if not set(ANSWERING) <= set(desk.study.chapters) or not len(desk.awarded) or not len(desk.counted()):
        return None
    return desk.once("results of the chapters", lambda: _results(desk))


def _results(desk: Desk) -> Results:
    criteria = standard_tables()["award-criteria"]
    years = sorted(map(int, criteria["round"].unique()))
    first, last = ((y, *how_share(criteria[criteria["round"] == y])) for y in (years[0], years[-1]))
    scores, early = (desk.conditions(timing=t).reindex(list(desk.awarded)).notna() for t in ("all", "before"))  # type: ignore[arg-type]
    read = desk.counted(any_level=True)
    rows = survived(desk)
    try:
        lessons = found_lessons(desk)
    except InputError:
        lessons = None
    return Results(
        cities=len(desk.awarded), awards=len(desk.atlas.awards), rounds=int(desk.atlas.awards["round"].nunique()),
        criteria=(first, last),
        themes={t: int(scores[t].sum()) for t in THEMES}, before={t: int(early[t].sum()) for t in THEMES},
        mechanisms={m: int(scores[m].sum()) for m in MECHANISMS}, constant=tuple(near_constant(desk)),
        practices=len(read), own=int((read["level"] == "own").sum()),
        tried=sum(int(r["tried"]) for r in rows), found=sum(int(r["found"]) for r in rows),
        strong=sum(int(r["strong"]) for r in rows), lessons=lessons,
    )  # fmt: skip


def counts(desk: Desk, names: Iterable[str], seen: Mapping[str, int]) -> Listing:
    """Names with the number of cities behind each, the most first: "inclusive in 47 and green in 21"."""
    order = sorted(names, key=lambda one: -seen[one])
    named = ((desk.condition(one).text, seen[one]) for one in order)
    return Listing(tuple(Word(Text(f"{text.en} in {n}", f"{text.zh}{n}个")) for text, n in named), zh="、")
