"""Background and characteristics, by their address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import learningcity as lc
from learningcity.web import exports
from learningcity.web.pages import broken_query
from learningcity.web.screens.background import spec
from learningcity.web.screens.background.answer import answer
from learningcity.web.screens.background.page import build, refused
from learningcity.web.screens.background.query import read


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show all pairs, and the one that the address opens; that nothing was found is an answer."""
    try:
        query, plain = read(request.GET)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/background")
    if not plain:
        return HttpResponseRedirect(query.address(language, "#pair" if query.x else ""))
    try:
        answer(query)
    except lc.InputError as error:
        # The address is in order: these cities do not tell.
        return render(request, "background/refused.html", refused(query, language, error.text))
    try:
        return render(request, "background/background.html", build(query, language))
    except lc.InputError as error:
        return broken_query(request, error, query.with_(x="", y="").address(language))


def recipe(request: HttpRequest, language: str) -> HttpResponse:
    """Give the question as the recipe that the command line reads."""
    try:
        query, _ = read(request.GET)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/background")
    return exports.file_answer(spec.toml(query), spec.FILE, "application/toml; charset=utf-8")
