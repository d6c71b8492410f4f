"""``learningcity explain``: what the library computes, as tables, files, printed tables and JSON."""

import io
import zipfile

import openpyxl
import pandas as pd
import pytest

import learningcity as lc
from learningcity.cli import explain_checks, explain_log, explain_paths, explain_words
from learningcity.explain.qca import (
    calibrate_anchors,
    calibrate_result,
    fit_result,
    journal_content,
    permutation_result,
    robustness_result,
    solution,
)
from learningcity.explain.qca.necessity import VERDICTS

STUDY = ("--study", "my-study/study.toml")
CITIES = ("--atlas", "--outcome", "inclusive", "--conditions", "law,funding,monitoring")


@pytest.fixture(autouse=True)
def example(run):
    """The worked example in ``my-study``."""
    run("explain", "template", "--out", "my-study")


@pytest.fixture
def asked():
    """Study, cases and truth table as the library has them."""
    study = lc.read_qca_study("my-study/study.toml")
    cases = study.prepare()
    table = lc.truth_table(cases.data, study.outcome, study.conditions, **study.table_choices)
    return study, cases, table


@pytest.fixture
def many(quiet_machine):
    """The same towns with every column calibrated, as somebody brings it from elsewhere."""
    found = lc.read_qca_study("my-study/study.toml").prepare().data
    found[["FUNDED", "NEAR", "LAW", "PARTNERS", "ACTIVE"]].rename_axis("town").reset_index().to_csv(
        "ready.csv", index=False
    )
    return "ready.csv"


def rows(text):
    return [line.split("\t") for line in text.splitlines()]


def test_the_words_of_the_command_line_are_those_of_the_library():
    assert explain_words.SIDES == calibrate_result.SIDES
    assert explain_words.VERDICTS == VERDICTS
    assert explain_words.CASE_KINDS == fit_result.KINDS
    assert explain_words.CASE_KINDS | solution.KINDS == explain_words.CASE_KINDS
    assert explain_words.ALTERNATIVES == robustness_result.KINDS
    assert set(explain_words.RESULT_KINDS) == set(journal_content.KINDS)
    assert explain_words.SOLUTIONS == solution.NAMES
    assert tuple(permutation_result.STATISTICS) == explain_checks.STATISTICS
    for anchor in ("out", "crossover", "in", "out_low", "in_high", "cut"):
        assert explain_words.ANCHORS[anchor].zh == calibrate_anchors.anchor_name(anchor).zh


def test_calibrate_gives_each_case_and_the_joined_table_can_be_used_again(run, run_json, quiet_machine):
    line = (
        "explain",
        "calibrate",
        "my-study/towns.csv",
        "--column",
        "budget",
        "--anchors",
        "10,25,60",
        "--name",
        "FUNDED",
    )
    raw = lc.read_case_table("my-study/towns.csv")
    expected = lc.calibrate(raw["budget"], (10, 25, 60), name="FUNDED")
    told = run_json(*line)
    assert [row["membership"] for row in told["table"]] == pytest.approx(list(expected.values))
    assert told["anchors"] == {"out": 10, "crossover": 25, "in": 60}
    table = rows(run(*line, "--language", "zh").stdout)
    assert table[0] == ["案例", "原始值", "隶属度", "归属"]
    assert {row[3] for row in table[1:]} == {"隶属", "不隶属"}
    run(*line, "--joined", "--out", "more.csv")
    again = lc.read_case_table("more.csv")
    assert list(again.columns) == [*raw.columns, "FUNDED"]
    assert again["FUNDED"].tolist() == pytest.approx(list(expected.values))


def test_calibrate_makes_all_sets_of_a_study(run, run_json, asked):
    table = rows(run("explain", "calibrate", *STUDY).stdout)
    assert table[0] == ["case", "ACTIVE", "FUNDED", "NEAR", "PARTNERS", "LAW"]
    assert len(table) == 25
    assert [one["name"] for one in run_json("explain", "calibrate", *STUDY)] == [
        c.name for c in asked[1].calibrations
    ]


