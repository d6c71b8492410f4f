"""Notice that the user's own tables changed while the site runs, and show them without a restart."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse

import learningcity as lc
from learningcity.web import jobs, kept, memory
from learningcity.web.content import base

_LOG = logging.getLogger("learningcity.web")
#: Seconds between two looks at the folder: a few files are asked for their dates.
BETWEEN_LOOKS = 1.0
#: Seconds to wait for the requests under way before the tables change under them all the same.
PATIENCE = 30.0

Stamp = tuple[tuple[str, int, int], ...]


def stamp(folder: Path) -> Stamp:
    """Name, date and size of each table of a folder; the same stamp means the same tables."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.lower().endswith((".csv", ".xlsx")):
                    told = entry.stat()
                    found.append((entry.name, told.st_mtime_ns, told.st_size))
    except OSError:
        # Not there, or not a folder: a single file stamps itself.
        return _stamp_of_file(folder)
    return tuple(sorted(found))


def _stamp_of_file(path: Path) -> Stamp:
    try:
        told = path.stat()
    except OSError:
        return ()
    return ((path.name, told.st_mtime_ns, told.st_size),)


class Gate:
    """Requests pass together; whoever changes the tables waits until they are through, and then goes alone.

    Else a request that began with the old tables would put what it made of them into look-ups that
    were just emptied for the new ones, to stay there, and a page could hold a half of each.
    """

    def __init__(self) -> None:
        self.turn = Condition()
        self.inside, self.closed = 0, False

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Answer a request."""
        with self.turn:
            self.turn.wait_for(lambda: not self.closed)
            self.inside += 1
        try:
            yield
        finally:
            with self.turn:
                self.inside -= 1
                self.turn.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Change the tables; one at a time, which the caller sees to."""
        with self.turn:
            self.closed = True
            self.turn.wait_for(lambda: not self.inside, PATIENCE)
        try:
            yield
        finally:
            with self.turn:
                self.closed = False
                self.turn.notify_all()


class Freshness:
    """Before a request: has the folder changed since the atlas was loaded? Then load it anew.

    A table that does not load leaves the site as it was; the reason goes to the log, once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.folder: Path | None = settings.WATCHED
        # Without an overlay in the settings nothing of the folder is loaded yet: the first look does it,
        # also for a server that starts the application itself.
        self.seen = stamp(self.folder) if self.folder and settings.OVERLAY else ()
        self.looked = float("-inf")
        self.lock = Lock()
        self.gate = Gate()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look, at most once a second, and answer."""
        if self.folder is not None and time.monotonic() - self.looked > BETWEEN_LOOKS:
            self._look(self.folder)
        with self.gate.passing():
            return self.get_response(request)

    def _look(self, folder: Path) -> None:
        # One visitor looks; the others are answered with what is there.
        if not self.lock.acquire(blocking=False):
            return
        try:
            found = stamp(folder)
            if found != self.seen:
                self._load(folder, found)
            self.looked = time.monotonic()
        finally:
            self.lock.release()

    def _load(self, folder: Path, found: Stamp) -> None:
        try:
            atlas = lc.load_atlas(folder) if found else lc.load_atlas()
        except lc.LearningCityError as error:
            said = lc.Text(
                "Your own tables changed and cannot be read; the site shows what it had before.",
                "自有数据已更改但无法读取，网站仍显示此前的内容。",
            )
            sys.stderr.write(f"{said.en}\n{error}\n{said.zh}\n{error.in_('zh')}\n")
        except Exception:
            # Whatever else may be wrong with a table, every page of the site must not fall over it.
            _LOG.exception("The user's own tables changed and cannot be loaded; the site shows what it had.")
        else:
            with self.gate.alone():
                base.use(atlas, str(folder) if found else None)
                forget()
                memory.settle_anew()
        self.seen = found


def forget() -> None:
    """Empty every look-up of the pages, and every page that was kept."""
    for name, module in list(sys.modules.items()):
        if name.startswith("learningcity.web."):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if callable(clear) and hasattr(value, "__wrapped__"):
                    clear()
    kept.forget()
    jobs.DESK.forget()
