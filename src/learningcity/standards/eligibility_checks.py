"""The questions that the rules put to a candidate, one function a rule."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from learningcity.core import Text
from learningcity.standards.eligibility import Answer, AwardedCity, Candidate, Check, Setting
from learningcity.standards.eligibility_known import (
    BOTH,
    NATIONAL_COMMISSION,
    UIL,
    Proof,
    agreed,
    award_in,
    contradicted,
    contradiction,
    date_text,
    earlier_proof,
    is_coming,
    join_sources,
    make_check,
    members_only,
    minus_months,
    newest_round,
    years_text,
)

# --- checks on the city -------------------------------------------------------------------------


def check_membership(candidate: Candidate, setting: Setting) -> list[Check]:
    """Ask whether the city was a member of the network when it could apply."""
    rules = setting.rules.variants("eligibility")
    if not rules:
        return []
    answer, because, data = _membership(candidate, setting)
    question = Text(
        "Was the city a member of the UNESCO Global Network of Learning Cities?"
        if not is_coming(candidate, setting)
        else "Is the city a member of the UNESCO Global Network of Learning Cities?",
        "该市是否为全球学习型城市网络成员？",
    )
    return [make_check(rules, question, answer, because, data=data, ask=BOTH)]


def _membership(candidate: Candidate, setting: Setting) -> tuple[Answer, Text, list[str]]:
    award = award_in(candidate, setting.round)
    proof = award if award is not None and members_only(award.round) else None
    data = [*candidate.member_source_ids, *join_sources(candidate)]
    if candidate.member != "yes" and proof is None:
        return _not_among_the_seen(candidate, setting, data)
    by_year = [_member_by_then(j.year, setting) for j in candidate.join_years]
    answer = agreed(by_year)
    years = years_text(candidate.join_years)
    if answer == "yes":
        return answer, Text(
            f"it joined in {years.en}, before {date_text(setting.opening).en}",
            f"该市于{years.zh}加入，早于{date_text(setting.opening).zh}",
        ), data  # fmt: skip
    if proof is not None:
        data = [*data, *proof.source_ids]
        if answer == "no":
            return "cannot tell", Text(
                f"the join year is given as {years.en}, which contradicts the award of this round, "
            "which was open to members alone",
                f"所见加入年份为{years.zh}，与该市在本届（仅限成员城市申请）获奖相矛盾",
            ), data  # fmt: skip
        given = Text(f" (the join year is given as {years.en})", f"（所见加入年份为{years.zh}）")
        given = given if candidate.join_years else Text("", "")
        return "yes", Text(
            f"it was awarded in this very round, which was open to members alone{given.en}",
            f"该市在本届获奖，而本届仅限成员城市申请{given.zh}",
        ), data  # fmt: skip
    return _membership_by_list(candidate, setting, answer, years, data)


def _not_among_the_seen(
    candidate: Candidate, setting: Setting, data: list[str]
) -> tuple[Answer, Text, list[str]]:
    seen, total, proof = candidate.members_seen, candidate.members_total, earlier_proof(candidate, setting)
    because = Text(
        f"the city is not among the {seen} members seen, and {total - seen} of {total} members "
        "are missing from that list",
        f"该市不在已见到的{seen}个成员之中，而{total}个成员中尚有{total - seen}个未见",
    )
    if proof is not None:
        because = Text(
            f"{because.en}; {proof.text.en}, but not that it still was one",
            f"{because.zh}；{proof.text.zh}，但无从得知其后是否仍为成员",
        )
        data = [*data, *proof.source_ids]
    return "cannot tell", because, data


def _member_by_then(year: int, setting: Setting) -> Answer:
    # Only the year is known: sure if even its last day comes in time, excluded if its first is too late.
    if datetime.date(year, 12, 31) <= setting.opening:
        return "yes"
    return "no" if datetime.date(year, 1, 1) > setting.decided else "cannot tell"


def _membership_by_list(
    candidate: Candidate, setting: Setting, answer: Answer, years: Text, data: list[str]
) -> tuple[Answer, Text, list[str]]:
    proof = earlier_proof(candidate, setting)
    against = contradicted(candidate, proof)
    if against is not None:
        return "cannot tell", contradiction(years, against), [*data, *against.source_ids]
    if answer == "no":
        return answer, Text(
            f"it joined only in {years.en}, after the round was decided",
            f"该市于{years.zh}才加入，已在本届评选结果产生之后",
        ), data  # fmt: skip
    if candidate.join_years:
        return "cannot tell", Text(
            f"the join year is given as {years.en}, and the rule does not say by which day "
            "the city must be a member",
            f"所见加入年份为{years.zh}，而规则未说明须在何日之前成为成员",
        ), data  # fmt: skip
    if proof is not None:
        return "yes", Text(
            f"it is a member, and {proof.text.en}", f"该市现为成员；{proof.text.zh}"
        ), [*data, *proof.source_ids]  # fmt: skip
    if is_coming(candidate, setting):
        return "yes", Text(
            "it stands in the list of members that was seen", "该市在已见到的成员名单之中"
        ), data  # fmt: skip
    return "cannot tell", Text(
        "it is a member by now, but no join year was seen, so whether it was one at the time is not known",
        "该市现为成员，但未见其加入年份，无从得知当时是否已是成员",
    ), data  # fmt: skip


def check_member_state(candidate: Candidate, setting: Setting) -> list[Check]:
    """Ask whether the country is a UNESCO Member State, where the rule says so."""
    rules = tuple(r for r in setting.rules.variants("eligibility") if "Member State" in r.text.en)
    if not rules:
        return []
    country = candidate.country
    because = Text(
        f"the atlas holds no list of UNESCO Member States and does not guess for {country.en}",
        f"本图谱未收录教科文组织会员国名单，不对{country.zh}作推断",
    )
    question = Text("Does the city lie in a UNESCO Member State?", "该市所在国是否为教科文组织会员国？")
    return [
        make_check(
            rules, question, "cannot tell", because,
            ask=NATIONAL_COMMISSION, rule_id="eligibility-member-state",
        )
    ]  # fmt: skip


def check_months(candidate: Candidate, setting: Setting) -> list[Check]:
    """Ask whether the city had been a member for more than the months that the rule asks."""
    rules = setting.rules.variants("min-membership-months")
    if not rules:
        return []
    months, deadline = max(r.number or 0 for r in rules), setting.closing
    question = Text(
        f"Had the city been a member for more than {months} months by the deadline?",
        f"截至申请截止日期，该市加入网络是否已超过{months}个月？",
    )
    data, proof = join_sources(candidate), earlier_proof(candidate, setting)
    if deadline is None:
        because = Text("no deadline was seen for this round", "未见本届的截止日期")
        return [make_check(rules, question, "cannot tell", because, data=data, ask=BOTH)]
    latest = minus_months(deadline, months)
    day, end = date_text(latest), _counted_back(deadline, setting)
    if not candidate.join_years:
        answer, because = _by_proof(proof, lambda year: _joined_before(year, latest))
        if answer == "yes":
            because = Text(
                f"{because.en}, before {day.en} ({end.en})", f"{because.zh}，早于{day.zh}（{end.zh}）"
            )
        data = list(proof.source_ids) if proof is not None else data
        return [make_check(rules, question, answer, because, data=data, ask=BOTH)]
    answer, years = (
        agreed(_joined_before(j.year, latest) for j in candidate.join_years),
        years_text(candidate.join_years),
    )
    against = contradicted(candidate, proof) if answer != "yes" else None
    if against is not None:
        because, data = contradiction(years, against), [*data, *against.source_ids]
        return [make_check(rules, question, "cannot tell", because, data=data, ask=BOTH)]
    because = {
        "yes": Text(
            f"it joined in {years.en}, before {day.en} ({end.en})",
            f"该市于{years.zh}加入，早于{day.zh}（{end.zh}）",
        ),
        "no": Text(
            f"it joined in {years.en}, not before {day.en} ({end.en})",
            f"该市于{years.zh}加入，不早于{day.zh}（{end.zh}）",
        ),
        "cannot tell": Text(
            f"the join year is given as {years.en}, the day is not known, "
            f"and it would have to lie before {day.en}",
            f"所见加入年份为{years.zh}，具体日期不详，而加入日期须早于{day.zh}",
        ),
    }[answer]
    return [make_check(rules, question, answer, because, data=data, ask=BOTH)]


def _counted_back(deadline: datetime.date, setting: Setting) -> Text:
    """Say from which deadline the months are counted, and that it is a shifted one where it is."""
    day, year = date_text(deadline), setting.rules.round
    if setting.assumed:
        return Text(
            f"counted back from {day.en}, the deadline of {year} moved to {setting.round}",
            f"假定截止日期为{day.zh}，与{year}年同月同日，由此倒推",
        )
    return Text(f"counted back from the deadline of {day.en}", f"由截止日期{day.zh}倒推")


def _by_proof(proof: Proof | None, judge: Callable[[int], Answer]) -> tuple[Answer, Text]:
    """Answer without a join year: an earlier award bounds it from above, so it can say yes but never no."""
    if proof is None:
        return "cannot tell", Text("no join year was seen", "未见其加入年份")
    if judge(proof.year) == "yes":
        return "yes", proof.text
    return "cannot tell", Text(
        f"no join year was seen; {proof.text.en}, but not since when",
        f"未见其加入年份；{proof.text.zh}，但无从得知始于何时",
    )


def _joined_before(year: int, day: datetime.date) -> Answer:
    if datetime.date(year, 12, 31) < day:
        return "yes"
    return "no" if datetime.date(year, 1, 1) >= day else "cannot tell"


def check_joiners(candidate: Candidate, setting: Setting) -> list[Check]:
    """Ask whether the city joined in a year that the rule leaves out."""
    rules = setting.rules.variants("excluded-joiners")
    named = re.search(r"\d{4}", rules[0].value) if rules else None
    if named is None:
        return []
    out = int(named.group()) + setting.round - setting.rules.round
    question = Text(
        f"Did the city join in a year other than {out}?", f"该市是否在{out}年以外的年份加入网络？"
    )
    data, proof = join_sources(candidate), earlier_proof(candidate, setting)
    if not candidate.join_years:
        answer, because = _by_proof(proof, lambda year: "yes" if year < out else "cannot tell")
        data = list(proof.source_ids) if proof is not None else data
        return [make_check(rules, question, answer, because, data=data, ask=BOTH)]
    answer = agreed("no" if j.year == out else "yes" for j in candidate.join_years)
    years = years_text(candidate.join_years)
    against = contradicted(candidate, proof) if answer != "yes" else None
    if against is not None:
        because, data = contradiction(years, against), [*data, *against.source_ids]
        return [make_check(rules, question, "cannot tell", because, data=data, ask=BOTH)]
    because = Text(f"it joined in {years.en}", f"该市于{years.zh}加入")
    if answer == "cannot tell":
        because = Text(
            f"the sources disagree on the join year: {years.en}", f"各来源所载加入年份不一：{years.zh}"
        )
    return [make_check(rules, question, answer, because, data=data, ask=BOTH)]


def check_exclusion(candidate: Candidate, setting: Setting) -> list[Check]:
    """Ask whether enough years have passed since the city's last award."""
    rules = setting.rules.variants("exclusion-years")
    if not rules:
        return []
    years = max(r.number or 0 for r in rules)
    question = Text(
        f"Have {years} years passed since the city's last award?", f"距该市上次获奖是否已满{years}年？"
    )
    earlier = [a for a in candidate.awards if a.round < setting.round]
    last = earlier[-1] if earlier else None
    listed = dict.fromkeys(i for a in candidate.awarded if a.round < setting.round for i in a.source_ids)
    data = last.source_ids if last else tuple(listed)
    newest = newest_round(candidate)
    answer: Answer = "yes"
    if last is None:
        because = Text(
            "no award before this round stands for it in the list of winners, "
            f"which is complete up to {newest}",
            f"获奖名单已收全至{newest}年，其中没有该市在本届之前的获奖记录",
        )
    else:
        gap = setting.round - last.round
        answer = "yes" if gap > years else "no" if gap < years else "cannot tell"
        because = Text(
            f"it was last awarded in {last.round}, {gap} years before this round",
            f"该市上次于{last.round}年获奖，距本届{gap}年",
        )
        if answer == "cannot tell":
            because = Text(
                f"{because.en}, and the pages do not say whether the {years} years count "
                "from round to round or from day to day",
                f"{because.zh}，而页面未说明{years}年是按届次还是按日期计算",
            )
    if answer == "yes" and setting.round - newest > _period(setting):
        answer = "cannot tell"
        because = (
            Text(
                f"rounds between {newest} and {setting.round} are not known yet",
                f"{newest}年之后、{setting.round}年之前各届的评选结果尚未产生或未见",
            )
            if newest
            else Text("no list of winners was seen", "未见获奖名单")
        )
    return [make_check(rules, question, answer, because, data=data, ask=BOTH)]


