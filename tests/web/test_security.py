"""Safe when nothing is set: headers, policies, no link to a doubtful source, a key of one's own; pages in ``test_every_page``."""

import io
import json
import logging
import os
import re
import stat
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from tests.web.conftest import HAN, Page

import learningcity as lc
from learningcity.web import content
from learningcity.web.secret import secret_key

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize("address", ["/", "/en/", "/zh/cities/wuhan", "/healthz", "/en/nowhere", "/en/map.svg", "/en/cities?round=1", "/robots.txt"])  # fmt: skip
def test_every_answer_carries_the_headers(client, address):
    response = client.get(address)
    for name, value in WANTED.items():
        assert response[name] == value, f"{address}: {name}"
    assert "camera=()" in response["Permissions-Policy"]
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "script-src" not in policy, "these pages need no script"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "*" not in response["Content-Security-Policy"]
    assert not response.cookies


def test_pages_with_sliders_may_run_files_of_ours_and_nothing_else(client):
    response = client.get("/en/index")
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    page = Page(response.content.decode())
    (config,) = [found["content"] for found in page.of("meta") if found.get("name") == "htmx-config"]
    told = json.loads(config)
    assert told["allowEval"] is told["allowScriptTags"] is told["includeIndicatorStyles"] is False
    assert told["selfRequestsOnly"] is True
    assert told["historyCacheSize"] == 0, "nothing of a page is put into the store of the browser"
    # What is still fresh keeps its policy: that of the other pages would stop its scripts.
    fresh = client.get("/en/index", headers={"If-None-Match": response["ETag"]})
    assert fresh.status_code == 304
    assert "Content-Security-Policy" not in fresh


def test_of_the_package_that_carries_htmx_one_file_is_served(client):
    page = Page(client.get("/en/index").content.decode())
    scripts = [found["src"] for found in page.of("script")]
    assert len(scripts) == 2
    for source in scripts:
        assert re.fullmatch(r"/static/[\w/.-]+\.[0-9a-f]{12}\.js", source)
        answer = client.get(source)
        assert answer.status_code == 200
        assert "javascript" in answer["Content-Type"]
        assert "immutable" in answer["Cache-Control"]
        body = b"".join(answer.streaming_content)
        assert len(body) > 1000
    for other in ("htmx-4.min.js", "htmx-2.js", "django-htmx.js", "ext/hx-ws-2.min.js"):
        assert client.get(f"/static/django_htmx/{other}").status_code == 404


def test_our_own_script_has_no_eval():
    text = (settings.HERE / "static" / "learningcity" / "sliders.js").read_text("utf-8")
    assert not re.search(r"\beval\s*\(|new Function|innerHTML|outerHTML|insertAdjacent|document\.write", text)
    assert len(text) < 4000


def doubtful():
    return [s for s in content.sources().values() if s.doubtful]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_doubtful_sources_are_printed_as_text_with_the_phrase(get, language):
    checked = 0
    for source in doubtful():
        text = get(f"/{language}/sources/{source.source_id}")
        page = Page(text)
        assert not [link for link in page.links if link.startswith("http")]
        assert any(source.address == t for t, _ in page.texts), source.source_id
        assert {"en": "original not seen, after a repost", "zh": "原文未见，据转载"}[language] in text
        checked += 1
    assert checked == (content.atlas().sources["tier"] == "doubtful").sum() > 0


def test_other_sources_are_linked_without_a_referrer(get):
    page = Page(get("/en/sources/s0001"))
    (out,) = [a for a in page.of("a") if a.get("href", "").startswith("http")]
    assert {"noopener", "noreferrer"} <= set(out["rel"].split())


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://host.org/x", "http://", "https://a b.org/"])  # fmt: skip
def test_only_web_addresses_become_links(address):
    assert content.Source("s1", None, address, "official").link is None


def test_a_doubtful_host_is_never_linked_whatever_the_tier_says():
    for source in doubtful():
        if lc.host_name(source.address) and lc.is_doubtful_host(source.address):
            again = content.Source("s1", None, source.address, "official")
            assert again.doubtful
            assert again.link is None
            assert again.reference("en")["doubtful"]
            break
    else:
        pytest.fail("no doubtful host among the sources")


def test_settings_are_safe_without_an_environment():
    assert settings.DEBUG is False
    assert {d["ENGINE"] for d in settings.DATABASES.values()} <= {"django.db.backends.dummy"}
    assert set(settings.ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]", "testserver"}
    assert len(settings.SECRET_KEY) >= 50


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "a b"])
def test_other_hosts_are_refused(client, host):
    for language in ("en", "zh"):
        response = client.get(f"/{language}/cities?x=1", headers={"host": host})
        assert response.status_code == 400
        assert WANTED["X-Content-Type-Options"] == response["X-Content-Type-Options"]


