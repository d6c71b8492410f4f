"""Cells of a document as typed values: numbers stay numbers, with a format that reads as the text does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from learningcity.report.document import Link, Number, P, Phrase, Share, Sources, Value, Year
from learningcity.standards import format_number

#: The unit of a share of one.
SHARE, PERCENT = "share", "percent"
_SLOT = re.compile(r"\{(\w+)\}")
_SHOWN = re.compile(r"([^\d−-]*)([−-]?\d[\d,]*(?:\.(\d+))?)(.*)", re.DOTALL)
_EXACT = "#,##0"


@dataclass(frozen=True)
class TypedCell:
    """A cell as a value.

    Parameters
    ----------
    value
        None where nothing was seen, a number unrounded, or a text.
    shown
        What people read in the document; "" where nothing was seen.
    kind
        "" for nothing, "integer", "number", "year" or "string".
    unit
        Of a number: a unit of the atlas, a currency, "share" for a share of one, or None.
    style
        The number format of a workbook that shows the value as the document does; "" for texts.
    sources
        Ids of the sources that the cell names.
    link
        Where the whole cell leads.
    """

    value: float | int | str | None
    shown: str = ""
    kind: str = ""
    unit: str | None = None
    style: str = ""
    sources: tuple[str, ...] = ()
    link: Link | None = None


NOTHING = TypedCell(None)


def typed(cell: Phrase | None, language: str) -> TypedCell:
    """Give a cell of a table as a value; what is one number and nothing else is a number.

    Examples
    --------
    >>> from learningcity.report.document import say
    >>> found = typed(say("{s}", "{s}", s=Share(0.2963, 1)), "en")
    >>> found.value, found.shown, found.style
    (0.2963, '29.6%', '0.0%')
    >>> typed(say("{n} of {m}", "{n}/{m}", n=1, m=2), "en").kind
    'string'
    """
    if cell is None:
        return NOTHING
    shown, sources = cell.in_(language), cell.sources
    alone = _alone(cell)
    if alone is None:
        links = [run.link for run in cell.runs(language) if run.text]
        return TypedCell(shown, shown, "string", sources=sources, link=links[0] if len(links) == 1 else None)
    value, before, after = alone[0], *_around(cell, language)
    if isinstance(value, Year):
        style = _words(before) + "0" + _words(after)
        return TypedCell(int(value.value), shown, "year", style=style, sources=sources)
    if isinstance(value, Share):
        style = _words(before) + _decimals("0", value.decimals) + "%" + _words(after)
        return TypedCell(value.value, shown, "number", SHARE, style, sources)
    if isinstance(value, P):
        below = P(0.0).in_(language)
        style = f"[<0.001]{_words(before + below + after)};{_words(before)}0.000{_words(after)}"
        return TypedCell(value.value, shown, "number", style=style, sources=sources)
    number, style = _number(value, before, after, language)
    kind = "integer" if isinstance(number, int) else "number"
    unit = SHARE if value.unit == PERCENT else value.unit
    return TypedCell(number, shown, kind, unit, style, sources)


def raw(value: Any, language: str, probability: bool = False) -> TypedCell:
    """Give a cell of the table behind a figure as a value, shown as the page shows it.

    Examples
    --------
    >>> raw(0.0004, "en", probability=True).style, raw(2015, "en").style, raw(12345, "en").style
    ('[<0.001]"below 0.001";0.000', '0', '#,##0')
    """
    if value is None or value != value:
        return NOTHING
    if isinstance(value, bool) or not isinstance(value, int | float):
        shown = ";".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        return TypedCell(shown, shown, "string")
    if probability:
        style = f"[<0.001]{_words(P(0.0).in_(language))};0.000"
        return TypedCell(value, P(value).in_(language), "number", style=style)
    whole = float(value).is_integer()
    if whole and 1000 <= value <= 2100:
        return TypedCell(int(value), str(int(value)), "integer", style="0")
    kind = "integer" if whole else "number"
    places = min(len(repr(float(value)).partition(".")[2]), 3) if "e" not in repr(float(value)) else 3
    style = _EXACT if whole else _decimals(_EXACT if abs(value) >= 1000 else "0", places)
    return TypedCell(int(value) if whole else value, format_number(value, language), kind, style=style)


def _alone(cell: Phrase) -> tuple[Number | Share | Year | P] | None:
    """The one number that a cell is, marks of sources beside it."""
    held = {name: value for name, value in cell.slots.items() if not isinstance(value, Sources)}
    if len(held) != 1:
        return None
    ((name, value),) = held.items()
    bare = _SLOT.sub(lambda m: m[0] if m[1] in held else "", cell.template.en).strip()
    if bare != f"{{{name}}}" or not isinstance(value, Number | Share | Year | P):
        return None
    return (value,)


def _around(cell: Phrase, language: str) -> tuple[str, str]:
    """What a language writes before and behind the number of a cell, such as a word for the year."""
    held = [name for name, value in cell.slots.items() if not isinstance(value, Sources)]
    bare = _SLOT.sub(lambda m: m[0] if m[1] in held else "", cell.template.in_(language))
    before, _, after = bare.partition(f"{{{held[0]}}}")
    return before.lstrip(), after.rstrip()


def _number(value: Number, before: str, after: str, language: str) -> tuple[float | int, str]:
    """A number with the format that writes it as the document does."""
    held = int(value.value) if float(value.value).is_integer() and not value.decimals else value.value
    shown = _SHOWN.fullmatch(value.in_(language))
    unit = (shown[1], shown[4]) if shown else ("", "")
    if shown is None or not _close(shown[2], value):
        # Written in ten thousands or millions: the workbook gives the whole number.
        shown = _SHOWN.fullmatch(Number(value.value, value.decimals).in_("en"))
        unit = _unit(value, language) if value.unit else ("", "")
    places = len(shown[3] or "") if shown else 0
    if value.unit == PERCENT:
        after = unit[1].removeprefix("%") + after
        share = float(Decimal(repr(float(held))) / 100)
        return share, _words(before + unit[0]) + _decimals(_EXACT, places) + "%" + _words(after)
    return held, _words(before + unit[0]) + _decimals(_EXACT, places) + _words(unit[1] + after)


def _unit(value: Number, language: str) -> tuple[str, str]:
    """What stands before and behind a small number of the unit."""
    found = _SHOWN.fullmatch(Number(2, unit=value.unit).in_(language))
    return (found[1], found[4]) if found else ("", "")


def _close(written: str, value: Value) -> bool:
    number = float(written.replace(",", "").replace("−", "-"))
    held = getattr(value, "value", number)
    return abs(number - held) <= max(0.5, abs(held) * 1e-3)


def _decimals(whole: str, places: int) -> str:
    return whole + ("." + "0" * places if places else "")


def _words(text: str) -> str:
    """Words inside a number format; a quotation mark cannot stand there."""
    plain = text.replace('"', "")
    return f'"{plain}"' if plain else ""
