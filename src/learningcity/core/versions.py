"""Which version of the package an answer comes from."""

from __future__ import annotations

from importlib import import_module


def package_version() -> str:
    """Give the version of this package."""
    return str(import_module("learningcity").__version__)
