"""What holds of every page, asked of each page once: its language, frame, outline, labels, safety and words.

Every screen with its queries and every city stand here in both languages; of sources and practices, of which
there are hundreds with one template each, every fortieth.
"""

import csv
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from tests.web.conftest import HAN, LANGUAGES, Page, city_pages, screens

import learningcity as lc
from learningcity.web import content, messages
from learningcity.web.context import SCREENS

ROOT = Path(__file__).parents[2]


def sources():
    """A share of the source pages: all have one template, and there are more than a thousand."""
    return [f"/{language}/sources/{i}" for language in LANGUAGES for i in list(content.sources())[::40]]


def practices():
    """A share of the practice pages."""
    ids = list(content.atlas().practices["practice_id"])[::40]
    return [f"/{language}/practices/{i}" for language in LANGUAGES for i in ids]


SHOWN = frozenset(screens())
ALL = list(dict.fromkeys(screens() + city_pages() + sources() + practices()))


@pytest.mark.parametrize("address", ALL)
def test_a_page_keeps_what_every_page_promises(get, address):
    text = get(address)
    page = Page(text)
    _, language, *_ = address.split("/")
    it_says_its_language(text, page, language)
    it_stands_in_the_frame(page, language)
    assert faults(headings(page)) == [], headings(page)
    ids_tables_fields_and_regions_are_told_apart(page)
    it_holds_no_code_and_loads_nothing_from_elsewhere(address, text, page)
    doubtful_addresses_are_not_linked(page)
    nothing_is_said_in_words_that_are_not_used(text, page, language)
    if address in SHOWN:
        it_shows_its_own_address(address, text, language)
    if language == "zh":
        no_english_is_left(address, text, page)
    elif address in SHOWN and "?q=" not in address:
        # A page of results repeats what was asked.
        assert not chinese_in(page)


def test_all_pages_are_asked():
    assert len(ALL) > 380
    assert len(content.cities()) == 64
    for language in LANGUAGES:
        assert sum(a.startswith(f"/{language}/") for a in ALL) == len(ALL) / 2


# --- language and frame -----------------------------------------------------------------------------


def it_says_its_language(text, page, language):
    (root,) = page.of("html")
    assert root["lang"] == {"en": "en", "zh": "zh-Hans"}[language]
    title = re.search(r"<title>(.*?)</title>", text, re.S)[1]
    assert title.strip()
    assert ("学习型城市图谱" in title) == (language == "zh")


def it_stands_in_the_frame(page, language):
    wanted = [f"/{language}/{name}" for name, _ in SCREENS]
    assert [x for x in page.links if x in wanted][: len(wanted)] == wanted
    assert page.links[0] == "#main"
    assert "main" in page.ids
    assert len(page.of("main")) == 1


def it_shows_its_own_address(address, text, language):
    """A view with choices shows its address; the others print it."""
    line = text.split('class="sheet fine view-link')[1].split("</p>")[0]
    shown = line.split('translate="no">')[1].split("<")[0].replace("&amp;", "&")
    assert shown.startswith("http://testserver/")
    assert ("print-only" in line) == ("?" not in address)
    assert bool(HAN.search(line)) == (language == "zh")
    if address.isascii():
        assert shown == f"http://testserver{address}"


# --- outline, labels --------------------------------------------------------------------------------


def headings(page):
    return [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]


def faults(levels):
    """Where an outline breaks: not one first heading at the start, or a level left out on the way down."""
    found = [] if levels[:1] == [1] and levels.count(1) == 1 else ["h1"]
    return found + [f"h{a} to h{b}" for a, b in pairwise(levels) if b > a + 1]


def test_a_broken_outline_is_found():
    assert faults([1, 2, 3, 3, 2, 3]) == []
    assert faults([1, 3]) == ["h1 to h3"]
    assert faults([2, 1]) == ["h1"]
    assert faults([1, 2, 1]) == ["h1"]
    assert faults([]) == ["h1"]


