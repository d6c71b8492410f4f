"""May a city apply? Each rule of a round becomes a question, answered yes, no or cannot tell.

The engine is pure: it takes what is known of a city as a frozen ``Candidate`` and the rules of a
round, and gives a frozen result. What is not known gives "cannot tell", never yes and never no.
Limits that are settled outside the city (nominations of a country, winners of a country or
region) are answered too, but do not decide whether the city may apply.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core import LANGUAGES, InputError, Result, Text, UnknownNameError, plain
from learningcity.standards.rules import AwardRules, Rule, award_rounds, award_rules

if TYPE_CHECKING:
    import pandas as pd

Answer = Literal["yes", "no", "cannot tell"]
Scope = Literal["city", "limit"]

ANSWERS: dict[str, Text] = {
    "yes": Text("yes", "是"),
    "no": Text("no", "否"),
    "cannot tell": Text("cannot tell", "无法判断"),
}
_VERDICTS = {
    "yes": Text("by the rules seen it may apply", "按已见规则，符合申请条件"),
    "no": Text("by the rules seen it may not apply", "按已见规则，不符合申请条件"),
    "cannot tell": Text("cannot tell whether it may apply", "无法判断是否符合申请条件"),
}
#: Points that a round may rule on; where no rule was seen no check is made, and the summary says so.
_POINTS: tuple[tuple[tuple[str, ...], Text], ...] = (
    (("eligibility",), Text("membership of the network", "是否须为网络成员")),
    (("min-membership-months",), Text("how long the city must have been a member", "加入网络须满多长时间")),
    (("excluded-joiners",), Text("years of joining that are out", "哪些年份加入的城市不得参加")),
    (("exclusion-years",), Text("years after an award", "获奖后须间隔的年数")),
    (("nominations-per-natcom",), Text("nominations per National Commission", "每个全国委员会的提名数")),
    (("max-cities-per-country",), Text("winners per country", "每国获奖城市数")),
    (("max-cities-per-region",), Text("winners per region", "每个地区获奖城市数")),
    (("deadline", "deadline-to-natcom"), Text("the deadline of the city", "城市申请的截止日期")),
)
_NO_COUNTRY = Text("a country not known", "国别不详")
_NO_REGION = Text("a region not known", "地区不详")
_NOTED = ("counts-since-joining", "regions", "route", "deadline", "deadline-to-natcom")


@dataclass(frozen=True, slots=True)
class JoinYear:
    """A year in which a source says that the city joined; no ids where the source is not recorded."""

    year: int
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardedCity:
    """One award: the city, its country and region, and the round."""

    round: int
    city_id: str
    name: Text
    country_iso3: str
    unesco_region: str
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """What is known of a city that would apply.

    Parameters
    ----------
    name, country, region
        Names in both languages.
    city_id, country_iso3, unesco_region
        Codes; None where they are not known.
    member
        "yes" where the city was seen among the members of the network, else "unknown": a list
        that is not complete cannot say no.
    member_source_ids
        Where the membership was seen.
    join_years
        Every join year that some source gives; they may disagree.
    awarded
        All awards of all cities and rounds, complete to the newest round.
    members_seen, members_total
        How many members of the network were seen, and how many it has.
    complete_to
        The newest round whose list of winners is complete in ``awarded``; None for the newest round
        with shipped rules. Rules that were published for a coming round make no winners.
    """

    name: Text
    city_id: str | None = None
    country_iso3: str | None = None
    country: Text = _NO_COUNTRY
    unesco_region: str | None = None
    region: Text = _NO_REGION
    member: Literal["yes", "unknown"] = "unknown"
    member_source_ids: tuple[str, ...] = ()
    join_years: tuple[JoinYear, ...] = ()
    awarded: tuple[AwardedCity, ...] = ()
    members_seen: int = 0
    members_total: int = 0
    complete_to: int | None = None

    @property
    def awards(self) -> tuple[AwardedCity, ...]:
        """The city's own awards, oldest first."""
        own = [a for a in self.awarded if self.city_id is not None and a.city_id == self.city_id]
        return tuple(sorted(own, key=lambda a: a.round))


