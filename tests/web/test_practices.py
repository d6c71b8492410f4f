"""The practices against a brute force on the frames: filters, counts, order, pages, matrix, files."""

import csv
import io
import itertools
import random
import re
import sys
from functools import cache

import pandas as pd
import pytest
from tests.web.conftest import HAN, LANGUAGES, Page

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.practices import matrix
from learningcity.web.screens.practices import query as queries
from learningcity.web.screens.practices.page import SHOWN
from learningcity.web.screens.practices.query import PracticeQuery
from learningcity.web.screens.practices.records import choose, number_of

COLUMNS = {
    "area": "areas", "theme": "themes", "problem": "problem", "group": "groups",
    "level": "level", "subject": "subject", "stance": "stance", "strength": "strength",
}  # fmt: skip


def parts(cell):
    return set(str(cell).split(";")) if isinstance(cell, str) and cell else set()


@pytest.fixture(scope="module")
def frames():
    atlas = content.atlas()
    codes = {}
    for row in atlas.codes.to_dict("records"):
        codes.setdefault(row["practice_id"], {})[row["coder"]] = row
    return atlas.practices.set_index("practice_id"), codes, atlas.cities.set_index("city_id"), atlas.timing()


@cache
def records():
    """Each practice with its city, its codes and its timing, as plain rows."""
    atlas = content.atlas()
    cities = {row["city_id"]: row for row in atlas.cities.to_dict("records")}
    codes, timing = {}, atlas.timing()
    for row in atlas.codes.to_dict("records"):
        codes.setdefault(row["practice_id"], {})[row["coder"]] = row
    return [
        (row, cities[row["city_id"]], codes[row["practice_id"]], timing[row["practice_id"]])
        for row in atlas.practices.to_dict("records")
    ]


FIELDS = ("mechanism", "mechanism_2", "subject", "level", "stance", "strength", "themes", "areas", "problem", "groups")  # fmt: skip


def brute(**asked):
    """The practices for a choice, one row after the other, by what the frames say."""
    coder, rank = asked.pop("coder", "A"), asked.pop("rank", "either")
    wanted = ("A", "B") if coder == "both" else (coder,)
    both = {"first": ["mechanism"], "second": ["mechanism_2"]}.get(rank, ["mechanism", "mechanism_2"])

    def held(code, name):
        if name == "mechanism":
            return set().union(*(parts(code[c]) for c in both))
        if name == "strength":
            return {str(code["strength"])}
        return parts(code[COLUMNS[name]]) or ({"none"} if name in ("theme", "group") else set())

    def fits(name, value, row, city, codes, timing):
        if name in ("mechanism", *COLUMNS):
            return all(value in held(codes[c], name) for c in wanted)
        if name == "passes":
            a, b = ([parts(c[f]) if f != "strength" else c[f] for f in FIELDS] for c in codes.values())
            return (a == b) == (value == "agree")
        if name in ("since", "until"):
            year = row["start_year"]
            if pd.isna(year):
                return False
            return year >= int(value) if name == "since" else year <= int(value)
        told = {"region": city["unesco_region"], "country": city["country_iso3"], "city": row["city_id"], "timing": timing}  # fmt: skip
        return told[name] == value

    return {
        row["practice_id"]
        for row, *more in records()
        if all(fits(name, value, row, *more) for name, value in asked.items())
    }


def shown(get, query, language="en"):
    """The practices of all pages of a list, in order."""
    order, page = [], 1
    while True:
        text = get(
            f"/{language}/practices?{query}{'&' if query else ''}page={page}"
            if page > 1
            else f"/{language}/practices?{query}"
        )
        order += re.findall(r'<article class="practice" id="([\w-]+)">', text)
        if 'rel="next"' not in text:
            return order
        page += 1


def asked(**choice):
    return "&".join(f"{k}={v}" for k, v in choice.items())


