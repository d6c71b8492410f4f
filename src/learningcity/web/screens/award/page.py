"""What the award screen shows, put together once a language."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content, pictures

Row = dict[str, Any]

#: Rules side by side, in the order of an application's life; a rule that is not named here follows.
TOPICS: dict[str, lc.Text] = {
    "eligibility": lc.Text("Who may apply", "申请资格"),
    "min-membership-months": lc.Text("Time as a member", "加入网络时长"),
    "excluded-joiners": lc.Text("Joined too late", "不得参加的新成员"),
    "exclusion-years": lc.Text("After an award", "获奖后的间隔"),
    "counts-since-joining": lc.Text("What counts", "计入范围"),
    "nominations-per-natcom": lc.Text("Nominations", "提名名额"),
    "max-cities-per-country": lc.Text("Cities per country", "每国名额"),
    "max-cities-per-region": lc.Text("Cities per region", "每个地区名额"),
    "regions": lc.Text("Regions", "地区分布"),
    "coverage": lc.Text("Regions reached", "覆盖地区"),
    "route": lc.Text("Way of the application", "申报途径"),
    "application-form": lc.Text("Application", "申请材料"),
    "mayor-signature": lc.Text("Signature", "签署"),
    "consent-form": lc.Text("Consent", "同意书"),
    "materials": lc.Text("Material", "材料处理"),
    "call-published": lc.Text("Call", "征集公告"),
    "deadline-to-natcom": lc.Text("Deadline for cities", "城市报送截止"),
    "deadline-natcom": lc.Text("Deadline for commissions", "全国委员会提名截止"),
    "deadline": lc.Text("Deadline", "截止日期"),
    "shortlist": lc.Text("Shortlist", "入围名单"),
    "decides": lc.Text("Who decides", "评选主体"),
    "jury-final": lc.Text("Appeal", "申诉"),
    "announced": lc.Text("Announced", "公布"),
    "ceremony": lc.Text("Ceremony", "颁奖"),
    "periodicity": lc.Text("How often", "周期"),
    "first-round": lc.Text("First round", "首届"),
    "validity": lc.Text("Validity", "有效期"),
    "award-nature": lc.Text("What it is", "奖项性质"),
    "award-label": lc.Text("What it is not", "不属于"),
}


@cache
def build(language: str) -> Row:
    """Everything on the award screen."""
    judged = [lc.award_rules(year) for year in content.rounds()]
    return {
        "rounds": [_round(rules, language) for rules in judged],
        "first": _first_conference(language),
        "topics": _topics(judged, language),
        "not_prize": _nature(judged, language),
        "years": content.rounds(),
        "total": len(content.atlas().awards),
        "cities": content.atlas().awards["city_id"].nunique(),
        "figure": picture(language).figure(),
    }


def picture(language: str) -> pictures.Picture:
    """The awards by round and region."""
    return pictures.Picture("regions", content.atlas(), "awards", language)


def _round(rules: lc.AwardRules, language: str) -> Row:
    meeting = rules.conference
    return {
        "year": rules.round,
        "conference": meeting and _conference(meeting, language),
        "winners": _winners(rules.round, language),
        "criteria": [
            {
                "code": c.code,
                "number": c.code.split("-", 1)[1],
                "name": c.name.in_(language),
                "text": c.text.in_(language),
                "areas": c.areas,
                "refs": content.references(";".join(c.source_ids), language),
            }
            for c in rules.criteria
        ],
    }


def _conference(meeting: lc.Conference, language: str) -> Row:
    return {
        "name": meeting.name.in_(language),
        "place": meeting.place.in_(language),
        "country": lc.country_name(meeting.country_iso3, language),
        "dates": days(meeting.first_day, meeting.last_day, language),
        "theme": meeting.theme.in_(language),
        "declaration": meeting.declaration.in_(language) if meeting.declaration else "",
        "refs": content.references(";".join(meeting.source_ids), language),
    }


def _first_conference(language: str) -> Row | None:
    # The conference of 2013 had no award, so no round leads to it.
    rounds = set(content.rounds())
    for row in content.standard_rows("rounds"):
        if int(row["year"]) not in rounds:
            first, last = (datetime.date.fromisoformat(d) for d in str(row["date"]).split("/"))
            suffix = "" if language == "en" else "_zh"
            return {
                "year": int(row["year"]),
                "name": row[f"conference{suffix}"],
                "place": row[f"place{suffix}"],
                "country": lc.country_name(row["country_iso3"], language),
                "dates": days(first, last, language),
                "theme": row[f"theme{suffix}"],
                "declaration": row[f"declaration{suffix}"] or "",
                "refs": content.references(row["source_ids"], language),
            }
    return None


def days(first: datetime.date, last: datetime.date, language: str) -> str:
    """Write the days of a meeting as the language writes them.

    Examples
    --------
    >>> days(datetime.date(2024, 12, 3), datetime.date(2024, 12, 5), "en")
    '3–5 December 2024'
    >>> days(datetime.date(2024, 12, 3), datetime.date(2024, 12, 5), "zh")
    '2024年12月3—5日'
    """
    from babel.dates import format_date

    if language == "zh":
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.year}年{first.month}月{first.day}—{last.day}日"
        return f"{first.year}年{first.month}月{first.day}日—{last.month}月{last.day}日"
    end = format_date(last, "d MMMM y", locale="en_GB")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{format_date(first, 'd MMMM', locale='en_GB')} – {end}"


def _winners(year: int, language: str) -> list[Row]:
    found = []
    for row in content.rows(content.atlas().awards):
        if int(row["round"]) != year:
            continue
        city = content.cities()[row["city_id"]]
        found.append(
            {
                "href": f"/{language}/cities/{city.city_id}",
                "name": city.name(language),
                "country": lc.country_name(city.country, language),
                "again": city.first_award != year,
                "own": content.is_own("awards", year, city.city_id),
                "refs": content.references(row["source_id"], language),
            }
        )
    return sorted(found, key=lambda w: content.sort_key(w["name"], language))


def _topics(judged: list[lc.AwardRules], language: str) -> list[Row]:
    present = list(dict.fromkeys(rule.rule_id for rules in judged for rule in rules))
    order = [t for t in TOPICS if t in present] + [t for t in present if t not in TOPICS]
    return [
        {
            "id": rule_id,
            "label": TOPICS[rule_id].in_(language) if rule_id in TOPICS else rule_id,
            "cells": [_rule_cell(rules, rule_id, language) for rules in judged],
        }
        for rule_id in order
    ]


def _rule_cell(rules: lc.AwardRules, rule_id: str, language: str) -> Row:
    variants = rules.variants(rule_id)
    return {
        "year": rules.round,
        "disputed": rule_id in rules.disputed,
        "variants": [
            {"text": v.text.in_(language), "refs": content.references(";".join(v.source_ids), language)}
            for v in variants
        ],
    }


def _nature(judged: list[lc.AwardRules], language: str) -> list[Row]:
    found = []
    for rules in judged:
        for rule_id in ("award-nature", "award-label", "validity"):
            for rule in rules.variants(rule_id):
                found.append(
                    {
                        "year": rules.round,
                        "text": rule.text.in_(language),
                        "refs": content.references(";".join(rule.source_ids), language),
                    }
                )
    return found
