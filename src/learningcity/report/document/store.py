"""Parts of a document as JSON and back, to keep what was computed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from learningcity.core import InputError, Text

_KIND, _MAP, _LIST = "_", "_map", "_list"


@cache
def _classes() -> dict[str, type]:
    from learningcity.report.document import blocks, document, phrase, values

    found: dict[str, type] = {"Text": Text}
    for module in (values, phrase, blocks, document):
        for name, one in vars(module).items():
            if isinstance(one, type) and is_dataclass(one) and one.__module__ == module.__name__:
                found[name] = one
    return found


def pack(thing: Any) -> Any:
    """Give a part of a document as JSON holds it; NaN becomes null.

    Examples
    --------
    >>> from learningcity.report.document import say
    >>> unpack(pack(say("{n} cities", "{n}个城市", n=3))).in_("zh")
    '3个城市'
    """
    if is_dataclass(thing) and not isinstance(thing, type):
        name = type(thing).__name__
        if _classes().get(name) is not type(thing):
            raise InputError(Text(f"{name} is no part of a document.", f"{name}不是文档的组成部分。"))
        return {_KIND: name, **{one.name: pack(getattr(thing, one.name)) for one in fields(thing)}}
    if isinstance(thing, Mapping):
        return {_KIND: _MAP, "items": [[pack(k), pack(v)] for k, v in thing.items()]}
    if isinstance(thing, tuple):
        return [pack(one) for one in thing]
    if isinstance(thing, list):
        return {_KIND: _LIST, "items": [pack(one) for one in thing]}
    if thing is None or isinstance(thing, str | bool | int):
        return thing
    if hasattr(thing, "item"):
        return pack(thing.item())
    if isinstance(thing, float):
        return thing if math.isfinite(thing) else None
    raise InputError(Text(f"{thing!r} cannot be kept in a document.", f"文档中不能保存{thing!r}。"))


def unpack(kept: Any) -> Any:
    """Give back what :func:`pack` made."""
    if isinstance(kept, list):
        return tuple(unpack(one) for one in kept)
    if isinstance(kept, dict):
        kind = kept.get(_KIND)
        if kind == _MAP:
            return {unpack(k): unpack(v) for k, v in kept["items"]}
        if kind == _LIST:
            return [unpack(one) for one in kept["items"]]
        made = _classes().get(str(kind))
        if made is None:
            raise InputError(Text(f"{kind!r} is no part of a document.", f"“{kind}”不是文档的组成部分。"))
        return made(**{k: unpack(v) for k, v in kept.items() if k != _KIND})
    return kept