def ids_tables_fields_and_regions_are_told_apart(page):
    assert len(page.ids) == len(set(page.ids)), [i for i in page.ids if page.ids.count(i) > 1][:5]
    for one in page.of("th"):
        assert one.get("scope") in ("col", "row", "rowgroup", "colgroup"), one
    labelled = {found.get("for") for found in page.of("label")}
    for field in page.of("input", "select"):
        assert field.get("type") == "hidden" or field.get("id") in labelled or field.get("aria-label"), field
    for form in page.of("form"):
        # The site is read; own tables alone are sent.
        own = form.get("action", "").endswith("/index/own")
        assert form.get("method") == ("post" if own else "get")
        if "filters" in (form.get("class") or "").split():
            assert form.get("aria-label"), form
    for _, found in page.elements:
        if "scroll" in (found.get("class") or "").split():
            assert found.get("tabindex") == "0", found
            assert found.get("aria-label") or found.get("aria-labelledby"), found


# --- safety -----------------------------------------------------------------------------------------

#: Pages that load our two scripts: the sliders of the index.
SCRIPTED = re.compile(r"/(en|zh)/index(\?|\Z)")


def it_holds_no_code_and_loads_nothing_from_elsewhere(address, text, page):
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"style", "iframe", "object", "embed", "base"}
    assert bool(page.of("script")) == bool(SCRIPTED.match(address))
    for found in page.of("script"):
        assert set(found) == {"src", "defer"}
        assert re.match(r"/static/(?!/)", found["src"])
    assert not re.search(r"<script[^>]*>[^<]", text)
    assert "data-hx-on" not in text
    for tag, found in page.elements:
        assert not [n for n in found if n == "style" or n.startswith("on")], tag
        if tag in ("link", "img", "form"):
            target = found.get("href") or found.get("src") or found.get("action") or ""
            assert re.match(r"/(?!/)", target), target


@cache
def doubtful():
    return frozenset(s.address for s in content.sources().values() if s.doubtful)


def doubtful_addresses_are_not_linked(page):
    assert len(doubtful()) > 50
    assert not doubtful() & set(page.links)


# --- words ------------------------------------------------------------------------------------------

#: English that speaks of certificates and does not call a city certified.
ALLOWED = re.compile(r"never certified|not certified|no certification|is not a certificat", re.IGNORECASE)


@cache
def words(language):
    """Words that are not used, with what stands in their place (``forbidden-words.csv``)."""
    with (Path(__file__).parent / "forbidden-words.csv").open(encoding="utf-8", newline="") as file:
        return {r["word"]: r["instead"] for r in csv.DictReader(file) if r["language"] == language}


@cache
def forbidden(language):
    return re.compile("|".join(map(re.escape, words(language))), re.IGNORECASE)


def found_in(text, language):
    if language == "en":
        text = ALLOWED.sub(" ", text)
    return forbidden(language).findall(text)


def own_texts(page):
    """Texts of ours: what is marked as an original is the word of its source."""
    return [
        text
        for text, around in page.texts
        if not any("original" in (a.get("class") or "").split() for _, a in around)
    ]


def nothing_is_said_in_words_that_are_not_used(text, page, language):
    if found_in(text, language):  # originals and attributes included
        for one in own_texts(page):
            assert found_in(one, language) == [], one


def test_planted_words_are_found():
    assert found_in("武汉是学习城市。", "zh") == ["学习城市"]
    assert found_in("武汉是学习型城市。", "zh") == []
    assert found_in("Cork is a certified city", "en") == ["certified city"]
    assert found_in("Cities are awarded, never certified.", "en") == []
    assert len(words("zh")) >= 7
    assert len(words("en")) >= 4
    planted = Page('<p>学习城市</p><p class="original">学习城市</p>')
    with pytest.raises(AssertionError):
        nothing_is_said_in_words_that_are_not_used("学习城市", planted, "zh")
    assert own_texts(planted) == ["学习城市"]


# --- Chinese pages in Chinese, English ones in English ------------------------------------------------

