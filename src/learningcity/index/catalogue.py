"""The table of methods for people: what may stand in a recipe."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from learningcity.index.methods import PROPERTIES, STEPS, methods

if TYPE_CHECKING:
    import pandas as pd


def index_methods(language: str = "en") -> pd.DataFrame:
    """List every method of every step.

    Parameters
    ----------
    language
        "en" or "zh".

    Returns
    -------
    frame
        One row a method: step, method, label, parameters (with defaults; a parameter that must be given
        stands alone), properties, reference.

    Examples
    --------
    >>> table = index_methods().set_index(["step", "method"])
    >>> table.loc[("normalise", "minmax"), "parameters"]
    'lower=0.0, upper=100.0, flat=None'
    """
    import pandas as pd

    separator = {"en": "; ", "zh": "；"}.get(language, "; ")
    rows = [
        {
            "step": step,
            "method": name,
            "label": found.label.in_(language),
            "parameters": ", ".join(
                p if default is inspect.Parameter.empty else f"{p}={default!r}"
                for p, default in found.parameters.items()
            ),
            "properties": separator.join(PROPERTIES[p].in_(language) for p in sorted(found.properties)),
            "reference": found.reference,
        }
        for step in STEPS
        for name, found in methods(step).items()
    ]
    return pd.DataFrame(rows, columns=["step", "method", "label", "parameters", "properties", "reference"])
