"""The tables, the figures' numbers and the findings of a document as tables that are given away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from learningcity.core import Text, UnknownNameError
from learningcity.report.chart import Chart
from learningcity.report.document import (
    STRENGTHS,
    Block,
    Document,
    Figure,
    Finding,
    Number,
    Phrase,
    Picture,
    Section,
    Share,
    Table,
    Year,
    join,
)
from learningcity.report.package import Column, Sheet

FINDINGS = Text("findings", "发现")
_SOURCES = Text("Sources", "来源")
_COLUMNS = (
    Column("key", Text("Key", "编号")),
    Column("strength", Text("How sure", "可靠程度")),
    Column("n", Text("Rests on", "依据数")),
    Column("of", Text("of", "总数")),
    Column("what", Text("Of what", "对象")),
    Column("claim", Text("Finding", "发现")),
    Column("uncertainty", Text("Uncertainty", "不确定性")),
    Column("method", Text("Method", "方法")),
    Column("seed", Text("Seed", "随机种子")),
    Column("source_id", _SOURCES),
)


def document_sheets(document: Document, chapter: str | None = None) -> tuple[Sheet, ...]:
    """Give findings, tables and the numbers of figures of a document, or of one chapter, as sheets.

    Texts are those of the language the document is read in; a cell that is one number is a number,
    a share is a share of one, an empty cell stays empty.

    Parameters
    ----------
    document
        The document.
    chapter
        Key of a chapter; None = the whole document, of which the findings alone are given.

    Raises
    ------
    UnknownNameError
        No such chapter.

    Examples
    --------
    >>> from learningcity.report import Section, say
    >>> made = Document("d", Text("One", "一"), say("Two.", "二。"), (Section("s", Text("S", "节")),), {})
    >>> [sheet.name for sheet in document_sheets(made)]
    ['findings']
    """
    if chapter is None:
        return (_findings(document.findings, document.language),)
    part = _part(document, chapter)
    numbers = document.numbers()
    found = [_findings(tuple(one for one in _blocks(part) if isinstance(one, Finding)), document.language)]
    for block in _blocks(part):
        if isinstance(block, Table):
            found.append(_table(block, numbers[block.key], document.language))
        elif isinstance(block, Figure) and block.picture(document.language).rows:
            found.append(_figure(block, numbers[block.key], document.language))
    return tuple(found)


def sheet_titles(document: Document, chapter: str | None = None) -> dict[str, Text]:
    """Give the titles of the sheets by their names, in both languages, without making them."""
    titles = {"findings": FINDINGS}
    if chapter is not None:
        numbers = document.numbers()
        for block in _blocks(_part(document, chapter)):
            if isinstance(block, Table):
                titles[sheet_name(block.key)] = _title("Table", "表", numbers[block.key])
            elif isinstance(block, Figure) and block.picture(document.language).rows:
                titles[sheet_name(block.key)] = _title("Figure", "图", numbers[block.key])
    return titles


def sheet_name(key: str) -> str:
    """Give the name of the sheet of a table or figure.

    Examples
    --------
    >>> sheet_name("award.by-round")
    'award-by-round'
    """
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-") or "table"


def picture_chart(picture: Picture) -> Chart:
    """Give the picture of a document as a chart, which writes itself as a file."""
    import pandas as pd

    frame = pd.DataFrame(list(picture.rows), columns=list(picture.columns))
    return Chart(
        picture.kind,
        picture.title,
        picture.alt,
        picture.svg,
        frame,
        picture.caption,
        dict(picture.heads),
        picture.language,
    )


def _part(document: Document, chapter: str) -> Section:
    for one in document.sections:
        if one.key == chapter:
            return one
    raise UnknownNameError("chapter", chapter, [one.key for one in document.sections])


def _blocks(section: Section) -> Iterator[Block]:
    yield from section.blocks
    for one in section.sections:
        yield from _blocks(one)


def _title(en: str, zh: str, number: int) -> Text:
    return Text(f"{en} {number}", f"{zh}{number}")


def _findings(findings: Sequence[Finding], language: str) -> Sheet:
    import pandas as pd

    rows = [
        {
            "key": one.key, "strength": STRENGTHS[one.strength].in_(language), "n": one.coverage.n,
            "of": one.coverage.of, "what": one.coverage.what.in_(language), "claim": one.claim.in_(language),
            "uncertainty": one.uncertainty.in_(language), "method": one.how.method.in_(language),
            "seed": one.how.seed, "source_id": _ids((one.claim, one.uncertainty)),
        }
        for one in findings
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=[column.code for column in _COLUMNS], dtype=object)
    return Sheet("findings", FINDINGS, frame, _COLUMNS)


def _table(table: Table, number: int, language: str) -> Sheet:
    import pandas as pd

    codes = _codes([head.title.en for head in table.heads])
    columns = [Column(code, head.title) for code, head in zip(codes, table.heads, strict=True)]
    rows: list[list[Any]] = [[_value(cell, language) for cell in row] for row in table.rows]
    cited = [_ids(row) for row in table.rows]
    if any(cited):
        columns.append(Column("source_id", _SOURCES))
        codes.append("source_id")
        rows = [[*row, ids] for row, ids in zip(rows, cited, strict=True)]
    note = table.caption if table.note is None else join(table.caption, table.note)
    told = Text(note.in_("en"), note.in_("zh"))
    frame = pd.DataFrame(rows, columns=codes, dtype=object)
    return Sheet(sheet_name(table.key), _title("Table", "表", number), frame, tuple(columns), told)


def _figure(figure: Figure, number: int, language: str) -> Sheet:
    import pandas as pd

    picture = figure.picture(language)
    read = [(n, code) for n, code in enumerate(picture.columns) if code in picture.heads]
    frame = pd.DataFrame(
        [[row[n] for n, _ in read] for row in picture.rows], columns=[c for _, c in read], dtype=object
    )
    columns = tuple(Column(code, Text(picture.heads[code], picture.heads[code])) for _, code in read)
    told = Text(figure.caption.in_("en"), figure.caption.in_("zh"))
    return Sheet(sheet_name(figure.key), _title("Figure", "图", number), frame, columns, told)


def _codes(titles: Iterable[str]) -> list[str]:
    """Names of columns for programs, each once."""
    found: list[str] = []
    for number, title in enumerate(titles, 1):
        code = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or f"column_{number}"
        found.append(code if code not in (*found, "source_id") else f"{code}_{number}")
    return found


def _value(cell: Phrase | None, language: str) -> Any:
    """A cell as a number where it is one alone, else as text."""
    if cell is None:
        return None
    slots = list(cell.slots.values())
    alone = len(slots) == 1 and cell.template.en.strip("{}") == next(iter(cell.slots))
    if alone and isinstance(slots[0], Number | Share | Year):
        return slots[0].value
    return cell.in_(language)


def _ids(cells: Iterable[Phrase | None]) -> str | None:
    found = dict.fromkeys(one for cell in cells if cell is not None for one in cell.sources)
    return ";".join(found) or None
