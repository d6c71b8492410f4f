"""The brief as files: two pages in both languages, the fonts and measures of the standard, all that the document holds."""

import datetime
import io
import itertools
import re
import zipfile
from dataclasses import replace

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from lxml import etree

import learningcity as lc
from learningcity.core import Text
from learningcity.report import Card, Finding, Paragraph, Source, Word, say
from learningcity.report.brief.faces import ASKED, chinese_faces, told
from learningcity.report.brief.fitted import fit
from learningcity.report.brief.sizes import CHINESE, ENGLISH, sizes
from learningcity.study import Methods

LANGUAGES = ("en", "zh")
HOSTILE = "</w:t><w:p>\"#[x] $y$ @z <x y='&lt;\u202e\x1b\x00\ud800]]>\ufffe\\"


@pytest.fixture(scope="module")
def run():
    return lc.run_study(
        lc.Study(
            chapters=("award", "features", "background", "lessons"),
            methods=Methods(permutations=99, draws=100),
        )
    )


@pytest.fixture(scope="module")
def made(run):
    return {one: lc.brief(run, one) for one in LANGUAGES}


@pytest.fixture(scope="module")
def pdf(made):
    return {one: pypdf.PdfReader(io.BytesIO(lc.render(made[one], "pdf")[2])) for one in LANGUAGES}


@pytest.fixture(scope="module")
def word(made):
    return {one: lc.render(made[one], "docx")[2] for one in LANGUAGES}


def close(text):
    """A text without blanks and marks of sources, which break and stand otherwise in files."""
    return re.sub(r"[\s\u200b\u00ad\u2060-]|\[[\d, –]+\]", "", text)


def read_pdf(reader):
    return close("".join(page.extract_text() for page in reader.pages))


def read_word(body):
    document = docx.Document(io.BytesIO(body))
    return close("".join(t.text or "" for t in document.element.body.iter(qn("w:t"))))


def sentences(document, language):
    """All that must be read: sentences of every block, heads and cells."""
    yield document.title.in_(language)
    for section, _ in document.walk():
        yield section.title.in_(language)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block.phrase.in_(language)
            elif isinstance(block, Finding):
                yield block.claim.in_(language)[1:]
                yield block.uncertainty.in_(language)
            elif isinstance(block, Card):
                yield block.title.in_(language)
                for _, phrase in block.parts:
                    yield phrase.in_(language)
            else:
                yield block.caption.in_(language)
                for row in getattr(block, "rows", ()):
                    yield from (c.in_(language) for c in row if c is not None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_two_pages(pdf, language):
    assert len(pdf[language].pages) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_a4(pdf, language):
    for page in pdf[language].pages:
        assert [round(float(n)) for n in page.mediabox[2:]] == [595, 842]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_holds_every_sentence_and_cell(made, pdf, language):
    text = read_pdf(pdf[language])
    lost = [one for one in sentences(made[language], language) if close(one) not in text]
    assert not lost


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_holds_every_sentence_and_cell(made, word, language):
    text = read_word(word[language])
    lost = [one for one in sentences(made[language], language) if close(one) not in text]
    assert not lost


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_sure_a_finding_is_stands_in_words_in_both(made, pdf, word, language):
    for text in (read_pdf(pdf[language]), read_word(word[language])):
        for one in made[language].findings:
            sure = lc.STRENGTHS[one.strength].in_(language)
            n, of = one.coverage.n, one.coverage.of
            rests = (
                f"{sure[:1].upper()}{sure[1:]}; {n:,} of {of:,}"
                if language == "en"
                else f"{sure}；{n:,}/{of:,}"
            )
            assert close(rests) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cited_source_is_listed_with_its_number_once(made, pdf, word, language):
    cited = made[language].cited()
    assert len(cited) > 3
    body = "".join(page.extract_text() for page in pdf[language].pages)
    for text in (
        re.sub(r"\s", "", body),
        "".join(t.text or "" for t in docx.Document(io.BytesIO(word[language])).element.body.iter(qn("w:t"))),
    ):
        tail = text[text.rindex("资料来源" if language == "zh" else "Sources") :]
        for n, key in enumerate(cited, 1):
            assert tail.count(f"[{n}]") == 1
            assert tail.count(key) == 1


def test_the_pdf_is_tagged_and_titled(made, pdf):
    for language in LANGUAGES:
        assert pdf[language].metadata.title == made[language].title.in_(language)
        assert "/MarkInfo" in pdf[language].trailer["/Root"]


def test_the_chinese_pdf_names_fonts_that_stand_for_others_in_its_properties(made, pdf):
    note = fit(made["zh"]).faces
    said = told(note)
    assert (said is None) == ("/Subject" not in pdf["zh"].metadata)
    assert said is None or pdf["zh"].metadata.subject == said.zh


def styles(body):
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(body)).read("word/styles.xml"))
    return {one.get(qn("w:styleId")): one for one in root.iter(qn("w:style"))}


