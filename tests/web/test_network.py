"""The members of the network against a brute force on the frames: rows, years, filters, sorts, counts."""

import itertools
import re

import pytest
from tests.web.conftest import HAN, LANGUAGES, Page

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.search.page import address

REGIONS = ("AFR", "ARB", "APA", "ENA", "LAC")
YEARS = (2015, 2016, 2017, 2018, 2019, 2020, 2022, 2024, 2025)


def shown(get, query="", language="en"):
    """The members of the list on all of its pages, in order."""
    asked = f"{query}{'&' if query else '?'}page=all"
    return re.findall(r'<tr id="([\w-]+)">', get(f"/{language}/network{asked}"))


def row_of(text, city_id):
    return text.split(f'<tr id="{city_id}">')[1].split("</tr>")[0]


@pytest.fixture(scope="module")
def frames():
    atlas = content.atlas()
    years = {}
    for city_id, year in zip(atlas.memberships["city_id"], atlas.memberships["join_year"], strict=True):
        years.setdefault(city_id, set()).add(int(year))
    return atlas, atlas.members.set_index("city_id"), years


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_member_seen_is_there_once_and_the_missing_are_said_at_the_head(get, frames, language):
    _, members, years = frames
    text = get(f"/{language}/network?page=all")
    order = shown(get, "", language)
    assert len(order) == len(set(order)) == 326
    assert set(order) == set(members.index)
    notice = text.split('<p class="notice">')[1].split("</p>")[0]
    assert lc.MEMBERS_TOTAL - len(members) == 99
    for number in (99, len(members) - len(years), sum(len(y) > 1 for y in years.values())):
        assert re.search(rf"(?<!\d){number}(?!\d)", notice), number
    assert text.index('<p class="notice">') < text.index('<form class="filters"') < text.index("<table")
    assert {"en": "may still be a member", "zh": "仍可能是成员"}[language] in notice


def test_every_join_year_stands_with_every_source_that_gives_it(get, frames):
    atlas, members, years = frames
    text = get("/en/network?page=all")
    checked = 0
    for city_id in members.index:
        row = row_of(text, city_id)
        told = {
            int(year): set(re.findall(r'href="/en/sources/([\w-]+)"', refs))
            for year, refs in re.findall(r'<span class="join"><b>(\d{4})</b>(.*?)(?=<span class="join">|</td>)', row, re.S)
        }  # fmt: skip
        wanted = {year: set() for year in years.get(city_id, ())}
        mine = atlas.memberships[atlas.memberships["city_id"] == city_id]
        for year, source in zip(mine["join_year"], mine["source_id"], strict=True):
            if isinstance(source, str):
                wanted[int(year)].add(source)
            else:
                assert "no page seen" in row
        assert told == wanted, city_id
        assert ("sources disagree" in row) == (len(wanted) > 1)
        cell = row.split('data-label="Join year"')[1].split("</td>")[0]
        assert ("not seen" in cell.replace("original not seen", "").replace("no page seen", "")) == (
            not wanted
        )
        assert f'href="/en/sources/{members.at[city_id, "source_id"]}"' in row
        checked += len(wanted)
    assert checked == sum(map(len, years.values())) > 250
    assert {c for c, y in years.items() if len(y) > 1} == {"clermont-ferrand", "contagem", "ibadan"}


def test_cities_of_the_atlas_lead_to_their_page_and_no_others(get, frames):
    _, members, _ = frames
    text = get("/zh/network?page=all")
    linked = {c for c in members.index if f'href="/zh/cities/{c}"' in row_of(text, c)}
    assert linked == set(members.index) & set(content.cities())
    assert len(linked) == 62


def test_names_without_chinese_stay_marked_originals(get, frames):
    _, members, _ = frames
    text = get("/zh/network?page=all")
    marked = 0
    for city_id, member in members.iterrows():
        head = row_of(text, city_id).split("</th>")[0]
        if city_id in content.cities():
            assert content.cities()[city_id].names.zh in head
        elif f'<span class="original" lang="en">{member["name_en"]}</span>' in head.replace("&#x27;", "'"):
            marked += 1
        else:
            assert city_id in ("shenyang", "tianjin", "xian")
            assert HAN.search(head)
    assert marked == 326 - 62 - 3


@pytest.mark.parametrize("region", REGIONS)
def test_region(get, frames, region):
    _, members, _ = frames
    wanted = set(members.index[members["unesco_region"] == region])
    assert set(shown(get, f"?region={region}")) == wanted != set()


def test_country(get, frames):
    """The country with most members, and every seventh of the others, down to those with one member."""
    _, members, _ = frames
    counts = members["country_iso3"].value_counts()
    assert len(counts) == 74
    for country in counts.index[::7]:
        wanted = set(members.index[members["country_iso3"] == country])
        assert set(shown(get, f"?country={country}")) == wanted
        assert len(wanted) == counts[country]
    assert counts.iloc[0] > 20
    assert counts[counts.index[::7]].iloc[-1] == 1


def test_year_seen_not_seen_and_disagreeing(get, frames):
    _, members, years = frames
    for year in YEARS:
        assert set(shown(get, f"?year={year}")) == {c for c, y in years.items() if year in y} != set()
    assert set(shown(get, "?year=not-seen")) == set(members.index) - set(years)
    assert set(shown(get, "?year=disagree")) == {c for c, y in years.items() if len(y) > 1}


def test_award(get, frames):
    atlas, members, _ = frames
    awarded = set(atlas.awards["city_id"]) & set(members.index)
    assert set(shown(get, "?award=yes")) == awarded != set()
    assert set(shown(get, "?award=no")) == set(members.index) - awarded


