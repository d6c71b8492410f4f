"""One writer of a log at a time: what two commands find at once is written down by both."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from learningcity.core import InputError, Text

#: How long to wait for another writer, how often to look, and from when on a lock was left by one that died.
PATIENCE, LOOK, FORGOTTEN = 30.0, 0.02, 20.0


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold a log while it is read, added to and written.

    Raises
    ------
    InputError
        Another process keeps it.
    OSError
        The folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.parent / f".{path.name}.lock"
    until = time.monotonic() + PATIENCE
    while not _taken(lock):
        if time.monotonic() > until:
            raise InputError(
                Text(
                    f"{path} is being written by another process. Try again when that has ended; if there is none, "
                    f"remove {lock.name}.",
                    f"{path}正由另一进程写入，请待其结束后重试；如无此进程，请删除{lock.name}。",
                )
            )
        time.sleep(LOOK)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _taken(lock: Path) -> bool:
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        try:
            if time.time() - lock.stat().st_mtime > FORGOTTEN:
                lock.unlink()
        except FileNotFoundError:
            pass  # its holder has just let go
        return False
    return True
