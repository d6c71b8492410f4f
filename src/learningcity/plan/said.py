"""Sentences of a plan with slots: both languages fill the same ones, and whoever prints them knows what leads where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from learningcity.core import Text

_SLOT = re.compile(r"\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}")


@dataclass(frozen=True, slots=True)
class Named:
    """A word that leads to a city or practice."""

    kind: str
    to: str
    text: Text


@dataclass(frozen=True, slots=True)
class Marks:
    """Ids of sources that stand behind a sentence."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number and with how many decimals it is written; a share is written in per cent."""

    value: float
    decimals: int = 2
    share: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a sentence in one language: its text, what it leads to, which sources stand behind it."""

    text: str
    kind: str = ""
    to: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in both languages with the same slots.

    Parameters
    ----------
    template
        ``{n}`` is filled; ``{n:city|cities}`` gives the English word that fits the number.
    slots
        Whole numbers, :class:`Text`, :class:`Named`, :class:`Rounded`, :class:`Marks`, or tuples of them, which are listed.

    Examples
    --------
    >>> one = Said(Text("{n} {n:city|cities}: {who}.", "{n}个城市：{who}。"), {"n": 1, "who": (Text("Cork", "科克"),)})
    >>> one.in_("en"), one.in_("zh")
    ('1 city: Cork.', '1个城市：科克。')
    """

    template: Text
    slots: Mapping[str, Any] = field(default_factory=dict)

    def pieces(self, language: str) -> tuple[Piece, ...]:
        """The sentence as pieces."""
        template = self.template.in_(language)
        found: list[Piece] = []
        at = 0
        for match in _SLOT.finditer(template):
            found.append(Piece(template[at : match.start()]))
            value = self.slots[match[1]]
            if match[2] is None:
                found += _pieces(value, language)
            else:
                found.append(Piece(match[2] if _is_one(value) else match[3]))
            at = match.end()
        found.append(Piece(template[at:]))
        return tuple(one for one in found if one.text or one.sources)

    def in_(self, language: str) -> str:
        """The sentence as plain text."""
        return "".join(one.text for one in self.pieces(language))

    @property
    def text(self) -> Text:
        """The sentence in both languages."""
        return Text(self.in_("en"), self.in_("zh"))

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources behind it."""
        return tuple(dict.fromkeys(s for one in self.pieces("en") for s in one.sources))


def said(en: str, zh: str, **slots: Any) -> Said:
    """Give a sentence with its slots."""
    return Said(Text(en, zh), slots)


def _is_one(value: Any) -> bool:
    return len(value) == 1 if isinstance(value, tuple) else value == 1


def _pieces(value: Any, language: str) -> list[Piece]:
    if isinstance(value, tuple):
        found: list[Piece] = []
        for place, one in enumerate(value):
            if place:
                last = place == len(value) - 1
                found.append(Piece({"en": " and " if last else ", ", "zh": "和" if last else "、"}[language]))
            found += _pieces(one, language)
        return found
    if isinstance(value, Said):
        return list(value.pieces(language))
    if isinstance(value, Named):
        return [Piece(value.text.in_(language), value.kind, value.to)]
    if isinstance(value, Marks):
        return [Piece("", sources=value.ids)] if value.ids else []
    if isinstance(value, Rounded):
        number = float(100 * value.value if value.share else value.value)
        return [Piece(f"{number:,.{value.decimals}f}" + ("%" if value.share else ""))]
    if isinstance(value, Text):
        return [Piece(value.in_(language))]
    return [Piece(f"{value:,}")]
