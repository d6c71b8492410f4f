"""One city: names, figures, practices, codes, context, portrait, eligibility."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import learningcity as lc
from learningcity.web import content, maps
from learningcity.web.pages import broken_query, unknown_name
from learningcity.web.screens.city.page import build


def show(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Show one city; any of its names leads to its one address."""
    try:
        city_id = content.atlas().require_city(name)
    except lc.UnknownNameError as error:
        return unknown_name(request, error, _near(error, language))
    if city_id not in content.cities():
        return unknown_name(request, lc.UnknownNameError("city", name, content.cities()), [])
    if city_id != name:
        return HttpResponseRedirect(f"/{language}/cities/{quote(city_id)}")
    here = f"/{language}/cities/{quote(city_id)}"
    try:
        shown = maps.shown(request.GET, here)
    except lc.InputError as error:
        return broken_query(request, error, here)
    return render(request, "city/city.html", {**build(city_id, language), **shown})


def _near(error: lc.UnknownNameError, language: str) -> list[dict[str, str]]:
    found = {}
    for name in error.near:
        try:
            city = content.cities().get(content.atlas().require_city(name))
        except lc.UnknownNameError:
            continue
        if city is not None:
            found[city.city_id] = {"href": f"/{language}/cities/{city.city_id}", "label": city.name(language)}
    return list(found.values())
