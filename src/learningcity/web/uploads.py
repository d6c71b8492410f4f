"""Tables that visitors bring: in the memory of this process, under a random cookie, bounded, never on a disk.

A visitor who uploads a table gets a session: a random token in a cookie that scripts cannot read, that other
sites cannot send along with a form, and that ends with the browser. Only the hash of the token is kept. What
an address names of a table is looked up among those of the session that asks, and nowhere else.

Whoever asks for a table of a session marks the request (:func:`table`, :func:`tables`): the answer then bears
``no-store``, no page of it is kept, and no chart.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import ExitStack
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac

import learningcity as lc

Answer = Callable[[HttpRequest], HttpResponse]
Made = TypeVar("Made")

#: Of the files of one upload together; of one table; of a workbook when unpacked.
MAXIMUM_BYTES = 2 * 1024 * 1024
LIMITS = lc.TableLimits(size=MAXIMUM_BYTES, rows=1000, columns=200, unpacked=24 * 1024 * 1024, sheets=20)
#: Of a request: the files, and what a form adds to them.
MAXIMUM_BODY = MAXIMUM_BYTES + 64 * 1024
MAXIMUM_SESSIONS = 50
TABLES_A_SESSION = 3
#: Seconds without a visit after which a session is forgotten.
IDLE = 60 * 60.0
#: A session that was asked for within this time does not give way to a new one.
STILL_HERE = 10 * 60.0
#: Bytes of all tables of all sessions.
MAXIMUM_HELD = 96 * 1024 * 1024
#: Results that are kept of all tables together; each is some hundred kilobytes, a few megabytes at most.
MAXIMUM_RESULTS = 48
#: Seconds that an upload waits for another one that is being read.
PATIENCE = 10.0

#: Where a body is taken at all.
TAKES = re.compile(r"/(?:en|zh)/index/own\Z")


def cookie_name() -> str:
    """The name of the cookie; behind HTTPS one that a browser takes over HTTPS alone and for this host alone."""
    return "__Host-learningcity-own" if settings.SESSION_COOKIE_SECURE else "learningcity-own"


def cookies() -> set[str]:
    """Our own cookies; no page but those of own tables depends on them."""
    return {cookie_name(), settings.CSRF_COOKIE_NAME}


@dataclass
class Held:
    """A table of a session, under a name that depends on its content, with what was computed of it."""

    name: str
    table: lc.IndexTable
    #: No other table of this process has it, not even one of the same content.
    number: int = field(default_factory=count().__next__)

    def kept(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Give a result that was computed before, or compute and keep it."""
        return STORE.results.kept((self.number, key), make)


class Results:
    """What was computed of the tables, of all sessions together in bounded number."""

    def __init__(self) -> None:
        self.held: OrderedDict[tuple[int, Hashable], Any] = OrderedDict()
        self.lock = Lock()

    def kept(self, key: tuple[int, Hashable], make: Callable[[], Made]) -> Made:
        """Give a result, or compute and keep it."""
        with self.lock:
            if key in self.held:
                self.held.move_to_end(key)
                return self.held[key]
        made = make()
        with self.lock:
            self.held[key] = made
            while len(self.held) > MAXIMUM_RESULTS:
                self.held.popitem(last=False)
        return made

    def keep_only(self, numbers: set[int]) -> None:
        """Forget what belongs to no table any more."""
        with self.lock:
            for key in [key for key in self.held if key[0] not in numbers]:
                del self.held[key]


@dataclass
class Session:
    """The tables of one visitor, the latest last."""

    tables: OrderedDict[str, Held] = field(default_factory=OrderedDict)
    seen: float = 0.0

    @property
    def size(self) -> int:
        """Bytes of its tables."""
        return sum(held.table.size for held in self.tables.values())


class FullError(lc.InputError):
    """There is no room for another session now."""


