"""Background and characteristics against the library and the command line: pairs, one pair, members, the address."""

import html
import json
import re
import shlex
import tomllib
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import HAN, LANGUAGES, Page

import learningcity as lc
from learningcity.cli import root
from learningcity.web import content, jobs
from learningcity.web.content import analyses
from learningcity.web.screens.background import spec, words
from learningcity.web.screens.background.answer import answer
from learningcity.web.screens.background.query import (
    ADJUST,
    KINDS,
    NOT_SEEN,
    PERMUTATIONS,
    TIMINGS,
    BackgroundQuery,
    figures,
    read,
)

QUICK = BackgroundQuery(permutations="999")


def section(text, name):
    return text.split(f'id="{name}"')[1].split("</section>")[0]


def plain(text):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


@pytest.fixture(scope="module")
def found():
    return lc.atlas_background(content.atlas(), permutations=999)


# --- all pairs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_nothing_stands_out_is_said_first_with_what_was_tried(get, language):
    text = get(f"/{language}/background")
    whole = lc.atlas_background(content.atlas())
    assert not whole.found, "the words below are those of nothing found"
    said = section(text, "result")
    assert str(len(whole.association.judged)) in plain(said)
    assert str(whole.association.cases) in plain(said)
    best = min(whole.association.judged, key=lambda p: p.p)
    assert whole.labels[best.characteristic].in_(language) in said
    assert words.chance(best.q_bh) in said
    for code in whole.near_constant:
        assert whole.labels[code].in_(language) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pair_has_a_mark_and_a_row_that_open_it(get, found, language):
    text = section(get(QUICK.address(language)), "pairs")
    pairs = {(p.background, p.characteristic) for p in found.association.pairs}
    overlays = re.findall(r'<svg class="chart-links".*?</svg>', text, re.S)
    assert len(overlays) == 2
    table = text.split('class="chart-table"')[1].split("</table>")[0]
    for part in (*overlays, table):
        hrefs = [html.unescape(h) for h in re.findall(r'href="([^"]+)"', part)]
        asked = [parse_qs(urlsplit(h).query) for h in hrefs]
        assert {(a["x"][0], a["y"][0]) for a in asked} == pairs
        assert len(hrefs) == len(pairs)
        assert all(a["permutations"] == ["999"] for a in asked)
        assert all(h.endswith("#pair") for h in hrefs)


