"""The practices: a list or a matrix by the address, and a page of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import learningcity as lc
from learningcity.web.pages import broken_query, unknown_name
from learningcity.web.screens.practices import one
from learningcity.web.screens.practices.page import build
from learningcity.web.screens.practices.query import PracticeQuery
from learningcity.web.screens.practices.records import practices


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show the practices that the address asks for."""
    try:
        query = PracticeQuery.read(request.GET)
        told = build(query, language)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/practices")
    return render(request, f"practices/{query.view}.html", told)


def show_one(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Show one practice."""
    if name not in practices():
        of_city = [i for i in practices() if i.rpartition("-")[0] == name.rpartition("-")[0]]
        error = lc.UnknownNameError("practice", name, practices(), near=of_city[:5] or None)
        near = [
            {"href": f"/{language}/practices/{i}", "label": practices()[i].row[f"title_{language}"]}
            for i in of_city or error.near
        ]
        return unknown_name(request, error, near)
    return render(request, "practices/one.html", one.build(name, language))