def _period(setting: Setting) -> int:
    """Years from one round to the next by the rules; three where they do not say."""
    for rule in setting.rules.variants("periodicity"):
        found = re.match(r"\d+", rule.value)
        if found:
            return int(found.group())
    return 3


# --- limits that are settled outside the city -----------------------------------------------------


def check_nominations(candidate: Candidate, setting: Setting) -> list[Check]:
    """Ask whether the city has a place among the nominations of its National Commission."""
    rules = setting.rules.variants("nominations-per-natcom")
    if not rules:
        return []
    numbers = [(r.value, ", ".join(r.source_ids), "、".join(r.source_ids)) for r in rules]
    most = Text(
        " or ".join(f"{n} ({ids})" if len(rules) > 1 else n for n, ids, _ in numbers),
        "或".join(f"{n}个（{ids}）" if len(rules) > 1 else f"{n}个" for n, _, ids in numbers),
    )
    split_en = ", the pages disagree" if len({r.value for r in rules}) > 1 else ""
    split_zh = "，各页面说法不一" if split_en else ""
    question = Text(
        f"Is the city among the nominations of its National Commission (at most {most.en}{split_en})?",
        f"该市是否在本国全国委员会的提名之列（最多{most.zh}{split_zh}）？",
    )
    award = award_in(candidate, setting.round)
    if award is not None:
        because = Text(
            "it was awarded in this very round, so it evidently was", "该市在本届获奖，可见已获提名"
        )
        return [
            make_check(rules, question, "yes", because, data=award.source_ids, scope="limit")
        ]  # fmt: skip
    because = Text(
        "how many cities a National Commission nominated, and which, is not public",
        "各全国委员会提名了多少个、哪些城市，均未公开",
    )
    if is_coming(candidate, setting):
        because = Text("the nominations are still to come", "提名尚未进行")
    return [
        make_check(rules, question, "cannot tell", because, scope="limit", ask=NATIONAL_COMMISSION)
    ]  # fmt: skip


