"""From what people edit (``data/``) to what the package ships: read, check, write.

Only a source checkout has ``data/``; an installed package loads what was built here.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learningcity.atlas.build.report import BuildReport
    from learningcity.atlas.build.run import build_tables, check_tables

_HOME = {"BuildReport": "report", "build_tables": "run", "check_tables": "run"}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"learningcity.atlas.build.{_HOME[name]}"), name)
    raise AttributeError(f"module 'learningcity.atlas.build' has no attribute {name!r}")
