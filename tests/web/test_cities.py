"""Filters and sorts of the list against a brute force on the frames."""

import itertools
import re

import pytest
from tests.web.conftest import LANGUAGES, Page

from learningcity.web import content
from learningcity.web.screens.cities.query import BANDS


def shown(get, query, language="en"):
    """The cities of a list, in order."""
    text = get(f"/{language}/cities{query}")
    body = text.split('id="h-found"')[1]
    return re.findall(r'<th scope="row">(?:<label.*?</label>)?<a href="/\w\w/cities/([\w-]+)"', body)


@pytest.fixture(scope="module")
def frames():
    atlas = content.atlas()
    cities = atlas.cities.set_index("city_id")
    rounds = atlas.awards.groupby("city_id")["round"].agg(set)
    return atlas, cities, rounds


def test_without_a_choice_all_are_there_by_name(get, frames):
    _, cities, _ = frames
    order = shown(get, "")
    assert sorted(order) == sorted(cities.index)
    names = [content.sort_key(cities.loc[c, "name_en"], "en") for c in order]
    assert names == sorted(names)


@pytest.mark.parametrize("region", ["AFR", "ARB", "APA", "ENA", "LAC"])
def test_region(get, frames, region):
    _, cities, _ = frames
    assert (
        set(shown(get, f"?region={region}")) == set(cities.index[cities["unesco_region"] == region]) != set()
    )


def test_country(get, frames):
    """The country with most cities, and every fourth of the others, down to those with one city."""
    _, cities, _ = frames
    counts = cities["country_iso3"].value_counts()
    assert len(counts) > 30
    for country in counts.index[::4]:
        wanted = set(cities.index[cities["country_iso3"] == country])
        assert set(shown(get, f"?country={country}")) == wanted
        assert len(wanted) == counts[country]
    assert counts[counts.index[::4]].iloc[-1] == 1


@pytest.mark.parametrize("year", [2015, 2017, 2019, 2021, 2024])
def test_round(get, frames, year):
    _, _, rounds = frames
    assert set(shown(get, f"?round={year}")) == {c for c, years in rounds.items() if year in years} != set()


def test_award(get, frames):
    _, cities, rounds = frames
    assert set(shown(get, "?award=yes")) == set(rounds.index)
    assert set(shown(get, "?award=no")) == set(cities.index) - set(rounds.index)
    assert len(shown(get, "?award=yes")) == 57


def test_mechanism_means_seen(get, frames):
    atlas, _cities, _ = frames
    scores = atlas.conditions()
    for condition in scores.columns:
        assert set(shown(get, f"?mechanism={condition}")) == set(scores.index[scores[condition].notna()])
    assert len(shown(get, "?mechanism=law")) == 19


def test_size_bands_are_complete_and_apart(get, frames):
    atlas, cities, _ = frames
    from learningcity import FactPolicy

    people = atlas.table(["population"], FactPolicy(scopes=("city", "metro"))).values["population"]
    found = []
    for band, (low, high) in BANDS.items():
        cities_of_band = shown(get, f"?size={band}")
        assert set(cities_of_band) == set(people.index[(people >= low) & (people < high)])
        found += cities_of_band
    found += shown(get, "?size=not-seen")
    assert sorted(found) == sorted(cities.index)


def test_text_finds_any_spelling(get):
    assert shown(get, "?q=medellin") == ["medellin"]
    assert shown(get, "?q=武汉") == ["wuhan"]
    assert shown(get, "?q=수원") == ["suwon"]
    assert "cork" in shown(get, "?q=ireland")
    assert "cork" in shown(get, "?q=爱尔兰", "zh")


def test_choices_together_are_the_intersection(get):
    one = [set(shown(get, f"?{q}")) for q in ("region=APA", "round=2019", "mechanism=law")]
    assert set(shown(get, "?region=APA&round=2019&mechanism=law")) == one[0] & one[1] & one[2]
    assert one[0] & one[1]


