"""The file: whole, closed, escaped, linked inside itself, the same findings in both languages, fast."""

import re
from html.parser import HTMLParser

import pytest
from tests.report.html.sample import SOURCES, document, drawn, large
from tests.report.html.sample import finding as sample_finding

import learningcity as lc
from learningcity.core import Text
from learningcity.report import (
    Card,
    Coverage,
    Document,
    Figure,
    Finding,
    Head,
    How,
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

LANGUAGES = ("en", "zh")
VOID = frozenset({"meta", "link", "br"})
#: What may not stand inside a paragraph: a browser would close it silently.
BLOCKS = frozenset("address article aside blockquote details div dl figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul".split())  # fmt: skip  # noqa: SIM905
#: Elements that take children of these kinds alone.
CHILDREN = {
    "ul": {"li"}, "ol": {"li"}, "dl": {"div", "dt", "dd"}, "table": {"thead", "tbody", "caption"}, "thead": {"tr"},
    "tbody": {"tr"}, "tr": {"th", "td"},
}  # fmt: skip
HOSTILE = '</title><script>alert(1)</script><img src=x onerror=alert(1)>" onmouseover="x\'&lt;\u202e\x1b'


class Reader(HTMLParser):
    """Elements, texts, and whether every element is closed where and in what it may be."""

    def __init__(self, body):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self.stack, self.faults = [], [], [], []
        self.feed(body.decode("utf-8") if isinstance(body, bytes) else body)
        self.close()
        if self.stack:
            self.faults.append(f"not closed: {self.stack}")

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"an attribute twice in {tag}")
        parent = self.stack[-1] if self.stack else None
        if parent in CHILDREN and tag not in CHILDREN[parent]:
            self.faults.append(f"{tag} in {parent}")
        if tag in BLOCKS and "p" in self.stack:
            self.faults.append(f"{tag} in p")
        if tag == "a" and "a" in self.stack:
            self.faults.append("a link in a link")
        if tag in ("td", "th", "li", "dt", "dd", "summary", "figcaption", "tr") and parent is None:
            self.faults.append(f"{tag} at large")
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        if not set(self.stack) & {"svg"}:
            self.faults.append(f"<{tag}/> outside a picture")
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data):
        if data.strip() and (not self.stack or self.stack[-1] != "style"):
            self.texts.append(data.strip())

    def of(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def ids(self):
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]

    @property
    def links(self):
        return [attrs["href"] for attrs in self.of("a")]

    @property
    def said(self):
        return " ".join(self.texts)


def read(made, **options):
    found = Reader(lc.render(made, "html", **options)[2])
    assert found.faults == []
    return found


def test_the_reader_finds_what_is_wrong():
    for broken in (
        "<p><div></div></p>",
        "<ul><p></p></ul>",
        "<b><i></b></i>",
        "<p>",
        '<p id="a" id="b"></p>',
        "<br/>",
    ):
        assert Reader(broken).faults, broken
    assert Reader('<ul><li>a <svg><path d="M0"/></svg></li></ul>').faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_closed_needs_nothing_and_leads_only_to_what_is_there(language):
    name, kind, body = lc.render(document(language), "html")
    assert (name, kind) == (f"sample-{language}.html", "text/html; charset=utf-8")
    assert body.startswith(b"<!doctype html>\n<html lang=")
    page = read(document(language))
    assert len(page.ids) == len(set(page.ids))
    inside = [href[1:] for href in page.links if href.startswith("#")]
    assert len(inside) > 20
    assert set(inside) <= set(page.ids)
    assert not {"script", "link", "img", "iframe", "object", "form"} & {tag for tag, _ in page.elements}
    assert not any(name == "style" or name.startswith("on") for _, attrs in page.elements for name in attrs)
    style = body.decode().split("<style>")[1].split("</style>")[0]
    assert len(style) > 3000
    assert not re.search(r"url\(|@import|https?:", style)
    # Every part of the document can be linked.
    assert set(document().names()) <= set(page.ids)


def test_what_leads_out_is_only_what_may_be_linked():
    page = read(document())
    out = {href for href in page.links if not href.startswith("#")}
    assert out == {"sample-zh.html", "https://uil.unesco.org/guide?a=1&b=2", "https://www.suzhou.gov.cn/law", "https://paper.example/4"}  # fmt: skip
    assert "https://odd.example/repost" in page.said
    assert "doubtful, not linked" in page.said


def test_a_doubtful_source_is_never_linked_even_if_it_says_so():
    odd = {**SOURCES, "s2": Source("s2", "Odd", "https://odd.example/repost", "doubtful", True)}
    made = Document(**{**vars(document()), "sources": odd})
    assert "https://odd.example/repost" not in read(made).links


