"""The Word file: read back and compared with the document, sound XML in the order of the schema, harmless, the same bytes."""

import datetime
import io
import re
import unicodedata
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given as given_texts
from hypothesis import strategies as st
from lxml import etree
from tests.report.docx.opened import (
    W,
    faults,
    large_sample,
    main,
    minimal,
    paragraphs,
    parts,
    render,
    roots,
    sample,
    tables,
)
from tests.report.html.sample import SOURCES, document

import learningcity as lc
from learningcity.core import Text
from learningcity.report import (
    STRENGTHS,
    Bullets,
    Card,
    Document,
    Figure,
    Head,
    Link,
    Paragraph,
    Picture,
    Source,
    Sources,
    Table,
    Word,
    say,
)
from learningcity.report.docx import xml
from learningcity.report.docx.grid import Grid
from learningcity.report.tables.word import FONTS

LANGUAGES = ("en", "zh")
HOSTILE = "</w:t><w:p>\"><x y='&lt;\u202e\x1b\x00\ud800]]>\ufffe"
CLEAN = "</w:t><w:p>\"><x y='&lt;]]>"


@pytest.fixture(scope="module", params=LANGUAGES)
def given(request):
    return sample(request.param)


# --- what the document says ---------------------------------------------------------------------------


def test_every_phrase_is_found(given):
    one, body = given
    text = "\n".join(paragraphs(body))
    phrases = [phrase.in_(one.language) for phrase in one.phrases()]
    assert len(phrases) > 60
    assert [said for said in phrases if said not in text] == []


def test_every_slot_value_is_found(given):
    one, body = given
    text = "\n".join(paragraphs(body))
    values = [v.in_(one.language) for phrase in one.phrases() for v in phrase.slots.values()]
    assert len(values) > 50
    assert [value for value in values if value not in text] == []


def test_every_cell_is_found_in_its_row(given):
    one, body = given
    held = tables(body)
    (wanted,) = one.tables
    rows = [["·" if cell is None else cell.in_(one.language) for cell in row] for row in wanted.rows]
    heads = [head.title.in_(one.language) for head in wanted.heads]
    # Cut short in the text, and in full in the annex.
    assert [heads, *rows[:5]] in held
    assert [heads, *rows] in held


def test_captions_are_numbered_by_fields(given):
    one, body = given
    root = main(body)
    codes = [t.text.strip() for t in root.iter(f"{W}instrText")]
    assert codes.count("SEQ Table \\* ARABIC") == len(one.tables) == 1
    assert codes.count("SEQ Figure \\* ARABIC") == len(one.figures) == 1
    begins = [f.get(f"{W}fldCharType") for f in root.iter(f"{W}fldChar")]
    assert begins.count("begin") == begins.count("separate") == begins.count("end") == len(codes)
    word = {"en": ("Table 1. ", "Figure 1. "), "zh": ("表1\u3000", "图1\u3000")}[one.language]
    assert f"{word[0]}{one.tables[0].caption.in_(one.language)}" in paragraphs(body, "Caption")
    assert f"{word[1]}{one.figures[0].caption.in_(one.language)}" in paragraphs(body, "FigureCaption")


def test_findings_say_how_sure_they_are_and_on_what_they_rest(given):
    one, body = given
    heads = paragraphs(body, "FindingHead")
    assert [head.split(": " if one.language == "en" else "：")[1] for head in heads] == [
        STRENGTHS[f.strength].in_(one.language) for f in one.findings
    ]
    assert paragraphs(body, "Finding") == [f.claim.in_(one.language) for f in one.findings]
    basis = paragraphs(body, "FindingBasis")
    assert len(basis) == 2 * len(one.findings)
    assert all(f.coverage.what.in_(one.language) in basis[2 * n] for n, f in enumerate(one.findings))
    assert all(f.uncertainty.in_(one.language) in basis[2 * n + 1] for n, f in enumerate(one.findings))
    assert all(f.how.method.in_(one.language) in how for f, how in zip(one.findings, paragraphs(body, "FindingHow"), strict=True))  # fmt: skip


def test_code_stands_once_in_lines(given):
    _, body = given
    codes = [
        one for one in main(body).iter(f"{W}p") if one.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Code"
    ]
    lines = ["".join(t.text for t in r.iter(f"{W}t")) for r in codes[0].iter(f"{W}r") if r.find(f"{W}t") is not None]  # fmt: skip
    assert lines == ["import learningcity as lc", "atlas = lc.load_atlas()", "len(atlas.awards)"]
    # Findings share one computation; table and figure have other choices.
    assert len(paragraphs(body, "Computation")) == 3


