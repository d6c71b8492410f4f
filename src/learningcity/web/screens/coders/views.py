"""Agreement of the coders, by its address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import learningcity as lc
from learningcity.web import exports
from learningcity.web.pages import broken_query
from learningcity.web.screens.coders import spec
from learningcity.web.screens.coders.page import build
from learningcity.web.screens.coders.query import read


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show every variable, and the one that the address opens."""
    try:
        query, plain = read(request.GET)
        if not plain:
            return HttpResponseRedirect(query.address(language, "#detail" if query.variable else ""))
        return render(request, "coders/coders.html", build(query, language))
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/coders")


def recipe(request: HttpRequest, language: str) -> HttpResponse:
    """Give the question as the recipe that the command line reads."""
    try:
        query, _ = read(request.GET)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/coders")
    return exports.file_answer(spec.toml(query), spec.FILE, "application/toml; charset=utf-8")
