"""The PDF read back: every slot, cell, caption and source; outline, tags, fonts; stable bytes; no empty boxes."""

import datetime
import io
import json
import re

import pypdf
import pytest
from tests.report.html.sample import document, finding, large
from tests.report.html.sample import table as sample_table

import learningcity as lc
from learningcity.core import Text
from learningcity.report import (
    Card,
    Document,
    Figure,
    Head,
    Link,
    Paragraph,
    Picture,
    Section,
    Source,
    Sources,
    Table,
    Word,
    say,
)
from learningcity.report.pdf import fonts, whole
from learningcity.report.pdf.columns import column_widths, longest_word, width
from learningcity.report.pdf.inline import clean

LANGUAGES = ("en", "zh")
HOSTILE = '#panic("x") *b* _i_ $x^2$ <l> @r [c] `raw` ```r``` = H - - // /* \\ #sys.inputs #{1+1} "q" ~ -- \x1b\u202e'


def made(held, **options):
    return lc.render(held, "pdf", **options)[2]


def read(body):
    return pypdf.PdfReader(io.BytesIO(body))


def flat(text):
    """Text without blanks and signs that only break or join: lines of a page end anywhere."""
    return re.sub("[\\s\u200b\u2060\u00ad-]+", "", text)


def text_of(reader):
    # The head and foot of a page stand between the lines of what runs over it.
    return flat("".join(page.extract_text() for page in reader.pages))


def one(*blocks, title=None, sources=None, key="d"):
    return Document(
        key, title or Text("One", "一"), say("Two.", "二。"), (Section("s", Text("S", "节"), blocks),), sources or {}
    )  # fmt: skip


@pytest.fixture(scope="module", params=LANGUAGES)
def sample(request):
    held = document(request.param)
    return held, read(made(held))


def test_the_name_and_kind_of_the_file():
    name, kind, body = lc.render(document("zh"), "pdf")
    assert (name, kind, body[:5]) == ("sample-zh.pdf", "application/pdf", b"%PDF-")


def test_every_phrase_cell_caption_and_source_is_found_in_the_text(sample):
    held, reader = sample
    text = text_of(reader)
    said = [flat(phrase.in_(held.language)) for phrase in held.phrases()]
    assert len(said) > 60
    # Claims begin with a capital letter.
    lost = [one for one in said if one.lower() not in text.lower()]
    # A mark of sources stands inside a sentence.
    bare = re.sub(r"\[[\d,–]+\]", "", text).lower()
    assert [one for one in lost if one.lower() not in bare] == []
    for key in held.cited():
        source = held.sources[key]
        assert flat(source.source_id) in text
        assert (flat(source.title) in text) is (source.tier != "doubtful")
    for figure in held.figures:
        assert flat(figure.picture(held.language).caption) in text
    for item in held.findings:
        assert flat(item.how.command) in text


def test_the_values_of_slots_stand_in_the_text(sample):
    held, reader = sample
    text = text_of(reader)
    values = [flat(value.in_(held.language)) for phrase in held.phrases() for value in phrase.slots.values()]
    assert len([one for one in values if one]) > 30
    assert [one for one in values if one not in text] == []


def test_outline_metadata_language_and_tags(sample):
    held, reader = sample
    title = held.title.in_(held.language)
    titles = [one.title for one in _outline(reader.outline)]
    for section, _ in held.walk():
        assert any(one.endswith(section.title.in_(held.language)) for one in titles), titles
    assert reader.metadata.title == title
    assert reader.trailer["/Root"]["/Lang"].startswith({"en": "en", "zh": "zh"}[held.language])
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] is True or bool(
        reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    )
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert reader.metadata.creation_date is None
    assert all(abs(float(page.mediabox.width) - 595.28) < 0.1 for page in reader.pages)


def _outline(items):
    for item in items:
        if isinstance(item, list):
            yield from _outline(item)
        else:
            yield item


def test_every_font_is_embedded(sample):
    _, reader = sample
    seen = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            seen.add(str(inner["/BaseFont"]))
            held = inner["/FontDescriptor"].get_object()
            assert "/FontFile3" in held or "/FontFile2" in held
            assert "/ToUnicode" in font.get_object()
    assert len(seen) >= 3