def test_truth_table_is_that_of_the_library(run, run_json, asked):
    assert run_json("explain", "truth-table", *STUDY) == lc.plain(asked[2].to_dict())
    for language, last in (("en", "deviant cases"), ("zh", "偏差案例")):
        done = run("explain", "truth-table", *STUDY, "--language", language)
        table = rows(done.stdout)
        assert table[0][:4] == ["FUNDED", "NEAR", "LAW", "PARTNERS"]
        assert table[0][-1] == last
        assert [row[4] for row in table[1:]] == list(asked[2].table()["out"])
        assert asked[2].summary(language) in done.stderr
    two = run_json(
        "explain", "truth-table", *STUDY, "--inclusion", "0.9,0.7", "--pri", "0", "--frequency", "2"
    )
    assert two["choices"] == {
        "inclusion_cut": 0.9,
        "contradiction_cut": 0.7,
        "pri_cut": 0,
        "frequency_cut": 2,
        "at_half": "refuse",
    }


@pytest.mark.parametrize("kind", ["conservative", "parsimonious", "intermediate"])
def test_minimise_gives_the_models_of_the_library(run_json, asked, kind):
    expectations = asked[0].solution_choices["expectations"] if kind == "intermediate" else None
    expected = lc.minimise(asked[2], kind, expectations)
    told = run_json("explain", "minimise", *STUDY, "--solution", kind)
    assert told["models"] == [[str(t) for t in model] for model in expected.models]
    assert told["fit"] == lc.plain(expected.table())
    assert {one["step"] for one in told["decisions"]["table"]} >= {
        "data",
        "calibration",
        "truth_table",
        "minimisation",
    }


def test_a_table_and_options_give_what_a_study_gives(run_json, many):
    options = (
        "--outcome",
        "ACTIVE",
        "--conditions",
        "FUNDED,NEAR、LAW",
        "--conditions",
        "PARTNERS",
        "--pri",
        "0.5",
    )
    expect = [w for n in ("FUNDED", "NEAR", "LAW", "PARTNERS") for w in ("--expect", f"{n}=1")]
    told = run_json("explain", "minimise", many, *options, "--solution", "intermediate", *expect)
    assert (
        told["models"]
        == run_json("explain", "minimise", *STUDY)["models"]
        == [["FUNDED*NEAR", "LAW*PARTNERS"]]
    )


def test_the_tables_of_minimise_are_in_words(run, asked):
    for language, heads in (("en", ["model", "path", "kind"]), ("zh", ["模型", "路径", "类别"])):
        table = rows(run("explain", "minimise", *STUDY, "--show", "cases", "--language", language).stdout)
        assert table[0][:3] == heads
        words = {explain_words.CASE_KINDS[k].in_(language) for k in solution.KINDS}
        assert {row[2] for row in table[1:]} == words
    log = rows(run("explain", "minimise", *STUDY, "--show", "decisions", "--language", "zh").stdout)
    assert all(row[1] in {t.zh for t in explain_paths.DECISIONS.values()} for row in log[1:])
    printed = run("explain", "minimise", *STUDY, "--show", "configurations", "--language", "zh").stdout
    assert "经费充足" in printed
    assert "●" in printed
    assert "FUNDED" not in printed


@pytest.mark.parametrize("language", ["en", "zh"])
def test_minimise_writes_every_kind_of_file(run, quiet_machine, language):
    for ending in ("csv", "xlsx", "json", "txt", "html", "tex", "docx"):
        done = run("explain", "minimise", *STUDY, "--out", f"paths.{ending}", "--language", language)
        assert f"paths.{ending}" in done.stderr
        assert not done.stdout
    head = (quiet_machine / "paths.csv").read_text("utf-8-sig").splitlines()[0]
    assert head.split(",")[0] == {"en": "model", "zh": "模型"}[language]
    book = openpyxl.load_workbook(quiet_machine / "paths.xlsx")
    assert book.sheetnames == ["fit", "cases", "configurations", "decisions", "truth_table"]
    word = {"en": "Well funded", "zh": "经费充足"}[language]
    with zipfile.ZipFile(quiet_machine / "paths.docx") as parts:
        assert word in parts.read("word/document.xml").decode("utf-8")
    for ending in ("txt", "html", "tex"):
        assert word in (quiet_machine / f"paths.{ending}").read_text("utf-8-sig")


def test_other_commands_refuse_the_endings_of_printed_tables(run):
    for one in (
        ("truth-table",),
        ("necessity",),
        ("robustness",),
        ("permutation",),
        ("fit", "--expression", "LAW"),
    ):
        assert "minimise" in run("explain", *one, *STUDY, "--out", "x.docx", code=1).stderr


