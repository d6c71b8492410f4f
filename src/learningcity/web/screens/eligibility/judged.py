"""The answers of every round, judged once a process, and the words in which pages give them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content

Row = dict[str, Any]

#: Answers as an address writes them, in the order of the pages.
ANSWERS = {"yes": "yes", "no": "no", "unknown": "cannot tell"}
_CODES = {answer: code for code, answer in ANSWERS.items()}

ANSWER_WORDS = {
    "yes": lc.Text("may apply", "符合条件"),
    "no": lc.Text("may not apply", "不符合条件"),
    "unknown": lc.Text("cannot be told", "无法判断"),
}
#: Rules in a word or two, for tables that say what decided.
RULE_WORDS = {
    "eligibility": lc.Text("membership", "网络成员身份"),
    "eligibility-member-state": lc.Text("UNESCO Member State", "教科文组织会员国"),
    "min-membership-months": lc.Text("time as a member", "加入网络时长"),
    "excluded-joiners": lc.Text("year of joining", "加入年份"),
    "exclusion-years": lc.Text("years after an award", "获奖后间隔年数"),
}
NO_RULE = lc.Text("no page of this round was seen that says who may apply", "未见本届关于申请资格的公开规则")
#: Years between rounds where no rule says how many.
PERIOD = 3


@cache
def coming() -> int:
    """The year of the coming round: the latest one with rules, and its period added."""
    latest = content.rounds()[-1]
    for rule in lc.award_rules(latest).variants("periodicity"):
        found = re.match(r"\d+", rule.value)
        if found:
            return latest + int(found.group())
    return latest + PERIOD


@cache
def years() -> tuple[int, ...]:
    """Every round that can be asked about, the coming one last."""
    return (*content.rounds(), coming())


def round_label(year: int, language: str) -> str:
    """A round in a list of choices; the coming one says so."""
    return str(year) if year != coming() else lc.Text(f"{year} (coming)", f"{year}（下一届）").in_(language)


def rules_of(year: int) -> int:
    """The round whose rules judge a year: its own, or the latest seen for the coming one."""
    return year if year in content.rounds() else content.rounds()[-1]


@cache
def of_round(year: int) -> lc.RoundEligibility:
    """The answers of one round for all cities."""
    return lc.who_may_apply(year, rules_of=rules_of(year), atlas=content.atlas())


def result(city_id: str, year: int) -> lc.EligibilityResult:
    """The answer for one city in one round."""
    return of_round(year)[city_id]


def code(found: lc.EligibilityResult) -> str:
    """The answer as an address writes it."""
    return _CODES[found.answer]


def deciding(found: lc.EligibilityResult) -> list[Any]:
    """The checks behind an answer: those that say no, else those left open."""
    if found.answer == "no":
        return [c for c in found.checks if c.scope == "city" and c.answer == "no"]
    return list(found.open)


def because(check: Any, language: str) -> str:
    """The reason of a check in plain words: no opening, and no ids, for the sources stand beside it.

    Examples
    --------
    >>> because(lc.check_eligibility("Wuhan", 2024)["excluded-joiners"], "en")
    'it joined in 2016'
    """
    text = str(check.reason.in_(language))
    text, _, _ = text.rpartition(" (sources: " if language == "en" else "（来源：")
    for opening in ("Yes: ", "No: ", "Cannot tell, because ", "是：", "否：", "无法判断，因为"):
        text = text.removeprefix(opening)
    one = "|".join(map(re.escape, check.source_ids))
    if one:
        text = re.sub(rf" \((?:{one})(?:, (?:{one}))*\)", "", text)
        text = re.sub(rf"（(?:{one})(?:、(?:{one}))*）", "", text)
    return text


def reasons(found: lc.EligibilityResult, language: str) -> str:
    """Why the answer is no or open, each reason once."""
    told = list(dict.fromkeys(because(c, language) for c in deciding(found)))
    if not told:
        return "" if found.answer == "yes" else NO_RULE.in_(language)
    return ("; " if language == "en" else "；").join(told)


def short(found: lc.EligibilityResult, language: str) -> str:
    """What decided, in a few words."""
    told = [
        RULE_WORDS[c.rule_id].in_(language) if c.rule_id in RULE_WORDS else c.rule_id for c in deciding(found)
    ]
    if not told:
        return "" if found.answer == "yes" else lc.Text("no rule seen", "未见规则").in_(language)
    return (", " if language == "en" else "、").join(dict.fromkeys(told))


def sentence(found: lc.EligibilityResult, language: str) -> str:
    """The answer in one plain sentence, with the reason."""
    name, year, rules = found.candidate.name, found.round, found.rules_of
    past = year in content.rounds()
    why = reasons(found, language)
    if language == "zh":
        head = f"假定{year}年沿用{rules}年规则，" if found.assumed else "按已见规则，"
        return {
            "yes": f"符合。{head}{name.zh}可以申请{year}年的评选。",
            "no": f"不符合。{head}{name.zh}不能申请{year}年的评选：{why}。",
            "cannot tell": f"无法判断。仅凭已见资料，不能确定{name.zh}能否申请{year}年的评选：{why}。",
        }[found.answer]
    head = f"if {year} keeps the rules of {rules}, " if found.assumed else "by the rules seen, "
    may = "could" if past else "may"
    return {
        "yes": f"Yes: {head}{name.en} {may} apply in {year}.",
        "no": f"No: {head}{name.en} {may} not apply in {year}, because {why}.",
        "cannot tell": f"It cannot be told from what was seen whether {name.en} {may} apply in {year}: {why}.",
    }[found.answer]


def after_the_word(text: str) -> str:
    """The sentence for a place where the answer already stands as a word before it.

    Examples
    --------
    >>> after_the_word("No: by the rules seen, Dublin could not apply.")
    'By the rules seen, Dublin could not apply.'
    """
    for opening in ("Yes: ", "No: ", "不符合。", "符合。", "无法判断。"):
        if text.startswith(opening):
            rest = text.removeprefix(opening)
            return rest[:1].upper() + rest[1:]
    return text
