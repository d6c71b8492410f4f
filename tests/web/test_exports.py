"""The same address with .csv, .json and .xlsx gives the tables of the page: opened again, compared, refused rightly."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile

import pandas as pd
import pytest
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory
from openpyxl import load_workbook

import learningcity as lc
from learningcity.web import content, exports, kept
from learningcity.web import urls as _urls  # noqa: F401  (registers what every screen gives away)
from learningcity.web.kept import KeptPages

from .conftest import HAN, LANGUAGES, Page

#: An address for each route with parts, and queries that change what a route gives.
PARTS = {
    "cities/<str:name>": ("cities/wuhan", "cities/mayo-baleo"),
    "sources/<str:source_id>": ("sources/s0001", "sources/un-wup-2018"),
}
QUERIES = {
    "cities": ("", "mechanism=law&sort=population", "q=zzzzzzz"),
    "network": ("", "region=AFR&sort=year", "year=disagree"),
    "ideas": ("", "area=4&theme=law"),
    "crosswalk": ("", "area=none", "area=4&framework=sdg4"),
    "data/coverage": ("", "region=APA&sort=facts"),
    "data/sources": ("", "tier=doubtful&page=2", "q=unesco"),
    "search": ("q=条例", "q=zzzzzzz"),
    "compare": ("cities=cork~wuhan",),
    "index": ("", "reading=context&sort=rank&w.gini=3", "reading=figures&city=beijing"),
    "paths": ("", "outcome=inclusive&robustness=yes&permutations=49"),
    "styles": ("", "k=3&columns=law~funding~green&repeats=yes", "not_seen=leave_out"),
    "necessary": (
        "",
        "condition=law&theme=green&method=cr_fdh&lines=qr&scale_x=percentile&scale_y=percentage_range",
    ),
    "background": ("", "x=population&y=law&kind=mechanism&permutations=999"),
    "coders": ("", "variable=area+8&draws=200"),
    "eligibility": ("", "city=taiyuan&round=2024"),
}


def routes():
    """Every address that gives something away, with queries."""
    found = []
    for route in exports._OFFERS:
        if "<" in route and route not in PARTS:
            continue  # a screen of parts that its own tests open
        for path in PARTS.get(route, (route,)):
            found += [(route, path, query) for query in QUERIES.get(route, ("",))]
    return found


ROUTES = routes()


def spoken():
    """Each address without a query, or the first one of its route, in both languages; the others take turns."""
    found, first, turn = [], set(), 0
    for route, path, query in ROUTES:
        if path not in first:
            first.add(path)
            found += [(language, route, path, query) for language in LANGUAGES]
        else:
            found.append((LANGUAGES[turn % 2], route, path, query))
            turn += 1
    return found


SPOKEN = spoken()
MINE = ("cities", "cities/<str:name>", "award", "standard", "ideas", "china", "network", "crosswalk", "search",
        "data", "data/coverage", "data/conflicts", "data/sources", "data/statistics",
        "data/dictionary", "sources/<str:source_id>")  # fmt: skip


def at(language, path, suffix, query="", **more):
    asked = "&".join(part for part in (query, *(f"{k}={v}" for k, v in more.items())) if part)
    return f"/{language}/{path}{suffix and '.' + suffix}{'?' + asked if asked else ''}"


@pytest.fixture(scope="module")
def fetch(client):
    def ask(address, status=200, **headers):
        response = client.get(address, headers=headers or None)
        assert response.status_code == status, address
        return response

    return ask


def table(body):
    """Head and rows of a CSV for people."""
    assert body.startswith(b"\xef\xbb\xbf"), "people open it in Excel: BOM"
    assert not body[3:].startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    return head, rows


def test_every_screen_with_tables_gives_them_away():
    assert set(MINE) <= set(exports._OFFERS)
    assert len(ROUTES) > 25
    assert {(route, path, query) for _, route, path, query in SPOKEN} == set(ROUTES)
    for language in LANGUAGES:
        assert {route for one, route, *_ in SPOKEN if one == language} == {route for route, *_ in ROUTES}


@pytest.mark.parametrize(("language", "route", "path", "query"), SPOKEN)
def test_the_three_files_say_the_same(fetch, language, route, path, query):
    told = fetch(at(language, path, "json", query)).json()
    assert told["language"] == language
    assert told["address"].startswith(f"/{language}/{path}")
    assert told["versions"] == {"learningcity": lc.__version__, "data": lc.data_version(content.atlas())}
    assert told["citation"]
    assert told["licence"]
    assert told["notes"]
    if route == "study":
        # Its workbook is the whole study, see tests/report/bundle.
        return
    book = load_workbook(io.BytesIO(fetch(at(language, path, "xlsx", query)).content))
    assert len(book.worksheets) == len(told["tables"]) + 2
    for one, sheet in zip(told["tables"], book.worksheets[1:-1], strict=True):
        address = at(language, path, "csv", query, table=one["name"])
        head, rows = table(fetch(address).content)
        titles = [column["title"] for column in one["columns"]]
        assert head == titles == [cell.value for cell in sheet[1]]
        assert len(rows) == len(one["rows"]) == max(sheet.max_row - 1, 0)
        grid = sheet.iter_rows(min_row=2)
        for row, record, cells in zip(rows, one["rows"], grid, strict=True):
            for column, cell, made in zip(one["columns"], row, cells, strict=True):
                compare(record[column["code"]], column["vocabulary"], language, cell, made)
    main = fetch(at(language, path, "csv", query)).content
    assert main == fetch(at(language, path, "csv", query, table=told["tables"][0]["name"])).content


def compare(value, vocabulary, language, cell, made):
    """One value as JSON has it, in the cell of the CSV and of the workbook."""
    if value is None:
        assert (cell, made.value) == ("", None)
        return
    assert made.data_type != "f"
    if isinstance(value, int | float) and not vocabulary:
        assert float(cell) == value
        # A workbook holds sixteen digits.
        assert made.value == pytest.approx(value, rel=1e-15, abs=0)
        return
    wanted = lc_words(vocabulary, str(value), language) if vocabulary else value
    assert cell in (wanted, "'" + wanted)
    assert cell[:1] not in tuple("=+-@\t\r")
    assert made.value == wanted


def lc_words(vocabulary, value, language):
    """The words of codes by another way than the export's."""

    def word(code):
        if vocabulary == "country":
            return content.country(code, language)
        return lc.label(vocabulary, code, language)

    return {"en": "; ", "zh": "；"}[language].join(word(code) for code in value.split(";"))


