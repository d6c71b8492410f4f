"""The figures of a city: by group and indicator, with every disagreement told in words."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import learningcity as lc
from learningcity.web import content

Row = dict[str, Any]

GROUPS = ("demographic", "economic", "participation", "resources", "green", "context")

_CONFLICT = lc.Text(
    "{indicator}, {year}, {scope}: {n} figures between {low} and {high}, {share} apart.",
    "{indicator}，{year}年，统计范围：{scope}，共{n}个数值，在{low}与{high}之间，相差{share}。",
)
_CONFLICT_TWO = lc.Text(
    "{indicator}, {year}, {scope}: one source says {low}, another {high}; they differ by {share}.",
    "{indicator}，{year}年，统计范围：{scope}，一处为{low}，另一处为{high}，相差{share}。",
)
_CONFLICT_SAME = lc.Text(
    "{indicator}, {year}, {scope}: the same source gives {low} and {high}; they differ by {share}.",
    "{indicator}，{year}年，统计范围：{scope}，同一来源先后给出{low}和{high}，相差{share}。",
)

_CONVERTED = lc.Text(
    " Amounts in other currencies were converted at the rate of the year.", "其他货币金额按当年汇率折算。"
)


def groups(city_id: str, language: str) -> list[Row]:
    """Figures of the city and its metropolitan area by indicator group; country figures stand elsewhere."""
    at_odds = _facts_at_odds(city_id)
    by_indicator: dict[str, list[Row]] = defaultdict(list)
    for fact in content.facts_by_city().get(city_id, []):
        if fact["scope"] != "country":
            by_indicator[fact["indicator_id"]].append(fact)
    by_group: dict[str, list[Row]] = defaultdict(list)
    for indicator_id, facts in by_indicator.items():
        indicator = content.indicators()[indicator_id]
        by_group[indicator["group"]].append(_indicator(indicator, facts, at_odds, language))
    order = [g for g in GROUPS if g in by_group] + sorted(set(by_group) - set(GROUPS))
    return [
        {
            "id": group,
            "label": lc.label("indicator_group", group, language),
            "indicators": by_group[group],
            "count": sum(len(i["facts"]) for i in by_group[group]),
        }
        for group in order
    ]


def _indicator(indicator: Row, facts: list[Row], at_odds: set[str], language: str) -> Row:
    facts = sorted(facts, key=lambda f: (-(f["year"] or 0), f["fact_id"]))
    return {
        "id": indicator["indicator_id"],
        "name": indicator[f"name_{language}"],
        "definition": definition(indicator[f"name_{language}"], indicator[f"definition_{language}"]),
        "comparable": lc.label("comparable", indicator["comparable"], language),
        "comparable_code": indicator["comparable"],
        "facts": [_fact(f, at_odds, language) for f in facts],
    }


def definition(name: str, told: str | None) -> str:
    """What a definition adds to the name of its indicator, so that no name is printed twice.

    Examples
    --------
    >>> definition("高校数", "高校数，按来源口径"), definition("人口", "常住人口"), definition("Area", "area")
    ('按来源口径', '常住人口', '')
    >>> definition("Libraries", "Libraries as published")
    'as published'
    """
    told = told or ""
    rest = told[len(name) :].strip(" ,，") if told.casefold().startswith(name.casefold()) else told
    return rest if rest in ("", "as published", "按来源口径") else told


def _fact(fact: Row, at_odds: set[str], language: str) -> Row:
    original = fact["as_published"]
    return {
        "id": fact["fact_id"],
        "added": content.is_own("facts", fact["fact_id"]),
        "value": lc.format_value(fact["value"], fact["unit"], language)
        if fact["value"] is not None
        else lc.label("status", fact.get("status") or "missing", language),
        "empty": fact["value"] is None,
        "year": int(fact["year"]) if fact["year"] is not None else None,
        "scope": lc.label("scope", fact["scope"], language),
        "own": fact["scope"] == "city",
        "definition": lc.label("definition", fact["definition"], language) if fact.get("definition") else "",
        "original": original,
        "original_lang": content.language_of(original),
        "refs": content.references(fact["source_id"], language),
        "at_odds": fact["fact_id"] in at_odds,
        "status": lc.label("status", fact["status"], language)
        if fact.get("status") == "not confirmed"
        else "",
    }


def _facts_at_odds(city_id: str) -> set[str]:
    return {f for row in content.conflicts_by_city().get(city_id, []) for f in content.ids(row["fact_ids"])}


def conflicts(city_id: str, language: str) -> list[Row]:
    """Every disagreement of the city as a sentence, with the facts on both sides."""
    return [_conflict(row, language) for row in content.conflicts_by_city().get(city_id, [])]


def _conflict(row: Row, language: str) -> Row:
    number = int(row["values"])
    sources = set(content.ids(row["source_ids"]))
    phrase = _CONFLICT if number > 2 else _CONFLICT_SAME if len(sources) == 1 else _CONFLICT_TWO
    indicator = content.indicators()[row["indicator_id"]]
    name = indicator[f"name_{language}"]
    if row.get("definition"):
        told = lc.label("definition", row["definition"], language)
        name = lc.Text(f"{name} ({told})", f"{name}（{told}）").in_(language)
    text = phrase.format(
        indicator=name,
        year=int(row["year"]),
        scope=lc.label("scope", row["scope"], language),
        n=number,
        low=lc.format_value(round_for_reading(row["lowest"]), row["unit"], language),
        high=lc.format_value(round_for_reading(row["highest"]), row["unit"], language),
        share=f"{row['difference']:.0%}" if row["difference"] >= 0.095 else f"{row['difference']:.1%}",
    )
    facts = content.ids(row["fact_ids"])
    units = {f["unit"] for f in content.facts_by_city().get(row["city_id"], []) if f["fact_id"] in facts}
    said = text.in_(language)
    if len(units) > 1:
        said += _CONVERTED.in_(language)
    return {
        "text": said,
        "indicator_id": row["indicator_id"],
        "facts": facts,
    }


def wider(city_id: str, language: str) -> list[Row]:
    """Figures of the country that the city's own profile prints; never the city's own."""
    found = []
    for fact in content.facts_by_city().get(city_id, []):
        if fact["scope"] == "country":
            name = content.indicators()[fact["indicator_id"]][f"name_{language}"]
            found.append({**_fact(fact, set(), language), "name": name})
    return found


def context(country: str, language: str) -> list[Row]:
    """Figures of the country: the year 2015 or the nearest, and the latest."""
    by_indicator: dict[str, list[Row]] = defaultdict(list)
    for row in content.context_by_country().get(country, []):
        if row["value"] is not None:
            by_indicator[row["indicator_id"]].append(row)
    found = []
    for indicator_id, series in by_indicator.items():
        series.sort(key=lambda r: r["year"])
        indicator = content.indicators().get(indicator_id)
        found.append(
            {
                "id": indicator_id,
                "name": indicator[f"name_{language}"] if indicator else indicator_id,
                "first": _context_cell(series[0], language) if len(series) > 1 else None,
                "last": _context_cell(series[-1], language),
                "refs": content.references(";".join(dict.fromkeys(r["source_id"] for r in series)), language),
            }
        )
    return sorted(found, key=lambda r: content.sort_key(r["name"], language))


def _context_cell(row: Row, language: str) -> Row:
    return {
        "year": int(row["year"]),
        "value": lc.format_value(round_for_reading(row["value"]), row["unit"], language),
        "own": content.is_own("country-context", row["country_iso3"], row["indicator_id"], int(row["year"])),
    }


def round_for_reading(value: float) -> float:
    """Drop the digits that a conversion made: two decimals below 1,000, whole numbers above.

    Examples
    --------
    >>> round_for_reading(1.17019), round_for_reading(23845.6)
    (1.17, 23846)
    """
    rounded = round(float(value), 2)
    return round(rounded) if abs(rounded) >= 1000 or rounded == round(rounded) else rounded
