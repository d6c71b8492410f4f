"""Pictures kept by content: some in memory, and in a folder where that is asked for."""

from __future__ import annotations

import os
import re
import shutil
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from importlib import import_module, metadata
from pathlib import Path
from threading import Lock

from learningcity.core import InputError, write_whole

#: Pictures beyond this many characters are forgotten, those first that were not asked for the longest.
MAXIMUM_KEPT = 24 * 1024 * 1024
#: A folder holds as much and a half more before the oldest files go.
MAXIMUM_IN_FOLDER = 64 * 1024 * 1024


class Kept:
    """A bounded store of pictures by the hash of what they were drawn from."""

    def __init__(self, most: int = MAXIMUM_KEPT, most_in_folder: int = MAXIMUM_IN_FOLDER) -> None:
        self.most, self.size = most, 0
        self.most_in_folder = most_in_folder
        self.pictures: OrderedDict[str, str | bytes] = OrderedDict()
        self.folder: Path | None = None
        self.lock = Lock()

    def get(self, key: str) -> str | bytes | None:
        """Give a picture that is kept."""
        if _PRIVATE.get():
            return None
        with self.lock:
            if key in self.pictures:
                self.pictures.move_to_end(key)
                return self.pictures[key]
        found = self._read(key)
        if found is not None:
            self._hold(key, found)
        return found

    def put(self, key: str, picture: str | bytes) -> None:
        """Keep a picture, and forget the oldest beyond the bound; a private one is not kept."""
        if not _PRIVATE.get() and self._hold(key, picture):
            self._write(key, picture)

    def _hold(self, key: str, picture: str | bytes) -> bool:
        with self.lock:
            if key in self.pictures or len(picture) > self.most:
                return False
            self.pictures[key] = picture
            self.size += len(picture)
            while self.size > self.most:
                _, oldest = self.pictures.popitem(last=False)
                self.size -= len(oldest)
        return True

    def _read(self, key: str) -> str | bytes | None:
        if self.folder is None:
            return None
        # Gone, unreadable, or no text: then it is drawn anew.
        with suppress(OSError, ValueError):
            return (self.folder / f"{key}.svg").read_text(encoding="utf-8")
        with suppress(OSError):
            return (self.folder / f"{key}.png").read_bytes()
        return None

    def _write(self, key: str, picture: str | bytes) -> None:
        if self.folder is None:
            return
        name, content = (
            (f"{key}.svg", picture.encode()) if isinstance(picture, str) else (f"{key}.png", picture)
        )
        # A disk that is full or read-only costs time and nothing else.
        with suppress(OSError, InputError):
            write_whole(self.folder / name, content)
            self._prune(self.folder)

    def _prune(self, folder: Path) -> None:
        found = [(e.stat().st_mtime, e.stat().st_size, e.path) for e in os.scandir(folder) if e.is_file()]
        total = sum(size for _, size, _ in found)
        if total <= self.most_in_folder * 3 // 2:
            return
        for _, size, path in sorted(found):
            if total <= self.most_in_folder:
                return
            Path(path).unlink(missing_ok=True)
            total -= size


#: Whether what is drawn now is nobody else's business.
_PRIVATE: ContextVar[bool] = ContextVar("private charts", default=False)

KEPT = Kept()
#: Few locks for all keys: two different pictures seldom wait for each other, equal ones always.
_LOCKS = tuple(Lock() for _ in range(64))


def one_at_a_time(key: str) -> Lock:
    """Give the lock under which the picture of this key is drawn."""
    return _LOCKS[int(key[:8], 16) % len(_LOCKS)]


def keep_charts(folder: str | Path) -> None:
    """Keep drawn charts in a folder, so that another process need not draw them again.

    Parameters
    ----------
    folder
        It is made where it is not there; pictures of other versions of this package or of the program
        that draws are removed from it. It never grows beyond a bound. Where it cannot be written,
        charts are drawn each time.

    Examples
    --------
    >>> import tempfile
    >>> import learningcity as lc
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lc.keep_charts(folder)
    >>> lc.keep_charts("")
    """
    if not str(folder):
        KEPT.folder = None
        return
    version = f"{import_module('learningcity').__version__}-{metadata.version('vl-convert-python')}"
    KEPT.folder = Path(folder) / version
    with suppress(OSError):
        KEPT.folder.mkdir(parents=True, exist_ok=True)
        for other in Path(folder).iterdir():
            if other != KEPT.folder and _is_ours(other):
                shutil.rmtree(other, ignore_errors=True)


@contextmanager
def private_charts() -> Iterator[None]:
    """Keep nothing of the charts that are drawn inside, neither in memory nor in a folder.

    Examples
    --------
    >>> import learningcity as lc
    >>> with lc.private_charts():
    ...     pass
    """
    before = _PRIVATE.set(True)
    try:
        yield
    finally:
        _PRIVATE.reset(before)


def _is_ours(folder: Path) -> bool:
    """Whether a folder was made here: named by two versions, with nothing but pictures in it."""
    return (
        re.fullmatch(r"\d+(\.\w+)+-\d+(\.\w+)+", folder.name) is not None
        and folder.is_dir()
        and not folder.is_symlink()
        and all(one.suffix in (".svg", ".png") for one in folder.iterdir())
    )
