"""Necessary levels, by their address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import learningcity as lc
from learningcity.web import exports
from learningcity.web.pages import broken_query
from learningcity.web.screens.necessary import spec
from learningcity.web.screens.necessary.answer import answer
from learningcity.web.screens.necessary.page import build, refused
from learningcity.web.screens.necessary.query import read


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Answer the question of the address; that nothing was found is an answer."""
    try:
        question, plain = read(request.GET)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/necessary")
    if not plain:
        return HttpResponseRedirect(question.address(language))
    try:
        found = answer(question)
    except lc.InputError as error:
        # The address is in order: these cities do not tell.
        return render(request, "necessary/refused.html", refused(question, language, error.text))
    return render(request, "necessary/necessary.html", build(found, language))


def recipe(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Give the question as a recipe that the command line reads."""
    try:
        body = spec.toml(answer(read(request.GET)[0]).question, name)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/necessary")
    return exports.file_answer(body, name, "application/toml; charset=utf-8")
