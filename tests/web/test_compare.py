"""Cities side by side against the frames: order, figures, practices, scores, messages, files."""

import csv
import html
import io
import itertools
import math
import re

import pytest
from tests.web.conftest import HAN, LANGUAGES, Page

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.compare import alike
from learningcity.web.screens.compare.query import MOST, Comparison

SETS = [
    ("cork", "wuhan"),
    ("wuhan", "cork"),
    ("taiyuan", "amman", "medellin"),
    ("doha", "beijing", "cork", "taiyuan", "amman", "dublin"),
]


def address(cities, language="en"):
    return f"/{language}/compare?cities={'~'.join(cities)}"


def section(text, name):
    return text.split(f'id="{name}"')[1].split("</section>")[0]


def lines(part):
    """The rows of the tables of a part: head and cells."""
    found = []
    for row in re.findall(r"<tr[^>]*><th scope=\"row\".*?</tr>", part, re.S):
        head, *cells = re.split(r"<td data-label=", row)
        found.append((head, cells))
    return found


@pytest.mark.parametrize("cities", SETS, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_cities_stand_in_the_order_of_the_address(get, cities, language):
    text = get(address(cities, language))
    heads = text.split('class="side-heads"')[1].split("</ul>")[0]
    assert re.findall(rf'class="side-name"><a href="/{language}/cities/([\w-]+)"', heads) == list(cities)
    names = [content.cities()[c].name(language) for c in cities]
    for _, cells in lines(text.split('id="country"')[0]):
        told = [html.unescape(re.match(r'"([^"]*)"', cell)[1]) for cell in cells]
        assert told == names
    assert {"en": "Nothing here is a ranking", "zh": "本页不构成排名"}[language] in text


@pytest.mark.parametrize("cities", SETS, ids=str)
def test_each_figure_is_the_latest_of_the_city_and_leads_to_its_row(get, cities):
    atlas = content.atlas()
    text = section(get(address(cities)), "figures")
    told = atlas.table(
        [i for i in atlas.indicators["indicator_id"] if content.indicators()[i]["group"] != "context"],
        lc.FactPolicy(scopes=("city", "metro")),
    )
    rows = {re.search(r'<tr id="([\w-]+)"', head)[1]: cells for head, cells in lines(text)}
    wanted = {i for i in told.values.columns if told.values.loc[list(cities), i].notna().any()}
    assert set(rows) == wanted
    checked = 0
    for indicator, cells in rows.items():
        for city, cell in zip(cities, cells, strict=True):
            value, origin = told.values.at[city, indicator], told.origin.at[city, indicator]
            if value != value:
                assert "not seen" in cell
                continue
            assert any(f'href="/en/cities/{city}#{fact}"' in cell for fact in origin.facts)
            assert str(origin.year or "undated") in cell
            for source in origin.sources:
                assert f'href="/en/sources/{source}"' in cell
            at_odds = {(r["city_id"], r["indicator_id"]) for r in atlas.conflicts().to_dict("records")}
            assert ("sources disagree" in cell) == ((city, indicator) in at_odds or origin.disagree)
            assert ("metropolitan" in cell) == (origin.scope == "metro")
            checked += 1
    assert checked > 10


def test_comparable_figures_come_first_and_the_others_stand_apart(get):
    text = section(get(address(SETS[3])), "figures")
    places = [text.index(f'id="h-{slug}"') for slug in ("yes", "with-care", "no")]
    assert places == sorted(places)
    for (slug, wanted), (start, end) in zip(
        (("yes", "yes"), ("with-care", "with care"), ("no", "no")),
        itertools.pairwise([*places, len(text)]),
        strict=True,
    ):
        ids = re.findall(r'<tr id="([\w-]+)"', text[start:end])
        assert ids, slug
        assert {content.indicators()[i]["comparable"] for i in ids} == {wanted}


@pytest.mark.parametrize("cities", SETS, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_practices_are_counted_as_two_loops_count_them(get, cities, language):
    atlas = content.atlas()
    text = section(get(address(cities, language)), "practices")
    city = dict(zip(atlas.practices["practice_id"], atlas.practices["city_id"], strict=True))
    counted = {}
    for row in atlas.codes.to_dict("records"):
        for name in {row["mechanism"], row["mechanism_2"]}:
            counted.setdefault((city[row["practice_id"]], row["coder"], name), set()).add(row["practice_id"])
    assert len(lines(text)) == 7
    for name, (head, cells) in zip(content.MECHANISMS, lines(text), strict=True):
        assert lc.label("mechanism", name, language) in head
        for city_id, cell in zip(cities, cells, strict=True):
            mine = counted.get((city_id, "A", name), set())
            number = re.search(r'class="side-value" href="[^"]*">(\d+)<', cell)
            assert (int(number[1]) if number else 0) == len(mine)
            assert set(re.findall(rf'href="/{language}/practices/([\w-]+)"', cell)) == mine
            other = re.search(r'<span class="fine">B (\d+)</span>', cell)
            assert (int(other[1]) if other else 0) == len(counted.get((city_id, "B", name), set()))


@pytest.mark.parametrize("cities", SETS, ids=str)
def test_scores_are_those_of_both_passes_with_what_lies_behind(get, cities):
    atlas = content.atlas()
    text = section(get(address(cities)), "scores")
    scores = {c: atlas.conditions(coder=c) for c in "AB"}
    names = (*content.MECHANISMS, *content.THEMES)
    assert len(lines(text)) == len(names)
    for name, (_, cells) in zip(names, lines(text), strict=True):
        for city, cell in zip(cities, cells, strict=True):
            for coder in "AB":
                told = re.search(rf">{coder} <svg.*?</svg> (?:<span[^>]*>)?([^<]+)<", cell, re.S)[1]
                score = scores[coder].at[city, name]
                if score != score:
                    assert told in ("not seen", "seen, not counted")
                else:
                    assert float(told) == pytest.approx(score)
            behind = set()
            for coder in "AB":
                behind |= set(atlas.condition_evidence(city, name, coder=coder).practices["practice_id"])
            assert set(re.findall(r'href="/en/practices/([\w-]+)"', cell)) == behind


@pytest.mark.parametrize("language", LANGUAGES)
def test_effort_stands_beside_and_country_figures_are_called_that(get, language):
    cities = SETS[3]
    text = get(address(cities, language))
    effort = content.atlas().effort()
    for city in cities:
        n, s = int(effort.at[city, "practices"]), int(effort.at[city, "sources"])
        told = {"en": f"{n} practices, {s} sources read", "zh": f"已读{n}项举措、{s}个来源"}[language]
        assert told in text
    country = section(text, "country")
    assert "<details>" in country
    assert {"en": "Figures of the countries, not of the cities.", "zh": "以下为国家数据"}[language] in country
    shown = {i for i in content.indicators() if f'id="{i}"' in section(text, "figures")}
    assert all(content.indicators()[i]["group"] != "context" for i in shown)


def test_cities_are_moved_taken_away_and_added_by_links(get):
    page = Page(get(address(("cork", "wuhan", "amman"))))
    for wanted in (
        ("wuhan", "cork", "amman"),
        ("cork", "amman", "wuhan"),
        ("wuhan", "amman"),
        ("cork", "amman"),
        ("cork", "wuhan"),
    ):
        assert address(wanted) in page.links
    options = {o["value"] for o in page.of("option")}
    assert options == set(content.cities()) - {"cork", "wuhan", "amman"}
    assert any(i.get("name") == "cities" and i["value"] == "cork~wuhan~amman" for i in page.of("input"))
    full = Page(get(address(SETS[3])))
    assert not full.of("option")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("city=cork&city=wuhan", ("cork", "wuhan")),
        ("cities=cork&add=amman", ("cork", "amman")),
        ("cities=cork~wuhan&add=cork", ("cork", "wuhan")),
        ("cities=Cork~武汉", ("cork", "wuhan")),
        ("cities=~cork~~wuhan~", ("cork", "wuhan")),
        ("cities=cork~wuhan&other=1", ("cork", "wuhan")),
    ],
)
def test_forms_and_other_spellings_lead_to_the_one_address(client, query, wanted):
    response = client.get(f"/en/compare?{query}")
    assert (response.status_code, response["Location"]) == (302, address(wanted))
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_or_one_city_explains_and_offers(get, language):
    none = Page(get(f"/{language}/compare"))
    offered = [a for a in none.links if "/compare?cities=" in a]
    assert len(offered) >= 5
    for link in offered:
        assert 2 <= len(link.split("=")[1].split("~")) <= MOST
        assert get(link)
    one = get(f"/{language}/compare?cities=cork")
    assert content.cities()["cork"].name(language) in one
    assert {"en": "choose one more", "zh": "请再选"}[language] in one
    near = [a for a in Page(one).links if a.startswith(f"/{language}/compare?cities=cork~")]
    assert len(near) == 4


