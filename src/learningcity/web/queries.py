"""What an address asks for: the choices of a visitor as one frozen record, read and written in one way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

import learningcity as lc
from learningcity.web import content

#: Longer values are cut: no choice is as long, and nobody types as much into a box.
MAXIMUM_TEXT = 100


def page_number(text: str) -> int:
    """Read the number of a page of a list.

    Raises
    ------
    InputError
        It is no number from 1.

    Examples
    --------
    >>> page_number("3")
    3
    """
    if text.isascii() and text.isdigit() and 0 < int(text) < 100_000:
        return int(text)
    raise lc.InputError(
        lc.Text(f"{text!r} is no page: give a number from 1.", f"“{text}”不是页码，请给出从1起的整数。")
    )


@dataclass(frozen=True, slots=True)
class Query:
    """The choices of a visitor; every field is a text, and its default leaves everything in.

    Subclasses add their fields, say which page they belong to, and which values each field may take.
    """

    #: The page after the language: "cities".
    PATH: ClassVar[str] = ""
    #: Choices that put in order and leave nothing out.
    ORDER: ClassVar[tuple[str, ...]] = ("sort",)

    @classmethod
    def allowed(cls) -> Mapping[str, tuple[str, Iterable[str]]]:
        """What each closed field may be: the kind of name, for the message, and the names."""
        return {}

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Read the query of an address.

        Raises
        ------
        UnknownNameError
            A value that a closed field does not have; the nearest are named.
        """
        texts = {f.name: given.get(f.name, "").strip()[:MAXIMUM_TEXT] for f in fields(cls)}
        query = cls(**{name: text for name, text in texts.items() if text})
        for name, (kind, known) in cls.allowed().items():
            value, names = getattr(query, name), list(known)
            if value and value not in names:
                raise lc.UnknownNameError(kind, value, names, near=content.near_years(value, names))
        return query

    @property
    def chosen(self) -> dict[str, str]:
        """The choices that were made, in the order of the fields."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}

    @property
    def filters(self) -> dict[str, str]:
        """The choices that leave something out."""
        return {name: value for name, value in self.chosen.items() if name not in self.ORDER}

    def address(self, language: str, anchor: str = "") -> str:
        """The address of this choice."""
        asked = f"?{urlencode(self.chosen)}" if self.chosen else ""
        return f"/{language}/{self.PATH}{asked}{anchor}"

    def with_(self, **values: str) -> Self:
        """The same choice with some fields set."""
        return replace(self, **values)

    def without(self, *names: str) -> Self:
        """The same choice with some fields as they are by default."""
        defaults: dict[str, Any] = {f.name: f.default for f in fields(self)}
        return replace(self, **{name: defaults[name] for name in names})
