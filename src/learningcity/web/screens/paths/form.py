"""The form of the screen, and other questions that lie near."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.paths import words
from learningcity.web.screens.paths.query import MOST_CONDITIONS, NOT_SEEN, SOLUTIONS, TIMINGS, Question

Row = dict[str, Any]

_LABELS = {
    "form": lc.Text("The question", "提问"),
    "outcome": lc.Text("Outcome", "结果"),
    "conditions": lc.Text("Conditions", "条件"),
    "solution": lc.Text("Solution", "解的类型"),
    "inclusion": lc.Text("Consistency from", "一致性阈值"),
    "pri": lc.Text("PRI from", "PRI阈值"),
    "frequency": lc.Text("Cases a row, at least", "案例频数阈值"),
    "coder": lc.Text("Whose codes", "采用的编码"),
    "timing": lc.Text("Practices that count", "计入的实践举措"),
    "not_seen": lc.Text("What was not seen", "未见公开资料者"),
    "more": lc.Text("More choices", "更多选项"),
    "show": lc.Text("Ask", "分析"),
    "reset": lc.Text("Without any choice", "恢复默认"),
    "expected": lc.Text("Expected to go with the outcome", "预期与结果相伴的是"),
    "none_ticked": lc.Text(
        f"Up to {MOST_CONDITIONS}. With none ticked: the mechanisms that are not near-constant.",
        f"最多{MOST_CONDITIONS}个。均不勾选时，取并非近乎恒定的举措类别。",
    ),
    "beforehand": lc.Text(
        "Choose before looking: a cut-off that was lowered until something came out proves nothing. Whoever does "
        "it says so.",
        "请在查看结果之前选定：为得到结果而下调阈值，不能证明任何结论；如确有调整，应予说明。",
    ),
}
_OPTIONS = {
    "solution": {
        "conservative": lc.Text("conservative: assumes nothing unseen", "保守解：不作任何假设"),
        "parsimonious": lc.Text("parsimonious: assumes what makes it short", "简约解：采用一切可简化的假设"),
        "intermediate": lc.Text("intermediate: assumes what is expected", "中间解：仅采用符合预期的假设"),
    },
    "timing": {
        "all": lc.Text("all of them", "全部"),
        "before": lc.Text("begun before the first award", "首次获奖前开始者"),
    },
    "not_seen": {
        "visibility": lc.Text("counts as not visible (0)", "视为未呈现（0）"),
        "leave_out": lc.Text("leaves the city out", "剔除该城市"),
    },
}
#: What the form calls the ways to treat what was not seen.
NOT_SEEN_NAMES = _OPTIONS["not_seen"]
_EXPECT = {"": lc.Text("no expectation", "无预期"), "1": lc.Text("its presence", "其存在"), "0": lc.Text("its absence", "其不存在")}  # fmt: skip
_GROUPS = (
    (lc.Text("Visible themes", "呈现的特征"), content.THEMES, ""),
    (lc.Text("Mechanisms", "举措类别"), content.MECHANISMS, ""),
    (lc.Text("Absence of a theme (~)", "特征未呈现（~）"), content.THEMES, "~"),
    (lc.Text("Absence of a mechanism (~)", "举措类别未见（~）"), content.MECHANISMS, "~"),
)


def build(question: Question, language: str) -> Row:
    """Everything that the form shows; conditions of the question are ticked."""

    def options(name: str, known: tuple[str, ...]) -> list[Row]:
        told = _OPTIONS[name]
        chosen = getattr(question, name)
        return [{"value": one, "label": told[one].in_(language), "chosen": one == chosen} for one in known]

    coders = [
        {"value": c, "label": lc.label("coder", c, language), "chosen": c == question.coder}
        for c in content.coders()
    ]
    fields = {
        "coder": coders,
        "timing": options("timing", TIMINGS),
        "not_seen": options("not_seen", NOT_SEEN),
    }
    expected = dict(question.expectations)
    return {
        "labels": {key: text.in_(language) for key, text in _LABELS.items()},
        "outcomes": [
            {
                "label": title.in_(language),
                "options": [
                    {
                        "value": mark + name,
                        "label": mark + words.label(name).in_(language),
                        "chosen": mark + name == question.outcome,
                    }
                    for name in names
                ],
            }
            for title, names, mark in _GROUPS
        ],
        "conditions": [
            {"value": name, "label": words.label(name).in_(language), "ticked": name in question.conditions}
            for name in (*content.MECHANISMS, *content.THEMES)
        ],
        "solutions": options("solution", SOLUTIONS),
        "numbers": {name: f"{getattr(question, name):g}" for name in ("inclusion", "pri", "frequency")},
        "more": [{"name": n, "label": _LABELS[n].in_(language), "options": o} for n, o in fields.items()],
        "open": any(name in question.chosen for name in ("coder", "timing", "not_seen", "pri", "frequency")),
        "expectations": [
            {
                "name": f"expect-{name}",
                "label": words.label(name).in_(language),
                "options": [
                    {"value": v, "label": t.in_(language), "chosen": v == str(expected.get(name, ""))}
                    for v, t in _EXPECT.items()
                ],
            }
            for name in question.conditions
        ]
        if question.solution == "intermediate"
        else [],
        "reset": Question().address(language),
    }


def others(question: Question, language: str) -> list[Row]:
    """Other questions, named by what differs; whether they have an answer is not looked at."""
    turned = question.column if question.outcome.startswith("~") else f"~{question.outcome}"
    found = [
        (
            lc.Text("What goes with “{name}”?", "哪些组合与“{name}”相伴？").in_(language).format(name=words.label(one).in_(language)),
            question.other(outcome=one),
        )
        for one in (turned, *content.THEMES)
        if one != question.outcome and one.removeprefix("~") not in question.conditions
    ]  # fmt: skip
    for coder in content.coders():
        if coder != question.coder:
            told = lc.Text(f"The same by the codes of pass {coder}", f"采用第{coder}遍编码的同一问题")
            found.append((told.in_(language), question.other(coder=coder)))
    if question.not_seen == "leave_out":
        told = lc.Text(
            "The same with what was not seen counted as not visible", "将未见公开资料者视为未呈现的同一问题"
        )
        found.insert(0, (told.in_(language), question.other(not_seen="visibility")))
    if question.timing == "all":
        told = lc.Text(
            "The same with practices begun before the first award", "仅计首次获奖前开始的实践举措的同一问题"
        )
        found.append((told.in_(language), question.other(timing="before")))
    return [{"label": text, "href": one.address(language)} for text, one in found]
