"""What the page of a source shows: its record, and everything that rests on it."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.content import framework

Row = dict[str, Any]

#: Tables whose rows name their sources: table, what a row is called, where it is shown.
_STANDARDS: tuple[tuple[str, str, str], ...] = (
    ("award-criteria", "name", "award#criterion-{code}"),
    ("award-rules", "rule", "award#rule-{rule_id}"),
    ("rounds", "conference", "award#rounds"),
    ("key-features", "name", "standard#{anchor}"),
    ("concepts", "name", "ideas#concept-{concept_id}"),
    ("literature", "finding", "ideas?at={work_id}#work-{work_id}"),
    ("other-frameworks", "name", "crosswalk?framework={framework_id}#items"),
)


def build(source_id: str, language: str) -> Row:
    """Everything on the page of one source."""
    source = content.sources()[source_id]
    uses = used_in(language).get(source_id, [])
    groups: dict[str, list[Row]] = defaultdict(list)
    for use in uses:
        groups[use["table"]].append(use)
    return {
        "source": source,
        "title_lang": content.language_of(source.title),
        "short": source.short.in_(language) if source.short is not None else "",
        "own": content.is_own("sources", source_id),
        "tier": source.tier_label(language),
        "tier_note": _tier_note(source, language),
        "uses": [
            {"table": lc.label("table", table, language), "rows": rows} for table, rows in groups.items()
        ],
        "total": len(uses),
    }


def _tier_note(source: content.Source, language: str) -> str:
    if source.doubtful:
        return lc.Text(
            "The page was seen on a host that looks hijacked or reposts the work of others. Its address is "
            "printed so that it can be checked, and is not linked.",
            "该页面见于疑似被劫持或转载他人内容的网站。此处仅列出地址以供核对，不设链接。",
        ).in_(language)
    return ""


@cache
def used_in(language: str) -> dict[str, list[Row]]:
    """What rests on each source, by source id."""
    found: dict[str, list[Row]] = defaultdict(list)
    for table, source_ids, text, href in _uses(language):
        for source_id in source_ids:
            found[source_id].append(
                {"table": table, "text": text, "href": href, "lang": content.foreign(text, language)}
            )
    return dict(found)


def _uses(language: str) -> list[tuple[str, list[str], str, str | None]]:
    cities = content.cities()
    found: list[tuple[str, list[str], str, str | None]] = []

    def city_page(city_id: str, anchor: str = "") -> str | None:
        return f"/{language}/cities/{city_id}{anchor}" if city_id in cities else None

    def city_name(city_id: str) -> str:
        return cities[city_id].name(language) if city_id in cities else ""

    colon = "：" if language == "zh" else ": "
    for row in content.rows(content.atlas().awards):
        text = f"{city_name(row['city_id'])}{colon}{int(row['round'])}"
        found.append(("awards", ids(row), text, city_page(row["city_id"])))
    for row in content.rows(content.atlas().facts):
        indicator = content.indicators().get(row["indicator_id"], {})
        figure = lc.format_value(row["value"], row["unit"], language)
        name = city_name(row["city_id"])
        text = f"{name}{colon}{indicator.get(f'name_{language}', '')} {figure}".strip()
        found.append(("facts", ids(row), text, city_page(row["city_id"], f"#{row['fact_id']}")))
    for row in content.rows(content.atlas().practices):
        text = f"{city_name(row['city_id'])}{colon}{row[f'title_{language}']}"
        found.append(("practices", ids(row), text, city_page(row["city_id"], f"#{row['practice_id']}")))
    for row in content.rows(content.atlas().cities):
        if row["profile_source_id"]:
            own = [row["profile_source_id"]]
            found.append(("cities", own, row[f"name_{language}"], city_page(row["city_id"])))
    return found + _other_uses(language) + _standard_uses(language)


def ids(row: Row) -> list[str]:
    """The sources of a row, whether it names one or several."""
    return content.ids(row.get("source_ids") or row.get("source_id"))


def _other_uses(language: str) -> list[tuple[str, list[str], str, str | None]]:
    atlas = content.atlas()
    found: list[tuple[str, list[str], str, str | None]] = []
    for row in content.rows(atlas.national_framework):
        href = f"/{language}/china#{row['item_id']}" if row["item_id"] in framework.named_in() else None
        found.append(("national-framework", ids(row), row[f"text_{language}"], href))
    listed = set(atlas.members["city_id"])
    for table, frame in (("members", atlas.members), ("memberships", atlas.memberships)):
        for row in content.rows(frame):
            year = f" {int(row['join_year'])}" if row.get("join_year") else ""
            city = content.cities().get(row["city_id"])
            name = city.name(language) if city else row["city_id"]
            href = (
                f"/{language}/network?at={row['city_id']}#{row['city_id']}"
                if row["city_id"] in listed
                else None
            )
            found.append((table, ids(row), f"{name}{year}", href))
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for table, frame in (("country-context", atlas.context), ("city-population", atlas.population)):
        for row in content.rows(frame):
            counted[table, row["source_id"]] += 1
    for (table, source_id), number in counted.items():
        rows_text = lc.Text("{n} figures", "{n}条数据").format(n=lc.format_number(number, language))
        found.append((table, [source_id], rows_text.in_(language), None))
    return found


def _standard_uses(language: str) -> list[tuple[str, list[str], str, str | None]]:
    found: list[tuple[str, list[str], str, str | None]] = []
    for table, field, where in _STANDARDS:
        for row in content.standard_rows(table):
            chinese = row.get(f"{field}_zh") or row.get(f"{field}_en") or row.get(field) or ""
            english = row.get(f"{field}_en") or row.get(field) or ""
            code = str(row.get("code") or "")
            anchor = (
                f"pillar-{code}"
                if code.startswith("P")
                else f"{('area', 'feature')[min(code.count('.'), 1)]}-{code}"
            )
            href = f"/{language}/{where.format(**{**row, 'anchor': anchor})}" if where else None
            year = f"{int(row['round'])} " if table in ("award-criteria", "award-rules") else ""
            found.append((table, ids(row), f"{year}{lc.Text(english, chinese).in_(language)}", href))
    return found