@pytest.mark.parametrize(("route", "path", "query"), ROUTES)
def test_titles_follow_the_language_and_codes_do_not(fetch, route, path, query):
    english = fetch(at("en", path, "json", query)).json()["tables"]
    chinese = fetch(at("zh", path, "json", query)).json()["tables"]
    for one, other in zip(english, chinese, strict=True):
        assert (one["name"], [c["code"] for c in one["columns"]]) == (
            other["name"],
            [c["code"] for c in other["columns"]],
        )
        assert HAN.search(other["title"])
        assert not HAN.search(one["title"])
        for column in other["columns"]:
            # Years and the names of coefficients are the same in both.
            assert HAN.search(column["title"]) or re.search(r"^\d+$|κ|α|^Alpha$|^tau-b$", column["title"]), (
                column
            )
        assert not any(HAN.search(column["title"]) for column in one["columns"])
        assert len({column["title"] for column in other["columns"]}) == len(other["columns"])


@pytest.mark.parametrize(("language", "route", "path", "query"), SPOKEN)
def test_the_page_links_its_files_with_its_query(fetch, language, route, path, query):
    page = Page(fetch(at(language, path, "", query)).content.decode())
    kept_query = "&".join(part for part in query.split("&") if part and not part.startswith("page="))
    links = [link for link in page.links if re.search(r"\.(csv|json|xlsx)(\?|$)", link)]
    plain = {requote(link) for link in links}
    assert requote(at(language, path, "json", kept_query)) in plain
    assert requote(at(language, path, "xlsx", kept_query)) in plain
    declared = exports._OFFERS[route].titles(QueryDict(query))
    if declared:
        told = fetch(at(language, path, "json", query)).json()["tables"]
        # Tables of charts may follow those that the page declares.
        assert [one["name"] for one in told][: len(declared)] == list(declared)
    for link in links:
        fetch(link)


