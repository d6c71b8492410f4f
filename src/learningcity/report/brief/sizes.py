"""Sizes of a brief: those of the standard first, then smaller ones until two pages hold it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

#: Pages that a brief may have.
PAGES = 2


@dataclass(frozen=True)
class Sizes:
    """How a brief is set, in points.

    Parameters
    ----------
    text
        Size of the font.
    pitch
        From one line to the next.
    small
        Size of what findings rest on, notes and captions.
    fine
        Size of tables and sources.
    title
        Size of the title.
    wide
        Width of the picture, as a share of the text's.
    """

    text: float
    pitch: float
    small: float
    fine: float
    title: float
    wide: float

    def to_dict(self) -> dict[str, float]:
        """By name."""
        return asdict(self)


#: GB/T 9704: 22 lines of 28 characters (三号, 16 pt) on 225 mm; the title is 二号 (22 pt).
CHINESE = (
    Sizes(16, 28.95, 12, 10.5, 22, 1.0),
    Sizes(16, 28, 12, 10.5, 22, 0.9),
    Sizes(16, 27, 12, 10.5, 22, 0.9),
    Sizes(16, 26, 12, 10.5, 22, 0.9),
    Sizes(16, 25, 12, 10, 22, 0.9),
    Sizes(15, 24, 12, 9.5, 22, 0.9),
    Sizes(15, 23, 11, 9, 22, 0.9),
    Sizes(14, 22, 10.5, 9, 22, 0.9),
    Sizes(14, 20, 10.5, 9, 20, 0.9),
    Sizes(12, 18, 10, 8.5, 18, 0.8),
    Sizes(10.5, 15, 9, 8, 16, 0.7),
    Sizes(9, 12, 8, 7, 14, 0.6),
    Sizes(7.5, 10, 7, 6.5, 12, 0.6),
)
ENGLISH = (
    Sizes(11, 15, 9.5, 9, 17, 1.0),
    Sizes(10.5, 14, 9, 8.5, 16, 0.9),
    Sizes(10, 13, 8.5, 8, 15, 0.8),
    Sizes(9, 11.5, 8, 7.5, 14, 0.7),
    Sizes(8, 10, 7, 7, 13, 0.6),
)


def sizes(language: str) -> tuple[Sizes, ...]:
    """Those of a language, the ones of the standard first."""
    return CHINESE if language == "zh" else ENGLISH


def word_sizes(language: str, level: int) -> Sizes:
    """Those of the Word file: Word breaks lines otherwise and leaves holes, so where room is short, two sizes less."""
    choices = sizes(language)
    return choices[min(level + 2, len(choices) - 1)] if level else choices[0]
