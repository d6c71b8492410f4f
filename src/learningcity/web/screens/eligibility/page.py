"""What the screen shows: the way in, and the answer for one city and round."""

from __future__ import annotations

from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.content.members import total
from learningcity.web.screens.eligibility import advice, finding, judged
from learningcity.web.screens.eligibility.finding import Found, Place
from learningcity.web.screens.eligibility.query import EligibilityQuery

Row = dict[str, Any]

#: Cities that the way in offers, where the atlas holds them: answers of each kind come first.
EXAMPLES = ("taiyuan", "wuhan", "guangzhou", "dublin", "cork", "andong")


def frame(query: EligibilityQuery, language: str) -> Row:
    """What every view of the screen needs: the form and what is missing."""
    return {
        "query": query,
        "rounds": [
            {"value": str(y), "label": judged.round_label(y, language), "chosen": y == query.year}
            for y in reversed(judged.years())
        ],
        "names": _names(language),
        "coming": judged.coming(),
        "rules_of": judged.rules_of(query.year),
        "seen": judged.of_round(query.year).members_seen,
        "missing": total() - judged.of_round(query.year).members_seen,
        "total": total(),
        "who": f"/{language}/eligibility/who?round={query.year}",
    }


@cache
def _names(language: str) -> tuple[str, ...]:
    """Names that the browser offers while somebody types."""
    every = (p.name(language) for p in finding.places().values())
    return tuple(sorted(set(every), key=lambda n: content.sort_key(n, language)))


@cache
def way_in(language: str) -> Row:
    """Examples with their answers, and every round with its counts."""
    year = judged.coming()
    examples = [
        {
            **link(finding.places()[i], year, language),
            "sentence": judged.sentence(judged.result(i, year), language),
        }
        for i in EXAMPLES
        if i in finding.places()
    ]
    rounds = []
    for y in reversed(judged.years()):
        counts = judged.of_round(y).counts
        rounds.append(
            {
                "year": y,
                "coming": y == year,
                "rules": len(lc.award_rules(judged.rules_of(y)).rule_ids),
                "disputed": len(lc.award_rules(judged.rules_of(y)).disputed),
                "counts": [
                    {
                        "count": counts[answer],
                        "word": judged.ANSWER_WORDS[code].in_(language),
                        "href": f"/{language}/eligibility/who?round={y}&answer={code}",
                    }
                    for code, answer in judged.ANSWERS.items()
                ],
            }
        )
    return {"examples": examples, "all_rounds": rounds, "words": _words(language)}


def _words(language: str) -> list[str]:
    return [text.in_(language) for text in judged.ANSWER_WORDS.values()]


def link(place: Place, year: int, language: str) -> Row:
    """A city as a link to its answer."""
    return {
        "href": EligibilityQuery(city=place.city_id, round=str(year)).address(language),
        "name": place.name(language),
        "lang": place.lang(language),
        "country": content.country(place.country, language),
    }


def choose(query: EligibilityQuery, found: Found, language: str) -> Row:
    """Cities that a text may mean, and the way to ask about one that was not seen."""
    return {
        "others": [link(place, query.year, language) for place in found.others],
        "countries": [{"value": c, "label": name} for c, name in finding.countries(language)],
    }


@cache
def answer(city_id: str, year: int, language: str) -> Row:
    """The answer for a city in a round, rule by rule."""
    place = finding.places()[city_id]
    found = judged.result(city_id, year)
    return {
        **_told(found, language),
        "name": place.name(language),
        "name_lang": place.lang(language),
        "country": content.country(place.country, language),
        "city_href": f"/{language}/cities/{city_id}" if city_id in content.cities() else None,
        "network_href": f"/{language}/network?at={city_id}#{city_id}"
        if found.candidate.member == "yes"
        else None,
        "rounds_of_city": [_line(city_id, y, language) for y in reversed(judged.years())],
        "coming_href": None
        if year == judged.coming()
        else EligibilityQuery(city=city_id, round=str(judged.coming())).address(language),
    }


def outside(name: str, country: str, year: int, language: str) -> Row:
    """The answer for a city that was not seen: its country is all that is known."""
    found = lc.check_eligibility(
        name, year, rules_of=judged.rules_of(year), atlas=content.atlas(), country=country
    )
    return {
        **_told(found, language),
        "name": name,
        "name_lang": content.foreign(name, language),
        "country": content.country(country, language),
        "outside": True,
        "rounds_of_city": [],
    }


def _told(found: lc.EligibilityResult, language: str) -> Row:
    rules = lc.award_rules(found.rules_of)
    return {
        "answer": judged.code(found),
        "word": judged.ANSWER_WORDS[judged.code(found)].in_(language),
        "sentence": judged.after_the_word(judged.sentence(found, language)),
        "year": found.round,
        "assumed": found.assumed,
        "rules_of": found.rules_of,
        "awarded": found.award is not None,
        "checks": [_check(c, language) for c in found.checks if c.scope == "city"],
        "limits": [_check(c, language) for c in found.checks if c.scope == "limit"],
        "asked": _asked(found, language),
        "unseen": [point.in_(language) for point in found.unseen],
        "disputed": [s for i in rules.disputed for s in advice.said(rules.variants(i), language)],
        "steps": advice.steps(found, language) if found.round == judged.coming() else [],
    }


def _check(check: Any, language: str) -> Row:
    of_rule = {i for rule in check.rules for i in rule.source_ids}
    of_fact = [i for i in check.source_ids if i not in of_rule]
    code = {answer: code for code, answer in judged.ANSWERS.items()}[check.answer]
    return {
        "id": check.rule_id,
        "question": check.question.in_(language),
        "answer": code,
        "word": {
            "yes": lc.Text("yes", "是"),
            "no": lc.Text("no", "否"),
            "unknown": lc.Text("cannot tell", "无法判断"),
        }[code].in_(language),
        "fact": judged.because(check, language),
        "fact_refs": content.references(";".join(of_fact), language),
        "rules": advice.said(check.rules, language),
    }


def _asked(found: lc.EligibilityResult, language: str) -> list[Row]:
    """Who can settle which open question, one line for each to be asked."""
    questions: dict[str, list[str]] = {}
    for check in found.open:
        whom = check.ask.in_(language) if check.ask else ""
        questions.setdefault(whom, []).append(check.question.in_(language))
    return [{"whom": whom, "questions": asked} for whom, asked in questions.items()]


def _line(city_id: str, year: int, language: str) -> Row:
    found = judged.result(city_id, year)
    return {
        "year": year,
        "coming": year == judged.coming(),
        "href": EligibilityQuery(city=city_id, round=str(year)).address(language),
        "answer": judged.code(found),
        "word": judged.ANSWER_WORDS[judged.code(found)].in_(language),
        "why": judged.reasons(found, language),
        "awarded": found.award is not None,
    }
