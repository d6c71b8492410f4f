"""What the questions to the atlas answer: on the screen, as JSON, as files; in both languages."""

import csv
import io

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

import learningcity as lc

QUESTIONS = {
    "table": ("table", "population", "gdp_per_capita"),
    "origin": ("table", "population", "--origin"),
    "indicators": ("indicators",),
    "conditions": ("conditions",),
    "coverage": ("coverage",),
    "conflicts": ("conflicts",),
    "agreement": ("agreement", "--draws", "20"),
    "search": ("search", "条例"),
    "trace": ("trace", "f0001"),
}


def lines(text):
    return [line.split("\t") for line in text.splitlines()]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_into_a_pipe_whole_cells_go_as_tab_separated_lines(run, name, language):
    rows = lines(run("atlas", *QUESTIONS[name], "--language", language).stdout)
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1
    assert "…" not in "".join(rows[0])
    is_chinese = any("\u4e00" <= c <= "\u9fff" for c in "".join(rows[0]))
    assert is_chinese == (language == "zh")


@pytest.mark.parametrize("name", QUESTIONS)
def test_json_parses_and_files_hold_what_the_screen_holds(run, run_json, quiet_machine, name):
    assert run_json("atlas", *QUESTIONS[name])
    screen = lines(run("atlas", *QUESTIONS[name]).stdout)
    run("atlas", *QUESTIONS[name], "--out", "a.csv")
    raw = (quiet_machine / "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    if name != "search":  # the file has all hits, the screen those of the limit
        assert len(rows) == len(screen)
    run("atlas", *QUESTIONS[name], "--out", "a.xlsx")
    sheet = load_workbook(quiet_machine / "a.xlsx").active
    assert sheet.max_row == len(rows)
    run("atlas", *QUESTIONS[name], "--out", "folder")
    assert len(list((quiet_machine / "folder").glob("*.csv"))) == 1
    run("atlas", *QUESTIONS[name], "--out", "a.json")
    assert (quiet_machine / "a.json").stat().st_size > 20


def test_the_table_gives_what_the_atlas_gives(run_json, run):
    rows = {r[0]: r for r in lines(run("atlas", "table", "population").stdout)}
    assert rows["cork"][2] == "224004"
    origin = {r[0]: r for r in lines(run("atlas", "table", "population", "--origin").stdout)}
    assert "f0403" in origin["cork"]
    density = run("atlas", "table", "population_density", "--origin", "--language", "zh").stdout
    assert "计算公式" in density.splitlines()[0]
    assert "formula" not in density
    assert any("\tderived\t" in line and "÷" in line for line in density.splitlines())
    assert rows["city id"][2] == "Population (persons)"


def test_not_seen_is_empty_in_conditions_and_said_in_show(run, run_json):
    law = {r["city_id"]: r["law"] for r in run_json("atlas", "conditions")}
    assert sum(v is None for v in law.values()) > 20
    assert 0 not in law.values()
    assert "law\tnot seen\t0" in run("atlas", "show", "amman").stdout
    assert "法规\t未见公开资料\t0" in run("atlas", "show", "amman", "--language", "zh").stdout


def test_a_city_is_found_by_any_name_and_shown_whole(run_json, run):
    cork = run_json("atlas", "show", "Cork")
    assert cork["awards"] == [2015, 2024]
    assert cork == run_json("atlas", "show", "科克")
    atlas = lc.load_atlas()
    assert len(cork["facts"]) == int((atlas.facts["city_id"] == "cork").sum())
    assert len(cork["practices"]) == 10
    assert {p["timing"] for p in cork["practices"]} <= {"before", "after", "undated"}


def test_facts_that_contradict_each_other_say_so_and_others_do_not(run):
    conflicts = lc.load_atlas().conflicts()
    city = conflicts["city_id"].iloc[0]
    torn = set(";".join(conflicts.loc[conflicts["city_id"] == city, "fact_ids"]).split(";"))
    shown = {row[0]: row[6] for row in lines(run("atlas", "show", city).stdout) if row[0].startswith("f0")}
    assert {fact for fact, disagree in shown.items() if disagree == "yes"} == torn
    assert len(shown) > len(torn) > 1


def test_a_figure_of_another_definition_says_which(run):
    text = run("atlas", "show", "beijing").stdout
    assert "(postgraduates only)" in text
    assert "（仅研究生）" in run("atlas", "show", "beijing", "--language", "zh").stdout


def test_every_city_can_be_shown_in_both_languages(run):
    cities = lc.load_atlas().city_ids()
    for position, city in enumerate(cities):
        run("atlas", "show", city, "--portrait", "--language", ("en", "zh")[position % 2])
    assert len(cities) == 64


def test_show_writes_files(run, quiet_machine):
    run("atlas", "show", "cork", "--out", "cork.xlsx")
    assert load_workbook(quiet_machine / "cork.xlsx").sheetnames == ["facts", "practices", "conditions"]
    run("atlas", "show", "cork", "--out", "cork")
    assert len(list((quiet_machine / "cork").glob("cork-*.csv"))) == 3


def test_the_limit_of_search_holds_and_nothing_found_is_said(run, run_json):
    assert len(run_json("atlas", "search", "learning", "--limit", "3")) == 3
    assert run_json("atlas", "search", "xqzv") == []
    for word in ("终身学习", "条例", "老年", "Medellin"):
        assert run_json("atlas", "search", word)


# --- what the user has added --------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_search_without_a_result_names_near_words(run, language):
    done = run("atlas", "search", "Limmerick", "--language", language)
    assert len(done.stdout.splitlines()) == 1
    assert "Limerick" in done.stderr


def test_what_was_added_is_used_unless_it_is_left_out(run, run_json, own_tables):
    def population(*more):
        return run_json("atlas", "table", "population", *more)["values"]

    before = population()
    assert run("atlas", "overlay").stdout.count("\n") == 1
    added = run("atlas", "add", *map(str, own_tables))
    assert "facts\t1\t1\t0\t0\t0" in added.stdout
    assert "tier" in added.stderr
    assert population() != before
    assert population("--overlay", "none") == before
    assert run_json("atlas", "overlay")["tables"][0] == {"table": "facts", "rows": 1, "added": 1, "replaced_shipped": 0}  # fmt: skip
    assert "rows before" in run("atlas", "undo").stdout
    assert population() == before


def test_a_bad_file_ends_with_code_2_and_names_the_cell_in_both_languages(run, own_tables):
    own_tables[1].write_text(own_tables[1].read_text().replace("cork", "crok"), encoding="utf-8")
    english = run("atlas", "add", *map(str, own_tables), code=2).stderr
    assert "facts.csv, row 2, column city_id: 'crok' is not known" in english
    assert "Did you mean 'cork'" in english
    chinese = run("atlas", "add", *map(str, own_tables), "--language", "zh", code=2).stderr
    assert "facts.csv，第2行，city_id列：“crok”" in chinese
    assert not lc.home().exists()


def test_tables_that_no_longer_fit_name_the_way_out(run):
    folder = lc.home() / "overlay"
    folder.mkdir(parents=True)
    (folder / "awards.csv").write_text("round,city_id,source_id\n2024,atlantis,s0001\n", encoding="utf-8")
    assert "--overlay none" in run("atlas", "coverage", code=2).stderr
    run("atlas", "coverage", "--overlay", "none")


def test_the_template_reads_back_and_has_lists_and_notes(run, template):
    book = load_workbook(template)
    assert book.sheetnames[:4] == ["Read me", "lists", "sources", "cities"]
    assert book["lists"].sheet_state == "hidden"
    sheet = book["facts"]
    heads = [c.value for c in sheet[1]]
    assert tuple(heads) == lc.atlas_schemas()["facts"].columns
    for head in sheet[1]:
        assert "必填" in head.comment.text or "可留空" in head.comment.text
    listed = {str(rule.sqref)[0]: rule for rule in sheet.data_validations.dataValidation}
    columns = {get_column_letter(n): head for n, head in enumerate(heads, 1)}
    assert {columns[letter] for letter in listed} == {"indicator_id", "scope", "status"}
    run("atlas", "add", "my-city.xlsx", "--dry-run")
    fact = {
        "fact_id": "my-f1",
        "city_id": "cork",
        "indicator_id": "population",
        "value": 5,
        "unit": "persons",
    }
    fact |= {"year": 2020, "scope": "city", "as_published": "5", "source_id": "s0001"}
    for column, value in fact.items():
        sheet.cell(2, heads.index(column) + 1, value)
    book.save(template)
    assert "facts\t1\t1" in run("atlas", "add", "my-city.xlsx").stdout


def test_the_template_in_chinese_is_chinese_and_comes_back(run, quiet_machine):
    run("atlas", "template", "--out", "t.xlsx", "--language", "zh")
    book = load_workbook(quiet_machine / "t.xlsx")
    assert book.sheetnames[0] == "说明"
    assert book.sheetnames[2:4] == ["来源 sources", "城市 cities"]
    assert book.sheetnames[-1] == "数据字典"
    checked = 0
    for sheet in book.worksheets[2:-1]:
        for rule in sheet.data_validations.dataValidation:
            assert 0 < len(rule.prompt) <= 255
            assert any("\u4e00" <= c <= "\u9fff" for c in rule.prompt), (sheet.title, rule.prompt)
            assert len(rule.promptTitle) <= 32
            assert len(rule.error) <= 255
            checked += 1
        assert all("e.g." not in head.comment.text for head in sheet[1])
    assert checked > 10
    sheet = book["城市 cities"]
    heads = [c.value for c in sheet[1]]
    row = {"city_id": "mycity", "name_zh": "我的城市", "country_iso3": "CHN", "unesco_region": "APA"}
    row["name_local"] = "我的城市"
    for column, value in row.items():
        sheet.cell(2, heads.index(column) + 1, value)
    book.save(quiet_machine / "t.xlsx")
    done = run("atlas", "add", "t.xlsx", "--language", "zh")
    assert "cities\t1\t1" in done.stdout
    assert "下次访问时即显示改动" in done.stderr
    assert "我的城市" in run("atlas", "show", "mycity").stdout
    assert "shows it at the next visit" in run("atlas", "undo").stderr


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_dictionary_of_the_template_has_the_words_of_every_code(run, quiet_machine, language):
    run("atlas", "template", "--out", "t.xlsx", "--language", language)
    book = load_workbook(quiet_machine / "t.xlsx")
    rows = list(book[{"en": "dictionary", "zh": "数据字典"}[language]].iter_rows(min_row=2, values_only=True))
    words = {(r[0], r[1], str(r[3])): r[4:] for r in rows}
    population = lc.load_atlas().indicators.set_index("indicator_id").loc["population"]
    assert words["facts", "indicator_id", "population"] == (population["name_zh"], population["name_en"])
    assert words["practices", "mechanism", "law"] == ("法规", "law")
    for name, schema in lc.atlas_schemas().items():
        for one in schema.fields if any(r[0] == name for r in rows) else ():
            assert {c for t, f, c in words if (t, f) == (name, one.name)} >= set(one.enum)
    assert all(any("\u4e00" <= c <= "\u9fff" for c in str(r[4])) for r in rows)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_and_add_again_changes_nothing(run, run_json, kind):
    run("atlas", "export", "--out", "exported", "--format", kind)
    report = run_json("atlas", "add", "exported", "--to", "again")
    assert len(report["tables"]) == len(lc.atlas_schemas())
    assert sum(t["unchanged"] for t in report["tables"]) > 7000
    assert not report["written"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_package_is_the_one_of_the_site(run, quiet_machine, language):
    said = run("atlas", "export", "--out", "out", "--format", "package", "--language", language).stderr
    body = (quiet_machine / "out" / f"learningcity-data-package-{language}.zip").read_bytes()
    assert body == lc.data_package(lc.load_atlas(), language)
    frames = {**lc.standard_tables(), **lc.load_atlas().frames}
    assert str(len(frames)) in said
    assert str(sum(map(len, frames.values()))) in said
    run("atlas", "export", "--out", "out", "--format", "xlsx", "--language", language)
    assert (quiet_machine / "out" / "atlas.xlsx").read_bytes() == lc.atlas_workbook(lc.load_atlas(), language)


def test_the_dictionary_explains_every_column_in_the_language(run, quiet_machine):
    run("atlas", "export", "--out", "exported", "--language", "zh")
    rows = list(csv.DictReader(io.StringIO((quiet_machine / "exported" / "dictionary.csv").read_text("utf-8-sig"))))  # fmt: skip
    columns = {(r["table"], r["column"]) for r in rows}
    assert columns == {(n, c) for n, s in lc.atlas_schemas().items() for c in s.columns}
    assert all(any("\u4e00" <= c <= "\u9fff" for c in r["description"]) for r in rows)


# --- build, warm-up, serve ----------------------------------------------------------------------


def test_check_gives_code_2_for_findings(run, quiet_machine):
    import shutil
    from pathlib import Path

    data = Path(lc.__file__).parents[2] / "data"
    shutil.copytree(data, quiet_machine / "data")
    run("atlas", "check", "--data", "data")
    awards = quiet_machine / "data" / "atlas" / "awards.csv"
    awards.write_text(awards.read_text("utf-8") + "2024,atlantis,s0001\n", encoding="utf-8")
    found = run("atlas", "check", "--data", "data", code=2)
    assert "atlantis" in found.stderr
    assert "60" in found.stderr
    run("atlas", "check", "--data", "nowhere", code=1)


def test_warm_up_says_what_it_did(run, run_json, monkeypatch):
    """Once in earnest; what a step takes is the same in the other language and as JSON."""
    said = run("warm-up", "--language", "zh").stdout
    assert "已编译模块" in said
    head, *rows = lines(said)
    assert len(rows) == 8
    assert all(int(n) > 0 for _, n, *_ in rows), head
    for step in ("_compile", "_index", "_draw", "_compute", "_minimise", "_shuffle", "_group"):
        monkeypatch.setattr(f"learningcity.cli.warm_up.{step}", lambda: (lc.Text("done", "已完成"), 1))
    again = run_json("warm-up")
    assert [row["step"] for row in again].count("done") == 7
    assert {row["step"]: row["n"] for row in again}["rows loaded"] > 7000


def test_serve_starts_the_site_and_says_where(run, monkeypatch, own_tables, quiet_machine):
    import learningcity.web.server as server

    called = []

    def serving(host, port, *, overlay, study, ready):
        called.append((host, port, overlay, study))
        ready(f"http://{host}:{port}/")

    monkeypatch.setattr(server, "serve", serving)
    assert "http://127.0.0.1:8000/" in run("serve").stderr
    run("atlas", "add", *map(str, own_tables))
    run("serve", "--host", "localhost", "--port", "8123")
    run("serve", "--overlay", "none", "--study", "none")
    (quiet_machine / "own.toml").write_text('target = "IRL"', encoding="utf-8")
    run("serve", "--study", "own.toml")
    own = str(lc.home() / "overlay")
    assert called == [
        ("127.0.0.1", 8000, None, None),
        ("localhost", 8123, own, None),
        ("127.0.0.1", 8000, "", "none"),
        ("127.0.0.1", 8000, own, "own.toml"),
    ]
    (quiet_machine / "own.toml").write_text('targt = "IRL"', encoding="utf-8")
    wrong = run("serve", "--study", "own.toml", code=1).stderr
    assert "own.toml" in wrong
    assert "target" in wrong
    assert "none.toml" in run("serve", "--study", "none.toml", code=1).stderr
    assert len(called) == 4


def test_a_figure_that_is_not_published_says_so_and_a_statistical_source_is_called_one(run, quiet_machine):
    (quiet_machine / "facts.csv").write_text(
        "fact_id,city_id,indicator_id,value,unit,year,scope,as_published,source_id,status\n"
        "my-1,cork,libraries_count,,count,2023,city,n/a,s0001,not published\n"
        "my-2,cork,population,5000,persons,2023,city,=5000,un-wup-2018,\n",
        encoding="utf-8",
    )
    run("atlas", "add", "facts.csv")
    own = {row[0]: row for row in lines(run("atlas", "show", "cork").stdout) if row[0].startswith("my-")}
    assert own["my-1"][2] == lc.label("status", "not published", "en")
    assert own["my-2"][5] == lc.label("table", "statistical-sources", "en")
    # People open the stored file, too: what a spreadsheet would run stays guarded, and reads back bare.
    assert ",'=5000," in (lc.home() / "overlay" / "facts.csv").read_text(encoding="utf-8")
    facts = lc.load_atlas(lc.home() / "overlay").facts.set_index("fact_id")
    assert facts.at["my-2", "as_published"] == "=5000"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_show_ends_with_the_way_to_its_sources(run, language):
    last = run("atlas", "show", "cork", "--language", language).stderr.splitlines()[-1]
    command = last[last.index("learningcity atlas trace ") :].split()
    assert run(*command[1:]).stdout
