"""Every address answers in both languages, says its language, and leads only to pages that are there."""

import re
from collections import Counter
from zlib import crc32

import pytest
from django.urls import resolve
from tests.web.conftest import HAN, LANGUAGES, Page, city_pages

from learningcity.web import content


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_cities_are_rendered(get, language):
    seen = 0
    for city in content.cities().values():
        page = Page(get(f"/{language}/cities/{city.city_id}"))
        ids = set(page.ids)
        facts = {f["fact_id"] for f in content.facts_by_city().get(city.city_id, [])}
        practices = {p["practice_id"] for p in content.practices_by_city().get(city.city_id, [])}
        assert facts | practices <= ids, f"{city.city_id}: {sorted((facts | practices) - ids)[:3]} not shown"
        assert len(ids) == len(page.ids)
        seen += len(facts) + len(practices)
    assert len(content.cities()) == 64
    assert seen == len(content.atlas().facts) + len(content.atlas().practices)


def test_root_follows_the_browser(client):
    for accept, wanted in (
        ("zh-CN,zh;q=0.9,en;q=0.5", "/zh/"),
        ("zh-TW", "/zh/"),
        ("de,en;q=0.4", "/en/"),
        ("fr", "/en/"),
        ("en;q=0.3,zh;q=0.8", "/zh/"),
        ("", "/en/"),
        ("*", "/en/"),
    ):
        response = client.get("/", headers={"accept-language": accept})
        assert (response.status_code, response["Location"]) == (302, wanted), accept
        assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize("address", ["/en/", "/en/cities?region=AFR&sort=population", "/en/search?q=%E6%9D%A1%E4%BE%8B", "/en/cities/wuhan", "/en/nowhere"])  # fmt: skip
def test_switch_keeps_path_and_query(client, address):
    page = Page(client.get(address).content.decode())
    switch = [a for a in page.of("a") if a.get("hreflang") == "zh-Hans"]
    assert [a["href"] for a in switch] == [address.replace("/en/", "/zh/", 1)]
    back = Page(client.get(switch[0]["href"]).content.decode())
    assert [a["href"] for a in back.of("a") if a.get("hreflang") == "en"] == [address]
    alternates = {x["hreflang"]: x["href"] for x in page.of("link") if x.get("rel") == "alternate"}
    assert alternates == {"en": address, "zh-Hans": address.replace("/en/", "/zh/", 1)}


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/en", "/en/"),
        ("/zh", "/zh/"),
        ("/en/cities/", "/en/cities"),
        ("/en/cities/?round=2019", "/en/cities?round=2019"),
        ("/zh/cities/武汉", "/zh/cities/wuhan"),
        ("/en/cities/Medellín", "/en/cities/medellin"),
    ],
)
def test_other_spellings_lead_to_the_one_address(client, address, wanted):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, wanted)
    assert client.get(wanted).status_code == 200


#: Pages of one practice or source, of which there are thousands with one template each: every eighth is opened,
#: of the others it is known that the record is there.
RECORD = re.compile(r"/(?:en|zh)/(practices|sources)/([\w-]+)")
#: Files of one city or source: one of the three is opened, another one for the next record and language.
ONE_OF_THREE = re.compile(r"/(en|zh)/(?:cities|sources)/([^/]+)\.(csv|json|xlsx)")


@pytest.fixture(scope="module")
def records():
    return {"practices": set(content.atlas().practices["practice_id"]), "sources": set(content.sources())}


def left_to_others(path):
    """Whether another page, or file, of this kind is opened in the place of this one."""
    record = RECORD.fullmatch(path)
    if record:
        return crc32(record[2].encode()) % 8 != 0
    file = ONE_OF_THREE.fullmatch(path)
    turn = file and ("csv", "json", "xlsx")[(crc32(file[2].encode()) + (file[1] == "zh")) % 3]
    return bool(file) and file[3] != turn


def test_the_pages_and_files_of_records_take_turns(records):
    for kind, ids in records.items():
        opened = [i for i in ids if not left_to_others(f"/en/{kind}/{i}")]
        assert len(ids) / 10 < len(opened) < len(ids) / 6
    every = [f"/{language}/sources/{s}" for language in LANGUAGES for s in content.sources()]
    opened = [f"{a}.{e}" for a in every for e in ("csv", "json", "xlsx") if not left_to_others(f"{a}.{e}")]
    assert [a.rsplit(".", 1)[0] for a in opened] == every
    by_kind = Counter(a.rsplit(".", 1)[1] for a in opened)
    assert min(by_kind.values()) > len(every) / 4
    assert not left_to_others("/en/cities.csv")
    assert not left_to_others("/en/sources")


