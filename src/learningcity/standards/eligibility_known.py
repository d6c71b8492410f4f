"""What is known of a candidate and how a check words it; the questions themselves are in eligibility_checks."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from learningcity.core import Text
from learningcity.standards.eligibility import (
    Answer,
    AwardedCity,
    Candidate,
    Check,
    JoinYear,
    Scope,
    Setting,
)
from learningcity.standards.rules import Rule, award_rounds, award_rules

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
UIL = Text(
    "the UNESCO Institute for Lifelong Learning (the network's coordination team)",
    "教科文组织终身学习研究所（网络协调团队）",
)
NATIONAL_COMMISSION = Text("the National Commission for UNESCO of the country", "本国教科文组织全国委员会")
BOTH = Text(f"{UIL.en} or {NATIONAL_COMMISSION.en}", f"{UIL.zh}或{NATIONAL_COMMISSION.zh}")


# --- words --------------------------------------------------------------------------------------


def date_text(date: datetime.date) -> Text:
    """Write a date in both languages.

    Examples
    --------
    >>> date_text(datetime.date(2024, 5, 31)).in_("zh")
    '2024年5月31日'
    """
    return Text(
        f"{date.day} {_MONTHS[date.month - 1]} {date.year}", f"{date.year}年{date.month}月{date.day}日"
    )


def years_text(join_years: Iterable[JoinYear]) -> Text:
    """Write the join years that were seen, each with its sources."""
    by_year: dict[int, list[str]] = {}
    for one in sorted(join_years, key=lambda j: j.year):
        by_year.setdefault(one.year, []).extend(one.source_ids)
    en = [f"{y} ({', '.join(ids) or 'source not recorded'})" for y, ids in by_year.items()]
    zh = [f"{y}年（{'、'.join(ids) or '来源未记录'}）" for y, ids in by_year.items()]
    return Text(" or ".join(en), "或".join(zh))


def make_check(
    rules: tuple[Rule, ...],
    question: Text,
    answer: Answer,
    because: Text,
    *,
    data: Iterable[str] = (),
    ask: Text | None = None,
    scope: Scope = "city",
    rule_id: str | None = None,
) -> Check:
    """Make a check whose reason opens with the answer and names its sources."""
    sources = tuple(dict.fromkeys([s for r in rules for s in r.source_ids] + list(data)))
    opening = {
        "yes": Text("Yes: ", "是："),
        "no": Text("No: ", "否："),
        "cannot tell": Text("Cannot tell, because ", "无法判断，因为"),
    }[answer]
    reason = Text(
        f"{opening.en}{because.en} (sources: {', '.join(sources)}).",
        f"{opening.zh}{because.zh}（来源：{'、'.join(sources)}）。",
    )
    return Check(
        rule_id=rule_id or rules[0].rule_id,
        question=question,
        answer=answer,
        reason=reason,
        rules=rules,
        source_ids=sources,
        scope=scope,
        ask=ask if answer == "cannot tell" else None,
    )


# --- what is known ------------------------------------------------------------------------------


def members_only(year: int) -> bool:
    """Tell whether the rules of a round ask for membership of the network."""
    return year in award_rounds() and "eligibility" in award_rules(year)


def award_in(candidate: Candidate, year: int) -> AwardedCity | None:
    """Give the award of the city in this round, if it has one."""
    return next((a for a in candidate.awards if a.round == year), None)


def newest_round(candidate: Candidate) -> int:
    """Give the newest round whose winners are known. Rules of a round alone make no winners."""
    known = candidate.complete_to if candidate.complete_to is not None else award_rounds()[-1]
    return max([known, *(a.round for a in candidate.awarded)])


def is_coming(candidate: Candidate, setting: Setting) -> bool:
    """Tell whether the round is still to come, as far as the list of awards goes."""
    return setting.round > newest_round(candidate)


def agreed(answers: Iterable[Answer]) -> Answer:
    """Give the answer on which all agree; cannot tell where they differ or there is none."""
    given = set(answers)
    return given.pop() if len(given) == 1 else "cannot tell"


def join_sources(candidate: Candidate) -> list[str]:
    """Give the sources of all join years."""
    return [s for j in candidate.join_years for s in j.source_ids]


def minus_months(date: datetime.date, months: int) -> datetime.date:
    """Count months back from a day; a day that the month lacks becomes its last."""
    index = date.year * 12 + date.month - 1 - months
    year, month = divmod(index, 12)
    return datetime.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Proof:
    """An award in an earlier round for members only: it shows that the city was a member by then."""

    year: int
    source_ids: tuple[str, ...]

    @property
    def text(self) -> Text:
        """The proof in words."""
        return Text(
            f"its award of {self.year}, a round for members only, shows that it was a member by {self.year}",
            f"该市{self.year}年获奖，而该届仅限成员城市申请，可见其至迟{self.year}年已是成员",
        )


def earlier_proof(candidate: Candidate, setting: Setting) -> Proof | None:
    """Give the first earlier award whose rules asked for membership, with the sources of award and rule."""
    for award in candidate.awards:
        if award.round < setting.round and members_only(award.round):
            rules = award_rules(award.round).variants("eligibility")
            ids = [*award.source_ids, *(s for r in rules for s in r.source_ids)]
            return Proof(award.round, tuple(dict.fromkeys(ids)))
    return None


def contradicted(candidate: Candidate, proof: Proof | None) -> Proof | None:
    """Give the proof where every join year that is given lies after it."""
    if proof is None or not candidate.join_years:
        return None
    return proof if min(j.year for j in candidate.join_years) > proof.year else None


def contradiction(years: Text, proof: Proof) -> Text:
    """Say that the join year and an earlier award cannot both be right."""
    return Text(
        f"the join year is given as {years.en}, but {proof.text.en}",
        f"所见加入年份为{years.zh}，但{proof.text.zh}，二者相矛盾",
    )
