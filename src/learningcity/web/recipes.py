"""A question as a recipe: a file that a command reads with ``--recipe``, and the same as its options."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def written(about: str, choices: Mapping[str, Any]) -> bytes:
    """Write choices, by the names of the options, as TOML under a line that says what they are.

    Examples
    --------
    >>> print(written("Styles of cities", {"atlas": True, "columns": ["law", "green"], "k": 3}).decode())
    # Styles of cities
    atlas = true
    columns = ["law", "green"]
    k = 3
    <BLANKLINE>
    """
    held = [f"{name} = {json.dumps(value)}" for name, value in choices.items()]
    return ("\n".join([f"# {about}", *held]) + "\n").encode("utf-8")


def options(choices: Mapping[str, Any]) -> list[str]:
    """Give the same as words of the command line.

    Examples
    --------
    >>> options({"atlas": True, "not_seen": "visibility", "columns": ["law", "green"]})
    ['--atlas', '--not-seen', 'visibility', '--columns', 'law,green']
    """
    found = []
    for name, value in choices.items():
        found.append("--" + name.replace("_", "-"))
        if value is not True:
            found.append(",".join(value) if isinstance(value, list) else str(value))
    return found
