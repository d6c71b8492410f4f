"""The alternatives of a robustness test: what was changed, what it gave, and within which values nothing changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from learningcity.core import Text
from learningcity.explain.qca.solution import QcaSolution

KINDS = {
    "inclusion_cut": Text("inclusion cut", "一致性阈值"),
    "pri_cut": Text("PRI cut", "PRI阈值"),
    "frequency_cut": Text("frequency cut", "频数阈值"),
    "anchor": Text("one anchor moved", "移动一个锚点"),
    "case": Text("one case left out", "剔除一个案例"),
    "condition": Text("one condition left out", "剔除一个条件"),
    "frame": Text("other data", "其他数据"),
    "draw": Text("several things drawn at once", "多项同时随机变动"),
}
#: Choices of the analyst, which the robust core is taken over; cases and conditions left out show influence.
CHOICES = ("inclusion_cut", "pri_cut", "frequency_cut", "anchor", "frame", "draw")


@dataclass(frozen=True)
class Alternative:
    """The analysis with something changed.

    Parameters
    ----------
    kind
        What sort of thing; see ``KINDS``.
    name
        Which one: the anchor, the case, the condition, the frame.
    value, base
        Where it was put and where it stands; None where there is no number.
    stretch
        The values that this alternative stands for: of a cut from the first (left out, unless it is the lowest of
        the range) to the second.
    changed
        Of a draw: everything that was drawn.
    solution
        What it gave; None if it failed.
    failure
        Why it failed.
    """

    kind: str
    name: str
    value: float | None = None
    base: float | None = None
    stretch: tuple[float, float] | None = None
    changed: Mapping[str, Any] = field(default_factory=dict)
    solution: QcaSolution | None = None
    failure: Text | None = None


@dataclass(frozen=True)
class Tried:
    """What was moved along a range: a cut-off or an anchor.

    Parameters
    ----------
    kind, name
        As of the alternatives.
    base
        Where it stands.
    stretch
        The values that amount to the same as the base.
    within
        Least and largest value tried.
    """

    kind: str
    name: str
    base: float
    stretch: tuple[float, float]
    within: tuple[float, float]


def unchanged(tried: Tried, found: Sequence[tuple[Alternative, bool]]) -> tuple[float, float, bool]:
    """The values around the base at which nothing changes, and whether the lowest is left out."""
    low, high = tried.stretch
    moved = [(one.value, one.stretch, same) for one, same in found if one.value is not None and one.stretch]
    below = sorted((m for m in moved if m[0] < tried.base), reverse=True)
    above = sorted(m for m in moved if m[0] > tried.base)
    opened = bool(below) and tried.kind in ("inclusion_cut", "pri_cut")
    for _, stretch, same in below:
        if not same:
            break
        low = stretch[0]
    else:
        opened = False
    for _, stretch, same in above:
        if not same:
            break
        high = stretch[1]
    return low, high, opened
