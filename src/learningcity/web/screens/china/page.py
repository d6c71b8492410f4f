"""What the screen of China shows: the national framework by topic, and the Chinese cities."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.content import framework

Row = dict[str, Any]

TOPICS = ("policy", "monitoring", "law", "credit bank", "bottleneck and remedy")


@cache
def build(language: str) -> Row:
    """Everything on the screen."""
    items = [_item(row, language) for row in framework.items()]
    return {
        "topics": [
            {
                "id": topic.replace(" ", "-"),
                "label": lc.label("topic", topic, language),
                "entries": [i for i in items if i["topic"] == topic],
            }
            for topic in TOPICS
        ],
        "total": len(items),
        "disputed": [i for i in items if i["disputed"]],
        "doubtful": sum(any(ref["doubtful"] for ref in i["refs"]) for i in items),
        "cities": _cities(language),
        "awarded": sum(bool(c.rounds) for c in chinese_cities()),
    }


def _item(row: Row, language: str) -> Row:
    other = "zh" if language == "en" else "en"
    text = row[f"text_{language}"] or row[f"text_{other}"]
    written = language if row[f"text_{language}"] else other
    return {
        "id": row["item_id"],
        "topic": row["topic"],
        "pieces": framework.pieces(text, framework.named_in()[row["item_id"]], written)
        if written == language
        else [{"text": text, "href": ""}],
        "lang": content.foreign(text, language) if written != language else None,
        "disputed": row["disputed"] == "yes",
        "number": row["document_no"],
        "issuer": row["issuer_zh"],
        "issuer_lang": content.foreign(row["issuer_zh"], language),
        "issued": day(str(row["issued"]), language) if row["issued"] else "",
        "refs": content.references(row["source_id"], language),
        "own": content.is_own("national-framework", row["item_id"]),
    }


def day(text: str, language: str) -> str:
    """Write a day, a month or a year as the language writes it.

    Examples
    --------
    >>> day("2023-08-30", "en"), day("2013-10", "en"), day("2014", "en")
    ('30 August 2023', 'October 2013', '2014')
    >>> day("2023-08-30", "zh"), day("2013-10", "zh"), day("2014", "zh")
    ('2023年8月30日', '2013年10月', '2014年')
    """
    from babel.dates import format_date

    parts = [int(part) for part in text.split("-")]
    if language == "zh":
        return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))
    date = datetime.date(*parts, *[1] * (3 - len(parts)))
    return format_date(date, ("y", "MMMM y", "d MMMM y")[len(parts) - 1], locale="en_GB")


def chinese_cities() -> list[content.City]:
    """The cities of the atlas that lie in China."""
    return [c for c in content.cities().values() if c.country == framework.CHINA]


def _cities(language: str) -> list[Row]:
    """The awarded ones by their first award, then those for comparison, each group by name."""
    ordered = sorted(
        chinese_cities(),
        key=lambda c: (c.first_award or 9999, content.sort_key(c.name(language), language)),
    )
    return [
        {
            "href": f"/{language}/cities/{city.city_id}",
            "name": city.name(language),
            "other": city.names.zh if language == "en" else "",
            "awards": [{"year": y, "href": f"/{language}/award#round-{y}"} for y in city.rounds],
            "practices": int(content.effort()[city.city_id]["practices"]),
            "sources": int(content.effort()[city.city_id]["sources"]),
            "items": framework.items_naming().get(city.city_id, ()),
            "own": content.is_own("cities", city.city_id),
        }
        for city in ordered
    ]
