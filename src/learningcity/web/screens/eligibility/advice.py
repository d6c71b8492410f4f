"""What a city could do before a round: from the rules alone, each with the page that states it."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.eligibility import judged

Row = dict[str, Any]

#: What an open question asks of the city.
_OPEN = {
    "eligibility": lc.Text(
        "Have it confirmed in writing that the city is a member of the network.",
        "请对方书面确认该市为网络成员。",
    ),
    "min-membership-months": lc.Text(
        "Have the day confirmed on which the city joined; this atlas saw no page that settles it.",
        "请对方确认加入网络的具体日期；本图谱未见足以认定的公开资料。",
    ),
    "excluded-joiners": lc.Text(
        "Have the year confirmed in which the city joined.", "请对方确认加入网络的年份。"
    ),
    "exclusion-years": lc.Text(
        "Ask how the years since the last award are counted, and which rounds lie between.",
        "询问获奖后的年数如何计算，以及其间有哪些届次。",
    ),
    "eligibility-member-state": lc.Text(
        "Have it confirmed that the country counts as a UNESCO Member State.",
        "请对方确认所在国是否为教科文组织会员国。",
    ),
}
#: What a rule that says no leaves to do.
_BARRED = {
    "eligibility": lc.Text(
        "Settle membership first; without it no application counts.", "先解决成员身份；非成员不能申请。"
    ),
    "min-membership-months": lc.Text(
        "Wait for a round whose deadline lies late enough, and collect evidence meanwhile.",
        "等待截止日期满足时长要求的届次，其间积累材料。",
    ),
    "excluded-joiners": lc.Text("Wait for the round after this one.", "等待下一届。"),
}
#: What every application needs, in the order of the work.
_PREPARE = {
    "counts-since-joining": lc.Text(
        "Collect what has changed since the city joined, with dates and figures.",
        "整理加入网络以来的进展，注明时间和数据。",
    ),
    "nominations-per-natcom": lc.Text(
        "Speak early with the National Commission: its places are few.",
        "及早联系本国全国委员会：提名名额有限。",
    ),
    "max-cities-per-country": lc.Text(
        "Expect competition at home: few cities of one country are awarded.",
        "预计国内竞争：每国获奖名额有限。",
    ),
    "route": lc.Text("Plan for the way of the application.", "按规定途径申报。"),
    "application-form": lc.Text("Prepare form and material.", "准备申请表和补充材料。"),
    "mayor-signature": lc.Text("Reserve time for the signature.", "预留签署时间。"),
    "consent-form": lc.Text("Clear the rights to texts and pictures.", "落实文字和图片的使用授权。"),
}


def steps(found: lc.EligibilityResult, language: str) -> list[Row]:
    """What is worth doing before the coming round: first what decides, then what every city needs."""
    own = [step for c in judged.deciding(found) if (step := _own(c, found, language))]
    rules = lc.award_rules(found.rules_of)
    general = [
        {"text": text.in_(language), "rules": said(rules.variants(rule_id), language), "ask": ""}
        for rule_id, text in _PREPARE.items()
        if rule_id in rules
    ]
    return own + general


def said(rules: tuple[Any, ...], language: str) -> list[Row]:
    """Rules as their pages state them, each with its sources."""
    return [
        {
            "round": rule.round,
            "text": rule.text.in_(language),
            "refs": content.references(";".join(rule.source_ids), language),
        }
        for rule in rules
    ]


def _own(check: Any, found: lc.EligibilityResult, language: str) -> Row | None:
    words = _BARRED.get(check.rule_id) if check.answer == "no" else _OPEN.get(check.rule_id)
    if check.answer == "no" and check.rule_id == "exclusion-years":
        words = _after_award(check, found)
    if words is None:
        return None
    return {
        "text": words.in_(language),
        "rules": said(check.rules, language),
        "ask": check.ask.in_(language) if check.ask else "",
    }


def _after_award(check: Any, found: lc.EligibilityResult) -> lc.Text | None:
    years = max((rule.number or 0 for rule in check.rules), default=0)
    earlier = [a.round for a in found.candidate.awards if a.round < found.round]
    if not years or not earlier:
        return None
    free = earlier[-1] + years
    return lc.Text(
        f"Wait: {years} years after the award of {earlier[-1]} lead to {free}. Whether a round in {free} "
        "itself is open, the pages do not say; ask. Meanwhile the city can help others to apply.",
        f"需要等待：{earlier[-1]}年获奖后满{years}年为{free}年。{free}年当年能否申请，页面未说明，须询问。其间可以协助其他城市申报。",
    )
