"""The door of the interface: methods, who may read from elsewhere, and answers that were given before."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

import learningcity as lc
from learningcity.web import content, kept
from learningcity.web.api import problems
from learningcity.web.api.wanted import accepted
from learningcity.web.middleware import takes_gzip

Answer = Callable[[HttpRequest], HttpResponse]
PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"
#: What a program on another site may send and see.
_TAKEN = "Accept, Accept-Language, If-None-Match"
#: Answers in the store at most: small ones would fill it with their heads.
MOST_ANSWERS = 4000
_SHOWN = "ETag, Link, X-Total-Count, X-Data-Version, Content-Language"


def door(get_response: Answer) -> Answer:
    """Answer OPTIONS, refuse every method that changes something, and let programs on other sites read.

    The shipped data are public, so any site may read them, without cookies. A user's own tables are
    not: with them laid over the atlas no other site may read, else any page open in the same browser
    could fetch them from the user's own machine.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": METHODS, "Cache-Control": "no-cache"})
        elif request.method not in ("GET", "HEAD"):
            response = problems.response(request, _refusal(request))
        else:
            response = get_response(request)
        # Addresses without end are nothing for search engines; the pages are.
        response.headers["X-Robots-Tag"] = "noindex"
        return response if content.overlaid() else _opened(request, response)

    return answer


def _refusal(request: HttpRequest) -> problems.ProblemError:
    method = (request.method or "")[:20]
    return problems.ProblemError(
        "method-not-allowed",
        lc.Text(f"{method} is not among {METHODS}.", f"不支持{method}，可用{METHODS}。"),
        allow=METHODS,
    )


def _opened(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _SHOWN
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = _TAKEN
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


class KeptAnswers(kept.KeptPages):
    """A store of finished answers, beside that of the pages.

    An answer depends on its address, the format and the language alone. To make one costs 1 to 30 ms
    of one core (agreement more), so that twenty programs at once would wait for each other; to give
    it again costs less than 1 ms. Addresses can be made without end here, so the store is apart: it cannot push
    the pages out of theirs.
    """

    @staticmethod
    def _key(request: HttpRequest) -> kept.Key | None:
        address = request.get_full_path()
        if request.method != "GET" or len(address) > kept.MAXIMUM_ADDRESS or not address.startswith(PREFIX):
            return None
        if request.headers.get("Cookie") or request.headers.get("Authorization"):
            return None
        header = request.headers.get("Accept", "")[:2000]
        formats = f"{accepted(header, ('json', 'csv'))} {accepted(header, ('json',))}"
        how = f"{formats} {problems.language_of(request)} {address}"
        gzip = takes_gzip(request.headers.get("Accept-Encoding", ""))
        return request.get_host(), how, gzip, kept.state()

    def _keep(self, key: kept.Key, response: HttpResponse) -> None:
        super()._keep(key, response)
        with self.lock:
            while len(self.pages) > MOST_ANSWERS:
                _, (oldest, _) = self.pages.popitem(last=False)
                self.size -= len(oldest)
