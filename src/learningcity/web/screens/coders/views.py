"""Agreement of the coders, by its address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

import learningcity as lc
from learningcity.web.asking import Screen
from learningcity.web.screens.coders import page, spec
from learningcity.web.screens.coders.answer import asked
from learningcity.web.screens.coders.query import CodersQuery, read

SCREEN: Screen[CodersQuery, lc.AtlasAgreement] = Screen(
    "coders",
    read,
    asked,
    lambda query, found, language, visit: page.build(query, found, language),
    # The form opens a variable of the answer: without one there is none.
    lambda query, language: {"query": query},
    page.given,
    closed=lambda query: query.with_(variable=""),
    anchor=lambda query: "#detail" if query.variable else "",
)
show = SCREEN.show


def recipe(request: HttpRequest, language: str) -> HttpResponse:
    """Give the question as the recipe that the command line reads."""
    return SCREEN.recipe(request, language, spec.FILE, spec.toml)
