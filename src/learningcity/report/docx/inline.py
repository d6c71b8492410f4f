"""Sentences as runs: links where there is somewhere to go, marks of sources as notes or numbers of the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby

from learningcity.report.document import Link, Phrase, Run
from learningcity.report.docx import xml
from learningcity.report.docx.address import sound_address
from learningcity.report.docx.notes import MANY, Notes
from learningcity.report.html import HtmlParts
from learningcity.report.html.inline import spans

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
    notes
        Takes the sources of running text; without it all marks lead to the list.
    names
        Name of the bookmark of each part by key.
    """

    parts: HtmlParts
    relate: Callable[[str], str]
    notes: Notes | None = None
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
        """A phrase with its links; its marks name sources of the list."""
        return "" if phrase is None else "".join(self._run(one) for one in phrase.runs(self.language))

    def noted(self, phrase: Phrase) -> str:
        """A phrase of running text: its sources are told at the foot of the page."""
        found = []
        for marks, runs in groupby(phrase.runs(self.language), lambda one: bool(one.sources)):
            if marks:
                # Marks that meet are one, or their numbers would read as one number.
                found.append(self._note(tuple(source for one in runs for source in one.sources)))
            else:
                found += [self._run(one) for one in runs]
        return "".join(found)

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

    def _note(self, sources: tuple[str, ...]) -> str:
        held = {one: self.parts.sources[one] for one in sources}
        if self.notes is None or len(held) > MANY:
            return self._mark(sources)
        told = {
            one: (self.parts.document.sources[one], xml.inner_link(source_name(n), self.text(f"[{n}]", LINK)))
            for one, n in sorted(held.items(), key=lambda pair: pair[1])
        }
        return self.notes.mark(told, self.marked)

    def _number(self, number: int) -> str:
        return xml.inner_link(source_name(number), self.text(number, MARK))


def source_name(number: int) -> str:
    """The bookmark of a source in the list."""
    return f"_Src{number:06d}"
