"""How the interface behaves: formats, languages, states, faults, odd input, own tables, start-up, documentation."""

import gzip
import io
import json
import os
import re
import shlex
import subprocess
import sys
import urllib.request
from html import escape, unescape
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from tests.web.conftest import HAN, Page

from learningcity.web import content, freshness, kept
from learningcity.web.api import answers, front, known, problems, tables
from learningcity.web.api.description import openapi
from learningcity.web.api.resources import RESOURCES
from learningcity.web.api.routers import evidence, standard

ROOT = "/api/v1"


@pytest.fixture
def ask(client):
    def answer(address, status=200, method="get", **headers):
        named = {k.replace("_", "-"): v for k, v in headers.items()}
        found = getattr(client, method)(f"{ROOT}{address}", headers=named or None)
        assert found.status_code == status, (address, found.status_code, found.content[:300])
        return found

    return answer


@pytest.fixture
def problem(ask):
    def told(address, status, kind, **more):
        found = ask(address, status, **more)
        assert found.headers["Content-Type"] == "application/problem+json"
        assert found.headers["Access-Control-Allow-Origin"] == "*"
        body = found.json()
        assert body["status"] == status
        assert body["type"] == f"/en/api#{kind}"
        assert set(body) == set(openapi()["components"]["schemas"]["Problem"]["required"])
        return body

    return told


# --- formats and languages ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("application/json;q=0.2, text/csv;q=0.7", "text/csv"),
        ("text/*", "text/csv"),
        ("application/json;q=0, */*", "text/csv"),
        ("TEXT/CSV", "text/csv"),
    ],
)
def test_accept_chooses_the_format(ask, accept, kind):
    found = ask("/awards", accept=accept)
    assert found.headers["Content-Type"].startswith(kind)
    assert {"Accept", "Accept-Language", "Accept-Encoding"} <= {
        v.strip() for v in found.headers["Vary"].split(",")
    }


def test_format_stands_above_accept(ask):
    assert ask("/awards?format=json", accept="text/csv").headers["Content-Type"] == "application/json"
    assert ask("/awards?format=csv").headers["Content-Type"].startswith("text/csv")


def test_language_of_titles_notes_and_addresses(ask):
    chinese = ask("/awards", accept_language="zh-CN,zh;q=0.9")
    assert chinese.headers["Content-Language"] == "zh-Hans"
    assert chinese.json()["meta"]["title"] == "获奖"
    assert chinese.json()["data"][0]["href"].startswith("/zh/")
    english = ask("/awards?language=en", accept_language="zh")
    assert english.headers["Content-Language"] == "en"
    assert english.json()["data"][0]["href"].startswith("/en/")


def test_other_formats_are_not_acceptable(problem):
    body = problem("/awards", 406, "not-acceptable", accept="image/png")
    assert body["near"] == ["application/json", "text/csv"]
    problem("/cities/wuhan", 406, "not-acceptable", accept="text/csv")


# --- states, methods, other sites ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/awards", "/awards?format=csv", "/cities/cork", "/openapi.json", "/conditions?coder=B"]
)
def test_an_answer_that_did_not_change_is_304(ask, address):
    first = ask(address)
    tag = first.headers["ETag"]
    again = ask(address, 304, if_none_match=tag)
    assert again.content == b""
    assert again.headers["ETag"] == tag
    assert ask(address, if_none_match='"other"').content == first.content
    assert re.fullmatch(r"public, max-age=\d+", first.headers["Cache-Control"])
    packed = ask(address, accept_encoding="gzip")
    if packed.headers.get("Content-Encoding") == "gzip":
        assert gzip.decompress(packed.content) == first.content
        ask(address, 304, accept_encoding="gzip", if_none_match=packed.headers["ETag"])


def test_formats_and_languages_have_states_of_their_own(ask):
    tags = {
        ask("/awards", **h).headers["ETag"] for h in ({}, {"accept": "text/csv"}, {"accept_language": "zh"})
    }
    assert len(tags) == 3


