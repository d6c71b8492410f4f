"""A configuration table as a Word file: a three-line table, real styles, fonts for both scripts."""

from __future__ import annotations

from typing import Any

from learningcity.core import escaped
from learningcity.explain import ConfigurationTable, Grid, Mark
from learningcity.report.configuration.parts import HEAD, cases_of, colon, only_note
from learningcity.report.tables.word import (
    CAPTION,
    CASES,
    CELL,
    NOTE,
    borders,
    finished,
    hyperlink,
    new_document,
    repeat_as_head,
    set_table,
    set_width,
)

#: Points of the signs: (value, core) -> size; small ones are raised to the middle of the line.
_LARGE, _SMALL, _RAISED = 14, 7, 4
#: More columns than these go on a page that lies.
_UPRIGHT = 8


def write(table: ConfigurationTable, language: str, crossed: bool, cases: bool, caption: str | None) -> bytes:
    """Write the table with caption, notes and, where asked, the cases."""
    grid = table.grid(language)
    title = escaped(caption or grid.caption)  # XML holds no control characters
    document = new_document(language, title, lying=grid.columns > _UPRIGHT)
    document.add_paragraph(title, style=CAPTION)
    _table(document, grid, title, crossed)
    legend = document.add_paragraph(grid.note, style=NOTE)
    gap, stop = ("; ", ".") if language == "en" else ("；", "。")
    for k, (mark, text) in enumerate(grid.legend):
        if k:
            legend.add_run(gap)
        if mark is not None:
            _sign(legend, mark, crossed, scale=0.75)
            legend.add_run(" ")
        legend.add_run(text)
    legend.add_run(stop)
    for one in grid.notes:
        document.add_paragraph(escaped(one), style=NOTE)
    if cases:
        _cases(document, table, language)
    return finished(document, language)


def _table(document: Any, grid: Grid, title: str, crossed: bool) -> None:
    heads, n = 2, grid.columns
    rows = heads + len(grid.marks) + len(grid.figures) + len(grid.wholes)
    table = document.add_table(rows=rows, cols=n + 1)
    set_table(table, title)
    # One look at the cells of a table costs a walk over all of them.
    cells = [list(row.cells) for row in table.rows]
    for row in cells:
        for one in row:
            one.paragraphs[0].style = CELL
            # Rows stay on one page with the next.
            one.paragraphs[0].paragraph_format.keep_with_next = True
    _fill(cells[0][0].merge(cells[1][0]), grid.corner, left=True)
    first = 1
    for name, columns in grid.outcomes:
        _fill(cells[0][first].merge(cells[0][first + columns - 1]), name)
        first += columns
    for k, name in enumerate(grid.names, 1):
        _fill(cells[1][k], name)
    at = heads
    for label, marks in grid.marks:
        _fill(cells[at][0], label, left=True)
        for k, mark in enumerate(marks, 1):
            if mark is not None:
                _sign(cells[at][k].paragraphs[0], mark, crossed)
        at += 1
    for label, figures in grid.figures:
        _fill(cells[at][0], label, left=True)
        for k, cell in enumerate(figures, 1):
            _fill(cells[at][k], cell)
        at += 1
    for label, figures in grid.wholes:
        _fill(cells[at][0], label, left=True)
        first = 1
        for cell, (_, columns) in zip(figures, grid.outcomes, strict=True):
            _fill(cells[at][first].merge(cells[at][first + columns - 1]), cell)
            first += columns
        at += 1
    _rules(cells, grid, heads)
    for row in table.rows[:heads]:
        repeat_as_head(row)
    set_width(table, n)


def _rules(cells: Any, grid: Grid, heads: int) -> None:
    """Three lines, thin ones between the parts, and one below each outcome."""
    starts = (heads, heads + len(grid.marks), heads + len(grid.marks) + len(grid.figures))
    for k, row in enumerate(cells):
        for j, one in enumerate(row):
            wanted = {}
            if k == 0:
                wanted["top"] = 12
                if j:
                    wanted["bottom"] = 4
            if k in starts:
                wanted["top"] = 6
            if k == len(cells) - 1:
                wanted["bottom"] = 12
            borders(one, wanted)


def _fill(cell: Any, text: str, left: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for extra in cell.paragraphs[1:]:
        extra._element.getparent().remove(extra._element)
    paragraph = cell.paragraphs[0]
    paragraph.add_run(escaped(text))
    if left:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _sign(paragraph: Any, mark: Mark, crossed: bool, scale: float = 1.0) -> None:
    """One sign as a run; the same character in two sizes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    if mark.multi:
        paragraph.add_run(str(mark.value)).bold = bool(mark.core)
        return
    run = paragraph.add_run("●" if mark.value else "⊗" if crossed else "○")
    small = mark.core is False
    run.font.size = Pt(round((_SMALL if small else _LARGE) * scale * 2) / 2)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    # Signs that both scripts have are taken from the East Asian font, so that all circles are of one kind;
    # it has no crossed one, which mathematical fonts have.
    if crossed and not mark.value:
        for which in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(which), "Cambria Math")
    else:
        fonts.set(qn("w:hint"), "eastAsia")
    if small:
        position = OxmlElement("w:position")
        position.set(qn("w:val"), str(round(_RAISED * scale)))
        run._element.rPr.insert_element_before(
            position,
            "w:sz",
            "w:szCs",
            "w:highlight",
            "w:u",
            "w:effect",
            "w:bdr",
            "w:shd",
            "w:vertAlign",
            "w:lang",
        )


def _cases(document: Any, table: ConfigurationTable, language: str) -> None:
    document.add_heading(HEAD.in_(language), level=2)
    cases = cases_of(table, language)
    bold = only_note(cases, language)
    if bold:
        document.add_paragraph(bold, style=CASES)
    for one in cases:
        paragraph = document.add_paragraph(style=CASES)
        between = ", " if language == "en" else "、"
        bracket = f" ({one.kind})" if language == "en" else f"（{one.kind}）"
        paragraph.add_run(f"{escaped(one.path)}{bracket}{colon(language)}")
        for k, (name, address, only) in enumerate(one.names):
            if k:
                paragraph.add_run(between)
            # A path inside a site leads nowhere from a file.
            if address.startswith(("https://", "http://")):
                hyperlink(paragraph, escaped(name), address, only)
            else:
                paragraph.add_run(escaped(name)).bold = only
