"""A document knows its parts, its sources and their numbers."""

import json
from dataclasses import replace

import pytest

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.report.document import (
    Bullets,
    Card,
    Coverage,
    Document,
    Finding,
    Head,
    How,
    Paragraph,
    Section,
    Source,
    Sources,
    Table,
    pack,
    say,
    unpack,
)

HOW = How(say("Counted.", "计数。"), "lc.load_atlas()", choices={"coder": "A"}, seed=1)


def finding(key="one.law", source="s0002"):
    return Finding(
        key,
        say("Seen in {n}{at}.", "见于{n}个城市{at}。", n=19, at=Sources((source,))),
        "described",
        Coverage(19, 64, Text("cities", "个城市")),
        say("Coder B: {n}.", "编码者B：{n}个。", n=18),
        HOW,
        {"n": 19},
    )


def table(key="one.table"):
    heads = (Head(Text("City", "城市")), Head(Text("n", "数量"), numeric=True))
    rows = (
        (say("Cork{at}", "科克{at}", at=Sources(("s0001",))), say("{n}", "{n}", n=2)),
        (say("Wuhan", "武汉"), None),
    )
    return Table(key, say("Cities", "城市"), heads, rows)  # fmt: skip


def document(*blocks, **changes):
    inner = Section("one.more", Text("More", "更多"), (table(), Bullets((say("a", "甲"),))))
    section = Section(
        "one", Text("One", "一"), (Paragraph(say("Lede", "导语"), "lede"), finding(), *blocks), (inner,)
    )
    source = {s: Source(s, s, f"https://example.org/{s}", "official", True) for s in ("s0001", "s0002")}
    made = Document("study", Text("Study", "研究"), say("of {n}", "{n}个", n=64), (section,), source)
    return replace(made, **changes)  # fmt: skip


def test_sources_are_numbered_by_their_first_mark():
    made = document()
    assert made.cited() == ("s0002", "s0001")
    assert list(made.names()) == ["one", "one.law", "one.more", "one.table"]
    assert [(s.key, depth) for s, depth in made.walk()] == [("one", 1), ("one.more", 2)]
    assert made.numbers() == {"one.table": 1}
    assert made.summary() == "Study: 1 finding, 1 table, 0 figures, 2 sources."
    assert made.in_language("zh").summary().startswith("研究：1项发现")


def test_one_name_for_two_parts_and_an_unknown_source_are_refused():
    with pytest.raises(InputError, match="Two parts"):
        document(finding())
    with pytest.raises(InputError, match="s0999"):
        document(finding("one.other", source="s0999"))
    with pytest.raises(UnknownNameError):
        document(language="fr")


def test_parts_refuse_what_cannot_be():
    with pytest.raises(UnknownNameError):
        replace(finding(), strength="certain")
    with pytest.raises(UnknownNameError):
        Paragraph(say("a", "甲"), "loud")
    with pytest.raises(InputError, match="coverage"):
        Coverage(3, 2, Text("cities", "城市"))
    with pytest.raises(InputError, match="2 cells"):
        replace(table(), rows=((say("a", "甲"),),))


def test_a_document_comes_back_from_json_as_it_was():
    card = Card("one.card", say("Lesson", "启示"), ((Text("Risk", "风险"), say("none seen", "未见到")),))
    made = document(card)
    assert unpack(json.loads(json.dumps(pack(made)))) == made


def test_both_languages_fill_the_same_slots():
    for phrase in document().phrases():
        assert phrase.in_("en")
        assert phrase.in_("zh")
