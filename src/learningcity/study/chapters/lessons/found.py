"""The lessons for the target of a study, computed once, and what of them other chapters take up."""

from __future__ import annotations

from learningcity.core import Text
from learningcity.plan import LessonsResult, lessons
from learningcity.report import Listing, Word
from learningcity.study.desk import Desk

#: More draws change no peer that matters here and cost the reader seconds.
MOST_DRAWS = 200


def found_lessons(desk: Desk) -> LessonsResult:
    """Compute the lessons for the target.

    Raises
    ------
    InputError
        These data carry no lessons for the target; the reason is told.
    """
    return desk.once(
        "lessons",
        lambda: lessons(
            desk.atlas, desk.study.target, coder=desk.study.coder, policy=desk.study.codes,
            draws=min(desk.study.methods.draws, MOST_DRAWS), seed=desk.study.seed,
        ),
    )  # fmt: skip


def least_seen(found: LessonsResult) -> Listing:
    """Mechanisms and themes that comparable cities show and the target shows least; empty where there are none."""
    gaps = found.profile[(found.profile["gap_in"] > 0) & found.profile["kind"].isin(("mechanism", "theme"))]
    telling = gaps[~gaps["near_constant"]].sort_values("open", ascending=False, kind="stable")
    if len(telling):
        # What is open in at least half as many cities as the first: the rest is seen more often than not.
        telling = telling[telling["open"] >= telling["open"].iloc[0] / 2 + 0.5]
    return Listing(
        tuple(
            Word(Text(f"“{r['label_en']}”", f"“{r['label_zh']}”")) for r in telling.head(4).to_dict("records")
        )
    )
