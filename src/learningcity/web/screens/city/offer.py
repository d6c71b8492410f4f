"""What the page of a city gives away: its figures, practices with their codes, scores and disagreements."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content, exports
from learningcity.web.screens.city.page import picture, results

TABLES = {
    "facts": lc.Text("figures", "数据"),
    "practices": lc.Text("practices", "实践举措"),
    "practice-codes": lc.Text("codes", "编码"),
    "evidence": lc.Text("evidence", "证据"),
    "conflicts": lc.Text("disagreements", "来源不一致"),
    "awards": lc.Text("awards", "获奖记录"),
    "country-context": lc.Text("country", "国家数据"),
    "eligibility": lc.Text("eligibility", "申请资格"),
}
CONFLICTS = (
    lc.Column("city_id", lc.Text("city", "城市编号")),
    lc.Column("indicator_id", lc.Text("indicator", "指标编号")),
    lc.Column("definition", lc.Text("definition", "定义"), "definition"),
    lc.Column("scope", lc.Text("scope", "统计范围"), "scope"),
    lc.Column("year", lc.Text("year", "年份")),
    lc.Column("unit", lc.Text("unit", "单位"), "unit"),
    lc.Column("values", lc.Text("number of figures", "数值个数")),
    lc.Column("lowest", lc.Text("lowest", "最小值")),
    lc.Column("highest", lc.Text("highest", "最大值")),
    lc.Column("difference", lc.Text("difference, share of the highest", "相差（占最大值的比例）")),
    lc.Column("fact_ids", lc.Text("figures", "数据编号")),
    lc.Column("source_ids", lc.Text("sources", "来源编号")),
)
_EVIDENCE = (
    lc.Column("condition", lc.Text("condition", "条件"), "mechanism"),
    lc.Column("theme", lc.Text("visible theme", "呈现的特征"), "theme"),
    lc.Column("coder", lc.Text("coder", "编码员"), "coder"),
    lc.Column("score", lc.Text("score", "得分")),
    lc.Column("practice_id", lc.Text("practice", "实践举措编号")),
    lc.Column("strength", lc.Text("strength", "证据强度"), "strength"),
    lc.Column("counted", lc.Text("counted", "是否计分"), "yes_no"),
    lc.Column("why_not_en", lc.Text("why not (English)", "未计分原因（英文）")),
    lc.Column("why_not_zh", lc.Text("why not (Chinese)", "未计分原因（中文）")),
)
_ELIGIBILITY = (
    lc.Column("round", lc.Text("award round", "评选届次")),
    lc.Column("rules_of", lc.Text("judged by the rules of", "所依规则届次")),
    lc.Column("rule_id", lc.Text("rule", "规则编号")),
    lc.Column("question_en", lc.Text("question (English)", "问题（英文）")),
    lc.Column("question_zh", lc.Text("question (Chinese)", "问题（中文）")),
    lc.Column("answer", lc.Text("answer (English)", "答案（英文）")),
    lc.Column("answer_zh", lc.Text("answer (Chinese)", "答案（中文）")),
    lc.Column("reason_en", lc.Text("reason (English)", "理由（英文）")),
    lc.Column("reason_zh", lc.Text("reason (Chinese)", "理由（中文）")),
    lc.Column("source_ids", lc.Text("sources", "来源编号")),
)
_ASSUMED = lc.Text(
    "Where the rules of a round were not seen, those of an earlier round are assumed.",
    "未见某届规则时，假定沿用此前届次的规则。",
)
_COUNTRY = lc.Text(
    "Figures of the country: context, never a figure of the city.",
    "国家层面数据，仅作背景，不是该城市的数据。",
)
_SCORES = lc.Text(
    "A score says how strong the public evidence is that was read (at most 1; empty: none of the practices counts), "
    "not how good the city is. A condition without a row was not seen.",
    "得分表示所读公开证据的强弱（最高为1；空白表示没有一项举措计分），不表示城市优劣。没有对应行的条件即未见公开资料。",
)
_SCOPES = lc.Text(
    "Figures of scope country stand on the city's own pages; they are not the city's.",
    "统计范围为国家的数值见于该城市的页面，但不是该城市的数据。",
)


def offer(query: QueryDict, language: str, name: str) -> exports.Offer:
    """Everything on the page of one city, by any of its names."""
    city_id = content.atlas().require_city(name)
    if city_id not in content.cities():
        raise lc.UnknownNameError("city", name, content.cities())
    city = content.cities()[city_id]
    practices = content.practices_by_city().get(city_id, [])
    codes = [c for p in practices for c in content.codes_by_practice().get(p["practice_id"], [])]
    conflicts = content.conflicts_by_city().get(city_id, [])
    sheets = (
        exports.of_table("facts", content.facts_by_city().get(city_id, []), _SCOPES),
        _practices(practices),
        exports.of_table("practice-codes", codes),
        exports.sheet("evidence", TABLES["evidence"], _evidence(city_id), _EVIDENCE, _SCORES),
        exports.sheet("conflicts", TABLES["conflicts"], exports.frame(conflicts, CONFLICTS), CONFLICTS),
        exports.of_table("awards", content.awards_by_city().get(city_id, [])),
        exports.of_table("country-context", content.context_by_country().get(city.country, []), _COUNTRY),
        exports.sheet("eligibility", TABLES["eligibility"], _eligibility(city_id), _ELIGIBILITY, _ASSUMED),
    )
    made = exports.Offer(city.name(language), sheets)
    return picture(city_id, language).added(made) if practices else made


def _practices(practices: list[content.Row]) -> lc.Sheet:
    """The practices with their place before or after the first award."""
    timed = [{**p, "timing": content.timing().get(p["practice_id"], "undated")} for p in practices]
    columns = (
        *exports.columns("practices"),
        lc.Column("timing", lc.Text("against the first award", "相对首次获奖"), "timing"),
    )
    title = lc.table_schemas()["practices"].title
    return exports.sheet("practices", title, exports.frame(timed, columns), columns, rows_of="practices")


def _eligibility(city_id: str) -> Any:
    """The answers to the rules of the latest round, and by the same rules of the one after it."""
    rows = [row for result in results(city_id) for row in content.rows(result.table())]
    return exports.frame(rows, _ELIGIBILITY)


def _evidence(city_id: str) -> Any:
    """One row a condition, coder and practice that speaks of it."""
    rows = []
    for name in (*content.MECHANISMS, *content.THEMES):
        kind = "condition" if name in content.MECHANISMS else "theme"
        for coder in content.coders():
            found = content.evidence(city_id, name, coder)
            rows += [{kind: name, "coder": coder, "score": found.score, **p} for p in found.practices]
    return exports.frame(rows, _EVIDENCE)