@pytest.mark.parametrize("address", ["/awards", "/cities/cork", "/", "/nowhere"])
def test_head_gives_the_head_and_no_body(ask, address):
    status = 404 if address == "/nowhere" else 200
    full, head = ask(address, status), ask(address, status, "head")
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(full.content))
    assert head.headers["Content-Type"] == full.headers["Content-Type"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_changed(client, problem, method):
    found = getattr(client, method)(f"{ROOT}/cities")
    assert found.status_code == 405
    assert found.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert found.json()["type"] == "/en/api#method-not-allowed"


def test_other_sites_may_read_without_cookies(ask):
    found = ask("/awards", origin="https://example.org")
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in found.headers
    assert "ETag" in found.headers["Access-Control-Expose-Headers"]
    before = ask("/awards", 204, "options", origin="https://example.org", access_control_request_method="GET")
    assert before.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in before.headers["Access-Control-Allow-Headers"]
    assert not before.content


def test_pages_stay_closed_to_other_sites(client):
    assert "Access-Control-Allow-Origin" not in client.get("/en/cities").headers


# --- faults ----------------------------------------------------------------------------------------


def test_a_parameter_that_nobody_knows_is_refused_with_the_near_name(problem):
    body = problem("/facts?indicater=population", 400, "unknown-parameter")
    assert body["near"] == ["indicator"]
    assert body["parameter"] == "indicater"
    assert "indicator" in body["detail"]
    chinese = problem("/facts?indicater=population&language=zh", 400, "unknown-parameter")
    assert HAN.search(chinese["title"])
    assert HAN.search(chinese["detail"])
    assert "indicator" in chinese["detail"]


def test_a_value_that_nobody_knows_is_told_with_the_near_name(problem):
    assert problem("/facts?city=wuhn", 422, "unreadable-value")["near"] == ["wuhan"]
    assert problem("/facts?city=cork,wuhn", 422, "unreadable-value")["parameter"] == "city"
    assert "2019" in problem("/awards?round=2020", 422, "unreadable-value")["near"]
    assert HAN.search(problem("/facts?city=wuhn", 422, "unreadable-value", accept_language="zh")["detail"])


def test_an_id_that_nobody_knows_is_404_with_the_near_name(problem):
    assert problem("/cities/wuhn", 404, "unknown-name")["near"] == ["wuhan"]
    assert problem("/practices/wuhan-99", 404, "unknown-name")["near"]
    problem("/sources/none", 404, "unknown-name")
    problem("/trace/none", 404, "unknown-name")
    problem("/rounds/2020", 404, "unknown-name")
    problem("/eligibility?city=nowhere-at-all&round=2024", 404, "unknown-name")


def test_an_address_that_is_not_there_is_told_as_a_problem(problem, client):
    assert problem("/citys", 404, "unknown-address")["near"][0] == "/api/v1/cities"
    problem("/cities/", 404, "unknown-address")
    problem("/cities/wuhan/facts", 404, "unknown-address")
    assert client.get("/api/v2/cities").status_code == 404
    assert client.get("/api").headers["Location"] == client.get("/api/").headers["Location"] == "/api/v1/"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("/facts?limit=0", 422, "limit"), ("/facts?limit=1001", 422, "limit"), ("/facts?limit=-1", 422, "limit"),
        ("/facts?limit=ten", 422, "limit"), ("/facts?limit=1.0", 422, "limit"), ("/facts?limit=1_0", 422, "limit"),
        ("/facts?limit=%EF%BC%91", 422, "limit"), ("/facts?limit=", 422, "limit"), ("/facts?offset=-5", 422, "offset"),
        ("/facts?offset=99999999999999999999", 422, "offset"), ("/facts?offset=NaN", 422, "offset"),
        ("/facts?year=NaN", 422, "year"), ("/facts?year=2019,", 422, "year"), ("/facts?limit=1&limit=2", 400, "limit"),
        ("/facts?city=", 422, "city"), ("/facts?city=%00", 422, "city"), ("/facts?city=wuhan%00", 422, "city"),
        ("/facts?%00=1", 400, "\x00"), ("/facts?city=武汉", 422, "city"), ("/facts?format=xml", 422, "format"),
        ("/search", 422, "q"), ("/search?q=", 422, "q"), ("/search?q=" + "x" * 201, 422, "q"),
        ("/table", 422, "indicators"), ("/table?indicators=population&context=yes", 422, "context"),
        ("/table?indicators=population&year=0", 422, "year"), ("/conditions?rule=1:1", 422, "rule"),
        ("/conditions?rule=0:1:1", 422, "rule"), ("/conditions?coder=C", 422, "coder"),
        ("/conditions?coder=A&coder=B", 400, "coder"), ("/eligibility?city=wuhan", 422, "round"),
        ("/facts?Limit=1", 400, "Limit"), ("/cities?seen=never", 422, "seen"),
    ],
)  # fmt: skip
def test_odd_input_is_told_in_both_languages(ask, address, status, parameter, language):
    found = ask(address, status, accept_language=language)
    body = found.json()
    assert body["parameter"] == parameter
    assert bool(HAN.search(body["title"])) == (language == "zh")
    assert HAN.search(body["detail"]) or language == "en"
    assert "{" not in body["detail"]

    assert found.headers["Content-Language"] == ("zh-Hans" if language == "zh" else "en")


