"""Search over everything that the atlas holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from learningcity.web.screens.search.page import build


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show what was found for ``q``."""
    text = request.GET.get("q", "").strip()[:200]
    return render(request, "search/search.html", build(text, language))
