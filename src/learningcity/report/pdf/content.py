"""A document as plain data for the template: nothing of it is ever read as markup."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from learningcity.core import Text
from learningcity.report.document import (
    STRENGTHS,
    Block,
    Bullets,
    Card,
    Figure,
    Finding,
    How,
    Paragraph,
    Picture,
    Section,
    Table,
)
from learningcity.report.html import HtmlParts
from learningcity.report.html import words as said
from learningcity.report.html.figures import drawing, figure_rows
from learningcity.report.html.manifest import called, written
from learningcity.report.pdf import words
from learningcity.report.pdf.columns import column_widths
from learningcity.report.pdf.inline import Inline, broken, clean, part
from learningcity.standards import format_number

#: Width of the text on A4 and size of the font in tables, both in points; the template has the same.
ROOM, TABLE_SIZE = 453.0, 8.5
#: Height of a picture to its width from which on it moves to the foot of a page.
TALL = 0.6
#: A table is cut short where it has that many times the rows that its maker would show at first.
_CUT = 1.18


@dataclass
class Content:
    """Writes the parts of a document as data.

    Parameters
    ----------
    parts
        The document with its numbers.
    out
        Sentences, links and marks.
    hows
        What was computed how, each way once, with the parts it gave.
    long
        Tables that stand in full in the annex.
    """

    parts: HtmlParts
    out: Inline
    hows: dict[str, dict[str, Any]] = field(default_factory=dict)
    long: list[dict[str, Any]] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The language of the document."""
        return self.out.language

    def sections(self, sections: tuple[Section, ...], level: int = 1) -> list[dict[str, Any]]:
        """Headings and blocks one after the other, in the order of reading."""
        found: list[dict[str, Any]] = []
        for one in sections:
            title = broken(clean(one.title.in_(self.language)))
            found.append({"k": "head", "level": level, "title": title, "label": part(one.key)})
            inside: list[dict[str, Any]] = []
            for limit, group in groupby(one.blocks, _is_limit):
                blocks = list(group)
                inside += [self._limits(blocks)] if limit else [self.block(block) for block in blocks]
            if len(inside) > 1 and inside[0]["k"] == "text" and inside[1]["k"] in ("finding", "table"):
                # A heading with one sentence below it does not end a page.
                inside[0]["keep"] = True
            found += inside
            found += self.sections(one.sections, level + 1)
        return found

    def _limits(self, blocks: list[Block]) -> dict[str, Any]:
        items = [self.out.said(one.phrase) for one in blocks if isinstance(one, Paragraph)]
        return {"k": "limits", "items": items}

    def block(self, one: Block) -> dict[str, Any]:
        """One block."""
        if isinstance(one, Paragraph):
            return {"k": "text", "role": one.role, "said": self.out.said(one.phrase)}
        if isinstance(one, Bullets):
            return {"k": "list", "numbered": one.numbered, "items": [self.out.said(p) for p in one.items]}
        if isinstance(one, Finding):
            return self.finding(one)
        if isinstance(one, Table):
            return self.table(one)
        if isinstance(one, Figure):
            return self.figure(one)
        return self.card(one)

    def finding(self, one: Finding) -> dict[str, Any]:
        """A finding: the sentence, how sure it is, on what it rests."""
        held = one.coverage
        n, of = format_number(held.n, self.language), format_number(held.of, self.language)
        what = clean(held.what.in_(self.language))
        name = self.name(said.FINDING, one.key)
        return {
            "k": "finding",
            "label": part(one.key),
            "name": name,
            "strength": one.strength,
            "word": clean(STRENGTHS[one.strength].in_(self.language)),
            "claim": self.out.sentence(one.claim),
            "coverage": f"{n} of {of}: {what}" if self.language == "en" else f"{n}/{of}（{what}）",
            "uncertainty": self.out.said(one.uncertainty),
            "how": self.how(one.how, name, one.key),
        }

    def name(self, word: Text, key: str) -> str:
        """What a part is called: "Table 3"."""
        return f"{word.in_(self.language)}{'' if self.language == 'zh' else ' '}{self.parts.numbers[key]}"

    def how(self, one: How | None, name: str, key: str) -> int | None:
        """The number of a computation; those that are the same share it."""
        if one is None:
            return None
        choices = [
            [broken(clean(called(what, self.language))), broken(clean(written(v, self.language)))]
            for what, v in one.choices.items()
        ]
        same = json.dumps(
            [self.out.plain(one.method), one.method.sources, one.code, one.command, choices, one.seed]
        )
        if same not in self.hows:
            self.hows[same] = {
                "n": len(self.hows) + 1,
                "method": self.out.said(one.method),
                "choices": choices,
                "seed": None if one.seed is None else str(one.seed),
                "code": [broken(clean(line)) for line in one.code.strip().splitlines()],
                "command": [broken(clean(line)) for line in one.command.strip().splitlines()],
                "used": [],
            }
        self.hows[same]["used"].append({"t": name, "l": part(key)})
        return int(self.hows[same]["n"])

    def table(self, one: Table) -> dict[str, Any]:
        """A table; a long one is shown in part, and in full in the annex."""
        name = self.name(said.TABLE, one.key)
        heads = [(clean(head.title.in_(self.language)), head.numeric) for head in one.heads]
        plain = [["·" if c is None else self.out.plain(c) for c in row] for row in one.rows]
        cut = one.short if 0 < one.short * _CUT < len(one.rows) else 0
        void = any(cell is None for row in one.rows for cell in row)
        rows = [[None if c is None else self.out.said(c) for c in row] for row in one.rows]
        whole = self._grid(heads, rows, plain) | {
            "k": "table",
            "label": part(one.key),
            "name": name,
            "caption": self.out.said(one.caption),
            "note": self.out.said(one.note),
            "void": void,
            "how": self.how(one.how, name, one.key),
            "more": None,
        }
        if not cut:
            return whole
        annex = f"whole {len(self.long) + 1}"
        shown = words.shown_of(cut, len(one.rows)).in_(self.language)
        self.long.append(whole | {"label": annex, "how": None, "back": part(one.key)})
        first = [[None if c is None else self.out.said(c) for c in row] for row in one.rows[:cut]]
        return whole | self._grid(heads, first, plain[:cut]) | {"more": {"t": shown, "l": annex}}

    def _grid(
        self, heads: list[tuple[str, bool]], rows: list[list[Any]], plain: list[list[str]]
    ) -> dict[str, Any]:
        titles = [broken(title) for title, _ in heads]
        return {
            "heads": titles,
            "numeric": [numeric for _, numeric in heads],
            "widths": column_widths(titles, plain, ROOM, TABLE_SIZE),
            "rows": rows,
        }

    def figure(self, one: Figure) -> dict[str, Any]:
        """A figure, or its table where nothing was drawn."""
        picture = one.picture(self.language)
        name = self.name(said.FIGURE, one.key)
        return {
            "k": "figure",
            "label": part(one.key),
            "name": name,
            "caption": self.out.said(one.caption),
            "alt": clean(picture.alt) or clean(picture.title) or name,
            "svg": drawing(picture) or None,
            "tall": _is_tall(picture.svg),
            "table": None if picture.svg or not picture.rows else self._behind(picture),
            "notes": [
                note for note in ([{"t": clean(picture.caption)}] if picture.caption else [], self.out.said(one.note)) if note
            ],
            "how": self.how(one.how, name, one.key),
        }  # fmt: skip

    def _behind(self, picture: Picture) -> dict[str, Any]:
        heads, cells = figure_rows(picture)
        plain = [["·" if c is None else clean(c) for c in row] for row in cells]
        rows = [[None if c is None else [{"t": broken(clean(c))}] for c in row] for row in cells]
        return self._grid([(clean(title), numeric) for title, numeric in heads], rows, plain)

    def card(self, one: Card) -> dict[str, Any]:
        """A card with its named parts."""
        return {
            "k": "card",
            "label": part(one.key),
            "title": self.out.said(one.title),
            "parts": [[clean(what.in_(self.language)), self.out.said(phrase)] for what, phrase in one.parts],
        }


def _is_tall(svg: str) -> bool:
    """Whether a picture would tear the text apart where it stands, and so goes to the foot of a page."""
    found = re.match(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', svg)
    return found is not None and float(found[2]) > TALL * float(found[1])


def _is_limit(one: Block) -> bool:
    return isinstance(one, Paragraph) and one.role == "limit"
