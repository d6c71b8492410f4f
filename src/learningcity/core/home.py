"""The user's own folder: overlay, secret key and other things that are not the package's."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from learningcity.core.errors import SetupError
from learningcity.core.text import Text


def home() -> Path:
    """Give the user's own folder; it is not created here.

    Raises
    ------
    SetupError
        ``LEARNINGCITY_HOME`` names the home of a user who is not there.

    Notes
    -----
    ``LEARNINGCITY_HOME`` decides; else the platform's place for application data
    (``XDG_DATA_HOME`` or ``~/.local/share`` on Linux, ``~/Library/Application Support`` on macOS,
    ``%LOCALAPPDATA%`` on Windows).
    """
    own = os.environ.get("LEARNINGCITY_HOME", "").strip()
    if own:
        try:
            return Path(own).expanduser()
        except RuntimeError as error:
            raise SetupError(
                Text(
                    f"LEARNINGCITY_HOME is {own}, and nobody has this home on this machine. Name a folder.",
                    f"LEARNINGCITY_HOME设为{own}，但本机没有该用户的主目录。请指定一个文件夹。",
                )
            ) from error
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "learningcity"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "").strip()
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "learningcity"
    data = os.environ.get("XDG_DATA_HOME", "").strip()
    return (Path(data) if data else Path.home() / ".local" / "share") / "learningcity"
