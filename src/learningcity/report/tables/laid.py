"""A sheet as a table for print: the columns of one language, words for codes, numbers with sensible digits."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from learningcity.core import Text, escaped

if TYPE_CHECKING:
    from learningcity.report.package import Column, Sheet

#: Rows of one table in a document for people; what is beyond is in the workbook.
MOST_ROWS = 300
#: Characters of one cell; long texts are for the workbook, too.
LONGEST = 400
#: Columns that name a row for programs: left out where a name for people stands beside them.
_IDS = ("unit", "city_id", "country_iso3", "case", "better", "worse", "id", "code")
_SUFFIX = re.compile(r"_(en|zh)$")
#: Words in the head of a column that say its language; a document has one language.
_TOLD = re.compile(r"\s*(\bin (English|Chinese)\b|\((en|zh|English|Chinese)\)|（(中文|英文|zh|en)）)")
MORE = Text(
    "The first {shown:,} of {rows:,} rows; all of them are in the workbook and in CSV.",
    "仅列前{shown:,}行，共{rows:,}行；全部见Excel工作簿和CSV文件。",
)
NO_ROWS = Text("No rows.", "没有任何行。")
NUMBER = Text("Table {}", "表{}")
#: Below a part of a table that is too wide for a page.
GOES_ON = Text("Table {}, continued", "续表{}")


@dataclass(frozen=True)
class Laid:
    """A table as it is printed.

    Parameters
    ----------
    title
        What it is, without its number.
    heads
        One text a column.
    numeric
        Whether a column holds numbers, which are aligned to the right.
    rows
        Texts; an empty cell is the empty text.
    notes
        What stands below the table.
    """

    title: str
    heads: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """Width of each column in half-width characters: what all but the longest cells need."""
        found = []
        for k, head in enumerate(self.heads):
            cells = sorted(width(row[k]) for row in self.rows) or [0]
            usual = cells[int(0.95 * (len(cells) - 1))]
            # Heads may break between words, and Chinese ones anywhere.
            word = max((width(w) if w.isascii() else 8 for w in head.split()), default=0)
            found.append(max(4, min(max(usual, min(word, 14), width(head) // 3), 44)))
        return tuple(found)


def panels(one: Laid, most: int) -> list[Laid]:
    """Cut a table that is wider than so many characters into parts below each other; each begins with the labels."""
    widths = [w + 3 for w in one.widths]
    if sum(widths) <= most:
        return [one]
    labels = [0]
    for k in range(1, len(widths)):
        if one.numeric[k] or len(labels) == 2 or sum(widths[: k + 1]) > most // 3:
            break
        labels.append(k)
    groups: list[list[int]] = [[]]
    used = room = most - sum(widths[k] for k in labels)
    for k in range(len(labels), len(widths)):
        used -= widths[k]
        if used < 0 and groups[-1]:
            groups.append([])
            used = room - widths[k]
        groups[-1].append(k)
    return [_part(one, [*labels, *group], last=group is groups[-1]) for group in groups]


def _part(one: Laid, columns: Sequence[int], last: bool) -> Laid:
    return Laid(
        title=one.title,
        heads=tuple(one.heads[k] for k in columns),
        numeric=tuple(one.numeric[k] for k in columns),
        rows=tuple(tuple(row[k] for k in columns) for row in one.rows),
        notes=one.notes if last else (),
    )


def width(text: str) -> int:
    """Width of a text in half-width characters."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def lay(
    sheet: Sheet, language: str, names: Mapping[str, Text] | None = None, unsaid: Sequence[str] = ()
) -> Laid:
    """Lay a sheet out for print in one language.

    Of columns that say the same in both languages that of the language is taken; an id is left out
    where names stand beside it and tell the rows apart as well. ``names`` says what ids are called in
    cells that hold ids alone; a note that is ``unsaid`` stands elsewhere in the document.
    """
    rows = sheet.rows_in(language)
    kept = _kept(sheet, rows, language)
    called = {key: name.in_(language) for key, name in (names or {}).items()}
    if called:
        rows = [tuple(_called(cell, called, language) for cell in row) for row in rows]
    shown = rows[:MOST_ROWS]
    columns = [_column([row[k] for row in shown], sheet.columns[k]) for k in kept]
    numeric = tuple(_is_numeric([row[k] for row in shown]) for k in kept)
    notes = [sheet.note.in_(language)] if sheet.note and sheet.note.in_(language) not in unsaid else []
    if len(rows) > len(shown):
        notes.insert(0, MORE.in_(language).format(shown=len(shown), rows=len(rows)))
    if not rows:
        notes.insert(0, NO_ROWS.in_(language))
    heads = (sheet.columns[k].title.in_(language) for k in kept)
    return Laid(
        title=escaped(sheet.title.in_(language)),
        heads=tuple(escaped(_TOLD.sub("", head).replace(" ,", ",").strip() or head) for head in heads),
        numeric=numeric,
        rows=tuple(zip(*columns, strict=True)) if columns and shown else (),
        notes=tuple(escaped(note) for note in notes),
    )