def test_pictures_are_drawn_as_lines_and_carry_their_alternative(sample):
    held, reader = sample
    alt = clean(held.figures[0].picture(held.language).alt)
    assert alt in _alternatives(reader)
    assert not any(page.images for page in reader.pages)


def _alternatives(reader):
    """Every /Alt of the tree of tags."""
    found, todo, seen = [], [reader.trailer["/Root"]["/StructTreeRoot"]], set()
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict) and id(node) not in seen:
            seen.add(id(node))
            found += [str(node["/Alt"])] if "/Alt" in node else []
            todo += [node["/K"]] if "/K" in node else []
    return found


def _addresses(reader):
    return {
        str(note.get_object()["/A"]["/URI"])
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object() and "/URI" in note.get_object()["/A"]
    }


def test_a_doubtful_source_has_neither_link_nor_address(sample):
    held, reader = sample
    text = text_of(reader)
    assert {held.sources[key].tier for key in held.cited()} >= {"doubtful", "official"}
    assert _addresses(reader) == {
        held.sources[key].address for key in held.cited() if held.sources[key].linked
    }
    assert "odd.example" not in text
    assert flat({"en": "original not seen, after a repost", "zh": "原文未见，据转载"}[held.language]) in text


def test_marks_lead_to_the_list(sample):
    held, reader = sample
    listed = next(
        n
        for n, page in enumerate(reader.pages)
        if flat(held.sources["s3"].address) in flat(page.extract_text())
    )
    where = reader.pages[listed].indirect_reference.idnum
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    ends = [note["/Dest"] if "/Dest" in note else note["/A"].get("/D") for note in notes]
    to_list = {float(end[3]) for end in ends if isinstance(end, list) and end[0].idnum == where}
    # Every source has a place of its own there; what else stands on that page may be led to, too.
    assert len(to_list) >= len(held.cited())


def test_links_to_cities_need_a_whole_address():
    held = document()
    where = {"city": "https://lc.example/city/{}", "practice": "/practice/{}"}
    found = _addresses(read(made(held, addresses=lambda kind, key: where.get(kind, "").format(key) or None)))
    assert "https://lc.example/city/cork" in found
    assert not any("practice" in one for one in found)


def test_no_text_becomes_markup_or_a_link():
    hostile = Text(HOSTILE, HOSTILE.replace("x", "学"))
    word = Word(hostile, Link("address", "javascript:alert(1)"))
    held = Document(
        'd"<#x>',
        hostile,
        say("{w}", "{w}", w=word),
        (
            Section(
                'k"]) #panic()\n',
                hostile,
                (
                    *(Paragraph(say("{w}{s}", "{w}{s}", w=word, s=Sources(("x",))), role) for role in ("text", "lede", "note")),
                    Table('t"]', say("{w}", "{w}", w=word), (Head(hostile),), ((say("{w}", "{w}", w=word),),)),
                    Card("c\\", say("{w}", "{w}", w=word), ((hostile, say("{w}", "{w}", w=word)),)),
                ),
            ),
        ),
        {"x": Source("x", HOSTILE, "javascript:alert(1)", "official", True)},
        manifest={HOSTILE: HOSTILE, "group": {HOSTILE: [HOSTILE]}},
    )  # fmt: skip
    for language in LANGUAGES:
        reader = read(made(held.in_language(language)))
        text = text_of(reader)
        assert text.count(flat(clean(hostile.in_(language)))) >= 8
        assert _addresses(reader) == set()
        assert reader.metadata.title == clean(hostile.in_(language)).strip()


