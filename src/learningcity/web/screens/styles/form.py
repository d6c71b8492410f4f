"""The form of the screen, and other questions that lie near."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import MOST_SEED
from learningcity.web.screens.styles.query import AUTO, FEWEST, MOST, NOT_SEEN, TIMINGS, Question

Row = dict[str, Any]

_LABELS = {
    "form": lc.Text("The question", "提问"),
    "k": lc.Text("How many styles", "类型数"),
    "columns": lc.Text("What makes the styles", "用于划分类型的列"),
    "none_ticked": lc.Text(
        "With none ticked: all mechanisms and themes.", "均不勾选时，取全部举措类别与特征。"
    ),
    "coder": lc.Text("Whose codes", "采用的编码"),
    "timing": lc.Text("Practices that count", "计入的实践举措"),
    "not_seen": lc.Text("What was not seen", "未见公开资料者"),
    "seed": lc.Text("Random seed", "随机种子"),
    "more": lc.Text("More choices", "更多选项"),
    "show": lc.Text("Ask", "分析"),
    "reset": lc.Text("Without any choice", "恢复默认"),
    "beforehand": lc.Text(
        "Choose before looking: who tries columns and numbers until styles come out has found the trying, not styles.",
        "请在查看结果之前选定：反复更换列与类型数直至得出类型，得到的只是反复尝试的产物。",
    ),
}
_OPTIONS = {
    "timing": {
        "all": lc.Text("all of them", "全部"),
        "before": lc.Text("begun before the first award", "首次获奖前开始者"),
    },
    "not_seen": {
        "visibility": lc.Text("counts as not visible (0)", "视为未呈现（0）"),
        "leave_out": lc.Text(
            "stays empty: cities are compared on what was seen in both", "保持空缺：仅比较两城市均见到者"
        ),
    },
}
_AUTO = lc.Text("left open: as the data say", "不指定：由数据决定")
_GROUPS = (
    (lc.Text("Mechanisms", "举措类别"), content.MECHANISMS),
    (lc.Text("Themes", "特征"), content.THEMES),
)


def label(code: str) -> lc.Text:
    """What a mechanism or theme is called."""
    kind = "theme" if code in content.THEMES else "mechanism"
    return lc.Text(*(lc.label(kind, code, language) for language in ("en", "zh")))


def build(question: Question, language: str) -> Row:
    """Everything that the form shows."""

    def options(name: str, known: tuple[str, ...]) -> list[Row]:
        chosen = getattr(question, name)
        return [
            {"value": one, "label": _OPTIONS[name][one].in_(language), "chosen": one == chosen}
            for one in known
        ]

    coders = [
        {"value": c, "label": lc.label("coder", c, language), "chosen": c == question.coder}
        for c in content.coders()
    ]
    fields = {
        "coder": coders,
        "timing": options("timing", TIMINGS),
        "not_seen": options("not_seen", NOT_SEEN),
    }
    return {
        "labels": {key: text.in_(language) for key, text in _LABELS.items()},
        "numbers": [
            {"value": AUTO, "label": _AUTO.in_(language), "chosen": not question.k},
            *({"value": str(k), "label": str(k), "chosen": k == question.k} for k in range(FEWEST, MOST + 1)),
        ],
        "groups": [
            {
                "label": title.in_(language),
                "boxes": [
                    {"value": one, "label": label(one).in_(language), "ticked": one in question.columns}
                    for one in known
                ],
            }
            for title, known in _GROUPS
        ],
        "more": [{"name": n, "label": _LABELS[n].in_(language), "options": o} for n, o in fields.items()],
        "seed": question.seed,
        "most_seed": MOST_SEED,
        "open": any(name in question.chosen for name in (*fields, "seed")),
        "reset": Question().address(language),
    }


def others(question: Question, language: str) -> list[Row]:
    """Other questions, named by what differs; whether they have an answer is not looked at."""
    found = []
    for title, known in (
        (lc.Text("All mechanisms and themes", "全部举措类别与特征"), ()),
        (lc.Text("Mechanisms alone", "仅用各类举措"), content.MECHANISMS),
        (lc.Text("Themes alone", "仅用呈现的特征"), content.THEMES),
    ):
        if tuple(known) != question.columns:
            found.append((title, question.other(columns=tuple(known))))
    for coder in content.coders():
        if coder != question.coder:
            told = lc.Text(f"The same by the codes of pass {coder}", f"采用第{coder}遍编码的同一问题")
            found.append((told, question.other(coder=coder)))
    if question.not_seen == "visibility":
        told = lc.Text(
            "The same with cities compared on what was seen in both", "仅比较两城市均见到者的同一问题"
        )
        found.append((told, question.other(not_seen="leave_out")))
    else:
        told = lc.Text(
            "The same with what was not seen counted as not visible", "将未见公开资料者视为未呈现的同一问题"
        )
        found.append((told, question.other(not_seen="visibility")))
    if question.timing == "all":
        told = lc.Text(
            "The same with practices begun before the first award", "仅计首次获奖前开始的实践举措的同一问题"
        )
        found.append((told, question.other(timing="before")))
    return [{"label": text.in_(language), "href": one.address(language)} for text, one in found]
