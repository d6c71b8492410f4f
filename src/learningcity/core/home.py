"""The user's own folder: overlay, secret key and other things that are not the package's."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def home() -> Path:
    """Give the user's own folder; it is not created here.

    ``LEARNINGCITY_HOME`` decides; else the platform's place for application data
    (``XDG_DATA_HOME`` or ``~/.local/share`` on Linux, ``~/Library/Application Support`` on macOS,
    ``%LOCALAPPDATA%`` on Windows).
    """
    own = os.environ.get("LEARNINGCITY_HOME", "").strip()
    if own:
        return Path(own).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "learningcity"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "").strip()
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "learningcity"
    data = os.environ.get("XDG_DATA_HOME", "").strip()
    return (Path(data) if data else Path.home() / ".local" / "share") / "learningcity"