def test_sources_are_listed_and_doubtful_ones_are_no_links(given):
    one, body = given
    listed = paragraphs(body, "Source")
    assert [line.split("]")[0] for line in listed] == [f"[{n}" for n in range(1, len(one.cited()) + 1)]
    for key, line in zip(one.cited(), listed, strict=True):
        assert SOURCES[key].title in line
        assert SOURCES[key].address in line
    reposted = {"en": "original not seen, after a repost", "zh": "原文未见，据转载"}[one.language]
    assert [reposted in line for line in listed] == [SOURCES[key].tier == "doubtful" for key in one.cited()]
    targets = [r.get("Target") for r in roots(body)["word/_rels/document.xml.rels"]]
    assert SOURCES["s1"].address in targets
    assert not any("odd.example" in target for target in targets)


def test_a_source_that_claims_to_be_linked_and_is_doubtful_is_no_link():
    odd = Source("s1", "Odd", "https://odd.example/", "doubtful", True)
    body = render(minimal(Paragraph(say("A{s}.", "甲{s}。", s=Sources(("s1",)))), sources={"s1": odd}))
    assert b"odd.example" not in parts(body)["word/_rels/document.xml.rels"]


def test_addresses_make_links_and_only_of_the_web():
    one = minimal(
        Paragraph(say("{a} and {b}.", "{a}与{b}。", a=Word(Text("Cork", "科克"), Link("city", "cork")), b=Word(Text("bad", "坏"), Link("address", "javascript:alert(1)"))))
    )  # fmt: skip
    body = render(one, addresses=lambda kind, key: f"https://site.example/{kind}/{key}")
    targets = [r.get("Target") for r in roots(body)["word/_rels/document.xml.rels"] if r.get("TargetMode")]
    assert targets == ["https://site.example/city/cork"]
    body = render(one, addresses=lambda kind, key: f"/{kind}/{key}")
    assert not [r for r in roots(body)["word/_rels/document.xml.rels"] if r.get("TargetMode")]


@pytest.mark.parametrize(
    "bad",
    ["https://[x", "http://a:b:c/", "https://x|y/", "http:///a", "https://a:99999/", "https://" + "a" * 300],
)
def test_an_address_that_word_would_call_damage_is_text(bad):
    one = minimal(
        Paragraph(say("{s}", "{s}", s=Sources(("s1",)))),
        sources={"s1": Source("s1", "T", bad, "official", True)},
    )
    body = render(one)
    assert not [r for r in roots(body)["word/_rels/document.xml.rels"] if r.get("TargetMode")]
    assert bad in paragraphs(body, "Source")[0]


def test_progress_counts_figures():
    told = []
    one = document()
    render(one, progress=lambda done, whole: told.append((done, whole)))
    assert told == [(1, 1)]


def test_a_short_document_flows():
    styles = roots(render(document()))["word/styles.xml"]
    assert not list(styles.iter(f"{W}pageBreakBefore"))


def test_pictures_have_words_and_enough_points():
    one = document()
    root = main(render(one))
    (told,) = root.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    picture = one.figures[0].picture("en")
    assert told.get("descr") == " ".join(picture.alt.split())
    read_back = docx.Document(io.BytesIO(render(one)))
    (shape,) = read_back.inline_shapes
    (media,) = (held for name, held in parts(render(one)).items() if name.startswith("word/media/"))
    assert media.startswith(b"\x89PNG")
    wide = int.from_bytes(media[16:20], "big")
    assert wide / (shape.width / 914400) >= 299
    assert shape.width <= 16.01 * 360_000
    assert shape.height <= 20.01 * 360_000


def test_a_figure_without_picture_gives_its_words_and_table():
    bare = Picture("x", "T", "What is seen.", "", "", "en", {"n": "Number"}, ((12000.0,), (None,)), ("n",))
    body = render(minimal(Figure("f", say("A figure", "图"), {"en": bare, "zh": bare})))
    assert [["Number"], ["12,000"], ["·"]] in tables(body)
    assert "What is seen." in paragraphs(body)


