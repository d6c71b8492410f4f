"""How wide the columns of a table are on paper: every word has room, and long texts share what is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import sqrt

#: Width of a sign against the size of the font: Chinese characters and others.
WIDE, NARROW = 1.0, 0.55
#: Room beside the text of a cell, left and right together, in points.
BESIDE = 9.0
_WORD = re.compile(r"[\s\u200b\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|(?<=[-/])")


def width(shown: str, size: float) -> float:
    """How wide a text is about, in points.

    Examples
    --------
    >>> width("学ab", 10.0)
    21.0
    """
    return sum(WIDE if one > "\u2e7f" else NARROW for one in shown) * size


def longest_word(shown: str, size: float) -> float:
    """How wide its longest piece is that is not broken.

    Examples
    --------
    >>> round(longest_word("a learning city", 10.0)), longest_word("学习型城市", 10.0)
    (44, 20.0)
    """
    least = 2 * WIDE if any(one > "\u2e7f" for one in shown) else 0.0
    return max([least * size, *(width(one, size) for one in _WORD.split(shown) if one)], default=0.0)


def column_widths(
    heads: Sequence[str], rows: Sequence[Sequence[str]], room: float, size: float
) -> list[float]:
    """Give the width of each column in points.

    Parameters
    ----------
    heads
        Titles of the columns.
    rows
        Texts of the cells, as many a row as there are heads.
    room
        The width of the page's text, in points.
    size
        The size of the font, in points.

    Returns
    -------
    list
        Widths that together are at most ``room``: as wide as the texts where they all fit, else each
        as wide as its longest word, and the rest by how long the texts are, long ones damped.

    Examples
    --------
    >>> found = column_widths(["City", "n"], [["Cork", "1"], ["Wuhan " * 40, "2"]], 300.0, 8.0)
    >>> round(sum(found)), found[0] > 5 * found[1]
    (300, True)
    """
    columns = [[head, *(row[n] for row in rows)] for n, head in enumerate(heads)]
    least = [max(longest_word(one, size) for one in column) + BESIDE for column in columns]
    most = [max(width(one, size) for one in column) + BESIDE for column in columns]
    most = [max(low, high) for low, high in zip(least, most, strict=True)]
    if sum(most) <= room:
        return most
    if sum(least) >= room:
        return [room * one / sum(least) for one in least]
    wish = [sqrt(high - low) for low, high in zip(least, most, strict=True)]
    left = room - sum(least)
    given = [
        min(left * one / sum(wish), high - low) for one, low, high in zip(wish, least, most, strict=True)
    ]
    spare = left - sum(given)
    open_ = [high - low - add for low, high, add in zip(least, most, given, strict=True)]
    more = [spare * one / sum(open_) if sum(open_) else 0.0 for one in open_]
    return [sum(three) for three in zip(least, given, more, strict=True)]
