"""Rows of the tables as answers hold them: lists as lists, an address beside each, whose row it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.api.columns import contract
from learningcity.web.content import framework

Row = dict[str, Any]


def city_page(city_id: str | None, language: str, anchor: str | None = None) -> str | None:
    """The page of a city, None for one that has none (a member that was not awarded, say)."""
    if city_id not in content.cities():
        return f"/{language}/network?at={city_id}#{city_id}" if city_id and anchor is None else None
    return f"/{language}/cities/{city_id}{f'#{anchor}' if anchor else ''}"


def indicator_page(indicator_id: str, language: str) -> str:
    """Where an indicator stands among the others."""
    return f"/{language}/data/coverage#{indicator_id}"


def standard_page(code: str, language: str) -> str:
    """Where an item of the standard stands."""
    if code.startswith("P"):
        return f"/{language}/standard#pillar-{code}"
    return f"/{language}/standard#{('area', 'feature', 'measurement')[min(code.count('.'), 2)]}-{code}"


@cache
def _city_of() -> dict[str, str]:
    return {p["practice_id"]: p["city_id"] for rows in content.practices_by_city().values() for p in rows}


#: The page that shows a row, by table.
_PAGES: dict[str, Callable[[Row, str], str | None]] = {
    "cities": lambda r, la: city_page(r["city_id"], la),
    "awards": lambda r, la: f"/{la}/award",
    "facts": lambda r, la: city_page(r["city_id"], la, r["fact_id"]),
    "practices": lambda r, la: city_page(r["city_id"], la, r["practice_id"]),
    "practice-codes": lambda r, la: city_page(
        _city_of().get(r["practice_id"]), la, r["practice_id"]
    ),
    "indicators": lambda r, la: indicator_page(r["indicator_id"], la),
    "members": lambda r, la: f"/{la}/network?at={r['city_id']}#{r['city_id']}",
    "memberships": lambda r, la: f"/{la}/network?at={r['city_id']}#{r['city_id']}",
    "city-population": lambda r, la: f"/{la}/network?at={r['city_id']}#{r['city_id']}",
    "country-context": lambda r, la: f"/{la}/data/statistics",
    "exchange-rates": lambda r, la: f"/{la}/data/statistics",
    "national-framework": lambda r, la: (
        f"/{la}/china#{r['item_id']}" if r["country_iso3"] == framework.CHINA else None
    ),
    "key-features": lambda r, la: standard_page(r["code"], la),
    "measurements": lambda r, la: f"/{la}/standard#measurement-{r['code']}",
    "award-criteria": lambda r, la: f"/{la}/award#criterion-{r['code']}",
    "award-rules": lambda r, la: f"/{la}/award#rule-{r['rule_id']}",
    "rounds": lambda r, la: f"/{la}/award",
    "concepts": lambda r, la: f"/{la}/ideas#concept-{r['concept_id']}",
    "literature": lambda r, la: f"/{la}/ideas?at={r['work_id']}#work-{r['work_id']}",
    "other-frameworks": lambda r, la: f"/{la}/crosswalk?framework={r['framework_id']}",
}  # fmt: skip


def source_parts(source_id: str | None, language: str) -> Row:
    """What stands beside the id of a source: its page, its address where it may be linked, its tier."""
    source = content.sources().get(source_id or "")
    return {
        "source_href": f"/{language}/sources/{source_id}" if source else None,
        "source_link": source.link if source else None,
        "source_tier": source.tier if source else None,
    }


def source_pages(source_ids: list[str], language: str) -> list[str]:
    """Pages of sources, in their order."""
    return [f"/{language}/sources/{one}" for one in source_ids if one in content.sources()]


@cache
def plain_rows(table: str) -> tuple[Row, ...]:
    """Rows of a table of the atlas or the standards, lists as lists."""
    schema = contract(table)
    frames = content.atlas().frames
    found = content.rows(frames[table]) if table in frames else list(content.standard_rows(table))
    lists = [f.name for f in schema.fields if f.type == "list"]
    names = [f.name for f in schema.fields]
    return tuple({n: (content.ids(row.get(n)) if n in lists else row.get(n)) for n in names} for row in found)


@cache
def table_rows(table: str, language: str) -> tuple[Row, ...]:
    """Rows of a table with what the interface adds: source, own, address."""
    return tuple(finished(table, row, language) for row in plain_rows(table))


def finished(table: str, row: Row, language: str, more: Row | None = None) -> Row:
    """One row with what the interface adds, in the order of its columns."""
    found = {**row, **(more or {})}
    if "source_id" in row:
        found |= source_parts(row["source_id"], language)
    if "source_ids" in row:
        found["source_hrefs"] = source_pages(row["source_ids"], language)
    key = [row[name] for name in contract(table).key if name in row]
    found["own"] = content.is_own(table, *key)
    found["href"] = _PAGES[table](row, language)
    return found


def among(value: Any, wanted: Sequence[Any]) -> bool:
    """Whether a value is one of those asked for; nothing asked for lets everything pass."""
    return not wanted or value in wanted


def touches(values: list[str], wanted: Sequence[str]) -> bool:
    """Whether a list shares a value with those asked for."""
    return not wanted or any(value in wanted for value in values)


def fitting(table: str, language: str, wanted: Mapping[str, Sequence[Any]]) -> list[Row]:
    """Rows of a table that fit every filter, by column: a value among, or a list that touches, those asked for."""
    asked = {column: values for column, values in wanted.items() if values}
    return [
        row
        for row in table_rows(table, language)
        if all(
            (touches if isinstance(row[column], list) else among)(row[column], values)
            for column, values in asked.items()
        )
    ]


def speaks_of(row: Row, columns: tuple[str, ...], text: str | None) -> bool:
    """Whether all words of a text stand in some columns, accents and case aside."""
    if not text:
        return True
    whole = " ".join(content.sort_key(str(row[c] or ""), "en") for c in columns)
    return all(content.sort_key(word, "en") in whole for word in text.split())


def texts(text: lc.Text, name: str) -> Row:
    """A text as two fields."""
    return {f"{name}_en": text.en, f"{name}_zh": text.zh}
