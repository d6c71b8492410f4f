"""The answer to a question, asked of the library once and kept in bounded number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import learningcity as lc
from learningcity.web import content, waiting
from learningcity.web.screens.styles.query import Question

#: Draws of cases, shuffled tables and permutations: as the library has them, told in every command.
DRAWS, SHUFFLES, PERMUTATIONS = 100, 199, 999

TRYING = lc.Text(
    "The cities divided into every number of styles, beside tables with shuffled columns",
    "按不同的类型数划分城市，并与打乱各列的数据表对照",
)
DIVIDING = lc.Text("The cities divided into {k} styles", "将城市划分为{k}类")
REPEATING = lc.Text(
    "The same over other columns, without common practices, and by the other codes",
    "改用其他列、去除共有的实践举措、采用另一遍编码重做",
)


@dataclass(frozen=True)
class Answer:
    """What the library says to a question.

    Parameters
    ----------
    question
        As asked.
    styles
        The styles as asked, or that there are none.
    tried
        The same with the number left open: whether there are styles at all.
    """

    question: Question
    styles: lc.AtlasStyles
    tried: lc.AtlasStyles

    @property
    def divided(self) -> bool:
        """Whether there are styles to be shown, borne out or not."""
        return self.styles.typology.k > 1

    @property
    def borne_out(self) -> bool:
        """Whether styles are found that were not merely asked for."""
        return self.styles.found and self.tried.found


def asked(question: Question, ask: waiting.Ask) -> Answer | None:
    """Give the styles; None where they are not there yet.

    Raises
    ------
    InputError
        The question cannot be asked: too few columns vary, or there are fewer different cities than styles.
    """
    if question.refusal:
        raise lc.InputError(question.refusal)
    alone = question.with_(repeats=False)
    tried = ask(work(alone.with_(k=0)))
    styles = ask(work(alone)) if question.k else tried
    return None if styles is None or tried is None else Answer(question, styles, tried)


def answer(question: Question) -> Answer:
    """Give the styles to whoever cannot wait in a page; see :func:`asked`."""
    return cast(Answer, asked(question, waiting.now))


def work(question: Question) -> waiting.Long:
    """The styles of a number, or with the number left open, as work that a page may wait for."""
    atlas = content.atlas()

    def make(progress: lc.Progress) -> lc.AtlasStyles:
        return lc.atlas_styles(
            atlas,
            question.columns or None,
            question.k or "auto",
            question.coder,
            lc.CodingPolicy(timing=question.timing),  # type: ignore[arg-type]
            not_seen=question.not_seen,
            draws=DRAWS,
            shuffles=SHUFFLES,
            permutations=PERMUTATIONS,
            seed=question.seed,
            repeat=False,
            progress=progress,
        )

    return waiting.Long(
        "divided" if question.k else "tried",
        question,
        make,
        DIVIDING.format(k=question.k) if question.k else TRYING,
    )


def repeated(found: Answer) -> lc.AtlasStyles:
    """The same over other columns and by other coders."""
    return cast(lc.AtlasStyles, waiting.now(repeats_work(found)))


def repeats_work(found: Answer) -> waiting.Long:
    """The same as work that a page may wait for."""
    return waiting.Long("repeats", found.question.with_(repeats=False), found.styles.repeated, REPEATING)
