"""Sentences for the typesetter: texts stay data, links lead inside the document or to web pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from learningcity.report.document import Document, Link, Phrase, Run
from learningcity.report.html import Addresses
from learningcity.report.html.inline import spans, web_address

#: What no page may hold: control characters, and signs that turn the text around them.
_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
#: So many letters without a place to break would leave the page.
_LONG = re.compile(r"[^\s\u2e80-\u9fff]{60,}")


def clean(given: object) -> str:
    r"""Give a text without what no page may hold.

    Examples
    --------
    >>> clean('#[x]\x1b\u202e')
    '#[x]'
    """
    return _NOT_SHOWN.sub("", str(given)).replace("\t", " ").replace("\n", " ")


def broken(given: str) -> str:
    """Let a text without blanks be broken, by signs that nobody sees.

    Examples
    --------
    >>> len(broken("a" * 90)), broken("a b")
    (92, 'a b')
    """
    return _LONG.sub(lambda m: "\u200b".join(re.findall(r".{1,30}", m[0])), given)


@dataclass
class Inline:
    """Gives sentences as lists of pieces: ``t`` text, ``b`` set off, ``u`` address, ``l`` label, ``m`` marks.

    Parameters
    ----------
    document
        In the language it is read in.
    numbers
        Number of each cited source.
    parts
        Keys of the document's parts.
    addresses
        Addresses of cities, practices, sources and facts; only whole web addresses are links on paper.
    marks
        Numbers of the marks of each source, in the order of the document.
    """

    document: Document
    numbers: Mapping[str, int]
    parts: frozenset[str]
    addresses: Addresses | None = None
    marks: dict[str, list[int]] = field(default_factory=dict)
    count: int = 0

    @property
    def language(self) -> str:
        """The language of the text."""
        return self.document.language

    def said(self, phrase: Phrase | None) -> list[dict[str, Any]]:
        """A phrase with links and marks; [] for none."""
        return [] if phrase is None else [self._run(run) for run in phrase.runs(self.language)]

    def sentence(self, phrase: Phrase) -> list[dict[str, Any]]:
        """A phrase that begins with a capital letter, whatever stands first in it."""
        found = self.said(phrase)
        if found and "t" in found[0]:
            found[0]["t"] = capital(found[0]["t"])
        return found

    def plain(self, phrase: Phrase) -> str:
        """A phrase as text."""
        return clean(phrase.in_(self.language))

    def _run(self, run: Run) -> dict[str, Any]:
        if run.sources:
            return self._mark(run.sources)
        found: dict[str, Any] = {"t": broken(clean(run.text))}
        if run.strong:
            found["b"] = True
        return found | ({} if run.link is None else self._to(run.link))

    def _to(self, link: Link) -> dict[str, str]:
        if link.kind == "part" and link.to in self.parts:
            return {"l": part(link.to)}
        if link.kind == "source" and link.to in self.numbers:
            return {"l": source(self.numbers[link.to])}
        given = link.to if link.kind == "address" else None
        if given is None and self.addresses is not None:
            given = self.addresses(link.kind, link.to)
        found = web_address(given) if given is not None else None
        return {} if found is None else {"u": clean(found.strip())}

    def _mark(self, sources: Iterable[str]) -> dict[str, Any]:
        self.count += 1
        for one in sources:
            self.marks.setdefault(one, []).append(self.count)
        numbers = sorted({self.numbers[one] for one in sources})
        return {"m": [[low, high] for low, high in spans(numbers)], "n": self.count}


def capital(given: str) -> str:
    """Begin with a capital letter.

    Examples
    --------
    >>> capital("policy and law"), capital("政策")
    ('Policy and law', '政策')
    """
    return given[:1].upper() + given[1:]


def part(key: str) -> str:
    """The label of a part of the document."""
    return f"part {clean(key)}"


def source(number: int) -> str:
    """The label of a source in the list."""
    return f"source {number}"
