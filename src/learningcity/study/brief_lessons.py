"""Lessons of a brief: cards of the study in short, each with where it was seen and the sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from learningcity.core import Text
from learningcity.report import (
    Block,
    Card,
    Document,
    Paragraph,
    Phrase,
    Sources,
    Value,
    Word,
    join,
    say,
)

#: How many lessons a brief has, and how many practices each names.
LESSONS, PRACTICES = 3, 2
_EVIDENCE, _FINDING = "Evidence", "Finding"
_LOOK = Text("To look at", "可考察")


@dataclass(frozen=True)
class Seen:
    """A practice that a card names: its city, its title, its year, the marks of its sources."""

    city: Word
    practice: Word
    year: Value | None
    sources: Sources


def lesson_blocks(whole: Document) -> tuple[Block, ...]:
    """Three lessons, or why there are none."""
    cards = chosen_cards(whole)
    if not cards:
        return (Paragraph(_none(whole)),)
    named: set[str] = set()
    found: list[Block] = []
    for one in cards:
        seen = _first(seen_on(one), named)
        named |= {s.city.link.to for s in seen if s.city.link is not None}
        mark = Sources(statement_of(one))
        title = join_close(one.title, mark) if mark.ids else one.title
        found.append(Card(f"brief.{one.key}", title, ((_LOOK, _told(seen)),) if seen else ()))
    return tuple(found)


def chosen_cards(whole: Document) -> tuple[Card, ...]:
    """Lesson cards in the order of the study, one a statement, and one on what was seen elsewhere."""
    cards = [one for one in whole.blocks() if isinstance(one, Card) and one.key.startswith("lessons.card-")]
    gaps = [one for one in cards if one.key.startswith("lessons.card-gap-")]
    stated: set[tuple[str, ...]] = set()
    named = []
    for one in cards:
        if one in gaps or statement_of(one) in stated:
            continue
        stated.add(statement_of(one))
        named.append(one)
    room = LESSONS - 1 if gaps else LESSONS
    found = [*named[:room], *gaps[: LESSONS - len(named[:room])]]
    rest = [one for one in cards if one not in found]
    return (*found, *rest[: LESSONS - len(found)])


def statement_of(card: Card) -> tuple[str, ...]:
    """Sources of the statement that a card answers."""
    return next((said.sources for what, said in card.parts if what.en == _FINDING), ())


def seen_on(card: Card) -> tuple[Seen, ...]:
    """The practices of a card as its evidence tells them: a city, a practice, the marks that follow."""
    said = next((said for what, said in card.parts if what.en == _EVIDENCE), None)
    found: list[Seen] = []
    held: dict[str, Any] = {}
    for name, value in () if said is None else said.slots.items():
        kind = value.link.kind if isinstance(value, Word) and value.link is not None else ""
        if kind == "city":
            held = {"city": value}
        elif kind == "practice":
            held["practice"] = value
        elif isinstance(value, Sources):
            held["sources"] = value
            if {"city", "practice"} <= set(held):
                found.append(Seen(held["city"], held["practice"], held.get("year"), held["sources"]))
            held = {}
        elif name.endswith("since_y"):
            held["year"] = value
    return tuple(found)


def _first(seen: tuple[Seen, ...], named: set[str]) -> tuple[Seen, ...]:
    """Of the practices those of cities that were not named yet, then the others, in their order."""
    order = sorted(range(len(seen)), key=lambda n: (_city(seen[n]) in named, n))
    return tuple(seen[n] for n in sorted(order[:PRACTICES]))


def _city(one: Seen) -> str:
    return one.city.link.to if one.city.link is not None else ""


def _told(seen: tuple[Seen, ...]) -> Phrase:
    slots: dict[str, Value] = {}
    en, zh = [], []
    for n, one in enumerate(seen):
        slots |= {f"c{n}": one.city, f"p{n}": one.practice, f"m{n}": one.sources}
        since_en, since_zh = "", ""
        if one.year is not None:
            slots[f"y{n}"] = one.year
            since_en, since_zh = f", since {{y{n}}}", f"（{{y{n}}}年起）"
        en.append(f"{{c{n}}}: {{p{n}}}{since_en}{{m{n}}}")
        zh.append(f"{{c{n}}}：{{p{n}}}{since_zh}{{m{n}}}")
    return say("; ".join(en) + ".", "；".join(zh) + "。", **slots)


def join_close(title: Phrase, mark: Sources) -> Phrase:
    """A title with a mark right behind it."""
    return Phrase(
        Text(title.template.en + "{mark}", title.template.zh + "{mark}"), {**title.slots, "mark": mark}
    )


def _none(whole: Document) -> Phrase:
    for section in whole.sections:
        if section.key == "lessons":
            limits = [b.phrase for b in section.blocks if isinstance(b, Paragraph) and b.role == "limit"]
            said = say("The study drew no lessons.", "本研究未得出借鉴。")
            return join(said, limits[0]) if limits else said
    return say(
        "The chapter on lessons was not run, so that none are told here.",
        "未运行“借鉴与启示”一章，此处不列借鉴。",
    )
