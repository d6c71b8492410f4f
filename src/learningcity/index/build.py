"""Build an index: one function from a table and a recipe to a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text
from learningcity.index.methods import Choice
from learningcity.index.pipeline import Prepared, prepare
from learningcity.index.result import IndexResult
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import Structure

if TYPE_CHECKING:
    import pandas as pd


def build_index(values: Any, spec: IndexSpec) -> IndexResult:
    """Build a composite index.

    Parameters
    ----------
    values
        Frame units x indicators (index = unit, columns = the indicator codes of the structure),
        NaN = missing; or a FactTable, then every score leads on to facts and sources.
    spec
        The recipe.

    Returns
    -------
    IndexResult
        Scores and ranks of every code, and all that led to them.

    Raises
    ------
    InputError
        Values or recipe that cannot be used; codes are named.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.
    Becker, Caperna, Del Sorbo, Norlen, Papadimitriou & Saisana (2022), COINr, doi 10.21105/joss.04567.

    Examples
    --------
    >>> import pandas as pd
    >>> tree = Structure.of({"INDEX": ["skills", "parks"]})
    >>> frame = pd.DataFrame({"skills": [1.0, 3.0, 2.0], "parks": [5.0, 9.0, 1.0]}, index=["a", "b", "c"])
    >>> build_index(frame, IndexSpec(tree)).scores["INDEX"].tolist()
    [25.0, 100.0, 25.0]
    """
    if not isinstance(spec, IndexSpec):
        raise InputError(
            Text(
                f"spec is {type(spec).__name__}; give an IndexSpec.",
                f"spec为{type(spec).__name__}，须为IndexSpec。",
            )
        )
    prepared = prepare(values, spec)
    weights = weights_of(prepared.normalised, prepared.structure, spec)
    scores = aggregate_tree(prepared.normalised, prepared.structure, weights, spec)
    return IndexResult(
        spec=spec,
        prepared=prepared,
        weights=weights,
        scores=scores,
        ranks=rank_frame(scores),
        origin=getattr(values, "origin", None),
    )


def weights_of(normalised: pd.DataFrame, structure: Structure, spec: IndexSpec) -> dict[str, float]:
    """Weights as written of every code below the top, by the recipe."""
    given = spec.weights
    if given is None:
        return structure.weights
    if isinstance(given, str | list | tuple | Choice):
        choice = Choice.read("weights", given)
        found = choice.method.formula(normalised, structure, spec=spec, **choice.parameters)
        return _usable({**structure.weights, **found}, structure)
    own = {str(k): float(v) for k, v in given.items() if str(k) in structure.weights}
    return _usable({**structure.weights, **own}, structure)


def _usable(weights: dict[str, float], structure: Structure) -> dict[str, float]:
    """Hold that each parent has a child with weight: screening may have left out all that had any."""
    for parent in structure.aggregates:
        children = structure.children(parent)
        if not sum(weights[c] for c in children) > 0:
            raise InputError(
                Text(
                    f"{parent}: all weights below are zero ({', '.join(children)}).",
                    f"{parent}：其下权重全为零（{'、'.join(children)}）。",
                )
            )
    return weights


def aggregate_tree(
    normalised: pd.DataFrame, structure: Structure, weights: dict[str, float], spec: IndexSpec
) -> pd.DataFrame:
    """Compute every aggregate, level by level.

    Returns
    -------
    frame
        Units x all codes of the structure: normalised indicators, then the aggregates.

    Raises
    ------
    InputError
        An aggregation is not defined for such values (a zero under a geometric mean); codes are named.
    """
    import numpy as np
    import pandas as pd

    check_scales(structure, spec)
    codes = list(structure.indicators)
    columns = (normalised if list(normalised.columns) == codes else normalised[codes]).to_numpy().T
    found = dict(zip(codes, columns, strict=True))
    for level in range(2, structure.height + 1):
        aggregate_level(found, level, structure, weights, spec)
    table = np.column_stack([found[code] for code in structure.codes])
    return pd.DataFrame(table, index=normalised.index, columns=list(structure.codes))


def aggregate_level(
    found: dict[str, Any], level: int, structure: Structure, weights: dict[str, float], spec: IndexSpec
) -> None:
    """Write the codes of one level into ``found``, which holds a vector for each code below.

    Raises
    ------
    InputError
        As :func:`aggregate_tree`.
    """
    import numpy as np

    from learningcity.index.columns import NotDefinedError, normalise_column

    again = spec.normalise_at(level - 1) if level > 2 else None
    below = found
    if again is not None:
        below = {c: normalise_column(found[c], structure.by_code[c], again) for c in structure.at(level - 1)}
    choice = spec.aggregate_at(level)
    for code in structure.at(level):
        children = structure.children(code)
        x = np.column_stack([below[c] for c in children])
        w = np.array([weights[c] for c in children])
        try:
            found[code] = choice.method.formula(x, w, **choice.parameters)
        except NotDefinedError as error:
            raise InputError(
                Text(
                    f"{code} (from {', '.join(children)}): {error.reason.en}",
                    f"{code}（由{'、'.join(children)}合成）：{error.reason.zh}",
                )
            ) from None


def check_scales(structure: Structure, spec: IndexSpec) -> None:
    """Hold that the Mazziotta-Pareto index follows its own standardisation and no other.

    Above the indicators the scale of 100 may also come from below: an aggregate that is itself a
    Mazziotta-Pareto index, or an arithmetic mean of values on that scale.

    Raises
    ------
    InputError
        The index is asked for on another scale; the codes are named.
    """
    fits = {c: (at := spec.normalise_at(c)) is not None and at.name == "mpi" for c in structure.indicators}
    for level in range(2, structure.height + 1):
        again = spec.normalise_at(level - 1) if level > 2 else None
        name = spec.aggregate_at(level).name
        for code in structure.at(level):
            children = structure.children(code)
            if again is None:
                wrong = [c for c in children if not fits[c]]
            else:
                wrong = [] if again.name == "mpi" else list(children)
            fits[code] = not wrong and name in ("mpi", "arithmetic")
            if name == "mpi" and wrong:
                shown = ", ".join(wrong[:10]) + (" ..." if len(wrong) > 10 else "")
                raise InputError(
                    Text(
                        f"{code}: the Mazziotta-Pareto index follows only its own standardisation, and these "
                        f'are on another scale: {shown}. Give normalise="mpi" for level {level - 1}.',
                        f"{code}：Mazziotta-Pareto指数只能接在其自身的标准化之后，以下各项不在该尺度上："
                        f'{shown}。请在第{level - 1}层用normalise="mpi"。',
                    )
                )


def rank_frame(scores: pd.DataFrame) -> pd.DataFrame:
    """Ranks of each column, 1 = highest; ties share the best rank, missing scores have none."""
    import numpy as np
    import pandas as pd

    from learningcity.index.compiled import ranks

    # One array for the whole frame: a frame put together column by column costs more than the ranks.
    x = scores.to_numpy(dtype=np.float64)
    found = np.empty_like(x)
    for i in range(x.shape[1]):
        found[:, i] = ranks(x[:, i])
    return pd.DataFrame(found, index=scores.index, columns=scores.columns)


__all__ = [
    "Prepared",
    "aggregate_level",
    "aggregate_tree",
    "build_index",
    "check_scales",
    "rank_frame",
    "weights_of",
]
