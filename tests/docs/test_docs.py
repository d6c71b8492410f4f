"""The documents say what is so: examples run, pages are in step, links lead somewhere, words are right."""

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import learningcity as lc

ROOT = Path(__file__).resolve().parents[2]
#: The dictionary quotes the words that are never used; its own test is beside it.
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
NEVER = ("学习城市", "认证城市", "利益相关者", "关键特征", "certified city", "certified cities")


def blocks(page, language):
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def failures(code, name):
    test = doctest.DocTestParser().get_doctest(code, {}, name, None, 0)
    told = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=told.append)
    return runner.summarize(verbose=False), "".join(told)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_tour_in_the_readme_runs(name):
    [code] = blocks(ROOT / name, "python")
    assert len(code.splitlines()) <= 20
    (failed, tried), told = failures(code, name)
    assert failed == 0, told
    assert tried >= 5


def test_a_wrong_tour_would_fail(capsys):
    (failed, tried), _ = failures(">>> 1 + 1\n3\n", "wrong")
    assert (failed, tried) == (1, 1)


def commands_in(page):
    for block in blocks(page, "sh"):
        for line in block.splitlines():
            if line.startswith("learningcity "):
                yield shlex.split(line.partition("#")[0])[1:]


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_commands_in_the_readme_run(name, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from learningcity.cli import main

    monkeypatch.setenv("LEARNINGCITY_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    ran = 0
    for arguments in commands_in(ROOT / name):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, (arguments, result.output)
        ran += 1
    assert ran >= 6


def test_the_numbers_in_the_readme_are_those_of_the_atlas():
    atlas = lc.load_atlas()
    english = (ROOT / "README.md").read_text(encoding="utf-8")
    chinese = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    awards, cities = len(atlas.awards), atlas.awards["city_id"].nunique()
    others = len(atlas.cities) - cities
    assert f"{awards} awards to {cities} cities" in english
    assert f"{others} comparison cities" in english
    assert f"{cities}个城市{awards}次获奖，另有{others}个对照城市" in chinese
    assert f"{len(atlas.practices)} practices" in english
    assert f"{len(atlas.practices)}项实践举措" in chinese
    assert f"{len(atlas.facts)} facts" in changes
    assert f"{len(atlas.members)} members" in changes


def test_generated_pages_are_in_step_and_a_changed_one_is_told(tmp_path):
    sys.path.insert(0, str(ROOT))
    try:
        from docs.make import out_of_step, pages
    finally:
        sys.path.remove(str(ROOT))
    generated = pages()
    assert len(generated) >= 6
    assert out_of_step() == []
    assert sorted(out_of_step(tmp_path, write=True)) == sorted(generated)
    assert out_of_step(tmp_path) == []
    name = "docs/cli-reference.md"
    page = tmp_path / name
    page.write_text(page.read_text(encoding="utf-8").replace("--limit", "--most"), encoding="utf-8")
    assert out_of_step(tmp_path) == [name]


def test_every_statistical_source_stands_in_the_licences():
    page = (ROOT / "LICENSE-DATA.md").read_text(encoding="utf-8")
    sources = lc.load_atlas().statistical_sources
    assert len(sources) >= 15
    assert all(title.replace("|", "\\|") in page for title in sources["title"])


def test_links_lead_somewhere():
    looked_at = 0
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http://", "https://", "mailto:")):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
                looked_at += 1
    assert looked_at > 15


def test_words_that_are_never_used():
    looked_at = 0
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for word in NEVER:
            assert word not in text, f"{page.name}: {word}"
            looked_at += 1
    assert looked_at >= 9 * len(NEVER)


def test_version_changelog_and_citation_agree():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changes, re.MULTILINE)[0] == lc.__version__
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(rf"^version: {re.escape(lc.__version__)}$", citation, re.MULTILINE)
    assert citation.startswith("cff-version: 1.2.0\n")
    for field in ("message:", "title:", "authors:", "license: MIT", "type: software"):
        assert re.search(rf"^{field}", citation, re.MULTILINE), field
    assert "doi" not in citation.lower()
    for name in ("README.md", "README.zh.md"):
        assert f"Version {lc.__version__}" in (ROOT / name).read_text(encoding="utf-8")


def test_every_step_of_contributing_names_a_command_that_exists():
    from learningcity.cli import main

    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`learningcity (atlas|standard) ([a-z]+)", text))
    assert len(named) >= 8
    import click

    context = click.Context(main)
    for group, name in named:
        one = main.get_command(context, group)
        assert name in one.list_commands(context), f"{group} {name}"
    for heading in ("city", "fact", "practice", "indicator", "standard"):
        section = re.search(rf"### An? {heading}.*?(?=\n###|\n## )", text, re.DOTALL)
        assert section, heading
        assert "learningcity atlas check" in section.group()


def test_make_docs_check_ends_with_0():
    told = subprocess.run(
        [sys.executable, "-m", "docs.make", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert "pages looked at" in told.stdout
