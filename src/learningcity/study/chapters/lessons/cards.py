"""Lesson cards."""

from __future__ import annotations

from learningcity.core import Text
from learningcity.plan import PARTS, LessonCard, LessonsResult
from learningcity.report import Block, Card, Section, say
from learningcity.study.chapters.lessons.words import phrases_of
from learningcity.study.parts import text


def card_section(found: LessonsResult) -> Section | None:
    """One card a lesson; None where there is none."""
    if not found.cards:
        return None
    of_frame = sum(card.kind == "bottleneck" for card in found.cards)
    n = len(found.cards)
    opening = (
        text(
            "Each of the {n} {n:card|cards} says what was found and on what evidence, what would have to be alike for it "
            "to carry over, who is named as responsible and by which instrument, and what speaks against haste. {m} "
            "{m:starts|start} from a bottleneck of the national framework, the others from what was seen in comparable "
            "cities. Where no text names a body, the card says so.",
            "以下{n}张卡片逐条说明发现与证据、移植所需的相近条件、文本指明的责任主体与政策工具，以及须审慎之处。其中{m}张始于国家政策框架"
            "所指的瓶颈，其余始于可比城市所见。文本未指明责任主体的，卡片如实注明。",
            n=n, m=of_frame,
        )
        if of_frame
        else text(
            "Each of the {n} {n:card|cards} says what was found and on what evidence, what would have to be alike for it "
            "to carry over, who is named as responsible and by which instrument, and what speaks against haste. Where no "
            "text names a body, the card says so.",
            "以下{n}张卡片逐条说明发现与证据、移植所需的相近条件、文本指明的责任主体与政策工具，以及须审慎之处。文本未指明责任主体的，卡片如实注明。",
            n=n,
        )
    )  # fmt: skip
    title = Text("Lesson cards", "经验借鉴卡片")
    first, rest = (
        [one for one in found.cards if (one.kind == "bottleneck") is told] for told in (True, False)
    )
    if not first or not rest:
        return Section("lessons.cards", title, (opening, *map(_card, found.cards)))
    parts = (
        Section(
            "lessons.cards-bottlenecks", Text("Cards that start from a named bottleneck", "由发展瓶颈出发的卡片"), tuple(map(_card, first))
        ),
        Section(
            "lessons.cards-seen", Text("Cards that start from what comparable cities show", "由可比城市所见出发的卡片"), tuple(map(_card, rest))
        ),
    )  # fmt: skip
    return Section("lessons.cards", title, (opening,), parts)


def _card(card: LessonCard) -> Block:
    return Card(
        f"lessons.card-{card.key}",
        say("{title}", "{title}", title=card.title),
        tuple((PARTS[name], phrases_of(sentences)) for name, sentences in card.parts.items()),
    )
