"""What every request passes: the language of its address, security headers, static files."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from whitenoise.middleware import WhiteNoiseMiddleware

from learningcity.web.assets import hashed_name

Answer = Callable[[HttpRequest], HttpResponse]
_PREFIX = re.compile(r"/(en|zh)(?:/|\Z)")


def wanted_language(request: HttpRequest) -> str:
    """Give the language of the address, else the first one of Accept-Language that we have, else English."""
    found = _PREFIX.match(request.path_info)
    if found:
        return found[1]
    for tag, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag.split("-")[0] in ("en", "zh"):
            return tag.split("-")[0]
    return "en"


def language_of_address(get_response: Answer) -> Answer:
    """Speak the language of the address, for the time of one request."""

    def answer(request: HttpRequest) -> HttpResponse:
        language = wanted_language(request)
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", "zh-Hans" if language == "zh" else "en")
        if not _PREFIX.match(request.path_info):
            patch_vary_headers(response, ["Accept-Language"])
        return response

    return answer


def security_headers(get_response: Answer) -> Answer:
    """Tell the browser to load nothing from elsewhere and to run no script."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response

    return answer


class HashedFiles(WhiteNoiseMiddleware):
    """Serves each static file under its hashed name too, for ever; whitenoise does the rest."""

    def add_files_from_finders(self) -> None:
        """List the static files, plain and hashed."""
        super().add_files_from_finders()
        for finder in finders.get_finders():
            for name, storage in finder.list(None):
                url = f"{self.static_prefix}{hashed_name(name)}"
                self.add_file_to_dictionary(url, storage.path(name))

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Say whether the address carries the hash of the content."""
        return bool(re.search(r"\.[0-9a-f]{12}\.\w+\Z", url))
