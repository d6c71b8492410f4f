"""City portraits: authored, with every figure and claim a reference that is filled in from the data."""

from __future__ import annotations

from typing import Any

from learningcity.atlas import NOT_REVIEWED, Piece, Portrait
from learningcity.core import InputError, Text
from learningcity.report import Block, Link, Paragraph, Phrase, Section, Value, Word, Year, join, say
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, text


def portraits(desk: Desk) -> Section | None:
    """Give the portraits of the cases that have one; None where there is none."""
    both = {city: found for city in desk.cases if (found := _both(desk, city)) is not None}
    if not both:
        return None
    # What holds for every one of them is said once.
    some = any(en.reviewed for en, _ in both.values())
    told = [_city(desk, city, *texts, some=some) for city, texts in both.items()]
    opening: tuple[Block, ...] = (
        text(
            "{n} {n:city is|cities are} told at more length. The portraits are texts of their own, where the rest of this chapter is counted; what "
            "they say leads to its record, and figures taken from the tables follow them when the data change.",
            "以下较详细地介绍{n}个城市。本章其余部分由统计得出，案例则为专门撰写的文字，所述均指向相应记录，取自数据表的数字随数据变化而更新。",
            n=len(told),
        ),
        *([] if some else [limit("{t}", "{t}", t=NOT_REVIEWED)]),
    )  # fmt: skip
    return Section("experience.portraits", Text("Portraits", "城市案例"), opening, tuple(told))


def _both(desk: Desk, city: str) -> tuple[Portrait, Portrait] | None:
    try:
        en, zh = desk.atlas.portrait(city, "en"), desk.atlas.portrait(city, "zh")
    except InputError:
        # A reference of the portrait is not in these data: it would say what they do not carry.
        return None
    return None if en is None or zh is None else (en, zh)


def _city(desk: Desk, city: str, en: Portrait, zh: Portrait, *, some: bool) -> Section:
    blocks: list[Block] = []
    for one, two in zip(en.sections, zh.sections, strict=True):
        head = Word(Text(f"{one.heading}.", f"{two.heading}："), strong=True)
        body = [
            _paragraph(desk, ["".join(_raw(p) for p in a), "".join(_raw(p) for p in b)], a, b)
            for a, b in zip(
                _joined(one.paragraphs, two.paragraphs), _joined(two.paragraphs, one.paragraphs), strict=True
            )
        ]
        blocks.append(Paragraph(join(say("{h}", "{h}", h=head), body[0])))
        blocks += [Paragraph(rest) for rest in body[1:]]
    if some and not en.reviewed:
        blocks.append(limit("{t}", "{t}", t=NOT_REVIEWED))
    return Section(f"experience.{city}", Text(en.title, zh.title), tuple(blocks))


Pieces = tuple[Piece, ...]


def _joined(mine: tuple[Pieces, ...], other: tuple[Pieces, ...]) -> list[Pieces]:
    """Paragraph by paragraph where both languages hold the same references in each, else all as one."""
    alike = len(mine) == len(other) and all(_slots(a) == _slots(b) for a, b in zip(mine, other, strict=True))
    return list(mine) if alike else [tuple(piece for one in mine for piece in one)]


def _slots(pieces: Pieces) -> set[str]:
    return {_name(p) for p in pieces if p.kind != "text"}


def _name(piece: Piece) -> str:
    return f"{piece.kind}_{piece.ref}".replace("-", "_")


def _raw(piece: Piece) -> str:
    if piece.kind == "text":
        return piece.text.replace("{", "(").replace("}", ")")
    return f"{{{_name(piece)}}}"


def _paragraph(desk: Desk, template: list[str], en: Pieces, zh: Pieces) -> Phrase:
    chinese = {_name(p): p.text for p in zh}
    slots: dict[str, Value] = {
        _name(p): _value(desk, p, chinese.get(_name(p), p.text)) for p in en if p.kind != "text"
    }
    # A mark stands close to what it marks.
    english = template[0].replace(" {practice_", "{practice_")
    given: dict[str, Any] = dict(slots)
    return say(english, template[1], **given)


def _value(desk: Desk, piece: Piece, chinese: str) -> Value:
    ref = str(piece.ref)
    if piece.kind == "fact":
        return Word(Text(piece.text, chinese), Link("fact", ref))
    if piece.kind == "year":
        return Year(int(piece.text))
    rows = desk.once(
        "practice sources",
        lambda: dict(
            zip(desk.atlas.practices["practice_id"], desk.atlas.practices["source_id"], strict=True)
        ),
    )
    return desk.sources([rows[ref]])