def test_the_nearest_pairs_stand_in_the_order_of_p_with_their_figures(get, found):
    text = section(get(QUICK.address("en")), "pairs").split("<h3>")[1]
    first = sorted(found.association.judged, key=lambda p: (p.p, p.name))[:10]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", text, re.S)
    assert len(rows) == 10
    for row, pair in zip(rows, first, strict=True):
        cells = [plain(c).strip() for c in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
        other = found.coders["B"].pair(pair.background, pair.characteristic)
        assert cells == [
            str(pair.n), words.effect(pair.estimate, pair.measure),
            words.interval(pair.low, pair.high, pair.measure, "en"), words.chance(pair.p), words.chance(pair.q_bh),
            words.effect(pair.partial and pair.partial.estimate, pair.partial and pair.partial.measure),
            words.effect(pair.repeated and pair.repeated.estimate, pair.measure),
            words.effect(other.estimate, other.measure),
        ]  # fmt: skip
        assert ("near-constant" in row) is bool(pair.near_constant)


def test_a_finding_is_told_with_the_repetitions_that_lose_it(get, monkeypatch):
    """A made finding: the same page, with a level at which something is found."""
    made = lc.atlas_background(content.atlas(), permutations=999, draws=0, level=0.3)
    first = made.found[0]
    pairs = tuple(replace(p, repeated=None) if p is first else p for p in made.association.pairs)
    made = replace(made, association=replace(made.association, pairs=pairs))
    assert len(made.held) < len(made.found)
    assert any(made.lost(p) for p in made.found)
    desk = jobs.Desk()
    monkeypatch.setattr(jobs, "DESK", desk)
    monkeypatch.setattr(lc, "atlas_background", lambda *_, **__: made)
    try:
        text = get(QUICK.with_(seed="77").address("en"))
        result = section(text, "result")
        assert f"{len(made.found)} of {len(made.association.judged)} pairs" in plain(result)
        assert f"{len(made.held)} of them" in plain(result)
        for pair in made.found:
            row = next(
                r for r in result.split("<tr>") if f"x={pair.background}&amp;y={pair.characteristic}&" in r
            )
            for reason in made.lost(pair):
                assert reason.en in row
            one = section(
                get(QUICK.with_(seed="77", x=pair.background, y=pair.characteristic).address("en")), "pair"
            )
            assert ("lost again" in one) is bool(made.lost(pair))
    finally:
        desk.close()


# --- one pair -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("x", "y"), [("population", "law"), ("region", "green"), ("country_gdp_per_capita_ppp", "policy")])  # fmt: skip
def test_a_pair_shows_each_test_and_leads_from_each_city_to_its_evidence(get, found, language, x, y):
    text = section(get(QUICK.with_(x=x, y=y).address(language)), "pair")
    pair = found.association.pair(x, y)
    table = text.split('<table class="simple stack labelled">')[1].split("</table>")[0]
    rows = [
        [plain(c).strip() for c in re.findall(r"<td[^>]*>(.*?)</td>", r, re.S)]
        for r in table.split("<tr>")[2:]
    ]
    ones = [pair, pair.partial, pair.repeated, found.coders["B"].pair(x, y)]
    for row, one in zip(rows, ones, strict=False):
        assert row[:2] == [str(one.n), words.effect(one.estimate, one.measure)]
        assert row[3] == words.chance(one.p)
    assert len(rows) == len(ones) + (pair.tau_b is not None)
    both = found.background[[x]].join(found.coded.data[y]).dropna().index
    for part in re.findall(r'<svg class="chart-links".*?</svg>', text, re.S):
        assert sorted(re.findall(rf'/{language}/cities/([\w-]+)#condition-{y}"', part)) == sorted(both)
    assert f"/{language}/practices?" in text
    country = x.startswith("country_")
    assert ('class="notice"' in text) is country


def test_cities_without_a_figure_are_named_in_a_pair(get, found):
    text = section(get(QUICK.with_(x="unemployment_rate", y="law").address("en")), "pair")
    missing = found.background.index[found.background["unemployment_rate"].isna()]
    assert len(missing) == found.association.pair("unemployment_rate", "law").lost_background
    listed = text.split("<details>")[-1]
    assert sorted(re.findall(r"/en/cities/([\w-]+)\"", listed)) == sorted(missing)


def test_a_pair_that_could_not_be_judged_says_why(get, found):
    pair = found.association.not_judged[0]
    for language in LANGUAGES:
        text = section(get(QUICK.with_(x=pair.background, y=pair.characteristic).address(language)), "pair")
        said = analyses.named(pair.reason.in_(language), found.labels, language)
        assert said in html.unescape(text)


# --- the rest of the page -------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_members_are_context_only_and_the_country_is_called_so(get, found, language):
    text = get(QUICK.address(language))
    part = section(text, "members")
    assert {"en": "Context only", "zh": "仅供了解背景"}[language] in part.split("</h2>")[0]
    for said in found.about_members(language):
        assert said in html.unescape(part)
    for claim in found.members.claims:
        assert claim.in_(language) in html.unescape(part)
    columns = section(text, "columns")
    used = found.coverage[found.coverage["used"]]
    assert columns.count('class="mark"') == (used["kind"] == "country").sum()
    for row in found.coverage.to_dict("records"):
        assert row[f"label_{language}"].lower() in html.unescape(columns).lower()
        if not row["used"]:
            assert row[f"note_{language}"] in html.unescape(columns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_limits_of_the_result_stand_on_the_page(get, found, language):
    text = html.unescape(section(get(QUICK.address(language)), "limits"))
    for one in found.limits(language):
        assert one in text


@pytest.mark.parametrize(
    "query", ["", "?x=population&y=law", "?x=region&y=green&kind=theme&not_seen=leave_out"]
)
def test_the_chinese_page_speaks_chinese(get, query):
    text = get(f"/zh/background{query}")
    body = re.sub(r"<pre.*?</pre>|<svg.*?</svg>|<[^>]+>", " ", text.split('tabindex="-1">', 1)[1].split("</main>")[0], flags=re.S)  # fmt: skip
    held = set(re.findall(r"[A-Za-z]{4,}", html.unescape(body)))
    assert held <= {
        "Benjamini", "Hochberg", "Yekutieli", "Freedman", "Lane", "background", "http", "testserver", "JSON", "Excel", "Word", "LaTeX",
        "population", "region", "green", "kind", "theme", "seen", "leave", "toml",
    }  # fmt: skip
    assert HAN.search(body)


def test_cities_that_do_not_tell_are_an_answer(get, monkeypatch):
    def nothing(*_, **__):
        raise lc.InputError(lc.Text("No pair can be judged.", "没有任何一对变量可以判断。"))

    monkeypatch.setattr(lc, "atlas_background", nothing)
    for language, said in (("en", "No pair can be judged."), ("zh", "没有任何一对变量可以判断。")):
        text = get(f"/{language}/background?seed=991")
        assert said in section(text, "result")
        assert 'class="downloads"' not in text


# --- the address ----------------------------------------------------------------------------------


@given(
    st.builds(
        BackgroundQuery,
        kind=st.sampled_from(KINDS),
        coder=st.sampled_from(["A", "B"]),
        indicators=st.deferred(lambda: st.sets(st.sampled_from(figures()), max_size=4)).map(
            lambda held: tuple(one for one in figures() if one in held)
        ),
        timing=st.sampled_from(TIMINGS),
        not_seen=st.sampled_from(NOT_SEEN),
        adjust=st.sampled_from(ADJUST),
        permutations=st.sampled_from(PERMUTATIONS),
        seed=st.integers(0, 2**31 - 1).map(str),
    ),
    st.sampled_from([("", ""), ("first_award", "law"), ("region", "green")]),
)
def test_an_address_says_the_whole_choice(query, pair):
    query = query.with_(x=pair[0], y=pair[1])
    assert read(QueryDict(query.address("en").partition("?")[2])) == (query, True)


def test_a_form_is_sent_on_to_the_one_address(client, get):
    response = client.get("/en/background?x=population&y=law&kind=all&coder=A&timing=all&seed=0")
    assert response.status_code == 302
    assert response["Location"] == "/en/background?x=population&y=law#pair"
    page = Page(get("/en/background?x=population&y=law&adjust=by"))
    kept = [(i["name"], i["value"]) for i in page.of("input") if i.get("type") == "hidden"]
    assert sorted(kept) == [("adjust", "by"), ("x", "population"), ("y", "law")]


def test_the_figures_that_enter_are_ticked_in_the_form_and_all_of_them_are_the_default(client, get, found):
    used = found.coverage[found.coverage["used"] & (found.coverage["kind"] == "own")]
    assert list(figures()) == list(used.index)
    ticks = "&".join(f"indicator={name}" for name in reversed(figures()))
    assert client.get(f"/en/background?{ticks}")["Location"] == "/en/background"
    # A pair whose figure is ticked no more is closed.
    sent = client.get(
        "/en/background?x=population&y=green&indicator=area&indicator=population_density&permutations=999&kind=theme"
    )
    assert sent["Location"] == "/en/background?kind=theme&indicators=area~population_density&permutations=999"
    text = get(sent["Location"])
    page = Page(text)
    assert {i["value"] for i in page.of("input") if "checked" in i} == {"area", "population_density"}
    columns = section(text, "columns")
    assert "Population density" in columns
    assert "Unemployment rate" not in columns
    assert "Area, Population density" in section(text, "computed")
    assert "x=population&" not in html.unescape(text)
    # Fewer pairs make each q smaller: the answer says so, and leads to all of them.
    judged = len(answer(read(QueryDict(sent["Location"].partition("?")[2]))[0]).association.judged)
    assert f"q counts these {judged}." in section(text, "result")
    assert 'href="/en/background?permutations=999"' in section(text, "result")
    assert "Judge all pairs" not in get("/en/background?permutations=999")
    # The size of the members is not among them, and still has its name in their table.
    file = client.get(sent["Location"].replace("/background?", "/background.csv?") + "&table=member-values")
    assert file.status_code == 200
    assert "Population" in file.content.decode("utf-8-sig").partition("\n")[0].split(",")


def test_a_list_of_figures_is_never_cut_within_a_name_and_one_that_is_given_twice_is_asked_once():
    named = tuple(content.indicators())
    assert len("~".join(named)) > 1000
    assert read(QueryDict("indicators=" + "~".join(named)))[0].indicators == named
    twice, plain = read(QueryDict("indicators=area&indicators=population"))
    assert (twice.address("en"), plain) == ("/en/background?indicators=population", False)


def test_figures_that_may_not_be_compared_are_refused_and_scarce_ones_are_told(get):
    refused = section(get("/en/background?indicators=poverty_rate"), "result")
    assert "may not be compared: Poverty rate." in refused
    told = section(get("/en/background?indicators=median_age&permutations=999&kind=theme"), "columns")
    assert "with the reason: 1<" in told
    assert "Median age" in told


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("coder=Z", "A"),
        ("kind=them", "theme"),
        ("timing=never", "before"),
        ("adjust=bo", "bh"),
        ("permutations=100000", "9999"),
        ("seed=-1", "whole number"),
        ("seed=x", "whole number"),
        ("seed=99999999999", "2,147,483,647"),
        ("indicators=populaton", "population"),
        ("x=population", "y is missing"),
        ("y=law", "x is missing"),
        ("x=populaton&y=law", "population"),
        ("x=population&y=lawn", "law"),
        ("x=population&y=law&kind=theme", "law"),
        ("x=employment_rate&y=law", "not used here"),
    ],
)
def test_what_cannot_be_asked_is_said(get, query, said):
    assert said in html.unescape(get(f"/en/background?{query}", 400))
    assert HAN.search(get(f"/zh/background?{query}", 400))


