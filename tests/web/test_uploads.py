"""Own tables: on the whole screen of the index, for their visitor alone, in memory alone, within bounds."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import LANGUAGES, Page

import learningcity as lc
from learningcity.web import kept, server, uploads
from learningcity.web.screens.index import work
from learningcity.web.screens.index.own import MAY_NOT

DATA = b"""uCode,uName,skills,parks,noise,people,region
north,North Ward,61,14.2,50,2000,hill
east,East Ward,54,22.8,40,3000,hill
south,South Ward,,9.6,70,1000,shore
west,West Ward,66,11.0,30,1500,shore
mid,Mid Ward,51,7.9,65,4000,shore
"""
META = b"""Level,iCode,Parent,Direction,Weight,Type,iName,iName_zh,Denominator
1,skills,learn,1,2,Indicator,Skills,\xe6\x8a\x80\xe8\x83\xbd,
1,parks,live,1,1,Indicator,Parks,\xe5\x85\xac\xe5\x9b\xad,people
1,noise,live,-1,1,Indicator,Noise,\xe5\x99\xaa\xe5\xa3\xb0,
2,learn,index,,1,Aggregate,Learning,\xe5\xad\xa6\xe4\xb9\xa0,
2,live,index,,1,Aggregate,Living,\xe7\x94\x9f\xe6\xb4\xbb,
3,index,,,1,Aggregate,Index,\xe6\x8c\x87\xe6\x95\xb0,
,people,,,,Denominator,,,
,region,,,,Group,,,
"""
FORM = "/{}/index/own"


@pytest.fixture(autouse=True)
def store(monkeypatch):
    """A store of its own for each test, with a clock that the test turns."""
    clock = {"now": 1000.0}
    made = uploads.Store(lambda: clock["now"])
    made.clock_hand = clock
    monkeypatch.setattr(uploads, "STORE", made)
    return made


def send(client, data=DATA, meta=None, language="en", query="", name="wards.csv", **headers):
    files = {} if data is None else {"data": SimpleUploadedFile(name, data)}
    if meta:
        files["meta"] = SimpleUploadedFile("meta.csv", meta)
    return client.post(FORM.format(language) + query, files, headers=headers or None)


def uploaded(client, *arguments, **options):
    response = send(client, *arguments, **options)
    assert response.status_code == 303, words(response)[:2000]
    return response.headers["Location"]


def words(response):
    return unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- the whole screen -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_own_table_has_the_whole_screen(language):
    client = Client()
    address = uploaded(client, meta=META, language=language)
    page = client.get(f"{address}&city=east")
    assert page.status_code == 200
    said, found = words(page), Page(page.content.decode())
    for ward in ("North Ward", "East Ward", "South Ward", "West Ward", "Mid Ward"):
        assert ward in said
    assert {"what-if", "units", "one", "sensitivity", "limits", "computed"} <= set(found.ids)
    assert all(text.in_(language) in said for text in MAY_NOT)
    assert "region hill" in said or "region为“hill”" in said
    assert not any("/cities/" in href and "north" in href for href in found.links)
    if language == "zh":
        assert "公园" in said
        assert not re.search(r"Parks|Skills|indicators|units", said)


def test_the_numbers_are_those_of_the_library():
    client = Client()
    address = uploaded(client, meta=META)
    got = json.loads(client.get(address.replace("index?", "index.json?")).content)
    table = lc.read_index_table(lc.FileBytes("wards.csv", DATA), lc.FileBytes("meta.csv", META))
    choices = {"normalise": ["minmax", "zscore"], "weights": {"noise": 0.25}}
    drawn = lc.uncertainty(table.values, table.spec, choices, draws=1000, seed=0)
    rows = {r["unit"]: r for r in got["tables"][0]["rows"]}
    for unit, ranks in drawn.ranks.iterrows():
        assert rows[unit]["rank_lower"] == ranks["lower"]
        assert rows[unit]["rank"] == ranks["nominal"]
    scores = lc.build_index(table.values, table.spec).scores["index"]
    assert {u: rows[u]["score"] for u in rows} == scores.to_dict()
    assert "licence" not in got
    assert "no part of the atlas" in got["notes"][0]


@pytest.mark.parametrize("meta", [META, None])
def test_the_command_line_gives_the_same_numbers_to_the_digit(tmp_path, meta):
    client = Client()
    address = uploaded(client, meta=meta) + ("" if meta else "&less.noise=yes&w.skills=3")
    packed = zipfile.ZipFile(io.BytesIO(client.get(address.replace("index?", "index.zip?")).content))
    packed.extractall(tmp_path)
    line = (tmp_path / "commands.txt").read_text().splitlines()[0].split()[1:]
    run = subprocess.run([sys.executable, "-m", "learningcity", *line, "--json"], cwd=tmp_path, capture_output=True, text=True, check=True)  # fmt: skip
    told = {row["unit"]: row for row in json.loads(run.stdout)["scores"]}
    got = json.loads(client.get(address.replace("index?", "index.json?")).content)["tables"][0]["rows"]
    top = "index" if meta else "INDEX"
    assert {r["unit"]: r["score"] for r in got} == {u: row[top] for u, row in told.items()}


def test_without_structure_it_is_said_openly_and_directions_can_be_set():
    client = Client()
    address = uploaded(client)
    said = words(client.get(address))
    assert "No structure was given" in said
    assert "more is better of each" in said
    turned = client.get(f"{address}&less.noise=yes")
    assert re.search(r'name="less.noise" value="yes" checked', turned.content.decode())
    before, after = (json.loads(client.get(a.replace("index?", "index.json?")).content) for a in (address, f"{address}&less.noise=yes"))  # fmt: skip
    assert before["tables"][0]["rows"] != after["tables"][0]["rows"]
    assert client.get(f"{address}&less.nose=yes").status_code == 400


def test_a_given_structure_says_directions_itself():
    client = Client()
    address = uploaded(client, meta=META)
    assert "less.noise" not in client.get(address).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_can_be_looked_at(language):
    client = Client()
    name = re.search(r"own=(\w+)", uploaded(client, meta=META, language=language))[1]
    page = client.get(f"/{language}/index/own?own={name}")
    said = words(page)
    for word in ("Mid Ward", "22.8", "region", "people", "wards.csv"):
        assert word in said
    assert ("5 units, 3 indicators, 1 empty cell; groups: region; denominators: people" in said) or (
        "5个单位，3项指标，1个空白单元格；分组：region；分母：people" in said
    )


# --- nobody else's --------------------------------------------------------------------------------


def test_two_visitors_never_see_each_other():
    one, two = Client(), Client()
    first = uploaded(one)
    second = uploaded(two, DATA.replace(b"Ward", b"Town"))
    for _ in range(2):
        assert "North Ward" in words(one.get(first))
        assert "North Town" in words(two.get(second))
        for client, address in ((one, second), (two, first), (Client(), first)):
            for suffix in ("", ".csv", ".json", ".xlsx", ".svg", ".toml", ".zip"):
                response = client.get(address.replace("index?", f"index{suffix}?"))
                assert response.status_code in (400, 404), suffix
                assert b"North" not in response.content
            see = client.get(address.replace("index?", "index/own?"))
            assert see.status_code == 404
            assert b"North" not in see.content
    # The same file in two sessions has one name, and is still two tables.
    assert uploaded(two) == first
    two.post(FORM.format("en"), {"do": "remove", "own": re.search(r"own=(\w+)", first)[1]})
    assert two.get(first).status_code == 404
    assert one.get(first).status_code == 200


def test_a_forged_or_stolen_looking_cookie_opens_nothing(store):
    client = Client()
    address = uploaded(client)
    (key,) = store.sessions
    for token in (key, "", "x", "*", "a" * 5000, "../../etc"):
        other = Client()
        other.cookies[uploads.cookie_name()] = token
        assert other.get(address).status_code == 404


def test_nothing_of_an_own_table_is_kept_for_others(monkeypatch):
    put, keep = [], kept.KeptPages._keep
    monkeypatch.setattr(
        kept.KeptPages, "_keep", lambda self, key, r: put.append(key[1]) or keep(self, key, r)
    )
    client = Client()
    address = uploaded(client)
    # Another address than that of any other test, so that this page is not there yet.
    client.get("/en/index?draws=200&seed=81")
    assert put == ["/en/index?draws=200&seed=81"]
    for suffix in ("", ".csv", ".json", ".svg"):
        response = client.get(address.replace("index?", f"index{suffix}?"))
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store, private"
        assert "Cookie" in response.headers["Vary"]
        assert "ETag" not in response.headers
        assert response.headers["X-Robots-Tag"] == "noindex"
    from learningcity.report.charts.keeping import KEPT

    assert not any("North Ward" in p for p in KEPT.pictures.values() if isinstance(p, str))
    assert len(put) == 1


def test_a_parameter_given_twice_does_not_slip_past_the_store():
    one = Client()
    name = re.search(r"own=(\w+)", uploaded(one))[1]
    address = f"/en/index?reading=visible&reading=own&own={name}"
    assert b"North Ward" in one.get(address, follow=True).content
    assert b"North Ward" not in Client().get(address, follow=True).content


# --- kept pages -----------------------------------------------------------------------------------


def test_a_visitor_with_a_table_still_gets_kept_pages():
    calls = []

    def render(request):
        from django.http import HttpResponse

        calls.append(request.get_full_path())
        response = HttpResponse(f"page {len(calls)}")
        if "own" in request.get_full_path():
            uploads.make_private(response)
        return response

    from django.test import RequestFactory

    pages = kept.KeptPages(render)

    def ask(path, cookie):
        return pages(RequestFactory().get(path, headers={"Cookie": cookie} if cookie else {})).content

    own = f"{uploads.cookie_name()}=abc; learningcity-form=def"
    assert ask("/en/index", "") == ask("/en/index", own) == ask("/en/index", own)
    assert len(calls) == 1
    assert ask("/en/index?reading=own", own) != ask("/en/index?reading=own", own)
    assert ask("/en/index", f"{own}; other=1") == b"page 4"


# --- gone -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_that_is_gone_is_told_and_choices_are_kept(store, language):
    client = Client()
    address = uploaded(client, language=language) + "&w.skills=3&normalise=zscore&city=east"
    assert client.get(address).status_code == 200
    store.clock_hand["now"] += uploads.IDLE + 1
    page = client.get(address)
    assert page.status_code == 404
    assert ("Upload it again" in words(page)) or ("请重新上传" in words(page))
    action = unescape(re.search(r'<form class="upload" action="([^"]+)"', page.content.decode())[1])
    assert "w.skills=3" in action
    again = client.post(action, {"data": SimpleUploadedFile("wards.csv", DATA)})
    assert again.status_code == 303
    # The same file has the same name, so that the old address works again.
    assert client.get(address).status_code == 200
    assert set(again.headers["Location"].partition("?")[2].split("&")) == set(
        address.partition("?")[2].split("&")
    )


def test_choices_that_another_table_does_not_have_are_dropped():
    client = Client()
    query = "?w.skills=3&w.gone=2&less.noise=yes&less.gone=yes&city=nobody&aggregate=minimum&draws=200"
    address = uploaded(client, query=query)
    assert "w.skills=3" in address
    assert "gone" not in address
    assert "nobody" not in address
    assert client.get(address).status_code == 200
    assert "normalise" not in uploaded(client, query="?normalise=nonsense")


def test_a_removed_table_is_gone_with_all_that_was_computed_of_it(store):
    client = Client()
    address = uploaded(client)
    client.get(address)
    assert store.results.held
    response = client.post(FORM.format("en"), {"do": "remove", "own": re.search(r"own=(\w+)", address)[1]})
    assert response.status_code == 303
    assert not store.sessions
    assert not store.results.held
    assert "The table was removed." in words(client.get(response.headers["Location"]))
    assert client.get(address).status_code == 404


def test_results_of_own_tables_stay_out_of_the_results_for_all():
    client = Client()
    before = [f.cache_info().currsize for f in (work._built, work._drawn, work._blamed, work._contributed)]
    client.get(uploaded(client) + "&city=east")
    assert before == [f.cache_info().currsize for f in (work._built, work._drawn, work._blamed, work._contributed)]  # fmt: skip


# --- bounds ---------------------------------------------------------------------------------------


def test_tables_of_a_session_are_bounded(store):
    client = Client()
    addresses = [uploaded(client, DATA.replace(b"61", str(n).encode())) for n in range(60, 64)]
    assert [client.get(a).status_code for a in addresses] == [404, 200, 200, 200]
    assert len(store.sessions) == 1


def test_sessions_are_bounded_and_those_in_use_do_not_give_way(store, monkeypatch):
    monkeypatch.setattr(uploads, "MAXIMUM_SESSIONS", 2)
    clients = [Client() for _ in range(3)]
    first, _ = (uploaded(c) for c in clients[:2])
    refused = send(clients[2])
    assert refused.status_code == 503
    assert "Try again" in words(refused)
    store.clock_hand["now"] += uploads.STILL_HERE + 1
    clients[1].get(first)
    assert send(clients[2]).status_code == 303
    assert clients[0].get(first).status_code == 404
    assert clients[1].get(first).status_code == 200


def test_bytes_of_all_tables_are_bounded(store, monkeypatch):
    uploaded(Client())
    monkeypatch.setattr(uploads, "MAXIMUM_HELD", 100)
    assert send(Client()).status_code == 503


def test_results_are_bounded(store, monkeypatch):
    monkeypatch.setattr(uploads, "MAXIMUM_RESULTS", 5)
    client = Client()
    address = uploaded(client)
    for seed in range(4):
        client.get(f"{address}&seed={seed}&draws=200")
    assert len(store.results.held) == 5


def test_the_limits_stand_on_the_form():
    for language, shown in (("en", "Up to 2 MB together, 1,000 rows and 200 columns"), ("zh", "不超过2 MB，至多1,000行、200列")):  # fmt: skip
        assert shown in words(Client().get(FORM.format(language)))
    assert (uploads.LIMITS.rows, uploads.LIMITS.columns, uploads.MAXIMUM_BYTES) == (
        1000,
        200,
        2 * 1024 * 1024,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (DATA.replace(b"9.6", b'"9,6"'), "wards.csv", ("row 4, cell D4", "第4行，单元格D4")),
        (DATA.replace(b"east,East", b"north,East"), "wards.csv", ("row 3, cell A3", "第3行，单元格A3")),
        (b"\x89PNG\r\n\x00\x00", "wards.csv", ("not a text file", "不是文本文件")),
        (b"PK\x03\x04broken", "wards.xlsx", ("cannot be read as an XLSX", "无法按XLSX工作簿读取")),
        (b"uCode,a,b\n" + b"x,1,2\n" * 1001, "wards.csv", ("more than 1,000 rows", "超过1,000行")),
        (None, "", ("No file was chosen", "未选择文件")),
    ],
)
def test_faults_are_told_on_the_form_and_nothing_is_kept(store, data, name, said, language):
    response = send(Client(), data, language=language, name=name)
    assert response.status_code == 400
    assert said[LANGUAGES.index(language)] in words(response)
    assert 'type="file"' in response.content.decode()
    assert not store.sessions


def test_names_of_files_are_told_without_folders_and_without_markup():
    response = send(Client(), b"x", name="../../<b>evil</b>" + "x" * 200 + ".txt")
    assert response.status_code == 400
    assert b"<b>evil" not in response.content
    assert "../" not in words(response)


def test_many_units_are_for_fewer_draws():
    rows = b"uCode,a,b\n" + b"".join(b"u%d,%d,%d\n" % (i, i % 7, i) for i in range(400))
    client = Client()
    address = uploaded(client, rows)
    assert 'value="5000"' not in client.get(f"{address}&draws=200").content.decode()
    assert client.get(f"{address}&draws=5000").status_code == 400


def test_no_own_table_comes_to_the_work_that_is_shared():
    from learningcity.web import jobs

    client = Client()
    address = uploaded(client)
    before = set(jobs.DESK.results) | set(jobs.DESK.jobs)
    assert client.get(f"{address}&draws=5000").status_code == 200
    assert client.get(f"{address}&draws=20000").status_code == 400
    assert set(jobs.DESK.results) | set(jobs.DESK.jobs) == before


# --- the door -------------------------------------------------------------------------------------


def test_forms_are_taken_at_their_address_alone():
    client = Client()
    for path in (
        "/en/index",
        "/en/",
        "/en/index/own/",
        "/en/index/own.csv",
        "/api/v1/cities",
        "/de/index/own",
    ):
        assert client.post(path, {}).status_code == 405, path
    for method in ("put", "delete", "patch", "options"):
        assert getattr(client, method)(FORM.format("en")).status_code == 405
    assert client.head(FORM.format("en")).status_code == 200


def test_a_form_needs_the_token_of_its_page(store):
    client = Client(enforce_csrf_checks=True)
    refused = send(client)
    assert refused.status_code == 403
    assert "Open the form here and send it again" in words(refused)
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(FORM.format("en")).content.decode()
    )[1]
    good = {"csrfmiddlewaretoken": token, "data": SimpleUploadedFile("wards.csv", DATA)}
    assert client.post(FORM.format("en"), good).status_code == 303
    stranger = Client(enforce_csrf_checks=True)
    good["data"] = SimpleUploadedFile("wards.csv", DATA)
    assert stranger.post(FORM.format("en"), good).status_code == 403
    assert len(store.sessions) == 1


def test_the_form_of_a_page_whose_table_is_gone_has_a_token_that_is_taken():
    client = Client(enforce_csrf_checks=True)
    page = client.get("/en/index?reading=own&own=abc&draws=200").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    sent = {"csrfmiddlewaretoken": token, "data": SimpleUploadedFile("wards.csv", DATA)}
    assert client.post(FORM.format("en"), sent).status_code == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_a_form_of_another_site_is_refused(headers, status):
    client = Client(enforce_csrf_checks=True)
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(FORM.format("zh")).content.decode()
    )[1]
    sent = {"csrfmiddlewaretoken": token, "data": SimpleUploadedFile("wards.csv", DATA)}
    response = client.post(FORM.format("zh"), sent, headers=headers)
    assert response.status_code == status
    if status == 403:
        assert "请在本站重新打开表单" in words(response)


def test_a_long_body_is_refused_before_it_is_read(rf):
    class Body(io.BytesIO):
        def read(self, *_):
            raise AssertionError("the body was read")

    from learningcity.web.middleware import only_reading

    never = only_reading(lambda r: pytest.fail("it went through"))
    for length, status in ((str(uploads.MAXIMUM_BODY + 1), 413), ("", 411), ("-5", 411), ("९", 411)):
        request = rf.post("/en/index/own", data=b"", content_type="multipart/form-data; boundary=x")
        request.META |= {"CONTENT_LENGTH": length, "wsgi.input": Body()}
        assert never(request).status_code == status


@pytest.fixture
def rf():
    from django.test import RequestFactory

    return RequestFactory()


def test_a_broken_form_is_told():
    response = Client().post(
        FORM.format("en"), b"--x\r\nnonsense", content_type="multipart/form-data; boundary="
    )
    assert response.status_code == 400


def test_the_cookie_is_for_this_browser_and_this_site_alone(settings_of_https):
    client = Client()
    send(client)
    cookie = client.cookies[uploads.cookie_name()]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert (cookie["max-age"], cookie["expires"], cookie["domain"]) == ("", "", "")
    assert bool(cookie["secure"]) == settings_of_https
    assert uploads.cookie_name().startswith("__Host-") == settings_of_https
    assert len(cookie.value) >= 43


@pytest.fixture(params=[False, True])
def settings_of_https(request):
    from django.test import override_settings

    with override_settings(SESSION_COOKIE_SECURE=request.param):
        yield request.param


# --- nothing on the disk --------------------------------------------------------------------------

#: Uploads to a server of its own through its socket, with a watch on every file that Python opens to write.
_WATCHED = """
import http.client, re, sys, threading
opened, watching = [], []
def watch(event, arguments):
    if event == "open" and watching:
        path, mode, flags = arguments
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (mode is None and flags & 3):
            opened.append(str(path))
    elif event in ("os.mkdir", "os.rename", "os.link", "shutil.copyfile") and watching:
        opened.append(f"{event} {arguments[0]}")
