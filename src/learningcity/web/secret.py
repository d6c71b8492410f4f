"""The secret key: made once at the first start, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import learningcity as lc

NAME = "secret-key"


def secret_key(folder: Path | None = None) -> str:
    """Give the secret key of this machine; make it when there is none.

    Parameters
    ----------
    folder
        Where it is kept; the user's own folder (``lc.home()``) when None.

    Raises
    ------
    SetupError
        The folder can neither be read nor written.
    """
    given = os.environ.get("LEARNINGCITY_SECRET_KEY", "").strip()
    if given and folder is None:
        return given
    path = (folder or lc.home()) / NAME
    try:
        return _read(path) or _make(path)
    except OSError as error:
        raise lc.SetupError(
            lc.Text(
                f"The secret key cannot be kept in {path} ({error.strerror}). Make the folder writable, or "
                "choose another one with LEARNINGCITY_HOME.",
                f"无法在{path}保存密钥（{error.strerror}）。请使该文件夹可写，或用LEARNINGCITY_HOME指定其他文件夹。",
            )
        ) from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def _make(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = secrets.token_urlsafe(48)
    # Written aside and linked into place: of two servers that start together both use one key.
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(fresh)
    try:
        os.link(draft, path)
    except FileExistsError:
        existing = _read(path)
        if existing:
            return existing
        draft.replace(path)
    except OSError:
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return _read(path)
