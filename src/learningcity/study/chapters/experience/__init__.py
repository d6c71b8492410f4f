"""Chapter 5: how they did it, mechanism by mechanism, and city by city in portraits."""

from __future__ import annotations

from learningcity.atlas import MECHANISMS
from learningcity.core import Text
from learningcity.report import Block, Section, Share, Word
from learningcity.study.chapters.experience.mechanisms import (
    EXAMPLES,
    forms_table,
    mechanism,
    read_codes,
    spread,
    summary_table,
    title_of,
    together,
)
from learningcity.study.chapters.experience.portraits import portraits
from learningcity.study.desk import Desk
from learningcity.study.parts import lede, limit, question, text

TITLE = Text("Experience, mechanism by mechanism", "获奖城市的经验")


def build(desk: Desk) -> Section:
    """Build the chapter."""
    asked = question(
        "How did the awarded cities do it, and in which form?", "获奖城市是如何做的，采取了哪些形式？"
    )
    held = read_codes(desk)
    if not len(held):
        none = limit(
            "These data hold no coded practices of awarded cities.", "所用数据中没有获奖城市的举措编码。"
        )
        return Section("experience", TITLE, (asked, none))
    own = float((held["level"] == "own").mean())
    most = max(MECHANISMS, key=lambda m: int(((held["mechanism"] == m) | (held["mechanism_2"] == m)).sum()))
    opening: tuple[Block, ...] = (
        asked,
        lede(
            "By their own doing for the most part: of {n} {n:practice|practices} read, {own} are the city's own. {most} carries more of them than any other mechanism."
            if own > 0.5 else
            "Less than one would think by their own doing: of {n} {n:practice|practices} read, {own} are the city's own. {most} carries more of them than any other mechanism.",
            "主要依靠城市自身：所读{n}项举措中，{own}为城市自身所为；其中最多的是{most}类。"
            if own > 0.5 else "城市自身所为并不占多数：所读{n}项举措中，{own}为城市自身所为；其中最多的是{most}类。",
            n=held["practice_id"].nunique(), own=Share(own), most=Word(title_of(desk, most)),
        ),
        text(
            "The practices of {c} {c:city|cities} are read here by what carries them: a policy, a law, an organisation, money, resources, "
            "participation, monitoring. First all mechanisms side by side, then each with the practices whose evidence is strongest, one a "
            "city and {k} at most, and at last how they are joined.",
            "本章按举措类别（政策、法规、组织、经费、资源、参与、监测）考察{c}个城市的举措：先将各类并列比较，再逐类说明，并举证据最充分的实例（每城一项，每类至多{k}项），"
            "最后看各类如何配合。",
            c=held["city_id"].nunique(), k=EXAMPLES,
        ),
        spread(desk, held),
        summary_table(desk, held),
        forms_table(desk, held),
    )  # fmt: skip
    order = sorted(held["mechanism"].dropna().unique(), key=lambda m: -int((held["mechanism"] == m).sum()))
    taken: set[str] = set()
    sections = [mechanism(desk, held, str(name), taken) for name in order]
    sections.append(together(desk, held))
    told = portraits(desk)
    if told is not None:
        sections.append(told)
    return Section("experience", TITLE, opening, tuple(sections))