sys.addaudithook(watch)
from learningcity.web import server, warming
# Pictures of the atlas may lie in a folder; those of an own table may not, though the folder is there.
warming.meanwhile = lambda: None
ready = threading.Event()
def start():
    server.serve("127.0.0.1", 0, ready=lambda address: (addresses.append(address), ready.set()))
addresses = []
threading.Thread(target=start, daemon=True).start()
assert ready.wait(120)
host = addresses[0].removeprefix("http://").rstrip("/")
def ask(method, path, body=None, **headers):
    connection = http.client.HTTPConnection(host, timeout=240)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer, answer.read()
def send(rows):
    answer, page = ask("GET", "/en/index/own")
    form = answer.headers["Set-Cookie"].split(";")[0]
    token = re.search(rb'csrfmiddlewaretoken" value="(\\w+)"', page)[1].decode()
    body = ("--x\\r\\nContent-Disposition: form-data; name=\\"csrfmiddlewaretoken\\"\\r\\n\\r\\n" + token +
            "\\r\\n--x\\r\\nContent-Disposition: form-data; name=\\"data\\"; filename=\\"t.csv\\"\\r\\n\\r\\n" + rows + "\\r\\n--x--\\r\\n").encode()
    answer, page = ask("POST", "/en/index/own", body, **{"Content-Type": "multipart/form-data; boundary=x", "Cookie": form})
    assert answer.status == 303, (answer.status, page[:3000])
    return answer.headers["Location"], answer.headers["Set-Cookie"].split(";")[0]
