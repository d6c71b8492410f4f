"""Compiling by numba so that what is kept on disk is never that of older code, and need not be kept at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from inspect import getsourcefile
from pathlib import Path
from typing import Any


def compiled(function: Callable[..., Any] | None = None, **options: Any) -> Any:
    """Compile a function by numba and keep the machine code on disk.

    numba holds kept code for valid as long as the file of the function itself is as it was. Code that was
    compiled into it from other files may have changed since, by an upgrade in place or a pull: the kept
    code would go on with the old formulas, or fail where it looks for a module that is gone. So the text
    of those files is remembered beside it, and kept code that rests on another text is deleted.
    Where nothing can be kept (neither the folder of the package nor that of the user can be written to),
    the function is compiled anew by each process.

    Parameters
    ----------
    function
        What to compile; whatever it calls must be compiled before.
    options
        As ``numba.njit`` takes them, without ``cache``.

    Returns
    -------
    callable
        What ``numba.njit`` gives; a decorator, where no function is given.

    Examples
    --------
    >>> @compiled(error_model="numpy")
    ... def half(x):
    ...     return x / 2.0
    >>> half(3.0)
    1.5
    """
    if function is None:
        return lambda found: compiled(found, **options)
    import numba

    try:
        kept = numba.njit(cache=True, **options)(function)
    except RuntimeError:
        # No folder that can be written to, or no file at all, as in an interactive session.
        return numba.njit(**options)(function)
    _delete_stale(kept)
    return kept


def _delete_stale(kept: Any) -> None:
    """Delete the kept code of a function if what it calls in other files is no longer what it was."""
    function = getattr(kept, "py_func", None)
    # With numba switched off (NUMBA_DISABLE_JIT) there is a plain function and nothing kept.
    if function is None:
        return
    files = sorted({*_files(function)} - {getsourcefile(function)})
    if not files:
        return
    now = sha256("".join(map(_text_hash, files)).encode()).hexdigest()
    folder = Path(kept.stats.cache_path)
    name = f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"
    remembered = folder / f"{name}.calls"
    try:
        if remembered.is_file() and remembered.read_text(encoding="ascii") == now:
            return
        for index in folder.glob(f"{name}-*.nbi"):
            index.unlink(missing_ok=True)
        remembered.write_text(now, encoding="ascii")
    except (OSError, UnicodeError):
        # Another process is at the same; it writes the same.
        return


def _files(function: Any) -> Iterator[str]:
    """Give the files of a function and of all compiled functions that it calls, however deep."""
    found = getsourcefile(function)
    if found:
        yield found
    for name in function.__code__.co_names:
        called = getattr(function.__globals__.get(name), "py_func", None)
        # A function that calls itself is named in its own code.
        if called is not None and called is not function:
            yield from _files(called)


@cache
def _text_hash(file: str) -> str:
    return sha256(Path(file).read_bytes()).hexdigest()