def requote(address):
    from urllib.parse import unquote

    return unquote(address)


# --- against the frames ----------------------------------------------------------------------------


def rows_of(fetch, address, name=None):
    tables = fetch(address).json()["tables"]
    return next(one for one in tables if name in (None, one["name"]))["rows"]


def frame_rows(frame):
    return json.loads(json.dumps(lc.plain(frame)))


def test_a_citys_files_are_the_rows_of_the_atlas(fetch):
    atlas = content.atlas()
    address = "/en/cities/wuhan.json"
    for name, frame in (("facts", atlas.facts), ("awards", atlas.awards)):
        wanted = frame_rows(frame[frame["city_id"] == "wuhan"])
        assert rows_of(fetch, address, name) == wanted
        assert wanted
    practices = atlas.practices[atlas.practices["city_id"] == "wuhan"]
    given = rows_of(fetch, address, "practices")
    assert [{k: v for k, v in row.items() if k != "timing"} for row in given] == frame_rows(practices)
    assert [row["timing"] for row in given] == [atlas.timing()[p] for p in practices["practice_id"]]
    codes = atlas.codes[atlas.codes["practice_id"].isin(practices["practice_id"])]
    assert sorted(map(str, rows_of(fetch, address, "practice-codes"))) == sorted(map(str, frame_rows(codes)))
    evidence = rows_of(fetch, address, "evidence")
    for row in evidence:
        condition = row["condition"] or row["theme"]
        told = atlas.condition_evidence("wuhan", condition, coder=row["coder"])
        assert row["score"] == (None if told.score != told.score else told.score)
        assert row["practice_id"] in set(told.table()["practice_id"])
    assert len(evidence) > 10
    country = atlas.context[atlas.context["country_iso3"] == "CHN"]
    assert rows_of(fetch, address, "country-context") == frame_rows(country)
    judged = rows_of(fetch, address, "eligibility")
    latest = content.rounds()[-1]
    answers = [
        c.answer
        for y in (latest, latest + 3)
        for c in lc.check_eligibility("wuhan", y, rules_of=latest).checks
    ]
    assert [row["answer"] for row in judged] == answers


def test_any_name_of_a_city_leads_to_its_files(fetch):
    given = [
        json.loads(fetch(f"/en/cities/{name}.json").content)["tables"] for name in ("wuhan", "武汉", "Wuhan")
    ]
    assert given[0] == given[1] == given[2]


def test_lists_follow_the_choice_and_the_order_of_their_page(fetch):
    for language in LANGUAGES:
        for query in ("", "?mechanism=law&sort=population", "?region=AFR&sort=practices", "?disagree=yes"):
            page = Page(fetch(f"/{language}/cities{query}").content.decode())
            shown = list(
                dict.fromkeys(
                    m[1] for link in page.links if (m := re.fullmatch(rf"/{language}/cities/([\w-]+)", link))
                )
            )
            assert [row["city_id"] for row in rows_of(fetch, f"/{language}/cities.json{query}")] == shown
        for query in ("", "?region=AFR&sort=year", "?award=yes&sort=population"):
            whole = f"{query}{'&' if query else '?'}page=all"
            page = Page(fetch(f"/{language}/network{whole}").content.decode())
            members = set(content.atlas().members["city_id"])
            shown = [one for one in page.ids if one in members]
            assert [row["city_id"] for row in rows_of(fetch, f"/{language}/network.json{query}")] == shown
    assert rows_of(fetch, "/en/cities.json?q=zzzzzzz") == []


