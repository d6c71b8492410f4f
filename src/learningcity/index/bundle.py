"""An index as a bundle of files in memory: values, recipe, what varies, and the tables beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learningcity.core import people_csv
from learningcity.index.choice_files import choice_files
from learningcity.index.files import spec_files
from learningcity.index.spec import IndexSpec

if TYPE_CHECKING:
    import pandas as pd

VALUES, RECIPE, CHOICES = "values.csv", "index.toml", "choices.toml"


def index_files(
    values: pd.DataFrame, spec: IndexSpec, choices: Mapping[str, Any] | None = None
) -> dict[str, bytes]:
    """Give the files from which the command line builds the same index; nothing is written anywhere.

    Parameters
    ----------
    values
        Units x indicators, index = unit, NaN = missing, an empty cell.
    spec
        The recipe.
    choices
        What varies, as ``uncertainty`` takes it.

    Returns
    -------
    dict
        Name -> bytes: ``values.csv``, ``index.toml``, ``choices.toml`` where something varies, and the tables
        of denominators and coders that these name.

    Raises
    ------
    InputError
        A value that no file can hold; the key is named.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index.structure import Structure
    >>> frame = pd.DataFrame({"a": [1.0, 3.0], "b": [2.0, None]}, index=["x", "y"])
    >>> files = index_files(frame, IndexSpec(Structure.of({"INDEX": ["a", "b"]})), {"weights": {"noise": 0.25}})
    >>> sorted(files)
    ['choices.toml', 'index.toml', 'values.csv']
    """
    made = {Path(VALUES): people_csv(values.rename_axis("uCode").reset_index())}
    made |= spec_files(spec, Path(RECIPE))
    if choices:
        made |= choice_files(choices, Path(CHOICES))
    return {file.name: made[file] for file in sorted(made)}
