"""Where the idea of the learning city comes from, and what research says."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import learningcity as lc
from learningcity.web.pages import broken_query
from learningcity.web.screens.ideas.page import build
from learningcity.web.screens.ideas.query import IdeasQuery


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show the time line of concepts and the literature that the address asks for."""
    try:
        told = build(IdeasQuery.read(request.GET), language)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/ideas")
    return render(request, "ideas/ideas.html", told)