def test_crawl_every_link_resolves(client, records):
    todo, seen, anchors, known = ["/en/", "/zh/"], {}, set(), set()
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        # The study as a file is read from a disk, beside the one in the other language.
        is_file = response.get("Content-Disposition", "").startswith("attachment")
        is_page = response["Content-Type"].startswith("text/html") and not is_file
        page = Page(response.content.decode()) if is_page else None
        seen[address] = set(page.ids) if page else set()
        for href in page.links if page else ():
            if href.startswith(("http://", "https://")):
                continue
            path, _, anchor = href.partition("#")
            path = path or address
            assert path.startswith("/"), f"{address} links to {href}"
            if anchor:
                anchors.add((address, path, anchor))
            # Searches and filters are endless; what they lead to is reached without them.
            if left_to_others(path):
                record = RECORD.fullmatch(path)
                assert record is None or record[2] in records[record[1]], f"{address} links to {href}"
                resolve(path)
                known.add(path)
            elif "?" not in path or address in ("/en/", "/zh/"):
                todo.append(path)
    missing = {(a, p, x) for a, p, x in anchors if p in seen and x not in seen[p]}
    assert not missing, sorted(missing)[:10]
    assert len(anchors) > 1000
    pages = [found for path in (*seen, *known) if (found := RECORD.fullmatch(path))]
    for kind, ids in records.items():
        linked = Counter(found[2] for found in pages if found[1] == kind)
        assert len(linked) > len(ids) / 4
        assert set(linked) <= ids
    opened = sum(ONE_OF_THREE.fullmatch(address) is not None for address in seen)
    assert sum(ONE_OF_THREE.fullmatch(path) is not None for path in known) == 2 * opened > 400


def test_every_figure_of_a_city_leads_to_its_source(get):
    checked = 0
    for address in city_pages()[:64]:
        text = get(address)
        for fact in content.facts_by_city().get(address.rsplit("/", 1)[1], []):
            assert f'href="/en/sources/{fact["source_id"]}"' in text
            checked += 1
    assert checked == len(content.atlas().facts)


def test_health_and_robots(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /en/search" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_map_is_a_file_of_its_own(client, language):
    response = client.get(f"/{language}/map.svg")
    assert response["Content-Type"].startswith("image/svg+xml")
    assert ("示意图" in response.content.decode()) == (language == "zh")
    assert client.get(f"/{language}/map.svg?city=wuhan").status_code == 200


def test_questions_on_the_first_page_are_answered_where_they_lead(client, get):
    """Each question's address holds its answer, not just a page."""
    home = Page(get("/en/"))
    assert "/en/award#round-2019" in home.links
    award = get("/en/award").split('id="round-2019"')[1].split("</section>")[0]
    winners = set(re.findall(r'href="/en/cities/([\w-]+)"', award))
    frame = content.atlas().awards
    assert winners == set(frame.loc[frame["round"] == 2019, "city_id"])
    law = get("/en/cities/chengdu").split('id="law"')[1].split("</section>")[0]
    assert "egulation" in law
    universities = get("/en/cities/wuhan").split('id="indicator-universities_count"')[1].split("</tbody>")[0]
    for value in ("52", "98", "110"):
        assert f">{value}</td>" in re.sub(r"\s+", "", universities)
    assert "cannot tell" in get("/en/cities/taiyuan").split('id="eligibility"')[1]
    assert "无法判断" in get("/zh/cities/taiyuan").split('id="eligibility"')[1]
    cities = Page(get("/en/cities?award=yes&mechanism=law"))
    shown = {a.rsplit("/", 1)[1] for a in cities.links if re.fullmatch(r"/en/cities/[\w-]+", a)}
    scores = content.atlas().conditions()["law"]
    assert shown == {c for c in scores.dropna().index if c in content.atlas().first_award} != set()


@pytest.mark.parametrize(
    ("language", "text"), [("en", "终身学习"), ("zh", "条例"), ("zh", "老年"), ("en", "Medellin")]
)
def test_searches_find_something(get, language, text):
    page = Page(get(f"/{language}/search?q={text}"))
    titles = [t for t, around in page.texts if any(tag == "h3" for tag, _ in around)]
    assert titles
    if text == "Medellin":
        assert titles[0] == "Medellín"


def test_search_of_nothing_and_of_everything(get):
    assert 'class="hits"' not in get("/en/search")
    assert "Nothing was found" in get("/en/search?q=qqqqzzzz")
    assert HAN.search(get("/zh/search?q=qqqqzzzz"))
    long = get("/en/search?q=" + "learning%20" * 60)
    assert "results" in long
    assert "&lt;script&gt;" in get("/en/search?q=<script>")
