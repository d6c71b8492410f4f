"""A run writes its documents in every format that there is, whole or not at all, in both languages."""

import hashlib
import json
import zipfile

import pytest

import learningcity as lc
from learningcity.cli import study_run
from learningcity.study import documents


@pytest.fixture(scope="module")
def award():
    """The chapter on the award, run once."""
    return lc.run_study(lc.Study(name="cities", chapters=("award",)), keep=False)


@pytest.fixture
def asked(run, award, monkeypatch):
    """A study file, and how to run it; what it gives is the chapter on the award."""
    run("study", "new", "cities.toml")
    monkeypatch.setattr(lc, "run_study", lambda *_, **__: award, raising=False)
    return lambda *more, **how: run("study", "run", "cities.toml", "--chapter", "award", *more, **how)


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_every_format_is_written_in_both_languages(asked, quiet_machine, monkeypatch):
    rendered = []

    def quick(document, name, *, progress):
        rendered.append((name, document.language))
        return "", "", name.encode()

    monkeypatch.setattr(documents, "render", quick)
    answer = asked("--out", "made")
    assert set(rendered) == {(name, language) for name in lc.document_formats() for language in ("en", "zh")}
    assert {"html", "xlsx", "zip"} <= {name for name, _ in rendered}
    expected = {f"cities-{language}.{name}" for name, language in rendered} | {"study.json", "findings.csv"}
    assert names(quiet_machine / "made") == expected
    assert all(f"Written: made/{name}" in answer.stderr.replace("\\", "/") for name in expected)


def test_the_formats_asked_for_are_those_of_the_library(asked, quiet_machine):
    asked("--format", "zip", "--format", "xlsx", "--format", "zip", "--out", "made")
    made = quiet_machine / "made"
    assert names(made) == {"study.json", "findings.csv"} | {f"cities-{language}.{name}" for language in ("en", "zh") for name in ("xlsx", "zip")}  # fmt: skip
    document = lc.read_study_result(made).document
    for language in ("en", "zh"):
        for name in ("xlsx", "zip"):
            body = (made / f"cities-{language}.{name}").read_bytes()
            assert body == lc.render(document.in_language(language), name)[2]
    manifest = zipfile.ZipFile(made / "cities-zh.zip").read("manifest.json")
    assert json.loads(manifest)["data"] == lc.data_version(lc.load_atlas())


def test_what_did_not_change_is_not_written_again_and_the_run_says_so(asked, quiet_machine, monkeypatch):
    def run(out, *more):
        asked("--format", "html", "--format", "xlsx", "--out", out, *more)
        found = json.loads((quiet_machine / out / "study.json").read_text(encoding="utf-8"))["manifest"]
        bodies = {name: (quiet_machine / out / name).read_bytes() for name in found["documents"]}
        return found["documents"], bodies

    first, bodies = run("one")
    assert set(bodies) == {
        f"cities-{language}.{name}" for language in ("en", "zh") for name in ("html", "xlsx")
    }
    assert {one["sha256"] for one in first.values()} == {
        hashlib.sha256(b).hexdigest() for b in bodies.values()
    }
    with monkeypatch.context() as nothing:
        nothing.setattr(documents, "render", None)
        again, same = run("two")
    assert same == bodies
    assert [one["kept"] for one in first.values()] == [False] * 4
    assert [one["kept"] for one in again.values()] == [True] * 4
    assert [one["fingerprint"] for one in again.values()] == [one["fingerprint"] for one in first.values()]
    fresh, anew = run("three", "--fresh")
    assert anew == bodies
    assert [one["kept"] for one in fresh.values()] == [False] * 4


def test_unknown_formats_and_formats_without_a_folder_are_refused_before_the_work(asked, monkeypatch):
    monkeypatch.setattr(lc, "run_study", None, raising=False)
    assert "xlsx" in asked("--format", "xlxs", "--out", "made", code=1).stderr
    assert "--out" in asked("--format", "xlsx", code=1).stderr
    assert "--out" in asked("--format", "xlsx", "--language", "zh", code=1).stderr


def test_a_format_that_cannot_be_written_stops_no_other_and_is_told(asked, quiet_machine, monkeypatch):
    render = lc.render

    def without(document, name, **options):
        if name == "zip" and document.language == "zh":
            raise lc.SetupError(lc.Text("Install fonts-noto-cjk.", "请安装fonts-noto-cjk。"))
        return render(document, name, **options)

    monkeypatch.setattr(documents, "render", without)
    failed = asked("--format", "zip", "--format", "xlsx", "--out", "made", code=1)
    assert "zip (zh): Install fonts-noto-cjk." in failed.stderr
    assert "award.count" in failed.stdout
    held = {"cities-en.zip", "cities-en.xlsx", "cities-zh.xlsx"}
    assert {one for one in names(quiet_machine / "made") if "cities" in one} == held


@pytest.mark.parametrize("how", [KeyboardInterrupt, lc.Stopped])
def test_who_stops_the_writing_finds_nothing_half_written(asked, quiet_machine, monkeypatch, how):
    def stopped(*_, **__):
        raise how

    monkeypatch.setattr(documents, "render", stopped)
    asked("--out", "made", code=130)
    assert not (quiet_machine / "made").exists()


def test_progress_counts_formats_and_figures(monkeypatch, award):
    seen = []

    class Bar(study_run.Working):
        def __call__(self, done, total, /):
            seen.append((done, total))

    monkeypatch.setattr("learningcity.cli.output.Working", Bar)
    study_run._files(award, ("xlsx", "zip"), False)
    assert [done / total for done, total in seen] == sorted(done / total for done, total in seen)
    assert len({round(done / total, 6) for done, total in seen}) > 4