@pytest.mark.parametrize("sort", ["population", "award", "practices"])
def test_sorts(get, frames, sort):
    atlas, _, rounds = frames
    order = shown(get, f"?sort={sort}")
    assert len(order) == 64
    if sort == "population":
        keys = [-(content.population()[c]["value"] or -1) for c in order]
    elif sort == "award":
        keys = [min(rounds.get(c, {9999})) for c in order]
    else:
        counts = atlas.practices["city_id"].value_counts()
        keys = [-int(counts.get(c, 0)) for c in order]
    assert keys == sorted(keys)


def test_chinese_names_sort_by_pinyin(get):
    order = shown(get, "", "zh")
    wanted = ["beijing", "changzhou", "chengdu", "guangzhou", "hangzhou", "nanjing", "ningbo", "shanghai", "shenzhen", "suzhou", "taiyuan", "wuhan"]  # fmt: skip
    assert [c for c in order if c in wanted] == wanted


def test_empty_list_says_what_to_relax_and_keeps_its_word(get):
    text = get("/en/cities?region=AFR&round=2015&size=over-10m")
    assert "No city fits" in text
    ways = re.findall(r'<li><a href="(/en/cities\?[^"]+)">without[^<]*?, (\d+) cit', text)
    assert len(ways) == 3
    for address, count in ways:
        address = address.replace("&amp;", "&").removeprefix("/en/cities")
        assert len(shown(get, address)) == int(count)
    assert "放宽" in get("/zh/cities?region=AFR&round=2015&size=over-10m") or "取消" in get(
        "/zh/cities?region=AFR&round=2015&size=over-10m"
    )


def test_the_address_is_the_state(get):
    page = Page(get("/en/cities?region=APA&round=2019&sort=population&q=a"))
    chosen = [o["value"] for o in page.of("option") if "selected" in o and o["value"]]
    assert chosen == ["APA", "2019", "counted", "population"]
    assert next(i["value"] for i in page.of("input") if i.get("id") == "f-q") == "a"


@pytest.mark.parametrize(
    "query",
    [
        "region=XXX",
        "country=Narnia",
        "round=2016",
        "award=maybe",
        "size=huge",
        "mechanism=magic",
        "sort=colour",
        "seen=never",
        "disagree=often",
    ],
)
def test_a_broken_choice_is_told_with_what_there_is(client, query):
    for language in ("en", "zh"):
        response = client.get(f"/{language}/cities?{query}")
        text = response.content.decode()
        assert response.status_code == 400
        assert query.split("=")[1] in text
        assert f'href="/{language}/cities"' in text


def test_any_choice_gives_a_page(client):
    values = {"region": ["", "ENA"], "round": ["", "2021"], "size": ["", "not-seen"], "sort": ["", "award"]}
    tried = 0
    for combination in itertools.product(*values.values()):
        query = "&".join(f"{k}={v}" for k, v in zip(values, combination, strict=True))
        assert client.get(f"/en/cities?{query}").status_code == 200
        tried += 1
    assert tried == 16


