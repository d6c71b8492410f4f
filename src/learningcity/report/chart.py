"""A chart is a function of a result: a picture, its text alternative and its table together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any

from learningcity.core import LANGUAGES, InputError, SetupError, Text, UnknownNameError, plain

if TYPE_CHECKING:
    import pandas as pd

#: Pixels of a chart on a wide page, and what may be asked for.
WIDTH, NARROWEST, WIDEST = 760, 280, 1600


@dataclass(frozen=True)
class Chart:
    """One picture with what a reader needs who cannot see it.

    Parameters
    ----------
    kind
        Name of the kind of chart ("map", "matrix" ...).
    title
        What it shows, in the language asked for.
    alt
        The text alternative: what is to be seen, in a sentence or two.
    svg
        The picture as a page holds it, without scripts and without inline styles, on no ground;
        classes let a page's style sheet follow its own colours, literal fills make it look right
        alone. Empty where nothing can be drawn.
    table
        The same data as a frame.
    caption
        What must stand beside the picture wherever it is shown ("Sketch map, no boundaries").
    heads
        Heads of the columns of ``table`` that people read; the others are for machines.
    language
        "en" or "zh".
    places
        Where the things of the rows of ``table`` stand in the picture (key, x, y, width, height, in its pixels),
        named by the column ``key``; empty where a picture does not tell.
    """

    kind: str
    title: str
    alt: str
    svg: str
    table: pd.DataFrame
    caption: str = ""
    heads: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    places: tuple[tuple[str, float, float, float, float], ...] = ()

    def file(self) -> str:
        """Give the picture as a file of its own (SVG): title above, caption below, on white paper.

        Raises
        ------
        InputError
            Nothing could be drawn; the message says what stands in the table alone.
        """
        from learningcity.report.charts.alone import alone
        from learningcity.report.charts.fonts import font_for

        if not self.svg:
            raise InputError(
                Text(
                    f"There is no picture of {self.title!r}. {self.alt}", f"“{self.title}”没有图。{self.alt}"
                )
            )
        try:
            font = font_for(self.language)
        except SetupError:
            # Words of a map are set by whoever opens the file, and other machines have fonts.
            font = "sans-serif"
        return alone(self.svg, self.title, self.alt, self.caption, font, self.language)

    def png(self, scale: float = 2) -> bytes:
        """Give the file as PNG, with ``scale`` pixels for each of the picture (0.5 to 8).

        Raises
        ------
        InputError
            Nothing could be drawn, or the scale is out of bounds.
        SetupError
            The machine has no font for the language.
        """
        from learningcity.report.charts.alone import png
        from learningcity.report.charts.fonts import font_for

        if isinstance(scale, bool) or not isinstance(scale, int | float) or not 0.5 <= scale <= 8:
            raise InputError(
                Text(
                    f"The scale is from 0.5 to 8, not {scale!r}.",
                    f"放大倍数须在0.5到8之间，不能为{scale!r}。",
                )
            )
        # An unknown font would leave no text at all, and say nothing.
        font_for(self.language)
        return png(self.file(), float(scale))

    def summary(self) -> str:
        """Say what the picture shows and what must stand beside it."""
        gap = " " if self.language == "en" else ""
        stop = ". " if self.language == "en" else "。"
        return gap.join(part for part in (self.title + stop.rstrip(), self.alt, self.caption) if part)

    def to_dict(self) -> dict[str, Any]:
        """Give words, table and picture as plain values that JSON can hold."""
        return {
            "kind": self.kind,
            "language": self.language,
            "title": self.title,
            "alt": self.alt,
            "caption": self.caption,
            "heads": dict(self.heads),
            "table": plain(self.table),
            "svg": self.svg,
        }


#: Kind -> where it is drawn; loaded when it is asked for.
KINDS: dict[str, str] = {
    "map": "maps:draw_map",
    "matrix": "charts.matrix:matrix",
    "awards": "charts.awards:awards",
    "members": "charts.members:members",
    "ideas": "charts.ideas:ideas",
    "tiers": "charts.tiers:tiers",
    "agreement": "charts.agreement:agreement",
    "coverage": "charts.coverage:coverage",
    "practices": "charts.practices:practices",
    "conflicts": "charts.conflicts:conflicts",
    "compare": "charts.compare:compare",
    "intervals": "charts.intervals:intervals",
    "sensitivity": "charts.sensitivity:sensitivity",
    "style_map": "charts.style_map:style_map",
    "style_numbers": "charts.style_numbers:style_numbers",
    "style_profiles": "charts.style_profiles:style_profiles",
    "ceiling": "charts.ceiling:ceiling",
    "ceilings": "charts.ceiling_pairs:ceilings",
    "associations": "charts.associations:associations",
    "pair": "charts.pair:pair",
    "contrast": "charts.contrast:contrast",
    "gaps": "charts.gaps:gaps",
}


def _kind(kind: str) -> Callable[..., Any]:
    module, name = KINDS[kind].split(":")
    found: Callable[..., Any] = getattr(import_module(f"learningcity.report.{module}"), name)
    return found


def chart(
    result: Any, kind: str, language: str = "en", *, width: int = WIDTH, picture: bool = True, **options: Any
) -> Chart:
    """Draw a chart of a result.

    Parameters
    ----------
    result
        What is drawn; each kind says what it takes (``docs/charts.md``).
    kind
        "map", "matrix" ...; see ``docs/charts.md``.
    language
        "en" or "zh".
    width
        Pixels from 280 to 1600; below 520 a chart is laid out for a phone. A map scales by itself.
    picture
        False gives words and table alone, and asks for no font.
    **options
        What the kind takes.

    Returns
    -------
    Chart
        The picture (SVG), its title, its text alternative and its table.

    Raises
    ------
    UnknownNameError
        No such kind, language or option.
    InputError
        The width is out of bounds, or the result cannot be drawn so.
    SetupError
        The machine has no font for the language; the message names the package.

    Examples
    --------
    >>> import learningcity as lc
    >>> drawn = lc.chart(lc.load_atlas(), "map", "en")
    >>> drawn.kind, len(drawn.table)
    ('map', 64)
    """
    if kind not in KINDS:
        raise UnknownNameError("chart", kind, KINDS)
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    if isinstance(width, bool) or not isinstance(width, int) or not NARROWEST <= width <= WIDEST:
        raise InputError(
            Text(
                f"The width is a whole number from {NARROWEST} to {WIDEST}, not {width!r}.",
                f"宽度须为{NARROWEST}到{WIDEST}之间的整数，不能为{width!r}。",
            )
        )
    make = _kind(kind)
    known = [
        name for name in signature(make).parameters if name not in ("result", "frame", "atlas", "language")
    ]
    for name in options:
        if name not in known:
            raise UnknownNameError("option", name, known or ["width"])
    if kind == "map":
        drawn: Chart = make(result, language, **options)
        return drawn
    return _drawn(make(result, language, **options), kind, language, width if picture else 0)


def _drawn(sketch: Any, kind: str, language: str, width: int) -> Chart:
    svg = ""
    places: tuple[Any, ...] = ()
    if width:
        from learningcity.report.charts.drawing import draw
        from learningcity.report.charts.fonts import font_for

        svg = draw(sketch.draw(width), font_for(language), f"{sketch.title}. {sketch.alt}", language)
        places = tuple(tuple(one) for one in sketch.places(width)) if sketch.places else ()
    return Chart(
        kind,
        sketch.title,
        sketch.alt,
        svg,
        sketch.table,
        sketch.caption,
        dict(sketch.heads),
        language,
        places,
    )
