"""The blocks of a document as html."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from learningcity.report.document import (
    STRENGTHS,
    Block,
    Bullets,
    Card,
    Cell,
    Figure,
    Finding,
    How,
    Paragraph,
    Phrase,
    Section,
    Table,
)
from learningcity.report.html import words
from learningcity.report.html.figures import drawing, figure_table
from learningcity.report.html.inline import Files, Writer, anchor, text
from learningcity.report.html.manifest import called, entry, written
from learningcity.standards import format_number

#: A shape for each strength, told apart without colour.
_SHAPES = {
    "strong": '<circle cx="8" cy="8" r="7" fill="currentColor"/>',
    "weak": '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    '<path d="M8 1.8A6.2 6.2 0 0 1 8 14.2Z" fill="currentColor"/>',
    "nothing": '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    '<path d="M3.6 3.6L12.4 12.4" stroke="currentColor" stroke-width="1.6"/>',
    "described": '<path d="M1 14.5V8h3v6.5zM6.5 14.5V1.5h3v13zM12 14.5V5h3v9.5z" fill="currentColor"/>',
}

#: Rows up to which a table stays on one page of paper.
SMALL = 15
#: Letters from which on a column is given room, however narrow the screen.
MIDDLE, LONG = 10, 40


@dataclass
class Blocks:
    """Writes sections and blocks.

    Parameters
    ----------
    out
        Sentences, links and marks.
    sections
        Number of each section by key ("3.1").
    numbers
        Number of each table, figure and finding by key.
    level
        The heading level of a chapter.
    files
        Gives the files of a table or figure by its key.
    """

    out: Writer
    sections: Mapping[str, str]
    numbers: Mapping[str, int]
    level: int = 2
    files: Files | None = None

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.out.language

    def section(self, one: Section, level: int | None = None) -> str:
        """Write a section with all that is in it."""
        depth = self.level if level is None else level
        kind = "chapter" if level is None else "part"
        return (
            f'<section class="{kind}" id="{anchor(one.key)}">\n{self.head(one, depth)}\n'
            f"{self.inside(one, depth)}</section>\n"
        )

    def head(self, one: Section, level: int) -> str:
        """The numbered heading of a section."""
        tag = f"h{min(level, 6)}"
        number = f'<span class="number">{self.sections[one.key]}</span> '
        return f"<{tag}>{number}{text(one.title.in_(self.language))}</{tag}>"

    def inside(self, one: Section, level: int) -> str:
        """Write blocks and inner sections, without the heading."""
        found = [self._group(limit, list(group), level) for limit, group in groupby(one.blocks, _is_limit)]
        return "".join([*found, *(self.section(inner, level + 1) for inner in one.sections)])

    def _group(self, limit: bool, blocks: list[Block], level: int) -> str:
        if not limit:
            return "".join(self.block(one, level) for one in blocks)
        said = "".join(
            f"<p>{self.out.said(one.phrase)}</p>\n" for one in blocks if isinstance(one, Paragraph)
        )
        return f'<div class="limits"><p class="label">{words.LIMITS.in_(self.language)}</p>\n{said}</div>\n'

    def block(self, one: Block, level: int = 2) -> str:
        """Write one block."""
        if isinstance(one, Paragraph):
            return self.paragraph(one)
        if isinstance(one, Bullets):
            tag = "ol" if one.numbered else "ul"
            return (
                f'<{tag} class="list">'
                + "".join(f"<li>{self.out.said(p)}</li>\n" for p in one.items)
                + f"</{tag}>\n"
            )
        if isinstance(one, Finding):
            return self.finding(one)
        if isinstance(one, Table):
            return self.table(one)
        if isinstance(one, Figure):
            return self.figure(one)
        return self.card(one, level)

    def paragraph(self, one: Paragraph) -> str:
        """Write a paragraph by its role."""
        said = self.out.said(one.phrase)
        if one.role == "quote":
            return f"<blockquote><p>{said}</p></blockquote>\n"
        if one.role == "question":
            label = f'<span class="label">{words.QUESTION.in_(self.language)}</span> '
            return f'<p class="question">{label}{said}</p>\n'
        kind = "" if one.role == "text" else f' class="{one.role}"'
        return f"<p{kind}>{said}</p>\n"

    def strength(self, name: str) -> str:
        """The word for how sure a finding is, with its shape."""
        return (
            f'<span class="strength strength-{name}"><svg class="sign" viewBox="0 0 16 16" aria-hidden="true">'
            f"{_SHAPES[name]}</svg> {text(STRENGTHS[name].in_(self.language))}</span>"
        )

    def finding(self, one: Finding) -> str:
        """Write a finding: the sentence, how sure it is, on what it rests, how it was computed."""
        name = f"doc-claim-{anchor(one.key)}"
        label = (
            f"{words.FINDING.in_(self.language)}{'' if self.language == 'zh' else ' '}{self.numbers[one.key]}"
        )
        basis = (
            f"<dt>{words.COVERAGE.in_(self.language)}</dt><dd>{self._coverage(one)}</dd>"
            f"<dt>{words.UNCERTAINTY.in_(self.language)}</dt><dd>{self.out.said(one.uncertainty)}</dd>"
        )
        return (
            f'<section class="finding finding-{one.strength}" id="{anchor(one.key)}" aria-labelledby="{name}">\n'
            f'<p class="finding-head" id="{name}"><span class="label">{label}</span> {self.strength(one.strength)}</p>\n'
            f'<p class="claim">{self.out.said(one.claim)}</p>\n<dl class="basis">{basis}</dl>\n'
            f"{self.how(one.how)}</section>\n"
        )

    def _coverage(self, one: Finding) -> str:
        held = one.coverage
        n, of = format_number(held.n, self.language), format_number(held.of, self.language)
        what = text(held.what.in_(self.language))
        return f"{n} of {of}: {what}" if self.language == "en" else f"{n}/{of}（{what}）"

    def how(self, one: How | None) -> str:
        """Write how something was computed, one click away."""
        if one is None:
            return ""
        word = {
            n: getattr(words, n).in_(self.language)
            for n in ("HOW", "CHOICES", "SEED", "VERSIONS", "CODE", "COMMAND")
        }
        rows: list[tuple[str, object]] = [
            (called(name, self.language), written(value, self.language))
            for name, value in one.choices.items()
        ]
        rows += [(word["SEED"], one.seed)] if one.seed is not None else []
        rows += [(word["VERSIONS"], self._versions())] if self._versions() else []
        told = "".join(
            f"<div>{entry('dt', what, self.language)}{entry('dd', value, self.language)}</div>"
            for what, value in rows
        )
        lines = "".join(
            f'<p class="label">{word[name]}</p><pre class="code" lang="en" translate="no" tabindex="0" role="group" aria-label="{word[name]}"><code>{text(held)}</code></pre>\n'
            for name, held in (("CODE", one.code), ("COMMAND", one.command))
            if held
        )
        return (
            f'<details class="how"><summary>{word["HOW"]}</summary>\n<p>{self.out.said(one.method)}</p>\n'
            + (f'<dl class="choices">{told}</dl>\n' if told else "")
            + f"{lines}</details>\n"
        )

    def _versions(self) -> str:
        manifest = dict(self.out.document.manifest)
        held = manifest.get("versions")
        if isinstance(held, Mapping) and "learningcity" in held:
            manifest["package"] = held["learningcity"]
        named = (("package", words.PACKAGE), ("data", words.DATA))
        gap = " " if self.language == "en" else ""
        comma = ", " if self.language == "en" else "，"
        return comma.join(f"{w.in_(self.language)}{gap}{manifest[k]}" for k, w in named if k in manifest)

    def _label(self, word: Any, key: str) -> str:
        gap = " " if self.language == "en" else ""
        stop = "." if self.language == "en" else ""
        return f'<span class="label">{word.in_(self.language)}{gap}{self.numbers[key]}{stop}</span>'

    def table(self, one: Table) -> str:
        """Write a table: three lines, scrolling in its own box, long ones cut short at first."""
        label = self._label(words.TABLE, one.key)
        kinds = self._kinds(one)
        heads = "".join(
            f'<th scope="col"{kind}>{text(head.title.in_(self.language))}</th>'
            for head, kind in zip(one.heads, kinds, strict=True)
        )
        cut = one.short if 0 < one.short < len(one.rows) else 0
        bodies = f"<tbody>{self._rows(one.rows[: cut or None], kinds)}</tbody>\n"
        more = ""
        if cut:
            bodies += f'<tbody class="rest">{self._rows(one.rows[cut:], kinds)}</tbody>\n'
            shown = words.all_rows(len(one.rows), self.language)
            printed = words.first_rows(cut, len(one.rows), self.language)
            more = (
                f'<details class="more"><summary><span class="on-screen">{shown}</span>'
                f'<span class="on-paper">{printed}</span></summary></details>\n'
            )
        void = any(cell is None for row in one.rows for cell in row)
        note = f'<p class="note">{self.out.said(one.note)}</p>\n' if one.note is not None else ""
        note += f'<p class="note">{words.EMPTY.in_(self.language)}</p>\n' if void else ""
        plain = self.out.plain(one.caption)
        small = " small" if (cut or len(one.rows)) <= SMALL else ""
        return (
            f'<figure class="table{small}" id="{anchor(one.key)}">\n<figcaption>{label} {self.out.said(one.caption)}</figcaption>\n'
            f'<div class="scroll" tabindex="0" role="region" aria-label="{plain}"><table class="three-line">'
            f"<thead><tr>{heads}</tr></thead>\n{bodies}</table></div>\n{more}{note}{self.how(one.how)}{self._files(one.key)}</figure>\n"
        )

    def _kinds(self, one: Table) -> list[str]:
        """The class of each column: numbers to the right, room for long texts on a phone."""
        found = []
        for n, head in enumerate(one.heads):
            cells = [cell for cell in (row[n] for row in one.rows) if cell is not None]
            longest = max((_width(cell.in_(self.language)) for cell in cells), default=0)
            kind = "num" if head.numeric else "long" if longest > LONG else "mid" if longest > MIDDLE else ""
            found.append(f' class="{kind}"' if kind else "")
        return found

    def _rows(self, rows: Sequence[Sequence[Cell]], kinds: list[str]) -> str:
        void = f'<span class="void" aria-hidden="true">·</span><span class="unseen">{words.NOT_SEEN.in_(self.language)}</span>'

        def cell(one: Phrase | None) -> str:
            return void if one is None else self.out.said(one)

        return "\n".join(
            "<tr>"
            + "".join(
                f'<th scope="row"{kind}>{cell(one)}</th>' if not n else f"<td{kind}>{cell(one)}</td>"
                for n, (one, kind) in enumerate(zip(row, kinds, strict=True))
            )
            + "</tr>"
            for row in rows
        )

    def figure(self, one: Figure) -> str:
        """Write a figure: picture, caption, what must stand beside it, its table one click away."""
        picture = one.picture(self.language)
        shown = (
            f'<div class="picture" tabindex="0" role="group" aria-label="{text(picture.title)}">{drawing(picture)}</div>'
            if picture.svg
            else f'<p class="note">{text(picture.alt)}</p>'
        )
        notes = "".join(
            f'<p class="note">{said}</p>\n'
            for said in (text(picture.caption), self.out.said(one.note) if one.note is not None else "")
            if said
        )
        alt = f'<p class="note">{text(picture.alt)}</p>\n' if picture.svg else ""
        opened = "" if picture.svg else " open"
        table = (
            f'<details class="behind"{opened}><summary>{words.PICTURE_TABLE.in_(self.language)}</summary>\n'
            f"{alt}{figure_table(picture)}</details>\n"
            if picture.rows
            else ""
        )
        return (
            f'<figure class="drawn" id="{anchor(one.key)}">\n{shown}\n'
            f"<figcaption>{self._label(words.FIGURE, one.key)} {self.out.said(one.caption)}</figcaption>\n"
            f"{notes}{table}{self.how(one.how)}{self._files(one.key)}</figure>\n"
        )

    def _files(self, key: str) -> str:
        found = self.files(key) if self.files is not None else ()
        shown = " · ".join(f'<a href="{text(href)}">{text(label)}</a>' for label, href in found)
        return f'<p class="note files">{shown}</p>\n' if shown else ""

    def card(self, one: Card, level: int) -> str:
        """Write a card with its named parts."""
        tag = f"h{min(level + 1, 6)}"
        parts = "".join(
            f"<div><dt>{text(what.in_(self.language))}</dt><dd>{self.out.said(said)}</dd></div>\n"
            for what, said in one.parts
        )
        return (
            f'<article class="card" id="{anchor(one.key)}">\n<{tag} class="card-title">{self.out.said(one.title)}</{tag}>\n'
            f"<dl>{parts}</dl></article>\n"
        )


def _width(shown: str) -> int:
    """How wide a text is in letters; a Chinese character takes two."""
    return sum(2 if one > "\u2e7f" else 1 for one in shown)


def _is_limit(one: Block) -> bool:
    return isinstance(one, Paragraph) and one.role == "limit"
