"""Written documents are kept by content: same content same bytes, another content another file, never a broken one."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

import learningcity as lc
from learningcity.report import Document, Section, say
from learningcity.study import documents, keeping


@pytest.fixture
def document():
    title = lc.Text("One", "一")
    return Document("d", title, say("Two.", "二。"), (Section("s", lc.Text("S", "节")),), {})


@pytest.fixture
def written(monkeypatch):
    """What was really written, in its order."""
    told = []

    def counted(document, name, **options):
        told.append((name, document.language))
        return lc.render(document, name, **options)

    monkeypatch.setattr(documents, "render", counted)
    return told


def test_a_file_is_written_once_and_is_what_render_gives(document, written, tmp_path):
    for language in ("en", "zh"):
        first = lc.DocumentFiles(document, tmp_path).write("html", language)
        again = lc.DocumentFiles(document.in_language("zh"), tmp_path).write("html", language)
        assert (first.name, first.media_type, first.body) == lc.render(document.in_language(language), "html")
        assert (again.body, again.fingerprint) == (first.body, first.fingerprint)
        assert (first.kept, again.kept) == (False, True)
    assert written == [("html", "en"), ("html", "zh")]


def test_another_content_format_language_or_package_is_another_file(document, monkeypatch, tmp_path):
    def key(one=document, name="html", language="en"):
        return lc.DocumentFiles(one, tmp_path).write(name, language).fingerprint

    found = [key(), key(name="xlsx"), key(language="zh"), key(replace(document, manifest={"data": "1"}))]
    monkeypatch.setattr(documents, "code_version", lambda: "another")
    found.append(key())
    monkeypatch.undo()
    monkeypatch.setattr(documents, "environment", lambda: {"python": "0"})
    found.append(key())
    assert len(set(found)) == len(found)


def test_what_is_drawn_rests_on_the_fonts_too(monkeypatch):
    before = {name: lc.report.made_with(name) for name in lc.document_formats()}
    monkeypatch.setenv("LEARNINGCITY_DOCUMENT_FONT", "Noto Serif CJK SC")
    changed = {name for name, held in before.items() if lc.report.made_with(name) != held}
    assert changed == {"docx", "pdf", "zip"}


@pytest.mark.parametrize("broken", [b"", b"short", b"x" * 5000, None])
def test_a_broken_file_is_made_anew(document, tmp_path, broken):
    first = lc.DocumentFiles(document, tmp_path).write()
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-1] if broken is None else broken)
    again = lc.DocumentFiles(document, tmp_path).write()
    assert (again.body, again.kept) == (first.body, False)
    assert kept.read_bytes() == whole


def test_without_keeping_or_a_place_for_it_files_are_written_all_the_same(document, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    body = lc.render(document, "html")[2]
    for keep in (False, blocked / "below"):
        assert [lc.DocumentFiles(document, keep).write().kept for _ in range(2)] == [False, False]
        assert lc.DocumentFiles(document, keep).write().body == body
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_the_store_is_bounded_and_keeps_what_was_asked_for_last(tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "MAXIMUM_IN_FOLDER", 1000)
    (tmp_path / "a chapter.json").write_text("x" * 900)
    for number in range(9):
        keeping.kept_bytes(f"{number}", lambda: b"x" * 200, tmp_path)
        os.utime(tmp_path / f"{number}.kept", (number, number))
    assert sorted(one.name for one in tmp_path.glob("*.kept")) == ["5.kept", "6.kept", "7.kept", "8.kept"]
    assert (tmp_path / "a chapter.json").exists()


def test_many_who_write_the_same_at_once_all_get_it_whole(tmp_path):
    body = bytes(range(256)) * 4000
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: keeping.kept_bytes("same", lambda: body, tmp_path)[0], range(40)))
    assert set(found) == {body}
    assert [one.name for one in tmp_path.iterdir()] == ["same.kept"]


def test_an_unknown_format_or_language_is_named_and_nothing_kept(document, tmp_path):
    files = lc.DocumentFiles(document, tmp_path)
    with pytest.raises(lc.UnknownNameError, match="html"):
        files.write("htm")
    with pytest.raises(lc.UnknownNameError):
        files.write("html", "fr")
    with pytest.raises(lc.InputError):
        lc.DocumentFiles("no document")
    assert not list(tmp_path.iterdir())
