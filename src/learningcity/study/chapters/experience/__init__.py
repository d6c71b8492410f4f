"""Chapter 5: how they did it, mechanism by mechanism, and city by city in portraits."""

from __future__ import annotations

from learningcity.core import Text
from learningcity.report import Block, Section, Share
from learningcity.study.chapters.experience.mechanisms import (
    mechanism,
    read_codes,
    summary_table,
    together,
)
from learningcity.study.chapters.experience.portraits import portraits
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, question, text

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
    opening: tuple[Block, ...] = (
        asked,
        text(
            "{n} {n:practice|practices} of {c} {c:city|cities} are read here by what carries them: a policy, a law, an organisation, money, "
            "resources, participation, monitoring. {own} of them are the city's own; the others come from a higher level or from outside, "
            "and are named as such.",
            "本章按举措类别考察{c}个城市的{n}项举措：政策、法规、组织、经费、资源、参与、监测。其中{own}为城市自身所为，其余来自上级或外部，均予注明。",
            n=held["practice_id"].nunique(), c=held["city_id"].nunique(), own=Share(own),
        ),
        summary_table(desk, held),
    )  # fmt: skip
    order = sorted(held["mechanism"].dropna().unique(), key=lambda m: -int((held["mechanism"] == m).sum()))
    taken: set[str] = set()
    sections = [mechanism(desk, held, str(name), taken) for name in order]
    sections.append(together(desk, held))
    told = portraits(desk)
    if told is not None:
        sections.append(told)
    return Section("experience", TITLE, opening, tuple(sections))
