"""The list of cities, filtered and sorted by its address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import learningcity as lc
from learningcity.web.pages import broken_query
from learningcity.web.screens.cities.page import build
from learningcity.web.screens.cities.query import CityQuery


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show the cities that the address asks for."""
    try:
        query = CityQuery.read(request.GET)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/cities")
    return render(request, "cities/cities.html", build(query, language))
