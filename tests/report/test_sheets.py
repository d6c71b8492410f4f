"""A document's tables on their way out: numbers are numbers, empty stays empty, sources go with their rows."""

import pytest
from tests.report.html.sample import document

import learningcity as lc
from learningcity.core import Text
from learningcity.report import Document, Head, Number, Section, Share, Sources, Table, Word, Year, say
from learningcity.report import Source as Cited


def made():
    rows = (
        (say("{c}", "{c}", c=Word(Text("Cork", "科克"))), say("{n}", "{n}", n=Number(0.123456, 2)), say("{s}", "{s}", s=Share(0.3)), say("{y}{r}", "{y}{r}", y=Year(2015), r=Sources(("a", "b")))),
        (say("Sum", "合计"), None, None, say("{y}", "{y}年", y=Year(2017))),
    )  # fmt: skip
    heads = (
        Head(Text("City", "城市")),
        Head(Text("Score", "得分"), True),
        Head(Text("Score", "占比"), True),
        Head(Text("!", "年")),
    )
    table = Table("x.Long key", say("Cities", "城市表"), heads, rows, say("Two.", "两行。"))
    sources = {one: Cited(one, one, "", "official", False) for one in "ab"}
    return Document("d", Text("D", "文"), say("S", "题"), (Section("x", Text("X", "章"), (table,)),), sources)


def test_a_cell_that_is_one_number_is_that_number_unrounded():
    sheet = lc.document_sheets(made(), "x")[1]
    assert sheet.name == lc.sheet_name("x.Long key") == "x-long-key"
    assert [one.code for one in sheet.columns] == ["city", "score", "score_3", "column_4", "source_id"]
    assert sheet.rows() == [("Cork", 0.123456, 0.3, "2015", "a;b"), ("Sum", None, None, 2017, None)]
    assert sheet.title == Text("Table 1", "表1")
    assert sheet.note == Text("Cities Two.", "城市表两行。")


def test_texts_are_those_of_the_language():
    sheet = lc.document_sheets(made().in_language("zh"), "x")[1]
    assert sheet.rows()[0][0] == "科克"
    assert sheet.rows()[1][0] == "合计"
    # A year that stands alone in English is a number in both.
    assert sheet.rows()[1][3] == 2017


def test_findings_come_first_and_alone_for_the_whole():
    (sheet,) = lc.document_sheets(document())
    assert [row[0] for row in sheet.rows()] == [one.key for one in document().findings]
    first = dict(zip([one.code for one in sheet.columns], sheet.rows()[0], strict=True))
    assert (first["n"], first["of"], first["seed"]) == (49, 58, 2026)
    assert first["strength"] == "held in every check"
    assert first["source_id"] == "s1;s3"


@pytest.mark.parametrize("chapter", ["law", "award"])
def test_titles_are_those_of_the_sheets(chapter):
    sheets = lc.document_sheets(document(), chapter)
    assert lc.sheet_titles(document(), chapter) == {one.name: one.title for one in sheets}
    assert len(sheets) == 2


def test_the_numbers_of_a_figure_are_those_of_its_picture():
    sheet = lc.document_sheets(document(), "award")[1]
    picture = document().figures[0].picture("en")
    assert sheet.rows() == [tuple(row) for row in picture.rows]
    drawn = lc.picture_chart(picture)
    assert drawn.file().startswith("<svg")
    assert list(drawn.table.columns) == list(picture.columns)


def test_an_unknown_chapter_is_told():
    with pytest.raises(lc.UnknownNameError, match="lw"):
        lc.document_sheets(document(), "lw")
