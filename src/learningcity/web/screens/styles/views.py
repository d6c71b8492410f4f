"""Styles of learning cities, by their address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from learningcity.web.asking import Screen
from learningcity.web.screens.styles import page, spec
from learningcity.web.screens.styles.answer import Answer, asked
from learningcity.web.screens.styles.query import Question, read

SCREEN: Screen[Question, Answer] = Screen(
    "styles",
    read,
    asked,
    lambda _, found, language, visit: page.build(found, language, visit),
    page.question_alone,
    page.given,
    closed=lambda question: question,
    said=page.said,
)
show = SCREEN.show


def recipe(request: HttpRequest, language: str) -> HttpResponse:
    """Give the question as the recipe that the command line reads."""
    return SCREEN.recipe(request, language, spec.FILE, spec.toml)
