"""The national framework of China by topic, what it names, and the Chinese cities."""

import re

import pytest
from tests.web.conftest import HAN, LANGUAGES, Page

import learningcity as lc
from learningcity.web import content
from learningcity.web.content import framework
from learningcity.web.screens.china.page import TOPICS, day


@pytest.fixture(scope="module")
def frame():
    return content.atlas().national_framework.set_index("item_id")


def parts(text):
    """The body of each item by id."""
    found = {}
    for part in text.split('<li id="')[1:]:
        item, body = part.split('"', 1)
        found[item] = body.split("</li>")[0]
    return found


def plain(body):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body)).replace("&#x27;", "'").replace("&quot;", '"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_stands_under_its_topic_in_its_own_words(get, frame, language):
    text = get(f"/{language}/china")
    found = parts(text)
    assert list(found) == [i for topic in TOPICS for i in frame.index[frame["topic"] == topic]]
    assert len(found) == len(frame) == 40
    assert set(TOPICS) == set(frame["topic"])
    for topic in TOPICS:
        section = text.split(f'id="{topic.replace(" ", "-")}" aria-labelledby')[1].split("</section>")[0]
        assert set(parts(section)) == set(frame.index[frame["topic"] == topic])
    for item, body in found.items():
        assert frame.loc[item, f"text_{language}"] in plain(body)


@pytest.mark.parametrize("language", LANGUAGES)
def test_number_issuer_and_date_stand_where_they_were_seen(get, frame, language):
    found = parts(get(f"/{language}/china"))
    number, issuer, date = (
        ("Document number", "Issuer, document or occasion", "Date: ")
        if language == "en"
        else ("文号：", "发文机关、文件或会议：", "日期：")
    )
    for item, row in frame.iterrows():
        for column, word in (("document_no", number), ("issuer_zh", issuer), ("issued", date)):
            there = isinstance(row[column], str)
            assert (word in plain(found[item])) == there, (item, column)
            if there:
                shown = day(row[column], language) if column == "issued" else row[column]
                assert shown in found[item]
    assert frame["document_no"].notna().sum() == 3
    assert frame["issued"].notna().sum() > 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_disputed_items_are_marked_and_it_is_said_what_that_means(get, frame, language):
    text = get(f"/{language}/china")
    found = parts(text)
    disputed = {i for i, body in found.items() if 'href="#disputed"' in body}
    assert disputed == set(frame.index[frame["disputed"] == "yes"]) != set()
    meaning = text.split('id="disputed"')[1].split("</p>")[0]
    assert ("contradict each other" if language == "en" else "互相矛盾") in meaning
    assert set(re.findall(r'href="#(chn-\d+)"', meaning)) == disputed


def test_sources_stand_with_their_tier_and_doubtful_ones_are_never_linked(get, frame):
    text = get("/en/china")
    found = parts(text)
    for item, row in frame.iterrows():
        source = content.sources()[row["source_id"]]
        assert f'href="/en/sources/{source.source_id}"' in found[item]
        assert source.tier_label("en") in found[item]
    doubtful = {i for i, r in frame.iterrows() if content.sources()[r["source_id"]].doubtful}
    assert {i for i, body in found.items() if "ref-doubtful" in body} == doubtful
    assert f"{len(doubtful)} statements rest on reposts" in text
    assert not [x for x in Page(text).links if x.startswith("http")]


def brute(row):
    """The cities that both texts of an item name."""
    return {
        c["city_id"]
        for _, c in content.atlas().cities.iterrows()
        if c["name_zh"] in row["text_zh"] and re.search(rf"\b{re.escape(c['name_en'])}\b", row["text_en"])
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_items_link_to_the_cities_that_they_name(get, frame, language):
    found = parts(get(f"/{language}/china"))
    pairs = 0
    for item, row in frame.iterrows():
        linked = re.findall(rf'href="/{language}/cities/([\w-]+)">([^<]+)<', found[item])
        assert {c for c, _ in linked} == brute(row), item
        assert len(linked) == len(brute(row)), "each city is linked once"
        for city_id, name in linked:
            assert name == content.cities()[city_id].name(language)
        pairs += len(linked)
    assert pairs > 40


def test_both_languages_name_the_same_cities(frame):
    """So far no name is lost by asking that both texts hold it."""
    checked = 0
    for _, row in frame.iterrows():
        for city in content.cities().values():
            english = framework.place_of(city.names.en, row["text_en"], "en") is not None
            chinese = framework.place_of(city.names.zh, row["text_zh"], "zh") is not None
            assert english == chinese, (row["text_en"], city.city_id)
            checked += english
    assert checked > 40


def test_names_are_matched_exactly():
    row = {"item_id": "x", "text_en": "The work is done.", "text_zh": "工作完成都很好。"}
    assert framework._cities_of(row) == ()
    both = {**row, "text_en": "Chengdu's work is done, and Wuhan's.", "text_zh": "武汉、成都的工作完成。"}
    assert framework._cities_of(both) == ("chengdu", "wuhan")
    one = {**both, "text_zh": None}
    assert framework._cities_of(one) == ("chengdu", "wuhan")
    assert framework._cities_of({**row, "text_en": None, "text_zh": None}) == ()
    assert framework.place_of("Cork", "Corkscrews", "en") is None
    cut = framework.pieces("Wuhan and Wuhan", ("wuhan",), "en")
    assert [p["text"] for p in cut] == ["Wuhan", " and Wuhan"]
    assert [p["href"] for p in cut] == ["/en/cities/wuhan", ""]


@pytest.mark.parametrize("language", LANGUAGES)
def test_chinese_cities_awarded_first_with_what_names_them(get, frame, language):
    text = get(f"/{language}/china")
    table = text.split('id="cities" aria-labelledby')[1]
    shown = re.findall(rf'<th scope="row"><a href="/{language}/cities/([\w-]+)"', table)
    atlas = content.atlas()
    chinese = set(atlas.cities.loc[atlas.cities["country_iso3"] == "CHN", "city_id"])
    assert set(shown) == chinese
    assert len(shown) == 12
    first = [content.cities()[c].first_award or 9999 for c in shown]
    assert first == sorted(first)
    awarded = chinese & set(atlas.awards["city_id"])
    assert {c for c in shown if content.cities()[c].rounds} == awarded
    for part in table.split("<tr>")[2:]:
        city = re.search(r"/cities/([\w-]+)", part)[1]
        rounds = {int(y) for y in atlas.awards.loc[atlas.awards["city_id"] == city, "round"]}
        assert {int(y) for y in re.findall(r"award#round-(\d+)", part)} == rounds
        wanted = {i for i, r in frame.iterrows() if city in brute(r)}
        assert set(re.findall(r'href="#(chn-\d+)"', part)) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_city_leads_to_the_items_that_name_it(get, frame, language):
    checked = 0
    for city_id in ("wuhan", "shanghai", "shenzhen", "cork"):
        links = Page(get(f"/{language}/cities/{city_id}")).links
        wanted = {f"/{language}/china#{i}" for i, r in frame.iterrows() if city_id in brute(r)}
        assert {x for x in links if "/china#" in x} == wanted
        checked += len(wanted)
    assert checked > 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_and_sources_lead_here(get, language):
    there = set(Page(get(f"/{language}/china")).ids)
    hits = [x for x in Page(get(f"/{language}/search?q=学分银行")).links if "/china#" in x]
    assert hits
    assert {x.split("#")[1] for x in hits} <= there
    assert f"/{language}/china#chn-28" in Page(get(f"/{language}/sources/s0557")).links


def test_originals_on_the_english_page_say_that_they_are_chinese(get):
    checked = 0
    for text, around in Page(get("/en/china")).texts:
        if HAN.search(text):
            assert [a["lang"] for _, a in around if "lang" in a][-1] == "zh-Hans"
            checked += 1
    assert checked > 15


def test_days_months_and_years():
    assert day("2024-02", "en") == "February 2024"
    assert day("2024-02", "zh") == "2024年2月"
    assert lc.label("topic", "law", "zh") == "法规"