def test_cards_have_their_parts():
    one = document("zh")
    card = next(block for block in one.blocks() if isinstance(block, Card))
    rows = [[card.title.in_("zh")], *([what.zh, told.in_("zh")] for what, told in card.parts)]
    assert rows in tables(render(one))


# --- the file -----------------------------------------------------------------------------------------


def test_xml_stands_in_the_order_of_the_schema(given):
    _, body = given
    held = roots(body)
    assert len(held) >= 12
    assert {name: faults(root) for name, root in held.items() if faults(root)} == {}


def test_the_order_is_looked_at():
    wrong = f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:jc w:val="left"/><w:pStyle w:val="x"/></w:pPr></w:p>'
    assert faults(etree.fromstring(wrong)) == [("pPr", ["jc", "pStyle"])]


def test_every_link_bookmark_style_and_relation_is_there(given):
    one, body = given
    held = roots(body)
    root = held["word/document.xml"]
    names = [b.get(f"{W}name") for b in root.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"\w{1,40}", name) for name in names)
    ids = [b.get(f"{W}id") for b in root.iter(f"{W}bookmarkStart")]
    assert len(ids) == len(set(ids))
    assert sorted(ids) == sorted(b.get(f"{W}id") for b in root.iter(f"{W}bookmarkEnd"))
    anchors = {h.get(f"{W}anchor") for h in root.iter(f"{W}hyperlink")} - {None}
    assert len(anchors) > 10
    assert anchors <= set(names)
    styles = {s.get(f"{W}styleId") for s in held["word/styles.xml"].iter(f"{W}style")}
    used = {e.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next") for r in held.values() for e in r.iter(f"{W}{tag}")}  # fmt: skip
    assert used <= styles
    numbers = {n.get(f"{W}numId") for n in held["word/numbering.xml"].iter(f"{W}num")} | {"0"}
    assert {n.get(f"{W}val") for r in held.values() for n in r.iter(f"{W}numId")} <= numbers
    relations = {r.get("Id") for r in held["word/_rels/document.xml.rels"]}
    space = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    asked = {e.get(f"{space}{a}") for e in root.iter() for a in ("id", "embed")} - {None}
    assert asked <= relations
    assert len(one.cited()) == sum(name.startswith("_Src") for name in names)


def test_no_part_of_the_library_s_template_is_left(given):
    _, body = given
    names = parts(body)
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or "Effects" in name]
    assert b"Macintosh" not in names["docProps/app.xml"]


def test_contents_are_filled_before_anything_updates_them(given):
    one, body = given
    root = main(body)
    codes = [t.text.strip() for t in root.iter(f"{W}instrText")]
    assert [code.split()[0] for code in codes].count("TOC") == 1
    firsts, seconds = paragraphs(body, "TOC1"), paragraphs(body, "TOC2")
    assert [line for line in firsts if line[0] in "12"] == [
        f"{n}{s.title.in_(one.language)}" for n, s in enumerate(one.sections, 1)
    ]
    assert seconds == [f"1.1{one.sections[0].sections[0].title.in_(one.language)}"]