def test_not_seen_is_said_and_never_printed_as_zero(get):
    text = get("/en/cities")
    law = content.atlas().conditions()["law"]
    page = Page(text)
    cells = [f for f in page.of("td") if f.get("data-label") == "law"]
    assert len(cells) == len(law) == 64
    hidden = re.findall(r'data-label="law"[^>]*>.*?<span class="unseen">(.*?)</span>', text, re.S)
    aside = content.atlas().seen_not_counted()["law"]
    assert hidden.count("not seen") == int((law.isna() & (aside == 0)).sum()) > 20
    assert "0" not in hidden
    assert "0.0" not in hidden


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_square_says_what_it_shows(get, frames, language):
    """Score, seen and not counted, or not seen: by brute force over the codes of pass A."""
    atlas, cities, _ = frames
    scores, aside = atlas.conditions(), atlas.seen_not_counted()
    text = get(f"/{language}/cities")
    words = {"en": ("not seen", "seen, not counted ("), "zh": ("未见公开资料", "见到但未计分（")}[language]
    checked = {"score": 0, "aside": 0, "void": 0}
    for city_id in cities.index:
        row = text.split(f'href="/{language}/cities/{city_id}"')[1].split("</tr>")[0]
        cells = re.findall(r'<td class="cell[^"]*"[^>]* title="([^"]+)">(.*?)</td>', row, re.S)
        assert len(cells) == len(scores.columns)
        for condition, (title, cell) in zip(scores.columns, cells, strict=True):
            said = re.search(r'<span class="unseen">(.*?)</span>', cell)[1]
            assert title.endswith(said)
            score = scores.at[city_id, condition]
            if score == score:
                assert said.startswith(f"{score:g}")
                kind = "score"
            elif aside.at[city_id, condition]:
                assert said.startswith(words[1])
                kind = "aside"
            else:
                assert said == words[0]
                kind = "void"
            assert ("score-hatch" in cell) == (kind == "aside")
            checked[kind] += 1
    assert sum(checked.values()) == 64 * 11
    assert min(checked.values()) > 50


def test_the_mechanism_filter_says_what_it_counts(get, frames):
    atlas, _, _ = frames
    scores, aside = atlas.conditions()["law"], atlas.seen_not_counted()["law"]
    counted = set(scores.index[scores.notna()])
    set_aside = set(aside.index[(aside > 0) & scores.isna()])
    assert set(shown(get, "?mechanism=law&seen=counted")) == counted
    assert set(shown(get, "?mechanism=law&seen=not-counted")) == set_aside
    assert set(shown(get, "?mechanism=law&seen=either")) == counted | set_aside
    assert "limerick" in set_aside
    assert len(shown(get, "?seen=not-counted")) == 64, "without a mechanism it asks for nothing"
    assert "and that is about learning or education" in get("/en/cities?mechanism=law")
    assert "按规则不计入" in get("/zh/cities?mechanism=law&seen=not-counted")
    assert "seen, not counted" in get("/en/cities?mechanism=law&seen=not-counted").split('id="h-found"')[1]


@pytest.mark.parametrize("query", ["", "?mechanism=law", "?region=AFR&round=2015&size=over-10m"])
def test_note_and_key_stand_before_the_table_and_without_one(get, query):
    for language, words in (("en", "The squares show pass A"), ("zh", "方格依据编码A")):
        text = get(f"/{language}/cities{query}")
        assert words in text
        assert text.count('class="key fine"') == 1
        if "<table" in text:
            assert text.index(words) < text.index('class="key fine"') < text.index("<table")
        else:
            assert {"en": "not seen does not mean that there is none", "zh": "未见不等于没有"}[
                language
            ] in text


def test_places_where_sources_disagree(get, frames):
    conflicts = frames[0].conflicts()
    text = get("/en/cities?disagree=yes")
    assert set(shown(get, "?disagree=yes")) == set(conflicts["city_id"])
    told = dict(re.findall(r'href="/en/cities/([\w-]+)#disagreements">(\d+) disagreements?<', text))
    assert {c: int(n) for c, n in told.items()} == conflicts["city_id"].value_counts().to_dict()
    assert f'<a href="/en/data/conflicts">{len(conflicts)}</a>' in get("/en/")


def test_a_population_leads_to_its_fact(get, frames):
    atlas, _, _ = frames
    own = atlas.facts.set_index("fact_id")
    linked = re.findall(r'<a href="/en/cities/([\w-]+)#(f\d+)">[\d,]+</a>', get("/en/cities"))
    assert len(linked) > 40
    for city_id, fact_id in linked:
        assert own.at[fact_id, "city_id"] == city_id
        assert own.at[fact_id, "indicator_id"] == "population"
