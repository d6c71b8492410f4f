"""How wide texts are set, and where their lines break: pictures know no line breaks of their own."""

from __future__ import annotations

import re

_WORDS = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+")
#: Signs that must not begin a line.
_NOT_FIRST = "，。、；：？！）》”’%,.;:)"
#: Signs that Chinese fonts set as wide as a character.
_WIDE = "“”‘’—…·"
#: Signs that must not end one.
_NOT_LAST = "（《“‘("


def width_of(text: str, size: float) -> float:
    """Estimate how wide a text is set, in pixels; a little too wide rather than too narrow.

    Examples
    --------
    >>> width_of("学习", 10), 15 < width_of("abc", 10) < 18
    (20.0, True)
    """
    return size * sum(
        1.0 if ord(c) > 0x2E7F or c in _WIDE else 0.66 if c.isupper() or c in "mwMW%" else 0.53 for c in text
    )


def lines(text: str, size: float, width: float) -> list[str]:
    """Break a text into lines; between Chinese signs a line may end anywhere but before punctuation.

    Examples
    --------
    >>> lines("one two three", 10, 45)
    ['one two', 'three']
    """
    found, line = [], ""
    for word in _WORDS.findall(text):
        if line and width_of((line + word).rstrip(), size) > width and word[0] not in _NOT_FIRST:
            kept = line.rstrip(_NOT_LAST)
            line, word = (kept, line[len(kept) :] + word) if kept else (line, word)
            found.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*found, line.rstrip()] if line.strip() else found


def wrapped(text: str, size: float, width: float, most: int = 2) -> str:
    r"""Break a label into at most ``most`` lines joined by line breaks; what is left over becomes "…".

    Examples
    --------
    >>> wrapped("one two three four", 10, 45)
    'one two\nthree…'
    """
    found = lines(text, size, width)
    if len(found) <= most:
        return "\n".join(found)
    last = found[most - 1]
    while last and width_of(last + "…", size) > width:
        last = last[:-1]
    return "\n".join([*found[: most - 1], f"{last.rstrip()}…"])
