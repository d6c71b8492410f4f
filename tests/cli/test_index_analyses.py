"""Sensitivity, comparison, trends and files of choices on the command line."""

import pandas as pd
import pytest

import learningcity as lc
from learningcity.cli import index_trend
from learningcity.index.trends import NOTES

RECIPE = ("--spec", "my-index/index.toml")
CHOICES = ("--choices", "my-index/choices.toml")


@pytest.fixture
def example(run, quiet_machine):
    """The worked example, a second table of values, sources and a panel."""
    run("index", "template", "--out", "my-index")
    data = pd.read_csv("my-index/data.csv")
    data.assign(parks=data["parks"].to_numpy()[::-1]).to_csv("other.csv", index=False)
    later = data.assign(Time=2024, jobs=data["jobs"] + pd.Series(range(8)))
    pd.concat([data.assign(Time=2020), later]).to_csv("panel.csv", index=False)
    (quiet_machine / "sources.csv").write_text(
        "uCode,iCode,value,source\nriverside,parks,14.2,Census\nriverside,parks,30,Yearbook\n"
    )
    return "my-index/data.csv"


@pytest.fixture
def values(example):
    """Values and recipe of the example as the library reads them."""
    spec = lc.read_index_spec("my-index/index.toml")
    return lc.read_index_values(example, spec.structure), spec


def rows(text):
    return [line.split("\t") for line in text.splitlines()]


def named(result, file="my-index/data.csv"):
    return {**lc.plain(result.to_dict()), "names": lc.read_unit_names(file)}


def test_sensitivity_gives_the_shares_of_the_library(run, run_json, example, values):
    line = ("index", "sensitivity", example, *RECIPE, *CHOICES, "--draws", "32", "--seed", "4")
    choices = lc.read_index_choices("my-index/choices.toml", values[1])
    expected = lc.sensitivity(*values, choices, draws=32, seed=4)
    assert run_json(*line) == named(expected)
    for language, yes in (("en", "yes"), ("zh", "是")):
        done = run(*line, "--language", language)
        table = rows(done.stdout)
        assert [row[0] for row in table[1:]] == list(expected.table().index)
        assert {row[7] for row in table[1:]} == {yes}
        assert expected.summary(language) in done.stderr
    units = rows(run(*line, "--units").stdout)
    assert units[0][:3] == ["unit", "name", "choice"]
    assert len(units) == 1 + 8 * 5


def test_sensitivity_says_what_is_not_applicable_and_what_failed(run, example, quiet_machine):
    (quiet_machine / "fixed.yaml").write_text("normalise: [minmax]\n")
    line = ("index", "sensitivity", example, *RECIPE, "--draws", "16", "--choices")
    fixed = run(*line, "fixed.yaml")
    assert rows(fixed.stdout)[1][1:8] == ["", "", "", "", "", "", "no"]
    assert "not applicable" in fixed.stderr
    assert "不适用" in run(*line, "fixed.yaml", "--language", "zh").stderr
    (quiet_machine / "fails.json").write_text('{"aggregate": {"2": ["arithmetic", "geometric"]}}')
    told = run(*line, "fails.json").stderr
    assert "draws were dropped" in told
    assert "geometric mean is not defined" in told


def test_the_file_of_choices_is_shared_and_an_option_goes_before_it(run_json, example, values):
    choices = lc.read_index_choices("my-index/choices.toml", values[1])
    line = ("index", "uncertainty", example, *RECIPE, *CHOICES, "--draws", "100")
    assert run_json(*line) == named(lc.uncertainty(*values, choices, draws=100))
    more = {**choices, "weights": {"dirichlet": 50.0}}
    told = run_json(*line, "--dirichlet", "50", "--level", "0.5", "--code", "green")
    assert told == named(lc.uncertainty(*values, more, draws=100, level=0.5, code="green"))


def test_coders_and_sources_are_drawn(run_json, example, values):
    line = ("index", "uncertainty", example, *RECIPE, "--draws", "50")
    coders = {"A": values[0], "B": lc.read_index_values("other.csv", values[1].structure)}
    told = run_json(*line, "--coder", "A=my-index/data.csv", "--coder", "B=other.csv")
    assert told == named(lc.uncertainty(*values, {"coders": coders}, draws=50))
    assert told["choices"][0]["alternatives"] == ["A", "B"]
    told = run_json(*line, "--sources", "sources.csv")
    assert told["cells"] == [{"unit": "riverside", "code": "parks", "values": [14.2, 30.0]}]


