"""The crosswalk: areas of the Key Features, award criteria by round, other frameworks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import learningcity as lc
from learningcity.web.pages import broken_query
from learningcity.web.screens.crosswalk.page import build
from learningcity.web.screens.crosswalk.query import CrosswalkQuery


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show the matrix, and the items that the address asks for."""
    try:
        query = CrosswalkQuery.read(request.GET)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/crosswalk")
    return render(request, "crosswalk/crosswalk.html", build(query, language))
