"""Paths to an outcome, by their address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import learningcity as lc
from learningcity.web import exports
from learningcity.web.pages import broken_query
from learningcity.web.screens.paths import spec
from learningcity.web.screens.paths.answer import answer, configurations
from learningcity.web.screens.paths.page import build, refused
from learningcity.web.screens.paths.query import read
from learningcity.web.waiting import Visit

#: Endings of the configuration table as journals print it, and what the library calls them.
PRINTED = {"docx": "docx", "html": "html", "tex": "latex", "txt": "text"}


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Answer the question of the address; that nothing was found is an answer."""
    visit = Visit(request)
    try:
        question, plain = read(visit.query)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/paths")
    if question.refusal:
        return render(
            request, "paths/refused.html", refused(question, language, question.refusal), status=400
        )
    if not plain:
        return HttpResponseRedirect(question.address(language))
    try:
        found = answer(question.with_(model=1))
    except lc.InputError as error:
        # The address is in order: these cities do not tell.
        return render(request, "paths/refused.html", refused(question, language, error.text))
    try:
        found = answer(question)
    except lc.InputError as error:
        return broken_query(request, error, question.with_(model=1).address(language))
    return visit.finished(render(request, "paths/paths.html", build(found, language, visit)))


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
    try:
        question, _ = read(request.GET)
        body = spec.toml(answer(question).question)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/paths")
    return exports.file_answer(body, spec.FILE, "application/toml; charset=utf-8")
