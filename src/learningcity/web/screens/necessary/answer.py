"""The answer to a question, asked of the library once and kept in bounded number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import learningcity as lc
from learningcity.web import content, waiting
from learningcity.web.once import once
from learningcity.web.screens.necessary.query import Question

SHUFFLING = lc.Text(
    "Every condition with every theme, each pair shuffled {n:,} times",
    "全部条件与特征的配对，每对随机置换{n:,}次",
)


@dataclass(frozen=True)
class Pair:
    """One condition with one theme.

    Parameters
    ----------
    row
        Of the table of all pairs.
    ceiling, interval
        The ceiling that is tested, and how far its effect hangs on single cities.
    lines
        Further ceilings over the same cities.
    points
        The cities at each point.
    """

    row: dict[str, Any]
    ceiling: lc.CeilingResult
    interval: lc.CeilingInterval
    lines: tuple[lc.CeilingResult, ...]
    points: Any


@dataclass(frozen=True)
class Answer:
    """What the library says to a question.

    Parameters
    ----------
    question
        With its pair named, where the address named none.
    pairs
        Every condition with every theme.
    row
        Of the pair that is shown; None where there is no such pair.
    pair, nothing
        The pair, or why there is no ceiling.
    levels, no_levels
        The table of necessary levels for the theme of the pair, or why there is none.
    """

    question: Question
    pairs: lc.AtlasCeilings
    row: dict[str, Any]
    pair: Pair | None
    nothing: lc.Text | None
    levels: lc.BottleneckResult | None
    no_levels: lc.Text | None


def asked(question: Question, ask: waiting.Ask) -> Answer | None:
    """Give all pairs, the one that is asked for, and the necessary levels of its theme; None where they are not there yet.

    Raises
    ------
    InputError
        There are no cases.
    """
    pairs = ask(work(question.pairs))
    return None if pairs is None else _answer(question, pairs)


def answer(question: Question) -> Answer:
    """Give the same to whoever cannot wait in a page; see :func:`asked`."""
    return cast(Answer, asked(question, waiting.now))


def work(question: Question) -> waiting.Long:
    """All pairs as work that a page may wait for."""
    atlas = content.atlas()

    def make(progress: lc.Progress) -> lc.AtlasCeilings:
        return lc.atlas_ceilings(
            atlas,
            coder=question.coder,
            policy=lc.CodingPolicy(timing=question.timing),  # type: ignore[arg-type]
            not_seen=question.not_seen,
            method=question.method,  # type: ignore[arg-type]
            corner=int(question.corner),
            permutations=question.permutations,
            seed=question.seed,
            progress=progress,
        )

    return waiting.Long("pairs", question, make, SHUFFLING.format(n=question.permutations))


def _answer(question: Question, pairs: lc.AtlasCeilings) -> Answer:
    row = _row(pairs, question)
    named = question.with_(condition=row["condition"], theme=row["theme"])
    try:
        pair, nothing = _pair(named), None
    except lc.InputError as error:
        pair, nothing = None, error.text
    try:
        levels, no_levels = _levels(named), None
    except lc.InputError as error:
        levels, no_levels = None, error.text
    return Answer(named, pairs, row, pair, nothing, levels, no_levels)


def _pairs(question: Question) -> lc.AtlasCeilings:
    """All pairs, which are there already."""
    return cast(lc.AtlasCeilings, waiting.now(work(question)))


def _row(pairs: lc.AtlasCeilings, question: Question) -> dict[str, Any]:
    """The pair that is asked for; where the address leaves it open, the one that comes nearest to a finding."""
    frame = pairs.table()
    open_pair = not (question.condition and question.theme)
    if question.condition:
        frame = frame[frame["condition"] == question.condition]
    elif open_pair:
        frame = frame[frame["kind"] == "condition"]
    if question.theme:
        frame = frame[frame["theme"] == question.theme]
    ordered = frame.sort_values(
        ["found", "q", "p_value", "effect_size"], ascending=[False, True, True, False], kind="stable"
    )
    return {str(k): v for k, v in ordered.iloc[0].to_dict().items()}


@once(64)
def _pair(question: Question) -> Pair:
    pairs, x, y = _pairs(question.pairs), question.condition, question.theme
    return Pair(
        _row(pairs, question),
        pairs.pair(x, y),
        pairs.interval(x, y),
        tuple(pairs.pair(x, y, line) for line in question.lines),  # type: ignore[arg-type]
        pairs.points(x, y),
    )


@once(64)
def _levels(question: Question) -> lc.BottleneckResult:
    choices: dict[str, Any] = {"scale_x": question.scale_x, "scale_y": question.scale_y}
    if question.steps:
        choices["steps"] = question.steps
    return _pairs(question.pairs).bottleneck(question.theme, **choices)
