"""What stands on the two pages, as plain data for both formats: sentences, items, a table, a picture, sources."""

from __future__ import annotations

from typing import Any

from learningcity.report import paper
from learningcity.report.brief import words
from learningcity.report.document import (
    STRENGTHS,
    Block,
    Bullets,
    Card,
    Document,
    Figure,
    Finding,
    Paragraph,
    Section,
    Table,
)
from learningcity.report.html import Addresses, HtmlParts
from learningcity.report.html import words as said
from learningcity.report.html.figures import drawing, figure_rows
from learningcity.report.pdf.columns import column_widths
from learningcity.report.pdf.inline import Inline, broken, clean, part
from learningcity.standards import format_number

#: Width of the text in millimetres: GB/T 9704 has 156.
WIDTH = {"zh": 156.0, "en": 166.0}
_POINTS = 72 / 25.4


class Content:
    """Writes the parts of a brief as data."""

    def __init__(self, document: Document, addresses: Addresses | None, fine: float) -> None:
        self.document, self.language, self.fine = document, document.language, fine
        self.parts = HtmlParts(document, addresses)
        self.out = Inline(document, self.parts.sources, self.parts.parts, addresses)
        self.room = WIDTH[self.language] * _POINTS

    def data(self) -> dict[str, Any]:
        """Everything."""
        found = {
            "language": self.language,
            "title": clean(self.document.title.in_(self.language)),
            "subtitle": self.out.said(self.document.subtitle),
            "head": words.HEAD.in_(self.language),
            "body": [self.section(n, one) for n, one in enumerate(self.document.sections, 1)],
            "sources_head": words.SOURCES.in_(self.language),
        }
        return found | {"sources": self.sources()}

    def section(self, n: int, one: Section) -> dict[str, Any]:
        """A section: its head and blocks; what lies deeper follows."""
        blocks = [*one.blocks, *(b for deep in _inside(one) for b in deep.blocks)]
        found, items = [], 0
        for block in blocks:
            items += isinstance(block, Finding | Card)
            found.append(self.block(block, items))
        title = clean(one.title.in_(self.language))
        return {"title": words.heading(n, title, self.language), "label": part(one.key), "blocks": found}

    def block(self, one: Block, n: int) -> dict[str, Any]:
        """One block; ``n`` counts findings and cards of the section."""
        if isinstance(one, Paragraph):
            return {"k": "text", "role": one.role, "said": self.out.said(one.phrase)}
        if isinstance(one, Bullets):
            return {"k": "list", "items": [self.out.said(item) for item in one.items]}
        if isinstance(one, Finding):
            return self.finding(one, n)
        if isinstance(one, Card):
            parts = [[clean(what.in_(self.language)), self.out.said(told)] for what, told in one.parts]
            return self._item(n, one.key, self.out.said(one.title)) | {"parts": parts}
        return self.table(one) if isinstance(one, Table) else self.figure(one)

    def _item(self, n: int, key: str, runs: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "k": "item",
            "label": part(key),
            "mark": words.item(n, self.language),
            "said": runs,
            "parts": [],
        }

    def finding(self, one: Finding, n: int) -> dict[str, Any]:
        """The sentence, how sure it is, on how many it rests, and how far it could move."""
        return self._item(n, one.key, self.out.sentence(one.claim)) | {
            "parts": [["", [{"t": self.rests(one)}, *self.out.said(one.uncertainty)]]]
        }

    def rests(self, one: Finding) -> str:
        """How sure a finding is and on how many it rests."""
        held = one.coverage
        k, of = format_number(held.n, self.language), format_number(held.of, self.language)
        what = clean(held.what.in_(self.language))
        sure = clean(STRENGTHS[one.strength].in_(self.language))
        if self.language == "zh":
            return f"{sure}；{k}/{of}（{what}）。"
        return f"{sure[:1].upper()}{sure[1:]}; {k} of {of} {what}. "

    def table(self, one: Table) -> dict[str, Any]:
        """A table with as much room as the page has."""
        heads = [clean(head.title.in_(self.language)) for head in one.heads]
        plain = [["·" if c is None else self.out.plain(c) for c in row] for row in one.rows]
        return {
            "k": "table",
            "label": part(one.key),
            "name": self._name(words.TABLE.in_(self.language), one.key),
            "caption": self.out.said(one.caption),
            "heads": heads,
            "numeric": [head.numeric for head in one.heads],
            "widths": column_widths(heads, plain, self.room, self.fine),
            "rows": [[None if c is None else self.out.said(c) for c in row] for row in one.rows],
            "note": self.out.said(one.note),
        }

    def figure(self, one: Figure) -> dict[str, Any]:
        """A figure; where nothing was drawn, what it would have shown."""
        picture = one.picture(self.language)
        heads, rows = ([], []) if picture.svg else figure_rows(picture)
        titles = [clean(title) for title, _ in heads]
        plain = [["·" if c is None else clean(c) for c in row] for row in rows]
        return {
            "k": "figure",
            "label": part(one.key),
            "key": one.key,
            "name": self._name(words.FIGURE.in_(self.language), one.key),
            "caption": self.out.said(one.caption),
            "alt": clean(picture.alt) or clean(picture.title),
            "svg": drawing(picture) or None,
            "heads": titles,
            "numeric": [numeric for _, numeric in heads],
            "widths": column_widths(titles, plain, self.room, self.fine),
            "rows": [[None if c is None else [{"t": broken(clean(c))}] for c in row] for row in rows],
            "note": [{"t": clean(picture.caption)}] if picture.caption else [],
        }

    def _name(self, word: str, key: str) -> str:
        return word + ("" if self.language == "zh" else " ") + str(self.parts.numbers[key])

    def sources(self) -> list[dict[str, Any]]:
        """The sources by their numbers: the title of each and its id, under which the study tells more."""
        found = []
        for key in sorted(self.out.marks, key=lambda one: self.parts.sources[one]):
            one, n = self.document.sources[key], self.parts.sources[key]
            told = paper.REPOSTED if one.tier == "doubtful" else said.DOUBTFUL
            # Programmes for reading make links of addresses that they see; doubtful ones are not printed.
            hidden = "://" in one.title and not (one.linked and one.tier != "doubtful")
            title = told.in_(self.language) if hidden else broken(clean(one.title))
            found.append({"n": n, "label": f"source {n}", "title": title, "id": clean(one.source_id)})
        return found


def _inside(one: Section) -> list[Section]:
    return [deep for inner in one.sections for deep in (inner, *_inside(inner))]