def test_what_contradicts_necessity_is_shut_out(run_json):
    told = run_json(
        "explain", "minimise", *STUDY, "--solution", "parsimonious", "--necessary", "NEAR + PARTNERS"
    )
    assert told["excluded"] == ["~NEAR*~PARTNERS"]


def test_expectations_of_the_study_are_not_used_for_another_outcome(run, run_json):
    line = ("explain", "minimise", *STUDY, "--outcome", "~ACTIVE")
    assert run_json(*line)["expectations"] == {}
    assert "about ACTIVE" in run(*line).stderr
    assert run_json(*line, "--expect", "NEAR=0")["expectations"] == {"NEAR": [0]}
    assert set(run_json("explain", "minimise", *STUDY)["expectations"]) == {
        "FUNDED",
        "NEAR",
        "LAW",
        "PARTNERS",
    }


def test_necessity_and_fit_are_those_of_the_library(run, run_json, asked):
    study, cases, _ = asked
    expected = lc.necessity(cases.data, study.outcome, study.conditions, depth=2)
    told = run_json("explain", "necessity", *STUDY, "--depth", "2")
    assert told == lc.plain(expected.to_dict())
    table = rows(run("explain", "necessity", *STUDY, "--language", "zh").stdout)
    assert {row[6] for row in table[1:]} <= {t.zh for t in explain_words.VERDICTS.values()}
    expected = lc.fit("FUNDED*NEAR + LAW", cases.data, "~ACTIVE", "necessity")
    line = (
        "explain",
        "fit",
        *STUDY,
        "--outcome",
        "~ACTIVE",
        "--expression",
        "FUNDED*NEAR + LAW",
        "--relation",
        "necessity",
    )
    assert run_json(*line) == lc.plain(expected.to_dict())
    table = rows(run(*line, "--show", "cases", "--language", "zh").stdout)
    assert {row[3] for row in table[1:]} <= {t.zh for t in explain_words.CASE_KINDS.values()}


def test_robustness_tries_the_anchors_of_the_study(run, run_json, asked, many, monkeypatch):
    study, cases, _ = asked
    choices = {**study.table_choices, **study.solution_choices}
    expected = lc.robustness(
        cases.data, study.outcome, study.conditions, **choices, pri_range=None, frequency_range=None, cases=False,
        anchors={c.name: c for c in cases.calibrations}, draws=3, seed=5,
    )  # fmt: skip
    line = ("explain", "robustness", *STUDY, "--pri-range", "none", "--frequency-range", "none", "--fixed-cases",
            "--draws", "3", "--seed", "5")  # fmt: skip
    assert run_json(*line) == lc.plain(expected.to_dict())
    with monkeypatch.context() as known:
        # It is the same result; what is shown of it is another question.
        known.setattr(lc, "robustness", lambda *_, **__: expected, raising=False)
        table = rows(run(*line, "--show", "ranges", "--language", "zh").stdout)
        assert ["移动一个锚点", "ACTIVE：完全不隶属"] in [row[:2] for row in table]
        for shown in ("terms", "models", "cases"):
            head = rows(run(*line, "--show", shown, "--language", "zh").stdout)[0]
            assert not any(word in lc.__all__ or word.islower() for word in head), head
    other = (
        "explain",
        "robustness",
        many,
        "--outcome",
        "ACTIVE",
        "--conditions",
        "FUNDED,NEAR",
        "--other",
        f"again={many}",
    )
    assert [r["same"] for r in run_json(*other)["table"] if r["name"] == "again"] == [True]


def test_permutation_is_that_of_the_library(run, run_json, asked):
    study, cases, _ = asked
    choices = {**study.table_choices, **study.solution_choices}
    expected = lc.permutation_test(
        cases.data, study.outcome, study.conditions, **choices, permutations=50, seed=2
    )
    line = ("explain", "permutation", *STUDY, "--permutations", "50", "--seed", "2")
    assert run_json(*line) == lc.plain(expected.to_dict())
    done = run(*line, "--language", "zh")
    assert rows(done.stdout)[1][0] == "整体模型"
    assert expected.summary("zh") in done.stderr


