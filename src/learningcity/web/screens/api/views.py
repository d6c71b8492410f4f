"""The documentation of the interface, written from its own description."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from learningcity.web.screens.api.page import build


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show every resource with its parameters, columns and examples."""
    return render(request, "api/api.html", build(f"{request.scheme}://{request.get_host()}", language))
