"""Fill empty cells: which method for which indicator, and that nothing stays empty unnoticed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text
from learningcity.index.columns import NotDefinedError
from learningcity.index.methods import Choice
from learningcity.index.structure import Structure

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from learningcity.index.spec import IndexSpec

#: Methods that read all indicators at once; the others look at one column alone.
JOINT = ("em", "knn", "multiple")


class EmptyGroupError(Exception):
    """Raised by a formula: groups without a single value, so that nothing can be filled there.

    Parameters
    ----------
    cells
        Pairs (position of the column, label of the group).
    """

    def __init__(self, cells: list[tuple[int, str]]) -> None:
        super().__init__("empty groups")
        self.cells = cells


def impute(frame: pd.DataFrame, structure: Structure, spec: IndexSpec) -> pd.DataFrame:
    """Fill the empty cells of each indicator by the method that the recipe names for it.

    Parameters
    ----------
    frame
        Units x indicators, NaN = missing. Methods that read all indicators at once read this frame,
        whatever is filled in other columns.
    structure
        The tree; every indicator is a column of the frame.
    spec
        The recipe; indicators for which it names no method stay as they are.

    Returns
    -------
    frame
        The same shape, filled where a method was named.

    Raises
    ------
    InputError
        A cell that the method cannot fill; indicator, group or unit are named.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index import IndexSpec, Structure
    >>> tree = Structure.of({"INDEX": ["a", "b"]})
    >>> frame = pd.DataFrame({"a": [1.0, None, 3.0], "b": [1.0, 2.0, 3.0]}, index=["x", "y", "z"])
    >>> impute(frame, tree, IndexSpec(tree, impute="mean"))["a"].tolist()
    [1.0, 2.0, 3.0]
    """
    chosen: dict[Choice, list[str]] = {}
    for code in structure.indicators:
        choice = spec.impute_at(code)
        if choice is not None:
            chosen.setdefault(choice, []).append(code)
    filled = frame.copy()
    for choice, codes in chosen.items():
        if frame[codes].isna().to_numpy().any():
            filled[codes] = impute_columns(frame, codes, choice)
    return filled


def impute_columns(frame: pd.DataFrame, codes: list[str], choice: Choice) -> NDArray[Any]:
    """Fill some columns by one method.

    Parameters
    ----------
    frame
        Units x indicators, NaN = missing.
    codes
        The columns to fill.
    choice
        The method.

    Returns
    -------
    array
        Units x ``codes``, without an empty cell.

    Raises
    ------
    InputError
        A cell that the method cannot fill.
    """
    return _filled(frame, codes, choice, choice.method.formula)


def data_sets(frame: pd.DataFrame, choice: Choice) -> list[pd.DataFrame]:
    """Give every data set of a multiple imputation; of any other method the one there is.

    Parameters
    ----------
    frame
        Units x indicators, NaN = missing.
    choice
        The method.

    Returns
    -------
    list of frames
        As many as the parameter ``sets`` of "multiple" says; their observed cells are equal.

    Raises
    ------
    InputError
        A cell that the method cannot fill.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"a": [1.0, None, 3.0, 5.0], "b": [1.0, 2.0, 4.0, 4.0]})
    >>> len(data_sets(frame, Choice.read("impute", ("multiple", {"sets": 3}))))
    3
    """
    import pandas as pd

    codes = [str(c) for c in frame.columns]
    if choice.name != "multiple":
        arrays = [impute_columns(frame, codes, choice)]
    else:
        from learningcity.index.impute.multiple import draws

        arrays = []

        def one_by_one(values: Any, **named: Any) -> Any:
            arrays.extend(draws(values, **named))
            return arrays[0]

        arrays[:1] = [_filled(frame, codes, choice, one_by_one)]
    return [pd.DataFrame(a, index=frame.index, columns=frame.columns) for a in arrays]


def _filled(
    frame: pd.DataFrame, codes: list[str], choice: Choice, formula: Callable[..., Any]
) -> NDArray[Any]:
    """Call a formula; what it cannot do becomes an error that names codes and units."""
    import numpy as np

    read = [str(c) for c in frame.columns] if choice.name in JOINT else codes
    given = dict(choice.parameters)
    if "groups" in given:
        given["groups"] = groups_of(frame, given["groups"])
    values = frame[read].to_numpy(dtype=np.float64)
    try:
        with np.errstate(all="ignore"):
            found = formula(values, **given)
    except NotDefinedError as error:
        named = _some([c for c in codes if frame[c].isna().any()])
        raise InputError(
            Text(
                f"{named[0]}: {choice.name}: {error.reason.en}",
                f"{named[1]}：{choice.name}：{error.reason.zh}",
            )
        ) from None
    except EmptyGroupError as error:
        named = _some([f"{read[j]} ({group})" for j, group in error.cells])
        raise InputError(
            Text(
                f"{choice.name}: groups without a single value: {named[0]}. Join groups, leave the "
                'indicator out, or take the value of all units there (otherwise="all").',
                f"{choice.name}：以下组内没有任何取值：{named[1]}。请合并分组、剔除该指标，"
                '或改用全部单位的取值（otherwise="all"）。',
            )
        ) from None
    result: NDArray[Any] = np.asarray(found)[:, [read.index(c) for c in codes]]
    bad = ~np.isfinite(result)
    if bad.any():
        cells = [f"{codes[j]} ({frame.index[i]})" for i, j in np.argwhere(bad)]
        named = _some(cells)
        raise InputError(
            Text(
                f"{choice.name} has no value for these cells: {named[0]}. "
                "Screen the units or indicators, or take another method.",
                f"{choice.name}无法插补以下单元格：{named[1]}。请先筛除相关单位或指标，或改用其他方法。",
            )
        )
    return result


def groups_of(frame: pd.DataFrame, given: Any) -> NDArray[Any]:
    """Give the group of each unit as an array, in the order of the frame.

    Parameters
    ----------
    frame
        Index unit.
    given
        Series (index unit) or mapping from unit to group.

    Raises
    ------
    InputError
        Neither of the two, a unit twice, or units without a group: they are named.

    Examples
    --------
    >>> import pandas as pd
    >>> groups_of(pd.DataFrame(index=["x", "y"]), {"y": "north", "x": "south"}).tolist()
    ['south', 'north']
    """
    import numpy as np
    import pandas as pd

    from learningcity.core import or_none

    if isinstance(given, pd.Series):
        if given.index.duplicated().any():
            named = _some([str(u) for u in given.index[given.index.duplicated()]])
            raise InputError(
                Text(f"groups: units that occur twice: {named[0]}.", f"分组：重复的单位：{named[1]}。")
            )
        given = given.to_dict()
    if not isinstance(given, Mapping):
        raise InputError(
            Text(
                f"groups is {type(given).__name__}; give a series or a mapping from unit to group.",
                f"groups为{type(given).__name__}，须为由单位到组别的序列或映射。",
            )
        )
    labels = {str(unit): or_none(group) for unit, group in given.items()}
    missing = [str(u) for u in frame.index if labels.get(str(u)) is None]
    if missing:
        named = _some(missing)
        raise InputError(Text(f"Units without a group: {named[0]}.", f"未分组的单位：{named[1]}。"))
    return np.array([str(labels[str(u)]) for u in frame.index], dtype=object)


def _some(names: list[str]) -> tuple[str, str]:
    more = " ..." if len(names) > 10 else ""
    return ", ".join(names[:10]) + more, "、".join(names[:10]) + more
