"""What the page of a city shows, put together once a city and language."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.safestring import mark_safe

import learningcity as lc
from learningcity.web import content, maps, pictures, squares
from learningcity.web.content import framework
from learningcity.web.screens.city import figures, practices
from learningcity.web.screens.compare import alike
from learningcity.web.screens.compare.query import Comparison

Row = dict[str, Any]


@cache
def build(city_id: str, language: str) -> Row:
    """Everything on the page of one city."""
    city = content.cities()[city_id]
    drawn = maps.chart(language, city=city_id)
    coverage = content.coverage()[city_id]
    timeline = picture(city_id, language).chart(picture=False) if coverage["practices"] else None
    return {
        "city": city,
        "name": city.name(language),
        "names": _names(city, language),
        "country": content.country(city.country, language),
        "region": lc.label("unesco_region", city.region, language),
        "place": _place(city, language),
        "framework": framework.items_naming().get(city_id, ()),
        "profile": content.references(city.profile_source_id, language),
        "awards": _awards(city, language),
        "map": mark_safe(drawn.svg),  # noqa: S308  (drawn by us, every text in it is escaped)
        "coverage": coverage,
        # Loaded when somebody opens it: a picture of each city would make every first visit wait.
        "timeline": timeline,
        "timeline_rows": pictures.rows(timeline) if timeline else [],
        "portrait": _portrait(city_id, language),
        "own": content.is_own("cities", city_id),
        "key": squares.key(language),
        "conditions": practices.conditions(city_id, language),
        "mechanisms": practices.by_mechanism(city_id, language),
        "groups": figures.groups(city_id, language),
        "conflicts": figures.conflicts(city_id, language),
        "wider": figures.wider(city_id, language),
        "context": figures.context(city.country, language),
        "eligibility": _eligibility(city_id, language),
        "alone": Comparison((city_id,)).address(language),
        "compare": alike.near(Comparison((city_id,)), language),
    }


def picture(city_id: str, language: str) -> pictures.Picture:
    """The practices of the city by mechanism and year."""
    return pictures.Picture("timeline", content.atlas(), "practices", language, {"city": city_id})


def _names(city: content.City, language: str) -> list[Row]:
    """The other names, each with its language."""
    own = city.name(language)
    other = ("zh-Hans", city.names.zh) if language == "en" else ("en", city.names.en)
    found = [other]
    if city.local:
        found += [(content.language_of(part, city.country), part.strip()) for part in city.local.split(" / ")]
    seen, names = {own}, []
    for lang, name in found:
        if name not in seen:
            seen.add(name)
            names.append({"lang": lang, "name": name})
    return names


def _place(city: content.City, language: str) -> str:
    """Latitude and longitude in words, empty where they were not seen."""
    if city.latitude is None or city.longitude is None:
        return ""
    north, east = city.latitude >= 0, city.longitude >= 0
    text = lc.Text(
        f"{abs(city.latitude):.2f}° {'N' if north else 'S'}, {abs(city.longitude):.2f}° {'E' if east else 'W'}",
        f"{'北' if north else '南'}纬{abs(city.latitude):.2f}°，{'东' if east else '西'}经{abs(city.longitude):.2f}°",
    )
    return text.in_(language)


def _awards(city: content.City, language: str) -> list[Row]:
    return [
        {
            "year": int(row["round"]),
            "href": f"/{language}/award#round-{int(row['round'])}"
            if int(row["round"]) in content.rounds()
            else None,
            "note": ""
            if int(row["round"]) in content.rounds()
            else lc.Text("the rules of this round were not seen", "未见该届规则").in_(language),
            "own": content.is_own("awards", int(row["round"]), row["city_id"]),
            "refs": content.references(row["source_id"], language),
        }
        for row in content.awards_by_city().get(city.city_id, [])
    ]


def _eligibility(city_id: str, language: str) -> list[Row]:
    return [_judged(result, language) for result in results(city_id)]


@cache
def results(city_id: str) -> tuple[lc.EligibilityResult, ...]:
    """The answers for the latest round with rules and, by the same rules, for the one three years later.

    Empty where the city lies in a country that the rules cannot name. They hold both languages.
    """
    latest = content.rounds()[-1]
    try:
        return tuple(
            lc.check_eligibility(city_id, year, rules_of=latest, atlas=content.atlas())
            for year in (latest, latest + 3)
        )
    except lc.UnknownNameError:
        return ()


def _judged(result: lc.EligibilityResult, language: str) -> Row:
    year, rules_of = result.round, result.rules_of
    return {
        "round": result.round,
        "rules_of": rules_of,
        "assumed": year != rules_of,
        "answer": result.answer,
        "awarded": result.award is not None,
        "checks": [
            {
                "question": check.question.in_(language),
                "answer": check.answer,
                "reason": _reason(check, year, rules_of, language),
                "limit": check.scope == "limit",
                "ask": check.ask.in_(language) if check.ask and check.answer == "cannot tell" else "",
                "refs": content.references(";".join(check.source_ids), language),
            }
            for check in result.checks
        ],
    }


def _reason(check: Any, year: int, rules_of: int, language: str) -> str:
    # The library's sentence repeats the assumption and the question, and names the sources by id;
    # the page says the one at its head and shows the others beside it.
    assumed = lc.Text(
        f"Assuming that {year} follows the rules of {rules_of}: ", f"假定{year}年沿用{rules_of}年规则："
    ).in_(language)
    text = str(check.reason.in_(language)).removeprefix(assumed)
    text = text.removeprefix(check.question.in_(language)).strip()
    head, mark, _ = text.rpartition(" (sources: " if language == "en" else "（来源：")
    return (head + ("." if language == "en" else "。")) if mark else text


def _portrait(city_id: str, language: str) -> Row | None:
    """The portrait with its references to practices as numbered notes, each number once."""
    portrait = content.atlas().portrait(city_id, language)
    if portrait is None:
        return None
    numbers: dict[str, int] = {}
    titles: dict[str, str] = {}
    sections = []
    for section in portrait.sections:
        paragraphs = []
        for paragraph in section.paragraphs:
            pieces: list[Row] = []
            for piece in paragraph:
                if piece.kind == "practice" and piece.ref:
                    if pieces and pieces[-1]["kind"] == "text":
                        # The number hangs on the word before it: no blank, and no line break between.
                        pieces[-1]["text"] = pieces[-1]["text"].rstrip() + "\u2060"
                    titles.setdefault(piece.ref, piece.text)
                    number = numbers.setdefault(piece.ref, len(numbers) + 1)
                    pieces.append({"kind": "note", "text": piece.text, "ref": piece.ref, "number": number})
                else:
                    pieces.append({"kind": piece.kind, "text": piece.text, "ref": piece.ref})
            paragraphs.append(pieces)
        sections.append({"heading": section.heading, "paragraphs": paragraphs})
    notes = [{"number": n, "ref": ref, "text": titles[ref]} for ref, n in numbers.items()]
    return {"title": portrait.title, "reviewed": portrait.reviewed, "sections": sections, "notes": notes}