def test_a_language_that_is_not_spoken_is_told(problem):
    assert problem("/facts?language=fr", 422, "unreadable-value")["parameter"] == "language"


def test_odd_input_that_is_fine(ask):
    beyond = ask("/facts?offset=2147483647").json()
    assert beyond["data"] == []
    assert beyond["next"] is None
    assert beyond["previous"] is not None
    assert ask(beyond["previous"].removeprefix(ROOT)).json()["data"]
    assert ask("/search?q=%00").json()["total"] == 0
    assert ask("/search?q=%F0%9F%98%80").json()["total"] == 0
    assert ask("/search?q=%ff").status_code == 200
    assert (
        ask("/facts?city=cork&city=wuhan&city=cork").json()["total"]
        == ask("/facts?city=cork,wuhan").json()["total"]
    )
    assert ask("/facts?year=9999").json()["data"] == []
    assert ask("/facts?limit=1&").json()["limit"] == 1


def test_too_many_parameters_are_told(problem):
    problem("/facts?" + "&".join(f"a{i}=1" for i in range(1500)), 400, "unreadable-request")


def test_links_keep_what_was_asked(ask):
    page = ask("/facts?city=cork,wuhan&indicator=population&limit=2&offset=2&language=zh").json()
    for following in (page["next"], page["previous"]):
        parts = urlsplit(following)
        assert parts.path == "/api/v1/facts"
        assert not parts.netloc
        again = ask(following.removeprefix(ROOT)).json()
        assert again["total"] == page["total"]
        assert again["meta"]["language"] == "zh"


# --- the store of answers ------------------------------------------------------------------------


def counting():
    calls = []

    def answer(request):
        calls.append(request.get_full_path())
        return HttpResponse(f"answer {len(calls)}")

    return calls, front.KeptAnswers(answer)


def test_the_store_tells_formats_languages_and_addresses_apart():
    calls, store = counting()
    make = RequestFactory().get
    for _ in range(2):
        for headers in ({}, {"Accept": "text/csv"}, {"Accept-Language": "zh"}, {"Accept-Encoding": "gzip"}):
            store(make(f"{ROOT}/awards", headers=headers))
        store(make(f"{ROOT}/awards?limit=1"))
    assert len(calls) == 5
    assert store(make(f"{ROOT}/awards", headers={"Accept": "application/json, */*"})).content == b"answer 1"
    store(make("/en/cities"))
    store(make("/en/cities"))
    assert calls[5:] == ["/en/cities", "/en/cities"]