def test_a_long_list_comes_whole_and_doubtful_ones_are_said_to_be(fetch):
    every = rows_of(fetch, "/en/data/sources.json?tier=doubtful&page=2")
    frame = content.atlas().sources
    assert {row["source_id"] for row in every} == set(frame.loc[frame["tier"] == "doubtful", "source_id"])
    assert all(row["doubtful"] == "yes" for row in every)
    book = load_workbook(io.BytesIO(fetch("/en/data/sources.xlsx").content))
    links = lc.source_links(content.atlas())
    told = {row[0].value: row[0].hyperlink for row in book.worksheets[1].iter_rows(min_row=2)}
    assert len(told) == len(frame)
    assert {source for source, link in told.items() if link} == set(links) & set(told)
    doubtful = {source for source in told if content.sources()[source].doubtful}
    assert doubtful
    assert not any(told[source] for source in doubtful)


def test_award_standard_china_crosswalk_and_conflicts_are_their_tables(fetch):
    standards, atlas = lc.standard_tables(), content.atlas()
    for address, name, frame in (
        ("/en/award.json", "award-criteria", standards["award-criteria"]),
        ("/en/award.json", "award-rules", standards["award-rules"]),
        ("/en/standard.json", "key-features", standards["key-features"]),
        ("/zh/standard.json", "measurements", standards["measurements"]),
        ("/en/data/statistics.json", "country-context", atlas.context),
    ):
        assert rows_of(fetch, address, name) == frame_rows(frame)
    awards = rows_of(fetch, "/en/award.json", "awards")
    assert [(r["round"], r["city_id"]) for r in awards] == list(
        zip(atlas.awards["round"], atlas.awards["city_id"], strict=True)
    )
    assert {r["item_id"] for r in rows_of(fetch, "/en/china.json")} == set(
        atlas.national_framework["item_id"]
    )
    crosswalk = lc.crosswalk().table()
    assert len(rows_of(fetch, "/en/crosswalk.json")) == len(crosswalk)
    counts = {r["area"]: r for r in rows_of(fetch, "/en/crosswalk.json", "matrix")}
    assert (
        counts["4"]["2015"]
        == (
            (crosswalk["round"] == 2015) & (crosswalk["area"] == "4") & (crosswalk["kind"] == "criterion")
        ).sum()
    )
    assert rows_of(fetch, "/en/data/conflicts.json") == [
        {k: v for k, v in row.items() if k in rows_of(fetch, "/en/data/conflicts.json")[0]}
        for row in frame_rows(atlas.conflicts())
    ]
    agreement = atlas.agreement().table()
    assert [r["variable"] for r in rows_of(fetch, "/en/coders.json")] == list(agreement.index)
    hits = [hit.id for hit in atlas.search("learning")]
    assert [r["id"] for r in rows_of(fetch, "/en/search.json?q=learning")] == hits
    assert len(hits) > 60, "more than the page shows"


# --- files -----------------------------------------------------------------------------------------