def test_a_long_document_lists_tables_and_figures_and_begins_chapters_on_pages():
    one, body = large_sample()
    codes = [t.text.strip() for t in main(body).iter(f"{W}instrText")]
    assert [code for code in codes if code.startswith("TOC")] == [
        'TOC \\o "1-2" \\h \\z \\u',
        'TOC \\h \\z \\c "Table"',
        'TOC \\h \\z \\c "Figure"',
    ]
    assert paragraphs(body, "TableofFigures") == [
        *(f"Table {n}. {t.caption.in_('en')}" for n, t in enumerate(one.tables, 1)),
        *(f"Figure {n}. A figure" for n in range(1, 41)),
    ]
    (head,) = (
        s for s in roots(body)["word/styles.xml"].iter(f"{W}style") if s.get(f"{W}styleId") == "Heading1"
    )
    assert head.find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_python_docx_reads_it_back(given):
    one, body = given
    found = docx.Document(io.BytesIO(body))
    heads = [(p.style.name, p.text) for p in found.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert heads == [(f"Heading {depth}", s.title.in_(one.language)) for s, depth in one.walk()]
    assert found.paragraphs[0].style.name == "Title"
    assert found.paragraphs[0].text == one.title.in_(one.language)
    assert found.core_properties.title == one.title.in_(one.language)
    assert found.core_properties.language == {"en": "en-GB", "zh": "zh-CN"}[one.language]
    assert one.title.in_(one.language) in found.sections[0].header.paragraphs[0].text
    footer = found.sections[0].footer._element
    assert [t.text.strip() for t in footer.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    assert found.sections[0].different_first_page_header_footer


def test_fonts_are_named_for_both_scripts(given):
    _, body = given
    held = roots(body)
    fonts = {f.get(f"{W}name"): f.find(f"{W}altName").get(f"{W}val") for f in held["word/fontTable.xml"]}
    assert {"宋体", "黑体", "仿宋", "Times New Roman"} <= set(fonts)
    assert fonts["宋体"].startswith("SimSun")
    for style in held["word/styles.xml"].iter(f"{W}style"):
        if style.get(f"{W}type") == "paragraph":
            about = style.find(f"{W}rPr/{W}rFonts")
            assert about.get(f"{W}eastAsia") in fonts
            assert about.get(f"{W}ascii") in fonts
    theme = parts(body)["word/theme/theme1.xml"].decode()
    assert f'<a:ea typeface="{FONTS["head"][1]}"' in theme
    assert f'<a:ea typeface="{FONTS["text"][1]}"' in theme
    tongue = next(held["word/styles.xml"].iter(f"{W}lang"))
    assert tongue.get(f"{W}eastAsia") == "zh-CN"


def test_chinese_signs_come_from_the_chinese_font_and_english_ones_do_not():
    one = minimal(Paragraph(say("A “word”.", "所谓“学习”。")))

    def hints(body):
        return {t.text: r.find(f"{W}rPr/{W}rFonts") is not None for r in main(body).iter(f"{W}r") for t in r.iter(f"{W}t")}  # fmt: skip

    assert hints(render(one.in_language("zh")))["所谓“学习”。"]
    assert not hints(render(one))["A “word”."]


def test_the_same_document_gives_the_same_bytes(given):
    one, body = given
    assert render(one) == body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"dcterms:created" not in parts(body)["docProps/core.xml"]
    dated = parts(render(one, date=datetime.date(2026, 3, 1)))
    assert dated["docProps/core.xml"].count(b"2026-03-01T00:00:00Z") == 2
    assert {n for n in dated if dated[n] != parts(body).get(n)} == {"docProps/core.xml"}


# --- what is odd --------------------------------------------------------------------------------------


def test_hostile_texts_are_texts():
    nasty = Word(Text(HOSTILE, HOSTILE))
    one = minimal(
        Paragraph(say("{x}", "{x}", x=nasty), "lede"),
        Table(HOSTILE, say("{x}", "{x}", x=nasty), (Head(Text(HOSTILE, HOSTILE)),), ((say("{x}", "{x}", x=nasty),),)),
        Card("c", say("{x}", "{x}", x=nasty), ((Text(HOSTILE, HOSTILE), say("{x}{s}", "{x}{s}", x=nasty, s=Sources(("s1",)))),)),
        title=HOSTILE,
        sources={"s1": Source("s1", HOSTILE, f"https://odd.example/{HOSTILE}", "secondary", True)},
        manifest={HOSTILE: HOSTILE},
    )  # fmt: skip
    body = render(one)
    for name, root in roots(body).items():
        assert faults(root) == [], name
    found = docx.Document(io.BytesIO(body))
    assert found.paragraphs[0].text == CLEAN
    assert found.core_properties.title == CLEAN
    assert [[CLEAN], [CLEAN]] in tables(body)
    assert not [r for r in roots(body)["word/_rels/document.xml.rels"] if r.get("TargetMode")]


@given_texts(st.text(st.characters()), st.sampled_from(LANGUAGES))
def test_any_text_is_a_run_that_xml_takes(text, language):
    run = xml.run(text, language)
    if not run:
        assert not re.sub("[\x00-\x1f\x7f-\x9f]", "", text).strip() or all(
            unicodedata.category(c) in ("Cc", "Cf", "Cn", "Cs") for c in text
        )
        return
    (read_back,) = etree.fromstring(f'<x xmlns:w="{W[1:-1]}">{run}</x>').iter(f"{W}t")
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in read_back.text)
    # What is left is in the text, in its order.
    rest = iter(text.replace("\t", " ").replace("\n", " ").replace("\r", " "))
    assert all(any(c == other for other in rest) for c in read_back.text)


def test_a_picture_with_a_script_is_refused():
    bad = Picture("x", "T", "A.", '<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "", "en", {}, (), ())  # fmt: skip
    with pytest.raises(lc.InputError):
        render(minimal(Figure("f", say("F", "图"), {"en": bad, "zh": bad})))


def test_a_wide_table_lies_and_the_text_after_it_stands():
    wide = Table("w", say("Wide", "宽表"), tuple(Head(Text(f"Considerations {n}", f"考虑事项{n}")) for n in range(9)), (tuple(say("Internationalisation", "国际化") for _ in range(9)),))  # fmt: skip
    body = render(minimal(Paragraph(say("Before.", "之前。")), wide, Paragraph(say("After.", "之后。"))))
    found = docx.Document(io.BytesIO(body))
    assert [s.page_width > s.page_height for s in found.sections] == [False, True, False]
    assert [s.different_first_page_header_footer for s in found.sections] == [True, False, False]
    assert all(s.header.paragraphs[0].text for s in found.sections)
    grid = found.tables[0]._tbl.tblGrid
    assert sum(int(c.get(qn("w:w"))) for c in grid) <= 14004
    assert found.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@pytest.mark.parametrize("longest", [1, 40, 4000])
def test_columns_fill_the_page_at_most_and_give_room_to_long_texts(longest):
    grid = Grid("t", ("A", "B", "C"), (False,) * 3, [["ab cd", "x " * longest, "12"]] * 3, [])
    widths = grid.widths(False)
    assert sum(widths) <= 453.7
    assert widths[1] >= widths[2] or longest == 1
    if longest == 4000:
        assert sum(widths) > 453
        assert widths[1] > 5 * widths[0]


def test_a_word_longer_than_the_page_is_no_reason_to_fail():
    one = minimal(Table("w", say("W", "宽"), (Head(Text("A", "甲")),), ((say("x" * 900, "x" * 900),),)))
    assert [["A"], ["x" * 900]] in tables(render(one))


def test_numbered_lists_begin_with_one_each():
    both = Bullets((say("a", "甲"), say("b", "乙")), True)
    root = roots(render(minimal(both, both)))
    used = [n.get(f"{W}val") for n in root["word/document.xml"].iter(f"{W}numId")]
    assert used == ["4", "4", "5", "5"]
    restarts = {n.get(f"{W}numId") for n in root["word/numbering.xml"].iter(f"{W}num") if n.find(f"{W}lvlOverride") is not None}  # fmt: skip
    assert restarts == {"4", "5"}


def test_an_empty_document_is_a_file():
    one = Document("d", Text("T", "题"), say("S.", "副。"), (), {})
    for language in LANGUAGES:
        assert docx.Document(io.BytesIO(render(one.in_language(language)))).paragraphs[0].text in ("T", "题")


def test_a_large_document_holds_all_of_it():
    one, body = large_sample()
    found = tables(body)
    wanted = [[head.title.en for head in one.tables[3].heads], *([("·" if c is None else c.in_("en")) for c in row] for row in one.tables[3].rows)]  # fmt: skip
    assert wanted in found
    # The same picture forty times is kept once.
    assert sum(name.startswith("word/media/") for name in parts(body)) == 1


def test_a_chapter_of_the_study_in_both_languages():
    # That with most sources in text and in tables, and without pictures.
    result = lc.run_study(lc.Study(chapters=("introduction",)))
    for language in LANGUAGES:
        one = result.document.in_language(language)
        body = render(one)
        text = "\n".join(paragraphs(body))
        assert [p.in_(language) for p in one.phrases() if " ".join(p.in_(language).split()) not in text] == []
        listed = paragraphs(body, "Source")
        assert len(listed) == len(one.cited())
        held_parts = roots(body)
        marked = [r.get(f"{W}id") for r in held_parts["word/document.xml"].iter(f"{W}footnoteReference")]
        noted = [n.get(f"{W}id") for n in held_parts["word/footnotes.xml"].iter(f"{W}footnote")]
        assert 0 < len(marked) < len(listed)
        assert noted == ["-1", "0", *marked]
        shown = [rows[1:] for rows in tables(body)]
        for held in one.tables:
            rows = [
                [" ".join(("·" if c is None else c.in_(language)).split()) for c in row] for row in held.rows
            ]
            assert rows in shown
        assert {name: faults(root) for name, root in held_parts.items() if faults(root)} == {}
