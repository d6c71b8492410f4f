"""What the screen gives away: the truth table, the cases, and of a solution everything that the page shows."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

import learningcity as lc
from learningcity.web import exports
from learningcity.web.screens.paths import words
from learningcity.web.screens.paths.answer import Answer, answer, configurations, permutation, robustness
from learningcity.web.screens.paths.query import read

TITLE = lc.Text("Paths to an outcome", "通向结果的路径")
TABLES = {
    "truth-table": lc.Text("Truth table", "真值表"),
    "memberships": lc.Text("Cities as cases", "城市隶属度"),
    "conditions": lc.Text("How often each was seen", "各项见到的频率"),
    "paths": lc.Text("Paths and models", "路径与模型"),
    "configurations": lc.Text("Configuration table", "组态表"),
    "cases": lc.Text("Cities by kind", "各类案例"),
    "shared": lc.Text("Shared evidence", "共有证据"),
    "robustness": lc.Text("Alternatives", "稳健性检验"),
    "permutation": lc.Text("Against chance", "置换检验"),
}
_HEADS = {
    "any_model": lc.Text("in some model", "至少见于一个模型"),
    "base": lc.Text("as asked", "原定值"),
    "both": lc.Text("practices of both", "二者共有的实践举措"),
    "case": lc.Text("city id", "城市编号"),
    "cases": lc.Text("cities", "城市"),
    "city_id": lc.Text("city id", "城市编号"),
    "code": lc.Text("code", "代码"),
    "conditions": lc.Text("practices of the conditions", "条件的实践举措"),
    "configuration": lc.Text("configuration", "组态"),
    "coverage": lc.Text("coverage", "覆盖度"),
    "deviant": lc.Text("deviant cities", "偏差城市"),
    "expression": lc.Text("expression", "表达式"),
    "facts": lc.Text("facts read", "所读数据数"),
    "failure": lc.Text("why no solution (English)", "无解原因（英文）"),
    "failure_zh": lc.Text("why no solution (Chinese)", "无解原因（中文）"),
    "high": lc.Text("to", "上限"),
    "inclusion": lc.Text("consistency", "一致性"),
    "inside": lc.Text("above 0.5", "高于0.5"),
    "kind": lc.Text("kind", "类别"),
    "kind_en": lc.Text("kind in English", "类别（英文）"),
    "kind_zh": lc.Text("kind in Chinese", "类别（中文）"),
    "label_en": lc.Text("name in English", "名称（英文）"),
    "label_zh": lc.Text("name in Chinese", "名称（中文）"),
    "low": lc.Text("from", "下限"),
    "members": lc.Text("cities in it", "隶属城市数"),
    "membership": lc.Text("membership", "隶属度"),
    "model": lc.Text("model", "模型"),
    "models": lc.Text("models", "模型数"),
    "n": lc.Text("number of cities", "城市数"),
    "name": lc.Text("which", "名称"),
    "name_en": lc.Text("city in English", "城市（英文）"),
    "name_zh": lc.Text("city in Chinese", "城市（中文）"),
    "near_constant": lc.Text("near-constant", "近乎恒定"),
    "of_conditions": lc.Text("shared, of the conditions", "共有部分占条件的比例"),
    "of_outcome": lc.Text("shared, of the outcome", "共有部分占结果的比例"),
    "out": lc.Text("outcome (1, 0, C, ?)", "结果（1、0、C、?）"),
    "outcome": lc.Text("outcome", "结果"),
    "p": lc.Text("p", "p值"),
    "p_fixed": lc.Text("p if named beforehand", "事先指定时的p值"),
    "practices": lc.Text("practices read", "所读实践举措数"),
    "pri": words.PRI,
    "q": lc.Text("q", "q值"),
    "same": lc.Text("same models", "模型相同"),
    "seen": lc.Text("cities with a score", "有得分的城市数"),
    "share": lc.Text("share on the commoner side", "多数一侧占比"),
    "solution": lc.Text("solution", "解"),
    "solution_coverage": lc.Text("solution coverage", "解的覆盖度"),
    "solution_inclusion": lc.Text("solution consistency", "解的一致性"),
    "solution_pri": lc.Text("solution PRI", "解的PRI"),
    "sources": lc.Text("sources read", "所读来源数"),
    "statistic": lc.Text("consistency times coverage", "一致性×覆盖度"),
    "term": lc.Text("path", "路径"),
    "unique_coverage": lc.Text("unique coverage", "唯一覆盖度"),
    "value": lc.Text("value", "取值"),
}


def tables(query: QueryDict) -> dict[str, lc.Text]:
    """The sheets that a question has."""
    try:
        question, _ = read(query)
        solved = answer(question).solution is not None
    except lc.InputError:
        return {}
    held = ["truth-table", "memberships", "conditions"]
    if solved:
        held = ["paths", "configurations", "truth-table", "cases", "shared", "memberships", "conditions"]
        held += ["robustness"] * question.robustness + ["permutation"] * bool(question.permutations)
    return {name: TABLES[name] for name in held}


def offer(query: QueryDict, language: str) -> exports.Offer:
    """The tables behind the page, numbers in full."""
    question, _ = read(query)
    found = answer(question)
    note = lc.Text(*(" ".join(found.cases.limits(one)) for one in ("en", "zh")))
    sheets = tuple(_sheet(found, name, title, note) for name, title in tables(query).items())
    return exports.Offer(TITLE.in_(language), sheets)


def _frame(found: Answer, name: str) -> Any:
    cases = found.cases
    if name == "truth-table":
        return found.truth.table()
    if name == "memberships":
        return cases.table()
    if name == "conditions":
        return cases.spread.rename_axis("code").reset_index()
    solution = found.solved
    if name == "paths":
        return solution.table()
    if name == "configurations":
        return configurations(found).table()
    if name == "cases":
        return _named_cases(found)
    if name == "shared":
        return cases.paths(solution, found.model)
    return robustness(found).table() if name == "robustness" else permutation(found).table()


def _named_cases(found: Answer) -> Any:
    """The cases behind the models, with names and kinds in both languages."""
    frame = found.solved.cases
    names, kinds = found.cases.names, words.KINDS
    return frame.assign(
        model=frame["model"] + 1,
        **{f"name_{one}": [names[c].in_(one) for c in frame["case"]] for one in ("en", "zh")},
        **{f"kind_{one}": [kinds[k].in_(one) for k in frame["kind"]] for one in ("en", "zh")},
    )


def _sheet(found: Answer, name: str, title: lc.Text, note: lc.Text) -> lc.Sheet:
    frame = _frame(found, name)
    heads = dict(_HEADS)
    for key, variant in words.FRAMES.items():
        for column in ("members", "inclusion", "pri", "coverage"):
            head = _HEADS[column]
            heads[f"{key}_{column}"] = lc.Text(f"{head.en}, {variant.en}", f"{head.zh}（{variant.zh}）")
    if name == "permutation":
        heads |= {"low": lc.Text("p, from", "p值下限"), "high": lc.Text("p, to", "p值上限")}
    yes_no = [str(c) for c in frame.columns if frame[c].dtype == bool]
    frame = frame.assign(**{c: ["yes" if one else "no" for one in frame[c]] for c in yes_no})
    given = tuple(
        lc.Column(c, heads.get(c) or words.label(c), "yes_no" if c in yes_no else "")
        for c in map(str, frame.columns)
    )
    return exports.sheet(name, title, frame, given, note)
