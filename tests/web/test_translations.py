"""Chinese everywhere: no text without one, nothing guessed, and no English left on a Chinese page."""

import gettext
import io
import re

import pytest
from babel.messages.pofile import read_po
from tests.web.conftest import HAN, Page, city_pages, screens
from tests.web.test_usability import practices, sources

import learningcity as lc
from learningcity.web import messages

# What Chinese texts keep in Latin letters, as the vocabulary of the project does
# (data/standards/terms.csv): licences, organisations, units, codes.
KEPT = re.compile(
    r"\b(?:CC BY|CSV|JSON|XLSX|Word|LaTeX|PDF|SVG|PNG|API|OpenAPI|ZIP|kB|MB|MIT|GNLC|UNESCO|UIL|PM2\.5|[AB]|[sf]\d{4})\b"
)
LATIN = re.compile(r"[A-Za-zÀ-ÿ]{2,}")


def english_words():
    """Words that only an English text would hold: those of our own English screens and labels."""
    texts = [m.id if isinstance(m.id, str) else " ".join(m.id) for m in messages.collect() if m.id]
    texts += [str(label) for label in lc.standard_tables()["labels"]["label_en"]]
    words = {w for text in texts for w in re.findall(r"(?<![%(])\b[a-z]{3,}\b", text)}
    return words - {"per"}


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
        words = LATIN.findall(KEPT.sub(" ", text))
        found += [w for w in words if not HAN.search(text) or w in known]
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


def test_the_check_finds_planted_english():
    page = Page(
        '<html lang="zh-Hans"><body><p>城市 city <span lang="en">Wuhan</span> <b class="original">x y</b></p></body></html>'
    )
    assert english_in(page, english_words()) == ["city"]
    bare = Page('<html lang="zh-Hans"><body><p>Nuguna</p><p>努古纳（Nuguna）</p></body></html>')
    assert english_in(bare, english_words()) == ["Nuguna"]
    assert len(english_words()) > 300


@pytest.mark.parametrize(
    "address", [a for a in screens() + city_pages() + sources() + practices() if a.startswith("/zh/")]
)
def test_no_english_words_on_a_chinese_page(get, address):
    page = Page(get(address))
    assert sum(bool(HAN.search(t)) for t, _ in page.texts) > 10
    query = address.partition("?q=")[2]  # a page of results repeats what was asked
    left = [w for w in english_in(page, english_words()) if w != query]
    assert not left, left[:5]


@pytest.mark.parametrize("address", [a for a in screens() if a.startswith("/zh/")])
def test_labels_of_a_chinese_page_are_chinese(get, address):
    page = Page(get(address))
    checked = 0
    for name, value, found in attributes_of(page):
        if name == "title" and (found.get("href") or "").startswith("/zh/sources/"):
            continue  # the title of a source is an original
        checked += 1
        assert not LATIN.findall(KEPT.sub(" ", value)) or HAN.search(value), (name, value)
    assert checked >= 3


def test_no_chinese_words_on_an_english_page_outside_originals(get):
    checked = 0
    for address in [a for a in screens() if a.startswith("/en/") and "?q=" not in a]:
        for text, around in Page(get(address)).texts:
            # The number of a paper stands in English sentences as it is.
            if not HAN.search(re.sub(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号", "", text)):
                continue
            checked += 1
            langs = [a["lang"] for _, a in around if "lang" in a]
            assert langs[-1] != "en", (address, text)
    assert checked > 40


def test_every_text_is_translated_and_nothing_is_guessed():
    with messages.PO.open("rb") as file:
        catalog = read_po(file, locale="zh")
    collected = {m.id for m in messages.collect() if m.id}
    kept = {m.id for m in catalog if m.id}
    assert len(collected) > 100
    assert collected == kept, sorted(map(str, collected ^ kept))[:5]
    for message in catalog:
        if message.id:
            assert messages.translated(message), message.id
            assert HAN.search(
                "".join([message.string] if isinstance(message.string, str) else message.string)
            )
            assert not message.fuzzy


def test_slots_are_the_same_in_both_languages():
    with messages.PO.open("rb") as file:
        catalog = read_po(file, locale="zh")
    checked = 0
    for message in catalog:
        if not message.id:
            continue
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = {slot for s in sources for slot in re.findall(r"%\(\w+\)s", s)}
        for string in strings:
            assert set(re.findall(r"%\(\w+\)s", string)) == wanted, message.id
            checked += 1
    assert checked > 100


def test_committed_files_are_in_step():
    assert messages.stale() == []
    with io.BytesIO(messages.MO.read_bytes()) as file:
        assert gettext.GNUTranslations(file).gettext("Cities") == "城市"


def test_a_new_text_and_a_missing_translation_are_found(monkeypatch):
    catalog = messages.merged()
    catalog.add("A text that nobody has translated")
    monkeypatch.setattr(messages, "merged", lambda: catalog)
    assert "A text that nobody has translated" in messages.stale()
    assert messages.main(["--check"]) == 2


def test_words_of_the_project_are_kept():
    forbidden = ("学习城市", "认证城市", "利益相关者", "利益相关方", "关键特征")
    with messages.PO.open("rb") as file:
        texts = [str(m.string) for m in read_po(file, locale="zh") if m.id]
    assert texts
    for text in texts:
        for word in forbidden:
            assert word not in text, text


@pytest.mark.parametrize("address", [a for a in screens() if a.startswith("/zh/")])
def test_forbidden_words_are_on_no_page(get, address):
    text = get(address)
    for word in ("认证城市", "利益相关者", "关键特征"):
        assert word not in text