def check_country(candidate: Candidate, setting: Setting) -> list[Check]:
    """Ask whether the limit of winners per country left the city a place."""
    code, name = candidate.country_iso3, candidate.country
    rivals = [a for a in candidate.awarded if code is not None and a.country_iso3 == code]
    return _limit(
        candidate, setting, "max-cities-per-country", rivals, code is not None,
        Text(f"in {name.en}", f"{name.zh}"), Text("country", "国家"),
    )  # fmt: skip


def check_region(candidate: Candidate, setting: Setting) -> list[Check]:
    """Ask whether the limit of winners per UNESCO region left the city a place."""
    code, name = candidate.unesco_region, candidate.region
    rivals = [a for a in candidate.awarded if code is not None and a.unesco_region == code]
    return _limit(
        candidate, setting, "max-cities-per-region", rivals, code is not None,
        Text(f"in the region {name.en}", f"{name.zh}地区"), Text("region", "地区"),
    )  # fmt: skip


def _limit(
    candidate: Candidate,
    setting: Setting,
    rule_id: str,
    alike: list[AwardedCity],
    placed: bool,
    where: Text,
    what: Text,
) -> list[Check]:
    rules = setting.rules.variants(rule_id)
    if not rules:
        return []
    most = max(r.number or 0 for r in rules)
    question = Text(
        f"Does the limit of {most} awarded {'city' if most == 1 else 'cities'} per {what.en} "
        "leave the city a place?",
        f"每个{what.zh}最多{most}个城市获奖，该市是否还有名额？",
    )
    award = award_in(candidate, setting.round)
    others = [a for a in alike if a.round == setting.round and a.city_id != candidate.city_id]
    data = [s for a in [award, *others] if a is not None for s in a.source_ids]
    names = Text(", ".join(a.name.en for a in others), "、".join(a.name.zh for a in others))
    answer: Answer
    if award is not None:
        answer, because = "yes", Text("it was awarded in this very round", "该市在本届获奖")
    elif not placed:
        answer, because = "cannot tell", Text(f"its {what.en} is not known", f"该市所在{what.zh}不详")
    elif is_coming(candidate, setting):
        answer, because = "cannot tell", Text("the winners are still to be chosen", "获奖城市尚未评出")
    elif len(others) >= most:
        answer, because = (
            "no",
            Text(
                f"{where.en} the {'place' if most == 1 else 'places'} went to {names.en}; "
                "this speaks of the outcome, not of whether the city could apply",
                f"{where.zh}的名额已由{names.zh}获得；这是评选结果，与该市能否申请无关",
            ),
        )
    elif not others:
        answer, because = (
            "yes",
            Text(f"no other city {where.en} was awarded in this round", f"本届{where.zh}没有其他城市获奖"),
        )
    else:
        answer, because = (
            "yes",
            Text(
                f"{len(others)} of at most {most} places {where.en} went to other cities",
                f"{where.zh}最多有{most}个名额，其他城市已获{len(others)}个",
            ),
        )
    return [make_check(rules, question, answer, because, data=data, scope="limit", ask=UIL)]


#: Every check, in the order in which a reader would ask.
CHECKS: tuple[Callable[[Candidate, Setting], list[Check]], ...] = (
    check_membership,
    check_member_state,
    check_months,
    check_joiners,
    check_exclusion,
    check_nominations,
    check_country,
    check_region,
)
