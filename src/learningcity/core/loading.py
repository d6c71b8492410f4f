"""Names of a package that are loaded when somebody asks for them (PEP 562), so that an import stays light."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def late(package: str, home: Mapping[str, str]) -> Callable[[str], Any]:
    """Give the ``__getattr__`` of a package.

    Parameters
    ----------
    package
        Its ``__name__``.
    home
        Name -> the module of the package that holds it.

    Examples
    --------
    >>> find = late("learningcity.core", {"Text": "text"})
    >>> find("Text")("city", "城市").in_("zh")
    '城市'
    >>> find("Txet")
    Traceback (most recent call last):
    ...
    AttributeError: module 'learningcity.core' has no attribute 'Txet'
    """

    def find(name: str) -> Any:
        if name in home:
            return getattr(import_module(f"{package}.{home[name]}"), name)
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return find
