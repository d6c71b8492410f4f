"""Cells keep their numbers unrounded, and a spreadsheet shows them as the document writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.bundle.shown import displayed

from learningcity.core import Text
from learningcity.report import Between, Number, P, Share, Sources, Word, Year, say
from learningcity.report.bundle.cells import typed

VALUES = [
    (Number(3), 3, None),
    (Number(-1234), -1234, None),
    (Number(0.2184, 2), 0.2184, None),
    (Number(-0.001, 2), -0.001, None),
    (Number(3.25), 3.25, None),
    (Number(1, unit="persons"), 1, "persons"),
    (Number(10432, unit="persons"), 10432, "persons"),
    (Number(12.3, unit="percent"), 0.123, "share"),
    (Number(7.06, 1, "percent"), 0.0706, "share"),
    (Number(2.34, unit="percent/yr"), 2.34, "percent/yr"),
    (Number(27200.4, 0, "USD"), 27200.4, "USD"),
    (Number(70.1, unit="years"), 70.1, "years"),
    (Share(0.296), 0.296, "share"),
    (Share(0.0042, 1), 0.0042, "share"),
    (P(0.0321), 0.0321, None),
    (P(0.00001), 0.00001, None),
    (Year(2015), 2015, None),
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("value", "held", "unit"), VALUES)
def test_a_number_is_kept_whole_and_shown_as_written(value, held, unit, language):
    cell = say("{n}", "{n}", n=value)
    found = typed(cell, language)
    assert (found.value, found.unit) == (held, unit)
    assert found.shown == cell.in_(language)
    assert displayed(found.value, found.style) == cell.in_(language)


def test_what_is_written_in_ten_thousands_is_a_whole_number_with_its_unit():
    for value, en, zh in (
        (Number(21858000, unit="persons"), "21,858,000 persons", "21,858,000人"),
        (Number(4376070000000, unit="CNY"), "CNY 4,376,070,000,000", "4,376,070,000,000元"),
        (Number(12326512, words=True), "12,326,512", "12,326,512"),
    ):
        for language, said in (("en", en), ("zh", zh)):
            found = typed(say("{n}", "{n}", n=value), language)
            assert found.value == value.value
            assert displayed(found.value, found.style) == said


@given(st.floats(-1e6, 1e6), st.integers(0, 4), st.sampled_from(["en", "zh"]))
def test_any_rounded_number_is_shown_as_written(value, decimals, language):
    found = typed(say("{n}", "{n}", n=Number(value, decimals)), language)
    assert found.value == value
    shown = displayed(found.value, found.style)
    # Half of the last digit may be rounded up or down.
    written = float(found.shown.replace(",", "").replace("−", "-"))
    assert float(shown.replace(",", "").replace("−", "-")) == pytest.approx(
        written, abs=10**-decimals * 1.001
    )
    assert len(shown.partition(".")[2]) == decimals


def test_a_mark_of_sources_beside_a_number_leaves_it_a_number():
    found = typed(say("{n}{s}", "{n}{s}", n=Share(0.5), s=Sources(("s1", "s2"))), "en")
    assert (found.value, found.sources) == (0.5, ("s1", "s2"))


def test_words_of_one_language_around_a_number_are_part_of_its_format():
    found = typed(say("{y}", "{y}年", y=Year(2019)), "zh")
    assert (found.value, found.kind, displayed(found.value, found.style)) == (2019, "year", "2019年")


@pytest.mark.parametrize(
    "cell",
    [
        say("{a} of {b}", "{b}中的{a}", a=1, b=2),
        say("{n} cities", "{n}个城市", n=3),
        say("{n}", "{n}", n=Between(1, 2)),
        say("{n}", "{n}", n=Word(Text("12", "12"))),
        say("never", "从不"),
    ],
)
def test_everything_else_is_a_text(cell):
    found = typed(cell, "en")
    assert (found.value, found.kind, found.style) == (cell.in_("en"), "string", "")


def test_nothing_seen_is_nothing():
    assert typed(None, "en").value is None
