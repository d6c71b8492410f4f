"""Keep rendered pages: the site is read only, so the same address gives the same page.

Twenty visitors at once would otherwise wait for each other while pages are rendered anew. A visitor with a
table of his own is given the kept pages, too; a page that his table is in says ``no-store`` and is not kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from learningcity.web import uploads
from learningcity.web.middleware import takes_gzip

Answer = Callable[[HttpRequest], HttpResponse]
#: Pages beyond this many bytes are forgotten, those first that were not asked for the longest.
MAXIMUM_BYTES = 64 * 1024 * 1024
#: Longer addresses are answered and not kept: nobody sends such a link twice.
MAXIMUM_ADDRESS = 400
#: Host, address, encoding, and the state of the data that the page was asked for in.
Key = tuple[str, str, bool, int]
_STATE = 0


def forget() -> None:
    """Let no page be given again that was made before now, nor one that is being made."""
    global _STATE
    _STATE += 1


def state() -> int:
    """The state of the data, as a part of a key."""
    return _STATE


def _is_for_all(response: HttpResponse) -> bool:
    """Whether an answer is the same for everybody: it sets no cookie, and no own table is in it."""
    return not response.cookies and "no-store" not in response.headers.get("Cache-Control", "")


class KeptPages:
    """A bounded store of finished answers by host, address and encoding."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.pages: OrderedDict[Key, tuple[bytes, dict[str, str]]] = OrderedDict()
        self.size = 0
        self.lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer from the store, or render and keep."""
        key = self._key(request)
        if key is None:
            return self.get_response(request)
        with self.lock:
            kept = self.pages.get(key)
            if kept is not None:
                self.pages.move_to_end(key)
        if kept is not None:
            response = HttpResponse(kept[0], headers=kept[1])
            return get_conditional_response(request, etag=response.headers.get("ETag"), response=response)
        response = self.get_response(request)
        if response.status_code == 200 and not response.streaming and _is_for_all(response):
            self._keep(key, response)
        return response

    @staticmethod
    def _key(request: HttpRequest) -> Key | None:
        address = request.get_full_path()
        if (
            request.method != "GET"
            or len(address) > MAXIMUM_ADDRESS
            or not address.startswith(("/en/", "/zh/"))
        ):
            return None
        if request.headers.get("Authorization") or set(request.COOKIES) - uploads.cookies():
            return None
        # The host is part of the key, and asking for it refuses one that is not allowed.
        return request.get_host(), address, takes_gzip(request.headers.get("Accept-Encoding", "")), state()

    def _keep(self, key: Key, response: HttpResponse) -> None:
        content = bytes(response.content)
        with self.lock:
            if key in self.pages:
                return
            self.pages[key] = (content, dict(response.headers))
            self.size += len(content)
            while self.size > MAXIMUM_BYTES:
                _, (oldest, _) = self.pages.popitem(last=False)
                self.size -= len(oldest)
