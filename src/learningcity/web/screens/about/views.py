"""About: method, limits, what may not be claimed, licences, citation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from learningcity.web.screens.about.page import build


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show how the atlas was made and what it cannot say."""
    return render(request, "about/about.html", build(language))
