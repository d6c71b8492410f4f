"""The blocks of a document as paragraphs and tables of the template."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from learningcity.core import Text
from learningcity.report import paper
from learningcity.report.document import (
    STRENGTHS,
    Block,
    Bullets,
    Card,
    Figure,
    Finding,
    How,
    Paragraph,
    Phrase,
    Picture,
    Section,
    Table,
)
from learningcity.report.docx import words, xml
from learningcity.report.docx.grid import Grid, card, table
from learningcity.report.docx.inline import Inline
from learningcity.report.docx.parts import FIRST_LIST, section_properties
from learningcity.report.docx.picture import inline
from learningcity.report.html import words as said
from learningcity.report.html.figures import figure_rows
from learningcity.standards import format_number

_ROLES = {"text": "BodyText", "lede": "Lede", "question": "Question", "note": "Note", "quote": "Quote"}
_VOID = "·"


@dataclass
class Computation:
    """What was computed how, once for all that it gave."""

    how: How
    used: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Blocks:
    """Writes blocks one after the other.

    Parameters
    ----------
    document
        The Word file, for its pictures and pages.
    out
        Sentences, links and marks.
    body
        What is written so far: a paragraph or table each.
    computations
        What findings, tables and figures rest on, by content.
    whole
        Long tables, to be shown in full in the annex: the bookmark and the table.
    lists, pictures
        How many numbered lists and pictures there are.
    progress
        Called with the number of figures drawn and how many there are.
    """

    document: Any
    out: Inline
    body: list[str] = field(default_factory=list)
    computations: dict[str, Computation] = field(default_factory=dict)
    whole: list[tuple[str, Table]] = field(default_factory=list)
    lists: int = 0
    pictures: int = 0
    progress: Callable[[int, int], None] | None = None
    lies: bool = False
    turned: bool = False

    @property
    def language(self) -> str:
        """The language of the document."""
        return self.out.language

    def add(self, style: str, inside: str, more: str = "") -> None:
        """Add a paragraph."""
        self.body.append(xml.paragraph(style, inside, more))

    def turn(self, lies: bool) -> None:
        """Go on upright or lying, on a new page where that changes."""
        if lies == self.lies:
            return
        page = section_properties(self.document, self.lies, not self.turned)
        self.lies, self.turned = lies, True
        if self.body and self.body[-1].startswith("<w:p>"):
            # The last paragraph of a part says what its pages are like.
            whole = self.body[-1]
            at = whole.rindex("</w:pPr>")
            self.body[-1] = whole[:at] + page + whole[at:]
        else:
            self.add("Gap", "", page)

    def section(self, one: Section, level: int) -> None:
        """Add a section with all that is in it."""
        self.turn(False)
        if level == 1 and self.out.notes is not None:
            self.out.notes.begin()
        title = self.out.text(one.title.in_(self.language))
        self.add(f"Heading{min(level, 4)}", self.out.named(one.key, title))
        for limit, group in groupby(one.blocks, _is_limit):
            if limit:
                self.limits([block.phrase for block in group if isinstance(block, Paragraph)])
                continue
            for block in group:
                self.block(block)
        for inner in one.sections:
            self.section(inner, level + 1)

    def limits(self, phrases: list[Phrase]) -> None:
        """Add what may not be read from it."""
        self.turn(False)
        self.add("LimitHead", self.out.text(said.LIMITS.in_(self.language)))
        for one in phrases:
            self.add("Limit", self.out.noted(one))
        self.add("Gap", "")

    def block(self, one: Block) -> None:
        """Add one block."""
        if not isinstance(one, Table):
            self.turn(False)
        if isinstance(one, Paragraph):
            label = (
                self.label(said.QUESTION) + self.out.text(words.COLON.in_(self.language))
                if one.role == "question"
                else ""
            )
            self.add(_ROLES[one.role], label + self.out.noted(one.phrase))
        elif isinstance(one, Bullets):
            self.bullets(one)
        elif isinstance(one, Finding):
            self.finding(one)
        elif isinstance(one, Table):
            self.table(one)
        elif isinstance(one, Figure):
            self.figure(one)
        else:
            self.card(one)

    def label(self, word: Text) -> str:
        """A word that is set off."""
        return self.out.text(word.in_(self.language), "Label")

    def name(self, word: Text, key: str) -> str:
        """What a part is called: "Table 3"."""
        return f"{word.in_(self.language)}{'' if self.language == 'zh' else ' '}{self.out.parts.numbers[key]}"

    def bullets(self, one: Bullets) -> None:
        """Add a list; each numbered one begins with one."""
        style, more = "ListBullet", ""
        if one.numbered:
            style, more = "ListNumber", f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{FIRST_LIST + self.lists}"/></w:numPr>'  # fmt: skip
            self.lists += 1
        for item in one.items:
            self.add(style, self.out.noted(item), more)

    def finding(self, one: Finding) -> None:
        """Add a finding: how sure it is in a word, the sentence, on what it rests, how it was computed."""
        name = self.name(said.FINDING, one.key)
        colon = words.COLON.in_(self.language)
        sure = STRENGTHS[one.strength].in_(self.language)
        self.add(
            "FindingHead", self.out.named(one.key, self.out.text(name)) + self.out.text(f"{colon}{sure}")
        )
        self.add("Finding", self.out.noted(one.claim))
        n, of = (format_number(number, self.language) for number in (one.coverage.n, one.coverage.of))
        what = one.coverage.what.in_(self.language)
        rests = f"{n} of {of}: {what}" if self.language == "en" else f"{n}/{of}（{what}）"
        self.add("FindingBasis", self.label(said.COVERAGE) + self.out.text(colon + rests))
        unsure = self.out.noted(one.uncertainty)
        self.add("FindingBasis", self.label(said.UNCERTAINTY) + self.out.text(colon) + unsure)
        self.how(one.how, name, one.key, "FindingHow")
        self.add("Gap", "")

    def how(self, one: How | None, name: str, key: str, style: str = "TableNote") -> None:
        """Add how something was computed in small type; the lines that compute it stand in the annex once."""
        if one is None:
            return
        method = self.out.plain(one.method)
        same = json.dumps([method, one.code, one.command, dict(one.choices), one.seed], default=str)
        held = self.computations.setdefault(same, Computation(one))
        held.used.append((name, key))
        number = list(self.computations).index(same) + 1
        shown = f"{paper.COMPUTATION.in_(self.language)}{'' if self.language == 'zh' else ' '}{number}"
        before, after = words.BRACKETS.in_(self.language).split("{}")
        link = xml.inner_link(computation_name(number), self.out.text(shown, "Hyperlink"))
        self.add(
            style,
            self.label(paper.HOW)
            + self.out.text(words.COLON.in_(self.language))
            + self.out.said(one.method)
            + self.out.text(before)
            + link
            + self.out.text(after),
        )

    def caption(self, word: Text, sequence: str, key: str, caption: str) -> str:
        """A caption whose number is a field, so that lists of tables and figures can be made of it."""
        gap = "" if self.language == "zh" else " "
        number = self.out.text(self.out.parts.numbers[key])
        label = self.out.text(word.in_(self.language) + gap) + xml.field(f"SEQ {sequence} \\* ARABIC", number)
        return self.out.named(key, label) + self.out.text(words.DOT.in_(self.language)) + caption

    def grid(self, one: Table, rows: int | None = None) -> Grid:
        """A table as it is set, or its first rows."""
        taken = one.rows[:rows]
        return Grid(
            self.out.plain(one.caption),
            tuple(head.title.in_(self.language) for head in one.heads),
            tuple(head.numeric for head in one.heads),
            [[_VOID if cell is None else self.out.plain(cell) for cell in row] for row in taken],
            [[self.cell(cell) for cell in row] for row in taken],
        )

    def cell(self, one: Phrase | None) -> str:
        """What stands in a cell."""
        return self.out.text(_VOID, "Aside") if one is None else self.out.said(one)

    def table(self, one: Table) -> None:
        """Add a table; of a long one the first rows, and the whole in the annex."""
        cut = one.short if 0 < one.short < len(one.rows) else None
        grid = self.grid(one, cut)
        self.turn(grid.lies)
        self.add("Caption", self.caption(said.TABLE, "Table", one.key, self.out.said(one.caption)))
        self.body.append(table(grid, self.language, self.lies))
        if cut is not None:
            bookmark = f"_Whole{len(self.whole) + 1:03d}"
            self.whole.append((bookmark, one))
            name = self.name(said.TABLE, one.key) + words.BRACKETS.in_(self.language).format(words.IN_FULL.in_(self.language))  # fmt: skip
            shown = self.out.text(words.shown_of(cut, len(one.rows), self.language))
            link = xml.inner_link(bookmark, self.out.text(name, "Hyperlink"))
            self.add("TableNote", shown + link + self.out.text("." if self.language == "en" else "。"))
        self.below(one, one.rows[:cut])
        self.how(one.how, self.name(said.TABLE, one.key), one.key)
        self.add("Gap", "")

    def below(self, one: Table, rows: Any) -> None:
        """Add the notes of a table."""
        if one.note is not None:
            self.add("TableNote", self.out.said(one.note))
        if any(cell is None for row in rows for cell in row):
            self.add("TableNote", self.out.text(said.EMPTY.in_(self.language)))

    def figure(self, one: Figure) -> None:
        """Add a figure, or its table where nothing was drawn."""
        picture = one.picture(self.language)
        if picture.svg:
            self.pictures += 1
            self.add("Figure", inline(self.document, picture, self.pictures))
            if self.progress is not None:
                self.progress(self.pictures, len(self.out.parts.document.figures))
        elif picture.rows:
            self.body.append(table(self._behind(picture), self.language))
        self.add("FigureCaption", self.caption(said.FIGURE, "Figure", one.key, self.out.said(one.caption)))
        if not picture.svg:
            self.add("TableNote", self.out.text(picture.alt))
        if picture.caption:
            self.add("TableNote", self.out.text(picture.caption))
        if one.note is not None:
            self.add("TableNote", self.out.said(one.note))
        self.how(one.how, self.name(said.FIGURE, one.key), one.key)
        self.add("Gap", "")

    def _behind(self, picture: Picture) -> Grid:
        heads, rows = figure_rows(picture)
        plain = [[_VOID if cell is None else cell for cell in row] for row in rows]
        return Grid(
            picture.title,
            tuple(head for head, _ in heads),
            tuple(numeric for _, numeric in heads),
            plain,
            [[self.out.text(cell) for cell in row] for row in plain],
        )

    def card(self, one: Card) -> None:
        """Add a card with its named parts."""
        title = self.out.named(one.key, self.out.said(one.title))
        parts = [(self.out.text(what.in_(self.language)), self.out.noted(told)) for what, told in one.parts]
        self.body.append(card(title, parts))
        self.add("Gap", "")


def computation_name(number: int) -> str:
    """The bookmark of a computation in the annex."""
    return f"_How{number:04d}"


def _is_limit(one: Block) -> bool:
    return isinstance(one, Paragraph) and one.role == "limit"
