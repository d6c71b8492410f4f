"""Necessary levels against the library and the command line: pairs, cities, levels, nothing found, refused, files."""

import csv
import html
import io
import json
import re
import shlex

import pytest
from click.testing import CliRunner
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from tests.explain.from_atlas.made import awarded, recoded
from tests.web.conftest import HAN, LANGUAGES, Page

import learningcity as lc
from learningcity.cli import root
from learningcity.web import content, jobs
from learningcity.web.screens.necessary import answer as answers
from learningcity.web.screens.necessary import said, spec
from learningcity.web.screens.necessary.answer import answer
from learningcity.web.screens.necessary.query import (
    CORNERS,
    FEWEST,
    LINES,
    NOT_SEEN,
    SCALES,
    TESTED,
    TIMINGS,
    Question,
    conditions,
    most,
    read,
)

PAIR = Question(condition="policy", theme="sustainable")


def section(text, name):
    return text.split(f'id="{name}"')[1].split("</section>")[0]


def cities_of(part):
    return re.findall(r'href="/(?:en|zh)/cities/([\w-]+)#', part)


def cells(part):
    """The rows of the first table of a part, each a list of plain texts."""
    body = part.split("<tbody>")[1].split("</tbody>")[0]
    rows = re.findall(r"<tr.*?</tr>", body, re.S)
    plain = [re.findall(r"<t[hd].*?</t[hd]>", row, re.S) for row in rows]
    return [[html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in plain]


@pytest.fixture(scope="module")
def every():
    return lc.atlas_ceilings(content.atlas())


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_nothing_was_found_is_the_first_sentence(get, every, language):
    assert not len(every.found)
    text = html.unescape(get(f"/{language}/necessary"))
    first = text.split('class="verdict">')[1].split("</p>")[0]
    assert {"en": "No necessary level was found", "zh": "未发现必要条件水平"}[language] in first
    assert str(len(every.coded.data)) in first
    frame = every.table()[every.table()["kind"] == "condition"]
    judged = frame[frame["reason_en"] == ""]
    told = section(text, "pairs")
    counts = (
        (judged["effect_size"] == 0).sum(),
        (judged["effect_size"] > 0).sum(),
        (frame["reason_en"] != "").sum(),
    )
    for n in counts:
        assert re.search(rf"(?<!\d){n}(?!\d)", told)
    best = judged.sort_values("p_value").iloc[0]
    assert f"p = {best['p_value']:.3f}" in told
    assert f"q = {best['q']:.2f}" in told
    near = {"en": every.labels["policy"].en, "zh": every.labels["policy"].zh}[language]
    assert near in told.split('class="notice"')[1]


def test_every_pair_stands_in_the_matrix_and_leads_to_its_own_page(get, every):
    text = html.unescape(get(PAIR.address("en")))
    part = section(text, "pairs")
    rows, frame = cells(part), every.table()
    assert len(rows) == len(frame)
    for told, row in zip(rows, frame.to_dict("records"), strict=True):
        assert told[0].lower() == f"{every.labels[row['condition']].en} – {row['theme']}"
        assert float(told[2]) == pytest.approx(row["effect_size"], abs=0.006)
    links = re.findall(r'<a href="(/en/necessary[^"]*)"', part.split("<tbody>")[1].split("</tbody>")[0])
    asked = [read(QueryDict(one.partition("?")[2].partition("#")[0]))[0] for one in links]
    assert [(q.condition, q.theme) for q in asked] == list(
        zip(frame["condition"], frame["theme"], strict=True)
    )
    over = re.findall(r'<svg class="chart-links".*?</svg>', part, re.S)
    assert [sheet.count("<a ") for sheet in over] == [len(frame)] * 2
    for link in links[::9]:
        get(link)


@pytest.mark.parametrize("question", [PAIR, PAIR.with_(corner="3", method="cr_fdh", condition="sources"), PAIR.with_(coder="B", timing="before")])  # fmt: skip
def test_the_pair_is_that_of_the_library(get, question):
    text = html.unescape(get(question.address("en")))
    found = lc.atlas_ceilings(
        content.atlas(), coder=question.coder, policy=lc.CodingPolicy(timing=question.timing), method=question.method,
        corner=int(question.corner),
    )  # fmt: skip
    x, y = question.condition, question.theme
    one, span = found.pair(x, y), found.interval(x, y)
    row = found.table().set_index(["condition", "theme"]).loc[x, y]
    told = section(text, "pair")
    assert f"{one.effect_size:.3f}" in told
    assert f"{row['p_value']:.3f}" in told
    if row["q"] == row["q"]:
        assert f"q = {row['q']:.2f}" in told
    sure = section(text, "sure")
    assert f"p = {one.p_value:.3f} ± {one.p_accuracy:.3f}" in sure
    assert f"between {span.low:.3f} and {span.high:.3f}" in sure
    assert span.reason.en in sure
    assert len(cells(sure)) == len(span.without)
    points = section(text, "cities")
    assert sorted(cities_of(points)) == sorted(found.data[[x, y]].dropna().index)
    peers = {c for ids in found.points(x, y)["cities"] if set(ids) & set(one.peers) for c in ids}
    rows = re.findall(r'<tr id="at-p\d+">.*?</tr>', points, re.S)
    assert {c for row in rows if "at a corner" in row for c in cities_of(row)} == peers
    for row, held in zip(rows, found.points(x, y)["cities"], strict=True):
        assert set(cities_of(row)) == set(held)


def test_a_point_of_the_picture_leads_to_its_cities_and_these_to_their_evidence(get):
    text = get(PAIR.address("en"))
    links = re.findall(r'<a href="#(at-p\d+)"', text)
    assert links
    assert all(f'id="{one}"' in text for one in links)
    city = cities_of(section(text, "cities"))[0]
    assert f'/en/cities/{city}#condition-policy"' in text
    assert 'id="condition-policy"' in get(f"/en/cities/{city}")


def test_disjoint_evidence_stands_beside_the_pair_as_the_library_has_it(get, every):
    row = every.table().set_index(["condition", "theme"]).loc["policy", "sustainable"]
    told = cells(section(get(PAIR.address("en")), "again"))
    assert told[0][1:3] == [f"{row['effect_size']:.3f}", f"{row['p_value']:.3f}"]
    assert told[0][3] == f"not once the pairs are counted (q = {row['q']:.2f})"
    for line, name in zip(
        told[1:], ("outcome_keeps", "conditions_keep", "neither_keeps", "coder_B"), strict=True
    ):
        assert line[1:3] == [f"{row[f'{name}_effect']:.3f}", f"{row[f'{name}_p']:.3f}"]
        assert line[3] == {True: "yes", False: "no", None: "cannot be told"}[row[f"{name}_held"]]


def test_further_lines_are_drawn_and_measured_and_not_tested(get, every):
    text = html.unescape(get(PAIR.with_(lines=("cr_fdh", "qr")).address("en")))
    rows = cells(section(text, "pair").split("</figure>")[1])
    for told, method in zip(rows, (None, "cr_fdh", "qr"), strict=True):
        one = every.pair("policy", "sustainable", method)
        assert told[1] == f"{one.effect_size:.3f}"
        assert told[3] == f"{one.accuracy:.1f}%"
        assert told[5] == str(len(one.above))
    assert [row[2] for row in rows[1:]] == ["–", "–"]
    inside = section(text, "pair").split('class="behind"')[1]
    assert set(cities_of(inside)) == set(every.pair("policy", "sustainable", "cr_fdh").above) | set(
        every.pair("policy", "sustainable", "qr").above
    )


@pytest.mark.parametrize(("scale_x", "scale_y", "steps"), [("actual", "actual", 0), ("percentile", "percentage_range", 5), ("percentage_max", "actual", 4)])  # fmt: skip
def test_necessary_levels_are_those_of_the_library(get, every, scale_x, scale_y, steps):
    text = html.unescape(get(PAIR.with_(scale_x=scale_x, scale_y=scale_y, steps=steps).address("en")))
    more = {"steps": steps} if steps else {}
    table = every.bottleneck("sustainable", scale_x=scale_x, scale_y=scale_y, **more)
    told = cells(section(text, "levels"))
    assert len(told) == len(table.levels)
    for row, k in zip(told, reversed(range(len(told))), strict=True):
        assert float(row[0].split()[-1]) == pytest.approx(table.levels.index[k], abs=0.006)
        for cell, x in zip(row[1:], table.levels.columns, strict=True):
            mark = table.marks[x].iloc[k]
            if mark:
                assert cell == {"NN": "not necessary", "NA": "none is enough"}[mark]
            else:
                assert float(cell) == pytest.approx(table.levels[x].iloc[k], abs=0.006)
    assert "not tested" in section(text, "levels")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pairs_that_cannot_tell_say_why(get, every, language):
    frame = every.degenerate[every.degenerate["kind"] == "condition"]
    text = html.unescape(get(f"/{language}/necessary"))
    for reason in frame[f"reason_{language}"]:
        assert reason in section(text, "pairs")
    row = frame.iloc[0]
    one = html.unescape(get(Question(condition=row["condition"], theme=row["theme"]).address(language)))
    assert row[f"reason_{language}"] in section(one, "pair").split('class="verdict"')[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pair_without_a_ceiling_is_an_answer(get, language):
    asked = Question(condition="participation", theme="green", not_seen="leave_out")
    text = html.unescape(get(asked.address(language)))
    found = answer(asked)
    assert found.pair is None
    assert found.row[f"reason_{language}"] in section(text, "pair")
    assert 'id="cities"' not in text
    assert "nan" not in re.sub(r"<[^>]+>|[a-z]*nan[a-z]+|[a-z]+nan", "", text.lower())


def test_no_line_is_not_called_a_level_that_is_never_enough(get):
    text = html.unescape(get(Question(condition="law", theme="green", method="cr_fdh").address("en")))
    ceilings = answer(Question(condition="law", theme="green", method="cr_fdh")).levels.ceilings
    without = [x for x, one in ceilings.items() if one.note is not None]
    assert without
    for row in cells(section(text, "levels")):
        told = dict(zip(ceilings, row[1:], strict=True))
        assert all(told[x] == "no line" for x in without)


@pytest.mark.parametrize("language", LANGUAGES)
def test_limits_of_the_result_stand_on_the_page(get, every, language):
    text = html.unescape(section(get(PAIR.address(language)), "limits"))
    for one in every.limits(language):
        assert one in text


def planted(shared):
    """Green in 20 of 28 cities with a law, in none of the others: read off the law itself, or off another practice."""
    atlas = content.atlas()
    names = awarded(atlas)
    with_law, green = set(names[:28]), set(names[:20])

    def say(city, place):
        if place == 0:
            return ("law" if city in with_law else "funding"), "green" if shared and city in green else ""
        if place == 1:
            return "participation", "green" if not shared and city in green else ""
        return "resources", "inclusive" if (place + len(city)) % 3 else ""

    return recoded(atlas, say)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shared", [False, True])
def test_what_is_found_is_said_and_whether_it_holds(monkeypatch, shared, language):
    made = planted(shared)
    desk = jobs.Desk()
    monkeypatch.setattr(jobs, "DESK", desk)
    for one in (answers._pair, answers._levels):
        one.cache_clear()
    monkeypatch.setattr(content, "atlas", lambda: made)
    found = answer(Question(permutations=999))
    told = said.overall(found, language)
    one = " ".join(said.of_pair(found, language))
    desk.close()
    for cache in (answers._pair, answers._levels):
        cache.cache_clear()
    assert (found.question.condition, found.question.theme) == ("law", "green")
    assert len(found.pairs.held) == (not shared)
    assert told["nearest"] is None
    assert told["nothing"] is shared
    words = {
        (False, "en"): ("Law for green", "again in every repetition"),
        (False, "zh"): ("法规对绿色", "各种情形下均再次发现"),
        (True, "en"): ("No necessary level stands", "not again in every repetition"),
        (True, "zh"): ("没有站得住的必要条件水平", "并非在下列各种情形下均再次发现"),
    }[shared, language]
    assert words[0] in told["sentence"]
    assert words[1] in one


@pytest.mark.parametrize("question", [PAIR, Question(condition="sources", theme="green", method="cols", lines=("ols",), corner="4", scale_y="percentile")])  # fmt: skip
def test_the_chinese_page_speaks_chinese(get, question):
    text = get(question.address("zh"))
    body = re.sub(r"<pre.*?</pre>|<[^>]+>", " ", text.split('tabindex="-1">', 1)[1].split("</main>")[0])
    words = set(re.findall(r"[A-Za-z]{4,}", html.unescape(body)))
    known = {*LINES, "cols", "c_lp", *conditions(), *content.THEMES}
    assert words <= {*known, "necessary", "http", "testserver", "condition", "theme", "method", "corner", "lines", "levels", "scale", "percentile", "toml", "JSON", "Excel", "Word", "LaTeX", "Benjamini", "Hochberg"}  # fmt: skip
    assert HAN.search(body)


# --- the address ----------------------------------------------------------------------------------


@given(
    st.builds(
        Question,
        condition=st.sampled_from(("", *conditions())),
        theme=st.sampled_from(("", *content.THEMES)),
        method=st.just("ce_fdh"),
        lines=st.sets(st.sampled_from(LINES[1:])).map(lambda held: tuple(x for x in LINES if x in held)),
        corner=st.sampled_from(CORNERS),
        coder=st.sampled_from(["A", "B"]),
        timing=st.sampled_from(TIMINGS),
        not_seen=st.sampled_from(NOT_SEEN),
        scale_x=st.sampled_from(SCALES),
        scale_y=st.sampled_from(SCALES),
        steps=st.integers(0, 20),
        permutations=st.integers(FEWEST, most("ce_fdh")).map(lambda n: 0 if n == 1999 else n),
        seed=st.integers(0, 2**31 - 1),
    )
)
def test_an_address_says_the_whole_question(question):
    query = question.address("en").partition("?")[2]
    assert read(QueryDict(query)) == (question, True)


def test_a_form_is_sent_on_to_the_one_address(client, get):
    asked = "condition=law&theme=&method=cr_fdh&corner=1&coder=A&line=ols&line=ce_fdh&line=cr_fdh&permutations=1999&steps=0"
    response = client.get(f"/en/necessary?{asked}")
    assert response.status_code == 302
    assert response["Location"] == "/en/necessary?condition=law&method=cr_fdh&lines=ce_fdh~ols"
    page = Page(get(response["Location"]))
    assert {i["value"] for i in page.of("input") if "checked" in i} == {"ce_fdh", "ols"}


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("condition=lawn", "law"),
        ("theme=grene", "green"),
        ("method=ce_fdr", "ce_fdh"),
        ("method=qr", "ce_fdh"),
        ("lines=ce_fhd", "ce_fdh"),
        ("corner=5", "1"),
        ("coder=Z", "A"),
        ("scale_x=percentil", "percentile"),
        ("steps=99", "20"),
        ("steps=x", "whole number"),
        ("permutations=5000", "4,999"),
        ("permutations=9", "19"),
        ("method=cr_vrs&permutations=1999", "999"),
        ("seed=-1", "from 0"),
    ],
)
def test_what_cannot_be_asked_is_said(get, query, named):
    assert named in html.unescape(get(f"/en/necessary?{query}", 400))
    assert HAN.search(get(f"/zh/necessary?{query}", 400))


