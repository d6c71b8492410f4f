"""Lessons by their address: a form, or the answer."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import learningcity as lc
from learningcity.web import exports
from learningcity.web.pages import broken_query
from learningcity.web.screens.lessons import page
from learningcity.web.screens.lessons.answer import answer
from learningcity.web.screens.lessons.query import read


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show the forms, or the lessons of the address; a wrong number gives the form back with what is wrong."""
    try:
        asked, plain = read(request.GET)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/lessons")
    if not plain:
        return HttpResponseRedirect(asked.address(language))
    if asked.empty:
        return render(request, "lessons/lessons.html", page.form(asked, language))
    try:
        told = page.build(asked, language)
    except lc.InputError as error:
        told = page.form(asked, language, error.in_(language))
        return render(request, "lessons/lessons.html", told, status=400)
    return render(request, "lessons/lessons.html", told)


def whole(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Give the lessons as one file that needs no other."""
    try:
        asked, _ = read(request.GET)
        if asked.empty:
            return HttpResponseRedirect(f"/{language}/lessons")
        document = answer(asked, language).document
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/lessons")
    titled = replace(document, title=document.sections[0].title)
    try:
        file, kind, body = lc.render(titled, name)
    except lc.SetupError as error:
        # This machine cannot write the format; the page and the other formats are there.
        return broken_query(request, lc.InputError(error.text), f"/{language}/lessons")
    return exports.file_answer(body, file, kind)
