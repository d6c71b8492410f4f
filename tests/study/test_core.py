"""A study is read, run, kept, written, read back and compared; every change of the data is told."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import learningcity as lc
from learningcity.core import InputError, UnknownNameError
from learningcity.study.run import of_cases
from learningcity.study.spec import CHAPTERS, Methods, study_of

#: Little work: what is kept, written and compared is the same.
AWARD = lc.Study(chapters=("award",), methods=Methods(permutations=49, draws=100))


def changed(atlas, **frames):
    """An atlas with other tables in the place of some."""
    return type(atlas)({**atlas.frames, **{k.replace("_", "-"): v for k, v in frames.items()}}, atlas.own)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The run of that study, and the folder that its chapter is kept in."""
    folder = tmp_path_factory.mktemp("kept")
    return lc.run_study(AWARD, keep=folder), folder


def test_a_file_says_what_the_study_is(tmp_path):
    study = replace(
        AWARD, name="mine", target="wuhan", cases=("cork", "wuhan"), seed=7, data_version="abc",
        codes=lc.CodingPolicy(timing="before"), methods=Methods(permutations=49),
    )  # fmt: skip
    file = tmp_path / "mine.toml"
    file.write_text(lc.study_toml(study), encoding="utf-8")
    assert lc.read_study(file) == study


def test_the_chapters_stand_in_the_order_of_reading():
    assert lc.Study(chapters=("award", "introduction")).chapters == ("introduction", "award")
    assert lc.Study().chapters == CHAPTERS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nmae = 1", "name"),
        ("[codes]\ntimming = 'all'", "codes.timing"),
        ("chapters = ['awards']", "award"),
        ("languages = ['fr']", "fr"),
        ("seed = -1", "seed"),
        ("title = 'x'", "both languages"),
        ("[methods]\nlevel = 2", "level"),
        ("[methods]\npermutations = 1", "permutations"),
        ("codes = 1", "table of choices"),
        ("not toml", "no TOML"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path, text, told):
    file = tmp_path / "study.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        lc.read_study(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        lc.read_study(tmp_path / "nowhere.toml")


def test_paths_are_seen_from_the_file():
    assert study_of({"data": "own"}, Path("/a")).data == Path("/a/own")


def test_unknown_cities_and_languages_are_told():
    with pytest.raises(UnknownNameError, match="corc"):
        lc.run_study(replace(AWARD, cases=("corc",)), keep=False)
    with pytest.raises(UnknownNameError):
        lc.run_study(replace(AWARD, languages=("en",)), "zh", keep=False)


def test_cases_leave_no_row_of_others():
    atlas = of_cases(lc.load_atlas(), ("cork", "Wuhan"))
    assert sorted(atlas.city_ids()) == ["cork", "wuhan"]
    assert set(atlas.practices["city_id"]) == {"cork", "wuhan"}
    assert set(atlas.codes["practice_id"]) == set(atlas.practices["practice_id"])
    assert len(atlas.members) == len(lc.load_atlas().members)
    assert of_cases(lc.load_atlas(), ()) is lc.load_atlas()


def test_a_run_tells_what_it_rests_on_and_takes_the_seed(tmp_path):
    told = []
    run = lc.run_study(replace(AWARD, seed=5), keep=tmp_path, progress=lambda *a: told.append(a))
    assert told == [(0, 1, "award")]
    manifest = run.manifest
    assert manifest["data"] == lc.data_version(lc.load_atlas())
    assert manifest["seed"] == 5
    assert manifest["versions"]["learningcity"] == lc.__version__
    assert set(manifest["tables"]) == set(lc.load_atlas().frames)
    assert manifest["chapters"]["award"]["kept"] is False
    assert "seconds" not in json.dumps(run.document.manifest)
    assert len(run.table()) == len(run.document.findings) > 0
    assert run.notes == ()
    assert "项发现" in run.summary("zh")


def test_another_version_of_the_data_is_told():
    run = lc.run_study(replace(AWARD, data_version="0"), keep=False)
    assert "written for data 0" in run.notes[0].en


