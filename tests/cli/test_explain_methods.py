"""``learningcity explain ceiling|bottleneck|associate|typology|agreement``: what the library computes, in words."""

import io

import openpyxl
import pandas as pd
import pytest

import learningcity as lc
from learningcity.cli import explain_ceilings, explain_heads
from learningcity.explain.agreement import LEVELS
from learningcity.explain.association.measures import MEASURES
from learningcity.explain.nca.bottleneck import SCALES
from learningcity.explain.nca.ceiling import METHODS
from learningcity.explain.nca.result import NOTES
from learningcity.explain.typology.columns import KINDS

TOWNS = "my-study/towns.csv"
CODES = ("my-study/codes.csv", "--unit", "practice", "--cluster", "town", "--multiple", "themes")
NEEDED = (TOWNS, "--outcome", "participation", "--conditions", "budget,centres")
PAIRS = (TOWNS, "--background", "budget,centres", "--characteristics", "LAW,participation")
STYLES = (TOWNS, "--columns", "participation,budget,centres", "--draws", "10", "--shuffles", "19")


@pytest.fixture(autouse=True)
def example(run):
    """The worked example in ``my-study``."""
    run("explain", "template", "--out", "my-study")


@pytest.fixture
def towns():
    return lc.read_case_table(TOWNS)


def rows(text):
    return [line.split("\t") for line in text.splitlines()]


def column(text, head):
    head_row, *body = rows(text)
    return [row[head_row.index(head)] for row in body]


def test_the_words_of_the_command_line_are_those_of_the_library():
    assert explain_heads.CEILING_NOTES == NOTES
    assert sorted(explain_ceilings.METHODS) == sorted(METHODS)
    assert sorted(explain_ceilings.SCALES) == sorted(SCALES)
    assert explain_heads.MEASURES == MEASURES
    assert set(explain_heads.CODING_LEVELS) == set(LEVELS)
    assert set(explain_heads.COLUMN_KINDS) == set(KINDS)


# --- ceiling, bottleneck ------------------------------------------------------------------------


def test_ceilings_are_those_of_the_library(run, run_json, towns):
    found = run_json("explain", "ceiling", *NEEDED, "--permutations", "200", "--seed", "3")
    for x in ("budget", "centres"):
        one = lc.ceiling(towns, x, "participation", permutations=200, seed=3)
        given = found[x]["table"][0]
        assert given["effect_size"] == pytest.approx(one.effect_size)
        assert given["p_value"] == pytest.approx(one.p_value)
        span = lc.ceiling_interval(towns, x, "participation")
        assert found["intervals"][x] == pytest.approx(
            {"low": span.low, "high": span.high, "lower": span.lower, "upper": span.upper}
        )
    done = run("explain", "ceiling", *NEEDED, "--permutations", "200", "--seed", "3")
    assert column(done.stdout, "condition") == ["budget", "centres"]
    assert column(done.stdout, "effect size")[1] == "0.25876"
    assert "not adjusted" in done.stderr
    assert "no proof of a cause" in done.stderr


def test_corner_method_and_scope_reach_the_library(run_json, towns):
    found = run_json(
        "explain", "ceiling", TOWNS, "--outcome", "participation", "--conditions", "centres", "--corner", "4",
        "--method", "cr_fdh", "--scope", "centres=0,8,0,70", "--permutations", "0",
    )  # fmt: skip
    one = lc.ceiling(towns, "centres", "participation", "cr_fdh", 4, (0, 8, 0, 70))
    assert found["centres"]["table"][0]["effect_size"] == pytest.approx(one.effect_size)
    assert found["centres"]["table"][0]["p_value"] is None


def test_the_effect_without_each_case_and_the_intervals_are_shown(run, towns):
    given = run("explain", "ceiling", *NEEDED, "--permutations", "0", "--show", "cases").stdout
    span = lc.ceiling_interval(towns, "centres", "participation")
    shown = [row for row in rows(given)[1:] if row[0] == "centres"]
    assert [row[1] for row in shown] == list(span.without.index)
    given = run("explain", "ceiling", *NEEDED, "--permutations", "0", "--show", "intervals").stdout
    assert column(given, "interval to")[1] == "0.25876"


