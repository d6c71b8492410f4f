"""What the screen gives away: the rules put to a city and its answers by round, or all cities of a round."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

import learningcity as lc
from learningcity.web import exports
from learningcity.web.screens.eligibility import finding, judged
from learningcity.web.screens.eligibility import who as who_page
from learningcity.web.screens.eligibility.query import EligibilityQuery, WhoQuery

TABLES = {
    "answers": lc.Text("Answers by city and round", "各市各届判断结果"),
    "rules": lc.Text("Rule by rule", "逐条规则"),
}
_ANSWERS = (
    lc.Column("city_id", lc.Text("city id", "城市标识")),
    lc.Column("city", lc.Text("city", "城市")),
    lc.Column("country_iso3", lc.Text("country", "国家"), "country"),
    lc.Column("unesco_region", lc.Text("region", "地区"), "unesco_region"),
    lc.Column("round", lc.Text("round", "届次")),
    lc.Column("rules_of", lc.Text("judged by the rules of", "所依据规则的届次")),
    lc.Column("answer_code", lc.Text("answer (code)", "判断结果（代码）")),
    lc.Column("answer", lc.Text("answer", "判断结果")),
    lc.Column("why", lc.Text("why", "原因")),
    lc.Column("awarded", lc.Text("awarded in this round", "本届获奖"), "yes_no"),
)
_RULES = (
    lc.Column("city_id", lc.Text("city id", "城市标识")),
    lc.Column("round", lc.Text("round", "届次")),
    lc.Column("rules_of", lc.Text("judged by the rules of", "所依据规则的届次")),
    lc.Column("rule_id", lc.Text("rule id", "规则标识")),
    lc.Column("scope", lc.Text("counts for the answer", "是否影响判断"), "yes_no"),
    lc.Column("question", lc.Text("question", "问题")),
    lc.Column("answer_code", lc.Text("answer (code)", "判断结果（代码）")),
    lc.Column("fact", lc.Text("what is known", "已知情况")),
    lc.Column("ask", lc.Text("whom to ask", "可向何处核实")),
    lc.Column("rule", lc.Text("the rule", "规则")),
    lc.Column("sources", lc.Text("sources", "来源")),
)
_NOTE = lc.Text(
    "A reading of public pages, not a decision. Members that were not seen are not in the table; "
    "what is not known gives no answer. Where the two rounds differ, the rules are assumed.",
    "依据公开资料的判断，并非正式决定。未见的成员不在表中；不知道的情况不作判断。届次与所依据规则的届次不同时，规则为假定。",
)


def offer(query: QueryDict, language: str) -> exports.Offer:
    """The city that the address names, in all rounds and rule by rule; without one, every city and round."""
    asked = EligibilityQuery.read(query)
    title = lc.Text("May a city apply?", "城市能否申请？").in_(language)
    if not asked.city:
        every = [judged.result(i, y) for y in reversed(judged.years()) for i in finding.places()]
        return exports.Offer(title, (_answers(every, language),))
    place = finding.find(asked.city).place
    if place is None:
        raise lc.UnknownNameError("city", asked.city, finding.places())
    found = judged.result(place.city_id, asked.year)
    rounds = [judged.result(place.city_id, y) for y in reversed(judged.years())]
    return exports.Offer(title, (_rules(found, language), _answers(rounds, language)))


def titles(query: QueryDict) -> dict[str, lc.Text]:
    """The tables that :func:`offer` gives for a query, the main one first."""
    return {name: TABLES[name] for name in (("rules", "answers") if query.get("city") else ("answers",))}


def who(query: QueryDict, language: str) -> exports.Offer:
    """The cities that the address lists."""
    asked = WhoQuery.read(query)
    found = [judged.result(i, asked.year) for i in who_page.chosen(asked, language)]
    title = lc.Text(f"Who may apply in {asked.year}", f"{asked.year}年哪些城市可以申请").in_(language)
    return exports.Offer(title, (_answers(found, language),))


def _answers(found: Iterable[lc.EligibilityResult], language: str) -> lc.Sheet:
    rows = [
        {
            "city_id": one.candidate.city_id,
            "city": finding.places()[str(one.candidate.city_id)].name(language),
            "country_iso3": one.candidate.country_iso3,
            "unesco_region": one.candidate.unesco_region,
            "round": one.round,
            "rules_of": one.rules_of,
            "answer_code": judged.code(one),
            "answer": judged.ANSWER_WORDS[judged.code(one)].in_(language),
            "why": judged.reasons(one, language) or None,
            "awarded": "yes" if one.award else "no",
        }
        for one in found
    ]
    return exports.sheet("answers", TABLES["answers"], exports.frame(rows, _ANSWERS), _ANSWERS, _NOTE)


def _rules(found: lc.EligibilityResult, language: str) -> lc.Sheet:
    between = "; " if language == "en" else "；"
    rows = [
        {
            "city_id": found.candidate.city_id,
            "round": found.round,
            "rules_of": found.rules_of,
            "rule_id": check.rule_id,
            "scope": "yes" if check.scope == "city" else "no",
            "question": check.question.in_(language),
            "answer_code": _code(check),
            "fact": judged.because(check, language),
            "ask": check.ask.in_(language) if check.ask else None,
            "rule": between.join(rule.text.in_(language) for rule in check.rules),
            "sources": ";".join(check.source_ids),
        }
        for check in found.checks
    ]
    return exports.sheet("rules", TABLES["rules"], exports.frame(rows, _RULES), _RULES, _NOTE)


def _code(check: Any) -> str:
    return next(code for code, answer in judged.ANSWERS.items() if answer == check.answer)
