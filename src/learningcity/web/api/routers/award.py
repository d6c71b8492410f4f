"""The award: awards, rounds with their rules and criteria, and whether a city may apply."""

from __future__ import annotations

from typing import Any

from ninja import Router

import learningcity as lc
from learningcity.web import content
from learningcity.web.api import asked as ask
from learningcity.web.api import tables
from learningcity.web.api.answers import Listing, Record
from learningcity.web.api.columns import LIST, array, column, shape, table_columns
from learningcity.web.api.problems import of_error
from learningcity.web.api.resources import resource

router = Router(tags=["award"])
Row = dict[str, Any]
AWARDS = table_columns("awards")
ROUNDS = table_columns("rounds")
RULES = table_columns("award-rules")
CRITERIA = table_columns("award-criteria")
_NOT_KEPT = lc.Text(
    "Pages disagree on some rules; all variants are kept.", "各页面对个别规则说法不一，全部保留。"
)


class AwardFilters(ask.Listed):
    """The filters of awards."""

    city: list[str] = ask.many("cities", "Cities.", "城市。")
    round: list[str] = ask.many("rounds", "Years.", "届次（年份）。")
    region: list[str] = ask.many("regions", "UNESCO regions.", "教科文组织地区。")
    country: list[str] = ask.many(
        "countries-cities", "Countries (ISO 3166-1 alpha-3).", "国家代码（ISO 3166-1三位字母）。"
    )


@resource(
    router, "/awards",
    title=lc.Text("Awards", "获奖"),
    note=lc.Text("One row an award: round, city, source.", "每项奖一行：届次、城市、来源。"),
    asks=AwardFilters, columns=AWARDS, examples=("?round=2019", "?country=CHN&format=csv"),
)  # fmt: skip
def awards(asked: AwardFilters, language: str) -> Listing:
    """Awards that fit every filter."""
    city = content.cities()
    rows = [
        r for r in tables.table_rows("awards", language)
        if tables.among(r["city_id"], asked.city)
        and tables.among(str(r["round"]), asked.round)
        and tables.among(city[r["city_id"]].region, asked.region)
        and tables.among(city[r["city_id"]].country, asked.country)
    ]  # fmt: skip
    return Listing(rows)


@resource(
    router, "/rounds",
    title=lc.Text("Conferences and rounds", "大会与评选届次"),
    note=lc.Text("The International Conferences on Learning Cities, at which the rounds are conferred.",
                 "历届国际学习型城市大会，各届奖项在会上颁发。"),
    asks=ask.Listed, columns=ROUNDS, examples=("",),
)  # fmt: skip
def rounds(asked: ask.Listed, language: str) -> Listing:
    """All conferences, in order."""
    return Listing(tables.table_rows("rounds", language))


def _round_record() -> Row:
    return shape((), {
        "round": {"type": "integer"},
        "conference": {"anyOf": [shape(ROUNDS), {"type": "null"}]},
        "rules": array(shape(RULES), "Rules, every variant.", "评选规则（含各种说法）。"),
        "criteria": array(shape(CRITERIA), "Criteria.", "评审标准。"),
        "disputed": {"type": "array", "items": {"type": "string"},
                     "description": "Rules on which pages disagree.", "x-description-zh": "各页面说法不一的规则。"},
        "awards": array(shape(AWARDS), "Awards of the round.", "本届奖项。"),
    })  # fmt: skip


@resource(
    router, "/rounds/{year}",
    title=lc.Text("One round", "单届评选"),
    note=lc.Text("A round of the award with its rules, criteria and awards.", "一届评选的规则、标准与获奖城市。"),
    asks=ask.Asked, record=_round_record, examples=("/rounds/2019",),
)  # fmt: skip
def round_(asked: ask.Asked, language: str, year: str) -> Record:
    """One round by its year."""
    try:
        rules = lc.award_rules(year[:20])
    except lc.UnknownNameError as error:
        raise of_error(error, "unknown-name") from error

    def of(table: str, column_: str = "round") -> list[Row]:
        return [r for r in tables.table_rows(table, language) if r[column_] == rules.round]

    return Record({
        "round": rules.round,
        "conference": next(iter(of("rounds", "year")), None),
        "rules": of("award-rules"), "criteria": of("award-criteria"),
        "disputed": list(rules.disputed), "awards": of("awards"),
    }, (_NOT_KEPT,))  # fmt: skip


class RuleFilters(ask.Listed):
    """The filter of rules and criteria."""

    round: list[str] = ask.many("rounds-rules", "Years.", "届次（年份）。")


@resource(
    router, "/rules",
    title=lc.Text("Award rules", "评选规则"),
    note=lc.Text("Rules of every round, as each page gives them.", "各届评选规则，按各页面所载。"),
    asks=RuleFilters, columns=RULES, examples=("?round=2024", "?format=csv"),
)  # fmt: skip
def rules(asked: RuleFilters, language: str) -> Listing:
    """Rules of the rounds asked for."""
    rows = [
        r for r in tables.table_rows("award-rules", language) if tables.among(str(r["round"]), asked.round)
    ]
    return Listing(rows, (_NOT_KEPT,))


class CriterionFilters(RuleFilters):
    """The filters of criteria."""

    area: list[str] = ask.many(
        "areas", "Areas of the Key Features that we see in it.", "我们认为所涉及的主要特征领域。"
    )


