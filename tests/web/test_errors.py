"""What is said when something is wrong: 404 with near names, 400 with what to do, 500 in plain words."""

import math
import sys
from functools import cache
from xml.etree import ElementTree

import pandas as pd
import pytest
from django.test import Client
from tests.web.conftest import HAN, Page

import learningcity as lc
from learningcity.web import content, warming
from learningcity.web.content import base
from learningcity.web.screens.cities.query import band_of


@pytest.mark.parametrize(
    ("name", "near"),
    [("wuhn", "wuhan"), ("medelin", "medellin"), ("Shanghia", "shanghai"), ("corkk", "cork")],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_misspelt_city_is_given_near_names(get, language, name, near):
    text = get(f"/{language}/cities/{name}", 404)
    assert f'href="/{language}/cities/{near}"' in text
    assert name in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "path", ["///evil.com//", "//evil.com/", "///", "/cities//", "//cities/", "/cities/wuhan//"]
)
def test_an_empty_part_of_a_path_leads_nowhere(client, language, path):
    # client.get would read "//host" as a host: the path is given as the server gives it.
    response = client.generic("GET", "/", PATH_INFO=f"/{language}{path}")
    assert response.status_code == 404
    assert not response.has_header("Location")


@pytest.mark.parametrize("path", ["cities", "cities/wuhan"])
def test_one_slash_too_many_is_sent_to_the_page(client, path):
    response = client.get(f"/en/{path}/?a=1")
    assert (response.status_code, response["Location"]) == (302, f"/en/{path}?a=1")


def test_misspelt_source_is_given_near_ids(get):
    text = get("/en/sources/s00011", 404)
    assert 'href="/en/sources/s0001"' in text


@pytest.mark.parametrize("address", ["/en/nowhere", "/zh/nowhere", "/fr/cities", "/en/cities/wuhan/more", "/cities", "/en/%00"])  # fmt: skip
def test_unknown_page_says_where_to_go_on(get, address):
    page = Page(get(address, 404))
    language = "zh" if address.startswith("/zh") else "en"
    for screen in ("cities", "award", "standard"):
        assert f"/{language}/{screen}" in page.links


def test_unknown_page_speaks_the_language_of_the_browser(client):
    text = client.get("/nowhere", headers={"accept-language": "zh-CN"}).content.decode()
    assert 'lang="zh-Hans"' in text
    assert "没有此页面" in text


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "x" * 3000, "武汉市市", "%F0%9F%92%A9", "..", "a'b\"c"]
)
def test_odd_names_are_a_plain_404(client, name):
    response = client.get(f"/en/cities/{name}")
    assert response.status_code in (302, 404)
    assert b"<script>alert" not in response.content


def test_member_without_a_page_of_its_own_is_not_an_error_of_ours(client):
    members = [m for m in content.atlas().members["city_id"] if m not in content.cities()]
    assert len(members) > 200
    for member in members[:25]:
        assert client.get(f"/en/cities/{member}").status_code == 404


@pytest.mark.parametrize("query", ["by=colour", "city=atlantis"])
def test_map_with_a_broken_query(get, query):
    for language in ("en", "zh"):
        text = get(f"/{language}/map.svg?{query}", 400)
        assert query.split("=")[1] in text
        assert bool(HAN.search(text.split("<main")[1])) == (language == "zh")


@pytest.mark.parametrize("path", ["cities?round=", "eligibility?round=", "eligibility/who?round=", "network?year=", "crosswalk?round="])  # fmt: skip
@pytest.mark.parametrize("odd", ["%C2%B2", "%E2%91%A3", "%D9%A2%D9%A0%D9%A1%D9%A9"])
def test_a_sign_that_is_a_digit_to_python_alone_is_no_year(get, path, odd):
    assert "2019" in get(f"/en/{path}{odd}", 400)


def test_a_fault_of_ours_is_told_plainly(monkeypatch):
    from learningcity.web.screens.home import views

    def fails(language):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(views, "build", fails)
    quiet = Client(raise_request_exception=False)
    for language, words in (("en", "Something went wrong on this server."), ("zh", "服务器出现错误。")):
        response = quiet.get(f"/{language}/")
        text = response.content.decode()
        assert response.status_code == 500
        assert words in text
        assert f'href="/{language}/"' in text
        assert "secret detail" not in text
        assert "Traceback" not in text
        assert "default-src 'none'" in response["Content-Security-Policy"]
        Page(text)


# --- odd rows of a user's own tables: refused when they are loaded, and yet no page may fall over one ----


def _fresh(monkeypatch, **frames):
    """Put rows that no check would let in behind the pages, with every look-up of a page emptied."""
    odd = lc.Atlas({**content.atlas().frames, **frames})
    modules = [m for n, m in list(sys.modules.items()) if n.startswith("learningcity.web.")]
    for module in modules:
        for name, value in list(vars(module).items()):
            if hasattr(value, "cache_clear") and hasattr(value, "__wrapped__"):
                # A new store beside the old one, which comes back after the test.
                monkeypatch.setattr(module, name, cache(value.__wrapped__))
    for module in (content, base):
        monkeypatch.setattr(module, "atlas", lambda: odd)


