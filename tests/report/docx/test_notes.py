"""Footnotes of a Word file: each mark has its note, each note its mark, and no source is lost."""

import re

import pytest
from tests.report.docx.opened import (
    W,
    faults,
    main,
    minimal,
    paragraphs,
    parts,
    read,
    render,
    roots,
    sample,
)
from tests.report.html.sample import SOURCES

from learningcity.core import LANGUAGES, Text
from learningcity.report import (
    Bullets,
    Card,
    Document,
    Head,
    Paragraph,
    Section,
    Source,
    Sources,
    Table,
    say,
)
from learningcity.report.docx.notes import MANY

ID, NAME = f"{W}id", f"{W}name"


def notes(body):
    """What each note says, by id."""
    return {
        one.get(ID): read(one)
        for one in roots(body)["word/footnotes.xml"].iter(f"{W}footnote")
        if one.get(f"{W}type") is None
    }


def references(element):
    return [one.get(ID) for one in element.iter(f"{W}footnoteReference")]


def marks(element):
    """Every mark of notes: "new 3" or "again 3", as it stands in the text."""
    found = []
    for one in element.iter(f"{W}footnoteReference", f"{W}instrText"):
        if one.tag == f"{W}footnoteReference":
            found.append(f"new {one.get(ID)}")
        elif told := re.fullmatch(r" NOTEREF _Note0*(\d+) \\f \\h ", one.text):
            found.append(f"again {told[1]}")
    return found


def shown(paragraph):
    """The marks of a paragraph as they are seen, notes by their ids."""
    seen = []
    for run in paragraph.iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        if style is not None and style.get(f"{W}val") in ("FootnoteReference", "SourceMark"):
            seen += references(run) + [t.text for t in run.iter(f"{W}t")]
    return "".join(seen)


def cited(*ids):
    return say("A{s}.", "甲{s}。", s=Sources(ids))


def several(n):
    return {
        f"s{k}": Source(f"s{k}", f"Title {k}", f"https://a.example/{k}", "official", True)
        for k in range(1, n + 1)
    }


@pytest.fixture(scope="module", params=LANGUAGES)
def given(request):
    return sample(request.param)


def test_each_reference_has_one_note_and_each_note_one_reference(given):
    _, body = given
    told = notes(body)
    found = references(main(body))
    # In the order of the text, so that ids are the numbers that Word gives.
    assert found == list(told) == [str(n) for n in range(1, len(told) + 1)]
    assert len(told) == 4


def test_what_names_a_note_again_names_one_that_is_there_and_shows_its_number(given):
    _, body = given
    root = main(body)
    held = {}
    for one in root.iter(f"{W}bookmarkStart"):
        if one.get(NAME).startswith("_Note"):
            held[one.get(NAME)] = references(one.getnext())
    assert held == {f"_Note{int(n):06d}": [n] for n in notes(body)}
    assert marks(root) == ["new 1", "again 1", "new 2", "new 3", "again 1", "again 3", "new 4"]
    again = [p for p in root.iter(f"{W}p") if any(m.startswith("again") for m in marks(p))]
    assert [shown(p) for p in again] == ["11,2,3", "1,3"]


def test_the_file_knows_its_notes(given):
    _, body = given
    held = roots(body)
    types = {one.get("PartName"): one.get("ContentType") for one in held["[Content_Types].xml"]}
    assert types["/word/footnotes.xml"].endswith("wordprocessingml.footnotes+xml")
    (to,) = (
        r.get("Target") for r in held["word/_rels/document.xml.rels"] if r.get("Type").endswith("/footnotes")
    )
    assert to == "footnotes.xml"
    kinds = [(one.get(ID), one.get(f"{W}type")) for one in held["word/footnotes.xml"].iter(f"{W}footnote")]
    assert kinds[:2] == [("-1", "separator"), ("0", "continuationSeparator")]
    assert len({key for key, _ in kinds}) == len(kinds)
    (about,) = held["word/settings.xml"].iter(f"{W}footnotePr")
    assert [one.get(ID) for one in about.iter(f"{W}footnote")] == ["-1", "0"]
    assert about.find(f"{W}numRestart").get(f"{W}val") == "continuous"
    first = held["word/footnotes.xml"].findall(f"{W}footnote")[2]
    assert first.find(f"{W}p/{W}pPr/{W}pStyle").get(f"{W}val") == "FootnoteText"
    assert len(list(first.iter(f"{W}footnoteRef"))) == 1


