"""What an address asks for: the choices of a visitor as one frozen record, read and written in one way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content

#: Longer values are cut: no choice is as long, and nobody types as much into a box.
MAXIMUM_TEXT = 100
#: A list may be longer, and holds no more names than that.
MAXIMUM_LIST, MOST_NAMES = 8000, 500
#: Between the values of a choice that takes several, and what a choice says that is made or not.
SEPARATOR, YES = "~", "yes"
MOST_SEED = 2**31 - 1
#: Choices that say which part of the answer is given; see ``exports``.
PARTS = ("table", "chart")


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


def one(kind: str, name: str, known: Iterable[str]) -> str:
    """Read a name.

    Raises
    ------
    UnknownNameError
        It is none of those that are known; the nearest are named.
    """
    there = tuple(known)
    if name not in there:
        raise lc.UnknownNameError(kind, name[:MAXIMUM_TEXT], [known for known in there if known])
    return name


def several(kind: str, text: str, ticked: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Read names, joined in an address or each from a box of a form, in the one order that they are known in.

    Raises
    ------
    UnknownNameError
        A name that is not known; the nearest are named.

    Examples
    --------
    >>> several("condition", "green~law", ["policy"], ["law", "policy", "green"])
    ('law', 'policy', 'green')
    """
    there = tuple(known)
    given = [*text.split(SEPARATOR), *(box.strip()[:MAXIMUM_TEXT] for box in ticked)][:MOST_NAMES]
    asked = {one(kind, name, there) for name in given if name}
    return tuple(name for name in there if name in asked)


def number(
    name: str,
    text: str,
    default: float,
    least: float,
    most: float,
    *,
    whole: bool = True,
    more: lc.Text | None = None,
) -> float:
    """Read a number; nothing gives the default.

    Raises
    ------
    InputError
        It is none, or out of bounds; the message tells these, and ``more``.

    Examples
    --------
    >>> number("seed", "", 0, 0, 10), number("seed", "7", 0, 0, 10)
    (0, 7)
    """
    if not text:
        return default
    try:
        value = float("nan") if whole and not re.fullmatch(r"-?[0-9]{1,12}", text) else float(text)
    except ValueError:
        value = float("nan")
    if text.isascii() and least <= value <= most:
        return int(value) if whole else value
    kind = lc.Text("a whole number", "整数") if whole else lc.Text("a number", "数值")
    highest = f"{most:,.0f}" if whole else f"{most:g}"
    beside = more or lc.Text("", "")
    raise lc.InputError(
        lc.Text(
            f"{name}={text[:MAXIMUM_TEXT]}: give {kind.en} from {least:g} to {highest}.{beside.en}",
            f"{name}={text[:MAXIMUM_TEXT]}：请给出{least:g}至{highest}之间的{kind.zh}。{beside.zh}",
        )
    )


def texts_of(given: QueryDict, names: Iterable[str]) -> dict[str, str]:
    """What an address says of each name, cut to what a choice may be.

    Names of figures that a visitor adds to the atlas are as long as he likes, and a list of them is not cut
    within a name: the rest would be one that nobody asked for.
    """
    return {name: given.get(name, "").strip()[:MAXIMUM_LIST] for name in names}


def is_plain(given: QueryDict, asked: Asked) -> bool:
    """Whether an address is the one address of what it asks, and not what a form sends or a person types."""
    said = {name: given.getlist(name) for name in given if name not in PARTS}
    return said == {name: [value] for name, value in asked.chosen.items()}


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return YES
    if isinstance(value, tuple):
        return SEPARATOR.join(one if isinstance(one, str) else ":".join(map(str, one)) for one in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, as fields of any kind; each has a default, which stands in no address."""

    #: The page after the language: "cities".
    PATH: ClassVar[str] = ""
    #: Signs that are written as they are.
    SAFE: ClassVar[str] = ""

    @property
    def chosen(self) -> dict[str, str]:
        """The choices that were made, in the order of the fields, as the address writes them."""
        made = ((f, getattr(self, f.name)) for f in fields(self))
        return {f.name: _written(value) for f, value in made if value != f.default}

    @property
    def refusal(self) -> lc.Text | None:
        """Why this cannot be asked although each choice is in order; None where it can."""
        return None

    def address(self, language: str, anchor: str = "", suffix: str = "") -> str:
        """The address of this choice, or of a file of it."""
        asked = f"?{urlencode(self.chosen, safe=self.SAFE)}" if self.chosen else ""
        return f"/{language}/{self.PATH}{suffix}{asked}{anchor}"

    def with_(self, **values: Any) -> Self:
        """The same choice with some fields set."""
        return replace(self, **values)

    def without(self, *names: str) -> Self:
        """The same choice with some fields as they are by default."""
        defaults: dict[str, Any] = {f.name: f.default for f in fields(self)}
        return replace(self, **{name: defaults[name] for name in names})


@dataclass(frozen=True, slots=True)
class Query(Asked):
    """The choices of a visitor; every field is a text, and its default leaves everything in.

    Subclasses add their fields, say which page they belong to, and which values each field may take.
    """

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
    def filters(self) -> dict[str, str]:
        """The choices that leave something out."""
        return {name: value for name, value in self.chosen.items() if name not in self.ORDER}
