"""Words of the screen: what columns and pairs are called, how figures are written, what a test says."""

from __future__ import annotations

from typing import Any

import learningcity as lc

MEASURES = {
    "spearman": lc.Text("rank correlation (Spearman)", "等级相关（斯皮尔曼）"),
    "rank_biserial": lc.Text("rank-biserial correlation (Mann-Whitney)", "秩二列相关（曼-惠特尼检验）"),
    "epsilon_squared": lc.Text("difference of groups, epsilon squared (Kruskal-Wallis)", "组间差异ε²（克鲁斯卡尔-沃利斯检验）"),
    "cramers_v": lc.Text("Cramér's V", "克拉默V"),
}  # fmt: skip
METHODS = {
    "exact": lc.Text("all arrangements", "全部排列"),
    "permutation": lc.Text("random shuffles", "随机置换"),
    "asymptotic": lc.Text("normal distribution", "正态近似"),
}
KINDS = {
    "city": lc.Text("of the city", "城市属性"),
    "own": lc.Text("figure of the city", "城市数据"),
    "country": lc.Text("country context", "国家背景"),
}
NONE = "–"
_TO = lc.Text(" to ", "至")


def label(found: lc.AtlasBackground, column: str) -> lc.Text:
    """What a column is called, with a capital where a name stands alone."""
    said = found.labels[column]
    return lc.Text(said.en[:1].upper() + said.en[1:], said.zh)


def pair(found: lc.AtlasBackground, one: Any) -> lc.Text:
    """What a pair is called."""
    x, y = label(found, one.background), found.labels[one.characteristic]
    return lc.Text(f"{x.en} and {y.en}", f"{x.zh}与{y.zh}")


def effect(value: Any, measure: str | None) -> str:
    """An effect size; its sign where it has a direction."""
    if value is None or value != value:
        return NONE
    said = f"{value:+.2f}" if measure in ("spearman", "rank_biserial") else f"{value:.2f}"
    return "0.00" if said in ("+0.00", "-0.00") else said.replace("-", "−")


def chance(value: Any) -> str:
    """A p or q with the digits that tell something."""
    if value is None or value != value:
        return NONE
    return "< 0.001" if value < 0.001 else f"{value:.3f}" if value < 0.1 else f"{value:.2f}"


def equal(value: Any) -> str:
    """A p or q after its sign: "= 0.012", "< 0.001"."""
    said = chance(value)
    return said if said.startswith("<") else f"= {said}"


def interval(low: Any, high: Any, measure: str | None, language: str) -> str:
    """From and to."""
    if low is None or high is None:
        return NONE
    return f"{effect(low, measure)}{_TO.in_(language)}{effect(high, measure)}"


def q(found: lc.AtlasBackground, one: Any) -> Any:
    """The p of a pair adjusted for all pairs, as asked for."""
    return one.q_bh if found.association.adjust == "bh" else one.q_by
