"""What the chapters found, in the few numbers that abstract and conclusion need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from learningcity.atlas import MECHANISMS, THEMES
from learningcity.core import InputError, Text
from learningcity.report import Listing, Phrase, Word, say
from learningcity.standards import standard_tables
from learningcity.study.chapters.award import how_share
from learningcity.study.chapters.lessons.found import found_lessons
from learningcity.study.chapters.styles.common import near_constant
from learningcity.study.chapters.styles.survives import survived
from learningcity.study.desk import Desk
from learningcity.study.trials import background

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
    background
        Of those, on the background: tried, and passed all checks.
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
    background: tuple[int, int]
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
    scores, early = (desk.conditions(timing=t).reindex(list(desk.awarded)).notna() for t in ("all", "before"))
    read = desk.counted(any_level=True)
    rows = survived(desk)
    of_background = background(desk)
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
        background=(0, 0) if of_background is None else (len(of_background.association.judged), len(of_background.held)),
    )  # fmt: skip


def counts(desk: Desk, names: Iterable[str], seen: Mapping[str, int]) -> Listing:
    """Names with the number of cities behind each, the most first: "inclusive in 47 and green in 21"."""
    order = sorted(names, key=lambda one: -seen[one])
    named = ((desk.condition(one).text, seen[one]) for one in order)
    return Listing(tuple(Word(Text(f"{text.en} in {n}", f"{text.zh}{n}个")) for text, n in named), zh="、")


def counting(desk: Desk) -> Word:
    """What such a number counts, since the chapter on experience reads practices of every level."""
    if tuple(desk.study.codes.levels) == ("own",):
        return Word(Text("by practices of a city's own", "以城市自身的举措计"))
    return Word(Text("by the practices that the coding policy counts", "以编码规则计入的举措计"))


def quoted(desk: Desk, name: str) -> Word:
    """The name of a mechanism or theme in quotation marks."""
    text = desk.condition(name).text
    return Word(Text(f"“{text.en}”", f"“{text.zh}”"))


def answered(lessons: LessonsResult) -> Phrase | None:
    """Of the bottlenecks that the national framework names, how many meet practices; None where it names none."""
    n = len(lessons.bottlenecks)
    m = int((lessons.bottlenecks["practices"] > 0).sum()) if n else 0
    if not n:
        return None
    if n > 1 and n == m:
        return say(
            "Each of the {n} bottlenecks that the national framework names meets practices that answer it.",
            "国家政策框架所指的{n}项发展瓶颈，均可在获奖城市见到与之对应的实践举措。", n=n,
        )  # fmt: skip
    return say(
        "Of {n} {n:bottleneck|bottlenecks} that the national framework names, {m} {m:meets|meet} practices that answer {m:it|them}.",
        "国家政策框架所指的{n}项发展瓶颈中，{m}项在获奖城市见到与之对应的实践举措。", n=n, m=m,
    )  # fmt: skip
