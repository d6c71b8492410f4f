"""The members of the network, filtered and sorted by the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import learningcity as lc
from learningcity.web.pages import broken_query
from learningcity.web.screens.network.page import build
from learningcity.web.screens.network.query import NetworkQuery


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show the members that the address asks for."""
    try:
        told = build(NetworkQuery.read(request.GET), language)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/network")
    return render(request, "network/network.html", told)
