"""The pages on the index say what is so: their tour runs, their recipe is read, their tables are those of the code."""

import doctest
import re
from pathlib import Path

import pytest

import learningcity as lc
from learningcity.index.files import STEPS
from learningcity.index.structure import COLUMNS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "index"
PAGES = {
    language: (FOLDER / name).read_text(encoding="utf-8")
    for language, name in (("en", "README.md"), ("zh", "README.zh.md"))
}
PAGE = PAGES["en"]


def block(language, heading=""):
    return re.findall(rf"{heading}.*?```{language}\n(.*?)```", PAGE, re.DOTALL)[0]


def test_both_pages_have_the_same_code_in_the_same_order():
    blocks = [re.findall(r"```.*?```", page, re.DOTALL) for page in PAGES.values()]
    assert len(blocks[0]) == 4
    assert blocks[0] == blocks[1]


def test_both_pages_name_the_same_columns_steps_methods_and_readings():
    english, chinese = (set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", p, flags=re.DOTALL))) for p in PAGES.values())  # fmt: skip
    only = {t for t in english ^ chinese if not t.startswith("index.toml")}
    assert len(english & chinese) > 50
    assert not only


def test_each_page_leads_to_the_pages_of_its_language():
    for language, ending in (("en", ".md"), ("zh", ".zh.md")):
        links = re.findall(r"\]\(([\w.]+)\)", PAGES[language])
        other = [t for t in links if t.endswith(".zh.md") != (ending == ".zh.md")]
        assert len(links) == 16, links
        assert len(other) == 1
        assert other[0].startswith("README")


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_tour_of_ten_lines_runs():
    code = block("python")
    assert len(code.splitlines()) == 10
    told = []
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(code, {}, "tour", None, 0), out=told.append)
    failed, tried = runner.summarize(verbose=False)
    assert failed == 0, "".join(told)
    assert tried == 8


def test_the_commands_run():
    from click.testing import CliRunner

    from learningcity.cli import main

    lines = block("sh").splitlines()
    assert len(lines) == 7
    for line in lines:
        done = CliRunner().invoke(main, line.split()[1:])
        assert done.exit_code == 0, done.output
    assert Path("scores.xlsx").is_file()


def test_the_recipe_on_the_page_is_one(own_folder):
    lc.write_index_template(own_folder)
    (own_folder / "page.toml").write_text(block("toml", "## The recipe as a file"), encoding="utf-8")
    spec = lc.read_index_spec("page.toml")
    assert spec.normalise_at("air").parameters["lower"] == 1.0
    assert spec.normalise_at("parks").parameters["lower"] == 0.0
    assert lc.build_index(lc.read_index_values("data.csv"), spec).scores["index"].notna().all()


def test_the_choices_on_the_page_are_read(own_folder):
    data, _, recipe, *_ = lc.write_index_template(own_folder)
    for coder in "ab":
        (own_folder / f"{coder}.csv").write_bytes(data.read_bytes())
    (own_folder / "page.toml").write_text(block("toml", "## What varies, as a file"), encoding="utf-8")
    spec = lc.read_index_spec(recipe)
    choices = lc.read_index_choices("page.toml", spec)
    found = lc.uncertainty(lc.read_index_values(data), spec, choices, draws=50)
    assert found.factors.names == ("coders", "normalise", "aggregate 3", "drop", "weights")
    assert found.factors.factors[2].probabilities == (0.75, 0.25)


HEADINGS = {
    "en": ("## The two tables", "## The steps"),
    "zh": ("## 两张表", "## 步骤"),
}


@pytest.mark.parametrize("language", PAGES)
def test_steps_and_columns_are_those_of_the_code(language):
    page, (tables, steps) = PAGES[language], HEADINGS[language]
    rows = re.findall(r"^\| `(\w+)` \| .* \| .* \|$", page.split(steps)[1].split("##")[0], re.MULTILINE)
    assert tuple(rows) == STEPS
    named = set(re.findall(r"`(\w+)`", page.split(tables)[1].split(steps)[0]))
    assert set(COLUMNS) <= named
    for reading in ("visible", "figures", "context"):
        assert f"| `{reading}` |" in page


@pytest.mark.parametrize("language", PAGES)
def test_the_message_on_the_page_is_the_one_that_comes(own_folder, language):
    lc.write_index_template(own_folder)
    (own_folder / "index.toml").write_text('structure = "meta.csv"\nnormalise = "minmx"\n')
    with pytest.raises(lc.InputError) as told:
        lc.read_index_spec("index.toml")
    assert f"`{told.value.text.in_(language)}`" in PAGES[language]
