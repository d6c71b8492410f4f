"""A study is a file; run, it becomes a document whose every number follows the data."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learningcity.study.desk import Desk
    from learningcity.study.diff import CHANGES, StudyDifference, compare_studies
    from learningcity.study.files import read_study_result, study_toml, write_study_result
    from learningcity.study.run import StudyResult, run_study
    from learningcity.study.spec import CHAPTERS, Methods, Study, read_study

_HOME = {
    "CHANGES": "diff",
    "CHAPTERS": "spec",
    "Desk": "desk",
    "Methods": "spec",
    "Study": "spec",
    "StudyDifference": "diff",
    "StudyResult": "run",
    "compare_studies": "diff",
    "read_study": "spec",
    "read_study_result": "files",
    "run_study": "run",
    "study_toml": "files",
    "write_study_result": "files",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"learningcity.study.{_HOME[name]}"), name)
    raise AttributeError(f"module 'learningcity.study' has no attribute {name!r}")