def test_a_picture_with_more_than_shapes_is_refused():
    bad = Picture("awards", "T", "A", '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "", "en", {}, (), ())  # fmt: skip
    with pytest.raises(lc.InputError, match="more than shapes"):
        made(one(Figure("f", say("F", "图"), {"en": bad, "zh": bad})))


def test_a_picture_that_was_not_drawn_gives_its_table():
    bare = Picture("awards", "T", "What it shows", "", "", "en", {"n": "Number"}, ((12345,),), ("n",))
    text = text_of(read(made(one(Figure("f", say("F", "图"), {"en": bare, "zh": bare})))))
    assert "12,345" in text
    assert "Whatitshows" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_document_gives_the_same_bytes(language):
    first = made(document(language))
    assert made(document(language)) == first
    dated = made(document(language), date=datetime.date(2026, 1, 2))
    assert dated == made(document(language), date=datetime.date(2026, 1, 2)) != first
    assert read(dated).metadata.creation_date.date() == datetime.date(2026, 1, 2)
    assert b"pdfaid:part" in dated
    assert b"pdfuaid:part" in first


def test_a_long_table_repeats_its_head_and_stands_in_full_in_the_annex():
    held = one(sample_table(120, 10), sources={"s3": document().sources["s3"]})
    reader = read(made(held))
    pages = [flat(page.extract_text()) for page in reader.pages]
    heads = [n for n, text in enumerate(pages) if "CityPracticesLatest" in text]
    assert len(heads) >= 4
    text = "".join(pages)
    assert text.count("City5" + "5,000") == 2
    assert text.count("City120") == 1
    assert "Thefirst10of120rows" in text


def test_a_row_and_a_word_of_any_length_stay_on_paper():
    long = Word(Text("x" * 4000, "学" * 4000))
    held = one(Table("t", say("T", "表"), (Head(Text("A", "甲")), Head(Text("B", "乙"))), ((say("{w}", "{w}", w=long), say("b", "乙")),)))  # fmt: skip
    for language in LANGUAGES:
        text = text_of(read(made(held.in_language(language))))
        assert text.count({"en": "x", "zh": "学"}[language]) >= 4000


def test_empty_documents_and_empty_titles():
    held = Document("d", Text("", ""), say("", ""), (), {})
    assert read(made(held)).metadata.title == "d"
    assert "One" in text_of(read(made(one())))


def test_signs_that_no_font_draws_are_written_as_code_points_and_listed():
    lost = "\U000f0000"
    held = one(Paragraph(say("Name {w}.", "名称{w}。", w=Word(Text(f"a{lost}{lost}b", f"甲{lost}"))), "text"))
    text = text_of(read(made(held)))
    assert "a[U+F0000U+F0000]b" in text
    assert "Signsthatcouldnotbedrawn" in text
    assert "未能显示的字符" in text_of(read(made(held.in_language("zh"))))
    with pytest.raises(
        lc.SetupError, match=r"fonts-noto-cjk.*LEARNINGCITY_FONTS.*LEARNINGCITY_DOCUMENT_FONT"
    ):
        made(held, missing="error")
    with pytest.raises(lc.UnknownNameError):
        made(held, missing="tofu")


def test_no_sign_of_the_sample_is_lost(sample):
    _, reader = sample
    assert "U+" not in text_of(reader)


def _only_what_typst_brings(monkeypatch):
    import typst

    held = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(fonts, "installed", lambda: held)


def test_without_a_chinese_font_the_error_names_package_and_settings(monkeypatch):
    _only_what_typst_brings(monkeypatch)
    with pytest.raises(lc.SetupError) as caught:
        made(document("zh"))
    for language in LANGUAGES:
        told = caught.value.in_(language)
        for word in ("fonts-noto-cjk", "LEARNINGCITY_FONTS", "LEARNINGCITY_DOCUMENT_FONT"):
            assert word in told
    listed = caught.value.in_("en").split(":")[1]
    assert len(re.findall("[\u4e00-\u9fff]", listed)) == 30


def test_without_a_chinese_font_an_english_text_without_chinese_is_set(monkeypatch):
    _only_what_typst_brings(monkeypatch)
    held = one(Paragraph(say("Bahir Dar (ባሕር ዳር) learns.", "x"), "text"))
    text = text_of(read(made(held)))
    assert "BahirDar([U+1263U+1215U+122D][U+12F3U+122D])learns." in text
    assert "ETHIOPICSYLLABLE" in text


def test_the_settings_of_fonts(monkeypatch, tmp_path):
    monkeypatch.setenv(fonts.FONT, "No Such Font")
    with pytest.raises(lc.SetupError, match="No Such Font"):
        made(document())
    monkeypatch.delenv(fonts.FONT)
    monkeypatch.setenv("LEARNINGCITY_FONTS", str(tmp_path / "none"))
    with pytest.raises(lc.SetupError, match="no folder"):
        made(document())


def test_which_fonts_are_chosen(monkeypatch):
    held = ["Libertinus Serif", "SimSun", "Microsoft YaHei", "DejaVu Sans Mono", "Own Song"]
    found = fonts.chosen(held)
    assert found.serif == ("Libertinus Serif", "SimSun")
    assert found.sans == ("Microsoft YaHei", "Libertinus Serif")
    assert found.chinese == "Microsoft YaHei"
    monkeypatch.setenv(fonts.FONT, "own song")
    assert fonts.chosen(held).serif == ("Libertinus Serif", "Own Song")
    monkeypatch.delenv(fonts.FONT)
    assert fonts.chosen(["Libertinus Serif"]).chinese is None


def test_typst_says_which_signs_it_lost():
    assert fonts.not_drawn("学市abc“”…—é", ("Libertinus Serif", "Noto Sans CJK SC")) == ()
    assert fonts.not_drawn("a\ue000\U000f0000", ("Libertinus Serif",)) == ("\ue000", "\U000f0000")
    told = 'error: the text `"\\""` could not be displayed with font\nerror: the text `"\\u{e38}"` could not be displayed with'
    assert fonts.told(told) == ('"', "\u0e38")


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        (["City", "n"], [["Cork", "1"], ["Wuhan " * 40, "2"]]),
        (["城市", "说明", "数"], [["武汉", "学" * 300, "3"], ["科克", "短", "4"]]),
        (["a"] * 12, [["considerable"] * 12]),
        (["a", "b"], []),
    ],
)
def test_columns_share_the_page(heads, rows):
    found = column_widths(heads, rows, 450.0, 8.5)
    assert sum(found) <= 450.0 + 1e-6
    assert all(one > 0 for one in found)
    needed = [max(longest_word(row[n], 8.5) for row in [heads, *rows]) for n in range(len(heads))]
    if sum(needed) + 12 * len(heads) < 450:
        assert all(got >= need for got, need in zip(found, needed, strict=True))
    if sum(max(width(row[n], 8.5) for row in [heads, *rows]) + 12 for n in range(len(heads))) > 450:
        assert sum(found) == pytest.approx(450.0)


