"""Column heads and words of QCA in both languages; JSON keeps the ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from learningcity import Text
from learningcity.cli.words import NO, YES

if TYPE_CHECKING:
    import pandas as pd

HEADS = {
    "any_model": Text("in some model", "至少见于一个模型"),
    "base": Text("as chosen", "原定值"),
    "case": Text("case", "案例"),
    "cases": Text("cases", "案例"),
    "configuration": Text("configuration", "组态"),
    "consistent": Text("consistent", "一致"),
    "coverage": Text("coverage", "覆盖度"),
    "decision": Text("decision", "决策项"),
    "decisions": Text("decisions", "决策"),
    "deviant": Text("deviant cases", "偏差案例"),
    "digest": Text("fingerprint", "指纹"),
    "every_model": Text("in every model", "见于全部模型"),
    "expression": Text("expression", "表达式"),
    "failure": Text("why no solution", "无解原因"),
    "high": Text("to", "上限"),
    "highest": Text("highest membership", "最高隶属度"),
    "in_solution": Text("in the solution", "属于本解"),
    "inclusion": Text("inclusion", "一致性"),
    "inclusion_absence": Text("inclusion for the absence", "对结果否定的一致性"),
    "kind": Text("kind", "类别"),
    "literals": Text("conditions", "条件数"),
    "low": Text("from", "下限"),
    "low_open": Text("from is left out", "不含下限"),
    "lowest": Text("lowest membership", "最低隶属度"),
    "members": Text("cases in it", "隶属案例数"),
    "membership": Text("membership", "隶属度"),
    "model": Text("model", "模型"),
    "models": Text("models", "模型数"),
    "n": Text("n", "案例数"),
    "name": Text("which", "名称"),
    "number": Text("no.", "序号"),
    "out": Text("outcome", "结果"),
    "outcome": Text("membership in outcome", "结果隶属度"),
    "outcome_in": Text("in the outcome", "隶属于结果"),
    "p": Text("p", "p值"),
    "p_fixed": Text("p if named beforehand", "事先指定时的p值"),
    "part": Text("part", "部分"),
    "parts": Text("parts", "所属部分"),
    "pri": Text("PRI", "PRI"),
    "q": Text("q", "q值"),
    "raw": Text("raw value", "原始值"),
    "reason": Text("reason", "理由"),
    "related": Text("related term", "有相关项"),
    "relevance": Text("RoN", "RoN"),
    "same": Text("same models", "模型相同"),
    "share": Text("share of alternatives", "变动中所占比例"),
    "side": Text("side", "归属"),
    "solution": Text("solution", "解"),
    "solution_coverage": Text("solution coverage", "解的覆盖度"),
    "solution_inclusion": Text("solution inclusion", "解的一致性"),
    "solution_pri": Text("solution PRI", "解的PRI"),
    "statistic": Text("statistic", "统计量"),
    "step": Text("step", "步骤"),
    "subject": Text("subject", "对象"),
    "term": Text("path", "路径"),
    "text": Text("what was decided", "说明"),
    "time": Text("time (UTC)", "时间（UTC）"),
    "tried_high": Text("tried to", "检验上限"),
    "tried_low": Text("tried from", "检验下限"),
    "unique_coverage": Text("unique coverage", "唯一覆盖度"),
    "value": Text("value", "取值"),
    "verdict": Text("verdict", "判断"),
    "warnings": Text("warnings", "警示数"),
}
#: Codes of the truth table, as the field writes them.
LEGEND = Text(
    "Outcome: 1 = goes with it, 0 = does not, C = contradictory, ? = too few cases (remainder).",
    "结果：1为出现，0为不出现，C为矛盾组态，?为案例数不足（逻辑余项）。",
)
SIDES = {
    "half": Text("exactly 0.5", "恰为0.5"),
    "in": Text("in the set", "隶属"),
    "left_out": Text("left out at 0.5", "因0.5而剔除"),
    "missing": Text("missing", "缺失"),
    "out": Text("out of the set", "不隶属"),
}
VERDICTS = {
    "necessary": Text("necessary", "必要"),
    "not_necessary": Text("not necessary", "不必要"),
    "trivial": Text("trivially necessary", "平凡必要"),
}
CASE_KINDS = {
    "deviant_consistency": Text("deviant in consistency", "一致性偏差案例"),
    "deviant_coverage": Text("deviant in coverage", "覆盖度偏差案例"),
    "irrelevant": Text("in neither", "二者皆不隶属"),
    "typical": Text("typical", "典型案例"),
    "undecided": Text("at 0.5, undecided", "隶属度为0.5，无法判定"),
}
ALTERNATIVES = {
    "anchor": Text("one anchor moved", "移动一个锚点"),
    "case": Text("one case left out", "剔除一个案例"),
    "condition": Text("one condition left out", "剔除一个条件"),
    "draw": Text("several things drawn at once", "多项同时随机变动"),
    "frame": Text("other data", "其他数据"),
    "frequency_cut": Text("frequency cut", "频数阈值"),
    "inclusion_cut": Text("inclusion cut", "一致性阈值"),
    "pri_cut": Text("PRI cut", "PRI阈值"),
}
ROBUST_CASES = {
    "outside": Text("in no solution", "不属任何解"),
    "possible": Text("possible: in some alternative", "可能（仅属部分变动）"),
    "robust": Text("robust: in every alternative", "稳健（属全部变动）"),
    "shaky": Text("shaky: not in every alternative", "不稳（非属全部变动）"),
}
RESULT_KINDS = {
    "calibration": Text("calibration", "校准"),
    "fit": Text("fit", "拟合"),
    "necessity": Text("necessity", "必要条件分析"),
    "other": Text("other result", "其他结果"),
    "solution": Text("solution", "解"),
    "truth_table": Text("truth table", "真值表"),
}
SOLUTIONS = {
    "conservative": Text("conservative", "保守解"),
    "intermediate": Text("intermediate", "中间解"),
    "parsimonious": Text("parsimonious", "简约解"),
}
WHOLES = {
    "model": Text("whole model", "整体模型"),
    "whole": Text("whole", "整体"),
}
MARKS = {
    "absent": Text("absent", "不存在"),
    "contributing absent": Text("contributing, absent", "边缘条件不存在"),
    "contributing present": Text("contributing, present", "边缘条件存在"),
    "core absent": Text("core, absent", "核心条件不存在"),
    "core present": Text("core, present", "核心条件存在"),
    "present": Text("present", "存在"),
}
VARIANTS = {
    "conditions_keep": Text("shared evidence counts for the conditions alone", "共有证据仅计入条件"),
    "neither_keeps": Text("shared evidence counts for neither", "共有证据均不计入"),
    "outcome_keeps": Text("shared evidence counts for the outcome alone", "共有证据仅计入结果"),
}


#: Anchors by the names that a calibration gives them.
ANCHORS = {
    "crossover": Text("crossover", "交叉点"),
    "crossover_high": Text("upper crossover", "上侧交叉点"),
    "crossover_low": Text("lower crossover", "下侧交叉点"),
    "cut": Text("cut", "分界点"),
    "in": Text("full membership", "完全隶属"),
    "in_high": Text("upper full membership", "上侧完全隶属"),
    "in_low": Text("lower full membership", "下侧完全隶属"),
    "out": Text("full non-membership", "完全不隶属"),
    "out_high": Text("upper full non-membership", "上侧完全不隶属"),
    "out_low": Text("lower full non-membership", "下侧完全不隶属"),
}
#: Columns that hold paths, models or names of conditions.
EXPRESSIONS = ("term", "expression", "model", "part", "parts")


def called(text: str, labels: Mapping[str, Text], language: str) -> str:
    """Put the names that people know for codes in an expression or a sentence.

    Examples
    --------
    >>> called("law*~green 和 lawful", {"law": Text("law", "法规"), "green": Text("green", "绿色")}, "zh")
    '法规*~绿色 和 lawful'
    """
    if not labels:
        return text
    codes = "|".join(re.escape(code) for code in sorted(labels, key=len, reverse=True))
    return re.sub(
        rf"(?<![A-Za-z0-9_]){'(?:' + codes + ')'}(?![A-Za-z0-9_])",
        lambda found: labels[found[0]].in_(language),
        text,
    )


def alternative_name(
    kind: str, name: str, language: str, names: Mapping[str, Text], labels: Mapping[str, Text]
) -> str:
    """What was changed in an alternative, in words."""
    if kind in ("inclusion_cut", "pri_cut", "frequency_cut"):
        return ""  # the kind says it
    if kind == "anchor":
        column, _, anchor = name.rpartition(": ")
        word = ANCHORS[anchor].in_(language) if anchor in ANCHORS else anchor
        return f"{column}: {word}" if language == "en" else f"{column}：{word}"
    if kind == "frame" and name in VARIANTS:
        return VARIANTS[name].in_(language)
    if kind == "frame" and name.startswith("coder "):
        return Text(name, f"编码员{name.removeprefix('coder ')}").in_(language)
    if kind == "condition":
        return called(name, labels, language)
    return names[name].in_(language) if kind == "case" and name in names else name


def in_words(
    frame: pd.DataFrame,
    language: str,
    *,
    words: Mapping[str, Mapping[Any, Text]] | None = None,
    heads: Mapping[str, Text] | None = None,
    own: tuple[str, ...] = (),
    names: Mapping[str, Text] | None = None,
    labels: Mapping[str, Text] | None = None,
) -> pd.DataFrame:
    """Give a table as people read it: heads, codes and names of cases in one language.

    Parameters
    ----------
    words
        Column -> code -> word.
    heads
        Heads that differ from ``HEADS``.
    own
        Columns of the user, whose heads stay (or are in ``heads``).
    names
        Names of cases by id.
    labels
        Names of conditions and outcome by code, for expressions.
    """
    known = {k: v for k, v in HEADS.items() if k not in own} | dict(heads or {})
    gap = "; " if language == "en" else "；"

    def case_name(case: Any) -> str:
        return names[case].in_(language) if names and case in names else str(case)

    found = {}
    for column in frame.columns:
        cells = list(frame[column])
        coded = (words or {}).get(column)
        if coded is not None:
            cells = [coded[c].in_(language) if c in coded else c for c in cells]
        if labels and column in EXPRESSIONS and column not in own:
            cells = [called(c, labels, language) if isinstance(c, str) else c for c in cells]
        if column in ("cases", "deviant") and column not in own:
            cells = [gap.join(case_name(c) for c in str(cell).split("; ")) for cell in cells]
        elif column == "case" and column not in own:
            cells = [case_name(c) for c in cells]
        elif cells and all(isinstance(c, bool) or type(c).__name__ == "bool" for c in cells):
            cells = [(YES if c else NO).in_(language) for c in cells]
        found[column] = cells
    import pandas as pd

    given = pd.DataFrame(found, index=frame.index, columns=frame.columns)
    return given.set_axis([known[c].in_(language) if c in known else str(c) for c in frame.columns], axis=1)
