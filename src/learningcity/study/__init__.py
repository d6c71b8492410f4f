"""A study is a file; run, it becomes a document whose every number follows the data."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learningcity.study.desk import Desk
    from learningcity.study.run import StudyResult, run_study
    from learningcity.study.spec import CHAPTERS, Methods, Study, read_study

_HOME = {
    "CHAPTERS": "spec",
    "Desk": "desk",
    "Methods": "spec",
    "Study": "spec",
    "StudyResult": "run",
    "read_study": "spec",
    "run_study": "run",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"learningcity.study.{_HOME[name]}"), name)
    raise AttributeError(f"module 'learningcity.study' has no attribute {name!r}")
