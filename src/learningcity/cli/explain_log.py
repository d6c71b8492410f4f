"""Lines of a study log in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from learningcity import Text
from learningcity.cli.explain_words import ANCHORS, SOLUTIONS
from learningcity.cli.output import cell_text

#: What a line says of itself, by the names that the log gives.
KEYS = {
    "above": Text("above", "上段幂次"),
    "anchors": Text("anchors", "锚点"),
    "at_half": Text("at 0.5", "0.5的处理"),
    "below": Text("below", "下段幂次"),
    "contradiction": Text("lower inclusion", "一致性下限"),
    "coverage": Text("coverage", "覆盖度"),
    "covers": Text("models", "模型取法"),
    "cuts": Text("cuts", "阈值"),
    "depth": Text("depth", "析取深度"),
    "excluded": Text("excluded", "排除项"),
    "expectations": Text("expectations", "方向性预期"),
    "expression": Text("expression", "表达式"),
    "frequency": Text("frequency", "频数"),
    "full": Text("membership at the full anchor", "完全隶属锚点的隶属度"),
    "inclusion": Text("inclusion", "一致性"),
    "kind": Text("method", "方法"),
    "models": Text("models found", "所得模型"),
    "options": Text("options", "选项"),
    "positive": Text("rows with the outcome", "结果为1的组合数"),
    "pri": Text("PRI", "PRI"),
    "relation": Text("relation", "关系"),
    "relevance": Text("RoN", "RoN"),
    "shape": Text("shape", "函数形式"),
    "solution": Text("solution", "解"),
    "uses": Text("columns", "所用列"),
}
#: Values that are codes of ours.
VALUES = SOLUTIONS | {
    "crisp": Text("crisp set", "清晰集"),
    "down": Text("moved down", "下调0.001"),
    "fewest": Text("fewest paths", "路径最少"),
    "fuzzy": Text("direct method", "直接法"),
    "indirect": Text("indirect method", "间接法"),
    "irredundant": Text("all irredundant", "全部不可再删减"),
    "keep": Text("kept", "保留"),
    "leave_out": Text("left out", "剔除"),
    "linear": Text("linear", "线性"),
    "logistic": Text("logistic", "逻辑斯谛"),
    "multi": Text("multi-value set", "多值集"),
    "necessity": Text("necessity", "必要性"),
    "refuse": Text("refused", "不予接受"),
    "sufficiency": Text("sufficiency", "充分性"),
    "up": Text("moved up", "上调0.001"),
}
#: What a log keeps for machines.
BESIDE = ("values", "raw", "versions")
#: Entries whose keys are columns of the user.
OWN = ("expectations",)


def decisions_in(content: Mapping[str, Any], language: str) -> str:
    """Say the decisions of a line.

    Examples
    --------
    >>> decisions_in({"anchors": [["cut", 6.0]], "kind": "crisp", "raw": {}}, "zh")
    '锚点：分界点6；方法：清晰集'
    """
    colon, gap = (": ", "; ") if language == "en" else ("：", "；")
    return gap.join(
        f"{_word(KEYS, key, language)}{colon}{_told(key, value, language)}"
        for key, value in content.items()
        if key not in BESIDE and value not in (None, {}, [])
    )


def _told(key: str, value: Any, language: str) -> str:
    comma = ", " if language == "en" else "、"
    space = " " if language == "en" else ""
    if key == "anchors":
        pairs = value.items() if isinstance(value, Mapping) else value
        return comma.join(f"{_word(ANCHORS, k, language)}{space}{cell_text(v)}" for k, v in pairs)
    if isinstance(value, Mapping):
        words = {} if key in OWN else KEYS
        told = {k: _told(k, v, language) for k, v in value.items() if v is not None}
        return comma.join(f"{_word(words, k, language)} {v}" for k, v in told.items())
    if isinstance(value, list | tuple):
        return comma.join(_told(key, one, language) for one in value)
    if isinstance(value, str) and key in ("kind", "at_half", "shape", "solution", "covers", "relation"):
        return _word(VALUES, value, language)
    return cell_text(value)


def _word(words: Mapping[str, Text], code: str, language: str) -> str:
    return words[code].in_(language) if code in words else code