# --- files and the command line -------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [QUICK, BackgroundQuery(permutations="999", kind="theme", indicators=("population", "area"), coder="B", adjust="by", not_seen="leave_out", seed="3")],
)  # fmt: skip
def test_the_command_line_gives_the_same_numbers_to_the_digit(get, query, tmp_path):
    text = html.unescape(get(query.address("en")))
    told = re.findall(r"<pre[^>]*>(.*?)</pre>", text, re.S)
    assert told == spec.lines(query)
    assert re.findall(r'href="([^"]*\.toml[^"]*)" download', text) == [query.address("en", suffix=".toml")]
    (tmp_path / spec.FILE).write_text(get(query.address("en", suffix=".toml")), encoding="utf-8")
    tables = {t["name"]: t["rows"] for t in json.loads(get(query.address("en", suffix=".json")))["tables"]}
    # The options, and the recipe in their place, are one question.
    said, again = (asked([*shlex.split(line)[1:], "--json"], tmp_path) for line in told[:2])
    assert again == said
    for line in told[2:]:
        assert asked([*shlex.split(line)[1:], "--json"], tmp_path) == said
    same(tables["pairs"], said["table"])
    same(tables["coverage"], said["coverage"])
    same(tables["members"], said["members"]["table"])
    assert len(tables["cities"]) == len(said["background"])


