"""A page that was rendered once is given again, byte for byte, and nothing of one visitor reaches another."""

import pandas as pd
from django.http import HttpResponse
from django.test import Client, RequestFactory

import learningcity as lc
from learningcity.web import content, kept, warming
from learningcity.web.kept import KeptPages


def counting(content=lambda n: f"page {n}", **headers):
    calls = []

    def answer(request):
        calls.append(request.get_full_path())
        return HttpResponse(content(len(calls)), headers=headers)

    return calls, KeptPages(answer)


def ask(pages, path, method="get", **headers):
    request = getattr(RequestFactory(), method)(path, headers=headers)
    return pages(request)


def test_the_second_visitor_gets_the_same_page_without_rendering():
    calls, pages = counting(ETag='"a"')
    first, second = ask(pages, "/en/cities?sort=name"), ask(pages, "/en/cities?sort=name")
    assert first.content == second.content == b"page 1"
    assert calls == ["/en/cities?sort=name"]
    assert second.headers["ETag"] == '"a"'


def test_language_query_encoding_and_host_are_told_apart():
    calls, pages = counting()
    ask(pages, "/en/a")
    ask(pages, "/zh/a")
    ask(pages, "/en/a?x=1")
    ask(pages, "/en/a", **{"Accept-Encoding": "gzip"})
    pages(RequestFactory().get("/en/a", headers={"Host": "localhost"}))
    assert len(calls) == 5


def test_who_refuses_gzip_is_given_the_plain_page():
    client = Client()
    for refused in ("gzip;q=0", "br, gzip; q=0.0", "identity"):
        response = client.get("/en/standard", headers={"Accept-Encoding": refused})
        assert not response.has_header("Content-Encoding"), refused
        assert "Accept-Encoding" in response.headers["Vary"]
    taken = client.get("/en/standard", headers={"Accept-Encoding": "br;q=1, gzip;q=0.3"})
    assert taken.headers["Content-Encoding"] == "gzip"


def test_what_must_not_be_kept_is_rendered_each_time():
    calls, pages = counting()
    for _ in range(2):
        ask(pages, "/en/a", "post")
        ask(pages, "/healthz")
        ask(pages, "/en/a", Cookie="who=me")
        ask(pages, "/en/" + "a" * 500)
    assert len(calls) == 8


def test_errors_are_not_kept():
    calls = []
    pages = KeptPages(lambda r: calls.append(1) or HttpResponse(status=404))
    ask(pages, "/en/a")
    ask(pages, "/en/a")
    assert len(calls) == 2


def test_the_store_is_bounded(monkeypatch):
    monkeypatch.setattr(kept, "MAXIMUM_BYTES", 100)
    calls, pages = counting(lambda n: "x" * 40)
    for path in ("/en/a", "/en/b", "/en/c"):
        ask(pages, path)
    assert pages.size <= 100
    assert len(pages.pages) == 2
    ask(pages, "/en/c")
    assert len(calls) == 3
    ask(pages, "/en/a")
    assert len(calls) == 4


def test_a_kept_page_still_answers_not_modified():
    client = Client()
    first = client.get("/en/standard")
    again = client.get("/en/standard", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert client.get("/en/standard").content == first.content
    assert client.get("/en/standard").headers["Content-Security-Policy"]


def test_the_evidence_of_a_page_is_that_of_the_library():
    """Pages take all evidence from one walk over the codes; the library opens one condition at a time."""
    atlas = content.atlas()
    counted = ["practice_id", "title_en", "title_zh", "strength", "counted", "why_not_en", "why_not_zh"]
    for city_id in list(content.cities())[::4]:
        for coder in content.coders():
            for condition in (*content.MECHANISMS, *content.THEMES):
                told = atlas.condition_evidence(city_id, condition, coder=coder)
                seen = content.evidence(city_id, condition, coder)
                assert seen.score == (None if told.score != told.score else told.score)
                assert seen.seen_not_counted == told.seen_not_counted
                assert [{n: r[n] for n in counted} for r in seen.practices] == [
                    {n: r[n] for n in counted} for r in content.rows(told.practices)
                ]


def test_rows_hold_plain_values_and_none_for_empty():
    frame = pd.DataFrame(
        {"a": pd.array([1, None], dtype="Int64"), "b": [0.5, float("nan")], "c": ["x", None], "d": [3, 4]}
    )
    found = content.rows(frame)
    assert found == [{"a": 1, "b": 0.5, "c": "x", "d": 3}, {"a": None, "b": None, "c": None, "d": 4}]
    assert [type(v) for v in found[0].values()] == [int, float, str, int]
    assert content.rows(frame.head(0)) == []


def test_a_first_visit_asks_the_library_for_no_single_condition(monkeypatch):
    warming.warm_up()
    asked = []
    monkeypatch.setattr(lc.Atlas, "condition_evidence", lambda *given, **named: asked.append(given))
    for address in ("/en/cities?q=o", "/zh/cities?q=o", "/en/cities/limerick?x=1", "/zh/cities/limerick?x=1"):
        assert Client().get(address).status_code == 200
    assert not asked


def test_the_analyses_are_answered_before_the_first_visitor(monkeypatch):
    warming.analyses()

    def late(*_, **__):
        raise AssertionError("computed while a visitor waits")

    monkeypatch.setattr(lc, "uncertainty", late)
    monkeypatch.setattr(lc, "minimise", late)
    monkeypatch.setattr(lc, "truth_table", late)
    monkeypatch.setattr(lc, "atlas_ceilings", late)
    monkeypatch.setattr(lc, "atlas_styles", late)
    monkeypatch.setattr(lc, "atlas_background", late)
    monkeypatch.setattr(lc, "atlas_agreement", late)
    kept.forget()
    for address in (
        "/en/index",
        "/zh/index",
        "/en/paths",
        "/zh/paths",
        "/en/styles",
        "/zh/styles",
        "/en/necessary",
        "/zh/necessary",
        "/en/background",
        "/zh/background",
        "/en/coders",
        "/zh/coders",
    ):
        assert Client().get(address).status_code == 200