@pytest.mark.parametrize(
    ("style", "role"),
    [
        ("Title", "title"),
        ("BodyText", "body"),
        ("Heading1", "head"),
        ("SecondLevel", "second"),
        ("Footer", "folio"),
    ],
)
def test_the_word_file_sets_the_fonts_of_the_standard_whatever_this_machine_has(word, style, role):
    fonts = styles(word["zh"])[style].find(f".//{qn('w:rFonts')}")
    assert fonts.get(qn("w:eastAsia")) == ASKED[role]
    assert not [name for name in fonts.attrib if name.endswith("Theme")]


def test_the_word_file_has_the_measures_of_the_standard(made, word):
    section = docx.Document(io.BytesIO(word["zh"])).sections[0]
    millimetres = [
        round(getattr(section, f"{side}_margin").mm) for side in ("top", "left", "right", "bottom")
    ]
    assert millimetres == [37, 28, 26, 35]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footers = [section.footer, section.even_page_footer]
    sides = [one.paragraphs[0]._p.pPr.find(qn("w:jc")).get(qn("w:val")) for one in footers]
    assert sides == ["right", "left"]
    assert all("".join(t.text for t in one.paragraphs[0]._p.iter(qn("w:t"))) == "— 1 —" for one in footers)
    # The type of the standard where the text leaves room for it; a longer brief takes smaller type, and says so.
    brief = made["zh"]
    short = lc.render(replace(brief, sections=brief.sections[:1]), "docx")[2]
    for body, sizes_ in ((short, {44}), (word["zh"], {2 * one.title for one in CHINESE})):
        assert float(styles(body)["Title"].find(f".//{qn('w:sz')}").get(qn("w:val"))) in sizes_


