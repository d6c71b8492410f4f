"""Sentences as html: texts escaped, links where there is somewhere to go, marks of sources numbered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from learningcity.report.document import Document, Link, Phrase, Run
from learningcity.report.html import words

#: Where a city, practice, source, fact or part is to be found: kind and id give an address, or None.
Addresses = Callable[[str, str], str | None]

#: Files of a table or figure, by its key: pairs of a label and an address.
Files = Callable[[str], Sequence[tuple[str, str]]]

#: What no page may hold: control characters, and signs that turn the text around them.
_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_WEB = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_NO_NAME = re.compile(r"[\s\"'<>&#%]+")


def text(given: object) -> str:
    r"""Give a text as html, without what no page may hold.

    Examples
    --------
    >>> text('<b title="x">\x1b\u202e')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return escape(_NOT_SHOWN.sub("", str(given)))


def anchor(key: str) -> str:
    """Give the id of a part of the document.

    Examples
    --------
    >>> anchor("award.rounds"), anchor('a "b"')
    ('award.rounds', 'a-b-')
    """
    return _NO_NAME.sub("-", _NOT_SHOWN.sub("", key))


def web_address(given: str) -> str | None:
    """Give an address that a link may have; None for what is no web page.

    Examples
    --------
    >>> web_address("https://example.org/?a=1"), web_address("javascript:alert(1)")
    ('https://example.org/?a=1', None)
    """
    return given if _WEB.fullmatch(given.strip()) else None


@dataclass
class Writer:
    """What is known while a page is written: where links lead, and which marks it set.

    Parameters
    ----------
    document
        The document, in the language it is read in.
    addresses
        Where cities, practices, sources, facts and parts are; None for what has no page.
    numbers
        Number of each cited source.
    parts
        Keys of the document's parts.
    marks
        The ids of the marks that were set for each source, in the order of the page.
    """

    document: Document
    addresses: Addresses | None
    numbers: Mapping[str, int]
    parts: frozenset[str]
    marks: dict[str, list[str]] = field(default_factory=dict)
    count: int = 0

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.document.language

    def said(self, phrase: Phrase) -> str:
        """A phrase with its links and marks."""
        return "".join(self._run(run) for run in phrase.runs(self.language))

    def plain(self, phrase: Phrase) -> str:
        """A phrase without links and marks, where it is told again or stands inside a link."""
        return text(phrase.in_(self.language))

    def _run(self, run: Run) -> str:
        if run.sources:
            return self._mark(run.sources)
        shown = text(run.text)
        if run.strong:
            shown = f"<strong>{shown}</strong>"
        href = None if run.link is None else self.address(run.link)
        if href is None:
            return shown
        outside = ' rel="external"' if href.startswith(("http:", "https:")) else ""
        return f'<a href="{escape(href)}"{outside}>{shown}</a>'

    def address(self, link: Link) -> str | None:
        """Where a link leads from this page; None where the file holds nothing of it."""
        if link.kind == "address":
            return web_address(link.to)
        found = self.addresses(link.kind, link.to) if self.addresses is not None else None
        if found is not None:
            return found
        if link.kind == "part" and link.to in self.parts:
            return f"#{anchor(link.to)}"
        if link.kind == "source" and link.to in self.numbers:
            return f"#{source_anchor(self.numbers[link.to])}"
        return None

    def _mark(self, sources: Iterable[str]) -> str:
        self.count += 1
        name = f"doc-mark-{self.count}"
        numbers = sorted({self.numbers[one] for one in sources})
        for one in sources:
            self.marks.setdefault(one, []).append(name)
        shown = ", ".join(self._span(low, high) for low, high in spans(numbers))
        # The joiner keeps a mark on the line of its word.
        return f'&#8288;<sup class="cite" id="{name}">[{shown}]</sup>'

    def _span(self, low: int, high: int) -> str:
        return self._to(low) if low == high else f"{self._to(low)}–{self._to(high)}"

    def _to(self, number: int) -> str:
        word = words.SOURCE.in_(self.language)
        return f'<a href="#{source_anchor(number)}" aria-label="{word} {number}">{number}</a>'


def source_anchor(number: int) -> str:
    """The id of a source in the list."""
    return f"doc-source-{number}"


def spans(numbers: list[int]) -> list[tuple[int, int]]:
    """Put neighbours together where there are three or more.

    Examples
    --------
    >>> spans([1, 2, 4, 5, 6, 9])
    [(1, 1), (2, 2), (4, 6), (9, 9)]
    """
    found: list[list[int]] = []
    for one in numbers:
        if found and found[-1][-1] == one - 1:
            found[-1].append(one)
        else:
            found.append([one])
    return [
        pair
        for group in found
        for pair in ([(group[0], group[-1])] if len(group) > 2 else [(one, one) for one in group])
    ]
