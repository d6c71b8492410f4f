"""The agreement of the passes stands among the analyses; its old addresses lead there."""

from django.http import HttpRequest, HttpResponsePermanentRedirect


def agreement(request: HttpRequest, language: str, suffix: str = "") -> HttpResponsePermanentRedirect:
    """Send on to the page of the coders, or to its file."""
    ending = f".{suffix}" if suffix else ""
    asked = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"/{language}/coders{ending}{'?' + asked if asked else ''}")
