"""The data behind the atlas: how much was read, where it disagrees, what it rests on, what it means."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import learningcity as lc
from learningcity.web.pages import broken_query, unknown_name
from learningcity.web.screens.data import conflicts as disagreements
from learningcity.web.screens.data import coverage as matrix
from learningcity.web.screens.data import dictionary as meanings
from learningcity.web.screens.data import overview as whole
from learningcity.web.screens.data import packages
from learningcity.web.screens.data import query as queries
from learningcity.web.screens.data import sources as pages_read

Row = dict[str, Any]


def _page(request: HttpRequest, language: str, part: str, found: Row) -> HttpResponse:
    template = f"data/{part or 'overview'}.html"
    return render(request, template, {**found, "ways": queries.ways(part, language)})


def overview(request: HttpRequest, language: str) -> HttpResponse:
    """Show what is here in figures, and the kinds of emptiness."""
    return _page(request, language, "", {**whole.build(language), "packages": packages.told(language)})


def coverage(request: HttpRequest, language: str) -> HttpResponse:
    """Show how much was seen of each city and of each indicator."""
    try:
        query = queries.CoverageQuery.read(request.GET)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/data/coverage")
    return _page(request, language, "coverage", matrix.build(query, language))


def conflicts(request: HttpRequest, language: str) -> HttpResponse:
    """Show every place where sources disagree."""
    return _page(request, language, "conflicts", disagreements.build(language))


def sources(request: HttpRequest, language: str) -> HttpResponse:
    """Show the pages that were read, by tier."""
    try:
        query = queries.SourceQuery.read(request.GET)
        found = pages_read.build(query, language)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/data/sources")
    return _page(request, language, "sources", found)


def statistics(request: HttpRequest, language: str) -> HttpResponse:
    """Show the statistical sources with their licences."""
    return _page(request, language, "statistics", pages_read.statistics(language))


def dictionary(request: HttpRequest, language: str) -> HttpResponse:
    """Show what every table and column means."""
    return _page(request, language, "dictionary", meanings.build(language))


def unknown(request: HttpRequest, language: str, part: str) -> HttpResponse:
    """Say that there is no such part, and which there are."""
    error = lc.UnknownNameError("name", part, queries.PARTS)
    labels = {way["part"]: way for way in queries.ways("", language)}
    near = [{"href": labels[p]["href"], "label": labels[p]["label"]} for p in error.near or queries.PARTS]
    return unknown_name(request, error, near)
