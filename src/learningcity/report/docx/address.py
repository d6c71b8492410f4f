"""Addresses as Word takes them."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

from learningcity.report.html.inline import web_address

#: Signs that stay in the path, query and fragment of an address.
_SAFE = "/%:=&~+!$,;'@()*?-._"


def sound_address(given: str) -> str | None:
    """Give an address that Word takes, which calls a whole file damaged for one that is none; None for no web page.

    Examples
    --------
    >>> sound_address("https://example.org/学习?a=[1]"), sound_address("https://[x"), sound_address("ftp://a")
    ('https://example.org/%E5%AD%A6%E4%B9%A0?a=%5B1%5D', None, None)
    """
    found = web_address(given)
    if found is None:
        return None
    try:
        parts = urlsplit(found.strip())
        sound = bool(parts.hostname) and parts.netloc.encode("idna") != b"" and (parts.port or 1) > 0
    except ValueError:
        return None
    if not sound or quote(parts.netloc, safe=":@[]~") != parts.netloc:
        return None
    rest = (quote(one, safe=_SAFE) for one in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, parts.netloc, *rest))
