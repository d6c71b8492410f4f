"""``learningcity index``: what the library computes, as tables, files and JSON."""

import pytest

import learningcity as lc


@pytest.fixture
def example(run):
    """The worked example in ``my-index``."""
    run("index", "template", "--out", "my-index")
    return "my-index/data.csv"


RECIPE = ("--spec", "my-index/index.toml")


def rows(text):
    return [line.split("\t") for line in text.splitlines()]


def test_build_shows_ranks_best_first_in_the_words_of_the_structure(run, example):
    table = rows(run("index", "build", example, *RECIPE).stdout)
    assert table[0] == [
        "unit",
        "name",
        "rank",
        "Index of eight made-up districts",
        "Green",
        "Prosperous",
        "Inclusive",
    ]
    assert [row[2] for row in table[1:]] == [str(k) for k in range(1, 9)]
    assert table[1][:2] == ["newfield", "Newfield"]
    chinese = rows(run("index", "build", example, *RECIPE, "--language", "zh").stdout)
    assert chinese[0][:4] == ["单位", "名称", "排名", "八个虚构城区的指数"]
    assert [row[1:] for row in chinese[1:]] == [row[1:] for row in table[1:]]


def test_build_says_what_the_library_says(run_json, example):
    told = run_json("index", "build", example, *RECIPE)
    spec = lc.read_index_spec("my-index/index.toml")
    result = lc.build_index(lc.read_index_values(example), spec)
    assert told == {**lc.plain(result.to_dict()), "names": lc.read_unit_names(example)}


def test_the_table_of_meanings_alone_is_enough(run, example):
    plain = rows(run("index", "build", example, "--meta", "my-index/meta.csv").stdout)
    assert len(plain) == 9


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_build_writes_files(run, example, quiet_machine, ending):
    done = run("index", "build", example, *RECIPE, "--out", f"scores.{ending}")
    assert f"scores.{ending}" in done.stderr
    assert (quiet_machine / f"scores.{ending}").stat().st_size > 300


def test_template_replaces_nothing(run, example):
    told = run("index", "template", "--out", "my-index", code=1)
    assert "already" in told.stderr


@pytest.mark.parametrize("name", ["visible", "figures", "context"])
def test_readings_show_profiles_and_say_what_they_cannot_tell(run, run_json, name):
    reading = lc.atlas_reading(name, lc.load_atlas())
    for language in ("en", "zh"):
        done = run("index", "reading", name, "--language", language)
        table = rows(done.stdout)
        assert len(table) == 1 + len(reading.values)
        assert [row[0] for row in table[1:]] == sorted(reading.values.index)
        assert "rank" not in table[0]
        assert "排名" not in table[0]
        for text in reading.may_not:
            assert text.in_(language) in done.stderr
        out = rows(run("index", "reading", name, "--left-out", "--language", language).stdout)
        assert len(out) == 1 + len(reading.left_out)
    assert run_json("index", "reading", name)["name"] == name


def test_methods_lists_the_registry(run, run_json):
    told = run_json("index", "methods")
    assert {"step": "normalise", "method": "minmax"}.items() <= {
        k: v for row in told if row["method"] == "minmax" for k, v in row.items()
    }.items()
    assert "极差标准化" in run("index", "methods", "--language", "zh").stdout


BAD = {
    ("index", "build", "my-index/data.csv"): ("--meta", "--spec"),
    ("index", "build", "nowhere.csv", *RECIPE): ("nowhere.csv", "nowhere.csv"),
    ("index", "build", "my-index/data.csv", "--spec", "nowhere.toml"): ("nowhere.toml", "nowhere.toml"),
    ("index", "build", "my-index/meta.csv", *RECIPE): ("uCode", "uCode"),
    ("index", "build", "my-index/data.csv", "--spec", "my-index/meta.csv"): (
        ".toml or .json or .yaml",
        ".toml或.json或.yaml",
    ),
    ("index", "biuld"): ("Did you mean build", "是否指：build"),
    ("index", "reading", "visble"): ("'visble' is not one of", "取值“visble”无效"),
    ("index", "template"): ("Missing option '--out'", "缺少选项--out"),
}


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_bad_use_ends_with_one_clean_message_and_code_1(run, example, arguments):
    for language, word in zip(("en", "zh"), BAD[arguments], strict=True):
        told = run(*arguments, "--language", language, code=1)
        assert word in told.stderr
        assert told.stdout == ""


def test_uncertainty_gives_the_intervals_of_the_library(run, run_json, example):
    line = ("index", "uncertainty", example, *RECIPE, "--noise", "0.25", "--draws", "200", "--seed", "3")
    told = run_json(*line)
    spec = lc.read_index_spec("my-index/index.toml")
    expected = lc.uncertainty(
        lc.read_index_values(example), spec, {"weights": {"noise": 0.25}}, draws=200, seed=3
    )
    assert told == {**lc.plain(expected.to_dict()), "names": lc.read_unit_names(example)}
    table = rows(run(*line).stdout)
    assert len(table) == 9
    assert run(*line).stdout == run(*line).stdout
    assert "rank" in table[0]
    more = run(*line, "--vary", "normalise=minmax", "--vary", "normalise=zscore", "--language", "zh")
    assert "排名" in rows(more.stdout)[0]


@pytest.mark.parametrize(
    ("more", "english", "chinese"),
    [
        ((), "Nothing varies", "没有变动因素"),
        (("--vary", "normalize=minmax"), "Did you mean normalise", "是否指：normalise"),
        (("--vary", "normalise=minmx"), "Did you mean minmax", "是否指：minmax"),
        (("--noise", "2"), "not in the range", "超出范围"),
    ],
)
def test_uncertainty_tells_what_cannot_be_drawn(run, example, more, english, chinese):
    line = ("index", "uncertainty", example, *RECIPE, *more)
    assert english in run(*line, code=1).stderr
    assert chinese in run(*line, "--language", "zh", code=1).stderr


def test_audit_gives_the_table_of_the_library(run, run_json, example):
    line = ("index", "audit", example, *RECIPE, "--method", "spearman")
    built = lc.build_index(lc.read_index_values(example), lc.read_index_spec("my-index/index.toml"))
    expected = built.audit(method="spearman")
    assert run_json(*line) == {**lc.plain(expected.to_dict()), "names": lc.read_unit_names(example)}
    for language in ("en", "zh"):
        done = run(*line, "--language", language)
        table = rows(done.stdout)
        assert [row[0] for row in table[1:]] == list(expected.table().index)
        assert not set(table[0]) & (set(expected.table().columns) - {"flags", "importance", "kurtosis"})
        assert expected.summary(language)[:20] in done.stderr
