"""Static files under names that carry their hash, without a step before the start."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import django_htmx
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.storage import FileSystemStorage

#: The one file of django-htmx that pages load; the others are not served.
HTMX = "django_htmx/htmx-2.min.js"


class HtmxFinder(finders.BaseFinder):
    """Finds htmx in the package that carries it, and nothing else there."""

    def __init__(self) -> None:
        self.storage = FileSystemStorage(location=Path(django_htmx.__file__).parent / "static")

    def find(self, path: str, find_all: bool = False, **_: object) -> str | list[str]:
        """Give the place of the file."""
        found = self.storage.path(HTMX) if path == HTMX else None
        return ([found] if found else []) if find_all else (found or [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Name the file."""
        yield HTMX, self.storage


@cache
def hashed_name(name: str) -> str:
    """Give ``site.0123456789ab.css`` for ``site.css``; the name itself when there is no such file."""
    found = finders.find(name)
    if not found:
        return name
    digest = hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{digest}{path.suffix}"))


class HashedStorage(StaticFilesStorage):
    """Gives the hashed address of a static file."""

    def url(self, name: str | None) -> str:
        """Give the address under which a static file is served."""
        return super().url(hashed_name(name or ""))