def test_every_style_that_is_used_is_there(word):
    for language in LANGUAGES:
        archive = zipfile.ZipFile(io.BytesIO(word[language]))
        body = archive.read("word/document.xml").decode()
        used = set(re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', body))
        assert used
        assert used <= set(styles(word[language]))


def test_headings_are_counted_as_in_official_documents(word, pdf):
    for text in (read_word(word["zh"]), read_pdf(pdf["zh"])):
        at = [text.index(one) for one in ("一、研究问题", "二、主要发现", "三、可资借鉴", "四、局限")]
        assert at == sorted(at)
        assert text.count("（一）") == text.count("（三）") == 2


def test_no_authority_is_invented(word, pdf):
    for text in (read_word(word["zh"]), read_pdf(pdf["zh"])):
        assert text.startswith("专报")
        for word_ in ("文件", "签发", "发文", "印发机关"):
            assert word_ not in text[:60]


def test_the_date_is_stated_only_where_it_is_given(made):
    day = datetime.date(2026, 11, 2)
    for language, shown in (("en", "2 November 2026"), ("zh", "2026年11月2日")):
        dated = lc.render(made[language], "pdf", date=day)[2]
        assert close(shown) in read_pdf(pypdf.PdfReader(io.BytesIO(dated)))
        assert close(shown) in read_word(lc.render(made[language], "docx", date=day)[2])
        assert close(shown) not in read_word(lc.render(made[language], "docx")[2])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_brief_gives_the_same_bytes(made, word, language):
    assert lc.render(made[language], "docx")[2] == word[language]
    assert lc.render(made[language], "pdf")[2] == lc.render(made[language], "pdf")[2]


def hostile(document):
    """The same brief with names that would break out of a file."""
    bad = Text(HOSTILE + "a", HOSTILE + "甲")

    def inside(section):
        blocks = tuple(
            replace(
                b, claim=say("{x}{m}", "{x}{m}", x=Word(bad), m=b.claim.slots.get("m", Word(Text("", ""))))
            )
            if isinstance(b, Finding)
            else replace(b, title=say("{x}", "{x}", x=Word(bad)))
            if isinstance(b, Card)
            else b
            for b in section.blocks
        )
        return replace(section, title=bad, blocks=blocks)

    sections = tuple(map(inside, document.sections))
    sources = {k: Source(k, HOSTILE, f"javascript:{HOSTILE}", "official", True) for k in document.sources}
    return replace(document, title=bad, sections=sections, sources=sources)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_are_texts(made, language):
    bad = hostile(made[language])
    reader = pypdf.PdfReader(io.BytesIO(lc.render(bad, "pdf")[2]))
    assert "#[x]$y$@z" in read_pdf(reader)
    body = lc.render(bad, "docx")[2]
    assert "#[x]$y$@z" in read_word(body)
    archive = zipfile.ZipFile(io.BytesIO(body))
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(archive.read(name))
            assert b"javascript:" not in archive.read(name) or name == "word/document.xml"
    assert "javascript" not in archive.read("word/_rels/document.xml.rels").decode()


def test_long_texts_take_smaller_type_and_the_caller_is_told(made):
    one = made["zh"]
    long = replace(
        one.sections[-1],
        blocks=(*one.sections[-1].blocks, *(Paragraph(say("x", "学习型城市" * 40)) for _ in range(4))),
    )
    fuller = replace(one, sections=(*one.sections[:-1], long))
    assert fit(fuller).pages == 2
    assert fit(fuller).level > fit(one).level
    assert any("磅" in note.zh for note in lc.brief_notes(fuller))
    endless = replace(long, blocks=tuple(Paragraph(say("x", "学习型城市" * 100)) for _ in range(60)))
    notes = lc.brief_notes(replace(one, sections=(*one.sections[:-1], endless)))
    assert any("仍有" in note.zh for note in notes)


def test_sizes_go_down_and_those_of_the_standard_come_first():
    for language, all_of in (("zh", CHINESE), ("en", ENGLISH)):
        assert sizes(language) == all_of
        for a, b in itertools.pairwise(all_of):
            assert (a.text, a.pitch, a.small, a.fine, a.title, a.wide) >= (
                b.text,
                b.pitch,
                b.small,
                b.fine,
                b.title,
                b.wide,
            )
            assert b.pitch < a.pitch
    assert (CHINESE[0].text, CHINESE[0].title) == (16, 22)
    # 22 lines on 225 mm.
    assert 22 * CHINESE[0].pitch == pytest.approx(225 * 72 / 25.4, abs=1)


def test_fonts_of_the_standard_are_taken_where_they_are():
    held = [
        "FangSong",
        "SimHei",
        "KaiTi",
        "SimSun",
        "FZXiaoBiaoSong-B05S",
        "Noto Serif CJK SC",
        "Noto Sans CJK SC",
    ]
    found = chinese_faces(held)
    assert not found.instead
    assert told(found) is None
    assert [found.families[r][0] for r in ("title", "body", "head", "second", "folio")] == [
        "FZXiaoBiaoSong-B05S", "FangSong", "SimHei", "KaiTi", "SimSun",
    ]  # fmt: skip
    fewer = chinese_faces([one for one in held if "XiaoBiao" not in one])
    assert set(fewer.instead) == {"title"}
    for language in LANGUAGES:
        assert "方正小标宋" in told(fewer).in_(language)


def test_other_formats_write_the_same_document(made):
    _, kind, body = lc.render(made["en"], "html")
    assert kind.startswith("text/html")
    assert all(f.claim.in_("en")[:30] in body.decode() for f in made["en"].findings)


def test_what_is_asked_wrongly_is_told(made):
    with pytest.raises(lc.UnknownNameError):
        lc.render(made["en"], "pdf", missing="drop")
    with pytest.raises(lc.UnknownNameError):
        lc.render(made["en"], "docx", colour="red")
    with pytest.raises(lc.InputError):
        lc.brief_notes("no document")
