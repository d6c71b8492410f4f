"""What all packages share: errors, bilingual texts, table contracts, statistics.

Light on purpose: nothing heavy is imported until a function needs it.
"""

from learningcity.core.arguments import names_of, of_kind, path_of, share, whole_number
from learningcity.core.characters import escaped
from learningcity.core.compiling import compiled
from learningcity.core.contracts import (
    Field,
    Finding,
    Schema,
    cell_problem,
    check_references,
    check_rows,
    load_schemas,
    read_schema,
    typed,
)
from learningcity.core.emptiness import REPORTED, STATUSES, Emptiness
from learningcity.core.errors import (
    InputError,
    LearningCityError,
    SetupError,
    TableError,
    UnknownNameError,
    near_names,
    os_reason,
)
from learningcity.core.folding import bigrams, fold, is_han, runs
from learningcity.core.home import home
from learningcity.core.loading import late
from learningcity.core.people import (
    guard_text,
    people_csv,
    people_xlsx,
    unguard_text,
    write_examples,
    write_whole,
)
from learningcity.core.progress import Progress, Steps, Stopped, unseen
from learningcity.core.results import Result, or_none, plain
from learningcity.core.statistics import NEAR_CONSTANT, alpha_interval, cohen_kappa, krippendorff_alpha
from learningcity.core.tables import (
    NOT_TABLES,
    FileBytes,
    TableLimits,
    read_built,
    read_csv_text,
    read_sheets,
    to_csv_text,
)
from learningcity.core.text import LANGUAGES, Language, Text, join_texts
from learningcity.core.versions import package_version

__all__ = [
    "LANGUAGES",
    "NEAR_CONSTANT",
    "NOT_TABLES",
    "REPORTED",
    "STATUSES",
    "Emptiness",
    "Field",
    "FileBytes",
    "Finding",
    "InputError",
    "Language",
    "LearningCityError",
    "Progress",
    "Result",
    "Schema",
    "SetupError",
    "Steps",
    "Stopped",
    "TableError",
    "TableLimits",
    "Text",
    "UnknownNameError",
    "alpha_interval",
    "bigrams",
    "cell_problem",
    "check_references",
    "check_rows",
    "cohen_kappa",
    "compiled",
    "escaped",
    "fold",
    "guard_text",
    "home",
    "is_han",
    "join_texts",
    "krippendorff_alpha",
    "late",
    "load_schemas",
    "names_of",
    "near_names",
    "of_kind",
    "or_none",
    "os_reason",
    "package_version",
    "path_of",
    "people_csv",
    "people_xlsx",
    "plain",
    "read_built",
    "read_csv_text",
    "read_schema",
    "read_sheets",
    "runs",
    "share",
    "to_csv_text",
    "typed",
    "unguard_text",
    "unseen",
    "whole_number",
    "write_examples",
    "write_whole",
]
