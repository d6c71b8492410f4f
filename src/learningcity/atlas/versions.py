"""Which package and which tables an answer comes from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, package_version, to_csv_text
from learningcity.standards import standard_tables

if TYPE_CHECKING:
    from learningcity.atlas.model import Atlas

__all__ = ["AtlasResult", "data_version", "package_version"]


def data_version(atlas: Atlas) -> str:
    """Give a short fingerprint of all tables of the atlas and the standards: the same data, the same text.

    Examples
    --------
    >>> import learningcity as lc
    >>> lc.data_version(lc.load_atlas()) == lc.data_version(lc.load_atlas())
    True
    """
    return atlas.derived("data_version", lambda: _fingerprint(atlas))


def _fingerprint(atlas: Atlas) -> str:
    digest = hashlib.sha256()
    for name, frame in sorted({**standard_tables(), **atlas.frames}.items()):
        digest.update(f"{name}\n{to_csv_text(frame)}\n".encode())
    return digest.hexdigest()[:12]


@dataclass(frozen=True)
class AtlasResult(Result):
    """A result of the atlas; it says from which package and which tables it comes.

    Attributes
    ----------
    asked
        The atlas that was asked. The fingerprint of its tables is taken when somebody wants it.
    """

    asked: Atlas | None = field(default=None, repr=False, compare=False, kw_only=True)

    @property
    def versions(self) -> dict[str, str | None]:
        """The versions of the package and of the tables; None for tables that nobody named.

        Examples
        --------
        >>> import learningcity as lc
        >>> atlas = lc.load_atlas()
        >>> atlas.table("population").versions["data"] == lc.data_version(atlas)
        True
        """
        data = None if self.asked is None else data_version(self.asked)
        return {"learningcity": package_version(), "data": data}

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain values that JSON can hold, with the versions."""
        return {**super().to_dict(), "versions": self.versions}
