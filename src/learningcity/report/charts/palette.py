"""The colours of charts by the part they play; a page swaps them for its own by class.

Each colour is written into the picture literally, so that a file looks right alone, and named in
a class (``fill-ink``, ``stroke-tone-4``), so that a page in dark mode can overrule it.
"""

from __future__ import annotations

#: Part -> colour on white paper. The tones fall in lightness step by step: the order survives a grey print.
COLOURS = {
    "ink": "#1b2023",
    "muted": "#545b5f",
    "hair": "#d9d5c9",
    "paper": "#ffffff",
    "wash": "#f2efe7",
    "mark": "#9c3a16",
    "tone-1": "#c9dedb",
    "tone-2": "#8fbfc0",
    "tone-3": "#4f98a3",
    "tone-4": "#1f6b7d",
    "tone-5": "#0b3a4a",
}
INK, MUTED, HAIR, PAPER, WASH, MARK = (COLOURS[n] for n in ("ink", "muted", "hair", "paper", "wash", "mark"))
TONES = tuple(COLOURS[f"tone-{n}"] for n in range(1, 6))

#: Steps of a heat map with the colour of the numbers on them: readable in light, dark and grey.
STEPS = (("tone-1", "ink"), ("tone-2", "ink"), ("tone-4", "paper"), ("tone-5", "paper"))

_PARTS = {colour: part for part, colour in COLOURS.items()}


def part_of(colour: str) -> str | None:
    """Give the part that a colour plays; None for a colour that is none of ours.

    Examples
    --------
    >>> part_of("#1B2023"), part_of("red")
    ('ink', None)
    """
    return _PARTS.get(colour.lower())


def luminance(colour: str) -> float:
    """Give the relative luminance (0 black to 1 white) by WCAG 2.

    Examples
    --------
    >>> luminance("#ffffff"), luminance("#000000")
    (1.0, 0.0)
    """
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours (1 to 21) by WCAG 2.

    Examples
    --------
    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