def test_a_condition_that_does_not_vary_is_left_out_with_its_reason(run, run_json, quiet_machine):
    towns = pd.read_csv(TOWNS).assign(same=1)
    towns.to_csv("same.csv", index=False)
    line = ("explain", "ceiling", "same.csv", "--outcome", "participation", "--permutations", "0")
    done = run(*line, "--conditions", "centres,same")
    assert column(done.stdout, "condition") == ["centres"]
    assert "same is left out" in done.stderr
    assert set(run_json(*line, "--conditions", "centres,same")["left_out"]) == {"same"}
    assert "same value" in run(*line, "--conditions", "same", code=1).stderr
    pd.DataFrame({"case": ["a", "b"], "p": [1, 1], "q": [2, 2], "y": [1, 2]}).to_csv("flat.csv", index=False)
    done = run("explain", "ceiling", "flat.csv", "--outcome", "y", "--conditions", "p,q", code=1)
    assert "p is left out" in done.stderr
    assert "q is left out" in done.stderr


def test_a_study_brings_its_sets_outcome_and_conditions(run, run_json):
    study = lc.read_qca_study("my-study/study.toml")
    cases = study.prepare()
    found = run_json("explain", "ceiling", "--study", "my-study/study.toml", "--permutations", "0")
    for x in study.conditions:
        one = lc.ceiling(cases.data, x, study.outcome)
        assert found[x]["table"][0]["effect_size"] == pytest.approx(one.effect_size)
    done = run("explain", "bottleneck", "--study", "my-study/study.toml")
    assert rows(done.stdout)[0] == ["ACTIVE", *study.conditions]


def test_necessary_levels_are_those_of_the_library(run, run_json, towns):
    line = (
        "explain",
        "bottleneck",
        *NEEDED,
        "--method",
        "cr_fdh",
        "--scale-x",
        "actual",
        "--scale-y",
        "actual",
    )
    found = lc.bottleneck(
        towns, ["budget", "centres"], "participation", "cr_fdh", "actual", "actual", [20.0, 30.0, 50.0]
    )
    done = run(*line, "--levels", "20,30,50")
    assert [row[1] for row in rows(done.stdout)[1:]] == ["NN", "NN", f"{found.levels['budget'].iloc[2]:.6g}"]
    assert "NN: not necessary" in done.stderr
    given = run_json(*line, "--levels", "20,30,50")
    assert given["table"][2]["centres"] == pytest.approx(found.levels["centres"].iloc[2])
    assert len(rows(run(*line, "--steps", "4").stdout)) == 6
    assert "not both" in run(*line, "--steps", "4", "--levels", "1", code=1).stderr


# --- associate ----------------------------------------------------------------------------------


def test_pairs_are_those_of_the_library(run, run_json, towns):
    given = run_json(
        "explain", "associate", *PAIRS, "--effort", "partners", "--permutations", "99", "--seed", "2"
    )
    one = lc.associate(
        towns[["budget", "centres"]], towns[["LAW", "participation"]], effort=towns[["partners"]], permutations=99, seed=2
    )  # fmt: skip
    assert given == lc.plain(one.to_dict())
    done = run("explain", "associate", *PAIRS, "--effort", "partners", "--permutations", "999")
    assert len(rows(done.stdout)) == 5
    assert column(done.stdout, "found").count("yes") == 1
    found = run("explain", "associate", *PAIRS, "--permutations", "999", "--show", "found").stdout
    assert column(found, "characteristic") == ["participation"]
    assert "nothing causal" in done.stderr


def test_without_characteristics_all_other_columns_are_taken(run):
    done = run(
        "explain", "associate", TOWNS, "--background", "budget", "--effort", "partners", "--permutations", "9"
    )
    assert column(done.stdout, "characteristic") == ["participation", "centres", "LAW"]


def test_awarded_against_others_on_the_background_alone(run, run_json, towns):
    line = ("explain", "associate", TOWNS, "--background", "budget,centres", "--permutations", "99")
    given = run_json(*line, "--awarded", "LAW")
    one = lc.contrast_members(towns[["budget", "centres"]], towns["LAW"] == 1, permutations=99)
    assert [row["estimate"] for row in given["table"]] == pytest.approx([p.estimate for p in one.pairs])
    assert "budget is neither 1 nor 0" in run(*line, "--awarded", "budget", code=1).stderr
    assert (
        "--effort does not go with --awarded"
        in run(*line, "--awarded", "LAW", "--effort", "partners", code=1).stderr
    )


def test_yes_and_no_tell_who_was_awarded(run_json):
    towns = pd.read_csv(TOWNS)
    towns.assign(won=towns["LAW"].map({1: "是", 0: "No"})).to_csv("words.csv", index=False)
    line = ("--background", "budget", "--permutations", "99")
    one = run_json("explain", "associate", "words.csv", *line, "--awarded", "won")
    two = run_json("explain", "associate", TOWNS, *line, "--awarded", "LAW")
    assert one["table"] == two["table"]