def _with(table, **values):
    frame = content.atlas().frames[table]
    return pd.concat([frame, pd.DataFrame([values])], ignore_index=True).astype(frame.dtypes)


@pytest.fixture
def fresh_client():
    """A client of its own: the pages that the others keep are not asked."""
    return Client(raise_request_exception=True)


ODD_ADDRESSES = (
    "https://[bad.com/x",
    "https://a.b℀c.com/",
    "https://evil.example\\@unesco.org/",
    "https://%61.org/",
)


def test_an_odd_address_is_printed_and_never_linked(monkeypatch, fresh_client):
    """Each odd address in a source of its own, and each of these sources behind a city of its own."""
    frames = content.atlas().frames
    odd = {f"odd-{n}": address for n, address in enumerate(ODD_ADDRESSES, 1)}
    rows = [{"source_id": i, "title": "Odd", "url": url, "tier": "official"} for i, url in odd.items()]
    sources = pd.concat([frames["sources"], pd.DataFrame(rows)], ignore_index=True)
    cities, named = frames["cities"].copy(), ("cork", "wuhan", "amman", "beijing")
    for city_id, source_id in zip(named, odd, strict=True):
        cities.loc[cities["city_id"] == city_id, "profile_source_id"] = source_id
    _fresh(monkeypatch, sources=sources.astype(frames["sources"].dtypes), cities=cities)
    for (source_id, address), city_id in zip(odd.items(), named, strict=True):
        one = content.sources()[source_id]
        for language in ("en", "zh"):
            assert (one.link, one.host, one.name(language)) == (None, source_id, source_id)
            for path in (f"cities/{city_id}", f"sources/{source_id}"):
                page = Page(fresh_client.get(f"/{language}/{path}").content.decode())
                assert address not in page.links
                assert path.startswith("cities") or any(text == address for text, _ in page.texts)


def test_an_award_in_a_round_without_rules_takes_no_page_down(monkeypatch, fresh_client):
    _fresh(monkeypatch, awards=_with("awards", round=2031, city_id="cork", source_id="s0001"))
    assert content.award_years()[-1] == 2031
    assert content.rounds()[-1] == 2024
    for language, said in (("en", "the rules of this round were not seen"), ("zh", "未见该届规则")):
        for path in ("award", "standard", "cities", "cities?round=2031", "cities/wuhan", ""):
            response = fresh_client.get(f"/{language}/{path}")
            assert response.status_code == 200, path
        text = fresh_client.get(f"/{language}/cities/cork").content.decode()
        assert said in text
        assert f"/{language}/award#round-2031" not in Page(text).links
        assert 'id="eligibility-2024"' in text
        found = Page(fresh_client.get(f"/{language}/cities?round=2031").content.decode())
        assert f"/{language}/cities/cork" in found.links


@pytest.mark.parametrize("people", [0.0, -5.0, math.inf])
def test_a_population_that_is_no_size_takes_no_page_down(monkeypatch, fresh_client, people):
    facts = content.atlas().frames["facts"].copy()
    facts.loc[(facts["city_id"] == "cork") & (facts["indicator_id"] == "population"), "value"] = people
    _fresh(monkeypatch, facts=facts)
    assert content.population()["cork"]["value"] == people
    assert band_of("cork") == ""
    for address in (
        "/en/map.svg?by=size",
        "/zh/cities?size=not-seen",
        "/en/cities?size=under-100k&sort=population",
    ):
        response = fresh_client.get(address)
        assert response.status_code == 200
        assert b"cities/cork" not in response.content
    ElementTree.fromstring(fresh_client.get("/en/map.svg?by=size").content)  # noqa: S314


def test_a_country_without_a_name_is_printed_by_its_code(monkeypatch, fresh_client):
    cities = content.atlas().frames["cities"].copy()
    cities.loc[cities["city_id"] == "cork", "country_iso3"] = "YYY"
    _fresh(monkeypatch, cities=cities)
    warming.warm_up()
    for address in (
        "/en/cities",
        "/zh/cities?country=YYY",
        "/en/cities/cork",
        "/en/cities/wuhan",
        "/en/map.svg",
    ):
        response = fresh_client.get(address)
        assert response.status_code == 200, address
        assert "wuhan" in address or "YYY" in response.content.decode()


def test_a_map_is_well_formed_whatever_a_name_holds(monkeypatch, fresh_client):
    cities = content.atlas().frames["cities"].copy()
    for language in ("en", "zh"):
        cities.loc[cities["city_id"] == "cork", f"name_{language}"] = "Co\x00\x0b<&\x1brk\ufffe\U0001f600"
    _fresh(monkeypatch, cities=cities)
    for language in ("en", "zh"):
        for query in ("", "?by=size", "?city=cork", "?city=wuhan"):
            drawn = fresh_client.get(f"/{language}/map.svg{query}").content.decode()
            text = " ".join(ElementTree.fromstring(drawn).itertext())  # noqa: S314
            assert ("Co<&rk\U0001f600" in text) == (query != "?city=wuhan")
