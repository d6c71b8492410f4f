"""What fills the slots of a sentence: values that write themselves in both languages.

A sentence about data never holds a bare string: a word comes as a :class:`Word` with both languages,
a number with the way it is rounded. So both languages of a document say the same by construction.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from learningcity.core import InputError, Text
from learningcity.standards import format_number, format_value

#: What a piece of text may lead to; the renderer knows the address.
LinkKind = Literal["city", "practice", "source", "fact", "part", "address"]


@dataclass(frozen=True, slots=True)
class Link:
    """Where a piece of text leads: a city, practice, source or fact by id, a part of the document by key, or an address."""

    kind: LinkKind
    to: str


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence in one language.

    Parameters
    ----------
    text
        What is read; "" where the run is only a mark for sources.
    link
        Where it leads.
    sources
        Ids of the sources that a mark stands for; the renderer numbers them.
    strong
        Whether it is set off.
    """

    text: str
    link: Link | None = None
    sources: tuple[str, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a slot."""

    def in_(self, language: str) -> str:
        """The value as text."""
        return "".join(run.text for run in self.runs(language))

    def runs(self, language: str) -> tuple[Run, ...]:
        """The value as pieces of a sentence."""
        raise NotImplementedError

    @property
    def is_one(self) -> bool:
        """Whether English takes the singular after the value."""
        return False


@dataclass(frozen=True, slots=True)
class Number(Value):
    """A number; ``decimals`` None writes it exactly, ``unit`` is a unit of the atlas or a currency.

    Examples
    --------
    >>> Number(0.2184, 2).in_("en"), Number(10432, unit="persons").in_("zh"), Number(12326512, words=True).in_("zh")
    ('0.22', '10,432人', '1232.7万')
    """

    value: float
    decimals: int | None = None
    unit: str | None = None
    words: bool = False

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise InputError(
                Text(
                    "A missing number cannot stand in a sentence: say in words that it was not seen.",
                    "缺失的数值不能写入句子：请用文字说明未见到。",
                )
            )

    def runs(self, language: str) -> tuple[Run, ...]:
        """The number in the manner of the language."""
        if self.decimals is not None:
            text = f"{self.value:,.{self.decimals}f}"
            negative_zero = text.startswith("-") and not any(c in "123456789" for c in text)
            text = text[1:] if negative_zero else text
            if self.unit is None:
                return (Run(text.replace("-", "−")),)
            return (Run(format_value(float(text.replace(",", "")), self.unit, language)),)
        style = "words" if self.words else "exact"
        if self.unit is not None:
            return (Run(format_value(self.value, self.unit, language, style)),)
        return (Run(format_number(self.value, language, style).replace("-", "−")),)

    @property
    def is_one(self) -> bool:
        """Whether it is exactly one."""
        return self.value == 1


@dataclass(frozen=True, slots=True)
class Share(Value):
    """A share from 0 to 1, written in per cent.

    Examples
    --------
    >>> Share(0.296).in_("en"), Share(0.0042, 1).in_("zh")
    ('30%', '0.4%')
    """

    value: float
    decimals: int = 0

    def runs(self, language: str) -> tuple[Run, ...]:
        """The share in per cent."""
        return (Run(f"{100 * self.value:.{self.decimals}f}%"),)


@dataclass(frozen=True, slots=True)
class Year(Value):
    """A year, never with a thousands mark; Chinese templates write 年 themselves."""

    value: int

    def runs(self, language: str) -> tuple[Run, ...]:
        """The year as it is."""
        return (Run(str(int(self.value))),)


@dataclass(frozen=True, slots=True)
class P(Value):
    """A p-value; never printed as zero.

    Examples
    --------
    >>> P(0.0321).in_("en"), P(0.00001).in_("zh")
    ('0.032', '小于0.001')
    """

    value: float

    def runs(self, language: str) -> tuple[Run, ...]:
        """The value with three decimals, or that it is below them."""
        if self.value < 0.001:
            return (Run("below 0.001" if language == "en" else "小于0.001"),)
        return (Run(f"{self.value:.3f}"),)


@dataclass(frozen=True, slots=True)
class Between(Value):
    """Two ends of an interval.

    Examples
    --------
    >>> Between(0.1, 0.325, 2).in_("en"), Between(3, 12, 0).in_("zh")
    ('0.10 to 0.33', '3至12')
    """

    low: float
    high: float
    decimals: int = 2

    def runs(self, language: str) -> tuple[Run, ...]:
        """Both ends."""
        low, high = (Number(end, self.decimals).in_(language) for end in (self.low, self.high))
        return (Run(f"{low} to {high}" if language == "en" else f"{low}至{high}"),)


@dataclass(frozen=True, slots=True)
class Word(Value):
    """A word or name in both languages, where it leads, and whether it is set off.

    Examples
    --------
    >>> Word(Text("green", "绿色")).in_("zh")
    '绿色'
    """

    text: Text
    link: Link | None = None
    strong: bool = False

    def runs(self, language: str) -> tuple[Run, ...]:
        """The word in one language."""
        return (Run(self.text.in_(language), self.link, strong=self.strong),)


@dataclass(frozen=True, slots=True)
class Listing(Value):
    """Several values as people list them; ``en`` may be a mark (";") that then stands between all.

    Examples
    --------
    >>> both = (Word(Text("law", "法律")), Word(Text("funding", "资金")), Word(Text("policy", "政策")))
    >>> Listing(both).in_("en"), Listing(both).in_("zh"), Listing(both[:2], en="or", zh="或").in_("zh")
    ('law, funding and policy', '法律、资金和政策', '法律或资金')
    >>> Listing(both, en=";").in_("en")
    'law; funding; policy'
    """

    values: tuple[Value, ...]
    en: str = "and"
    zh: str = "和"

    def runs(self, language: str) -> tuple[Run, ...]:
        """The values with the marks of the language between them."""
        comma, last = (", ", f" {self.en} ") if language == "en" else ("、", self.zh)
        if language == "en" and not self.en.isalpha():
            comma = last = f"{self.en} "
        found: list[Run] = []
        for number, value in enumerate(self.values):
            if number:
                found.append(Run(last if number == len(self.values) - 1 else comma))
            found.extend(value.runs(language))
        return tuple(found)

    @property
    def is_one(self) -> bool:
        """Whether there is one value alone."""
        return len(self.values) == 1


@dataclass(frozen=True, slots=True)
class Sources(Value):
    """A mark that leads to sources, by their ids; the renderer gives the numbers."""

    ids: tuple[str, ...]

    def runs(self, language: str) -> tuple[Run, ...]:
        """A run without text."""
        return (Run("", sources=tuple(dict.fromkeys(self.ids))),) if self.ids else ()


def value_of(given: object) -> Value:
    """Give what is meant as a value: whole numbers and texts are taken as they are, the rest must say how it is written.

    Raises
    ------
    InputError
        A bare string has one language only, and a bare float does not say how it is rounded.
    """
    if isinstance(given, Value):
        return given
    if isinstance(given, Text):
        return Word(given)
    if isinstance(given, bool) or not hasattr(given, "__index__"):
        raise InputError(
            Text(
                f"A slot takes a whole number, a Text or a value of report.document, not {given!r}.",
                f"句子的空位只接受整数、双语文本或report.document中的值，不能为{given!r}。",
            )
        )
    return Number(int(given))


def words(texts: Iterable[Text], en: str = "and", zh: str = "和") -> Listing:
    """List texts as people do."""
    return Listing(tuple(Word(one) for one in texts), en, zh)
