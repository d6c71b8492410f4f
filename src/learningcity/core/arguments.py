"""Take arguments as callers pass them, or say in both languages what was wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from learningcity.core.errors import InputError, UnknownNameError
from learningcity.core.text import Text


def names_of(given: object, what: str, known: Sequence[str] | None = None) -> tuple[str, ...]:
    """Give one name or several as a tuple, each once; at least one, all known.

    Examples
    --------
    >>> names_of("city", "scopes", ("city", "metro")), names_of(["b", "a", "b"], "indicators")
    (('city',), ('b', 'a'))
    """
    values = (given,) if isinstance(given, str) else given
    if not isinstance(values, Iterable):
        raise InputError(
            Text(
                f"{what} takes a name or a list of names, not {given!r}.",
                f"{what}须为一个名称或名称列表，而不是{given!r}。",
            )
        )
    found = tuple(dict.fromkeys(str(v) for v in values))
    if not found:
        raise InputError(Text(f"{what} names nothing: give at least one.", f"{what}为空，请至少给出一项。"))
    for one in found:
        if known is not None and one not in known:
            raise UnknownNameError("option", one, known)
    return found


def whole_number(given: object, what: str, minimum: int = 0, maximum: int | None = None) -> int:
    """Give a whole number of at least ``minimum``, at most ``maximum``; True and False are none.

    Examples
    --------
    >>> whole_number(3, "draws", 1)
    3
    """
    try:
        if isinstance(given, bool | str):
            raise TypeError
        number = int(given)  # type: ignore[call-overload]
        if number != given or number < minimum or (maximum is not None and number > maximum):
            raise ValueError
    except (TypeError, ValueError, OverflowError):
        raise InputError(
            Text(
                f"{what} is {given!r}; give a whole number of at least {minimum}.",
                f"{what}为{given!r}，须为不小于{minimum}的整数。",
            )
            if maximum is None
            else Text(
                f"{what} is {given!r}; give a whole number from {minimum} to {maximum:,}.",
                f"{what}为{given!r}，须为{minimum}至{maximum:,}之间的整数。",
            )
        ) from None
    return number


def share(given: Any, what: str) -> float:
    """Give a share between 0 and 1, both left out.

    Examples
    --------
    >>> share(0.9, "level")
    0.9
    """
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given < 1:
        raise InputError(
            Text(f"{what} is {given!r}; give a share between 0 and 1.", f"{what}为{given!r}，须在0与1之间。")
        )
    return given


def of_kind(given: Any, kind: type | tuple[type, ...], what: str) -> Any:
    """Give the argument back if it is of the kind wanted.

    Examples
    --------
    >>> of_kind("x", str, "text")
    'x'
    """
    if not isinstance(given, kind):
        names = " / ".join(k.__name__ for k in (kind if isinstance(kind, tuple) else (kind,)))
        raise InputError(
            Text(
                f"{what} takes {names}, not {type(given).__name__}.",
                f"{what}须为{names}，而不是{type(given).__name__}。",
            )
        )
    return given


def path_of(given: object, what: str = "path") -> Path:
    """Give a path; say what is wrong with one that no file system takes."""
    try:
        path = Path(fspath(of_kind(given, (str, PathLike), what)))
        path.exists()
    except (OSError, ValueError) as error:
        raise InputError(
            Text(f"{what} cannot be used as a path: {error}.", f"{what}无法作为路径使用：{error}。")
        ) from error
    return path
