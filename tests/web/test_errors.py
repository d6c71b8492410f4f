"""What is said when something is wrong: 404 with near names, 400 with what to do, 500 in plain words."""

import pytest
from django.test import Client
from tests.web.conftest import HAN, Page

from learningcity.web import content


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