def test_compare_puts_two_recipes_and_two_tables_side_by_side(run, run_json, example, values):
    first = lc.build_index(*values)
    plainest = lc.build_index(values[0], lc.index_spec_from_table("my-index/meta.csv"))
    line = ("index", "compare", example, *RECIPE)
    done = run(*line, "--with-meta", "my-index/meta.csv")
    assert run_json(*line, "--with-meta", "my-index/meta.csv") == named(lc.compare_indices(first, plainest))
    assert "Recipes differ in aggregate" in done.stderr
    other = lc.build_index(lc.read_index_values("other.csv"), values[1])
    assert run_json(*line, "--with-data", "other.csv") == named(lc.compare_indices(first, other))
    green = run_json(*line, "--with-data", "other.csv", "--code", "green", "--with-code", "index")
    assert green == named(lc.compare_indices(first, other, ("green", "index")))
    (head, *body) = rows(run(*line, "--with-data", "other.csv", "--language", "zh").stdout)
    assert head == [
        "单位",
        "名称",
        "得分（前者）",
        "得分（后者）",
        "名次（前者）",
        "名次（后者）",
        "名次上升",
    ]
    assert all(int(row[4]) - int(row[5]) == int(row[6]) for row in body)


def test_compare_names_units_of_one_alone(run, example, quiet_machine):
    frame = pd.read_csv("other.csv").iloc[1:]
    frame.to_csv("fewer.csv", index=False)
    done = run("index", "compare", example, *RECIPE, "--with-data", "fewer.csv")
    assert "Only in the first: riverside." in done.stderr
    assert len(rows(done.stdout)) == 8


def test_trend_follows_a_table_of_years(run, run_json, example):
    line = ("index", "trend", "my-index/years.csv", "--target", "20", "--target-year", "2030")
    frame = lc.read_index_values("my-index/years.csv")
    expected = lc.trend(frame, target=20, target_year=2030)
    assert run_json(*line) == named(expected, "my-index/years.csv")
    table = {row[0]: row for row in rows(run(*line).stdout)}
    assert table["eastgate"][-1] == "no value in the last year"
    assert table["riverside"][table["unit"].index("on track")] == "no"
    chinese = {row[0]: row for row in rows(run(*line, "--language", "zh").stdout)}
    assert chinese["eastgate"][-1] == "末年无数据"
    falling = run_json("index", "trend", "my-index/years.csv", "--less-is-better", "--base", "2018")
    assert (falling["direction"], falling["base"]) == (-1, 2018)


def test_every_note_of_a_trend_has_its_words():
    assert index_trend.NOTES == NOTES


def test_trend_builds_the_index_of_all_years_at_once(run_json, example, values):
    later = lc.read_index_panel("panel.csv", values[1].structure)[2024]
    later.reset_index().to_csv("later.csv", index=False)
    scores = lc.build_panel({2020: values[0], 2024: later}, values[1])
    expected = named(lc.trend(scores))
    assert run_json("index", "trend", "panel.csv", *RECIPE) == expected
    assert run_json("index", "trend", f"2020={example}", "2024=later.csv", *RECIPE) == expected
    part = run_json("index", "trend", "panel.csv", *RECIPE, "--code", "prosperous")
    assert part["units"] != expected["units"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_names_are_in_files_too(run, example, quiet_machine, ending):
    run("index", "uncertainty", example, *RECIPE, *CHOICES, "--draws", "20", "--out", f"x.{ending}")
    file = quiet_machine / f"x.{ending}"
    if ending == "json":
        assert '"riverside": "Riverside"' in file.read_text(encoding="utf-8")
        return
    frame = pd.read_csv(file) if ending == "csv" else pd.read_excel(file)
    assert frame.set_index("unit").at["riverside", "name"] == "Riverside"


def test_data_without_names_get_no_column_of_names(run, run_json, example):
    pd.read_csv(example).drop(columns="uName").to_csv("bare.csv", index=False)
    assert rows(run("index", "build", "bare.csv", *RECIPE).stdout)[0][:2] == ["unit", "rank"]
    assert "names" not in run_json("index", "build", "bare.csv", *RECIPE)


def test_chinese_of_older_spreadsheets_is_read_and_said(run, example, quiet_machine):
    text = (quiet_machine / example).read_text(encoding="utf-8")
    for name, zh in (("Riverside", "滨河区"), ("Hillview", "山景区"), ("Oldport", "旧港区")):
        text = text.replace(name, zh)
    (quiet_machine / "old.csv").write_bytes(text.encode("gbk"))
    done = run("index", "build", "old.csv", *RECIPE)
    assert {row[0]: row[1] for row in rows(done.stdout)}["hillview"] == "山景区"
    assert done.stderr.count("GB 18030") == 1
    (quiet_machine / "mark.csv").write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))
    assert run("index", "build", "mark.csv", *RECIPE).stdout == done.stdout