def test_what_nothing_has_changed_of_is_read(kept):
    first, folder = kept
    assert first.manifest["chapters"]["award"]["kept"] is False
    again = lc.run_study(AWARD, keep=folder)
    assert again.manifest["chapters"]["award"]["kept"] is True
    assert again.document == first.document
    other = lc.run_study(replace(AWARD, seed=1), keep=folder)
    assert other.manifest["chapters"]["award"]["kept"] is False


@pytest.mark.parametrize("rest", ["{", '{"_": "Popen"}', "[1]"])
def test_a_kept_chapter_that_was_spoiled_is_computed(kept, tmp_path, rest):
    first, folder = kept
    name = f"{first.manifest['chapters']['award']['fingerprint']}.json"
    file = tmp_path / next(p.name for p in folder.iterdir() if p.name == name)
    file.write_text(rest, encoding="utf-8")
    again = lc.run_study(AWARD, keep=tmp_path)
    assert again.manifest["chapters"]["award"]["kept"] is False
    assert again.document == first.document


def test_a_folder_that_cannot_be_written_hinders_nothing(tmp_path):
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    assert lc.run_study(AWARD, keep=file / "below").document.findings


def test_a_run_is_read_back_from_its_folder(tmp_path):
    study = replace(AWARD, cases=("cork", "wuhan"), facts=lc.FactPolicy(year=2020))
    run = lc.run_study(study, "zh", keep=False)
    lc.write_study_result(run, tmp_path)
    again = lc.read_study_result(tmp_path)
    assert again.document == run.document
    assert again.study == study
    assert lc.compare_studies(run, again).rows == ()


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"document": {"_": "Text", "en": "a", "zh": "b"}, "study": {}}']
)
def test_a_file_of_something_else_is_refused(tmp_path, text):
    (tmp_path / "study.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="not written by a run"):
        lc.read_study_result(tmp_path)
    with pytest.raises(InputError, match="nowhere"):
        lc.read_study_result(tmp_path / "nowhere")


def test_fewer_awards_and_another_seed_are_told(kept):
    atlas = lc.load_atlas()
    before, _ = kept
    fewer = changed(atlas, awards=atlas.awards[atlas.awards["round"] < 2024].reset_index(drop=True))
    after = lc.run_study(replace(AWARD, seed=1), atlas=fewer, keep=False)
    found = lc.compare_studies(before, after)
    rows = {(kind, what): (one, two) for kind, what, one, two, *_ in found.rows}
    assert rows["data", "awards"][0].startswith("58 rows")
    assert rows["data", "awards"][1].startswith("48 rows")
    assert rows["choice", "seed"] == ("2026", "1")
    assert rows["value", "award.count: awards"] == ("58", "48")
    assert "数据1处" in found.summary("zh")
    assert {row[0] for row in found.rows} <= set(lc.CHANGES)
    assert list(found.table().columns) == ["kind", "what", "before", "after", "before_zh", "after_zh"]


def test_findings_that_come_and_go_and_change_their_strength_are_told(kept):
    run, _ = kept
    document = run.document

    def with_findings(*findings):
        section = replace(document.sections[0], blocks=findings, sections=())
        return replace(run, document=replace(document, sections=(section,)))

    one = document.findings[0]
    other = replace(one, key="award.other")
    kinds = [r[:2] for r in lc.compare_studies(with_findings(one), with_findings(other)).rows]
    assert kinds == [("gone", one.key), ("new", "award.other")]
    weak = replace(one, strength="weak")
    assert lc.compare_studies(with_findings(one), with_findings(weak)).rows == (
        ("strength", one.key, "described", "weak", "描述", "证据较弱"),
    )
    words = replace(one, claim=other.uncertainty)
    assert [r[0] for r in lc.compare_studies(with_findings(one), with_findings(words)).rows] == ["words"]


def test_without_a_font_the_words_and_the_table_stand(monkeypatch):
    from learningcity.core import SetupError, Text

    def no_font(*_):
        raise SetupError(Text("no font", "没有字体"))

    monkeypatch.setattr("learningcity.report.charts.fonts.font_for", no_font)
    document = lc.run_study(AWARD, keep=False).document
    assert len(document.figures) > 0
    for figure in document.figures:
        for language in ("en", "zh"):
            # A map is words of the browser over dots: it asks for no font.
            assert figure.picture(language).svg == "" or figure.picture(language).kind == "map"
            assert figure.picture(language).rows
