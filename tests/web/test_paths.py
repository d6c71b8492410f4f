"""Paths to an outcome against the library and the command line: rows, paths, cities, nothing found, files."""

import csv
import html
import io
import json
import re
import shlex
import tomllib
import zipfile

import pytest
from click.testing import CliRunner
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import HAN, LANGUAGES, Page

import learningcity as lc
from learningcity.cli import root
from learningcity.web import content
from learningcity.web.screens.paths import spec
from learningcity.web.screens.paths.answer import answer
from learningcity.web.screens.paths.query import (
    MOST_CONDITIONS,
    MOST_PERMUTATIONS,
    NOT_SEEN,
    SOLUTIONS,
    TIMINGS,
    Question,
    outcomes,
    read,
)

CONDITIONS = ("law", "funding", "monitoring")
FOUND = Question(outcome="inclusive", conditions=CONDITIONS)
NOTHING = Question(outcome="green", conditions=CONDITIONS)


def section(text, name):
    return text.split(f'id="{name}"')[1].split("</section>")[0]


def cities_of(part):
    return re.findall(r'href="/(?:en|zh)/cities/([\w-]+)"', part)


@pytest.fixture(scope="module")
def cases():
    return lc.atlas_qca(content.atlas(), "inclusive", CONDITIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_found_is_told_with_what_was_tried_and_leads_on(get, language):
    text = get(f"/{language}/paths")
    result = section(text, "result")
    table = lc.atlas_qca(content.atlas(), "green").truth_table(0.8)
    assert not len(table.positive)
    assert {"en": "Nothing was found", "zh": "未发现结果"}[language] in result
    assert f"{table.inclusion.max():.3f}" in result
    assert str(len(table.data)) in result
    links = re.findall(r'href="(/[^"]*/paths[^"]*)"', result)
    assert len(links) >= 5
    for link in links:
        get(html.unescape(link))
    for absent in ("shared", "robustness", "chance", "cases"):
        assert f'id="{absent}"' not in text
    assert text.count('<ul class="literals">') == len(table.out)


@pytest.mark.parametrize("question", [NOTHING, FOUND], ids=["nothing", "found"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_city_stands_once_in_the_truth_table_on_its_side(get, question, language):
    text = section(get(question.address(language)), "rows")
    table = lc.atlas_qca(content.atlas(), question.outcome, CONDITIONS).truth_table(0.8)
    inside = {c for c, y in zip(table.data.index, table.membership, strict=True) if y > 0.5}
    told_in, told_out = [], []
    for row in text.split("<tr>")[2:]:
        first, second = re.findall(r'<td class="names-cell".*?</td>', row, re.S)
        told_in += cities_of(first)
        told_out += cities_of(second)
        n = int(re.search(r'<td class="num"[^>]*>(\d+)<', row)[1])
        assert n == len(cities_of(first)) + len(cities_of(second))
    assert set(told_in) == inside
    assert sorted(told_in + told_out) == sorted(table.data.index)
    figures = sorted(re.findall(r">(\d\.\d{3})<", text))
    assert figures == sorted(f"{v:.3f}" for v in (*table.inclusion, *table.pri))


@pytest.mark.parametrize("model", [0, 1])
def test_paths_marks_figures_and_models_are_those_of_the_library(get, cases, model):
    solution = lc.minimise(cases.truth_table(0.8))
    text = section(get(FOUND.with_(model=model + 1).address("en")), "result")
    table = cases.configuration_table(
        solution, model, parsimonious=lc.minimise(solution.truth, "parsimonious")
    )
    grid = table.grid("en")
    legend = dict(grid.legend)
    body = text.split('<table class="configurations">')[1].split("</table>")[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body, re.S)
    for (label, marks), (told, cells) in zip(grid.marks, rows, strict=False):
        assert told == label
        words = re.findall(r'<span class="unseen">(.*?)</span>', cells)
        assert words == [legend[m] if m else "left open" for m in marks]
        assert cells.count('<svg class="circle"') == sum(m is not None for m in marks)
    for label, figures in grid.figures:
        cells = next(c for told, c in rows if told == label)
        assert re.findall(r">([\d.–]+)</td>", cells) == list(figures)
    assert len(solution.models) == 2
    for number in range(2):
        assert solution.expression(number) in text
    assert text.count('aria-current="true"') == 1
    for code in ("docx", "html", "tex", "txt"):
        assert f"/en/paths.{code}?" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_cities_stand_by_kind_as_the_library_has_them(get, cases, language):
    text = section(get(FOUND.address(language)), "cases")
    frame = lc.minimise(cases.truth_table(0.8)).cases
    frame = frame[frame["model"] == 0]
    for part in text.split("<h3>")[1:]:
        told = set(cities_of(part))
        assert told in [set(held["case"]) for _, held in frame.groupby("term")]
    assert len(cities_of(text)) == len(frame)


def test_shared_evidence_stands_beside_each_path(get, cases):
    text = section(get(FOUND.address("en")), "shared")
    frame = cases.paths(lc.minimise(cases.truth_table(0.8)))
    assert text.count("<tr>") == len(frame) + 1
    for row in frame.to_dict("records"):
        assert f"{row['both']:.0f} / {row['outcome']:.0f} ({100 * row['of_outcome']:.0f}%)" in text
        for name in ("outcome_keeps", "conditions_keep", "neither_keeps"):
            assert f"{row[f'{name}_inclusion']:.3f}" in text


def test_robustness_and_chance_come_by_a_link_that_the_address_keeps(get, cases):
    text = get(FOUND.address("en"))
    asks = re.findall(r'href="(/en/paths[^"]*(?:robustness|permutations)[^"]*)"', text)
    assert len(asks) == 2
    assert "alternatives give the same" not in text
    both = get(FOUND.with_(robustness=True, permutations=199, seed=3).address("en"))
    frames = {f"coder {c}": f for c, f in cases.by_coder().items() if c != "A"}
    frames |= {one.name: one.data for one in cases.disjoint if one.data is not None}
    robust = lc.robustness(cases.data, "inclusive", CONDITIONS, inclusion_cut=0.8, frames=frames)
    assert f"{sum(robust.same)} of {len(robust.same)} alternatives" in section(both, "robustness")
    chance = lc.permutation_test(
        cases.data, "inclusive", CONDITIONS, inclusion_cut=0.8, permutations=199, seed=3
    )
    told = section(both, "chance")
    assert f"Of 199 shuffled outcomes {chance.as_good} did as well (p = {chance.p:.3f}" in told
    for one in chance.terms:
        assert f"{one.q:.3f}" in told


def test_near_constant_conditions_are_named(get):
    question = Question(outcome="inclusive", conditions=("policy", "law", "funding"))
    cases = lc.atlas_qca(content.atlas(), "inclusive", question.conditions)
    assert cases.near_constant
    for language in LANGUAGES:
        text = get(question.address(language))
        for code in cases.near_constant:
            assert cases.labels[code].in_(language) in section(text, "result").split('class="notice"')[1]
        assert section(text, "conditions").count('class="mark"') == len(cases.near_constant)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", [NOTHING, FOUND])
def test_limits_of_the_result_stand_on_the_page(get, question, language):
    text = html.unescape(section(get(question.address(language)), "limits"))
    for one in lc.atlas_qca(content.atlas(), question.outcome, CONDITIONS).limits(language):
        assert one in text


@pytest.mark.parametrize("question", [NOTHING, FOUND.with_(robustness=True, permutations=49)])
def test_the_chinese_page_speaks_chinese(get, question):
    text = get(question.address("zh"))
    body = re.sub(r"<pre.*?</pre>|<[^>]+>", " ", text.split('tabindex="-1">')[1].split("</main>")[0])
    words = set(re.findall(r"[A-Za-z]{4,}", html.unescape(body)))
    assert words <= {"paths", "toml", "docx", "html", "http", "testserver", "outcome", "conditions", "inclusive", "monitoring", "funding", "robustness", "permutations", "JSON", "Excel", "Word", "LaTeX"}  # fmt: skip
    assert HAN.search(body)


# --- the address ----------------------------------------------------------------------------------


@given(
    st.builds(
        Question,
        outcome=st.sampled_from(outcomes()),
        conditions=st.sets(st.sampled_from(content.MECHANISMS)).map(
            lambda held: tuple(c for c in content.MECHANISMS if c in held)
        ),
        coder=st.sampled_from(["A", "B"]),
        not_seen=st.sampled_from(NOT_SEEN),
        timing=st.sampled_from(TIMINGS),
        inclusion=st.floats(0.01, 1).map(lambda v: round(v, 4)),
        pri=st.floats(0, 1).map(lambda v: round(v, 4)),
        frequency=st.integers(1, 20),
        solution=st.sampled_from(SOLUTIONS[:2]),
        model=st.integers(1, 1000),
        robustness=st.booleans(),
        permutations=st.integers(0, MOST_PERMUTATIONS),
    )
)
def test_an_address_says_the_whole_question(question):
    query = question.address("en").partition("?")[2]
    assert read(QueryDict(query)) == (question, True)


def test_a_form_is_sent_on_to_the_one_address(client, get):
    asked = "outcome=inclusive&solution=intermediate&inclusion=0.80&condition=monitoring&condition=law&coder=A&pri=0"
    response = client.get(f"/en/paths?{asked}")
    assert response.status_code == 302
    assert (
        response["Location"] == "/en/paths?outcome=inclusive&conditions=law~monitoring&solution=intermediate"
    )
    text = get(response["Location"])
    assert 'name="expect-law"' in text
    response = client.get(f"/en/paths?{asked}&expect-law=1&expect-monitoring=&expect-funding=0")
    assert response["Location"].endswith("solution=intermediate&expectations=law:1")
    page = Page(get(response["Location"]))
    assert {i["value"] for i in page.of("input") if "checked" in i} == {"law", "monitoring"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("outcome=grene", "green"),
        ("conditions=lawn", "law"),
        ("coder=Z", "A"),
        ("inclusion=x", "0.01"),
        ("inclusion=1.5", "0.01"),
        ("inclusion=nan", "0.01"),
        ("pri=-1", "from 0 to 1"),
        ("frequency=0.5", "whole number"),
        ("permutations=100000", f"{MOST_PERMUTATIONS:,}"),
        ("solution=intermediate&expectations=law:2", "1"),
        ("outcome=inclusive&model=9", "9"),
        ("outcome=law&conditions=law~funding", "is the outcome and a condition"),
        ("conditions=" + "~".join([*content.MECHANISMS, "inclusive"]), str(MOST_CONDITIONS)),
    ],
)
def test_what_cannot_be_asked_is_said(get, query, said):
    assert said in html.unescape(get(f"/en/paths?{query}", 400))
    assert HAN.search(get(f"/zh/paths?{query}", 400))


@pytest.mark.parametrize("language", LANGUAGES)
def test_cities_that_do_not_tell_are_an_answer(get, language):
    text = get(f"/{language}/paths?conditions=law~funding&not_seen=leave_out")
    with pytest.raises(lc.InputError) as error:
        lc.atlas_qca(content.atlas(), "green", ["law", "funding"], not_seen="leave_out")
    assert error.value.in_(language)[:12] in html.unescape(section(text, "result"))
    assert "downloads" not in text


# --- files and the command line -------------------------------------------------------------------


def ran(words):
    done = CliRunner().invoke(root.main, words)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "question",
    [
        NOTHING,
        FOUND.with_(robustness=True, permutations=49, seed=2),
        Question(
            outcome="~prosperous", conditions=("law", "organization", "funding"), coder="B", inclusion=0.75, pri=0.1,
            frequency=2, solution="intermediate", expectations=(("law", 0), ("funding", 1)),
        ),
    ],
)  # fmt: skip
def test_the_command_line_gives_the_same_numbers_to_the_digit(get, question, tmp_path):
    text = html.unescape(get(question.address("en")))
    data = json.loads(get(question.address("en", suffix=".json")))
    tables = {t["name"]: t["rows"] for t in data["tables"]}
    solved = answer(question).solution is not None
    (tmp_path / spec.FILE).write_text(get(question.address("en", suffix=".toml")), encoding="utf-8")
    told = re.findall(r"<pre[^>]*>(.*?)</pre>", text, re.S)
    assert told == spec.lines(question, solved=solved)
    for line in told:
        words = [str(tmp_path / w) if w == spec.FILE else w for w in shlex.split(line)]
        assert words[0] == "learningcity"
        said = ran([*words[1:], "--json"])
        command = words[2]
        if command == "truth-table":
            same(tables["truth-table"], said["table"])
        elif command == "minimise":
            same(tables["paths"], said["fit"])
            same(tables["cases"], [{**row, "model": row["model"] + 1} for row in said["cases"]])
            same(tables["truth-table"], said["truth_table"]["table"])
        else:
            same(tables[command], said["table"])
    assert len(told) == (2 if not solved else 3 + question.robustness + bool(question.permutations))


def same(ours, theirs):
    assert len(ours) == len(theirs) > 0
    for one, other in zip(ours, theirs, strict=True):
        for key, value in other.items():
            assert one[key] == ({True: "yes", False: "no"}[value] if isinstance(value, bool) else value), key


def test_the_study_file_holds_the_question(get):
    question = FOUND.with_(coder="B", timing="all", pri=0.5)
    held = tomllib.loads(get(question.address("en", suffix=".toml")))
    assert held["outcome"] == "inclusive"
    assert held["conditions"] == list(CONDITIONS)
    assert held["pri_cut"] == 0.5
    assert held["atlas"] == {"coder": "B", "not_seen": "visibility", "timing": "all"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", ["docx", "html", "tex", "txt"])
def test_the_configuration_table_comes_as_journals_print_it(client, cases, language, ending):
    response = client.get(FOUND.address(language, suffix=f".{ending}"))
    assert response.status_code == 200
    assert f"configurations-{language}.{ending}" in response["Content-Disposition"]
    solution = lc.minimise(cases.truth_table(0.8))
    table = cases.configuration_table(solution, parsimonious=lc.minimise(solution.truth, "parsimonious"))
    kinds = {"docx": "docx", "html": "html", "tex": "latex", "txt": "text"}
    body = lc.render_configurations(table, kinds[ending], language, cases=True)[2]
    if ending == "docx":  # the dates of its parts are those of the writing
        ours, theirs = (
            zipfile.ZipFile(io.BytesIO(b)).read("word/document.xml") for b in (response.content, body)
        )
        assert ours == theirs
    else:
        assert response.content == body


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_have_their_own_csv(get, language):
    text = get(FOUND.with_(permutations=49).address(language))
    links = re.findall(r'href="([^"]*\.csv[^"]*)" download', text)
    assert len(links) == 8
    for link in links:
        rows = list(csv.reader(io.StringIO(get(html.unescape(link)).lstrip("\ufeff"))))
        assert len(rows) > 1
        assert not any(re.search(r"_(en|zh|keeps?)", head) for head in rows[0])
