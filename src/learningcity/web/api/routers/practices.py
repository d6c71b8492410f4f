"""Practices and their codes: rows that several resources share."""

from __future__ import annotations

from functools import cache
from typing import Any

from learningcity.web import content
from learningcity.web.api import tables
from learningcity.web.api.columns import Column, array, column, shape, table_columns

Row = dict[str, Any]

CODES = table_columns("practice-codes", more=(
    column("city_id", "string", "City of the practice.", "该举措所属城市。", nullable=True),
))  # fmt: skip
_TIMING = column(
    "timing", "string", "Started before or after the first award of the city; undated; not applicable without an award.",
    "始于该市首次获奖之前或之后；undated为未注年份；未获奖为not applicable。",
    known=("before", "after", "undated", "not applicable"),
)  # fmt: skip
#: In a list and in CSV: the practice alone, and how many coded it.
LISTED = table_columns("practices", more=(
    _TIMING,
    column("coders", "list", "Who coded it.", "编码员。"),
))  # fmt: skip


class _WithCodes:
    """The columns of a practice with its codes; an array of objects is no column of a table."""

    name = "codes"

    @staticmethod
    def schema() -> Row:
        return array(shape(CODES), "Codes, one a coder.", "编码，每位编码员一条。")


PRACTICES: tuple[Any, ...] = (*LISTED, _WithCodes())


@cache
def code_rows(language: str) -> tuple[Row, ...]:
    """All codes."""
    city = {r["practice_id"]: r["city_id"] for r in tables.plain_rows("practices")}
    return tuple(
        tables.finished("practice-codes", r, language, {"city_id": city.get(r["practice_id"])})
        for r in tables.plain_rows("practice-codes")
    )


@cache
def codes_of(language: str) -> dict[str, list[Row]]:
    """Codes by practice."""
    found: dict[str, list[Row]] = {}
    for row in code_rows(language):
        found.setdefault(row["practice_id"], []).append(row)
    return found


@cache
def listed_rows(language: str) -> dict[str, Row]:
    """All practices by id, without their codes."""
    return {
        r["practice_id"]: tables.finished("practices", r, language, {
            "timing": content.timing()[r["practice_id"]],
            "coders": [c["coder"] for c in codes_of(language).get(r["practice_id"], [])],
        })
        for r in tables.plain_rows("practices")
    }  # fmt: skip


@cache
def practice_rows(language: str) -> dict[str, Row]:
    """All practices by id, with their codes."""
    return {i: {**r, "codes": codes_of(language).get(i, [])} for i, r in listed_rows(language).items()}


__all__ = ["CODES", "LISTED", "PRACTICES", "Column", "code_rows", "listed_rows", "practice_rows"]
