"""The first page and its map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import learningcity as lc
from learningcity.web import content
from learningcity.web.pages import broken_query
from learningcity.web.screens.home.page import build


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show what this is and what is here."""
    return render(request, "home/home.html", build(language))


def picture(request: HttpRequest, language: str) -> HttpResponse:
    """Give the map as a file; ``by`` = round or size, ``city`` = the surroundings of one city."""
    try:
        drawn = lc.chart(
            content.atlas(),
            "map",
            language,
            by=request.GET.get("by", "round"),
            city=request.GET.get("city") or None,
        )
    except lc.UnknownNameError as error:
        return broken_query(request, error, f"/{language}/map.svg")
    return HttpResponse(drawn.svg, content_type="image/svg+xml; charset=utf-8")
