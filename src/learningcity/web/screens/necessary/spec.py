"""The question as lines of the command line, which give the same numbers to the digit."""

from __future__ import annotations

import shlex

from learningcity.web.screens.necessary.query import Question


def options(question: Question) -> list[str]:
    """Which cases, which line, which corner."""
    return [
        "--atlas", "--method", question.method, "--corner", question.corner, "--coder", question.coder,
        "--not-seen", question.not_seen, "--timing", question.timing,
    ]  # fmt: skip


def commands(question: Question) -> list[list[str]]:
    """The commands that give the numbers of the page, as words: pairs, what hangs on single cities, levels."""
    start, asked = ["learningcity", "explain"], options(question)
    tests = ["--permutations", str(question.shuffles), "--seed", str(question.seed)]
    levels = ["--outcome", question.theme, "--scale-x", question.scale_x, "--scale-y", question.scale_y]
    steps = ["--steps", str(question.steps)] if question.steps else []
    return [
        [*start, "ceiling", *asked, *tests],
        [*start, "ceiling", *asked, "--permutations", "0", "--show", "intervals"],
        [*start, "bottleneck", *asked, *levels, *steps],
    ]


def lines(question: Question) -> list[str]:
    """The same as a shell reads them."""
    return [shlex.join(one) for one in commands(question)]
