"""Background and characteristics, by their address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

import learningcity as lc
from learningcity.web.asking import Screen
from learningcity.web.screens.background import page, spec
from learningcity.web.screens.background.answer import asked
from learningcity.web.screens.background.query import BackgroundQuery, read

SCREEN: Screen[BackgroundQuery, lc.AtlasBackground] = Screen(
    "background",
    read,
    asked,
    lambda query, found, language, visit: page.build(query, found, language),
    page.question_alone,
    page.given,
    closed=lambda query: query.with_(x="", y=""),
    said=page.said,
    anchor=lambda query: "#pair" if query.x else "",
)
show = SCREEN.show


def recipe(request: HttpRequest, language: str) -> HttpResponse:
    """Give the question as the recipe that the command line reads."""
    return SCREEN.recipe(request, language, spec.FILE, spec.toml)
