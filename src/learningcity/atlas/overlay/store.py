"""Where the user's own tables lie: one folder of CSV, changed whole or not at all, each change undoable.

The folder holds one CSV a table, ``.history/`` with what each add replaced, and, while somebody
writes, ``.lock``. New files are written beside the old ones, put on the disk, and only then renamed
into place; sources and cities come before the rows that point to them, so that the tables hold
together at any moment in between.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from learningcity.atlas.load import atlas_schemas
from learningcity.core import InputError, SetupError, Text, guard_text, read_sheets, to_csv_text, write_whole

if TYPE_CHECKING:
    import pandas as pd

HISTORY, LOCK, STAGED = ".history", ".lock", ".staged-"
#: Tables that others point to come first.
_ORDER = ("sources", "statistical-sources", "indicators", "exchange-rates", "cities", "members", "practices")
#: Older changes are forgotten; the newest can be undone one after the other.
KEPT_CHANGES = 50


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
            _remove_leftovers(folder)
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
    return SetupError(
        Text(
            f"{folder} cannot be written ({error.strerror}). Check your rights, or name another folder.",
            f"无法写入{folder}（{error.strerror}）。请检查权限，或改用其他文件夹。",
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


def _remove_leftovers(folder: Path) -> None:
    for path in folder.glob(f"{STAGED}*"):
        shutil.rmtree(path, ignore_errors=True)


def write_tables(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Put new contents of tables into the folder, all or none, and keep what they replace for undo."""
    try:
        stage = Path(tempfile.mkdtemp(prefix=STAGED, dir=folder))
    except OSError as error:
        raise _cannot_write(folder, error) from error
    try:
        for name, content in contents.items():
            write_whole(stage / f"{name}.csv", content)
        generation = _remember(folder, contents)
        try:
            for name in _in_order(contents):
                (stage / f"{name}.csv").replace(folder / f"{name}.csv")
            _sync(folder)
        except BaseException:
            _restore(folder, generation)
            raise
    except OSError as error:
        raise _cannot_write(folder, error) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _in_order(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda n: (_ORDER.index(n) if n in _ORDER else len(_ORDER), n))


def _generations(folder: Path) -> list[Path]:
    history = folder / HISTORY
    return sorted(p for p in history.iterdir() if p.name.isdigit()) if history.is_dir() else []


def _remember(folder: Path, names: Iterable[str]) -> Path:
    past = _generations(folder)
    number = int(past[-1].name) + 1 if past else 1
    history = folder / HISTORY
    made = Path(tempfile.mkdtemp(prefix=STAGED, dir=folder))
    there = {}
    for name in names:
        old = folder / f"{name}.csv"
        there[name] = old.exists()
        if there[name]:
            write_whole(made / old.name, old.read_bytes())
    write_whole(made / "tables.json", (json.dumps(there, sort_keys=True) + "\n").encode())
    history.mkdir(exist_ok=True)
    kept = history / f"{number:06d}"
    made.replace(kept)
    _sync(history)
    for old_change in past[: max(0, len(past) + 1 - KEPT_CHANGES)]:
        shutil.rmtree(old_change, ignore_errors=True)
    return kept


def _restore(folder: Path, generation: Path) -> list[str]:
    there = json.loads((generation / "tables.json").read_text(encoding="utf-8"))
    for name in reversed(_in_order(there)):
        path = folder / f"{name}.csv"
        if there[name]:
            write_whole(path, (generation / path.name).read_bytes())
        else:
            path.unlink(missing_ok=True)
    shutil.rmtree(generation)
    history = folder / HISTORY
    if not any(history.iterdir()):
        history.rmdir()
    return _in_order(there)


def undo_last(folder: Path) -> list[str] | None:
    """Bring back the files as they were before the last change; None when there is none left."""
    past = _generations(folder)
    if not past:
        return None
    try:
        return _restore(folder, past[-1])
    except OSError as error:
        raise _cannot_write(folder, error) from error


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
