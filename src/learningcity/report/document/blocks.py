"""What a document is made of, as data: paragraphs, findings, tables, figures, cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.report.document.phrase import Phrase

#: How sure a finding is. ``described``: counted in front of the reader, no test. ``strong``: it passed
#: every check that belongs to it. ``weak``: seen, and did not pass them all. ``nothing``:
#: looked for and not borne out.
STRENGTHS: dict[str, Text] = {
    "described": Text("described", "描述"),
    "strong": Text("held in every check", "通过全部检验"),
    "weak": Text("weak", "证据较弱"),
    "nothing": Text("not borne out", "未获支持"),
}

#: How a paragraph is set.
ROLES = ("text", "lede", "question", "note", "limit", "quote")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: a phrase and how it is set (see ``ROLES``)."""

    phrase: Phrase
    role: str = "text"

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise UnknownNameError("role", self.role, ROLES)


@dataclass(frozen=True)
class Bullets:
    """A list of phrases; numbered where the order matters."""

    items: tuple[Phrase, ...]
    numbered: bool = False


@dataclass(frozen=True)
class How:
    """How a finding, table or figure was computed, so that anybody can do it again.

    Parameters
    ----------
    method
        The method in plain words.
    code
        Lines of Python that give the same numbers.
    command
        The same on the command line; "" where there is none.
    choices
        What was chosen, by name, as JSON holds it.
    seed
        Of the random numbers; None where none were used.
    """

    method: Phrase
    code: str = ""
    command: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None


@dataclass(frozen=True)
class Coverage:
    """On how many of how many something rests, and of what ("cities with a figure")."""

    n: int
    of: int
    what: Text

    def __post_init__(self) -> None:
        if not 0 <= self.n <= self.of:
            raise InputError(
                Text(f"{self.n} of {self.of} is no coverage.", f"{self.of}中的{self.n}不是有效的覆盖数。")
            )


@dataclass(frozen=True)
class Finding:
    """A sentence that the data carry, with all that a careful reader asks for.

    Parameters
    ----------
    key
        A lasting name, "features.green-seen": findings of two studies are compared by it.
    claim
        The sentence.
    strength
        See ``STRENGTHS``.
    coverage
        On how many cases it rests.
    uncertainty
        How far it could move, in a sentence: an interval, two coders, a p-value with what was tried.
    how
        How it was computed.
    values
        The numbers of the claim by name, unrounded, for comparisons of studies and for tests.
    """

    key: str
    claim: Phrase
    strength: str
    coverage: Coverage
    uncertainty: Phrase
    how: How
    values: Mapping[str, float | int | str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.strength not in STRENGTHS:
            raise UnknownNameError("strength", self.strength, STRENGTHS)


#: A cell: nothing (not seen), a number or words as a phrase, or a phrase that leads somewhere.
Cell = Phrase | None


@dataclass(frozen=True)
class Head:
    """The head of a column; numbers are set to the right."""

    title: Text
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A captioned table; an empty cell was not seen or does not apply, never zero.

    Parameters
    ----------
    key
        A lasting name, "award.by-round".
    caption
        What it shows.
    heads
        The columns.
    rows
        Cells, as many a row as there are heads.
    note
        What must stand under it.
    how
        How it was computed; None for tables of texts.
    short
        Show that many rows on a page with the rest one click away; 0 = all.
    """

    key: str
    caption: Phrase
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Phrase | None = None
    how: How | None = None
    short: int = 0

    def __post_init__(self) -> None:
        if any(len(row) != len(self.heads) for row in self.rows):
            raise InputError(
                Text(
                    f"Every row of {self.key} must have {len(self.heads)} cells.",
                    f"表{self.key}的每行须有{len(self.heads)}个单元格。",
                )
            )


@dataclass(frozen=True)
class Picture:
    """A chart as it was drawn in one language, see :class:`learningcity.report.Chart`."""

    kind: str
    title: str
    alt: str
    svg: str
    caption: str
    language: str
    heads: Mapping[str, str]
    rows: tuple[tuple[Any, ...], ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A captioned picture, drawn in the languages of the document."""

    key: str
    caption: Phrase
    pictures: Mapping[str, Picture]
    how: How | None = None
    note: Phrase | None = None

    def picture(self, language: str) -> Picture:
        """The picture in one language."""
        if language not in self.pictures:
            raise UnknownNameError("language", language, self.pictures)
        return self.pictures[language]


@dataclass(frozen=True)
class Card:
    """A framed piece with named parts: a lesson, a city in brief.

    Parameters
    ----------
    key
        A lasting name.
    title
        Its head.
    parts
        Pairs of what and the words to it, in their order.
    """

    key: str
    title: Phrase
    parts: tuple[tuple[Text, Phrase], ...]


Block = Paragraph | Bullets | Finding | Table | Figure | Card


@dataclass(frozen=True)
class Section:
    """A part of a document with its own head; sections nest."""

    key: str
    title: Text
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
