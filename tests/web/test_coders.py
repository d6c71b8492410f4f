"""Agreement of the coders against the library and the command line: variables, confusion, each disagreement."""

import html
import json
import re
import shlex
import tomllib

import pytest
from click.testing import CliRunner
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import HAN, LANGUAGES

import learningcity as lc
from learningcity.cli import root
from learningcity.web import content
from learningcity.web.screens.coders import spec, words
from learningcity.web.screens.coders.query import DRAWS, TIMINGS, CodersQuery, read

QUICK = CodersQuery(draws="200")


def section(text, name):
    return text.split(f'id="{name}"')[1].split("</section>")[0]


def plain(text):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def cells_of(row):
    return [plain(c) for c in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]


@pytest.fixture(scope="module")
def found():
    return lc.atlas_agreement(content.atlas(), draws=200)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_variable_stands_once_with_its_figures_and_leads_on(get, found, language):
    text = section(get(QUICK.address(language)), "variables")
    rows = dict(re.findall(r'<tr id="variable-([^"]+)">(.*?)</tr>', text, re.S))
    assert list(rows) == [
        v.replace(" ", "-")
        for kind, _, _ in words.KINDS
        for v in found.frame.index[found.frame["kind"] == kind]
    ]
    for variable, row in found.frame.iterrows():
        told = rows[variable.replace(" ", "-")]
        said = cells_of(told)
        assert said[0] == str(int(row["n"]))
        assert said[1] == f"{row['percent']:.1%}"
        assert said[2] == words.two(row["kappa"], language)
        assert said[3] == words.two(row["alpha"], language)
        assert (said[4] == "") is (row["alpha_low"] != row["alpha_low"])
        assert ('class="mark"' in told) is (variable in found.weak)
        href = html.unescape(re.search(r'href="([^"]+)"', told)[1])
        assert read(QueryDict(href.split("?")[1].split("#")[0]))[0] == QUICK.with_(variable=variable)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weak_are_named_first_and_agreement_is_not_called_truth(get, found, language):
    text = get(QUICK.address(language))
    part = html.unescape(section(text, "weak"))
    assert {"seen organization", "seen resources", "area 8"} <= set(found.weak)
    verdict = plain(part.split('class="verdict">')[1].split("</p>")[0])
    for variable in found.weak:
        assert words.name(found, variable).in_(language) in verdict
    assert part.split("<table")[1].split("</table>")[0].count("<tr>") == len(found.weak) + 1
    places = len(found.disagreements[["variable", "unit"]].drop_duplicates())
    assert str(places) in verdict
    assert {"en": "Agreement is not truth", "zh": "一致不等于正确"}[language] in text
    for one in found.limits(language):
        assert one in html.unescape(section(text, "limits"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "variable", ["mechanism", "area 8", "seen resources", "score green", "strength", "problem"]
)
def test_confusion_and_disagreements_are_those_of_the_library(get, found, language, variable):
    text = section(get(QUICK.with_(variable=variable).address(language)), "detail")
    kind = found.frame.at[variable, "kind"]
    counts = found.confusion(variable)
    table, apart = text.split("<tbody>")[1:3]
    rows = table.split("</tbody>")[0].strip().split("</tr>")[:-1]
    assert [[int(n) for n in cells_of(r)] for r in rows] == counts.to_numpy().tolist()
    for row, value in zip(rows, counts.index, strict=True):
        assert plain(re.search(r"<th.*?</th>", row, re.S)[0]).endswith(
            words.code(variable, kind, value, language)
        )
    led = found.of(variable)
    lines = apart.split("</tbody>")[0].strip().split("</tr>")[:-1]
    assert len(lines) == led["unit"].nunique()
    assert re.search(rf'id="apart">[^<]*{len(lines)}<', text)
    assert sum(counts.to_numpy().ravel()) - sum(counts.to_numpy().diagonal()) == len(lines)
    told = [p for line in lines for p in re.findall(rf'/{language}/practices/([\w-]+)#h-codes"', line)]
    assert sorted(told) == sorted(led["practice_id"].dropna())
    sources = [s for line in lines for s in re.findall(rf'/{language}/sources/([\w-]+)"', line)]
    assert sorted(sources) == sorted(led["source_id"].dropna())
    first = led.groupby("unit", sort=False).first()
    wanted = sorted(
        (row["city_id"], *(words.code(variable, kind, row[c], language) for c in found.coders))
        for _, row in first.iterrows()
    )
    said = sorted((re.search(r"/cities/([\w-]+)\"", line)[1], *cells_of(line)[:2]) for line in lines)
    assert said == wanted


def test_a_disagreement_leads_to_both_codings_side_by_side(get, found):
    row = found.of("mechanism").iloc[0]
    text = get(f"/en/practices/{row['practice_id']}")
    assert 'id="h-codes"' in text
    codes = text.split('id="h-codes"')[1].split("</section>")[0]
    first = next(r for r in codes.split("<tr") if 'class="differ"' in r)
    for coder in found.coders:
        assert lc.label("mechanism", row[coder], "en") in first.lower()


def test_a_variable_without_differences_says_so(get, found):
    variable = next(v for v in found.frame.index if not len(found.of(v)))
    for language, said in (("en", "do not differ"), ("zh", "没有分歧")):
        assert said in section(get(QUICK.with_(variable=variable).address(language)), "detail")


@pytest.mark.parametrize("query", ["", "?variable=mechanism", "?variable=problem&timing=before"])
def test_the_chinese_page_speaks_chinese(get, query):
    text = get(f"/zh/coders{query}")
    body = re.sub(
        r'<pre.*?</pre>|<svg.*?</svg>|<a[^>]*#h-codes">[^<]*</a>|<p class="fine"><span.*?</p>|<[^>]+>', " ",
        text.split('tabindex="-1">', 1)[1].split("</main>")[0], flags=re.S,
    )  # fmt: skip
    held = set(re.findall(r"[A-Za-z]{4,}", html.unescape(body)))
    assert held <= {
        "Cohen", "Krippendorff", "alpha", "kappa", "coders", "http", "testserver", "JSON", "Excel", "Word", "LaTeX", "variable",
        "mechanism", "problem", "timing", "before", "toml",
    }  # fmt: skip
    assert HAN.search(body)


# --- the address ----------------------------------------------------------------------------------


@given(
    st.builds(
        CodersQuery,
        variable=st.sampled_from(["", "mechanism", "area 8", "seen resources"]),
        timing=st.sampled_from(TIMINGS),
        draws=st.sampled_from(DRAWS),
        seed=st.integers(0, 2**31 - 1).map(str),
    )
)
def test_an_address_says_the_whole_choice(query):
    assert read(QueryDict(query.address("en").partition("?")[2])) == (query, True)


def test_a_form_is_sent_on_to_the_one_address(client):
    response = client.get("/en/coders?variable=area+8&timing=all&draws=1000&seed=0")
    assert response.status_code == 302
    assert response["Location"] == "/en/coders?variable=area+8#detail"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("variable=area+88", "area 8"),
        ("variable=mechanisms", "mechanism"),
        ("timing=never", "before"),
        ("draws=5", "200"),
        ("seed=-1", "whole number"),
        ("seed=99999999999", "2,147,483,647"),
    ],
)
def test_what_cannot_be_asked_is_said(get, query, said):
    assert said in html.unescape(get(f"/en/coders?{query}", 400))
    assert HAN.search(get(f"/zh/coders?{query}", 400))