@resource(
    router, "/criteria",
    title=lc.Text("Award criteria", "评审标准"),
    note=lc.Text("Criteria of every round; the mapping to areas is ours.", "各届评审标准；与领域的对应由本项目判断。"),
    asks=CriterionFilters, columns=CRITERIA, examples=("?round=2021", "?area=11"),
)  # fmt: skip
def criteria(asked: CriterionFilters, language: str) -> Listing:
    """Criteria that fit every filter."""
    rows = [
        r for r in tables.table_rows("award-criteria", language)
        if tables.among(str(r["round"]), asked.round) and tables.touches(r["key_feature_areas"], asked.area)
    ]  # fmt: skip
    return Listing(rows)


_TEXT = {"type": "object", "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
         "required": ["en", "zh"], "additionalProperties": False}  # fmt: skip
_ANSWER = {"type": "string", "enum": ["yes", "no", "cannot tell"]}
_CHECK = shape((
    column("rule_id", "string", "Rule behind the question.", "问题所依据的规则。"),
    column("scope", "string", "city: decides; limit: settled outside the city.", "city：决定结果；limit：由城市之外决定。", known=("city", "limit")),
    column("question_en", "string", "Question.", "问题（英文）。"),
    column("question_zh", "string", "Question in Chinese.", "问题（中文）。"),
    column("answer", "string", "yes, no, or cannot tell.", "yes、no或cannot tell（无法判断）。", known=("yes", "no", "cannot tell")),
    column("reason_en", "string", "Reason.", "理由（英文）。"),
    column("reason_zh", "string", "Reason in Chinese.", "理由（中文）。"),
    column("ask_en", "string", "Who can tell.", "可向谁确认（英文）。", nullable=True),
    column("ask_zh", "string", "Who can tell, in Chinese.", "可向谁确认（中文）。", nullable=True),
    column("source_ids", LIST, "Sources.", "来源。"),
    column("source_hrefs", LIST, "Pages of the sources.", "各来源的页面。", format_="uri-reference"),
))  # fmt: skip


class EligibilityQuestion(ask.Asked):
    """Which city, which round, by whose rules."""

    city: str = ask.text(
        "Any city: id or name in any language.", "任一城市：编号或任一语言的名称。", 100, ...
    )
    round: int = ask.whole("Year of the round; a year without rules of its own needs rules_of.",
                           "届次（年份）；无自身规则的年份须给出rules_of。", 2015, 2100, ...)  # fmt: skip
    rules_of: str | None = ask.one(
        "rounds-rules", "Judge by the rules of this round instead.", "改按该届规则判断。"
    )
    country: str | None = ask.text("Country (ISO 3166-1 alpha-3) of a city that the atlas does not know.",
                                   "图谱之外城市的国家代码（ISO 3166-1三位字母）。", 3, pattern="^[A-Z]{3}$")  # fmt: skip


def _eligibility_record() -> Row:
    return shape((
        column("city_id", "string", "City; null for one outside the atlas.", "城市；图谱之外为null。", nullable=True),
        column("name_en", "string", "Its name.", "名称（英文）。"),
        column("name_zh", "string", "Its name in Chinese.", "名称（中文）。"),
        column("round", "integer", "Round.", "届次。"),
        column("rules_of", "integer", "Round whose rules were used.", "所用规则的届次。"),
        column("assumed", "boolean", "Whether the rules are those of another round.", "是否沿用另一届的规则。"),
        column("awarded", "boolean", "Whether the city was awarded in this very round.", "是否在本届获奖。"),
        column("href", "string", "Page of the city.", "城市页面。", nullable=True, format_="uri-reference"),
    ), {
        "answer": _ANSWER, "checks": array(_CHECK, "Every question.", "各项问题。"),
        "notes": array(_TEXT), "unseen": array(_TEXT), "summary": array(_TEXT),
    })  # fmt: skip


@resource(
    router, "/eligibility",
    title=lc.Text("May a city apply?", "某市可否申请"),
    note=lc.Text("Each rule of a round as a question: yes, no, or cannot tell, with reason and sources. What is not known "
                 "gives cannot tell.",
                 "将一届的每条规则化为问题：是、否或无法判断，附理由与来源。未知者一律为无法判断。"),
    asks=EligibilityQuestion, record=_eligibility_record,
    examples=("?city=taiyuan&round=2024", "?city=Dublin&round=2027&rules_of=2024"),
)  # fmt: skip
def eligibility(asked: EligibilityQuestion, language: str) -> Record:
    """Judge a city by the rules of a round."""
    try:
        found = lc.check_eligibility(
            asked.city, asked.round, atlas=content.atlas(), rules_of=asked.rules_of, country=asked.country
        )
    except lc.UnknownNameError as error:
        # The city, the round or the country names what is asked about: it is not there.
        raise of_error(error, "unknown-name") from error
    return Record({
        "city_id": found.candidate.city_id,
        **tables.texts(found.candidate.name, "name"),
        "round": found.round, "rules_of": found.rules_of, "assumed": found.assumed,
        "awarded": found.award is not None,
        "href": tables.city_page(found.candidate.city_id, language),
        "answer": found.answer, "checks": [_check(c, language) for c in found.checks],
        "notes": [n.to_dict() for n in found.notes], "unseen": [u.to_dict() for u in found.unseen],
        "summary": [s.to_dict() for s in found.sentences],
    })  # fmt: skip


def _check(check: Any, language: str) -> Row:
    return {
        "rule_id": check.rule_id, "scope": check.scope,
        **tables.texts(check.question, "question"), "answer": check.answer,
        **tables.texts(check.reason, "reason"),
        "ask_en": check.ask and check.ask.en, "ask_zh": check.ask and check.ask.zh,
        "source_ids": list(check.source_ids),
        "source_hrefs": tables.source_pages(list(check.source_ids), language),
    }  # fmt: skip
