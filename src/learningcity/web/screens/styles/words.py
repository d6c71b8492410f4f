"""Words of the screen."""

from __future__ import annotations

import learningcity as lc

WORDS = {
    "question": lc.Text("The question", "提问"),
    "page": lc.Text("On this page", "本页内容"),
    "space": lc.Text(" ", ""),
    "colon": lc.Text(": ", "："),
    "comma": lc.Text(", ", "、"),
    "dot": lc.Text(".", "。"),
    "none": lc.Text("none", "无"),
    "others": lc.Text("Other questions", "其他问题"),
    "others_note": lc.Text(
        "Whether they have an answer was not looked at. Who asks many questions finds something by chance: tell how "
        "many were asked.",
        "以下问题是否有解，此处未作预先查看。提问越多，越可能偶然有所发现；报告时应说明共提出多少个问题。",
    ),
    "is_result": lc.Text(
        "That there are no styles is a result, and belongs into a report like any other.",
        "未见类型本身也是结果，应与其他结果一样如实报告。",
    ),
    "shade": lc.Text(
        "On this evidence the cities shade into each other, and borders between types would be ours, not theirs.",
        "就现有资料而言，城市之间逐渐过渡，若强行划界，边界出自划分者，而非城市。",
    ),
    "heaps": lc.Text(
        "A high silhouette alone says little here: where few columns with few different values are compared, cities fall "
        "into heaps by themselves.",
        "此处轮廓系数高本身说明不了多少问题：列数少、取值种类少时，城市自然会聚成几堆。",
    ),
    "continuum": lc.Text(
        "A small p says that the columns go together, which one gradient from little to much does, too; the silhouette "
        "says how far styles lie apart.",
        "p值小说明各列相互关联，而由少到多的单一梯度也会如此；类型之间是否分明，须看轮廓系数。",
    ),
    "why": lc.Text("What is missing", "未达到的要求"),
    "result": lc.Text("Result", "结果"),
    "look_anyway": lc.Text("See the divisions all the same", "仍要查看各种划分"),
    "look_note": lc.Text(
        "They are not borne out, and every page of them says so.", "这些划分未获数据支持，相应页面均予注明。"
    ),
    "best": lc.Text("best", "最佳"),
    "shown": lc.Text("shown here", "当前显示"),
    "left_open": lc.Text("left open", "不指定"),
    "styles_n": lc.Text("styles", "类"),
    "not_borne": lc.Text("Not borne out", "未获数据支持"),
    "only_asked": lc.Text(
        "Not borne out: the number was given. It meets the limits when it is taken alone, but where the number is "
        "left open no styles are found.",
        "未获数据支持：类型数系指定。单独看该类型数虽达到各项界限，但不指定类型数时未发现类型。",
    ),
    "numbers": lc.Text("How many styles?", "有几种类型？"),
    "map": lc.Text("Map of likeness", "相似程度图"),
    "map_note": lc.Text(
        "Each dot opens its city with its practices and sources.", "点击各点可查看该城市及其实践举措与来源。"
    ),
    "profiles": lc.Text("Profiles of the styles", "类型概况"),
    "styles": lc.Text("The styles and their cities", "各类型及其城市"),
    "styles_note": lc.Text(
        "The name of a style says where it lies above or below all other cities; it is a description, not a judgement. "
        "Behind each city its silhouette: near 1 well inside, about 0 between two, below 0 nearer to another style.",
        "类型名称说明该类型在哪些方面高于或低于其余城市，只是描述，不是评价。城市后的数字为其轮廓系数：接近1为明确属于该类型，"
        "约为0为介于两类之间，小于0则更接近另一类型。",
    ),
    "style": lc.Text("Style", "类型"),
    "around": lc.Text("City in the middle (medoid)", "代表城市"),
    "cities": lc.Text("Cities", "城市"),
    "silhouette": lc.Text("Mean silhouette", "平均轮廓系数"),
    "stability": lc.Text("Stability", "稳定性"),
    "stable": lc.Text("comes back", "可重现"),
    "unstable": lc.Text("does not come back", "不能重现"),
    "between": lc.Text("Between two styles", "介于两种类型之间"),
    "between_note": lc.Text(
        "Their silhouette is within 0.1 of 0: they might as well belong to the other style.",
        "轮廓系数与0相差不超过0.1：归入另一类型亦无不可。",
    ),
    "between_none": lc.Text("No city lies between two styles.", "没有城市介于两种类型之间。"),
    "follows": lc.Text("What the division goes with", "划分与哪些因素相伴"),
    "follows_note": lc.Text(
        "None of these made the division. Where it follows one of them, styles may say more about that than about the "
        "ways of the cities; that it is not seen to follow proves little with few cities.",
        "以下因素均未用于划分。若划分随其而变，类型可能更多反映该因素而非城市的做法；城市较少时，未见随之而变也不足以排除。",
    ),
    "factor": lc.Text("Beside the styles", "未用于划分的因素"),
    "n": lc.Text("Cities with a figure", "有数据的城市"),
    "effect": lc.Text("Effect", "效应量"),
    "p": lc.Text("p", "p值"),
    "q": lc.Text("q", "q值"),
    "is_followed": lc.Text("follows it", "随之而变"),
    "not_followed": lc.Text("not seen to", "未见"),
    "repeats": lc.Text("The same done otherwise", "换一种方式重做"),
    "repeats_note": lc.Text(
        "Over mechanisms alone, over themes alone, without practices that count for both, and by the other codes; a few "
        "seconds.",
        "仅用各类举措、仅用特征、去除两者共有的实践举措，以及采用另一遍编码；约需数秒。",
    ),
    "repeats_ask": lc.Text("Do it again in these ways", "以这些方式重做"),
    "repeated": lc.Text("Repeated", "重做方式"),
    "found": lc.Text("Found", "结果"),
    "rand": lc.Text("Divides alike (adjusted Rand index)", "划分一致程度（调整兰德指数）"),
    "rand_note": lc.Text(
        "The adjusted Rand index is 1 where both divide alike and about 0 where they agree no more than by chance.",
        "调整兰德指数：两种划分相同为1，一致程度不高于偶然时约为0。",
    ),
    "left_out": lc.Text("What was not clustered, and why", "未纳入聚类者及原因"),
    "left_cities": lc.Text("Cities left out", "未纳入的城市"),
    "left_columns": lc.Text("Columns left out", "未使用的列"),
    "no_cases": lc.Text("Cities of the atlas that are no cases", "图谱中未作为案例的城市"),
    "near_constant": lc.Text("Near-constant", "近乎恒定"),
    "near_note": lc.Text(
        "What nearly all cities share, or nearly none, hardly tells them apart.",
        "几乎所有城市都有或都没有的方面，难以区分城市。",
    ),
    "visibility": lc.Text(
        "What was not seen counts as not visible (0) here, so that no city is left out for too little seen; cities of "
        "which little was seen are alike for that reason alone.",
        "此处未见公开资料者视为未呈现（0），因此没有城市因所见过少而被剔除；但所见少的城市仅因此便彼此相似。",
    ),
    "compare_seen": lc.Text("Compare on what was seen in both instead", "改为仅比较两城市均见到者"),
}
STATE = {
    "none": lc.Text("No styles were found", "未发现类型"),
    "asked": lc.Text("{k} styles as asked: not borne out", "按要求划分为{k}类：未获数据支持"),
    "found": lc.Text("{k} styles", "{k}种类型"),
}
MEASURES = {
    "epsilon_squared": lc.Text("epsilon squared", "ε²"),
    "cramers_v": lc.Text("Cramér's V", "Cramér V系数"),
}


def two(value: float) -> str:
    """Two decimals with a true minus; a dash where a figure is not defined.

    Examples
    --------
    >>> two(-0.147), two(float("nan"))
    ('−0.15', '–')
    """
    return "–" if value != value else f"{value + 0.0:.2f}".replace("-", "−")


def small(value: float) -> str:
    """A p value.

    Examples
    --------
    >>> small(0.28), small(0.0001)
    ('0.28', '< 0.001')
    """
    return "–" if value != value else f"{value:.3g}" if value >= 0.0005 else "< 0.001"
