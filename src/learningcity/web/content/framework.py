"""Which items of the national framework name which cities of the atlas."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Any

from learningcity.web import content

Row = dict[str, Any]

CHINA = "CHN"


@cache
def items() -> tuple[Row, ...]:
    """The items on China, in the order of the table."""
    return tuple(r for r in content.rows(content.atlas().national_framework) if r["country_iso3"] == CHINA)


def place_of(name: str, text: str, language: str) -> tuple[int, int] | None:
    """Where a text names a city for the first time, None where it does not.

    In English the name must stand as a word of its own; Chinese has no gaps between words.

    Examples
    --------
    >>> place_of("Wuhan", "The draft of Wuhan's statute", "en")
    (13, 18)
    >>> place_of("Cork", "Corkscrew and New York", "en") is None
    True
    >>> place_of("武汉", "武汉市的条例", "zh")
    (0, 2)
    """
    pattern = re.escape(name) if language == "zh" else rf"(?<!\w){re.escape(name)}(?!\w)"
    found = re.search(pattern, text)
    return found.span() if found else None


@cache
def named_in() -> dict[str, tuple[str, ...]]:
    """The cities that each item names, by item id, in the order of the English text.

    A city counts where both languages name it: what looks like a name in one of them alone (成都 in
    完成都) is none. Where a text stands in one language only, that one decides.
    """
    return {row["item_id"]: _cities_of(row) for row in items()}


def _cities_of(row: Row) -> tuple[str, ...]:
    texts = {language: row[f"text_{language}"] for language in ("en", "zh") if row[f"text_{language}"]}
    found = {}
    for city in content.cities().values():
        places = [place_of(city.name(language), text, language) for language, text in texts.items()]
        if places and all(places):
            found[city.city_id] = places[0]
    return tuple(sorted(found, key=lambda city_id: found[city_id] or (0, 0)))


@cache
def items_naming() -> dict[str, tuple[str, ...]]:
    """The items that name each city, by city id."""
    found: dict[str, list[str]] = defaultdict(list)
    for item_id, cities in named_in().items():
        for city_id in cities:
            found[city_id].append(item_id)
    return {city_id: tuple(held) for city_id, held in found.items()}


def pieces(text: str, cities: tuple[str, ...], language: str) -> list[Row]:
    """Cut a text where it first names each of some cities, with the address of the city's page.

    What an English text quotes in Chinese is a piece of its own, too.
    """
    places = []
    for city_id in cities:
        place = place_of(content.cities()[city_id].name(language), text, language)
        if place is not None:
            places.append((*place, city_id))
    found: list[Row] = []
    done = 0
    for start, end, city_id in sorted(places):
        if start < done:
            continue
        found += _originals(text[done:start], language)
        found.append({"text": text[start:end], "href": f"/{language}/cities/{city_id}"})
        done = end
    return found + _originals(text[done:], language)


#: A number or name of a document as an English sentence quotes it.
_CHINESE = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fff〔〕\d]*)")


def _originals(text: str, language: str) -> list[Row]:
    """Cut out what an English text quotes in Chinese, with its language."""
    if language == "zh":
        return [{"text": text, "href": ""}] if text else []
    return [
        {"text": part, "href": "", **({"lang": "zh-Hans"} if _CHINESE.match(part) else {})}
        for part in _CHINESE.split(text)
        if part
    ]
