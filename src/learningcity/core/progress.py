"""How far long work has come, and how whoever waits for it stops it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from learningcity.core.errors import InputError, LearningCityError
from learningcity.core.text import Text


class Stopped(LearningCityError):  # noqa: N818  (it is no error: somebody wanted it)
    """Long work was stopped by whoever asked for it; a function that was stopped keeps and writes nothing.

    Raised by a :class:`Progress`, it comes out of the function that called it, whatever else that function
    does with errors of other kinds.

    Examples
    --------
    >>> str(Stopped())
    'The work was stopped before it was done; nothing was kept of it.'
    """

    def __init__(self, text: Text | str | None = None) -> None:
        super().__init__(
            text
            or Text(
                "The work was stopped before it was done; nothing was kept of it.",
                "计算在完成前已中止，未保留任何结果。",
            )
        )


class Progress(Protocol):
    """What long functions call with the work done and the whole of it; it may raise :class:`Stopped`.

    Calls come from the thread that called the function, a few times a second or oftener. ``total`` stays the
    same and ``done`` never falls; the last call has ``done == total``. The unit is that of the function: draws,
    shuffles, alternatives, pairs. A result does not depend on whether anybody looks on.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index import IndexSpec, Structure, uncertainty
    >>> tree = Structure.of({"INDEX": ["skills", "parks"]})
    >>> frame = pd.DataFrame({"skills": [1.0, 3.0, 2.0], "parks": [5.0, 9.0, 1.0]}, index=["a", "b", "c"])
    >>> def look(done: int, total: int) -> None:
    ...     if done > 5000:
    ...         raise Stopped
    >>> uncertainty(frame, IndexSpec(tree), {"weights": {"noise": 0.5}}, draws=20_000, progress=look)
    Traceback (most recent call last):
    learningcity.core.progress.Stopped: The work was stopped before it was done; nothing was kept of it.
    """

    def __call__(self, done: int, total: int, /) -> None:
        """Take note; or raise ``Stopped``."""


class Steps:
    """Counts the steps of a long function and tells them to its ``progress``.

    Parameters
    ----------
    progress
        As the function was given it; None = nobody looks on.
    total
        How many steps there are.

    Raises
    ------
    InputError
        ``progress`` cannot be called.

    Examples
    --------
    >>> told = []
    >>> steps = Steps(lambda done, total: told.append((done, total)), 10)
    >>> steps(2)
    >>> with steps.part(8) as progress:
    ...     for third in (1, 2, 3):
    ...         progress(third, 3)
    >>> told
    [(2, 10), (4, 10), (7, 10), (10, 10)]
    """

    def __init__(self, progress: Progress | None, total: int) -> None:
        if progress is not None and not callable(progress):
            raise InputError(
                Text(
                    "progress takes a function of two numbers: done, and all.",
                    "progress须为接收两个数（已完成数、总数）的函数。",
                )
            )
        self.progress, self.total, self.done = progress, max(1, total), 0
        self._told = -1

    def __call__(self, more: int = 1) -> None:
        """So many more steps are done."""
        self.to(self.done + more)

    def pause(self, *_: object) -> None:
        """Nothing more is done, but this is a place to stop at."""
        self.to(self.done)

    def to(self, done: int) -> None:
        """So many steps are done by now; never fewer than before, never more than there are."""
        self.done = min(max(done, self.done), self.total)
        if self.progress is not None:
            self._told = self.done
            self.progress(self.done, self.total)

    def finish(self) -> None:
        """Everything is done; told once."""
        if self._told < self.total:
            self.to(self.total)

    @contextmanager
    def part(self, size: int) -> Iterator[Progress | None]:
        """Give a ``progress`` for another long function, the whole of which counts as so many steps here."""
        start = self.done
        try:
            yield None if self.progress is None else lambda done, total: self.to(start + size * done // total)
        except InputError:
            # Work that could not be done is behind us, too, where the caller goes on without it.
            self.done = min(start + size, self.total)
            raise
        if self._told < start + size:
            self.to(start + size)


def unseen() -> Steps:
    """Steps that nobody is told of."""
    return Steps(None, 1)