def test_too_many_and_doubles_are_told_and_mended(client):
    seven = (*SETS[3], "cuenca")
    for cities, words, mended in (
        (seven, ("7 cities were chosen", "已选7个城市"), SETS[3]),
        (("cork", "cork"), ("chosen more than once", "重复选择"), ("cork",)),
        (("cork", "wuhan", "cork"), ("chosen more than once", "重复选择"), ("cork", "wuhan")),
    ):
        for language, word in zip(LANGUAGES, words, strict=True):
            response = client.get(address(cities, language))
            text = response.content.decode()
            assert response.status_code == 400
            assert word in text
            assert f'href="{address(mended, language)}"' in text
    ticked = "&".join(f"city={c}" for c in list(content.cities())[:9])
    response = client.get(f"/en/compare?{ticked}")
    assert response.status_code == 400
    assert "9 cities were chosen" in response.content.decode()
    assert client.get(f"/en/compare.csv?cities={'~'.join(seven)}").status_code == 400


@pytest.mark.parametrize("query", ["cities=corc~wuhan", "city=wuhn", "add=beijng&cities=cork"])
def test_unknown_cities_are_told_with_near_names(client, query):
    for language in LANGUAGES:
        response = client.get(f"/{language}/compare?{query}")
        assert response.status_code == 400
        text = response.content.decode()
        assert any(name in text for name in ("cork", "Cork", "wuhan", "Wuhan", "beijing", "Beijing"))
        assert f'href="/{language}/compare"' in text