DATA = "my-index/data.csv"
BAD = {
    ("sensitivity", DATA, *RECIPE): ("Nothing varies", "没有变动因素"),
    ("sensitivity", DATA, *RECIPE, "--choices", "nowhere.toml"): ("nowhere.toml", "nowhere.toml"),
    ("sensitivity", DATA, *RECIPE, "--vary", "drop=park"): ("Did you mean parks", "是否指：parks"),
    ("sensitivity", DATA, *RECIPE, "--vary", "drop"): ("the method is missing", "缺少方法"),
    ("uncertainty", DATA, *RECIPE, "--noise", "0.1", "--dirichlet", "9"): ("not both", "只能给出其一"),
    ("uncertainty", DATA, *RECIPE, "--dirichlet", "9", "--vary", "weights=pca"): ("leave out", "请勿同时"),
    ("uncertainty", DATA, *RECIPE, "--coder", "A=other.csv"): ("One coder", "仅一名编码员"),
    ("uncertainty", DATA, *RECIPE, "--coder", "other.csv"): ("NAME=FILE", "名称=文件"),
    ("uncertainty", DATA, *RECIPE, "--coder", "A=other.csv", "--coder", "A=other.csv"): ("twice", "重复"),
    ("uncertainty", DATA, *RECIPE, "--sources", "other.csv"): ("iCode", "iCode"),
    ("compare", DATA, *RECIPE): ("With what?", "与什么比较"),
    ("compare", DATA, *RECIPE, "--with-data", "my-index/meta.csv"): ("uCode", "uCode"),
    ("compare", DATA, *RECIPE, "--with-data", "other.csv", "--code", "gren"): ("green", "green"),
    ("trend", "nowhere.csv"): ("nowhere.csv", "nowhere.csv"),
    ("trend", DATA): ("no year of four digits", "不是四位年份"),
    ("trend", DATA, *RECIPE): ("no column Time", "Time列"),
    ("trend", DATA, "other.csv", *RECIPE): ("2020=one.csv", "2020=one.csv"),
    ("trend", "2020=other.csv", "2021=other.csv"): ("--spec or --meta", "--spec或--meta"),
    ("trend", "my-index/years.csv", "--code", "green"): ("--code", "--code"),
    ("trend", "my-index/years.csv", "--base", "2017"): ("only 2016, 2018", "仅有2016、2018"),
    ("trend", "my-index/years.csv", "--target-year", "2030"): ("give --target", "--target"),
}


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_bad_use_ends_with_one_clean_message(run, example, arguments):
    for language, word in zip(("en", "zh"), BAD[arguments], strict=True):
        told = run("index", *arguments, "--language", language, code=1)
        assert word in told.stderr
        assert told.stdout == ""


@pytest.mark.parametrize("name", ["sensitivity", "uncertainty"])
def test_an_interruption_ends_long_work_with_one_word(run, example, monkeypatch, name):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(lc, name, interrupted, raising=False)
    for language, word in (("en", "Stopped."), ("zh", "已中止。")):
        told = run("index", name, example, *RECIPE, *CHOICES, "--language", language, code=130)
        assert told.stderr.split() == [word]
        assert told.stdout == ""


def test_the_same_alternative_twice_is_refused(run):
    run("index", "template", "--out", "my-index")
    twice = ("--vary", "normalise=minmax", "--vary", "normalise=minmax")
    told = run("index", "uncertainty", "my-index/data.csv", "--spec", "my-index/index.toml", *twice, code=1)
    assert "--vary normalise=minmax is given twice" in told.stderr
