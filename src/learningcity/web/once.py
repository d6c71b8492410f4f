"""Results that are kept, each made by one request alone: whoever comes meanwhile waits for it instead of making it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from threading import Lock, RLock
from typing import Any, TypeVar

Made = TypeVar("Made")


def once(kept: int) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Keep so many results of a function of hashable arguments, as ``lru_cache`` does, and make each once.

    A site begins to answer while its analyses are still computed; a visitor who asks for one of them would
    else compute it beside, and both would take twice as long.

    Examples
    --------
    >>> @once(2)
    ... def double(x):
    ...     return 2 * x
    >>> double(3), double(3), double.cache_info().hits
    (6, 6, 1)
    """

    def decorate(function: Callable[..., Made]) -> Callable[..., Made]:
        held = lru_cache(maxsize=kept)(function)
        waiting: dict[Any, tuple[RLock, list[int]]] = {}
        door = Lock()

        @wraps(function)
        def answer(*given: Any) -> Made:
            with door:
                turn, users = waiting.setdefault(given, (RLock(), [0]))
                users[0] += 1
            try:
                with turn:
                    return held(*given)
            finally:
                with door:
                    users[0] -= 1
                    if not users[0]:
                        waiting.pop(given, None)

        # What is kept is forgotten with all else when the tables change.
        answer.cache_clear = held.cache_clear  # type: ignore[attr-defined]
        answer.cache_info = held.cache_info  # type: ignore[attr-defined]
        return answer

    return decorate
