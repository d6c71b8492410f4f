"""Words of the screen: what conditions, paths, kinds of cases and alternatives are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import learningcity as lc
from learningcity.web import content

PRI = lc.Text("PRI", "PRI一致性")
KINDS = {
    "typical": lc.Text("Typical: in the path and in the outcome", "典型案例：既在路径中，又具有结果"),
    "deviant_consistency": lc.Text(
        "Deviant in consistency: in the path, not in the outcome", "一致性偏差案例：在路径中，但不具有结果"
    ),
    "deviant_coverage": lc.Text(
        "Deviant in coverage: in the outcome, in no path", "覆盖度偏差案例：具有结果，但不在任何路径中"
    ),
}
OUT = {
    "1": lc.Text("goes with it", "结果出现"),
    "0": lc.Text("does not", "结果不出现"),
    "C": lc.Text("contradictory", "矛盾组态"),
    "?": lc.Text("too few cases", "案例数不足"),
}
ROBUST = {
    "robust": lc.Text("Robust: in every alternative", "稳健：属全部变动"),
    "shaky": lc.Text("Shaky: in the solution, not in every alternative", "不稳：属于解，但非属全部变动"),
    "possible": lc.Text("Possible: not in the solution, in some alternative", "可能：不属于解，但属部分变动"),
    "outside": lc.Text("In none", "不属任何解"),
}
ALTERNATIVES = {
    "inclusion_cut": lc.Text("consistency cut-off", "一致性阈值"),
    "pri_cut": lc.Text("PRI cut-off", "PRI阈值"),
    "frequency_cut": lc.Text("frequency cut-off", "频数阈值"),
    "case": lc.Text("one city left out", "剔除一个城市"),
    "condition": lc.Text("one condition left out", "剔除一个条件"),
    "frame": lc.Text("other codes, or disjoint evidence", "其他编码或互不重叠的证据"),
}
FRAMES = {
    "outcome_keeps": lc.Text("shared evidence counts for the outcome alone", "共有证据仅计入结果"),
    "conditions_keep": lc.Text("shared evidence counts for the conditions alone", "共有证据仅计入条件"),
    "neither_keeps": lc.Text("shared evidence counts for neither", "共有证据均不计入"),
}
SOLUTIONS = {
    "conservative": lc.Text("conservative", "保守解"),
    "parsimonious": lc.Text("parsimonious", "简约解"),
    "intermediate": lc.Text("intermediate", "中间解"),
}
#: What presence and absence of a condition mean: what was seen, or what there is a score for.
SIGNS = {
    "visibility": {1: lc.Text("{name} seen", "见到{name}"), 0: lc.Text("{name} not seen", "未见{name}")},
    "leave_out": {1: lc.Text("{name} strong", "{name}较强"), 0: lc.Text("{name} weak", "{name}较弱")},
}


def label(code: str) -> lc.Text:
    """What a theme or mechanism is called, or with a sign that it was not seen."""
    name = code.removeprefix("~")
    kind = "theme" if name in content.THEMES else "mechanism"
    found = lc.Text(*(lc.label(kind, name, language) for language in ("en", "zh")))
    return found if name == code else lc.Text(f"{found.en} not seen", f"未见{found.zh}")


def sign(name: lc.Text, value: int, not_seen: str, language: str) -> str:
    """Say presence or absence of a condition."""
    return SIGNS[not_seen][value].in_(language).format(name=name.in_(language))


def path(term: Any, labels: Mapping[str, lc.Text], not_seen: str, language: str) -> str:
    """Say a path in plain words."""
    parts = [sign(labels[one.condition], one.value, not_seen, language) for one in term]
    return lc.Text(", ", "，").in_(language).join(parts)


def three(value: Any) -> str:
    """Three decimals; a dash where a figure is not defined."""
    return "–" if value is None or value != value else f"{value:.3f}"


def percent(value: Any) -> str:
    """A share in percent; a dash where it is not defined."""
    return "–" if value is None or value != value else f"{100 * value:.0f}%"
