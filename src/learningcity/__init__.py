"""learningcity: from evidence to plan in one traceable chain.

What a learning city is, who received the UNESCO Learning City Award against what background, how
they did it, and what a city can learn from it. Every number leads to a source.

>>> import learningcity as lc
>>> atlas = lc.load_atlas()
>>> len(atlas.awards)
58

The import is lazy (PEP 562): nothing heavy is loaded until a name is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learningcity.atlas import (
        Atlas,
        CodingPolicy,
        FactPolicy,
        FactTable,
        check_eligibility,
        load_atlas,
    )
    from learningcity.core import (
        Emptiness,
        InputError,
        LearningCityError,
        SetupError,
        TableError,
        Text,
        UnknownNameError,
    )
    from learningcity.standards import award_rules, crosswalk, load_standard

__version__ = "0.1.0"

_HOME = {
    "Atlas": "atlas",
    "CodingPolicy": "atlas",
    "Emptiness": "core",
    "FactPolicy": "atlas",
    "FactTable": "atlas",
    "InputError": "core",
    "LearningCityError": "core",
    "SetupError": "core",
    "TableError": "core",
    "Text": "core",
    "UnknownNameError": "core",
    "award_rules": "standards",
    "check_eligibility": "atlas",
    "crosswalk": "standards",
    "load_atlas": "atlas",
    "load_standard": "standards",
}

__all__ = sorted([*_HOME, "__version__"])


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(f"learningcity.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'learningcity' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