class Store:
    """All sessions, by the hash of their tokens; the clock is an argument for tests."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.sessions: OrderedDict[str, Session] = OrderedDict()
        self.lock, self.clock = Lock(), clock
        self.results = Results()

    def find(self, token: str) -> Session | None:
        """Give the session of a token, and note that it was asked for."""
        if not token:
            return None
        with self.lock:
            self._sweep()
            found = self.sessions.get(_hash(token))
            if found is not None:
                found.seen = self.clock()
                self.sessions.move_to_end(_hash(token))
            return found

    def add(self, token: str, content: tuple[bytes, ...], table: lc.IndexTable) -> tuple[str, str]:
        """Put a table into the session of a token, or into a new one; give token and name of the table.

        Raises
        ------
        FullError
            There are as many sessions or bytes as are kept, all of them in use.
        """
        name = salted_hmac("learningcity.own", b"\0".join(content), algorithm="sha256").hexdigest()[:12]
        with self.lock:
            self._sweep()
            session = self.sessions.get(_hash(token)) if token else None
            if session is None:
                token, session = secrets.token_urlsafe(32), Session()
            others = [s for s in self.sessions.values() if s is not session]
            self._make_room(others, table.size)
            session.tables.pop(name, None)
            session.tables[name] = Held(name, table)
            while len(session.tables) > TABLES_A_SESSION:
                session.tables.popitem(last=False)
            session.seen = self.clock()
            self.sessions[_hash(token)] = session
            self.sessions.move_to_end(_hash(token))
            self._forget_results()
        return token, name

    def remove(self, token: str, name: str = "") -> None:
        """Forget a table of a session with all that was computed of it; without a name all of them."""
        with self.lock:
            session = self.sessions.get(_hash(token)) if token else None
            if session is None:
                return
            for one in [name] if name else list(session.tables):
                session.tables.pop(one, None)
            if not session.tables:
                self.sessions.pop(_hash(token), None)
            self._forget_results()

    def _make_room(self, others: list[Session], size: int) -> None:
        now = self.clock()
        while others and (
            len(others) >= MAXIMUM_SESSIONS or sum(s.size for s in others) + size > MAXIMUM_HELD
        ):
            oldest = others.pop(0)
            if now - oldest.seen < STILL_HERE:
                raise FullError(
                    lc.Text(
                        "Too many visitors have a table here just now. Try again in some minutes, or run the site on your "
                        "own machine: learningcity serve",
                        "目前保存的自有数据表过多。请过几分钟再试，或在自己的计算机上运行：learningcity serve",
                    )
                )
            self.sessions = OrderedDict((k, s) for k, s in self.sessions.items() if s is not oldest)

    def _sweep(self) -> None:
        now = self.clock()
        idle = [key for key, session in self.sessions.items() if now - session.seen > IDLE]
        for key in idle:
            del self.sessions[key]
        if idle:
            self._forget_results()

    def _forget_results(self) -> None:
        self.results.keep_only({h.number for s in self.sessions.values() for h in s.tables.values()})


STORE = Store()
#: One file is read at a time: of twenty that come at once nineteen wait, and the memory holds one.
READING = Lock()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


# --- the request that is answered now -------------------------------------------------------------


@dataclass
class _Now:
    token: str
    stack: ExitStack
    asked: bool = False


_NOW: ContextVar[_Now | None] = ContextVar("own tables", default=None)


def tables() -> list[Held]:
    """The tables of the visitor who asks now, the latest first."""
    now = _NOW.get()
    if now is None:
        return []
    if not now.asked:
        now.asked = True
        now.stack.enter_context(lc.private_charts())
    session = STORE.find(now.token)
    return [] if session is None else list(reversed(session.tables.values()))


def table(name: str) -> Held | None:
    """The table of this name of the visitor who asks now, the latest without a name; None where it is gone."""
    found = tables()
    return next((held for held in found if held.name == name or not name), None)


def is_private() -> bool:
    """Whether the request that is answered now has asked for own tables."""
    now = _NOW.get()
    return now is not None and now.asked


def own_tables(get_response: Answer) -> Answer:
    """Let the page of a request ask for the tables of its visitor; what they are in is kept nowhere."""

    def answer(request: HttpRequest) -> HttpResponse:
        with ExitStack() as stack:
            now = _Now(request.COOKIES.get(cookie_name(), "")[:100], stack)
            before = _NOW.set(now)
            try:
                response = get_response(request)
            finally:
                _NOW.reset(before)
        if now.asked:
            make_private(response)
        return response

    return answer


def make_private(response: HttpResponse) -> None:
    """Say to browser, proxy and our own store that an answer is for one visitor alone."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers.pop("ETag", None)
    patch_vary_headers(response, ["Cookie"])


def remember(response: HttpResponse, token: str) -> None:
    """Give the visitor the cookie of the session."""
    response.set_cookie(
        cookie_name(), token, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, path="/"
    )


def read(data: lc.FileBytes, meta: lc.FileBytes | None) -> lc.IndexTable:
    """Read the files of an upload, one upload at a time.

    Raises
    ------
    InputError
        Whatever is wrong with them, cell by cell; or others are being read.
    """
    if not READING.acquire(timeout=PATIENCE):
        raise FullError(
            lc.Text("Another table is being read just now. Try again.", "正在读取其他数据表，请稍后再试。")
        )
    try:
        return lc.read_index_table(data, meta)
    finally:
        READING.release()


# --- the door -------------------------------------------------------------------------------------


def refusal(request: HttpRequest) -> HttpResponse | None:
    """Refuse a body that is too long, of unknown length, or sent from another site, before a byte of it is read.

    Every browser that is in use says where a form comes from; one that does not is asked for the token alone.
    """
    from learningcity.web import pages

    length = request.META.get("CONTENT_LENGTH") or ""
    if not (length.isascii() and length.isdigit()):
        return pages.refused(
            request, 411, lc.Text("The length of the upload is missing.", "缺少上传内容的长度。")
        )
    if int(length) > MAXIMUM_BODY:
        return pages.refused(request, 413, TOO_LARGE)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return pages.refused(request, 403, FROM_ELSEWHERE)
    return None


TOO_LARGE = lc.Text(
    f"The files are larger than {MAXIMUM_BYTES // 1024**2} MB together. Delete columns that are not needed, or save the "
    "table as CSV UTF-8.",
    f"上传文件合计超过{MAXIMUM_BYTES // 1024**2} MB。请删除不需要的列，或另存为“CSV UTF-8”。",
)
FROM_ELSEWHERE = lc.Text(
    "This form was not sent from a page of this site, or the browser keeps no cookies. Open the form here and send it again.",
    "表单并非由本站页面提交，或浏览器未保存Cookie。请在本站重新打开表单后再提交。",
)
