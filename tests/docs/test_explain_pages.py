"""The pages on explain say what is so: the tutorial runs, the commands work, the study is read, both languages agree."""

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import learningcity as lc
from learningcity.cli import main
from learningcity.explain.qca.study_file import KEYS, SET_CHOICES

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "explain"
PAGES = {
    name: (FOLDER / name).read_text(encoding="utf-8") for name in sorted(p.name for p in FOLDER.glob("*.md"))
}
TOUR = PAGES["README.md"]
METHODS = ("agreement.md", "association.md", "ceilings.md", "typology.md")


def blocks(page, language=""):
    return re.findall(rf"```{language}\w*\n(.*?)```", page, re.DOTALL)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEARNINGCITY_HOME", str(tmp_path / "home"))
    return tmp_path


def test_every_page_has_its_twin_with_the_same_code_names_and_links():
    english = [name for name in PAGES if not name.endswith(".zh.md")]
    assert len(english) == 6
    for name in english:
        one, two = PAGES[name], PAGES[name.replace(".md", ".zh.md")]
        assert blocks(one) == blocks(two)
        plain = [re.sub(r"```.*?```", "", page, flags=re.DOTALL) for page in (one, two)]
        names = [set(re.findall(r"`([^`\n]+)`", page)) for page in plain]
        only = {
            n
            for n in names[0] ^ names[1]
            if "NAME" not in n and "名称" not in n and "FILE" not in n and "文件" not in n
        }
        assert not only, only
        assert set(re.findall(r"doi\.org/\S+?(?=\))", one)) == set(re.findall(r"doi\.org/\S+?(?=\))", two))
        for page in (one, two):
            for link in re.findall(r"\]\(([\w./-]+)\)", page):
                assert (FOLDER / link).exists(), link


def test_the_tutorial_runs():
    (code,) = blocks(TOUR, "python")
    told = []
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(code, {}, "tour", None, 0), out=told.append)
    failed, tried = runner.summarize(verbose=False)
    assert failed == 0, "".join(told)
    assert tried == 14


def test_every_command_of_the_tutorial_works():
    lines = [line for block in blocks(TOUR, "sh") for line in block.splitlines()]
    assert len(lines) == 15
    for line in lines:
        done = CliRunner().invoke(main, shlex.split(line)[1:], prog_name="learningcity")
        wanted = 2 if "explain journal" in line else 0
        assert done.exit_code in (0, wanted), (line, done.stderr)


@pytest.mark.parametrize("name", METHODS)
def test_the_code_of_a_method_runs(name):
    (code,) = blocks(PAGES[name], "python")
    told = []
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(code, {}, name, None, 0), out=told.append)
    failed, tried = runner.summarize(verbose=False)
    assert failed == 0, "".join(told)
    assert tried >= 7


@pytest.mark.parametrize("name", METHODS)
def test_the_commands_of_a_method_work(name):
    (block,) = blocks(PAGES[name], "sh")
    lines = block.splitlines()
    assert len(lines) >= 5
    for line in lines:
        done = CliRunner().invoke(main, shlex.split(line)[1:], prog_name="learningcity")
        assert done.exit_code == 0, (line, done.stderr)


@pytest.mark.parametrize("name", METHODS)
def test_each_method_says_what_it_assumes_how_it_is_read_and_how_not(name):
    for page, heads in (
        (PAGES[name], ("What is assumed", "How to read it", "How not to read it", "The measures")),
        (PAGES[name.replace(".md", ".zh.md")], ("前提", "如何解读", "不可如何解读", "各项指标")),
    ):
        assert re.findall(r"^## (.+)$", page, re.MULTILINE) == list(heads)
        assert "causal" in page or "因果" in page
        rows = [line for line in page.splitlines() if line.startswith("|")][2:]
        assert len(rows) >= 4
        assert all("doi.org/" in row or "`lc." in row for row in rows)


def test_the_study_that_is_shown_is_read(own_folder):
    lc.write_explain_template(own_folder)
    (text,) = blocks(TOUR, "toml")
    (own_folder / "shown.toml").write_text(text + "".join(
        f'[sets.{n}]\ncolumn = "{c}"\nanchors = {a}\n'
        for n, c, a in (("FUNDED", "budget", "[10, 25, 60]"), ("NEAR", "centres", "[1, 2.5, 5]"))
    ) + '[sets.PARTNERS]\ncolumn = "partners"\nanchors = 6\nkind = "crisp"\n', encoding="utf-8")  # fmt: skip
    study = lc.read_qca_study(own_folder / "shown.toml")
    assert study.outcome == "ACTIVE"
    assert len(study.prepare().data) == 24


def test_every_key_of_a_study_is_told():
    told = set(re.findall(r"`(\w+)`", TOUR))
    assert set(KEYS) | set(SET_CHOICES) <= told


def test_what_is_said_of_the_cities_is_so():
    cities = lc.atlas_qca(lc.load_atlas(), "green", ["law", "funding", "monitoring"])
    assert not len(cities.truth_table().positive)
    effort = cities.effort["practices"]
    assert (effort.min(), effort.max()) == (7, 10)
    four = lc.atlas_qca(lc.load_atlas(), "green", ["policy", "resources", "participation", "organization"])
    assert set(four.near_constant) == {"policy", "resources", "participation", "organization"}
    atlas = lc.load_atlas()
    coded = set(atlas.codes.merge(atlas.practices, on="practice_id")["city_id"])
    others = atlas.cities[atlas.cities["city_id"].isin(coded - set(atlas.awards["city_id"]))]
    assert set(others["country_iso3"]) == {"CHN"}
