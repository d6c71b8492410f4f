"""What every result offers: a table, a summary in words, a plain dictionary."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from learningcity.core.text import Text
from learningcity.core.versions import package_version

if TYPE_CHECKING:
    import pandas as pd


class Result(ABC):
    """A frozen result: ``table()`` for the figures, ``summary()`` in words, ``to_dict()`` for machines."""

    @abstractmethod
    def table(self) -> pd.DataFrame:
        """Give the result as one frame."""

    @abstractmethod
    def summary(self, language: str = "en") -> str:
        """Say the result in a few sentences."""

    @property
    def versions(self) -> dict[str, str | None]:
        """The version of the package."""
        return {"learningcity": package_version()}

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain values that JSON can hold; empty cells become None."""
        return {"table": plain(self.table()), "summary": {k: self.summary(k) for k in ("en", "zh")}}


def or_none(value: Any) -> Any:
    """Give None for every kind of missing value of a frame (None, NaN, NA), else the value.

    Examples
    --------
    >>> or_none(float("nan")), or_none(2024)
    (None, 2024)
    """
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return None
    return value


def plain(value: Any) -> Any:
    """Turn frames, texts, enums, dates and numpy numbers into what JSON can hold; NaN becomes None.

    Examples
    --------
    >>> plain({"a": float("nan"), "b": Text("x", "y")})
    {'a': None, 'b': {'en': 'x', 'zh': 'y'}}
    """
    if value is None or (isinstance(value, bool | str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Text | Result):
        return value.to_dict()
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return None if value != value or value in (float("inf"), float("-inf")) else float(value)
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if not hasattr(value, "__len__") and or_none(value) is None:
        return None
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        named = value.index.name is not None or value.index.nlevels > 1
        frame = value.reset_index() if named else value
        columns = [str(c) for c in frame.columns]
        return [
            {c: plain(v) for c, v in zip(columns, row, strict=True)}
            for row in frame.itertuples(index=False, name=None)
        ]
    if isinstance(value, pd.Series):
        return {str(k): plain(v) for k, v in value.items()}
    if hasattr(value, "item"):
        return plain(value.item())
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)
