"""A table on its way out: a frame, what its columns mean in both languages, and how codes become words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from learningcity.atlas import atlas_schemas
from learningcity.core import Schema, Text, UnknownNameError, or_none
from learningcity.standards import country_name, label, standard_schemas

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table for people or programs.

    Parameters
    ----------
    code
        The name of the column in the frame; programs see it.
    title
        What people read at the head of the column.
    vocabulary
        A list of :func:`learningcity.label` (or ``country``) whose codes the column holds, several
        joined with ``;``; people get the words. "" leaves the values as they are.
    """

    code: str
    title: Text
    vocabulary: str = ""


@dataclass(frozen=True)
class Sheet:
    """One table that is given away: as CSV, as a part of a JSON document, as a sheet of a workbook.

    Parameters
    ----------
    name
        A short name in lower case for addresses and files ("cities").
    title
        What the table is, in both languages.
    frame
        The rows; an empty cell is missing, never zero.
    columns
        The columns to give, in their order; all must be in the frame.
    note
        What must be said beside the table wherever it goes.

    Raises
    ------
    UnknownNameError
        A column that the frame does not have.
    """

    name: str
    title: Text
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    note: Text | None = None

    def __post_init__(self) -> None:
        known = [str(name) for name in self.frame.columns]
        for column in self.columns:
            if column.code not in known:
                raise UnknownNameError("column", column.code, known)

    def rows(self) -> list[tuple[Any, ...]]:
        """The rows with codes; a missing cell is None."""
        frame = self.frame[[column.code for column in self.columns]]
        return [
            tuple(or_none(value) if not isinstance(value, str) else value for value in row)
            for row in frame.itertuples(index=False, name=None)
        ]

    def rows_in(self, language: str) -> list[tuple[Any, ...]]:
        """The rows with the words of a language for the codes; a missing cell is None."""
        lists = [column.vocabulary for column in self.columns]
        return [
            tuple(
                words(vocabulary, value, language) if vocabulary else value
                for vocabulary, value in zip(lists, row, strict=True)
            )
            for row in self.rows()
        ]


@cache
def _word(vocabulary: str, code: str, language: str) -> str:
    if vocabulary != "country":
        return label(vocabulary, code, language)
    try:
        return country_name(code, language)
    except UnknownNameError:
        return code


def words(vocabulary: str, value: Any, language: str) -> Any:
    """Give the words for a cell of codes, several joined with ``;``; a missing one stays None.

    Examples
    --------
    >>> words("theme", "green;inclusive", "zh"), words("country", "FRA", "en"), words("theme", None, "en")
    ('绿色；包容', 'France', None)
    """
    if or_none(value) is None:
        return None
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        value = "yes" if value else "no"
    parts = str(value).split(";")
    return ("；" if language == "zh" else "; ").join(_word(vocabulary, part, language) for part in parts)


def table_schemas() -> dict[str, Schema]:
    """Give the contracts of all tables that are given away: those of the atlas, then those of the standards.

    Examples
    --------
    >>> "cities" in table_schemas(), "key-features" in table_schemas()
    (True, True)
    """
    return {**atlas_schemas(), **standard_schemas()}


def schema_columns(schema: Schema, *names: str) -> tuple[Column, ...]:
    """Give the columns of a table as its schema titles them: those named, or all.

    Examples
    --------
    >>> [c.code for c in schema_columns(table_schemas()["awards"])]
    ['round', 'city_id', 'source_id']
    """
    wanted = [schema[name] for name in names] if names else schema.fields
    return tuple(Column(one.name, one.title, _vocabulary(one.name, one.vocabulary)) for one in wanted)


def _vocabulary(name: str, given: str | None) -> str:
    return "country" if name == "country_iso3" else given or ""