CHOICES = [
    {"mechanism": "law"},
    {"mechanism": "law", "rank": "second"},
    {"mechanism": "funding", "rank": "first", "coder": "B"},
    {"mechanism": "participation", "area": "9", "coder": "both"},
    {"area": "12", "region": "AFR"},
    {"theme": "green", "timing": "before"},
    {"theme": "none", "country": "CHN", "coder": "both"},
    {"problem": "ageing"},
    {"group": "older", "level": "own"},
    {"group": "none", "strength": "3", "city": "cork"},
    {"stance": "planned"},
    {"level": "higher", "coder": "B"},
    {"subject": "other", "timing": "undated"},
    {"timing": "not applicable"},
    {"passes": "differ", "region": "LAC"},
    {"passes": "agree", "mechanism": "monitoring"},
    {"since": "2015", "until": "2016"},
    {"since": "2025"},
    {"until": "1990"},
]


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_a_choice_shows_what_a_brute_force_finds(get, frames, choice):
    order = shown(get, asked(**choice))
    assert len(order) == len(set(order))
    assert set(order) == brute(**choice)
    assert order
    text = get(f"/en/practices?{asked(**choice)}")
    told = re.search(r'id="h-found" class="found">\s*(\d+) practice', text)
    assert int(told[1]) == len(order)


def test_all_practices_are_listed_once_in_both_languages(get, frames):
    for language in LANGUAGES:
        order = shown(get, "", language)
        assert len(order) == len(set(order)) == 597
        assert set(order) == set(frames[0].index)
    # In Chinese the cities stand in another order.
    assert shown(get, "", "en")[0] != shown(get, "", "zh")[0]


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"mechanism": "law"},
        {"region": "APA", "theme": "green"},
        {"q": "libraries"},
        {"coder": "both", "area": "12"},
        {"since": "2018", "stance": "planned"},
    ],
    ids=str,
)
def test_the_number_of_each_option_is_that_of_the_list_it_gives(get, frames, choice):
    text = get(f"/en/practices?{asked(**choice)}")
    checked = 0
    for name, options in re.findall(r'<select id="f-([a-z]+)"[^>]*>(.*?)</select>', text, re.S):
        counted = re.findall(r'<option value="([^"]+)"[^>]*>[^<]*\((\d+)\)</option>', options)
        for value, number in random.Random(name).sample(counted, min(4, len(counted))):
            with_it = {**choice, name: value}
            if "q" in choice:
                opened = get(f"/en/practices?{asked(**with_it)}")
                told = re.search(r'class="found">\s*(\d+) practice', opened)
                assert int(told[1]) == int(number), with_it
            else:
                assert len(brute(**with_it)) == int(number), with_it
            checked += 1
    assert checked > 30


def test_text_is_found_ranked_in_both_languages_and_spellings(get, frames):
    practices = frames[0]
    assert shown(get, "q=京学网")[0] == "beijing-02"
    for text, city in (("medellin", "medellin"), ("MEDELLÍN", "medellin"), ("麦德林", "medellin")):
        mine = set(practices.index[practices["city_id"] == city])
        assert mine <= set(shown(get, f"q={text}"))
    order = shown(get, "q=library")
    in_title = {i for i, t in practices["title_en"].items() if re.search(r"\blibrar", t.lower())}
    assert in_title <= set(order)
    # Titles weigh more than summaries: the first ten speak of it in the title more often than the last.
    assert len(in_title & set(order[:10])) > len(in_title & set(order[-10:]))
    assert set(shown(get, "q=library&region=AFR")) == set(order) & brute(region="AFR")
    assert shown(get, "q=library&sort=city") != order
    assert sorted(shown(get, "q=library&sort=city")) == sorted(order)
    relaxed = get("/en/practices?q=library zzzzqq")
    assert "those with some of them are shown" in relaxed or "0 practices" in relaxed
    assert 'href="/en/practices?q=library"' in get("/en/practices?q=libarry")