# --- files and the command line -------------------------------------------------------------------


@pytest.mark.parametrize("query", [QUICK, QUICK.with_(variable="score green", timing="before", seed="4")])
def test_the_command_line_gives_the_same_numbers_to_the_digit(get, query, tmp_path):
    text = html.unescape(get(query.address("en")))
    told = re.findall(r"<pre[^>]*>(.*?)</pre>", text, re.S)
    assert told == spec.lines(query)
    assert re.findall(r'href="([^"]*\.toml[^"]*)" download', text) == [
        html.unescape(query.address("en", suffix=".toml"))
    ]
    (tmp_path / spec.FILE).write_text(get(query.address("en", suffix=".toml")), encoding="utf-8")
    tables = {t["name"]: t["rows"] for t in json.loads(get(query.address("en", suffix=".json")))["tables"]}
    for line in told:
        words = [str(tmp_path / w) if w == spec.FILE else w for w in shlex.split(line)]
        done = CliRunner().invoke(root.main, [*words[1:], "--json"])
        assert done.exit_code == 0, done.output
        said = json.loads(done.stdout)
        same(tables["agreement"], said["table"])
        if "confusion" in line:
            counts = [[row[v] for v in said["confusion"]["values"]] for row in tables["confusion"]]
            assert counts == said["confusion"]["counts"]
        listed = [d for d in said["disagreements"] if d["variable"] == (query.variable or d["variable"])]
        assert len(tables["disagreements"]) == len(listed)
        for mine, theirs in zip(tables["disagreements"], listed, strict=True):
            for key in ("variable", "unit", "A", "B", "practice_id", "source_id"):
                assert mine[key] == theirs[key]


def test_the_recipe_holds_the_question(get):
    held = tomllib.loads(get("/en/coders.toml?timing=before&draws=200&seed=4&variable=area+8"))
    assert held == {"atlas": True, "timing": "before", "draws": 200, "seed": 4}
    get("/en/coders.toml?draws=7", 400)


def same(ours, theirs):
    assert len(ours) == len(theirs) > 0
    for one, other in zip(ours, theirs, strict=True):
        for key, value in other.items():
            assert one[key] == value or (one[key] in (None, "") and value in (None, "")), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_and_picture_has_its_file(get, client, language):
    text = get(QUICK.with_(variable="area 8").address(language))
    pattern = r'href="(/(?:en|zh)/coders\.(?:csv|svg|png|xlsx|json)[^"]*)"'
    links = [html.unescape(h) for h in re.findall(pattern, text)]
    assert len(links) >= 5 + 2 * 3
    for link in links:
        response = client.get(link)
        assert response.status_code == 200, link
        assert len(response.content) > 30
