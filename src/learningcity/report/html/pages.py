"""A document as parts of a page: chapters, contents, findings, sources, manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from learningcity.core import UnknownNameError
from learningcity.report.document import Document, Finding, Paragraph, Section, Source
from learningcity.report.html import words
from learningcity.report.html.blocks import Blocks
from learningcity.report.html.inline import (
    Addresses,
    Files,
    Writer,
    anchor,
    source_anchor,
    text,
    web_address,
)
from learningcity.report.html.manifest import manifest_html
from learningcity.standards import label

#: Chapters that say how a study is framed and made: what they count is not its answer.
FRAMING = frozenset({"introduction", "concepts", "methods"})


@dataclass(frozen=True)
class HtmlParts:
    """A document cut into fragments of html: no scripts, no inline styles, texts escaped.

    Parameters
    ----------
    document
        In the language it is read in.
    addresses
        Gives the address of a thing by kind ("city", "practice", "source", "fact", "part") and id, or
        None where it has no page; without it only parts and sources of the document itself are linked.
    level
        The heading level of a chapter.
    files
        Gives the files of a table or figure by its key, as pairs of a label and an address.
    """

    document: Document
    addresses: Addresses | None = None
    level: int = 2
    files: Files | None = None

    @property
    def language(self) -> str:
        """The language of the fragments."""
        return self.document.language

    @cached_property
    def sources(self) -> dict[str, int]:
        """The number of each cited source, the same on every page."""
        return {one: n for n, one in enumerate(self.document.cited(), 1)}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each table, figure and finding."""
        return self.document.numbers() | {one.key: n for n, one in enumerate(self.document.findings, 1)}

    @cached_property
    def sections(self) -> dict[str, str]:
        """The number of each section by key: "3.1"."""
        return dict(_numbered(self.document.sections, ""))

    @cached_property
    def parts(self) -> frozenset[str]:
        """Keys of all that can be linked."""
        return frozenset(self.document.names())

    def blocks(self) -> Blocks:
        """Something to write a page with; its marks are those of that page."""
        return Blocks(
            Writer(self.document, self.addresses, self.sources, self.parts),
            self.sections,
            self.numbers,
            self.level,
            self.files,
        )

    # --- what a page is made of ------------------------------------------------------------------

    @property
    def chapters(self) -> list[dict[str, str]]:
        """Key, number and title of each chapter."""
        return [
            {"key": one.key, "number": self.sections[one.key], "title": one.title.in_(self.language)}
            for one in self.document.sections
        ]

    def chapter(self, key: str) -> str:
        """Write the inside of one chapter, followed by the sources it cites.

        Raises
        ------
        UnknownNameError
            No such chapter.
        """
        one = self.section(key)
        blocks = self.blocks()
        inside = blocks.inside(one, self.level)
        return inside + self.source_list(blocks.out)

    def section(self, key: str) -> Section:
        """A chapter by its key.

        Raises
        ------
        UnknownNameError
            No such chapter.
        """
        for one in self.document.sections:
            if one.key == key:
                return one
        raise UnknownNameError("chapter", key, [one.key for one in self.document.sections])

    def contents(self, depth: int = 2) -> str:
        """Write the list of sections, nested as they are."""
        return self._list(self.document.sections, depth)

    def _list(self, sections: tuple[Section, ...], depth: int) -> str:
        if not sections or not depth:
            return ""
        found = "".join(
            f'<li><a href="{text(self.part(one.key))}"><span class="number">{self.sections[one.key]}</span> '
            f"{text(one.title.in_(self.language))}</a>{self._list(one.sections, depth - 1)}</li>\n"
            for one in sections
        )
        return f'<ol class="contents">{found}</ol>'

    def part(self, key: str) -> str:
        """The address of a part of the document."""
        found = self.addresses("part", key) if self.addresses is not None else None
        return found if found is not None else f"#{anchor(key)}"

    def inner_contents(self, key: str) -> str:
        """Write the list of the sections of one chapter; "" where it has none."""
        return self._list(self.section(key).sections, 1)

    def lists(self) -> str:
        """Write the lists of tables and figures; "" where there are none."""
        found = []
        gap = " " if self.language == "en" else ""
        for word, things in ((words.TABLE, self.document.tables), (words.FIGURE, self.document.figures)):
            rows = "".join(
                f'<li><a href="{text(self.part(one.key))}"><span class="number">{word.in_(self.language)}{gap}'
                f"{self.numbers[one.key]}</span> {text(one.caption.in_(self.language))}</a></li>\n"
                for one in things
            )
            found += [f'<ol class="contents">{rows}</ol>'] if rows else []
        return "".join(found)

    def key_findings(self) -> tuple[tuple[Section, Finding], ...]:
        """What a reader should see first, with the section it stands in.

        Of each chapter the first finding, all that held in every check, and the first that was weak
        or not borne out: what was looked for in vain is an answer too.

        Chapters that frame a study (``FRAMING``) give none, unless there are no others.
        """
        chapters = [one for one in self.document.sections if one.key not in FRAMING]
        found = []
        for chapter in chapters or self.document.sections:
            held = list(_findings(chapter))
            first = {one.strength: one.key for _, one in reversed(held)}
            told = {held[0][1].key, first.get("weak"), first.get("nothing")} if held else set()
            found += [(part, one) for part, one in held if one.strength == "strong" or one.key in told]
        return tuple(found)

    def glance(self) -> str:
        """Write the key findings, each with the section it stands in and leading there; "" where there are none."""
        blocks = self.blocks()
        rows = "".join(
            f'<li><p class="label"><span class="number">{self.sections[part.key]}</span> '
            f"{text(part.title.in_(self.language))}</p>"
            f'<a href="{text(self.part(one.key))}">{blocks.out.plain(one.claim)}</a> '
            f"{blocks.strength(one.strength)}</li>\n"
            for part, one in self.key_findings()
        )
        return f'<ul class="glance">{rows}</ul>' if rows else ""

    def size(self) -> str:
        """How many findings there are and how sure they are, in a sentence."""
        return words.size(self.document, self.language)

    def opening(self, key: str) -> str:
        """The question of a chapter in plain text; else its first sentence; "" where there is none."""
        said = [one for one in self.section(key).blocks if isinstance(one, Paragraph)]
        asked = [one for one in said if one.role == "question"] or said
        return asked[0].phrase.in_(self.language) if asked else ""

    # --- the end of a page ------------------------------------------------------------------------

    def source_list(self, out: Writer) -> str:
        """Write the sources that a page marked, with the way back to each mark."""
        cited = sorted(out.marks, key=lambda one: self.sources[one])
        if not cited:
            return ""
        tag = f"h{max(self.level, 2)}"
        rows = "".join(self._source(one, out.marks[one]) for one in cited)
        return (
            f'<section class="sources" id="doc-sources">\n<{tag}>{words.SOURCES.in_(self.language)}</{tag}>\n'
            f'<ol class="source-list">{rows}</ol></section>\n'
        )

    def _source(self, key: str, marks: list[str]) -> str:
        one = self.document.sources[key]
        number = self.sources[key]
        back = " ".join(
            f'<a href="#{name}" aria-label="{words.BACK.in_(self.language)} {n}">{"↑" if n == 1 else n}</a>'
            for n, name in enumerate(marks[:8], 1)
        )
        return (
            f'<li id="{source_anchor(number)}"><span class="number">[{number}]</span><div>{self._told(one)} '
            f'<span class="back">{back}</span></div></li>\n'
        )

    def _told(self, one: Source) -> str:
        title = f'<span class="original" lang="">{text(one.title)}</span>'
        href = web_address(one.address) if one.linked and one.tier != "doubtful" else None
        own = self.addresses("source", one.source_id) if self.addresses is not None else None
        if href is not None:
            title = f'<a href="{text(href)}" rel="external">{title}</a>'
        if own is not None:
            title += f' <a class="own-page" href="{text(own)}">{text(one.source_id)}</a>'
        plain = (
            f' <span class="original address" lang="" translate="no">{text(one.address)}</span>'
            if one.address and one.address != one.title
            else ""
        )
        tier = words.DOUBTFUL.in_(self.language) if one.tier == "doubtful" else _tier(one.tier, self.language)
        return f'{title}{plain} <span class="tier">{text(tier)}</span>'

    def manifest(self) -> str:
        """Write versions, hashes and seeds."""
        return manifest_html(self.document.manifest, self.language, self.level)


def _tier(tier: str, language: str) -> str:
    return label("tier", tier, language)


def _findings(section: Section) -> Iterator[tuple[Section, Finding]]:
    yield from ((section, one) for one in section.blocks if isinstance(one, Finding))
    for inner in section.sections:
        yield from _findings(inner)


def _numbered(sections: tuple[Section, ...], before: str) -> Iterator[tuple[str, str]]:
    for n, one in enumerate(sections, 1):
        yield one.key, f"{before}{n}"
        yield from _numbered(one.sections, f"{before}{n}.")