def test_sorts_are_in_order(get, frames):
    practices, codes, cities, _ = frames
    years = practices["start_year"]
    for sort in ("newest", "oldest"):
        order = [years[i] for i in shown(get, f"sort={sort}&region=ENA")]
        dated = [int(y) for y in order if str(y) != "<NA>"]
        assert dated == sorted(dated, reverse=sort == "newest")
        assert all(str(y) == "<NA>" for y in order[len(dated) :])
    strengths = [codes[i]["A"]["strength"] for i in shown(get, "sort=strength&region=ENA")]
    assert strengths == sorted(strengths, reverse=True)
    names = [cities.at[practices.at[i, "city_id"], "name_en"] for i in shown(get, "sort=city")]
    keys = [content.sort_key(n, "en") for n in names]
    assert keys == sorted(keys)


def test_pages_hold_so_many_and_the_last_is_the_last(get, client):
    last = -(-597 // SHOWN)
    assert len(re.findall('<article class="practice"', get(f"/en/practices?page={last}"))) == 597 - SHOWN * (
        last - 1
    )
    for page in (last + 1, 0, "x", "-1"):
        assert client.get(f"/en/practices?page={page}").status_code == 400
    text = get("/en/practices?region=AFR&page=2")
    assert 'href="/en/practices?region=AFR#list"' in text or 'rel="prev"' in text
    assert not re.search(r'class="chip">page', text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_filters_in_force_can_be_taken_away(get, language):
    page = Page(get(f"/{language}/practices?mechanism=law&region=APA&timing=before&sort=newest&page=1"))
    for rest in (
        "region=APA&timing=before&sort=newest",
        "mechanism=law&timing=before&sort=newest",
        "mechanism=law&region=APA&sort=newest",
    ):
        assert f"/{language}/practices?{rest}" in page.links
    chosen = [o["value"] for o in page.of("option") if "selected" in o and o["value"]]
    assert {"law", "APA", "before", "newest"} <= set(chosen)


def test_an_empty_list_says_what_to_relax(get, frames):
    choice = {"mechanism": "law", "region": "ARB", "stance": "planned", "group": "women"}
    assert not brute(**choice)
    text = get(f"/en/practices?{asked(**choice)}")
    ways = re.findall(r'<li><a href="/en/practices\?([^"]+)">without[^<]*?, (\d+) practice', text)
    assert len(ways) == 4
    for rest, number in ways:
        left = dict(part.split("=") for part in rest.replace("&amp;", "&").split("&"))
        assert len(brute(**left)) == int(number)
    assert "does not say that there is none" in text


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("mechanism=lwa", "law"), ("area=13", "1"), ("theme=gren", "green"), ("problem=aging", "ageing"),
        ("group=womn", "women"), ("region=XXX", "AFR"), ("country=CHM", "CHN"), ("city=wuhn", "wuhan"),
        ("timing=befor", "before"), ("level=won", "own"), ("stance=don", "done"), ("strength=4", "3"),
        ("coder=C", "A"), ("rank=third", "first"), ("sort=colour", "city"), ("view=map", "matrix"),
        ("columns=colour", "area"), ("passes=difer", "differ"), ("since=12", "12"), ("until=20x0", "20x0"),
    ],
)  # fmt: skip
def test_a_broken_choice_is_told_with_what_there_is(client, query, near):
    for language in LANGUAGES:
        response = client.get(f"/{language}/practices?{query}")
        text = response.content.decode()
        assert response.status_code == 400
        assert near in text
        assert f'href="/{language}/practices"' in text


def test_odd_input_gives_a_page(client):
    for text in ("<script>alert(1)</script>", "%00", "'\"&=", "学" * 300, " ", "\u202e", "*", "a" * 5000):
        response = client.get("/en/practices", {"q": text})
        assert response.status_code == 200
        assert b"<script>" not in response.content
    rng = random.Random(3)
    for _ in range(40):
        choice = {
            name: rng.choice(values) for name, (_, values) in queries.closed().items() if rng.random() < 0.3
        }
        response = client.get("/zh/practices", choice)
        assert response.status_code == 200, choice


