"""Texts that stay in the language of their source, and the order of names."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh-Hans", re.compile(r"[\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("am", re.compile(r"[\u1200-\u137f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)


def language_of(text: str | None, country: str | None = None) -> str:
    """Tell the language of an original by its script, for ``lang``; "" = not known.

    Examples
    --------
    >>> language_of("武汉市"), language_of("수원시"), language_of("Medellín")
    ('zh-Hans', 'ko', '')
    """
    if country == "JPN" and re.search(r"[\u4e00-\u9fff]", text or ""):
        return "ja"
    for language, script in _SCRIPTS:
        if script.search(text or ""):
            return language
    return ""


def foreign(text: str | None, language: str) -> str | None:
    """Give the ``lang`` of a text that is not in the language of the page, None where it is.

    Examples
    --------
    >>> foreign("武汉市", "en"), foreign("武汉市", "zh"), foreign("Wuhan", "zh")
    ('zh-Hans', None, '')
    """
    found = language_of(text)
    if language == "zh":
        return None if found == "zh-Hans" or not re.search(r"[^\W\d_]", text or "") else found
    return found or None


def sort_key(name: str, language: str) -> Any:
    """Order names as the language does: accents folded, or by pinyin.

    The common Chinese characters stand in the order of their pinyin in GB 18030, so its bytes sort
    names without a dictionary; rare characters come after them.

    Examples
    --------
    >>> sorted(["武汉", "北京", "常州"], key=lambda n: sort_key(n, "zh"))
    ['北京', '常州', '武汉']
    """
    if language == "zh":
        return name.encode("gb18030")
    folded = unicodedata.normalize("NFKD", name)
    return "".join(c for c in folded if not unicodedata.combining(c)).casefold()
