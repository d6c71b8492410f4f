"""Words of the screen: what variables and codes are called, how figures are written."""

from __future__ import annotations

from typing import Any

import learningcity as lc

#: What stands on the page, in this order: the kind, its heading, what one unit is.
KINDS: tuple[tuple[str, lc.Text, lc.Text], ...] = (
    (
        "seen",
        lc.Text("Was the condition seen in the city?", "该城市是否见到该条件"),
        lc.Text("One unit is a city: does each pass give it a score or none?", "单元为城市：比较两遍编码是否均有得分。"),
    ),
    (
        "score",
        lc.Text("How strong is the evidence?", "证据有多强"),
        lc.Text("Cities to which both passes give a score; the scores are steps.", "单元为两遍编码均有得分的城市，得分为有序等级。"),
    ),
    (
        "mechanism",
        lc.Text("Mechanisms of a practice", "实践举措的举措类别"),
        lc.Text("One unit is a practice: first and second mechanism together.", "单元为实践举措：第一、第二类别合并计算。"),
    ),
    (
        "theme",
        lc.Text("Visible themes of a practice", "实践举措呈现的特征"),
        lc.Text("One unit is a practice.", "单元为实践举措。"),
    ),
    (
        "code",
        lc.Text("Other codes of a practice", "实践举措的其他编码"),
        lc.Text("One unit is a practice; strength counts as steps.", "单元为实践举措，证据强度按有序等级计算。"),
    ),
    (
        "area",
        lc.Text("Areas of the standard", "标准的领域"),
        lc.Text("One unit is a practice: does it belong to the area?", "单元为实践举措：是否属于该领域。"),
    ),
    (
        "group",
        lc.Text("Groups of people", "人群"),
        lc.Text("One unit is a practice: does it address the group?", "单元为实践举措：是否面向该人群。"),
    ),
)  # fmt: skip
_NOT_DEFINED = lc.Text("not defined", "无法计算")
_YES = {0.0: lc.Text("no", "否"), 1.0: lc.Text("yes", "是")}
#: Codes with words of their own, by variable.
_VOCABULARIES = ("mechanism", "subject", "level", "stance", "problem")


def name(found: lc.AtlasAgreement, variable: str) -> lc.Text:
    """What a variable is called in a sentence; an area with its name."""
    row = found.frame.loc[variable]
    kind, _, code = variable.partition(" ")
    if kind == "area" and code:
        area = lc.load_standard().area(code).name
        return lc.Text(f"area {code} ({area.en})", f"领域{code}（{area.zh}）")
    return lc.Text(str(row["label_en"]), str(row["label_zh"]))


def short(found: lc.AtlasAgreement, variable: str, language: str) -> str:
    """The name without the kind that its heading says; an area with its name."""
    kind, _, code = variable.partition(" ")
    if kind == "area" and code:
        return f"{code} {lc.load_standard().area(code).name.in_(language)}"
    said = str(found.frame.at[variable, f"label_{language}"])
    return said.split("：" if language == "zh" else ": ", 1)[-1]


def code(variable: str, kind: str, value: Any, language: str) -> str:
    """What a code of a variable is called."""
    if value is None or value != value:
        return "–"
    if kind == "code" and variable in _VOCABULARIES:
        return lc.label(variable, str(value), language)
    if kind in ("code", "score"):
        return f"{float(value):g}"
    return _YES[float(value)].in_(language)


def two(value: Any, language: str) -> str:
    """Two decimals with a true minus sign; said where the coefficient is not defined."""
    if value is None or value != value:
        return _NOT_DEFINED.in_(language)
    said = f"{value:.2f}"
    return ("0.00" if said == "-0.00" else said).replace("-", "−")


def interval(low: Any, high: Any, language: str) -> str:
    """From and to; empty where there is no interval."""
    if low != low or high != high:
        return ""
    return f"{two(low, language)}{lc.Text(' to ', '至').in_(language)}{two(high, language)}"
