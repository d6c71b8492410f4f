"""How China frames its learning cities, and which of them the atlas holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from learningcity.web.screens.china.page import build


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show the national framework by topic, and the Chinese cities."""
    return render(request, "china/china.html", build(language))