def test_disjoint_evidence_is_judged_beside(run_json):
    pd.read_csv(TOWNS).iloc[::2].to_csv("other.csv", index=False)
    given = run_json(
        "explain", "associate", *PAIRS, "--permutations", "99", "--disjoint", "other.csv", "--shared", "0.25"
    )
    assert all(row["shared"] == 0.25 for row in given["table"])
    assert all(row["repeated"] is not None for row in given["table"])


# --- typology -----------------------------------------------------------------------------------


def test_styles_are_those_of_the_library(run, run_json, towns):
    given = run_json("explain", "typology", *STYLES, "--beside", "partners", "--seed", "1")
    one = lc.typology(
        towns[["participation", "budget", "centres"]],
        beside=towns[["partners"]],
        draws=10,
        shuffles=19,
        seed=1,
    )
    assert given == lc.plain(one.to_dict())
    done = run("explain", "typology", *STYLES, "--seed", "1")
    assert column(done.stdout, "style") == [str(v) for v in one.cases["style"]]
    shown = run("explain", "typology", *STYLES, "--seed", "1", "--show", "styles").stdout
    assert column(shown, "medoid") == list(one.medoids)
    for name in ("profile", "choices", "beside"):
        assert (
            len(rows(run("explain", "typology", *STYLES, "--beside", "partners", "--show", name).stdout)) > 1
        )


def test_kinds_and_weights_reach_the_library(run_json):
    given = run_json(
        "explain", "typology", TOWNS, "--columns", "budget,LAW", "--kinds", "LAW=asymmetric", "--kinds",
        "partners=ordered", "--weights", "budget=2", "--beside", "partners", "--k", "2", "--draws", "5", "--shuffles", "5",
    )  # fmt: skip
    assert given["columns"] == {"budget": "numeric", "LAW": "asymmetric"}
    assert given["spec"]["weights"] == {"budget": 2.0}
    assert given["beside"][0]["kind"] == "ordered"


# --- agreement ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "asked"), [("agreement", CODES), ("atlas_agreement", ("--atlas",))])
def test_agreement_that_is_interrupted_says_how_far_it_came(run, monkeypatch, name, asked):
    def interrupted(*_, progress, **__):
        progress(37, 100)
        raise KeyboardInterrupt

    monkeypatch.setattr(lc, name, interrupted, raising=False)
    for language, word in (("en", "Stopped at 37 %"), ("zh", "已在完成37%时中止")):
        told = run("explain", "agreement", *asked, "--language", language, code=130)
        assert word in told.stderr
        assert told.stdout == ""


def test_agreement_is_that_of_the_library(run, run_json):
    line = ("explain", "agreement", *CODES, "--draws", "50")
    given = run_json(*line, "--level", "strength=ordinal")
    codes = lc.read_code_table("my-study/codes.csv", ["themes"])
    one = lc.agreement(
        codes, {"strength": "ordinal"}, unit="practice", cluster="town", multiple=["themes"], draws=50
    )
    assert given == lc.plain(one.to_dict())
    done = run(*line, "--show", "disagreements")
    assert len(rows(done.stdout)) == len(one.disagreements) + 1 == 7
    assert rows(run(*line, "--show", "confusion", "--variable", "kind").stdout)[1:] == [
        ["funding", "2", "1", "0"], ["law", "0", "4", "0"], ["training", "0", "0", "4"],
    ]  # fmt: skip
    counted = run_json(*line, "--show", "confusion", "--variable", "kind")["confusion"]
    assert counted["counts"] == [[2, 1, 0], [0, 4, 0], [0, 0, 4]]
    chosen = run(*line, "--show", "disagreements", "--variable", "strength").stdout
    assert column(chosen, "unit") == ["p03", "p09"]
    assert "agree on the protocol" in done.stderr


def test_coders_keep_their_names_and_codes_whatever_these_are(run):
    frame = pd.read_csv("my-study/codes.csv").replace({"coder": {"A": "level", "B": "kind"}})
    frame.assign(code=frame["kind"].map({"law": "nominal"}).fillna("theme"))[
        ["practice", "coder", "code"]
    ].to_csv("odd.csv", index=False)
    done = run(
        "explain", "agreement", "odd.csv", "--show", "disagreements", "--draws", "5", "--language", "zh"
    )
    assert rows(done.stdout)[0] == ["变量", "单元", "kind", "level"]
    assert {cell for row in rows(done.stdout)[1:] for cell in row[2:]} == {"nominal", "theme"}