def test_odd_input_gives_a_message(client):
    for value in ("<script>", "~" * 500, "%00", "a" * 3000, "~".join(["cork"] * 300), "学习型城市", "../x"):
        for name in ("cities", "city", "add"):
            response = client.get("/zh/compare", {name: value})
            assert response.status_code in (200, 302, 400), value
            assert b"<script>" not in response.content
            if response.status_code == 400:
                assert HAN.search(response.content.decode())


def test_examples_are_of_like_size_or_one_country():
    assert len(alike.by_size()) >= 5
    for cities in alike.by_size().values():
        people = [alike.people(c) for c in cities]
        assert all(people)
        assert max(people) / min(people) <= 10
        assert len({content.cities()[c].region for c in cities}) == len(cities)
    for country, cities in alike.by_country().items():
        assert {content.cities()[c].country for c in cities} == {country}


def test_cities_of_like_size_are_the_nearest_by_brute_force():
    people = {c: content.population()[c]["value"] for c in content.cities()}
    for city in ("cork", "wuhan", "villa-maria"):
        others = sorted(
            (abs(math.log(people[o] / people[city])), o) for o in people if o != city and people[o]
        )
        assert alike.of_like_size(city) == tuple(o for _, o in others[:4])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_and_the_pages_of_cities_lead_here(get, language):
    listed = Page(get(f"/{language}/cities"))
    boxes = [i["value"] for i in listed.of("input") if i.get("type") == "checkbox"]
    assert sorted(boxes) == sorted(content.cities())
    assert any(f.get("action") == f"/{language}/compare" for f in listed.of("form"))
    some = Page(get(f"/{language}/cities?region=ARB"))
    assert len([i for i in some.of("input") if i.get("type") == "checkbox"]) == 10
    wuhan = Page(get(f"/{language}/cities/wuhan"))
    assert f"/{language}/compare?cities=wuhan" in wuhan.links
    assert [a for a in wuhan.links if a.startswith(f"/{language}/compare?cities=wuhan~")] == [
        Comparison(("wuhan", other)).address(language) for other in alike.of_like_size("wuhan")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_hold_the_cities(client, language):
    cities = SETS[2]
    told = {}
    for table in ("figures", "practices", "scores", "countries"):
        body = client.get(f"/{language}/compare.csv?cities={'~'.join(cities)}&table={table}").content
        told[table] = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    for table in ("figures", "practices", "scores"):
        assert {r[0] for r in told[table][1:]} == set(cities)
    assert len(told["practices"]) == 1 + 3 * 2 * 7
    assert len(told["scores"]) == 1 + 3 * 2
    assert len(told["countries"]) > 10
    scores = content.atlas().conditions()
    head, first = told["scores"][0], told["scores"][1]
    column = head.index(lc.label("mechanism", "law", language))
    law = scores.at[cities[0], "law"]
    assert (first[column] == "") if law != law else float(first[column]) == pytest.approx(law)
    assert client.get(f"/{language}/compare.xlsx?cities=cork~wuhan").status_code == 200
    assert client.get(f"/{language}/compare.json?cities=cork~wuhan").json()
    assert client.get(f"/{language}/compare.csv").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_on_the_page_is_there_for_a_wide_screen_and_for_a_phone(client, get, language):
    text = get(f"/{language}/compare?cities=wuhan~cork")
    picture = text.split("<picture>")[1].split("</picture>")[0]
    addresses = re.findall(r'(?:src|srcset)="([^"]+)"', picture.replace("&amp;", "&"))
    assert len(addresses) == 2
    widths = []
    for address in addresses:
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
        widths.append(int(re.search(r'<svg [^>]*?width="(\d+)"', answer.content.decode())[1]))
    assert widths[0] < widths[1]
    assert 'alt=""' not in picture
