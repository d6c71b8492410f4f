"""Chinese everywhere: no text without one, and nothing guessed; what stands on pages is in ``test_every_page``."""

import gettext
import io
import re

from babel.messages.pofile import read_po
from tests.web.conftest import HAN

from learningcity.web import messages


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