def test_text_finds_any_spelling(get):
    assert shown(get, "?q=ankara") == ["ankara"]
    assert shown(get, "?q=武汉") == ["wuhan"]
    assert "cairo" in shown(get, "?q=القاهرة")
    assert "medellin" in shown(get, "?q=medellin")
    assert set(shown(get, "?q=爱尔兰", "zh")) == set(shown(get, "?q=ireland"))


def test_choices_together_are_the_intersection(get):
    one = [set(shown(get, f"?{q}")) for q in ("region=APA", "year=2016", "award=yes")]
    assert set(shown(get, "?region=APA&year=2016&award=yes")) == one[0] & one[1] & one[2] != set()


@pytest.mark.parametrize("sort", ["name", "country", "year", "population"])
def test_sorts(get, frames, sort):
    atlas, members, years = frames
    order = shown(get, f"?sort={sort}")
    assert len(order) == 326
    estimates = atlas.population[atlas.population["year"] == 2015].set_index("city_id")["value"]
    keys = {
        "name": lambda c: content.sort_key(members.at[c, "name_en"], "en"),
        "country": lambda c: content.sort_key(lc.country_name(members.at[c, "country_iso3"], "en"), "en"),
        "year": lambda c: min(years.get(c, {9999})),
        "population": lambda c: -estimates.get(c, -1),
    }
    found = [keys[sort](c) for c in order]
    assert found == sorted(found)


@pytest.mark.parametrize("query", ["", "region=AFR", "year=2016", "award=yes&region=ENA"])
def test_each_count_is_that_of_the_list_it_opens(get, frames, query):
    _, members, years = frames
    text = get(f"/en/network?{query}").split('id="h-counts"')[1].split('class="city-list"')[0]
    counted = [
        (href.replace("&amp;", "&"), int(n))
        for href, n in re.findall(
            r'<th scope="row"><a href="([^"]+)">[^<]*</a></th><td class="num">(\d+)</td>', text
        )
    ]
    assert counted
    regions = [n for href, n in counted if "region=" in href]
    assert all(n > 0 for _, n in counted)
    if not query:
        assert sum(regions) == 326
        assert sum(n for href, n in counted if "country=" in href) == 326
        by_year = {h.split("year=")[1]: n for h, n in counted if "year=" in h}
        assert by_year.pop("not-seen") == len(members) - len(years)
        assert by_year == {str(y): sum(y in found for found in years.values()) for y in YEARS}
    for href, n in counted[:12]:
        assert len(shown(get, href.removeprefix("/en/network"))) == n, href


def test_population_says_year_and_projection(get, frames):
    atlas, members, _ = frames
    for language, word in (("en", "2020, projection"), ("zh", "2020年预测值")):
        text = get(f"/{language}/network?page=all")
        known = set(atlas.population["city_id"]) & set(members.index)
        assert text.count(word) == len(known) == 122
        for row in content.rows(atlas.population):
            cell = row_of(text, row["city_id"]).split('class="num"')[1].split("</td>")[0]
            if row["year"] in (2015, 2020):
                assert lc.format_number(row["value"], language) in cell
        for source in set(atlas.population["source_id"]):
            assert f'href="/{language}/sources/{source}"' in text


def test_an_empty_list_says_what_to_relax(get):
    text = get("/en/network?region=AFR&country=CHN&year=2016")
    assert "No member that was seen fits" in text
    ways = re.findall(r'<li><a href="/en/network([^"]+)">without[^<]*?, (\d+) member', text)
    assert len(ways) == 3
    for query, count in ways:
        assert len(shown(get, query.replace("&amp;", "&"))) == int(count)


def test_the_address_is_the_state(get):
    page = Page(get("/zh/network?region=APA&year=2016&sort=population&q=a"))
    chosen = [o["value"] for o in page.of("option") if "selected" in o and o["value"]]
    assert chosen == ["APA", "2016", "population"]
    assert next(i["value"] for i in page.of("input") if i.get("id") == "f-q") == "a"
    assert any(a == "/en/network?region=APA&year=2016&sort=population&q=a" for a in page.links)


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("region=XXX", "AFR"),
        ("country=CHM", "CHN"),
        ("year=2021", "2020"),
        ("award=maybe", "yes"),
        ("sort=colour", "name"),
    ],
)
def test_a_broken_choice_is_told_with_what_there_is(client, query, near):
    for language in LANGUAGES:
        response = client.get(f"/{language}/network?{query}")
        text = response.content.decode()
        assert response.status_code == 400
        assert query.split("=")[1] in text
        assert near in text
        assert f'href="/{language}/network"' in text


def test_any_choice_gives_a_page(client):
    values = {"region": ["", "ENA"], "year": ["", "2017", "disagree"], "award": ["", "yes"], "sort": ["", "year"]}  # fmt: skip
    tried = 0
    for combination in itertools.product(*values.values()):
        query = "&".join(f"{k}={v}" for k, v in zip(values, combination, strict=True))
        assert client.get(f"/en/network?{query}").status_code == 200
        tried += 1
    assert tried == 24


def test_a_search_for_a_member_leads_to_its_row(get):
    hits = [hit for hit in content.atlas().search("ankara") if hit.kind == "member"]
    assert hits
    assert address(hits[0], "zh") == "/zh/network?at=ankara#ankara"
    assert 'href="/en/network?at=ankara#ankara"' in get("/en/search?q=ankara")
    assert "ankara" in shown(get)


def test_the_page_of_a_source_leads_to_the_members_it_names(get, frames):
    _, members, _ = frames
    source, city_id = members.at["ankara", "source_id"], "ankara"
    assert f'href="/en/network?at={city_id}#{city_id}"' in get(f"/en/sources/{source}")
    assert 'href="/zh/crosswalk?framework=sdg4#items"' in get("/zh/sources/s1028")
