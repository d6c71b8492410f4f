"""Static files under names that carry their hash, without a step before the start."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path, PurePosixPath

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


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