def test_styles_of_notes_have_fonts_for_both_scripts(given):
    _, body = given
    held = {one.get(f"{W}styleId"): one for one in roots(body)["word/styles.xml"].iter(f"{W}style")}
    for key, name in (("FootnoteText", "footnote text"), ("FootnoteReference", "footnote reference")):
        assert held[key].find(f"{W}name").get(f"{W}val") == name
        assert held[key].get(f"{W}customStyle") is None
        fonts = held[key].find(f"{W}rPr/{W}rFonts")
        assert (fonts.get(f"{W}ascii"), fonts.get(f"{W}eastAsia")) == ("Times New Roman", "宋体")
    raised = held["FootnoteReference"].find(f"{W}rPr/{W}vertAlign")
    assert raised.get(f"{W}val") == "superscript"


def test_a_note_tells_title_address_and_number_of_the_list(given):
    one, body = given
    numbers = {key: n for n, key in enumerate(one.cited(), 1)}
    doubt = {"en": " (original not seen, after a repost)", "zh": "（原文未见，据转载）"}[one.language]
    assert list(notes(body).values()) == [
        f"Guiding documents. https://uil.unesco.org/guide?a=1&b=2\u00a0[{numbers['s1']}]",
        f"https://odd.example/repost{doubt}\u00a0[{numbers['s2']}]",
        f"苏州市终身教育条例. https://www.suzhou.gov.cn/law\u00a0[{numbers['s3']}]",
        f"An article. https://paper.example/4\u00a0[{numbers['s4']}]",
    ]


def test_links_of_notes_lead_to_the_page_and_to_the_list(given):
    _, body = given
    held = roots(body)
    linked = {r.get("Id"): r.get("Target") for r in held["word/_rels/footnotes.xml.rels"]}
    assert sorted(linked.values()) == sorted(s.address for s in SOURCES.values() if s.tier != "doubtful")
    space = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    links = list(held["word/footnotes.xml"].iter(f"{W}hyperlink"))
    assert {a.get(space) for a in links} - {None} == set(linked)
    names = {b.get(NAME) for b in held["word/document.xml"].iter(f"{W}bookmarkStart")}
    to = [a.get(f"{W}anchor") for a in links if a.get(space) is None]
    assert len(to) == len(notes(body))
    assert set(to) <= names


def test_every_source_is_in_the_list_whether_or_not_it_has_a_note(given):
    one, body = given
    listed = paragraphs(body, "Source")
    assert len(listed) == len(one.cited())
    told = " ".join(notes(body).values())
    for key, line in zip(one.cited(), listed, strict=True):
        assert SOURCES[key].address in line
        assert SOURCES[key].address in told


def test_each_chapter_tells_its_sources_itself_and_numbers_run_on():
    chapters = tuple(
        Section(
            f"c{n}",
            Text(f"C{n}", f"章{n}"),
            (Paragraph(cited("s1")),),
            (Section(f"c{n}.a", Text("Part", "节"), (Bullets((cited("s2"), cited("s1", "s2"))),)),),
        )
        for n in range(2)
    )
    body = render(Document("d", Text("T", "题"), say("S.", "副。"), chapters, several(2)))
    assert marks(main(body)) == [
        *("new 1", "new 2", "again 1", "again 2"),
        *("new 3", "new 4", "again 3", "again 4"),
    ]
    told = list(notes(body).values())
    assert told[:2] == told[2:]


