"""The words of the screen in both languages."""

from __future__ import annotations

import learningcity as lc

READINGS = {
    "visible": lc.Text("What the evidence shows", "公开证据所见"),
    "figures": lc.Text("Figures of the cities", "城市数据"),
    "context": lc.Text("Their countries", "所在国家"),
    "own": lc.Text("Your own table", "自有数据表"),
}
NORMALISE = {
    "none": lc.Text("none", "不标准化"),
    "minmax": lc.Text("min-max, 0 to 100", "极差标准化（0—100）"),
    "minmax-1": lc.Text(
        "min-max, 1 to 100 (for geometric, harmonic)", "极差标准化（1—100，适用于几何、调和平均）"
    ),
    "zscore": lc.Text("z-scores", "Z分数"),
    "rank": lc.Text("ranks", "名次"),
    "percentile_rank": lc.Text("percentile ranks", "百分位名次"),
}
AGGREGATE = {
    "arithmetic": lc.Text("arithmetic mean", "算术平均"),
    "geometric": lc.Text("geometric mean", "几何平均"),
    "harmonic": lc.Text("harmonic mean", "调和平均"),
    "minimum": lc.Text("minimum", "最小值"),
}
TREAT = {
    "none": lc.Text("none", "不处理"),
    "winsorise": lc.Text("winsorise", "缩尾处理"),
    "log": lc.Text("logarithm", "对数变换"),
    "boxcox": lc.Text("Box-Cox", "Box-Cox变换"),
}
VARY = {
    "none": lc.Text("no method", "方法不变"),
    "normalise": lc.Text("the normalisation", "标准化方法"),
    "aggregate": lc.Text("the aggregation", "合成方法"),
    "both": lc.Text("both", "两者"),
}
SORT = {
    "name": lc.Text("by name", "按名称"),
    "region": lc.Text("by region", "按地区"),
    "rank": lc.Text("by rank", "按名次"),
}
GROUP = {
    "region": lc.Text("its region", "所在地区"),
    "all": lc.Text("all", "全部"),
}
FACTORS = {
    "weights": lc.Text("Weights", "权重"),
    "normalise": lc.Text("Normalisation", "标准化"),
    "aggregate": lc.Text("Aggregation", "合成"),
    "coders": lc.Text("Coding pass", "编码遍次"),
}
STEPS = {
    "normalise": FACTORS["normalise"],
    "aggregate": FACTORS["aggregate"],
    "treat": lc.Text("Outliers", "异常值处理"),
    "noise": lc.Text("Weights vary by", "权重变动幅度"),
    "vary": lc.Text("Also varies", "同时变动"),
    "draws": lc.Text("Draws", "抽样次数"),
    "seed": lc.Text("Seed", "随机种子"),
    "sort": lc.Text("Order of the list", "列表次序"),
    "group": lc.Text("Compare it with", "比较对象"),
}
WORDS = {
    "no_league": lc.Text("This is no league table.", "这不是排行榜。"),
    "why": lc.Text(
        "The list stands in the order of names, because most places in a ranking would hang on choices that could as "
        "well be made otherwise. What holds under nearly all of them is the safe order.",
        "列表按名称排列：名次大多取决于可以另作选择的方法与权重，只有稳健先后在几乎所有选择下都成立。",
    ),
    "ranked": lc.Text(
        "You asked for the order of ranks. Read the intervals before the places: where they overlap, the order is not safe.",
        "已按要求以名次排列。请先看区间再看名次：区间重叠者，先后并不可靠。",
    ),
    "readings": lc.Text("Readings", "读法"),
    "tells": lc.Text("What it tells", "能够说明什么"),
    "left_out": lc.Text("Left out, and why", "未纳入的及原因"),
    "what_if": lc.Text("What if", "假设分析"),
    "what_if_note": lc.Text(
        "Change weights and methods; the address keeps them. An empty box leaves the weight of the reading.",
        "可更改权重与方法，选择保留在网址中。留空则沿用该读法的权重。",
    ),
    "weights": lc.Text("Weights", "权重"),
    "weights_note": lc.Text(
        "0 to 100; only proportions within a part count.", "0至100，只取决于同一部分内的比例。"
    ),
    "between": lc.Text("Between the parts", "各部分之间"),
    "own": lc.Text("as in the reading", "沿用该读法"),
    "compute": lc.Text("Compute", "计算"),
    "reset": lc.Text("Back to the reading", "恢复原读法"),
    "problem": lc.Text("This cannot be computed", "无法计算"),
    "positive": lc.Text("Begin the scale at 1", "将标度改为从1开始"),
    "units": lc.Text("How sure each place is", "名次的可靠程度"),
    "units_note": lc.Text(
        "The bar holds 90 of 100 ranks over all draws, the mark is the rank by the recipe itself. The thirds say in what "
        "share of the draws a rank fell into the first, middle and last third.",
        "横条包含全部抽样中90%的名次，竖标为按方案本身计算的名次。三分位列出名次落入前、中、后三分之一的抽样比例。",
    ),
    "unit_city": lc.Text("City", "城市"),
    "unit_country": lc.Text("Country", "国家"),
    "unit_own": lc.Text("Unit", "单位"),
    "flat": lc.Text(
        "No structure was given: all indicators stand in one part, weigh the same, and more is better of each. Say below of "
        "which less is better, and what weighs more.",
        "未提供指标结构：全部指标归为一个部分，权重相等，均视为越高越好。可在下方标明哪些指标越低越好，并调整权重。",
    ),
    "less": lc.Text("Less is better of", "越低越好的指标"),
    "trace_own": lc.Text(
        "Every part down to the values of your table. Empty means that the cell was empty.",
        "各部分均可追溯至自有数据表中的数值。空白表示单元格为空。",
    ),
    "see_table": lc.Text("See my table", "查看我的数据表"),
    "another": lc.Text("Upload another", "上传其他数据表"),
    "score": lc.Text("Score", "得分"),
    "more_columns": lc.Text(
        "Show scores, thirds and safe order in each row", "各行同时显示得分、三分位与稳健先后"
    ),
    "more_columns_note": lc.Text("Close this to have short rows again.", "收起后恢复简短列表。"),
    "interval": lc.Text("Ranks in 90 of 100 draws", "90%抽样的名次区间"),
    "thirds": lc.Text("First, middle, last third", "前、中、后三分之一"),
    "safe": lc.Text("Safely before, after", "稳健地先于、后于"),
    "effort": lc.Text("Read", "阅读量"),
    "order": lc.Text("Safe order", "稳健先后"),
    "order_note": lc.Text(
        "A pair counts as safe where one stands before the other in at least 95 of 100 draws.",
        "在至少95%的抽样中一方先于另一方，方计为稳健。",
    ),
    "choose": lc.Text("Choose one to see why", "选择一个查看缘由"),
    "none_chosen": lc.Text("none", "不选"),
    "before": lc.Text("Safely before", "稳健地先于"),
    "after": lc.Text("Safely after", "稳健地后于"),
    "nobody": lc.Text("none", "无"),
    "profile": lc.Text("Profile against the group", "与所在组的比较"),
    "profile_note": lc.Text(
        "On the scale of the index. The line spans the group, the thin tick is its median, the broad one is the chosen.",
        "按指数的标度。线段为组内范围，细竖线为中位数，粗竖线为所选者。",
    ),
    "median": lc.Text("Median of the group", "组内中位数"),
    "seen_in_group": lc.Text("With a value", "有数值者"),
    "contributions": lc.Text("What adds to the score", "得分由何构成"),
    "contributions_note": lc.Text(
        "Points above or below an index at which every indicator stands at its mean.",
        "与各指标均取平均值的指数相比，高出或低于的分值。",
    ),
    "acceptability": lc.Text("Share of the draws by rank", "各名次的抽样比例"),
    "rank": lc.Text("Rank", "名次"),
    "share": lc.Text("Share", "比例"),
    "trace": lc.Text("What the score rests on", "得分的依据"),
    "trace_note": lc.Text(
        "Every value down to its practices or facts and their sources. Empty means not seen.",
        "每个数值均可追溯至实践举措或数据及其来源。空白表示未见。",
    ),
    "indicator": lc.Text("Part or indicator", "部分或指标"),
    "value": lc.Text("Value", "数值"),
    "weight": lc.Text("Weight", "权重"),
    "evidence": lc.Text("Practices, facts and sources", "实践举措、数据与来源"),
    "not_seen": lc.Text("not seen", "未见"),
    "no_score": lc.Text("no score", "无得分"),
    "page": lc.Text("The page of the city", "城市页面"),
    "sensitivity": lc.Text("Which choice moves the ranks", "哪种选择影响名次"),
    "sensitivity_note": lc.Text(
        "Sobol' indices of the mean shift in rank. First-order: the share of the variance that would go if this choice "
        "alone were settled; total: the share that would stay if all others were.",
        "平均名次变动的Sobol指数。一阶：只确定该项选择可消除的方差比例；总效应：其余选择都确定后仍保留的比例。",
    ),
    "one_alone": lc.Text(
        "Weights alone vary, so that there is nothing to share out.", "只有权重变动，无可分解。"
    ),
    "choice": lc.Text("Choice", "选择"),
    "first": lc.Text("First-order", "一阶"),
    "total": lc.Text("Total", "总效应"),
    "picture": lc.Text("The picture as a file", "图片文件"),
}


def words(language: str) -> dict[str, str]:
    """Every word of the screen in a language."""
    return {key: text.in_(language) for key, text in WORDS.items()}
