"""The award: rounds, who was awarded, what was judged, by which rules."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from learningcity.web.screens.award.page import build


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show the award and its rounds."""
    return render(request, "award/award.html", build(language))
