"""Necessary levels, by their address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from learningcity.web.asking import Screen
from learningcity.web.screens.necessary import page, spec
from learningcity.web.screens.necessary.answer import Answer, answer, asked
from learningcity.web.screens.necessary.query import Question, read

SCREEN: Screen[Question, Answer] = Screen(
    "necessary",
    read,
    asked,
    lambda _, found, language, visit: page.build(found, language),
    page.question_alone,
    page.given,
    closed=lambda question: question,
)
show = SCREEN.show


def recipe(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Give the question as a recipe that the command line reads; levels are those of a theme, which is named in it."""

    def written(question: Question) -> bytes:
        named = question if name in spec.files(question) else answer(question).question
        return spec.toml(named, name)

    return SCREEN.recipe(request, language, name, written)
