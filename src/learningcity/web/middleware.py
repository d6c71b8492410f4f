"""What every request passes: the language of its address, security headers, static files."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from whitenoise.middleware import WhiteNoiseMiddleware

from learningcity.web import uploads
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
    """Tell the browser to load nothing from elsewhere and to run no script but ours, on pages that say so."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # What is still fresh keeps the policy that it came with, which may be that of a page with scripts.
        if response.status_code != 304:
            response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response

    return answer


def only_reading(get_response: Answer) -> Answer:
    """Answer HEAD with the head of the GET and no body, and refuse every method that is not for reading.

    A body after HEAD would be read as the next answer by whoever keeps the connection. Own tables alone are
    sent here (``uploads.TAKES``), from our own pages, and none but a short body.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and uploads.TAKES.match(request.path_info):
            return uploads.refusal(request) or get_response(request)
        if request.method not in ("GET", "HEAD"):
            from learningcity.web.pages import not_allowed

            return not_allowed(request)
        if request.method == "GET":
            return get_response(request)
        request.method = "GET"
        response = get_response(request)
        request.method = "HEAD"
        if response.streaming:
            response.close()
            return HttpResponse(status=response.status_code, headers=dict(response.headers))
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
        return response

    return answer


def takes_gzip(header: str) -> bool:
    """Say whether an Accept-Encoding takes gzip: named, and not with the weight 0.

    Examples
    --------
    >>> [takes_gzip(h) for h in ("gzip, br", "br, gzip;q=0.5", "gzip;q=0", "gzip; Q=0.000", "br", "")]
    [True, True, False, False, False, False]
    """
    for part in header.lower().split(","):
        name, *parameters = (one.strip() for one in part.split(";"))
        if name == "gzip":
            given = [one.partition("=")[2] for one in parameters if one.partition("=")[0].strip() == "q"]
            try:
                return not given or float(given[0]) > 0
            except ValueError:
                return False
    return False


#: What is packed already: to pack it again costs time and gains nothing.
PACKED = ("application/zip", "application/vnd.openxmlformats-", "image/png")


class AskedGZip(GZipMiddleware):
    """Compresses for those alone who take gzip; Django's own would compress for ``gzip;q=0`` too."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Compress an answer, or leave it as it is."""
        if response.headers.get("Content-Type", "").startswith(PACKED):
            return response
        if takes_gzip(request.headers.get("Accept-Encoding", "")):
            return super().process_response(request, response)
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


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