def test_codes_with_a_column_a_coder(run_json):
    long = pd.read_csv("my-study/codes.csv")
    wide = long.pivot(index="practice", columns="coder", values="strength").reset_index()
    wide.to_csv("wide.csv", index=False)
    given = run_json("explain", "agreement", "wide.csv", "--wide", "--level", "ordinal", "--draws", "20")
    other = run_json(
        "explain", "agreement", *CODES[:3], "--variables", "strength", "--level", "ordinal", "--draws", "20"
    )
    assert given["table"][0]["alpha"] == pytest.approx(other["table"][0]["alpha"])


# --- the atlas ----------------------------------------------------------------------------------


def test_every_method_asks_the_atlas_and_says_what_it_cannot_tell(run, run_json):
    atlas = lc.load_atlas()
    line = (
        "explain",
        "ceiling",
        "--atlas",
        "--outcome",
        "green",
        "--conditions",
        "law",
        "--permutations",
        "99",
    )
    one = lc.atlas_ceilings(atlas, ["law"], ["green"], permutations=99)
    assert len(run_json(*line)["table"]) == len(one.frame) == 3
    done = run(*line, "--language", "zh")
    assert column(done.stdout, "条件") == ["法规", "阅读的实践举措数", "阅读的来源数"]
    assert "因果" in done.stderr
    done = run("explain", "bottleneck", "--atlas", "--outcome", "green", "--conditions", "law,funding")
    found = lc.atlas_ceilings(atlas, ["law", "funding"], ["green"], permutations=0).bottleneck("green")
    assert [row[1:] for row in rows(done.stdout)[1:]] == [list(map(str, r)) for r in found.marks.to_numpy()]
    assert "nothing is said of cities without an award" in done.stderr
    line = (
        "explain", "associate", "--atlas", "--background", "population", "--characteristics", "law", "--permutations",
        "99", "--draws", "0",
    )  # fmt: skip
    one = lc.atlas_background(atlas, ["population"], characteristics=["law"], permutations=99, draws=0)
    assert len(run_json(*line)["table"]) == len(one.table())
    assert len(rows(run(*line, "--show", "coverage").stdout)) == len(one.coverage) + 1
    assert len(rows(run(*line, "--show", "members").stdout)) == len(one.members.pairs) + 1
    line = (
        "explain",
        "typology",
        "--atlas",
        "--k",
        "2",
        "--draws",
        "3",
        "--shuffles",
        "3",
        "--permutations",
        "9",
    )
    done = run(*line, "--language", "zh")
    assert len(rows(done.stdout)) == 58
    assert "城市" in rows(done.stdout)[0]
    assert len(rows(run(*line, "--show", "repeats").stdout)) >= 4


def test_agreement_of_the_atlas_leads_to_the_pages(run, run_json):
    line = ("explain", "agreement", "--atlas", "--draws", "5")
    given = run_json(*line)
    assert len(given["table"]) == len(lc.atlas_agreement(lc.load_atlas(), draws=5).frame)
    done = run(*line, "--show", "disagreements", "--variable", "theme green", "--language", "zh")
    assert all(page.startswith("/zh/practices/") for page in column(done.stdout, "页面"))
    assert len(rows(run(*line, "--show", "confusion", "--variable", "theme green").stdout)) == 3


