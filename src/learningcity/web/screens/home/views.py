"""The first page and its map."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import learningcity as lc
from learningcity.web import maps
from learningcity.web.pages import broken_query, not_found
from learningcity.web.screens.home.page import build

_NO_MAPS = lc.Text("This site shows its maps as tables.", "本站以表格代替地图。")


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show what this is and what is here."""
    try:
        shown = maps.shown(request.GET, f"/{language}/")
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/")
    return render(request, "home/home.html", {**build(language), **shown})


def picture(request: HttpRequest, language: str) -> HttpResponse:
    """Give the map as a file; ``by`` = round or size, ``city`` = the surroundings of one city."""
    try:
        by, city = request.GET.get("by", "round"), request.GET.get("city") or None
        drawn = maps.chart(language, by=by, city=city)
    except lc.UnknownNameError as error:
        return broken_query(request, error, f"/{language}/map.svg")
    if settings.MAPS == "table" or not drawn.svg:
        message = drawn.alt if not drawn.svg else _NO_MAPS.in_(language)
        return not_found(request, message=message, near=[])
    return HttpResponse(drawn.file(), content_type="image/svg+xml; charset=utf-8")
