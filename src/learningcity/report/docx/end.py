"""What stands behind the text: computations, long tables in full, sources, and how the document was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from learningcity.report import paper
from learningcity.report.docx import words, xml
from learningcity.report.docx.address import sound_address
from learningcity.report.docx.blocks import Blocks, computation_name
from learningcity.report.docx.grid import Grid, table
from learningcity.report.docx.inline import source_name
from learningcity.report.html import words as said
from learningcity.report.html.manifest import flat, written
from learningcity.standards import label


def head(blocks: Blocks, title: str, bookmark: str) -> None:
    """Add the heading of an annex."""
    blocks.turn(False)
    blocks.add("HeadingPlain", blocks.out.marked(bookmark, blocks.out.text(title)))


def long_tables(blocks: Blocks) -> None:
    """Add the tables that the text shows in part."""
    language = blocks.language
    for n, (bookmark, one) in enumerate(blocks.whole):
        grid = blocks.grid(one)
        if not n:
            head(blocks, paper.LONG_TABLES.in_(language), "_Toc_long")
        blocks.turn(grid.lies)
        name = blocks.name(said.TABLE, one.key)
        full = words.BRACKETS.in_(language).format(words.IN_FULL.in_(language))
        told = blocks.out.marked(bookmark, blocks.out.to(one.key, name) + blocks.out.text(full))
        blocks.add("Caption", told + blocks.out.text(words.DOT.in_(language)) + blocks.out.said(one.caption))
        blocks.body.append(table(grid, language, blocks.lies))
        blocks.below(one, one.rows)
        blocks.add("Gap", "")


def computations(blocks: Blocks) -> None:
    """Add the lines that give the numbers again, each way once."""
    if not blocks.computations:
        return
    out, language = blocks.out, blocks.language
    head(blocks, paper.COMPUTATIONS.in_(language), "_Toc_how")
    blocks.add("Note", out.text(words.COMPUTATIONS_NOTE.in_(language)))
    colon, comma = words.COLON.in_(language), words.COMMA.in_(language)
    for number, held in enumerate(blocks.computations.values(), 1):
        name = f"{paper.COMPUTATION.in_(language)}{'' if language == 'zh' else ' '}{number}"
        used = out.text(comma).join(out.to(key, part) for part, key in held.used)
        blocks.add(
            "Computation",
            out.marked(computation_name(number), out.text(name))
            + out.text(f"{'，' if language == 'zh' else ', '}{words.USED_BY.in_(language)}{'' if language == 'zh' else ' '}")
            + used,
        )  # fmt: skip
        one = held.how
        told = [f"{what}{colon}{written(value, language)}" for what, value in one.choices.items()]
        told += [f"{said.SEED.in_(language)}{colon}{one.seed}"] if one.seed is not None else []
        if told:
            blocks.add("Note", out.text(("; " if language == "en" else "；").join(told)))
        for lines in (one.code, one.command):
            _code(blocks, lines)


def _code(blocks: Blocks, lines: str) -> None:
    shown = lines.strip("\n").splitlines()
    if not shown:
        return
    # Lines of one piece of code, so that it is copied as one.
    inside = "<w:r><w:br/></w:r>".join(xml.run(line, "en", foreign=True) for line in shown)
    blocks.add("Code", inside)


def sources(blocks: Blocks) -> None:
    """Add the list of all sources, of which kind each is; a doubtful one is no link and says that its original was not seen."""
    out, language = blocks.out, blocks.language
    document = out.parts.document
    if not out.parts.sources:
        return
    head(blocks, said.SOURCES.in_(language), "_Toc_sources")
    blocks.add("Note", out.text(words.SOURCES_NOTE.in_(language)))
    for key, number in out.parts.sources.items():
        one = document.sources[key]
        title = xml.run(one.title, language, foreign=True)
        address = sound_address(one.address) if one.linked and one.tier != "doubtful" else None
        own = out.parts.addresses("source", key) if out.parts.addresses is not None else None
        own = sound_address(own or "")
        if address is not None:
            linked = xml.run(one.title or one.address, language, "Hyperlink", foreign=True)
            title = xml.outer_link(out.relate(address), linked)
        inside = out.marked(source_name(number), out.text(f"[{number}]")) + "<w:r><w:tab/></w:r>" + title
        if one.address and one.address != one.title:
            inside += out.text(" ") + xml.run(one.address, language, "Aside", foreign=True)
        if own is not None:
            inside += out.text(" ") + xml.outer_link(out.relate(own), out.text(key, "Hyperlink"))
        tier = paper.REPOSTED.in_(language) if one.tier == "doubtful" else label("tier", one.tier, language)
        inside += out.text(words.BRACKETS.in_(language).format(tier))
        blocks.add("Source", inside)


def manifest(blocks: Blocks) -> None:
    """Add versions, choices, seeds and hashes."""
    out, language = blocks.out, blocks.language
    held = out.parts.document.manifest
    if not held:
        return
    head(blocks, said.MANIFEST.in_(language), "_Toc_made")
    blocks.add("Note", out.text(said.MANIFEST_NOTE.in_(language)))
    single = {name: value for name, value in held.items() if not isinstance(value, Mapping)}
    groups = {name: value for name, value in held.items() if isinstance(value, Mapping) and value}
    if single:
        _pairs(blocks, "", single)
    for name, group in groups.items():
        blocks.add("HeadingPlain2", out.text(_called(name, language)))
        rows = list(group.values())
        if len(rows) > 1 and all(isinstance(one, Mapping) and list(one) == list(rows[0]) for one in rows):
            columns = list(rows[0])
            heads = [said.PART.in_(language), *(_called(one, language) for one in columns)]
            cells = [
                [label("table", str(what), language), *(written(row[one], language) for one in columns)]
                for what, row in group.items()
            ]
            _table(blocks, _called(name, language), heads, cells)
        else:
            _pairs(blocks, _called(name, language), dict(flat(group, language)))


def _called(name: object, language: str) -> str:
    known = said.ENTRIES.get(str(name))
    return known.in_(language) if known else str(name)


def _pairs(blocks: Blocks, title: str, held: Mapping[str, Any]) -> None:
    cells = [
        [_called(name, blocks.language), written(value, blocks.language)] for name, value in held.items()
    ]
    _table(blocks, title, [words.ENTRY.in_(blocks.language), words.VALUE.in_(blocks.language)], cells)


def _table(blocks: Blocks, title: str, heads: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    runs = [[xml.run(cell, blocks.language, foreign=True) for cell in row] for row in cells]
    grid = Grid(title, tuple(heads), (False,) * len(heads), cells, runs)
    blocks.body.append(table(grid, blocks.language))
    blocks.add("Gap", "")