def test_the_journal_warns_when_anchors_change_after_a_result(run, run_json, quiet_machine):
    line = ("explain", "minimise", *STUDY, "--journal", "log.jsonl")
    run(*line)
    run(*line, "--reason", "once more")
    entries = lc.QcaJournal.read("log.jsonl").entries
    assert [e.kind for e in entries] == ["calibration"] * 4 + ["truth_table", "solution"] * 2
    assert entries[-1].reason == "once more"
    study = quiet_machine / "my-study" / "study.toml"
    study.write_text(study.read_text("utf-8").replace("[15, 30, 50]", "[15, 28, 50]"), "utf-8")
    assert "crossover 28" in run(*line, code=2).stderr
    told = run("explain", "journal", "log.jsonl", "--language", "zh", code=2)
    assert "交叉点28" in told.stderr
    assert rows(told.stdout)[1][4].startswith("锚点：完全不隶属15、交叉点30、完全隶属50；方法：直接法")
    keys = {k for e in entries for k in e.content} - set(explain_log.BESIDE)
    assert keys <= set(explain_log.KEYS)
    log = quiet_machine / "log.jsonl"
    log.write_text(log.read_text("utf-8").replace('"once more"', '"never"'), "utf-8")
    assert "log.jsonl, line 8" in run("explain", "journal", "log.jsonl", code=1).stderr


def test_cities_say_their_names_and_limits(run, run_json):
    cities = lc.atlas_qca(lc.load_atlas(), "inclusive", ["law", "funding", "monitoring"])
    done = run("explain", "truth-table", *CITIES, "--language", "zh")
    assert "武汉" in done.stdout
    assert "wuhan" not in done.stdout
    assert rows(done.stdout)[0][:3] == ["法规", "经费", "监测"]
    for limit in cities.limits("zh"):
        assert limit in done.stderr
    told = run_json("explain", "minimise", *CITIES)
    assert told["limits"]["en"] == list(cities.limits("en"))
    assert told["models"][0] == [str(t) for t in lc.minimise(cities.truth_table()).models[0]]
    shared = run("explain", "minimise", *CITIES, "--show", "shared", "--language", "zh")
    assert "法规*经费" in shared.stdout
    assert "law" not in shared.stdout + shared.stderr
    other = run_json("explain", "truth-table", *CITIES, "--coder", "B", "--timing", "before")
    assert other["table"] != run_json("explain", "truth-table", *CITIES)["table"]


def test_robustness_of_cities_tries_the_other_coder_and_disjoint_evidence(run):
    table = rows(run("explain", "robustness", *CITIES, "--fixed-cases", "--language", "zh").stdout)
    frames = [row[1] for row in table if row[0] == "其他数据"]
    assert frames[0] == "编码员B"
    assert len(frames) == 4


def test_an_honest_nothing_is_said_in_words(run):
    line = ("explain", "minimise", "--atlas", "--outcome", "green", "--conditions", "law,funding,monitoring")
    assert "nothing was found" in run(*line, code=1).stderr
    assert "如实报告未发现结果" in run(*line, "--language", "zh", code=1).stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("truth-table",), "Which cases"),
        (("truth-table", "my-study/towns.csv"), "Which outcome"),
        (("truth-table", "my-study/towns.csv", "--outcome", "LAW"), "Which conditions"),
        (("truth-table", "my-study/towns.csv", "--outcome", "LAW", "--conditions", "budgt"), "budget"),
        (("truth-table", "my-study/towns.csv", "--outcome", "LAW", "--conditions", "budget"), "calibrate"),
        (("truth-table", *STUDY, "--coder", "A"), "--atlas"),
        (("truth-table", *STUDY, "--atlas"), "its own cases"),
        (("truth-table", *STUDY, "--inclusion", "high"), "--inclusion high"),
        (("minimise", *STUDY, "--expect", "FUNDED"), "NAME=VALUE"),
        (("minimise", *STUDY, "--expect", "FUNDED=yes"), "NAME=1"),
        (("minimise", *STUDY, "--show", "shared"), "--atlas"),
        (("minimise", *STUDY, "--solution", "parsimonious", "--expect", "LAW=1"), "--solution intermediate"),
        (("minimise", *STUDY, "--out", "paths.pdf"), ".docx"),
        (("permutation", *STUDY, "--permutations", "1" + "0" * 20), "at most"),
        (("minimise", *STUDY, "--exclude", "WEALTH"), "WEALTH"),
        (("fit", *STUDY, "--expression", "FUNDED*"), "FUNDED*"),
        (("fit", *STUDY, "--expression", "FUNDED", "--conditions", "NEAR"), "--expression"),
        (("robustness", *STUDY, "--pri-range", "1"), "--pri-range"),
        (("calibrate", "my-study/towns.csv", "--column", "budget"), "--anchors"),
        (("calibrate", "my-study/towns.csv", "--column", "budget", "--anchors", "60,25"), "anchors"),
        (
            ("calibrate", "my-study/towns.csv", "--column", "budget", "--anchors", "1,2,3", "--name", "LAW", "--joined"),
            "a column LAW already",
        ),
        (("journal", "nothing.jsonl"), "nothing.jsonl"),
        (("template", "--out", "my-study"), "already"),
    ],
)  # fmt: skip
def test_bad_use_is_told_with_what_to_do(run, line, said):
    done = run("explain", *line, code=1)
    assert said in done.stderr
    assert not done.stdout


