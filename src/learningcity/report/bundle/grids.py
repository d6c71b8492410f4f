"""What a document holds as tables: findings, their numbers, its tables, the numbers of figures, cards, sources."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learningcity.core import Text, plain
from learningcity.report.bundle import words
from learningcity.report.bundle.cells import NOTHING, SHARE, TypedCell, raw, typed
from learningcity.report.document import STRENGTHS, Card, Document, Figure, How, Phrase, Table
from learningcity.report.sheets import sheet_name
from learningcity.standards import label

#: Columns of figures that hold probabilities.
_PROBABILITIES = re.compile(r"(?:.+_)?p(?:_value)?|q")


@dataclass(frozen=True)
class GridColumn:
    """A column: its name for programs, its head, what it holds ("integer", "number", "year", "string", "any").

    ``unit`` is that of all its numbers; ``by_row`` says that rows differ in it.
    """

    code: str
    title: Text
    type: str
    unit: str | None = None
    by_row: bool = False


@dataclass(frozen=True)
class Grid:
    """A table of a document as typed cells.

    Parameters
    ----------
    name
        For files, unique in the document ("award-by-round").
    key
        Of the table or figure; that of what it lists for the others ("findings").
    kind
        "table", "figure", "findings", "values", "cards" or "sources".
    title
        "Table 3", "Findings".
    caption
        What it shows.
    columns, rows
        As many cells a row as columns.
    cited
        Ids of the sources of each row.
    notes
        What must stand under it.
    how
        How it was computed.
    section
        The title of the section it stands in.
    marks
        Ids of the sources that its caption and note name.
    """

    name: str
    key: str
    kind: str
    title: Text
    caption: Text
    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[TypedCell, ...], ...]
    cited: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    how: How | None = None
    section: Text | None = None
    marks: tuple[str, ...] = ()

    @property
    def cites(self) -> bool:
        """Whether a row names a source."""
        return any(self.cited)


def grids(document: Document) -> tuple[Grid, ...]:
    """Give everything in a document that is a table, in the language it is read in: findings first, sources last.

    Examples
    --------
    >>> from learningcity.report import Section, say
    >>> made = Document("d", Text("One", "一"), say("Two.", "二。"), (Section("s", Text("S", "节")),), {})
    >>> [one.name for one in grids(made)]
    ['findings', 'finding-values', 'sources']
    """
    numbers, taken = document.numbers(), {"findings", "finding-values", "cards", "sources", "dictionary"}
    found = [_findings(document), _values(document)]
    cards = [(section.title, one) for section, _ in document.walk() for one in section.blocks if isinstance(one, Card)]  # fmt: skip
    if cards:
        found.append(_cards(cards, document.language))
    for section, _ in document.walk():
        for block in section.blocks:
            if not isinstance(block, Table | Figure):
                continue
            name, number = _unique(sheet_name(block.key), taken), numbers[block.key]
            if isinstance(block, Table):
                found.append(_table(block, name, number, section.title, document.language))
            else:
                found.append(_figure(block, name, number, section.title, document.language))
    return (*found, _sources(document))


def source_numbers(document: Document) -> dict[str, int]:
    """Give the number of each source as it stands in the text."""
    return {one: n for n, one in enumerate(document.cited(), 1)}


def both(phrase: Phrase) -> Text:
    """A phrase as a text in both languages, without marks."""
    return Text(phrase.in_("en"), phrase.in_("zh"))


def text(said: str | None) -> TypedCell:
    """A text as a cell; an empty one is nothing."""
    return TypedCell(said, said, "string") if said else NOTHING


def whole(number: int | None) -> TypedCell:
    """A whole number as a cell."""
    return NOTHING if number is None else TypedCell(number, str(number), "integer", style="0")


def column_codes(titles: Iterable[str], taken: Iterable[str] = ("source_ids",)) -> list[str]:
    """Give names of columns for programs, each once.

    Examples
    --------
    >>> column_codes(["City", "of", "of", "城市"])
    ['city', 'of', 'of_3', 'column_4']
    """
    found: list[str] = []
    for number, title in enumerate(titles, 1):
        code = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or f"column_{number}"
        while code in (*found, *taken):
            code = f"{code}_{number}"
        found.append(code)
    return found


def ids_of(*phrases: Phrase | None) -> tuple[str, ...]:
    """Ids of the sources that phrases mark."""
    return tuple(dict.fromkeys(one for phrase in phrases if phrase is not None for one in phrase.sources))


def _unique(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    taken.add(found)
    return found


def _columns(codes: Sequence[str], titles: Sequence[Text], rows: Sequence[Sequence[TypedCell]]) -> tuple[GridColumn, ...]:  # fmt: skip
    return tuple(
        _column(code, title, [row[n] for row in rows])
        for n, (code, title) in enumerate(zip(codes, titles, strict=True))
    )


def _column(code: str, title: Text, cells: Sequence[TypedCell]) -> GridColumn:
    kinds = {one.kind for one in cells if one.kind}
    units = {one.unit for one in cells if one.kind not in ("", "string")}
    if len(kinds) == 1:
        (kind,) = kinds
    elif not kinds:
        kind = "string"
    else:
        kind = "any" if "string" in kinds else "integer" if kinds == {"integer", "year"} else "number"
    return GridColumn(code, title, kind, next(iter(units)) if len(units) == 1 else None, len(units) > 1)


def _named(name: str, title: Text, codes: Sequence[str], rows: Sequence[Sequence[TypedCell]], cited: Sequence[tuple[str, ...]] = ()) -> Grid:  # fmt: skip
    titles = [words.HEADS[code] for code in codes]
    kind = {"finding-values": "values"}.get(name, name)
    return Grid(
        name, name, kind, title, title, _columns(codes, titles, rows), tuple(map(tuple, rows)), tuple(cited)
    )


def choices_text(choices: Mapping[str, Any]) -> str:
    """Choices as one line of JSON; "" where none were made."""
    return json.dumps(plain(choices), ensure_ascii=False) if choices else ""


def _findings(document: Document) -> Grid:
    language = document.language
    codes = (
        "number", "key", "section", "claim", "strength", "n", "of", "what", "uncertainty", "method", "code", "command",
        "choices", "seed",
    )  # fmt: skip
    homes = {one.key: section.title for section, _ in document.walk() for one in section.blocks if hasattr(one, "key")}  # fmt: skip
    rows = [
        (
            whole(number), text(one.key), text(homes[one.key].in_(language)), text(one.claim.in_(language)),
            text(STRENGTHS[one.strength].in_(language)), whole(one.coverage.n), whole(one.coverage.of),
            text(one.coverage.what.in_(language)), text(one.uncertainty.in_(language)),
            text(one.how.method.in_(language)), text(one.how.code), text(one.how.command),
            text(choices_text(one.how.choices)), whole(one.how.seed),
        )
        for number, one in enumerate(document.findings, 1)
    ]  # fmt: skip
    cited = [ids_of(one.claim, one.uncertainty, one.how.method) for one in document.findings]
    return _named("findings", words.FINDINGS, codes, rows, cited)


def _values(document: Document) -> Grid:
    rows = [
        (text(one.key), text(str(name)), _plain_value(value))
        for one in document.findings
        for name, value in one.values.items()
    ]
    return _named("finding-values", words.VALUES, ("finding", "name", "value"), rows)


def _plain_value(value: Any) -> TypedCell:
    held = plain(value)
    if held is None or isinstance(held, str):
        return text(held)
    if isinstance(held, bool) or not isinstance(held, int | float):
        return text(json.dumps(held, ensure_ascii=False))
    return TypedCell(held, repr(held), "integer" if isinstance(held, int) else "number", style="General")


def _cards(cards: Sequence[tuple[Text, Card]], language: str) -> Grid:
    parts = [(home, card, what, said) for home, card in cards for what, said in card.parts]
    rows = [
        (
            text(card.key), text(home.in_(language)), text(card.title.in_(language)), text(what.in_(language)),
            text(said.in_(language)),
        )
        for home, card, what, said in parts
    ]  # fmt: skip
    cited = [ids_of(card.title, said) for _, card, _, said in parts]
    return _named("cards", words.CARDS, ("card", "section", "title", "part", "text"), rows, cited)


def _table(table: Table, name: str, number: int, section: Text, language: str) -> Grid:
    rows = [tuple(typed(cell, language) for cell in row) for row in table.rows]
    titles = [head.title for head in table.heads]
    cited = tuple(tuple(dict.fromkeys(one for cell in row for one in cell.sources)) for row in rows)
    notes = () if table.note is None else (table.note.in_(language),)
    title = Text(words.label(words.TABLE, number, "en"), words.label(words.TABLE, number, "zh"))
    columns = _columns(column_codes([one.en for one in titles]), titles, rows)
    marks = ids_of(table.caption, table.note)
    return Grid(
        name, table.key, "table", title, both(table.caption), columns, tuple(rows), cited, notes, table.how,
        section, marks,
    )  # fmt: skip


def _figure(figure: Figure, name: str, number: int, section: Text, language: str) -> Grid:
    picture = figure.picture(language)
    heads = {
        one: figure.pictures[one].heads if one in figure.pictures else picture.heads for one in ("en", "zh")
    }
    read = [(n, code) for n, code in enumerate(picture.columns) if code in picture.heads]
    titles = [Text(*(heads[one].get(code, picture.heads[code]) for one in ("en", "zh"))) for _, code in read]
    rows = [
        tuple(raw(row[n], language, _PROBABILITIES.fullmatch(code) is not None) for n, code in read)
        for row in picture.rows
    ]
    said = (picture.title, picture.caption, figure.note.in_(language) if figure.note else "", picture.alt)
    title = Text(words.label(words.FIGURE, number, "en"), words.label(words.FIGURE, number, "zh"))
    columns = _columns(column_codes([code for _, code in read]), titles, rows)
    notes = tuple(one for one in said if one)
    marks = ids_of(figure.caption, figure.note)
    return Grid(
        name, figure.key, "figure", title, both(figure.caption), columns, tuple(rows), (), notes, figure.how,
        section, marks,
    )  # fmt: skip


def _sources(document: Document) -> Grid:
    language = document.language
    rows = []
    for source_id, number in source_numbers(document).items():
        one = document.sources[source_id]
        rows.append(
            (
                whole(number), text(source_id), text(one.title), text(one.address),
                text(label("tier", one.tier, language) if one.tier else ""),
                text((words.YES if one.linked else words.NO).in_(language)),
            )
        )  # fmt: skip
    codes = ("number", "source_id", "title", "address", "tier", "linked")
    return _named("sources", words.SOURCES, codes, rows)


def unit_words(unit: str | None, language: str) -> str:
    """Name a unit for people; "" for none."""
    if unit is None:
        return ""
    if unit == SHARE:
        return words.SHARE_UNIT.in_(language)
    return unit if re.fullmatch("[A-Z]{3}", unit) else label("unit", unit, language)
