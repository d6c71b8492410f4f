"""Pages beside the screens: the door, health, and what is said when something is wrong."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

import learningcity as lc
from learningcity.web import uploads, waiting
from learningcity.web.middleware import wanted_language

#: Seconds after which a program may ask again for what is not there yet.
AGAIN = 10


def to_language(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the home page in the language of the browser."""
    return HttpResponseRedirect(f"/{wanted_language(request)}/")


@never_cache
def healthy(request: HttpRequest) -> HttpResponse:
    """Say that the server answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines read everything but what is endless: search results, and files of every choice.

    A picture of a choice that nobody made before takes a second of one core.
    """
    closed = [
        "/en/search",
        "/zh/search",
        *(f"/*.{one}?" for one in ("csv", "json", "xlsx", "svg", "png", "docx", "tex")),
    ]
    lines = ["User-agent: *", *(f"Disallow: {one}" for one in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def with_slash(request: HttpRequest, language: str) -> HttpResponse:
    """Send /en to /en/."""
    return HttpResponseRedirect(f"/{language}/")


def without_slash(request: HttpRequest, rest: str) -> HttpResponse:
    """Send /en/cities/ to /en/cities where that page exists; an empty part of a path names none."""
    if "" in rest.split("/"):
        return not_found(request)
    try:
        resolve(f"/{rest}")
    except Resolver404:
        return not_found(request)
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"/{rest}{'?' + query if query else ''}")


def not_found(request: HttpRequest, exception: Exception | None = None, **more: Any) -> HttpResponse:
    """Say that there is no such page and what is there."""
    return render(request, "404.html", {"message": None, "near": [], **more}, status=404)


def unknown_name(
    request: HttpRequest, error: lc.UnknownNameError, near: list[dict[str, str]]
) -> HttpResponse:
    """Say that a name is not known, with the nearest that are."""
    return not_found(request, message=error.in_(wanted_language(request)), near=near)


def broken_query(request: HttpRequest, error: lc.InputError, remedy: str) -> HttpResponse:
    """Say what in the address cannot be read and where to go on; or that what it asks for is not there yet."""
    language = wanted_language(request)
    if isinstance(error, waiting.LaterError):
        return _later(request, error, language)
    return render(request, "400.html", {"message": error.in_(language), "remedy": remedy}, status=400)


def _later(request: HttpRequest, error: lc.InputError, language: str) -> HttpResponse:
    shown = {
        "title": lc.Text("Not there yet", "结果尚未就绪").in_(language),
        "message": error.in_(language),
        "again": request.get_full_path(),
        "ask": lc.Text("Ask again", "再次获取").in_(language),
    }
    response = render(request, "later.html", shown, status=503)
    response.headers["Retry-After"] = str(AGAIN)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request cannot be answered; used for host names that are not allowed, too."""
    text = render_to_string("plain.html", {**_plain(request), "title": _("This request cannot be answered.")})
    return HttpResponse(text, status=400)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """Say that pages can be read and nothing else."""
    language = wanted_language(request)
    title = lc.Text("This page can only be read.", "此页面只供阅读。").in_(language)
    with translation.override(language):
        text = render_to_string("plain.html", {**_plain(request), "title": title})
    return HttpResponse(text, status=405, headers={"Allow": "GET, HEAD", "Content-Language": _tag(language)})


def refused(request: HttpRequest, status: int, why: lc.Text) -> HttpResponse:
    """Say in one sentence why something that was sent is not taken."""
    language = wanted_language(request)
    with translation.override(language):
        text = render_to_string("plain.html", {**_plain(request), "title": why.in_(language)})
    return HttpResponse(text, status=status, headers={"Content-Language": _tag(language)})


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was not sent from a page of ours."""
    return refused(request, 403, uploads.FROM_ELSEWHERE)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, with as little machinery as possible."""
    if request.path_info.startswith("/api/"):
        from learningcity.web.api import problems

        sorry = lc.Text("Please tell the maintainers of it.", "请将此问题告知维护者。")
        return problems.response(request, problems.ProblemError("our-fault", sorry))
    text = render_to_string(
        "plain.html", {**_plain(request), "title": _("Something went wrong on this server.")}
    )
    return HttpResponse(text, status=500)


def _plain(request: HttpRequest) -> dict[str, str]:
    language = wanted_language(request)
    return {
        "language": language,
        "html_lang": _tag(language),
        "home": f"/{language}/",
    }


def _tag(language: str) -> str:
    return "zh-Hans" if language == "zh" else "en"