longest = [0]
def visit(rows, suffixes):
    address, cookie = send(rows)
    for suffix in suffixes:
        answer, page = ask("GET", address.replace("index?", f"index{suffix}?"), Cookie=cookie)
        assert answer.status == 200, (suffix, answer.status)
        longest[0] = max(longest[0], len(page))
small = "uCode,a,b\\n" + "".join(f"u{i},{i * i % 7},{i}\\n" for i in range(9))
every = ("", ".csv", ".json", ".xlsx", ".svg", ".png", ".toml", ".zip", ".docx", ".tex")
# Twice: what the first time loads and compiles is written beside the code.
visit(small.replace("u1", "v1"), every)
watching.append(True)
visit(small, every)
# Longer than what the server holds in memory unless it is told to (half a megabyte; answers: one).
long = "uCode," + ",".join(f"c{i}" for i in range(60)) + "\\n" + "".join(
    f"u{i}," + ",".join(f"{(i * 7 + j * j) % 97}.125{'0' * 34}" for j in range(60)) + "\\n" for i in range(300))
assert len(long) > 700_000
visit(long, ("", ".json"))
assert longest[0] > 1_500_000
print("opened", opened)
"""


@pytest.mark.skipif(os.name != "posix", reason="audits paths as POSIX names them")
def test_no_file_is_written_by_server_form_page_or_files(tmp_path):
    environment = {**os.environ, "LEARNINGCITY_HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    (tmp_path / "tmp").mkdir()
    run = subprocess.run(
        [sys.executable, "-c", _WATCHED], env=environment, capture_output=True, text=True, timeout=280
    )
    assert run.returncode == 0, run.stderr[-3000:]
    written = [p for p in re.findall(r"'([^']*)'", run.stdout.split("opened", 1)[1]) if p != "/dev/null"]
    assert written == []
    assert not [p for p in (tmp_path / "home" / "charts").rglob("*") if p.is_file()]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_the_watch_sees_a_temporary_file(tmp_path):
    """The proof above would be worth nothing if the watch were blind."""
    code = _WATCHED.split("from learningcity.web")[0] + (
        "watching.append(True)\nimport tempfile\nwith tempfile.TemporaryFile() as f:\n    f.write(b'x')\nprint(opened)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert len(json.loads(run.stdout.replace("'", '"'))) >= 1


def test_the_server_holds_bodies_and_answers_in_memory():
    told = server._in_memory()
    assert told["inbuf_overflow"] > told["max_request_body_size"] >= uploads.MAXIMUM_BODY
    from django.conf import settings

    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]


def test_behind_https_a_form_comes_from_https():
    code = (
        "import django, re; django.setup()\n"
        "from django.test import Client\n"
        "for origin in ('https://atlas.example', 'https://evil.example'):\n"
        "    client = Client(enforce_csrf_checks=True, headers={'Host': 'atlas.example'})\n"
        "    page = client.get('/en/index/own').content.decode()\n"
        '    token = re.search(r\'csrfmiddlewaretoken" value="(\\w+)"\', page)[1]\n'
        "    sent = {'csrfmiddlewaretoken': token, 'do': 'remove'}\n"
        "    print(client.post('/en/index/own', sent, headers={'Origin': origin}).status_code)\n"
    )
    told = {"DJANGO_SETTINGS_MODULE": "learningcity.web.settings", "LEARNINGCITY_HTTPS": "1", "LEARNINGCITY_HOSTS": "atlas.example"}  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **told}, capture_output=True, text=True
    )
    assert run.stdout.split() == ["303", "403"], run.stderr
