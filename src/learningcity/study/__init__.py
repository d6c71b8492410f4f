"""A study is a file; run, it becomes a document whose every number follows the data."""

from typing import TYPE_CHECKING

from learningcity.core import late

if TYPE_CHECKING:
    from learningcity.study.briefs import brief
    from learningcity.study.desk import Desk
    from learningcity.study.diff import CHANGES, StudyDifference, compare_studies
    from learningcity.study.documents import DocumentFile, DocumentFiles
    from learningcity.study.files import read_study_result, study_toml, write_study_result
    from learningcity.study.lessons_alone import lessons_document
    from learningcity.study.run import StudyResult, of_cases, run_study
    from learningcity.study.spec import CHAPTERS, Methods, Study, read_study

_HOME = {
    "CHANGES": "diff",
    "CHAPTERS": "spec",
    "Desk": "desk",
    "DocumentFile": "documents",
    "DocumentFiles": "documents",
    "Methods": "spec",
    "Study": "spec",
    "StudyDifference": "diff",
    "StudyResult": "run",
    "brief": "briefs",
    "compare_studies": "diff",
    "lessons_document": "lessons_alone",
    "of_cases": "run",
    "read_study": "spec",
    "read_study_result": "files",
    "run_study": "run",
    "study_toml": "files",
    "write_study_result": "files",
}

__all__ = sorted(_HOME)


__getattr__ = late(__name__, _HOME)