def _kept(sheet: Sheet, rows: Sequence[Sequence[Any]], language: str) -> list[int]:
    places = {column.code: k for k, column in enumerate(sheet.columns)}
    other = {"en": "zh", "zh": "en"}[language]
    found = []
    for code, k in places.items():
        stem = _SUFFIX.sub("", code)
        if code == f"{stem}_{other}" and f"{stem}_{language}" in places:
            continue
        # The other language of a text whose plain column is in English ("failure", "failure_zh").
        if language == "zh" and f"{code}_zh" in places and f"{code}_en" not in places:
            continue
        if language == "en" and code.endswith("_zh") and stem in places and f"{stem}_en" not in places:
            continue
        # A name belongs to the first id; another one needs a name of its own.
        first = code == next((c for c in places if c in _IDS), None)
        beside = (f"{code}_{language}", *(f"{n}_{language}" for n in ("name", "label") if first))
        named = next((n for n in beside if n in places), None)
        if named:
            pairs = {(row[k], row[places[named]]) for row in rows}
            # A name that two rows share does not tell them apart.
            if len({name for _, name in pairs}) == len(pairs):
                # The name stands where the id stood.
                found.append(places[named])
                continue
        found.append(k)
    return list(dict.fromkeys(found))


def _called(cell: Any, called: Mapping[str, str], language: str) -> Any:
    """A cell of ids by their names; any other cell as it is."""
    if not isinstance(cell, str):
        return cell
    parts = re.split(r"\s*[;,；，、]\s*", cell)
    if not all(part in called for part in parts):
        return cell
    return ("、" if language == "zh" else ", ").join(called[part] for part in parts)


def _is_number(value: Any) -> bool:
    if hasattr(value, "item"):
        value = value.item()
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_numeric(values: Sequence[Any]) -> bool:
    there = [value for value in values if value is not None]
    return bool(there) and all(map(_is_number, there))


def _column(values: Sequence[Any], column: Column) -> list[str]:
    """The cells of a column as texts; numbers have the same digits after the point throughout."""
    if not _is_numeric(values):
        return ["" if value is None else _text(value) for value in values]
    numbers = [math.nan if value is None else float(value) for value in values]
    there = [abs(x) for x in numbers if math.isfinite(x)]
    if all(x.is_integer() for x in there):
        plain = all(1000 <= x <= 2100 for x in there)
        return ["" if math.isnan(x) else _signed(f"{x:.0f}" if plain else f"{x:,.0f}") for x in numbers]
    if _is_p(column.code) and all(0 <= x <= 1 for x in there):
        return ["" if math.isnan(x) else "<0.001" if x < 0.001 else f"{x:.3f}" for x in numbers]
    most = max(there)
    digits = 0 if most >= 1000 else 1 if most >= 10 else 2 if most >= 1 else 3
    return ["" if math.isnan(x) else _signed(f"{x:,.{digits}f}") for x in numbers]


def _is_p(code: str) -> bool:
    return code in ("p", "q") or code.startswith(("p_", "q_")) or code.endswith(("_p", "_q", "p_value"))


def _signed(text: str) -> str:
    """A minus sign that is as wide as a plus, and none before a zero."""
    if text.startswith("-"):
        return "\u2212" + text[1:] if text.strip("-0.,") else text[1:]
    return text


def _text(value: Any) -> str:
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        value = f"{value:.4g}"
    found = escaped(" ".join(str(value).split()))
    return found if len(found) <= LONGEST else found[: LONGEST - 1] + "…"
