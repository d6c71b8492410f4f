"""Read a table of cases at the door: each case and column named once, what is wrong named. Shared by the methods."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text

if TYPE_CHECKING:
    import pandas as pd

#: Names that a message tells before it stops.
MOST_TOLD = 10


def first_names(named: Iterable[Any], most: int = MOST_TOLD) -> Text:
    """The first few names, as both languages join them.

    Examples
    --------
    >>> first_names("abc", 2)
    Text(en='a, b ...', zh='a、b……')
    """
    found = [str(one) for one in named]
    more = len(found) > most
    return Text(
        ", ".join(found[:most]) + (" ..." if more else ""), "、".join(found[:most]) + ("……" if more else "")
    )


def refuse(named: Iterable[Any], en: str, zh: str) -> None:
    """Raise with the names, if there are any.

    Raises
    ------
    InputError
        There are some.
    """
    found = list(dict.fromkeys(str(one) for one in named))
    if found:
        told = first_names(found)
        raise InputError(Text(f"{en}: {told.en}.", f"{zh}：{told.zh}。"))


def read_frame(given: Any, what: str) -> pd.DataFrame:
    """Give a frame with cases and columns named by text, each once.

    Parameters
    ----------
    given
        Frame, index case.
    what
        The argument, as the message names it.

    Raises
    ------
    InputError
        No frame, no cases, no columns, several levels of names, names that are missing or doubled.
    """
    import pandas as pd

    if not isinstance(given, pd.DataFrame):
        raise InputError(
            Text(
                f"{what} is {type(given).__name__}; give a frame with one row a case.",
                f"{what}为{type(given).__name__}，须为每行一个案例的数据表。",
            )
        )
    if given.index.nlevels > 1 or given.columns.nlevels > 1:
        raise InputError(
            Text(
                f"Rows and columns of {what} need one name each, not several levels.",
                f"{what}的行和列须各有一个名称，不能有多级。",
            )
        )
    if not len(given) or not len(given.columns):
        raise InputError(Text(f"{what} has no cases or no columns.", f"{what}没有案例或没有列。"))
    refuse(
        [k for k, gone in enumerate(given.index.isna(), 1) if gone],
        f"Rows of {what} without the name of a case, number",
        f"{what}中缺少案例名称的行（序号）",
    )
    refuse(
        [k for k, gone in enumerate(given.columns.isna(), 1) if gone],
        f"Columns of {what} without a name, number",
        f"{what}中缺少名称的列（序号）",
    )
    frame = given.set_axis([str(c) for c in given.index], axis=0)
    frame = frame.set_axis([str(c) for c in given.columns], axis=1)
    refuse(
        frame.columns[frame.columns.duplicated()], f"Columns of {what} that occur twice", f"{what}中重复的列"
    )
    refuse(frame.index[frame.index.duplicated()], f"Cases of {what} that occur twice", f"{what}中重复的案例")
    return frame
