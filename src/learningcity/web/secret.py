"""The secret key: made once at the first start, readable by its owner alone."""

from __future__ import annotations

import logging
import os
import secrets
import stat
from pathlib import Path

import learningcity as lc

NAME = "secret-key"
#: Shorter keys can be guessed; the one that is made here has 64 characters.
SHORTEST = 32


def secret_key(folder: Path | None = None) -> str:
    """Give the secret key of this machine; make it when there is none.

    Parameters
    ----------
    folder
        Where it is kept; the user's own folder (``lc.home()``) when None.

    Raises
    ------
    SetupError
        The folder can neither be read nor written, or the key is too short or damaged.

    Notes
    -----
    A key file that others may read is closed to them; when that is not possible, it is an error.
    """
    given = os.environ.get("LEARNINGCITY_SECRET_KEY", "").strip()
    if given and folder is None:
        return _checked(given, "LEARNINGCITY_SECRET_KEY")
    path = (folder or lc.home()) / NAME
    try:
        return _checked(_read(path) or _make(path), str(path))
    except OSError as error:
        raise lc.SetupError(
            lc.Text(
                f"The secret key cannot be kept in {path} ({error.strerror}). Make the folder writable, or "
                "choose another one with LEARNINGCITY_HOME, or give a key of your own in LEARNINGCITY_SECRET_KEY.",
                f"无法在{path}保存密钥（{error.strerror}）。请使该文件夹可写，用LEARNINGCITY_HOME指定其他文件夹，或在LEARNINGCITY_SECRET_KEY中给出自己的密钥。",
            )
        ) from error


def _checked(key: str, where: str) -> str:
    if len(key.encode("utf-8", "surrogateescape")) >= SHORTEST:
        return key
    raise lc.SetupError(
        lc.Text(
            f"The secret key in {where} is shorter than {SHORTEST} characters. Remove it, and a new one is made "
            "at the next start.",
            f"{where}中的密钥不足{SHORTEST}个字符。请将其删除，下次启动时会生成新密钥。",
        )
    )


def _read(path: Path) -> str:
    try:
        text = path.read_bytes().decode("ascii").strip()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise lc.SetupError(
            lc.Text(
                f"The secret key in {path} is damaged. Remove the file, and a new one is made at the next start.",
                f"{path}中的密钥已损坏。请删除该文件，下次启动时会生成新密钥。",
            )
        ) from error
    _close_to_others(path)
    return text


def _close_to_others(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name != "posix" or not mode & 0o077:
        return
    try:
        path.chmod(mode & 0o700)
    except OSError as error:
        raise lc.SetupError(
            lc.Text(
                f"Others can read the secret key in {path}. Close it to them (chmod 600), or remove the file, and "
                "a new one is made at the next start.",
                f"其他用户可读取{path}中的密钥。请取消其权限（chmod 600），或删除该文件，下次启动时会生成新密钥。",
            )
        ) from error
    logging.getLogger(__name__).warning(
        "Others could read the secret key in %s; it is now closed to them. Remove the file to have a new one "
        "made. 其他用户此前可读取该密钥，现已取消其权限；如需更换，请删除该文件。",
        path,
    )


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
