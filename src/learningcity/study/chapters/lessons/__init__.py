"""Chapter 7: lessons for a country or a city."""

from __future__ import annotations

from learningcity.core import InputError, Text
from learningcity.plan import LessonsResult
from learningcity.report import Block, Paragraph, Section, Word, join, say
from learningcity.study.chapters.lessons.bottlenecks import bottleneck_section
from learningcity.study.chapters.lessons.cards import card_section
from learningcity.study.chapters.lessons.found import found_lessons, least_seen
from learningcity.study.chapters.lessons.gaps import chance_tests, gap_section, learn_section
from learningcity.study.chapters.lessons.peers import peer_section
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, text

__all__ = ["build"]


def build(desk: Desk) -> Section:
    """Build the chapter."""
    try:
        found = found_lessons(desk)
    except InputError as error:
        return Section(
            "lessons", Text("Lessons", "借鉴与启示"), (
                Paragraph(say("What can be learned from awarded cities?", "可从获奖城市借鉴什么？"), "question"),
                limit(
                    "With these data no lessons can be drawn: {why}", "依据所用数据，无法得出借鉴：{why}",
                    why=error.text,
                ),
            ),
        )  # fmt: skip
    parts = [
        peer_section(desk, found), gap_section(desk, found), bottleneck_section(desk, found), learn_section(desk, found),
        card_section(found), _limits(found),
    ]  # fmt: skip
    title = Text(f"Lessons for {found.name.en}", f"对{found.name.zh}的借鉴与启示")
    return Section("lessons", title, _opening(desk, found), tuple(one for one in parts if one is not None))


def _opening(desk: Desk, found: LessonsResult) -> tuple[Block, ...]:
    """The question, and the answer in short: what is named, what answers it, how sure that is."""
    name = Word(found.name)
    asked = Paragraph(
        say("What can {name} learn from awarded cities, and how sure is it?", "{name}可从获奖城市借鉴什么，把握有多大？", name=name),
        "question",
    )  # fmt: skip
    answered = (
        found.bottlenecks[found.bottlenecks["practices"] > 0] if len(found.bottlenecks) else found.bottlenecks
    )
    told = []
    n, m = len(found.bottlenecks), len(answered)
    if n and n == m:
        told.append(
            say(
                "Each of the {n} bottlenecks that the national framework names meets practices in awarded cities that "
                "answer it by our mapping.",
                "国家政策框架所指的{n}项发展瓶颈，均可在获奖城市见到与之对应的实践举措（对应关系由本系统拟定）。",
                n=n,
            )
        )
    elif n:
        told.append(
            say(
                "Of {n} {n:bottleneck|bottlenecks} that the national framework names, {m} {m:meets|meet} practices in "
                "awarded cities that answer {m:it|them} by our mapping.",
                "国家政策框架所指的{n}项发展瓶颈中，有{m}项可在获奖城市见到与之对应的实践举措（对应关系由本系统拟定）。",
                n=n, m=m,
            )
        )  # fmt: skip
    listed = least_seen(found)
    if listed.values:
        told.append(
            say(
                "Of what comparable cities show, {what} {n:is|are} seen least here, on public evidence.",
                "就公开资料而言，可比城市已见而本地最少见到的是{what}。",
                what=listed,
                n=len(listed.values),
            )
            if found.kind == "country"
            else say(
                "What comparable cities show and the city does not name is {what}.",
                "可比城市已见而该市未提及的是{what}。",
                what=listed,
            )
            if found.kind == "own"
            else say(
                "On public evidence, seen in comparable cities and not here: {what}.",
                "就公开资料而言，可比城市已见而本地未见的是{what}。",
                what=listed,
            )
        )
    elif found.kind != "own":
        told.append(
            say(
                "On public evidence, no mechanism or theme that tells cities apart is seen in comparable cities alone.",
                "就公开资料而言，没有哪一类能区分城市的举措或特征仅见于可比城市。",
            )
        )
    if listed.values and found.cities and not len(chance_tests(desk, found)[1]):
        told.append(
            say(
                "With so few practices read, chance alone could leave all of it open.",
                "由于所读举措有限，这些未见均可能出于偶然。",
            )
        )
    told.append(
        say(
            "A lesson here is an invitation to look at a practice with its conditions; it promises no result.",
            "此处的借鉴，意在连同条件一并考察某项举措，并不预示其成效。",
        )
    )
    return (
        asked,
        Paragraph(join(*told), "lede"),
        text(
            "The chapter goes from the cities that can be compared, by what is seen in them and not here and what the "
            "national framework itself finds wanting, to practices and then to cards, one a lesson.",
            "本章依次讨论：哪些获奖城市可比，可比城市已见而本地未见的是什么，国家政策框架自身指出了哪些不足，进而落到具体举措，最后以卡片逐条列出经验。",
        ) if len(found.bottlenecks) else text(
            "The chapter goes from the cities that can be compared, by what is seen in them and not here, to practices "
            "and then to cards, one a lesson. The data hold no statements of a national framework for the target.",
            "本章依次讨论：哪些获奖城市可比，可比城市已见而本地未见的是什么，进而落到具体举措，最后以卡片逐条列出经验。所用数据未收录其国家政策框架的陈述。",
        ),
    )  # fmt: skip


def _limits(found: LessonsResult) -> Section:
    blocks: list[Block] = [
        limit(
            "Not seen says that no public evidence was read, never that a thing is not there. Pages were seen by their "
            "openings, so that governance, money and monitoring come up less than they might.",
            "“未见”仅指未读到公开资料，并非对有无的判断。各页面仅阅读了开头部分，因此治理、经费、监测方面的内容可能偏少。",
        ),
        limit(
            "Peers are alike in what was counted, and that is little: size above all, and often the country alone. They "
            "are no better and no worse than the target. Figures of the country stand for no city.",
            "可比仅就已有数据而言，而数据有限：以规模为主，往往只有国家背景可比。可比城市与对象之间并无高下之分，国家数值不代表任何城市。",
        ),
        limit(
            "Practices tell what was done; what came of it was not measured. That a practice is seen in an awarded city "
            "does not make it a reason for the award.",
            "实践举措说明做了什么，其成效未经测量。某项举措见于获奖城市，并不说明其为获奖的原因。",
        ),
    ]
    if len(found.bottlenecks):
        blocks.append(
            limit(
                "Which practice answers which bottleneck follows from codes that we joined to the statements; another "
                "reader may join them otherwise. The table is open to be changed.",
                "举措与瓶颈的对应依据本系统为各陈述拟定的编码，他人可作不同的对应；该表可自行修改。",
            )
        )
    if found.left_out:
        blocks.append(
            limit(
                "{n} {n:city|cities} of the target could not be compared for want of figures.",
                "有{n}个城市因数据不足未能比较。",
                n=len(found.left_out),
            )
        )
    return Section("lessons.limits", Text("What these lessons cannot tell", "启示的限度"), tuple(blocks))
