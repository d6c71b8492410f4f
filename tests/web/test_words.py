"""Words that are not used: in no translation, in no label and no text of the data; pages in ``test_every_page``.

The list is data (``forbidden-words.csv``): the words of the vocabulary that say "never" or "not",
those of ``data/build/words-to-avoid.csv``, and what would make an award a certificate.
"""

import csv
import re
from pathlib import Path

from babel.messages.pofile import read_po
from tests.web.test_every_page import found_in, words

import learningcity as lc
from learningcity.web import content, messages

ROOT = Path(__file__).parents[2]
#: Where a forbidden word is the matter itself: the vocabulary's own notes, and titles of others' works.
SAID_AS_SUCH = {("terms", "note")}


def test_the_list_holds_what_the_data_avoid_and_what_the_vocabulary_forbids():
    with (ROOT / "data" / "build" / "words-to-avoid.csv").open(encoding="utf-8", newline="") as file:
        avoided = {row["word"] for row in csv.DictReader(file)}
    assert avoided <= set(words("zh"))
    never = set()
    for note in lc.standard_tables()["terms"]["note"].dropna():
        never |= set(re.findall(r"never ([\u4e00-\u9fff]+)", str(note)))
    assert len(never) >= 3
    assert never <= set(words("zh"))


def test_no_translation_uses_a_forbidden_word():
    with messages.PO.open("rb") as file:
        catalog = read_po(file, locale="zh")
    checked = 0
    for message in catalog:
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        assert not any(found_in(s, "zh") for s in strings), message.string
        assert not any(found_in(str(i), "en") for i in ids), message.id
        checked += 1
    assert checked > 400


def texts_of_tables():
    atlas = content.atlas()
    frames = {
        **lc.standard_tables(),
        **{n: getattr(atlas, n) for n in ("cities", "practices", "facts", "indicators", "members")},
    }
    for name, frame in frames.items():
        for column in map(str, frame.columns):
            language = "zh" if column.endswith("_zh") else "en" if column.endswith("_en") else None
            if language and (name, column) not in SAID_AS_SUCH:
                yield from ((name, column, language, str(t)) for t in frame[column].dropna())


def test_no_label_term_or_text_of_the_data_uses_a_forbidden_word():
    checked = 0
    for name, column, language, text in texts_of_tables():
        assert found_in(text, language) == [], (name, column, text)
        checked += 1
    assert checked > 5000


def test_no_message_of_the_library_uses_a_forbidden_word():
    checked = 0
    for path in (ROOT / "src" / "learningcity").rglob("*.py"):
        for text in re.findall(r'"([^"\n]*[\u4e00-\u9fff][^"\n]*)"', path.read_text(encoding="utf-8")):
            assert found_in(text, "zh") == [], (path.name, text)
            checked += 1
    assert checked > 800