def test_the_same_computation_stands_once():
    data = whole.content(one(finding("s.a", "weak"), finding("s.b", "strong")))
    assert [used["t"] for used in data["hows"][0]["used"]] == ["Finding 1", "Finding 2"]
    assert len(data["hows"]) == 1
    json.dumps(data)


def test_a_short_document_has_no_page_for_its_title_and_a_long_one_has():
    chapters = tuple(
        Section(f"c{n}", Text(f"Chapter {n}", f"第{n}章"), (Paragraph(say("Words.", "文字。")),))
        for n in range(4)
    )
    for held, together in ((chapters[:2], True), (chapters, False)):
        reader = read(made(Document("d", Text("Title", "题"), say("Sub.", "副。"), held, {})))
        first = flat(reader.pages[0].extract_text())
        assert ("Contents" in first) is together
        starts = [n for n, page in enumerate(reader.pages) if "Words." in page.extract_text()]
        assert (len(starts) == 1) is together
        assert together or len(starts) == 4


@pytest.fixture(scope="module")
def long():
    """A large document, set and opened."""
    return read(made(large()))


def test_figures_stay_in_their_chapter_and_the_outline_leads_to_the_page_of_a_heading(long):
    reader = long
    for item in _outline(reader.outline):
        if re.match(r"\d+ ", item.title):
            page = reader.pages[reader.get_destination_page_number(item)]
            assert flat(item.title) in flat(page.extract_text())
            assert flat(page.extract_text()).startswith(flat(item.title))


def test_the_memory_of_a_large_document_is_given_back(monkeypatch):
    called = []
    monkeypatch.setattr(whole, "forget", lambda: called.append(1))
    monkeypatch.setattr(whole, "LARGE", 1000)
    made(document())
    monkeypatch.setattr(whole, "LARGE", 10**9)
    made(document())
    assert called == [1]


def test_a_large_document_is_set(long):
    assert len(long.pages) > 50
    # The last row of a long table.
    assert any("666" in page.extract_text() for page in long.pages)
