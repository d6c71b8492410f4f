"""What each add replaced, so that it can be taken back: by an undo, or after an interruption.

A generation is a folder ``.history/000001`` with the files as they were and ``tables.json`` (which
tables were there at all). While its change is on the way it holds ``pending``; a change that was
cut off (power, disk, a killed process) is found by that mark and rolled back by the next writer.
Rolling back copies everything aside before the first rename and can itself be cut off: the
generation stays whole until the end, so that doing it once more gives the same state.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from learningcity.core import write_whole

HISTORY, STAGED, DROPPED, PENDING, LISTED = ".history", ".staged-", ".dropped-", "pending", "tables.json"
#: Tables that others point to come first.
_ORDER = ("sources", "statistical-sources", "indicators", "exchange-rates", "cities", "members", "practices")
#: Older changes are forgotten; the newest can be undone one after the other.
KEPT_CHANGES = 50


def in_order(names: Iterable[str]) -> list[str]:
    """Sort tables so that no row ever points to one that is not there yet."""
    return sorted(names, key=lambda n: (_ORDER.index(n) if n in _ORDER else len(_ORDER), n))


def generations(folder: Path) -> list[Path]:
    """Give the changes that can be taken back, oldest first; what is not whole is not among them."""
    return [p for p in _numbered(folder) if _listed(p) is not None]


def is_pending(folder: Path) -> bool:
    """Tell whether a change is on the way, or was cut off."""
    return any((p / PENDING).exists() for p in _numbered(folder))


def _numbered(folder: Path) -> list[Path]:
    history = folder / HISTORY
    if not history.is_dir():
        return []
    found = [p for p in history.iterdir() if re.fullmatch("[0-9]{1,12}", p.name) and p.is_dir()]
    return sorted(found, key=lambda p: int(p.name))


def _listed(generation: Path) -> dict[str, bool] | None:
    try:
        listed = json.loads((generation / LISTED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return listed if isinstance(listed, dict) else None


def tables_of(generation: Path) -> list[str]:
    """Name the tables that a generation changed."""
    return in_order(_listed(generation) or {})


def remember(folder: Path, names: Iterable[str]) -> Path:
    """Keep the files of the tables as they are now, in a generation marked as pending."""
    past = _numbered(folder)
    number = int(past[-1].name) + 1 if past else 1
    history = folder / HISTORY
    made = Path(tempfile.mkdtemp(prefix=STAGED, dir=folder))
    there = {}
    for name in names:
        old = folder / f"{name}.csv"
        there[name] = old.exists()
        if there[name]:
            write_whole(made / old.name, old.read_bytes())
    write_whole(made / LISTED, (json.dumps(there, sort_keys=True) + "\n").encode())
    write_whole(made / PENDING, b"")
    history.mkdir(exist_ok=True)
    kept = history / f"{number:06d}"
    made.replace(kept)
    sync(history)
    return kept


def settle(folder: Path, generation: Path) -> None:
    """Say that the change of a generation is done, and forget the oldest ones."""
    (generation / PENDING).unlink()
    with suppress(OSError):  # the change is done, whatever becomes of the rest
        sync(generation)
        for old in generations(folder)[:-KEPT_CHANGES]:
            _drop(old)


def bring_back(folder: Path, generation: Path) -> list[str]:
    """Make the files again what they were before a generation, and forget it."""
    there = _listed(generation) or {}
    if not (generation / PENDING).exists():
        write_whole(generation / PENDING, b"")  # cut off from here on, it is done again
    aside = Path(tempfile.mkdtemp(prefix=STAGED, dir=folder))
    try:
        for name in (n for n in there if there[n]):
            write_whole(aside / f"{name}.csv", (generation / f"{name}.csv").read_bytes())
        for name in reversed(in_order(there)):
            path = folder / f"{name}.csv"
            if there[name]:
                (aside / path.name).replace(path)
            else:
                path.unlink(missing_ok=True)
        sync(folder)
        _drop(generation)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    with suppress(OSError):  # not empty: there are older changes
        (folder / HISTORY).rmdir()
    return in_order(there)


def roll_back(folder: Path) -> None:
    """Take back every change that was cut off, the newest first."""
    for generation in reversed(_numbered(folder)):
        if (generation / PENDING).exists():
            bring_back(folder, generation)


def sweep(folder: Path) -> None:
    """Remove what an interrupted writer left lying about."""
    for place in (folder, folder / HISTORY, *_numbered(folder)):
        for pattern in (f"{STAGED}*", f"{DROPPED}*", ".writing-*"):
            for path in place.glob(pattern):
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    with suppress(OSError):
                        path.unlink()


def _drop(generation: Path) -> None:
    """Forget a generation at once: half of one must never be taken for a whole one."""
    gone = generation.with_name(f"{DROPPED}{generation.name}")
    shutil.rmtree(gone, ignore_errors=True)
    generation.replace(gone)
    shutil.rmtree(gone, ignore_errors=True)


def sync(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
