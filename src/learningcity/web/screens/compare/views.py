"""Cities side by side, by their address."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import learningcity as lc
from learningcity.web.pages import broken_query
from learningcity.web.screens.compare.page import build, start
from learningcity.web.screens.compare.query import read


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Lay the cities of the address side by side, or say how to choose some."""
    try:
        comparison, plain = read(request.GET)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/compare")
    if comparison.problem:
        return render(request, "compare/start.html", start(comparison, language), status=400)
    if not plain:
        return HttpResponseRedirect(comparison.address(language))
    if len(comparison.cities) < 2:
        return render(request, "compare/start.html", start(comparison, language))
    return render(request, "compare/compare.html", build(comparison, language))
