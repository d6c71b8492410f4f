"""The page that leads to every analysis."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from learningcity.web.screens.analysis.page import build


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show what can be asked and what each answers."""
    return render(request, "analysis/analysis.html", build(language))