def test_cities_and_practices_are_links_only_where_somebody_says_where_they_are():
    plain = read(document())
    assert "Cork" in plain.said
    assert not any("cork" in href or "suzhou-01" in href for href in plain.links)

    def address(kind, key):
        return f"https://atlas.example/{kind}/{key}" if kind in ("city", "practice") else None

    linked = read(document(), addresses=address)
    assert "https://atlas.example/city/cork" in linked.links
    assert "https://atlas.example/practice/suzhou-01" in linked.links


def test_marks_lead_to_the_list_and_back():
    page = read(document())
    marks = [attrs for tag, attrs in page.elements if tag == "sup"]
    assert len(marks) == 6
    assert set(document().cited()) == {"s1", "s2", "s3", "s4"}
    for number in range(1, 5):
        assert f"doc-source-{number}" in page.ids
    back = [href for href in page.links if href.startswith("#doc-mark-")]
    assert {href[1:] for href in back} == {attrs["id"] for attrs in marks}


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_sure_a_finding_is_stands_in_a_word_and_a_shape(language):
    made = lc.render(document(language), "html")[2].decode()
    found = re.findall(r'<section class="finding finding-(\w+)".*?</section>', made, re.DOTALL)
    assert (
        found == [one.strength for one in document().findings] == ["strong", "weak", "nothing", "described"]
    )
    shapes = set()
    for block in re.findall(r'<section class="finding .*?</section>', made, re.DOTALL):
        strength = re.search(r"finding-(\w+)", block)[1]
        shape, word = re.search(r'aria-hidden="true">(.*?)</svg> (.*?)</span>', block).groups()
        assert word == lc.STRENGTHS[strength].in_(language)
        shapes.add(shape)
    assert len(shapes) == 4


def test_a_finding_says_on_what_it_rests_and_how_it_was_computed():
    page = read(document())
    for words in (
        "49 of 58: awarded cities with coded practices", "The two coders give 17 to 21; p is 0.032 after 24 tests.",
        "How was this computed?", "Awards were counted by round and region.", "import learningcity as lc",
        "learningcity atlas awards", "law, policy", "0.05", "2026", "package 0.1.0, data abc123",
    ):  # fmt: skip
        assert words in page.said, words


def test_the_first_page_tells_what_held_and_what_did_not():
    def key(strengths, chapter="law"):
        blocks = tuple(sample_finding(f"{chapter}.{n}", one) for n, one in enumerate(strengths))
        parts = (
            Section(
                chapter, Text("L", "法"), blocks[:2], (Section(f"{chapter}.x", Text("X", "节"), blocks[2:]),)
            ),
        )
        made = lc.HtmlParts(Document("d", Text("D", "文"), say("S", "题"), parts, SOURCES))
        return [(part.key, one.key) for part, one in made.key_findings()]

    assert key(["described", "described", "nothing", "nothing", "strong"]) == [("law", "law.0"), ("law.x", "law.2"), ("law.x", "law.4")]  # fmt: skip
    assert key(["nothing", "weak", "weak"]) == [("law", "law.0"), ("law", "law.1")]
    assert key([]) == []
    # A chapter that frames the study gives none, unless there are no others.
    assert key(["described"], "methods") == [("methods", "methods.0")]
    made = document()
    framed = Document(**{**vars(made), "sections": (*made.sections, Section("methods", Text("M", "法"), (sample_finding("methods.0", "strong"),)))})  # fmt: skip
    assert "methods.0" not in [one.key for _, one in lc.HtmlParts(framed).key_findings()]


def test_numbers_of_chapters_tables_and_figures_follow_the_reading():
    page = read(document())
    for words in ("Table 1.", "Figure 1.", "Finding 4"):
        assert words in page.texts
    heads = re.findall(
        r'<h(\d)><span class="number">([\d.]+)</span> (.*?)</h', lc.render(document(), "html")[2].decode()
    )
    assert heads == [("2", "1", "Law and policy"), ("3", "1.1", "Which kinds"), ("2", "2", "The award")]


def test_a_long_table_holds_all_rows_and_shows_the_first():
    made = lc.render(document(), "html")[2].decode()
    first, rest = re.search(
        r"<tbody>(.*?)</tbody>\s*<tbody class=\"rest\">(.*?)</tbody>", made, re.DOTALL
    ).groups()
    assert (first.count("<tr>"), rest.count("<tr>")) == (5, 9)
    assert "Show all 14 rows" in made
    assert "显示全部14行" in lc.render(document("zh"), "html")[2].decode()


def test_an_empty_cell_says_so_and_is_not_zero():
    page = read(document())
    # Every third of 14 rows.
    assert page.texts.count("not seen") == 4
    assert "· not seen or does not apply; never zero." in page.texts


