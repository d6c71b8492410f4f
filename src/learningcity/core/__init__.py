"""What all packages share: errors, bilingual texts, table contracts, units, statistics.

Light on purpose: nothing heavy is imported until a function needs it.
"""

from learningcity.core.emptiness import REPORTED, STATUSES, Emptiness
from learningcity.core.errors import (
    InputError,
    LearningCityError,
    SetupError,
    TableError,
    UnknownNameError,
    near_names,
)
from learningcity.core.results import Result, plain
from learningcity.core.text import LANGUAGES, Language, Text, join_texts

__all__ = [
    "LANGUAGES",
    "REPORTED",
    "STATUSES",
    "Emptiness",
    "InputError",
    "Language",
    "LearningCityError",
    "Result",
    "SetupError",
    "TableError",
    "Text",
    "UnknownNameError",
    "join_texts",
    "near_names",
    "plain",
]
