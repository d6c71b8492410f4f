"""Small pieces that all chapters are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from learningcity.core import Text, or_none
from learningcity.report import Cell, Number, Paragraph, Phrase, Share, Word, say


def text(en: str, zh: str, /, **slots: Any) -> Paragraph:
    """A paragraph."""
    return Paragraph(say(en, zh, **slots))


def question(en: str, zh: str) -> Paragraph:
    """The question of a chapter."""
    return Paragraph(say(en, zh), "question")


def lede(en: str, zh: str, /, **slots: Any) -> Paragraph:
    """The answer in short, before the evidence."""
    return Paragraph(say(en, zh, **slots), "lede")


def limit(en: str, zh: str, /, **slots: Any) -> Paragraph:
    """What may not be read from it."""
    return Paragraph(say(en, zh, **slots), "limit")


def number(value: Any, decimals: int | None = None) -> Cell:
    """A cell with a number; a missing one stays empty."""
    return None if or_none(value) is None else say("{n}", "{n}", n=Number(float(value), decimals))


def share(value: Any) -> Cell:
    """A cell with a share in per cent; a missing one stays empty."""
    return None if or_none(value) is None else say("{n}", "{n}", n=Share(float(value)))


def words(en: Any, zh: Any = None) -> Cell:
    """A cell with words; where one language is not there, the other stands for it."""
    one, two = or_none(en), or_none(zh)
    if one is None and two is None:
        return None
    said = Text(str(one if one is not None else two), str(two if two is not None else one))
    return say("{w}", "{w}", w=Word(said))


def between_coders(others: Iterable[int], mine: int) -> Phrase:
    """Say how far the number of cities moves from coder to coder."""
    counts = list(others)
    if not counts:
        return say("There is one coder alone.", "只有一位编码员。")
    low, high = min(*counts, mine), max(*counts, mine)
    if low == high:
        return say("Every coder gives the same number of cities.", "各编码员得出的城市数相同。")
    return say(
        "Between coders the number lies between {a} and {b} cities.",
        "不同编码员得出{a}至{b}个城市。",
        a=low,
        b=high,
    )
