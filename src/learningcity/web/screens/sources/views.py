"""The record of one source: what it is and what rests on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import learningcity as lc
from learningcity.web import content
from learningcity.web.pages import unknown_name
from learningcity.web.screens.sources.page import build


def show(request: HttpRequest, language: str, source_id: str) -> HttpResponse:
    """Show one source."""
    known = content.sources()
    if source_id not in known:
        error = lc.UnknownNameError("source", source_id, known)
        near = [{"href": f"/{language}/sources/{name}", "label": name} for name in error.near]
        return unknown_name(request, error, near)
    return render(request, "sources/source.html", build(source_id, language))
