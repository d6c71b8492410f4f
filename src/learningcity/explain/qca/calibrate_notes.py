"""What a reader of a calibration should look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from learningcity.core import Text
from learningcity.explain.qca.calibrate_anchors import Anchors, anchor_name

#: A set with a smaller share of the cases in it, or out of it, is called skewed.
SKEWED = 0.2
#: Cases that a sentence names at most.
SHOWN = 10

RULES = {
    "keep": Text(
        "they are kept, and belong to no row of a truth table", "予以保留，但不归入真值表的任何组合"
    ),
    "leave_out": Text("they were left out", "已剔除"),
    "up": Text("they were moved up by 0.001", "已上调0.001"),
    "down": Text("they were moved down by 0.001", "已下调0.001"),
    "refuse": Text("", ""),
}


def notes_on(
    raw: Any,
    found: Any,
    anchors: Anchors,
    kind: str,
    halves: Sequence[str],
    missing: Sequence[str],
    at_half: str,
) -> list[Text]:
    """Anchors outside of the data, one-sided sets, cases at 0.5, missing values.

    Parameters
    ----------
    raw, found
        Raw values and memberships of the cases that have one; NaN where left out.
    anchors, kind, halves, missing, at_half
        As in the result.
    """
    notes = _outside(raw, anchors)
    if kind == "multi":
        notes += _empty_values(found, len(anchors.named) + 1)
    else:
        notes += _one_sided(found)
    if halves:
        rule = RULES[at_half]
        notes.append(
            Text(
                f"{len(halves)} at exactly 0.5, neither in nor out ({_listed(halves)}): {rule.en}.",
                f"{len(halves)}个案例恰为0.5，无法判定内外（{_listed(halves, '、')}）：{rule.zh}。",
            )
        )
    if missing:
        notes.append(
            Text(
                f"{len(missing)} without a value stay missing ({_listed(missing)}).",
                f"{len(missing)}个案例没有取值，仍为缺失（{_listed(missing, '、')}）。",
            )
        )
    return notes


def _listed(names: Sequence[str], comma: str = ", ") -> str:
    return comma.join(names[:SHOWN]) + (" ..." if len(names) > SHOWN else "")


def _outside(raw: Any, anchors: Anchors) -> list[Text]:
    low, high = float(raw.min()), float(raw.max())
    notes = []
    for key, value in anchors.named.items():
        if low <= value <= high:
            continue
        name = anchor_name(key)
        notes.append(
            Text(
                f"The anchor {name.en} ({value:g}) lies outside of the data ({low:g} to {high:g}).",
                f"锚点“{name.zh}”（{value:g}）在数据范围（{low:g}至{high:g}）之外。",
            )
        )
    return notes


def _empty_values(found: Any, count: int) -> list[Text]:
    empty = [str(v) for v in range(count) if not (found == v).any()]
    if not empty:
        return []
    return [Text(f"No case has the value {', '.join(empty)}.", f"没有案例取值{'、'.join(empty)}。")]


def _one_sided(found: Any) -> list[Text]:
    inside, outside = int((found > 0.5).sum()), int((found < 0.5).sum())
    total = inside + outside
    if not total:
        return [Text("No case is in or out of the set.", "没有任何案例可判定内外。")]
    if not inside or not outside:
        side = Text("in", "隶属于") if inside else Text("out of", "不隶属于")
        return [
            Text(
                f"Every case is {side.en} the set: nothing can go with it.",
                f"所有案例均{side.zh}该集合，无法与任何结果相联系。",
            )
        ]
    if min(inside, outside) < SKEWED * total:
        return [
            Text(
                f"The set is skewed: {inside} in, {outside} out; relations of skewed sets look stronger than "
                "they are.",
                f"集合偏斜：{inside}个隶属，{outside}个不隶属；偏斜集合的关系看起来比实际更强。",
            )
        ]
    return []
