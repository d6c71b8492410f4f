"""Words of the screen: what conditions, lines, corners, scales and verdicts are called."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content

EFFORT = {
    "practices": lc.Text("practices read", "阅读的实践举措数"),
    "sources": lc.Text("sources read", "阅读的来源数"),
}
METHODS = {
    "ce_fdh": lc.Text("steps over the cities (ce_fdh)", "沿案例的阶梯线（ce_fdh）"),
    "cr_fdh": lc.Text("regression through the steps' corners (cr_fdh)", "穿过阶梯角点的回归线（cr_fdh）"),
    "ce_vrs": lc.Text("smallest concave line (ce_vrs)", "最小凹包络线（ce_vrs）"),
    "cr_vrs": lc.Text("regression through its ends (cr_vrs)", "穿过凹包络端点的回归线（cr_vrs）"),
    "c_lp": lc.Text("lowest straight line above all (c_lp)", "全部案例之上的最低直线（c_lp）"),
    "cols": lc.Text("regression raised above all (cols)", "上移至全部案例之上的回归线（cols）"),
    "qr": lc.Text("regression of the 95th percentile (qr)", "第95百分位数回归线（qr）"),
    "ols": lc.Text("plain regression, no ceiling (ols)", "普通回归线，并非上限线（ols）"),
}
CORNERS = {
    "1": lc.Text("upper left: a high theme needs much of the condition", "左上：特征得分高，须条件得分高"),
    "2": lc.Text("upper right: a high theme needs little of the condition", "右上：特征得分高，须条件得分低"),
    "3": lc.Text("lower left: a low theme needs much of the condition", "左下：特征得分低，须条件得分高"),
    "4": lc.Text("lower right: a low theme needs little of the condition", "右下：特征得分低，须条件得分低"),
}
CORNERS_SHORT = {
    "1": lc.Text("upper left: high needs high", "左上：高须高"),
    "2": lc.Text("upper right: high needs low", "右上：高须低"),
    "3": lc.Text("lower left: low needs high", "左下：低须高"),
    "4": lc.Text("lower right: low needs low", "右下：低须低"),
}
CORNER_NAMES = {
    "1": lc.Text("upper left", "左上"),
    "2": lc.Text("upper right", "右上"),
    "3": lc.Text("lower left", "左下"),
    "4": lc.Text("lower right", "右下"),
}
SCALES = {
    "actual": lc.Text("scores", "得分"),
    "percentage_range": lc.Text("percent of the range", "占取值范围的百分比"),
    "percentage_max": lc.Text("percent of the highest score", "占最高得分的百分比"),
    "percentile": lc.Text("percent of cities below", "百分位"),
}
TIMINGS = {
    "all": lc.Text("all of them", "全部"),
    "before": lc.Text("begun before the first award", "首次获奖前开始者"),
}
NOT_SEEN = {
    "visibility": lc.Text("counts as not visible (0)", "视为未呈现（0）"),
    "leave_out": lc.Text("leaves the city out of the pair", "该城市不纳入该配对"),
}
REPEATS = {
    "outcome_keeps": lc.Text("shared practices count for the theme alone", "共有举措仅计入特征"),
    "conditions_keep": lc.Text("shared practices count for the condition alone", "共有举措仅计入条件"),
    "neither_keeps": lc.Text("shared practices count for neither", "共有举措均不计入"),
}
NO_LINE = lc.Text("no line", "无上限线")
MARKS = {"NN": lc.Text("not necessary", "不必要"), "NA": lc.Text("none is enough", "均不足够")}


def label(code: str) -> lc.Text:
    """What a condition, theme or measure of effort is called."""
    if code in EFFORT:
        return EFFORT[code]
    kind = "theme" if code in content.THEMES else "mechanism"
    return lc.Text(*(lc.label(kind, code, language) for language in ("en", "zh")))


def pair(condition: str, theme: str) -> lc.Text:
    """What a pair is called."""
    x, y = label(condition), label(theme)
    return lc.Text(f"{x.en[0].upper()}{x.en[1:]} for {y.en}", f"{x.zh}对{y.zh}")


def three(value: Any) -> str:
    """Three decimals; a dash where a figure is not defined."""
    return "–" if value is None or value != value else f"{value:.3f}"


def percent(value: Any) -> str:
    """A share in percent; a dash where it is not defined."""
    return "–" if value is None or value != value else f"{100 * value:.0f}%"


def number(value: Any) -> str:
    """A level with as many decimals as it needs, at most two."""
    return "–" if value is None or value != value else f"{value:.2f}".rstrip("0").rstrip(".")