@dataclass(frozen=True)
class Setting:
    """A round together with the rules by which it is judged, its own or those of another round."""

    round: int
    rules: AwardRules

    @property
    def assumed(self) -> bool:
        """True where the round is judged by the rules of another one."""
        return self.rules.round != self.round

    def shifted(self, date: datetime.date) -> datetime.date:
        """Move a date of the rules' own round by as many years as the rounds lie apart."""
        year = date.year + self.round - self.rules.round
        day = 28 if (date.month, date.day) == (2, 29) else date.day
        return date.replace(year=year, day=day)

    def date_of(self, *rule_ids: str) -> datetime.date | None:
        """Give the date of the first of these rules that was seen, moved where it is assumed."""
        for rule_id in rule_ids:
            for rule in self.rules.variants(rule_id):
                if rule.date is not None:
                    return self.shifted(rule.date)
        return None

    @property
    def closing(self) -> datetime.date | None:
        """The day by which the city applies, where a deadline was seen."""
        return self.date_of("deadline", "deadline-to-natcom")

    @property
    def opening(self) -> datetime.date:
        """A day on which a member could surely apply: the deadline, else the day the call stood open."""
        return self.closing or self.date_of("call-published") or datetime.date(self.round, 1, 1)

    @property
    def decided(self) -> datetime.date:
        """The day from which joining cannot count any more: winners announced or conferred."""
        date = self.date_of("announced", "ceremony")
        if date is None and self.rules.conference is not None:
            date = self.shifted(self.rules.conference.first_day)
        return date or datetime.date(self.round, 12, 31)

    @property
    def assumption(self) -> Text:
        """What the head of a summary says of the rules; empty where they are the round's own."""
        if not self.assumed:
            return Text("", "")
        year = self.rules.round
        return Text(f", assuming that it follows the rules of {year}", f"（假定沿用{year}年规则）")


@dataclass(frozen=True, slots=True)
class Check:
    """One question that a rule puts, its answer and the reason with its sources.

    ``scope`` is "city" where the rule speaks of the city itself, "limit" where it is settled
    outside the city; ``ask`` says who can settle what could not be told.
    """

    rule_id: str
    question: Text
    answer: Answer
    reason: Text
    rules: tuple[Rule, ...]
    source_ids: tuple[str, ...]
    scope: Scope = "city"
    ask: Text | None = None

    @property
    def rule(self) -> Rule:
        """The rule behind the question (the first variant where pages disagree)."""
        return self.rules[0]

    @property
    def sentence(self) -> Text:
        """Question and reason in one."""
        return Text(f"{self.question.en} {self.reason.en}", f"{self.question.zh}{self.reason.zh}")