def test_tables_captions_and_repeated_heads_have_no_notes():
    table = Table("t", say("Caption{s}", "表题{s}", s=Sources(("s1",))), (Head(Text("A", "甲")),), ((cited("s2"),), (cited("s3"),)), cited("s4"))  # fmt: skip
    card = Card("c", say("Card{s}", "卡{s}", s=Sources(("s5",))), ((Text("Risk", "风险"), cited("s6")),))
    body = render(minimal(table, card, sources=several(6)))
    root = main(body)
    assert list(notes(body).values()) == ["Title 6. https://a.example/6\u00a0[6]"]
    assert not [row for row in root.iter(f"{W}tr") if list(row.iter(f"{W}tblHeader")) and references(row)]
    seen = [shown(p) for p in root.iter(f"{W}p") if shown(p)]
    assert seen == ["[1]", "[2]", "[3]", "[4]", "[5]", "1"]
    names = {b.get(NAME) for b in root.iter(f"{W}bookmarkStart")}
    assert {f"_Src{n:06d}" for n in range(1, 7)} <= names


@pytest.mark.parametrize("more", [0, 1])
def test_a_mark_of_very_many_sources_leads_to_the_list(more):
    keys = [f"s{n}" for n in range(1, MANY + more + 1)]
    body = render(minimal(Paragraph(cited(*keys)), sources=several(len(keys))))
    (seen,) = (shown(p) for p in main(body).iter(f"{W}p") if shown(p))
    if more:
        assert seen == f"[1–{MANY + 1}]"
        assert "word/footnotes.xml" not in parts(body)
    else:
        assert seen == ",".join(keys).replace("s", "")
        assert len(notes(body)) == MANY


def test_marks_that_meet_do_not_read_as_one_number():
    one = say("A{a}{b}.", "甲{a}{b}。", a=Sources(("s1",)), b=Sources(("s2", "s1")))
    body = render(minimal(Paragraph(one), sources=several(2)))
    assert [shown(p) for p in main(body).iter(f"{W}p") if shown(p)] == ["1,2"]


def test_a_file_without_notes_says_nothing_of_them():
    body = render(minimal(Paragraph(say("A.", "甲。"))))
    assert "word/footnotes.xml" not in parts(body)
    assert not list(roots(body)["word/settings.xml"].iter(f"{W}footnotePr"))
    assert b"footnotes" not in parts(body)["[Content_Types].xml"]


@pytest.mark.parametrize(
    ("title", "address", "tier", "told"),
    [
        ("What is it?", "https://a.example/", "official", "What is it? https://a.example/\u00a0[1]"),
        ("A title", "", "official", "A title\u00a0[1]"),
        ("", "https://a.example/", "official", "https://a.example/\u00a0[1]"),
        ("A <b>&\x07", "https://[x", "official", "A <b>&. https://[x\u00a0[1]"),
        ("T", "https://a.example/", "doubtful", "T. https://a.example/ (original not seen, after a repost)\u00a0[1]"),
    ],
)  # fmt: skip
def test_what_a_note_says_of_odd_sources(title, address, tier, told):
    one = {"s1": Source("s1", title, address, tier, True)}
    body = render(minimal(Paragraph(cited("s1")), sources=one))
    assert list(notes(body).values()) == [told]
    linked = parts(body).get("word/_rels/footnotes.xml.rels", b"").count(b"TargetMode")
    assert linked == (tier == "official" and address == "https://a.example/")
    assert faults(roots(body)["word/footnotes.xml"]) == []


def test_notes_of_one_mark_stand_in_the_order_of_the_list():
    table = Table("t", say("T", "表"), (Head(Text("A", "甲")),), ((cited("s1"),),))
    body = render(minimal(table, Paragraph(cited("s2", "s1")), sources=several(2)))
    assert [note.split(".")[0] for note in notes(body).values()] == ["Title 1", "Title 2"]
