"""``learningcity standard``: parses, calls the public face, prints; both languages, JSON and files."""

import json
import shlex

import pytest
from click.testing import CliRunner

import learningcity as lc
from learningcity.cli.root import main
from learningcity.cli.standard import group


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("LEARNINGCITY_HOME", str(tmp_path / "home"))


def run(line):
    return CliRunner().invoke(main, shlex.split(line))


def examples():
    commands = [group, *group.commands.values()]
    return [line for one in commands for line in one.examples]


def test_the_group_is_named_standard_and_has_its_commands():
    assert group.name == "standard"
    assert list(group.commands) == ["show", "rules", "crosswalk", "eligibility"]


@pytest.mark.parametrize("line", examples())
def test_every_example_of_the_help_works(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(line.removeprefix("learningcity "))
    assert done.exit_code == 0, done.output
    assert done.output.strip()


def test_help_shows_an_example_in_both_languages():
    assert len(examples()) >= 12
    for name in group.commands:
        for language, word in (("en", "Examples"), ("zh", "示例")):
            done = run(f"standard {name} --help --language {language}")
            assert done.exit_code == 0
            assert word in done.output
            assert f"learningcity standard {name}" in done.output


def test_show_an_area_with_what_stands_under_it_and_the_mark():
    done = run("standard show --area 11 --language zh")
    lines = done.stdout.splitlines()
    assert [line.split("\t")[0] for line in lines[1:]] == ["11", "11.1", "11.2", "11.1.1", "11.2.1", "11.2.2"]
    assert [line.split("\t")[-1] for line in lines[1:3]] == ["是", "否"]
    assert "未经核实，系本系统概述" in done.stderr


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        ("", 57),
        ("--level measurement", 58),
        ("--level area", 12),
        ("--pillar P3 --level area", 3),
        ("--pillar P3", 26),
    ],
)
def test_show_counts(options, rows):
    items = json.loads(run(f"standard show {options} --json").stdout)["items"]
    assert len(items) == rows
    if rows == 26:
        assert {i["level"] for i in items} == {"pillar", "area", "feature", "measurement"}


def test_show_json_carries_the_note_in_both_languages():
    data = json.loads(run("standard show --area 4 --json").stdout)
    assert "not confirmed" in data["note"]["en"]
    assert "未经核实" in data["note"]["zh"]


def test_a_standard_of_ones_own(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text(
        "code,level,parent,name_en,name_zh,text_en,text_zh,confirmed,source_ids\n"
        "P1,pillar,,Pillar,板块,A pillar,一个板块,yes,s1\n",
        encoding="utf-8",
    )
    done = run(f"standard show --standard {file}")
    assert done.stdout.splitlines()[1].split("\t") == ["P1", "pillar", "Pillar", "A pillar", "yes"]
    file.write_text(file.read_text(encoding="utf-8").replace("yes,s1", "yes,"), encoding="utf-8")
    broken = run(f"standard show --standard {file}")
    assert broken.exit_code != 0
    assert "row 2, column source_ids" in broken.stderr


def test_rules_and_criteria_of_a_round():
    rules = run("standard rules 2019")
    assert len(rules.stdout.splitlines()) == 14
    assert "disagree" in rules.stderr
    criteria = run("standard rules 2024 --criteria --language zh")
    assert len(criteria.stdout.splitlines()) == 9
    assert "学习型城市规划" in criteria.stdout
    assert json.loads(run("standard rules 2024 --json").stdout)["conference"]["place"]["zh"] == "朱拜勒工业城"


def test_crosswalk_in_words_counts_and_files(tmp_path):
    counts = run("standard crosswalk --counts").stdout.splitlines()
    assert len(counts) == 14
    assert counts[0].split("\t")[1:6] == ["2015", "2017", "2019", "2021", "2024"]
    words = run("standard crosswalk --area 11 --round 2021 --language zh")
    assert words.stdout.splitlines()[1].split("\t")[:4] == ["11", "评审标准", "2021", "统筹协调机制"]
    assert "均由本项目判断" in words.stderr
    out = tmp_path / "walk.csv"
    assert run(f"standard crosswalk --out {out}").exit_code == 0
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 1 + len(lc.crosswalk().table())


@pytest.mark.parametrize(
    ("city", "year", "answer"),
    [("Wuhan", 2024, "yes"), ("都柏林", 2024, "no"), ("Taiyuan", 2024, "cannot tell")],
)
def test_eligibility(city, year, answer):
    data = json.loads(run(f"standard eligibility {city} --round {year} --json").stdout)
    assert data["answer"] == answer
    said = run(f"standard eligibility {city} --round {year} --language zh").stdout
    assert data["summary"]["zh"].splitlines()[0] in said
    assert all(check["reason"]["zh"] in said for check in data["checks"])


def test_eligibility_to_a_file_and_of_a_coming_round(tmp_path):
    out = tmp_path / "answer.csv"
    done = run(f"standard eligibility Shanghai --round 2027 --rules-of 2024 --out {out}")
    assert done.exit_code == 0
    text = out.read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 7
    rows = lc.check_eligibility("Shanghai", 2027, rules_of=2024).table()
    assert (rows["round"].unique().tolist(), rows["rules_of"].unique().tolist()) == ([2027], [2024])
    assert "Assuming" not in text  # the two columns say it


def test_a_coming_round_without_rules_names_the_option_and_not_python():
    for language in ("en", "zh"):
        coming = run(f"standard eligibility Limerick --round 2027 --language {language}")
        assert "--rules-of 2024" in coming.stderr
        assert "rules_of" not in coming.stderr
        outside = run(f"standard eligibility Lyon --round 2024 --language {language}")
        assert "--country FRA" in outside.stderr
        assert "country=" not in outside.stderr


def test_an_assumption_stands_once_at_the_head():
    for language, word in (("en", "assuming"), ("zh", "假定沿用")):
        said = run(f"standard eligibility Limerick --round 2027 --rules-of 2024 --language {language}").stdout
        assert said.splitlines()[0].count(word) == said.count(word) == 1


def test_an_answer_with_source_ids_ends_with_the_way_to_them():
    for language in ("en", "zh"):
        said = run(f"standard eligibility Wuhan --round 2024 --language {language}")
        last = said.output.splitlines()[-1]
        assert "learningcity atlas trace s0962" in last
        assert run(last[last.index("atlas trace") :]).exit_code == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("standard eligibility Wuhn --round 2024", "wuhan"),
        ("standard eligibility Wuhan --round 2027", "--rules-of 2024"),
        ("standard eligibility Wuhan", "--round"),
        ("standard show --area 44", "4"),
        ("standard show --level chapter", "level"),
        ("standard show --standard nothing.csv", "nothing.csv"),
        ("standard rules 2023", "2024"),
        ("standard crosswalk --framework sdg5", "sdg4"),
        ("standard crosswalk --add nothing.xlsx", "nothing.xlsx"),
        ("standard shw", "show"),
    ],
)
def test_bad_use_ends_with_one_and_a_clean_message(line, said):
    for language in ("en", "zh"):
        done = run(f"{line} --language {language}")
        assert done.exit_code == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr
        assert done.stdout == ""