# --- files, languages, bad use ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "sheets"),
    [
        (("ceiling", *NEEDED, "--permutations", "0"), {"ceilings", "cases", "intervals"}),
        (("bottleneck", *NEEDED), {"levels"}),
        (("associate", *PAIRS, "--permutations", "9"), {"pairs", "found"}),
        (("typology", *STYLES, "--k", "2"), {"cases", "styles", "profile", "choices", "beside", "map"}),
        (("agreement", *CODES, "--draws", "5"), {"variables", "pairs", "disagreements"}),
    ],
)
def test_a_workbook_holds_all_tables_and_a_file_the_shown_one(line, sheets, run, quiet_machine):
    run("explain", *line, "--out", "found.xlsx", "--language", "zh")
    book = openpyxl.load_workbook(io.BytesIO((quiet_machine / "found.xlsx").read_bytes()))
    assert set(book.sheetnames) == sheets
    run("explain", *line, "--out", "found.csv")
    assert len(pd.read_csv("found.csv")) >= 1
    run("explain", *line, "--out", "found.json")
    assert (quiet_machine / "found.json").read_text(encoding="utf-8").startswith("{")
    if line[0] != "bottleneck":  # has a table for print of its own
        assert "configuration table" in run("explain", *line, "--out", "found.docx", code=1).stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("ceiling",), "Which cases"),
        (("ceiling", TOWNS), "Which outcome"),
        (("ceiling", TOWNS, "--outcome", "participation"), "Which conditions"),
        (("ceiling", TOWNS, "--outcome", "~LAW", "--conditions", "budget"), "--corner 3 or 4"),
        (("ceiling", TOWNS, "--outcome", "LAW", "--conditions", "LAW"), "says nothing of itself"),
        (("ceiling", TOWNS, "--outcome", "participation", "--conditions", "budgt"), "budget"),
        (("ceiling", *NEEDED, "--scope", "centres=0,6"), "four numbers"),
        (("ceiling", *NEEDED, "--scope", "law=0,6,0,1"), "law"),
        (("ceiling", *NEEDED, "--coder", "B"), "--coder goes with --atlas"),
        (("ceiling", TOWNS, "--atlas"), "does not go with --atlas"),
        (("ceiling", "--atlas", "--scope", "law=0,1,0,1"), "--scope does not go with --atlas"),
        (("ceiling", "--atlas", "--outcome", "green", "--conditions", "law", "--show", "cases"), "one table"),
        (("bottleneck", "--atlas"), "one theme"),
        (("associate", TOWNS), "Which background"),
        (("associate", *PAIRS, "--show", "members"), "goes with --atlas"),
        (("associate", "--atlas", "--effort", "practices"), "--effort does not go with --atlas"),
        (("typology", TOWNS, "--k", "two"), "number or auto"),
        (("typology", TOWNS, "--kinds", "law=ordered"), "law"),
        (("typology", TOWNS, "--weights", "LAW=much"), "is no number"),
        (("typology", TOWNS, "--show", "repeats"), "goes with --atlas"),
        (("agreement",), "Which codes"),
        (("agreement", "my-study/codes.csv", "--unit", "practice", "--show", "confusion"), "Which variable"),
        (("agreement", *CODES, "--variable", "kind"), "--show confusion"),
        (("agreement", *CODES, "--show", "disagreements", "--variable", "kinds"), "kind"),
        (("agreement", *CODES, "--level", "ratio"), "ordinal"),
        (("agreement", *CODES, "--coders", "A"), "two names"),
        (("agreement", *CODES, "--wide", "--coder", "coder"), "--coder does not go with --wide"),
        (("agreement", "--atlas", "--unit", "practice"), "--unit does not go with --atlas"),
    ],
)
def test_bad_use_is_told_in_both_languages(line, said, run):
    assert said in run("explain", *line, code=1).stderr
    other = run("explain", *line, "--language", "zh", code=1).stderr
    assert any("一" <= c <= "鿿" for c in other)


@pytest.mark.parametrize(
    "line",
    [
        ("ceiling", *NEEDED, "--permutations", "9"),
        ("associate", *PAIRS, "--effort", "partners", "--permutations", "9"),
        ("typology", *STYLES, "--k", "2"),
        ("typology", *STYLES, "--k", "2", "--show", "styles"),
        ("agreement", *CODES, "--draws", "5"),
    ],
)
def test_heads_are_chinese_where_chinese_is_asked_for(line, run):
    heads = rows(run("explain", *line, "--language", "zh").stdout)[0]
    assert len(heads) > 3
    assert [h for h in heads if not any("一" <= c <= "鿿" for c in h)] in ([], ["tau-b"])


def test_corners_and_intervals_of_the_atlas_are_those_of_the_library(run_json, run):
    line = (
        "explain",
        "ceiling",
        "--atlas",
        "--outcome",
        "sustainable",
        "--corner",
        "2",
        "--permutations",
        "0",
    )
    expected = lc.atlas_ceilings(lc.load_atlas(), themes=["sustainable"], corner=2, permutations=0)
    found = run_json(*line, "--show", "intervals")
    assert found["choices"]["corner"] == 2
    assert found["intervals"] == lc.plain(expected.intervals())
    assert "intervals" not in run_json(*line)
    shown = run(*line, "--show", "intervals", "--language", "zh").stdout
    assert "无区间的原因" in shown
    assert "许多案例取值相同" in shown
    levels = run_json("explain", "bottleneck", *line[2:-2], "--scale-y", "percentage_range")
    told = expected.bottleneck("sustainable", scale_y="percentage_range")
    assert (
        [row["sustainable"] for row in levels["table"]] == told.levels.index.tolist() == [*range(0, 101, 10)]
    )
