"""What the screen shows: the question, the answer or that nothing was found, and what may not be read from it."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import asking
from learningcity.web.content import analyses
from learningcity.web.screens.paths import checks, form, rows, spec, words
from learningcity.web.screens.paths.answer import Answer, permutation_work, robustness_work
from learningcity.web.screens.paths.query import MOST_PERMUTATIONS, Question
from learningcity.web.waiting import Visit, now

Row = dict[str, Any]

#: Shuffles that the page offers; its address takes more.
PERMUTATIONS = 9_999
#: Models that the page lists; the files hold all.
MOST_MODELS = 12
_PRINTED = ("docx", "html", "tex", "txt")

_WORDS = {
    "at_chance": lc.Text("Would chance do as well?", "偶然能否得到同样好的解？"),
    "colon": lc.Text(": ", "："),
    "dot": lc.Text(".", "。"),
    "open_bracket": lc.Text(" (", "（"),
    "close_bracket": lc.Text(")", "）"),
    "result": lc.Text("Result", "结果"),
    "robust_short": lc.Text("Robustness", "稳健性"),
    "chance_short": lc.Text("Chance", "置换检验"),
    "fit_alone": lc.Text(
        "Good figures alone say little: chance and other choices may give them as well.",
        "指标良好本身说明不了多少问题：偶然或其他选择也可能得到同样结果。",
    ),
    "in_words": lc.Text("In words", "文字说明"),
    "open": lc.Text("left open", "可有可无"),
    "cities_in": lc.Text("cities, consistency", "个城市，一致性"),
    "near_constant_first": lc.Text("Near-constant", "近乎恒定"),
    "space": lc.Text(" ", ""),
    "comma": lc.Text(", ", "、"),
    "question": lc.Text("The question", "提问"),
    "nothing": lc.Text("Nothing was found", "未发现结果"),
    "tried": lc.Text("What was tried", "已尝试的分析"),
    "is_result": lc.Text(
        "That nothing was found is a result, and belongs into a report like any other.",
        "未发现结果本身也是结果，应与其他结果一样如实报告。",
    ),
    "others": lc.Text("Other questions", "其他问题"),
    "others_note": lc.Text(
        "Whether they have an answer was not looked at. Who asks many questions finds something by chance: tell how "
        "many were asked.",
        "以下问题是否有解，此处未作预先查看。提问越多，越可能偶然有所发现；报告时应说明共提出多少个问题。",
    ),
    "paths": lc.Text("Paths", "路径"),
    "table": lc.Text("Configuration table", "组态表"),
    "table_files": lc.Text("The table as journals print it", "期刊格式的组态表"),
    "several": lc.Text("More than one answer", "解不唯一"),
    "several_note": lc.Text(
        "The data do not decide between these models: report all, or say by what one was chosen.",
        "数据无法在这些模型之间取舍：应全部报告，或说明据何选择。",
    ),
    "more_models": lc.Text("The files hold the others.", "其余模型见下载文件。"),
    "model": lc.Text("Model", "模型"),
    "shown": lc.Text("shown here", "当前显示"),
    "path": lc.Text("Path", "路径"),
    "consistency": lc.Text("Consistency", "一致性"),
    "pri": lc.Text("PRI", "PRI一致性"),
    "coverage": lc.Text("Coverage", "覆盖度"),
    "unique": lc.Text("only this path", "唯一覆盖度"),
    "rows": lc.Text("Which combinations occur", "出现的组合"),
    "truth_table": lc.Text("Truth table", "真值表"),
    "rows_note": lc.Text(
        "One row a combination, with its cities on either side of the outcome. A row with cities on both sides is a "
        "question to these cities, not noise.",
        "每行为一种组合，分列具有与不具有该结果的城市。两侧都有城市的组合值得深入案例考察，不应视为噪声。",
    ),
    "combination": lc.Text("Combination", "组合"),
    "outcome": lc.Text("Outcome", "结果"),
    "n": lc.Text("Cities", "城市数"),
    "inside": lc.Text("Cities in the outcome", "具有结果的城市"),
    "outside": lc.Text("Cities not in it", "不具有结果的城市"),
    "none": lc.Text("none", "无"),
    "cases": lc.Text("Cities behind the paths", "路径中的城市"),
    "no_path": lc.Text("In no path", "不在任何路径中"),
    "shared": lc.Text("Evidence that both sides share", "两侧共有的证据"),
    "shared_note": lc.Text(
        "Conditions and outcome are read off the same practices, so that they go together for that reason alone. What "
        "does not hold on evidence that both do not share is no finding. Practices are those of the path's typical cities.",
        "条件与结果由同一批实践举措读出，仅此即可使二者相伴出现。在互不共用的证据上不成立者，不能作为发现。实践举措取自各路径的典型案例。",
    ),
    "shared_of": lc.Text("practices behind the outcome that speak of the path's conditions, too", "结果所依据的实践举措中同时涉及路径条件者"),
    "as_found": lc.Text("Consistency as found", "原一致性"),
    "when": lc.Text("Consistency if", "一致性："),
    "robustness": lc.Text("Does it stand when choices change?", "改变各项选择后是否仍成立？"),
    "robustness_ask": lc.Text(
        "Do the analysis again with one thing changed at a time", "逐项变动并重做分析"
    ),
    "robustness_note": lc.Text(
        "Cut-offs, each city and each condition left out, the codes of the other pass, and evidence that both sides do not "
        "share; about a second.",
        "变动包括：各阈值、逐一剔除城市与条件、另一遍编码，以及互不共用的证据；约需一秒。",
    ),
    "robust_limit": lc.Text(
        "A solution that holds under every change can still be chance.", "在各种变动下均成立的解仍可能出于偶然。"
    ),
    "same_models": lc.Text("Same models", "模型相同"),
    "changed": lc.Text("What was changed", "变动项"),
    "unchanged": lc.Text("Nothing changes within", "结果不变的范围"),
    "tried_range": lc.Text("tried", "检验范围"),
    "as_asked": lc.Text("as asked", "原定值"),
    "survival": lc.Text("How often each path survives", "各路径保留的频率"),
    "any_model": lc.Text("In some model", "至少见于一个模型"),
    "every_model": lc.Text("In every model", "见于全部模型"),
    "in_solution": lc.Text("found here", "属于本解"),
    "firm": lc.Text("How firmly the cities stand", "各城市的稳健程度"),
    "chance_ask": lc.Text(
        f"Shuffle the outcome over the cities {PERMUTATIONS:,} times", f"将结果在城市间随机置换{PERMUTATIONS:,}次"
    ),
    "chance_note": lc.Text(
        f"The whole analysis is done again each time; about a second. The page does up to {MOST_PERMUTATIONS:,}, the command line "
        "any number.",
        f"每次均重做全部分析；约需一秒。页面最多置换{MOST_PERMUTATIONS:,}次，命令行不限。",
    ),
    "chance_limit": lc.Text(
        "p holds for one question whose choices were made before looking. A small p speaks against chance alone, not for a "
        "cause.",
        "p值仅对事先选定的单一问题有效。p值小仅说明不太可能纯属偶然，并不意味着因果关系。",
    ),
    "p": lc.Text("p", "p值"),
    "q": lc.Text("q", "q值"),
    "q_note": lc.Text("q is p adjusted for the number of paths.", "q值为按路径数校正后的p值。"),
    "conditions": lc.Text("How often each was seen", "各项见到的频率"),
    "conditions_note": lc.Text(
        "What nearly all cities share, or nearly none, tells no city apart.",
        "几乎所有城市都有或都没有的条件，无法区分城市。",
    ),
    "condition": lc.Text("Condition", "条件"),
    "seen": lc.Text("Cities with a score", "有得分的城市"),
    "above": lc.Text("above 0.5", "高于0.5"),
    "commoner": lc.Text("on the commoner side", "多数一侧占比"),
    "near_constant": lc.Text("near-constant", "近乎恒定"),
    "the_outcome": lc.Text("outcome", "结果"),
    "left_out": lc.Text("Cities that are no cases", "未作为案例的城市"),
    "page": lc.Text("On this page", "本页内容"),
}  # fmt: skip


def question_alone(question: Question, language: str) -> Row:
    """The question alone, in words and as a form."""
    return {
        "w": {key: text.in_(language) for key, text in _WORDS.items()},
        "question": question,
        "form": form.build(question, language),
        "others": form.others(question, language),
        "asked": _asked(question, language),
    }


def _asked(question: Question, language: str) -> str:
    labels = [words.label(c) for c in question.conditions]
    outcome = words.label(question.outcome)
    if not labels:
        return lc.Text(
            f"{outcome.en[0].upper()}{outcome.en[1:]}, with the mechanisms that are not near-constant",
            f"{outcome.zh}与并非近乎恒定的举措类别",
        ).in_(language)
    return lc.Text(
        f"{outcome.en[0].upper()}{outcome.en[1:]} with {_listed([x.en for x in labels])}",
        f"{outcome.zh}与{'、'.join(x.zh for x in labels)}",
    ).in_(language)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def said(question: Question, reason: lc.Text, language: str) -> str:
    """Why it cannot be asked, with conditions and options by the names of the form."""
    labels = {code: words.label(code) for code in (question.column, *question.conditions)}
    told = analyses.named(reason.in_(language), labels, language)
    # The library names its own options; the form calls them otherwise.
    for option, label in form.NOT_SEEN_NAMES.items():
        for written in (f"not_seen='{option}'", f"'{option}'"):
            told = told.replace(written, lc.Text("“{}”", "“{}”").in_(language).format(label.in_(language)))
    return told


def build(found: Answer, language: str, visit: Visit | None = None) -> Row:
    """The answer; a visit waits for what takes long, nobody else does."""
    question = found.question
    told = {
        **question_alone(question, language),
        "frame": _frame(found, language),
        "truth": rows.truth(found, language),
        "summary": _cases(found, language),
        "alone": _alone(found, language),
        "spread": rows.conditions(found, language),
        "near_constant": [found.cases.labels[c].in_(language) for c in found.cases.near_constant],
        "left_out": rows.left_out(found, language),
    }
    if found.solution is None:
        return {**told, **_nothing(found, language)}
    models = rows.models(found, language)
    return {
        **told,
        "sentence": _sentence(found, language),
        "paths": rows.paths(found, language),
        "printed": rows.printed(found, language),
        "files": [{"name": one, "href": question.address(language, suffix=f".{one}")} for one in _PRINTED],
        "models": models[:MOST_MODELS] if len(models) > 1 else [],
        "models_n": len(models),
        "more_models": len(models) > MOST_MODELS,
        "cases": rows.cases(found, language),
        "shared": rows.shared(found, language),
        "variants": [text.in_(language) for text in words.FRAMES.values()],
        **_checked(found, language, visit),
        "robust_href": question.with_(robustness=True).address(language, "#robustness"),
        "chance_href": question.with_(permutations=PERMUTATIONS).address(language, "#chance"),
    }


def _cases(found: Answer, language: str) -> str:
    table = found.truth
    n, seen = len(table.data), len(table.out)
    return lc.Text(
        f"{n} cities in {seen} of {table.possible} possible combinations.",
        f"{n}个城市分布于{table.possible}种可能组合中的{seen}种。",
    ).in_(language)


def _alone(found: Answer, language: str) -> str:
    """Said where cases are few for their conditions."""
    cases = sum(map(len, found.truth.cases))
    alone = sum(len(row) == 1 for row in found.truth.cases)
    if 2 * alone < cases:
        return ""
    return lc.Text(
        f"{alone} of {cases} cities have a combination to themselves: for so many conditions these are few cases, and random "
        "outcomes are fitted well, too.",
        f"{cases}个城市中有{alone}个独占一种组合：相对于条件数，案例偏少，随机的结果也能拟合得很好。",
    ).in_(language)


def _nothing(found: Answer, language: str) -> Row:
    """Why nothing was found, in words."""
    question, best = found.question, rows.highest(found, language)
    outcome = words.label(question.outcome)
    if not len(found.truth.positive):
        said = lc.Text(
            f"No combination of these conditions goes with “{outcome.en}” often enough: none reaches a consistency of "
            f"{question.inclusion:g}"
            + (f" with a PRI of {question.pri:g}" if question.pri else "")
            + (f" and {question.frequency} cities" if question.frequency > 1 else "")
            + f". The highest is {best['inclusion']} ({best['words']}; {best['n']} cities).",
            f"在这些条件的各种组合中，没有一种与“{outcome.zh}”足够一致地相伴出现：均未达到一致性{question.inclusion:g}"
            + (f"、PRI {question.pri:g}" if question.pri else "")
            + (f"、{question.frequency}个城市" if question.frequency > 1 else "")
            + f"。最高为{best['inclusion']}（{best['words']}；{best['n']}个城市）。",
        )
    else:
        said = found.nothing or lc.Text("", "")
    tried = lc.Text(
        f"{len(found.truth.data)} cities; {len(question.conditions)} conditions; all {len(found.truth.out)} combinations that "
        f"occur; consistency from {question.inclusion:g}, PRI from {question.pri:g}, at least {question.frequency} "
        f"{'city' if question.frequency == 1 else 'cities'} a row; {lc.label('coder', question.coder, 'en')}; "
        f"{words.SOLUTIONS[question.solution].en} solution.",
        f"{len(found.truth.data)}个城市，{len(question.conditions)}个条件，出现的全部{len(found.truth.out)}种组合；一致性阈值"
        f"{question.inclusion:g}，PRI阈值{question.pri:g}，案例频数阈值{question.frequency}；"
        f"{lc.label('coder', question.coder, 'zh')}；{words.SOLUTIONS[question.solution].zh}。",
    )
    return {
        "sentence": analyses.named(said.in_(language), found.cases.labels, language),
        "tried": tried.in_(language),
    }


def _sentence(found: Answer, language: str) -> str:
    solution = found.solved
    inclusion, _, coverage = solution.whole(found.model)
    n = len(solution.model(found.model))
    outcome = words.label(found.question.outcome)
    one = f"{n} path goes" if n == 1 else f"{n} paths go"
    return lc.Text(
        f"{one} together with “{outcome.en}” in these cities. As a whole the consistency is {inclusion:.3f}, and "
        f"{100 * coverage:.0f}% of the outcome is covered.",
        f"在这些城市中，有{n}条路径与“{outcome.zh}”相伴出现：总体一致性{inclusion:.3f}，覆盖结果的{100 * coverage:.0f}%。",
    ).in_(language)


def _checked(found: Answer, language: str, visit: Visit | None) -> Row:
    """What was asked of the solution beside, or the panel that waits for it."""
    question, ask = found.question, now if visit is None else visit.found
    robust = ask(robustness_work(found)) if question.robustness else None
    chance = ask(permutation_work(found)) if question.permutations else None
    told: Row = {"robust": None, "robust_said": "", "chance": None, "chance_said": ""}
    if robust is not None:
        told["robust"] = checks.robust(found, robust, language)
        told["robust_said"] = _robust_said(told["robust"]).in_(language)
    if chance is not None:
        told["chance"] = checks.chance(found, chance, language)
        told["chance_said"] = _chance_said(told["chance"]).in_(language)
    return {**told, "waiting": None if visit is None else visit.shown(language)}


def _robust_said(told: Row) -> lc.Text:
    return lc.Text(
        f"{told['same']} of {told['alternatives']} alternatives give the same models, {told['failed']} give none.",
        f"{told['alternatives']}种变动中有{told['same']}种得到相同模型，{told['failed']}种没有解。",
    )


def _chance_said(told: Row) -> lc.Text:
    good = lc.Text(
        f"a strong finding at {told['level']}", f"在{told['level']}水平上为有力发现"
    ) if told["strong"] else lc.Text(
        f"not a strong finding at {told['level']}: chance gives such a solution too often to rely on it",
        f"在{told['level']}水平上不是有力发现：偶然产生此类解的频率过高，不足为据",
    )  # fmt: skip
    return lc.Text(
        f"Of {told['permutations']:,} shuffled outcomes {told['as_good']:,} did as well (p = {told['p']}, 95 % interval "
        f"{told['interval']}), {told['nothing']:,} found nothing; {good.en}.",
        f"在{told['permutations']:,}次随机置换中有{told['as_good']:,}次不逊于此（p = {told['p']}，95%区间{told['interval']}），"
        f"{told['nothing']:,}次未求得任何解；{good.zh}。",
    )


def _frame(found: Answer, language: str) -> Row:
    question = found.question
    solved = found.solution is not None
    kind = words.SOLUTIONS[question.solution]
    computed = [
        (
            lc.Text("Method", "方法"),
            lc.Text(
                f"Qualitative comparative analysis on fuzzy sets; {kind.en} solution, all models with the fewest paths",
                f"模糊集定性比较分析；{kind.zh}，列出路径最少的全部模型",
            ),
        ),
        (
            lc.Text("Cut-offs", "阈值"),
            lc.Text(
                f"consistency {question.inclusion:g}, PRI {question.pri:g}, {question.frequency} a row",
                f"一致性{question.inclusion:g}，PRI {question.pri:g}，案例频数{question.frequency}",
            ),
        ),
    ]
    if question.expectations:
        each = [(words.label(c), one) for c, one in question.expectations]
        computed.append(
            (
                lc.Text("Expectations", "方向性预期"),
                lc.Text(
                    ", ".join(f"{name.en} {'present' if one else 'absent'}" for name, one in each),
                    "、".join(f"{name.zh}{'存在' if one else '不存在'}" for name, one in each),
                ),
            )
        )
    if question.permutations:
        text = f"{question.permutations:,}; {question.seed}"
        computed.append((lc.Text("Shuffles; seed", "置换次数；随机种子"), lc.Text(text, text)))
    return analyses.frame(
        "paths",
        language,
        limits=found.cases.limits(language),
        computed=[(what, how.in_(language)) for what, how in computed],
        **asking.given(question, language, spec.lines(question, solved=solved), spec.FILE),
        everywhere=False,
    )
