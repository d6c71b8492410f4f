"""Where the user's own tables lie: one folder of CSV, changed whole or not at all, each change undoable.

The folder holds one CSV a table, ``.history/`` with what each add replaced, and, while somebody
writes, ``.lock``. New files are written beside the old ones, put on the disk, and only then renamed
into place; sources and cities come before the rows that point to them, so that the tables hold
together at any moment in between.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from learningcity.atlas.load import atlas_schemas
from learningcity.atlas.overlay import history
from learningcity.core import (
    InputError,
    SetupError,
    Text,
    guard_text,
    os_reason,
    read_sheets,
    to_csv_text,
    write_whole,
)

if TYPE_CHECKING:
    import pandas as pd

LOCK = ".lock"


def stored_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the tables that lie in the folder, as strings, by table name.

    Raises
    ------
    InputError
        The folder holds a table that was not put there by an add: merging would be a guess.
    """
    if not folder.exists():
        return {}
    if not folder.is_dir():
        raise InputError(
            Text(
                f"{folder} is a file, not a folder. Give a folder for your own tables.",
                f"{folder}是文件而不是文件夹，请指定存放自有数据的文件夹。",
            )
        )
    tables = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.suffix.lower() not in (".csv", ".xlsx"):
            continue
        if path.stem not in atlas_schemas() or path.suffix != ".csv":
            raise InputError(
                Text(
                    f"{path} was not put there by an add. Move it elsewhere and add it from there: "
                    f"learningcity atlas add {path.name}",
                    f"{path}不是通过添加命令写入的。请将其移出该文件夹，再运行：learningcity atlas add {path.name}",
                )
            )
        tables[path.stem] = read_sheets(path)[path.stem]
    return tables


def table_bytes(frame: pd.DataFrame, columns: tuple[str, ...]) -> bytes:
    """Give the bytes under which a table is stored; texts are guarded, since people open the file."""
    return to_csv_text(frame.map(guard_text), columns).encode("utf-8")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for one writer; a second one is told so at once. Leaves nothing behind.

    Raises
    ------
    SetupError
        Somebody else is writing, or the folder cannot be written.
    """
    made = _make(folder)
    path = folder / LOCK
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    try:
        if not _take(handle) or not _still_there(handle, path):
            raise SetupError(
                Text(
                    f"Somebody is adding to {folder} just now. Wait a moment and try again.",
                    f"另一程序正在向{folder}添加数据，请稍候重试。",
                )
            )
        try:
            _clean(folder)
            yield
        finally:
            with suppress(OSError):
                path.unlink()
    finally:
        os.close(handle)
        with suppress(OSError):
            path.unlink() if os.name == "nt" else None
        for one in made:
            with suppress(OSError):  # not empty: the change was made
                one.rmdir()


def _clean(folder: Path) -> None:
    try:
        history.roll_back(folder)
        history.sweep(folder)
    except OSError as error:
        raise _cannot_write(folder, error) from error


def _make(folder: Path) -> list[Path]:
    missing = []
    at = folder
    while not at.exists():
        missing.append(at)
        at = at.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    return missing


def _cannot_write(folder: Path, error: OSError) -> SetupError:
    reason = os_reason(error)
    return SetupError(
        Text(
            f"{folder} cannot be written ({reason.en}). Check your rights, or name another folder.",
            f"无法写入{folder}（{reason.zh}）。请检查权限，或改用其他文件夹。",
        )
    )


def _take(handle: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _still_there(handle: int, path: Path) -> bool:
    """A lock on a file that its last holder has just removed would hold nobody off."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def write_tables(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Put new contents of tables into the folder, all or none, and keep what they replace for undo.

    Raises
    ------
    SetupError
        The disk refused, or what was staged does not read back as it was written; nothing changed.
    """
    try:
        stage = Path(tempfile.mkdtemp(prefix=history.STAGED, dir=folder))
    except OSError as error:
        raise _cannot_write(folder, error) from error
    try:
        for name, content in contents.items():
            write_whole(stage / f"{name}.csv", content)
            _refuse_unreadable(stage / f"{name}.csv", content)
        generation = history.remember(folder, contents)
        try:
            for name in history.in_order(contents):
                (stage / f"{name}.csv").replace(folder / f"{name}.csv")
            history.sync(folder)
            history.settle(folder, generation)
        except BaseException:
            # Where even this fails the generation stays pending, and the next writer rolls it back.
            history.bring_back(folder, generation)
            raise
    except OSError as error:
        raise _cannot_write(folder, error) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _refuse_unreadable(path: Path, content: bytes) -> None:
    """A table that cannot be read again would shut its owner out for ever."""
    problem: Exception | None = None
    try:
        frame = read_sheets(path)[path.stem]
        same = table_bytes(frame, tuple(frame.columns)) == content
    except InputError as error:
        same, problem = False, error
    if not same:
        raise SetupError(
            Text(
                f"{path.name} would not read back as it was written; nothing was changed. "
                "Please report this with the file that you added.",
                f"{path.name}写入后无法原样读回，未作任何改动。请连同所添加的文件一并反馈。",
            )
        ) from problem


def recover(folder: Path) -> None:
    """Roll back a change that was cut off; wait a moment where it is only on its way.

    Raises
    ------
    SetupError
        Somebody else is still writing, or the folder cannot be written.
    """
    for attempt in range(20):
        if not folder.is_dir() or not history.is_pending(folder):
            return
        try:
            with locked(folder):
                return
        except SetupError:
            if attempt == 19:
                raise
            time.sleep(0.1)


def undo_last(folder: Path) -> list[str] | None:
    """Bring back the files as they were before the last change; None when there is none left."""
    past = history.generations(folder)
    if not past:
        return None
    try:
        try:
            return history.bring_back(folder, past[-1])
        except OSError:
            if not past[-1].is_dir():
                raise
            return history.bring_back(folder, past[-1])  # half of an undo is worse than a second try
    except OSError as error:
        raise _cannot_write(folder, error) from error


def last_change(folder: Path) -> list[str]:
    """Name the tables that an undo would bring back."""
    past = history.generations(folder)
    return history.tables_of(past[-1]) if past else []


def count_rows(folder: Path, name: str) -> int | None:
    """Count the rows of a stored table; None where it cannot be read."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return 0
    try:
        return len(read_sheets(path)[name])
    except InputError:
        return None