def test_each_practice_says_city_sources_codes_and_where_passes_differ(get, frames):
    practices, codes, cities, timing = frames
    checked = differ = 0
    for language in LANGUAGES:
        text = get(f"/{language}/practices?region=AFR")
        for practice_id in re.findall(r'<article class="practice" id="([\w-]+)">', text):
            part = text.split(f'id="{practice_id}">')[1].split("</article>")[0]
            row = practices.loc[practice_id]
            assert f'href="/{language}/practices/{practice_id}"' in part
            assert cities.at[row["city_id"], f"name_{language}"] in part
            for source in row["source_id"].split(";"):
                assert f'href="/{language}/sources/{source}"' in part
            a, b = codes[practice_id]["A"], codes[practice_id]["B"]
            told = '<span class="mark">' + {"en": "passes differ", "zh": "两遍编码不一致"}[language] in part
            assert told == (practice_id in brute_differ(codes, practice_id))
            differ += told
            assert lc.label("mechanism", a["mechanism"], language) in part
            assert lc.label("mechanism", b["mechanism"], language) in part
            assert (timing[practice_id] == "before") == ("timing-before" in part)
            checked += 1
    assert checked == 50
    assert differ > 5


def brute_differ(codes, practice_id):
    a, b = codes[practice_id]["A"], codes[practice_id]["B"]
    for field in ("mechanism", "mechanism_2", "subject", "level", "stance", "themes", "areas", "problem", "groups"):  # fmt: skip
        if parts(a[field]) != parts(b[field]):
            return {practice_id}
    return {practice_id} if a["strength"] != b["strength"] else set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_practice_has_a_page(get, client, frames, language):
    for practice_id in list(frames[0].index)[::60]:
        text = get(f"/{language}/practices/{practice_id}")
        title = frames[0].at[practice_id, f"title_{language}"]
        assert lc.Text(title, title).en.split("&")[0].split("'")[0].split('"')[0] in text
        assert f'id="{practice_id}"' in text
    response = client.get(f"/{language}/practices/wuhan-0l")
    assert response.status_code == 404
    assert f"/{language}/practices/wuhan-01" in response.content.decode()


# --- matrix -----------------------------------------------------------------------------------------

MATRICES = [
    "",
    "region=APA",
    "coder=both",
    "coder=B&rank=first",
    "rank=second&timing=before",
    "columns=theme",
    "columns=timing&coder=both",
    "columns=problem&mechanism=law",
    "columns=region&q=library",
    "columns=group&stance=done&level=own",
]


@pytest.mark.parametrize("query", MATRICES)
def test_every_number_of_the_matrix_opens_a_list_of_so_many(get, query):
    text = get(f"/en/practices?view=matrix&{query}")
    table = text.split('<table class="tones">')[1].split("</table>")[0]
    links = re.findall(r'<td class="cell[^"]*"><a href="/en/practices([^"#]*)#list"[^>]*>(\d+)<', table)
    assert links
    for rest, number in links:
        choice = dict(part.split("=") for part in rest.lstrip("?").replace("&amp;", "&").split("&") if part)
        choice = {k: v.replace("+", " ") for k, v in choice.items()}
        assert number_of(PracticeQuery(**choice)) == int(number), rest
    for rest, number in links[:2] + links[-2:]:
        opened = get(f"/en/practices{rest.replace('&amp;', '&')}")
        assert int(re.search(r'class="found">\s*(\d+) practice', opened)[1]) == int(number)


