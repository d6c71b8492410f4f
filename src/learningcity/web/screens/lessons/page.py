"""What the screen shows: the two forms, and the lessons."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.utils.safestring import mark_safe

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.lessons.answer import answer
from learningcity.web.screens.lessons.query import NOTHING, Asked, countries, problems
from learningcity.web.screens.lessons.words import words

Row = dict[str, Any]
#: The formats in which lessons are given as a document; tables and pictures have theirs.
DOCUMENTS = ("html", "docx", "pdf")


def form(asked: Asked, language: str, fault: str = "") -> Row:
    """The two forms, filled with what was asked."""
    value = asked.value
    told = words(language)
    return {
        "w": told,
        "asked": asked,
        "fault": fault,
        "page": f"/{language}/lessons",
        "countries": _options([(c, lc.country_name(c, language)) for c in countries()], asked.target),
        "cities": _options(_cities(language), asked.target),
        "name": value.get("name", ""),
        "year": value.get("year", ""),
        "own_countries": _options(_all_countries(language), value.get("country", "").upper()),
        "currencies": _options(
            [(c, _money(c, language)) for c in _currencies()], value.get("currency", "USD").upper()
        ),
        "numbers": [
            {
                "name": one.name,
                "label": one.label.in_(language),
                "bounds": one.bounds.in_(language),
                "hint": one.hint.in_(language),
                "value": value.get(one.name, ""),
            }
            for one in lc.OWN_CITY_FIELDS
        ],
        "has": [
            *_boxes(
                [(c, _condition(c, language)) for c in (*content.MECHANISMS, *content.THEMES)], asked.has
            ),
            *_boxes([(NOTHING, told["nothing"])], asked.has),
        ],
        "problems": _boxes([(p, lc.label("problem", p, language)) for p in problems()], asked.problems),
        "open": asked.empty or bool(asked.told or asked.has or asked.problems or fault),
        "examples": [
            {"href": Asked(c).address(language), "label": label}
            for c, label in (
                *[(c, lc.country_name(c, language)) for c in countries()[:4]],
                *_cities(language)[:3],
            )
        ],
    }


def build(asked: Asked, language: str) -> Row:
    """The lessons with the forms below them.

    Raises
    ------
    InputError
        A number of an own city is wrong.
    """
    made = answer(asked, language)
    section = made.document.sections[0]
    told = form(asked, language)
    colon = told["w"]["colon"]
    return {
        **told,
        "title": section.title.in_(language),
        "text": mark_safe(made.chapter("lessons")),  # noqa: S308  (the renderer escapes every text)
        "description": made.opening("lessons"),
        "files": {
            "whole": [
                {
                    "href": asked.address(language, f".{name}"),
                    "label": lc.document_formats()[name].in_(language),
                }
                for name in DOCUMENTS
            ],
            "tables": [
                {"href": _table(asked, language, sheet), "label": title.in_(language)}
                for sheet, title in lc.sheet_titles(made.document, "lessons").items()
            ],
        },
        "command": f"learningcity plan lessons {asked.target or 'city.toml'}",
        "colon": colon,
        "open": False,
    }


def _table(asked: Asked, language: str, sheet: str) -> str:
    whole = asked.address(language, ".csv")
    return f"{whole}{'&' if '?' in whole else '?'}table={quote(sheet)}"


def _options(pairs: list[tuple[str, str]], chosen: str) -> list[Row]:
    return [{"value": value, "label": label, "chosen": value == chosen} for value, label in pairs]


def _boxes(pairs: list[tuple[str, str]], ticked: tuple[str, ...]) -> list[Row]:
    return [{"value": value, "label": label, "ticked": value in ticked} for value, label in pairs]


def _cities(language: str) -> list[tuple[str, str]]:
    rows = content.atlas().cities
    names = rows[f"name_{language}"].fillna(rows["name_en"])
    return sorted(zip(rows["city_id"].map(str), names.map(str), strict=True), key=lambda pair: pair[1])


def _all_countries(language: str) -> list[tuple[str, str]]:
    atlas = content.atlas()
    codes = {*atlas.cities["country_iso3"], *atlas.members["country_iso3"], *atlas.context["country_iso3"]}
    return sorted(((str(c), lc.country_name(str(c), language)) for c in codes), key=lambda pair: pair[1])


def _currencies() -> list[str]:
    return ["USD", *sorted({str(c) for c in content.atlas().exchange_rates["currency"]} - {"USD"})]


def _money(code: str, language: str) -> str:
    """A currency by its code, in Chinese by its name."""
    return code if language == "en" else lc.format_value(1, code, language).lstrip("1 ")


def _condition(code: str, language: str) -> str:
    kind = "theme" if code in content.THEMES else "mechanism"
    return lc.label(kind, code, language)