def test_missing_values_are_named_or_left_out(run, many):
    frame = pd.read_csv(many)
    frame.loc[0, "NEAR"] = None
    frame.to_csv(many, index=False)
    line = ("explain", "truth-table", many, "--outcome", "ACTIVE", "--conditions", "FUNDED,NEAR")
    assert "Alder (NEAR)" in run(*line, code=1).stderr
    assert "Left out for missing values: Alder" in run(*line, "--missing", "leave_out").stderr


def test_workbooks_and_chinese_tables_are_read(run, many, quiet_machine):
    frame = pd.read_csv(many).rename(columns={"town": "案例"})
    out = io.BytesIO()
    frame.to_excel(out, index=False, sheet_name="cases")
    (quiet_machine / "ready.xlsx").write_bytes(out.getvalue())
    frame.to_csv("old.csv", index=False, encoding="gb18030")
    line = ("--outcome", "ACTIVE", "--conditions", "FUNDED,NEAR")
    first = run("explain", "truth-table", many, *line).stdout
    assert run("explain", "truth-table", "ready.xlsx", *line).stdout == first
    assert run("explain", "truth-table", "old.csv", *line).stdout == first


def test_a_study_of_a_chinese_table_in_an_older_encoding_is_calibrated(run, quiet_machine):
    study, towns = quiet_machine / "my-study" / "study.toml", quiet_machine / "my-study" / "towns.csv"
    first = run("explain", "calibrate", *STUDY).stdout
    towns.write_bytes(towns.read_text("utf-8").replace("case,", "案例,").encode("gb18030"))
    done = run("explain", "calibrate", *STUDY)
    assert rows(done.stdout)[1:] == rows(first)[1:]
    assert "GB 18030" in done.stderr
    assert "GB 18030" in run("explain", "robustness", *STUDY, "--other", f"again={towns}").stderr
    assert study.exists()


def test_paths_of_many_conditions_need_no_configuration_table(run, monkeypatch):
    def refuse(*args, **kwargs):
        raise lc.InputError(lc.Text("not asked for", "未要求"))

    monkeypatch.setattr(lc, "configuration_table", refuse)
    assert rows(run("explain", "minimise", *STUDY).stdout)[0][0] == "model"
    assert "not asked for" in run("explain", "minimise", *STUDY, "--json", code=1).stderr


def test_cuts_that_are_lowered_until_something_is_found_are_told(run):
    line = ("explain", "minimise", *STUDY, "--journal", "log.jsonl")
    run(*line, "--inclusion", "1", "--pri", "1", "--frequency", "9", code=1)
    assert [e.kind for e in lc.QcaJournal.read("log.jsonl").entries] == ["calibration"] * 4 + ["truth_table"]
    assert "frequency 9 became" in run(*line, code=2).stderr
    told = run("explain", "journal", "log.jsonl", "--language", "zh", code=2)
    assert "结果为1的组合数：0" in told.stdout


def test_a_fit_that_is_cheap_is_told(run, quiet_machine):
    bits = pd.DataFrame([[k >> b & 1 for b in range(4)] for k in range(16)], columns=list("ABCD"))
    bits["E"], bits["Y"] = [0] * 15 + [1], [1, 0, 0, 1] * 4
    bits.rename(index="c{}".format).to_csv("odd.csv", index_label="case")
    line = ("explain", "minimise", "odd.csv", "--outcome", "Y", "--conditions", "A,B,C,D,E")
    told = run(*line).stderr
    assert "16 of 16 cases have a combination to themselves" in told
    assert "one side in E;" in told
    told = run(*line, "--language", "zh").stderr
    assert "16个案例中有16个独占一种组合" in told
    assert "在E上处于同一侧" in told
    assert "to themselves" not in run("explain", "minimise", *STUDY).stderr
