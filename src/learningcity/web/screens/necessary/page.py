"""What the screen shows: all pairs, one pair with its cities, the necessary levels, and what may not be read from it."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import asking, waiting
from learningcity.web.content import analyses
from learningcity.web.screens.necessary import form, rows, spec, words
from learningcity.web.screens.necessary.answer import Answer, Pair, asked
from learningcity.web.screens.necessary.offer import picture_of_pair, picture_of_pairs
from learningcity.web.screens.necessary.query import Question
from learningcity.web.screens.necessary.said import of_pair, overall

Row = dict[str, Any]

_WORDS = {
    "above": lc.Text("Cities inside the empty corner, above a line that lets some through", "落在空白角之内（高于允许例外的上限线）的城市"),
    "accuracy": lc.Text("Accuracy", "精确度"),
    "accuracy_note": lc.Text("Accuracy: cities on the right side of the line. Fit: how much of the steps' empty zone the line keeps. Only the first line is tested.", "精确度为位于上限线正确一侧的城市占比；拟合度为该线保留了阶梯线空白区的多少。仅第一条线作了检验。"),
    "again": lc.Text("On disjoint evidence and by other codes", "互不重叠的证据与其他编码"),
    "again_note": lc.Text(
        "Condition and theme are read off the same practices, so that a corner may be empty because one practice gave both. "
        "What is not found again without these is no finding.",
        "条件与特征由同一批实践举措读出，角落空白可能只因同一举措同时给出二者。剔除共有举措后不再出现的，不能作为发现。",
    ),
    "cannot_pairs": lc.Text("Pairs that cannot tell, and why", "无法判断的配对及原因"),
    "change": lc.Text("Change", "变化"),
    "cities": lc.Text("Cities", "城市"),
    "cities_at": lc.Text("Cities at each point", "各点的城市"),
    "cities_note": lc.Text("A city leads to what was seen of the condition there, practice by practice.", "点击城市可查看该市这一条件的得分及其所依据的实践举措。"),
    "city_out": lc.Text("Without one city", "逐一剔除城市"),
    "colon": lc.Text(": ", "："),
    "comma": lc.Text(", ", "、"),
    "dot": lc.Text(".", "。"),
    "effect": lc.Text("Effect size", "效应量"),
    "fit": lc.Text("Fit", "拟合度"),
    "interval": lc.Text("How sure is the effect?", "效应量有多可靠？"),
    "left_out": lc.Text("Not in the table", "未列入表中"),
    "level": lc.Text("Level of the theme", "特征水平"),
    "levels": lc.Text("Necessary levels", "必要条件水平"),
    "levels_in": lc.Text("Levels of the conditions in", "条件水平的尺度"),
    "levels_note": lc.Text(
        "Least level of each condition among the cities that reach a level of the theme, by the ceiling of each condition. "
        "The table is not tested: a level stands for a necessary one only where the pair was found above.",
        "达到该特征水平的城市中，各条件的最低水平（按各条件的上限线）。本表未作检验：只有上文已发现的配对，其水平才可视为必要条件水平。",
    ),
    "line": lc.Text("Line", "上限线"),
    "line_above": lc.Text("Cities above", "线上方城市"),
    "n": lc.Text("Number", "城市数"),
    "near_constant": lc.Text("near-constant", "近乎恒定"),
    "near_constant_first": lc.Text("Near-constant", "近乎恒定"),
    "near_constant_note": lc.Text("What nearly all cities share leaves no corner to look at.", "几乎所有城市都具备的条件，没有角落可供考察。"),
    "none": lc.Text("none", "无"),
    "on_ceiling": lc.Text("at a corner of the ceiling", "上限线角点"),
    "others": lc.Text("The same pair asked otherwise", "同一配对的其他问法"),
    "others_note": lc.Text("What comes out was not looked at. Tell how many questions were asked.", "以下结果此处未作预先查看；报告时应说明共提出多少个问题。"),
    "p": lc.Text("p", "p值"),
    "page": lc.Text("On this page", "本页内容"),
    "pair": lc.Text("One pair", "单个配对"),
    "pairs": lc.Text("Every pair", "全部配对"),
    "pairs_note": lc.Text("A cell leads to its pair. An empty corner alone says nothing: chance leaves some empty, too.", "点击单元格可查看该配对。角落空白本身不能说明问题：偶然也会留下空白。"),
    "question": lc.Text("The question", "提问"),
    "result": lc.Text("Result", "结论"),
    "shared": lc.Text("shared", "共有"),
    "single_note": lc.Text("Where several cities lie on one corner, leaving out one changes nothing; that makes the corner no surer.", "若同一角点上有数个城市，剔除其中一个不会改变结果；但这并不表明该角点更可靠。"),
    "tested": lc.Text("tested", "已检验"),
    "what_is_result": lc.Text("That nothing was found is a result, and belongs into a report like any other.", "未发现结果本身也是结果，应与其他结果一样如实报告。"),
}  # fmt: skip


def question_alone(question: Question, language: str) -> Row:
    """The question alone, as a form."""
    return {
        "w": {key: text.in_(language) for key, text in _WORDS.items()},
        "question": question,
        "form": form.build(question, language),
    }


def build(found: Answer, language: str) -> Row:
    """The answer."""
    question = found.question
    x, y = words.label(question.condition), words.label(question.theme)
    told = {
        **question_alone(question, language),
        "frame": _frame(found, language),
        "overall": overall(found, language),
        "matrix": picture_of_pairs(found, language).figure(_links(found, language)),
        "near_constant": [found.pairs.labels[c].in_(language) for c in found.pairs.near_constant],
        "cannot": rows.cannot(found, language),
        "pair": words.pair(question.condition, question.theme).in_(language),
        "said": of_pair(found, language),
        "x": x.in_(language),
        "y": y.in_(language),
        "again": rows.again(found, language),
        "again_head": lc.Text(
            f"Found (p at most {found.pairs.level:g}, effect at least {found.pairs.least_effect:g})",
            f"是否发现（p值不大于{found.pairs.level:g}且效应量不小于{found.pairs.least_effect:g}）",
        ).in_(language),
        "levels": rows.levels(found, language),
        "no_levels": rows.named(found.no_levels.in_(language), found, language) if found.no_levels else "",
        "others": form.others(question, language),
        "shared": _shared(found, language),
    }
    if found.pair is None:
        # Where the table of all pairs tells why, the sentence above says it.
        reason = lc.Text("", "") if found.row["reason_en"] or found.nothing is None else found.nothing
        return {**told, "nothing": rows.named(reason.in_(language), found, language)}
    return {**told, **_one(found, found.pair, language)}


def warm(language: str) -> None:
    """Answer the question that stands there without any choice."""
    found = asked(Question(), waiting.made)
    if found is not None:
        build(found, language)


def _one(found: Answer, pair: Pair, language: str) -> Row:
    points = rows.points(found, pair, language)
    drawn = picture_of_pair(found, language)
    comma, colon = _WORDS["comma"].in_(language), _WORDS["colon"].in_(language)
    links = {
        p["key"]: (f"#at-{p['key']}", f"{p['n']}{colon}{comma.join(c['name'] for c in p['cities'])}")
        for p in points
    }
    return {
        "picture": drawn.figure(links) if drawn else None,
        "points": points,
        "lines": rows.lines(pair, language),
        "above": rows.above(found, pair, language),
        "single": rows.single(found, pair, language),
        "sure": _sure(pair, language),
    }


def _links(found: Answer, language: str) -> dict[str, tuple[str, str]]:
    """Where each cell of the matrix leads."""
    links = {}
    for row in found.pairs.table().to_dict("records"):
        x, y = row["condition"], row["theme"]
        href = found.question.with_(condition=x, theme=y).address(language, "#pair")
        links[f"{x}~{y}"] = (href, words.pair(x, y).in_(language))
    return links


def _sure(pair: Pair, language: str) -> list[str]:
    """How far the effect hangs on single cities, and the interval with its warning, or why there is none."""
    one, interval = pair.ceiling, pair.interval
    told = []
    if one.p_value is not None:
        told.append(
            lc.Text(
                f"p = {one.p_value:.3f} ± {one.p_accuracy:.3f}: how often a shuffle leaves at least as much empty "
                f"({one.permutations:,} shuffles).",
                f"p = {one.p_value:.3f} ± {one.p_accuracy:.3f}：在{one.permutations:,}次随机置换中，空白不小于此者的频率。",
            )
        )
    told.append(
        lc.Text(
            f"Without any one city the effect lies between {words.three(interval.low)} and {words.three(interval.high)}.",
            f"逐一剔除城市后，效应量介于{words.three(interval.low)}与{words.three(interval.high)}之间。",
        )
    )
    reason = interval.reason
    if interval.lower is not None and interval.coverage is not None:
        cases, held, thin = interval.coverage
        told.append(
            lc.Text(
                f"If cities lie evenly below the ceiling, the true effect lies between {interval.lower:.3f} and "
                f"{interval.upper:.3f}: so it was in {int(100 * held)} of 100 simulated tables of {cases} cases, but in as few as "
                f"{int(100 * thin)} where hardly any case came near the ceiling. The interval is a rule of thumb.",
                f"若城市在上限线下方均匀分布，真实效应量介于{interval.lower:.3f}与{interval.upper:.3f}之间：{cases}个案例的模拟中，"
                f"{int(100 * held)}%的区间包含真值；若上限线附近案例稀少，则可低至{int(100 * thin)}%。该区间只是经验规则。",
            )
        )
    elif reason is not None:
        told.append(
            lc.Text(
                f"No interval of the true effect is given: {reason.en}.",
                f"不给出真实效应量的区间：{reason.zh}。",
            )
        )
    return [text.in_(language) for text in told]


def _shared(found: Answer, language: str) -> str:
    """How many practices speak of both."""
    row = found.row
    if row["kind"] == "effort":
        return ""
    both, of_theme, of_condition = (
        int(row["both"]),
        int(row["theme_practices"]),
        int(row["condition_practices"]),
    )
    x, y = words.label(row["condition"]), words.label(row["theme"])
    return lc.Text(
        f"{both} of {of_theme} practices behind {y.en} speak of {x.en}, too ({words.percent(row['of_theme'])}); {of_condition} "
        f"speak of {x.en}.",
        f"{y.zh}所依据的{of_theme}项实践举措中，有{both}项同时涉及{x.zh}（{words.percent(row['of_theme'])}）；涉及{x.zh}的共{of_condition}项。",
    ).in_(language)


def _frame(found: Answer, language: str) -> Row:
    question, pairs = found.question, found.pairs
    method, corner = words.METHODS[question.method], words.CORNERS[question.corner]
    told = [
        (
            lc.Text("Method", "方法"),
            lc.Text(f"Necessary condition analysis; {method.en}", f"必要条件分析；{method.zh}"),
        ),
        (lc.Text("Corner", "角"), corner),
        (
            lc.Text("A finding", "发现的标准"),
            lc.Text(
                f"q at most {pairs.level:g} (Benjamini and Hochberg over the pairs that could be told), effect at least "
                f"{pairs.least_effect:g}",
                f"q值不大于{pairs.level:g}（对可判断的配对按Benjamini-Hochberg法校正），效应量不小于{pairs.least_effect:g}",
            ),
        ),
        (
            lc.Text("Shuffles; seed", "置换次数；随机种子"),
            lc.Text(
                f"{pairs.permutations:,} each pair; {pairs.seed}",
                f"每对{pairs.permutations:,}次；{pairs.seed}",
            ),
        ),
    ]
    return analyses.frame(
        "necessary",
        language,
        limits=pairs.limits(language),
        computed=[(what, how.in_(language)) for what, how in told],
        **given(question, language),
        everywhere=False,
    )


def given(question: Question, language: str) -> Row:
    """What gives the same on the command line."""
    return asking.given(question, language, spec.lines(question), *spec.files(question))