@pytest.mark.parametrize("method", TESTED)
def test_every_line_can_be_asked_for(get, method):
    get(PAIR.with_(method=method, permutations=19).address("en"))


# --- files and the command line -------------------------------------------------------------------


def ran(words):
    done = CliRunner().invoke(root.main, words)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "question",
    [
        PAIR.with_(permutations=199, seed=4),
        Question(
            condition="law", theme="green", method="cr_fdh", corner="2", coder="B", timing="before",
            not_seen="leave_out", scale_x="percentile", scale_y="percentage_range", steps=4, permutations=99,
        ),
    ],
)  # fmt: skip
def test_the_command_line_gives_the_same_numbers_to_the_digit(get, question, tmp_path):
    text = html.unescape(get(question.address("en")))
    data = json.loads(get(question.address("en", suffix=".json")))
    tables = {t["name"]: t["rows"] for t in data["tables"]}
    for link in re.findall(r'href="(/en/necessary[\w-]*\.toml[^"]*)" download', text):
        (tmp_path / link.partition("?")[0].rpartition("/")[2]).write_text(get(link), encoding="utf-8")
    assert {one.name for one in tmp_path.iterdir()} == {spec.PAIRS, spec.LEVELS}
    told = re.findall(r"<pre[^>]*>(.*?)</pre>", text, re.S)
    assert told == spec.lines(question)
    pairs, levels, pairs_again, intervals, levels_again = (
        ran([*(str(tmp_path / w) if w.endswith(".toml") else w for w in shlex.split(line)[1:]), "--json"])
        for line in told
    )
    same(tables["pairs"], pairs["table"])
    same(tables["intervals"], intervals["intervals"])
    same(tables["levels"], levels["table"])
    assert (pairs_again, levels_again) == (pairs, levels)


def same(ours, theirs):
    assert len(ours) == len(theirs) > 0
    yes_no = {True: "yes", False: "no"}
    for one, other in zip(ours, theirs, strict=True):
        for key, value in other.items():
            if key == "found" or key.endswith("held"):
                assert (one[key] or None) == yes_no.get(value), key
            else:
                assert (one[key] if one[key] != "" else None) == (value if value != "" else None), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_have_their_own_csv_with_heads_that_people_read(get, language):
    text = get(PAIR.with_(lines=("qr",)).address(language))
    links = re.findall(r'href="([^"]*\.csv[^"]*)" download', text)
    assert len({html.unescape(link) for link in links}) >= 6
    for link in links:
        rows = list(csv.reader(io.StringIO(get(html.unescape(link)).lstrip("\ufeff"))))
        assert len(rows) > 1
        assert not any(re.search(r"_(en|zh|keeps?|held|effect|size|value)", head) for head in rows[0])


@pytest.mark.parametrize("chart", ["matrix", "ceiling"])
def test_pictures_are_files_too(client, chart):
    response = client.get(PAIR.address("zh", suffix=".svg") + f"&chart={chart}")
    assert response.status_code == 200
    assert "政策" in response.content.decode()
