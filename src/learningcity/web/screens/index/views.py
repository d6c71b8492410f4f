"""The index by its address, and its recipe as files."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import learningcity as lc
from learningcity.web import exports
from learningcity.web.pages import broken_query
from learningcity.web.screens.index import files, own_views
from learningcity.web.screens.index.own import GoneError
from learningcity.web.screens.index.page import build
from learningcity.web.screens.index.query import IndexQuery, read
from learningcity.web.waiting import Visit, scripted


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show an index of the atlas as the address asks for it."""
    visit = Visit(request)
    try:
        query, plain = read(visit.query)
        if not plain:
            return HttpResponseRedirect(query.address(language))
        shown = build(query, language, visit)
    except GoneError as error:
        return own_views.gone(request, language, error)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/index")
    page = render(request, "index/index.html", shown, status=400 if shown["problem"] else 200)
    return visit.finished(scripted(page))


def recipe(request: HttpRequest, language: str) -> HttpResponse:
    """Give the recipe alone as TOML."""
    return _file(request, language, lambda q: files.written(q)[files.RECIPE], "toml", "application/toml")


def package(request: HttpRequest, language: str) -> HttpResponse:
    """Give values, recipe, choices and the lines that use them as one ZIP."""
    return _file(request, language, files.packed, "zip", "application/zip")


def _file(
    request: HttpRequest, language: str, make: Callable[[IndexQuery], bytes], suffix: str, kind: str
) -> HttpResponse:
    try:
        query, _ = read(request.GET)
        body = make(query)
    except GoneError as error:
        return own_views.gone(request, language, error)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/index")
    return exports.file_answer(body, exports.file_name(f"/{language}/index", "", suffix), kind)
