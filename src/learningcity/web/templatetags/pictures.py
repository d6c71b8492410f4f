"""Addresses of the files of a picture: the page's own, with its choices kept."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django import template
from django.http import HttpRequest

register = template.Library()

#: Choices that say which part of a page is shown, or who waits; they change no picture.
_NOT_A_CHOICE = ("page", "at", "table", "chart", "view", "job")


@register.simple_tag(takes_context=True)
def picture_file(context: template.Context, name: str, suffix: str) -> str:
    """Give the address of a picture (svg, png) or of its figures (csv)."""
    request: HttpRequest = context.request
    asked = [(k, v) for k, v in request.GET.items() if k not in _NOT_A_CHOICE]
    asked.append(("table" if suffix == "csv" else "chart", name))
    return f"{quote(request.path_info)}.{suffix}?{urlencode(asked)}"
