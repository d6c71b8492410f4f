"""Which units have enough values for a score, part by part, and why the others have none."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from learningcity.core import InputError, Text, join_texts
from learningcity.index.structure import Structure

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class CoverageRule:
    """How much must be there before a unit gets a score in a part of an index.

    Parameters
    ----------
    share
        Share of the indicators of a part for which a unit must have a value.
    least
        Never fewer indicators than these: one figure is a figure and no score.
    units
        How many units an indicator must cover to be compared at all.

    Examples
    --------
    >>> CoverageRule(0.5, 2, 5).needed(7)
    4
    """

    share: float
    least: int
    units: int

    def needed(self, indicators: int) -> int:
        """How many values a unit needs in a part with so many indicators."""
        return max(self.least, ceil(self.share * indicators - 1e-9))

    @property
    def text(self) -> Text:
        """The rule in words."""
        return Text(
            f"A score needs values for {self.share:.0%} of the indicators of a part, at least {self.least}; "
            f"an indicator counts when it covers at least {self.units} units.",
            f"某一部分须有{self.share:.0%}以上且不少于{self.least}项指标的数据方可计分；"
            f"指标须覆盖至少{self.units}个单位方可使用。",
        )


@dataclass(frozen=True)
class Covered:
    """What the rule leaves.

    Parameters
    ----------
    values
        Units with a score in at least one part, indicators that count; a cell of a part in which the
        unit has too little is NaN.
    structure
        The tree of these indicators.
    left_out
        ("indicator" | "part" | "unit", code, why), in this order.
    """

    values: pd.DataFrame
    structure: Structure
    left_out: tuple[tuple[str, str, Text], ...]


def cover(values: pd.DataFrame, structure: Structure, rule: CoverageRule, keep_flat: bool = False) -> Covered:
    """Leave out what is too thin to compare: indicators, parts and units, until all hold the rule.

    Indicators that cover too few units go first. Then the units with enough values are found, and where
    an indicator covers too few of these, the emptiest such indicator goes and the units are judged anew
    by those that are left.

    Parameters
    ----------
    values
        Units x indicators, NaN = missing.
    structure
        Three levels: indicators, parts, top.
    rule
        How much must be there.
    keep_flat
        Keep indicators whose values are all equal, where nothing is normalised.

    Raises
    ------
    InputError
        Nothing would be left.
    """
    parts = {p: list(structure.leaves(p)) for p in structure.children(structure.top)}
    gone: list[tuple[str, str, Text]] = []
    kept = {}
    for part, codes in parts.items():
        hopeless = _thin_indicators(values[codes], rule, keep_flat)
        gone += [("indicator", code, why) for code, why in hopeless.items()]
        codes = [c for c in codes if c not in hopeless]
        while len(codes) >= rule.least:
            enough = values[codes].notna().sum(axis=1) >= rule.needed(len(codes))
            counted = values[codes].astype(float).where(enough, axis=0)
            thin = _thin_indicators(counted, rule, keep_flat)
            if not thin:
                kept[part] = counted
                break
            # One at a time, the emptiest first: without it the others may hold.
            worst = min(thin, key=lambda c: (counted[c].count(), values[c].count()))
            gone.append(("indicator", worst, thin[worst]))
            codes.remove(worst)
        else:
            gone.append(("part", part, _TOO_FEW.format(n=rule.least)))
    if not kept:
        raise InputError(
            Text(
                f"Not enough values for a score in any part. {rule.text.en}",
                f"没有任何部分的数据足以计分。{rule.text.zh}",
            )
        )
    left = {code for frame in kept.values() for code in frame}
    tree = structure.without([c for c in structure.indicators if c not in left])
    found = next(iter(kept.values())).join(list(kept.values())[1:])[list(tree.indicators)]
    covered = found[found.notna().any(axis=1)]
    for unit in values.index.difference(covered.index, sort=False):
        why = [
            _SHORT.format(
                part=structure.by_code[part].name,
                n=int(values.loc[unit, list(frame)].notna().sum()),
                of=frame.shape[1],
                need=rule.needed(frame.shape[1]),
            )
            for part, frame in kept.items()
        ]
        gone.append(("unit", str(unit), join_texts(why)))
    order = {"indicator": 0, "part": 1, "unit": 2}
    return Covered(covered, tree, tuple(sorted(gone, key=lambda g: order[g[0]])))


def mask_thin(values: pd.DataFrame, structure: Structure, rule: CoverageRule) -> pd.DataFrame:
    """Empty the parts of which a unit has too little, and leave out units that have nothing then.

    Parameters
    ----------
    values
        Units x indicators, NaN = missing; columns that the structure does not have are left aside.
    structure
        Three levels, such as :func:`cover` leaves it: no indicator is judged anew.
    rule
        How much of a part must be there.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"a": [1.0, 1.0], "b": [2.0, None], "c": [3.0, None]}, index=["x", "y"])
    >>> mask_thin(frame, Structure.of({"I": {"p": ["a", "b", "c"]}}), CoverageRule(0.5, 2, 1)).index.tolist()
    ['x']
    """
    found = values[list(structure.indicators)].astype(float)
    for part in structure.children(structure.top):
        codes = list(structure.leaves(part))
        enough = found[codes].notna().sum(axis=1) >= rule.needed(len(codes))
        found[codes] = found[codes].where(enough, axis=0)
    return found[found.notna().any(axis=1)]


_TOO_FEW = Text("fewer than {n} indicators are left", "剩余指标不足{n}项")
_SHORT = Text("{part}: {n} of {of} values, {need} needed", "{part}：{of}项中有{n}项数据，至少需{need}项")
_FEW_UNITS = Text("{n} comparable units with a value, {need} needed", "仅{n}个可比单位有数据，至少需{need}个")
_FLAT = Text("all values are equal", "各单位取值相同")


def _thin_indicators(found: pd.DataFrame, rule: CoverageRule, keep_flat: bool) -> dict[str, Text]:
    """Name the indicators that cover too few units or do not vary, and say why."""
    gone = {}
    for code, cells in found.items():
        column = cells.dropna()
        if len(column) < rule.units:
            gone[str(code)] = _FEW_UNITS.format(n=len(column), need=rule.units)
        elif column.nunique() < 2 and not keep_flat:
            gone[str(code)] = _FLAT
    return gone
