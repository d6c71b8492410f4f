"""Sentences as runs: links where there is somewhere to go, marks of sources that lead to the list of sources.

Sources are numbered marks with one list at the end, not footnotes: a source is cited many times, marks
stand in tables and captions, where footnotes are set badly, and a source has the same number in every
format of a document.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit

from learningcity.report.document import Link, Phrase, Run
from learningcity.report.docx import xml
from learningcity.report.html import HtmlParts
from learningcity.report.html.inline import spans, web_address

#: Signs that stay in the path, query and fragment of an address.
_SAFE = "/%:=&~+!$,;'@()*?-._"
LINK, MARK = "Hyperlink", "SourceMark"


@dataclass
class Inline:
    """What is known while sentences are written.

    Parameters
    ----------
    parts
        The document with its numbers.
    relate
        Makes an address known to the file and gives the id of the relation.
    names
        Name of the bookmark of each part by key.
    """

    parts: HtmlParts
    relate: Callable[[str], str]
    names: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def __post_init__(self) -> None:
        # A bookmark's name takes 40 letters and digits, and a hidden one begins with a line.
        self.names = {key: f"_Ref{n:06d}" for n, key in enumerate(self.parts.document.names(), 1)}

    @property
    def language(self) -> str:
        """The language of the document."""
        return self.parts.language

    def text(self, shown: object, style: str = "", bold: bool = False) -> str:
        """A text in the language of the document."""
        return xml.run(shown, self.language, style, bold)

    def said(self, phrase: Phrase | None) -> str:
        """A phrase with its links and marks."""
        return "" if phrase is None else "".join(self._run(one) for one in phrase.runs(self.language))

    def plain(self, phrase: Phrase) -> str:
        """A phrase as it is read, without marks."""
        return phrase.in_(self.language)

    def marked(self, name: str, inside: str) -> str:
        """Set a bookmark around runs."""
        self.count += 1
        return f'<w:bookmarkStart w:id="{self.count}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{self.count}"/>'

    def named(self, key: str, inside: str) -> str:
        """Set the bookmark of a part around runs."""
        return self.marked(self.names[key], inside)

    def to(self, key: str, shown: str) -> str:
        """Lead to a part of the document."""
        return xml.inner_link(self.names[key], self.text(shown, LINK))

    def _run(self, one: Run) -> str:
        if one.sources:
            return self._mark(one.sources)
        return self._link(one.link, one) if one.link is not None else self.text(one.text, bold=one.strong)

    def _link(self, link: Link, one: Run) -> str:
        shown = self.text(one.text, LINK, one.strong)
        found = self.parts.addresses(link.kind, link.to) if self.parts.addresses is not None else None
        address = sound_address(link.to if link.kind == "address" else found or "")
        if address is not None:
            return xml.outer_link(self.relate(address), shown)
        if link.kind == "part" and link.to in self.names:
            return xml.inner_link(self.names[link.to], shown)
        if link.kind == "source" and link.to in self.parts.sources:
            return xml.inner_link(source_name(self.parts.sources[link.to]), shown)
        return self.text(one.text, bold=one.strong)

    def _mark(self, sources: tuple[str, ...]) -> str:
        numbers = sorted({self.parts.sources[one] for one in sources})
        found = [self.text("[", MARK)]
        for n, (low, high) in enumerate(spans(numbers)):
            found += [self.text(", ", MARK)] if n else []
            found.append(self._number(low))
            found += [self.text("–", MARK), self._number(high)] if high != low else []
        return "".join([*found, self.text("]", MARK)])

    def _number(self, number: int) -> str:
        return xml.inner_link(source_name(number), self.text(number, MARK))


def sound_address(given: str) -> str | None:
    """Give an address that Word takes, which calls a whole file damaged for one that is none; None for no web page.

    Examples
    --------
    >>> sound_address("https://example.org/学习?a=[1]"), sound_address("https://[x"), sound_address("ftp://a")
    ('https://example.org/%E5%AD%A6%E4%B9%A0?a=%5B1%5D', None, None)
    """
    found = web_address(given)
    if found is None:
        return None
    try:
        parts = urlsplit(found.strip())
        sound = bool(parts.hostname) and parts.netloc.encode("idna") != b"" and (parts.port or 1) > 0
    except ValueError:
        return None
    if not sound or quote(parts.netloc, safe=":@[]~") != parts.netloc:
        return None
    rest = (quote(one, safe=_SAFE) for one in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, parts.netloc, *rest))


def source_name(number: int) -> str:
    """The bookmark of a source in the list."""
    return f"_Src{number:06d}"
