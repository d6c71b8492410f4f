"""Sentences say the same in both languages, or they are refused."""

import math

import pytest

from learningcity.core import InputError, Text
from learningcity.report.document import (
    Between,
    Link,
    Listing,
    Number,
    P,
    Share,
    Sources,
    Word,
    Year,
    join,
    pack,
    say,
    unpack,
    words,
)


def test_a_number_takes_the_word_that_fits():
    for n, told in ((1, "1 city was"), (0, "0 cities were"), (19, "19 cities were")):
        said = say("{n} {n:city was|cities were} named.", "点名{n}个城市。", n=n)
        assert said.in_("en") == f"{told} named."
        assert said.in_("zh") == f"点名{n}个城市。"


@pytest.mark.parametrize(
    ("en", "zh", "slots"),
    [
        ("{n} of {all}", "{n}个", {"n": 1, "all": 2}),
        ("{n}", "{n}", {}),
        ("none", "无", {"n": 1}),
        ("{n:city|cities}", "{n}个", {"n": 1}),
    ],
)
def test_languages_that_fill_other_slots_are_refused(en, zh, slots):
    with pytest.raises(InputError, match="same slots"):
        say(en, zh, **slots)


@pytest.mark.parametrize("given", ["Wuhan", 0.5, True, None, ("a",)])
def test_a_bare_word_or_float_is_refused(given):
    with pytest.raises(InputError, match="slot takes"):
        say("{x}", "{x}", x=given)


@pytest.mark.parametrize("missing", [math.nan, math.inf])
def test_a_missing_number_is_no_value(missing):
    with pytest.raises(InputError, match="not seen"):
        Number(missing)


def test_values_are_written_in_the_manner_of_each_language():
    assert Number(-0.0004, 2).in_("en") == "0.00"
    assert Number(-0.25, 2).in_("en") == "−0.25"
    assert Number(1234567).in_("en") == "1,234,567"
    assert Year(2024).in_("zh") == "2024"
    assert Share(0.5).in_("zh") == "50%"
    assert P(0.2).in_("en") == "0.200"
    assert Between(-0.1, 0.4).in_("zh") == "−0.10至0.40"
    three = words([Text("a", "甲"), Text("b", "乙"), Text("c", "丙")])
    assert (three.in_("en"), three.in_("zh")) == ("a, b and c", "甲、乙和丙")
    assert Listing(()).in_("en") == ""


def test_links_and_marks_of_sources_stand_where_they_were_put():
    said = say(
        "{city} did{cited} {n}.", "{city}做了{cited}{n}项。",
        city=Word(Text("Cork", "科克"), Link("city", "cork")), cited=Sources(("s0002", "s0001", "s0002")), n=2,
    )  # fmt: skip
    runs = said.runs("en")
    assert [r.text for r in runs] == ["Cork", " did", "", " 2."]
    assert runs[0].link == Link("city", "cork")
    assert runs[2].sources == ("s0002", "s0001")
    assert said.sources == ("s0002", "s0001")


def test_joined_phrases_keep_their_own_slots():
    both = join(say("{n} {n:city|cities}.", "{n}个城市。", n=1), None, say("Then {n}.", "又{n}。", n=5))
    assert both.in_("en") == "1 city. Then 5."
    assert both.in_("zh") == "1个城市。又5。"


def test_what_is_kept_comes_back_the_same():
    said = say(
        "{a} {b} {c}", "{a}{b}{c}", a=Between(0.1, 0.2), b=Sources(("s0001",)), c=words([Text("a", "甲")])
    )
    assert unpack(pack(said)) == said
    with pytest.raises(InputError, match="no part"):
        unpack({"_": "Popen"})
    with pytest.raises(InputError, match="cannot be kept"):
        pack(object())
