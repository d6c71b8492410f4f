"""Awarded cities against other members of the network, on size and country context alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from learningcity.core import InputError, Text
from learningcity.explain.association.associate import associate
from learningcity.explain.association.columns import read_frame
from learningcity.explain.association.result import AssociationResult
from learningcity.explain.association.words import MEMBER_CLAIMS
from learningcity.explain.tables import refuse
from learningcity.standards import labels

#: Name of the column that tells who was awarded.
AWARDED = "awarded"


def contrast_members(
    context: Any, awarded: Any, *, countries: Any = None, **choices: Any
) -> AssociationResult:
    """Compare awarded cities with other members on each column of size and country context.

    Parameters
    ----------
    context
        Frame, index member: size and figures of the country. Columns named as a mechanism or theme are refused:
        practices were coded of hardly any city that was not awarded.
    awarded
        Series of truth values, same members.
    countries
        Series, same members: the country of each. A figure of the country is one observation however many members
        the country has, so that its values are shuffled by country. Without it such figures seem surer than
        they are.
    choices
        adjust, level, confidence, fewest, permutations, draws, seed, groups, progress: as for ``associate``.

    Returns
    -------
    AssociationResult
        One row a column; rank-biserial correlation, positive where awarded cities are higher.

    Raises
    ------
    InputError
        What ``associate`` refuses; columns of codes; ``awarded`` that is not true for some and false for others.

    Examples
    --------
    >>> import pandas as pd
    >>> size = pd.DataFrame({"population": [90, 80, 70, 60, 20, 30, 10, 40]})
    >>> found = contrast_members(size, pd.Series([True] * 4 + [False] * 4))
    >>> pair = found.pairs[0]
    >>> pair.estimate, pair.higher, round(pair.p, 3)
    (1.0, 'True', 0.029)
    """
    known = {"adjust", "level", "confidence", "fewest", "permutations", "draws", "seed", "groups", "progress"}
    refuse(sorted(set(choices) - known), "Choices that a contrast does not take", "此比较不接受的选项")
    frame = read_frame(context, "context")
    coded = {name for kind in ("mechanism", "theme") for name in labels()[kind]}
    refuse(
        [c for c in frame.columns if c in coded],
        "Codes of practices; awarded and other members can be compared on size and country context only, since "
        "hardly any city that was not awarded was coded",
        "实践举措的编码；获奖城市与其他成员只能就规模和国家背景作比较，因为未获奖城市几乎未经编码",
    )
    told = read_frame(awarded, AWARDED)
    cells = [bool(v) for v in told.iloc[:, 0] if isinstance(v, bool) or type(v).__name__ in ("bool", "bool_")]
    if len(told.columns) != 1 or len(cells) != len(told) or len(set(cells)) != 2:
        raise InputError(
            Text(
                "awarded takes one True or False a member, with both among them.",
                "awarded须为每个成员给出True或False，且两者均须出现。",
            )
        )
    result = associate(frame, told.set_axis([AWARDED], axis=1), clusters=countries, **choices)
    return replace(result, claims=MEMBER_CLAIMS)