def test_a_refused_host_is_logged_in_one_line(client):
    (console,) = [h for h in logging.getLogger("django").handlers if type(h) is logging.StreamHandler]
    written = io.StringIO()
    before = console.setStream(written)
    try:
        client.get("/en/cities", headers={"host": "evil.example" + "x" * 5000})
    finally:
        console.setStream(before)
    lines = written.getvalue().splitlines()
    assert len(lines) == 1, lines[:3]
    assert "evil.example" in lines[0]
    assert len(lines[0]) <= 300


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "trace"])
@pytest.mark.parametrize(
    "address", ["/", "/en/", "/zh/cities", "/en/cities/wuhan", "/healthz", "/en/nowhere", "/robots.txt"]
)
def test_nothing_can_be_changed(client, method, address):
    before = content.atlas().facts.copy()
    response = getattr(client, method)(address)
    assert content.atlas().facts.equals(before)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    zh = address.startswith("/zh")
    text = response.content.decode()
    if method != "trace":
        assert ("此页面只供阅读。" if zh else "This page can only be read.") in text
        assert response["Content-Language"] == ("zh-Hans" if zh else "en")
        assert bool(HAN.search(text)) == zh
        Page(text)
    assert response["X-Content-Type-Options"] == "nosniff"


def test_secret_key_is_made_once_and_for_its_owner_alone(tmp_path):
    folder = tmp_path / "home"
    first = secret_key(folder)
    assert secret_key(folder) == first
    assert len(first) >= 50
    assert secret_key(tmp_path / "other") != first
    if os.name == "posix":
        assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600
    assert [p.name for p in folder.iterdir()] == ["secret-key"], "nothing half written stays"


def test_servers_that_start_together_use_one_key(tmp_path):
    keys, start = [], threading.Barrier(8)

    def begin():
        start.wait()
        keys.append(secret_key(tmp_path))

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(lc.SetupError, match="LEARNINGCITY_HOME") as told:
        secret_key(blocked / "home")
    assert "密钥" in told.value.text.zh


@pytest.mark.parametrize("content_of_file", [b"\xff\xfe\x00" * 20, b"short", "密钥".encode() * 20])
def test_a_key_that_is_damaged_or_short_is_told(tmp_path, content_of_file):
    (tmp_path / "secret-key").write_bytes(content_of_file)
    (tmp_path / "secret-key").chmod(0o600)
    with pytest.raises(lc.SetupError, match="Remove") as told:
        secret_key(tmp_path)
    assert "删除" in told.value.text.zh
    assert "short" not in str(told.value).replace("shorter", ""), "the key itself is not printed"


def test_a_short_key_of_the_environment_is_told(monkeypatch):
    monkeypatch.setenv("LEARNINGCITY_SECRET_KEY", "x" * 31)
    with pytest.raises(lc.SetupError, match="LEARNINGCITY_SECRET_KEY"):
        secret_key()
    monkeypatch.setenv("LEARNINGCITY_SECRET_KEY", "x" * 32)
    assert secret_key() == "x" * 32


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o606])
def test_a_key_that_others_can_read_is_closed_to_them_and_said(tmp_path, mode, caplog):
    key = secret_key(tmp_path)
    (tmp_path / "secret-key").chmod(mode)
    with caplog.at_level(logging.WARNING):
        assert secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert "closed to them" in caplog.text
    assert key not in caplog.text


def test_none_is_no_overlay(tmp_path):
    code = "from django.conf import settings as s; print(s.OVERLAY)"
    environment = {**os.environ, "LEARNINGCITY_HOME": str(tmp_path), "LEARNINGCITY_OVERLAY": "none"}
    environment["DJANGO_SETTINGS_MODULE"] = "learningcity.web.settings"
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["None"]


def test_environment_reaches_the_settings(tmp_path):
    code = (
        "from django.conf import settings as s;"
        "print(s.DEBUG, 'city.example' in s.ALLOWED_HOSTS, s.OVERLAY, s.SECURE_HSTS_SECONDS > 0)"
    )
    environment = {
        **os.environ,
        "LEARNINGCITY_HOME": str(tmp_path),
        "LEARNINGCITY_HOSTS": "city.example, other.example",
        "LEARNINGCITY_OVERLAY": "/nowhere",
        "LEARNINGCITY_HTTPS": "1",
    }
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["False", "True", "/nowhere", "True"]


def test_static_files_carry_their_hash_and_stay(client):
    page = Page(client.get("/en/").content.decode())
    sheets = [x["href"] for x in page.of("link") if x.get("rel") in ("stylesheet", "icon")]
    assert len(sheets) == 4
    for sheet in sheets:
        assert re.fullmatch(r"/static/learningcity/\w+\.[0-9a-f]{12}\.(css|svg)", sheet)
        response = client.get(sheet)
        assert response.status_code == 200
        assert "immutable" in response["Cache-Control"]
        assert response["X-Content-Type-Options"] == "nosniff"
        response.close()
    assert client.get("/static/learningcity/nothing.css").status_code == 404
    assert client.get("/static/../settings.py").status_code == 404


def test_style_sheets_fetch_nothing():
    sheets = [one for folder in settings.STATICFILES_DIRS for one in (folder / "learningcity").glob("*.css")]
    assert len(sheets) == 5
    for sheet in sheets:
        text = sheet.read_text(encoding="utf-8")
        assert "@import" not in text
        assert not re.search(r"url\(", text)