def test_the_matrix_is_that_of_the_frames(get, frames):
    text = get("/en/practices?view=matrix")
    table = text.split('<table class="tones">')[1].split("</table>")[0]
    lines = re.findall(r'<tr><th scope="row" class="capital">.*?</tr>', table, re.S)
    assert len(lines) == 7
    for name, line in zip(content.MECHANISMS, lines, strict=True):
        cells = re.findall(r'<td class="cell[^"]*">(.*?)</td>', line, re.S)
        for area, cell in zip(map(str, range(1, 13)), cells, strict=False):
            found = brute(mechanism=name, area=area)
            told = re.search(r">(\d+)<", cell)
            assert (int(told[1]) if told else 0) == len(found)
            if found:
                cities = {frames[0].at[i, "city_id"] for i in found}
                assert re.search(rf'<span class="under"[^>]*>{len(cities)}</span>', cell)
            else:
                assert "not seen" in cell


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_beside_the_matrix_is_the_librarys_and_says_who_coded(get, language):
    text = get(f"/{language}/practices?view=matrix")
    assert content.atlas().coding_influence().summary(language) in text
    assert {"en": "no human expert has coded yet", "zh": "尚无专家人工编码"}[language] in text
    both = get(f"/{language}/practices?view=matrix&coder=both")
    assert re.search(r'aria-current="true">[^<]*(both passes alike|两遍一致)', both)


def test_the_picture_says_what_was_chosen(client, get):
    text = get("/en/practices?view=matrix&region=APA")
    link = re.search(r'href="([^"]*practices\.svg[^"]*)"', text)[1].replace("&amp;", "&")
    response = client.get(link)
    if response.status_code == 200:
        assert b"Asia and the Pacific" in response.content
    assert "practices.svg" not in get("/en/practices?view=matrix&columns=theme")
    title = matrix.chart_title(PracticeQuery(region="APA", coder="both", mechanism="law"), "zh")
    assert title == "按举措类别与领域统计的实践举措（地区：亚洲及太平洋；采用的编码：两遍一致）"


def test_a_matrix_of_nothing_is_a_page(get):
    text = get("/zh/practices?view=matrix&q=zzzzqq")
    assert HAN.search(text)
    assert 'class="cell tone-1"' not in text


# --- files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_hold_the_choice(client, frames, language):
    choice = {"mechanism": "law", "region": "ENA", "coder": "both"}
    wanted = brute(**choice)
    text = client.get(f"/{language}/practices.csv?{asked(**choice)}").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    assert {r[0] for r in rows} == wanted
    told = client.get(f"/{language}/practices.json?{asked(**choice)}").json()
    assert len(str(told)) > 1000
    codes = client.get(f"/{language}/practices.csv?table=codes&{asked(**choice)}").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(codes)))) == 2 * len(wanted) + 1
    cells = client.get(f"/{language}/practices.csv?view=matrix").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(cells)))
    assert len(rows) == 7 * 12 + 1
    assert sum(int(r[6]) for r in rows[1:]) == content.atlas().practice_matrix().entries
    assert client.get(f"/{language}/practices.csv?mechanism=lwa").status_code == 400
    assert client.get(f"/{language}/practices.svg?view=matrix").status_code in (200, 503)


def test_pages_are_made_with_little_work(client):
    """Counted in calls of functions, not in seconds: a page that walks over all practices for each option has millions."""
    client.get("/en/practices?q=law")
    for address in ("/en/practices?region=ENA&zz=1", "/zh/practices?view=matrix&region=LAC&zz=1"):
        calls = 0

        def count(frame, event, _):
            nonlocal calls
            calls += event == "call"

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            response = client.get(address)
        finally:
            sys.setprofile(before)
        assert response.status_code == 200
        assert 10_000 < calls < 600_000, address


def test_any_pair_of_choices_gives_what_the_brute_force_finds(frames):
    rng = random.Random(11)
    closed = {
        n: v
        for n, (_, v) in queries.closed().items()
        if n not in ("sort", "view", "columns", "rank", "coder", "passes")
    }
    for one, other in itertools.islice(itertools.combinations(closed, 2), 0, None, 3):
        choice = {one: rng.choice(closed[one]), other: rng.choice(closed[other])}
        found = choose(PracticeQuery(**choice))
        assert {p.practice_id for p in found.practices} == brute(**choice), choice
        for name in choice:
            rest = {k: v for k, v in choice.items() if k != name}
            assert found.without[name] == len(brute(**rest)), choice
