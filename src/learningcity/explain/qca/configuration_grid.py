"""A configuration table as it is printed: rows of marks and figures in one language, without a format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from learningcity.core import Text
from learningcity.explain.qca.configuration_words import FIT_ROWS, WHOLE_ROWS, caption_of, number

if TYPE_CHECKING:
    from learningcity.explain.qca.configuration_result import ConfigurationTable


@dataclass(frozen=True)
class Mark:
    """What a path asks of one condition.

    Parameters
    ----------
    value
        1 presence, 0 absence, or the value of a multi-value condition.
    core
        Whether the condition is core; None where core and contributing are not told apart.
    multi
        Whether the condition takes more than two values.
    """

    value: int
    core: bool | None
    multi: bool = False

    def __str__(self) -> str:
        what = str(self.value) if self.multi else ("absent", "present")[self.value]
        return what if self.core is None else f"{'core' if self.core else 'contributing'} {what}"


@dataclass(frozen=True)
class Grid:
    """What is printed, row by row; every row has one cell a configuration, or one a panel.

    Parameters
    ----------
    language
        "en" or "zh".
    caption
        What the table is called.
    corner
        Head of the column of labels.
    outcomes
        Name of the outcome and number of columns, one a panel.
    names
        One a configuration.
    marks
        Label of a condition and its marks; None where a path leaves it open.
    figures
        Label of a measure and its figures, one a configuration.
    wholes
        Label of a measure and its figures, one a panel.
    legend
        Each mark that occurs and what it says; None stands for the empty cell.
    notes
        What stands below, after the legend.
    note
        The word that the notes begin with.
    """

    language: str
    caption: str
    corner: str
    outcomes: tuple[tuple[str, int], ...]
    names: tuple[str, ...]
    marks: tuple[tuple[str, tuple[Mark | None, ...]], ...]
    figures: tuple[tuple[str, tuple[str, ...]], ...]
    wholes: tuple[tuple[str, tuple[str, ...]], ...]
    legend: tuple[tuple[Mark | None, str], ...]
    notes: tuple[str, ...]
    note: str

    @property
    def columns(self) -> int:
        """Number of configurations."""
        return len(self.names)


def grid_of(table: ConfigurationTable, language: str) -> Grid:
    """Lay a table out in one language."""
    every = table.configurations
    return Grid(
        language=language,
        caption=caption_of(table).in_(language),
        corner=Text("Condition", "条件").in_(language),
        outcomes=tuple(
            (table.wording.outcome(p.outcome).in_(language), len(p.configurations)) for p in table.panels
        ),
        names=tuple(one.name for one in every),
        marks=tuple(
            (table.wording.condition(c).in_(language), tuple(one.marks.get(c) for one in every))
            for c in table.conditions
        ),
        figures=tuple(
            (
                words.in_(language),
                tuple(str(one.members) if what == "members" else number(getattr(one, what)) for one in every),
            )
            for what, words in FIT_ROWS.items()
        ),
        wholes=tuple(
            (words.in_(language), tuple(number(getattr(p, what)) for p in table.panels))
            for what, words in WHOLE_ROWS.items()
        ),
        legend=tuple((mark, text.in_(language)) for mark, text in _legend(table)),
        notes=tuple(text.in_(language) for text in table.notes()),
        note=Text("Note. ", "注：").in_(language),
    )


def _legend(table: ConfigurationTable) -> list[tuple[Mark | None, Text]]:
    """The marks that occur, strongest first, and what they say."""
    every = [one.marks.get(c) for one in table.configurations for c in table.conditions]
    wording = table.wording
    found: list[tuple[Mark | None, Text]] = []
    for value, word in ((1, wording.present), (0, wording.absent)):
        for core, kind in _KINDS.items():
            mark = Mark(value, core)
            if mark in every:
                found.append((mark, Text(f"{kind.en} {word.en}", f"{kind.zh}{word.zh}")))
    numbers = {m.core: m for m in every if m is not None and m.multi}
    for core, kind in _NUMBERS.items():
        if core in numbers:
            found.append((Mark(numbers[core].value, core, True), kind))
    if None in every:
        found.append((None, Text("blank: the path leaves the condition open", "空白表示该条件可有可无")))
    return found


_KINDS = {
    True: Text("core condition", "核心条件"),
    False: Text("contributing condition", "边缘条件"),
    None: Text("condition", "条件"),
}
_NUMBERS = {
    True: Text("value of a multi-value core condition", "多值核心条件的取值"),
    False: Text("value of a multi-value contributing condition", "多值边缘条件的取值"),
    None: Text("value of a multi-value condition", "多值条件的取值"),
}
