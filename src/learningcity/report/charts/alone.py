"""A picture as a file: title above, caption below, on white paper."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from learningcity.report.charts.drawing import families, shown
from learningcity.report.charts.keeping import KEPT, one_at_a_time
from learningcity.report.charts.palette import INK, MUTED, PAPER
from learningcity.report.charts.texts import lines

PAD = 16.0
_SIZE = re.compile(r'viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"')


@lru_cache(maxsize=64)
def alone(svg: str, title: str, alt: str, caption: str, font: str, language: str) -> str:
    """Set a picture on paper with its words, so that it can stand in a report by itself.

    Parameters
    ----------
    svg
        The picture as pages hold it.
    title, alt, caption
        The title and the caption are printed, the alternative is told to who cannot see.
    font
        A font that this machine has.
    language
        "en" or "zh".
    """
    left, top, width, height = map(float, _SIZE.search(svg).groups())  # type: ignore[union-attr]
    inside = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    scale = max(1.0, 480 / width)
    sheet = width * scale + 2 * PAD
    # A picture laid out for a phone is shown smaller than its size: its words have to stay legible.
    big, small = (24.0, 16.0) if scale > 1 else (19.0, 12.0) if sheet < 800 else (24.0, 15.0)
    above = lines(shown(title), big, sheet - 2 * PAD)
    below = lines(shown(caption), small, sheet - 2 * PAD) if caption and escape(caption) not in inside else []
    head = PAD + len(above) * big * 1.3 + 6
    foot = (len(below) * small * 1.5 + 10) if below else 0
    tall = head + height * scale + foot + PAD
    family = quoteattr(families(font))
    words = [
        _line(t, PAD, PAD + (n + 0.85) * big * 1.3, big, INK, family, bold=True) for n, t in enumerate(above)
    ]
    words += [
        _line(t, PAD, head + height * scale + 10 + (n + 0.75) * small * 1.5, small, MUTED, family)
        for n, t in enumerate(below)
    ]
    lang = "zh-Hans" if language == "zh" else "en"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet:.0f} {tall:.0f}" width="{sheet:.0f}" '
        f'height="{tall:.0f}" role="img" lang="{lang}" aria-labelledby="title desc">'
        f'<title id="title">{escape(shown(title))}</title><desc id="desc">{escape(shown(alt))}</desc>'
        f'<rect width="{sheet:.0f}" height="{tall:.0f}" fill="{PAPER}"/>{"".join(words)}'
        f'<g font-family={family} transform="translate({PAD - left * scale:g} {head - top * scale:g}) scale({scale:g})">{inside}</g></svg>'
    )


def png(svg: str, scale: float) -> bytes:
    """Turn a picture into PNG, ``scale`` pixels of it for each of the picture; kept by content."""
    from hashlib import sha256

    import vl_convert

    key = sha256(f"{scale}\x00{svg}".encode()).hexdigest()
    found = KEPT.get(key)
    if isinstance(found, bytes):
        return found
    with one_at_a_time(key):
        found = KEPT.get(key)
        if isinstance(found, bytes):
            return found
        drawn = bytes(vl_convert.svg_to_png(svg, scale=scale))
        KEPT.put(key, drawn)
    return drawn


def _line(text: str, x: float, y: float, size: float, colour: str, family: str, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:.1f}" font-size="{size:g}" font-family={family} fill="{colour}"{weight}>'
        f"{escape(text)}</text>"
    )
