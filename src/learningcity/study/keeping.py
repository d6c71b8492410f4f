"""Chapters and written documents kept by content: what nothing has changed of is read, not made again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from learningcity.core import InputError, home, write_whole
from learningcity.report import Section, pack, unpack

#: Beyond this many bytes of chapters, or of documents, those that were not asked for the longest go.
MAXIMUM_IN_FOLDER = 256 * 1024 * 1024
#: A kept document: the checksum of its bytes, then these.
_ENDING, _SUM = ".kept", 32


def kept_chapter(key: str, make: Callable[[], Section], folder: Path | None = None) -> tuple[Section, bool]:
    """Give a chapter from the folder, or make and keep it; and whether it was there.

    Parameters
    ----------
    key
        A fingerprint of everything that the chapter rests on.
    make
        Builds it.
    folder
        Where chapters are kept; None = in the user's own folder. Where it cannot be written, nothing
        is kept and nothing else happens.
    """
    where = (folder or home() / "study") / f"{key}.json"
    # Gone, cut off, or made by hand: then it is computed.
    with suppress(OSError, ValueError, TypeError, KeyError):
        found = unpack(json.loads(where.read_text(encoding="utf-8")))
        if isinstance(found, Section):
            with suppress(OSError):
                os.utime(where)
            return found, True
    made = make()
    text = json.dumps(pack(made), ensure_ascii=False, allow_nan=False)
    with suppress(OSError, InputError):
        where.parent.mkdir(parents=True, exist_ok=True)
        write_whole(where, text.encode("utf-8"))
        _prune(where.parent)
    # What is read back is what others will read: both are the same, or a test tells.
    return made, False


def kept_bytes(key: str, make: Callable[[], bytes], folder: Path | None = None) -> tuple[bytes, bool]:
    """Give a file from the folder, or make and keep it; and whether it was there.

    Parameters
    ----------
    key
        A fingerprint of everything that its bytes rest on.
    make
        Writes it.
    folder
        Where files are kept; None = in the user's own folder. Where it cannot be written, nothing is kept
        and nothing else happens. A file there that is not what was put there is made anew.
    """
    where = (folder or home() / "study" / "documents") / f"{key}{_ENDING}"
    with suppress(OSError):
        held = where.read_bytes()
        if len(held) > _SUM and hashlib.sha256(held[_SUM:]).digest() == held[:_SUM]:
            with suppress(OSError):
                os.utime(where)
            return held[_SUM:], True
    made = make()
    # Two who write the same at once put the same there, each whole.
    with suppress(OSError, InputError):
        where.parent.mkdir(parents=True, exist_ok=True)
        write_whole(where, hashlib.sha256(made).digest() + made)
        _prune(where.parent, _ENDING)
    return made, False


def _prune(folder: Path, ending: str = ".json") -> None:
    found = sorted(
        (e.stat().st_mtime, e.stat().st_size, e.path) for e in os.scandir(folder) if e.name.endswith(ending)
    )
    total = sum(size for _, size, _ in found)
    for _, size, path in found:
        if total <= MAXIMUM_IN_FOLDER:
            return
        Path(path).unlink(missing_ok=True)
        total -= size
