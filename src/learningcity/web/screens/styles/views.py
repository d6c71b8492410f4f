"""Styles of learning cities, by their address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import learningcity as lc
from learningcity.web import exports
from learningcity.web.pages import broken_query
from learningcity.web.screens.styles import spec
from learningcity.web.screens.styles.answer import answer
from learningcity.web.screens.styles.page import build, refused
from learningcity.web.screens.styles.query import read


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Answer the question of the address; that there are no styles is an answer."""
    try:
        question, plain = read(request.GET)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/styles")
    if question.refusal:
        return render(
            request, "styles/refused.html", refused(question, language, question.refusal), status=400
        )
    if not plain:
        return HttpResponseRedirect(question.address(language))
    try:
        found = answer(question)
    except lc.InputError as error:
        # The address is in order: these cities do not tell.
        return render(request, "styles/refused.html", refused(question, language, error.text))
    return render(request, "styles/styles.html", build(found, language))


def recipe(request: HttpRequest, language: str) -> HttpResponse:
    """Give the question as the recipe that the command line reads."""
    try:
        question, _ = read(request.GET)
        answer(question)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/styles")
    return exports.file_answer(spec.toml(question), spec.FILE, "application/toml; charset=utf-8")
