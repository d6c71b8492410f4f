"""Styles against the library and the command line: none found, those asked for and marked, planted ones, files."""

import csv
import dataclasses
import html
import io
import json
import re
import shlex
import tomllib

import pytest
from click.testing import CliRunner
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import HAN, LANGUAGES, Page

import learningcity as lc
from learningcity.cli import root
from learningcity.web import content
from learningcity.web.screens.styles import answer as answers
from learningcity.web.screens.styles import page, spec
from learningcity.web.screens.styles.answer import Answer, answer, repeated
from learningcity.web.screens.styles.query import MOST, NOT_SEEN, TIMINGS, Question, names, read

OPEN = Question()
EIGHT = Question(k=8)
FEW = Question(columns=("law", "green"), not_seen="leave_out")


def section(text, name):
    return text.split(f'id="{name}"')[1].split("</section>")[0]


def plain(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def cities_of(part):
    return re.findall(r'href="/(?:en|zh)/cities/([\w-]+)"', part)


@pytest.fixture(scope="module")
def styles():
    return lc.atlas_styles(content.atlas(), repeat=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_styles_is_told_as_a_result_with_what_was_tried(get, styles, language):
    text = get(f"/{language}/styles")
    told = plain(section(text, "result"))
    one = styles.typology
    assert not one.found
    assert {"en": "No styles were found", "zh": "未发现类型"}[language] in told
    assert f"{one.silhouette:.2f}" in told
    assert f"p = {one.p_value:.3g}" in told
    assert {"en": f"{len(one.choices)} divisions tried", "zh": f"共试{len(one.choices)}种划分"}[
        language
    ] in told
    for reason in one.reasons:
        assert reason.in_(language) in told
    for absent in ("profiles", "styles", "between"):
        assert f'id="{absent}"' not in text
    assert "chart-numbers" in text
    numbers = section(text, "numbers")
    links = [
        html.unescape(a) for a in re.findall(rf'href="(/{language}/styles\?k=\d+[^"]*#styles)"', numbers)
    ]
    assert [int(re.search(r"k=(\d+)", a)[1]) for a in links] == one.choices["k"].tolist()
    # The picture comes before the form, and the finding before both.
    assert (
        text.index('id="result"')
        < text.index('id="numbers"')
        < text.index('id="map"')
        < text.index('id="question"')
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_styles_that_are_asked_for_bear_the_mark_wherever_they_are_shown(get, language):
    text = get(EIGHT.address(language))
    found = lc.atlas_styles(content.atlas(), k=8, repeat=False)
    mark = {"en": "Not borne out", "zh": "未获数据支持"}[language]
    for name in ("result", "map", "profiles", "styles", "between"):
        assert mark in plain(section(text, name)), name
    assert text.split("</title>")[0].count({"en": "not borne out", "zh": "未获数据支持"}[language]) == 1
    for chart in ("map", "profiles"):
        caption = section(text, f"chart-{chart}")
        assert {"en": "not borne out", "zh": "未获数据支持"}[language] in caption.split("chart-caption")[1]
    result = plain(section(text, "result"))
    assert {"en": "Where the number is left open, no styles are found", "zh": "不指定类型数时，未发现类型"}[
        language
    ] in result
    assert f"p = {found.typology.p_value:.3g}" not in result


def test_every_city_stands_once_with_its_style_and_leads_on(get):
    text = get(EIGHT.address("en"))
    one = answer(EIGHT).styles.typology
    blocks = section(text, "styles").split("<h3>")[1:]
    assert len(blocks) == one.k
    told = {}
    for style, block in zip(one.styles, blocks, strict=True):
        assert answer(EIGHT).styles.name_of(style.number).en in plain(block)
        medoid, *cities = cities_of(block)
        assert medoid == style.medoid
        assert f"Stability: {style.stability:.2f}" in plain(block)
        told |= dict.fromkeys(cities, style.number)
        assert sorted(cities) == sorted(style.cases)
        for case, value in re.findall(
            r'cities/([\w-]+)">[^<]*</a> <span class="fine">([−\d.]+)</span>', block.split("<ul")[1]
        ):
            assert float(value.replace("−", "-")) == pytest.approx(
                one.cases.at[case, "silhouette"], abs=0.0051
            )
    assert told == one.cases["style"].to_dict()
    assert sorted(cities_of(section(text, "between"))) == sorted(one.between)
    # Each dot of the map, and each row of its table.
    drawn = section(text, "map")
    assert set(cities_of(drawn.split("chart-table")[1])) == set(one.cases.index)
    for sheet in re.findall(r'<svg class="chart-links".*?</svg>', drawn, re.S):
        assert sorted(cities_of(sheet)) == sorted(one.cases.index)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_left_out_is_named_with_the_reason(get, language):
    left = section(get(FEW.address(language)), "left-out")
    one = answer(FEW).styles.typology
    assert one.left_out_cases
    gone = list(one.left_out_cases)
    assert cities_of(left)[: len(gone)] == gone
    for why in {w.in_(language) for w in one.left_out_cases.values()}:
        assert why in plain(left)
    assert str(len(one.cases)) in plain(left)
    usual = plain(section(get(OPEN.address(language)), "left-out"))
    for code in answer(OPEN).styles.coded.near_constant:
        assert lc.label("mechanism" if code in content.MECHANISMS else "theme", code, language) in usual
    assert {"en": "no cell is empty", "zh": "没有空单元格"}[language] in usual


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_columns_are_few_a_high_silhouette_is_no_shading(get, language):
    one = answer(FEW).styles.typology
    assert not one.found
    assert one.silhouette > one.spec["least_silhouette"]
    told = plain(section(get(FEW.address(language)), "result"))
    assert {"en": "fall into heaps", "zh": "聚成几堆"}[language] in told
    assert {"en": "shade into", "zh": "逐渐过渡"}[language] not in told
    assert {"en": "shade into", "zh": "逐渐过渡"}[language] in plain(
        section(get(OPEN.address(language)), "result")
    )
    assert len(one.choices) == 1
    assert {"en": "only a division into 2", "zh": "仅能试划分为2类"}[language] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_division_goes_with_and_the_repetitions_are_those_of_the_library(get, language):
    question = Question(k=3, repeats=True)
    text = get(question.address(language))
    found = answer(question)
    follows = plain(section(text, "follows"))
    for row in found.styles.division.beside.itertuples():
        assert f"{row.effect:.2f}" in follows
        assert found.styles.beside_labels[row.column].in_(language) in follows
    told = section(text, "repeats")
    rows = repeated(found).repeats
    assert told.count("<tr>") == 1 + len(rows)
    for row in rows.itertuples():
        assert getattr(row, f"title_{language}") in plain(told)
        assert f"{row.rand:.2f}".replace("-", "−") in plain(told)
    ask = section(get(Question(k=3).address(language)), "repeats")
    assert html.unescape(re.search(r'href="([^"]+)"', ask)[1]) == question.address(language, "#repeats")


def planted(auto: bool) -> Answer:
    """What the page would be given where styles are there, or only with the number that was asked for."""
    found = answer(Question(k=3))
    one = dataclasses.replace(found.styles.typology, found=True, reasons=())
    styles = dataclasses.replace(found.styles, typology=one)
    return Answer(Question(k=0 if auto else 3), styles, styles if auto else found.tried)


@pytest.mark.parametrize("language", LANGUAGES)
def test_styles_that_are_there_bear_no_mark(language):
    told = page.build(planted(True), language)
    assert told["borne_out"]
    assert told["mark"] == ""
    assert "3" in told["heading"]
    assert {"en": "fall into 3 styles", "zh": "可分为3种类型"}[language] in told["sentence"]
    assert "borne out" not in told["map"]["caption"] + told["profiles"]["caption"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_holds_alone_is_not_taken_for_a_finding(language):
    told = page.build(planted(False), language)
    assert not told["borne_out"]
    assert {"en": "Not borne out: the number was given", "zh": "未获数据支持：类型数系指定"}[
        language
    ] in told["mark"]
    assert {"en": "no styles are found", "zh": "未发现类型"}[language] in told["tried"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", [OPEN, EIGHT])
def test_limits_of_the_result_stand_on_the_page(get, question, language):
    text = html.unescape(section(get(question.address(language)), "limits"))
    for one in answer(question).styles.limits(language):
        assert one in text


@pytest.mark.parametrize("question", [OPEN, Question(k=4, repeats=True), FEW])
def test_the_chinese_page_speaks_chinese(get, question):
    text = get(question.address("zh"))
    main = text.split("<main", 1)[1].split(">", 1)[1].split("</main>")[0]
    body = re.sub(r"<pre.*?</pre>|<[^>]+>", " ", main, flags=re.S)
    # The address of the page itself stands in print.
    body = re.sub(r"http://\S+", " ", html.unescape(body))
    words = set(re.findall(r"[A-Za-z]{4,}", body))
    assert words <= {"Gower", "medoids", "BUILD", "Cram", "styles", "toml", "JSON", "Excel", "Word", "LaTeX"}
    assert HAN.search(body)


# --- the address ----------------------------------------------------------------------------------


@given(
    st.builds(
        Question,
        k=st.sampled_from([0, *range(2, MOST + 1)]),
        columns=st.sets(st.sampled_from(names()), max_size=len(names()) - 1).map(
            lambda held: tuple(c for c in names() if c in held)
        ),
        coder=st.sampled_from(["A", "B"]),
        timing=st.sampled_from(TIMINGS),
        not_seen=st.sampled_from(NOT_SEEN),
        repeats=st.booleans(),
        seed=st.integers(0, 2**31 - 1),
    )
)
def test_an_address_says_the_whole_question(question):
    query = question.address("en").partition("?")[2]
    assert read(QueryDict(query)) == (question, True)


def test_a_form_is_sent_on_to_the_one_address(client, get):
    response = client.get("/en/styles?k=auto&column=green&column=law&coder=A&timing=all&seed=0")
    assert response.status_code == 302
    assert response["Location"] == "/en/styles?columns=law~green"
    every = "&".join(f"column={name}" for name in names())
    assert client.get(f"/en/styles?k=4&{every}")["Location"] == "/en/styles?k=4"
    looked = Page(get("/en/styles?k=4&columns=law~green"))
    assert {i["value"] for i in looked.of("input") if "checked" in i} == {"law", "green"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("k=1", "from 2 to 12"),
        ("k=13", "from 2 to 12"),
        ("k=many", "or auto"),
        ("k=２", "from 2 to 12"),
        ("columns=lawn", "law"),
        ("columns=law", "at least two"),
        ("coder=Z", "A"),
        ("timing=befor", "before"),
        ("not_seen=zero", "leave_out"),
        ("repeats=no", "yes"),
        ("seed=-1", "whole number"),
        ("seed=99999999999999999999", "whole number"),
    ],
)
def test_what_cannot_be_asked_is_said(get, query, said):
    assert said in html.unescape(get(f"/en/styles?{query}", 400))
    assert HAN.search(get(f"/zh/styles?{query}", 400))


@pytest.mark.parametrize("language", LANGUAGES)
def test_cities_that_do_not_tell_are_an_answer(get, language):
    question = Question(k=9, columns=("law", "green"), not_seen="leave_out", timing="before")
    with pytest.raises(lc.InputError) as error:
        answer(question)
    told = plain(section(get(question.address(language)), "result"))
    assert re.sub(r"\b(law|green)\b", "", error.value.in_(language))[-12:] in told
    assert {"en": "Other questions", "zh": "其他问题"}[language] in told


# --- files and the command line -------------------------------------------------------------------


def ran(words):
    done = CliRunner().invoke(root.main, words)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def same(ours, theirs, but=()):
    assert len(ours) == len(theirs) > 0
    for one, other in zip(ours, theirs, strict=True):
        for key, value in other.items():
            if key not in but:
                assert one[key] == (
                    {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
                ), key


@pytest.mark.parametrize(
    "question",
    [
        OPEN,
        Question(k=3, columns=("law", "funding", "monitoring", "green"), coder="B", seed=5, repeats=True),
        Question(not_seen="leave_out", timing="before", repeats=True),
    ],
)
def test_the_command_line_gives_the_same_numbers_to_the_digit(get, question, tmp_path):
    text = html.unescape(get(question.address("en")))
    data = json.loads(get(question.address("en", suffix=".json")))
    tables = {t["name"]: t["rows"] for t in data["tables"]}
    (tmp_path / spec.FILE).write_text(get(question.address("en", suffix=".toml")), encoding="utf-8")
    told = re.findall(r"<pre[^>]*>(.*?)</pre>", text, re.S)
    assert told == spec.lines(question)
    for line in told:
        words = [str(tmp_path / w) if w == spec.FILE else w for w in shlex.split(line)]
        assert words[0] == "learningcity"
        said = ran([*words[1:], "--json"])
        if words[-1] == "auto" and question.k:
            same(tables["choices"], said["typology"]["choices"])
            continue
        same(tables["cities"], said["table"])
        same(tables["beside"], said["beside"])
        if question.k:
            same(tables["profile"], said["typology"]["profile"])
            assert [s["medoid"] for s in tables["styles"]] == [
                s["medoid"] for s in said["typology"]["styles"]
            ]
            assert [s["stability"] for s in tables["styles"]] == [
                s["stability"] for s in said["typology"]["styles"]
            ]
        else:
            same(tables["choices"], said["typology"]["choices"])
        if question.repeats:
            same(tables["repeats"], said["repeats"])
        if "map" in words:
            points = {p["case"]: (p["axis_1"], p["axis_2"]) for p in said["map"]["table"]}
            drawn = answers.answer(question).styles
            table = lc.chart(drawn, "style_map", picture=False).table
            assert points == {r.key: (r.axis_1, r.axis_2) for r in table.itertuples()}
            assert f"{said['map']['share']:.0%} of the squared distances" in text
    assert len(told) == 3 + bool(question.k)


def test_the_recipe_holds_the_question(get):
    held = tomllib.loads(get("/en/styles.toml?k=4&columns=law~green&coder=B&timing=before&seed=3"))
    assert held == {
        "atlas": True, "columns": ["law", "green"], "k": 4, "coder": "B", "not_seen": "visibility", "timing": "before",
        "draws": 100, "shuffles": 199, "permutations": 999, "seed": 3,
    }  # fmt: skip
    get("/en/styles.toml?k=1", 400)


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_have_their_own_csv_and_pictures_their_files(client, get, language):
    text = get(EIGHT.with_(repeats=True).address(language))
    links = re.findall(r'href="([^"]*\.csv[^"]*)" download', text)
    assert len(links) == 3 + 7
    for link in links:
        rows = list(csv.reader(io.StringIO(get(html.unescape(link)).lstrip("﻿"))))
        assert len(rows) > 1
        assert not any("_" in head for head in rows[0])
    for name in ("map", "numbers", "profiles"):
        assert get(EIGHT.address(language, suffix=".svg") + f"&chart={name}").count("<svg") == 1
        png = client.get(EIGHT.address(language, suffix=".png") + f"&chart={name}")
        assert png.content[:4] == b"\x89PNG"
    get("/en/styles.svg?chart=profiles", 400)
