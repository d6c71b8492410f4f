"""Fold texts so that what people type finds what is written: case, accents, width, Han script."""

from __future__ import annotations

import re
import unicodedata

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKENS = re.compile(rf"[{_HAN}]+|\d+(?:[.,]\d+)*|[^\W\d_]+", re.UNICODE)
_HAN_RUN = re.compile(rf"[{_HAN}]+\Z")
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})


def fold(text: str) -> str:
    """Lower case, accents off, full width to half width; Han and other scripts stay.

    Examples
    --------
    >>> fold("Medellín ＡＢＣ Sønderborg")
    'medellin abc sonderborg'
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def is_han(token: str) -> bool:
    """Tell whether a token is a run of Han characters."""
    return bool(_HAN_RUN.match(token))


def runs(text: str) -> list[str]:
    """Split a folded text into words, numbers and runs of Han characters, in order.

    Examples
    --------
    >>> runs(fold("2185.8万人 in Wuhan"))
    ['2185.8', '万人', 'in', 'wuhan']
    """
    return _TOKENS.findall(text)


def bigrams(run: str) -> list[str]:
    """Cut a run of Han characters into overlapping pairs; a single character stays itself.

    Examples
    --------
    >>> bigrams("终身学习")
    ['终身', '身学', '学习']
    """
    return [run] if len(run) < 2 else [run[i : i + 2] for i in range(len(run) - 1)]