def test_files_say_what_is_inside_and_in_which_language(fetch):
    for address, name, kind in (
        ("/zh/cities.csv", "learningcity-cities-zh.csv", "text/csv; charset=utf-8"),
        (
            "/en/cities/wuhan.csv?table=practices",
            "learningcity-cities-wuhan-practices-en.csv",
            "text/csv; charset=utf-8",
        ),
        ("/en/data/coverage.json", "learningcity-data-coverage-en.json", "application/json; charset=utf-8"),
        ("/zh/data/package.zip", "learningcity-data-package-zh.zip", "application/zip"),
        ("/en/data/atlas.xlsx", "learningcity-atlas-en.xlsx", exports.TABLES["xlsx"]),
    ):
        response = fetch(address)
        assert f'filename="{name}"' in response.headers["Content-Disposition"]
        assert response.headers["Content-Type"] == kind
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Language"] == ("zh-Hans" if address.startswith("/zh") else "en")
    assert fetch("/en/cities.csv").headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "address",
    ["/en/cities.csv", "/zh/network.json", "/en/award.xlsx", "/zh/data/package.zip", "/en/data/atlas.xlsx"],
)
def test_head_and_etag(client, fetch, address):
    whole = fetch(address)
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert head.headers["ETag"] == whole.headers["ETag"]
    again = client.get(address, headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(address).status_code == 405


def test_what_is_packed_is_not_packed_again(client):
    for path in ("cities.xlsx", "data/package.zip", "data/atlas.xlsx", "cities.csv", "cities.json"):
        response = client.get(f"/en/{path}", headers={"Accept-Encoding": "gzip"})
        packed = path.endswith((".xlsx", ".zip"))
        assert response.has_header("Content-Encoding") != packed, path
        assert response.content.startswith(b"PK" if packed else b"\x1f\x8b")


def test_the_whole_atlas_is_linked_with_size_and_content(fetch):
    for language in LANGUAGES:
        text = fetch(f"/{language}/data").content.decode()
        for address in (f"/{language}/data/package.zip", f"/{language}/data/atlas.xlsx"):
            body = fetch(address).content
            assert address in Page(text).links
            assert f"{round(len(body) / 1000)} kB" in text
        archive = zipfile.ZipFile(io.BytesIO(fetch(f"/{language}/data/package.zip").content))
        assert archive.testzip() is None
        assert fetch(f"/{language}/data/package.zip").content == lc.data_package(content.atlas(), language)
        rows = sum(map(len, {**lc.standard_tables(), **content.atlas().frames}.values()))
        assert lc.format_number(rows, language) in text


# --- refusals --------------------------------------------------------------------------------------


def test_a_wrong_ending_names_those_that_there_are(fetch):
    for language, said in (("en", "Unknown file format"), ("zh", "未知的文件格式")):
        for address in (
            f"/{language}/cities.cvs",
            f"/{language}/data/sources.xls",
            f"/{language}/cities/wuhan.txt",
        ):
            text = fetch(address, 404).content.decode()
            assert said in text
            page, _ = address.rsplit(".", 1)
            assert {f"{page}.{suffix}" for suffix in exports.TABLES} <= set(Page(text).links)
    for address in ("/en/about.csv", "/en/nothing.csv", "/en/cities.csv.csv"):
        fetch(address, 404)


def test_a_wrong_table_or_query_says_which_there_are(fetch):
    text = fetch("/en/award.csv?table=award-rule", 400).content.decode()
    assert "award-rules" in text
    assert "/en/award" in Page(text).links
    assert "数据表" in fetch("/zh/award.csv?table=zzz", 400).content.decode()
    for suffix in exports.TABLES:
        assert "law" in fetch(f"/en/cities.{suffix}?mechanism=lwa", 400).content.decode()
        fetch(f"/en/network.{suffix}?year=1066", 400)
        fetch(f"/zh/data/coverage.{suffix}?sort=x", 400)
    # A document of all tables is not asked for one of them, yet a name that is none is told.
    for suffix in exports.TABLES:
        fetch(f"/en/award.{suffix}?table=zzz", 400)


def test_an_unknown_city_or_source_is_not_found_and_the_nearest_are_linked(fetch):
    for suffix in exports.TABLES:
        near = Page(fetch(f"/en/cities/wuhn.{suffix}", 404).content.decode()).links
        assert any(link.endswith(f".{suffix}") and "uhan" in link for link in near), near
        fetch(next(link for link in near if link.endswith(f".{suffix}") and "uhan" in link))
        fetch(f"/zh/sources/s9999.{suffix}", 404)


def test_pages_without_tables_say_nothing(fetch):
    for path in ("", "about", "search", "zzz"):
        response = fetch(f"/en/{path}", 404 if path == "zzz" else 200)
        assert 'class="sheet fine downloads"' not in response.content.decode()


def test_the_store_of_answers_stays_within_its_bounds_with_files(fetch, monkeypatch):
    bodies = [fetch(f"/en/{path}.xlsx").content for path in ("cities", "award", "china")]
    monkeypatch.setattr(kept, "MAXIMUM_BYTES", sum(map(len, bodies)) - 1)
    answers = {f"/en/x{n}.xlsx": body for n, body in enumerate(bodies)}
    calls = []

    def answer(request):
        calls.append(request.path)
        return HttpResponse(answers[request.path], content_type=exports.TABLES["xlsx"])

    pages = KeptPages(answer)
    for address in (*answers, *answers):
        assert pages(RequestFactory().get(address)).content == answers[address]
        assert pages.size <= kept.MAXIMUM_BYTES
        assert pages.size == sum(len(body) for body, *_ in pages.pages.values())
    assert len(calls) > len(answers), "the oldest had to go"


# --- own tables ------------------------------------------------------------------------------------

SCRIPT = """
import base64, django
django.setup()
from django.test import Client
import sys
for address in sys.argv[1:]:
    answer = Client(HTTP_HOST="localhost").get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    print(base64.b64encode(answer.content).decode())
"""
OWN = (
    "/en/cities.csv?q=own-city",
    "/zh/cities.xlsx",
    "/en/cities/own-city.json",
    "/zh/network.csv",
    "/en/data/package.zip",
)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """Files of a site over own tables whose texts would run, in a process of its own."""
    import base64

    folder = tmp_path_factory.mktemp("own")
    (folder / "cities.csv").write_text(
        'city_id,name_en,name_zh,country_iso3,unesco_region\nown-city,"=HYPERLINK(""x"")",@我的城市,CHN,APA\n',
        encoding="utf-8",
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "learningcity.web.settings",
        "LEARNINGCITY_OVERLAY": str(folder),
        "LEARNINGCITY_HOME": str(tmp_path_factory.mktemp("home")),
    }
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, *OWN],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return dict(zip(OWN, map(base64.b64decode, run.stdout.split()), strict=True))


