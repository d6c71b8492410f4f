"""The standard: the Key Features of Learning Cities."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from learningcity.web.screens.standard.page import build


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show pillars, areas, features and measurements."""
    return render(request, "standard/standard.html", build(language))