# What Chinese texts keep in Latin letters, as the vocabulary of the project does
# (data/standards/terms.csv): licences, organisations, units, codes.
KEPT = re.compile(
    r"\b(?:CC BY|CSV|JSON|XLSX|Word|LaTeX|PDF|SVG|PNG|API|OpenAPI|ZIP|kB|MB|MIT|GNLC|UNESCO|UIL|PM2\.5|[AB]|[sf]\d{4})\b"
)
LATIN = re.compile(r"[A-Za-zÀ-ÿ]{2,}")


@cache
def english_words():
    """Words that only an English text would hold: those of our own English screens and labels."""
    texts = [m.id if isinstance(m.id, str) else " ".join(m.id) for m in messages.collect() if m.id]
    texts += [str(label) for label in lc.standard_tables()["labels"]["label_en"]]
    found = {w for text in texts for w in re.findall(r"(?<![%(])\b[a-z]{3,}\b", text)}
    return found - {"per"}


def foreign_marked(around):
    for _, attributes in around:
        classes = (attributes.get("class") or "").split()
        lang = attributes.get("lang")
        if "original" in classes or "code" in classes or (lang is not None and not lang.startswith("zh")):
            return True
    return False


def english_in(page, known):
    """English left on a page: whole texts without one Chinese character, and English words amid Chinese.

    Chinese sentences may name a programme as it calls itself (Kolleg21, PEER GYNT), so amid Chinese
    only words count that an English text of ours would use.
    """
    found = []
    for text, around in page.texts:
        if foreign_marked(around):
            continue
        latin = LATIN.findall(KEPT.sub(" ", text))
        found += [w for w in latin if not HAN.search(text) or w in known]
    return found


def attributes_of(page):
    """What screen readers and tooltips say, outside what is marked as another language."""
    for _, found in page.elements:
        lang = found.get("lang")
        if lang is not None and not lang.startswith("zh"):
            continue
        for name in ("aria-label", "title", "alt", "placeholder", "data-label"):
            if found.get(name):
                yield name, found[name], found


def no_english_is_left(address, text, page):
    assert sum(bool(HAN.search(t)) for t, _ in page.texts) > 10
    query = address.partition("?q=")[2]  # a page of results repeats what was asked
    left = [w for w in english_in(page, english_words()) if w != query]
    assert not left, left[:5]
    if address not in SHOWN:
        return
    checked = 0
    for name, value, found in attributes_of(page):
        if name == "title" and (found.get("href") or "").startswith("/zh/sources/"):
            continue  # the title of a source is an original
        checked += 1
        assert not LATIN.findall(KEPT.sub(" ", value)) or HAN.search(value), (name, value)
    assert checked >= 3
    for word in ("认证城市", "利益相关者", "关键特征"):
        assert word not in text, word


def chinese_in(page):
    """Chinese on an English page that is not marked as Chinese."""
    found = []
    for text, around in page.texts:
        # The number of a paper stands in English sentences as it is.
        if HAN.search(re.sub(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号", "", text)):
            langs = [a["lang"] for _, a in around if "lang" in a]
            if langs[-1] == "en":
                found.append(text)
    return found


def test_the_check_finds_planted_english():
    page = Page(
        '<html lang="zh-Hans"><body><p>城市 city <span lang="en">Wuhan</span> <b class="original">x y</b></p></body></html>'
    )
    assert english_in(page, english_words()) == ["city"]
    bare = Page('<html lang="zh-Hans"><body><p>Nuguna</p><p>努古纳（Nuguna）</p></body></html>')
    assert english_in(bare, english_words()) == ["Nuguna"]
    assert len(english_words()) > 300


def test_the_check_finds_planted_chinese():
    page = Page(
        '<html lang="en"><body><p>武汉</p><p lang="zh-Hans">太原</p><p>教高〔2019〕1号</p></body></html>'
    )
    assert chinese_in(page) == ["武汉"]


def test_error_pages_show_no_address_to_copy(get):
    assert "view-link" not in get("/en/nowhere", 404)
    assert "view-link" not in get("/en/cities?round=1", 400)
