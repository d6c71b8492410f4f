"""A document: sections, the sources they lead to, and where all of it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from learningcity.core import LANGUAGES, InputError, Text, UnknownNameError
from learningcity.report.document.blocks import Block, Figure, Finding, Section, Table
from learningcity.report.document.phrase import Phrase, say

#: How a document is laid out on paper: ``report`` with contents, lists and annexes; ``brief`` as two
#: pages, in English a memo and in Chinese an official document.
LAYOUTS = ("report", "brief")


@dataclass(frozen=True)
class Source:
    """A source as a document cites it.

    Parameters
    ----------
    source_id
        Its id in the atlas.
    title
        Title of the page; the address where none was seen.
    address
        Where it was read.
    tier
        unesco, official, secondary, mirror or doubtful.
    linked
        Whether the address may be a link; doubtful ones are text.
    """

    source_id: str
    title: str
    address: str
    tier: str
    linked: bool


@dataclass(frozen=True)
class Document:
    """A document as data; html, Word, PDF and workbook render the same one.

    Parameters
    ----------
    key
        A name for files ("award-cities").
    title, subtitle
        In both languages.
    sections
        The chapters.
    sources
        Every source that is cited, by id.
    language
        The language it is read in; :meth:`in_language` gives the other.
    languages
        Those its figures are drawn in.
    manifest
        Versions, hashes, seeds, as JSON holds them.
    layout
        See ``LAYOUTS``.
    """

    key: str
    title: Text
    subtitle: Phrase
    sections: tuple[Section, ...]
    sources: Mapping[str, Source]
    language: str = "en"
    languages: tuple[str, ...] = LANGUAGES
    manifest: Mapping[str, Any] = field(default_factory=dict)
    layout: str = "report"

    def __post_init__(self) -> None:
        if self.layout not in LAYOUTS:
            raise UnknownNameError("name", self.layout, LAYOUTS)
        if self.language not in self.languages:
            raise UnknownNameError("language", self.language, self.languages)
        seen: set[str] = set()
        for key in self.names():
            if key in seen:
                raise InputError(
                    Text(f"Two parts of the document are called {key!r}.", f"文档中有两处同名：“{key}”。")
                )
            seen.add(key)
        lost = [one for one in self.cited() if one not in self.sources]
        if lost:
            raise InputError(
                Text(
                    f"Cited, but not among the sources: {', '.join(lost[:5])}.",
                    f"引用了来源表中没有的来源：{'、'.join(lost[:5])}。",
                )
            )

    def in_language(self, language: str) -> Document:
        """The same document to be read in another language."""
        return replace(self, language=language)

    def walk(self) -> Iterator[tuple[Section, int]]:
        """Every section with its depth, from 1, in the order of reading."""

        def inside(sections: tuple[Section, ...], depth: int) -> Iterator[tuple[Section, int]]:
            for one in sections:
                yield one, depth
                yield from inside(one.sections, depth + 1)

        return inside(self.sections, 1)

    def blocks(self) -> Iterator[Block]:
        """Every block in the order of reading."""
        for section, _ in self.walk():
            yield from section.blocks

    def names(self) -> Iterator[str]:
        """The lasting names of sections, findings, tables, figures and cards."""
        for section, _ in self.walk():
            yield section.key
            for block in section.blocks:
                if hasattr(block, "key"):
                    yield block.key

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of reading."""
        return tuple(block for block in self.blocks() if isinstance(block, Finding))

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables in the order of reading."""
        return tuple(block for block in self.blocks() if isinstance(block, Table))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures in the order of reading."""
        return tuple(block for block in self.blocks() if isinstance(block, Figure))

    def phrases(self) -> Iterator[Phrase]:
        """Every phrase, in the order of reading."""
        yield self.subtitle
        yield from phrases_in(self.sections)

    def cited(self) -> tuple[str, ...]:
        """Ids of the cited sources in the order of their first mark: the n-th has number n."""
        return tuple(dict.fromkeys(one for phrase in self.phrases() for one in phrase.sources))

    def numbers(self) -> dict[str, int]:
        """Number of each table and figure by key, each counted for itself, from 1."""
        found = {one.key: n for n, one in enumerate(self.tables, 1)}
        return found | {one.key: n for n, one in enumerate(self.figures, 1)}

    def summary(self) -> str:
        """Title and size in a sentence."""
        counts = {
            "findings": len(self.findings), "tables": len(self.tables), "figures": len(self.figures),
            "sources": len(self.cited()),
        }  # fmt: skip
        said = say(
            "{title}: {findings} {findings:finding|findings}, {tables} {tables:table|tables}, {figures} "
            "{figures:figure|figures}, {sources} {sources:source|sources}.",
            "{title}：{findings}项发现，{tables}张表，{figures}幅图，{sources}个来源。",
            title=self.title,
            **counts,
        )
        return said.in_(self.language)


def phrases_in(thing: Any) -> Iterator[Phrase]:
    """Every phrase inside a block, in the order of its fields."""
    if isinstance(thing, Phrase):
        yield thing
    elif isinstance(thing, tuple):
        for one in thing:
            yield from phrases_in(one)
    elif is_dataclass(thing):
        for one in fields(thing):
            yield from phrases_in(getattr(thing, one.name))
