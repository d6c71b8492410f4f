"""Paths to an outcome, by their address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

import learningcity as lc
from learningcity.web import exports
from learningcity.web.asking import Screen
from learningcity.web.pages import broken_query
from learningcity.web.screens.paths import page, spec
from learningcity.web.screens.paths.answer import Answer, answer, configurations
from learningcity.web.screens.paths.query import Question, read

#: Endings of the configuration table as journals print it, and what the library calls them.
PRINTED = {"docx": "docx", "html": "html", "tex": "latex", "txt": "text"}


SCREEN: Screen[Question, Answer] = Screen(
    "paths",
    read,
    # Whether these cities tell, whatever model is asked for; it takes a moment.
    lambda question, _: answer(question.with_(model=1)),
    lambda question, _, language, visit: page.build(answer(question), language, visit),
    page.question_alone,
    # Where there is no answer it is told at once, and no line would give more.
    lambda question, language: {},
    closed=lambda question: question.with_(model=1),
    said=page.said,
)
show = SCREEN.show


def printed(request: HttpRequest, language: str, ending: str) -> HttpResponse:
    """Give the configuration table as a file; with ``?table=`` another table, or all."""
    if "table" in request.GET and ending in exports.PRINTED:
        return exports.answer(request, language, "paths", ending, {})
    try:
        question, _ = read(request.GET)
        table = configurations(answer(question))
        _, kind, body = lc.render_configurations(table, PRINTED[ending], language, cases=True)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/paths")
    return exports.file_answer(body, exports.file_name(f"/{language}/paths", "configurations", ending), kind)


def study(request: HttpRequest, language: str) -> HttpResponse:
    """Give the question as the study file that the command line reads."""
    return SCREEN.recipe(request, language, spec.FILE, lambda asked: spec.toml(answer(asked).question))