def test_a_figure_brings_words_and_table():
    page = read(document())
    picture = drawn()["en"]
    assert picture.alt in page.said
    assert picture.caption in page.said
    svg = next(attrs for tag, attrs in page.elements if tag == "svg" and attrs.get("role") == "img")
    assert picture.alt in svg["aria-label"]
    assert set(picture.heads.values()) <= set(page.texts)
    without = {one: Picture(**{**vars(p), "svg": ""}) for one, p in drawn().items()}
    alone = Document("f", Text("F", "图"), say("A.", "甲。"), (Section("s", Text("S", "节"), (Figure("s.f", say("C", "题"), without),)),), {})  # fmt: skip
    assert '<details class="behind" open>' in lc.render(alone, "html")[2].decode()


@pytest.mark.parametrize(
    "odd",
    [
        "<svg><script>alert(1)</script></svg>",
        '<svg onload="alert(1)"></svg>',
        '<svg><image href="https://elsewhere.example/x.png"/></svg>',
        "<svg><rect a='\">' onload=x></svg>",
        '<svg><rect style="fill:url(#x)"/></svg>',
        '<svg><rect id="main"/></svg>',
        "<svg><foreignObject></foreignObject></svg>",
    ],
)
def test_a_picture_with_more_than_shapes_is_refused(odd):
    pictures = {one: Picture("x", "X", "X", odd, "", one, {}, (), ()) for one in LANGUAGES}
    made = Document("f", Text("F", "图"), say("A.", "甲。"), (Section("s", Text("S", "节"), (Figure("s.f", say("C", "题"), pictures),)),), {})  # fmt: skip
    with pytest.raises(lc.InputError, match="more than shapes"):
        lc.render(made, "html")


def hostile():
    """A document in which every text is hostile."""
    text, word = Text(HOSTILE, HOSTILE), Word(Text(HOSTILE, HOSTILE), Link("address", "javascript:alert(1)"))
    said = say("{w}{s}", "{w}{s}", w=word, s=Sources(("x",)))
    how = How(said, HOSTILE, HOSTILE, {HOSTILE: HOSTILE}, 1)
    blocks = (
        *(Paragraph(said, role) for role in ("text", "lede", "question", "note", "limit", "quote")),
        Finding("k1", said, "weak", Coverage(1, 2, text), said, how),
        Table("k2", said, (Head(text),), ((said,), (None,)), said, how, 1),
        Card("k3", said, ((text, said),)),
    )
    return Document(
        HOSTILE, text, said, (Section('k "0"', text, blocks),),
        {"x": Source("x", HOSTILE, 'https://a.example/"><script>', "secondary", True)}, manifest={HOSTILE: {HOSTILE: HOSTILE}},
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_texts_stay_texts(language):
    name, _, body = lc.render(hostile().in_language(language), "html")
    assert re.fullmatch(r"[\w-]+\.html", name)
    page = read(hostile().in_language(language))
    assert not {"script", "img"} & {tag for tag, _ in page.elements}
    assert not any(attr.startswith("on") for _, attrs in page.elements for attr in attrs)
    assert not any("javascript" in href for href in page.links)
    assert "<script>alert(1)</script>" in page.said
    assert not re.search("[\x1b\u202e]", body.decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_have_the_same_structure(language):
    mine, other = read(document(language)), read(document("zh" if language == "en" else "en"))
    # A label of a picture may take two lines in one language alone.
    drawn_ones = ("g", "text", "tspan", "path", "line")
    shape = [[tag for tag, _ in one.elements if tag not in drawn_ones] for one in (mine, other)]
    assert shape[0] == shape[1]
    assert mine.links[2:] == other.links[2:]
    assert len(shape[0]) > 200


def test_a_document_in_one_language_has_no_switch():
    made = Document(**{**vars(document()), "languages": ("en",)})
    assert not any(href.endswith(".html") for href in read(made).links)


def test_an_empty_document_is_a_page():
    page = read(Document("e", Text("Empty", "空"), say("Nothing.", "无。"), (), {}))
    assert "Empty" in page.texts


def test_a_large_document_is_whole():
    made = large()
    assert len(made.figures) == 40
    assert all(len(one.rows) * len(one.heads) > 2000 for one in made.tables)
    page = read(made)
    assert len([1 for tag, attrs in page.elements if tag == "svg" and attrs.get("role") == "img"]) == 40
    assert len(page.of("tr")) > 4 * 667


def test_the_same_document_gives_the_same_bytes():
    assert lc.render(document(), "html") == lc.render(document(), "html")


def test_other_formats_and_options_are_told_with_near_names():
    with pytest.raises(lc.UnknownNameError) as refused:
        lc.render(document(), "htm")
    assert list(refused.value.near) == ["html"]
    with pytest.raises(lc.UnknownNameError, match="adresses"):
        lc.render(document(), "html", adresses=None)
    with pytest.raises(lc.InputError, match="Document"):
        lc.render("award", "html")