def asked(words, folder):
    done = CliRunner().invoke(root.main, [str(folder / w) if w == spec.FILE else w for w in words])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_recipe_holds_the_question(get):
    held = tomllib.loads(
        get("/en/background.toml?kind=theme&coder=B&timing=before&adjust=by&permutations=999&seed=3")
    )
    assert held == {
        "atlas": True, "characteristics": list(content.THEMES), "coder": "B", "timing": "before",
        "not_seen": "visibility", "adjust": "by", "permutations": 999, "seed": 3,
    }  # fmt: skip
    get("/en/background.toml?seed=many", 400)


def same(ours, theirs):
    assert len(ours) == len(theirs) > 0
    for one, other in zip(ours, theirs, strict=True):
        for key, value in other.items():
            mine = one[key]
            if isinstance(value, bool):
                value = "yes" if value else "no"
            assert mine == value or (mine in (None, "") and value in (None, "")), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_and_picture_has_its_file(get, client, language):
    query = QUICK.with_(x="population", y="law")
    text = get(query.address(language))
    links = [
        html.unescape(h)
        for h in re.findall(r'href="(/(?:en|zh)/background\.(?:csv|svg|png|xlsx|json)[^"]*)"', text)
    ]
    assert len(links) >= 5 + 3 * 3
    for link in links:
        response = client.get(link)
        assert response.status_code == 200, link
        assert len(response.content) > 200


def test_an_open_pair_asks_nothing_anew(get, monkeypatch):
    get(QUICK.address("en"))
    monkeypatch.setattr(lc, "atlas_background", None)
    get(QUICK.with_(x="population", y="green").address("en"))
    assert answer(QUICK) is answer(QUICK.with_(x="population", y="green"))