def test_own_rows_are_in_the_files_marked_and_run_nowhere(own):
    head, rows = table(own[OWN[0]])
    assert len(rows) == 1
    row = dict(zip(head, rows[0], strict=True))
    assert row["Name (English)"] == '\'=HYPERLINK("x")'
    assert row["added by you"] == "yes"
    sheet = load_workbook(io.BytesIO(own[OWN[1]])).worksheets[1]
    heads = [cell.value for cell in sheet[1]]
    found = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert found["own-city"][1].data_type == "s"
    assert found["own-city"][heads.index("用户自有")].value == "是"
    assert found["wuhan"][heads.index("用户自有")].value == "否"
    assert json.loads(own[OWN[2]])["own_tables"] == ["cities"]
    assert "用户自有" in table(own[OWN[3]])[0]
    assert "own-rows.csv" in zipfile.ZipFile(io.BytesIO(own[OWN[4]])).namelist()


def test_without_own_tables_there_is_no_such_column(fetch):
    assert "added by you" not in table(fetch("/en/cities.csv").content)[0]


def test_frames_of_rows_keep_numbers_and_missing_ones():
    columns = (lc.Column("a", lc.Text("a", "甲")), lc.Column("b", lc.Text("b", "乙")))
    frame = exports.frame([{"a": -1, "b": None}, {"a": 2.5}], columns)
    assert isinstance(frame, pd.DataFrame)
    assert lc.Sheet("x", lc.Text("x", "x"), frame, columns).rows() == [(-1, None), (2.5, None)]


def test_the_address_in_a_file_keeps_every_city_that_was_ticked(client):
    told = client.get("/en/compare.json?city=cork&city=wuhan").json()
    assert told["address"] == "/en/compare?city=cork&city=wuhan"
    assert {row["city_id"] for row in told["tables"][0]["rows"]} >= {"cork", "wuhan"}
