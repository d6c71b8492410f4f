"""How wide the columns of a table are on paper: every word has room, and long texts share what is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import sqrt

#: Width of a sign against the size of the font: Chinese characters and others.
WIDE, NARROW = 1.0, 0.55
#: Room beside the text of a cell, left and right together, in points.
BESIDE = 12.0
#: Lines of a head, letters of a cell that stand on one line, and how far long texts are damped.
HEAD_LINES, SHORT, DAMPED = 3, 5, 0.85
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
        at least as wide as its longest word, and by how long its texts are.

    Examples
    --------
    >>> found = column_widths(["City", "n"], [["Cork", "1"], ["Wuhan " * 40, "2"]], 300.0, 8.0)
    >>> round(sum(found)), found[0] > 5 * found[1]
    (300, True)
    """
    cells = [[row[n] for row in rows] for n in range(len(heads))]
    least, mean, most = [], [], []
    for head, column in zip(heads, cells, strict=True):
        widths = [width(one, size) for one in column] or [0.0]
        word = max(longest_word(one, size) for one in [head, *column])
        low = max(word, width(head, size) / HEAD_LINES, min(max(widths), SHORT * size))
        least.append(low + BESIDE)
        most.append(max(low, width(head, size), *widths) + BESIDE)
        # Between the mean and the longest: a column with few long texts needs room, too.
        mean.append(max(low, sqrt(sum(one * one for one in widths) / len(widths))) + BESIDE)
    if sum(most) <= room:
        return most
    if sum(least) >= room:
        return [room * one / sum(least) for one in least]
    return _shared(least, [one**DAMPED for one in mean], most, room)


def _shared(least: list[float], wish: list[float], most: list[float], room: float) -> list[float]:
    """Share the room by wishes; nobody gets less than the least or more than the most."""
    found: dict[int, float] = {}
    while True:
        free = [n for n in range(len(least)) if n not in found]
        left = room - sum(found.values())
        whole = sum(wish[n] for n in free)
        given = {n: left * wish[n] / whole for n in free}
        low = {n: least[n] for n in free if given[n] < least[n]}
        high = {n: most[n] for n in free if given[n] > most[n]}
        # First those with too little: what they take may bring others below their most.
        fixed = low or high
        if not fixed or len(fixed) == len(free):
            return [found.get(n, given.get(n, 0.0)) for n in range(len(least))]
        found |= fixed
