"""A configuration table for the terminal and for plain files, Chinese widths counted."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from learningcity.explain import ConfigurationTable, Mark
from learningcity.report.configuration.parts import HEAD, cases_of, colon

_ROUND = {(1, True): "●", (1, False): "•", (1, None): "●", (0, True): "○", (0, False): "◦", (0, None): "○"}
_CROSSED = {**_ROUND, (0, True): "⨂", (0, False): "⊗", (0, None): "⊗"}


def sign(mark: Mark | None, crossed: bool) -> str:
    """The sign of a mark; a value of a multi-value condition in brackets where it is core."""
    if mark is None:
        return ""
    if mark.multi:
        return f"[{mark.value}]" if mark.core else str(mark.value)
    return (_CROSSED if crossed else _ROUND)[mark.value, mark.core]


def width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def write(table: ConfigurationTable, language: str, crossed: bool, cases: bool, caption: str | None) -> bytes:
    """Write the table as text."""
    grid = table.grid(language)
    labels = [grid.corner, *(label for label, _ in (*grid.marks, *grid.figures, *grid.wholes))]
    first = max(width(one) for one in labels) + 2
    column = max(7, *(width(one) + 1 for one in grid.names))
    spans = [max(columns * column, width(name) + 1) for name, columns in grid.outcomes]
    # A panel narrower than the name of its outcome is widened at its first column.
    widths = [
        column + (span - columns * column if k == 0 else 0)
        for span, (_, columns) in zip(spans, grid.outcomes, strict=True)
        for k in range(columns)
    ]
    full = first + sum(widths)
    lines = [caption or grid.caption, "=" * full]
    lines.append(_row("", [name for name, _ in grid.outcomes], first, spans))
    lines.append(_row(grid.corner, grid.names, first, widths))
    rule = "-" * full
    body = [_row(label, [sign(m, crossed) for m in marks], first, widths) for label, marks in grid.marks]
    body.append(rule)
    body += [_row(label, figures, first, widths) for label, figures in grid.figures]
    body.append(rule)
    body += [_row(label, figures, first, spans) for label, figures in grid.wholes]
    legend = [_said(mark, text, crossed) for mark, text in grid.legend]
    gap = ("; ", "; ") if language == "en" else ("；", "；")
    notes = [grid.note + gap[0].join(legend) + (". " if language == "en" else "。").rstrip(), *grid.notes]
    found = [*lines, *body, "=" * full, *notes]
    if cases:
        found += ["", HEAD.in_(language)]
        for one in cases_of(table, language):
            names = (", " if language == "en" else "、").join(name for name, _, _ in one.names)
            found.append(f"{one.path} | {one.kind}{colon(language)}{names}")
    return ("\n".join(line.rstrip() for line in found) + "\n").encode("utf-8")


def _said(mark: Mark | None, text: str, crossed: bool) -> str:
    return text if mark is None else f"{sign(mark, crossed)} {text}"


def _row(label: str, cells: Sequence[str], first: int, widths: Sequence[int]) -> str:
    """One line, cells in the middle of their columns."""
    line = label + " " * (first - width(label))
    for cell, wide in zip(cells, widths, strict=True):
        free = wide - width(cell)
        line += " " * (free - free // 2) + cell + " " * (free // 2)
    return line
