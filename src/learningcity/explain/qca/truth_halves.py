"""Memberships of exactly 0.5, which belong to no row of a truth table: the rules for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from learningcity.core import Text
from learningcity.explain.qca.frames import refuse
from learningcity.explain.qca.terms import Conditions

if TYPE_CHECKING:
    import pandas as pd

AtHalf = Literal["refuse", "leave_out", "up", "down"]
#: What may happen to such memberships.
AT_HALF = ("refuse", "leave_out", "up", "down")
#: How far they are moved.
NUDGE = 0.001
#: What is said of those that were not refused.
AT_HALF_WORDS = {
    "leave_out": Text(
        "these cases fall in no row of the truth table but count in the sums",
        "相应案例不归入真值表任何一行，但计入拟合指标",
    ),
    "up": Text("moved up by 0.001", "加0.001"),
    "down": Text("moved down by 0.001", "减0.001"),
}


def treat_halves(
    frame: pd.DataFrame, conditions: Conditions, rule: str
) -> tuple[pd.DataFrame, tuple[tuple[str, str], ...]]:
    """Treat memberships of 0.5 in conditions by the rule."""
    fuzzy = [n for n, levels in zip(conditions.names, conditions.levels, strict=True) if levels == 2]
    found = tuple((n, str(case)) for n in fuzzy for case in frame.index[frame[n] == 0.5])
    if not found or rule == "leave_out":
        return frame, found
    if rule == "refuse":
        refuse(
            [f"{n}: {case}" for n, case in found],
            "Memberships of exactly 0.5 belong to no row (at_half='leave_out', 'up' or 'down' says what to do)",
            "恰为0.5的隶属度不属于任何组合（可用at_half='leave_out'、'up'或'down'指定处理方式）",
        )
    moved = 0.5 + (NUDGE if rule == "up" else -NUDGE)
    return frame.assign(**{n: frame[n].mask(frame[n] == 0.5, moved) for n in fuzzy}), found
