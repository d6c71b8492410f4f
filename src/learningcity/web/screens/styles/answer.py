"""The answer to a question, asked of the library once and kept in bounded number."""

from __future__ import annotations

from dataclasses import dataclass

import learningcity as lc
from learningcity.web import content
from learningcity.web.once import once
from learningcity.web.screens.styles.query import Question

#: Draws of cases, shuffled tables and permutations: as the library has them, told in every command.
DRAWS, SHUFFLES, PERMUTATIONS = 100, 199, 999


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


def answer(question: Question) -> Answer:
    """Give the styles.

    Raises
    ------
    InputError
        The question cannot be asked: too few columns vary, or there are fewer different cities than styles.
    """
    if question.refusal:
        raise lc.InputError(question.refusal)
    once = question.with_(repeats=False)
    tried = _answer(once.with_(k=0))
    return Answer(question, _answer(once) if question.k else tried, tried)


def repeated(found: Answer) -> lc.AtlasStyles:
    """The same over other columns and by other coders."""
    return _repeated(found.question.with_(repeats=False))


@once(48)
def _answer(question: Question) -> lc.AtlasStyles:
    return lc.atlas_styles(
        content.atlas(),
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
    )


@once(24)
def _repeated(question: Question) -> lc.AtlasStyles:
    return _answer(question).repeated()
