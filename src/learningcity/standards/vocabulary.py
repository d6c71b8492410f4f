"""The words of every code in both languages, read from one table."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

from learningcity.core import Text, UnknownNameError, or_none

if TYPE_CHECKING:
    from collections.abc import Mapping

# Read with the standard library: a label must not cost the start-up of pandas.


def read_words(name: str) -> list[dict[str, str]]:
    """Read a small shipped table of words as dictionaries of strings."""
    file = resources.files("learningcity.standards").joinpath("tables", f"{name}.csv")
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


@cache
def labels() -> Mapping[str, Mapping[str, Text]]:
    """Give all labels: vocabulary -> code -> Text, in the order of the table.

    Examples
    --------
    >>> labels()["mechanism"]["law"].in_("zh")
    '法规'
    """
    found: dict[str, dict[str, Text]] = {}
    for row in read_words("labels"):
        found.setdefault(row["vocabulary"], {})[row["code"]] = Text(row["label_en"], row["label_zh"])
    return MappingProxyType({name: MappingProxyType(codes) for name, codes in found.items()})


def label(vocabulary: str, code: object, language: str = "en") -> str:
    """Give the word for a code of a vocabulary; a code without a label gives itself.

    Parameters
    ----------
    vocabulary
        Name of the list that the code belongs to, such as ``mechanism`` or ``unit``.
    code
        The code; a missing one (None, NaN) gives the empty text.
    language
        "en" or "zh".

    Raises
    ------
    UnknownNameError
        No such vocabulary or language.

    Examples
    --------
    >>> label("unesco_region", "APA", "zh")
    '亚洲及太平洋'
    >>> label("mechanism", "a code of my own")
    'a code of my own'
    """
    lists = labels()
    if vocabulary not in lists:
        raise UnknownNameError("vocabulary", vocabulary, lists)
    if is_missing(code):
        return ""
    key = str(code)
    return lists[vocabulary].get(key, Text(key, key)).in_(language)


def is_missing(value: object) -> bool:
    """Tell whether a value is None, NaN or NA, without loading pandas.

    Examples
    --------
    >>> is_missing(float("nan")), is_missing(None), is_missing(0)
    (True, True, False)
    """
    return or_none(value) is None