@dataclass(frozen=True)
class EligibilityResult(Result):
    """Whether a city may apply in a round, question by question.

    Use :func:`learningcity.check_eligibility` to get one.
    """

    candidate: Candidate
    setting: Setting
    checks: tuple[Check, ...]
    notes: tuple[Text, ...]
    unseen: tuple[Text, ...]

    @property
    def round(self) -> int:
        """The round that was judged."""
        return self.setting.round

    @property
    def rules_of(self) -> int:
        """The round whose rules were used."""
        return self.setting.rules.round

    @property
    def assumed(self) -> bool:
        """True where the rules are those of another round."""
        return self.setting.assumed

    @cached_property
    def answer(self) -> Answer:
        """Yes if every check on the city itself is yes, no if any is no, else cannot tell."""
        given = {check.answer for check in self.checks if check.scope == "city"}
        if "no" in given:
            return "no"
        # Without any check on the city there is nothing that could say yes.
        return "yes" if given == {"yes"} else "cannot tell"

    @property
    def open(self) -> tuple[Check, ...]:
        """The checks on the city that could not be told."""
        return tuple(c for c in self.checks if c.scope == "city" and c.answer == "cannot tell")

    @property
    def award(self) -> AwardedCity | None:
        """The award of the city in this very round, if it was awarded."""
        return next((a for a in self.candidate.awards if a.round == self.round), None)

    def __getitem__(self, rule_id: str) -> Check:
        for check in self.checks:
            if check.rule_id == rule_id:
                return check
        raise UnknownNameError("rule", rule_id, [c.rule_id for c in self.checks])

    def table(self) -> pd.DataFrame:
        """Give one row a check: rule_id, scope, question, answer, reason, ask, value, source_ids.

        The reasons do not repeat an assumption: ``round`` and ``rules_of`` differ where there is one.
        """
        import pandas as pd

        columns = [
            "rule_id", "scope", "question_en", "question_zh", "answer", "answer_zh",
            "reason_en", "reason_zh", "ask_en", "ask_zh", "value", "round", "rules_of", "source_ids",
        ]  # fmt: skip
        rows = [
            (c.rule_id, c.scope, c.question.en, c.question.zh, c.answer, ANSWERS[c.answer].zh,
             c.reason.en, c.reason.zh, c.ask and c.ask.en, c.ask and c.ask.zh,
             ";".join(dict.fromkeys(r.value for r in c.rules)), self.round, self.rules_of,
             ";".join(c.source_ids))
            for c in self.checks
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    def summary(self, language: str = "en") -> str:
        """Say the answer, what it rests on, what is left open and to whom to turn."""
        return "\n".join(text.in_(language) for text in self.sentences)

    @property
    def sentences(self) -> tuple[Text, ...]:
        """The summary, one statement each."""
        name, verdict, assumed = self.candidate.name, _VERDICTS[self.answer], self.setting.assumption
        lines = [
            Text(
                f"{name.en}, round of {self.round}{assumed.en}: {verdict.en}.",
                f"{name.zh}，{self.round}年评选{assumed.zh}：{verdict.zh}。",
            )
        ]
        if self.award is not None:
            sources = self.award.source_ids
            lines.append(
                Text(
                    "The city was awarded in this very round, so those who ran it let it take part"
                    f"{_ids_en(sources)}; what follows rests on the rules and data that were seen.",
                    f"该市在本届获奖，可见主办方准予参评{_ids_zh(sources)}；以下判断仅依据已见的规则和资料。",
                )
            )
        lines += [c.sentence for c in self.checks if c.scope == "city" and c.answer == self.answer]
        if self.answer == "no":
            lines += [c.sentence for c in self.open]
        lines += self._whom_to_ask()
        lines += [c.sentence for c in self.checks if c.scope == "limit"]
        lines += self.notes
        if self.unseen:
            en, zh = "; ".join(t.en for t in self.unseen), "；".join(t.zh for t in self.unseen)
            lines.append(
                Text(
                    f"No rule was seen for this round on: {en}; that does not say that there is none.",
                    f"以下事项未见本届规则：{zh}。未见不等于没有。",
                )
                if not self.assumed
                else Text(
                    f"The rules of {self.rules_of} that were seen say nothing on: {en}; "
                    "that does not say that there is no rule.",
                    f"已见的{self.rules_of}年规则未涉及以下事项：{zh}。未见不等于没有。",
                )
            )
        return tuple(lines)

    def _whom_to_ask(self) -> list[Text]:
        asked = list(dict.fromkeys(c.ask for c in self.open if c.ask is not None))
        # "The institute or the commission" makes "the commission" alone a repetition.
        asked = [a for a in asked if not any(a.en in other.en for other in asked if other != a)]
        if not asked:
            return []
        en, zh = "; ".join(a.en for a in asked), "；".join(a.zh for a in asked)
        return [Text(f"Left open; who can tell: {en}.", f"尚待确认，可咨询：{zh}。")]

    def to_dict(self) -> dict[str, Any]:
        """Give answer, checks, notes and summary as plain values that JSON can hold."""
        return {
            "city_id": self.candidate.city_id,
            "name": self.candidate.name.to_dict(),
            "round": self.round,
            "rules_of": self.rules_of,
            "assumed": self.assumed,
            "answer": self.answer,
            "awarded": self.award is not None,
            "checks": [
                {
                    "rule_id": c.rule_id,
                    "scope": c.scope,
                    "question": c.question.to_dict(),
                    "answer": c.answer,
                    "reason": c.reason.to_dict(),
                    "ask": plain(c.ask),
                    "rules": plain(c.rules),
                    "source_ids": list(c.source_ids),
                }
                for c in self.checks
            ],
            "notes": [note.to_dict() for note in self.notes],
            "unseen": [point.to_dict() for point in self.unseen],
            "summary": {language: self.summary(language) for language in LANGUAGES},
        }


def _ids_en(source_ids: tuple[str, ...]) -> str:
    return f" (sources: {', '.join(source_ids)})" if source_ids else " (source not recorded)"


def _ids_zh(source_ids: tuple[str, ...]) -> str:
    return f"（来源：{'、'.join(source_ids)}）" if source_ids else "（来源未记录）"


def judge(
    candidate: Candidate,
    round: int | str,
    rules_of: int | str | None = None,
) -> EligibilityResult:
    """Judge whether a city may apply in a round, by the rules that were seen.

    Parameters
    ----------
    candidate
        What is known of the city.
    round
        Year of the round.
    rules_of
        Judge by the rules of this round instead, for example a coming round by those of 2024;
        the head of the summary then says so.

    Raises
    ------
    UnknownNameError
        No rules were seen for the round; the known rounds are given.

    Examples
    --------
    >>> city = Candidate(Text("A city", "某市"), member="yes", join_years=(JoinYear(2016, ("s0882",)),))
    >>> judge(city, 2024).answer
    'yes'
    >>> judge(Candidate(Text("A city", "某市"), member="yes"), 2024).answer
    'cannot tell'
    """
    from learningcity.standards.eligibility_checks import CHECKS

    setting = _setting(round, rules_of)
    checks = tuple(check for make in CHECKS for check in make(candidate, setting))
    return EligibilityResult(
        candidate=candidate,
        setting=setting,
        checks=checks,
        notes=_notes(setting),
        unseen=tuple(point for rule_ids, point in _POINTS if not any(r in setting.rules for r in rule_ids)),
    )


def _notes(setting: Setting) -> tuple[Text, ...]:
    """Tell what else the rules say; the dates of another round do not hold and are left out."""
    noted = [rule for rule_id in _NOTED for rule in setting.rules.variants(rule_id)]
    holding = [rule for rule in noted if rule.date is None or not setting.assumed]
    notes = [
        Text(
            f"The rules of {rule.round} also say: {rule.text.en}{_ids_en(rule.source_ids)}.",
            f"{rule.round}年规则另载：{rule.text.zh}{_ids_zh(rule.source_ids)}。",
        )
        for rule in holding
    ]
    if len(holding) < len(noted):
        notes.append(
            Text(
                f"The dates of the round of {setting.rules.round}, such as its deadline, do not hold for "
                f"{setting.round} and are left out.",
                f"{setting.rules.round}年评选的截止日期等具体日期不适用于{setting.round}年，故不列出。",
            )
        )
    return tuple(notes)


def _setting(year: int | str, rules_of: int | str | None) -> Setting:
    known = award_rounds()
    text = str(year).strip()
    if rules_of is None:
        if text not in {str(k) for k in known}:
            raise _unknown_round(year, known)
        return Setting(int(text), award_rules(text))
    if not (text.isascii() and text.isdecimal() and known[0] <= int(text) <= 2100):
        raise InputError(
            Text(
                f"{year!r} is not a round that can be judged. "
                f"Give a year from {known[0]} to 2100, for example 2027.",
                f"“{year}”不是可以判断的届次。请给出{known[0]}至2100之间的年份，例如2027。",
            )
        )
    return Setting(int(text), award_rules(rules_of))


def _unknown_round(year: object, known: tuple[int, ...]) -> UnknownNameError:
    error = UnknownNameError("round", year, known, near=())
    error.text = Text(
        f"{error.text.en} To judge a coming round by the rules of a known one, add rules_of={known[-1]}.",
        f"{error.text.zh}如要用已知届次的规则判断未来一届，请加上rules_of={known[-1]}。",
    )
    error.args = (error.text.en,)
    return error