def test_the_store_is_bounded_and_emptied_with_the_data(monkeypatch):
    monkeypatch.setattr(front, "MOST_ANSWERS", 3)
    calls, store = counting()
    for offset in range(9):
        store(RequestFactory().get(f"{ROOT}/awards?offset={offset}"))
    assert len(store.pages) == 3
    assert store.size == sum(len(body) for body, _ in store.pages.values())
    store(RequestFactory().get(f"{ROOT}/awards?offset=8"))
    assert len(calls) == 9
    kept.forget()
    store(RequestFactory().get(f"{ROOT}/awards?offset=8"))
    assert len(calls) == 10


def test_every_look_up_is_emptied_when_the_data_change(ask):
    ask("/cities/cork")
    ask("/conditions?limit=1")
    ask("/openapi.json")
    assert answers.versions.cache_info().currsize == 1
    freshness.forget()
    for look_up in (answers.versions, known.names, tables.table_rows, evidence.score_rows, openapi):
        assert look_up.cache_info().currsize == 0
    assert ask("/cities/cork").json()["data"]["city_id"] == "cork"


# --- own tables ------------------------------------------------------------------------------------

PRACTICES = (
    "practice_id,city_id,mechanism,title_en,title_zh,summary_en,summary_zh,start_year,focal_areas,source_id\n"
    "own-1,cork,law,A by-law of our own,本市自有条例,Passed by the council.,由市议会通过。,2020,4,s0001\n"
)
SCRIPT = """
import json, sys
import django
django.setup()
from django.test import Client
for address in sys.argv[1:]:
    found = Client(HTTP_HOST="localhost").get(address)
    print(json.dumps([found.status_code, dict(found.headers), found.json()]))
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    (folder / "practices.csv").write_text(PRACTICES, encoding="utf-8")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "learningcity.web.settings",
        "LEARNINGCITY_OVERLAY": str(folder),
        "LEARNINGCITY_HOME": str(tmp_path_factory.mktemp("home")),
    }
    addresses = [
        f"{ROOT}/practices/own-1",
        f"{ROOT}/practices?city=cork",
        f"{ROOT}/conditions?city=cork&condition=law",
    ]
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, *addresses],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_own_rows_are_there_and_marked(own, ask):
    (status, _, one), (_, _, several), (_, _, score) = own
    assert status == 200
    assert one["data"]["own"]
    assert one["data"]["codes"] == []
    assert one["meta"]["own_tables"]
    assert [r["practice_id"] for r in several["data"] if r["own"]] == ["own-1"]
    assert several["total"] == ask("/practices?city=cork").json()["total"] + 1
    assert score["data"][0]["practices_read"] > score["data"][0]["coded"]
    assert one["meta"]["versions"]["data"] != ask("/awards").json()["meta"]["versions"]["data"]


def test_own_tables_stay_with_their_owner(own):
    for _, headers, _ in own:
        assert "Access-Control-Allow-Origin" not in headers
        assert headers["Cache-Control"].startswith("private")


# --- start-up --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["import learningcity", "from learningcity.cli.root import main"])
def test_neither_the_package_nor_its_help_loads_the_interface(code):
    names = "[m for m in sys.modules if m.split('.')[0] in ('ninja', 'pydantic', 'pydantic_core', 'django')]"
    told = subprocess.run(
        [sys.executable, "-c", f"import sys; {code.replace('from learningcity.cli.root import main', 'import learningcity.cli.root')}; print({names})"],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert told.stdout.strip() == "[]"


def test_help_does_not_load_the_interface():
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "learningcity", "--help"], capture_output=True, encoding="utf-8", check=True
    )  # fmt: skip
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in told.stderr.splitlines()}
    assert "learningcity" in loaded
    assert not loaded & {"ninja", "pydantic", "pydantic_core", "django"}


# --- documentation -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_tells_every_resource_parameter_and_problem(get, language):
    text = get(f"/{language}/api")
    page = Page(text)
    for resource in RESOURCES.values():
        assert f"resource-{resource.name}" in page.ids
        assert escape(resource.title.in_(language)) in text
        for example in resource.examples:
            assert resource.address(example) in page.links
    assert set(problems.KINDS) <= set(page.ids)
    assert "<script" not in text


def test_everything_is_described_in_both_languages():
    told = 0
    for methods in openapi()["paths"].values():
        operation = methods["get"]
        assert HAN.search(operation["x-summary-zh"])
        assert HAN.search(operation["x-description-zh"])
        for parameter in operation["parameters"]:
            told += 1
            assert parameter["description"]
            assert HAN.search(parameter["x-description-zh"]), parameter["name"]
    for resource in RESOURCES.values():
        for column in resource.columns or ():
            told += 1
            assert column.text.en
            assert HAN.search(column.text.zh), (resource.name, column.name)
    assert told > 500


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_commands_on_the_page_answer(client, get, language):
    found = [
        "".join(t for t, around in page_texts(get(f"/{language}/api")) if around == number)
        for number in range(pre_count(get(f"/{language}/api")))
    ]
    commands = [shlex.split(text) for text in found if text.startswith("curl")]
    assert len(commands) >= 4
    for words in commands:
        headers = dict(words[i + 1].split(": ") for i, w in enumerate(words) if w == "-H")
        address = urlsplit(words[-1])
        answer = client.get(f"{address.path}?{address.query}", headers=headers)
        assert answer.status_code == 200
        assert len(answer.content) > 300


def page_texts(text):
    pieces = re.findall(r"<pre[^>]*>(.*?)</pre>", text, re.DOTALL)
    return [(unescape(piece), number) for number, piece in enumerate(pieces)]


def pre_count(text):
    return len(re.findall(r"<pre", text))


def test_the_python_on_the_page_runs(client, get, monkeypatch, capsys):
    (code,) = [t for t, _ in page_texts(get("/en/api")) if t.startswith("import json")]

    def urlopen(address):
        parts = urlsplit(address)
        return io.BytesIO(client.get(f"{parts.path}?{parts.query}").content)

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    exec(compile(code, "example", "exec"), {})  # noqa: S102
    told = capsys.readouterr().out.splitlines()
    total = client.get(f"{ROOT}/practices?mechanism=law&coder=A&limit=1").json()["total"]
    assert told[0].startswith(f"{total} of {total} practices")
    assert len(told) == 4


def test_the_r_on_the_page_asks_for_what_is_there(client, get):
    (code,) = [t for t, _ in page_texts(get("/en/api")) if t.startswith("base <-")]
    (address,) = re.findall(r'paste0\(base, "([^"]+)"\)', code)
    answer = client.get(f"{ROOT}{address}")
    assert answer.status_code == 200
    head = answer.content.decode().splitlines()[0].split(",")
    for name in re.findall(r'"(\w+)"', code.split("reshape")[1].split("head(")[0]):
        assert name in [*head, "wide"]
    assert content.overlaid() is False


@pytest.mark.parametrize(
    "address", ["/cities?round=", "/awards?round=", "/members?year=", "/crosswalk?round="]
)
def test_a_sign_that_is_a_digit_to_python_alone_is_refused(problem, address):
    problem(f"{address}%C2%B2", 422, "unreadable-value")


def test_a_fault_of_ours_is_a_problem_without_a_word_of_what_is_inside(monkeypatch):
    def fails(*asked):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(standard, "_walk", fails)
    found = Client(raise_request_exception=False).get(f"{ROOT}/crosswalk?language=zh")
    assert found.status_code == 500
    assert found.headers["Content-Type"] == "application/problem+json"
    assert found.json()["type"] == "/en/api#our-fault"
    assert HAN.search(found.json()["title"])
    assert b"secret detail" not in found.content


def test_the_order_in_which_frameworks_are_named_makes_no_new_answer_to_keep(ask):
    standard._walk.cache_clear()
    told = [
        ask(f"/crosswalk?framework={names}").json()["data"]
        for names in ("sdg4,iso-37120", "iso-37120,sdg4", "sdg4,iso-37120,sdg4,sdg4")
    ]
    assert told[0] == told[1] == told[2] != []
    assert standard._walk.cache_info().currsize == 1
    assert standard._walk.cache_info().maxsize
